/*
 * Types: whether a value conforms, and the implicit conversions of DMN
 * 10.3.2.9.4 -- an item for a list of one, a list of one for an item, a date
 * for the date-time of its midnight.  What fits in no way becomes null.
 */
#include "kernel/rules/impl.h"

enum { DEPTH = 60 };

const struct type type_any = { .kind = T_ANY };
const struct type type_unknown = { .kind = T_ANY };

static const struct type simple[] = {
    { .kind = T_ANY, .name = { "Any", 3 } },
    { .kind = T_NULL, .name = { "Null", 4 } },
    { .kind = T_BOOL, .name = { "boolean", 7 } },
    { .kind = T_NUMBER, .name = { "number", 6 } },
    { .kind = T_STRING, .name = { "string", 6 } },
    { .kind = T_DATE, .name = { "date", 4 } },
    { .kind = T_TIME, .name = { "time", 4 } },
    { .kind = T_DATETIME, .name = { "date and time", 13 } },
    { .kind = T_DATETIME, .name = { "dateTime", 8 } },
    { .kind = T_DTD, .name = { "days and time duration", 22 } },
    { .kind = T_DTD, .name = { "day and time duration", 21 } },
    { .kind = T_DTD, .name = { "dayTimeDuration", 15 } },
    { .kind = T_YMD, .name = { "years and months duration", 25 } },
    { .kind = T_YMD, .name = { "year and month duration", 23 } },
    { .kind = T_YMD, .name = { "yearMonthDuration", 17 } },
    { .kind = T_LIST, .name = { "list", 4 }, .element = &type_any },
    { .kind = T_CONTEXT, .name = { "context", 7 } },
    { .kind = T_RANGE, .name = { "range", 5 }, .element = &type_any },
    { .kind = T_FUNCTION, .name = { "function", 8 } },
};

const struct type *type_builtin(str name)
{
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        if (str_eq(simple[i].name, name))
            return &simple[i];
    return NULL;
}

const struct type *type_core(const struct type *t)
{
    for (int i = 0; t && t->base && i < DEPTH; i++)
        t = t->base;
    return t;
}

static bool members_conform(struct ev *e, fval v, const struct type *t,
                            int depth)
{
    for (uint32_t i = 0; i < t->n; i++) {
        fval m = fv_get(v, t->members[i].name);
        if (m == NULL || !type_conforms(e, m, t->members[i].type, depth))
            return false;
    }
    return true;
}

static bool items_conform(struct ev *e, fval v, const struct type *t, int depth)
{
    for (uint32_t i = 0; t->element && i < v->n; i++)
        if (!type_conforms(e, v->items[i], t->element, depth))
            return false;
    return true;
}

/* Whether every value of a is one of b. */
static bool type_within(const struct type *a, const struct type *b, int depth)
{
    a = type_core(a);
    b = type_core(b);
    if (a == NULL || b == NULL || b->kind == T_ANY || a == b ||
        a->kind == T_NULL)
        return true;
    if (a->kind != b->kind || depth-- == 0)
        return false;
    if ((a->kind == T_LIST || a->kind == T_RANGE) && a->element && b->element)
        return type_within(a->element, b->element, depth);
    if (a->kind != T_CONTEXT)
        return true;
    for (uint32_t i = 0; i < b->n; i++) {
        bool has = false;
        for (uint32_t k = 0; k < a->n && !has; k++)
            has = str_eq(a->members[k].name, b->members[i].name) &&
                  type_within(a->members[k].type, b->members[i].type, depth);
        if (!has)
            return false;
    }
    return true;
}

static bool gives(struct ev *e, const struct function *f, const struct node *n,
                  const struct type *t, int depth);

/* A context as written: whether it has the members of t. */
static bool gives_members(struct ev *e, const struct function *f,
                          const struct node *n, const struct type *t, int depth)
{
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t k = 0;
        while (k < n->n_names && !str_eq(n->names[k], t->members[i].name))
            k++;
        if (k == n->n_names ||
            !gives(e, f, n->kid[k], t->members[i].type, depth))
            return false;
    }
    return true;
}

static bool gives_parameter(const struct function *f, str name,
                            const struct type *t)
{
    for (uint32_t i = 0; f->types && i < f->n; i++)
        if (str_eq(f->names[i], name) && f->types[i])
            return type_within(f->types[i], t, DEPTH);
    return true;
}

