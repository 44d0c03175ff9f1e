/*
 * Cards issued by the machine: a clock of its own, nobody's handler, only days
 * going by.
 */
#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/clock/tests/days.h"
#include "kernel/job/job.h"
#include "kernel/notify/notify.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"
#include "supervision/pages.h"
#include "supervision/queries.gen.h"
#include "supervision/supervision.h"

static const struct module *const modules[] = { &clock_module,
                                                &supervision_module, NULL };

static struct test_store t;
static int64_t officer, leader, supervisor;

static enum err add_person(struct tx *tx, const char *login, const char *name,
                           const char *unit, const char *role, int64_t *id)
{
    struct auth_account a = { .login = str_of(login), .name = str_of(name),
                              .kind = STR("staff"), .password = STR("$x") };
    enum err e = auth_add_account(tx, &a, id);
    struct auth_post p = { .account = *id, .unit = str_of(unit),
                           .role = str_of(role), .title = STR("科员"),
                           .from = day_of(2020, 1, 1), .main = true };
    int64_t post;
    return e == OK ? auth_add_post(tx, &p, &post) : e;
}

static enum err add_people(struct tx *tx, void *context)
{
    struct auth_unit market = { .code = STR("D022"), .name = STR("市场监管局"),
                                .short_name = STR("市场监管局"),
                                .kind = STR("department"), .position = 1 };
    struct auth_unit office = { .code = STR("D001"), .name = STR("效能办"),
                                .short_name = STR("效能办"),
                                .kind = STR("department"), .position = 2 };
    (void)context;
    enum err e = auth_add_unit(tx, &market);
    if (e == OK)
        e = auth_add_unit(tx, &office);
    if (e == OK)
        e = add_person(tx, "wang", "王芳", "D022", "officer", &officer);
    if (e == OK)
        e = add_person(tx, "li", "李明", "D022", "leader", &leader);
    if (e == OK)
        e = add_person(tx, "he", "何志明", "D001", "supervisor", &supervisor);
    tx->notes++;
    return e;
}

/* Five working days from Friday 2026-11-20: due on Friday the 27th. */
static enum err start(struct tx *tx, void *ref)
{
    struct clock_spec spec = {
        .matter = STR("case"), .ref = str_of(ref), .unit = STR("D022"),
        .holder = STR("王芳"), .kind = STR("promised"),
        .rule = STR("permit.decision"), .start = tx_today(tx),
        .unit_of = CLOCK_WORKING_DAYS, .n = 5, .extend_max = 10,
    };
    tx->notes++;
    return clock_start(tx, &spec);
}

static enum err extend(struct tx *tx, void *ref)
{
    tx->notes++;
    return clock_extend(tx, STR("case"), str_of(ref), 5, STR("情况复杂"));
}

static enum err stop(struct tx *tx, void *ref)
{
    tx->notes++;
    enum err e = clock_stop(tx, STR("case"), str_of(ref));
    return e == OK ? flow_signal(tx, "case.grant", str_of(ref), NULL) : e;
}

static void day_comes(const char *text)
{
    t.now = (inst){ day_begin(on(text)).ms + 9 * 3600 * 1000 };
    CHECK(job_drain(t.store, modules, t.now) == OK);
    CHECK(job_drain(t.store, modules, t.now) == OK);
}

struct seen {
    int warning, yellow, red, settled;
    int64_t officer, leader, supervisor; /* letters */
};

static enum err look(struct tx *tx, void *context)
{
    struct seen *s = context;
    static const char *const levels[] = { "warning", "yellow", "red" };
    int *counts[] = { &s->warning, &s->yellow, &s->red };
    enum err e = OK;
    *s = (struct seen){ 0 };
    for (int i = 0; e == OK && i < 3; i++) {
        struct card_page *c;
        size_t n;
        e = card_page(tx, STR("D022"), str_of(levels[i]), STR(""),
                      (inst){ INT64_MAX }, 0, &c, &n);
        *counts[i] = (int)n;
        for (size_t k = 0; e == OK && k < n; k++)
            s->settled += str_is(c[k].state, "settled");
    }
    if (e == OK)
        e = notify_unread(tx, officer, &s->officer);
    if (e == OK)
        e = notify_unread(tx, leader, &s->leader);
    return e == OK ? notify_unread(tx, supervisor, &s->supervisor) : e;
}

