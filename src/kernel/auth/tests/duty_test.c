/* Who holds which duty, and who stands in, on either database. */
#include "kernel/auth/auth.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

struct office {
    struct test_store t;
    int64_t wang, li, zhou; /* zhou: a resident */
    struct auth_duty duty;  /* what the next command adds */
    int64_t id;
    day last;
    struct auth_duty *held;
    struct auth_holder *holder;
    size_t n;
    int64_t of;             /* whose duties */
};

static enum err account(struct tx *tx, const char *login, const char *kind,
                        int64_t *id)
{
    struct auth_account a = { .login = str_of(login), .name = str_of(login),
                              .kind = str_of(kind), .password = STR("$x") };
    return auth_add_account(tx, &a, id);
}

static enum err build(struct tx *tx, void *context)
{
    struct office *o = context;
    struct auth_unit u = { .code = STR("D022"), .name = STR("市场监督管理局"),
                           .kind = STR("department"), .position = 1 };
    enum err e = auth_add_unit(tx, &u);
    if (e == OK)
        e = account(tx, "officer.wang", "staff", &o->wang);
    if (e == OK)
        e = account(tx, "officer.li", "staff", &o->li);
    return e == OK ? account(tx, "zhou", "resident", &o->zhou) : e;
}

static enum err add(struct tx *tx, void *context)
{
    struct office *o = context;
    return auth_add_duty(tx, &o->duty, &o->id);
}

static enum err end(struct tx *tx, void *context)
{
    struct office *o = context;
    return auth_end_duty(tx, o->id, o->last);
}

static enum err duties(struct tx *tx, void *context)
{
    struct office *o = context;
    return auth_duties(tx, o->of, &o->held, &o->n);
}

static enum err holders(struct tx *tx, void *context)
{
    struct office *o = context;
    return auth_holders(tx, STR("D022"), STR("承办岗"), &o->holder, &o->n);
}

static bool office_open(struct office *o, enum test_database which)
{
    *o = (struct office){ 0 };
    if (!test_store_open(&o->t, which))
        return false;
    CHECK(test_store_run(&o->t, build, o) == OK);
    return true;
}

/* Today is 2026-11-20. */
static enum err give(struct office *o, int64_t who, int64_t stands_for,
                     day from, day to)
{
    o->duty = (struct auth_duty){ .unit = STR("D022"), .duty = STR("承办岗"),
                                  .account = who, .stands_for = stands_for,
                                  .from = from, .to = to };
    return test_store_run(&o->t, add, o);
}

static size_t held_by(struct office *o, int64_t who)
{
    o->of = who;
    CHECK(test_store_look(&o->t, duties, o) == OK);
    return o->n;
}

static void a_duty_is_held_on_its_days(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    CHECK(give(&o, o.wang, 0, day_of(2026, 11, 20), day_none) == OK);
    CHECK(give(&o, o.li, 0, day_of(2026, 11, 21), day_none) == OK);
    CHECK(held_by(&o, o.wang) == 1);
    CHECK_STR(o.held[0].duty, "承办岗");
    CHECK(held_by(&o, o.li) == 0);
    CHECK(test_store_look(&o.t, holders, &o) == OK && o.n == 1);
    CHECK(o.holder[0].account == o.wang);
    o.t.now.ms += 86400000LL;
    CHECK(test_store_look(&o.t, holders, &o) == OK && o.n == 2);
    test_store_close(&o.t);
}

static void a_stand_in_has_days_and_somebody_to_stand_for(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    day today = day_of(2026, 11, 20), friday = day_of(2026, 11, 27);
    CHECK(give(&o, o.li, o.wang, today, friday) == ERR_RANGE);
    CHECK(give(&o, o.wang, 0, today, day_none) == OK);
    CHECK(give(&o, o.li, o.wang, today, day_none) == ERR_RANGE);
    CHECK(give(&o, o.wang, o.wang, today, friday) == ERR_RANGE);
    CHECK(give(&o, o.li, o.wang, friday, today) == ERR_RANGE);
    CHECK(give(&o, o.li, o.wang, today, friday) == OK);
    CHECK(held_by(&o, o.li) == 1 && o.held[0].stands_for == o.wang);
    CHECK(test_store_look(&o.t, holders, &o) == OK && o.n == 2);
    CHECK(o.holder[0].account == o.wang && o.holder[0].stands_for == 0);
    CHECK(o.holder[1].account == o.li && o.holder[1].stands_for == o.wang);
    o.t.now.ms += 8 * 86400000LL;
    CHECK(held_by(&o, o.li) == 0 && held_by(&o, o.wang) == 1);
    test_store_close(&o.t);
}

static void nobody_holds_the_same_duty_twice(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    day d1 = day_of(2026, 11, 1), d2 = day_of(2026, 11, 30);
    CHECK(give(&o, o.wang, 0, d1, d2) == OK);
    CHECK(give(&o, o.wang, 0, d2, day_none) == ERR_CONFLICT);
    CHECK(give(&o, o.wang, 0, day_of(2026, 10, 1), d1) == ERR_CONFLICT);
    CHECK(give(&o, o.wang, 0, day_of(2026, 12, 1), day_none) == OK);
    CHECK(give(&o, o.wang, 0, day_of(2027, 12, 1), day_none) == ERR_CONFLICT);
    test_store_close(&o.t);
}

static void residents_and_strangers_hold_none(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    day d = day_of(2026, 11, 20);
    CHECK(give(&o, o.zhou, 0, d, day_none) == ERR_NOTFOUND);
    CHECK(give(&o, 12345, 0, d, day_none) == ERR_NOTFOUND);
    o.duty.unit = STR("D999");
    o.duty.account = o.wang;
    CHECK(test_store_run(&o.t, add, &o) == ERR_NOTFOUND);
    o.duty.unit = STR("D022");
    o.duty.duty = STR("");
    CHECK(test_store_run(&o.t, add, &o) == ERR_RANGE);
    test_store_close(&o.t);
}

static void a_duty_ends_once_and_never_before_it_began(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    CHECK(give(&o, o.wang, 0, day_of(2026, 11, 10), day_none) == OK);
    o.last = day_of(2026, 11, 8);
    CHECK(test_store_run(&o.t, end, &o) == ERR_RANGE);
    o.last = day_of(2026, 11, 19);
    CHECK(test_store_run(&o.t, end, &o) == OK);
    CHECK(held_by(&o, o.wang) == 0);
    CHECK(test_store_run(&o.t, end, &o) == ERR_CONFLICT);
    o.id = 99;
    CHECK(test_store_run(&o.t, end, &o) == ERR_NOTFOUND);
    test_store_close(&o.t);
}

typedef void test(enum test_database which);

int main(void)
{
    static test *const tests[] = {
        a_duty_is_held_on_its_days,
        a_stand_in_has_days_and_somebody_to_stand_for,
        nobody_holds_the_same_duty_twice,
        residents_and_strangers_hold_none,
        a_duty_ends_once_and_never_before_it_began,
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        for (int which = TEST_LITE; which <= TEST_PG; which++) {
            test_bad = 0;
            tests[i]((enum test_database)which);
            test_bad ? test_failed++ : test_passed++;
        }
    return test_result();
}
