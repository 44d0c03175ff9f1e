/*
 * Is one input what its declaration says?
 *
 * Each type is a function from the typed text to the normalised text or a
 * sentence.  The sentences follow one pattern everywhere: they name the field,
 * say what is wrong, and say what to do.  People type codes with an input
 * method switched on, so full-width digits and letters are folded before a
 * code is judged, and spaces inside numbers are removed: a machine that can
 * understand an answer has no reason to refuse it.
 */
#include "kernel/form/one.h"
#include "kernel/ident/ident.h"

static enum err complain(struct form_one *c, enum err e, str sentence)
{
    c->sentence = sentence;
    return e;
}

#define COMPLAIN(c, e, ...) \
    complain((c), (e), arena_printf((c)->arena, __VA_ARGS__))

static const char *label(const struct form_one *c)
{
    return form_label(c->field);
}

/* ---- folding ---- */

enum fold { FOLD_DIGITS, FOLD_CODE };

/* The ASCII character a full-width one stands for, or the character itself. */
static int32_t folded(int32_t c, enum fold how)
{
    bool digit = c >= 0xff10 && c <= 0xff19; /* ０ to ９ */
    if (digit || (how == FOLD_CODE && c >= 0xff01 && c <= 0xff5e))
        return c - 0xfee0;
    return how == FOLD_CODE && c == 0x3000 ? ' ' : c;
}

static str fold(struct arena *a, str s, enum fold how)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0, at = 0;
    for (int32_t c; (c = utf8_next(s, &at)) >= 0;)
        n += utf8_put(p + n, folded(c, how));
    return (str){ p, n };
}

/* A code without the blanks and strokes people group it by, in capitals. */
static str code_of(struct arena *a, str s)
{
    str wide = fold(a, s, FOLD_CODE);
    char *p = arena_alloc(a, wide.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < wide.n; i++) {
        char c = wide.p[i];
        if (c == ' ' || c == '-')
            continue;
        p[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (str){ p, n };
}

static bool control_char(unsigned char c, bool lines)
{
    if (lines && (c == '\n' || c == '\t'))
        return false;
    return c < 0x20 || c == 0x7f;
}

static bool has_control(str s, bool lines)
{
    for (size_t i = 0; i < s.n; i++)
        if (control_char((unsigned char)s.p[i], lines))
            return true;
    return false;
}

/* Browsers send CRLF; inside the program a line ends with one \n. */
static str plain_newlines(struct arena *a, str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
            continue;
        p[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
    }
    return (str){ p, n };
}

/* ---- text ---- */

static enum err check_length(struct form_one *c, int64_t own_bound)
{
    int64_t max = c->field->max ? c->field->max : own_bound;
    int64_t n = (int64_t)utf8_count(c->text);
    if (n > max)
        return COMPLAIN(c, ERR_RANGE, "%s最多 %lld 个字，您输入了 %lld 个字",
                        label(c), (long long)max, (long long)n);
    if (n < c->field->min)
        return COMPLAIN(c, ERR_RANGE, "%s至少 %lld 个字，您输入了 %lld 个字",
                        label(c), (long long)c->field->min, (long long)n);
    return OK;
}

static enum err check_text(struct form_one *c)
{
    if (str_find_byte(c->text, '\n') >= 0)
        return COMPLAIN(c, ERR_INPUT, "%s只能写一行，请删除换行", label(c));
    if (has_control(c->text, false))
        return COMPLAIN(c, ERR_INPUT, "%s里有无法显示的字符，请重新填写",
                        label(c));
    c->text = fold(c->arena, c->text, FOLD_DIGITS);
    return check_length(c, FORM_TEXT);
}

static enum err check_lines(struct form_one *c)
{
    c->text = plain_newlines(c->arena, c->text);
    if (has_control(c->text, true))
        return COMPLAIN(c, ERR_INPUT, "%s里有无法显示的字符，请重新填写",
                        label(c));
    return check_length(c, FORM_LINES);
}

/* A password is taken as it is: no trimming, no folding, no echo. */
static enum err check_secret(struct form_one *c)
{
    int64_t max = c->field->max ? c->field->max : FORM_SECRET;
    int64_t n = (int64_t)utf8_count(c->text);
    if (n > max)
        return COMPLAIN(c, ERR_RANGE, "%s最多 %lld 位，请缩短后重新填写",
                        label(c), (long long)max);
    if (n < c->field->min)
        return COMPLAIN(c, ERR_RANGE, "%s至少 %lld 位，请重新填写", label(c),
                        (long long)c->field->min);
    return OK;
}

/* ---- numbers and days ---- */

static enum err check_int(struct form_one *c)
{
    const struct field *f = c->field;
    str digits = fold(c->arena, c->text, FOLD_CODE);
    char *p = arena_alloc(c->arena, digits.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] != ',' && digits.p[i] != ' ')
            p[n++] = digits.p[i];
    c->text = (str){ p, n };
    if (!str_int(c->text, &c->number))
        return COMPLAIN(c, ERR_INPUT, "%s应为整数，例如 %lld", label(c),
                        (long long)(f->min > 0 ? f->min : 12));
    bool bounded = f->min || f->max;
    if (bounded && (c->number < f->min || c->number > f->max))
        return COMPLAIN(c, ERR_RANGE,
                        "%s应在 %lld 到 %lld 之间，您输入了 %lld", label(c),
                        (long long)f->min, (long long)f->max,
                        (long long)c->number);
    return OK;
}

/* Year, month and day as three numbers with anything but digits between. */
static bool three_numbers(str s, int part[3])
{
    size_t i = 0;
    for (int k = 0; k < 3; k++) {
        int digits = 0;
        part[k] = 0;
        for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, digits++)
            if (digits < 5)
                part[k] = part[k] * 10 + (s.p[i] - '0');
        if (digits == 0 || digits > 4)
            return false;
        while (i < s.n && (s.p[i] < '0' || s.p[i] > '9'))
            i++;
    }
    return i == s.n;
}

