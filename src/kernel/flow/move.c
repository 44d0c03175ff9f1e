/*
 * A running case on another version of its process.
 *
 * Everything alive must have a place in the new graph: same kind, inside what
 * it was inside of.  What is only history need not: a visit to a node that is
 * gone is left out, and what came of it is said to come of what led there.
 */
#include "kernel/flow/engine_impl.h"

struct moving {
    struct flow_case *c;
    const struct bpmn *from, *to;
    int *node, *edge, *process; /* where each went; -1: nowhere */
    str *problem;
};

/* ---- the map ---- */

static void map_nodes(struct moving *m, const struct value *map)
{
    for (int i = 0; i < m->from->node_count; i++) {
        str id = m->from->nodes[i].id;
        str wanted = map ? value_get_text(map, id) : str_none;
        m->node[i] = bpmn_node_of(m->to, wanted.n ? wanted : id);
    }
}

/* By id, else the only one between the same two nodes. */
static int edge_of(const struct moving *m, const struct bpmn_edge *e)
{
    struct bpmn_found f = bpmn_find(m->to, e->id);
    int from = e->source < 0 ? -1 : m->node[e->source];
    int to = e->target < 0 ? -1 : m->node[e->target];
    int found = -1;
    if (f.what == BPMN_AN_EDGE && m->to->edges[f.index].source == from &&
        m->to->edges[f.index].target == to)
        return f.index;
    for (int i = 0; i < m->to->edge_count; i++) {
        const struct bpmn_edge *o = &m->to->edges[i];
        if (from < 0 || o->kind != BPMN_FLOW || o->source != from ||
            o->target != to)
            continue;
        if (found >= 0)
            return -1;
        found = i;
    }
    return found;
}

static void make_map(struct moving *m, const struct value *map)
{
    struct arena *a = &m->c->scratch;
    m->node = ARENA_NEW_N(a, int, m->from->node_count + 1);
    m->edge = ARENA_NEW_N(a, int, m->from->edge_count + 1);
    m->process = ARENA_NEW_N(a, int, m->from->process_count + 1);
    map_nodes(m, map);
    for (int i = 0; i < m->from->edge_count; i++)
        m->edge[i] = edge_of(m, &m->from->edges[i]);
    for (int i = 0; i < m->from->process_count; i++) {
        struct bpmn_found f = bpmn_find(m->to, m->from->processes[i].id);
        m->process[i] = f.what == BPMN_A_PROCESS ? f.index
                        : i < m->to->process_count && i == 0 ? 0
                                                             : -1;
    }
}

/* ---- has everything alive a place? ---- */

static bool no_place(struct moving *m, int node, const char *what)
{
    const struct bpmn_node *n = &m->from->nodes[node];
    *m->problem = arena_printf(m->c->arena,
                               "“%.*s”（%.*s）上还有%s，新版本里没有它的位置。",
                               STR_ARG(n->name.n ? n->name : n->id),
                               STR_ARG(n->id), what);
    return false;
}

static bool node_fits(struct moving *m, int node, const char *what)
{
    const struct bpmn_node *was = &m->from->nodes[node], *is;
    if (m->node[node] < 0)
        return no_place(m, node, what);
    is = &m->to->nodes[m->node[node]];
    bool loops = (was->loop != NULL) == (is->loop != NULL) &&
                 (was->loop == NULL ||
                  was->loop->sequential == is->loop->sequential);
    return (was->kind == is->kind && loops) || no_place(m, node, what);
}

/* What stands in a scope must stand in the same one afterwards. */
static bool inside_fits(struct moving *m, uint32_t scope, int node,
                        const char *what)
{
    const struct flow_scope *s = flow_scope_of(m->c, scope);
    const struct bpmn_node *is = &m->to->nodes[m->node[node]];
    if (s->node == node) /* one instance of the node itself */
        return true;
    while (s->kind == FLOW_MULTI || s->kind == FLOW_INSTANCE) {
        const struct bpmn_node *around = &m->from->nodes[s->node];
        if (around->kind == BPMN_SUB || around->kind == BPMN_CALL)
            break;
        s = flow_scope_of(m->c, s->parent);
    }
    bool root = s->kind == FLOW_ROOT || s->kind == FLOW_CALLED;
    int parent = root ? -1 : m->node[s->node];
    bool fits = is->parent == parent &&
                (!root || is->process == m->process[s->process]);
    return fits || no_place(m, node, what);
}

static bool tokens_fit(struct moving *m)
{
    const struct flow_case *c = m->c;
    for (int i = 0; i < c->token_count; i++) {
        const struct flow_token *t = &c->tokens[i];
        if (t->phase == FLOW_DEAD)
            continue;
        if (!node_fits(m, t->node, "没有办完的步骤") ||
            !inside_fits(m, t->scope, t->node, "没有办完的步骤"))
            return false;
        if (t->phase == FLOW_JOINING && t->arrived >= 0 &&
            m->edge[t->arrived] < 0)
            return no_place(m, t->node, "已经到达的一路");
    }
    for (int i = 0; i < c->home_count; i++)
        if (!c->homes[i].dead &&
            !node_fits(m, c->homes[i].node, "要直送的步骤"))
            return false;
    return true;
}

