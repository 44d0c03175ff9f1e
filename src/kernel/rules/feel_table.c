/*
 * Evaluating a decision table: inputs once, then rule by rule with the cells
 * that are mere comparisons done without the tree; then the hit policy (DMN
 * 1.5, 8.2.8 to 8.2.11).
 */
#include "kernel/rules/table.h"

enum { READ_DEPTH = 10 };

/* ---- compiling cells ---- */

static bool constant(const struct node *n, fval *out)
{
    if (n && n->op == N_CONST && n->value->kind != K_LIST) {
        *out = n->value;
        return true;
    }
    return false;
}

/* -5 is a constant too. */
static bool number(struct arena *a, const struct node *n, fval *out)
{
    fval v;
    if (constant(n, out))
        return true;
    if (n == NULL || n->op != N_NEGATE || !constant(n->kid[0], &v) ||
        v->kind != K_NUMBER)
        return false;
    struct ev e = ev_make(a, (inst){ 0 }, NULL);
    *out = fv_negate(&e, v);
    return true;
}

static bool simple_range(struct arena *a, const struct node *n,
                         struct simple_test *s)
{
    if (n->op != N_RANGE || n->sub == C_NE ||
        !number(a, n->kid[0], &s->low) ||
        !number(a, n->kid[1], &s->high) || s->low->kind != s->high->kind ||
        is_null(s->low) || s->low->kind == K_BOOL)
        return false;
    s->compare = SIMPLE_RANGE;
    s->low_in = n->flag;
    s->high_in = n->flag2;
    return true;
}

static bool simple(struct arena *a, const struct node *t, struct simple_test *s)
{
    if (t->op == N_TEST && t->sub != C_NE) {
        s->compare = t->sub;
        return number(a, t->kid[0], &s->low) && !is_null(s->low);
    }
    if (t->op != N_TEST_EXPR)
        return false;
    s->compare = C_EQ;
    return number(a, t->kid[0], &s->low) || simple_range(a, t->kid[0], s);
}

void cell_compile(struct arena *a, struct cell *c, const struct node *tests)
{
    c->tests = tests;
    if (tests->n == 1 && tests->kid[0]->op == N_TEST_ANY && !tests->sub) {
        c->any = true;
        return;
    }
    if (tests->n > UINT16_MAX)
        return;
    struct simple_test *s = ARENA_NEW_N(a, struct simple_test, tests->n);
    for (uint32_t i = 0; i < tests->n; i++)
        if (!simple(a, tests->kid[i], &s[i]))
            return;
    c->simple = s;
    c->n = (uint16_t)tests->n;
    c->negated = tests->sub;
}

/* ---- matching ---- */

/* 1 true, 0 false, -1 null */
static int simple_holds(struct ev *e, const struct simple_test *s, fval v)
{
    int low, high;
    if (s->compare == C_EQ && (is_null(v) || is_null(s->low)))
        return v->kind == s->low->kind;
    if (v->kind != s->low->kind)
        return s->compare == C_EQ && s->low->kind == K_BOOL ? 0 : -1;
    if (v->kind == K_BOOL)
        return s->compare == C_EQ ? v->b == s->low->b : -1;
    if (s->compare == C_EQ && v->kind == K_STRING)
        return str_eq(v->s, s->low->s);
    if (!fv_order(e, v, s->low, &low))
        return s->compare == C_EQ ? 0 : -1;
    switch (s->compare) {
    case C_EQ:
        return low == 0;
    case C_LT:
        return low < 0;
    case C_LE:
        return low <= 0;
    case C_GT:
        return low > 0;
    case C_GE:
        return low >= 0;
    default:
        if (!fv_order(e, v, s->high, &high))
            return -1;
        return (low > 0 || (low == 0 && s->low_in)) &&
               (high < 0 || (high == 0 && s->high_in));
    }
}

