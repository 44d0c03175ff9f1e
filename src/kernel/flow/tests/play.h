/*
 * A process as one string in, what happened as one string out: "a+" entered,
 * "a-" left, "a!" cancelled, "a=3" a script's value, then the standing.
 * Steps: "c:ID" complete, "c:ID={…}" with data, "m:NAME" message, "g:NAME"
 * signal, "t:PT1H" time passes, "e:ID=CODE" the work itself fails.
 */
#ifndef FLOW_TEST_PLAY_H
#define FLOW_TEST_PLAY_H

#include "kernel/flow/engine.h"
#include "kernel/flow/iso.h"
#include "kernel/test/test.h"

static struct arena play_arena;
static struct buf play_out;

static void play_event(const struct flow_case *c, const struct flow_event *e)
{
    static const char signs[] = { '+', '-', '=', '!' };
    if (e->type > FLOW_CANCELLED || e->node < 0)
        return;
    str id = c->g->nodes[e->node].id;
    buf_printf(&play_out, "%.*s%c", STR_ARG(id), signs[e->type]);
    if (e->type == FLOW_SCRIPT_RAN)
        value_write_json(e->value, &play_out);
    buf_byte(&play_out, ' ');
}

static enum err play_do(struct flow_case *c, struct flow_command cmd)
{
    struct flow_events events = { .arena = &play_arena };
    str problem = str_none;
    enum err e = flow_do(c, &cmd, &events, &problem);
    for (int i = 0; i < events.count; i++)
        play_event(c, &events.list[i]);
    if (e != OK)
        buf_put(&play_out, STR("refused "));
    return e;
}

static int64_t play_task(const struct flow_case *c, str id)
{
    for (int i = 0; i < c->task_count; i++)
        if (c->tasks[i].state == FLOW_TASK_OPEN &&
            str_eq(c->g->nodes[c->tasks[i].node].id, id))
            return c->tasks[i].id;
    return 0;
}

static void play_time(struct flow_case *c, str text, inst *now)
{
    struct iso_duration d;
    CHECK(iso_duration(text, &d));
    inst end = iso_add(*now, d);
    for (inst next; next = flow_next_timer(c),
                    !inst_is_none(next) && next.ms <= end.ms;) {
        *now = next;
        (void)play_do(c, (struct flow_command){ .verb = FLOW_TIME,
                                                .now = next });
    }
    *now = end;
}

static void play_step(struct flow_case *c, str step, inst *now)
{
    char kind = step.p[0];
    str data = str_slice(step, 2, step.n), problem;
    struct value *v = NULL;
    if (kind == 't') {
        play_time(c, data, now);
        return;
    }
    str id = str_cut(&data, '=');
    if (kind == 'c' && data.n)
        CHECK(value_read_json(&play_arena, data, &v, &problem) == OK);
    struct flow_command cmd = { .now = *now, .name = id, .data = v };
    cmd.verb = kind == 'm' ? FLOW_MESSAGE : kind == 'g' ? FLOW_SIGNAL
                                          : FLOW_COMPLETE;
    if (kind == 'c' || kind == 'e')
        cmd.task = play_task(c, id);
    if (kind == 'e') {
        cmd.verb = FLOW_FAIL;
        cmd.name = data;
    }
    (void)play_do(c, cmd);
}

/* The file's first process, or all of them listening when listen is set. */
static inline str play_all(const char *xml, const char *input,
                           const char *steps, bool listen)
{
    static const char *const words[] = { "waiting", "completed", "error",
                                         "incident" };
    struct bpmn *g = NULL;
    struct value *data = NULL;
    str problem = str_none, rest = str_of(steps);
    inst now = { INT64_C(1700000000000) };
    buf_clear(&play_out);
    if (bpmn_read(&play_arena, str_of(xml), &g, &problem) != OK)
        return problem;
    CHECK(value_read_json(&play_arena, str_of(input), &data, &problem) == OK);
    struct flow_case *c = flow_new(&play_arena, g);
    for (int i = 0; listen && i < g->process_count; i++)
        (void)play_do(c, (struct flow_command){
            .verb = FLOW_LISTEN, .process = g->processes[i].id, .now = now });
    (void)play_do(c, (struct flow_command){ .verb = FLOW_START, .now = now,
                                            .data = data });
    while (rest.n)
        play_step(c, str_cut(&rest, ' '), &now);
    buf_put(&play_out, str_of(words[flow_standing(c)]));
    flow_close(c);
    bpmn_free(g);
    return buf_str(&play_out);
}

#define FILE_OF(roots, body)                                                 \
    "<definitions xmlns='" BPMN_NS "' xmlns:c='http://camunda.org/schema/"   \
    "1.0/bpmn' xmlns:zt='" BPMN_OUR_NS "'>" roots                            \
    "<process id='p' isExecutable='true'>" body "</process></definitions>"
#define FLOW_(id, a, b)                                                      \
    "<sequenceFlow id='" id "' sourceRef='" a "' targetRef='" b "'/>"
#define WHEN(id, a, b, condition)                                            \
    "<sequenceFlow id='" id "' sourceRef='" a "' targetRef='" b "'>"         \
    "<conditionExpression>" condition "</conditionExpression>"               \
    "</sequenceFlow>"
#define START "<startEvent id='s'/>"
#define TIMER(kind, text)                                                    \
    "<timerEventDefinition><" kind ">" text "</" kind                        \
    "></timerEventDefinition>"

#endif
