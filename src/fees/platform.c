/*
 * Speaking to the payment platform: docs/payments.md, from our side.
 *
 * Four things are asked of it: an order for a notice, what has been paid under
 * one, a refund, the file of a day.  Each carries a number of ours, so that
 * asking twice is the same as once; each answer is signed over the thing it was
 * asked about, so that no answer can be given for another.
 */
#include "fees/book.h"

#include "kernel/audit/audit.h"
#include "kernel/log/log.h"

#include <stdio.h>

enum { LANE = 0, KEY = 256, TRIES = 12, SHORTEST_KEY = 16, NUMBER = 64 };

str fee_key(struct arena *a)
{
    char bytes[KEY];
    str path = fee_set()->key_file;
    FILE *f = path.n ? fopen(arena_cstr(a, path), "r") : NULL;
    if (f == NULL)
        return str_none;
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    str key = str_trim((str){ bytes, n });
    while (key.n && (key.p[key.n - 1] == '\n' || key.p[key.n - 1] == '\r'))
        key.n--;
    return key.n >= SHORTEST_KEY ? arena_str(a, key) : str_none;
}

/* ---- requests ---- */

/* POST to the platform; ERR_BUSY while there is none. */
static enum err post(struct tx *tx, const char *path, struct view *body,
                     str signed_text, struct call_request *out)
{
    struct arena *a = tx->arena;
    str key = fee_key(a);
    if (fee_set()->url.n == 0 || str_is_none(key))
        return ERR_BUSY;
    str what = arena_printf(a, "POST %s", path);
    view_text(body, "signature", fee_sign(a, fee_set()->digest, key, what,
                                          signed_text));
    out->url = arena_printf(a, "%.*s%s", STR_ARG(fee_set()->url), path);
    out->method = "POST";
    out->header[0] = STR("Content-Type: application/json");
    out->header[1] = STR("Expect:");
    out->want = "X-Signature";
    out->body = value_json(a, body->object);
    return OK;
}

static struct view body_of(struct tx *tx)
{
    return (struct view){ tx->arena, value_new(tx->arena, VALUE_OBJECT) };
}

/* The answer as a tree, if it is one and signed over what we asked about. */
static const struct value *answer_of(struct tx *tx, const struct call_answer *a)
{
    struct value *v;
    str problem;
    if (a->status != 200 || value_read_json(tx->arena, a->body, &v,
                                            &problem) != OK ||
        v->kind != VALUE_OBJECT)
        return NULL;
    return v;
}

static bool is_signed(struct tx *tx, const struct value *v, str what, str text)
{
    str key = fee_key(tx->arena);
    bool ok = !str_is_none(key) &&
              fee_signed(tx->arena, key, what, text,
                         value_get_text(v, STR("signature")));
    if (!ok)
        log_error("the payment platform's answer to \"%.*s\" is not signed as "
                  "agreed; nothing was taken from it", STR_ARG(what));
    return ok;
}

static str text_in(const struct value *v, const char *name)
{
    str s = value_get_text(v, str_of(name));
    return str_is_none(s) ? STR("") : s;
}

/* ---- an order ---- */

static enum err order_make(struct tx *tx, str ref, struct call_request *out,
                           inst *when)
{
    struct fee_one n;
    struct fee_account_one account;
    char due[DAY_TEXT];
    (void)when;
    enum err e = fee_one(tx, ref, &n);
    if (e == OK && (!fee_state_open(n.state) || n.order_no.n))
        return ERR_NOTFOUND;
    if (e == OK)
        e = fee_account_one(tx, n.payee, &account);
    if (e != OK)
        return e;
    if (!fee_account_ok(account.kind, account.holder))
        return ERR_NOTFOUND; /* never money to anybody else */
    struct view v = body_of(tx);
    day_text(n.due, due);
    view_text(&v, "notice", n.number);
    view_int(&v, "amount", n.total.n - n.paid.n);
    view_text(&v, "account", account.number);
    view_text(&v, "holder", account.holder);
    view_text(&v, "title", n.name);
    view_text(&v, "due", str_of(due));
    view_text(&v, "callback",
              arena_printf(tx->arena, "%.*s/payments/callback",
                           STR_ARG(http_site())));
    view_text(&v, "back", arena_printf(tx->arena, "%.*s/my/fees/%.*s",
                                       STR_ARG(http_site()),
                                       STR_ARG(n.number)));
    return post(tx, "/orders", &v,
                arena_printf(tx->arena, "%.*s\n%lld\n%.*s\n%s",
                             STR_ARG(n.number),
                             (long long)(n.total.n - n.paid.n),
                             STR_ARG(account.number), due), out);
}