static enum err check_day(struct form_one *c)
{
    static const str seps[] = { { "-", 1 }, { "/", 1 }, { ".", 1 },
                                { "年", 3 } };
    str s = fold(c->arena, c->text, FOLD_CODE);
    int part[3];
    day d = day_none;
    bool separated = false;
    for (size_t i = 0; i < sizeof seps / sizeof *seps; i++)
        separated = separated || str_find(s, seps[i]) == 4;
    if (separated && three_numbers(s, part) && part[1] < 100 && part[2] < 100)
        s = arena_printf(c->arena, "%04d-%02d-%02d", part[0], part[1],
                         part[2]);
    if (!day_parse(s, &d))
        return COMPLAIN(c, ERR_INPUT, "%s应写成 2026-11-20 这样的日期",
                        label(c));
    c->text = s;
    c->number = d.n;
    return OK;
}

/* ---- choices ---- */

static bool listed(const char *choices, str given)
{
    str rest = str_of(choices);
    while (!str_is_none(rest))
        if (str_eq(str_cut(&rest, ','), given))
            return true;
    return false;
}

static enum err check_choice(struct form_one *c)
{
    if (!listed(c->field->choices, c->text))
        return COMPLAIN(c, ERR_INPUT, "请从列出的选项中选择%s", label(c));
    return OK;
}

static enum err check_flag(struct form_one *c)
{
    static const char *const yes[] = { "on", "1", "true", "yes", "是" };
    c->number = 0;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (str_is(c->text, yes[i]))
            c->number = 1;
    c->text = c->number ? STR("1") : STR("");
    if (c->field->min > 0 && !c->number)
        return COMPLAIN(c, ERR_INPUT, "请勾选“%s”", label(c));
    return OK;
}

/* ---- codes of people and companies ---- */

/* Complaints stand in a list and beside a field: without a full stop. */
static str without_stop(str s)
{
    return str_ends(s, STR("。")) ? str_slice(s, 0, s.n - 3) : s;
}

