/* What a form refers to outside itself: is it there, and does it fit? */
#include "design/form_check.h"

#include "design/queries.gen.h"
#include "kernel/rules/dmn.h"

/* An organisation; "" is told elsewhere. */
static enum err check_unit(struct tx *tx, struct form_checking *c, str code)
{
    struct design_unit u;
    enum err e = code.n ? design_unit(tx, code, &u) : OK;
    if (e == ERR_NOTFOUND)
        form_say(c, true, "没有代码为“%.*s”的机构，请改正。",
                 STR_ARG(utf8_head(code, 20)));
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err check_item(struct tx *tx, struct form_checking *c, str code)
{
    struct design_item item;
    enum err e = code.n ? design_item(tx, code, &item) : OK;
    if (e == ERR_NOTFOUND)
        form_say(c, true, "没有编码为“%.*s”的事项，请改正。",
                 STR_ARG(utf8_head(code, 40)));
    /* Nobody can apply for a theme of which one item is not to be had. */
    bool stopped = code.n && e == OK && !c->item &&
                   !str_is(item.state, "live");
    if (stopped)
        form_say(c, false, "主题含已停办、已失效的事项：“%.*s”%s，申请人现在不"
                 "能申请。请等它恢复，或者从主题里去掉。", STR_ARG(item.name),
                 str_is(item.state, "paused") ? "暂停办理" : "已经取消");
    return e == ERR_NOTFOUND ? OK : e;
}

static str text_of(const struct value *v, const char *name)
{
    str s = value_get_text(v, str_of(name));
    return str_is_none(s) ? STR("") : s;
}

static bool offers(const struct value *about, const char *list, str name)
{
    const struct value *v = value_get(about, str_of(list));
    for (v = v ? v->first : NULL; v; v = v->next)
        if (str_eq(value_get_text(v, STR("name")), name))
            return true;
    return false;
}

/* The table must decide parts and papers from what the form asks. */
static void check_model(struct form_checking *c, const struct dmn_model *m,
                        str key)
{
    const struct value *about = dmn_describe(m, c->a);
    static const char *const wanted[] = { "parts", "papers" };
    for (int i = c->item ? 1 : 0; i < 2; i++)
        if (!offers(about, "decisions", str_of(wanted[i])))
            form_say(c, true, "决策表“%.*s”里没有决策 %s，请补上或者不用决策"
                     "表。", STR_ARG(key), wanted[i]);
    const struct value *in = value_get(about, STR("inputs"));
    for (in = in ? in->first : NULL; in; in = in->next) {
        str name = text_of(in, "name");
        if (form_find(c->tree, FORM_FIELD, name, NULL) == NULL)
            form_say(c, true, "决策表“%.*s”要用到“%.*s”，表单里没有这个问题，请"
                     "加上。", STR_ARG(key), STR_ARG(utf8_head(name, 40)));
    }
}

static enum err check_rules(struct tx *tx, struct form_checking *c)
{
    struct design_live live;
    struct dmn_model *m;
    struct feel_notes notes = { 0 };
    str key = text_of(c->tree, "rules");
    if (key.n == 0)
        return OK;
    enum err e = design_live(tx, STR("table"), key, &live);
    if (e == ERR_NOTFOUND) {
        form_say(c, true, "决策表“%.*s”没有生效的版本，请先部署决策表。",
                 STR_ARG(utf8_head(key, 60)));
        return OK;
    }
    if (e != OK)
        return e;
    struct dmn_source source = { .name = key, .xml = live.xml };
    if (dmn_load(c->a, &source, 1, &m, &notes) == OK)
        check_model(c, m, key);
    else
        form_say(c, true, "决策表“%.*s”读不懂，请先改正它。", STR_ARG(key));
    return OK;
}

enum err design_check_form_uses(struct tx *tx, struct design_report *r)
{
    struct form_checking c = { .a = tx->arena, .r = r, .tree = r->tree };
    str item = text_of(r->tree, "item");
    c.item = item.n > 0;
    form_about(&c, FORM_HEAD, r->tree);
    enum err e = check_item(tx, &c, item);
    if (e == OK && !c.item)
        e = check_unit(tx, &c, text_of(r->tree, "lead"));
    if (e == OK)
        e = check_rules(tx, &c);
    const struct value *parts = c.item ? NULL : form_list(r->tree, FORM_PART);
    int seen = 0;
    for (const struct value *p = parts ? parts->first : NULL;
         e == OK && p && seen++ < FORM_PARTS; p = p->next) {
        form_about(&c, FORM_PART, p);
        e = check_item(tx, &c, text_of(p, "item"));
        if (e == OK)
            e = check_unit(tx, &c, text_of(p, "unit"));
    }
    return e;
}
