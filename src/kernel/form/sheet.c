/*
 * Reading, asking and checking a form that is data.
 *
 * A definition is written by people, so nothing here trusts it: a member of the
 * wrong kind makes the sheet unusable and is named, never a crash or a form
 * read by half.  Everything else there is to say about a definition, in
 * sentences, is the designer's check.
 */
#include "kernel/form/made.h"

#define FORM_MOST INT64_C(1000000000000) /* bound of a decimal: 12 digits */

#define ONE(code, name, type, min, max, bounds)                             \
    { code, name, type, min, max, bounds, false }
#define MADE(code, name, min, max, bounds)                                  \
    { code, name, FIELD_ANY, min, max, bounds, true }

const struct form_kind form_kinds[] = {
    ONE("text", "一行文字", FIELD_TEXT, 1, 200, FORM_LETTERS),
    ONE("lines", "多行文字", FIELD_LINES, 1, 2000, FORM_LETTERS),
    ONE("int", "整数", FIELD_INT, 0, 1000000000, FORM_NUMBER),
    ONE("decimal", "小数", FIELD_TEXT, 0, 1000000000, FORM_NUMBER),
    ONE("money", "金额（元）", FIELD_TEXT, 0, 1000000000000, FORM_NUMBER),
    ONE("day", "日期", FIELD_DAY, 0, 0, FORM_UNBOUNDED),
    ONE("choice", "单选", FIELD_CHOICE, 0, 0, FORM_UNBOUNDED),
    ONE("flag", "勾选", FIELD_FLAG, 0, 0, FORM_UNBOUNDED),
    ONE("name", "姓名", FIELD_NAME, 2, 50, FORM_LETTERS),
    ONE("id", "公民身份号码", FIELD_ID, 0, 0, FORM_UNBOUNDED),
    ONE("credit", "统一社会信用代码", FIELD_CREDIT, 0, 0, FORM_UNBOUNDED),
    ONE("mobile", "手机号码", FIELD_MOBILE, 0, 0, FORM_UNBOUNDED),
    ONE("address", "地址", FIELD_TEXT, 4, 200, FORM_LETTERS),
    ONE("town", "乡镇（街道）", FIELD_PICK, 1, 10, FORM_UNBOUNDED),
    MADE("division", "地址（选到村、社区）", 2, 100, FORM_LETTERS),
    MADE("rows", "可以增减的几行", 0, FORM_ROWS_MOST, FORM_ROWS),
    MADE("table", "表格", 0, 0, FORM_UNBOUNDED),
    MADE("point", "地图上的点", 0, 0, FORM_UNBOUNDED),
    MADE("signature", "签名", 0, 0, FORM_UNBOUNDED),
    { 0 },
};

const struct form_kind *form_kind_of(str code)
{
    for (const struct form_kind *k = form_kinds; k->code; k++)
        if (str_is(code, k->code))
            return k;
    return NULL;
}

/* ---- reading ---- */

str form_must(struct form_reader *r, const struct value *v, const char *name)
{
    str s = value_get_text(v, str_of(name));
    if (str_is_none(s) && r->broken == NULL)
        r->broken = name;
    return str_is_none(s) ? STR("") : s;
}

enum err form_condition(struct arena *a, str text, const struct value *names,
                        const struct feel_expr **out)
{
    struct feel_expr *x = NULL;
    struct feel_notes notes = { 0 };
    enum err e = OK;
    if (text.n)
        e = feel_compile(a, text, FEEL_EXPRESSION, names, &x, &notes);
    *out = x;
    return e;
}

const struct value *form_names(struct arena *a, const struct value *body)
{
    struct value *names = value_new(a, VALUE_OBJECT);
    VALUE_EACH (g, body, "groups")
        VALUE_EACH (f, g, "fields") {
            value_add(names, value_word(f, STR("name")),
                      value_new(a, VALUE_NULL));
            VALUE_EACH (c, f, "fields")
                value_add(names, value_word(c, STR("name")),
                          value_new(a, VALUE_NULL));
        }
    return names;
}

