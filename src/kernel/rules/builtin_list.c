/* List functions (DMN 1.5, 10.3.4.4) and sort. */
#include "kernel/rules/impl.h"

#include <string.h>

enum { DEPTH = 100 };

static fval contains(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    for (uint32_t i = 0; i < args[0]->n; i++)
        if (fv_same(e, args[0]->items[i], args[1]))
            return &fv_true;
    return &fv_false;
}

static bool position(fval v, int64_t *out)
{
    struct decimal whole;
    return decimal_round(v->number, 0, DECIMAL_DOWN, &whole) &&
           decimal_int64(whole, out);
}

/* Position 1 is the first, -1 the last; false outside the list. */
static bool index_of_position(struct ev *e, fval list, fval v, uint32_t *out)
{
    int64_t i;
    if (!position(v, &i) || i == 0 || i > (int64_t)list->n ||
        -i > (int64_t)list->n) {
        note(e, "位置不在列表之内。");
        return false;
    }
    *out = (uint32_t)(i > 0 ? i - 1 : i + (int64_t)list->n);
    return true;
}

static fval sublist(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    uint32_t from;
    int64_t count;
    if (!index_of_position(e, args[0], args[1], &from))
        return &fv_null;
    count = (int64_t)(args[0]->n - from);
    if (args[2]) {
        int64_t wanted;
        if (!position(args[2], &wanted) || wanted < 1 || wanted > count)
            return null_because(e, "长度超出列表。");
        count = wanted;
    }
    return fv_list(e, args[0]->items + from, (uint32_t)count);
}

/* The items of list with `count` of them from `at` on replaced by v (or by
 * nothing when v is NULL). */
static fval spliced(struct ev *e, fval list, uint32_t at, uint32_t count,
                    fval v)
{
    struct items l = { 0 };
    for (uint32_t i = 0; i < at; i++)
        items_add(e, &l, list->items[i]);
    if (v)
        items_add(e, &l, v);
    for (uint32_t i = at + count; i < list->n; i++)
        items_add(e, &l, list->items[i]);
    return items_done(e, &l);
}

static fval insert_before(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    uint32_t at;
    return index_of_position(e, args[0], args[1], &at)
               ? spliced(e, args[0], at, 0, args[2])
               : &fv_null;
}

static fval removed(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    uint32_t at;
    return index_of_position(e, args[0], args[1], &at)
               ? spliced(e, args[0], at, 1, NULL)
               : &fv_null;
}

static fval replaced_at(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    uint32_t at;
    return index_of_position(e, args[0], args[1], &at)
               ? spliced(e, args[0], at, 1, args[2])
               : &fv_null;
}

static fval replaced_where(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct items l = { 0 };
    for (uint32_t i = 0; i < args[0]->n && !e->bounded_out; i++) {
        fval two[2] = { args[0]->items[i], args[2] };
        fval hit = call_function(e, args[1], two, 2);
        if (hit->kind != K_BOOL)
            return null_because(e, "判断函数应给出布尔值。");
        items_add(e, &l, hit->b ? args[2] : args[0]->items[i]);
    }
    return items_done(e, &l);
}

static fval append(struct ev *e, fval *args, uint32_t n)
{
    struct items l = { 0 };
    for (uint32_t i = 0; i < args[0]->n; i++)
        items_add(e, &l, args[0]->items[i]);
    for (uint32_t i = 1; i < n; i++)
        items_add(e, &l, args[i]);
    return items_done(e, &l);
}

static fval concatenate(struct ev *e, fval *args, uint32_t n)
{
    struct items l = { 0 };
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < args[i]->n; k++)
            items_add(e, &l, args[i]->items[k]);
    return items_done(e, &l);
}

static fval reversed(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval list = args[0];
    fval *items = ARENA_NEW_N(e->arena, fval, list->n);
    for (uint32_t i = 0; i < list->n; i++)
        items[i] = list->items[list->n - 1 - i];
    return fv_list(e, items, list->n);
}

static fval index_of(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct items l = { 0 };
    for (uint32_t i = 0; i < args[0]->n; i++)
        if (fv_same(e, args[0]->items[i], args[1]))
            items_add(e, &l, fv_int(e, i + 1));
    return items_done(e, &l);
}

