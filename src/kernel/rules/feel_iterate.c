/* for, some, every, and filters. */
#include "kernel/rules/impl.h"

struct loop {
    const struct node *n;
    uint32_t count; /* iterators */
    struct items out;
    fval verdict; /* of some and every */
    bool done, broken;
};

static void body(struct ev *e, struct loop *l, const struct env *env);
static void iterate(struct ev *e, struct loop *l, uint32_t i,
                    const struct env *env);

/* One turn of iterator i. */
static void turn(struct ev *e, struct loop *l, uint32_t i, fval v,
                 const struct env *up)
{
    struct env *env = env_new(e, up);
    fval *value = ARENA_NEW(e->arena, fval);
    *value = v;
    env->names = &l->n->names[i];
    env->values = value;
    env->n = 1;
    if (l->n->types && l->n->types[i])
        *value = type_coerce(e, v, l->n->types[i]);
    if (i + 1 < l->count)
        iterate(e, l, i + 1, env);
    else
        body(e, l, env);
}

static void body(struct ev *e, struct loop *l, const struct env *up)
{
    static const str partial[] = { { "partial", 7 } };
    const struct node *n = l->n->kid[l->n->n - 1];
    if (l->n->op == N_FOR) {
        /* What is so far: later items go behind it and do not show. */
        struct env *env = env_new(e, up);
        fval *so_far = ARENA_NEW(e->arena, fval);
        *so_far = fv_list(e, l->out.p, l->out.n);
        env->names = partial;
        env->values = so_far;
        env->n = 1;
        items_add(e, &l->out, eval(e, n, env));
        if (l->out.n > FEEL_MAX_LIST)
            null_bound(e, "列表过长");
        return;
    }
    fval v = eval(e, n, up);
    bool some = l->n->op == N_SOME;
    if (l->n->sub && v->kind != K_BOOL && !is_null(v)) {
        note(e, "条件应是布尔值。");
        l->broken = l->done = true;
        return;
    }
    if (v->kind != K_BOOL && !is_null(v))
        note(e, "条件应是布尔值，按未知处理。");
    l->verdict = some ? or_values(l->verdict, v) : and_values(l->verdict, v);
    l->done = some ? is_true(l->verdict) : is_false(l->verdict);
}

static void over_integers(struct ev *e, struct loop *l, uint32_t i,
                          int64_t from, int64_t to, const struct env *env)
{
    int64_t step = from <= to ? 1 : -1;
    for (int64_t k = from; !l->done && !e->bounded_out; k += step) {
        turn(e, l, i, fv_int(e, k), env);
        if (k == to)
            break;
    }
}

static void over_dates(struct ev *e, struct loop *l, uint32_t i, fval from,
                       fval to, const struct env *env)
{
    int64_t a = civil_days(from->date), b = civil_days(to->date);
    int64_t step = a <= b ? 1 : -1;
    for (int64_t k = a; !l->done && !e->bounded_out; k += step) {
        struct civil c;
        if (civil_of_days(k, &c))
            turn(e, l, i, fv_date(e, c), env);
        if (k == b)
            break;
    }
}

/* Both ends included, downwards if need be. */
static void over_span(struct ev *e, struct loop *l, uint32_t i, fval from,
                      fval to, const struct env *env)
{
    int64_t a, b;
    if (from->kind == K_NUMBER && to->kind == K_NUMBER &&
        decimal_int64(from->number, &a) && decimal_int64(to->number, &b)) {
        over_integers(e, l, i, a, b, env);
    } else if (from->kind == K_DATE && to->kind == K_DATE) {
        over_dates(e, l, i, from, to, env);
    } else {
        note(e, "循环的起止应是整数或日期。");
        l->broken = l->done = true;
    }
}

static fval neighbour(struct ev *e, fval v, int by)
{
    struct civil c;
    if (v->kind == K_NUMBER)
        return fv_add(e, v, fv_int(e, by));
    if (v->kind == K_DATE && civil_of_days(civil_days(v->date) + by, &c))
        return fv_date(e, c);
    return &fv_null;
}

