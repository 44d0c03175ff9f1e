/*
 * What is kept of the days that are over, with the days that are not, is
 * always what a recount gives: after every write, over midnight, and when a
 * command of yesterday is written a moment after it.
 */
#include "kernel/store/testing.h"
#include "kernel/test/test.h"
#include "supervision/past.h"
#include "supervision/queries.gen.h"

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

static void all_on(enum test_database which)
{
    if (!test_store_open(&t, which))
        return;
    RUN(what_is_shown_is_a_recount_at_every_look);
    RUN(a_command_of_yesterday_is_not_missed);
    RUN(nothing_is_kept_for_another_city);
    test_store_close(&t);
}

int main(void)
{
    all_on(TEST_LITE);
    all_on(TEST_PG);
    return test_result();
}
