/*
 * Calls against nobody and against a machine that answers: tried again with
 * growing pauses, given up in the open, told once it went well, dropped when it
 * is not wanted any more, held back until its time.
 */
#include "kernel/call/inside.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

static struct test_store t;

/* What the kind under test is told to say, and what it heard. */
static struct {
    const char *url;
    enum err made;
    inst when;
    int asked, told, last, status;
    enum call_fate fate;
} seen;

static enum err make(struct tx *tx, str ref, struct call_request *out,
                     inst *when)
{
    (void)tx, (void)ref;
    seen.asked++;
    *when = seen.when;
    out->url = str_of(seen.url);
    out->method = "GET";
    return seen.made;
}

static enum err told(struct tx *tx, str ref, const struct call_answer *a,
                     enum call_fate *fate)
{
    (void)tx, (void)ref;
    seen.told++;
    seen.last += a->last;
    seen.status = a->status;
    *fate = seen.fate;
    return OK;
}

static const struct call_kind kind = { "test.kind", 1, 3, make, told };
static const struct call_kind *const kinds[] = { &kind, NULL };

static enum err queue(struct tx *tx, void *context)
{
    tx->notes++;
    return call_queue(tx, "test.kind", str_of(context));
}

static enum err again(struct tx *tx, void *context)
{
    tx->notes++;
    return call_again(tx, "test.kind", str_of(context));
}

static enum err unknown(struct tx *tx, void *context)
{
    tx->notes++;
    (void)context;
    return call_queue(tx, "test.other", STR("1"));
}

struct standing {
    const char *ref;
    char state[16];
};

static enum err stand(struct tx *tx, void *context)
{
    struct standing *s = context;
    str state, error;
    enum err e = call_state(tx, "test.kind", str_of(s->ref), &state, &error);
    snprintf(s->state, sizeof s->state, "%.*s", STR_ARG(state));
    return e;
}

static str state_of(const char *ref)
{
    static struct standing s;
    s = (struct standing){ .ref = ref };
    CHECK(test_store_look(&t, stand, &s) == OK);
    return str_of(s.state);
}

/* A port of this machine nobody listens on. */
#define NOBODY "http://127.0.0.1:1/"

static void begin(const char *url, enum err made, enum call_fate fate)
{
    seen.url = url;
    seen.made = made;
    seen.fate = fate;
    seen.when = inst_none;
    seen.asked = seen.told = seen.last = 0;
    seen.status = -1;
}

static void pauses_grow_to_an_hour(void)
{
    CHECK(call_pause(0) == 10000 && call_pause(1) == 10000);
    CHECK(call_pause(2) == 20000 && call_pause(4) == 80000);
    CHECK(call_pause(40) == 3600000);
}

static void nobody_answering_is_tried_again_and_given_up(void)
{
    inst now = t.now;
    begin(NOBODY, OK, CALL_AGAIN);
    CHECK(test_store_run(&t, queue, "A") == OK);
    CHECK(test_store_run(&t, queue, "A") == OK); /* once is enough */
    CHECK(call_drain(t.store, now) == OK);
    CHECK(seen.asked == 1 && seen.told == 1 && seen.status == 0);
    CHECK_STR(state_of("A"), "waiting");
    CHECK(call_drain(t.store, now) == OK);
    CHECK(seen.asked == 1); /* not before its pause is over */
    for (int i = 0; i < 4; i++) {
        now.ms = inst_now().ms + (i + 1) * 4000000LL;
        CHECK(call_drain(t.store, now) == OK);
    }
    CHECK(seen.asked == 3 && seen.last == 1);
    CHECK_STR(state_of("A"), "failed");
    CHECK(test_store_run(&t, again, "A") == OK);
    CHECK_STR(state_of("A"), "waiting");
}

static void what_went_well_is_no_row_any_more(void)
{
    begin(NOBODY, OK, CALL_DONE);
    CHECK(test_store_run(&t, queue, "B") == OK);
    CHECK(call_drain(t.store, t.now) == OK);
    CHECK(seen.told >= 1);
    CHECK_STR(state_of("B"), "");
}

static void what_is_not_wanted_any_more_is_dropped(void)
{
    begin(NOBODY, ERR_NOTFOUND, CALL_AGAIN);
    CHECK(test_store_run(&t, queue, "C") == OK);
    CHECK(call_drain(t.store, t.now) == OK);
    CHECK(seen.asked >= 1 && seen.told == 0);
    CHECK_STR(state_of("C"), "");
}

static void what_must_wait_counts_no_try(void)
{
    begin(NOBODY, ERR_BUSY, CALL_AGAIN);
    seen.when = (inst){ t.now.ms + 8 * 3600000LL };
    CHECK(test_store_run(&t, queue, "D") == OK);
    CHECK(call_drain(t.store, t.now) == OK);
    CHECK(seen.asked == 1 && seen.told == 0);
    CHECK(call_drain(t.store, (inst){ seen.when.ms - 1 }) == OK);
    CHECK(seen.asked == 1);
    begin(NOBODY, OK, CALL_OVER);
    CHECK(call_drain(t.store, (inst){ t.now.ms + 8 * 3600000LL }) == OK);
    CHECK(seen.told == 1);
    CHECK_STR(state_of("D"), "failed");
}

static void a_kind_nobody_knows_is_refused(void)
{
    CHECK(test_store_run(&t, unknown, NULL) == ERR_NOTFOUND);
}

static void other_schemes_are_not_followed(void)
{
    struct arena a = arena_make(0);
    struct call_request r = { .url = STR("file:///etc/passwd"),
                              .method = "GET" };
    struct call_answer answer;
    for (int i = 0; i < CALL_HEADERS; i++)
        r.header[i] = str_none;
    call_make(&a, &r, &answer);
    CHECK(answer.status == 0 && answer.body.n == 0 && answer.error.n > 0);
    arena_free(&a);
}

int main(void)
{
    call_kinds(kinds);
    RUN(pauses_grow_to_an_hour);
    RUN(other_schemes_are_not_followed);
    for (int which = TEST_LITE; which <= TEST_PG; which++) {
        if (!test_store_open(&t, (enum test_database)which))
            continue;
        RUN(nobody_answering_is_tried_again_and_given_up);
        test_store_close(&t);
        if (!test_store_open(&t, (enum test_database)which))
            continue;
        RUN(what_went_well_is_no_row_any_more);
        RUN(what_is_not_wanted_any_more_is_dropped);
        RUN(what_must_wait_counts_no_try);
        RUN(a_kind_nobody_knows_is_refused);
        test_store_close(&t);
    }
    return test_result();
}