/* The values a range holds; one that is open at an end leaves that end out. */
static void over_range(struct ev *e, struct loop *l, uint32_t i,
                       const struct range *r, const struct env *env)
{
    int order, left = 0;
    bool ordered = fv_order(e, r->low, r->high, &order);
    int inwards = ordered && order > 0 ? -1 : 1;
    fval from = r->low_in ? r->low : neighbour(e, r->low, inwards);
    fval to = r->high_in ? r->high : neighbour(e, r->high, -inwards);
    if (ordered && fv_order(e, from, to, &left) && left * inwards > 0)
        return; /* nothing between the ends */
    over_span(e, l, i, from, to, env);
}

static void iterate(struct ev *e, struct loop *l, uint32_t i,
                    const struct env *env)
{
    fval from = eval(e, l->n->kid[2 * i], env);
    if (l->n->kid[2 * i + 1]) {
        over_span(e, l, i, from, eval(e, l->n->kid[2 * i + 1], env), env);
        return;
    }
    if (is_null(from)) {
        note(e, "循环的列表为空值。");
        l->broken = l->done = true;
    } else if (from->kind == K_RANGE) {
        over_range(e, l, i, &from->range, env);
    } else if (from->kind != K_LIST) {
        turn(e, l, i, from, env);
    } else {
        for (uint32_t k = 0; k < from->n && !l->done && !e->bounded_out; k++)
            turn(e, l, i, from->items[k], env);
    }
}

fval eval_iteration(struct ev *e, const struct node *n, const struct env *env)
{
    struct loop l = { .n = n, .count = n->n_names,
                      .verdict = fv_bool(n->op == N_EVERY) };
    iterate(e, &l, 0, env);
    if (l.broken)
        return &fv_null;
    return n->op == N_FOR ? items_done(e, &l.out) : l.verdict;
}

/* ---- filters ---- */

/* Position 1 is the first, -1 the last. */
static fval item_at(struct ev *e, fval list, fval index)
{
    int64_t i;
    if (!decimal_int64(index->number, &i) || i == 0)
        return null_because(e, "列表序号应是不为零的整数。");
    if (i < 0)
        i += (int64_t)list->n + 1;
    if (i < 1 || i > (int64_t)list->n)
        return null_because(e, "列表中没有第 %lld 项。", (long long)i);
    return list->items[i - 1];
}

/* The item is visible as "item", and its entries by their names. */
static fval condition(struct ev *e, const struct node *n, fval item,
                      const struct env *up)
{
    static const str names[] = { { "item", 4 } };
    struct env *env = env_new(e, up);
    fval *value = ARENA_NEW(e->arena, fval);
    *value = item;
    env->names = names;
    env->values = value;
    env->n = 1;
    if (item->kind == K_CONTEXT) {
        struct env *entries = env_new(e, env);
        entries->context = item;
        env = entries;
    }
    return eval(e, n, env);
}

/* A boxed filter takes conditions only, no positions. */
fval eval_filter(struct ev *e, const struct node *n, const struct env *env)
{
    fval list = eval(e, n->kid[0], env);
    if (list->kind != K_LIST && !is_null(list)) {
        struct items one = { 0 };
        items_add(e, &one, list);
        list = items_done(e, &one);
    }
    const struct node *by = n->kid[1];
    bool none = is_null(list) || list->n == 0;
    if (n->sub && none)
        return list;
    if (!n->sub && (none || by->op == N_CONST || by->op == N_NEGATE)) {
        struct feel_notes *notes = e->notes;
        if (none && by->op != N_CONST)
            e->notes = NULL; /* names of the item are missing, of course */
        fval index = eval(e, by, env);
        e->notes = notes;
        if (is_null(list))
            return list;
        if (index->kind == K_NUMBER)
            return item_at(e, list, index);
        if (none)
            return list;
    }
    struct items out = { 0 };
    for (uint32_t i = 0; i < list->n && !e->bounded_out; i++) {
        fval v = condition(e, by, list->items[i], env);
        if (v->kind == K_NUMBER && i == 0 && !n->sub)
            return item_at(e, list, v);
        if (v->kind != K_BOOL && (n->sub || !is_null(v)))
            return null_because(e, "筛选条件应是布尔值或序号。");
        if (is_true(v))
            items_add(e, &out, list->items[i]);
    }
    return items_done(e, &out);
}
