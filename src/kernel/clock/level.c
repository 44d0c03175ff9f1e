/*
 * From a due day to a level: fine, warned, yellow, red.
 *
 * Everything is in working days, whatever the clock itself counts: an office
 * can act only on a working day, so a holiday neither uses up the warning nor
 * deepens the lateness.
 */
#include "kernel/clock/clock.h"

const struct clock_levels clock_levels_default = { .warn_before_wd = 2,
                                                   .red_after_wd = 3 };

static enum clock_level level_of(const struct clock_levels *l, int remaining,
                                 int overdue, bool done)
{
    if (overdue >= l->red_after_wd && overdue > 0)
        return CLOCK_RED;
    if (overdue > 0)
        return CLOCK_YELLOW;
    return !done && remaining <= l->warn_before_wd ? CLOCK_WARNED : CLOCK_FINE;
}

/* The first day of the level above the present one. */
static day next_rise(const struct calendar *c, const struct clock_levels *l,
                     day due, enum clock_level now)
{
    if (now == CLOCK_FINE) /* the day when warn_before_wd are left after it */
        return calendar_add_working(c, (day){ due.n + 1 },
                                    -(l->warn_before_wd + 1));
    if (now == CLOCK_WARNED)
        return calendar_add_working(c, due, 1);
    if (now == CLOCK_YELLOW)
        return calendar_add_working(c, due, l->red_after_wd);
    return day_none;
}

void clock_lateness(const struct calendar *c, const struct clock_levels *l,
                    day due, day at, bool done, struct clock_lateness *out)
{
    int left = calendar_working_between(c, at, due);
    int late = calendar_working_between(c, due, at);
    out->remaining = left > 0 ? left : 0;
    out->overdue = late > 0 ? late : 0;
    out->level = level_of(l, out->remaining, out->overdue, done);
    out->next = done ? day_none : next_rise(c, l, due, out->level);
}
