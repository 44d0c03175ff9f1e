/*
 * What can be said of a model without evaluating it: requirements that run in
 * a circle, and rules of a table that overlap where they must not.
 */
#include "kernel/rules/model.h"

#include <string.h>

enum { PAIRS = 200000, DEPTH = 500 };

/* ---- circles ---- */

/* A BKM may well call itself; a decision may not need itself. */
static bool leads_to(const struct element *from, const struct element *to,
                     bool *seen, int depth)
{
    if (depth-- == 0 || seen[from->index])
        return false;
    seen[from->index] = true;
    for (uint32_t i = 0; i < from->n_needs; i++) {
        const struct element *next = from->needs[i].of;
        if (next == to || leads_to(next, to, seen, depth))
            return true;
    }
    return false;
}

void dmn_check_cycles(struct loader *l)
{
    bool *seen = ARENA_NEW_N(l->a, bool, l->m->n_elements);
    for (uint32_t i = 0; i < l->m->n_files; i++)
        for (uint32_t k = 0; k < l->m->files[i].n_elements; k++) {
            struct element *e = &l->m->files[i].elements[k];
            if (e->kind != EL_DECISION)
                continue;
            memset(seen, 0, l->m->n_elements);
            e->cyclic = leads_to(e, e, seen, DEPTH);
            l->element = e->id.n ? e->id : e->name;
            if (e->cyclic)
                problem(l, true,
                        arena_printf(l->a, "决策“%.*s”直接或间接依赖自己。",
                                     STR_ARG(e->name)));
        }
}

/* ---- overlaps ---- */

/* A simple test as a span; open at an end that is NULL. */
struct span {
    fval low, high;
    bool low_in, high_in;
};

static struct span span_of(const struct simple_test *s)
{
    switch (s->compare) {
    case C_EQ:
        return (struct span){ s->low, s->low, true, true };
    case C_LT:
        return (struct span){ NULL, s->low, false, false };
    case C_LE:
        return (struct span){ NULL, s->low, false, true };
    case C_GT:
        return (struct span){ s->low, NULL, false, false };
    case C_GE:
        return (struct span){ s->low, NULL, true, false };
    default:
        return (struct span){ s->low, s->high, s->low_in, s->high_in };
    }
}

/* Whether a's high end lies below b's low end. */
static bool below(struct ev *e, const struct span *a, const struct span *b)
{
    int order;
    if (a->high == NULL || b->low == NULL ||
        !fv_order(e, a->high, b->low, &order))
        return false;
    return order < 0 || (order == 0 && !(a->high_in && b->low_in));
}

/* How sure it is that two tests have a value in common. */
enum meeting { APART, PERHAPS, SURELY };

/* Between two spans there need not be a value: a column of a few, or days. */
static enum meeting tests_meet(struct ev *e, const struct simple_test *p,
                               const struct simple_test *q, bool few)
{
    struct span a = span_of(p), b = span_of(q);
    fval x = a.low ? a.low : a.high, y = b.low ? b.low : b.high;
    if (x->kind != y->kind)
        return APART;
    if (x->kind == K_BOOL || is_null(x))
        return fv_same(e, x, y) ? SURELY : APART;
    if (below(e, &a, &b) || below(e, &b, &a))
        return APART;
    bool point = p->compare == C_EQ || q->compare == C_EQ;
    return point || (!few && x->kind == K_NUMBER) ? SURELY : PERHAPS;
}

/* What is not simple is not judged. */
static enum meeting cells_meet(struct ev *e, const struct cell *a,
                               const struct cell *b, bool few)
{
    enum meeting most = APART;
    if (a->any || b->any)
        return SURELY;
    if (!a->simple || !b->simple || a->negated || b->negated)
        return APART;
    for (uint16_t i = 0; i < a->n; i++)
        for (uint16_t k = 0; k < b->n; k++) {
            enum meeting m = tests_meet(e, &a->simple[i], &b->simple[k], few);
            most = m > most ? m : most;
        }
    return most;
}

static bool has_values(const struct type *t)
{
    for (int i = 0; t && i < DEPTH; i++, t = t->base)
        if (t->allowed)
            return true;
    return false;
}

static enum meeting rules_meet(struct ev *e, const struct table *t,
                               const struct table_rule *a,
                               const struct table_rule *b)
{
    enum meeting least = SURELY;
    for (uint32_t i = 0; i < t->n_inputs; i++) {
        bool few = t->inputs[i].allowed || has_values(t->inputs[i].type);
        enum meeting m = cells_meet(e, &a->cells[i], &b->cells[i], few);
        least = m < least ? m : least;
    }
    return least;
}

static bool results_differ(struct ev *e, const struct table *t,
                           const struct table_rule *a,
                           const struct table_rule *b)
{
    for (uint32_t i = 0; i < t->n_outputs; i++) {
        const struct node *x = a->outputs[i], *y = b->outputs[i];
        if (x && y && x->op == N_CONST && y->op == N_CONST &&
            !fv_same(e, x->value, y->value))
            return true;
    }
    return false;
}

static void ambiguous(struct loader *l, uint32_t i, uint32_t k, bool unique,
                      enum meeting m)
{
    str text = arena_printf(
        l->a, unique ? "命中策略为“唯一”，但第 %u 条规则与第 %u 条规则重叠，"
                       "同时命中时没有结果，请把条件分开，"
                       "或者改用“首个”等命中策略。"
                     : "命中策略为“任意”，但第 %u 条规则与第 %u 条规则重叠而"
                       "结果不同，同时命中时没有结果，请把条件分开，"
                       "或者改成相同的结果。",
        i + 1, k + 1);
    uint32_t before = l->notes ? l->notes->count : 0;
    problem(l, false, text);
    if (l->notes && l->notes->count > before && before < FEEL_MAX_NOTES)
        l->notes->last->unfit = m == SURELY;
}

static void check_table(struct loader *l, const struct table *t)
{
    struct ev e = ev_make(l->a, (inst){ 0 }, NULL);
    uint32_t left = PAIRS;
    bool unique = t->policy == HIT_UNIQUE;
    if (!unique && t->policy != HIT_ANY)
        return;
    for (uint32_t i = 0; i < t->n_rules; i++)
        for (uint32_t k = i + 1; k < t->n_rules && left; k++, left--) {
            const struct table_rule *a = &t->rules[i], *b = &t->rules[k];
            enum meeting m = unique || results_differ(&e, t, a, b)
                                 ? rules_meet(&e, t, a, b)
                                 : APART;
            if (m != APART)
                ambiguous(l, i, k, unique, m);
        }
}

static void check_node(struct loader *l, const struct node *n, int depth)
{
    if (n == NULL || depth-- == 0)
        return;
    if (n->op == N_TABLE)
        check_table(l, n->table);
    for (uint32_t i = 0; i < n->n; i++)
        check_node(l, n->kid[i], depth);
}

void dmn_check_tables(struct loader *l, const struct element *e)
{
    check_node(l, e->logic, DEPTH);
}
