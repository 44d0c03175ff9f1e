/*
 * Exchange partners and their words.
 *
 * The catalogue keeps its own words; what a partner calls them is a dated
 * table of that partner's, because codes differ between peers and change over
 * the years (FIELDS of the national tables, practice of provinces).  A word
 * without a counterpart goes out as ours, which a person can read and a
 * machine will refuse, rather than as nothing; the partner's page lists them.
 */
#include "catalogue/pages.h"

#include "catalogue/partner.h"
#include "catalogue/show.h"
#include "kernel/audit/audit.h"
#include "kernel/page/page.h"

/* ---- looking up ---- */

enum err mapping_load(struct tx *tx, str partner, struct mapping **out)
{
    struct partner_one p;
    struct mapping *m = ARENA_NEW(tx->arena, struct mapping);
    enum err e = partner_one(tx, partner, &p);
    if (e == OK)
        e = mapping_list(tx, partner, tx_today(tx), &m->row, &m->n);
    *out = m;
    return e;
}

static str theirs_of(const struct mapping *m, const char *list, str ours)
{
    for (size_t i = 0; m && i < m->n; i++)
        if (str_is(m->row[i].list, list) && str_eq(m->row[i].ours, ours))
            return m->row[i].theirs;
    return STR("");
}

str mapping_field(const struct mapping *m, const char *code,
                  const char *label)
{
    str theirs = theirs_of(m, "field", str_of(code));
    return theirs.n ? theirs : str_of(label);
}

const char *mapping_key(const struct mapping *m, struct arena *a,
                        const char *code)
{
    str theirs = theirs_of(m, "field", str_of(code));
    return theirs.n ? arena_cstr(a, theirs) : code;
}

str mapping_word(const struct mapping *m, struct arena *a, const char *list,
                 str ours)
{
    str all = STR(""), comma = STR("、"), rest = ours;
    str whole = theirs_of(m, list, ours);
    if (m == NULL || ours.n == 0 || whole.n)
        return whole.n ? whole : ours;
    while (!str_is_none(rest)) {
        ptrdiff_t at = str_find(rest, comma);
        str one = at < 0 ? rest : str_slice(rest, 0, (size_t)at);
        str theirs = theirs_of(m, list, one);
        if (theirs.n == 0)
            return ours; /* one without a counterpart: all as they are */
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), all.n ? "," : "",
                           STR_ARG(theirs));
        rest = at < 0 ? str_none
                      : str_slice(rest, (size_t)at + comma.n, rest.n);
    }
    return all;
}

static bool worded(const struct guide_field *f)
{
    return f->kind == GUIDE_CHOICE || f->kind == GUIDE_CHOICES ||
           f->kind == GUIDE_FLAG;
}

str mapping_text(const struct mapping *m, struct arena *a,
                 const struct value *guide, const struct guide_field *f)
{
    str ours = guide_text(a, guide, f);
    if (m == NULL || !worded(f))
        return ours;
    return mapping_word(m, a, f->kind == GUIDE_FLAG ? "flag" : f->code, ours);
}

/* A member's name; of a row "papers.name", for rows of two lists may have
 * members of one name. */
static str key_of(const struct mapping *m, struct arena *a, const char *list,
                  const char *code)
{
    str ours = list ? arena_printf(a, "%s.%s", list, code) : str_of(code);
    str theirs = theirs_of(m, "field", ours);
    return theirs.n ? theirs : str_of(code);
}

static struct value *translated(const struct mapping *m, struct arena *a,
                                const struct value *from, const char *list,
                                const struct guide_field *fields,
                                struct value *to)
{
    for (const struct guide_field *f = fields; f->code; f++) {
        const struct value *v = value_get(from, str_of(f->code));
        if (v == NULL)
            continue;
        struct value *copy = value_new(a, v->kind);
        if (f->kind == GUIDE_LIST) {
            for (const struct value *r = v->first; r; r = r->next)
                value_push(copy, translated(m, a, r, f->code, f->of,
                                            value_new(a, VALUE_OBJECT)));
        } else if (worded(f)) {
            copy = value_text(a, mapping_text(m, a, from, f));
        } else {
            copy->text = v->text;
            copy->i = v->i;
        }
        value_add(to, key_of(m, a, list, f->code), copy);
    }
    return to;
}