static const struct feel_expr *when_of(struct form_reader *r,
                                       const struct value *v)
{
    const struct feel_expr *when = NULL;
    if (form_condition(r->a, value_word(v, STR("when")), r->names,
                       &when) != OK &&
        r->broken == NULL)
        r->broken = "when";
    return when;
}

static void read_choices(struct form_reader *r, struct form_question *q,
                         const struct value *v)
{
    q->choice_count = value_count(v, STR("choices"));
    q->choices = ARENA_NEW_N(r->a, struct form_choice, q->choice_count + 1);
    struct buf joined = { 0 };
    size_t i = 0;
    VALUE_EACH (c, v, "choices") {
        q->choices[i].value = form_must(r, c, "value");
        q->choices[i].label = form_must(r, c, "label");
        if (i)
            buf_byte(&joined, ',');
        buf_put(&joined, q->choices[i++].value);
    }
    q->check.choices = arena_cstr(r->a, buf_str(&joined));
    buf_free(&joined);
}

/* A question that is not optional must be answered whatever its kind; a box
 * to tick is answered by leaving it alone, too. */
static void set_bounds(struct form_question *q, const struct form_kind *k,
                       const struct value *v)
{
    int64_t min = value_get_int(v, STR("min"), k->min);
    int64_t max = value_get_int(v, STR("max"), k->max);
    q->check.type = k->type;
    if (k->bounds == FORM_ROWS) {
        min = min < 0 ? 0 : min > FORM_ROWS_MOST ? FORM_ROWS_MOST : min;
        max = max < 1 || max > FORM_ROWS_MOST ? FORM_ROWS_MOST : max;
        if (!q->optional && min < 1)
            min = 1;
    }
    q->low = min < -FORM_MOST ? -FORM_MOST : min;
    q->high = max > FORM_MOST ? FORM_MOST : max;
    if (k->bounds == FORM_NUMBER && k->type != FIELD_INT)
        min = 1, max = 24; /* letters of a number as text */
    q->check.min = min;
    q->check.max = k->type == FIELD_CHOICE ? 0 : max;
    q->check.must = !q->optional;
    if (k->type == FIELD_INT || k->type == FIELD_FLAG)
        return;
    if (q->optional)
        q->check.min = 0;
    else if (min < 1)
        q->check.min = 1;
}

static void read_question(struct form_reader *r, struct form_question *q,
                          const struct value *v);

/* What each row of rows or of a table asks: plain questions only, so that a
 * page stays one anybody can fill in. */
static void read_columns(struct form_reader *r, struct form_question *q,
                         const struct value *v)
{
    q->field_count = value_count(v, STR("fields"));
    if (q->field_count > FORM_COLUMNS_MOST)
        q->field_count = FORM_COLUMNS_MOST;
    q->fields = ARENA_NEW_N(r->a, struct form_question, q->field_count + 1);
    const struct value *c = value_first(v, STR("fields"));
    for (size_t i = 0; i < q->field_count; i++, c = c->next) {
        read_question(r, &q->fields[i], c);
        const struct form_kind *k = form_kind_of(q->fields[i].kind);
        if (k && k->made && r->broken == NULL)
            r->broken = "fields";
    }
    if (q->field_count == 0 && r->broken == NULL)
        r->broken = "fields";
}

/* "30.26,118.60,30.79,119.41": south, west, north, east.  Without it, all of
 * the country. */
static void read_square(struct form_reader *r, struct form_question *q,
                        str text)
{
    int64_t *const side[] = { &q->square.south, &q->square.west,
                              &q->square.north, &q->square.east };
    q->square = (struct form_square){ 3000000, 73000000, 54000000, 136000000 };
    for (int i = 0; text.n && i < 4; i++) {
        str one = str_trim(str_cut(&text, ','));
        if (!form_millionths(r->a, &one, 6, side[i]) && r->broken == NULL)
            r->broken = "square";
        if (str_is_none(text) && i < 3 && r->broken == NULL)
            r->broken = "square";
    }
}

