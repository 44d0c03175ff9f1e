/* Stored clocks: verbs, levels told once, a calendar announced later. */
#include "kernel/clock/queries.gen.h"
#include "kernel/clock/stored.h"
#include "kernel/clock/tests/days.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <string.h>

static enum test_database database;
static struct test_store store;

/* ---- the outside, written down ---- */

static char told[4000];

static enum err hear(struct tx *tx, const char *event, str ref,
                     const struct value *payload)
{
    (void)tx;
    str level = value_get_text(payload, STR("level"));
    size_t n = strlen(told);
    snprintf(told + n, sizeof told - n, "%s %.*s %.*s;", event, STR_ARG(ref),
             STR_ARG(level));
    return OK;
}

static enum err note(struct tx *tx, str action, str object, str detail)
{
    (void)tx;
    size_t n = strlen(told);
    snprintf(told + n, sizeof told - n, "%.*s %.*s %.*s;", STR_ARG(action),
             STR_ARG(object), STR_ARG(detail));
    return OK;
}

static const struct clock_outside outside = { hear, note };

static enum err levels_job(struct tx *tx, void *unused)
{
    bool more;
    (void)unused;
    return clock_levels_run(tx, &outside, &more);
}

/* What the job tells when run at a day's nine o'clock. */
static str levels_on(const char *d)
{
    told[0] = 0;
    store.now = (inst){ day_begin(on(d)).ms + 9 * 3600000 };
    CHECK(test_store_run(&store, levels_job, NULL) == OK);
    return str_of(told);
}

static void move_to(const char *d)
{
    store.now = (inst){ day_begin(on(d)).ms + 10 * 3600000 };
}

/* ---- verbs, as commands ---- */

static struct clock_spec spec_of(const char *ref, const char *kind, int n)
{
    return (struct clock_spec){
        .matter = STR("case"), .ref = str_of(ref), .unit = STR("D022"),
        .holder = STR("王芳"), .kind = str_of(kind),
        .rule = STR("permit.decision"), .start = inst_day(store.now), .n = n,
        .extend_max = 10,
    };
}

static enum err start(struct tx *tx, void *spec)
{
    return clock_start(tx, spec);
}

static void start_two(const char *ref)
{
    struct clock_spec s = spec_of(ref, "promised", 5);
    CHECK(test_store_run(&store, start, &s) == OK);
    s = spec_of(ref, "statutory", 20);
    CHECK(test_store_run(&store, start, &s) == OK);
}

static enum err pause(struct tx *tx, void *reason)
{
    return clock_pause(tx, STR("case"), STR("A1"), str_of(reason), 10,
                       STR("云特〔2026〕1号"));
}

static enum err resume(struct tx *tx, void *ref)
{
    return clock_resume(tx, STR("case"), str_of(ref));
}

static enum err stop(struct tx *tx, void *ref)
{
    return clock_stop(tx, STR("case"), str_of(ref));
}

static enum err extend(struct tx *tx, void *units)
{
    return clock_extend(tx, STR("case"), STR("A1"), *(int *)units,
                        STR("案情复杂"));
}

static enum err hold(struct tx *tx, void *ref)
{
    return clock_hold(tx, STR("case"), str_of(ref), STR("D009"), STR("李强"));
}

static struct clock_found found;

static enum err find(struct tx *tx, void *kind)
{
    return clock_find(tx, STR("case"), STR("A1"), str_of(kind), &found);
}

static void look(const char *kind)
{
    CHECK(test_store_look(&store, find, (void *)kind) == OK);
}

static bool opened(void)
{
    if (!test_store_open(&store, database))
        return false;
    store_set_calendar(store.store, clock_calendar_builtin());
    move_to("2026-11-16"); /* a Monday */
    return true;
}

/* ---- tests ---- */

static void a_clock_knows_its_due_day(void)
{
    if (!opened())
        return;
    start_two("A1");
    look("promised");
    CHECK_DAY(found.due, "2026-11-23");
    look("statutory");
    CHECK_DAY(found.due, "2026-12-14");
    CHECK(found.level == CLOCK_FINE && !found.paused);
    struct clock_spec s = spec_of("A1", "promised", 5);
    s.rule = STR("no.such");
    CHECK(test_store_run(&store, start, &s) == ERR_RANGE);
    s = spec_of("A1", "promised", -5);
    CHECK(test_store_run(&store, start, &s) == ERR_RANGE);
    CHECK(test_store_look(&store, find, "secret") == ERR_NOTFOUND);
    test_store_close(&store);
}

static void a_pause_stops_all_clocks_of_the_matter(void)
{
    if (!opened())
        return;
    start_two("A1");
    move_to("2026-11-18");
    CHECK(test_store_run(&store, pause, "其他") == ERR_RANGE);
    CHECK(test_store_run(&store, resume, "A1") == ERR_CONFLICT);
    CHECK(test_store_run(&store, pause, "专家评审") == OK);
    CHECK(test_store_run(&store, pause, "专家评审") == ERR_CONFLICT);
    look("promised");
    CHECK(found.paused && day_is_none(found.due));
    CHECK_STR(levels_on("2026-12-20"), ""); /* paused: nobody is late */
    move_to("2026-11-25");
    CHECK(test_store_run(&store, resume, "A1") == OK);
    look("promised");
    CHECK(!found.paused && found.count.span_count == 1);
    CHECK_DAY(found.due, "2026-11-30");
    look("statutory");
    CHECK_DAY(found.due, "2026-12-21");
    CHECK(test_store_run(&store, resume, "B9") == ERR_NOTFOUND);
    test_store_close(&store);
}

