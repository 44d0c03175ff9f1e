/* Values as text (string()), and to and from the trees of other rooms. */
#include "kernel/rules/impl.h"

#include <string.h>

enum { DEPTH = 100 };

/* Bytes that grow in the arena: no free, so a bound may cut in anywhere. */
struct text {
    struct ev *e;
    char *p;
    size_t n, cap;
};

static void put(struct text *t, str s)
{
    if (t->n + s.n > t->cap) {
        size_t cap = t->cap * 2 > t->n + s.n ? t->cap * 2 : t->n + s.n + 64;
        char *p = arena_alloc(t->e->arena, cap);
        if (t->n)
            memcpy(p, t->p, t->n);
        t->p = p;
        t->cap = cap;
    }
    if (s.n)
        memcpy(t->p + t->n, s.p, s.n);
    t->n += s.n;
}

static void put_value(struct text *t, fval v, int depth, bool quoted);

static void put_quoted(struct text *t, str s)
{
    put(t, STR("\""));
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '"' && s.p[i] != '\\')
            continue;
        put(t, str_slice(s, from, i));
        put(t, STR("\\"));
        from = i;
    }
    put(t, str_slice(s, from, s.n));
    put(t, STR("\""));
}

static void put_list(struct text *t, fval v, int depth)
{
    put(t, STR("["));
    for (uint32_t i = 0; i < v->n; i++) {
        if (i)
            put(t, STR(", "));
        put_value(t, v->items[i], depth, true);
    }
    put(t, STR("]"));
}

static void put_context(struct text *t, fval v, int depth)
{
    put(t, STR("{"));
    for (uint32_t i = 0; i < v->n; i++) {
        if (i)
            put(t, STR(", "));
        if (feel_is_name(v->entries[i].key))
            put(t, v->entries[i].key);
        else
            put_quoted(t, v->entries[i].key);
        put(t, STR(": "));
        put_value(t, v->entries[i].value, depth, true);
    }
    put(t, STR("}"));
}

static void put_range(struct text *t, const struct range *r, int depth)
{
    put(t, r->low_in ? STR("[") : STR("("));
    if (!r->no_low)
        put_value(t, r->low, depth, true);
    put(t, STR(".."));
    if (!r->no_high)
        put_value(t, r->high, depth, true);
    put(t, r->high_in ? STR("]") : STR(")"));
}

static void put_temporal(struct text *t, fval v, bool quoted)
{
    if (quoted)
        put(t, STR("@\""));
    put(t, temporal_text(t->e, v));
    if (quoted)
        put(t, STR("\""));
}

static void put_value(struct text *t, fval v, int depth, bool quoted)
{
    char number[DECIMAL_TEXT];
    if (depth-- == 0 || t->n > FEEL_MAX_STRING)
        return;
    switch (v->kind) {
    case K_NULL:
        put(t, STR("null"));
        return;
    case K_BOOL:
        put(t, v->b ? STR("true") : STR("false"));
        return;
    case K_NUMBER:
        put(t, decimal_text(v->number, number));
        return;
    case K_STRING:
        if (quoted)
            put_quoted(t, v->s);
        else
            put(t, v->s);
        return;
    case K_LIST:
        put_list(t, v, depth);
        return;
    case K_CONTEXT:
        put_context(t, v, depth);
        return;
    case K_RANGE:
        put_range(t, &v->range, depth);
        return;
    case K_FUNCTION:
        put(t, STR("function"));
        return;
    default:
        put_temporal(t, v, quoted);
    }
}

fval fv_to_string(struct ev *e, fval v)
{
    if (v->kind == K_STRING)
        return v;
    struct text t = { .e = e };
    put_value(&t, v, DEPTH, false);
    return fv_string(e, (str){ t.p, t.n });
}

/* ---- trees ---- */

static fval number_from_text(struct ev *e, str text)
{
    struct decimal d;
    return decimal_parse(text, &d) ? fv_number(e, d)
                                   : null_because(e, "数字超出范围。");
}

static fval list_from_tree(struct ev *e, const struct value *v, int depth)
{
    struct items l = { 0 };
    for (const struct value *c = v->first; c; c = c->next)
        items_add(e, &l, fv_from_tree(e, c, depth));
    return items_done(e, &l);
}

