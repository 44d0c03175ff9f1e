/* Counting by date: which days are worked, and where a count ends. */
#include "kernel/clock/tests/days.h"
#include "kernel/page/page.h"
#include "kernel/test/test.h"

static const struct calendar *cal(void)
{
    return clock_calendar_builtin();
}

static bool worked(const char *d)
{
    return calendar_working(cal(), on(d));
}

static bool refused(struct clock_count k)
{
    struct clock_due due;
    return clock_due(cal(), &k, &due) == ERR_RANGE;
}

static bool provisional(struct clock_count k)
{
    struct clock_due due;
    return clock_due(cal(), &k, &due) == OK && due.provisional;
}

/* ---- the calendar ---- */

static void make_up_days_are_worked(void)
{
    CHECK(worked("2026-02-14")); /* Saturday */
    CHECK(worked("2025-04-27")); /* Sunday */
    CHECK(worked("2018-12-29")); /* by the notice of 2019 */
    CHECK(!worked("2025-04-26"));
}

static void new_years_eve_was_worked_in_2014_and_2024(void)
{
    CHECK(worked("2014-01-30"));
    CHECK(worked("2024-02-09"));
    CHECK(!worked("2025-01-28"));
    CHECK(!worked("2023-01-21"));
}

static void the_notice_of_2020_01_27_replaced_the_first(void)
{
    CHECK(!worked("2020-01-31"));
    CHECK(!worked("2020-02-01")); /* a make-up day before the second notice */
    CHECK(!worked("2020-02-02"));
    CHECK(worked("2020-02-03"));
}

static void the_commemoration_of_2015_was_a_day_off_made_up_for(void)
{
    CHECK(!worked("2015-09-03"));
    CHECK(!worked("2015-09-04"));
    CHECK(worked("2015-09-06")); /* Sunday */
}

static void a_plain_weekend_has_no_name(void)
{
    CHECK_STR(calendar_name(cal(), on("2026-10-02")), "国庆节");
    CHECK(str_is_none(calendar_name(cal(), on("2026-11-21"))));
    CHECK(str_is_none(calendar_name(cal(), on("2026-02-14"))));
    CHECK_STR(calendar_name(cal(), on("2007-05-03")), "劳动节");
}

static void a_year_has_as_many_working_days_as_were_announced(void)
{
    static const struct { int year, days; } years[] = {
        { 2007, 249 }, { 2012, 249 }, { 2020, 249 }, { 2024, 251 },
        { 2025, 248 }, { 2026, 248 },
    };
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        int n = 0;
        day end = day_of(years[i].year + 1, 1, 1);
        for (day d = day_of(years[i].year, 1, 1); d.n < end.n; d.n++)
            n += calendar_working(cal(), d);
        CHECK(n == years[i].days);
        CHECK(n == calendar_working_between(
                       cal(), day_of(years[i].year - 1, 12, 31),
                       day_of(years[i].year, 12, 31)));
    }
}

static void positions_agree_with_walking(void)
{
    for (int start = on("1988-12-20").n; start < on("2081-02-01").n;
         start += 37) {
        day d = { start };
        for (int n = 1; n <= 9; n += 4) {
            day forth = d, back = d;
            for (int left = n; left > 0; left -= calendar_working(cal(), forth))
                forth.n++;
            for (int left = n; left > 0; left -= calendar_working(cal(), back))
                back.n--;
            CHECK(calendar_add_working(cal(), d, n).n == forth.n);
            CHECK(calendar_add_working(cal(), d, -n).n == back.n);
            CHECK(calendar_working_between(cal(), d, forth) == n);
            CHECK(calendar_working_between(cal(), forth, d) == -n);
        }
    }
}

