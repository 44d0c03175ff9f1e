/*
 * Fees of the demonstration city: notices in every state, payments that came
 * once, twice and too late, refunds on their way, and a week of the books with
 * a difference of each kind -- all through the same functions as everywhere.
 */
#include "demo/demo.h"

#include "fees/book.h"

#include <stdio.h>

enum {
    PUBLISHED = 90, PUBLISHED_SMALL = 700, /* days ago */
    DAY_MS = 86400000, HOUR_MS = 3600000,
};

/* What an officer says of a case, in turn. */
static const char *const facts[] = {
    "{\"card\":\"renew\",\"needy\":\"no\",\"house\":\"home\",\"small\":\"no\","
    "\"surface\":\"asphalt\",\"area\":\"12.5\",\"days\":\"30\","
    "\"public\":\"no\"}",
    "{\"card\":\"lost\",\"needy\":\"no\",\"house\":\"other\",\"small\":\"no\","
    "\"surface\":\"pavement\",\"area\":\"48\",\"days\":\"15\","
    "\"public\":\"no\"}",
    "{\"card\":\"renew\",\"needy\":\"dibao\",\"house\":\"home\","
    "\"small\":\"yes\",\"surface\":\"asphalt\",\"area\":\"6\",\"days\":\"7\","
    "\"public\":\"yes\"}",
};

static enum err assess(struct tx *tx, int n, const struct fee_one *f)
{
    struct value *said;
    str problem, sentence = STR("");
    enum err e = value_read_json(tx->arena, str_of(facts[n % 3]), &said,
                                 &problem);
    return e == OK ? fee_assess(tx, f, said, &sentence) : e;
}

static enum err pay(struct tx *tx, const struct fee_one *f, int n, int way,
                    fen amount)
{
    struct fee_money m = {
        .notice = f->number, .channel = STR("手机银行"), .amount = amount,
        .platform_no = arena_printf(tx->arena, "P%s%04d%d",
                                    "2026", n, way),
        .paid_at = tx->now, .source = "callback",
    };
    return fee_book(tx, &m);
}

/* Sent back already, by the finance desk and the platform. */
static enum err give_back(struct tx *tx, int n, str number)
{
    struct fee_refunds *r;
    struct fee_refund_one one;
    struct who clerk = { .account = 1, .name = STR("钱敏"), .unit = STR("D009"),
                         .role = STR("finance"), .via = STR("web") };
    const struct who *before = tx->who;
    size_t count;
    str sentence = STR("");
    enum err e = fee_refunds(tx, number, &r, &count);
    if (e != OK || count == 0)
        return e;
    tx->who = &clerk;
    e = fee_refund_one(tx, r[0].number, &one);
    if (e == OK)
        e = fee_decide_back(tx, &one, true, STR(""), &sentence);
    if (e == OK)
        e = fee_refund_one(tx, r[0].number, &one);
    tx->who = before;
    return e == OK ? fee_gone_back(tx, &one,
                                   arena_printf(tx->arena, "R%06d", n),
                                   tx->now) : e;
}

enum { FATES = 6, RARE = 30, SMALL_CITY = 5000 };

/* What became of the n-th: in a big city most are simply paid.  Those that wait
 * for money take their fates in turn, so that each is seen. */
static enum err become(struct city *c, struct tx *tx, int n, int *turn,
                       str number)
{
    struct fee_one f;
    enum err e = fee_one(tx, number, &f);
    if (e != OK || !str_is(f.state, "waiting"))
        return e;
    int fate = (*turn)++ % (c->cases < SMALL_CITY ? FATES : RARE);
    tx->now.ms += 2 * HOUR_MS;
    if (fate == 0)
        return OK;
    if (fate == 1)
        return pay(tx, &f, n, 0, (fen){ (f.total.n + 1) / 2 });
    e = pay(tx, &f, n, 0, f.total);
    if (e == OK && (fate == 2 || fate == 3)) /* again: its refund opens */
        e = pay(tx, &f, n, 1, f.total);
    return e == OK && fate == 3 ? give_back(tx, n, number) : e;
}

static enum err one_case(struct city *c, struct tx *tx, int n, int *turn,
                         str case_no, const char *hold)
{
    struct fee_of_case of;
    struct fee_one f;
    tx->now.ms = c->now.ms - (n % 30) * (int64_t)DAY_MS;
    enum err e = fee_issue(tx, case_no, hold);
    if (e == OK)
        e = fee_of_case(tx, case_no, &of);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    e = fee_one(tx, of.number, &f);
    if (e == OK && str_is(f.state, "assessing") && n % 17 != 5)
        e = assess(tx, n, &f);
    return e == OK ? become(c, tx, n, turn, of.number) : e;
}

