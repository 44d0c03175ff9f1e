/*
 * Questions made of several controls: their pieces put together from what came
 * with a request, rows added and removed, and all of it checked.
 *
 * A row is kept in the order it was added.  A row left wholly empty is none:
 * people press the button once too often, and nobody should have to remove it
 * to go on.  Complaints name the control they are about (staff.0.name), so
 * that the page can stand them there.
 */
#include "kernel/form/made.h"
#include "kernel/form/place.h"

/* ---- names ---- */

str made_name(struct arena *a, const struct form_question *q, str row,
              const char *piece)
{
    return row.n ? arena_printf(a, "%.*s.%.*s.%s", STR_ARG(q->name),
                                STR_ARG(row), piece)
                 : arena_printf(a, "%.*s.%s", STR_ARG(q->name), piece);
}

static bool is_table(const struct form_question *q)
{
    return str_is(q->kind, "table");
}

static bool has_rows(const struct form_question *q)
{
    return is_table(q) || str_is(q->kind, "rows");
}

str made_row(const struct form_question *q, struct arena *a, size_t i)
{
    if (is_table(q))
        return i < q->choice_count ? q->choices[i].value : STR("");
    return arena_printf(a, "%zu", i);
}

str made_row_label(const struct form_question *q, struct arena *a, size_t i)
{
    if (is_table(q))
        return i < q->choice_count ? q->choices[i].label : STR("");
    str each = q->unit.n ? q->unit : STR("行");
    return arena_printf(a, "第 %zu %.*s", i + 1, STR_ARG(each));
}

size_t made_rows(const struct form_question *q, const struct value *answer)
{
    if (is_table(q))
        return q->choice_count;
    size_t n = answer && answer->kind == VALUE_LIST ? answer->count : 0;
    n = n < (size_t)q->low ? (size_t)q->low : n;
    return n > FORM_ROWS_MOST ? FORM_ROWS_MOST : n;
}

/* A table's row is known by its code, for the rows of a later version may
 * stand in another order. */
const struct value *made_row_of(const struct form_question *q,
                                const struct value *answer, size_t i)
{
    const struct value *row = answer && answer->kind == VALUE_LIST
                                  ? answer->first : NULL;
    for (size_t at = 0; row; row = row->next, at++)
        if (is_table(q) ? str_eq(value_get_text(row, STR("row")),
                                 q->choices[i].value)
                        : at == i)
            return row->kind == VALUE_OBJECT ? row : NULL;
    return NULL;
}

static struct value *copy_of(struct arena *a, const struct value *v)
{
    struct value *copy = ARENA_NEW(a, struct value);
    *copy = *v;
    return copy;
}

static const struct value *piece_of(const struct value *v, const char *piece)
{
    return v && v->kind == VALUE_OBJECT ? value_get(v, str_of(piece)) : NULL;
}

static str text_of(struct arena *a, const struct value *v, const char *piece)
{
    return str_trim(form_typed_text(a, piece_of(v, piece)));
}

/* ---- taking ---- */

static struct value *take_cells(const struct form_question *q, struct arena *a,
                                const struct value *inputs, size_t i)
{
    struct value *row = value_new(a, VALUE_OBJECT);
    str code = made_row(q, a, i);
    if (is_table(q))
        value_add(row, STR("row"), value_text(a, code));
    for (size_t k = 0; k < q->field_count; k++) {
        const struct form_question *f = &q->fields[k];
        const struct value *v = value_get(
            inputs, made_name(a, q, code, f->check.name));
        if (v)
            value_add(row, f->name, copy_of(a, v));
    }
    return row;
}

static struct value *take_rows(const struct form_question *q, struct arena *a,
                               const struct value *inputs)
{
    int64_t n = 0;
    const struct value *count = value_get(inputs, made_name(a, q, STR(""),
                                                            "n"));
    if (count == NULL || !str_int(form_typed_text(a, count), &n))
        return NULL;
    struct value *list = value_new(a, VALUE_LIST);
    n = is_table(q) ? (int64_t)q->choice_count
                    : n > FORM_ROWS_MOST ? FORM_ROWS_MOST : n;
    for (int64_t i = 0; i < n; i++)
        value_push(list, take_cells(q, a, inputs, (size_t)i));
    return list;
}

