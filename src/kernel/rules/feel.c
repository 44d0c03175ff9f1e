/* The public face for single expressions. */
#include "kernel/rules/impl.h"

#include <string.h>

enum { DEPTH = 64 };

struct feel_expr {
    const struct node *node;
    uint8_t form;
    struct names unknown;
};

/* Names of members at any depth may follow a dot or stand in a filter. */
static void member_names(struct arena *a, const struct value *v,
                         struct names *l, int depth)
{
    if (v == NULL || depth-- == 0)
        return;
    for (const struct value *c = v->first; c; c = c->next) {
        if (!str_is_none(c->key) && !names_have(l, c->key))
            names_add(a, l, c->key);
        member_names(a, c, l, depth);
    }
}

enum err feel_compile(struct arena *a, str text, enum feel_form form,
                      const struct value *names, struct feel_expr **out,
                      struct feel_notes *notes)
{
    struct feel_expr *x = ARENA_NEW(a, struct feel_expr);
    struct names members = { 0 };
    struct scope scope = { 0 };
    struct parse_problem problem;
    for (const struct value *c = names ? names->first : NULL; c; c = c->next)
        names_add(a, &scope.names, c->key);
    member_names(a, names, &members, DEPTH);
    struct parse_input in = { .arena = a, .text = text, .scope = &scope,
                              .members = &members, .unknown = &x->unknown };
    x->form = (uint8_t)form;
    x->node = feel_parse(&in, form, &problem);
    if (x->node == NULL) {
        note_add(a, notes, str_none, true, problem.at, problem.text);
        return ERR_INPUT;
    }
    *out = x;
    return OK;
}

struct value *feel_unknown_names(const struct feel_expr *x, struct arena *a)
{
    struct value *list = value_new(a, VALUE_LIST);
    for (uint32_t i = 0; i < x->unknown.n; i++)
        value_push(list, value_text(a, x->unknown.p[i]));
    return list;
}

struct run {
    const struct feel_expr *x;
    const struct value *variables;
    struct value *out;
};

static void evaluated(struct ev *e, void *of)
{
    struct run *r = of;
    struct env *env = env_new(e, NULL);
    env->context = fv_from_tree(e, r->variables, DEPTH);
    if (env->context->kind != K_CONTEXT)
        env->context = NULL;
    fval v;
    if (r->x->form == FEEL_UNARY_TESTS) {
        fval tested = env_find(env, STR("?"));
        v = eval_tests(e, r->x->node, tested ? tested : &fv_null, env);
    } else {
        v = eval(e, r->x->node, env);
    }
    r->out = fv_to_tree(e, v, DEPTH);
}

enum err feel_run(const struct feel_expr *x, struct arena *a,
                  const struct value *variables, inst now, struct value **out,
                  struct feel_notes *notes)
{
    struct run r = { .x = x, .variables = variables };
    struct ev e = ev_make(a, now, notes);
    bool good = guarded(&e, evaluated, &r);
    if (!good)
        null_bound(&e, "内存");
    if (notes)
        notes->steps += e.steps;
    *out = good && !e.bounded_out ? r.out : value_new(a, VALUE_NULL);
    return good && !e.bounded_out ? OK : ERR_RANGE;
}

enum err feel_evaluate(struct arena *a, str text,
                       const struct value *variables, inst now,
                       struct value **out, struct feel_notes *notes)
{
    struct feel_expr *x;
    enum err e = feel_compile(a, text, FEEL_EXPRESSION, variables, &x, notes);
    return e == OK ? feel_run(x, a, variables, now, out, notes) : e;
}

bool feel_holds(const struct feel_expr *x, struct arena *a,
                const struct value *variables, inst now,
                struct feel_notes *notes)
{
    struct value *out;
    return feel_run(x, a, variables, now, &out, notes) == OK &&
           out->kind == VALUE_BOOL && out->i != 0;
}
