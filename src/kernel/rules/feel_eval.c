/*
 * The evaluator: one function per kind of node, null for whatever has no
 * value.  Every node counts as a step and a level, so that no expression runs
 * for ever or off the stack.
 */
#include "kernel/rules/impl.h"


struct env *env_new(struct ev *e, const struct env *up)
{
    struct env *env = ARENA_NEW(e->arena, struct env);
    env->up = up;
    return env;
}

fval env_find(const struct env *env, str name)
{
    for (; env; env = env->up) {
        if (env->outside)
            continue;
        if (env->context) {
            fval v = fv_get(env->context, name);
            if (v)
                return v;
        }
        for (uint32_t i = 0; i < env->n; i++)
            if (str_eq(env->names[i], name))
                return env->values[i];
    }
    return NULL;
}

fval env_outside(const struct env *env, str name)
{
    for (; env; env = env->up) {
        if (!env->outside)
            continue;
        for (uint32_t i = 0; i < env->n; i++)
            if (str_eq(env->names[i], name))
                return NULL;
        fval v = fv_get(env->context, name);
        if (v)
            return v;
    }
    return NULL;
}

/* ---- three-valued logic ---- */

fval and_values(fval a, fval b)
{
    if (is_false(a) || is_false(b))
        return &fv_false;
    return is_true(a) && is_true(b) ? &fv_true : &fv_null;
}

fval or_values(fval a, fval b)
{
    if (is_true(a) || is_true(b))
        return &fv_true;
    return is_false(a) && is_false(b) ? &fv_false : &fv_null;
}

fval not_value(fval a)
{
    return a->kind == K_BOOL ? fv_bool(!a->b) : &fv_null;
}

/* What is no boolean counts as unknown, and is told. */
static void not_boolean(struct ev *e, fval v)
{
    if (v->kind != K_BOOL && !is_null(v))
        note(e, "%s不是布尔值，“and”“or”按未知处理。", kind_name(v->kind));
}

static fval logic(struct ev *e, const struct node *n, const struct env *env)
{
    bool all = n->op == N_AND;
    fval a = eval(e, n->kid[0], env);
    if (all ? is_false(a) : is_true(a))
        return a;
    fval b = eval(e, n->kid[1], env);
    fval r = all ? and_values(a, b) : or_values(a, b);
    if (is_null(r))
        not_boolean(e, a), not_boolean(e, b);
    return r;
}

/* ---- nodes ---- */

static fval named(struct ev *e, const struct node *n, const struct env *env)
{
    fval v = env_find(env, n->name);
    if (v == NULL)
        v = env_outside(env, n->name);
    if (v)
        return v;
    if (n->value)
        return n->value;
    return null_because(e, "没有名为“%.*s”的变量。%s", STR_ARG(n->name),
                        punctuation_hint(n->name));
}

static fval between(struct ev *e, const struct node *n, const struct env *env)
{
    fval v = eval(e, n->kid[0], env);
    fval low = eval(e, n->kid[1], env), high = eval(e, n->kid[2], env);
    return and_values(fv_compare(e, C_GE, v, low),
                      fv_compare(e, C_LE, v, high));
}

/* A list of one where its item is wanted (10.3.2.15). */
static fval operand(struct ev *e, const struct node *n, const struct env *env)
{
    fval v = eval(e, n, env);
    return v->kind == K_LIST && v->n == 1 ? v->items[0] : v;
}

static fval arithmetic(struct ev *e, const struct node *n,
                       const struct env *env)
{
    fval a = operand(e, n->kid[0], env), b = operand(e, n->kid[1], env);
    switch (n->op) {
    case N_ADD:
        return fv_add(e, a, b);
    case N_SUB:
        return fv_sub(e, a, b);
    case N_MUL:
        return fv_mul(e, a, b);
    case N_DIV:
        return fv_div(e, a, b);
    default:
        return fv_pow(e, a, b);
    }
}