/* The chain of selects ends where a level does not lie in the one above it:
 * somebody chose another province, and its cities are still to come. */
static str take_chain(const struct form_question *q, struct arena *a,
                      const struct value *inputs)
{
    const struct place *own = q->own ? place_own() : NULL;
    str code = own ? own->code : STR("");
    static const char *const levels[] = { "1", "2", "3", "4", "5" };
    for (int i = 0; i < PLACE_LEVELS; i++) {
        const struct place *p = place_of(form_typed_text(
            a, value_get(inputs, made_name(a, q, STR(""), levels[i]))));
        if (p && str_eq(p->parent, code))
            code = p->code;
    }
    return code;
}

static struct value *take_division(const struct form_question *q,
                                   struct arena *a, const struct value *inputs)
{
    const struct value *detail = value_get(inputs, made_name(a, q, STR(""),
                                                             "detail"));
    if (detail == NULL)
        return NULL;
    struct value *v = value_new(a, VALUE_OBJECT);
    str pick = form_typed_text(a, value_get(inputs, made_name(a, q, STR(""),
                                                              "pick")));
    bool picked = place_of(pick) != NULL;
    value_add(v, STR("code"), value_text(a, picked ? pick
                                                   : take_chain(q, a, inputs)));
    value_add(v, STR("detail"), copy_of(a, detail));
    const struct value *find = value_get(inputs, made_name(a, q, STR(""),
                                                           "find"));
    if (find && !picked)
        value_add(v, STR("find"), copy_of(a, find));
    return v;
}

static struct value *take_pieces(const struct form_question *q, struct arena *a,
                                 const struct value *inputs,
                                 const char *const *pieces)
{
    struct value *v = value_new(a, VALUE_OBJECT);
    for (; *pieces; pieces++) {
        const struct value *given = value_get(inputs,
                                              made_name(a, q, STR(""),
                                                        *pieces));
        if (given)
            value_add(v, str_of(*pieces), copy_of(a, given));
    }
    return v->count ? v : NULL;
}

static struct value *take_one(const struct form_question *q, struct arena *a,
                              const struct value *inputs)
{
    static const char *const point[] = { "lat", "lon", "system", NULL };
    static const char *const signature[] = { "name", "agree", "drawing", NULL };
    if (has_rows(q))
        return take_rows(q, a, inputs);
    if (str_is(q->kind, "division"))
        return take_division(q, a, inputs);
    return take_pieces(q, a, inputs, str_is(q->kind, "point") ? point
                                                              : signature);
}

struct value *form_take(const struct form_sheet *s, struct arena *a,
                        const struct value *inputs)
{
    struct value *out = value_new(a, VALUE_OBJECT);
    for (const struct value *m = inputs ? inputs->first : NULL; m; m = m->next)
        if (str_find_byte(m->key, '.') < 0)
            value_add(out, m->key, copy_of(a, m));
    for (size_t g = 0; g < s->group_count; g++)
        for (size_t i = 0; i < s->groups[g].field_count; i++) {
            const struct form_question *q = &s->groups[g].fields[i];
            struct value *v = !form_made(q) || value_get(out, q->name)
                                  ? NULL : take_one(q, a, inputs);
            if (v)
                value_add(out, q->name, v);
        }
    return out;
}

/* ---- buttons ---- */

static void press_rows(const struct form_question *q, struct arena *a,
                       str verb, str at, struct value *answers)
{
    struct value *list = (struct value *)value_get(answers, q->name);
    int64_t gone = -1, i = 0;
    struct value *kept = value_new(a, VALUE_LIST);
    if (str_is(verb, "remove") && !str_int(at, &gone))
        return;
    for (const struct value *v = list && list->kind == VALUE_LIST ? list->first
                                                                  : NULL;
         v; v = v->next)
        if (i++ != gone)
            value_push(kept, copy_of(a, v));
    if (str_is(verb, "add") && kept->count < (size_t)q->high)
        value_push(kept, value_new(a, VALUE_OBJECT));
    if (list == NULL) {
        value_add(answers, q->name, kept);
        return;
    }
    list->kind = VALUE_LIST;
    list->first = kept->first;
    list->last = kept->last;
    list->count = kept->count;
}