static void an_extension_comes_once_and_in_time(void)
{
    if (!opened())
        return;
    int ten = 10, eleven = 11;
    start_two("A1");
    CHECK(test_store_run(&store, extend, &eleven) == ERR_RANGE);
    move_to("2026-11-24"); /* the promise is late, the statute is not */
    CHECK(test_store_run(&store, extend, &ten) == OK);
    look("promised");
    CHECK(found.count.extra == 0);
    look("statutory");
    CHECK(found.count.extra == 10);
    CHECK_DAY(found.due, "2026-12-28");
    CHECK(test_store_run(&store, extend, &ten) == ERR_CONFLICT);
    test_store_close(&store);
}

/* Ten working days of an extension reach as far on a clock of natural days: the
 * promise extended with it must not end later than the law. */
static void a_clock_of_natural_days_is_extended_by_working_days(void)
{
    if (!opened())
        return;
    int ten = 10;
    struct clock_spec s = spec_of("A1", "promised", 7);
    CHECK(test_store_run(&store, start, &s) == OK); /* 11-16 to 11-25 */
    s = spec_of("A1", "statutory", 10);
    s.unit_of = CLOCK_NATURAL_DAYS;
    CHECK(test_store_run(&store, start, &s) == OK);
    look("statutory");
    CHECK_DAY(found.due, "2026-11-26");
    CHECK(test_store_run(&store, extend, &ten) == OK);
    look("promised");
    CHECK(found.count.extra == 10);
    CHECK_DAY(found.due, "2026-12-09");
    look("statutory");
    CHECK_DAY(found.due, "2026-12-10");
    CHECK(found.count.extra == 14);
    test_store_close(&store);
}

static void each_level_is_told_exactly_once(void)
{
    if (!opened())
        return;
    struct clock_spec s = spec_of("A1", "promised", 5); /* due 11-23 */
    CHECK(test_store_run(&store, start, &s) == OK);
    CHECK_STR(levels_on("2026-11-18"), "");
    CHECK_STR(levels_on("2026-11-19"), "clock.level A1 warned;");
    CHECK_STR(levels_on("2026-11-19"), "");
    CHECK_STR(levels_on("2026-11-23"), "");
    CHECK_STR(levels_on("2026-11-24"), "clock.level A1 yellow;");
    CHECK_STR(levels_on("2026-11-25"), "");
    CHECK_STR(levels_on("2026-11-26"), "clock.level A1 red;");
    CHECK_STR(levels_on("2026-12-26"), "");
    test_store_close(&store);
}

static void levels_missed_are_told_one_by_one(void)
{
    if (!opened())
        return;
    struct clock_spec s = spec_of("A1", "promised", 5);
    CHECK(test_store_run(&store, start, &s) == OK);
    CHECK_STR(levels_on("2026-12-30"), "clock.level A1 warned;"
                                       "clock.level A1 yellow;"
                                       "clock.level A1 red;");
    test_store_close(&store);
}

static void a_late_end_is_told_even_when_the_job_slept(void)
{
    if (!opened())
        return;
    struct clock_spec s = spec_of("A1", "promised", 5);
    CHECK(test_store_run(&store, start, &s) == OK);
    CHECK_STR(levels_on("2026-11-23"), "clock.level A1 warned;");
    move_to("2026-11-24");
    CHECK(test_store_run(&store, stop, "A1") == OK);
    look("promised");
    CHECK_DAY(found.stopped, "2026-11-24");
    CHECK_STR(levels_on("2026-12-24"), "clock.level A1 yellow;");
    CHECK_STR(levels_on("2026-12-24"), "");
    CHECK(test_store_run(&store, stop, "A1") == ERR_NOTFOUND);
    test_store_close(&store);
}

static void a_timely_end_is_never_told(void)
{
    if (!opened())
        return;
    struct clock_spec s = spec_of("A1", "promised", 5);
    CHECK(test_store_run(&store, start, &s) == OK);
    move_to("2026-11-23");
    CHECK(test_store_run(&store, stop, "A1") == OK);
    CHECK_STR(levels_on("2026-12-24"), "");
    look("promised");
    CHECK(found.level == CLOCK_FINE);
    test_store_close(&store);
}

static void an_extension_takes_a_warning_back(void)
{
    if (!opened())
        return;
    int ten = 10;
    struct clock_spec s = spec_of("A1", "promised", 5);
    CHECK(test_store_run(&store, start, &s) == OK);
    CHECK_STR(levels_on("2026-11-20"), "clock.level A1 warned;");
    CHECK(test_store_run(&store, extend, &ten) == OK);
    look("promised");
    CHECK(found.level == CLOCK_FINE);
    CHECK_STR(levels_on("2026-12-02"), "");
    CHECK_STR(levels_on("2026-12-03"), "clock.level A1 warned;");
    test_store_close(&store);
}

