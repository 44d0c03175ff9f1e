/*
 * The keeper's pages: what waits for review, and what is wrong with what is in
 * force, counted by organisation and by rule.
 */
#include "catalogue/pages.h"

#include "catalogue/show.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

/* ---- what waits ---- */

static enum err show_waiting(struct tx *tx, struct view *v, const char *name,
                             const char *step)
{
    struct item_sent *s;
    size_t n;
    enum err e = item_sent(tx, str_of(step), &s, &n);
    struct value *list = view_list(v, name);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", s[i].code);
        view_text(&row, "name", s[i].name);
        view_text(&row, "unit_name", s[i].unit_name);
        view_int(&row, "version", s[i].work);
        view_bool(&row, "renewed", s[i].live > 0);
        view_int(&row, "live", s[i].live);
        view_text(&row, "sent_by", s[i].sent_by);
        view_inst(&row, "sent_at", s[i].sent);
        view_day(&row, "effective", s[i].effective);
        view_int(&row, "should", s[i].should);
    }
    return e;
}

enum err catalogue_review_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct show_may may;
    char iso[DAY_TEXT];
    enum err e = show_may(rq, tx, STR(""), &may);
    if (e == OK)
        e = show_waiting(tx, v, "sent", "sent");
    if (e == OK)
        e = show_waiting(tx, v, "approved", "approved");
    if (e != OK)
        return e;
    rq_menu(rq, "desk.catalogue.review");
    view_bool(v, "keeper", may.keeper);
    struct value *list = view_list(v, "fields");
    show_ask(rq, list, "effective", "day", "生效日",
             "今天或者以前的日期：立即生效。", false,
             arena_str(v->arena, day_text(tx_today(tx), iso)));
    return OK;
}

static enum err approve_one(struct request *rq, struct tx *tx, str code,
                            day from, int *done, int *left)
{
    struct kept k;
    enum err e = keep_load(tx, code, 0, &k);
    if (e == OK)
        e = keep_approve(tx, &k, from, STR(""));
    if (e == ERR_NOTFOUND || e == ERR_CONFLICT || e == ERR_DENIED) {
        ++*left; /* reviewed meanwhile, or one's own: told, not undone */
        return OK;
    }
    *done += e == OK;
    (void)rq;
    return e;
}

/* Several at once: those chosen, from one day on. */
enum err catalogue_review_post(struct request *rq, struct tx *tx)
{
    const struct value *chosen = rq_value(rq, "items");
    day from = rq_day(rq, "effective");
    int done = 0, left = 0;
    struct show_may may;
    if (day_is_none(from) || from.n > tx_today(tx).n + 366)
        return rq_fail_field(rq, ERR_INPUT, "effective",
                             STR("请选择一年以内的生效日"));
    enum err e = show_may(rq, tx, STR(""), &may);
    if (e != OK)
        return e;
    if (!may.keeper)
        return rq_fail(rq, ERR_DENIED,
                       "只有事项目录管理部门的事项审核岗可以审核。");
    if (chosen && chosen->kind == VALUE_TEXT)
        e = approve_one(rq, tx, chosen->text, from, &done, &left);
    else if (chosen && chosen->kind == VALUE_LIST)
        for (const struct value *c = chosen->first; e == OK && c; c = c->next)
            if (c->kind == VALUE_TEXT)
                e = approve_one(rq, tx, c->text, from, &done, &left);
    if (e != OK)
        return e;
    if (done == 0)
        return rq_fail(rq, ERR_CONFLICT,
                       left ? "选中的都不能审核：刚刚有人审核过，或者是您自己"
                              "送审的。"
                            : "请先勾选要审核通过的事项。");
    rq_flash(rq, "ok", left ? arena_printf(tx->arena, "审核通过 %d 项；%d 项没"
                                           "有动：刚刚有人审核过，或者是您自己"
                                           "送审的。", done, left)
                            : arena_printf(tx->arena, "审核通过 %d 项。",
                                           done));
    return rq_see_other(rq, "/catalogue/review");
}

/* ---- findings ---- */

enum { PAGE = 60 };

static enum err show_by_unit(struct tx *tx, struct view *v)
{
    struct finding_units *u;
    size_t n;
    enum err e = finding_units(tx, &u, &n);
    struct value *list = view_list(v, "units");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "unit", u[i].unit);
        view_text(&row, "name", u[i].unit_name);
        view_count(&row, "items", u[i].items);
        view_count(&row, "must", u[i].must);
        view_count(&row, "should", u[i].should);
    }
    return e;
}

static enum err show_by_rule(struct tx *tx, struct view *v, str unit)
{
    struct finding_rules *r;
    size_t n;
    enum err e = finding_rules(tx, unit, &r, &n);
    struct value *list = view_list(v, "rules");
    for (size_t i = 0; e == OK && i < n; i++) {
        const struct guide_rule *rule = guide_rule_of(r[i].rule);
        if (rule == NULL)
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "rule", r[i].rule);
        view_text(&row, "label", str_of(rule->label));
        view_text(&row, "law", str_of(rule->law));
        view_bool(&row, "must", rule->grade == GRADE_MUST);
        view_count(&row, "items", r[i].items);
    }
    return e;
}

static enum err show_items(struct request *rq, struct tx *tx, struct view *v,
                           str unit, str rule)
{
    struct finding_of_rule *f;
    size_t n, shown;
    enum err e = finding_of_rule(tx, unit, rule, rq_text(rq, "after"), &f, &n);
    struct value *list = view_list(v, "rows");
    if (e != OK)
        return e;
    /* A page ends with an item: the next one goes on after it. */
    shown = n > PAGE ? PAGE : n;
    while (n > PAGE && shown > 1 && str_eq(f[shown - 1].item, f[shown].item))
        shown--;
    for (size_t i = 0; i < shown; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", f[i].item);
        view_text(&row, "name", f[i].name);
        view_text(&row, "unit_name", f[i].unit_name);
        view_text(&row, "text", f[i].text);
        view_bool(&row, "must", str_is(f[i].grade, "must"));
    }
    str same = arena_printf(v->arena, "/catalogue/findings?unit=%.*s&rule=%.*s",
                            STR_ARG(unit), STR_ARG(rule));
    page_pager_part(v, "pager", rq_has(rq, "after") ? same : STR(""),
                    n > PAGE ? arena_printf(v->arena, "%.*s&after=%.*s",
                                            STR_ARG(same),
                                            STR_ARG(f[shown - 1].item))
                             : STR(""), (int64_t)shown, PAGE);
    return OK;
}

enum err catalogue_findings_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    str unit = rq_text(rq, "unit"), rule = rq_text(rq, "rule");
    const struct guide_rule *r = guide_rule_of(rule);
    struct auth_unit u = { .name = STR("") };
    if (r == NULL)
        rule = STR("");
    enum err e = unit.n ? auth_unit(tx, unit, &u) : OK;
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个部门，请从列表里选择。");
    rq_menu(rq, "desk.catalogue.findings");
    view_text(v, "unit", unit);
    view_text(v, "unit_name", u.name);
    view_text(v, "rule", rule);
    view_text(v, "label", r ? str_of(r->label) : STR(""));
    view_text(v, "law", r ? str_of(r->law) : STR(""));
    if (e == OK)
        e = show_by_unit(tx, v);
    if (e == OK)
        e = show_by_rule(tx, v, unit);
    return e == OK ? show_items(rq, tx, v, unit, rule) : e;
}
