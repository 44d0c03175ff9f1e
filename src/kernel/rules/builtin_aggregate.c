/* Functions that make one value of a list (DMN 1.5, 10.3.4.4): what is summed
 * or averaged must be numbers throughout; what is compared, of one kind. */
#include "kernel/rules/impl.h"

#include <stdlib.h>
#include <string.h>

static fval count(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return fv_int(e, args[0]->n);
}

static fval extreme(struct ev *e, fval list, int sign)
{
    int order;
    fval best = list->n ? list->items[0] : &fv_null;
    if (list->n && !fv_order(e, best, best, &order))
        return null_because(e, "列表中有不能比较大小的项。");
    for (uint32_t i = 1; i < list->n; i++) {
        if (!fv_order(e, list->items[i], best, &order))
            return null_because(e, "列表中有不能比较大小的项。");
        if (order == sign)
            best = list->items[i];
    }
    return best;
}

static fval smallest(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return extreme(e, args[0], -1);
}

static fval largest(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return extreme(e, args[0], 1);
}

static bool numbers(struct ev *e, fval list)
{
    if (list->n == 0)
        return false;
    for (uint32_t i = 0; i < list->n; i++)
        if (list->items[i]->kind != K_NUMBER) {
            note(e, "列表中有不是数字的项。");
            return false;
        }
    return true;
}

typedef bool operation(struct decimal a, struct decimal b,
                       struct decimal *out);

static bool folded(fval list, operation *f, struct decimal *out)
{
    *out = list->items[0]->number;
    for (uint32_t i = 1; i < list->n; i++)
        if (!f(*out, list->items[i]->number, out))
            return false;
    return true;
}

static fval fold(struct ev *e, fval list, operation *f)
{
    struct decimal d;
    if (!numbers(e, list))
        return &fv_null;
    return folded(list, f, &d) ? fv_number(e, d)
                               : null_because(e, "计算结果超出数字范围。");
}

static fval sum(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return fold(e, args[0], decimal_add);
}

static fval product(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return fold(e, args[0], decimal_mul);
}

static fval mean(struct ev *e, fval *args, uint32_t n)
{
    fval total = sum(e, args, n);
    return is_null(total) ? total : fv_div(e, total, fv_int(e, args[0]->n));
}

/* ---- truth ---- */

static bool truths(struct ev *e, fval list)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (list->items[i]->kind != K_BOOL && !is_null(list->items[i])) {
            note(e, "列表中有不是布尔值的项。");
            return false;
        }
    return true;
}

static fval all(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval r = truths(e, args[0]) ? &fv_true : NULL;
    if (r == NULL)
        return &fv_null;
    for (uint32_t i = 0; i < args[0]->n; i++)
        r = and_values(r, args[0]->items[i]);
    return r;
}

static fval any(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval r = truths(e, args[0]) ? &fv_false : NULL;
    if (r == NULL)
        return &fv_null;
    for (uint32_t i = 0; i < args[0]->n; i++)
        r = or_values(r, args[0]->items[i]);
    return r;
}

/* ---- statistics ---- */

static int by_size(const void *a, const void *b)
{
    const fval *p = a, *q = b;
    return decimal_cmp((*p)->number, (*q)->number);
}

static fval *sorted(struct ev *e, fval list)
{
    fval *p = ARENA_NEW_N(e->arena, fval, list->n);
    memcpy(p, list->items, list->n * sizeof *p);
    qsort(p, list->n, sizeof *p, by_size);
    return p;
}

static fval median(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    if (!numbers(e, args[0]))
        return &fv_null;
    fval *p = sorted(e, args[0]);
    uint32_t half = args[0]->n / 2;
    if (args[0]->n % 2)
        return p[half];
    return fv_div(e, fv_add(e, p[half - 1], p[half]), fv_int(e, 2));
}

/* Of a sample: the sum of squares is divided by one less than the count. */
static fval stddev(struct ev *e, fval *args, uint32_t n)
{
    fval list = args[0];
    if (!numbers(e, list) || list->n < 2)
        return null_because(e, "标准差至少需要两个数字。");
    fval average = mean(e, args, n), squares = fv_int(e, 0);
    for (uint32_t i = 0; i < list->n; i++) {
        fval d = fv_sub(e, list->items[i], average);
        squares = fv_add(e, squares, fv_mul(e, d, d));
    }
    fval variance = fv_div(e, squares, fv_int(e, list->n - 1));
    struct decimal root;
    return variance->kind == K_NUMBER && decimal_sqrt(variance->number, &root)
               ? fv_number(e, root)
               : &fv_null;
}

/* The most frequent numbers, in ascending order. */
static fval mode(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval list = args[0];
    struct items out = { 0 };
    uint32_t most = 0;
    if (list->n == 0)
        return list;
    if (!numbers(e, list))
        return &fv_null;
    fval *p = sorted(e, list);
    for (uint32_t i = 0, run; i < list->n; i += run) {
        for (run = 1; i + run < list->n && by_size(&p[i], &p[i + run]) == 0;)
            run++;
        if (run < most)
            continue;
        if (run > most)
            out.n = 0;
        most = run;
        items_add(e, &out, p[i]);
    }
    return items_done(e, &out);
}

#define OF_LIST 1, 1, ITEMS, { { "list", 'l' } }

const struct builtin builtins_aggregate[] = {
    { "count", count, 1, 1, FIXED, { { "list", 'l' } } },
    { "min", smallest, OF_LIST },
    { "max", largest, OF_LIST },     { "sum", sum, OF_LIST },
    { "mean", mean, OF_LIST },       { "all", all, OF_LIST },
    { "any", any, OF_LIST },         { "product", product, OF_LIST },
    { "median", median, OF_LIST },   { "stddev", stddev, OF_LIST },
    { "mode", mode, OF_LIST },       { 0 },
};
