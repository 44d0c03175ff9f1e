/*
 * Items that were there before the catalogue, or were made elsewhere, become
 * its first versions as they are: in force, with whatever is wrong in them
 * among the findings.
 */
#include "catalogue/keep.h"

#include "kernel/audit/audit.h"

static void put(struct arena *a, struct value *g, const char *code, str text)
{
    if (!str_is_none(text) && text.n)
        guide_put(g, code, value_text(a, text));
}

/* 个人,法人 as the catalogue says it. */
static str object_of(str object)
{
    bool person = str_find(object, STR("个人")) >= 0 ||
                  str_find(object, STR("自然人")) >= 0;
    bool company = str_find(object, STR("法人")) >= 0 ||
                   str_find(object, STR("企业")) >= 0;
    return person && company ? STR("个人、法人")
           : company         ? STR("法人") : STR("个人");
}

static str without_spaces(struct arena *a, str phone)
{
    struct buf b = { 0 };
    for (size_t i = 0; i < phone.n; i++)
        if (phone.p[i] != ' ')
            buf_byte(&b, phone.p[i]);
    str s = arena_str(a, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return s;
}

static void basis_of(struct arena *a, struct value *g,
                     const struct adopt_items *s)
{
    if (str_is_none(s->law))
        return;
    struct value *list = value_new(a, VALUE_LIST);
    struct value *row = value_new(a, VALUE_OBJECT);
    put(a, row, "law", s->law);
    put(a, row, "version", s->law_version);
    put(a, row, "article", s->article);
    value_push(list, row);
    guide_put(g, "basis", list);
}

static void counter_of(struct arena *a, struct value *g,
                       const struct adopt_items *s)
{
    if (str_is_none(s->unit_address))
        return;
    struct value *list = value_new(a, VALUE_LIST);
    struct value *row = value_new(a, VALUE_OBJECT);
    put(a, row, "name", s->unit_name);
    put(a, row, "address", s->unit_address);
    put(a, row, "hours", s->unit_hours);
    put(a, row, "phone", s->unit_phone);
    value_push(list, row);
    guide_put(g, "counters", list);
}

static enum err papers_of(struct tx *tx, struct value *g, str code)
{
    static const char *const needs[] = { "必要", "必要", "非必要",
                                         "容缺后补" };
    struct arena *a = tx->arena;
    struct adopt_materials *m;
    size_t n;
    enum err e = adopt_materials(tx, code, &m, &n);
    struct value *list = value_new(a, VALUE_LIST);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct value *row = value_new(a, VALUE_OBJECT);
        bool held = str_is(m[i].source, "exchange");
        bool form = str_is(m[i].source, "form");
        put(a, row, "name", m[i].name);
        put(a, row, "need", str_of(needs[m[i].need & 3]));
        put(a, row, "obtain", held   ? STR("平台调取")
                              : form ? STR("在线填写")
                                     : STR("申请人上传"));
        put(a, row, "source", held ? STR("政府部门核发")
                                   : STR("申请人自备"));
        put(a, row, "format", STR("电子"));
        put(a, row, "note", m[i].note);
        value_push(list, row);
    }
    if (list->count)
        guide_put(g, "papers", list);
    return e;
}

static void result_of(struct arena *a, struct value *g, str result)
{
    if (str_is_none(result) || result.n == 0)
        return;
    put(a, g, "result_type",
        str_ends(result, STR("证")) || str_ends(result, STR("执照"))
            ? STR("证照")
        : str_ends(result, STR("批复")) || str_ends(result, STR("批文"))
            ? STR("批文")
        : str_ends(result, STR("证明")) ? STR("证明") : STR("其他文书"));
    put(a, g, "result", result);
}

/* As it says, or as its organisation stands. */
static str level_of(const struct adopt_items *s)
{
    str kind = s->unit_kind;
    return s->level.n                ? s->level
           : str_is(kind, "township")  ? STR("镇级")
           : str_is(kind, "village") ? STR("村级") : STR("县级");
}

