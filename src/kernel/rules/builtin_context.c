/* Context functions (DMN 1.5, 10.3.4.10). */
#include "kernel/rules/impl.h"

#include <string.h>

static fval put(struct ev *e, fval context, str key, fval value)
{
    struct entry *entries =
        ARENA_NEW_N(e->arena, struct entry, context->n + 1);
    uint32_t n = context->n, at = 0;
    if (n)
        memcpy(entries, context->entries, n * sizeof *entries);
    while (at < n && !str_eq(entries[at].key, key))
        at++;
    entries[at] = (struct entry){ key, value };
    return fv_context(e, entries, at == n ? n + 1 : n);
}

static fval get_value(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval v = fv_get(args[0], args[1]->s);
    return v ? v : null_because(e, "上下文没有“%.*s”。", STR_ARG(args[1]->s));
}

static bool keys(struct ev *e, fval list)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (list->items[i]->kind != K_STRING) {
            note(e, "名称应是字符串。");
            return false;
        }
    return list->n > 0;
}

static fval get_by_path(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval v = args[0];
    if (!keys(e, args[1]))
        return &fv_null;
    for (uint32_t i = 0; i < args[1]->n; i++) {
        v = v->kind == K_CONTEXT ? fv_get(v, args[1]->items[i]->s) : NULL;
        if (v == NULL)
            return null_because(e, "上下文没有该路径。");
    }
    return v;
}

static fval entry_context(struct ev *e, str key, fval value)
{
    struct entry *two = ARENA_NEW_N(e->arena, struct entry, 2);
    two[0] = (struct entry){ STR("key"), fv_string(e, key) };
    two[1] = (struct entry){ STR("value"), value };
    return fv_context(e, two, 2);
}

static fval get_entries(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct items l = { 0 };
    for (uint32_t i = 0; i < args[0]->n; i++)
        items_add(e, &l,
                  entry_context(e, args[0]->entries[i].key,
                                args[0]->entries[i].value));
    return items_done(e, &l);
}

/* context([{key: "a", value: 1}]) */
static fval context_of(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval list = args[0];
    struct entry *entries = ARENA_NEW_N(e->arena, struct entry, list->n);
    for (uint32_t i = 0; i < list->n; i++) {
        fval item = list->items[i];
        fval key = item->kind == K_CONTEXT ? fv_get(item, STR("key")) : NULL;
        fval value = key ? fv_get(item, STR("value")) : NULL;
        if (key == NULL || value == NULL || key->kind != K_STRING)
            return null_because(e, "每一项应有 key 和 value。");
        for (uint32_t k = 0; k < i; k++)
            if (str_eq(entries[k].key, key->s))
                return null_because(e, "名称“%.*s”重复。", STR_ARG(key->s));
        entries[i] = (struct entry){ key->s, value };
    }
    return fv_context(e, entries, list->n);
}

static fval context_put(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return put(e, args[0], args[1]->s, args[2]);
}

static fval put_at(struct ev *e, fval context, fval path, uint32_t i, fval v)
{
    str key = path->items[i]->s;
    if (i + 1 < path->n) {
        fval inside = fv_get(context, key);
        if (inside == NULL || inside->kind != K_CONTEXT)
            return null_because(e, "上下文没有该路径。");
        if (too_deep(e))
            return null_bound(e, "路径过长");
        e->depth++;
        v = put_at(e, inside, path, i + 1, v);
        e->depth--;
        if (is_null(v))
            return v;
    }
    return put(e, context, key, v);
}

static fval context_put_path(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return keys(e, args[1]) ? put_at(e, args[0], args[1], 0, args[2])
                            : &fv_null;
}

static fval context_merge(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval merged = fv_context(e, NULL, 0);
    for (uint32_t i = 0; i < args[0]->n; i++) {
        fval c = args[0]->items[i];
        if (c->kind != K_CONTEXT)
            return null_because(e, "列表的每一项应是上下文。");
        for (uint32_t k = 0; k < c->n; k++)
            merged = put(e, merged, c->entries[k].key, c->entries[k].value);
    }
    return merged;
}

const struct builtin builtins_context[] = {
    { "get value", get_value, 2, 2, FIXED, { { "m", 'c' }, { "key", 's' } } },
    { "get value", get_by_path, 2, 2, FIXED,
      { { "m", 'c' }, { "keys", 'l' } } },
    { "get entries", get_entries, 1, 1, FIXED, { { "m", 'c' } } },
    { "context", context_of, 1, 1, FIXED, { { "entries", 'l' } } },
    { "context put", context_put, 3, 3, FIXED,
      { { "context", 'c' }, { "key", 's' }, { "value", 'A' } } },
    { "context put", context_put_path, 3, 3, FIXED,
      { { "context", 'c' }, { "keys", 'l' }, { "value", 'A' } } },
    { "context merge", context_merge, 1, 1, FIXED, { { "contexts", 'l' } } },
    { 0 },
};
