/*
 * What the tests of cases ask of the tables, and the steps they share.
 */
#ifndef DEMO_TESTS_ASKS_H
#define DEMO_TESTS_ASKS_H

#include "demo/tests/town.h"
#include "kernel/process/process.h"


static inline int64_t events_of(str number)
{
    return number_of("SELECT count(*) FROM services_event e JOIN services_case "
                     "c ON c.id = e.case_id WHERE c.number = $1", number);
}

static inline int64_t audits_of(str number)
{
    return number_of("SELECT count(*) FROM audit_entry WHERE object = $1",
                     number);
}

static inline int64_t signals_of(str number)
{
    return number_of("SELECT count(*) FROM job_outbox WHERE ref = $1", number);
}

static inline int64_t clocks_running(str number)
{
    return number_of("SELECT count(*) FROM pub_clock_running WHERE ref = $1",
                     number);
}

struct figures {
    int64_t filed, closed, late, refused;
};

#define TALLY(column) \
    number_of("SELECT CAST(coalesce(sum(" column "), 0) AS BIGINT) FROM " \
              "services_tally WHERE unit = $1", unit_)

static inline struct figures figures_of(const char *unit)
{
    str unit_ = str_of(unit);
    return (struct figures){ TALLY("filed"), TALLY("closed"), TALLY("late"),
                             TALLY("refused") };
}

static inline str last_event(str number)
{
    struct asking a = texts_of(
        "SELECT e.text FROM services_event e JOIN services_case c ON c.id = "
        "e.case_id WHERE c.number = $1 ORDER BY e.id DESC LIMIT 1", number);
    return a.n ? a.texts[0] : str_none;
}

/* The facts of the newest notice of a case. */
static inline const struct value *notice_of(str number)
{
    struct asking a = texts_of(
        "SELECT n.facts FROM services_notice n JOIN services_case c ON c.id = "
        "n.case_id WHERE c.number = $1 ORDER BY n.id DESC LIMIT 1", number);
    struct value *v = NULL;
    str problem;
    CHECK(a.n == 1 && value_read_json(&town.t.arena, a.texts[0], &v,
                                      &problem) == OK);
    return v;
}

static const char *const four_units[] = { "D025", "D070", "D013", "D014" };
static const int four_promised[] = { 5, 3, 4, 3 };

static inline str restaurant(void)
{
    return file("canyin", restaurant_of(FOUR));
}

/* The restaurant again under the code "chain": its drains need the food licence
 * and its sign the drains. */
static inline void chained_theme(void)
{
    if (number_of("SELECT count(*) FROM services_theme WHERE code = $1",
                  STR("chain")))
        return;
    spoil("INSERT INTO services_theme (id, code, version, title, summary, "
          "icon, body, rules, live, position) "
          "SELECT id + 1, $1, version, title, summary, icon, "
          "replace(replace(body, '\"code\": \"drain\", \"title\"', "
          "'\"code\": \"drain\", \"needs\": [\"food\"], \"title\"'), "
          "'\"code\": \"sign\", \"title\"', "
          "'\"code\": \"sign\", \"needs\": [\"drain\"], \"title\"'), "
          "rules, live, 99 FROM services_theme WHERE code = 'canyin'",
          STR("chain"));
    CHECK(number_of("SELECT count(*) FROM services_theme WHERE code = $1 AND "
                    "body LIKE '%\"needs\": [\"food\"]%' AND body LIKE "
                    "'%\"needs\": [\"drain\"]%'", STR("chain")) == 1);
}