static const struct {
    const char *item, *hold;
} kinds[] = {
    { "DEMO-05-001", "accept" }, { "DEMO-05-002", "accept" },
    { "DEMO-05-004", "accept" }, { "DEMO-05-005", "accept" },
    { "DEMO-10-007", "decide" }, { "DEMO-10-008", "decide" },
    { "DEMO-10-009", "decide" }, { "DEMO-13-001", "decide" },
    { "DEMO-13-002", "decide" },
};

/* A small city has few cases, so its schedule is older. */
static day since(const struct city *c)
{
    return (day){ inst_day(c->now).n - (c->cases < SMALL_CITY
                                            ? PUBLISHED_SMALL : PUBLISHED) };
}

static enum err all_cases(struct city *c, struct tx *tx, int *made)
{
    enum { KINDS = sizeof kinds / sizeof *kinds };
    int y, m, d, turn = 0;
    day_split(since(c), &y, &m, &d);
    str first = arena_printf(tx->arena, "YX%04d%02d%02d", y, m, d);
    enum err e = OK;
    for (int k = 0; e == OK && k < KINDS; k++) {
        struct fee_cases_of *all;
        size_t n = 1;
        str after = first;
        while (e == OK && n) {
            e = fee_cases_of(tx, str_of(kinds[k].item), after, &all, &n);
            for (size_t i = 0; e == OK && i < n; i++) {
                after = all[i].number;
                if (kinds[k].hold[0] == 'a' || str_is(all[i].state, "granted"))
                    e = one_case(c, tx, (*made)++, &turn, after,
                                 kinds[k].hold);
            }
        }
    }
    return e;
}

/* ---- the books of some days ---- */

/* The platform's file of a day as it would be, with one line wrong. */
static enum err a_day(struct tx *tx, day d, int n)
{
    struct fee_payments_on *p;
    size_t count;
    char text[DAY_TEXT];
    int64_t rows = 0, sum = 0;
    struct buf file = { 0 };
    enum err e = fee_payments_on(tx, d, &p, &count);
    day_text(d, text);
    buf_put(&file, STR("platform_no,notice,kind,amount,day\n"));
    for (size_t i = 0; e == OK && i < count; i++) {
        bool first = i == 0 && n % 3 == 1;
        int64_t amount = p[i].amount.n + (first ? 100 : 0);
        if (i == 0 && n % 3 == 2)
            continue;
        buf_put(&file, arena_printf(tx->arena, "%.*s,%.*s,%s,%lld,%s\n",
                                    STR_ARG(p[i].platform_no),
                                    STR_ARG(p[i].notice),
                                    p[i].refund ? "refund" : "pay",
                                    (long long)amount, text));
        rows++;
        sum += p[i].refund ? -amount : amount;
    }
    buf_put(&file, arena_printf(tx->arena, "total,%lld,%lld\n",
                                (long long)rows, (long long)sum));
    if (e == OK)
        e = fee_reconcile(tx, d, arena_str(tx->arena, buf_str(&file)));
    buf_free(&file);
    return e;
}

/* 周文远's own: what 我的缴费 shows. */
static enum err own(struct city *c, struct tx *tx)
{
    struct fee_page *p;
    size_t n;
    static const char *const states[] = { "waiting", "paid", "part" };
    enum err e = OK;
    for (int s = 0; e == OK && s < 3; s++) {
        e = fee_page(tx, STR(""), str_of(states[s]), STR(""), INT64_MAX, &p,
                     &n);
        for (size_t i = 0; e == OK && i < n && i < 2; i++)
            e = fee_give(tx, p[i].id, c->zhou, STR("周文远"), STR("周*远"));
    }
    return e;
}

enum err demo_fees(struct city *c, struct tx *tx)
{
    enum { DAYS = 7 };
    int made = 0;
    bool more;
    inst now = tx->now;
    enum err e = fee_schedule_load(tx, since(c));
    if (e == OK)
        e = all_cases(c, tx, &made);
    tx->now = now;
    if (e == OK)
        e = fee_job_overdue(tx, &more);
    for (int i = DAYS; e == OK && i > 1; i--)
        e = a_day(tx, (day){ inst_day(c->now).n - i }, i);
    if (e == OK)
        e = own(c, tx);
    fprintf(stderr, "  %d 件涉及收费\n", made);
    return e;
}
