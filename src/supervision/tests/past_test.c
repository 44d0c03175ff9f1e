/*
 * What is kept of the days that are over, with the days that are not, is
 * always what a recount gives: after every write, over midnight, and when a
 * command of yesterday is written a moment after it.
 */
#include "kernel/store/testing.h"
#include "kernel/test/test.h"
#include "supervision/past.h"
#include "supervision/queries.gen.h"

#include <stdio.h>

static struct test_store t;

static enum err rate(struct tx *tx, void *unit)
{
    tx->notes++;
    return score_add(tx, tx_today(tx), str_of(unit), 1, 1, 0, NULL);
}

static void rated(const char *unit)
{
    CHECK(test_store_run(&t, rate, (void *)unit) == OK);
}

struct sums {
    struct period p;
    int64_t shown, counted;
};

static void add_past(void *context, const struct past_line *l)
{
    ((struct sums *)context)->shown += l->rated;
}

static int64_t rated_between(struct tx *tx, day from, day to)
{
    struct score_by_unit *s;
    size_t n;
    int64_t sum = 0;
    CHECK(score_by_unit(tx, from, to, &s, &n) == OK);
    for (size_t i = 0; i < n; i++)
        sum += s[i].rated;
    return sum;
}

/* As the table of the dashboard reads it, and all at once. */
static enum err read_both(struct tx *tx, void *context)
{
    struct sums *s = context;
    day until = past_until(tx_today(tx));
    enum err e = past_read(tx, &s->p, add_past, s);
    s->shown += rated_between(tx, s->p.from.n > until.n ? s->p.from : until,
                              s->p.to);
    s->counted = rated_between(tx, s->p.from, s->p.to);
    return e;
}

static int64_t shown(enum supervision_period which)
{
    struct sums s = { .p = period_of(which, inst_day(t.now)) };
    CHECK(test_store_look(&t, read_both, &s) == OK);
    CHECK(s.shown == s.counted);
    return s.shown;
}

static void tomorrow(void)
{
    t.now.ms += 24 * 3600 * 1000;
}

static void what_is_shown_is_a_recount_at_every_look(void)
{
    int64_t before = shown(PERIOD_YEAR);
    for (int i = 0; i < 20; i++) { /* into the next month */
        rated("D022");
        CHECK(shown(PERIOD_YEAR) == before + 1);
        rated("D001");
        CHECK(shown(PERIOD_YEAR) == before + 2);
        shown(PERIOD_MONTH);
        shown(PERIOD_LAST);
        before += 2;
        tomorrow();
        CHECK(shown(PERIOD_YEAR) == before);
    }
}

static void a_command_of_yesterday_is_not_missed(void)
{
    int64_t before = shown(PERIOD_YEAR);
    inst now = t.now;
    t.now.ms -= 24 * 3600 * 1000;
    rated("D022"); /* begun before midnight, written after the look */
    t.now = now;
    CHECK(shown(PERIOD_YEAR) == before + 1);
}

/* A second database of the same process keeps figures of its own. */
static void nothing_is_kept_for_another_city(void)
{
    struct test_store first = t;
    CHECK(shown(PERIOD_YEAR) > 0);
    CHECK(test_store_open(&t, TEST_LITE));
    t.now = first.now;
    CHECK(shown(PERIOD_YEAR) == 0);
    test_store_close(&t);
    t = first;
    CHECK(shown(PERIOD_YEAR) > 0);
}

/* ---- by person ---- */

/* As services leaves it: of D022, ended at that time by that person. */
static void closed_at(inst at, const char *name, bool late)
{
    static int number;
    char sql[900];
    number++;
    snprintf(sql, sizeof sql,
             "INSERT INTO services_case (id, number, kind, title, unit, "
             "officer_name, applicant, applicant_name, applicant_open, proxy, "
             "channel, papers, state, open, supplements, filed, received, "
             "deemed, statutory_n, statutory_unit, clock_n, clock_extra, "
             "clock_held, sort_due, late, closed, closed_day, ticket, "
             "revision) VALUES (%d, 'P%d', 'single', '食品经营许可', 'D022', "
             "'%s', 0, '周文远', '周*远', 0, 'web', '', 'granted', 0, 0, 1, 1, "
             "0, 20, 'working-days', 5, 0, 0, 99999, %d, %lld, %d, 'x', 1)",
             number, number, name, late, (long long)at.ms, inst_day(at).n);
    CHECK(test_store_sql(&t, sql));
}

