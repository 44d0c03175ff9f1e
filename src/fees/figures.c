/*
 * The figures of /fees/watch, kept with every change of a notice.
 *
 * They are kept by spans of thirty days in which notices were made; a year ends
 * in the middle of one, whose notices are counted one by one, so that the page
 * says exactly what a count of every notice would.
 */
#include "fees/book.h"

#define SPAN_MS (30 * 86400000LL) /* as in schema/0003_counted.sql */

enum err fee_follow(struct tx *tx, int64_t id, const struct fee_one *was)
{
    static const struct fee_one nothing;
    bool counted = was && !str_is(was->state, "replaced");
    const struct fee_one *w = counted ? was : &nothing;
    return fee_count_follow(tx, id, counted, w->total, w->paid, w->refunded,
                            counted && str_is(w->state, "exempt"),
                            counted && str_is(w->state, "expired"), NULL);
}

enum err fee_figures_since(struct tx *tx, inst from, struct fee_figures **out,
                           size_t *n)
{
    int64_t whole = from.ms / SPAN_MS + 1;
    return fee_figures(tx, from, (inst){ whole * SPAN_MS }, whole, out, n);
}
