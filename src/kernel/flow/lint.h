/* What the files of the check share. */
#ifndef FLOW_LINT_H
#define FLOW_LINT_H

#include "kernel/flow/bpmn.h"

void bpmn_complain(struct bpmn_lint *l, enum bpmn_severity severity,
                   str element, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- lint_node.c: one node, one edge at a time ---- */
void bpmn_lint_node(const struct bpmn *g, int node, struct bpmn_lint *l);
void bpmn_lint_edge(const struct bpmn *g, int edge, struct bpmn_lint *l);

/* ---- lint_graph.c: what only shows in the whole ---- */
void bpmn_lint_process(const struct bpmn *g, int process, struct bpmn_lint *l);

/* ---- lint_words.c: what only the document shows ---- */
void bpmn_lint_words(const struct bpmn *g, struct bpmn_lint *l);

/* ---- lint_call.c: calls that lead to where they began ---- */
void bpmn_lint_waiting(const struct bpmn *g, bool *waiting);
bool bpmn_lint_waits(const struct bpmn_lint *l, const struct bpmn *g, int node);
void bpmn_lint_calls(const struct bpmn *g, int process, struct bpmn_lint *l);

/* Where a token may begin in a container: starts, or nodes nothing leads to. */
bool bpmn_lint_begins(const struct bpmn *g, int node);

#endif
