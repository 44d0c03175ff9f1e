/* The public figures against a recount of the record, on both databases. */
#include "demo/tests/place.h"
#include "kernel/job/job.h"
#include "statistics/count.h"
#include "statistics/queries.gen.h"

static const char *const dims[] = { "all", "unit", "item", "town", "channel" };

static enum err equal(struct tx *tx, void *dim)
{
    struct stat_recount *want;
    struct stat_totals *got;
    size_t n, m;
    enum err e = stat_recount(tx, str_of(dim), &want, &n);
    if (e == OK)
        e = stat_totals(tx, str_of(dim), &got, &m);
    if (e != OK)
        return e;
    CHECK(n == m && n > 0);
    for (size_t i = 0; i < n && i < m; i++) {
        bool same = str_eq(want[i].key, got[i].key) &&
                    want[i].filed == got[i].filed &&
                    want[i].closed == got[i].closed &&
                    want[i].late == got[i].late;
        CHECK(same);
        if (!same)
            fprintf(stderr, "  %s %.*s: %lld %lld %lld, counted %lld %lld "
                    "%lld\n", (const char *)dim, STR_ARG(want[i].key),
                    (long long)want[i].filed, (long long)want[i].closed,
                    (long long)want[i].late, (long long)got[i].filed,
                    (long long)got[i].closed, (long long)got[i].late);
    }
    return OK;
}

/* Months and years are the sum of their days. */
static enum err added_up(struct tx *tx, void *wrong)
{
    struct stat_check_span *s;
    struct stat_sum all;
    size_t n;
    enum err e = stat_check_span(tx, &s, &n);
    if (e == OK)
        e = stat_sum(tx, 2000, 2999, &all);
    *(size_t *)wrong = n;
    CHECK(e != OK || all.filed > 0);
    return e;
}

/* One index or another, the rows are the same and in the same order. */
#define SAME_ROWS(x, n, y, m)                                            \
    do {                                                                 \
        CHECK((n) == (m));                                               \
        for (size_t i = 0; i < (n) && i < (m); i++)                      \
            CHECK(str_eq((x)[i].key, (y)[i].key) &&                      \
                  (x)[i].filed == (y)[i].filed &&                        \
                  (x)[i].closed == (y)[i].closed &&                      \
                  (x)[i].late == (y)[i].late &&                          \
                  (x)[i].worked == (y)[i].worked &&                      \
                  str_eq((x)[i].name, (y)[i].name));                     \
    } while (0)

static enum err items_of_spans(struct tx *tx, void *unused)
{
    struct stat_items_span *one;
    struct stat_items_years *years, *five;
    struct stat_items *summed;
    size_t n, m;
    int y, month, d;
    (void)unused;
    day_split(tx_today(tx), &y, &month, &d);
    CHECK(stat_items_span(tx, y, 10, &one, &n) == OK && n > 0);
    CHECK(stat_items_years(tx, y, y, 10, &years, &m) == OK);
    SAME_ROWS(one, n, years, m);
    CHECK(stat_items_span(tx, y * 100 + month, 10, &one, &n) == OK);
    CHECK(stat_items(tx, y * 100 + month, y * 100 + month, 10, &summed,
                     &m) == OK);
    SAME_ROWS(one, n, summed, m);
    CHECK(stat_items_years(tx, y - 5, y, 3000, &five, &n) == OK && n > 0);
    CHECK(stat_items(tx, y - 5, y, 3000, &summed, &m) == OK);
    SAME_ROWS(five, n, summed, m);
    for (size_t i = 1; i < n; i++)
        CHECK(five[i - 1].closed >= five[i].closed);
    return OK;
}

static void recount(void)
{
    CHECK(test_store_look(&place.t, items_of_spans, NULL) == OK);
    size_t wrong = 1;
    CHECK(test_store_look(&place.t, added_up, &wrong) == OK && wrong == 0);
    for (size_t i = 0; i < sizeof dims / sizeof *dims; i++)
        CHECK(test_store_look(&place.t, equal, (void *)dims[i]) == OK);
}

static void drained(void)
{
    place.t.now = inst_now();
    for (int i = 0; i < 100; i++) {
        place.t.now.ms += 3000; /* beyond the counting's pause */
        CHECK(job_drain(place.t.store, modules, place.t.now) == OK);
    }
}

