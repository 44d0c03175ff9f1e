/* What the payer's page and the desks' show alike. */
#include "fees/show.h"

#include "kernel/audit/audit.h"
#include "kernel/page/page.h"

enum err fee_load(struct request *rq, struct tx *tx, struct fee_one *n)
{
    str number = rq_path(rq, "number");
    if (!fee_number_ok(number))
        return rq_fail(rq, ERR_NOTFOUND,
                       "这不是一个缴款码：应当是 20 位数字，请核对有没有"
                       "输错。");
    enum err e = fee_one(tx, number, n);
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "没有这份缴款书，请核对缴款码。") : e;
}

void fee_tag(struct view *v, const char *name, str state, fen paid,
             fen refunded)
{
    bool all = paid.n > 0 && refunded.n >= paid.n;
    page_tag(v, name, all ? STR("已退款") : fee_state_word(state));
}

static str yuan(struct arena *a, fen sum)
{
    return arena_printf(a, "%.*s 元", STR_ARG(fee_text(a, sum)));
}

static enum err show_facts(struct tx *tx, struct view *v,
                           const struct fee_one *n)
{
    struct arena *a = v->arena;
    struct fee_account_one account;
    struct value *list = view_list(v, "facts");
    char day[DAY_TEXT];
    bool reckoned = !str_is(n->state, "assessing");
    enum err e = fee_account_one(tx, n->payee, &account);
    if (e != OK)
        return e;
    page_fact(v, list, "缴款码", n->number);
    page_fact(v, list, "收费项目",
              arena_printf(a, "%.*s（%.*s）", STR_ARG(n->name),
                           STR_ARG(n->project)));
    page_fact(v, list, "执收单位", n->unit_name);
    page_fact(v, list, "办件", n->case_no);
    if (reckoned && n->total.n)
        page_fact(v, list, "应缴", arena_printf(
            a, "%.*s 元（单价 %.*s 元 × %.*s），%.*s",
            STR_ARG(fee_text(a, n->total)), STR_ARG(n->price),
            STR_ARG(n->quantity), STR_ARG(fee_capital(a, n->total))));
    if (n->paid.n)
        page_fact(v, list, "已缴", yuan(a, n->paid));
    if (n->refunded.n)
        page_fact(v, list, "已退", yuan(a, n->refunded));
    page_fact(v, list, "减免理由", n->relief);
    page_fact(v, list, "收费依据", n->basis);
    page_fact(v, list, "收费标准", n->standard);
    if (!day_is_none(n->due))
        page_fact(v, list, "缴款期限", arena_str(a, day_text(n->due, day)));
    page_fact(v, list, "收款账户", arena_printf(
        a, "%.*s，%.*s，%.*s", STR_ARG(account.holder), STR_ARG(account.bank),
        STR_ARG(account.number)));
    return OK;
}

static enum err show_money(struct tx *tx, struct view *v,
                           const struct fee_one *n)
{
    static const struct { const char *code, *word; } words[] = {
        { "requested", "待审核" }, { "approved", "退付中" },
        { "done", "已退付" }, { "refused", "不予退付" },
        { "failed", "退付失败" },
    };
    struct fee_payments *p;
    struct fee_refunds *r;
    size_t count, back;
    struct value *paid = view_list(v, "payments");
    struct value *gone = view_list(v, "refunds");
    enum err e = fee_payments(tx, n->number, &p, &count);
    for (size_t i = 0; e == OK && i < count; i++) {
        struct view row = view_row(v, paid);
        view_text(&row, "platform_no", p[i].platform_no);
        view_fen(&row, "amount", p[i].amount);
        view_inst(&row, "paid_at", p[i].paid_at);
        view_text(&row, "word", fee_verdict_word(p[i].verdict));
        view_bool(&row, "late", p[i].late);
    }
    if (e == OK)
        e = fee_refunds(tx, n->number, &r, &back);
    for (size_t i = 0; e == OK && i < back; i++) {
        struct view row = view_row(v, gone);
        view_text(&row, "number", r[i].number);
        view_fen(&row, "amount", r[i].amount);
        view_text(&row, "reason", r[i].reason);
        view_text(&row, "answer", r[i].answer);
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (str_is(r[i].state, words[k].code))
                page_tag(&row, "state", str_of(words[k].word));
    }
    return e;
}

static enum err show_receipts(struct tx *tx, struct view *v,
                              const struct fee_one *n)
{
    struct fee_receipts *r;
    size_t count;
    struct value *list = view_list(v, "receipts");
    enum err e = fee_receipts(tx, n->number, &r, &count);
    for (size_t i = 0; e == OK && i < count; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", r[i].number);
        view_fen(&row, "amount", r[i].amount);
        view_bool(&row, "struck", !inst_is_none(r[i].struck));
        view_text(&row, "href",
                  arena_printf(v->arena, "/fees/%.*s/receipt/%.*s",
                               STR_ARG(n->number), STR_ARG(r[i].number)));
        view_text(&row, "verify",
                  arena_printf(v->arena, "/fees/verify?number=%.*s&check=%.*s",
                               STR_ARG(r[i].number), STR_ARG(r[i].checked)));
    }
    return e;
}

static enum err show_events(struct tx *tx, struct view *v,
                            const struct fee_one *n)
{
    struct fee_events *all;
    size_t count;
    struct value *list = view_list(v, "events");
    enum err e = fee_events(tx, n->number, &all, &count);
    for (size_t i = 0; e == OK && i < count; i++) {
        struct view row = view_row(v, list);
        view_inst(&row, "at", all[i].at);
        view_text(&row, "text", all[i].text);
        view_text(&row, "actor", all[i].actor);
        view_text(&row, "basis", all[i].basis);
        view_text(&row, "look", STR("done"));
        view_text(&row, "icon", STR("circle-dot"));
    }
    return e;
}