struct value *mapping_tree(const struct mapping *m, struct arena *a,
                           const struct value *guide)
{
    struct value *to = value_new(a, VALUE_OBJECT);
    struct value *copy = value_new(a, VALUE_OBJECT);
    *copy = *guide;
    copy->key = str_none;
    copy->next = NULL;
    if (m == NULL)
        return copy;
    for (const struct guide_part *p = guide_parts; p->code; p++)
        translated(m, a, guide, NULL, p->fields, to);
    return to;
}

/* ---- a new partner ---- */

static enum err map(struct tx *tx, str partner, str list, str ours, str theirs,
                    day from)
{
    enum err e = mapping_clear(tx, partner, list, ours, from, NULL);
    return e == OK ? mapping_add(tx, store_id(tx->store), partner, list, ours,
                                 theirs, from, NULL) : e;
}

static enum err map_fields(struct tx *tx, str partner, day from,
                           const char *list, const struct guide_field *fields)
{
    enum err e = OK;
    for (const struct guide_field *f = fields; e == OK && f->code; f++) {
        str ours = list ? arena_printf(tx->arena, "%s.%s", list, f->code)
                        : str_of(f->code);
        if (f->kind == GUIDE_LIST)
            e = map_fields(tx, partner, from, f->code, f->of);
        else if (f->exchange[0])
            e = map(tx, partner, STR("field"), ours, str_of(f->exchange),
                    from);
    }
    return e;
}

enum err partner_new(struct tx *tx, str code, str name)
{
    struct partner_one p;
    day from = day_of(2021, 6, 1); /* GB/T 39046-2020 is in force since */
    str table = page_asset("data/standards/exchange-map.tsv");
    enum err e = partner_one(tx, code, &p);
    if (e != ERR_NOTFOUND)
        return e == OK ? ERR_CONFLICT : e;
    e = partner_add(tx, code, name, tx->now);
    for (const struct guide_part *g = guide_parts; e == OK && g->code; g++)
        e = map_fields(tx, code, from, NULL, g->fields);
    while (e == OK && !str_is_none(table)) {
        str line = str_cut(&table, '\n');
        if (line.n == 0 || line.p[0] == '#')
            continue;
        str list = str_cut(&line, '\t'), ours = str_cut(&line, '\t');
        if (!str_is_none(line))
            e = map(tx, code, list, ours, line, from);
    }
    return e;
}

/* ---- pages ---- */

enum err catalogue_partners_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct partner_list *p;
    struct show_may may;
    size_t n;
    enum err e = show_may(rq, tx, STR(""), &may);
    if (e == OK)
        e = partner_list(tx, &p, &n);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.catalogue");
    view_bool(v, "keeper", may.keeper);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "partner", p[i].code);
        view_text(&row, "name", p[i].name);
        view_count(&row, "words", p[i].words);
    }
    list = view_list(v, "fields");
    show_ask(rq, list, "partner", "text", "编号",
             "小写字母、数字和连字符，例如 province。", false, STR(""));
    show_ask(rq, list, "name", "text", "名称", "例如 省政务服务平台。", false,
             STR(""));
    return OK;
}

static bool partner_code_ok(str code)
{
    bool ok = code.n >= 2 && code.n <= 40;
    for (size_t i = 0; ok && i < code.n; i++)
        ok = (code.p[i] >= 'a' && code.p[i] <= 'z') ||
             (code.p[i] >= '0' && code.p[i] <= '9') || code.p[i] == '-';
    return ok;
}

static enum err keeper_only(struct request *rq, struct tx *tx)
{
    struct show_may may;
    enum err e = show_may(rq, tx, STR(""), &may);
    return e != OK || may.keeper
               ? e : rq_fail(rq, ERR_DENIED, "只有事项目录管理部门的事项审核岗"
                                             "可以改交换对照。");
}

enum err catalogue_partners_post(struct request *rq, struct tx *tx)
{
    str code = rq_text(rq, "partner"), name = rq_text(rq, "name");
    enum err e = keeper_only(rq, tx);
    if (e != OK)
        return e;
    if (!partner_code_ok(code))
        return rq_fail_field(rq, ERR_INPUT, "partner",
                             STR("编号应是小写字母、数字和连字符，2 到 40 "
                                 "位"));
    e = partner_new(tx, code, name);
    if (e == ERR_CONFLICT)
        return rq_fail_field(rq, ERR_INPUT, "partner",
                             STR("这个编号已经有了，请换一个"));
    if (e == OK)
        e = audit_note(tx, STR("catalogue.partner"), code, name);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已增加，从国家标准的代码开始，请核对对方的代码。"));
    return rq_see_other(rq, "/catalogue/partners/%.*s", STR_ARG(code));
}