static void a_broken_calendar_names_its_line(void)
{
    struct arena a = { 0 };
    struct calendar *c;
    str problem = str_none;
    CHECK(calendar_read(&a, STR("2026-10-01\toff\tx\n2026-02-30\toff\tx\n"),
                        &c, &problem) == ERR_INPUT);
    CHECK(str_find(problem, STR("第 2 行")) > 0);
    CHECK(calendar_read(&a, STR("2026-10-01\toff\ta\n2026-10-01\twork\ta\n"),
                        &c, &problem) == ERR_INPUT);
    CHECK(calendar_read(&a, STR("2026-10-01\tholiday\ta\n"), &c, &problem) ==
          ERR_INPUT);
    CHECK(calendar_read(&a, STR("version\tx\n"), &c, &problem) == ERR_INPUT);
    CHECK(calendar_read(&a, STR("1800\tannounced\t\n"), &c, &problem) ==
          ERR_INPUT);
    CHECK(calendar_read(&a, STR(""), &c, &problem) == OK);
    CHECK(calendar_working(c, on("2026-10-01"))); /* weekends only */
    arena_free(&a);
}

/* ---- counts ---- */

static void the_start_day_is_not_counted(void)
{
    CHECK_DAY(due_of(working("2026-11-20", 1)), "2026-11-23");
    CHECK_DAY(due_of(natural("2026-11-19", 1)), "2026-11-20");
    CHECK_DAY(due_of(working("2026-11-21", 1)), "2026-11-23"); /* Saturday */
    CHECK_DAY(due_of(working("2026-11-20", 0)), "2026-11-20");
}

static void a_count_goes_over_the_end_of_the_year(void)
{
    CHECK_DAY(due_of(working("2025-12-24", 20)), "2026-01-22");
    CHECK_DAY(due_of(working("2018-12-28", 1)), "2018-12-29");
    CHECK_DAY(due_of(natural("2025-12-02", 30)), "2026-01-04");
}

static void a_leap_day_is_a_day(void)
{
    CHECK_DAY(due_of(natural("2024-02-28", 1)), "2024-02-29");
    CHECK_DAY(due_of(natural("2023-02-27", 2)), "2023-03-01");
    CHECK_DAY(due_of(working("2024-02-28", 2)), "2024-03-01");
}

static void the_last_natural_day_moves_off_a_rest_day(void)
{
    CHECK_DAY(due_of(natural("2025-09-17", 15)), "2025-10-09");
    CHECK_DAY(due_of(natural("2026-01-30", 15)), "2026-02-14"); /* worked */
    struct clock_count k = natural("2025-09-17", 15);
    k.roll = false;
    CHECK_DAY(due_of(k), "2025-10-02");
}

static void an_extension_adds_to_the_same_count(void)
{
    struct clock_count k = working("2025-09-26", 20);
    k.extra = 10;
    CHECK_DAY(due_of(k), "2025-11-13");
    CHECK_DAY(due_of(working("2025-09-26", 30)), "2025-11-13");
}

static void months_end_on_the_corresponding_day(void)
{
    struct clock_count k = { .unit = CLOCK_MONTHS, .n = 1 };
    k.start = on("2026-01-31");
    CHECK_DAY(due_of(k), "2026-02-28");
    k.start = on("2024-01-31");
    CHECK_DAY(due_of(k), "2024-02-29");
    k.n = 6;
    k.start = on("2025-08-31");
    CHECK_DAY(due_of(k), "2026-02-28");
    k.roll = true; /* 2026-02-28 is a make-up Saturday */
    CHECK_DAY(due_of(k), "2026-02-28");
    k = (struct clock_count){ .unit = CLOCK_YEARS, .n = 1, .roll = true };
    k.start = on("2024-02-29");
    CHECK_DAY(due_of(k), "2025-02-28");
    k.start = on("2024-10-01");
    CHECK_DAY(due_of(k), "2025-10-09");
}

static void hours_count_from_the_moment(void)
{
    inst t = { day_begin(on("2026-02-28")).ms + 9 * 3600000 };
    CHECK(clock_hours_due(t, 24).ms ==
          day_begin(on("2026-03-01")).ms + 9 * 3600000);
}

