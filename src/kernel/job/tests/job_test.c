/* Signals, listeners, periodic jobs, on either database. */
#include "kernel/job/job.h"
#include "kernel/job/queries.gen.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <string.h>
#include <time.h>

/* What the listeners below heard and were told to do. */
static struct {
    int heard_a, heard_b;
    char ref[32];
    int64_t payload;
    enum err fail_a;
    _Atomic int ran; /* a runner's thread counts, the test waits for it */
    int left, job_fails;
} seen;

static enum err hear_a(struct tx *tx, str ref, const struct value *payload)
{
    (void)tx;
    if (seen.fail_a != OK)
        return seen.fail_a;
    seen.heard_a++;
    memcpy(seen.ref, ref.p, ref.n);
    seen.payload = payload ? value_get_int(payload, STR("n"), -1) : 0;
    return OK;
}

static enum err hear_b(struct tx *tx, str ref, const struct value *payload)
{
    (void)payload;
    seen.heard_b++;
    /* What a listener signals is delivered too. */
    return seen.heard_b == 1 ? flow_signal(tx, "thing.echoed", ref, NULL) : OK;
}

static enum err echo(struct tx *tx, str ref, const struct value *payload)
{
    (void)tx, (void)ref, (void)payload;
    seen.heard_a += 100;
    return OK;
}

static enum err tick(struct tx *tx, bool *more)
{
    (void)tx;
    seen.ran++;
    *more = --seen.left > 0;
    return seen.job_fails ? ERR_STORE : OK;
}

static const struct event events_a[] = { { "thing.done", hear_a },
                                         { "thing.echoed", echo }, { 0 } };
static const struct event events_b[] = { { "thing.done", hear_b }, { 0 } };
static const struct job jobs_b[] = { { "b.tick", 60, tick }, { 0 } };
static const struct module a = { .name = "a", .events = events_a };
static const struct module b = { .name = "b", .events = events_b,
                                 .jobs = jobs_b };
static const struct module *const only_a[] = { &a, NULL };
static const struct module *const both[] = { &a, &b, NULL };

static enum err signal_it(struct tx *tx, void *event)
{
    struct value *payload = value_new(tx->arena, VALUE_OBJECT);
    value_add(payload, STR("n"), value_int(tx->arena, 42));
    return flow_signal(tx, event, STR("341881-1"), payload);
}

static enum err signal_then_fail(struct tx *tx, void *event)
{
    enum err e = flow_signal(tx, event, STR("341881-1"), NULL);
    return e == OK ? ERR_CONFLICT : e;
}

static enum err count_waiting(struct tx *tx, void *n)
{
    struct job_outbox_waiting w;
    enum err e = job_outbox_waiting(tx, &w);
    *(int64_t *)n = w.waiting;
    return e;
}

static int64_t waiting(struct test_store *t)
{
    int64_t n = -1;
    CHECK(test_store_look(t, count_waiting, &n) == OK);
    return n;
}

static bool start(struct test_store *t, enum test_database which)
{
    memset(&seen, 0, sizeof seen);
    return test_store_open(t, which);
}

static void a_signal_reaches_its_listener_with_its_payload(
    enum test_database which)
{
    struct test_store t;
    if (!start(&t, which))
        return;
    CHECK(test_store_run(&t, signal_it, "thing.done") == OK);
    CHECK(waiting(&t) == 1 && seen.heard_a == 0);
    CHECK(job_drain(t.store, only_a, t.now) == OK);
    CHECK(seen.heard_a == 1 && seen.payload == 42);
    CHECK_STR(str_of(seen.ref), "341881-1");
    CHECK(waiting(&t) == 0);
    CHECK(job_drain(t.store, only_a, t.now) == OK);
    CHECK(seen.heard_a == 1);
    test_store_close(&t);
}

static void every_listener_hears_and_may_signal_in_turn(
    enum test_database which)
{
    struct test_store t;
    if (!start(&t, which))
        return;
    CHECK(test_store_run(&t, signal_it, "thing.done") == OK);
    CHECK(job_drain(t.store, both, t.now) == OK);
    CHECK(seen.heard_a == 101 && seen.heard_b == 1);
    CHECK(waiting(&t) == 0);
    test_store_close(&t);
}

static void what_did_not_happen_is_not_told(enum test_database which)
{
    struct test_store t;
    if (!start(&t, which))
        return;
    CHECK(test_store_run(&t, signal_then_fail, "thing.done") == ERR_CONFLICT);
    CHECK(job_drain(t.store, both, t.now) == OK);
    CHECK(seen.heard_a == 0 && waiting(&t) == 0);
    test_store_close(&t);
}

static void a_signal_nobody_hears_goes_away(enum test_database which)
{
    struct test_store t;
    if (!start(&t, which))
        return;
    CHECK(test_store_run(&t, signal_it, "nobody.cares") == OK);
    CHECK(job_drain(t.store, both, t.now) == OK);
    CHECK(waiting(&t) == 0);
    test_store_close(&t);
}

static void one_failing_listener_does_not_hold_up_another(
    enum test_database which)
{
    struct test_store t;
    if (!start(&t, which))
        return;
    seen.fail_a = ERR_CONFLICT;
    CHECK(test_store_run(&t, signal_it, "thing.done") == OK);
    CHECK(job_drain(t.store, both, t.now) == OK);
    CHECK(seen.heard_a == 100 && seen.heard_b == 1);
    CHECK(waiting(&t) == 1);
    seen.fail_a = OK;
    CHECK(job_drain(t.store, both, t.now) == OK);
    CHECK(seen.heard_a == 100); /* not before its pause is over */
    t.now.ms += 1000;
    CHECK(job_drain(t.store, both, t.now) == OK);
    CHECK(seen.heard_a == 101 && seen.heard_b == 1);
    CHECK(waiting(&t) == 0);
    test_store_close(&t);
}

