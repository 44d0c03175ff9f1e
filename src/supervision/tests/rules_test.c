#include "kernel/clock/tests/days.h"
#include "kernel/page/page.h"
#include "kernel/test/test.h"
#include "supervision/supervision.h"

static struct arena memory;

static const struct calendar *days(void)
{
    return clock_calendar_builtin();
}

static void the_last_two_of_five_levels_are_bad(void)
{
    CHECK(!rating_bad_level(1) && !rating_bad_level(2) &&
          !rating_bad_level(3));
    CHECK(rating_bad_level(4) && rating_bad_level(5));
    CHECK_STR(str_of(rating_level(1)->label), "非常满意");
    CHECK_STR(str_of(rating_level(5)->label), "非常不满意");
    CHECK(rating_level(0) == NULL && rating_level(6) == NULL);
}

/* 安阳市政务服务条例 第五十二条; 2026-11-20 is a Friday. */
static void a_bad_rating_is_verified_in_one_working_day_and_mended_in_five(void)
{
    struct rating_clocks c = rating_clocks(days(), on("2026-11-20"));
    CHECK_DAY(c.verify_by, "2026-11-23");
    CHECK_DAY(c.mend_by, "2026-11-27");
    c = rating_clocks(days(), on("2026-09-30")); /* before the holidays */
    CHECK_DAY(c.verify_by, "2026-10-08");
}

static void only_what_the_office_ended_can_be_rated(void)
{
    static const char *const ended[] = { "granted", "denied", "refused",
                                         "closed" };
    static const char *const other[] = { "received", "accepted", "special",
                                         "withdrawn", "ended", "" };
    for (size_t i = 0; i < 4; i++)
        CHECK(rating_state(str_of(ended[i])));
    for (size_t i = 0; i < 6; i++)
        CHECK(!rating_state(str_of(other[i])));
}

static void reasons_of_the_form_are_the_list(void)
{
    str rest = STR(RATING_REASONS);
    for (const struct rating_reason *r = rating_reasons; r->code; r++)
        CHECK_STR(str_cut(&rest, ','), r->code);
    CHECK(str_is_none(rest));
}

static void a_card_says_what_its_clock_says(void)
{
    struct arena *a = &memory;
    day due = on("2026-11-20");
    CHECK_STR(card_reason(a, days(), STR("yellow"), STR("promised"), due,
                          on("2026-11-23")), "超过承诺时限 1 个工作日");
    CHECK_STR(card_reason(a, days(), STR("red"), STR("statutory"), due,
                          on("2026-11-25")), "超过法定时限 3 个工作日");
    CHECK_STR(card_reason(a, days(), STR("warning"), STR("accept"), due,
                          on("2026-11-18")), "受理时限还剩 2 个工作日");
    CHECK_STR(card_reason(a, days(), STR("warning"), STR("promised"), due,
                          due), "承诺时限今日到期");
    CHECK_STR(card_basis(a, STR("permit.decision")),
              "《行政许可法》第四十二条第一款");
    CHECK_STR(card_basis(a, STR("no.such")), "");
    CHECK(card_kind_told(STR("warned")) == card_kind_of(STR("warning")));
    CHECK(card_kind_told(STR("fine")) == NULL);
    CHECK_STR(card_state_word(STR("warning"), STR("issued")), "提醒中");
    CHECK_STR(card_state_word(STR("red"), STR("issued")), "待说明");
}

static void a_period_is_compared_with_as_many_days_before(void)
{
    struct period p = period_of(PERIOD_MONTH, on("2026-03-31"));
    CHECK_DAY(p.from, "2026-03-01");
    CHECK_DAY(p.to, "2026-03-31");
    CHECK_DAY(p.before_from, "2026-02-01");
    CHECK_DAY(p.before_to, "2026-02-28"); /* never into this one */
    p = period_of(PERIOD_LAST, on("2026-01-15"));
    CHECK_DAY(p.from, "2025-12-01");
    CHECK_DAY(p.to, "2025-12-31");
    CHECK_DAY(p.before_from, "2025-11-01");
    p = period_of(PERIOD_YEAR, on("2026-11-20"));
    CHECK_DAY(p.from, "2026-01-01");
    CHECK_DAY(p.before_to, "2025-11-20");
    CHECK_STR(period_text(&memory, &p), "2026 年 1 月 1 日至 11 月 20 日");
}

static void a_rate_is_never_rounded_up_and_no_work_is_not_good_work(void)
{
    CHECK(page_on_time(0, 0) == -1);
    CHECK_STR(page_percent(&memory, -1), "—");
    CHECK_STR(page_percent(&memory, page_on_time(100000, 1)), "99.9%");
    CHECK_STR(page_percent(&memory, page_on_time(10, 0)), "100.0%");
}

int main(void)
{
    RUN(the_last_two_of_five_levels_are_bad);
    RUN(a_bad_rating_is_verified_in_one_working_day_and_mended_in_five);
    RUN(only_what_the_office_ended_can_be_rated);
    RUN(reasons_of_the_form_are_the_list);
    RUN(a_card_says_what_its_clock_says);
    RUN(a_period_is_compared_with_as_many_days_before);
    RUN(a_rate_is_never_rounded_up_and_no_work_is_not_good_work);
    arena_free(&memory);
    return test_result();
}
