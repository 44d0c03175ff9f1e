/*
 * A theme's guide once said 不收费 of itself, whatever its items said.  Nothing
 * is said here that does not stand in an item's guide.
 */
#include "services/guide/cost.h"

#include "services/queries.gen.h"

static const char FREE[] = "不收费";

enum err cost_of_part(struct tx *tx, const struct offer_part *p,
                      struct cost *out)
{
    struct item_guide i;
    enum err e = item_guide(tx, p->item, &i);
    *out = (struct cost){ .fee = str_of(FREE), .remark = STR("") };
    if (e == ERR_NOTFOUND) /* a theme's own step, of no item */
        return OK;
    if (e == OK) {
        out->fee = i.fee;
        out->visits = (int)i.visits;
    }
    return e;
}

enum err cost_of_parts(struct tx *tx, const struct offer_part *const *parts,
                       size_t n, struct cost *out)
{
    str named = STR("");
    int visits = 0;
    for (size_t i = 0; i < n; i++) {
        struct cost one;
        enum err e = cost_of_part(tx, parts[i], &one);
        if (e != OK)
            return e;
        visits = one.visits > visits ? one.visits : visits;
        if (!str_is(one.fee, FREE))
            named = arena_printf(tx->arena, "%.*s%s%.*s：%.*s", STR_ARG(named),
                                 named.n ? "；" : "",
                                 STR_ARG(parts[i]->title), STR_ARG(one.fee));
    }
    *out = (struct cost){
        .fee = named.n ? STR("有收费") : str_of(FREE),
        .remark = named.n ? named : STR("不向申请人收取任何费用"),
        .visits = visits,
    };
    return OK;
}