/* What the body of a function is known to give before it is called: false only
 * where it is surely something else than t. */
static bool gives(struct ev *e, const struct function *f, const struct node *n,
                  const struct type *t, int depth)
{
    t = type_core(t);
    if (n == NULL || t == NULL || t->kind == T_ANY || depth-- == 0)
        return true;
    switch ((enum op)n->op) {
    case N_CONST:
        return type_conforms(e, n->value, t, depth);
    case N_NAME:
        return gives_parameter(f, n->name, t);
    case N_IF:
        return gives(e, f, n->kid[1], t, depth) &&
               gives(e, f, n->kid[2], t, depth);
    case N_CONTEXT:
        return n->flag || (t->kind == T_CONTEXT &&
                           gives_members(e, f, n, t, depth));
    case N_LIST:
        for (uint32_t i = 0; i < n->n && t->kind == T_LIST; i++)
            if (!gives(e, f, n->kid[i], t->element, depth))
                return false;
        return t->kind == T_LIST;
    case N_FOR:
        return t->kind == T_LIST;
    case N_COMPARE:
    case N_BETWEEN:
    case N_IN:
    case N_INSTANCE:
    case N_SOME:
    case N_EVERY:
    case N_AND:
    case N_OR:
        return t->kind == T_BOOL;
    default:
        return true;
    }
}

/* Parameters must take at least what the type promises to pass; a parameter
 * without a type takes anything. */
static bool function_conforms(struct ev *e, const struct function *f,
                              const struct type *t)
{
    if (t->members == NULL && t->element == NULL)
        return true;
    if (f->builtin)
        return t->n >= f->builtin->least && t->n <= f->builtin->most;
    if (f->n != t->n)
        return false;
    for (uint32_t i = 0; f->types && i < f->n; i++)
        if (f->types[i] && f->types[i]->kind != T_ANY &&
            !type_within(t->members[i].type, f->types[i], DEPTH))
            return false;
    if (f->result == NULL || f->result->kind == T_ANY)
        return gives(e, f, f->body, t->element, DEPTH);
    return type_within(f->result, t->element, DEPTH);
}

static bool range_conforms(struct ev *e, const struct range *r,
                           const struct type *t, int depth)
{
    return t->element == NULL ||
           (type_conforms(e, r->low, t->element, depth) &&
            type_conforms(e, r->high, t->element, depth));
}

static bool kind_conforms(struct ev *e, fval v, const struct type *t,
                          int depth)
{
    switch ((enum type_kind)t->kind) {
    case T_ANY:
        return true;
    case T_NULL:
        return is_null(v);
    case T_BOOL:
        return v->kind == K_BOOL;
    case T_NUMBER:
        return v->kind == K_NUMBER;
    case T_STRING:
        return v->kind == K_STRING;
    case T_DATE:
        return v->kind == K_DATE;
    case T_TIME:
        return v->kind == K_TIME;
    case T_DATETIME:
        return v->kind == K_DATETIME;
    case T_DTD:
        return v->kind == K_DTD;
    case T_YMD:
        return v->kind == K_YMD;
    case T_LIST:
        return v->kind == K_LIST && items_conform(e, v, t, depth);
    case T_CONTEXT:
        return v->kind == K_CONTEXT && members_conform(e, v, t, depth);
    case T_RANGE:
        return v->kind == K_RANGE && range_conforms(e, &v->range, t, depth);
    case T_FUNCTION:
        return v->kind == K_FUNCTION && function_conforms(e, v->function, t);
    }
    return false;
}

bool type_conforms(struct ev *e, fval v, const struct type *t, int depth)
{
    if (t == NULL || is_null(v))
        return true;
    if (depth-- == 0 || (t->base && !type_conforms(e, v, t->base, depth)) ||
        !kind_conforms(e, v, t, depth))
        return false;
    return t->allowed == NULL || e->kind_only ||
           is_true(eval_tests(e, t->allowed, v, NULL));
}

/* One conversion, not one after the other: [[1]] is no number. */
static fval converted(struct ev *e, fval v, const struct type *t)
{
    t = type_core(t);
    if (t->kind == T_DATETIME && v->kind == K_DATE)
        return date_at_midnight(e, v, true);
    if (v->kind == K_LIST && v->n == 1 && t->kind != T_LIST)
        return v->items[0];
    if (t->kind == T_LIST && v->kind != K_LIST) {
        struct items l = { 0 };
        items_add(e, &l, v);
        return items_done(e, &l);
    }
    return NULL;
}