struct person_sums {
    struct period p;
    const char *name;
    int64_t shown, late, counted, counted_late, people;
};

static enum err ended_between(struct tx *tx, day from, day to, str name,
                              int64_t *cases, int64_t *late)
{
    struct officers_closed *c;
    size_t n;
    enum err e = officers_closed(tx, STR("D022"), day_begin(from),
                                 day_begin((day){ to.n + 1 }), &c, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_eq(c[i].officer_name, name)) {
            *cases += c[i].cases;
            *late += c[i].late;
        }
    return e;
}

/* As the page of an organisation reads it, and all at once. */
static enum err read_person(struct tx *tx, void *context)
{
    struct person_sums *s = context;
    struct past_person *k;
    str name = str_of(s->name);
    size_t n;
    enum err e = past_people(tx, &s->p, STR("D022"), &k, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_eq(k[i].name, name)) {
            s->shown += k[i].closed;
            s->late += k[i].late;
        }
    if (e == OK)
        e = ended_between(tx, past_still_from(tx, &s->p), s->p.to, name,
                          &s->shown, &s->late);
    return e == OK ? ended_between(tx, s->p.from, s->p.to, name, &s->counted,
                                   &s->counted_late) : e;
}

static int64_t ended_by(const char *name, enum supervision_period which,
                        int64_t late)
{
    struct person_sums s = { .p = period_of(which, inst_day(t.now)),
                             .name = name };
    CHECK(test_store_look(&t, read_person, &s) == OK);
    CHECK(s.shown == s.counted && s.late == s.counted_late);
    CHECK(s.late == late);
    return s.shown;
}

static inst noon(int month, int d)
{
    return (inst){ day_begin(day_of(2026, month, d)).ms + 12 * 3600 * 1000 };
}

static void a_person_has_what_he_ended_in_the_period(void)
{
    t.now = noon(11, 20);
    closed_at(noon(1, 1), "王芳", true);
    closed_at((inst){ day_begin(day_of(2026, 1, 1)).ms - 1 }, "王芳", true);
    closed_at(noon(10, 1), "王芳", false);
    closed_at((inst){ day_begin(day_of(2026, 11, 1)).ms - 1 }, "王芳", false);
    closed_at((inst){ day_begin(day_of(2026, 11, 1)).ms }, "王芳", false);
    closed_at(noon(11, 18), "李明", true);
    CHECK(ended_by("王芳", PERIOD_YEAR, 1) == 4);
    CHECK(ended_by("王芳", PERIOD_LAST, 0) == 2);
    CHECK(ended_by("王芳", PERIOD_MONTH, 0) == 1);
    CHECK(ended_by("李明", PERIOD_MONTH, 1) == 1);
}

/* 2026-11-20 to 12-05: the days end one after the other, so does a month. */
static void a_person_s_figure_is_a_recount_at_every_look(void)
{
    int64_t year = ended_by("王芳", PERIOD_YEAR, 1);
    for (int i = 0; i < 16; i++) {
        closed_at(t.now, "王芳", false);
        CHECK(ended_by("王芳", PERIOD_YEAR, 1) == ++year);
        ended_by("王芳", PERIOD_MONTH, 0);
        ended_by("王芳", PERIOD_LAST, 0);
        tomorrow();
        /* begun before midnight, written after the look */
        ended_by("王芳", PERIOD_YEAR, 1);
        closed_at((inst){ day_begin(inst_day(t.now)).ms - 1 }, "王芳", false);
        CHECK(ended_by("王芳", PERIOD_YEAR, 1) == ++year);
    }
    CHECK(ended_by("王芳", PERIOD_LAST, 0) == 1 + 11 + 11);
}

static void all_on(enum test_database which)
{
    if (!test_store_open(&t, which))
        return;
    RUN(what_is_shown_is_a_recount_at_every_look);
    RUN(a_command_of_yesterday_is_not_missed);
    RUN(nothing_is_kept_for_another_city);
    RUN(a_person_has_what_he_ended_in_the_period);
    RUN(a_person_s_figure_is_a_recount_at_every_look);
    test_store_close(&t);
}

int main(void)
{
    all_on(TEST_LITE);
    all_on(TEST_PG);
    return test_result();
}
