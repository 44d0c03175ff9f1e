/*
 * A day's file against our books, and what is found.
 *
 * The file is kept line by line as it came; what differs becomes a row of its
 * own for the finance clerk.  Nothing is mended here: a payment we never heard
 * of is booked only when somebody says so.
 */
#include "fees/book.h"

#include "kernel/audit/audit.h"
#include "kernel/seal/seal.h"

static enum err keep_lines(struct tx *tx, day d, const struct fee_line *l,
                           size_t n)
{
    enum err e = fee_lines_drop(tx, d, NULL);
    for (size_t i = 0; e == OK && i < n; i++)
        e = fee_line_add(tx, d, (int64_t)i + 1, l[i].platform_no, l[i].notice,
                         l[i].refund, l[i].amount, l[i].on);
    return e;
}

static enum err keep_differences(struct tx *tx, day d,
                                 const struct fee_difference *x, size_t n)
{
    enum err e = fee_differences_drop(tx, d, NULL);
    for (size_t i = 0; e == OK && i < n; i++)
        e = fee_difference_add(tx, store_id(tx->store), d,
                               str_of(fee_gap_code(x[i].gap)),
                               x[i].platform_no, x[i].notice, x[i].ours,
                               x[i].theirs, NULL);
    return e;
}

static enum err ours_on(struct tx *tx, day d, struct fee_line **out, size_t *n,
                        int64_t *sum)
{
    struct fee_payments_on *p;
    enum err e = fee_payments_on(tx, d, &p, n);
    if (e != OK)
        return e;
    *out = ARENA_NEW_N(tx->arena, struct fee_line, *n + 1);
    *sum = 0;
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (struct fee_line){ p[i].platform_no, p[i].notice,
                                       p[i].refund != 0, p[i].amount.n,
                                       p[i].dated };
        *sum += p[i].refund ? -p[i].amount.n : p[i].amount.n;
    }
    return OK;
}

enum err fee_reconcile(struct tx *tx, day d, str file)
{
    struct fee_line *ours, *theirs;
    struct fee_difference *found;
    size_t our_count, their_count, n;
    int64_t our_sum, their_sum;
    char text[DAY_TEXT];
    str problem = STR(""), sha256 = seal_sha256(tx->arena, file);
    enum err e = fee_day_start(tx, d, NULL);
    if (e == OK)
        e = ours_on(tx, d, &ours, &our_count, &our_sum);
    if (e != OK)
        return e;
    if (str_is_none(sha256))
        return ERR_STORE;
    if (fee_day_file(tx->arena, file, &theirs, &their_count, &their_sum,
                     &problem) != OK)
        return fee_day_set(tx, d, STR("failed"), 0, 0, (int64_t)our_count,
                           our_sum, sha256, tx->now, problem);
    e = keep_lines(tx, d, theirs, their_count);
    if (e != OK)
        return e;
    fee_compare(tx->arena, ours, our_count, theirs, their_count, &found, &n);
    e = keep_differences(tx, d, found, n);
    if (e == OK)
        e = fee_day_set(tx, d, STR("read"), (int64_t)their_count, their_sum,
                        (int64_t)our_count, our_sum, sha256, tx->now, STR(""));
    return e == OK ? audit_note(tx, STR("fee.reconcile"), day_text(d, text),
                                arena_printf(tx->arena, "%zu", n)) : e;
}
