/*
 * Fuzzing the BPMN reader: whatever the bytes, reading either refuses with a
 * sentence or gives a graph that can be checked, drawn, exported and run.
 */
#include "kernel/flow/engine.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run(struct arena *a, const struct bpmn *g)
{
    struct flow_case *c = flow_new(a, g);
    struct flow_events events = { .arena = a };
    struct value *input = value_new(a, VALUE_OBJECT);
    str problem;
    struct flow_command cmd = { .verb = FLOW_START, .data = input };
    if (flow_do(c, &cmd, &events, &problem) == OK)
        for (int i = 0; i < 20 && c->task_count; i++) {
            cmd = (struct flow_command){ .verb = FLOW_COMPLETE,
                                         .task = c->tasks[0].id };
            if (flow_do(c, &cmd, &events, &problem) != OK)
                break;
        }
    struct buf blob = { 0 };
    struct flow_case *again;
    flow_save(c, &blob);
    if (flow_load(a, g, buf_str(&blob), &again) != OK)
        abort();
    buf_free(&blob);
    flow_close(again);
    flow_close(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct bpmn *g;
    str problem = str_none;
    if (bpmn_read(&a, (str){ (const char *)data, size }, &g, &problem) != OK) {
        if (problem.n == 0)
            abort();
        arena_free(&a);
        return 0;
    }
    struct buf out = { 0 };
    struct bpmn_lint lint;
    bpmn_lint(g, inst_none, &a, &lint);
    bpmn_draw(g, NULL, &out);
    bpmn_list(g, NULL, &out);
    bpmn_export(g, &out);
    run(&a, g);
    buf_free(&out);
    bpmn_free(g);
    arena_free(&a);
    return 0;
}
