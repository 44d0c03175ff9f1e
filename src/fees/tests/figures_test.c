/*
 * What /fees/watch shows is always what a count of every notice of the year
 * gives: after each change, and whichever instant the year begins at.
 */
#include "fees/book.h"
#include "kernel/auth/auth.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <stdio.h>

#define DAY_MS 86400000LL

static struct test_store t;

struct notice {
    inst made;
    const char *unit, *name, *state;
    int64_t total, paid, refunded;
    int64_t id;
    const char *number;
};

static enum err add_units(struct tx *tx, void *context)
{
    struct auth_unit food = { .code = STR("D022"), .name = STR("市场监管局"),
                              .short_name = STR("市场监管局"),
                              .kind = STR("department"), .position = 1 };
    struct auth_unit roads = { .code = STR("D030"), .name = STR("交通局"),
                               .short_name = STR("交通局"),
                               .kind = STR("department"), .position = 2 };
    (void)context;
    tx->notes++;
    enum err e = auth_add_unit(tx, &food);
    return e == OK ? auth_add_unit(tx, &roads) : e;
}

static enum err add(struct tx *tx, void *context)
{
    struct notice *n = context;
    str none = STR("");
    tx->notes++;
    n->id = store_id(tx->store);
    enum err e = fee_add(tx, n->id, str_of(n->number), str_of(n->number),
                         str_of(n->unit), STR("X1"), STR("一件事"), none,
                         str_of(n->name), STR("accept"), none, 0, 0,
                         STR("周文远"), STR("周*远"), STR("{}"), none, none,
                         n->made);
    return e == OK ? fee_follow(tx, n->id, NULL) : e;
}

static enum err change(struct tx *tx, void *context)
{
    struct notice *n = context;
    struct fee_one was;
    tx->notes++;
    enum err e = fee_one(tx, str_of(n->number), &was);
    if (e == OK && was.total.n != n->total)
        e = fee_assessed(tx, n->id, was.revision, STR("{}"), STR("0"),
                         STR("0"), (fen){ n->total }, STR(""),
                         str_of(n->state), tx_today(tx), day_none, inst_none);
    else if (e == OK && was.paid.n != n->paid)
        e = fee_set_paid(tx, n->id, was.revision, (fen){ n->paid },
                         str_of(n->state), tx->now);
    else if (e == OK && was.refunded.n != n->refunded)
        e = fee_set_refunded(tx, n->id, was.revision, (fen){ n->refunded });
    else if (e == OK)
        e = fee_set_state(tx, n->id, was.revision, str_of(n->state),
                          tx->now);
    return e == OK ? fee_follow(tx, n->id, &was) : e;
}

struct seen {
    inst from;
    struct fee_figures *f;
    size_t n;
    struct fee_check_counts *bad;
    size_t bad_count;
};

static enum err look(struct tx *tx, void *context)
{
    struct seen *s = context;
    enum err e = fee_figures_since(tx, s->from, &s->f, &s->n);
    return e == OK ? fee_check_counts(tx, &s->bad, &s->bad_count) : e;
}

static struct seen since(inst from)
{
    struct seen s = { .from = from };
    CHECK(test_store_look(&t, look, &s) == OK);
    CHECK(s.bad_count == 0);
    return s;
}

static inst on(int year, int month, int d)
{
    return (inst){ day_begin(day_of(year, month, d)).ms + DAY_MS / 2 };
}

static void changed(struct notice *n, const char *state, int64_t total,
                    int64_t paid, int64_t refunded)
{
    n->state = state;
    n->total = total;
    n->paid = paid;
    n->refunded = refunded;
    CHECK(test_store_run(&t, change, n) == OK);
}

static void figures_follow_a_notice_all_its_way(void)
{
    inst year = on(2025, 11, 20);
    struct notice n = { .made = on(2026, 3, 2), .unit = "D022",
                        .name = "检验费", .number = "N1" };
    CHECK(since(year).n == 0);
    CHECK(test_store_run(&t, add, &n) == OK);
    struct seen s = since(year);
    CHECK(s.n == 1 && s.f[0].notices == 1 && s.f[0].total.n == 0);
    CHECK_STR(s.f[0].unit_name, "市场监管局");
    CHECK_STR(s.f[0].name, "检验费");
    changed(&n, "waiting", 5000, 0, 0);
    CHECK(since(year).f[0].total.n == 5000);
    changed(&n, "expired", 5000, 0, 0);
    CHECK(since(year).f[0].expired == 1);
    changed(&n, "expired", 5000, 2000, 0);
    s = since(year);
    CHECK(s.f[0].expired == 1 && s.f[0].paid.n == 2000);
    changed(&n, "paid", 5000, 5000, 0);
    s = since(year);
    CHECK(s.f[0].expired == 0 && s.f[0].paid.n == 5000);
    changed(&n, "paid", 5000, 5000, 1000);
    s = since(year);
    CHECK(s.f[0].refunded.n == 1000 && s.f[0].notices == 1);
    struct notice free = { .made = on(2026, 3, 3), .unit = "D022",
                           .name = "检验费", .number = "N2" };
    CHECK(test_store_run(&t, add, &free) == OK);
    changed(&free, "exempt", 0, 0, 0);
    s = since(year);
    CHECK(s.n == 1 && s.f[0].notices == 2 && s.f[0].exempt == 1);
    changed(&free, "replaced", 0, 0, 0); /* another one took its place */
    s = since(year);
    CHECK(s.f[0].notices == 1 && s.f[0].exempt == 0);
}

/* One notice a day from 2025-01-01 to 2026-04-10: a year that begins on any
 * day has those made since that very instant. */
static void a_year_begins_at_any_instant(void)
{
    static struct notice days[465];
    static char numbers[465][8];
    for (int i = 0; i < 465; i++) {
        snprintf(numbers[i], sizeof numbers[i], "D%d", i);
        days[i] = (struct notice){ .made = { on(2025, 1, 1).ms + i * DAY_MS },
                                   .unit = "D030", .name = "通行费",
                                   .number = numbers[i] };
        CHECK(test_store_run(&t, add, &days[i]) == OK);
    }
    for (int i = 0; i < 100; i++) {
        struct seen s = since(days[i].made);
        CHECK(s.f[0].notices == 465 - i);
        CHECK_STR(s.f[0].unit_name, "交通局");
        s = since((inst){ days[i].made.ms + 1 });
        CHECK(s.f[0].notices == 465 - i - 1);
    }
}

static void what_is_not_so_is_found(void)
{
    struct seen s = { .from = on(2025, 1, 1) };
    CHECK(test_store_sql(&t, "UPDATE fees_count SET paid = paid + 1 WHERE unit "
                             "= 'D022'"));
    CHECK(test_store_look(&t, look, &s) == OK);
    CHECK(s.bad_count == 1 && s.bad[0].paid.n == 1);
    CHECK_STR(s.bad[0].unit, "D022");
}

static void all_on(enum test_database which)
{
    if (!test_store_open(&t, which))
        return;
    CHECK(test_store_run(&t, add_units, NULL) == OK);
    RUN(figures_follow_a_notice_all_its_way);
    RUN(a_year_begins_at_any_instant);
    RUN(what_is_not_so_is_found);
    test_store_close(&t);
}

int main(void)
{
    all_on(TEST_LITE);
    all_on(TEST_PG);
    return test_result();
}
