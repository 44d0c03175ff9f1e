/*
 * What is said about a file before it is deployed.
 *
 * Three degrees: what the engine cannot run at all, what it would try but
 * nobody should deploy, and what somebody should look at.  Every sentence
 * names what is wrong and what to do, because the reader drew the process and
 * does not know the engine.
 *
 * A file may describe pools nobody executes.  When any process says it is
 * executable, only those and what they call are checked.
 */
#include "kernel/flow/lint.h"

#include <stdarg.h>
#include <stdio.h>

/* A sentence cut at the buffer's end may end inside a character. */
static str whole_utf8(struct arena *a, str s)
{
    while (s.n && !utf8_valid(s))
        s.n--;
    return arena_str(a, s);
}

void bpmn_complain(struct bpmn_lint *l, enum bpmn_severity severity,
                   str element, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    /* A name may have several lines; a complaint has one. */
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < ' ')
            *p = ' ';
    struct bpmn_complaint *c = ARENA_NEW(l->arena, struct bpmn_complaint);
    *c = (struct bpmn_complaint){ .severity = (uint8_t)severity,
                                  .element = element,
                                  .text = whole_utf8(l->arena, str_of(text)) };
    if (l->last)
        l->last->next = c;
    else
        l->first = c;
    l->last = c;
    l->hints += severity == BPMN_HINT;
    l->wrong += severity == BPMN_WRONG;
    l->unknown += severity == BPMN_UNKNOWN;
}

/* The executable processes and, from them, everything that is called. */
static void mark_checked(const struct bpmn *g, bool *checked)
{
    bool any = false;
    for (int i = 0; i < g->process_count; i++)
        any |= g->processes[i].executable;
    for (int i = 0; i < g->process_count; i++)
        checked[i] = g->processes[i].executable || !any;
    for (bool grew = true; grew;) {
        grew = false;
        for (int i = 0; i < g->node_count; i++) {
            const struct bpmn_node *n = &g->nodes[i];
            if (n->process >= 0 && checked[n->process] && n->called >= 0 &&
                !checked[n->called])
                checked[n->called] = grew = true;
        }
    }
}

static bool seen(const bool *checked, int process)
{
    return process >= 0 && checked[process];
}

void bpmn_lint(const struct bpmn *g, inst now, struct arena *a,
               struct bpmn_lint *out)
{
    *out = (struct bpmn_lint){ .arena = a, .now = now };
    bool *checked = ARENA_NEW_N(a, bool, g->process_count);
    bool *waiting = ARENA_NEW_N(a, bool, g->process_count);
    mark_checked(g, checked);
    bpmn_lint_waiting(g, waiting);
    out->waiting = waiting;
    bpmn_lint_words(g, out);
    if (g->choreography)
        bpmn_complain(out, BPMN_UNKNOWN, g->refused.n ? g->refused
                                                 : STR("definitions"),
                      "编排（choreography）不能执行，请改用带消息流的流程。");
    if (g->process_count == 0 && !g->choreography)
        bpmn_complain(out, BPMN_UNKNOWN, STR("definitions"),
                      "文件中没有流程，请先画一个流程再部署。");
    for (int i = 0; i < g->node_count; i++)
        if (seen(checked, g->nodes[i].process) ||
            g->nodes[i].kind == BPMN_CHOREOGRAPHY)
            bpmn_lint_node(g, i, out);
    for (int i = 0; i < g->edge_count; i++)
        if (g->edges[i].kind == BPMN_FLOW && seen(checked, g->edges[i].process))
            bpmn_lint_edge(g, i, out);
    for (int i = 0; i < g->dangling_count; i++)
        if (g->danglings[i].process < 0 || seen(checked,
                                                g->danglings[i].process))
            bpmn_complain(out, BPMN_WRONG, g->danglings[i].element,
                          "引用的“%.*s”在文件中不存在或种类不符，请改正。",
                          STR_ARG(g->danglings[i].ref));
    for (int i = 0; i < g->process_count; i++)
        if (checked[i]) {
            bpmn_lint_process(g, i, out);
            bpmn_lint_calls(g, i, out);
        }
}
