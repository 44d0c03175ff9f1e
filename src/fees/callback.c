/*
 * The platform tells us of a payment.
 *
 * Who has not the key is refused before anything is looked at, and noted with
 * the address it came from.  Told twice is booked once; we say "ok" only when
 * it is on disk, so a callback that was acknowledged is never lost, and one
 * that was not comes again.
 */
#include "fees/pages.h"

#include "fees/book.h"
#include "kernel/audit/audit.h"

static const char *const whys[] = {
    "签名不对", "收款账户不是国库", "金额或者缴款书与已入账的不一致",
};

enum { BAD_SIGNATURE, BAD_ACCOUNT, BAD_AGAIN };

static enum err note_refused(struct tx *tx, int64_t why, int64_t unused)
{
    (void)unused;
    tx->notes++; /* the trail has its own entry, with the address */
    return fee_refused_add(tx, store_id(tx->store), tx->now,
                           str_of(whys[why]));
}

static enum err refuse(struct request *rq, struct tx *tx, int why, enum err e)
{
    enum err noted = audit_look(tx, STR("fee.refused"), str_of(whys[why]));
    if (!tx->writes)
        store_later(tx, note_refused, why, 0);
    return noted == OK || noted == ERR_BUSY
               ? rq_fail_str(rq, e, arena_printf(tx->arena, "没有受理：%s。",
                                                 whys[why]))
               : noted;
}

static str signed_text(const struct request *rq, struct arena *a)
{
    return arena_printf(a, "%.*s\n%.*s\n%lld\n%lld\n%.*s\n%.*s",
                        STR_ARG(rq_text(rq, "notice")),
                        STR_ARG(rq_text(rq, "platform_no")),
                        (long long)rq_int(rq, "amount", 0),
                        (long long)rq_int(rq, "paid_at", 0),
                        STR_ARG(rq_text(rq, "channel")),
                        STR_ARG(rq_text(rq, "account")));
}

/* The account the notice names, or of a notice nobody knows, any of ours. */
static enum err right_account(struct request *rq, struct tx *tx, bool *right)
{
    struct fee_one n;
    struct fee_account_one account;
    str given = rq_text(rq, "account");
    *right = false;
    enum err e = fee_one(tx, rq_text(rq, "notice"), &n);
    if (e == ERR_NOTFOUND) {
        *right = true; /* money for nobody: booked, and sent back */
        return OK;
    }
    if (e == OK)
        e = fee_account_one(tx, n.payee, &account);
    if (e == OK)
        *right = str_eq(given, account.number);
    return e;
}

/* A number booked before, told again with other facts. */
static enum err told_otherwise(struct request *rq, struct tx *tx, bool *other)
{
    struct fee_payment_one p;
    enum err e = fee_payment_one(tx, rq_text(rq, "platform_no"), &p);
    *other = e == OK && (p.amount.n != rq_int(rq, "amount", 0) ||
                         !str_eq(p.notice, rq_text(rq, "notice")));
    return e == ERR_NOTFOUND ? OK : e;
}

enum err callback_before(struct request *rq, struct tx *tx)
{
    bool ok;
    str key = fee_key(tx->arena);
    if (str_is_none(key))
        return rq_fail(rq, ERR_BUSY, "没有接通缴费平台。");
    if (!fee_signed(tx->arena, key, STR("callback"),
                    signed_text(rq, tx->arena), rq_text(rq, "signature")))
        return refuse(rq, tx, BAD_SIGNATURE, ERR_DENIED);
    enum err e = right_account(rq, tx, &ok);
    if (e == OK && !ok)
        return refuse(rq, tx, BAD_ACCOUNT, ERR_DENIED);
    if (e == OK)
        e = told_otherwise(rq, tx, &ok);
    return e == OK && ok ? refuse(rq, tx, BAD_AGAIN, ERR_CONFLICT) : e;
}

enum err callback_post(struct request *rq, struct tx *tx)
{
    struct fee_money m = {
        .platform_no = rq_text(rq, "platform_no"),
        .notice = rq_text(rq, "notice"), .channel = rq_text(rq, "channel"),
        .amount = { rq_int(rq, "amount", 0) },
        .paid_at = { rq_int(rq, "paid_at", 0) }, .source = "callback",
    };
    enum err e = fee_book(tx, &m);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这笔流水号已经按别的金额入账。");
    if (e == ERR_RANGE)
        return rq_fail(rq, e, "金额不对。");
    if (e == OK)
        e = audit_note(tx, STR("fee.callback"), m.platform_no, m.notice);
    view_bool(rq_view(rq), "booked", e == OK);
    return e;
}