/* Everything that can happen to a case in one evening. */
static enum err refuse_one(struct tx *tx, void *number)
{
    static struct who desk;
    struct case_load c;
    if (case_load(tx, *(str *)number, &c) != OK)
        return ERR_NOTFOUND;
    desk = (struct who){ 990, STR("测试"), c.unit, STR("officer"),
                         STR("web") };
    tx->who = &desk;
    struct act a = { .verb = VERB_REFUSE, .number = *(str *)number,
                     .ground = STR("依法不属于本机关职权范围"),
                     .reason = STR("请向上级机关申请") };
    enum err e = case_act(tx, &a);
    if (e != OK)
        fprintf(stderr, "  %.*s: %s %.*s\n", STR_ARG(a.number), err_name(e),
                STR_ARG(a.sentence));
    return e;
}

static str waiting_case(void)
{
    struct value *v = place_json("GET", "/board?state=received",
                                 STR(""), NULL, 200);
    for (const struct value *r = v ? value_get(v, STR("rows"))->first : NULL;
         r; r = r->next) {
        str number = value_get_text(r, STR("number"));
        struct value *c = place_json("GET", place_path("/cases/%.*s%.*s",
                                                       number, STR("")),
                                     STR(""), NULL, 200);
        if (c && value_get(c, STR("parts"))->count == 0)
            return number;
    }
    return STR("");
}

static void pages_and_files(void)
{
    static const char *const by[] = { "unit", "item", "town", "channel" };
    for (size_t i = 0; i < 4; i++) {
        struct value *v = place_page(
            arena_printf(&place.t.arena, "/statistics?period=all&by=%s",
                         by[i]).p, STR(""), "statistics/statistics");
        CHECK(v && value_get(v, STR("rows"))->count > 0);
        struct reply r = place_ask("GET", arena_printf(&place.t.arena,
            "/statistics.csv?period=all&by=%s", by[i]).p, STR(""), NULL);
        CHECK(r.status == 200 && str_starts(r.body, STR("\xef\xbb\xbf")));
        reply_free(&r);
        r = place_ask("GET", arena_printf(&place.t.arena,
            "/statistics.xlsx?period=all&by=%s", by[i]).p, STR(""), NULL);
        CHECK(r.status == 200 && str_starts(r.body, STR("PK")));
        reply_free(&r);
    }
    struct reply r = place_ask("GET", "/statistics?period=never", STR(""),
                               NULL);
    CHECK(r.status == 422 || r.status == 400);
    reply_free(&r);
}

static enum err news_of_today(struct tx *tx, void *unused)
{
    (void)unused;
    tx->notes++;
    return stat_due_add(tx, tx_today(tx), store_id(tx->store), NULL);
}

static enum err count_beside(struct tx *tx, void *kept)
{
    return statistics_count(tx, kept);
}

static enum err keep_counted(struct tx *tx, void *kept)
{
    bool more;
    tx->notes++;
    tx->kept = kept;
    return statistics_keep(tx, &more);
}

static enum err days_due(struct tx *tx, void *days)
{
    struct stat_due_left left;
    enum err e = stat_due_left(tx, &left);
    *(int64_t *)days = left.days;
    return e;
}

/* News that came between the counting and the keeping: counted again. */
static void a_day_heard_of_meanwhile_stays_due(void)
{
    const void *kept = NULL;
    int64_t days = -1;
    CHECK(test_store_run(&place.t, news_of_today, NULL) == OK);
    CHECK(test_store_look(&place.t, count_beside, &kept) == OK && kept);
    CHECK(test_store_run(&place.t, news_of_today, NULL) == OK);
    CHECK(test_store_run(&place.t, keep_counted, (void *)kept) == OK);
    CHECK(test_store_look(&place.t, days_due, &days) == OK && days == 1);
    CHECK(test_store_look(&place.t, count_beside, &kept) == OK && kept);
    CHECK(test_store_run(&place.t, keep_counted, (void *)kept) == OK);
    CHECK(test_store_look(&place.t, days_due, &days) == OK && days == 0);
    CHECK(test_store_run(&place.t, keep_counted, (void *)kept) == OK);
    recount();
}

static void in_a_city(enum test_database which)
{
    if (!place_open(which, true))
        return;
    drained();
    recount();
    pages_and_files();
    str number = waiting_case();
    CHECK(number.n > 0);
    place.t.now = inst_now();
    CHECK(number.n == 0 ||
          test_store_run(&place.t, refuse_one, &number) == OK);
    drained();
    recount();
    a_day_heard_of_meanwhile_stays_due();
    place_close();
}

static void figures_are_a_recount_on_sqlite(void)
{
    in_a_city(TEST_LITE);
}

static void figures_are_a_recount_on_postgresql(void)
{
    in_a_city(TEST_PG);
}

int main(void)
{
    RUN(figures_are_a_recount_on_sqlite);
    RUN(figures_are_a_recount_on_postgresql);
    return test_result();
}
