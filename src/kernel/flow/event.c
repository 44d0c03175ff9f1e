/*
 * Waiting for events, and what happens when one comes.
 *
 * A subscription belongs to a token (a catch, a receive task, one target of an
 * event gateway, a boundary event of its activity), to a scope (the start of
 * an event sub-process), or to nobody (the start of a process).
 */
#include "kernel/flow/engine_impl.h"

#include "kernel/flow/iso.h"

/* What a cycle missed before it was set is not made up for; one that is wholly
 * past fires once, as a date in the past does. */
static void skip_missed(inst now, const struct iso_cycle *cycle,
                        struct flow_sub *s)
{
    int64_t period = cycle->period.ms;
    if (cycle->period.months == 0 && s->due.ms < now.ms) {
        int64_t missed = (now.ms - s->due.ms + period - 1) / period;
        if (s->left > 0 && missed >= s->left)
            missed = s->left - 1;
        s->due.ms += missed * period;
        s->left -= s->left > 0 ? missed : 0;
    }
    /* Months are not all alike; there are few of them in a lifetime. */
    while (cycle->period.months && s->due.ms < now.ms && s->left != 1) {
        s->due = iso_add(s->due, cycle->period);
        s->left -= s->left > 0;
    }
}

/* When a timer fires first and how often; false when its text says nothing. */
static bool timer_due(struct flow_case *c, struct flow_sub *s, uint32_t scope)
{
    const struct bpmn_event *e = &flow_node_of(c, s->node)->events[s->event];
    uint32_t id = s->id;
    str text = flow_text_of(c, scope, e->text, e->x);
    struct iso_duration d;
    struct iso_cycle cycle;
    inst t;
    s = flow_sub_of(c, id);
    s->left = 1;
    if (iso_duration(text, &d))
        s->due = iso_add(c->now, d);
    else if (iso_instant(text, &t))
        s->due = t;
    else if (iso_cycle(text, &cycle)) {
        s->left = cycle.times;
        s->due = inst_is_none(cycle.first) ? iso_add(c->now, cycle.period)
                                           : cycle.first;
        s->dead = cycle.times == 0;
        if (!s->dead)
            skip_missed(c->now, &cycle, s);
    } else
        return false;
    return true;
}

/* A cycle's next time; the others are used up. */
static void next_time(struct flow_case *c, struct flow_sub *s, uint32_t scope)
{
    const struct bpmn_event *e = &flow_node_of(c, s->node)->events[s->event];
    uint32_t id = s->id;
    struct iso_cycle cycle;
    if (s->left > 0)
        s->left--;
    if (s->left == 0) {
        s->dead = true;
        return;
    }
    str text = flow_text_of(c, scope, e->text, e->x);
    s = flow_sub_of(c, id);
    if (iso_cycle(text, &cycle))
        s->due = iso_add(s->due, cycle.period);
    else
        s->dead = true;
}

static bool subscribe(struct flow_case *c, int node, int event, uint32_t token,
                      uint32_t scope, uint32_t seen_from)
{
    struct flow_sub *s = flow_sub_add(c, node, event);
    s->token = token;
    s->scope = scope;
    uint32_t id = s->id;
    if (s->trigger != BPMN_TIMER || timer_due(c, s, seen_from))
        return true;
    flow_sub_of(c, id)->dead = true;
    return false;
}

static void bad_timer(struct flow_case *c, uint32_t token, int node)
{
    flow_trouble(c, token, "“%.*s”的时间读不懂，请按 ISO 8601 填写，例如 P3D。",
                 STR_ARG(flow_node_of(c, node)->id));
}

void flow_wait_for_events(struct flow_case *c, uint32_t id, int node)
{
    struct flow_token *t = flow_token_of(c, id);
    if (node < 0 || t->phase == FLOW_AT_INCIDENT)
        return;
    uint32_t scope = t->scope;
    const struct bpmn_node *n = flow_node_of(c, node);
    t->phase = FLOW_AT_EVENT;
    if (n->event_count == 0) {
        flow_trouble(c, id, "“%.*s”没有指明等待什么，请修改流程。",
                     STR_ARG(n->id));
        return;
    }
    for (int i = 0; i < n->event_count; i++)
        if (!subscribe(c, node, i, id, 0, scope)) {
            flow_drop_subs(c, id, 0);
            bad_timer(c, id, node);
            return;
        }
}

static bool watched(int trigger)
{
    return trigger == BPMN_MESSAGE || trigger == BPMN_TIMER ||
           trigger == BPMN_SIGNAL || trigger == BPMN_CONDITION;
}

void flow_watch_boundaries(struct flow_case *c, uint32_t id)
{
    const struct flow_token *t = flow_token_of(c, id);
    if (t == NULL || t->phase == FLOW_DEAD || t->phase == FLOW_READY ||
        t->phase == FLOW_AT_INCIDENT || t->home)
        return;
    uint32_t scope = t->scope;
    const struct bpmn_node *n = flow_node_of(c, t->node);
    for (int i = 0; i < n->boundaries; i++) {
        const struct bpmn_node *b = flow_node_of(c, n->boundary[i]);
        for (int k = 0; k < b->event_count; k++)
            if (watched(b->events[k].trigger) &&
                !subscribe(c, n->boundary[i], k, id, 0, scope))
                bad_timer(c, id, n->boundary[i]);
    }
}

