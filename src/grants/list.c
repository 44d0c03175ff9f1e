/*
 * The grants an organisation gave and got; all of them for who supervises or
 * audits.
 */
#include "grants/pages.h"

#include "grants/inside.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

enum { PAGE = 50 };

static void show_filters(struct view *v, bool all, str side, str state,
                         str words)
{
    static const char *const states[] = { "valid", "expired", "withdrawn" };
    struct value *list = view_list(v, "sides");
    if (!all) {
        page_option(v, list, STR(""), STR("提供和使用"), side);
        page_option(v, list, STR("given"), STR("本单位提供的"), side);
        page_option(v, list, STR("received"), STR("本单位使用的"), side);
    }
    list = view_list(v, "states");
    page_option(v, list, STR(""), STR("全部"), state);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        page_option(v, list, str_of(states[i]),
                    grant_state_word(str_of(states[i])), state);
    view_text(v, "words", words);
    view_bool(v, "all", all);
}

enum err grants_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct grant_page *g;
    bool all = auth_sees_all(tx->who->role);
    str side = all ? STR("") : rq_text(rq, "side");
    str state = rq_text(rq, "state"), words = rq_text(rq, "words");
    day today = tx_today(tx);
    size_t n;
    rq_menu(rq, "grants");
    show_filters(v, all, side, state, words);
    enum err e = grant_page(tx, all ? STR("") : tx->who->unit, side, state,
                            words, today, rq_int(rq, "before", INT64_MAX), &g,
                            &n);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < PAGE; i++) {
        struct view row = view_row(v, list);
        str now = grant_state_on(g[i].state, g[i].to_day, today);
        view_text(&row, "number", g[i].number);
        view_text(&row, "resource", g[i].resource);
        view_text(&row, "giver_name", g[i].giver_name);
        view_text(&row, "receiver_name", g[i].receiver_name);
        view_day(&row, "from_day", g[i].from_day);
        view_day(&row, "to_day", g[i].to_day);
        view_text(&row, "left", !str_is(now, "valid") ? STR("")
                                : arena_printf(v->arena, "还有 %d 天",
                                               grant_days_left(g[i].to_day,
                                                               today)));
        page_tag(&row, "state", grant_state_word(now));
    }
    str same = arena_printf(v->arena, "/grants?side=%.*s&state=%.*s&words=%.*s",
                            STR_ARG(side), STR_ARG(state),
                            STR_ARG(page_query_text(v->arena, words)));
    rq_pager_before(rq, same, n, PAGE, n > PAGE ? g[PAGE - 1].id : 0);
    return OK;
}