/* Every list of words there is: a field's code and its choices. */
static void missing_of(const struct mapping *m, struct view *v,
                       struct value *list, const struct guide_field *fields)
{
    for (const struct guide_field *f = fields; f->code; f++) {
        str rest = f->choices ? str_of(f->choices) : str_none;
        if (f->kind == GUIDE_LIST)
            missing_of(m, v, list, f->of);
        while (!str_is_none(rest)) {
            str word = str_cut(&rest, ',');
            if (mapping_word(m, v->arena, f->code, word).p != word.p)
                continue;
            struct view row = view_row(v, list);
            view_text(&row, "list", str_of(f->code));
            view_text(&row, "label", str_of(f->label));
            view_text(&row, "ours", word);
        }
    }
}

static str label_of(str list)
{
    static const struct { const char *list, *label; } own[] = {
        { "field", "字段名称" }, { "flag", "是否" }, { "state", "事项状态" },
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_is(list, own[i].list))
            return str_of(own[i].label);
    const struct guide_field *f = guide_field_of(list);
    if (f == NULL) /* a field of a row */
        for (const struct guide_part *p = guide_parts; p->code; p++)
            for (const struct guide_field *l = p->fields; l->code; l++)
                for (const struct guide_field *r = l->of; r && r->code; r++)
                    if (str_is(list, r->code))
                        return str_of(r->label);
    return f ? str_of(f->label) : list;
}

enum err catalogue_partner_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct partner_one p;
    struct mapping *m;
    struct show_may may;
    char iso[DAY_TEXT];
    str code = rq_path(rq, "partner");
    enum err e = partner_one(tx, code, &p);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个交换伙伴，请从列表里选择。");
    if (e == OK)
        e = mapping_load(tx, code, &m);
    if (e == OK)
        e = show_may(rq, tx, STR(""), &may);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.catalogue");
    view_text(v, "partner", p.code);
    view_text(v, "name", p.name);
    view_bool(v, "keeper", may.keeper);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < m->n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "list", m->row[i].list);
        view_text(&row, "label", label_of(m->row[i].list));
        view_text(&row, "ours", m->row[i].ours);
        view_text(&row, "theirs", m->row[i].theirs);
        view_day(&row, "from", m->row[i].from_day);
    }
    list = view_list(v, "missing");
    for (const struct guide_part *g = guide_parts; g->code; g++)
        missing_of(m, v, list, g->fields);
    list = view_list(v, "fields");
    show_ask(rq, list, "list", "text", "字段",
             "上表里的字段编号，例如 type；字段名称用 field，是否用 flag。",
             false, STR(""));
    show_ask(rq, list, "ours", "text", "我们的词", "", false, STR(""));
    show_ask(rq, list, "theirs", "text", "对方的代码",
             "不填：没有对应，导出我们的词。", true, STR(""));
    show_ask(rq, list, "from", "day", "从哪天起", "", false,
             arena_str(v->arena, day_text(tx_today(tx), iso)));
    return OK;
}

enum err catalogue_partner_post(struct request *rq, struct tx *tx)
{
    struct partner_one p;
    str code = rq_path(rq, "partner"), list = rq_text(rq, "list");
    str ours = rq_text(rq, "ours"), theirs = rq_text(rq, "theirs");
    enum err e = keeper_only(rq, tx);
    if (e == OK)
        e = partner_one(tx, code, &p);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个交换伙伴，请从列表里选择。");
    if (e != OK)
        return e;
    if (str_eq(label_of(list), list))
        return rq_fail_field(rq, ERR_INPUT, "list",
                             STR("没有这个字段编号，请照上表填写"));
    if (day_is_none(rq_day(rq, "from")))
        return rq_fail_field(rq, ERR_INPUT, "from", STR("请选择从哪天起"));
    e = map(tx, code, list, ours, theirs, rq_day(rq, "from"));
    if (e == OK)
        e = audit_note(tx, STR("catalogue.mapping"), code,
                       arena_printf(tx->arena, "%.*s：%.*s → %.*s",
                                    STR_ARG(list), STR_ARG(ours),
                                    STR_ARG(theirs)));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已保存。"));
    return rq_see_other(rq, "/catalogue/partners/%.*s", STR_ARG(code));
}