bool type_is_kind(struct ev *e, fval v, const struct type *t)
{
    bool outer = e->kind_only;
    e->kind_only = true;
    bool is = type_conforms(e, v, t, DEPTH);
    e->kind_only = outer;
    return is;
}

fval type_coerce(struct ev *e, fval v, const struct type *t)
{
    if (t == NULL || type_conforms(e, v, t, DEPTH))
        return v;
    fval c = converted(e, v, t);
    if (c && type_conforms(e, c, t, DEPTH))
        return c;
    bool kind = type_is_kind(e, v, t) || (c && type_is_kind(e, c, t));
    return null_because(e, kind ? "%s不在类型“%.*s”允许的值之内。"
                                : "值为%s，与声明的类型“%.*s”不符。",
                        kind_name(v->kind), STR_ARG(type_text(e->arena, t)));
}

/* ---- what comes from outside ---- */

static fval text_read(struct ev *e, fval v, const struct type *t)
{
    fval r = NULL;
    str s = str_trim(v->s);
    switch ((enum type_kind)t->kind) {
    case T_DATE:
        r = date_parse(e, s);
        break;
    case T_TIME:
        r = time_parse(e, s);
        break;
    case T_DATETIME:
        r = datetime_parse(e, s);
        if (r == NULL)
            r = date_parse(e, s);
        break;
    case T_DTD:
    case T_YMD:
        r = duration_parse(e, s);
        break;
    default:
        break;
    }
    return r ? r : v;
}

/* Members read by their types; one that was left out is null. */
static fval context_read(struct ev *e, fval v, const struct type *t, int depth)
{
    struct entry *entries = ARENA_NEW_N(e->arena, struct entry, v->n + t->n);
    uint32_t n = v->n;
    for (uint32_t i = 0; i < n; i++)
        entries[i] = v->entries[i];
    for (uint32_t k = 0; k < t->n; k++) {
        const struct member *m = &t->members[k];
        uint32_t i = 0;
        while (i < v->n && !str_eq(entries[i].key, m->name))
            i++;
        if (i < v->n)
            entries[i].value = type_read(e, entries[i].value, m->type, depth);
        else
            entries[n++] = (struct entry){ m->name, &fv_null };
    }
    return fv_context(e, entries, n);
}

fval type_read(struct ev *e, fval v, const struct type *t, int depth)
{
    t = type_core(t);
    if (t == NULL || t->kind == T_ANY || depth-- == 0)
        return v;
    if (t->kind == T_LIST && t->element && v->kind == K_LIST) {
        struct items l = { 0 };
        for (uint32_t i = 0; i < v->n; i++)
            items_add(e, &l, type_read(e, v->items[i], t->element, depth));
        return items_done(e, &l);
    }
    if (t->kind == T_LIST && t->element)
        return type_read(e, v, t->element, depth);
    if (t->kind == T_CONTEXT && v->kind == K_CONTEXT && t->n)
        return context_read(e, v, t, depth);
    return v->kind == K_STRING && !e->exact_input ? text_read(e, v, t) : v;
}

str type_text(struct arena *a, const struct type *t)
{
    static const str kinds[] = {
        [T_ANY] = { "Any", 3 },          [T_NULL] = { "Null", 4 },
        [T_BOOL] = { "boolean", 7 },     [T_NUMBER] = { "number", 6 },
        [T_STRING] = { "string", 6 },    [T_DATE] = { "date", 4 },
        [T_TIME] = { "time", 4 },        [T_DATETIME] = { "date and time", 13 },
        [T_DTD] = { "days and time duration", 22 },
        [T_YMD] = { "years and months duration", 25 },
        [T_LIST] = { "list", 4 },        [T_CONTEXT] = { "context", 7 },
        [T_RANGE] = { "range", 5 },      [T_FUNCTION] = { "function", 8 },
    };
    if (t == NULL)
        return kinds[T_ANY];
    if (!str_is_none(t->name) && t->name.n)
        return t->name;
    t = type_core(t);
    if (t->kind == T_LIST && t->element)
        return arena_printf(a, "list<%.*s>", STR_ARG(type_text(a, t->element)));
    return kinds[t->kind];
}