/* The columns of a running case repeat what the clock room says. */
static inline void check_columns(str number)
{
    struct case_load c = row_of(number);
    struct clock_found p = clock_of(number, "promised");
    struct clock_found s = clock_of(number, "statutory");
    if (day_is_none(c.accepted) || !c.open)
        return;
    CHECK(p.count.n == c.clock_n && p.count.extra == c.clock_extra);
    CHECK(p.count.start.n == c.clock_start.n);
    CHECK(p.paused == !day_is_none(c.clock_held_at));
    CHECK(s.paused == p.paused);
    if (p.paused) {
        CHECK(day_is_none(c.clock_due) && day_is_none(c.statutory_due));
    } else {
        CHECK(p.due.n == c.clock_due.n);
        CHECK(s.due.n == c.statutory_due.n);
    }
    CHECK_STR(p.holder, arena_cstr(&town.t.arena, c.officer_name));
}

/* Where a process stands, and how many calls it waits for. */
struct whole {
    str number, state;
    int64_t id;
    int calls, events;
};

static inline enum err whole_look(struct tx *tx, void *context)
{
    struct whole *w = context;
    struct process_view v = { .id = 0 };
    struct process_fact *facts;
    size_t n = 0;
    w->state = STR("none");
    enum err e = process_find(tx, w->number, &w->id);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    e = process_open(tx, w->id, &v);
    if (e != OK)
        return e;
    w->state = arena_str(tx->arena, v.state);
    for (int i = 0; i < v.flow->task_count; i++)
        w->calls += bpmn_calls_out(&v.flow->g->nodes[v.flow->tasks[i].node]);
    process_close(&v);
    e = process_history(tx, w->number, &facts, &n);
    w->events = (int)n;
    return e;
}

static inline struct whole whole_of(str number)
{
    struct whole w = { .number = number };
    CHECK(test_store_look(&town.t, whole_look, &w) == OK);
    return w;
}

static inline enum err ask_for(str number, const char *unit, const char *list)
{
    struct act a = { .verb = VERB_SUPPLEMENT, .number = number,
                     .supply_by = day_none, .list = str_of(list) };
    return act_as(officer(unit, 0), &a);
}

static inline enum err stop_for(str number, const char *unit,
                                const char *ground, int days)
{
    struct act a = { .verb = VERB_SPECIAL, .number = number,
                     .ground = str_of(ground), .days = days,
                     .reason = STR("组织专家现场评审") };
    return act_as(officer(unit, 0), &a);
}

static inline enum err decide(str number, const char *unit, bool grant)
{
    struct act a = { .verb = grant ? VERB_GRANT : VERB_DENY, .number = number,
                     .reason = STR("场所不符合卫生规范第三条") };
    enum err e = act(officer(unit, 0), number, VERB_PROPOSE);
    return e == OK ? act_as(leader(unit), &a) : e;
}

/* True of the whole store after any test. */
static inline void nothing_personal_is_in_open_events_nor_in_the_audit(void)
{
    static const char *const tables[] = {
        "SELECT count(*) FROM services_event WHERE open = 1 AND (text LIKE "
        "'%' || $1 || '%' OR actor LIKE '%' || $1 || '%')",
        "SELECT count(*) FROM audit_entry WHERE detail LIKE '%' || $1 || '%'",
        "SELECT count(*) FROM job_outbox WHERE coalesce(payload, '') LIKE "
        "'%' || $1 || '%'",
        "SELECT count(*) FROM clock_running WHERE holder LIKE '%' || $1 || "
        "'%'",
    };
    const char *personal[] = { "周文远", ZHOU_ID, ZHOU_MOBILE };
    for (size_t t = 0; t < 4; t++)
        for (size_t i = 0; i < 3; i++)
            CHECK(number_of(tables[t], str_of(personal[i])) == 0);
}

/* Runs all of them on either database, each on the same city. */
static inline void run_all(void (*const *tests)(void), size_t n)
{
    for (int which = TEST_LITE; which <= TEST_PG; which++) {
        if (!town_open((enum test_database)which))
            continue;
        for (size_t i = 0; i < n; i++) {
            test_bad = 0;
            tests[i]();
            if (test_bad)
                fprintf(stderr, "  %s\n", which == TEST_PG ? "on PostgreSQL"
                                                           : "on SQLite");
            test_bad ? test_failed++ : test_passed++;
        }
        town_close();
    }
}

#endif