static fval context_from_tree(struct ev *e, const struct value *v, int depth)
{
    struct entry *entries = ARENA_NEW_N(e->arena, struct entry, v->count);
    uint32_t n = 0;
    for (const struct value *c = v->first; c; c = c->next)
        entries[n++] = (struct entry){ c->key, fv_from_tree(e, c, depth) };
    return fv_context(e, entries, n);
}

static fval inst_value(struct ev *e, inst t)
{
    int64_t local = t.ms + 8 * 3600 * 1000;
    int64_t days = local / 86400000, ms = local % 86400000;
    if (ms < 0)
        ms += 86400000, days--;
    struct civil c;
    if (!civil_of_days(days, &c))
        return null_because(e, "时刻超出范围。");
    return fv_datetime(e, c,
                       (struct clocktime){
                           .second = (int32_t)(ms / 1000),
                           .nano = (int32_t)(ms % 1000 * 1000000),
                           .has_offset = true,
                           .offset = 8 * 3600 });
}

fval now_value(struct ev *e)
{
    return inst_value(e, e->now);
}

fval fv_from_tree(struct ev *e, const struct value *v, int depth)
{
    struct civil c;
    if (v == NULL || depth-- == 0)
        return &fv_null;
    switch ((enum value_kind)v->kind) {
    case VALUE_NULL:
        return &fv_null;
    case VALUE_BOOL:
        return fv_bool(v->i != 0);
    case VALUE_INT:
        return fv_int(e, v->i);
    case VALUE_DECIMAL:
        return number_from_text(e, v->text);
    case VALUE_TEXT:
    case VALUE_HTML:
        return fv_string(e, v->text);
    case VALUE_DAY:
        if (!civil_of_days(v->i, &c))
            return &fv_null;
        return fv_date(e, c);
    case VALUE_INST:
        return inst_value(e, (inst){ v->i });
    case VALUE_FEN:
        return fv_number(e, decimal_scaled(v->i, 2));
    case VALUE_LIST:
        return list_from_tree(e, v, depth);
    case VALUE_OBJECT:
        return context_from_tree(e, v, depth);
    }
    return &fv_null;
}

static struct value *number_to_tree(struct ev *e, fval v)
{
    int64_t i;
    char text[DECIMAL_TEXT];
    if (decimal_int64(v->number, &i))
        return value_int(e->arena, i);
    struct value *tree = value_new(e->arena, VALUE_DECIMAL);
    tree->text = arena_str(e->arena, decimal_text(v->number, text));
    return tree;
}

static struct value *date_to_tree(struct ev *e, fval v)
{
    if (v->date.year < 1600 || v->date.year > 9999)
        return value_text(e->arena, temporal_text(e, v));
    struct value *tree = value_new(e->arena, VALUE_DAY);
    tree->i = civil_days(v->date);
    return tree;
}

static struct value *list_to_tree(struct ev *e, fval v, int depth)
{
    struct value *tree = value_new(e->arena, VALUE_LIST);
    for (uint32_t i = 0; i < v->n; i++)
        value_push(tree, fv_to_tree(e, v->items[i], depth));
    return tree;
}

static struct value *context_to_tree(struct ev *e, fval v, int depth)
{
    struct value *tree = value_new(e->arena, VALUE_OBJECT);
    for (uint32_t i = 0; i < v->n; i++)
        value_add(tree, v->entries[i].key,
                  fv_to_tree(e, v->entries[i].value, depth));
    return tree;
}

struct value *fv_to_tree(struct ev *e, fval v, int depth)
{
    if (depth-- == 0)
        return value_new(e->arena, VALUE_NULL);
    switch (v->kind) {
    case K_NULL:
    case K_FUNCTION:
        return value_new(e->arena, VALUE_NULL);
    case K_BOOL:
        return value_bool(e->arena, v->b);
    case K_NUMBER:
        return number_to_tree(e, v);
    case K_STRING:
        return value_text(e->arena, v->s);
    case K_DATE:
        return date_to_tree(e, v);
    case K_LIST:
        return list_to_tree(e, v, depth);
    case K_CONTEXT:
        return context_to_tree(e, v, depth);
    default: /* times, durations, ranges */
        return value_text(e->arena, fv_to_string(e, v)->s);
    }
}