static bool cell_holds(struct ev *e, const struct cell *c, fval v,
                       const struct env *env)
{
    if (c->any)
        return true;
    if (c->simple == NULL || v->kind == K_LIST)
        return is_true(eval_tests(e, c->tests, v, env));
    int best = 0;
    for (uint16_t i = 0; i < c->n; i++) {
        int r = simple_holds(e, &c->simple[i], v);
        if (r > 0)
            return !c->negated;
        if (r < 0)
            best = -1;
    }
    return c->negated && best == 0;
}

static bool rule_holds(struct ev *e, const struct table *t,
                       const struct table_rule *r, const fval *inputs,
                       const struct env *env)
{
    for (uint32_t i = 0; i < t->n_inputs; i++)
        if (!cell_holds(e, &r->cells[i], inputs[i], env))
            return false;
    return true;
}

/* ---- outputs ---- */

/* A list is possible when it is one of the values or made of them. */
static bool possible(struct ev *e, const struct node *values, fval v,
                     const struct env *env)
{
    if (is_null(v) || is_true(eval_tests(e, values, v, env)))
        return true;
    for (uint32_t i = 0; v->kind == K_LIST && i < v->n; i++)
        if (!is_true(eval_tests(e, values, v->items[i], env)))
            return false;
    return v->kind == K_LIST;
}

/* What is not among the output values a column names is no output of it
 * (8.3.2), no more than what is of another type. */
static fval output(struct ev *e, const struct table *t, uint32_t i,
                   const struct node *n, const struct env *env)
{
    const struct table_output *o = &t->outputs[i];
    fval v = type_coerce(e, eval(e, n, env), o->type);
    if (o->values == NULL || possible(e, o->values, v, env))
        return v;
    return null_because(e, "第 %u 个结果列的值不在允许的取值之内。", i + 1);
}

/* One column gives its value, several a context. */
static fval outputs(struct ev *e, const struct table *t,
                    const struct node **nodes, const struct env *env)
{
    if (t->n_outputs == 1)
        return output(e, t, 0, nodes[0], env);
    struct entry *entries = ARENA_NEW_N(e->arena, struct entry, t->n_outputs);
    for (uint32_t i = 0; i < t->n_outputs; i++)
        entries[i] = (struct entry){ t->outputs[i].name,
                                     output(e, t, i, nodes[i], env) };
    return fv_context(e, entries, t->n_outputs);
}

static fval fallback(struct ev *e, const struct table *t,
                     const struct env *env)
{
    bool any = false;
    const struct node **nodes =
        ARENA_NEW_N(e->arena, const struct node *, t->n_outputs);
    for (uint32_t i = 0; i < t->n_outputs; i++) {
        nodes[i] = t->outputs[i].fallback;
        any |= nodes[i] != NULL;
    }
    return any ? outputs(e, t, nodes, env) : NULL;
}

/* ---- priorities: the order of the output values ---- */

/* A column that names no values of its own has those of its type. */
static const struct node *values_of(const struct table_output *o)
{
    const struct type *t = o->type;
    while (o->values == NULL && t && t->allowed == NULL)
        t = t->base;
    return o->values || t == NULL ? o->values : t->allowed;
}

static uint32_t rank(struct ev *e, const struct table_output *o, fval v,
                     const struct env *env)
{
    const struct node *values = values_of(o);
    for (uint32_t i = 0; values && i < values->n; i++) {
        const struct node one = { .op = N_TESTS, .n = 1,
                                  .kid = &values->kid[i] };
        if (is_true(eval_tests(e, &one, v, env)))
            return i;
    }
    return values ? values->n : 0;
}

static fval output_part(const struct table *t, fval v, uint32_t i)
{
    return t->n_outputs == 1 ? v : v->entries[i].value;
}

/* Whether a stands before b: first column first. */
static bool prior(struct ev *e, const struct table *t, fval a, fval b,
                  const struct env *env)
{
    for (uint32_t i = 0; i < t->n_outputs; i++) {
        uint32_t x = rank(e, &t->outputs[i], output_part(t, a, i), env);
        uint32_t y = rank(e, &t->outputs[i], output_part(t, b, i), env);
        if (x != y)
            return x < y;
    }
    return false;
}