static fval list(struct ev *e, const struct node *n, const struct env *env)
{
    fval *items = ARENA_NEW_N(e->arena, fval, n->n);
    for (uint32_t i = 0; i < n->n; i++)
        items[i] = eval(e, n->kid[i], env);
    return fv_list(e, items, n->n);
}

static fval range(struct ev *e, const struct node *n, const struct env *env)
{
    struct range r = { .low = &fv_null, .high = &fv_null, .low_in = n->flag,
                       .high_in = n->flag2, .no_low = n->kid[0] == NULL,
                       .no_high = n->kid[1] == NULL };
    if (n->kid[0])
        r.low = eval(e, n->kid[0], env);
    if (n->kid[1])
        r.high = n->kid[1] == n->kid[0] ? r.low : eval(e, n->kid[1], env);
    r.apart = n->sub == C_NE;
    return fv_range(e, r);
}

static bool repeated(const struct node *n)
{
    for (uint32_t i = 0; i < n->n_names; i++)
        for (uint32_t k = 0; k < i; k++)
            if (str_eq(n->names[i], n->names[k]))
                return true;
    return false;
}

/* Entries see the ones before them; functions see all, themselves too.  Cells
 * of a relation (flag2) see only what stands outside. */
static fval context(struct ev *e, const struct node *n, const struct env *up)
{
    if (repeated(n))
        return null_because(e, "上下文中有重复的名称。");
    struct env *env = env_new(e, up);
    fval *values = ARENA_NEW_N(e->arena, fval, n->n_names);
    env->names = n->names;
    env->values = values;
    for (uint32_t i = 0; i < n->n_names; i++) {
        fval v = eval(e, n->kid[i], n->flag2 ? up : env);
        values[i] = n->types && n->types[i] ? type_coerce(e, v, n->types[i])
                                            : v;
        env->n = i + 1;
    }
    if (n->flag)
        return eval(e, n->kid[n->n - 1], env);
    struct entry *entries = ARENA_NEW_N(e->arena, struct entry, n->n_names);
    for (uint32_t i = 0; i < n->n_names; i++)
        entries[i] = (struct entry){ n->names[i], values[i] };
    return fv_context(e, entries, n->n_names);
}

static fval function(struct ev *e, const struct node *n, const struct env *env)
{
    struct function *f = ARENA_NEW(e->arena, struct function);
    if (n->sub)
        f->java = java_method(e, eval(e, n->kid[0], env));
    else
        f->body = n->kid[0];
    f->env = env;
    f->names = n->names;
    f->types = n->types;
    f->n = n->n_names;
    f->result = n->type;
    f->element = e->element;
    struct fv *v = fv_new(e, K_FUNCTION);
    v->function = f;
    return v;
}

static fval instance(struct ev *e, const struct node *n, const struct env *env)
{
    fval v = eval(e, n->kid[0], env);
    if (n->type == &type_unknown)
        return null_because(e, "没有这个类型。");
    if (is_null(v))
        return fv_bool(type_core(n->type)->kind == T_NULL);
    return fv_bool(type_is_kind(e, v, n->type));
}

/* ---- paths ---- */

static fval range_property(fval v, str name)
{
    const struct range *r = &v->range;
    if (str_is(name, "start"))
        return r->low;
    if (str_is(name, "end"))
        return r->high;
    if (str_is(name, "start included"))
        return fv_bool(r->low_in);
    if (str_is(name, "end included"))
        return fv_bool(r->high_in);
    return NULL;
}

fval path_value(struct ev *e, fval v, str name)
{
    fval found = NULL;
    if (v->kind == K_LIST) {
        fval *items = ARENA_NEW_N(e->arena, fval, v->n);
        if (too_deep(e) || !spend(e, v->n))
            return null_bound(e, "数据过多或嵌套过深");
        e->depth++;
        for (uint32_t i = 0; i < v->n; i++)
            items[i] = path_value(e, v->items[i], name);
        e->depth--;
        return fv_list(e, items, v->n);
    }
    if (v->kind == K_CONTEXT)
        found = fv_get(v, name);
    else if (v->kind == K_RANGE)
        found = range_property(v, name);
    else
        found = temporal_property(e, v, name);
    if (found)
        return found;
    return null_because(e, "%s没有“%.*s”。", kind_name(v->kind), STR_ARG(name));
}