static void scalars_of(struct arena *a, struct value *g,
                       const struct adopt_items *s)
{
    bool instant = str_is(s->process, "instant");
    put(a, g, "name", s->name);
    put(a, g, "type", s->type);
    put(a, g, "kind", instant ? STR("即办件") : STR("承诺件"));
    put(a, g, "object", object_of(s->object));
    put(a, g, "level", level_of(s));
    put(a, g, "body", STR("法定机关"));
    basis_of(a, g, s);
    put(a, g, "conditions", s->conditions);
    guide_put(g, "statutory_n", value_int(a, s->statutory_n));
    put(a, g, "statutory_unit", str_is(s->statutory_unit, "nd")
                                    ? STR("自然日") : STR("工作日"));
    put(a, g, "statutory_basis", s->statutory_basis);
    guide_put(g, "promised_n", value_int(a, instant ? 0 : s->promised_n));
    if (s->gap_days > 0)
        guide_put(g, "gap_days", value_int(a, s->gap_days));
    if (str_is(s->gap_rule, "gap.withdrawn"))
        put(a, g, "gap_silence", STR("视为撤回申请"));
    put(a, g, "forms", s->online ? STR("窗口、网上") : STR("窗口"));
    put(a, g, "depth", s->online ? s->visits ? STR("网上受理")
                                             : STR("全程网办")
                                 : STR("不能网办"));
    guide_put(g, "visits", value_int(a, s->visits));
    bool fee = !str_is(s->fee, "不收费");
    guide_put(g, "fee", value_bool(a, fee));
    if (fee) {
        struct value *list = value_new(a, VALUE_LIST);
        struct value *row = value_new(a, VALUE_OBJECT);
        put(a, row, "name", s->fee);
        value_push(list, row);
        guide_put(g, "fees", list);
    }
    result_of(a, g, s->result);
    put(a, g, "phone", without_spaces(a, s->unit_phone));
    put(a, g, "supervise", STR("12345"));
    counter_of(a, g, s);
}

static enum err adopt(struct tx *tx, const struct adopt_items *s)
{
    struct value *raw = value_new(tx->arena, VALUE_OBJECT), *g = raw;
    struct buf b = { 0 };
    str problem;
    scalars_of(tx->arena, raw, s);
    enum err e = papers_of(tx, raw, s->code);
    if (e != OK)
        return e;
    /* What does not fit the table stays as it is: a clerk will see it. */
    if (guide_take(tx->arena, raw, &g, &problem) != OK)
        g = raw;
    value_write_json(g, &b);
    str body = arena_str(tx->arena, buf_str(&b));
    buf_free(&b);
    struct catalogue_one item = { .code = s->code, .unit = s->unit,
                                  .live = 1 };
    e = catalogue_new(tx, store_id(tx->store), s->code, s->unit, s->name,
                      STR(""), level_of(s), STR("live"), 1, 0,
                      STR(""), tx->now);
    if (e == OK)
        e = version_add(tx, store_id(tx->store), s->code, 1, STR("live"), body,
                        STR("从原有的事项目录转来"), STR("系统"), tx->now,
                        STR("系统"), tx_today(tx));
    if (e == OK)
        e = item_event_add(tx, store_id(tx->store), s->code, 1, tx->now,
                      STR("adopt"), STR("从原有的事项目录转来"),
                      STR("系统"), NULL);
    return e == OK ? keep_check(tx, &item, 1, g, NULL) : e;
}

enum err keep_adopt(struct tx *tx, str after, str *last)
{
    struct adopt_items *s;
    size_t n;
    enum err e = adopt_items(tx, after, &s, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = adopt(tx, &s[i]);
    *last = e == OK && n == 200 ? s[n - 1].code : STR("");
    if (e == OK && n)
        e = audit_note(tx, STR("catalogue.adopt"), s[0].code,
                       arena_printf(tx->arena, "从原有的事项目录转来 %zu 个"
                                    "事项", n));
    return e;
}

enum err keep_job_adopt(struct tx *tx, bool *more)
{
    str last;
    enum err e = keep_adopt(tx, STR(""), &last);
    *more = last.n > 0;
    return e;
}
