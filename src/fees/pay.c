/*
 * Money that came, and money that goes back.
 *
 * A payment is booked once under the platform's own number, whichever way we
 * hear of it -- its callback, our question, the day's file.  What is too much
 * opens its refund in the same transaction: a sum that is not owed is never
 * without somebody who must deal with it.
 */
#include "fees/book.h"

#include "kernel/audit/audit.h"
#include "kernel/job/job.h"
#include "kernel/seal/seal.h"

#define TREASURY "行政许可法 第五十九条"

/* ---- receipts ---- */

static enum err give_receipt(struct tx *tx, str notice, fen amount)
{
    int64_t serial;
    enum err e = fee_serial(tx, STR("receipt"), &serial);
    if (e != OK)
        return e;
    str number = arena_printf(tx->arena, "%010lld", (long long)serial),
        code = fee_receipt_code(tx->arena, fee_set()->region, tx_today(tx));
    e = fee_receipt_add(tx, store_id(tx->store), notice, code, number,
                        seal_secret(tx->arena, FEE_CHECK), amount, tx->now);
    return e == OK ? fee_note(tx, notice,
                              arena_printf(tx->arena, "开具电子票据 %.*s",
                                           STR_ARG(number)),
                              STR("系统"), STR(TREASURY)) : e;
}

/* ---- booking ---- */

static enum err settle(struct tx *tx, const struct fee_one *n, fen paid)
{
    struct view told = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    enum err e = give_receipt(tx, n->number, paid);
    if (e == OK)
        e = fee_letter(tx, n, arena_printf(tx->arena, "缴费成功：%.*s",
                                           STR_ARG(n->name)),
                       arena_printf(tx->arena, "已收到 %.*s 元，电子票据可以在"
                                    "我的缴费里下载。",
                                    STR_ARG(fee_text(tx->arena, paid))));
    view_text(&told, "text", arena_printf(tx->arena, "%.*s已缴清",
                                          STR_ARG(n->name)));
    return e == OK ? flow_signal(tx, "fee.settled", n->case_no, told.object)
                   : e;
}

static enum err count(struct tx *tx, const struct fee_one *n,
                      const struct fee_taken *t)
{
    bool full = t->verdict == FEE_COUNTED || t->verdict == FEE_SURPLUS;
    fen paid = { n->paid.n + t->counts.n };
    if (t->counts.n == 0)
        return OK;
    enum err e = fee_set_paid(tx, n->id, n->revision, paid,
                              full ? STR("paid")
                              : str_is(n->state, "expired") ? STR("expired")
                                                            : STR("part"),
                              full ? tx->now : inst_none);
    if (e == OK)
        e = fee_follow(tx, n->id, n);
    if (e != OK)
        return e;
    if (full)
        return settle(tx, n, paid);
    return fee_letter(tx, n, arena_printf(tx->arena, "还没有缴清：%.*s",
                                          STR_ARG(n->name)),
                      arena_printf(tx->arena, "收到 %.*s 元，还差 %.*s 元，请在"
                                   "缴款期限前补足。",
                                   STR_ARG(fee_text(tx->arena, t->counts)),
                                   STR_ARG(fee_text(tx->arena, (fen){
                                       n->total.n - paid.n }))));
}

/* Whoever paid too much is told at once that it comes back by itself. */
static enum err tell_back(struct tx *tx, const struct fee_one *n, str number,
                          fen back, str why)
{
    struct arena *a = tx->arena;
    return fee_letter(tx, n, arena_printf(a, "多缴的钱会退给您：%.*s",
                                          STR_ARG(n->name)),
                      arena_printf(a, "收到的 %.*s 元是%.*s，已经自动提出退付 "
                                   "%.*s。财务人员审核后原路退回，您不用申请。",
                                   STR_ARG(fee_text(a, back)), STR_ARG(why),
                                   STR_ARG(number)));
}

