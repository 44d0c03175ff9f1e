/*
 * Names a condition uses and nobody supplies.
 *
 * FEEL calls a name without a value null, a condition on null is not true, and
 * the way behind it is never gone: nothing fails, and nobody sees why.  So what
 * each element before the condition brings is gathered, walking the graph
 * backwards, and what is missing is said.
 *
 * The walk takes in too much rather than too little (every step of a
 * sub-process, whatever way was gone), so that a complaint is right.  Whether
 * one is sure depends on the world: read alone, a file may be begun with any
 * data (HINT); in a closed one, where only the forms of its own steps supply
 * data, what none of them has never gets a value (WRONG).  A message, a call, a
 * service without a declared result bring what nobody knows: HINT in both.
 */
#include "kernel/flow/ask.h"
#include "kernel/flow/expression.h"
#include "kernel/flow/lint.h"

struct gather {
    const struct bpmn *g;
    struct arena *a;
    bool closed;
    bool *seen;           /* what it brings is taken */
    int *todo;            /* whose predecessors are still to be visited */
    int waiting;
    struct bpmn_names *out;
};

void bpmn_name_known(struct bpmn_names *names, struct arena *a, str name)
{
    if (name.n && value_get(names->known, name) == NULL)
        value_add(names->known, arena_str(a, name), value_new(a, VALUE_NULL));
}

static void know(struct gather *w, str name)
{
    bpmn_name_known(w->out, w->a, name);
}

/* ---- what one element brings ---- */

static void by_loop(struct gather *w, const struct bpmn_loop *l)
{
    static const char *const counts[] = {
        "loopCounter", "nrOfInstances", "nrOfActiveInstances",
        "nrOfCompletedInstances", "numberOfInstances",
        "numberOfActiveInstances", "numberOfCompletedInstances",
        "numberOfTerminatedInstances",
    };
    if (l == NULL)
        return;
    know(w, l->element);
    know(w, l->output);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        know(w, str_of(counts[i]));
}

static void by_questions(struct gather *w, int node)
{
    struct bpmn_question *q = ARENA_NEW_N(w->a, struct bpmn_question,
                                          BPMN_QUESTIONS);
    int n = bpmn_questions(w->g, node, w->a, q);
    for (int i = 0; i < n; i++)
        know(w, q[i].name);
}

static bool tells(const struct bpmn_node *n)
{
    for (int i = 0; i < n->event_count; i++)
        if (n->events[i].trigger == BPMN_MESSAGE ||
            n->events[i].trigger == BPMN_SIGNAL ||
            n->events[i].trigger == BPMN_ERROR ||
            n->events[i].trigger == BPMN_ESCALATION)
            return true;
    return false;
}

static void bring(struct gather *w, int node);

/* A called process hands back what the mappings name, or everything. */
static void by_call(struct gather *w, const struct bpmn_node *n)
{
    bool all = n->all_out || (n->output_count == 0 && !n->none_out);
    if (n->called < 0) {
        w->out->outside |= all;
        return;
    }
    for (int i = 0; all && i < w->g->node_count; i++)
        if (w->g->nodes[i].process == n->called)
            bring(w, i);
}

static void by_kind(struct gather *w, int node)
{
    const struct bpmn_node *n = &w->g->nodes[node];
    switch (n->kind) {
    case BPMN_START:
        by_questions(w, node);
        w->out->outside |= tells(n);
        break;
    case BPMN_USER: by_questions(w, node); break;
    case BPMN_SERVICE:
        w->out->outside |= !str_is(n->work, "notify") && n->result.n == 0;
        break;
    case BPMN_RECEIVE: w->out->outside = true; break;
    case BPMN_CATCH:
    case BPMN_BOUNDARY: w->out->outside |= tells(n); break;
    case BPMN_CALL: by_call(w, n); break;
    default: break;
    }
}

static void bring(struct gather *w, int node)
{
    const struct bpmn_node *n = &w->g->nodes[node];
    if (w->seen[node])
        return;
    w->seen[node] = true;
    know(w, n->result);
    for (int i = 0; i < n->output_count; i++)
        know(w, n->outputs[i].target);
    by_loop(w, n->loop);
    by_kind(w, node);
    for (int i = 0; i < n->child_count; i++)
        bring(w, n->children[i]);
}

/* ---- the way back ---- */

static void come_from(struct gather *w, int node)
{
    if (node < 0 || w->seen[node])
        return;
    bring(w, node);
    w->todo[w->waiting++] = node;
}

/* Before the first element of a process: who calls it, or the world. */
static void before_process(struct gather *w, int process)
{
    for (int i = 0; i < w->g->node_count; i++) {
        const struct bpmn_node *n = &w->g->nodes[i];
        if (n->kind != BPMN_CALL || n->called != process)
            continue;
        for (int k = 0; k < n->input_count; k++)
            know(w, n->inputs[k].target);
        by_loop(w, n->loop);
        if (n->all_in || (n->input_count == 0 && !n->none_in))
            come_from(w, i);
    }
    w->out->outside |= !w->closed; /* anybody may begin it by itself */
}

