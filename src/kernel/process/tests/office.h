/* A small office with cases that run, for this room's tests. */
#ifndef PROCESS_TESTS_OFFICE_H
#define PROCESS_TESTS_OFFICE_H

#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/job/job.h"
#include "kernel/process/inside.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <stdarg.h>
#include <string.h>

#define HEAD                                                                  \
    "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "      \
    "xmlns:zt=\"urn:zhengtong:bpmn\" id=\"d\" targetNamespace=\"u\">"
#define TAIL "</process></definitions>"

struct office {
    struct test_store t;
    int64_t wang, li;          /* hold 承办岗 and 审核岗 of D022 */
    struct process_start start;
    struct process_do command;
    struct process_answer answer;
    const char *key, *xml;     /* what deploy brings into force */
    int64_t version;
    int bad;                   /* found by the check */
    enum err then;             /* returned after the command was done */
};

static int numbers;

static inline enum err office_account(struct tx *tx, const char *login,
                                      const char *duty, int64_t *id)
{
    struct auth_account a = { .login = str_of(login), .name = str_of(login),
                              .kind = STR("staff"), .password = STR("$x") };
    enum err e = auth_add_account(tx, &a, id);
    struct auth_duty d = { .unit = STR("D022"), .duty = str_of(duty),
                           .account = *id, .from = day_of(2026, 1, 1),
                           .to = day_none };
    return e == OK ? auth_add_duty(tx, &d, NULL) : e;
}

static inline enum err office_build(struct tx *tx, void *context)
{
    struct office *o = context;
    struct auth_unit u = { .code = STR("D022"), .name = STR("市场监督管理局"),
                           .kind = STR("department"), .position = 1 };
    enum err e = auth_add_unit(tx, &u);
    if (e == OK)
        e = office_account(tx, "officer.wang", "承办岗", &o->wang);
    return e == OK ? office_account(tx, "officer.li", "审核岗", &o->li) : e;
}

static inline bool office_open(struct office *o, enum test_database which)
{
    *o = (struct office){ .key = NULL };
    if (!test_store_open(&o->t, which))
        return false;
    store_set_calendar(o->t.store, clock_calendar_builtin());
    CHECK(test_store_run(&o->t, office_build, o) == OK);
    return true;
}

static inline enum err deploy_work(struct tx *tx, void *context)
{
    struct office *o = context;
    str problem = STR("");
    o->version = 0;
    enum err e = process_deploy(tx, PROCESS_FLOW, str_of(o->key), STR(""),
                                str_of(o->xml), &o->version, &problem);
    if (e != OK)
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
    return e;
}

static inline void deploy(struct office *o, const char *key, const char *xml)
{
    o->key = key;
    o->xml = xml;
    CHECK(test_store_run(&o->t, deploy_work, o) == OK);
}

static inline enum err start_work(struct tx *tx, void *context)
{
    struct office *o = context;
    return process_start(tx, &o->start, &o->answer);
}

/* A case of the process in force, by a number of its own. */
static inline int64_t start(struct office *o, const char *key)
{
    o->start.key = str_of(key);
    o->start.number = arena_printf(&o->t.arena, "SX%06d", ++numbers);
    o->start.module = STR("test");
    o->start.title = STR("一件事");
    o->start.unit = STR("D022");
    o->start.due = day_none;
    CHECK(test_store_run(&o->t, start_work, o) == OK);
    return o->answer.id;
}

static inline enum err do_work(struct tx *tx, void *context)
{
    struct office *o = context;
    enum err e = process_do(tx, &o->command, &o->answer);
    return e == OK ? o->then : e;
}

static inline enum err act(struct office *o, int64_t id,
                           struct flow_command c)
{
    o->command.id = id;
    o->command.command = c;
    return test_store_run(&o->t, do_work, o);
}

static inline enum err complete(struct office *o, int64_t id, int64_t task)
{
    return act(o, id, (struct flow_command){ .verb = FLOW_COMPLETE,
                                             .task = task });
}

/* ---- looking ---- */

struct glance {
    int64_t id;
    struct process_view v;   /* without graph and state */
    struct process_tasks_of *task;
    size_t tasks;
    struct process_incidents *incident;
    size_t incidents;
    struct process_timer_due *timer;
    size_t timers;
    struct process_sub_waiting *wait;
    const char *kind, *name; /* of what is waited for */
    size_t waits;
};

static inline enum err glance_work(struct tx *tx, void *context)
{
    struct glance *g = context;
    enum err e = process_open(tx, g->id, &g->v);
    if (e == OK) {
        struct process_view keep = g->v;
        process_close(&g->v);
        g->v = keep;
        g->v.graph = NULL;
        g->v.flow = NULL;
        e = process_tasks_of(tx, g->id, &g->task, &g->tasks);
    }
    if (e == OK)
        e = process_incidents(tx, 0, &g->incident, &g->incidents);
    if (e == OK)
        e = process_timer_due(tx, (inst){ INT64_MAX }, &g->timer, &g->timers);
    if (e == OK && g->kind)
        e = process_sub_waiting(tx, str_of(g->kind), str_of(g->name), 0,
                                &g->wait, &g->waits);
    return e;
}

static inline struct glance glance(struct office *o, int64_t id)
{
    struct glance g = { .id = id };
    CHECK(test_store_look(&o->t, glance_work, &g) == OK);
    return g;
}

static inline void found_bad(void *context, const char *format, ...)
{
    struct office *o = context;
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    o->bad++;
}

static inline enum err check_work(struct tx *tx, void *context)
{
    int64_t looked;
    return process_check(tx, 1, found_bad, context, &looked);
}

/* How many things are not so; all cases are replayed. */
static inline int found(struct office *o)
{
    o->bad = 0;
    CHECK(test_store_look(&o->t, check_work, o) == OK);
    return o->bad;
}

typedef void either(enum test_database which);

static inline int run_either(either *const *tests, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (int which = TEST_LITE; which <= TEST_PG; which++) {
            test_bad = 0;
            tests[i]((enum test_database)which);
            test_bad ? test_failed++ : test_passed++;
        }
    return test_result();
}

#endif
