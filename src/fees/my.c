/* 我的缴费: what a person owes and has paid, how to pay it, and asking for it
 * back. */
#include "fees/pages.h"

#include "fees/show.h"
#include "kernel/page/page.h"

enum { PAGE = 20 };

enum err my_fees_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct fee_mine *m;
    size_t n;
    rq_menu(rq, "my.fees");
    enum err e = fee_mine(tx, tx->who->account,
                          rq_int(rq, "before", INT64_MAX), &m, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n && i < PAGE; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", m[i].number);
        view_text(&row, "title", m[i].title);
        view_text(&row, "name", m[i].name);
        view_fen(&row, "total", m[i].total);
        view_day(&row, "due", m[i].due);
        fee_tag(&row, "state", m[i].state, m[i].paid, m[i].refunded);
    }
    if (e != OK)
        return e;
    rq_pager_before(rq, STR("/my/fees"), n, PAGE,
                    n > PAGE ? m[PAGE - 1].id : 0);
    return OK;
}

static enum err load_own(struct request *rq, struct tx *tx, struct fee_one *n)
{
    int64_t me = tx->who->account;
    enum err e = fee_load(rq, tx, n);
    if (e == OK && (me == 0 || (n->account != me && n->proxy != me)))
        return rq_fail(rq, ERR_DENIED, "这份缴款书不在您的名下。");
    return e;
}

/* Money that was counted and has not gone back. */
static bool may_ask(const struct fee_one *n)
{
    return n->paid.n > n->refunded.n;
}

/* What is on its way back already need not be asked for. */
static enum err show_going_back(struct tx *tx, struct view *v,
                                const struct fee_one *n)
{
    struct fee_refunds *r;
    size_t count;
    fen sum = { 0 };
    enum err e = fee_refunds(tx, n->number, &r, &count);
    for (size_t i = 0; e == OK && i < count; i++)
        if (str_is(r[i].state, "requested") || str_is(r[i].state, "approved"))
            sum.n += r[i].amount.n;
    view_text(v, "going_back", sum.n ? fee_text(tx->arena, sum) : STR(""));
    return e;
}

enum err my_fee_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct fee_one n;
    enum err e = load_own(rq, tx, &n);
    if (e != OK)
        return e;
    rq_menu(rq, "my.fees");
    view_bool(v, "ask", may_ask(&n));
    view_bool(v, "again", fee_may_ask(&n));
    e = show_going_back(tx, v, &n);
    if (e != OK)
        return e;
    struct value *fields = view_list(v, "fields");
    if (may_ask(&n)) {
        rq_ask(rq, fields, (struct page_field){
            .name = "amount", .type = "money", .label = STR("退款金额"),
            .hint = STR("不填为全部退还。"), .optional = true,
        });
        rq_ask(rq, fields, (struct page_field){
            .name = "reason", .type = "lines", .label = STR("退款理由"),
            .hint = STR("财务人员审核后原路退回，审核结果会通知您。"),
        });
    }
    e = fee_way(rq, tx, v, &n);
    return e == OK ? fee_body(tx, v, &n) : e;
}

/* Whoever has paid and does not see it here need not pay a second time. */
enum err my_again_post(struct request *rq, struct tx *tx)
{
    struct fee_one n;
    enum err e = load_own(rq, tx, &n);
    if (e == OK)
        e = fee_ask_again(rq, tx, &n);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已经向缴费平台查询，一般一分钟内有结果。请过一会儿"
                           "再打开本页，不要重复缴费。"));
    return rq_see_other(rq, "/my/fees/%.*s", STR_ARG(n.number));
}

enum err my_refund_post(struct request *rq, struct tx *tx)
{
    struct fee_one n;
    enum err e = load_own(rq, tx, &n);
    if (e == OK && !may_ask(&n))
        return rq_fail(rq, ERR_CONFLICT, "没有可以退还的款项。");
    if (e == OK)
        e = fee_wish_back(rq, tx, &n);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已经提出退款申请，等待财务人员审核。"));
    return rq_see_other(rq, "/my/fees/%.*s", STR_ARG(n.number));
}