static struct seen seen(void)
{
    struct seen s;
    CHECK(test_store_look(&t, look, &s) == OK);
    return s;
}

#define CHECK_CARDS(w, y, r) \
    do { \
        struct seen s_ = seen(); \
        CHECK(s_.warning == (w) && s_.yellow == (y) && s_.red == (r)); \
    } while (0)

static bool begin(enum test_database which)
{
    str problem;
    if (!test_store_open(&t, which))
        return false;
    CHECK(clock_calendar_attach(t.store, &t.arena, &problem) == OK);
    CHECK(test_store_run(&t, add_people, NULL) == OK);
    return true;
}

static void each_level_is_one_card_on_its_day(enum test_database which)
{
    if (!begin(which))
        return;
    CHECK(test_store_run(&t, start, "YX1") == OK);
    day_comes("2026-11-24");
    CHECK_CARDS(0, 0, 0);
    day_comes("2026-11-25"); /* two working days left */
    CHECK_CARDS(1, 0, 0);
    day_comes("2026-11-27");
    CHECK_CARDS(1, 0, 0);
    day_comes("2026-11-29"); /* Sunday: no working day has passed */
    CHECK_CARDS(1, 0, 0);
    day_comes("2026-11-30");
    CHECK_CARDS(1, 1, 0);
    day_comes("2026-12-01");
    CHECK_CARDS(1, 1, 0);
    CHECK(seen().settled == 1); /* the warning */
    day_comes("2026-12-02");
    CHECK_CARDS(1, 1, 1);
    day_comes("2026-12-20");
    CHECK_CARDS(1, 1, 1);
    struct seen s = seen();
    CHECK(s.settled == 2); /* the warning and the yellow card */
    CHECK(s.officer == 3 && s.leader == 2 && s.supervisor == 1);
    test_store_close(&t);
}

static void on_sqlite(void)
{
    each_level_is_one_card_on_its_day(TEST_LITE);
}

static void on_postgresql(void)
{
    each_level_is_one_card_on_its_day(TEST_PG);
}

static void more_time_settles_a_warning_and_may_warn_again(void)
{
    if (!begin(TEST_LITE))
        return;
    CHECK(test_store_run(&t, start, "YX1") == OK);
    day_comes("2026-11-25");
    CHECK_CARDS(1, 0, 0);
    CHECK(test_store_run(&t, extend, "YX1") == OK); /* to 4 December */
    day_comes("2026-11-30");
    CHECK_CARDS(1, 0, 0);
    day_comes("2026-12-02");
    CHECK_CARDS(2, 0, 0);
    CHECK(test_store_run(&t, stop, "YX1") == OK);
    day_comes("2026-12-20");
    CHECK_CARDS(2, 0, 0);
    CHECK(seen().settled == 2);
    test_store_close(&t);
}

/* The outbox promises "at least once": the same news is no second card. */
static enum err tell_again(struct tx *tx, void *context)
{
    (void)context;
    struct view v = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&v, "matter", STR("case"));
    view_text(&v, "unit", STR("D022"));
    view_text(&v, "holder", STR("王芳"));
    view_text(&v, "kind", STR("promised"));
    view_text(&v, "rule", STR("permit.decision"));
    view_text(&v, "level", STR("yellow"));
    view_text(&v, "due", STR("2026-11-19"));
    view_int(&v, "over", 1);
    enum err e = card_issue(tx, STR("YX9"), v.object);
    int notes = tx->notes;
    if (e == OK)
        e = card_issue(tx, STR("YX9"), v.object);
    CHECK(notes == 1 && tx->notes == 1);
    return e;
}

static enum err tell_nonsense(struct tx *tx, void *context)
{
    (void)context;
    tx->notes++;
    struct view v = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&v, "level", STR("yellow"));
    return card_issue(tx, STR("YX9"), v.object);
}

static void news_told_twice_is_one_card(void)
{
    if (!begin(TEST_LITE))
        return;
    CHECK(test_store_run(&t, tell_again, NULL) == OK);
    CHECK_CARDS(0, 1, 0);
    CHECK(test_store_run(&t, tell_nonsense, NULL) == ERR_INPUT);
    CHECK_CARDS(0, 1, 0);
    test_store_close(&t);
}

int main(void)
{
    RUN(on_sqlite);
    RUN(on_postgresql);
    RUN(more_time_settles_a_warning_and_may_warn_again);
    RUN(news_told_twice_is_one_card);
    return test_result();
}
