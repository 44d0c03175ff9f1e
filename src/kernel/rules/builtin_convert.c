/* Conversion functions (DMN 1.5, 10.3.4.1) and not(). */
#include "kernel/rules/impl.h"

#include <string.h>

static fval whole(struct ev *e, fval v, int64_t *out)
{
    if (v->kind == K_NUMBER && decimal_int64(v->number, out))
        return v;
    note(e, "年、月、日、时、分应是整数。");
    return NULL;
}

static fval date_from(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval v = args[0], r = NULL;
    if (v->kind == K_DATE)
        return v;
    if (v->kind == K_DATETIME)
        return fv_date(e, v->date);
    if (v->kind == K_STRING)
        r = date_parse(e, v->s);
    return r ? r : null_because(e, "不是有效的日期。");
}

static fval date_of_parts(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    int64_t y, m, d;
    if (!whole(e, args[0], &y) || !whole(e, args[1], &m) ||
        !whole(e, args[2], &d))
        return &fv_null;
    if (!civil_valid(y, m, d))
        return null_because(e, "没有这一天。");
    return fv_date(e, (struct civil){ (int32_t)y, (int8_t)m, (int8_t)d });
}

static fval time_from(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval v = args[0], r = NULL;
    if (v->kind == K_TIME)
        return v;
    if (v->kind == K_DATETIME)
        return fv_time(e, v->time);
    if (v->kind == K_DATE)
        return fv_time(e, (struct clocktime){ .has_offset = true });
    if (v->kind == K_STRING)
        r = time_parse(e, v->s);
    return r ? r : null_because(e, "不是有效的时间。");
}

static fval time_of_parts(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    const int64_t second = 1000000000;
    int64_t h, m;
    __int128 nanos;
    struct clocktime t = { 0 };
    if (!whole(e, args[0], &h) || !whole(e, args[1], &m))
        return &fv_null;
    if (h < 0 || h > 23 || m < 0 || m > 59 ||
        !decimal_to_128(args[2]->number, 9, &nanos) || nanos < 0 ||
        nanos >= 60 * (__int128)second)
        return null_because(e, "没有这个时间。");
    t.second = (int32_t)(h * 3600 + m * 60 + (int64_t)(nanos / second));
    t.nano = (int32_t)(nanos % second);
    if (args[3] && !is_null(args[3])) {
        __int128 offset = args[3]->nanos / second;
        if (offset < -18 * 3600 || offset > 18 * 3600)
            return null_because(e, "时区偏移超出范围。");
        t.has_offset = true;
        t.offset = (int32_t)offset;
    }
    return fv_time(e, t);
}

/* "2012-03-07" or "2012-03-07Z": the midnight it begins with. */
static fval midnight_parse(struct ev *e, str s)
{
    bool utc = str_ends(s, STR("Z"));
    fval date = date_parse(e, str_slice(s, 0, s.n - utc));
    return date ? date_at_midnight(e, date, utc) : NULL;
}

static fval datetime_from(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval v = args[0], r = NULL;
    if (v->kind == K_DATETIME)
        return v;
    if (v->kind == K_DATE)
        return date_at_midnight(e, v, true);
    if (v->kind == K_STRING) {
        r = datetime_parse(e, v->s);
        if (r == NULL)
            r = midnight_parse(e, v->s);
    }
    return r ? r : null_because(e, "不是有效的日期时间。");
}

static fval datetime_of_parts(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return fv_datetime(e, args[0]->date, args[1]->time);
}

static fval duration_from(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval v = args[0], r = NULL;
    if (v->kind == K_DTD || v->kind == K_YMD)
        return v;
    if (v->kind == K_STRING)
        r = duration_parse(e, v->s);
    return r ? r : null_because(e, "不是有效的时长。");
}

/* Whole months from the first to the second day. */
static fval months_between(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct civil a = args[0]->date, b = args[1]->date;
    int64_t months = ((int64_t)b.year - a.year) * 12 + b.month - a.month;
    if (months > 0 && b.day < a.day)
        months--;
    if (months < 0 && b.day > a.day)
        months++;
    return fv_ymd(e, months);
}

/* ---- number ---- */

static bool separator(fval v, const char *allowed, char *out)
{
    *out = 0;
    if (v == NULL || is_null(v))
        return true;
    if (v->s.n != 1 || strchr(allowed, v->s.p[0]) == NULL)
        return false;
    *out = v->s.p[0];
    return true;
}

static fval number_from(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    char group, point;
    if (!separator(args[1], " ,.", &group) ||
        !separator(args[2], ",.", &point) || (group && group == point))
        return null_because(e, "分组符或小数点不对。");
    str s = args[0]->s;
    char *text = arena_alloc(e->arena, s.n + 1);
    size_t used = 0;
    if (s.n > 10000)
        return null_because(e, "数字过长。");
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (group && c == group)
            continue;
        if (point == ',' && c == '.')
            return null_because(e, "不是有效的数字。");
        text[used++] = point && c == point ? '.' : c;
    }
    struct decimal d;
    if (used == 0 || text[0] == '+' || !decimal_parse((str){ text, used }, &d))
        return null_because(e, "不是有效的数字。");
    return fv_number(e, d);
}

