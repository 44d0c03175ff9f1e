/*
 * Values: making them, comparing them, writing them.
 *
 * Comparison is three-valued: values of different kinds are neither equal nor
 * unequal but null (DMN 1.5, table 53).  A list of one item stands for its
 * item when it meets something that is no list, as the conversions of
 * 10.3.2.9.4 have it.
 */
#include "kernel/rules/impl.h"

#include <string.h>

const struct fv fv_null = { .kind = K_NULL };
const struct fv fv_true = { .kind = K_BOOL, .b = true };
const struct fv fv_false = { .kind = K_BOOL, .b = false };

struct fv *fv_new(struct ev *e, enum kind kind)
{
    struct fv *v = ARENA_NEW(e->arena, struct fv);
    v->kind = (uint8_t)kind;
    return v;
}

fval fv_bool(bool b)
{
    return b ? &fv_true : &fv_false;
}

fval fv_number(struct ev *e, struct decimal d)
{
    struct fv *v = fv_new(e, K_NUMBER);
    v->number = d;
    return v;
}

fval fv_int(struct ev *e, int64_t i)
{
    return fv_number(e, decimal_of(i));
}

fval fv_string(struct ev *e, str s)
{
    if (s.n > FEEL_MAX_STRING)
        return null_bound(e, "字符串过长");
    struct fv *v = fv_new(e, K_STRING);
    v->s = s.p ? s : STR("");
    return v;
}

fval fv_dtd(struct ev *e, __int128 nanos)
{
    const __int128 most = (__int128)INT64_MAX * 1000000000;
    if (nanos > most || nanos < -most)
        return null_because(e, "时长超出范围。");
    struct fv *v = fv_new(e, K_DTD);
    v->nanos = nanos;
    return v;
}

fval fv_ymd(struct ev *e, int64_t months)
{
    const int64_t most = 12000000000;
    if (months > most || months < -most)
        return null_because(e, "年月时长超出范围。");
    struct fv *v = fv_new(e, K_YMD);
    v->months = months;
    return v;
}

fval fv_list(struct ev *e, const fval *items, uint32_t n)
{
    struct fv *v = fv_new(e, K_LIST);
    v->items = items;
    v->n = n;
    return v;
}

fval fv_context(struct ev *e, const struct entry *entries, uint32_t n)
{
    struct fv *v = fv_new(e, K_CONTEXT);
    v->entries = entries;
    v->n = n;
    return v;
}

fval fv_get(fval context, str key)
{
    for (uint32_t i = 0; i < context->n; i++)
        if (str_eq(context->entries[i].key, key))
            return context->entries[i].value;
    return NULL;
}

void items_add(struct ev *e, struct items *l, fval v)
{
    if (l->n == l->cap) {
        uint32_t cap = l->cap ? l->cap * 2 : 8;
        fval *p = ARENA_NEW_N(e->arena, fval, cap);
        if (l->n)
            memcpy(p, l->p, l->n * sizeof *p);
        l->p = p;
        l->cap = cap;
    }
    l->p[l->n++] = v;
}

fval items_done(struct ev *e, struct items *l)
{
    if (l->n > FEEL_MAX_LIST)
        return null_bound(e, "列表过长");
    return fv_list(e, l->p, l->n);
}

/* ---- equality ---- */

static bool lists_same(struct ev *e, fval a, fval b)
{
    if (a->n != b->n || !spend(e, a->n))
        return false;
    for (uint32_t i = 0; i < a->n; i++)
        if (!fv_same(e, a->items[i], b->items[i]))
            return false;
    return true;
}

static bool contexts_same(struct ev *e, fval a, fval b)
{
    if (a->n != b->n || !spend(e, (uint64_t)a->n * a->n / 4))
        return false;
    for (uint32_t i = 0; i < a->n; i++) {
        fval other = fv_get(b, a->entries[i].key);
        if (other == NULL || !fv_same(e, a->entries[i].value, other))
            return false;
    }
    return true;
}

static bool ranges_same(struct ev *e, const struct range *a,
                        const struct range *b)
{
    return a->low_in == b->low_in && a->high_in == b->high_in &&
           a->no_low == b->no_low && a->no_high == b->no_high &&
           a->apart == b->apart && fv_same(e, a->low, b->low) &&
           fv_same(e, a->high, b->high);
}