const struct form_question *form_press(const struct form_sheet *s,
                                       struct arena *a, str pressed,
                                       struct value *answers)
{
    str name = str_cut(&pressed, '.');
    str verb = str_is_none(pressed) ? STR("") : str_cut(&pressed, '.');
    for (size_t g = 0; g < s->group_count; g++)
        for (size_t i = 0; i < s->groups[g].field_count; i++) {
            const struct form_question *q = &s->groups[g].fields[i];
            if (!form_made(q) || !str_eq(q->name, name))
                continue;
            if (str_is(q->kind, "rows") &&
                (str_is(verb, "add") || str_is(verb, "remove")))
                press_rows(q, a, verb, pressed, answers);
            return q;
        }
    return NULL;
}

/* ---- checking ---- */

static bool blank_row(struct arena *a, const struct form_question *q,
                      const struct value *row)
{
    for (size_t i = 0; i < q->field_count; i++)
        if (str_trim(form_typed_text(a, value_get(row, q->fields[i].name))).n)
            return false;
    return true;
}

static struct value *typed_row(const struct form_question *q, struct arena *a,
                               const struct value *row)
{
    struct value *out = value_new(a, VALUE_OBJECT);
    for (size_t i = 0; row && i < q->field_count; i++) {
        const struct form_question *f = &q->fields[i];
        const struct value *given = value_get(row, f->name);
        if (given)
            value_add(out, f->name, form_typed_one(f, a, given));
    }
    return out;
}

struct value *made_typed(const struct form_question *q, struct arena *a,
                         const struct value *given)
{
    if (!has_rows(q) || given->kind != VALUE_LIST)
        return copy_of(a, given);
    struct value *list = value_new(a, VALUE_LIST);
    for (const struct value *v = given->first; v; v = v->next)
        if (v->kind == VALUE_OBJECT && list->count < FORM_ROWS_MOST)
            value_push(list, typed_row(q, a, v));
    return list;
}

const struct value *made_around(struct arena *a, const struct form_question *q,
                                const struct value *row,
                                const struct value *typed)
{
    struct value *all = typed_row(q, a, row);
    for (const struct value *v = typed ? typed->first : NULL; v; v = v->next)
        if (value_get(all, v->key) == NULL)
            value_add(all, v->key, copy_of(a, v));
    return all;
}

static enum err complain(struct arena *a, const struct form_question *q,
                         const char *piece, struct form_report *report,
                         enum err e, str sentence)
{
    form_report_add(report, piece ? arena_cstr(a, made_name(a, q, STR(""),
                                                            piece))
                                  : q->check.name, sentence);
    return e;
}

static enum err worse(enum err a, enum err b)
{
    return a == OK || b == ERR_INPUT ? b : a;
}

/* The sentence of a cell says in which row it is. */
static enum err check_row(const struct form_question *q, struct arena *a,
                          const struct value *typed, const struct value *row,
                          size_t i, struct value *out,
                          struct form_report *report)
{
    const struct value *around = made_around(a, q, row, typed);
    enum err worst = OK;
    for (size_t k = 0; k < q->field_count; k++) {
        const struct form_question *f = &q->fields[k];
        if (!form_asks(f->when, a, around))
            continue;
        int had = report->count;
        const char *name = arena_cstr(a, made_name(a, q, made_row(q, a, i),
                                                   f->check.name));
        enum err e = form_check_question(f, a, name, value_get(row, f->name),
                                         out, report);
        worst = e == OK ? worst : worse(worst, e);
        if (report->count > had)
            report->problem[had].sentence = arena_printf(
                a, "%.*s%.*s：%.*s", STR_ARG(q->label),
                STR_ARG(made_row_label(q, a, i)),
                STR_ARG(report->problem[had].sentence));
    }
    return worst;
}

