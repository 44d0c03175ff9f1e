/*
 * What happened, read back; and the state made again from it.
 *
 * Time, people and data came in with each command and chance plays no part, so
 * the same commands make the same bytes.
 */
#include "kernel/process/inside.h"

#include <string.h>

enum { FACTS = 20000, PAGE = 500 };

static enum err fact_of(struct tx *tx, const struct process_events_of *row,
                        struct process_fact *f)
{
    str problem;
    *f = (struct process_fact){
        .seq = row->seq, .at = row->at, .actor = row->actor, .name = row->name,
        .verb = row->verb, .node = row->node, .task = row->task,
    };
    if (row->detail.n)
        return value_read_json(tx->arena, row->detail, &f->detail, &problem);
    f->detail = value_new(tx->arena, VALUE_OBJECT);
    return OK;
}

enum err process_facts(struct tx *tx, int64_t id, struct process_fact **out,
                       size_t *n)
{
    struct process_events_of *row;
    size_t got = PAGE, cap = 0;
    enum err e = OK;
    *out = NULL;
    *n = 0;
    while (e == OK && got == PAGE && *n < FACTS) {
        e = process_events_of(tx, id, *n ? (*out)[*n - 1].seq : 0, &row, &got);
        if (e != OK || got == 0)
            break;
        if (*n + got > cap) {
            cap = 2 * cap + got;
            struct process_fact *wider =
                ARENA_NEW_N(tx->arena, struct process_fact, cap);
            if (*n)
                memcpy(wider, *out, *n * sizeof **out);
            *out = wider;
        }
        for (size_t i = 0; i < got && e == OK; i++)
            e = fact_of(tx, &row[i], &(*out)[(*n)++]);
    }
    return e;
}

/* ---- again ---- */

static enum err move_again(struct process_replay *r,
                           const struct process_fact *f)
{
    const struct process_graph *to;
    str problem;
    int64_t def = value_get_int(f->detail, STR("to"), 0);
    enum err e = process_graph(r->tx, def, &to);
    if (e != OK)
        return e;
    e = flow_move(r->flow, process_bpmn(to), value_get(f->detail, STR("map")),
                  &problem);
    if (e != OK) {
        process_let_go(to);
        return ERR_INPUT;
    }
    process_let_go(r->graph);
    r->graph = to;
    r->def = def;
    return OK;
}

static enum err step_again(struct process_replay *r,
                           const struct process_fact *f)
{
    struct arena *a = r->tx->arena;
    struct flow_events events = { .arena = a };
    struct flow_command c;
    str problem;
    if (str_is(f->verb, "move"))
        return move_again(r, f);
    enum err e = process_recall(f->verb, f->task, f->at, f->detail, &c);
    if (e == OK)
        e = flow_do(r->flow, &c, &events, &problem);
    if (e != OK)
        return ERR_INPUT;
    if (r->seen)
        r->seen(r->context, process_bpmn(r->graph), &events);
    return OK;
}

enum err process_replay(struct process_replay *r,
                        const struct process_fact *facts, size_t n)
{
    int64_t def = r->def;
    for (size_t i = 0; i < n; i++)
        if (str_is(facts[i].verb, "move")) {
            def = value_get_int(facts[i].detail, STR("from"), 0);
            break;
        }
    enum err e = process_graph(r->tx, def, &r->graph);
    if (e != OK)
        return e;
    r->def = def;
    r->decider = (struct process_decider){ r->tx, r->began };
    r->flow = flow_new(r->tx->arena, process_bpmn(r->graph));
    r->flow->decide = process_decide;
    r->flow->decide_context = &r->decider;
    for (size_t i = 0; i < n && e == OK; i++)
        e = step_again(r, &facts[i]);
    return e;
}

void process_replay_end(struct process_replay *r)
{
    flow_close(r->flow);
    process_let_go(r->graph);
    r->flow = NULL;
    r->graph = NULL;
}

/* ---- the path, for the drawing ---- */

struct path {
    struct arena *arena;
    const struct bpmn *g; /* marks are of this version */
    uint8_t *node, *edge;
    int *left, moment;    /* when each node was last left; 0: never */
};

/* Whoever enters a node came along the edge whose source was left last. */
static void entered(struct path *p, int node)
{
    const struct bpmn_node *n = &p->g->nodes[node];
    int last = -1;
    for (int i = 0; i < n->ins; i++) {
        int from = p->g->edges[n->in[i]].source;
        if (from >= 0 && p->left[from] &&
            (last < 0 || p->left[from] > p->left[p->g->edges[last].source]))
            last = n->in[i];
    }
    if (last >= 0)
        p->edge[last] = 1;
    p->node[node] |= BPMN_DONE;
}

static void follow(void *context, const struct bpmn *g,
                   const struct flow_events *events)
{
    struct path *p = context;
    for (int i = 0; i < events->count; i++) {
        const struct flow_event *e = &events->list[i];
        int node = e->node;
        if (node >= 0 && g != p->g)
            node = bpmn_node_of(p->g, g->nodes[node].id);
        if (node < 0)
            continue;
        if (e->type == FLOW_LEFT)
            p->left[node] = ++p->moment;
        else if (e->type == FLOW_ENTERED)
            entered(p, node);
        else if (e->type == FLOW_RETURNED)
            p->node[node] |= BPMN_RETURNED;
    }
}

enum err process_path(struct tx *tx, struct process_view *v,
                      struct bpmn_marks *out)
{
    const struct bpmn *g = process_bpmn(v->graph);
    struct path p = {
        .arena = tx->arena, .g = g,
        .node = ARENA_NEW_N(tx->arena, uint8_t, g->node_count + 1),
        .edge = ARENA_NEW_N(tx->arena, uint8_t, g->edge_count + 1),
        .left = ARENA_NEW_N(tx->arena, int, g->node_count + 1),
    };
    struct process_replay r = { .tx = tx, .def = v->def, .began = v->began,
                                .seen = follow, .context = &p };
    struct process_fact *facts;
    size_t n;
    enum err e = v->archived ? process_history(tx, v->number, &facts, &n)
                             : process_facts(tx, v->id, &facts, &n);
    if (e == OK)
        e = process_replay(&r, facts, n);
    if (e == OK) {
        /* Where it stands now overrides where it has been. */
        *out = flow_marks(v->flow, tx->arena);
        uint8_t *node = (uint8_t *)out->node, *edge = (uint8_t *)out->edge;
        for (int i = 0; i < g->node_count; i++)
            node[i] |= node[i] & (BPMN_ACTIVE | BPMN_WAITING | BPMN_OVERDUE)
                           ? p.node[i] & BPMN_RETURNED
                           : p.node[i];
        for (int i = 0; i < g->edge_count; i++)
            edge[i] |= p.edge[i];
    }
    process_replay_end(&r);
    return e;
}