/* Quadratic, so it counts as steps. */
static fval distinct(struct ev *e, fval list)
{
    struct items l = { 0 };
    for (uint32_t i = 0; i < list->n; i++) {
        bool seen = false;
        for (uint32_t k = 0; k < l.n && !seen; k++)
            seen = fv_same(e, l.p[k], list->items[i]);
        if (!spend(e, l.n))
            return &fv_null;
        if (!seen)
            items_add(e, &l, list->items[i]);
    }
    return items_done(e, &l);
}

static fval distinct_values(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return distinct(e, args[0]);
}

static fval set_union(struct ev *e, fval *args, uint32_t n)
{
    fval all = concatenate(e, args, n);
    return is_null(all) ? all : distinct(e, all);
}

static void flatten_into(struct ev *e, struct items *l, fval list, int depth)
{
    if (depth-- == 0) {
        null_bound(e, "列表嵌套过深");
        return;
    }
    for (uint32_t i = 0; i < list->n; i++)
        if (list->items[i]->kind == K_LIST)
            flatten_into(e, l, list->items[i], depth);
        else
            items_add(e, l, list->items[i]);
}

static fval flatten(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct items l = { 0 };
    flatten_into(e, &l, args[0], DEPTH);
    return items_done(e, &l);
}

/* ---- sort: stable, by merging ---- */

struct sorter {
    struct ev *e;
    fval precedes; /* NULL: the natural order */
    bool broken;
};

static bool goes_before(struct sorter *s, fval a, fval b)
{
    int order;
    if (s->precedes == NULL) {
        s->broken |= !fv_order(s->e, a, b, &order);
        return !s->broken && order < 0;
    }
    fval two[2] = { a, b };
    fval r = call_function(s->e, s->precedes, two, 2);
    s->broken |= r->kind != K_BOOL;
    return is_true(r);
}

static void merged(struct sorter *s, fval *p, fval *other, uint32_t n)
{
    if (n < 2 || s->broken)
        return;
    uint32_t half = n / 2, i = 0, k = half;
    merged(s, p, other, half);
    merged(s, p + half, other, n - half);
    for (uint32_t at = 0; at < n; at++) {
        bool right = i == half ||
                     (k < n && !s->broken && goes_before(s, p[k], p[i]));
        other[at] = right ? p[k++] : p[i++];
    }
    memcpy(p, other, n * sizeof *p);
}

static fval sort(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval list = args[0];
    fval *p = ARENA_NEW_N(e->arena, fval, list->n),
         *other = ARENA_NEW_N(e->arena, fval, list->n);
    if (list->n)
        memcpy(p, list->items, list->n * sizeof *p);
    struct sorter s = { .e = e, .precedes = args[1] };
    merged(&s, p, other, list->n);
    if (s.broken)
        return null_because(e, "排序函数应给出布尔值。");
    return fv_list(e, p, list->n);
}

const struct builtin builtins_list[] = {
    { "list contains", contains, 2, 2, FIXED,
      { { "list", 'l' }, { "element", 'A' } } },
    { "sublist", sublist, 2, 3, FIXED,
      { { "list", 'l' }, { "start position", 'n' }, { "length", 'n' } } },
    { "append", append, 2, 2, REST, { { "list", 'l' }, { "item", 'A' } } },
    { "concatenate", concatenate, 1, 1, REST, { { "list", 'l' } } },
    { "insert before", insert_before, 3, 3, FIXED,
      { { "list", 'l' }, { "position", 'n' }, { "newItem", 'A' } } },
    { "remove", removed, 2, 2, FIXED,
      { { "list", 'l' }, { "position", 'n' } } },
    { "list replace", replaced_at, 3, 3, FIXED,
      { { "list", 'l' }, { "position", 'n' }, { "newItem", 'A' } } },
    { "list replace", replaced_where, 3, 3, FIXED,
      { { "list", 'l' }, { "match", 'f' }, { "newItem", 'A' } } },
    { "reverse", reversed, 1, 1, FIXED, { { "list", 'l' } } },
    { "index of", index_of, 2, 2, FIXED,
      { { "list", 'l' }, { "match", 'A' } } },
    { "union", set_union, 1, 1, REST, { { "list", 'l' } } },
    { "distinct values", distinct_values, 1, 1, FIXED, { { "list", 'l' } } },
    { "flatten", flatten, 1, 1, FIXED, { { "list", 'l' } } },
    { "sort", sort, 1, 2, FIXED, { { "list", 'l' }, { "precedes", 'f' } } },
    { 0 },
};
