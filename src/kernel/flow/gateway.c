/*
 * Choosing and joining.
 *
 * A parallel join takes one token from each of its flows, the oldest first.
 * An inclusive join fires when no token elsewhere in the scope can still reach
 * one of its empty flows without passing the join -- unless that token could
 * just as well reach a flow that already has one (BPMN 2.0.2, 13.4.4).  That is
 * asked of the live state whenever nothing else can move.
 */
#include "kernel/flow/engine_impl.h"

static str shown(const struct bpmn_node *n)
{
    return n->name.n ? n->name : n->id;
}

static void no_way_out(struct flow_case *c, uint32_t id, str note)
{
    const struct bpmn_node *n = flow_node_of(c, flow_token_of(c, id)->node);
    flow_trouble(c, id, "“%.*s”的条件都不成立，也没有默认出线%s%.*s",
                 STR_ARG(shown(n)), note.n ? "：" : "。", STR_ARG(note));
}

/* The choice is made, though a condition was neither true nor false. */
static void unsure(struct flow_case *c, uint32_t id, str note)
{
    if (note.n)
        flow_note(c, flow_token_of(c, id)->node, "一个条件没有结果，按不成立"
                  "处理", note);
}

static bool holds(struct flow_case *c, const struct bpmn_edge *e,
                  uint32_t scope, str *note)
{
    str why = str_none;
    if (e->when == NULL)
        return true;
    bool yes = flow_holds(c, e->when, scope, &why);
    if (!yes && why.n && str_is_none(*note))
        *note = why;
    return yes;
}

static void leave_by(struct flow_case *c, uint32_t id, const int *edges, int n)
{
    flow_tell_token(c, FLOW_LEFT, flow_token_of(c, id));
    flow_follow(c, id, edges, n);
}

void flow_choose(struct flow_case *c, uint32_t id)
{
    const struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    str note = str_none;
    if (n->outs == 0) {
        leave_by(c, id, NULL, 0);
        return;
    }
    for (int i = 0; i < n->outs; i++)
        if (n->out[i] != n->fallback &&
            holds(c, &c->g->edges[n->out[i]], t->scope, &note)) {
            unsure(c, id, note);
            leave_by(c, id, &n->out[i], 1);
            return;
        }
    if (n->fallback < 0) {
        no_way_out(c, id, note);
        return;
    }
    unsure(c, id, note);
    leave_by(c, id, &n->fallback, 1);
}

void flow_choose_many(struct flow_case *c, uint32_t id)
{
    const struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    int *taken = ARENA_NEW_N(&c->scratch, int, n->outs + 1), count = 0;
    str note = str_none;
    for (int i = 0; i < n->outs; i++)
        if (n->out[i] != n->fallback &&
            holds(c, &c->g->edges[n->out[i]], t->scope, &note))
            taken[count++] = n->out[i];
    if (count == 0 && n->fallback >= 0)
        taken[count++] = n->fallback;
    if (count == 0 && n->outs > 0) {
        no_way_out(c, id, note);
        return;
    }
    unsure(c, id, note);
    leave_by(c, id, taken, count);
}

/* ---- joins ---- */

bool flow_joins(const struct bpmn_node *n)
{
    return (n->kind == BPMN_AND || n->kind == BPMN_OR) && n->ins > 1;
}

/* One visit with all the tokens' origins as parents; the first goes on. */
static void fire(struct flow_case *c, const uint32_t *ids, int n)
{
    struct flow_parent *from = ARENA_NEW_N(&c->scratch, struct flow_parent, n);
    uint32_t parents = 0;
    for (int i = 0; i < n; i++) {
        struct flow_token *t = flow_token_of(c, ids[i]);
        if (t->visit)
            from[parents++] = (struct flow_parent){ t->visit, t->arrived };
        if (i) {
            t->phase = FLOW_DEAD;
            flow_scope_of(c, t->scope)->live--;
        }
    }
    struct flow_token *t = flow_token_of(c, ids[0]);
    uint32_t v = flow_visit_add(c, t->node, t->scope, from, parents);
    t->visit = v;
    t->arrived = -1;
    flow_tell_token(c, FLOW_ENTERED, t);
    flow_perform(c, ids[0]);
}