static void by_priority(struct ev *e, const struct table *t, struct items *l,
                        const struct env *env)
{
    for (uint32_t i = 1; i < l->n && !e->bounded_out; i++) {
        fval v = l->p[i];
        uint32_t k = i;
        for (; k && prior(e, t, v, l->p[k - 1], env); k--)
            l->p[k] = l->p[k - 1];
        l->p[k] = v;
    }
}

/* ---- hit policies ---- */

static fval called(struct ev *e, const char *builtin, fval list)
{
    return builtin_call(e, builtin_find(str_of(builtin)), &list, 1, NULL);
}

static fval collected(struct ev *e, const struct table *t, struct items *hits)
{
    fval list = items_done(e, hits);
    switch ((enum aggregation)t->aggregation) {
    case AGG_LIST:
        return list;
    case AGG_COUNT:
        return fv_int(e, hits->n);
    case AGG_SUM:
        return called(e, "sum", list);
    case AGG_MIN:
        return called(e, "min", list);
    case AGG_MAX:
        return called(e, "max", list);
    }
    return list;
}

static fval all_same(struct ev *e, const struct items *hits)
{
    for (uint32_t i = 1; i < hits->n; i++)
        if (!fv_same(e, hits->p[0], hits->p[i]))
            return null_because(e, "命中策略为“任意”，但命中的规则结果不同。");
    return hits->p[0];
}

static fval decided(struct ev *e, const struct table *t, struct items *hits,
                    const struct env *env)
{
    switch ((enum hit_policy)t->policy) {
    case HIT_UNIQUE:
        if (hits->n > 1)
            return null_because(
                e, "命中策略为“唯一”，但有 %u 条规则同时命中。", hits->n);
        return hits->p[0];
    case HIT_ANY:
        return all_same(e, hits);
    case HIT_FIRST:
        return hits->p[0];
    case HIT_PRIORITY:
        by_priority(e, t, hits, env);
        return hits->p[0];
    case HIT_OUTPUT_ORDER:
        by_priority(e, t, hits, env);
        return items_done(e, hits);
    case HIT_RULE_ORDER:
        return items_done(e, hits);
    case HIT_COLLECT:
        return collected(e, t, hits);
    }
    return &fv_null;
}

static fval without_hits(struct ev *e, const struct table *t,
                         const struct env *env)
{
    fval v = fallback(e, t, env);
    return v ? v : null_because(e, "没有规则命中，也没有默认结果。");
}

/* A value outside the column's input values is null, as one of a foreign
 * type is: only a cell that takes null lets the rule hold. */
static void inputs_read(struct ev *e, const struct table *t, fval *values,
                        const struct env *env)
{
    for (uint32_t i = 0; i < t->n_inputs; i++) {
        const struct table_input *in = &t->inputs[i];
        values[i] = eval(e, in->expression, env);
        if (in->reads)
            values[i] = type_read(e, values[i], in->type, READ_DEPTH);
        if (in->type && type_core(in->type)->kind != T_ANY)
            values[i] = type_coerce(e, values[i], in->type);
        if (in->allowed && !is_null(values[i]) &&
            !is_true(eval_tests(e, in->allowed, values[i], env))) {
            note(e, "第 %u 列的输入值不在允许的取值之内。", i + 1);
            values[i] = &fv_null;
        }
    }
}

fval eval_table(struct ev *e, const struct table *t, const struct env *env)
{
    fval *values = ARENA_NEW_N(e->arena, fval, t->n_inputs + 1);
    struct items hits = { 0 };
    inputs_read(e, t, values, env);
    for (uint32_t i = 0; i < t->n_rules && !e->bounded_out; i++) {
        e->steps++;
        if (!rule_holds(e, t, &t->rules[i], values, env))
            continue;
        items_add(e, &hits, outputs(e, t, t->rules[i].outputs, env));
        if (t->policy == HIT_FIRST)
            break;
    }
    return hits.n ? decided(e, t, &hits, env) : without_hits(e, t, env);
}
