/* What pages and tests ask of a case. */
#include "kernel/flow/engine_impl.h"

enum flow_standing flow_standing(const struct flow_case *c)
{
    bool failed = false, running = false, any = false;
    for (int i = 0; i < c->scope_count; i++)
        if (c->scopes[i].kind == FLOW_ROOT) {
            any = true;
            failed |= c->scopes[i].outcome == FLOW_FAILED;
            running |= c->scopes[i].outcome == FLOW_RUNNING;
        }
    if (c->trouble_count)
        return FLOW_IS_INCIDENT;
    if (failed)
        return FLOW_IS_ERROR;
    return running || !any ? FLOW_IS_WAITING : FLOW_IS_COMPLETED;
}

str flow_posts(const struct flow_case *c, const struct flow_task *t)
{
    str post = c->g->nodes[t->node].post;
    return post.n ? post : t->groups;
}

const struct flow_task *flow_task(const struct flow_case *c, int64_t id)
{
    return flow_task_of(c, id);
}

inst flow_next_timer(const struct flow_case *c)
{
    inst next = inst_none;
    for (int i = 0; i < c->sub_count && !c->suspended; i++)
        if (!inst_is_none(c->subs[i].due) &&
            (inst_is_none(next) || c->subs[i].due.ms < next.ms))
            next = c->subs[i].due;
    return next;
}

const struct value *flow_variable(const struct flow_case *c, str name)
{
    for (int i = 0; i < c->scope_count; i++)
        if (c->scopes[i].kind == FLOW_ROOT && c->scopes[i].vars) {
            const struct value *v = value_get(c->scopes[i].vars, name);
            if (v)
                return v;
        }
    return NULL;
}

static uint8_t mark_of(const struct flow_token *t)
{
    switch (t->phase) {
    case FLOW_AT_TASK: return BPMN_ACTIVE;
    case FLOW_IN_SCOPE: return BPMN_ACTIVE;
    case FLOW_AT_INCIDENT: return BPMN_OVERDUE;
    default: return BPMN_WAITING;
    }
}

struct bpmn_marks flow_marks(const struct flow_case *c, struct arena *a)
{
    uint8_t *node = ARENA_NEW_N(a, uint8_t, c->g->node_count);
    uint8_t *edge = ARENA_NEW_N(a, uint8_t, c->g->edge_count);
    str *badge = ARENA_NEW_N(a, str, c->g->node_count);
    for (int i = 0; i < c->visit_count; i++) {
        const struct flow_visit *v = &c->visits[i];
        node[v->node] |= BPMN_DONE;
        for (uint32_t k = 0; k < v->parent_count; k++)
            if (v->parents[k].edge >= 0)
                edge[v->parents[k].edge] = 1;
    }
    for (int i = 0; i < c->token_count; i++) {
        const struct flow_token *t = &c->tokens[i];
        node[t->node] = (uint8_t)((node[t->node] & ~BPMN_DONE) | mark_of(t));
        if (t->arrived >= 0)
            edge[t->arrived] = 1;
        if (c->suspended)
            node[t->node] |= BPMN_PAUSED;
    }
    for (int i = 0; i < c->home_count; i++)
        node[c->homes[i].node] |= BPMN_RETURNED;
    for (int i = 0; i < c->scope_count; i++) {
        const struct flow_scope *s = &c->scopes[i];
        if (s->kind == FLOW_MULTI && !c->g->nodes[s->node].loop->standard)
            badge[s->node] = arena_printf(a, "%u/%u", s->finished,
                                          s->total - s->removed);
    }
    return (struct bpmn_marks){ node, edge, badge };
}