static enum err check_rows(const struct form_question *q, struct arena *a,
                           const struct value *typed,
                           const struct value *given, struct value *out,
                           struct form_report *report)
{
    struct value *list = value_new(a, VALUE_LIST);
    size_t n = is_table(q) ? q->choice_count
               : given && given->kind == VALUE_LIST ? given->count : 0;
    str each = q->unit.n ? q->unit : STR("行");
    enum err worst = OK;
    if (n > (is_table(q) ? (size_t)FORM_CELLS_MOST : (size_t)q->high))
        return complain(a, q, NULL, report, ERR_RANGE, arena_printf(
            a, "%.*s最多 %lld %.*s，您填了 %zu %.*s", STR_ARG(q->label),
            (long long)q->high, STR_ARG(each), n, STR_ARG(each)));
    for (size_t i = 0; i < n; i++) {
        const struct value *row = made_row_of(q, given, i);
        if (!is_table(q) && blank_row(a, q, row))
            continue;
        struct value *one = value_new(a, VALUE_OBJECT);
        if (is_table(q))
            value_add(one, STR("row"), value_text(a, made_row(q, a, i)));
        enum err e = check_row(q, a, typed, row, i, one, report);
        worst = e == OK ? worst : worse(worst, e);
        value_push(list, one);
    }
    if (!is_table(q) && list->count < (size_t)q->low)
        return complain(a, q, NULL, report, ERR_INPUT, arena_printf(
            a, "请填写%.*s，至少 %lld %.*s", STR_ARG(q->label),
            (long long)q->low, STR_ARG(each)));
    value_add(out, q->name, list);
    return worst;
}

static bool within(const struct place *p, const struct place *whole)
{
    for (; p; p = place_of(p->parent))
        if (p == whole)
            return true;
    return whole == NULL;
}

static enum err check_division(const struct form_question *q, struct arena *a,
                               const struct value *given, struct value *out,
                               struct form_report *report)
{
    str code = text_of(a, given, "code"), sentence = STR("");
    str detail = text_of(a, given, "detail");
    const struct place *p = place_of(code);
    const struct place *own = q->own ? place_own() : NULL;
    const char *label = q->check.label;
    if (q->optional && detail.n == 0 && (p == NULL || p == own)) {
        value_add(out, q->name, value_new(a, VALUE_NULL));
        return OK;
    }
    if (p == NULL)
        return complain(a, q, NULL, report, ERR_INPUT, arena_printf(
            a, "请选择%s所在的省、市、县", label));
    if (!within(p, own))
        return complain(a, q, NULL, report, ERR_RANGE, arena_printf(
            a, "%s应在%.*s", label, STR_ARG(own->name)));
    if (place_goes_on(code))
        return complain(a, q, NULL, report, ERR_INPUT, arena_printf(
            a, "%s只选到%.*s，请继续选择下一级，直到村（社区）", label,
            STR_ARG(p->name)));
    struct field f = { .name = q->check.name, .type = FIELD_TEXT,
                       .min = q->low, .max = q->high,
                       .label = arena_cstr(a, arena_printf(
                           a, "%s的门牌、组", label)) };
    enum err e = form_check_one(a, &f, detail, &detail, &sentence);
    if (e != OK)
        return complain(a, q, "detail", report, e, sentence);
    struct value *v = value_new(a, VALUE_OBJECT);
    value_add(v, STR("code"), value_text(a, code));
    value_add(v, STR("words"), value_text(a, p->words));
    value_add(v, STR("detail"), value_text(a, detail));
    value_add(out, q->name, v);
    return OK;
}

static bool inside(int64_t x, int64_t low, int64_t high)
{
    return x >= low && x <= high;
}

/* A degree as people read it: 30.26. */
static str degrees(struct arena *a, int64_t millionths)
{
    return arena_printf(a, "%lld.%02lld", (long long)(millionths / 1000000),
                        (long long)(millionths % 1000000 / 10000));
}

static enum err outside(const struct form_question *q, struct arena *a,
                        struct form_report *report, bool swapped)
{
    const struct form_square *s = &q->square;
    return complain(a, q, "lat", report, ERR_RANGE, arena_printf(
        a, "%.*s应在北纬 %.*s 到 %.*s、东经 %.*s 到 %.*s 之间，%s",
        STR_ARG(q->label), STR_ARG(degrees(a, s->south)),
        STR_ARG(degrees(a, s->north)), STR_ARG(degrees(a, s->west)),
        STR_ARG(degrees(a, s->east)),
        swapped ? "您好像把经度和纬度填反了，请对调"
                : "请核对后重新填写"));
}

