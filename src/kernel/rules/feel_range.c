/* Ranges as values: making one and asking whether it holds a value. */
#include "kernel/rules/impl.h"

static bool ordered_kind(fval v)
{
    return v->kind == K_NUMBER || v->kind == K_STRING || v->kind == K_DATE ||
           v->kind == K_TIME || v->kind == K_DATETIME || v->kind == K_DTD ||
           v->kind == K_YMD;
}

fval fv_range(struct ev *e, struct range r)
{
    bool low = !is_null(r.low), high = !is_null(r.high);
    if ((low && !ordered_kind(r.low)) || (high && !ordered_kind(r.high)))
        return null_because(e, "区间的端点不能比较大小。");
    if (low && high && r.low->kind != r.high->kind)
        return null_because(e, "区间两端的类型不同。");
    struct fv *v = fv_new(e, K_RANGE);
    v->range = r;
    return v;
}

fval range_has(struct ev *e, const struct range *r, fval v)
{
    int order;
    bool above = true, below = true;
    if (is_null(v))
        return &fv_null;
    if (r->apart)
        return fv_compare(e, C_NE, v, r->low);
    if (!r->no_low) {
        if (!fv_order(e, v, r->low, &order))
            return null_because(e, "%s不能与区间比较。", kind_name(v->kind));
        above = order > 0 || (order == 0 && r->low_in);
    }
    if (!r->no_high) {
        if (!fv_order(e, v, r->high, &order))
            return null_because(e, "%s不能与区间比较。", kind_name(v->kind));
        below = order < 0 || (order == 0 && r->high_in);
    }
    return fv_bool(above && below);
}
