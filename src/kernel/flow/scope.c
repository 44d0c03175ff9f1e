/* Opening, completing and cancelling what lies inside an activity. */
#include "kernel/flow/engine_impl.h"

static int depth_of(const struct flow_case *c, uint32_t scope)
{
    int depth = 0;
    for (; scope; scope = flow_scope_of(c, scope)->parent)
        depth++;
    return depth;
}

uint32_t flow_root_of(const struct flow_case *c, uint32_t scope)
{
    while (flow_scope_of(c, scope)->parent)
        scope = flow_scope_of(c, scope)->parent;
    return scope;
}

static bool starts_here(const struct flow_case *c, int process, int parent,
                        int node, bool has_start)
{
    const struct bpmn_node *n = flow_node_of(c, node);
    (void)process;
    if (n->kind == BPMN_BOUNDARY || n->event_sub || n->compensates || n->ins)
        return false;
    if (has_start)
        return n->kind == BPMN_START && (n->event_count == 0 || parent >= 0);
    if (n->kind == BPMN_START)
        return true;
    return !(n->kind == BPMN_CATCH && n->event_count &&
             n->events[0].trigger == BPMN_LINK);
}

/* Tokens at one plain start, or without any at every node nothing leads to. */
void flow_begin_inside(struct flow_case *c, uint32_t scope, int process,
                       int node, int start)
{
    int n, made = 0;
    const int *children = bpmn_children(c->g, process, node, &n);
    bool has_start = false;
    for (int i = 0; i < n; i++)
        has_start |= flow_node_of(c, children[i])->kind == BPMN_START &&
                     flow_node_of(c, children[i])->event_count == 0;
    for (int i = 0; i < n; i++) {
        if (start >= 0 ? children[i] != start
                       : !starts_here(c, process, node, children[i],
                                      has_start))
            continue;
        if (made && flow_node_of(c, children[i])->kind == BPMN_START)
            continue;
        made++;
        flow_enqueue(c, flow_token_add(c, children[i], scope)->id);
    }
    flow_watch_event_subs(c, scope);
    if (made == 0)
        flow_scope_complete(c, scope);
}

void flow_open_scope(struct flow_case *c, uint32_t id,
                     enum flow_scope_kind kind)
{
    struct flow_token *t = flow_token_of(c, id);
    int node = t->node;
    const struct bpmn_node *n = flow_node_of(c, node);
    if (depth_of(c, t->scope) >= FLOW_SCOPES) {
        flow_trouble(c, id, "子流程或调用嵌套超过 %d 层，请检查是否互相调用。",
                     FLOW_SCOPES);
        return;
    }
    uint32_t outer = t->scope;
    int process = kind == FLOW_CALLED ? n->called : n->process;
    t->phase = FLOW_IN_SCOPE;
    uint32_t inner = flow_scope_add(c, kind, node, process, outer, id)->id;
    flow_token_of(c, id)->child = inner;
    if (kind == FLOW_CALLED) {
        flow_scope_of(c, inner)->vars = value_new(c->arena, VALUE_OBJECT);
        if (n->all_in || (n->input_count == 0 && !n->none_in)) {
            const struct value *all = flow_visible(c, outer);
            for (const struct value *m = all->first; m; m = m->next)
                flow_var_set_here(c, inner, m->key, m);
        }
    }
    flow_map_inputs(c, n, outer, inner);
    flow_begin_inside(c, inner, process, kind == FLOW_CALLED ? -1 : node, -1);
}

static void hand_back(struct flow_case *c, const struct flow_scope *s)
{
    const struct bpmn_node *n = flow_node_of(c, s->node);
    if (s->kind == FLOW_CALLED &&
        (n->all_out || (n->output_count == 0 && !n->none_out)))
        for (const struct value *m = s->vars ? s->vars->first : NULL; m;
             m = m->next)
            flow_var_set(c, s->parent, m->key, m);
    flow_map_outputs(c, n, s->id, s->parent);
}

void flow_call_back(struct flow_case *c, uint32_t token,
                    const struct value *data)
{
    const struct flow_token *t = flow_token_of(c, token);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    uint32_t id = flow_scope_add(c, FLOW_CALLED, t->node, n->process, t->scope,
                                 token)->id;
    for (const struct value *m = data ? data->first : NULL; m; m = m->next)
        flow_var_set_here(c, id, m->key, m);
    hand_back(c, flow_scope_of(c, id));
    flow_scope_of(c, id)->dead = true;
}