/* "30.63, 118.98" pasted into the first of the two is both. */
static enum err check_point(const struct form_question *q, struct arena *a,
                            const struct value *given, struct value *out,
                            struct form_report *report)
{
    str lat = text_of(a, given, "lat"), lon = text_of(a, given, "lon");
    str system = text_of(a, given, "system");
    int64_t y, x;
    const struct form_square *s = &q->square;
    if (q->optional && lat.n == 0 && lon.n == 0) {
        value_add(out, q->name, value_new(a, VALUE_NULL));
        return OK;
    }
    if (lon.n == 0 && str_find_byte(lat, ',') > 0) {
        lon = lat;
        lat = str_trim(str_cut(&lon, ','));
        lon = str_trim(lon);
    }
    if (!form_millionths(a, &lat, 6, &y) || !form_millionths(a, &lon, 6, &x))
        return complain(a, q, "lat", report, ERR_INPUT, arena_printf(
            a, "请填写%.*s的纬度和经度，都用小数，例如 30.633812 和 118.983024",
            STR_ARG(q->label)));
    if (!str_is(system, "CGCS2000") && !str_is(system, "GCJ-02"))
        return complain(a, q, "system", report, ERR_INPUT, STR(
            "请选择坐标是哪个坐标系的"));
    bool right = inside(y, s->south, s->north) && inside(x, s->west, s->east);
    if (!right)
        return outside(q, a, report, inside(x, s->south, s->north) &&
                                     inside(y, s->west, s->east));
    struct value *v = value_new(a, VALUE_OBJECT);
    value_add(v, STR("lat"), value_text(a, lat));
    value_add(v, STR("lon"), value_text(a, lon));
    value_add(v, STR("system"), value_text(a, system));
    value_add(out, q->name, v);
    return OK;
}

/* M, L, digits and blanks, every number below 1000: what the page draws, and
 * nothing a browser could take for anything else. */
static bool is_drawing(str s)
{
    int digits = 0;
    if (s.n == 0 || s.n > FORM_DRAWING || s.p[0] != 'M')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        digits = c >= '0' && c <= '9' ? digits + 1 : 0;
        if (digits > 3 || (digits == 0 && c != 'M' && c != 'L' && c != ' '))
            return false;
    }
    return true;
}

static enum err check_signature(const struct form_question *q, struct arena *a,
                                const struct value *given, struct value *out,
                                struct form_report *report)
{
    str name = text_of(a, given, "name"), agree = text_of(a, given, "agree");
    str drawing = text_of(a, given, "drawing"), sentence = STR("");
    struct field f = { .name = q->check.name, .type = FIELD_NAME, .min = 2,
                       .max = 50, .label = "签名人姓名" };
    if (q->optional && name.n == 0 && drawing.n == 0) {
        value_add(out, q->name, value_new(a, VALUE_NULL));
        return OK;
    }
    enum err e = form_check_one(a, &f, name, &name, &sentence);
    if (e != OK)
        return complain(a, q, "name", report, e, sentence);
    if (agree.n == 0)
        return complain(a, q, "agree", report, ERR_INPUT, STR(
            "请勾选声明：这是本人的签名"));
    if (drawing.n && !is_drawing(drawing))
        return complain(a, q, NULL, report, ERR_RANGE, STR(
            "手写的签名太长或者没有画完整，请清除后重新签，或者只写姓名"));
    struct value *v = value_new(a, VALUE_OBJECT);
    value_add(v, STR("name"), value_text(a, name));
    value_add(v, STR("agree"), value_bool(a, true));
    if (drawing.n)
        value_add(v, STR("drawing"), value_text(a, drawing));
    value_add(out, q->name, v);
    return OK;
}

enum err made_check(const struct form_question *q, struct arena *a,
                    const struct value *typed, const struct value *given,
                    struct value *out, struct form_report *report)
{
    if (has_rows(q))
        return check_rows(q, a, typed, given, out, report);
    if (str_is(q->kind, "division"))
        return check_division(q, a, given, out, report);
    return str_is(q->kind, "point")
               ? check_point(q, a, given, out, report)
               : check_signature(q, a, given, out, report);
}