static fval string_from(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return fv_to_string(e, args[0]);
}

static fval boolean_from(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval v = args[0];
    if (v->kind == K_BOOL)
        return v;
    if (v->kind == K_STRING && str_is(v->s, "true"))
        return &fv_true;
    if (v->kind == K_STRING && str_is(v->s, "false"))
        return &fv_false;
    return null_because(e, "不是布尔值。");
}

static fval negated(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    if (args[0]->kind != K_BOOL && !is_null(args[0]))
        note(e, "not() 的参数应是布尔值。");
    return not_value(args[0]);
}

/* ---- range("[1..5)") ---- */

static bool literal(const struct node *n)
{
    if (n->op == N_CONST)
        return true;
    if (n->op == N_NEGATE)
        return literal(n->kid[0]);
    if (n->op != N_CALL || n->kid[0]->op != N_NAME || !n->kid[0]->value)
        return false;
    static const char *const makers[] = { "date", "time", "date and time",
                                          "duration", "number" };
    bool good = false;
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        good |= str_is(n->kid[0]->name, makers[i]);
    for (uint32_t i = 1; good && i < n->n; i++)
        good = n->kid[i]->op == N_CONST;
    return good;
}

/* An end of a range written as a literal; true with null when left out. */
static bool end_read(struct ev *e, str text, fval *out, bool *left_out)
{
    struct names members = { 0 };
    struct parse_input in = { .arena = e->arena, .text = text,
                              .members = &members };
    struct parse_problem problem;
    *out = &fv_null;
    *left_out = str_trim(text).n == 0;
    if (*left_out)
        return true;
    struct node *n = feel_parse(&in, FEEL_EXPRESSION, &problem);
    if (n == NULL || !literal(n))
        return false;
    *out = eval(e, n, NULL);
    return !is_null(*out);
}

/* ".." outside any string */
static ptrdiff_t dots_in(str s)
{
    bool quoted = false;
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] == '\\' && quoted)
            i++;
        else if (s.p[i] == '"')
            quoted = !quoted;
        else if (!quoted && s.p[i] == '.' && s.p[i + 1] == '.')
            return (ptrdiff_t)i;
    }
    return -1;
}

static fval range_from(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    str s = str_trim(args[0]->s);
    ptrdiff_t dots = dots_in(s);
    if (s.n < 4 || dots < 1 || !strchr("[(]", s.p[0]) ||
        !strchr("])[", s.p[s.n - 1]) || (size_t)dots + 2 > s.n - 1)
        return null_because(e, "不是有效的区间。");
    struct range r = { .low_in = s.p[0] == '[',
                       .high_in = s.p[s.n - 1] == ']' };
    int order;
    if (!end_read(e, str_slice(s, 1, (size_t)dots), &r.low, &r.no_low) ||
        !end_read(e, str_slice(s, (size_t)dots + 2, s.n - 1), &r.high,
                  &r.no_high) ||
        (r.no_low && r.no_high) || (r.no_low && r.low_in) ||
        (r.no_high && r.high_in) ||
        (fv_order(e, r.low, r.high, &order) && order > 0))
        return null_because(e, "不是有效的区间。");
    return fv_range(e, r);
}

const struct builtin builtins_conversion[] = {
    { "date", date_from, 1, 1, FIXED, { { "from", 'o' } } },
    { "date", date_of_parts, 3, 3, FIXED,
      { { "year", 'n' }, { "month", 'n' }, { "day", 'n' } } },
    { "date and time", datetime_from, 1, 1, FIXED, { { "from", 'o' } } },
    { "date and time", datetime_of_parts, 2, 2, FIXED,
      { { "date", 'd' }, { "time", 't' } } },
    { "time", time_from, 1, 1, FIXED, { { "from", 'o' } } },
    { "time", time_of_parts, 3, 4, FIXED,
      { { "hour", 'n' }, { "minute", 'n' }, { "second", 'n' },
        { "offset", 'U' } } },
    { "number", number_from, 3, 3, FIXED,
      { { "from", 's' }, { "grouping separator", 'S' },
        { "decimal separator", 'S' } } },
    { "string", string_from, 1, 1, FIXED, { { "from", 'a' } } },
    { "boolean", boolean_from, 1, 1, FIXED, { { "from", 'o' } } },
    { "duration", duration_from, 1, 1, FIXED, { { "from", 'o' } } },
    { "years and months duration", months_between, 2, 2, FIXED,
      { { "from", 'd' }, { "to", 'd' } } },
    { "range", range_from, 1, 1, FIXED, { { "from", 's' } } },
    { "not", negated, 1, 1, FIXED, { { "negand", 'O' } } },
    { 0 },
};
