/*
 * How a grant ends: by itself after its last day, both sides told some weeks
 * before; or withdrawn by who gave it.  There is no way to make one longer: a
 * new matter opens a new one.
 */
#include "grants/inside.h"

#include "kernel/auth/auth.h"

static str until(struct arena *a, const struct grant_whole *g)
{
    char text[DAY_TEXT];
    return arena_str(a, day_text(g->to_day, text));
}

/* ---- by itself ---- */

static enum err warn(struct tx *tx, const struct grant_whole *g)
{
    struct arena *a = tx->arena;
    str last = until(a, g);
    enum err e = grant_warned(tx, g->id, g->revision);
    if (e == OK)
        e = grant_note(tx, g->id, g->number, "warn",
                       arena_printf(a, "%.*s 到期，已提醒双方", STR_ARG(last)),
                       STR("系统"));
    return e == OK ? grant_letters(
                         tx, g, "即将到期",
                         arena_printf(a, "%.*s向%.*s提供的“%.*s”%.*s 到期，到"
                                      "期后自动停止。还需要使用的，请现在重新"
                                      "发起数据申请。",
                                      STR_ARG(g->giver_name),
                                      STR_ARG(g->receiver_name),
                                      STR_ARG(g->resource), STR_ARG(last)))
                   : e;
}

static enum err expire(struct tx *tx, const struct grant_whole *g)
{
    struct arena *a = tx->arena;
    str last = until(a, g);
    enum err e = grant_end(tx, g->id, g->revision, STR("expired"), str_none);
    if (e == OK)
        e = grant_note(tx, g->id, g->number, "expire",
                       arena_printf(a, "截止日 %.*s 已过，授权到期",
                                    STR_ARG(last)),
                       STR("系统"));
    return e == OK ? grant_letters(
                         tx, g, "到期",
                         arena_printf(a, "%.*s向%.*s提供的“%.*s”已于 %.*s 到期"
                                      "，不能再使用；数据管理岗请在共享平台上"
                                      "关闭。",
                                      STR_ARG(g->giver_name),
                                      STR_ARG(g->receiver_name),
                                      STR_ARG(g->resource), STR_ARG(last)))
                   : e;
}

enum err grant_job(struct tx *tx, bool *more)
{
    struct grant_to_warn *w;
    struct grant_over *o;
    struct grant_whole g;
    size_t warned = 0, over = 0;
    enum err e = grant_to_warn(tx, tx_today(tx), &w, &warned);
    for (size_t i = 0; e == OK && i < warned; i++) {
        e = grant_whole(tx, w[i].number, &g);
        if (e == OK)
            e = warn(tx, &g);
    }
    if (e == OK)
        e = grant_over(tx, tx_today(tx), &o, &over);
    for (size_t i = 0; e == OK && i < over; i++) {
        e = grant_whole(tx, o[i].number, &g);
        if (e == OK)
            e = expire(tx, &g);
    }
    *more = warned == 100 || over == 100;
    return e;
}

/* ---- by who gave it ---- */

enum err grant_may_withdraw(struct tx *tx, const struct grant_whole *g,
                            str reason, str *why)
{
    struct auth_holder *h;
    size_t n;
    const struct who *who = tx->who;
    struct grant_withdrawal w = {
        .state = grant_state_on(g->state, g->to_day, tx_today(tx)),
        .giver = g->giver, .unit = who->unit, .reason = reason,
        .leads = str_is(who->role, "leader"),
    };
    enum err e = auth_holders(tx, g->giver, STR(PROVIDES), &h, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        w.provides |= h[i].account == who->account;
    *why = grant_withdraw_refused(&w);
    return e;
}

enum err grant_withdraw(struct tx *tx, str number, str reason, str *problem)
{
    struct grant_whole g;
    struct arena *a = tx->arena;
    enum err e = grant_whole(tx, number, &g);
    *problem = e == ERR_NOTFOUND ? STR("没有这项授权，请核对编号。")
                                 : STR("");
    if (e == OK)
        e = grant_may_withdraw(tx, &g, reason, problem);
    if (e != OK)
        return e;
    if (problem->n)
        return str_is(grant_state_on(g.state, g.to_day, tx_today(tx)), "valid")
                   ? ERR_DENIED : ERR_CONFLICT;
    e = grant_end(tx, g.id, g.revision, STR("withdrawn"), reason);
    if (e == ERR_CONFLICT)
        *problem = STR("这项授权刚刚有变化，请刷新后再办。");
    if (e == OK)
        e = grant_note(tx, g.id, g.number, "withdraw",
                       arena_printf(a, "提前收回：%.*s", STR_ARG(reason)),
                       tx->who->name);
    return e == OK ? grant_letters(
                         tx, &g, "收回",
                         arena_printf(a, "%.*s收回向%.*s提供的“%.*s”，从今天起"
                                      "不能再使用。\n理由：%.*s",
                                      STR_ARG(g.giver_name),
                                      STR_ARG(g.receiver_name),
                                      STR_ARG(g.resource), STR_ARG(reason)))
                   : e;
}