static void read_question(struct form_reader *r, struct form_question *q,
                          const struct value *v)
{
    q->name = form_must(r, v, "name");
    q->label = form_must(r, v, "label");
    q->kind = form_must(r, v, "type");
    q->hint = value_word(v, STR("hint"));
    q->unit = value_word(v, STR("unit"));
    const struct value *optional = value_get(v, STR("optional"));
    q->optional = optional && optional->kind == VALUE_BOOL && optional->i;
    q->when = when_of(r, v);
    q->when_text = value_word(v, STR("when"));
    q->check.name = arena_cstr(r->a, q->name);
    q->check.label = arena_cstr(r->a, q->label);
    const struct form_kind *k = form_kind_of(q->kind);
    if (k)
        set_bounds(q, k, v);
    else if (r->broken == NULL)
        r->broken = "type";
    read_choices(r, q, v);
    q->held = value_word(v, STR("held"));
    const struct value *own = value_get(v, STR("own"));
    q->own = own && own->kind == VALUE_BOOL && own->i;
    if (str_is(q->kind, "rows") || str_is(q->kind, "table"))
        read_columns(r, q, v);
    if (str_is(q->kind, "point"))
        read_square(r, q, value_word(v, STR("square")));
}

static void read_groups(struct form_reader *r, const struct value *body,
                        struct form_sheet *s)
{
    s->group_count = value_count(body, STR("groups"));
    s->groups = ARENA_NEW_N(r->a, struct form_group, s->group_count + 1);
    struct form_group *g = s->groups;
    VALUE_EACH (v, body, "groups") {
        g->code = form_must(r, v, "code");
        g->title = form_must(r, v, "title");
        g->when = when_of(r, v);
        g->when_text = value_word(v, STR("when"));
        g->field_count = value_count(v, STR("fields"));
        g->fields = ARENA_NEW_N(r->a, struct form_question,
                                g->field_count + 1);
        struct form_question *q = g++->fields;
        VALUE_EACH (x, v, "fields")
            read_question(r, q++, x);
    }
}

static void read_papers(struct form_reader *r, const struct value *body,
                        struct form_sheet *s)
{
    s->paper_count = value_count(body, STR("papers"));
    s->papers = ARENA_NEW_N(r->a, struct form_paper, s->paper_count + 1);
    struct form_paper *p = s->papers;
    VALUE_EACH (v, body, "papers") {
        p->code = form_must(r, v, "code");
        p->name = form_must(r, v, "name");
        p->source = form_must(r, v, "source");
        p->from = value_word(v, STR("from"));
        p->note = value_word(v, STR("note"));
        p->need = (int)value_get_int(v, STR("need"), 1);
        p->when = when_of(r, v);
        p->when_text = value_word(v, STR("when"));
        p->sample_count = value_count(v, STR("sample"));
        p->sample = ARENA_NEW_N(r->a, str, p->sample_count + 1);
        size_t i = 0;
        VALUE_EACH (t, v, "sample")
            p->sample[i++] = t->kind == VALUE_TEXT ? t->text : STR("");
        p++;
    }
}

enum err form_sheet_read(struct arena *a, const struct value *body,
                         struct form_sheet *out, const char **broken)
{
    struct form_reader r = { .a = a, .names = form_names(a, body) };
    *out = (struct form_sheet){ 0 };
    read_groups(&r, body, out);
    read_papers(&r, body, out);
    *broken = r.broken;
    return r.broken ? ERR_INPUT : OK;
}

/* ---- asking ---- */

bool form_asks(const struct feel_expr *when, struct arena *a,
               const struct value *answers)
{
    return when == NULL || feel_holds(when, a, answers, (inst){ 0 }, NULL);
}