/* n: the notice it was paid for, NULL when it is nobody's. */
static enum err send_back(struct tx *tx, const struct fee_one *n,
                          const struct fee_money *m, const struct fee_taken *t)
{
    static const char *const why[] = {
        [FEE_SURPLUS] = "多缴的部分", [FEE_DOUBLE] = "同一缴款书重复缴纳",
        [FEE_CLOSED] = "缴款书已经失效，款项不应当收取",
    };
    struct fee_wish w = {
        .notice = m->notice, .platform_no = m->platform_no, .amount = t->back,
        .kind = fee_verdict_code(t->verdict), .reason = str_of(why[t->verdict]),
    };
    if (t->back.n <= 0)
        return OK;
    enum err e = fee_ask_back(tx, &w);
    return e == OK && n ? tell_back(tx, n, w.number, t->back, w.reason) : e;
}

static enum err known_before(struct tx *tx, const struct fee_money *m,
                             bool *known)
{
    struct fee_payment_one p;
    enum err e = fee_payment_one(tx, m->platform_no, &p);
    *known = e == OK;
    if (e == ERR_NOTFOUND)
        return OK;
    if (e == OK && (p.amount.n != m->amount.n ||
                    !str_eq(p.notice, m->notice)))
        return ERR_CONFLICT;
    return e;
}

enum err fee_book(struct tx *tx, const struct fee_money *m)
{
    struct arena *a = tx->arena;
    struct fee_one n = { .state = STR("") };
    bool known;
    enum err e = known_before(tx, m, &known);
    if (e != OK || known)
        return e;
    if (m->amount.n <= 0 || m->amount.n > FEE_MOST)
        return ERR_RANGE;
    e = fee_one(tx, m->notice, &n);
    bool ours = e == OK;
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    day on = inst_day(m->paid_at);
    struct fee_taken t = fee_take(n.state, n.total, n.paid, m->amount, n.due,
                                  on);
    e = fee_payment_add(tx, store_id(tx->store), m->platform_no, m->notice,
                        m->amount, t.counts,
                        str_of(fee_verdict_code(t.verdict)), t.late, m->channel,
                        m->paid_at, on, tx->now, str_of(m->source));
    if (e == OK)
        e = fee_note(tx, m->notice,
                     arena_printf(a, "收到 %.*s 元，%.*s%s，平台流水号 %.*s",
                                  STR_ARG(fee_text(a, m->amount)),
                                  STR_ARG(fee_verdict_word(str_of(
                                      fee_verdict_code(t.verdict)))),
                                  t.late ? "（逾期缴纳）" : "",
                                  STR_ARG(m->platform_no)),
                     STR("缴费平台"), STR(TREASURY));
    if (e == OK)
        e = audit_note(tx, STR("fee.paid"), m->notice, m->platform_no);
    if (e == OK && ours)
        e = count(tx, &n, &t);
    return e == OK ? send_back(tx, ours ? &n : NULL, m, &t) : e;
}

/* ---- giving back ---- */

enum err fee_ask_back(struct tx *tx, struct fee_wish *w)
{
    struct fee_payment_one p;
    struct fee_refunds_of back;
    int64_t serial;
    char text[DAY_TEXT];
    enum err e = fee_payment_one(tx, w->platform_no, &p);
    if (e == OK)
        e = fee_refunds_of(tx, w->platform_no, &back);
    if (e != OK)
        return e;
    if (w->amount.n <= 0 ||
        w->amount.n > fee_left(p.amount, back.amount).n) {
        w->sentence = STR("退款合计不能超过这笔缴款的金额。");
        return ERR_RANGE;
    }
    e = fee_serial(tx, STR("refund"), &serial);
    if (e != OK)
        return e;
    day_text(tx_today(tx), text);
    w->number = arena_printf(tx->arena, "TF%.4s%.2s%.2s%06lld", text, text + 5,
                             text + 8, (long long)serial);
    bool person = tx->who->account != 0;
    e = fee_refund_add(tx, store_id(tx->store), w->number, w->notice,
                       w->platform_no, w->amount, str_of(w->kind), w->reason,
                       tx->who->account,
                       !person ? STR("系统")
                       : str_is(tx->who->role, "resident") ? STR("缴款人")
                                                           : tx->who->name,
                       tx->now);
    if (e == OK)
        e = fee_note(tx, w->notice,
                     arena_printf(tx->arena, "提出退付 %.*s 元：%.*s",
                                  STR_ARG(fee_text(tx->arena, w->amount)),
                                  STR_ARG(w->reason)),
                     person ? tx->who->name : STR("系统"),
                     STR("行政许可法 第七十五条"));
    return e == OK ? audit_note(tx, STR("fee.refund"), w->number, w->notice)
                   : e;
}