static enum err check_digits(struct form_one *c, size_t want)
{
    if (c->text.n != want)
        return COMPLAIN(c, ERR_INPUT, "%s应为 %zu 位，您输入了 %zu 位",
                        label(c), want, utf8_count(c->text));
    return OK;
}

/* What ident calls doubtful passes: the number is well made, and whether it
 * was issued is for the officer to say. */
static enum err check_citizen(struct form_one *c)
{
    struct ident_citizen who;
    str why = str_none;
    c->text = code_of(c->arena, c->text);
    enum err e = check_digits(c, 18);
    if (e == OK && ident_citizen_check(divisions_builtin(), c->text,
                                       inst_day(inst_now()), &who,
                                       &why) == IDENT_BAD)
        e = complain(c, ERR_INPUT, without_stop(why));
    return e;
}

static enum err check_credit(struct form_one *c)
{
    struct ident_credit company;
    str why = str_none;
    c->text = code_of(c->arena, c->text);
    enum err e = check_digits(c, 18);
    if (e == OK &&
        ident_credit_check(c->text, true, &company, &why) == IDENT_BAD)
        e = complain(c, ERR_INPUT, without_stop(why));
    return e;
}

static enum err check_mobile(struct form_one *c)
{
    str s = code_of(c->arena, c->text);
    if (str_starts(s, STR("+86")))
        s = str_slice(s, 3, s.n);
    bool digits = s.n == 11 && s.p[0] == '1';
    for (size_t i = 0; digits && i < s.n; i++)
        digits = s.p[i] >= '0' && s.p[i] <= '9';
    if (!digits)
        return COMPLAIN(c, ERR_INPUT, "%s应为 11 位数字，以 1 开头", label(c));
    c->text = s;
    return OK;
}

static enum err check_name(struct form_one *c)
{
    c->sentence = form_name(c->arena, label(c), &c->text);
    return c->sentence.n ? ERR_INPUT : check_length(c, FORM_PERSON);
}

static enum err check_any(struct form_one *c)
{
    return check_length(c, FORM_LINES);
}

/* ---- one field ---- */

static const char *what_to_do(enum field_type type)
{
    switch (type) {
    case FIELD_CHOICE:
    case FIELD_PICK:
    case FIELD_PICK_INT:
    case FIELD_DAY:
        return "选择";
    case FIELD_FILE:
        return "上传";
    default:
        return "填写";
    }
}

static enum err check_missing(struct form_one *c)
{
    const struct field *f = c->field;
    if (f->type == FIELD_FLAG)
        return check_flag(c);
    if (field_is_int(f) ? !f->must : f->min <= 0)
        return OK;
    return COMPLAIN(c, ERR_INPUT, "请%s%s", what_to_do(f->type), label(c));
}

enum err form_one(struct form_one *c)
{
    static enum err (*const checks[])(struct form_one *) = {
        [FIELD_TEXT] = check_text,     [FIELD_LINES] = check_lines,
        [FIELD_INT] = check_int,       [FIELD_DAY] = check_day,
        [FIELD_CHOICE] = check_choice, [FIELD_FLAG] = check_flag,
        [FIELD_ID] = check_citizen,    [FIELD_CREDIT] = check_credit,
        [FIELD_MOBILE] = check_mobile, [FIELD_SECRET] = check_secret,
        [FIELD_FILE] = check_text,     [FIELD_ANY] = check_any,
        [FIELD_NAME] = check_name,     [FIELD_PICK] = check_text,
        [FIELD_PICK_INT] = check_int,
    };
    if (c->field->type != FIELD_SECRET)
        c->text = str_trim(c->text);
    c->empty = c->text.n == 0;
    if (c->empty)
        return check_missing(c);
    return checks[c->field->type](c);
}

enum err form_check_one(struct arena *a, const struct field *f, str input,
                        str *out, str *sentence)
{
    struct form_one c = { .arena = a, .field = f, .text = input };
    enum err e = form_one(&c);
    if (e == OK)
        *out = c.text;
    else
        *sentence = c.sentence;
    return e;
}