enum err form_rule_codes(const struct dmn_model *rules, const char *decision,
                         struct arena *a, const struct value *answers,
                         const struct value **first, str *why)
{
    struct value *result;
    struct feel_notes notes = { 0 };
    enum err e = dmn_evaluate(rules, str_of(decision), answers, (inst){ 0 },
                              a, &result, &notes);
    if (e != OK || result->kind == VALUE_NULL) {
        *why = notes.first ? notes.first->text : STR("no result");
        return ERR_RANGE;
    }
    *first = result->kind == VALUE_LIST ? result->first : result;
    return OK;
}

bool form_applies(const struct feel_expr *when, str code, bool no_table,
                  const struct value *codes, struct arena *a,
                  const struct value *answers)
{
    if (when)
        return form_asks(when, a, answers);
    for (const struct value *v = codes; v && !no_table; v = v->next)
        if (v->kind == VALUE_TEXT && str_eq(v->text, code))
            return true;
    return no_table;
}

/* ---- checking what was typed ---- */

str form_typed_text(struct arena *a, const struct value *v)
{
    if (v == NULL || v->kind == VALUE_NULL)
        return STR("");
    if (v->kind == VALUE_TEXT || v->kind == VALUE_DECIMAL)
        return v->text;
    struct buf out = { 0 };
    if (v->kind == VALUE_BOOL)
        buf_put(&out, v->i ? STR("on") : STR(""));
    else
        value_write_page(v, &out);
    str text = arena_str(a, buf_str(&out));
    buf_free(&out);
    return text;
}

static bool is_number(const struct form_question *q)
{
    return str_is(q->kind, "decimal") || str_is(q->kind, "money");
}

bool form_millionths(struct arena *a, str *text, int places, int64_t *out)
{
    char *p = arena_alloc(a, text->n + 1);
    size_t n = 0;
    int whole = 0, part = -1;
    int64_t v = 0;
    bool minus = text->n && text->p[0] == '-';
    if (minus)
        p[n++] = '-';
    for (size_t i = minus; i < text->n; i++) {
        char c = text->p[i];
        if (c == ',' || c == ' ')
            continue;
        if (c == '.' && part < 0 && whole)
            part = 0;
        else if (c < '0' || c > '9' || (part < 0 ? ++whole : ++part) > 12)
            return false;
        if (c != '.')
            v = v * 10 + (c - '0');
        if (part > places)
            return false;
        p[n++] = c;
    }
    if (whole == 0 || part == 0)
        return false;
    for (int i = part < 0 ? 0 : part; i < 6; i++)
        v *= 10;
    *out = minus ? -v : v;
    *text = (str){ p, n };
    return true;
}

static enum err check_number(const struct form_question *q, struct arena *a,
                             str *text, str *sentence)
{
    enum { MILLION = 1000000 };
    int places = str_is(q->kind, "money") ? 2 : 6;
    int64_t v;
    if (!form_millionths(a, text, places, &v)) {
        *sentence = arena_printf(a, "%.*s应为数字，最多 %d 位小数，例如 12.5",
                                 STR_ARG(q->label), places);
        return ERR_INPUT;
    }
    if (v >= q->low * MILLION && v <= q->high * MILLION)
        return OK;
    *sentence = arena_printf(a, "%.*s应在 %lld 到 %lld 之间，您输入了 %.*s",
                             STR_ARG(q->label), (long long)q->low,
                             (long long)q->high, STR_ARG(*text));
    return ERR_RANGE;
}

/* The checked text as the value its question says: 86, true, "yes". */
static struct value *answer_value(struct arena *a,
                                  const struct form_question *q, str text)
{
    int64_t i;
    if (text.n == 0)
        return value_new(a, VALUE_NULL);
    if ((q->check.type == FIELD_INT || is_number(q)) && str_int(text, &i))
        return value_int(a, i);
    if (q->check.type == FIELD_FLAG)
        return value_bool(a, true);
    struct value *v = value_text(a, text);
    if (is_number(q))
        v->kind = VALUE_DECIMAL;
    return v;
}

