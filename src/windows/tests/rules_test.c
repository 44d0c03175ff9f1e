/* Order, waiting, hours and appointments, with nothing but numbers and days. */
#include "kernel/test/test.h"
#include "windows/windows.h"

static const struct calendar *cal;
/* 2026-11-23 is a Monday. */
static const day MONDAY = { 20780 };

static inst at(int hour, int minute)
{
    return windows_at(MONDAY, hour * 60 + minute);
}

static struct windows_waiting plain(int64_t id, int minute)
{
    return (struct windows_waiting){ id, at(9, minute), inst_none };
}

static struct windows_waiting cared(int64_t id, int minute)
{
    return (struct windows_waiting){ id, at(9, minute), at(9, minute) };
}

static int64_t next_of(const struct windows_waiting *w, size_t n, int streak,
                       bool *jumped)
{
    return w[windows_next(w, n, at(10, 0), streak, 2, jumped)].id;
}

static void who_came_first_is_called_first(void)
{
    struct windows_waiting w[] = { plain(3, 9), plain(1, 2), plain(2, 2) };
    bool jumped;
    CHECK(next_of(w, 3, 0, &jumped) == 1 && !jumped);
}

static void the_old_go_first_but_not_for_ever(void)
{
    struct windows_waiting w[] = { plain(1, 1), cared(2, 5), cared(3, 6),
                                   cared(4, 7) };
    bool jumped;
    CHECK(next_of(w, 4, 0, &jumped) == 2 && jumped);
    CHECK(next_of(w, 4, 1, &jumped) == 2 && jumped);
    CHECK(next_of(w, 4, 2, &jumped) == 1 && !jumped);
}

static void one_who_goes_first_and_is_oldest_passes_nobody_over(void)
{
    struct windows_waiting w[] = { cared(1, 1), plain(2, 5) };
    bool jumped;
    CHECK(next_of(w, 2, 2, &jumped) == 1 && !jumped);
}

static void an_appointment_goes_first_from_its_minute_on(void)
{
    struct windows_waiting w[] = { plain(1, 1),
                                   { 2, at(10, 30), at(10, 30) } };
    bool jumped;
    CHECK(w[windows_next(w, 2, at(10, 29), 0, 2, &jumped)].id == 1);
    CHECK(w[windows_next(w, 2, at(10, 30), 0, 2, &jumped)].id == 2);
}

static void people_ahead_are_counted_as_they_will_be_called(void)
{
    struct windows_waiting w[] = { plain(1, 1), cared(2, 5), cared(3, 6),
                                   cared(4, 7), plain(5, 8) };
    CHECK(windows_ahead(w, 5, 2, at(10, 0), 2) == 0);
    CHECK(windows_ahead(w, 5, 1, at(10, 0), 2) == 2);
    CHECK(windows_ahead(w, 5, 4, at(10, 0), 2) == 3);
    CHECK(windows_ahead(w, 5, 5, at(10, 0), 2) == 4);
    CHECK(windows_ahead(w, 5, 9, at(10, 0), 2) == -1);
}

static void who_missed_the_call_stands_behind_three(void)
{
    struct windows_waiting w[] = { plain(1, 1), plain(2, 2), plain(3, 3),
                                   plain(4, 4) };
    inst p = windows_return_place(w, 4, 3, at(10, 0));
    CHECK(p.ms > w[2].place.ms && p.ms < w[3].place.ms);
    CHECK(windows_return_place(w, 2, 3, at(10, 0)).ms == at(10, 0).ms);
}

static void waiting_is_told_from_what_the_day_took(void)
{
    int64_t took[] = { 4, 6, 200, 0 };
    CHECK(windows_pace(took, 2, 9) == 9);
    CHECK(windows_pace(took, 4, 9) == 18); /* 4 + 6 + 60 + 1 */
    CHECK(windows_wait(0, 9, 1) == 0);
    CHECK(windows_wait(5, 9, 2) == 25);
    CHECK(windows_wait(5, 9, 0) == -1);
}

static const struct windows_hours HOURS = { 540, 1020, 720, 810 };