/* The oldest token waiting on each flow of a join, 0 where there is none, in
 * one pass over the tokens; returns how many flows have one. */
static int gather(struct flow_case *c, int node, uint32_t scope, uint32_t *ids)
{
    const struct bpmn_node *n = flow_node_of(c, node);
    uint32_t *by_edge = ARENA_NEW_N(&c->scratch, uint32_t, c->g->edge_count);
    int found = 0;
    for (int i = c->token_count - 1; i >= 0; i--) {
        const struct flow_token *t = &c->tokens[i];
        if (t->phase == FLOW_JOINING && t->node == node &&
            t->scope == scope && t->arrived >= 0)
            by_edge[t->arrived] = t->id;
    }
    for (int i = 0; i < n->ins; i++) {
        ids[i] = by_edge[n->in[i]];
        found += ids[i] != 0;
    }
    return found;
}

static int waiting_at(const struct flow_case *c, int node, uint32_t scope)
{
    int count = 0;
    for (int i = 0; i < c->token_count; i++)
        count += c->tokens[i].phase == FLOW_JOINING &&
                 c->tokens[i].node == node && c->tokens[i].scope == scope;
    return count;
}

void flow_join_wait(struct flow_case *c, struct flow_token *t)
{
    t->phase = FLOW_JOINING;
    /* Who has come changes whom an inclusive join waits for. */
    for (int i = 0; i < c->token_count; i++)
        if (c->tokens[i].node == t->node && c->tokens[i].scope == t->scope)
            c->tokens[i].blocker = 0;
}

void flow_arrive(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    flow_join_wait(c, t);
    if (n->kind == BPMN_OR || waiting_at(c, t->node, t->scope) < n->ins)
        return;
    uint32_t *ids = ARENA_NEW_N(&c->scratch, uint32_t, n->ins);
    if (gather(c, t->node, t->scope, ids) == n->ins)
        fire(c, ids, n->ins);
}

/* ---- the inclusive join ---- */

/* Everything from which an edge of `edges` can be reached without the join. */
static bool *upstream(struct flow_case *c, int join, const int *edges, int n)
{
    const struct bpmn *g = c->g;
    bool *mark = ARENA_NEW_N(&c->scratch, bool, g->node_count);
    int *stack = ARENA_NEW_N(&c->scratch, int, g->node_count + n), depth = 0;
    for (int i = 0; i < n; i++) {
        int from = g->edges[edges[i]].source;
        if (from >= 0 && from != join && !mark[from]) {
            mark[from] = true;
            stack[depth++] = from;
        }
    }
    while (depth) {
        int at = stack[--depth];
        const struct bpmn_node *x = &g->nodes[at];
        for (int i = 0; i < x->ins + 1; i++) {
            int from = i < x->ins ? g->edges[x->in[i]].source : x->host;
            if (from >= 0 && from != join && !mark[from]) {
                mark[from] = true;
                stack[depth++] = from;
            }
        }
        for (int i = 0; x->kind == BPMN_CATCH && i < g->node_count; i++)
            if (g->nodes[i].link == at && !mark[i]) {
                mark[i] = true;
                stack[depth++] = i;
            }
    }
    return mark;
}

enum blocked { FREE, BY_JOINS, BY_OTHERS };

/* A guest will go home: it counts where it came from. */
static int stands_for(const struct flow_case *c, const struct flow_token *t)
{
    int node = t->node;
    for (uint32_t h = t->home; h; h = flow_home_of(c, h)->outer)
        node = flow_home_of(c, h)->node;
    return node;
}

/* Whether a token may still come, and whether only other joins hold it. */
static enum blocked may_come(struct flow_case *c, struct flow_token *at)
{
    const struct bpmn_node *n = flow_node_of(c, at->node);
    int *empty = ARENA_NEW_N(&c->scratch, int, n->ins), empties = 0;
    int *full = ARENA_NEW_N(&c->scratch, int, n->ins), fulls = 0;
    uint32_t *ids = ARENA_NEW_N(&c->scratch, uint32_t, n->ins);
    gather(c, at->node, at->scope, ids);
    for (int i = 0; i < n->ins; i++)
        if (ids[i])
            full[fulls++] = n->in[i];
        else
            empty[empties++] = n->in[i];
    if (empties == 0)
        return FREE;
    const bool *red = upstream(c, at->node, empty, empties);
    const bool *green = upstream(c, at->node, full, fulls);
    enum blocked result = FREE;
    for (int i = 0; i < c->token_count; i++) {
        const struct flow_token *t = &c->tokens[i];
        int node = stands_for(c, t);
        if (t->phase == FLOW_DEAD || t->scope != at->scope ||
            node == at->node || node < 0 || !red[node] || green[node])
            continue;
        if (t->phase != FLOW_JOINING) {
            at->blocker = t->id;
            at->blocker_node = node;
            return BY_OTHERS;
        }
        result = BY_JOINS;
    }
    return result;
}

