/* 投诉和更正: what somebody asked for and what became of it. */
#include "remedies/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/page/page.h"
#include "remedies/matter.h"

enum { PAGE = 20 };

enum err my_remedies_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct remedy_mine *m;
    size_t n;
    rq_menu(rq, "my.remedies");
    enum err e = remedy_mine(tx, tx->who->account,
                             rq_int(rq, "before", INT64_MAX), &m, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n && i < PAGE; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", m[i].number);
        view_text(&row, "kind", remedy_called(m[i].kind, m[i].ref));
        view_text(&row, "title", m[i].title);
        view_text(&row, "number", str_is(m[i].kind, "correction")
                                      ? STR("") : m[i].ref);
        view_inst(&row, "made", m[i].made);
        view_day(&row, "due", m[i].due);
        view_text(&row, "state", remedy_state_word(m[i].kind, m[i].state));
    }
    if (e != OK)
        return e;
    rq_pager_before(rq, STR("/my/remedies"), n, PAGE,
                    n > PAGE ? m[PAGE - 1].id : 0);
    return OK;
}

static enum err load(struct request *rq, struct tx *tx, struct remedy_one *m)
{
    enum err e = remedy_one(tx, rq_path(rq, "code"), m);
    if (e == ERR_NOTFOUND || (e == OK && m->account != tx->who->account))
        return rq_fail(rq, ERR_NOTFOUND, "没有这个编号，请从列表打开。");
    return e;
}

static bool still_open(const struct remedy_one *m)
{
    return str_is(m->state, "open") || str_is(m->state, "explained");
}

enum err my_remedy_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct remedy_one m;
    enum err e = load(rq, tx, &m);
    if (e != OK)
        return e;
    rq_menu(rq, "my.remedies");
    remedy_body(v, &m, true);
    view_bool(v, "withdraw", still_open(&m));
    return OK;
}

enum err my_remedy_withdraw_post(struct request *rq, struct tx *tx)
{
    struct remedy_one m;
    enum err e = load(rq, tx, &m);
    if (e == OK)
        e = remedy_withdraw(tx, m.id, m.revision);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "已经有了答复，不能再撤回。");
    if (e == OK) {
        e = clock_stop(tx, STR("remedy"), m.number);
        e = e == ERR_NOTFOUND ? OK : e;
    }
    if (e == OK)
        e = audit_note(tx, STR("remedy.withdraw"), m.number, STR(""));
    if (e == OK && str_is(m.kind, "complaint"))
        e = remedy_on_thread(tx, "remedy.answered", m.ref,
                             arena_printf(tx->arena, "申请人撤回投诉 %.*s",
                                          STR_ARG(m.number)), STR("申请人"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已撤回。"));
    return rq_see_other(rq, "/my/remedies/%.*s", STR_ARG(m.number));
}
