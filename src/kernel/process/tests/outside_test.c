/* What comes from outside a person: time, messages, work, and what fails. */
#include "kernel/process/tests/office.h"

#define WAITS                                                                 \
    HEAD "<process id=\"waits\" name=\"等\" isExecutable=\"true\">"           \
         "<startEvent id=\"s\"/>"                                             \
         "<intermediateCatchEvent id=\"day\" name=\"一日\">"                  \
         "<timerEventDefinition><timeDuration>P1D</timeDuration>"             \
         "</timerEventDefinition></intermediateCatchEvent>"                   \
         "<userTask id=\"t\" name=\"办\" zt:post=\"承办岗\"/>"                \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"day\"/>"        \
         "<sequenceFlow id=\"f2\" sourceRef=\"day\" targetRef=\"t\"/>" TAIL

#define HEARS                                                                 \
    HEAD "<message id=\"m\" name=\"paid\"/><signal id=\"g\" name=\"storm\"/>" \
         "<process id=\"hears\" name=\"听\" isExecutable=\"true\">"           \
         "<startEvent id=\"s\"/><eventBasedGateway id=\"w\"/>"                \
         "<intermediateCatchEvent id=\"pay\"><messageEventDefinition "        \
         "messageRef=\"m\"/></intermediateCatchEvent>"                        \
         "<intermediateCatchEvent id=\"sig\"><signalEventDefinition "         \
         "signalRef=\"g\"/></intermediateCatchEvent>"                         \
         "<endEvent id=\"e1\"/><endEvent id=\"e2\"/>"                         \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"w\"/>"          \
         "<sequenceFlow id=\"f2\" sourceRef=\"w\" targetRef=\"pay\"/>"        \
         "<sequenceFlow id=\"f3\" sourceRef=\"w\" targetRef=\"sig\"/>"        \
         "<sequenceFlow id=\"f4\" sourceRef=\"pay\" targetRef=\"e1\"/>"       \
         "<sequenceFlow id=\"f5\" sourceRef=\"sig\" targetRef=\"e2\"/>" TAIL

#define SERVICE                                                               \
    HEAD "<process id=\"service\" name=\"外部\" isExecutable=\"true\">"       \
         "<startEvent id=\"s\"/><serviceTask id=\"call\" name=\"调用\"/>"     \
         "<userTask id=\"t\" name=\"办\" zt:post=\"承办岗\"/>"                \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"call\"/>"       \
         "<sequenceFlow id=\"f2\" sourceRef=\"call\" targetRef=\"t\"/>" TAIL

static const struct module *const modules[] = { &process_module, NULL };

enum { DAY_MS = 86400000 };

struct round {
    bool more;
};

static enum err timers_work(struct tx *tx, void *context)
{
    struct round *r = context;
    return process_timers(tx, &r->more);
}

static void timers_due_at_once_fire_once_each_in_batches(
    enum test_database which)
{
    enum { CASES = 450 };
    struct office o;
    struct round r = { .more = true };
    int64_t ids[CASES];
    int rounds = 0;
    if (!office_open(&o, which))
        return;
    deploy(&o, "waits", WAITS);
    for (int i = 0; i < CASES; i++)
        ids[i] = start(&o, "waits");
    CHECK(test_store_run(&o.t, timers_work, &r) == OK && !r.more);
    CHECK(glance(&o, ids[0]).v.revision == 1); /* not yet */
    o.t.now.ms += DAY_MS;
    while (rounds < 10 && glance(&o, ids[0]).timers) {
        CHECK(test_store_run(&o.t, timers_work, &r) == OK);
        rounds++;
    }
    CHECK(rounds == 3); /* 200, 200, 50 */
    CHECK(test_store_run(&o.t, timers_work, &r) == OK && !r.more);
    for (int i = 0; i < CASES; i += 149) {
        struct glance g = glance(&o, ids[i]);
        CHECK(g.v.revision == 2 && g.tasks == 1);
    }
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void a_suspended_case_lets_time_pass(enum test_database which)
{
    struct office o;
    struct round r;
    if (!office_open(&o, which))
        return;
    deploy(&o, "waits", WAITS);
    int64_t id = start(&o, "waits");
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_SUSPEND }) == OK);
    o.t.now.ms += 2 * DAY_MS;
    CHECK(test_store_run(&o.t, timers_work, &r) == OK);
    CHECK(glance(&o, id).tasks == 0 && glance(&o, id).timers == 0);
    CHECK(found(&o) == 0);
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_RESUME }) == OK);
    CHECK(glance(&o, id).tasks == 1);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