static bool scopes_fit(struct moving *m)
{
    const struct flow_case *c = m->c;
    for (int i = 0; i < c->scope_count; i++) {
        const struct flow_scope *s = &c->scopes[i];
        if (s->dead)
            continue;
        if (m->process[s->process] < 0) {
            *m->problem = arena_printf(
                c->arena, "新版本里没有流程“%.*s”。",
                STR_ARG(m->from->processes[s->process].id));
            return false;
        }
        if (s->node >= 0 &&
            !node_fits(m, s->node, "没有办完的多人办理或者子流程"))
            return false;
    }
    return true;
}

static bool waits_fit(struct moving *m)
{
    const struct flow_case *c = m->c;
    for (int i = 0; i < c->sub_count; i++) {
        const struct flow_sub *s = &c->subs[i];
        if (s->dead)
            continue;
        if (!node_fits(m, s->node, "在等的时间或者消息"))
            return false;
        const struct bpmn_node *is = &m->to->nodes[m->node[s->node]];
        if (s->event >= is->event_count ||
            is->events[s->event].trigger != s->trigger)
            return no_place(m, s->node, "在等的时间或者消息");
    }
    for (int i = 0; i < c->task_count; i++)
        if (!c->tasks[i].dead && !node_fits(m, c->tasks[i].node, "任务"))
            return false;
    for (int i = 0; i < c->letter_count; i++)
        if (c->letters[i].node >= 0 &&
            !node_fits(m, c->letters[i].node, "没有取走的消息"))
            return false;
    return true;
}

/* ---- history ---- */

/* What led to a visit that is left out, in its place. */
static void inherit(struct moving *m, struct flow_visit *v)
{
    struct flow_case *c = m->c;
    uint32_t n = 0;
    for (uint32_t k = 0; k < v->parent_count; k++) {
        const struct flow_visit *p = flow_visit_of(c, v->parents[k].visit);
        n += p && p->dead ? p->parent_count : 1;
    }
    struct flow_parent *all = ARENA_NEW_N(c->arena, struct flow_parent, n + 1);
    uint32_t at = 0;
    for (uint32_t k = 0; k < v->parent_count; k++) {
        const struct flow_visit *p = flow_visit_of(c, v->parents[k].visit);
        if (p == NULL || !p->dead) {
            int edge = v->parents[k].edge;
            all[at].visit = v->parents[k].visit;
            all[at++].edge = edge >= 0 ? m->edge[edge] : -1;
            continue;
        }
        /* Visits grow by id: the parents of a dead one are settled. */
        for (uint32_t j = 0; j < p->parent_count; j++) {
            all[at].visit = p->parents[j].visit;
            all[at++].edge = -1;
        }
    }
    v->parents = all;
    v->parent_count = at;
}

static uint32_t living(const struct flow_case *c, uint32_t visit)
{
    const struct flow_visit *v = flow_visit_of(c, visit);
    while (v && v->dead) {
        visit = v->parent_count ? v->parents[0].visit : 0;
        v = flow_visit_of(c, visit);
    }
    return visit;
}

static void move_visits(struct moving *m)
{
    struct flow_case *c = m->c;
    for (int i = 0; i < c->visit_count; i++) {
        struct flow_visit *v = &c->visits[i];
        inherit(m, v);
        if (m->node[v->node] < 0)
            v->dead = true;
        else
            v->node = m->node[v->node];
    }
    for (int i = 0; i < c->token_count; i++)
        c->tokens[i].visit = living(c, c->tokens[i].visit);
    for (int i = 0; i < c->home_count; i++)
        c->homes[i].visit = living(c, c->homes[i].visit);
}

static int moved_edge(const struct moving *m, int edge)
{
    return edge >= 0 ? m->edge[edge] : -1;
}

static void move_all(struct moving *m)
{
    struct flow_case *c = m->c;
    move_visits(m);
    for (int i = 0; i < c->token_count; i++) {
        c->tokens[i].node = m->node[c->tokens[i].node];
        c->tokens[i].arrived = moved_edge(m, c->tokens[i].arrived);
    }
    for (int i = 0; i < c->home_count; i++) {
        c->homes[i].node = m->node[c->homes[i].node];
        c->homes[i].arrived = moved_edge(m, c->homes[i].arrived);
    }
    for (int i = 0; i < c->scope_count; i++) {
        struct flow_scope *s = &c->scopes[i];
        s->process = m->process[s->process];
        s->node = s->node >= 0 ? m->node[s->node] : -1;
    }
    for (int i = 0; i < c->task_count; i++)
        c->tasks[i].node = m->node[c->tasks[i].node];
    for (int i = 0; i < c->sub_count; i++)
        c->subs[i].node = m->node[c->subs[i].node];
    for (int i = 0; i < c->letter_count; i++)
        if (c->letters[i].node >= 0)
            c->letters[i].node = m->node[c->letters[i].node];
    c->g = m->to;
}

enum err flow_move(struct flow_case *c, const struct bpmn *to,
                   const struct value *map, str *problem)
{
    struct moving m = { .c = c, .from = c->g, .to = to, .problem = problem };
    make_map(&m, map);
    bool fits = tokens_fit(&m) && scopes_fit(&m) && waits_fit(&m);
    if (fits) {
        move_all(&m);
        flow_sweep(c);
    }
    arena_reset(&c->scratch);
    return fits ? OK : ERR_RANGE;
}
