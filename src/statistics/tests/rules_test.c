/* Periods, shares and averages, with dates. */
#include "kernel/page/page.h"
#include "kernel/test/test.h"
#include "statistics/statistics.h"

static struct arena arena;

static void check_period(const char *code, const char *today, const char *from,
                         const char *until, const char *label)
{
    struct statistics_period p;
    char text[DAY_TEXT];
    day d;
    CHECK(day_parse(str_of(today), &d));
    CHECK(statistics_period(&arena, str_of(code), d, &p) == OK);
    CHECK_STR(day_text(p.from, text), from);
    CHECK_STR(day_text(p.until, text), until);
    CHECK_STR(p.label, label);
}

static void periods_begin_and_end_with_the_calendar(void)
{
    check_period("", "2026-11-23", "2026-11-01", "2026-11-23",
                 "2026 年 11 月 1 日至 23 日");
    check_period("last", "2026-11-23", "2026-10-01", "2026-10-31",
                 "2026 年 10 月 1 日至 31 日");
    check_period("last", "2026-01-05", "2025-12-01", "2025-12-31",
                 "2025 年 12 月 1 日至 31 日");
    check_period("last", "2028-03-31", "2028-02-01", "2028-02-29",
                 "2028 年 2 月 1 日至 29 日");
    check_period("quarter", "2026-11-23", "2026-10-01", "2026-11-23",
                 "2026 年 10 月至 2026 年 11 月 23 日");
    check_period("quarter", "2026-03-31", "2026-01-01", "2026-03-31",
                 "2026 年 1 月至 2026 年 3 月 31 日");
    check_period("year", "2026-11-23", "2026-01-01", "2026-11-23",
                 "2026 年 1 月至 2026 年 11 月 23 日");
    check_period("last-year", "2026-11-23", "2025-01-01", "2025-12-31",
                 "2025 年 1 月至 2025 年 12 月 31 日");
    check_period("all", "2026-11-23", "2021-01-01", "2026-11-23",
                 "2021 年 1 月至 2026 年 11 月 23 日");
}

static void check_spans(const char *code, day today, int first, int last)
{
    struct statistics_period p;
    CHECK(statistics_period(&arena, str_of(code), today, &p) == OK);
    CHECK(p.first == first && p.last == last);
}

/* No day of a span lies outside its period, or is still to come. */
static void a_period_is_whole_months_or_whole_years(void)
{
    day winter = day_of(2026, 1, 5), autumn = day_of(2026, 11, 23);
    check_spans("month", autumn, 202611, 202611);
    check_spans("last", autumn, 202610, 202610);
    check_spans("quarter", autumn, 202610, 202611);
    check_spans("year", autumn, 2026, 2026);
    check_spans("last-year", autumn, 2025, 2025);
    check_spans("all", autumn, 2021, 2026);
    check_spans("month", winter, 2026, 2026); /* the year so far */
    check_spans("last", winter, 202512, 202512);
    check_spans("last", day_of(2026, 2, 1), 202601, 202601);
    check_spans("quarter", day_of(2026, 4, 1), 202604, 202604);
}

static void an_unknown_period_is_refused(void)
{
    struct statistics_period p;
    CHECK(statistics_period(&arena, STR("decade"), day_of(2026, 1, 1), &p) ==
          ERR_INPUT);
}

static void one_late_of_many_is_not_a_hundred_percent(void)
{
    CHECK(page_on_time(309500, 0) == 10000);
    CHECK(page_on_time(309500, 1) == 9999);
    CHECK(page_on_time(3, 1) == 6666);
    CHECK(page_on_time(1, 1) == 0);
    CHECK(page_on_time(0, 0) == -1);
}

static void an_average_is_rounded_to_a_tenth_of_a_day(void)
{
    CHECK(statistics_average(3, 10) == 33);
    CHECK(statistics_average(3, 5) == 17);
    CHECK(statistics_average(4, 0) == 0);
    CHECK(statistics_average(0, 0) == -1);
}

int main(void)
{
    RUN(periods_begin_and_end_with_the_calendar);
    RUN(a_period_is_whole_months_or_whole_years);
    RUN(an_unknown_period_is_refused);
    RUN(one_late_of_many_is_not_a_hundred_percent);
    RUN(an_average_is_rounded_to_a_tenth_of_a_day);
    arena_free(&arena);
    return test_result();
}
