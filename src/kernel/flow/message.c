/*
 * Messages go to one who waits, signals to all.  A message flow between pools
 * leads to one node: the letter lies there until the node waits for it.  A
 * message by name alone is heard now or not at all.
 */
#include "kernel/flow/engine_impl.h"

static bool answers_to(const struct bpmn_node *n, const struct bpmn_event *e,
                       str name)
{
    return name.n && (str_eq(e->name, name) || str_eq(e->ref, name) ||
                      str_eq(n->id, name) ||
                      (e->name.n == 0 && str_eq(n->name, name)));
}

static bool ready(const struct flow_case *c, const struct flow_sub *s,
                  int trigger, str name, int node)
{
    if (s->dead || s->trigger != trigger)
        return false;
    if (node >= 0)
        return s->node == node;
    const struct bpmn_node *n = flow_node_of(c, s->node);
    return answers_to(n, &n->events[s->event], name);
}

bool flow_deliver(struct flow_case *c, str name, int node,
                  const struct value *data)
{
    for (int starts = 0; starts < 2; starts++)
        for (int i = 0; i < c->sub_count; i++) {
            const struct flow_sub *s = &c->subs[i];
            bool start = s->token == 0 && s->scope == 0;
            if (start == (starts == 1) &&
                ready(c, s, BPMN_MESSAGE, name, node)) {
                flow_trigger(c, s->id, data);
                return true;
            }
        }
    return false;
}

int flow_broadcast(struct flow_case *c, str name, const struct value *data)
{
    uint32_t *ids = ARENA_NEW_N(&c->scratch, uint32_t, c->sub_count);
    int n = 0, heard = 0;
    for (int i = 0; i < c->sub_count; i++)
        if (ready(c, &c->subs[i], BPMN_SIGNAL, name, -1))
            ids[n++] = c->subs[i].id;
    for (int i = 0; i < n; i++)
        if (!flow_sub_of(c, ids[i])->dead) {
            flow_trigger(c, ids[i], data);
            heard++;
        }
    return heard;
}

static bool takes_messages(const struct bpmn_node *n)
{
    for (int i = 0; i < n->event_count; i++)
        if (n->events[i].trigger == BPMN_MESSAGE && n->kind != BPMN_SEND &&
            n->kind != BPMN_END && n->kind != BPMN_THROW)
            return true;
    return false;
}

void flow_send_message(struct flow_case *c, uint32_t token,
                       const struct bpmn_event *e)
{
    const struct flow_token *t = flow_token_of(c, token);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    struct flow_event *told = flow_tell(c, FLOW_SENT, t->node);
    told->token = token;
    told->scope = t->scope;
    told->text = e->name;
    bool sent = false;
    for (int i = 0; i < n->message_outs; i++) {
        int to = c->g->edges[n->message_out[i]].target;
        if (to >= 0 && takes_messages(flow_node_of(c, to))) {
            flow_letter_add(c, to, e->name);
            sent = true;
        }
    }
    if (!sent && e->name.n)
        flow_letter_add(c, -1, e->name);
}

bool flow_settle_letters(struct flow_case *c)
{
    for (int i = 0; i < c->letter_count; i++) {
        struct flow_letter l = c->letters[i];
        bool delivered = flow_deliver(c, l.name, l.node, NULL);
        if (!delivered && l.node >= 0)
            continue;
        /* Delivering may have ended the case and with it the letters. */
        if (i < c->letter_count) {
            for (int k = i + 1; k < c->letter_count; k++)
                c->letters[k - 1] = c->letters[k];
            c->letter_count--;
        }
        if (delivered)
            return true;
        i--;
    }
    return false;
}

bool flow_settle_conditions(struct flow_case *c)
{
    for (int i = 0; i < c->sub_count; i++) {
        struct flow_sub *s = &c->subs[i];
        if (s->dead || s->trigger != BPMN_CONDITION)
            continue;
        const struct bpmn_event *e =
            &flow_node_of(c, s->node)->events[s->event];
        uint32_t scope =
            s->token ? flow_token_of(c, s->token)->scope : s->scope;
        bool holds = scope && e->x &&
                     flow_holds(c, e->x, scope, NULL);
        bool risen = holds && !s->held;
        s->held = holds;
        if (risen) {
            flow_trigger(c, s->id, NULL);
            return true;
        }
    }
    return false;
}

bool flow_settle_timers(struct flow_case *c)
{
    const struct flow_sub *first = NULL;
    if (c->suspended)
        return false;
    for (int i = 0; i < c->sub_count; i++) {
        const struct flow_sub *s = &c->subs[i];
        if (!s->dead && !inst_is_none(s->due) && s->due.ms <= c->now.ms &&
            (first == NULL || s->due.ms < first->due.ms))
            first = s;
    }
    if (first)
        flow_trigger(c, first->id, NULL);
    return first != NULL;
}
