/*
 * Errors and escalations climb: from the activity that raised them to the
 * event sub-processes around it, to the boundary of what contains it, and on.
 * An error nobody catches ends the process; an escalation nobody catches is
 * only told.
 */
#include "kernel/flow/engine_impl.h"

/* 2: catches exactly this code, 1: catches all, 0: not this one. */
static int catches(const struct bpmn_node *n, int trigger, str code)
{
    int best = 0;
    for (int i = 0; i < n->event_count; i++) {
        const struct bpmn_event *e = &n->events[i];
        if (e->trigger != trigger)
            continue;
        if (e->code.n == 0)
            best = best ? best : 1;
        else if (str_eq(e->code, code))
            return 2;
    }
    return best;
}

static int boundary_for(const struct flow_case *c, int node, int trigger,
                        str code)
{
    const struct bpmn_node *n = flow_node_of(c, node);
    int found = -1, best = 0;
    for (int i = 0; i < n->boundaries; i++) {
        int fits = catches(flow_node_of(c, n->boundary[i]), trigger, code);
        if (fits > best) {
            best = fits;
            found = n->boundary[i];
        }
    }
    return found;
}

static int event_sub_for(const struct flow_case *c, const struct flow_scope *s,
                         int trigger, str code)
{
    int n, found = -1, best = 0;
    bool whole = s->kind == FLOW_ROOT || s->kind == FLOW_CALLED;
    const int *children = bpmn_children(c->g, s->process, whole ? -1 : s->node,
                                        &n);
    for (int i = 0; i < n; i++) {
        const struct bpmn_node *sub = flow_node_of(c, children[i]);
        for (int k = 0; sub->event_sub && k < sub->child_count; k++) {
            const struct bpmn_node *start = flow_node_of(c, sub->children[k]);
            int fits = start->kind == BPMN_START
                           ? catches(start, trigger, code)
                           : 0;
            if (fits > best) {
                best = fits;
                found = sub->children[k];
            }
        }
    }
    return found;
}

static void at_boundary(struct flow_case *c, uint32_t host, int node)
{
    const struct flow_token *t = flow_token_of(c, host);
    uint32_t scope = t->scope, visit = t->visit;
    if (flow_node_of(c, node)->interrupting)
        flow_cancel_token(c, host);
    flow_spawn_at(c, scope, visit, node);
}

/* True when somebody caught it. */
static bool climb(struct flow_case *c, uint32_t at, int trigger, str code)
{
    for (;;) {
        const struct flow_token *t = flow_token_of(c, at);
        int caught = t->inner ? -1 : boundary_for(c, t->node, trigger, code);
        if (caught >= 0) {
            at_boundary(c, at, caught);
            return true;
        }
        const struct flow_scope *s = flow_scope_of(c, t->scope);
        /* What happens in an event sub-process is not for its siblings. */
        bool from_sub = flow_node_of(c, t->node)->event_sub;
        bool plain = s->kind != FLOW_INSTANCE && s->kind != FLOW_MULTI;
        caught = plain && !from_sub ? event_sub_for(c, s, trigger, code) : -1;
        if (caught >= 0) {
            flow_trigger_event_sub(c, s->id, caught, NULL);
            return true;
        }
        if (s->kind == FLOW_ROOT)
            return false;
        at = s->owner;
    }
}

void flow_raise_error(struct flow_case *c, uint32_t token, str code)
{
    uint32_t root = flow_root_of(c, flow_token_of(c, token)->scope);
    if (climb(c, token, BPMN_ERROR, code))
        return;
    /* Whoever called it can ask which. */
    if (code.n)
        flow_var_set_here(c, root, STR("error"), value_text(&c->scratch, code));
    flow_end_root(c, root, FLOW_FAILED);
}

static void escalate(struct flow_case *c, uint32_t token, str code)
{
    struct flow_event *e =
        flow_tell(c, FLOW_ESCALATED, flow_token_of(c, token)->node);
    e->text = code;
    (void)climb(c, token, BPMN_ESCALATION, code);
}

static bool alive(const struct flow_case *c, uint32_t token)
{
    const struct flow_token *t = flow_token_of(c, token);
    return t && t->phase != FLOW_DEAD;
}

bool flow_throw_events(struct flow_case *c, uint32_t token)
{
    const struct bpmn_node *n = flow_node_of(c, flow_token_of(c, token)->node);
    for (int i = 0; i < n->event_count && alive(c, token); i++) {
        const struct bpmn_event *e = &n->events[i];
        switch (e->trigger) {
        case BPMN_MESSAGE: flow_send_message(c, token, e); break;
        case BPMN_SIGNAL: {
            struct flow_event *told = flow_tell(c, FLOW_SIGNALLED,
                                                flow_token_of(c, token)->node);
            told->text = e->name;
            flow_broadcast(c, e->name, NULL);
            break;
        }
        case BPMN_ESCALATION: escalate(c, token, e->code); break;
        case BPMN_ERROR: flow_raise_error(c, token, e->code); break;
        }
    }
    return alive(c, token);
}
