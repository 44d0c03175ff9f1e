/* Days of a grant, and who may take it back. */
#include "grants/grants.h"
#include "kernel/test/test.h"

static struct arena memory;

static void the_last_day_is_included(void)
{
    day to = day_of(2026, 11, 22);
    CHECK_STR(grant_state_on(STR("valid"), to, day_of(2026, 11, 22)),
              "valid");
    CHECK_STR(grant_state_on(STR("valid"), to, day_of(2026, 11, 23)),
              "expired");
    CHECK_STR(grant_state_on(STR("withdrawn"), to, day_of(2026, 11, 23)),
              "withdrawn");
    CHECK(grant_days_left(to, day_of(2026, 11, 22)) == 1);
    CHECK(grant_days_left(to, day_of(2026, 11, 20)) == 3);
    CHECK(grant_days_left(to, day_of(2026, 11, 23)) == 0);
}

static void a_grant_lasts_three_years_at_most(void)
{
    day from = day_of(2026, 11, 23);
    CHECK_STR(grant_refused(from, from), "");
    CHECK_STR(grant_refused(from, day_of(2029, 11, 22)), "");
    CHECK_STR(grant_refused(from, day_of(2029, 11, 23)),
              "一次授权最长三年，请写三年以内的截止日，到期前再申请。");
    CHECK_STR(grant_refused(from, day_of(2026, 11, 22)),
              "授权的截止日已经过去，请提供部门重新确定。");
    CHECK_STR(grant_refused(from, day_none), "没有写明授权的截止日。");
}

/* Twenty working days before: a new matter may take as long. */
static void both_sides_are_told_before_the_end(void)
{
    const struct calendar *cal = clock_calendar_builtin();
    day from = day_of(2026, 6, 1), to = day_of(2026, 11, 30);
    day on = grant_warn_on(cal, from, to);
    CHECK(on.n == day_of(2026, 11, 2).n);
    CHECK(calendar_working_between(cal, on, to) == GRANT_WARN);
    /* A short one is told of on its first day. */
    CHECK(grant_warn_on(cal, day_of(2026, 11, 23), to).n ==
          day_of(2026, 11, 23).n);
}

static struct grant_withdrawal by(const char *unit)
{
    return (struct grant_withdrawal){ .state = STR("valid"),
                                      .giver = STR("D025"),
                                      .unit = str_of(unit),
                                      .provides = true,
                                      .reason = str_none };
}

static void who_gave_it_takes_it_back_with_a_reason(void)
{
    struct grant_withdrawal w = by("D025");
    CHECK_STR(grant_withdraw_refused(&w), "");
    w.reason = STR("超出用途");
    CHECK_STR(grant_withdraw_refused(&w), "");
    w.reason = STR("不行");
    CHECK(grant_withdraw_refused(&w).n > 0);
    w = by("D036");
    CHECK_STR(grant_withdraw_refused(&w), "只有作出授权的部门可以收回。");
    w = by("D025");
    w.provides = false;
    CHECK_STR(grant_withdraw_refused(&w),
              "由本单位负责人或者数据提供岗收回。");
    w.leads = true;
    CHECK_STR(grant_withdraw_refused(&w), "");
    w.state = STR("expired");
    CHECK_STR(grant_withdraw_refused(&w), "这项授权已经到期，不用再收回。");
    w.state = STR("withdrawn");
    CHECK_STR(grant_withdraw_refused(&w), "这项授权已经收回。");
}

static void a_number_is_its_matter_s(void)
{
    CHECK_STR(grant_number(&memory, STR("SX20261122000001")),
              "SQ20261122000001");
    CHECK_STR(grant_number(&memory, STR("X1")), "SQX1");
    CHECK_STR(grant_state_word(STR("valid")), "有效");
    CHECK_STR(grant_state_word(STR("expired")), "已到期");
    CHECK_STR(grant_state_word(STR("withdrawn")), "已收回");
}

int main(void)
{
    RUN(the_last_day_is_included);
    RUN(a_grant_lasts_three_years_at_most);
    RUN(both_sides_are_told_before_the_end);
    RUN(who_gave_it_takes_it_back_with_a_reason);
    RUN(a_number_is_its_matter_s);
    arena_free(&memory);
    return test_result();
}
