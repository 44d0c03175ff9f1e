/*
 * Who holds which post, counted by organisation and by post from an index
 * alone: always what the arrangements themselves come to on that day.
 */
#include "design/queries.gen.h"
#include "kernel/auth/auth.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

static struct test_store t;
static int64_t wang, li, zhao;

static enum err add_unit(struct tx *tx, const char *code, const char *name,
                         int position)
{
    struct auth_unit u = { .code = str_of(code), .name = str_of(name),
                           .short_name = str_of(name),
                           .kind = STR("department"), .position = position };
    return auth_add_unit(tx, &u);
}

static enum err add_person(struct tx *tx, const char *login, int64_t *id)
{
    struct auth_account a = { .login = str_of(login), .name = str_of(login),
                              .kind = STR("staff"), .password = STR("$x") };
    return auth_add_account(tx, &a, id);
}

static enum err hold(struct tx *tx, const char *unit, const char *duty,
                     int64_t account, day from, day to)
{
    struct auth_duty d = { .unit = str_of(unit), .duty = str_of(duty),
                           .account = account, .from = from, .to = to };
    return auth_add_duty(tx, &d, NULL);
}

/* D022 comes after D001; 王 holds two posts there, one of them until the 20th
 * and again from the 25th; 李 begins on the 21st; 赵 is of D001. */
static enum err arrange(struct tx *tx, void *context)
{
    (void)context;
    day never = day_none, since = day_of(2026, 1, 1);
    enum err e = add_unit(tx, "D022", "市场监管局", 2);
    if (e == OK)
        e = add_unit(tx, "D001", "政府办", 1);
    if (e == OK)
        e = add_unit(tx, "D030", "空着的单位", 3);
    if (e == OK)
        e = add_person(tx, "wang", &wang);
    if (e == OK)
        e = add_person(tx, "li", &li);
    if (e == OK)
        e = add_person(tx, "zhao", &zhao);
    if (e == OK)
        e = hold(tx, "D022", "承办岗", wang, since, never);
    if (e == OK)
        e = hold(tx, "D022", "审核岗", wang, since, day_of(2026, 11, 20));
    if (e == OK)
        e = hold(tx, "D022", "审核岗", wang, day_of(2026, 11, 25), never);
    if (e == OK)
        e = hold(tx, "D022", "承办岗", li, day_of(2026, 11, 21), never);
    if (e == OK)
        e = hold(tx, "D001", "承办岗", zhao, since, never);
    tx->notes++;
    return e;
}

struct seen {
    day on;
    const char *unit, *duty;
    struct design_duty_units *units;
    struct design_duties *all;
    struct design_duties_named *named;
    struct design_holdings *held;
    size_t unit_count, all_count, named_count, held_count;
};

static enum err look(struct tx *tx, void *context)
{
    struct seen *s = context;
    enum err e = design_duty_units(tx, s->on, &s->units, &s->unit_count);
    if (e == OK)
        e = design_duties(tx, s->on, &s->all, &s->all_count);
    if (e == OK)
        e = design_duties_named(tx, STR("[\"审核岗\",\"没有的岗\",\"审核岗\"]"),
                                s->on, &s->named, &s->named_count);
    return e == OK && s->unit ? design_holdings(tx, str_of(s->unit),
                                                str_of(s->duty), &s->held,
                                                &s->held_count) : e;
}

static struct seen seen_on(int d)
{
    struct seen s = { .on = day_of(2026, 11, d) };
    CHECK(test_store_look(&t, look, &s) == OK);
    return s;
}

static size_t held(const char *unit, const char *duty)
{
    struct seen s = { .on = day_of(2026, 11, 20), .unit = unit,
                      .duty = duty };
    CHECK(test_store_look(&t, look, &s) == OK);
    return s.held_count;
}

static void organisations_count_who_is_in_a_post_today(void)
{
    struct seen s = seen_on(20);
    CHECK(s.unit_count == 2); /* who has nobody is no row */
    CHECK_STR(s.units[0].code, "D001");
    CHECK(s.units[0].duties == 1 && s.units[0].held == 1);
    CHECK_STR(s.units[1].code, "D022");
    CHECK(s.units[1].duties == 2 && s.units[1].held == 1);
    s = seen_on(21);
    CHECK(s.units[1].duties == 1 && s.units[1].held == 2);
    s = seen_on(25);
    CHECK(s.units[1].duties == 2 && s.units[1].held == 2);
}

static void a_post_counts_its_holders_of_the_day(void)
{
    const struct { int day, handling, review; } days[] = {
        { 20, 2, 1 }, { 21, 3, 0 }, { 24, 3, 0 }, { 25, 3, 1 },
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct seen s = seen_on(days[i].day);
        CHECK(s.all_count == 2 && s.named_count == 1);
        for (size_t k = 0; k < s.all_count; k++)
            CHECK(s.all[k].holders == (str_is(s.all[k].duty, "承办岗")
                                           ? days[i].handling
                                           : days[i].review));
        CHECK_STR(s.named[0].duty, "审核岗");
        CHECK(s.named[0].holders == days[i].review);
    }
}

static void arrangements_are_found_by_organisation_and_by_post(void)
{
    CHECK(held("D022", "") == 4);
    CHECK(held("D022", "审核岗") == 2);
    CHECK(held("", "承办岗") == 3);
    CHECK(held("D001", "审核岗") == 0);
    CHECK(held("", "没有的岗") == 0);
}

static void all_on(enum test_database which)
{
    if (!test_store_open(&t, which))
        return;
    CHECK(test_store_run(&t, arrange, NULL) == OK);
    RUN(organisations_count_who_is_in_a_post_today);
    RUN(a_post_counts_its_holders_of_the_day);
    RUN(arrangements_are_found_by_organisation_and_by_post);
    test_store_close(&t);
}

int main(void)
{
    all_on(TEST_LITE);
    all_on(TEST_PG);
    return test_result();
}