/* ---- messages ---- */

static const char *to; /* number, or NULL */

static enum err message_work(struct tx *tx, void *context)
{
    (void)context;
    return process_message(tx, STR("paid"), to ? str_of(to) : str_none, NULL);
}

static enum err signal_work(struct tx *tx, void *context)
{
    (void)context;
    return process_signal(tx, STR("storm"), NULL);
}

static void a_message_reaches_one_and_a_signal_all(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "hears", HEARS);
    int64_t first = start(&o, "hears"), second = start(&o, "hears");
    to = arena_cstr(&o.t.arena, o.start.number);
    int64_t third = start(&o, "hears"), fourth = start(&o, "hears");
    CHECK(test_store_run(&o.t, message_work, NULL) == OK);
    CHECK_STR(glance(&o, second).v.state, "done");
    CHECK_STR(glance(&o, first).v.state, "running");
    to = NULL;
    CHECK(test_store_run(&o.t, message_work, NULL) == OK);
    CHECK_STR(glance(&o, first).v.state, "done");
    CHECK(test_store_run(&o.t, signal_work, NULL) == OK);
    CHECK(job_drain(o.t.store, modules, o.t.now) == OK);
    CHECK_STR(glance(&o, third).v.state, "done");
    CHECK_STR(glance(&o, fourth).v.state, "done");
    CHECK(test_store_run(&o.t, message_work, NULL) == ERR_NOTFOUND);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

/* ---- work outside ---- */

static int called;
static enum err answer_of_work;

static enum err call(struct tx *tx, const struct process_view *v, int64_t task,
                     struct value **out)
{
    (void)v, (void)task;
    called++;
    *out = value_new(tx->arena, VALUE_OBJECT);
    value_add(*out, STR("receipt"), value_int(tx->arena, 7));
    return answer_of_work;
}

static const struct process_worker workers[] = { { "service/call", call },
                                                 { 0 } };
static const struct process_worker nobody[] = { { 0 } };

/* The outbox gives up after ten tries, with growing pauses. */
static void until_given_up(struct office *o)
{
    for (int i = 0; i < 2 * JOB_TRIES; i++) {
        CHECK(job_drain(o->t.store, modules, o->t.now) == OK);
        o->t.now.ms += 700000;
    }
    CHECK(job_drain(o->t.store, modules, o->t.now) == OK);
}