/* Before the first element of a sub-process: what comes before the whole; of
 * one an event begins, everything around it. */
static void before_container(struct gather *w, int node)
{
    const struct bpmn_node *n = &w->g->nodes[node];
    if (n->parent < 0) {
        before_process(w, n->process);
        return;
    }
    const struct bpmn_node *sub = &w->g->nodes[n->parent];
    by_loop(w, sub->loop);
    for (int i = 0; i < sub->input_count; i++)
        know(w, sub->inputs[i].target);
    come_from(w, n->parent);
    int count;
    const int *around = bpmn_children(w->g, sub->process, sub->parent, &count);
    for (int i = 0; sub->event_sub && i < count; i++)
        come_from(w, around[i]);
}

static void step_back(struct gather *w, int node)
{
    const struct bpmn_node *n = &w->g->nodes[node];
    for (int i = 0; i < n->ins; i++)
        come_from(w, w->g->edges[n->in[i]].source);
    come_from(w, n->host);
    for (int i = 0; n->kind == BPMN_CATCH && i < w->g->node_count; i++)
        if (w->g->nodes[i].link == node)
            come_from(w, i);
    if (n->ins == 0 && n->host < 0)
        before_container(w, node);
}

void bpmn_names_before(const struct bpmn *g, int node, bool closed,
                       struct arena *a, struct bpmn_names *out)
{
    struct gather w = { .g = g, .a = a, .closed = closed, .out = out,
                        .seen = ARENA_NEW_N(a, bool, g->node_count + 1),
                        .todo = ARENA_NEW_N(a, int, g->node_count + 1) };
    *out = (struct bpmn_names){ .known = value_new(a, VALUE_OBJECT) };
    for (int at = node; at >= 0; at = g->nodes[at].parent) {
        by_loop(&w, g->nodes[at].loop);
        for (int i = 0; i < g->nodes[at].input_count; i++)
            know(&w, g->nodes[at].inputs[i].target);
    }
    step_back(&w, node);
    while (w.waiting)
        step_back(&w, w.todo[--w.waiting]);
}

/* ---- what is said ---- */

void bpmn_complain_name(struct bpmn_lint *l, str element, const char *what,
                        str name, bool outside)
{
    if (outside)
        bpmn_complain(l, BPMN_HINT, element,
                      "%s用到“%.*s”，它以前的步骤都没有写明给出它，只能由发起时"
                      "的数据、消息或者外部调用带来；没有带来时按不成立处理。请"
                      "核对名称，或者写进前面一步的“还要填写”（zt:asks）。",
                      what, STR_ARG(utf8_head(name, 60)));
    else
        bpmn_complain(l, BPMN_WRONG, element,
                      "%s用到“%.*s”，可是没有谁给出它：发起时不填，前面各步不"
                      "问，也没有脚本或者决策算出，永远没有值。请核对名称，或者"
                      "写进开始事件、前面一步的“还要填写”（zt:asks）。", what,
                      STR_ARG(utf8_head(name, 60)));
}

struct value *bpmn_names_missing(struct arena *a, str text,
                                 const struct bpmn_names *names)
{
    return expression_missing(a, text, names->known);
}

static void lint_condition(const struct bpmn *g, const struct bpmn_edge *e,
                           bool closed, struct bpmn_lint *l)
{
    struct arena scratch = arena_make(0);
    struct bpmn_names names;
    bpmn_names_before(g, e->source, closed, &scratch, &names);
    /* A step's own way on: what it asks itself is known. */
    struct gather own = { .g = g, .a = &scratch, .out = &names,
                          .seen = ARENA_NEW_N(&scratch, bool,
                                              g->node_count + 1) };
    bring(&own, e->source);
    const struct value *m = bpmn_names_missing(&scratch, e->condition, &names);
    for (m = m->first; m; m = m->next)
        bpmn_complain_name(l, e->id, "条件", m->text, names.outside);
    arena_free(&scratch);
}

bool bpmn_is_owned(const struct bpmn *g, int process)
{
    str owner = process >= 0 ? g->processes[process].owner : STR("");
    return owner.n && !str_is(owner, "matters");
}

/* Each walk is linear: beyond what a person draws it is left out. */
void bpmn_lint_names(const struct bpmn *g, bool closed, struct bpmn_lint *l)
{
    enum { NODES = 500, CONDITIONS = 200 };
    int looked = 0;
    for (int i = 0; i < g->edge_count && g->node_count <= NODES; i++) {
        const struct bpmn_edge *e = &g->edges[i];
        if (e->kind != BPMN_FLOW || !e->has_condition || e->is_default ||
            e->source < 0 || bpmn_is_owned(g, e->process) ||
            ++looked > CONDITIONS)
            continue;
        lint_condition(g, e, closed, l);
    }
}
