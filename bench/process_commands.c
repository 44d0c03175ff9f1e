/*
 * How fast is the process engine by itself, and how small is a case?
 *
 * Unit: commands per second in memory, the state read from its blob before and
 * written after each, as the store does; bytes of the blob of a case of seven
 * tasks, in its middle and when it is finished.  The store commits a few
 * thousand a second; worry below 50,000 commands, or above 1,000 bytes.
 */
#include "kernel/flow/engine.h"

#include <stdio.h>

enum { TASKS = 7, CASES = 3000 };

static void seven_tasks(struct buf *b)
{
    buf_put(b, STR("名称\n"));
    for (int i = 0; i < TASKS; i++)
        buf_printf(b, "第%d步 | 岗位%d | 3\n", i + 1, i + 1);
}

struct bench {
    struct arena arena;
    const struct bpmn *g;
    struct buf blob;
    size_t middle, finished;
    int64_t commands;
};

static void one_command(struct bench *x, struct flow_command cmd)
{
    struct flow_case *c = NULL;
    struct flow_events events = { .arena = &x->arena };
    str problem;
    if (x->blob.n == 0)
        c = flow_new(&x->arena, x->g);
    else if (flow_load(&x->arena, x->g, buf_str(&x->blob), &c) != OK)
        return;
    if (cmd.verb == FLOW_COMPLETE)
        cmd.task = c->tasks[0].id;
    if (flow_do(c, &cmd, &events, &problem) == OK)
        x->commands++;
    buf_clear(&x->blob);
    flow_save(c, &x->blob);
    flow_close(c);
    arena_reset(&x->arena);
}

static void one_case(struct bench *x)
{
    struct arena a = { 0 };
    struct value *data = value_new(&a, VALUE_OBJECT);
    value_add(data, STR("applicant"), value_text(&a, STR("周远")));
    value_add(data, STR("amount"), value_int(&a, 120000));
    buf_clear(&x->blob);
    one_command(x, (struct flow_command){ .verb = FLOW_START, .data = data });
    for (int i = 0; i < TASKS; i++) {
        one_command(x, (struct flow_command){ .verb = FLOW_COMPLETE,
                                              .person = STR("王芳") });
        if (i == TASKS / 2)
            x->middle = x->blob.n;
    }
    x->finished = x->blob.n;
    arena_free(&a);
}

int main(void)
{
    struct bench x = { .commands = 0 };
    struct arena a = { 0 };
    struct buf list = { 0 }, xml = { 0 };
    struct bpmn *g = NULL;
    str problem;
    seven_tasks(&list);
    if (bpmn_of_approval(&a, buf_str(&list), &xml, &problem) != OK ||
        bpmn_read(&a, buf_str(&xml), &g, &problem) != OK)
        return 1;
    x.g = g;
    int64_t from = tick_ms();
    for (int i = 0; i < CASES; i++)
        one_case(&x);
    int64_t ms = tick_ms() - from;
    printf("commands_per_second\t%lld\n",
           (long long)(x.commands * 1000 / (ms ? ms : 1)));
    printf("state_bytes_middle\t%zu\n", x.middle);
    printf("state_bytes_finished\t%zu\n", x.finished);
    bpmn_free(g);
    buf_free(&x.blob);
    buf_free(&list);
    buf_free(&xml);
    arena_free(&x.arena);
    arena_free(&a);
    return 0;
}