static void backwards_is_never_moved(void)
{
    day d;
    CHECK(clock_before(cal(), on("2026-10-12"), CLOCK_WORKING_DAYS, 7, &d) ==
          OK);
    CHECK_DAY(d, "2026-09-24");
    CHECK(clock_before(cal(), on("2026-03-24"), CLOCK_NATURAL_DAYS, 15, &d) ==
          OK);
    CHECK_DAY(d, "2026-03-09");
    CHECK(clock_before(cal(), on("2026-03-16"), CLOCK_NATURAL_DAYS, 15, &d) ==
          OK);
    CHECK_DAY(d, "2026-03-01"); /* a Sunday stays */
    CHECK(clock_before(cal(), on("2026-03-16"), CLOCK_MONTHS, 1, &d) ==
          ERR_RANGE);
}

/* ---- pauses ---- */

static struct clock_count paused(struct clock_count k,
                                 const struct clock_span *s, size_t n)
{
    k.spans = s;
    k.span_count = n;
    return k;
}

static struct clock_span span(const char *from, const char *to)
{
    return (struct clock_span){ on(from), to ? on(to) : day_none,
                                STR("专家评审") };
}

static void the_day_of_sending_counts_the_day_of_return_does_not(void)
{
    struct clock_span s = span("2026-11-18", "2026-11-20");
    /* 17 and 18 count, 19 and 20 do not, 23 24 25 do */
    CHECK_DAY(due_of(paused(working("2026-11-16", 5), &s, 1)), "2026-11-25");
    CHECK_DAY(due_of(paused(natural("2026-11-16", 5), &s, 1)), "2026-11-23");
}

static void an_empty_pause_changes_nothing(void)
{
    struct clock_span s = span("2026-11-18", "2026-11-18");
    CHECK_DAY(due_of(paused(working("2026-11-16", 5), &s, 1)), "2026-11-23");
}

static void overlapping_pauses_are_one(void)
{
    struct clock_span two[] = { span("2026-11-17", "2026-11-19"),
                                span("2026-11-18", "2026-11-20") };
    struct clock_span one = span("2026-11-17", "2026-11-20");
    CHECK(due_of(paused(working("2026-11-16", 5), two, 2)).n ==
          due_of(paused(working("2026-11-16", 5), &one, 1)).n);
}

static void a_pause_that_lasts_has_no_due_day(void)
{
    struct clock_span s = span("2026-11-18", NULL);
    CHECK_DAY(due_of(paused(working("2026-11-16", 5), &s, 1)), "none");
    CHECK_DAY(due_of(paused(natural("2026-11-16", 5), &s, 1)), "none");
    /* but a day that was due before the pause stays due */
    CHECK_DAY(due_of(paused(working("2026-11-16", 2), &s, 1)), "2026-11-18");
}

static void an_extension_after_a_pause_counts_both(void)
{
    struct clock_span s = span("2025-09-24", "2025-10-15");
    struct clock_count k = paused(working("2025-09-22", 20), &s, 1);
    CHECK_DAY(due_of(k), "2025-11-10");
    k.extra = 10;
    CHECK_DAY(due_of(k), "2025-11-24");
}

static void the_move_off_a_rest_day_skips_a_pause(void)
{
    /* the fifth day is Saturday 21; paused over Monday and Tuesday */
    struct clock_span s = span("2026-11-21", "2026-11-24");
    CHECK_DAY(due_of(paused(natural("2026-11-16", 5), &s, 1)), "2026-11-25");
}

/* ---- years without a notice, and nonsense ---- */

static void a_year_without_a_notice_is_provisional(void)
{
    CHECK(provisional(working("2026-12-21", 20)));
    CHECK_DAY(due_of(working("2026-12-21", 20)), "2027-01-18");
    CHECK(!provisional(working("2026-12-21", 8))); /* ends on 12-31 */
    CHECK(provisional(working("2006-12-25", 10)));
    CHECK(provisional(natural("2026-12-01", 60)));
    CHECK(!provisional(natural("2026-12-01", 20)));
    struct clock_count k = natural("2026-12-01", 60);
    k.roll = false; /* nothing a notice could change */
    CHECK(!provisional(k));
    CHECK(!provisional(working("2027-03-01", 0)));
}

