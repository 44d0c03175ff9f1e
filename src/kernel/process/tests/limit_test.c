/* The limit of one step: a clock of its own, from its making to its end. */
#include "kernel/process/tests/office.h"

#define LIMITED(clock)                                                        \
    HEAD "<process id=\"l\" name=\"审批\" isExecutable=\"true\">"             \
         "<startEvent id=\"s\"/>"                                             \
         "<userTask id=\"handle\" name=\"承办\" zt:post=\"承办岗\" "          \
         "zt:clock=\"" clock "\"/>"                                           \
         "<userTask id=\"check\" name=\"审核\" zt:post=\"审核岗、承办岗\"/>"  \
         "<endEvent id=\"e\"/>"                                               \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"handle\"/>"     \
         "<sequenceFlow id=\"f2\" sourceRef=\"handle\" targetRef=\"check\"/>" \
         "<sequenceFlow id=\"f3\" sourceRef=\"check\" targetRef=\"e\"/>" TAIL

struct limited {
    const char *ref;
    struct clock_found f;
    enum err found;
};

static enum err limit_work(struct tx *tx, void *context)
{
    struct limited *l = context;
    l->found = clock_find(tx, STR("test.step"), str_of(l->ref), STR("step"),
                          &l->f);
    return OK;
}

static struct clock_found limit_of(struct office *o, int64_t task)
{
    struct limited l = { .ref = arena_cstr(&o->t.arena, arena_printf(
        &o->t.arena, "%.*s/%lld", STR_ARG(o->start.number),
        (long long)task)) };
    CHECK(test_store_look(&o->t, limit_work, &l) == OK && l.found == OK);
    return l.f;
}

static enum err postpone_work(struct tx *tx, void *context)
{
    struct office *o = context;
    return process_postpone(tx, o->answer.id, day_of(2027, 3, 1));
}

/* 2026-11-22 is a Sunday: three working days end on Wednesday. */
static void a_step_has_its_own_clock_until_it_is_done(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "limited", LIMITED("working-days:3"));
    int64_t id = start(&o, "limited"), task = o.answer.task;
    day today = inst_day(glance(&o, id).task[0].made);
    struct clock_found f = limit_of(&o, task);
    CHECK(f.count.n == 3 && f.count.unit == CLOCK_WORKING_DAYS);
    CHECK(f.count.start.n == today.n && day_is_none(f.stopped));
    CHECK_STR(f.rule, "office.step");
    CHECK_STR(f.unit, "D022");
    CHECK(glance(&o, id).task[0].due.n == f.due.n);
    /* The whole is due on another day; the step is not. */
    CHECK(test_store_run(&o.t, postpone_work, &o) == OK);
    CHECK(glance(&o, id).task[0].due.n == f.due.n);
    CHECK(complete(&o, id, task) == OK);
    CHECK(limit_of(&o, task).stopped.n == today.n);
    struct glance g = glance(&o, id);
    CHECK(g.task[0].due.n == day_of(2027, 3, 1).n);
    CHECK(str_is_none(g.task[0].limit_ref));
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void natural_days_are_counted_through(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "limited", LIMITED("natural-days:10"));
    int64_t id = start(&o, "limited");
    struct clock_found f = limit_of(&o, o.answer.task);
    CHECK(f.count.unit == CLOCK_NATURAL_DAYS && f.count.n == 10);
    CHECK(f.due.n >= f.count.start.n + 10);
    CHECK(glance(&o, id).task[0].due.n == f.due.n);
    test_store_close(&o.t);
}

static void it_rests_while_the_case_is_held(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "limited", LIMITED("working-days:3"));
    int64_t id = start(&o, "limited"), task = o.answer.task;
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_SUSPEND,
                                             .name = STR("听证") }) == OK);
    CHECK(limit_of(&o, task).paused);
    CHECK(glance(&o, id).task[0].due.n == PROCESS_NO_DUE.n);
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_RESUME }) == OK);
    struct clock_found f = limit_of(&o, task);
    CHECK(!f.paused && glance(&o, id).task[0].due.n == f.due.n);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void what_ends_the_case_ends_it(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "limited", LIMITED("working-days:3"));
    int64_t id = start(&o, "limited"), task = o.answer.task;
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_CANCEL }) == OK);
    CHECK(!day_is_none(limit_of(&o, task).stopped));
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

/* Sent back, the step begins anew, and so does its time. */
static void a_step_done_again_has_a_new_clock(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "limited", LIMITED("working-days:3"));
    int64_t id = start(&o, "limited"), task = o.answer.task;
    CHECK(complete(&o, id, task) == OK);
    int64_t check = o.answer.task;
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_RETURN,
                                             .task = check,
                                             .element = STR("handle") }) ==
          OK);
    CHECK(o.answer.task != task);
    CHECK(day_is_none(limit_of(&o, o.answer.task).stopped));
    CHECK(!day_is_none(limit_of(&o, task).stopped));
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

/* "promised", "handle": words of the owner, no limits. */
static void other_words_are_the_owners(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "limited", LIMITED("promised"));
    int64_t id = start(&o, "limited");
    CHECK(str_is_none(glance(&o, id).task[0].limit_ref));
    test_store_close(&o.t);
}

struct moving { struct office *o; int64_t from, id; };

static enum err move_work(struct tx *tx, void *context)
{
    struct moving *m = context;
    int64_t def, batch;
    const struct process_graph *g;
    str problem = STR("");
    enum err e = process_graph_live(tx, STR("limited"), &def, &g);
    if (e != OK)
        return e;
    process_let_go(g);
    return process_move(tx, m->from, def, NULL, &batch, &problem);
}

static enum err moves_work(struct tx *tx, void *context)
{
    bool more;
    (void)context;
    return process_moves_job(tx, &more);
}

static void moved_to_another_version_it_goes_on_or_ends(
    enum test_database which)
{
    for (int kept = 0; kept < 2; kept++) {
        struct office o;
        if (!office_open(&o, which))
            return;
        deploy(&o, "limited", LIMITED("working-days:3"));
        struct moving m = { .o = &o };
        m.id = start(&o, "limited");
        int64_t task = o.answer.task;
        m.from = glance(&o, m.id).v.def;
        deploy(&o, "limited", kept ? LIMITED("working-days:9")
                                   : LIMITED("promised"));
        CHECK(test_store_run(&o.t, move_work, &m) == OK);
        for (int i = 0; i < 3; i++)
            CHECK(test_store_run(&o.t, moves_work, NULL) == OK);
        CHECK(glance(&o, m.id).v.def != m.from);
        struct clock_found f = limit_of(&o, task);
        CHECK(day_is_none(f.stopped) == (kept == 1) && f.count.n == 3);
        CHECK(str_is_none(glance(&o, m.id).task[0].limit_ref) == (kept == 0));
        CHECK(found(&o) == 0);
        test_store_close(&o.t);
    }
}

int main(void)
{
    static either *const tests[] = {
        a_step_has_its_own_clock_until_it_is_done,
        natural_days_are_counted_through,
        it_rests_while_the_case_is_held,
        what_ends_the_case_ends_it,
        a_step_done_again_has_a_new_clock,
        other_words_are_the_owners,
        moved_to_another_version_it_goes_on_or_ends,
    };
    return run_either(tests, sizeof tests / sizeof *tests);
}
