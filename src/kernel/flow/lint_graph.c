/*
 * What only shows in the whole of a process: nodes nothing leads to, parallel
 * joins whose branches exclude each other, loops in which nothing ever waits.
 *
 * The last two are undecidable in general.  Only what is certain is refused:
 * a join is dead when every way to it passes one choice whose branches each
 * reach only a part of it and nothing on those ways splits; a loop runs for
 * ever when nothing in it waits and it has no exit or nothing in it could
 * change the condition of its exit.
 */
#include "kernel/flow/lint.h"

struct view_of {
    const struct bpmn *g;
    const int *node;        /* nodes of the container */
    int n;
    struct arena *arena;
    int *stack;             /* room for every node of the graph */
    const struct bpmn_lint *lint;
};

/* Successor k of a node in its container, or -1 at the end: flows, boundary
 * events, link. */
static int next_of(const struct bpmn *g, int node, int k)
{
    const struct bpmn_node *n = &g->nodes[node];
    if (k < n->outs)
        return g->edges[n->out[k]].target >= 0 ? g->edges[n->out[k]].target
                                               : node;
    k -= n->outs;
    if (k < n->boundaries)
        return n->boundary[k];
    return k == n->boundaries && n->link >= 0 ? n->link : -1;
}

bool bpmn_lint_begins(const struct bpmn *g, int node)
{
    const struct bpmn_node *n = &g->nodes[node];
    if (n->kind == BPMN_BOUNDARY || n->event_sub || n->ins ||
        n->compensates)
        return false;
    if (n->kind == BPMN_START)
        return true;
    for (int i = 0; n->kind == BPMN_CATCH && i < n->event_count; i++)
        if (n->events[i].trigger == BPMN_LINK)
            return false;
    int count;
    const int *children = bpmn_children(g, n->process, n->parent, &count);
    for (int i = 0; i < count; i++)
        if (g->nodes[children[i]].kind == BPMN_START)
            return false;
    return true;
}

/* Marks all that can be reached from `from` without entering `without`. */
static void reach(const struct view_of *v, int from, int without, bool *mark)
{
    int *stack = v->stack, depth = 0;
    if (mark[from])
        return;
    mark[from] = true;
    stack[depth++] = from;
    while (depth) {
        int node = stack[--depth], to;
        for (int k = 0; (to = next_of(v->g, node, k)) >= 0; k++)
            if (to != without && !mark[to]) {
                mark[to] = true;
                stack[depth++] = to;
            }
    }
}

static bool *reached_from_start(const struct view_of *v, int without)
{
    bool *mark = ARENA_NEW_N(v->arena, bool, v->g->node_count);
    for (int i = 0; i < v->n; i++)
        if (bpmn_lint_begins(v->g, v->node[i]) && v->node[i] != without)
            reach(v, v->node[i], without, mark);
    return mark;
}

static void unreachable(const struct view_of *v, const bool *mark,
                        struct bpmn_lint *l)
{
    for (int i = 0; i < v->n; i++) {
        const struct bpmn_node *n = &v->g->nodes[v->node[i]];
        if (!mark[v->node[i]] && !n->event_sub && n->host < 0 &&
            n->kind != BPMN_BOUNDARY && !n->compensates)
            bpmn_complain(l, BPMN_WRONG, n->id,
                          "没有任何路径能走到“%.*s”，请连上或删去。",
                          STR_ARG(n->name.n ? n->name : n->id));
    }
}

/* ---- joins ---- */

static bool splits(const struct bpmn *g, int node)
{
    const struct bpmn_node *n = &g->nodes[node];
    if (n->boundaries)
        return true;
    return n->outs > 1 && n->kind != BPMN_XOR && n->kind != BPMN_EVENTS;
}

/* How many of the join's flows a branch reaches without passing the choice. */
static int covered(const struct view_of *v, int branch, int choice, int join,
                   bool *split)
{
    bool *mark = ARENA_NEW_N(v->arena, bool, v->g->node_count);
    const struct bpmn_node *j = &v->g->nodes[join];
    int count = 0;
    if (branch != join)
        reach(v, branch, choice, mark);
    for (int i = 0; i < j->ins; i++) {
        int from = v->g->edges[j->in[i]].source;
        count += from >= 0 && (mark[from] ||
                               (branch == join && from == choice));
    }
    for (int i = 0; i < v->n; i++)
        *split |= mark[v->node[i]] && splits(v->g, v->node[i]);
    return count;
}

static bool dead_after(const struct view_of *v, int choice, int join)
{
    const struct bpmn_node *c = &v->g->nodes[choice];
    bool split = false;
    int some = 0;
    for (int k = 0; k < c->outs; k++) {
        int to = v->g->edges[c->out[k]].target;
        int n = to < 0 ? 0 : covered(v, to, choice, join, &split);
        if (n >= v->g->nodes[join].ins || split)
            return false;
        some += n > 0;
    }
    return some > 1;
}

/* Whether anything before the choice could send two tokens through it. */
static bool multiplied(const struct view_of *v, int choice)
{
    for (int i = 0; i < v->n; i++) {
        bool *mark;
        if (v->node[i] == choice || !splits(v->g, v->node[i]))
            continue;
        mark = ARENA_NEW_N(v->arena, bool, v->g->node_count);
        reach(v, v->node[i], -1, mark);
        if (mark[choice])
            return true;
    }
    return false;
}

