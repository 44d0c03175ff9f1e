/* One grant, and taking it back. */
#include "grants/pages.h"

#include "grants/inside.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

static enum err load(struct request *rq, struct tx *tx, struct grant_whole *g)
{
    enum err e = grant_whole(tx, rq_path(rq, "number"), g);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这项授权，请核对编号。");
    if (e == OK && !auth_in_scope(tx->who, g->giver) &&
        !auth_in_scope(tx->who, g->receiver))
        return rq_fail(rq, ERR_DENIED,
                       "您只能查看本单位提供或者使用的数据授权。");
    return e;
}

/* The same, and *why it may not be withdrawn by who looks; "" it may. */
static enum err load_with_why(struct request *rq, struct tx *tx,
                              struct grant_whole *g, str *why)
{
    enum err e = load(rq, tx, g);
    return e == OK ? grant_may_withdraw(tx, g, str_none, why) : e;
}

static str linked(struct arena *a, str number)
{
    return str_is_none(number) ? STR("")
                               : arena_printf(a, "/grants/%.*s",
                                              STR_ARG(number));
}

static str term(struct arena *a, const struct grant_whole *g, day today)
{
    char from[DAY_TEXT], to[DAY_TEXT];
    bool valid = str_is(grant_state_on(g->state, g->to_day, today), "valid");
    day_text(g->from_day, from);
    day_text(g->to_day, to);
    return valid ? arena_printf(a, "%s 至 %s，还有 %d 天", from, to,
                                grant_days_left(g->to_day, today))
                 : arena_printf(a, "%s 至 %s", from, to);
}

static void show_facts(struct view *v, const struct grant_whole *g, day today)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "facts");
    page_fact(v, list, "数据资源", g->resource);
    page_fact(v, list, "数据项", g->fields);
    page_fact(v, list, "用途", g->purpose);
    page_fact(v, list, "期限", term(a, g, today));
    page_fact(v, list, "提供部门", g->giver_name);
    page_fact(v, list, "使用部门", g->receiver_name);
    page_fact(v, list, "同意提供", g->given_by_name);
    page_fact(v, list, "申请人", g->asked_by_name);
    page_fact(v, list, "开通人", g->opened_by_name);
    page_fact(v, list, "依据", g->basis);
    page_fact(v, list, "收回的理由", g->reason);
}

static enum err show_events(struct tx *tx, struct view *v,
                            const struct grant_whole *g)
{
    struct grant_events *all;
    size_t n;
    struct value *list = view_list(v, "events");
    enum err e = grant_events(tx, g->id, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_inst(&row, "at", all[i].at);
        view_text(&row, "text", all[i].text);
        view_text(&row, "verb", all[i].verb);
        view_text(&row, "actor", all[i].actor);
        view_text(&row, "basis", all[i].basis);
        view_text(&row, "look", STR("done"));
        view_text(&row, "icon", str_is(all[i].verb, "open")
                                    ? STR("file-check-2")
                                : str_is(all[i].verb, "withdraw")
                                    ? STR("ban") : STR("circle-dot"));
    }
    return e;
}

enum err grant_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct grant_whole g;
    str why;
    enum err e = load_with_why(rq, tx, &g, &why);
    if (e != OK)
        return e;
    day today = tx_today(tx);
    str now = grant_state_on(g.state, g.to_day, today);
    bool ours = str_eq(tx->who->unit, g.receiver);
    rq_menu(rq, "grants");
    view_text(v, "number", g.number);
    view_text(v, "resource", g.resource);
    view_text(v, "matter", g.matter);
    view_bool(v, "reads_matter", rq_may(rq, "matter.work") &&
                                 auth_in_scope(tx->who, g.receiver));
    page_tag(v, "state", grant_state_word(now));
    view_text(v, "renews", str_is_none(g.renews) ? STR("") : g.renews);
    view_text(v, "renews_href", linked(v->arena, g.renews));
    view_text(v, "renewed", str_is_none(g.renewed) ? STR("") : g.renewed);
    view_text(v, "renewed_href", linked(v->arena, g.renewed));
    view_bool(v, "may_withdraw", rq_may(rq, "grants.withdraw") && why.n == 0);
    view_bool(v, "may_renew", ours && str_is_none(g.renewed) &&
                              rq_may(rq, "matter.work"));
    show_facts(v, &g, today);
    return show_events(tx, v, &g);
}

/* ---- taking it back ---- */

enum err grant_withdraw_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct grant_whole g;
    str why;
    enum err e = load_with_why(rq, tx, &g, &why);
    if (e != OK)
        return e;
    rq_menu(rq, "grants");
    view_text(v, "number", g.number);
    view_text(v, "resource", g.resource);
    view_text(v, "giver_name", g.giver_name);
    view_text(v, "receiver_name", g.receiver_name);
    view_bool(v, "can", why.n == 0);
    struct value *list = view_list(v, "law");
    page_condition(v, list,
                   why.n ? why : STR("由作出授权的部门收回，授权正在有效期内"),
                   GRANT_BASIS, why.n == 0);
    rq_ask(rq, view_list(v, "fields"), (struct page_field){
        .name = "reason", .type = "lines", .label = STR("收回的理由"),
        .hint = STR("写明事实，例如超出约定的用途；使用部门会看到。"),
    });
    return OK;
}

enum err grant_withdraw_post(struct request *rq, struct tx *tx)
{
    struct grant_whole g;
    str problem, reason = str_trim(rq_text(rq, "reason"));
    enum err e = load(rq, tx, &g);
    if (e != OK)
        return e;
    if (utf8_count(reason) < GRANT_REASON)
        return rq_fail_field(rq, ERR_INPUT, "reason",
                             STR("请写明收回的理由，至少四个字。"));
    e = grant_withdraw(tx, g.number, reason, &problem);
    if (e != OK)
        return problem.n ? rq_fail_str(rq, e, problem) : e;
    rq_flash(rq, "ok", STR("已收回，双方都收到通知。请数据管理岗在共享平台上"
                           "关闭。"));
    return rq_see_other(rq, "/grants/%.*s", STR_ARG(g.number));
}