enum err fee_decide_back(struct tx *tx, const struct fee_refund_one *r,
                         bool approve, str answer, str *sentence)
{
    enum { SHORTEST = 4 };
    if (r->asked_by != 0 && r->asked_by == tx->who->account) {
        *sentence = STR("自己提出的退付应当由另一位财务人员审核。");
        return ERR_DENIED;
    }
    if (!approve && utf8_count(answer) < SHORTEST) {
        *sentence = STR("请写明不予退付的理由，至少四个字，缴款人会看到。");
        return ERR_RANGE;
    }
    enum err e = fee_refund_decide(tx, r->id, r->revision,
                                   approve ? STR("approved") : STR("refused"),
                                   tx->who->name, tx->now,
                                   approve ? STR("") : answer);
    if (e == ERR_CONFLICT)
        *sentence = STR("这笔退付已经有人审核过，请刷新后查看。");
    if (e == OK)
        e = fee_note(tx, r->notice,
                     approve ? arena_printf(tx->arena, "同意退付 %.*s 元",
                                            STR_ARG(fee_text(tx->arena,
                                                             r->amount)))
                             : arena_printf(tx->arena, "不予退付：%.*s",
                                            STR_ARG(answer)),
                     tx->who->name, STR(TREASURY));
    if (e == OK)
        e = audit_note(tx, approve ? STR("fee.approve") : STR("fee.refuse"),
                       r->number, r->notice);
    return e == OK && approve ? call_queue(tx, fees_refund_call.name, r->number)
                              : e;
}

/* What was counted goes down by what is more than the part never counted. */
static enum err take_off(struct tx *tx, const struct fee_refund_one *r,
                         const struct fee_one *n)
{
    if (!str_is(r->kind, "asked"))
        return OK; /* was never counted */
    fen refunded = { n->refunded.n + r->amount.n };
    if (refunded.n > n->paid.n)
        refunded = n->paid;
    enum err e = fee_set_refunded(tx, n->id, n->revision, refunded);
    if (e == OK)
        e = fee_follow(tx, n->id, n);
    if (e == OK)
        e = fee_receipt_strike(tx, n->number, tx->now, NULL);
    if (e == OK)
        e = fee_note(tx, n->number, STR("原电子票据冲红"), STR("系统"),
                     STR(TREASURY));
    fen rest = { n->paid.n - refunded.n };
    return e == OK && rest.n > 0 && str_is(n->state, "paid")
               ? give_receipt(tx, n->number, rest) : e;
}

enum err fee_gone_back(struct tx *tx, const struct fee_refund_one *r,
                       str refund_no, inst at)
{
    struct fee_one n;
    if (str_is(r->state, "done"))
        return OK; /* told twice */
    enum err e = fee_refund_done(tx, r->id, refund_no, at, inst_day(at));
    if (e == OK)
        e = fee_note(tx, r->notice,
                     arena_printf(tx->arena, "已退付 %.*s 元，退付流水号 %.*s",
                                  STR_ARG(fee_text(tx->arena, r->amount)),
                                  STR_ARG(refund_no)),
                     STR("缴费平台"), STR(TREASURY));
    if (e == OK)
        e = audit_note(tx, STR("fee.gone_back"), r->number, refund_no);
    if (e != OK)
        return e;
    e = fee_one(tx, r->notice, &n);
    if (e == ERR_NOTFOUND)
        return OK; /* it was nobody's */
    if (e == OK)
        e = take_off(tx, r, &n);
    return e == OK ? fee_letter(tx, &n, STR("退款已经办理"),
                                arena_printf(tx->arena,
                                             "%.*s 元已原路退回：%.*s",
                                             STR_ARG(fee_text(tx->arena,
                                                              r->amount)),
                                             STR_ARG(r->reason))) : e;
}