static void nonsense_is_out_of_range(void)
{
    struct clock_span back = span("2026-11-20", "2026-11-18");
    struct clock_span open = span("2026-11-20", NULL);
    struct clock_count k = working("2026-11-16", 5);
    CHECK(refused(paused(k, &back, 1)));
    k.n = -1;
    CHECK(refused(k));
    k.n = CLOCK_UNITS_MAX + 1;
    CHECK(refused(k));
    k = working("2026-11-16", 5);
    k.extra = -1;
    CHECK(refused(k));
    k = working("2026-11-16", 5);
    k.unit = CLOCK_HOURS;
    CHECK(refused(k));
    k = (struct clock_count){ .start = day_none, .n = 5 };
    CHECK(refused(k));
    k = (struct clock_count){ .start = on("2026-11-16"), .n = 1,
                              .unit = CLOCK_MONTHS };
    CHECK(refused(paused(k, &open, 1)));
    CHECK(due_of(working("9999-12-01", CLOCK_UNITS_MAX)).n >
          on("9999-12-31").n);
}

/* ---- a notice entered later ---- */

static void an_announced_year_replaces_what_was_said_of_it(void)
{
    struct arena a = { 0 };
    struct calendar *c;
    str tsv = page_asset("data/calendar.tsv"), out, problem = str_none;
    str lines = STR("2027-01-01\toff\t元旦\n2026-12-27\twork\t元旦\n"
                    "2027-01-02\toff\t元旦\n");
    CHECK(calendar_amend(&a, tsv, 2027, lines, STR("通知"), &out, &problem) ==
          OK);
    CHECK(calendar_read(&a, out, &c, &problem) == OK);
    CHECK(calendar_version(c) == 202701);
    CHECK(calendar_announced(c, on("2027-06-01")));
    CHECK(!calendar_working(c, on("2027-01-01")));
    CHECK(calendar_working(c, on("2026-12-27"))); /* a Sunday */
    CHECK(!calendar_working(c, on("2026-10-01")));
    struct clock_count k = working("2026-12-21", 20);
    struct clock_due due;
    CHECK(clock_due(c, &k, &due) == OK && !due.provisional);
    CHECK_DAY(due.due, "2027-01-18"); /* one more, one less */

    CHECK(calendar_amend(&a, out, 2027, STR("2027-01-04\toff\t元旦"),
                         STR("second"), &out, &problem) == OK);
    CHECK(calendar_read(&a, out, &c, &problem) == OK);
    CHECK(calendar_version(c) == 202702);
    CHECK(calendar_working(c, on("2027-01-01"))); /* the first was replaced */
    CHECK(calendar_amend(&a, tsv, 2027, STR("2026-10-01\twork\t"), STR(""),
                         &out, &problem) == ERR_INPUT);
    CHECK(calendar_amend(&a, tsv, 2027, STR(" \n"), STR(""), &out, &problem) ==
          ERR_INPUT);
    arena_free(&a);
}

int main(void)
{
    RUN(make_up_days_are_worked);
    RUN(new_years_eve_was_worked_in_2014_and_2024);
    RUN(the_notice_of_2020_01_27_replaced_the_first);
    RUN(the_commemoration_of_2015_was_a_day_off_made_up_for);
    RUN(a_plain_weekend_has_no_name);
    RUN(a_year_has_as_many_working_days_as_were_announced);
    RUN(positions_agree_with_walking);
    RUN(a_broken_calendar_names_its_line);
    RUN(the_start_day_is_not_counted);
    RUN(a_count_goes_over_the_end_of_the_year);
    RUN(a_leap_day_is_a_day);
    RUN(the_last_natural_day_moves_off_a_rest_day);
    RUN(an_extension_adds_to_the_same_count);
    RUN(months_end_on_the_corresponding_day);
    RUN(hours_count_from_the_moment);
    RUN(backwards_is_never_moved);
    RUN(the_day_of_sending_counts_the_day_of_return_does_not);
    RUN(an_empty_pause_changes_nothing);
    RUN(overlapping_pauses_are_one);
    RUN(a_pause_that_lasts_has_no_due_day);
    RUN(an_extension_after_a_pause_counts_both);
    RUN(the_move_off_a_rest_day_skips_a_pause);
    RUN(a_year_without_a_notice_is_provisional);
    RUN(nonsense_is_out_of_range);
    RUN(an_announced_year_replaces_what_was_said_of_it);
    return test_result();
}