static enum err order_told(struct tx *tx, str ref, const struct call_answer *a,
                           enum call_fate *fate)
{
    const struct value *v = answer_of(tx, a);
    struct fee_one n;
    enum err e = fee_one(tx, ref, &n);
    if (e != OK)
        return e;
    if (v == NULL)
        return !a->last ? OK
                        : fee_note(tx, ref, STR("缴费平台一直没有应答，网上"
                                                "缴费暂不可用"),
                                   STR("系统"), STR(""));
    str no = text_in(v, "order_no"), url = text_in(v, "pay_url");
    if (!is_signed(tx, v, arena_printf(tx->arena, "order %.*s", STR_ARG(ref)),
                   arena_printf(tx->arena, "%.*s\n%.*s", STR_ARG(no),
                                STR_ARG(url))) ||
        no.n == 0 || no.n > NUMBER ||
        !(str_starts(url, STR("https://")) || str_starts(url, STR("http://"))))
        return OK;
    *fate = CALL_DONE;
    return fee_set_order(tx, n.id, no, url);
}

const struct call_kind fees_order_call = {
    "fees.order", LANE, TRIES, order_make, order_told
};

/* ---- what has been paid under a notice ---- */

static enum err query_make(struct tx *tx, str ref, struct call_request *out,
                           inst *when)
{
    struct view v = body_of(tx);
    (void)when;
    view_text(&v, "notice", ref);
    return post(tx, "/query", &v, ref, out);
}

static bool money_of(const struct value *p, struct fee_money *m)
{
    int64_t amount = value_get_int(p, STR("amount"), 0);
    int64_t at = value_get_int(p, STR("paid_at"), 0);
    m->platform_no = text_in(p, "platform_no");
    m->channel = text_in(p, "channel");
    m->amount = (fen){ amount };
    m->paid_at = (inst){ at };
    return amount > 0 && at > 0 && m->platform_no.n > 0 &&
           m->platform_no.n <= NUMBER && m->channel.n <= NUMBER;
}