struct troubles {
    struct job_trouble *list;
    size_t n;
};

static enum err list_troubles(struct tx *tx, void *context)
{
    struct troubles *x = context;
    return job_troubles(tx, &x->list, &x->n);
}

static enum err again(struct tx *tx, void *code)
{
    return job_again(tx, *(str *)code);
}

static void after_ten_tries_a_person_is_asked_and_can_send_it_again(
    enum test_database which)
{
    struct test_store t;
    struct troubles x;
    if (!start(&t, which))
        return;
    seen.fail_a = ERR_RANGE;
    CHECK(test_store_run(&t, signal_it, "thing.done") == OK);
    for (int i = 0; i < JOB_TRIES; i++) {
        CHECK(waiting(&t) == 1);
        CHECK(job_drain(t.store, only_a, t.now) == OK);
        t.now.ms += 600000;
    }
    CHECK(waiting(&t) == 0);
    CHECK(test_store_look(&t, list_troubles, &x) == OK && x.n == 1);
    CHECK_STR(x.list[0].name, "thing.done");
    CHECK_STR(x.list[0].error, err_name(ERR_RANGE));
    CHECK(x.list[0].tries == JOB_TRIES);
    seen.fail_a = OK;
    str code = x.list[0].code;
    CHECK(test_store_run(&t, again, &code) == OK);
    CHECK(test_store_run(&t, again, &code) == ERR_NOTFOUND);
    CHECK(job_drain(t.store, only_a, t.now) == OK);
    CHECK(seen.heard_a == 1 && seen.payload == 42);
    CHECK(test_store_look(&t, list_troubles, &x) == OK && x.n == 0);
    test_store_close(&t);
}

static void a_periodic_job_runs_until_it_has_no_more(enum test_database which)
{
    struct test_store t;
    if (!start(&t, which))
        return;
    seen.left = 5;
    CHECK(job_drain(t.store, both, t.now) == OK);
    CHECK(seen.ran == 5);
    test_store_close(&t);
}

static void pause(int ms)
{
    struct timespec t = { 0, ms * 1000000L };
    nanosleep(&t, NULL);
}

static void the_runner_delivers_soon_after_the_commit(enum test_database which)
{
    struct test_store t;
    struct runner *r;
    if (!start(&t, which))
        return;
    CHECK(job_start(t.store, both, &r) == OK);
    CHECK(test_store_run(&t, signal_it, "thing.done") == OK);
    /* Signals go out before periodic jobs run, and a runner that is told to
     * stop between the two does. */
    for (int i = 0; i < 300 && (waiting(&t) || seen.ran == 0); i++)
        pause(10);
    job_stop(r);
    CHECK(seen.heard_b == 1);
    CHECK(seen.ran >= 1);
    test_store_close(&t);
}

static _Atomic int heard_slowly;

static enum err hear_slowly(struct tx *tx, str ref, const struct value *payload)
{
    (void)tx, (void)ref, (void)payload;
    heard_slowly++;
    pause(2);
    return OK;
}

static const struct event slow_events[] = { { "thing.many", hear_slowly },
                                            { 0 } };
static const struct module slow = { .name = "slow", .events = slow_events };
static const struct module *const only_slow[] = { &slow, NULL };

static enum err signal_many(struct tx *tx, void *unused)
{
    enum err e = OK;
    (void)unused;
    for (int i = 0; i < 500 && e == OK; i++)
        e = flow_signal(tx, "thing.many", STR("341881-1"), NULL);
    return e;
}

/* However much there is to tell, a server that is to stop stops. */
static void what_is_left_waits_for_the_next_start(enum test_database which)
{
    struct test_store t;
    struct runner *r;
    if (!start(&t, which))
        return;
    heard_slowly = 0;
    CHECK(test_store_run(&t, signal_many, NULL) == OK);
    CHECK(job_start(t.store, only_slow, &r) == OK);
    while (heard_slowly == 0)
        pause(1);
    job_stop(r);
    int64_t left = waiting(&t);
    CHECK(left > 0 && left < 500);
    CHECK(job_drain(t.store, only_slow, t.now) == OK);
    CHECK(waiting(&t) == 0);
    test_store_close(&t);
}

static void a_signal_survives_a_restart(enum test_database which)
{
    struct test_store t;
    if (!start(&t, which))
        return;
    CHECK(test_store_run(&t, signal_it, "thing.done") == OK);
    store_close(t.store);
    t.store = NULL;
    test_store_reopen(&t);
    CHECK(job_drain(t.store, only_a, t.now) == OK);
    CHECK(seen.heard_a == 1);
    test_store_close(&t);
}

int main(void)
{
    static void (*const tests[])(enum test_database) = {
        a_signal_reaches_its_listener_with_its_payload,
        every_listener_hears_and_may_signal_in_turn,
        what_did_not_happen_is_not_told,
        a_signal_nobody_hears_goes_away,
        one_failing_listener_does_not_hold_up_another,
        after_ten_tries_a_person_is_asked_and_can_send_it_again,
        a_periodic_job_runs_until_it_has_no_more,
        the_runner_delivers_soon_after_the_commit,
        what_is_left_waits_for_the_next_start,
        a_signal_survives_a_restart,
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        for (int which = TEST_LITE; which <= TEST_PG; which++) {
            test_bad = 0;
            tests[i]((enum test_database)which);
            test_bad ? test_failed++ : test_passed++;
        }
    return test_result();
}