static void a_service_is_called_once_and_the_case_goes_on(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    process_workers(workers);
    called = 0;
    answer_of_work = OK;
    deploy(&o, "service", SERVICE);
    int64_t id = start(&o, "service");
    CHECK(o.answer.task == 0);
    CHECK(job_drain(o.t.store, modules, o.t.now) == OK);
    CHECK(called == 1 && glance(&o, id).tasks == 1);
    CHECK_STR(glance(&o, id).task[0].node, "t");
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

struct resolving {
    int64_t incident;
    enum process_way way;
    struct process_answer answer;
};

static enum err resolve_work(struct tx *tx, void *context)
{
    struct resolving *r = context;
    return process_resolve(tx, r->incident, r->way, NULL, STR("已核实"),
                           &r->answer);
}

static void what_fails_for_good_waits_for_a_person(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    process_workers(workers);
    called = 0;
    answer_of_work = ERR_BUSY;
    deploy(&o, "service", SERVICE);
    int64_t id = start(&o, "service");
    until_given_up(&o);
    CHECK(called == JOB_TRIES);
    struct glance g = glance(&o, id);
    CHECK_STR(g.v.state, "stuck");
    CHECK(g.incidents == 1);
    CHECK(found(&o) == 0);
    /* Again: it fails again, and is an incident again. */
    struct resolving r = { g.incident[0].id, PROCESS_RETRY, { 0 } };
    CHECK(test_store_run(&o.t, resolve_work, &r) == OK);
    CHECK(glance(&o, id).incidents == 0);
    CHECK(test_store_run(&o.t, resolve_work, &r) == ERR_NOTFOUND);
    until_given_up(&o);
    g = glance(&o, id);
    CHECK(called == 2 * JOB_TRIES && g.incidents == 1);
    r = (struct resolving){ g.incident[0].id, PROCESS_BY_HAND, { 0 } };
    CHECK(test_store_run(&o.t, resolve_work, &r) == OK);
    g = glance(&o, id);
    CHECK(g.incidents == 0 && g.tasks == 1);
    CHECK_STR(g.v.state, "running");
    CHECK_STR(g.task[0].node, "t");
    CHECK(job_drain(o.t.store, modules, o.t.now) == OK);
    CHECK(called == 2 * JOB_TRIES); /* it was done by hand */
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void without_a_worker_an_administrator_may_end_it(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    process_workers(nobody);
    deploy(&o, "service", SERVICE);
    int64_t id = start(&o, "service");
    CHECK(job_drain(o.t.store, modules, o.t.now) == OK);
    struct glance g = glance(&o, id);
    CHECK(g.incidents == 1);
    struct resolving r = { g.incident[0].id, PROCESS_CANCEL, { 0 } };
    CHECK(test_store_run(&o.t, resolve_work, &r) == OK);
    g = glance(&o, id);
    CHECK_STR(g.v.state, "stopped");
    CHECK(g.incidents == 0 && g.tasks == 0);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void ending_a_stuck_case_ends_its_incident(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    process_workers(nobody);
    deploy(&o, "service", SERVICE);
    int64_t id = start(&o, "service");
    CHECK(job_drain(o.t.store, modules, o.t.now) == OK);
    CHECK(glance(&o, id).incidents == 1);
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_CANCEL }) == OK);
    struct glance g = glance(&o, id);
    CHECK(g.incidents == 0 && g.tasks == 0);
    CHECK_STR(g.v.state, "stopped");
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

/* ---- decision tables ---- */

#define ASKS                                                                  \
    HEAD "<process id=\"asks\" name=\"问\" isExecutable=\"true\">"            \
         "<startEvent id=\"s\"/>"                                             \
         "<userTask id=\"t\" name=\"办\" zt:post=\"承办岗\"/>"                \
         "<businessRuleTask id=\"r\" zt:decisionRef=\"fee\" "                 \
         "zt:resultVariable=\"fee\"/>"                                        \
         "<userTask id=\"u\" name=\"收\" zt:post=\"承办岗\"/>"                \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"t\"/>"          \
         "<sequenceFlow id=\"f2\" sourceRef=\"t\" targetRef=\"r\"/>"          \
         "<sequenceFlow id=\"f3\" sourceRef=\"r\" targetRef=\"u\"/>" TAIL
#define FEE(n)                                                                \
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" "    \
    "id=\"d\" name=\"收费\" namespace=\"u\"><decision id=\"fee\" "            \
    "name=\"fee\"><variable name=\"fee\"/><literalExpression><text>" n        \
    "</text></literalExpression></decision></definitions>"

static enum err table_work(struct tx *tx, void *context)
{
    struct office *o = context;
    str problem = STR("");
    o->version = 0;
    return process_deploy(tx, PROCESS_TABLE, STR("fee"), STR(""),
                          str_of(o->xml), &o->version, &problem);
}

static enum err retire_work(struct tx *tx, void *context)
{
    (void)context;
    return process_retire(tx, PROCESS_TABLE, STR("fee"));
}

struct asking {
    int64_t id, fee;
};

static enum err fee_work(struct tx *tx, void *context)
{
    struct asking *a = context;
    struct process_view v;
    enum err e = process_open(tx, a->id, &v);
    if (e != OK)
        return e;
    const struct value *fee = flow_variable(v.flow, STR("fee"));
    a->fee = fee && fee->kind == VALUE_INT ? fee->i : -1;
    process_close(&v);
    return OK;
}

/* The fee the rule says once the first task is done. */
static int64_t fee_of(struct office *o, int64_t id)
{
    struct asking a = { .id = id };
    CHECK(complete(o, id, glance(o, id).task[0].task) == OK);
    CHECK(test_store_look(&o->t, fee_work, &a) == OK);
    return a.fee;
}

static void a_case_asks_the_tables_in_force_when_it_began(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "asks", ASKS);
    int64_t before = start(&o, "asks");
    o.t.now.ms += 1000;
    o.xml = FEE("10");
    CHECK(test_store_run(&o.t, table_work, &o) == OK && o.version == 1);
    int64_t first = start(&o, "asks"), late = start(&o, "asks");
    o.t.now.ms += 1000;
    o.xml = FEE("20");
    CHECK(test_store_run(&o.t, table_work, &o) == OK && o.version == 2);
    int64_t second = start(&o, "asks");
    o.t.now.ms += 1000;
    CHECK(fee_of(&o, first) == 10 && fee_of(&o, second) == 20);
    CHECK(test_store_run(&o.t, retire_work, NULL) == OK);
    o.t.now.ms += 1000;
    CHECK(fee_of(&o, late) == 10);
    CHECK(fee_of(&o, before) == -1 && glance(&o, before).incidents == 1);
    CHECK(found(&o) == 0);
    /* There was none in its time: when there is one again it will do. */
    o.t.now.ms += 1000;
    o.xml = FEE("30");
    CHECK(test_store_run(&o.t, table_work, &o) == OK);
    struct resolving r = { glance(&o, before).incident[0].id, PROCESS_RETRY,
                           { 0 } };
    CHECK(test_store_run(&o.t, resolve_work, &r) == OK);
    CHECK(glance(&o, before).incidents == 0);
    struct asking a = { .id = before };
    CHECK(test_store_look(&o.t, fee_work, &a) == OK && a.fee == 30);
    CHECK(found(&o) == 0);
    /* A table that declares no input sees the data of the case. */
    o.t.now.ms += 1000;
    o.xml = FEE("days * 4 + count(others)");
    CHECK(test_store_run(&o.t, table_work, &o) == OK);
    struct value *data;
    str why;
    CHECK(value_read_json(&o.t.arena, STR("{\"days\":10,\"others\":[1,2]}"),
                          &data, &why) == OK);
    o.start.data = data;
    CHECK(fee_of(&o, start(&o, "asks")) == 42);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void a_state_that_cannot_be_read_stops_nobody_else(
    enum test_database which)
{
    struct office o;
    struct round r;
    if (!office_open(&o, which))
        return;
    deploy(&o, "waits", WAITS);
    int64_t broken = start(&o, "waits"), well = start(&o, "waits");
    char sql[120];
    snprintf(sql, sizeof sql, which == TEST_PG
                                  ? "UPDATE process_case SET body = "
                                    "'\\xff' WHERE id = %lld"
                                  : "UPDATE process_case SET body = "
                                    "x'ff' WHERE id = %lld",
             (long long)broken);
    CHECK(test_store_sql(&o.t, sql));
    o.t.now.ms += DAY_MS;
    CHECK(test_store_run(&o.t, timers_work, &r) == OK);
    struct glance g = glance(&o, well);
    CHECK(g.tasks == 1 && g.timers == 0 && g.incidents == 1);
    CHECK(g.incident[0].case_id == broken);
    CHECK(found(&o) > 0);
    test_store_close(&o.t);
}

int main(void)
{
    static either *const tests[] = {
        timers_due_at_once_fire_once_each_in_batches,
        a_suspended_case_lets_time_pass,
        a_message_reaches_one_and_a_signal_all,
        a_service_is_called_once_and_the_case_goes_on,
        what_fails_for_good_waits_for_a_person,
        without_a_worker_an_administrator_may_end_it,
        ending_a_stuck_case_ends_its_incident,
        a_case_asks_the_tables_in_force_when_it_began,
        a_state_that_cannot_be_read_stops_nobody_else,
    };
    return run_either(tests, sizeof tests / sizeof *tests);
}