/* What the name stands for in contexts and lists at any depth, outer before
 * inner (DMN 1.6, 10.3.2.5). */
static void deep_values(struct ev *e, fval v, str name, struct items *l)
{
    if (too_deep(e) || !spend(e, v->n)) {
        null_bound(e, "数据过多或嵌套过深");
        return;
    }
    e->depth++;
    if (v->kind == K_CONTEXT) {
        for (uint32_t i = 0; i < v->n; i++) {
            if (str_eq(v->entries[i].key, name))
                items_add(e, l, v->entries[i].value);
            deep_values(e, v->entries[i].value, name, l);
        }
    } else if (v->kind == K_LIST) {
        for (uint32_t i = 0; i < v->n; i++)
            deep_values(e, v->items[i], name, l);
    }
    e->depth--;
}

static fval deep_path(struct ev *e, fval v, str name)
{
    struct items l = { 0 };
    deep_values(e, v, name, &l); /* nothing inside: the empty list */
    return items_done(e, &l);
}

static fval eval_op(struct ev *e, const struct node *n, const struct env *env)
{
    fval v;
    switch ((enum op)n->op) {
    case N_CONST:
        return n->name.n ? null_because(e, "“%.*s”不是有效的日期、时间、时长"
                                        "或数字。", STR_ARG(n->name))
                         : n->value;
    case N_NAME:
        return named(e, n, env);
    case N_IF:
        v = eval(e, n->kid[0], env);
        if (n->sub && v->kind != K_BOOL && !is_null(v))
            return null_because(e, "条件应是布尔值。");
        return eval(e, n->kid[is_true(v) ? 1 : 2], env);
    case N_FOR:
    case N_SOME:
    case N_EVERY:
        return eval_iteration(e, n, env);
    case N_OR:
    case N_AND:
        return logic(e, n, env);
    case N_COMPARE:
        v = eval(e, n->kid[0], env);
        return fv_compare(e, (enum compare)n->sub, v,
                          eval(e, n->kid[1], env));
    case N_BETWEEN:
        return between(e, n, env);
    case N_IN:
        return eval_in(e, n, env);
    case N_ADD:
    case N_SUB:
    case N_MUL:
    case N_DIV:
    case N_POW:
        return arithmetic(e, n, env);
    case N_NEGATE:
        return fv_negate(e, operand(e, n->kid[0], env));
    case N_INSTANCE:
        return instance(e, n, env);
    case N_PATH:
        return path_value(e, eval(e, n->kid[0], env), n->name);
    case N_DEEP:
        return deep_path(e, eval(e, n->kid[0], env), n->name);
    case N_FILTER:
        return eval_filter(e, n, env);
    case N_CALL:
        return eval_call(e, n, env);
    case N_LIST:
        return list(e, n, env);
    case N_CONTEXT:
        return context(e, n, env);
    case N_RANGE:
        return range(e, n, env);
    case N_FUNCTION:
        return function(e, n, env);
    case N_COERCE:
        return type_coerce(e, eval(e, n->kid[0], env), n->type);
    case N_TABLE:
        return eval_table(e, n->table, env);
    case N_TESTS:
    case N_TEST:
    case N_TEST_EXPR:
    case N_TEST_ANY:
        break; /* not expressions */
    }
    return &fv_null;
}

fval eval(struct ev *e, const struct node *n, const struct env *env)
{
    if (n == NULL || e->bounded_out)
        return &fv_null;
    if (!spend(e, 1))
        return &fv_null;
    if (too_deep(e))
        return null_bound(e, "嵌套或递归过深");
    e->depth++;
    fval v = eval_op(e, n, env);
    e->depth--;
    return e->bounded_out ? &fv_null : v;
}
