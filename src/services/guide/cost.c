/*
 * A theme's guide once said 不收费 of itself, whatever its items said.  Nothing
 * is said here that does not stand in an item's guide.
 */
#include "services/guide/cost.h"

#include "services/queries.gen.h"

static const char FREE[] = "不收费";

enum err cost_of_part(struct tx *tx, const struct offer_part *p, str *out)
{
    struct item_guide i;
    enum err e = item_guide(tx, p->item, &i);
    if (e == ERR_NOTFOUND) { /* a theme's own step, of no item */
        *out = str_of(FREE);
        return OK;
    }
    if (e == OK)
        *out = i.fee;
    return e;
}

enum err cost_of_parts(struct tx *tx, const struct offer_part *const *parts,
                       size_t n, str *fee, str *remark)
{
    struct arena *a = tx->arena;
    str named = STR("");
    for (size_t i = 0; i < n; i++) {
        str one;
        enum err e = cost_of_part(tx, parts[i], &one);
        if (e != OK)
            return e;
        if (str_is(one, FREE))
            continue;
        named = arena_printf(a, "%.*s%s%.*s：%.*s", STR_ARG(named),
                             named.n ? "；" : "", STR_ARG(parts[i]->title),
                             STR_ARG(one));
    }
    *fee = named.n ? STR("有收费") : str_of(FREE);
    *remark = named.n ? named : STR("不向申请人收取任何费用");
    return OK;
}