void flow_scope_complete(struct flow_case *c, uint32_t id)
{
    struct flow_scope *s = flow_scope_of(c, id);
    flow_drop_subs(c, 0, id);
    if (s->kind == FLOW_ROOT) {
        flow_end_root(c, id, FLOW_COMPLETED);
        return;
    }
    uint32_t owner = s->owner;
    flow_note_effects(c, id);
    s = flow_scope_of(c, id);
    if (s->kind == FLOW_SUB || s->kind == FLOW_CALLED)
        hand_back(c, s);
    flow_scope_of(c, id)->dead = true;
    flow_leave(c, owner);
}

void flow_end_root(struct flow_case *c, uint32_t id, enum flow_outcome outcome)
{
    static const char *const names[] = { "running", "completed", "error",
                                         "cancelled", "rejected" };
    flow_cancel_inside(c, id);
    struct flow_scope *s = flow_scope_of(c, id);
    s->outcome = (uint8_t)outcome;
    struct flow_event *e = flow_tell(c, FLOW_ENDED, -1);
    e->scope = id;
    e->text = str_of(names[outcome]);
    bool running = false;
    for (int i = 0; i < c->scope_count; i++)
        running |= c->scopes[i].kind == FLOW_ROOT &&
                   c->scopes[i].outcome == FLOW_RUNNING;
    /* A finished case keeps its variables, not the way it went. */
    for (int i = 0; i < c->visit_count; i++)
        c->visits[i].dead |= c->visits[i].scope == id || !running;
    if (!running)
        c->letter_count = 0;
}

/* ---- cancelling ---- */

void flow_drop_subs(struct flow_case *c, uint32_t token, uint32_t scope)
{
    for (int i = 0; i < c->sub_count; i++)
        if ((token && c->subs[i].token == token) ||
            (scope && c->subs[i].scope == scope))
            c->subs[i].dead = true;
}

static bool shows(const struct flow_case *c, const struct flow_token *t)
{
    const struct bpmn_node *n = flow_node_of(c, t->node);
    return (t->phase == FLOW_AT_TASK || t->phase == FLOW_AT_EVENT ||
            t->phase == FLOW_IN_SCOPE || t->phase == FLOW_AT_INCIDENT) &&
           !(n->loop && !t->inner);
}

static void close_troubles(struct flow_case *c, uint32_t token)
{
    for (int i = 0; i < c->trouble_count; i++)
        if (c->troubles[i].token == token)
            c->troubles[i].dead = true;
}

void flow_cancel_token(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    if (t->phase == FLOW_DEAD)
        return;
    if (t->child) {
        uint32_t child = t->child;
        flow_cancel_inside(c, child);
        flow_drop_subs(c, 0, child);
        flow_scope_of(c, child)->dead = true;
        t = flow_token_of(c, id);
    }
    flow_drop_subs(c, id, 0);
    flow_tasks_drop(c, id);
    close_troubles(c, id);
    if (shows(c, t))
        flow_tell_token(c, FLOW_CANCELLED, t);
    for (uint32_t h = t->home; h; h = flow_home_of(c, h)->outer)
        flow_home_of(c, h)->dead = true;
    t->phase = FLOW_DEAD;
    t->child = 0;
    flow_scope_of(c, t->scope)->live--;
}

/* Every token of the scope, and with them all that they opened; instances of
 * a multi-instance are scopes without a token of their own in it. */
void flow_cancel_inside(struct flow_case *c, uint32_t id)
{
    for (int i = 0; i < c->scope_count; i++)
        if (c->scopes[i].kind == FLOW_INSTANCE && c->scopes[i].parent == id &&
            !c->scopes[i].dead) {
            flow_cancel_inside(c, c->scopes[i].id);
            c->scopes[i].dead = true;
        }
    for (int i = 0; i < c->token_count; i++)
        if (c->tokens[i].scope == id && c->tokens[i].phase != FLOW_DEAD)
            flow_cancel_token(c, c->tokens[i].id);
    flow_drop_subs(c, 0, id);
}
