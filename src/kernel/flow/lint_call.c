/* Calls that never come back, because they lead to where they began. */
#include "kernel/flow/lint.h"

static bool calls(const struct bpmn *g, int node)
{
    return g->nodes[node].kind == BPMN_CALL && g->nodes[node].called >= 0;
}

static bool waits_by_itself(const struct bpmn_node *n)
{
    switch (n->kind) {
    case BPMN_USER:
    case BPMN_RECEIVE:
    case BPMN_EVENTS: return true;
    case BPMN_CATCH:
        return n->event_count > 0 && n->events[0].trigger != BPMN_LINK;
    case BPMN_CALL: return n->called < 0; /* nobody here knows */
    default: return false;
    }
}

/* Which processes wait somewhere, in themselves or in what they call. */
void bpmn_lint_waiting(const struct bpmn *g, bool *waiting)
{
    for (bool grew = true; grew;) {
        grew = false;
        for (int i = 0; i < g->node_count; i++) {
            const struct bpmn_node *n = &g->nodes[i];
            if (n->process >= 0 && !waiting[n->process] &&
                (waits_by_itself(n) || (calls(g, i) && waiting[n->called])))
                waiting[n->process] = grew = true;
        }
    }
}

bool bpmn_lint_waits(const struct bpmn_lint *l, const struct bpmn *g, int node)
{
    const struct bpmn_node *n = &g->nodes[node];
    if (calls(g, node) ? l->waiting[n->called] : waits_by_itself(n))
        return true;
    for (int i = 0; n->kind == BPMN_SUB && i < n->child_count; i++)
        if (bpmn_lint_waits(l, g, n->children[i]))
            return true;
    return false;
}

/* Marks the processes that call `process`, at whatever distance, and it. */
static void callers(const struct bpmn *g, int process, bool *mark)
{
    mark[process] = true;
    for (bool grew = true; grew;) {
        grew = false;
        for (int i = 0; i < g->node_count; i++) {
            const struct bpmn_node *n = &g->nodes[i];
            if (calls(g, i) && n->process >= 0 && mark[n->called] &&
                !mark[n->process])
                mark[n->process] = grew = true;
        }
    }
}

/* Whether whoever goes on from node comes to rest, or to an end, before
 * calling the process again. */
static bool escapes(const struct bpmn_lint *l, const struct bpmn *g, int node,
                    bool *seen)
{
    const struct bpmn_node *n = &g->nodes[node];
    if (seen[node] || (calls(g, node) && n->called == n->process))
        return false;
    seen[node] = true;
    if (n->outs == 0 || n->boundaries || n->child_count || n->loop ||
        bpmn_lint_waits(l, g, node))
        return true;
    for (int i = 0; i < n->outs; i++) {
        int to = g->edges[n->out[i]].target;
        if (to < 0 || escapes(l, g, to, seen))
            return true;
    }
    return false;
}

static bool always(const struct bpmn_lint *l, const struct bpmn *g,
                   const struct bpmn_node *call)
{
    struct arena scratch = arena_make(0);
    bool *seen = ARENA_NEW_N(&scratch, bool, g->node_count), out = false;
    int n;
    const int *nodes = bpmn_children(g, call->process, -1, &n);
    for (int i = 0; i < n; i++)
        out |= g->nodes[nodes[i]].event_sub ||
               (bpmn_lint_begins(g, nodes[i]) &&
                escapes(l, g, nodes[i], seen));
    arena_free(&scratch);
    return !out;
}

void bpmn_lint_calls(const struct bpmn *g, int process, struct bpmn_lint *l)
{
    bool *mark = ARENA_NEW_N(l->arena, bool, g->process_count);
    callers(g, process, mark);
    for (int i = 0; i < g->node_count; i++) {
        const struct bpmn_node *n = &g->nodes[i];
        if (!calls(g, i) || n->process != process || !mark[n->called])
            continue;
        if (n->called == process && n->parent < 0 && always(l, g, n))
            bpmn_complain(l, BPMN_WRONG, n->id,
                          "每次走到这里都会再调用本流程，没有等待的步骤，"
                          "也没有别的出路，会无休止地调用，"
                          "请改正要调用的流程，或者加上条件。");
        else
            bpmn_complain(l, BPMN_HINT, n->id,
                          "调用最终会回到本流程，请确认一定会停下来。");
        return;
    }
}
