/*
 * Tests against a value: the cells of tables and the right side of "in"
 * (DMN 1.5, 10.3.2.7 and table 54).
 */
#include "kernel/rules/impl.h"

/* Whether v is x, is in the range x, or is or is in an item of the list x. */
static fval value_in(struct ev *e, fval v, fval x)
{
    if (x->kind == K_RANGE && v->kind != K_RANGE)
        return range_has(e, &x->range, v);
    if (x->kind != K_LIST)
        return fv_equal(e, v, x);
    if (v->kind == K_LIST && fv_same(e, v, x))
        return &fv_true;
    for (uint32_t i = 0; i < x->n; i++) {
        fval item = x->items[i];
        if (fv_same(e, v, item) ||
            (item->kind == K_RANGE && v->kind != K_RANGE &&
             is_true(range_has(e, &item->range, v))))
            return &fv_true;
    }
    return &fv_false;
}

/* A range whose ends do not belong together is null, not the value null. */
static bool no_range(const struct node *t, fval x)
{
    return t->kid[0]->op == N_RANGE && is_null(x);
}

/* A boolean expression is the answer itself, unless booleans are what is
 * tested and it does not speak of them. */
static fval expression_test(struct ev *e, const struct node *t, fval v,
                            const struct env *env)
{
    fval x = eval(e, t->kid[0], env);
    if (x->kind == K_BOOL && v->kind != K_LIST) {
        if (t->sub)
            return x;
        if (v->kind == K_BOOL)
            return fv_bool(v->b == x->b);
        return t->kid[0]->op == N_CONST ? &fv_false : x;
    }
    if (x->kind == K_BOOL && t->sub)
        return x;
    return no_range(t, x) ? x : value_in(e, v, x);
}

static fval one_test(struct ev *e, const struct node *t, fval v,
                     const struct env *env)
{
    if (t->op == N_TEST_ANY)
        return &fv_true;
    if (t->op == N_TEST)
        return fv_compare(e, (enum compare)t->sub, v,
                          eval(e, t->kid[0], env));
    return expression_test(e, t, v, env);
}

static const struct env *asking(struct ev *e, fval v, const struct env *up)
{
    static const str question[] = { { "?", 1 } };
    fval *value = ARENA_NEW(e->arena, fval);
    struct env *env = env_new(e, up);
    *value = v;
    env->names = question;
    env->values = value;
    env->n = 1;
    return env;
}

fval eval_tests(struct ev *e, const struct node *tests, fval v,
                const struct env *up)
{
    const struct env *env = asking(e, v, up);
    fval r = &fv_false;
    for (uint32_t i = 0; i < tests->n && !is_true(r); i++)
        r = or_values(r, one_test(e, tests->kid[i], v, env));
    return tests->sub ? not_value(r) : r;
}

/* A list is in a list as one of its items; among several tests it is to be
 * one of them. */
static fval list_in(struct ev *e, fval v, fval x, bool several)
{
    if (v->kind != K_LIST || x->kind != K_LIST)
        return value_in(e, v, x);
    if (several)
        return fv_bool(fv_same(e, v, x));
    for (uint32_t i = 0; i < x->n; i++)
        if (fv_same(e, v, x->items[i]))
            return &fv_true;
    return &fv_false;
}

static fval expression_in(struct ev *e, const struct node *t, fval v,
                          const struct env *env, bool several)
{
    fval x = eval(e, t->kid[0], env);
    return no_range(t, x) ? x : list_in(e, v, x, several);
}

/* Outside a table an expression that does not speak of ? is a value. */
fval eval_in(struct ev *e, const struct node *n, const struct env *up)
{
    fval v = eval(e, n->kid[0], up);
    const struct node *right = n->kid[1];
    const struct env *env = asking(e, v, up);
    fval r = &fv_false;
    for (uint32_t i = 0; i < right->n && !is_true(r); i++) {
        const struct node *t = right->kid[i];
        r = or_values(r, t->op == N_TEST_EXPR && !t->sub
                             ? expression_in(e, t, v, env, right->n > 1)
                             : one_test(e, t, v, env));
    }
    return r;
}