static void numbers_are_given_on_working_days_until_shortly_before_closing(void)
{
    CHECK(windows_open(cal, &HOURS, at(8, 59), 10) == WINDOWS_BEFORE);
    CHECK(windows_open(cal, &HOURS, at(9, 0), 10) == WINDOWS_OPEN);
    CHECK(windows_open(cal, &HOURS, at(12, 0), 10) == WINDOWS_NOON);
    CHECK(windows_open(cal, &HOURS, at(16, 49), 10) == WINDOWS_OPEN);
    CHECK(windows_open(cal, &HOURS, at(16, 50), 10) == WINDOWS_OVER);
    day sunday = { MONDAY.n - 1 };
    CHECK(windows_open(cal, &HOURS, windows_at(sunday, 600), 10) ==
          WINDOWS_REST);
}

static void slots_leave_out_noon_and_end_by_closing(void)
{
    int out[40];
    CHECK(windows_slots(&HOURS, 30, out, 40) == 13);
    CHECK(out[0] == 540 && out[5] == 690 && out[6] == 810 && out[12] == 990);
    CHECK(windows_is_slot(&HOURS, 30, 690));
    CHECK(!windows_is_slot(&HOURS, 30, 720));
    CHECK(!windows_is_slot(&HOURS, 30, 545));
    CHECK(windows_slots(&HOURS, 0, out, 40) == 0);
}

static void only_working_days_that_are_near_can_be_booked(void)
{
    CHECK(windows_day_ok(cal, MONDAY, MONDAY, 10));
    CHECK(!windows_day_ok(cal, MONDAY, (day){ MONDAY.n - 1 }, 10));
    CHECK(!windows_day_ok(cal, MONDAY, (day){ MONDAY.n + 5 }, 10));
    CHECK(windows_day_ok(cal, MONDAY, (day){ MONDAY.n + 14 }, 10));
    CHECK(!windows_day_ok(cal, MONDAY, (day){ MONDAY.n + 15 }, 10));
}

static void an_appointment_is_kept_around_its_time(void)
{
    const struct windows_policy *p = windows_policy();
    day before = { MONDAY.n - 1 }, after = { MONDAY.n + 1 };
    CHECK(windows_arrival(MONDAY, 600, at(9, 29), p) == WINDOWS_EARLY);
    CHECK(windows_arrival(MONDAY, 600, at(9, 30), p) == WINDOWS_ON_TIME);
    CHECK(windows_arrival(MONDAY, 600, at(10, 10), p) == WINDOWS_ON_TIME);
    CHECK(windows_arrival(MONDAY, 600, at(10, 11), p) == WINDOWS_LATE);
    CHECK(windows_arrival(before, 600, at(10, 0), p) == WINDOWS_GONE);
    CHECK(windows_arrival(after, 600, at(10, 0), p) == WINDOWS_EARLY);
    CHECK(windows_changeable(MONDAY, 600, at(8, 0), p));
    CHECK(!windows_changeable(MONDAY, 600, at(8, 1), p));
}

static void three_times_not_come_in_ninety_days_pauses_booking(void)
{
    const struct windows_policy *p = windows_policy();
    day t = MONDAY;
    day missed[] = { { t.n - 3 }, { t.n - 20 }, { t.n - 60 }, { t.n - 99 } };
    CHECK(windows_paused_until(missed, 4, t, p).n == t.n - 3 + 30);
    CHECK(day_is_none(windows_paused_until(missed, 2, t, p)));
    day spread[] = { { t.n - 3 }, { t.n - 60 }, { t.n - 93 } };
    CHECK(day_is_none(windows_paused_until(spread, 3, t, p)));
    day long_ago[] = { { t.n - 31 }, { t.n - 32 }, { t.n - 33 } };
    CHECK(day_is_none(windows_paused_until(long_ago, 3, t, p)));
}

int main(void)
{
    cal = clock_calendar_builtin();
    RUN(who_came_first_is_called_first);
    RUN(the_old_go_first_but_not_for_ever);
    RUN(one_who_goes_first_and_is_oldest_passes_nobody_over);
    RUN(an_appointment_goes_first_from_its_minute_on);
    RUN(people_ahead_are_counted_as_they_will_be_called);
    RUN(who_missed_the_call_stands_behind_three);
    RUN(waiting_is_told_from_what_the_day_took);
    RUN(numbers_are_given_on_working_days_until_shortly_before_closing);
    RUN(slots_leave_out_noon_and_end_by_closing);
    RUN(only_working_days_that_are_near_can_be_booked);
    RUN(an_appointment_is_kept_around_its_time);
    RUN(three_times_not_come_in_ninety_days_pauses_booking);
    return test_result();
}