enum err fee_body(struct tx *tx, struct view *v, const struct fee_one *n)
{
    view_text(v, "number", n->number);
    view_text(v, "name", n->name);
    view_text(v, "title", n->title);
    view_text(v, "case_no", n->case_no);
    view_text(v, "pdf", str_is(n->state, "assessing") || n->total.n == 0
                            ? STR("")
                            : arena_printf(v->arena, "/fees/%.*s/pdf",
                                           STR_ARG(n->number)));
    fee_tag(v, "state", n->state, n->paid, n->refunded);
    enum err e = show_facts(tx, v, n);
    if (e == OK)
        e = show_money(tx, v, n);
    if (e == OK)
        e = show_receipts(tx, v, n);
    return e == OK ? show_events(tx, v, n) : e;
}

/* Why it cannot be paid on line now, or "". */
static enum err offline_of(struct tx *tx, const struct fee_one *n, str *out)
{
    str state, error;
    *out = STR("");
    if (n->order_no.n)
        return OK;
    enum err e = call_state(tx, fees_order_call.name, n->number, &state,
                            &error);
    if (fee_set()->url.n == 0)
        *out = STR("网上缴费平台没有接通。请凭缴款码到任一代理银行柜台缴款。");
    else if (str_is(state, "failed"))
        *out = STR("网上缴费平台一直没有应答。请凭缴款码到任一代理银行柜台"
                   "缴款，或者稍后再来。");
    else if (error.n)
        *out = STR("网上缴费平台暂时没有应答，系统正在重试；缴款期限内都可以"
                   "缴，不会因此影响您。");
    else
        *out = STR("正在向缴费平台下单，请过几秒刷新本页。");
    return e;
}

enum err fee_way(struct request *rq, struct tx *tx, struct view *v,
                 const struct fee_one *n)
{
    struct arena *a = v->arena;
    bool open = fee_state_open(n->state);
    bool late = str_is(n->state, "expired");
    str offline = STR("");
    enum err e = open ? offline_of(tx, n, &offline) : OK;
    str leads = n->order_no.n ? n->pay_url
                              : arena_printf(a, "%.*s/my/fees/%.*s",
                                             STR_ARG(rq_site(rq)),
                                             STR_ARG(n->number));
    if (late)
        offline = STR("缴款期限已过。请向办理部门申请重开缴款书。");
    view_text(v, "owed", fee_text(a, (fen){ n->total.n - n->paid.n }));
    view_bool(v, "open", open);
    view_text(v, "pay_url", open && !late ? n->pay_url : STR(""));
    view_text(v, "offline", offline);
    view_value(v, "qr", open && !late ? page_qr(a, leads,
                                                STR("缴费的二维码"))
                                      : value_new(a, VALUE_NULL));
    return e;
}

bool fee_may_ask(const struct fee_one *n)
{
    return fee_state_open(n->state) && fee_set()->url.n > 0;
}

enum err fee_ask_again(struct request *rq, struct tx *tx,
                       const struct fee_one *n)
{
    if (!fee_may_ask(n))
        return rq_fail(rq, ERR_CONFLICT, "现在没有要问缴费平台的。");
    enum err e = call_again(tx, n->order_no.n ? fees_query_call.name
                                              : fees_order_call.name,
                            n->number);
    if (e == OK)
        e = fee_note(tx, n->number, STR("再次询问缴费平台"), tx->who->name,
                     STR(""));
    return e == OK ? audit_note(tx, STR("fee.again"), n->number, STR("")) : e;
}

/* One payment's share of what is wished back. */
static enum err wish_of(struct tx *tx, const struct fee_one *n,
                        const struct fee_payments *p, str reason, fen *left,
                        str *sentence)
{
    struct fee_refunds_of back;
    enum err e = fee_refunds_of(tx, p->platform_no, &back);
    if (e != OK)
        return e;
    fen most = fee_left(p->counted, back.amount);
    if (most.n > left->n)
        most = *left;
    if (most.n == 0)
        return OK;
    struct fee_wish w = { .notice = n->number, .platform_no = p->platform_no,
                          .reason = reason, .amount = most, .kind = "asked",
                          .sentence = STR("") };
    e = fee_ask_back(tx, &w);
    left->n -= most.n;
    *sentence = w.sentence;
    return e;
}

enum err fee_wish_back(struct request *rq, struct tx *tx,
                       const struct fee_one *n)
{
    struct fee_payments *p;
    size_t count;
    str amount = rq_text(rq, "amount"), sentence = STR("");
    fen left = { n->paid.n - n->refunded.n };
    if (amount.n && fee_amount(amount, STR("1"), &left) != OK)
        return rq_fail_field(rq, ERR_RANGE, "amount",
                             STR("金额写成元，最多两位小数，例如 20.00。"));
    if (left.n <= 0 || left.n > n->paid.n - n->refunded.n)
        return rq_fail_field(rq, ERR_RANGE, "amount",
                             STR("退款不能超过已经缴纳、还没有退还的金额。"));
    enum err e = fee_payments(tx, n->number, &p, &count);
    for (size_t i = count; e == OK && i-- > 0 && left.n > 0;)
        e = wish_of(tx, n, &p[i], rq_text(rq, "reason"), &left, &sentence);
    if (e != OK && sentence.n)
        return rq_fail_str(rq, e, sentence);
    return e == OK && left.n > 0
               ? rq_fail(rq, ERR_CONFLICT,
                         "这些款项已经在办理退付，请等待结果。") : e;
}
