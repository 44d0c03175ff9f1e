/* Calling functions: those of the model, those of FEEL, decision services. */
#include "kernel/rules/impl.h"

/* An argument that does not conform makes the whole call null. */
static bool conforming(struct ev *e, const struct function *f, fval *args,
                       fval *values)
{
    for (uint32_t i = 0; i < f->n; i++) {
        values[i] = f->types ? type_coerce(e, args[i], f->types[i]) : args[i];
        if (is_null(values[i]) && !is_null(args[i]))
            return false;
    }
    return true;
}

static fval user_call(struct ev *e, const struct function *f, fval *args)
{
    fval *values = ARENA_NEW_N(e->arena, fval, f->n);
    if (!conforming(e, f, args, values))
        return &fv_null;
    str element = e->element;
    e->element = f->element;
    fval v;
    if (f->service) {
        v = f->service(e, f->what, f->run, values);
    } else if (f->java) {
        v = java_call(e, f->java, values, f->n);
    } else if (f->body == NULL) {
        v = null_because(e, "外部函数不会被执行，结果为空值。");
    } else {
        struct env *env = env_new(e, f->env);
        env->names = f->names;
        env->values = values;
        env->n = f->n;
        v = eval(e, f->body, env);
    }
    v = type_coerce(e, v, f->result);
    e->element = element;
    return v;
}

fval call_function(struct ev *e, fval callee, fval *args, uint32_t n)
{
    if (callee->kind != K_FUNCTION)
        return null_because(e, "%s不是函数，不能调用。",
                            kind_name(callee->kind));
    const struct function *f = callee->function;
    if (f->builtin)
        return builtin_call(e, f->builtin, args, n, NULL);
    if (n != f->n)
        return null_because(e, "函数需要 %u 个参数，给了 %u 个。", f->n, n);
    return user_call(e, f, args);
}

/* Parameters that are not named are null (10.3.2.13.5). */
static fval call_named(struct ev *e, const struct function *f, fval *args,
                       uint32_t n, const str *names)
{
    fval *ordered = ARENA_NEW_N(e->arena, fval, f->n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = 0;
        while (k < f->n && !str_eq(f->names[k], names[i]))
            k++;
        if (k == f->n || ordered[k])
            return null_because(e, "函数没有名为“%.*s”的参数。",
                                STR_ARG(names[i]));
        ordered[k] = args[i];
    }
    for (uint32_t k = 0; k < f->n; k++)
        if (ordered[k] == NULL)
            ordered[k] = &fv_null;
    return user_call(e, f, ordered);
}

/* A variable that is no function does not hide a builtin of its name. */
static fval callee_of(struct ev *e, const struct node *n, const struct env *env)
{
    if (n->op == N_NAME && n->value) {
        fval v = env_find(env, n->name);
        return v && v->kind == K_FUNCTION ? v : n->value;
    }
    return eval(e, n, env);
}

fval eval_call(struct ev *e, const struct node *n, const struct env *env)
{
    fval callee = callee_of(e, n->kid[0], env);
    uint32_t count = n->n - 1;
    fval *args = ARENA_NEW_N(e->arena, fval, count);
    for (uint32_t i = 0; i < count; i++)
        args[i] = eval(e, n->kid[i + 1], env);
    if ((n->n_names == 0 && !n->flag) || callee->kind != K_FUNCTION)
        return call_function(e, callee, args, count);
    const struct function *f = callee->function;
    return f->builtin ? builtin_call(e, f->builtin, args, count,
                                     count ? n->names : NULL)
                      : call_named(e, f, args, count, n->names);
}