static void fire_inclusive(struct flow_case *c, const struct flow_token *at)
{
    const struct bpmn_node *n = flow_node_of(c, at->node);
    uint32_t *ids = ARENA_NEW_N(&c->scratch, uint32_t, n->ins);
    int count = 0;
    gather(c, at->node, at->scope, ids);
    for (int i = 0; i < n->ins; i++)
        if (ids[i])
            ids[count++] = ids[i];
    fire(c, ids, count);
}

/* The token that held a join still stands where it did: no need to ask again,
 * which keeps thousands of joins from being asked thousands of times. */
static bool still_blocked(const struct flow_case *c,
                          const struct flow_token *at)
{
    const struct flow_token *t =
        at->blocker ? flow_token_of(c, at->blocker) : NULL;
    return t && t->phase != FLOW_DEAD && t->phase != FLOW_JOINING &&
           t->scope == at->scope && stands_for(c, t) == at->blocker_node;
}

/* Each join is asked once, by the first of its tokens; `asked` remembers in
 * which scope a node was. */
static bool asked_before(const struct flow_case *c, int token, uint32_t *asked)
{
    const struct flow_token *t = &c->tokens[token];
    if (asked[t->node] == 0) {
        asked[t->node] = t->scope;
        return false;
    }
    for (int i = 0; asked[t->node] != t->scope && i < token; i++)
        if (c->tokens[i].phase == FLOW_JOINING &&
            c->tokens[i].node == t->node && c->tokens[i].scope == t->scope)
            return true;
    return asked[t->node] == t->scope;
}

/* The token of a join that may fire now, or -1.  Joins that only wait for each
 * other: the oldest gives way. */
static int ripe(struct flow_case *c)
{
    int second = -1;
    uint32_t *asked = NULL;
    for (int i = 0; i < c->token_count; i++) {
        struct flow_token *t = &c->tokens[i];
        if (t->phase != FLOW_JOINING ||
            flow_node_of(c, t->node)->kind != BPMN_OR)
            continue;
        if (asked == NULL)
            asked = ARENA_NEW_N(&c->scratch, uint32_t, c->g->node_count);
        if (asked_before(c, i, asked) || still_blocked(c, t))
            continue;
        enum blocked b = may_come(c, t);
        if (b == FREE)
            return i;
        if (b == BY_JOINS && second < 0)
            second = i;
    }
    return second;
}

bool flow_settle_inclusive(struct flow_case *c)
{
    struct arena kept = flow_temp_begin(c);
    int token = ripe(c);
    flow_temp_end(c, kept);
    if (token >= 0)
        fire_inclusive(c, &c->tokens[token]);
    return token >= 0;
}

/* ---- the join that never fires ---- */

static bool only_joins(const struct flow_case *c, uint32_t scope)
{
    for (int i = 0; i < c->token_count; i++)
        if (c->tokens[i].scope == scope && c->tokens[i].phase != FLOW_DEAD &&
            c->tokens[i].phase != FLOW_JOINING)
            return false;
    for (int i = 0; i < c->sub_count; i++)
        if (!c->subs[i].dead && c->subs[i].scope == scope)
            return false;
    return true;
}

bool flow_settle_dead(struct flow_case *c)
{
    for (int i = 0; i < c->token_count; i++) {
        const struct flow_token *t = &c->tokens[i];
        if (t->phase == FLOW_JOINING && only_joins(c, t->scope)) {
            flow_trouble(c, t->id, "并行汇合“%.*s”永远等不齐，请检查流程；"
                                   "管理员可以放行。",
                         STR_ARG(flow_node_of(c, t->node)->id));
            return true;
        }
    }
    return false;
}
