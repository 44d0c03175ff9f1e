/*
 * Calling the functions FEEL brings along: which overload is meant, arguments
 * into their places, a list of one for an item and an item for a list of one
 * (DMN 10.3.2.9.4), null for null unless the function says otherwise.
 */
#include "kernel/rules/impl.h"

#include <ctype.h>

static const struct builtin *const tables[] = {
    builtins_conversion, builtins_string, builtins_list, builtins_aggregate,
    builtins_number,     builtins_time,   builtins_range, builtins_context,
};

_Static_assert(sizeof tables / sizeof *tables == BUILTIN_TABLES, "as said");

const struct builtin *builtin_find(str name)
{
    for (size_t t = 0; t < BUILTIN_TABLES; t++)
        for (const struct builtin *b = tables[t]; b->name; b++)
            if (str_is(name, b->name))
                return b;
    return NULL;
}

str builtin_name(uint32_t table, uint32_t i)
{
    return str_of(tables[table][i].name);
}

fval builtin_value(struct arena *a, str name)
{
    const struct builtin *b = builtin_find(name);
    if (b == NULL)
        return NULL;
    struct function *f = ARENA_NEW(a, struct function);
    struct fv *v = ARENA_NEW(a, struct fv);
    f->builtin = b;
    v->kind = K_FUNCTION;
    v->function = f;
    return v;
}

/* ---- arguments ---- */

enum fit { FITS, IS_NULL, MISFIT };

static bool kind_fits(char type, fval v)
{
    switch (type) {
    case 'n':
        return v->kind == K_NUMBER;
    case 's':
        return v->kind == K_STRING;
    case 'b':
        return v->kind == K_BOOL;
    case 'd':
        return v->kind == K_DATE || v->kind == K_DATETIME;
    case 't':
        return v->kind == K_TIME;
    case 'u':
        return v->kind == K_DTD;
    case 'c':
        return v->kind == K_CONTEXT;
    case 'r':
        return v->kind == K_RANGE;
    case 'f':
        return v->kind == K_FUNCTION;
    default:
        return true;
    }
}

/* A list of one is unwrapped only where the item is what is wanted. */
static enum fit fitted(struct ev *e, char type, fval *v)
{
    char low = (char)tolower(type);
    if (is_null(*v))
        return low != type ? FITS : IS_NULL;
    if (low == 'a')
        return FITS;
    if (low == 'l') {
        if ((*v)->kind != K_LIST) {
            struct items l = { 0 };
            items_add(e, &l, *v);
            *v = items_done(e, &l);
        }
        return FITS;
    }
    if ((*v)->kind == K_LIST && (*v)->n == 1 && kind_fits(low, (*v)->items[0]))
        *v = (*v)->items[0];
    if (is_null(*v))
        return low != type ? FITS : IS_NULL;
    return kind_fits(low, *v) ? FITS : MISFIT;
}

static uint32_t param_count(const struct builtin *b)
{
    uint32_t n = 0;
    while (n < BUILTIN_PARAMS && b->params[n].name)
        n++;
    return n;
}

/* Arguments by name into their places; NULL for those left out. */
static bool by_name(const struct builtin *b, fval *args, uint32_t n,
                    const str *names, fval *out)
{
    uint32_t params = param_count(b);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = 0;
        while (k < params && !str_is(names[i], b->params[k].name))
            k++;
        if (k == params || out[k])
            return false;
        out[k] = args[i];
    }
    for (uint32_t k = 0; k < b->least; k++)
        if (out[k] == NULL)
            out[k] = &fv_null;
    return n > 0;
}

/* The arguments of one overload; false if it is not the one meant. */
static bool arranged(struct ev *e, const struct builtin *b, fval *args,
                     uint32_t n, const str *names, fval **out, uint32_t *count)
{
    uint32_t params = param_count(b);
    *count = params;
    if (names) {
        *out = ARENA_NEW_N(e->arena, fval, params + 1);
        return by_name(b, args, n, names, *out);
    }
    if (b->more == ITEMS && n > 1) {
        *out = ARENA_NEW_N(e->arena, fval, 1);
        (*out)[0] = fv_list(e, args, n);
        *count = 1;
        return true;
    }
    if (n < b->least || (b->more != REST && n > b->most))
        return false;
    uint32_t room = n > params ? n : params;
    *out = ARENA_NEW_N(e->arena, fval, room + 1);
    for (uint32_t i = 0; i < n; i++)
        (*out)[i] = args[i];
    if (b->more == REST)
        *count = n;
    return true;
}

static enum fit all_fitted(struct ev *e, const struct builtin *b, fval *args,
                           uint32_t n)
{
    uint32_t params = param_count(b);
    enum fit worst = FITS;
    for (uint32_t i = 0; i < n; i++) {
        const struct parameter *p = &b->params[i < params ? i : params - 1];
        if (args[i] == NULL)
            continue;
        enum fit f = fitted(e, p->type, &args[i]);
        if (f > worst)
            worst = f;
    }
    return worst;
}

/* Some forms differ in nothing but the order of the same names: what the
 * caller wrote down tells them apart. */
static bool in_order(const struct builtin *b, uint32_t n, const str *names)
{
    for (uint32_t i = 0; i < n; i++)
        if (i >= BUILTIN_PARAMS || b->params[i].name == NULL ||
            !str_is(names[i], b->params[i].name))
            return false;
    return true;
}

static bool of_name(const struct builtin *b, const char *name)
{
    return b->name && str_is(str_of(b->name), name);
}

static const struct builtin *written(const struct builtin *first, uint32_t n,
                                     const str *names)
{
    for (const struct builtin *b = first; of_name(b, first->name); b++)
        if (in_order(b, n, names))
            return b;
    return first;
}

/* What going through the arguments once costs. */
static uint64_t work(fval *args, uint32_t n)
{
    uint64_t steps = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (args[i] && (args[i]->kind == K_LIST || args[i]->kind == K_CONTEXT))
            steps += args[i]->n;
        else if (args[i] && args[i]->kind == K_STRING)
            steps += args[i]->s.n / 64;
    }
    return steps;
}

fval builtin_call(struct ev *e, const struct builtin *first, fval *args,
                  uint32_t n, const str *names)
{
    bool null = false, any = false;
    for (const struct builtin *b = names ? written(first, n, names) : first;
         of_name(b, first->name); b++) {
        fval *ready;
        uint32_t count;
        if (!arranged(e, b, args, n, names, &ready, &count))
            continue;
        any = true;
        enum fit f = all_fitted(e, b, ready, count);
        if (f == FITS)
            return spend(e, work(ready, count)) ? b->run(e, ready, count)
                                                : &fv_null;
        null |= f == IS_NULL;
    }
    if (null)
        return null_because(e, "函数“%s”的参数为空值。", first->name);
    return null_because(e, any ? "函数“%s”的参数类型不对。"
                               : "函数“%s”的参数个数或名称不对。",
                        first->name);
}
