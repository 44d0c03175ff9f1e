/*
 * Variables live in scopes: a process, a called process, one instance of a
 * multi-instance, a sub-process with inputs of its own.  A name is looked for
 * from the inside out; a called process sees only what was handed to it.
 */
#include "kernel/flow/engine_impl.h"

struct value *flow_value_copied(struct arena *a, const struct value *v)
{
    if (v == NULL)
        return value_new(a, VALUE_NULL);
    struct value *copy = value_new(a, v->kind);
    copy->text = arena_str(a, v->text);
    copy->i = v->i;
    copy->style = v->style;
    for (const struct value *m = v->first; m; m = m->next) {
        struct value *inner = flow_value_copied(a, m);
        if (v->kind == VALUE_OBJECT)
            value_add(copy, arena_str(a, m->key), inner);
        else
            value_push(copy, inner);
    }
    return copy;
}

static uint32_t outside(const struct flow_scope *s)
{
    return s->kind == FLOW_ROOT || s->kind == FLOW_CALLED ? 0 : s->parent;
}

const struct value *flow_var_get(const struct flow_case *c, uint32_t scope,
                                 str name)
{
    while (scope) {
        const struct flow_scope *s = flow_scope_of(c, scope);
        const struct value *v = s->vars ? value_get(s->vars, name) : NULL;
        if (v)
            return v;
        scope = outside(s);
    }
    return NULL;
}

static void shadow(struct arena *a, struct value *all, const struct value *vars)
{
    for (const struct value *m = vars->first; m; m = m->next) {
        if (value_get(all, m->key))
            continue;
        /* The members are only read: a shallow copy shares their insides. */
        struct value *shared = value_new(a, m->kind);
        *shared = *m;
        shared->next = NULL;
        value_add(all, m->key, shared);
    }
}

const struct value *flow_visible(struct flow_case *c, uint32_t scope)
{
    const struct value *only = NULL;
    struct value *all = NULL;
    while (scope) {
        const struct flow_scope *s = flow_scope_of(c, scope);
        if (s->vars && only == NULL)
            only = s->vars;
        else if (s->vars) {
            if (all == NULL) {
                all = value_new(&c->scratch, VALUE_OBJECT);
                shadow(&c->scratch, all, only);
            }
            shadow(&c->scratch, all, s->vars);
        }
        scope = outside(s);
    }
    if (all)
        return all;
    return only ? only : value_new(&c->scratch, VALUE_OBJECT);
}

static uint64_t size_of(const struct value *v)
{
    uint64_t n = sizeof *v + v->text.n + v->key.n;
    for (const struct value *m = v->first; m; m = m->next)
        n += size_of(m);
    return n;
}

void flow_var_set_here(struct flow_case *c, uint32_t scope, str name,
                       const struct value *v)
{
    struct flow_scope *s = flow_scope_of(c, scope);
    if (s->vars == NULL)
        s->vars = value_new(c->arena, VALUE_OBJECT);
    struct value *old = (struct value *)value_get(s->vars, name);
    struct value *copy = flow_value_copied(c->arena, v);
    c->written += size_of(copy);
    if (old == NULL) {
        value_add(s->vars, arena_str(c->arena, name), copy);
        return;
    }
    copy->key = old->key;
    copy->next = old->next;
    *old = *copy;
}

void flow_var_set(struct flow_case *c, uint32_t scope, str name,
                  const struct value *v)
{
    for (uint32_t at = scope; at;) {
        const struct flow_scope *s = flow_scope_of(c, at);
        if (s->vars && value_get(s->vars, name)) {
            flow_var_set_here(c, at, name, v);
            return;
        }
        scope = at;
        at = outside(s);
    }
    flow_var_set_here(c, scope, name, v);
}

void flow_var_merge(struct flow_case *c, uint32_t scope,
                    const struct value *data)
{
    if (data == NULL || data->kind != VALUE_OBJECT)
        return;
    for (const struct value *m = data->first; m; m = m->next)
        flow_var_set(c, scope, m->key, m);
}

struct arena flow_temp_begin(struct flow_case *c)
{
    struct arena kept = c->scratch;
    c->scratch = c->temp;
    return kept;
}

void flow_temp_end(struct flow_case *c, struct arena kept)
{
    arena_reset(&c->scratch);
    c->temp = c->scratch;
    c->scratch = kept;
}

bool flow_holds(struct flow_case *c, const struct expression *x,
                uint32_t scope, str *note)
{
    str why = str_none;
    struct arena kept = flow_temp_begin(c);
    bool yes = expression_holds(x, &c->scratch, flow_visible(c, scope), c->now,
                                &why, &c->work);
    if (note && why.n)
        *note = arena_str(c->out->arena, why);
    flow_temp_end(c, kept);
    return yes;
}

str flow_text_of(struct flow_case *c, uint32_t scope, str text,
                 const struct expression *x)
{
    if (x == NULL)
        return text;
    const struct value *v =
        expression_run(x, &c->scratch, flow_visible(c, scope), c->now, NULL,
                       &c->work);
    if (v->kind == VALUE_TEXT)
        return arena_str(c->arena, v->text);
    if (v->kind == VALUE_NULL)
        return STR("");
    struct buf b = { 0 };
    if (v->kind == VALUE_LIST)
        for (const struct value *m = v->first; m; m = m->next) {
            buf_put(&b, m == v->first ? STR("") : STR(","));
            value_write_page(m, &b);
        }
    else
        value_write_page(v, &b);
    str s = arena_str(c->arena, buf_str(&b));
    buf_free(&b);
    return str_is_none(s) ? STR("") : s;
}

static const struct value *mapped(struct flow_case *c,
                                  const struct bpmn_mapping *m, uint32_t scope)
{
    if (m->literal)
        return value_text(&c->scratch, m->source);
    if (m->x == NULL)
        return value_new(&c->scratch, VALUE_NULL);
    return expression_run(m->x, &c->scratch, flow_visible(c, scope), c->now,
                          NULL, &c->work);
}

void flow_map_inputs(struct flow_case *c, const struct bpmn_node *n,
                     uint32_t from, uint32_t to)
{
    for (int i = 0; i < n->input_count; i++)
        if (n->inputs[i].target.n)
            flow_var_set_here(c, to, n->inputs[i].target,
                              mapped(c, &n->inputs[i], from));
}

static void put(struct value *all, struct arena *a, str name,
                const struct value *v)
{
    struct value *copy = flow_value_copied(a, v);
    struct value *old = (struct value *)value_get(all, name);
    if (old == NULL) {
        value_add(all, arena_str(a, name), copy);
        return;
    }
    copy->key = old->key;
    copy->next = old->next;
    *old = *copy;
}

struct value *flow_handed_in(struct flow_case *c, const struct bpmn_node *n,
                             uint32_t scope)
{
    struct arena *a = c->out->arena;
    struct value *all = value_new(a, VALUE_OBJECT);
    if (n->all_in || (n->input_count == 0 && !n->none_in))
        for (const struct value *m = flow_visible(c, scope)->first; m;
             m = m->next)
            put(all, a, m->key, m);
    for (int i = 0; i < n->input_count; i++)
        if (n->inputs[i].target.n)
            put(all, a, n->inputs[i].target, mapped(c, &n->inputs[i], scope));
    return all;
}

void flow_map_outputs(struct flow_case *c, const struct bpmn_node *n,
                      uint32_t from, uint32_t to)
{
    for (int i = 0; i < n->output_count; i++)
        if (n->outputs[i].target.n)
            flow_var_set(c, to, n->outputs[i].target,
                         mapped(c, &n->outputs[i], from));
}