static fval equal_of_kind(struct ev *e, fval a, fval b)
{
    int order;
    switch (a->kind) {
    case K_BOOL:
        return fv_bool(a->b == b->b);
    case K_LIST:
        return fv_bool(lists_same(e, a, b));
    case K_CONTEXT:
        return fv_bool(contexts_same(e, a, b));
    case K_RANGE:
        return fv_bool(ranges_same(e, &a->range, &b->range));
    case K_FUNCTION:
        return fv_bool(a->function == b->function ||
                       (a->function->builtin &&
                        a->function->builtin == b->function->builtin));
    case K_TIME:
    case K_DATETIME: /* a local time is no instant */
        if (time_zoned(&a->time) != time_zoned(&b->time))
            return &fv_false;
        break;
    default:
        break;
    }
    return fv_bool(fv_order(e, a, b, &order) && order == 0);
}

fval fv_equal(struct ev *e, fval a, fval b)
{
    if (a->kind != b->kind && !is_null(a) && !is_null(b)) {
        if (a->kind == K_LIST && a->n == 1)
            return fv_equal(e, a->items[0], b);
        if (b->kind == K_LIST && b->n == 1)
            return fv_equal(e, a, b->items[0]);
        return null_because(e, "%s与%s不能比较是否相等。", kind_name(a->kind),
                            kind_name(b->kind));
    }
    if (is_null(a) || is_null(b))
        return fv_bool(is_null(a) && is_null(b));
    if (too_deep(e))
        return null_bound(e, "数据嵌套过深");
    e->depth++;
    fval r = equal_of_kind(e, a, b);
    e->depth--;
    return r;
}

bool fv_same(struct ev *e, fval a, fval b)
{
    if (a->kind != b->kind && a->kind != K_LIST && b->kind != K_LIST)
        return false;
    return is_true(fv_equal(e, a, b));
}

/* ---- order ---- */

static int sign_of(__int128 a, __int128 b)
{
    return a < b ? -1 : a > b;
}

static void zone_borrow(struct clocktime *to, const struct clocktime *from)
{
    to->has_offset = from->has_offset;
    to->offset = from->offset;
    to->zone = from->zone;
}

/* Of two times the one without a zone is taken to be in the other's zone. */
static int temporal_order(fval a, fval b)
{
    struct fv x = *a, y = *b;
    if (!time_zoned(&x.time))
        zone_borrow(&x.time, &y.time);
    else if (!time_zoned(&y.time))
        zone_borrow(&y.time, &x.time);
    return a->kind == K_TIME
               ? sign_of(time_nanos(&x.time), time_nanos(&y.time))
               : sign_of(datetime_nanos(&x), datetime_nanos(&y));
}

bool fv_order(struct ev *e, fval a, fval b, int *out)
{
    (void)e;
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case K_NUMBER:
        *out = decimal_cmp(a->number, b->number);
        return true;
    case K_STRING: /* UTF-8 keeps the order of code points */
        *out = str_cmp(a->s, b->s);
        *out = *out < 0 ? -1 : *out > 0;
        return true;
    case K_DATE:
        *out = sign_of(civil_days(a->date), civil_days(b->date));
        return true;
    case K_TIME:
    case K_DATETIME:
        *out = temporal_order(a, b);
        return true;
    case K_DTD:
        *out = sign_of(a->nanos, b->nanos);
        return true;
    case K_YMD:
        *out = sign_of(a->months, b->months);
        return true;
    default:
        return false;
    }
}

fval fv_compare(struct ev *e, enum compare c, fval a, fval b)
{
    if (c == C_EQ)
        return fv_equal(e, a, b);
    if (c == C_NE) {
        fval r = fv_equal(e, a, b);
        return is_null(r) ? r : fv_bool(!r->b);
    }
    if (a->kind == K_LIST && a->n == 1 && b->kind != K_LIST)
        a = a->items[0];
    if (b->kind == K_LIST && b->n == 1 && a->kind != K_LIST)
        b = b->items[0];
    int order;
    if (!fv_order(e, a, b, &order))
        return null_because(e, "%s与%s不能比较大小。", kind_name(a->kind),
                            kind_name(b->kind));
    return fv_bool(c == C_LT   ? order < 0
                   : c == C_LE ? order <= 0
                   : c == C_GT ? order > 0
                               : order >= 0);
}

const char *kind_name(enum kind k)
{
    static const char *const names[] = {
        [K_NULL] = "空值",     [K_BOOL] = "布尔值",    [K_NUMBER] = "数字",
        [K_STRING] = "字符串", [K_DATE] = "日期",      [K_TIME] = "时间",
        [K_DATETIME] = "日期时间", [K_DTD] = "日时时长", [K_YMD] = "年月时长",
        [K_LIST] = "列表",     [K_CONTEXT] = "上下文", [K_RANGE] = "区间",
        [K_FUNCTION] = "函数",
    };
    return names[k];
}