static str payments_text(struct arena *a, const struct value *list)
{
    struct buf b = { 0 };
    for (const struct value *p = list ? list->first : NULL; p; p = p->next) {
        struct fee_money m;
        if (!money_of(p, &m))
            continue;
        buf_put(&b, arena_printf(a, "%.*s %lld %lld %.*s\n",
                                 STR_ARG(m.platform_no), (long long)m.amount.n,
                                 (long long)m.paid_at.ms, STR_ARG(m.channel)));
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static enum err query_told(struct tx *tx, str ref, const struct call_answer *a,
                           enum call_fate *fate)
{
    const struct value *v = answer_of(tx, a);
    const struct value *list = v ? value_get(v, STR("payments")) : NULL;
    if (v == NULL ||
        !is_signed(tx, v, arena_printf(tx->arena, "query %.*s", STR_ARG(ref)),
                   payments_text(tx->arena, list)))
        return OK;
    *fate = CALL_DONE;
    enum err e = OK;
    for (const struct value *p = list ? list->first : NULL; e == OK && p;
         p = p->next) {
        struct fee_money m = { .notice = ref, .source = "query" };
        if (money_of(p, &m))
            e = fee_book(tx, &m);
        if (e == ERR_CONFLICT)
            e = OK; /* another sum under a known number: the day's file tells */
    }
    return e;
}

const struct call_kind fees_query_call = {
    "fees.query", LANE, 3, query_make, query_told
};

/* ---- a refund ---- */

static enum err refund_make(struct tx *tx, str ref, struct call_request *out,
                            inst *when)
{
    struct fee_refund_one r;
    (void)when;
    enum err e = fee_refund_one(tx, ref, &r);
    if (e != OK)
        return e;
    if (!str_is(r.state, "approved"))
        return ERR_NOTFOUND;
    struct view v = body_of(tx);
    view_text(&v, "refund", r.number);
    view_text(&v, "platform_no", r.platform_no);
    view_int(&v, "amount", r.amount.n);
    return post(tx, "/refunds", &v,
                arena_printf(tx->arena, "%.*s\n%.*s\n%lld", STR_ARG(r.number),
                             STR_ARG(r.platform_no), (long long)r.amount.n),
                out);
}

static enum err refund_told(struct tx *tx, str ref, const struct call_answer *a,
                            enum call_fate *fate)
{
    const struct value *v = answer_of(tx, a);
    struct fee_refund_one r;
    enum err e = fee_refund_one(tx, ref, &r);
    if (e != OK)
        return e;
    str no = v ? text_in(v, "refund_no") : STR("");
    int64_t at = v ? value_get_int(v, STR("done_at"), 0) : 0;
    if (v && no.n && no.n <= NUMBER && at > 0 &&
        is_signed(tx, v, arena_printf(tx->arena, "refund %.*s", STR_ARG(ref)),
                  arena_printf(tx->arena, "%.*s\n%lld", STR_ARG(no),
                               (long long)at))) {
        *fate = CALL_DONE;
        return fee_gone_back(tx, &r, no, (inst){ at });
    }
    bool refused = a->status >= 400 && a->status < 500;
    if (!refused && !a->last)
        return OK;
    *fate = CALL_OVER;
    return fee_refund_failed(tx, r.id,
                             refused ? STR("缴费平台拒绝了这笔退付")
                                     : STR("缴费平台一直没有应答"));
}

const struct call_kind fees_refund_call = {
    "fees.refund", LANE, TRIES, refund_make, refund_told
};

/* ---- the file of a day ---- */

static enum err day_make(struct tx *tx, str ref, struct call_request *out,
                         inst *when)
{
    struct view v = body_of(tx);
    (void)when;
    view_text(&v, "day", ref);
    return post(tx, "/days", &v, ref, out);
}

static enum err day_told(struct tx *tx, str ref, const struct call_answer *a,
                         enum call_fate *fate)
{
    struct fee_day_one d;
    str key = fee_key(tx->arena);
    day on;
    if (!day_parse(ref, &on))
        return ERR_INPUT;
    str what = arena_printf(tx->arena, "day %.*s", STR_ARG(ref));
    if (a->status == 200 && !str_is_none(key) &&
        fee_signed(tx->arena, key, what, a->body, a->header)) {
        *fate = CALL_DONE;
        return fee_reconcile(tx, on, a->body);
    }
    enum err e = fee_day_one(tx, on, &d);
    if (e != OK || !a->last)
        return e;
    return fee_day_set(tx, on, STR("failed"), 0, 0, 0, 0, STR(""), tx->now,
                       a->status == 200 ? STR("对账单的签名不对，没有采用。")
                                        : STR("缴费平台没有给出对账单。"));
}

const struct call_kind fees_day_call = {
    "fees.day", LANE, TRIES, day_make, day_told
};

/* ---- jobs that want calls ---- */

enum { ASK_AGAIN_MS = 600000, LONG_AGO = 10 };

/* Notices that were ordered and not paid: the callback may have been lost. */
enum err fee_job_ask(struct tx *tx, bool *more)
{
    struct fee_to_ask *n;
    size_t count = 0;
    day from = { tx_today(tx).n - LONG_AGO };
    *more = false;
    if (fee_set()->url.n == 0)
        return OK;
    enum err e = fee_to_ask(tx, (inst){ tx->now.ms - ASK_AGAIN_MS }, from, &n,
                            &count);
    for (size_t i = 0; e == OK && i < count; i++) {
        e = call_queue(tx, fees_query_call.name, n[i].number);
        if (e == OK)
            e = fee_set_asked(tx, n[i].id, tx->now);
    }
    return e;
}

/* After two in the morning, the file of yesterday. */
enum err fee_job_day(struct tx *tx, bool *more)
{
    enum { READY = 2 * 60 };
    day d = { tx_today(tx).n - 1 };
    struct fee_day_one known;
    char text[DAY_TEXT];
    *more = false;
    if (fee_set()->url.n == 0 || inst_minute(tx->now) < READY)
        return OK;
    enum err e = fee_day_one(tx, d, &known);
    if (e != ERR_NOTFOUND)
        return e;
    e = fee_day_start(tx, d, NULL);
    return e == OK ? call_queue(tx, fees_day_call.name, day_text(d, text)) : e;
}
