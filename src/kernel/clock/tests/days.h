/* Days written as text, for the tests of this room. */
#ifndef KERNEL_CLOCK_TESTS_DAYS_H
#define KERNEL_CLOCK_TESTS_DAYS_H

#include "kernel/clock/clock.h"

#include <stdlib.h>

static inline day on(const char *text)
{
    day d;
    if (!day_parse(str_of(text), &d))
        abort();
    return d;
}

static inline str text_of_day(day d)
{
    static char text[8][DAY_TEXT];
    static int at;
    if (day_is_none(d))
        return STR("none");
    at = (at + 1) % 8;
    return day_text(d, text[at]);
}

#define CHECK_DAY(got, want) CHECK_STR(text_of_day(got), want)

static inline struct clock_count working(const char *start, int n)
{
    return (struct clock_count){ .start = on(start), .n = n };
}

static inline struct clock_count natural(const char *start, int n)
{
    return (struct clock_count){ .start = on(start), .n = n, .roll = true,
                                 .unit = CLOCK_NATURAL_DAYS };
}

static inline day due_of(struct clock_count k)
{
    struct clock_due due;
    if (clock_due(clock_calendar_builtin(), &k, &due) != OK)
        abort();
    return due.due;
}

#endif