static void complain_dead(const struct bpmn *g, int join,
                          const struct bpmn_node *choice, struct bpmn_lint *l)
{
    bpmn_complain(l, BPMN_WRONG, g->nodes[join].id,
                  "并行汇合永远等不齐：它的各条来路由“%.*s”二选一，"
                  "请改用单选网关汇合。",
                  STR_ARG(choice->name.n ? choice->name : choice->id));
}

static bool dead_at(const struct view_of *v, int choice, int join)
{
    const struct bpmn_node *c = &v->g->nodes[choice];
    return (c->kind == BPMN_XOR || c->kind == BPMN_EVENTS) && c->outs > 1 &&
           !reached_from_start(v, choice)[join] &&
           dead_after(v, choice, join) && !multiplied(v, choice);
}

static void dead_join(const struct view_of *v, int join, struct bpmn_lint *l)
{
    struct arena scratch = arena_make(0);
    struct view_of w = *v;
    w.arena = &scratch;
    for (int k = 0; k < v->n; k++) {
        const struct bpmn_node *c = &v->g->nodes[v->node[k]];
        bool dead = dead_at(&w, v->node[k], join);
        arena_reset(&scratch);
        if (!dead)
            continue;
        complain_dead(v->g, join, c, l);
        break;
    }
    arena_free(&scratch);
}

/* Quadratic and worse: beyond what a person draws it is left out. */
static void dead_joins(const struct view_of *v, struct bpmn_lint *l)
{
    int checked = 0;
    for (int i = 0; i < v->n && v->n <= 500 && checked < 50; i++) {
        const struct bpmn_node *j = &v->g->nodes[v->node[i]];
        if (j->kind != BPMN_AND || j->ins < 2)
            continue;
        checked++;
        dead_join(v, v->node[i], l);
    }
}

/* ---- loops ---- */

static bool changes_data(const struct bpmn_node *n)
{
    return n->kind == BPMN_SCRIPT || n->kind == BPMN_RULE ||
           n->kind == BPMN_SERVICE || n->kind == BPMN_SUB ||
           n->output_count > 0 || n->kind == BPMN_SEND;
}

struct loop {
    bool exits, changes;
};

/* The nodes on a way from node back to itself through nothing that waits. */
static bool loop_through(const struct view_of *v, int node, struct loop *out)
{
    const struct bpmn *g = v->g;
    bool *ahead = ARENA_NEW_N(v->arena, bool, g->node_count);
    int *stack = v->stack, depth = 0, to;
    bool back = false;
    stack[depth++] = node;
    while (depth) {
        int at = stack[--depth];
        for (int k = 0; k < g->nodes[at].outs; k++) {
            to = g->edges[g->nodes[at].out[k]].target;
            back |= to == node;
            if (to < 0 || bpmn_lint_waits(v->lint, g, to) || ahead[to])
                continue;
            ahead[to] = true;
            stack[depth++] = to;
        }
    }
    if (!back || bpmn_lint_waits(v->lint, g, node))
        return false;
    ahead[node] = true;
    *out = (struct loop){ false, false };
    for (int i = 0; i < v->n; i++) {
        if (!ahead[v->node[i]])
            continue;
        const struct bpmn_node *n = &g->nodes[v->node[i]];
        out->changes |= changes_data(n);
        out->exits |= n->outs == 0;
        for (int k = 0; k < n->outs; k++) {
            to = g->edges[n->out[k]].target;
            out->exits |= to >= 0 && !ahead[to];
        }
    }
    return true;
}

static void endless_loops(const struct view_of *v, struct bpmn_lint *l)
{
    for (int i = 0; i < v->n && v->n <= 500; i++) {
        const struct bpmn_node *n = &v->g->nodes[v->node[i]];
        struct loop loop;
        if (n->ins < 1 || n->outs < 1 ||
            !loop_through(v, v->node[i], &loop))
            continue;
        if (loop.exits && loop.changes)
            bpmn_complain(l, BPMN_HINT, n->id,
                          "循环中没有等待的步骤，请确认退出条件一定会成立。");
        else
            bpmn_complain(
                          l, BPMN_WRONG, n->id,
                "循环中没有任何等待的步骤，也没有办法退出，会无休止地运行，"
                          "请加入人工任务、定时或能改变条件的计算。");
        return;
    }
}

static void lint_container(const struct bpmn *g, int process, int node,
                           struct bpmn_lint *l)
{
    struct arena scratch = arena_make(0);
    struct view_of v = { .g = g, .arena = &scratch, .lint = l };
    v.stack = ARENA_NEW_N(&scratch, int, g->node_count + 1);
    v.node = bpmn_children(g, process, node, &v.n);
    unreachable(&v, reached_from_start(&v, -1), l);
    dead_joins(&v, l);
    endless_loops(&v, l);
    arena_free(&scratch);
    for (int i = 0; i < v.n; i++)
        if (g->nodes[v.node[i]].child_count)
            lint_container(g, process, v.node[i], l);
}

void bpmn_lint_process(const struct bpmn *g, int process, struct bpmn_lint *l)
{
    const struct bpmn_process *p = &g->processes[process];
    if (p->child_count == 0)
        bpmn_complain(l, BPMN_HINT, p->id, "流程里什么也没有。");
    lint_container(g, process, -1, l);
}