static void a_paused_matter_can_be_stopped(void)
{
    if (!opened())
        return;
    start_two("A1");
    move_to("2026-11-18");
    CHECK(test_store_run(&store, pause, "检验") == OK);
    move_to("2026-12-18");
    CHECK(test_store_run(&store, stop, "A1") == OK);
    look("promised");
    CHECK_DAY(found.due, "2026-12-23");
    CHECK_STR(levels_on("2027-02-01"), "");
    test_store_close(&store);
}

static void somebody_else_may_take_over(void)
{
    if (!opened())
        return;
    start_two("A1");
    CHECK(test_store_run(&store, hold, "A1") == OK);
    look("promised");
    CHECK_STR(found.unit, "D009");
    CHECK_STR(found.holder, "李强");
    CHECK(test_store_run(&store, hold, "B9") == ERR_NOTFOUND);
    test_store_close(&store);
}

static enum err load_past(struct tx *tx, void *unused)
{
    (void)unused;
    struct clock_spec s = spec_of("A1", "promised", 5);
    struct clock_span pause = { on("2026-03-03"), on("2026-03-05"),
                                STR("鉴定") };
    struct clock_history h = { .spans = &pause, .span_count = 1,
                               .stopped = on("2026-03-11") };
    s.start = on("2026-03-02");
    return clock_load(tx, &s, &h);
}

static enum err load_late(struct tx *tx, void *unused)
{
    (void)unused;
    struct clock_spec s = spec_of("A2", "promised", 5);
    struct clock_history h = { .stopped = day_none };
    s.start = on("2026-11-02");
    return clock_load(tx, &s, &h);
}

static void what_is_loaded_is_not_told(void)
{
    if (!opened())
        return;
    CHECK(test_store_run(&store, load_past, NULL) == OK);
    look("promised");
    CHECK_DAY(found.due, "2026-03-11");
    CHECK(found.level == CLOCK_FINE && found.count.span_count == 1);
    CHECK(test_store_run(&store, load_late, NULL) == OK);
    CHECK_STR(levels_on("2026-11-16"), "");
    test_store_close(&store);
}

/* ---- a new calendar ---- */

static enum err announce(struct tx *tx, void *lines)
{
    str problem = str_none;
    return clock_calendar_announce(tx, 2027, str_of(lines), STR("通知"),
                                   &problem);
}

static enum err renew(struct tx *tx, void *changed)
{
    return clock_calendar_renew(tx, changed);
}

static enum err recount(struct tx *tx, void *unused)
{
    bool more;
    (void)unused;
    return clock_recount_run(tx, &outside, &more);
}

static void a_notice_moves_the_due_days_it_concerns(void)
{
    if (!opened())
        return;
    move_to("2026-12-21");
    start_two("A1"); /* promised 12-28, statutory 2027-01-18 */
    bool changed = false;
    CHECK(test_store_run(&store, announce, "2026-02-01\toff\tx") == ERR_INPUT);
    CHECK(test_store_run(&store, announce, "2027-01-01\toff\t元旦\n") == OK);
    CHECK(test_store_run(&store, renew, &changed) == OK && changed);
    told[0] = 0;
    CHECK(test_store_run(&store, recount, NULL) == OK);
    CHECK_STR(str_of(told), "clock.recount A1 statutory 时限的应办结日由 "
                            "2027-01-18 改为 2027-01-19（日历 202701）;"
                            "clock.moved A1 ;");
    look("statutory");
    CHECK_DAY(found.due, "2027-01-19");
    told[0] = 0;
    CHECK(test_store_run(&store, recount, NULL) == OK);
    CHECK_STR(str_of(told), "");
    CHECK(test_store_run(&store, renew, &changed) == OK && !changed);

    struct arena a = { 0 };
    str problem;
    store_set_calendar(store.store, NULL);
    CHECK(clock_calendar_attach(store.store, &a, &problem) == OK);
    CHECK(test_store_run(&store, renew, &changed) == OK && !changed);
    arena_free(&a);
    test_store_close(&store);
}

static void all(void)
{
    RUN(a_clock_knows_its_due_day);
    RUN(a_pause_stops_all_clocks_of_the_matter);
    RUN(an_extension_comes_once_and_in_time);
    RUN(a_clock_of_natural_days_is_extended_by_working_days);
    RUN(each_level_is_told_exactly_once);
    RUN(levels_missed_are_told_one_by_one);
    RUN(a_late_end_is_told_even_when_the_job_slept);
    RUN(a_timely_end_is_never_told);
    RUN(an_extension_takes_a_warning_back);
    RUN(a_paused_matter_can_be_stopped);
    RUN(somebody_else_may_take_over);
    RUN(what_is_loaded_is_not_told);
    RUN(a_notice_moves_the_due_days_it_concerns);
}

int main(void)
{
    database = TEST_LITE;
    all();
    database = TEST_PG;
    all();
    return test_result();
}