/* *text: what was typed, then its normal form. */
static enum err check_text(const struct form_question *q, struct arena *a,
                           str *text, str *sentence)
{
    enum err e = OK;
    if (str_trim(*text).n || !q->optional)
        e = form_check_one(a, &q->check, *text, text, sentence);
    else
        *text = STR("");
    if (e == OK && text->n && is_number(q))
        e = check_number(q, a, text, sentence);
    return e;
}

enum err form_check_question(const struct form_question *q, struct arena *a,
                             const char *name, const struct value *given,
                             struct value *out, struct form_report *report)
{
    str text = form_typed_text(a, given);
    str sentence = STR("");
    enum err e = check_text(q, a, &text, &sentence);
    if (e == OK)
        value_add(out, q->name, answer_value(a, q, text));
    else
        form_report_add(report, name, sentence);
    return e;
}

void form_report_add(struct form_report *report, const char *name, str sentence)
{
    if (report->count < FORM_PROBLEMS)
        report->problem[report->count++] =
            (struct form_problem){ name, sentence };
}

struct value *form_typed_one(const struct form_question *q, struct arena *a,
                             const struct value *given)
{
    str text = form_typed_text(a, given), sentence;
    bool right = check_text(q, a, &text, &sentence) == OK;
    return right ? answer_value(a, q, text) : value_text(a, text);
}

const struct value *form_typed(const struct form_sheet *s, struct arena *a,
                               const struct value *answers)
{
    struct value *out = value_new(a, VALUE_OBJECT);
    for (size_t g = 0; g < s->group_count; g++)
        for (size_t i = 0; i < s->groups[g].field_count; i++) {
            const struct form_question *q = &s->groups[g].fields[i];
            const struct value *given = value_get(answers, q->name);
            if (given == NULL)
                continue;
            value_add(out, q->name, form_made(q) ? made_typed(q, a, given)
                                                 : form_typed_one(q, a, given));
        }
    return out;
}

enum err form_sheet_check(const struct form_sheet *s, size_t group,
                          struct arena *a, const struct value *answers,
                          struct value **out, struct form_report *report)
{
    struct value *checked = value_new(a, VALUE_OBJECT);
    const struct value *typed = form_typed(s, a, answers);
    enum err worst = OK;
    for (size_t g = 0; g < s->group_count; g++) {
        if ((group != s->group_count && g != group) ||
            !form_asks(s->groups[g].when, a, typed))
            continue;
        for (size_t i = 0; i < s->groups[g].field_count; i++) {
            const struct form_question *q = &s->groups[g].fields[i];
            if (!form_asks(q->when, a, typed))
                continue;
            const struct value *given = value_get(answers, q->name);
            enum err e = form_made(q)
                ? made_check(q, a, typed, given, checked, report)
                : form_check_question(q, a, q->check.name, given, checked,
                                      report);
            if (e != OK && worst != ERR_INPUT)
                worst = e;
        }
    }
    *out = checked;
    return worst;
}

bool form_made(const struct form_question *q)
{
    return q->check.type == FIELD_ANY;
}

str form_answer_text(const struct form_question *q, struct arena *a,
                     const struct value *answer)
{
    if (form_made(q))
        return made_text(q, a, answer);
    str text = form_typed_text(a, answer);
    for (size_t i = 0; i < q->choice_count; i++)
        if (str_eq(q->choices[i].value, text))
            return q->choices[i].label;
    if (q->check.type == FIELD_FLAG)
        return text.n ? STR("是") : STR("否");
    if (q->unit.n && text.n)
        return arena_printf(a, "%.*s %.*s", STR_ARG(text), STR_ARG(q->unit));
    return text;
}