static const int *inside(const struct flow_case *c, const struct flow_scope *s,
                         int *n)
{
    bool whole = s->kind == FLOW_ROOT || s->kind == FLOW_CALLED;
    return bpmn_children(c->g, s->process, whole ? -1 : s->node, n);
}

void flow_watch_event_subs(struct flow_case *c, uint32_t scope)
{
    int n;
    const int *children = inside(c, flow_scope_of(c, scope), &n);
    for (int i = 0; i < n; i++) {
        const struct bpmn_node *sub = flow_node_of(c, children[i]);
        for (int k = 0; sub->event_sub && k < sub->child_count; k++) {
            const struct bpmn_node *start = flow_node_of(c, sub->children[k]);
            for (int e = 0; start->kind == BPMN_START && e < start->event_count;
                 e++)
                if (watched(start->events[e].trigger))
                    (void)subscribe(c, sub->children[k], e, 0, scope, scope);
        }
    }
}

void flow_watch_starts(struct flow_case *c, int process, bool timers)
{
    int n;
    const int *children = bpmn_children(c->g, process, -1, &n);
    for (int i = 0; i < n; i++) {
        const struct bpmn_node *start = flow_node_of(c, children[i]);
        for (int e = 0; start->kind == BPMN_START && e < start->event_count;
             e++)
            if (start->events[e].trigger == BPMN_MESSAGE ||
                start->events[e].trigger == BPMN_SIGNAL ||
                (start->events[e].trigger == BPMN_TIMER && timers))
                (void)subscribe(c, children[i], e, 0, 0, 0);
    }
}

/* ---- when it comes ---- */

void flow_spawn_at(struct flow_case *c, uint32_t scope, uint32_t from, int node)
{
    struct flow_token *t = flow_token_add(c, node, scope);
    t->visit = from;
    flow_enqueue(c, t->id);
}

static void fire_boundary(struct flow_case *c, uint32_t host, int node,
                          const struct value *data)
{
    struct flow_token *t = flow_token_of(c, host);
    uint32_t scope = t->scope, visit = t->visit;
    flow_var_merge(c, scope, data);
    if (flow_node_of(c, node)->interrupting)
        flow_cancel_token(c, host);
    flow_spawn_at(c, scope, visit, node);
}

void flow_trigger_event_sub(struct flow_case *c, uint32_t scope, int start,
                            const struct value *data)
{
    const struct bpmn_node *n = flow_node_of(c, start);
    int node = n->parent;
    flow_var_merge(c, scope, data);
    if (n->interrupting)
        flow_cancel_inside(c, scope);
    struct flow_token *t = flow_token_add(c, node, scope);
    uint32_t id = t->id;
    t->phase = FLOW_IN_SCOPE;
    uint32_t v = flow_visit_add(c, node, scope, NULL, 0);
    flow_token_of(c, id)->visit = v;
    flow_tell_token(c, FLOW_ENTERED, flow_token_of(c, id));
    uint32_t inner = flow_scope_add(c, FLOW_EVENT_SUB, node, n->process, scope,
                                    id)->id;
    flow_token_of(c, id)->child = inner;
    flow_begin_inside(c, inner, n->process, node, start);
}

/* The gateway is left, the event it waited for entered and left. */
static void through_gateway(struct flow_case *c, uint32_t id, int target)
{
    struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *gateway = flow_node_of(c, t->node);
    flow_drop_subs(c, id, 0);
    flow_tell_token(c, FLOW_LEFT, t);
    for (int i = 0; i < gateway->outs; i++)
        if (c->g->edges[gateway->out[i]].target == target)
            t->arrived = gateway->out[i];
    struct flow_parent from = { t->visit, t->arrived };
    t->node = target;
    uint32_t v = flow_visit_add(c, target, t->scope, &from, 1);
    t = flow_token_of(c, id);
    t->visit = v;
    flow_tell_token(c, FLOW_ENTERED, t);
}

static void begin_process(struct flow_case *c, int start,
                          const struct value *data)
{
    int process = flow_node_of(c, start)->process;
    uint32_t root = flow_scope_add(c, FLOW_ROOT, -1, process, 0, 0)->id;
    struct flow_event *e = flow_tell(c, FLOW_BEGAN, -1);
    e->scope = root;
    e->text = c->g->processes[process].id;
    flow_scope_of(c, root)->vars = value_new(c->arena, VALUE_OBJECT);
    if (data)
        for (const struct value *m = data->first; m; m = m->next)
            flow_var_set_here(c, root, m->key, m);
    flow_begin_inside(c, root, process, -1, start);
}

void flow_trigger(struct flow_case *c, uint32_t id, const struct value *data)
{
    struct flow_sub s = *flow_sub_of(c, id);
    uint32_t seen = s.scope;
    if (s.token)
        seen = flow_token_of(c, s.token)->scope;
    if (s.trigger == BPMN_TIMER)
        next_time(c, flow_sub_of(c, id), seen);
    if (s.scope) {
        flow_trigger_event_sub(c, s.scope, s.node, data);
        return;
    }
    if (s.token == 0) {
        begin_process(c, s.node, data);
        return;
    }
    const struct bpmn_node *n = flow_node_of(c, s.node);
    if (n->kind == BPMN_BOUNDARY &&
        n->host == flow_token_of(c, s.token)->node) {
        fire_boundary(c, s.token, s.node, data);
        return;
    }
    if (flow_token_of(c, s.token)->node != s.node)
        through_gateway(c, s.token, s.node);
    flow_var_merge(c, seen, data);
    flow_leave(c, s.token);
}
