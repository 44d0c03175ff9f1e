/*
 * iso -- the dates, durations and cycles of ISO 8601 that timers are written
 * in.  Months and years are counted on the calendar, in Asia/Shanghai; the
 * rest are lengths of time.
 */
#ifndef FLOW_ISO_H
#define FLOW_ISO_H

#include "base/base.h"

struct iso_duration {
    int64_t months;         /* years are twelve of them */
    int64_t ms;             /* weeks, days, hours, minutes, seconds */
};

struct iso_cycle {
    int64_t times;          /* -1: for ever */
    inst first;             /* none: one period after it is set */
    struct iso_duration period;
};

/* "P3D", "PT1H30M", "P1Y2M", "P2W", "PT0.5S", "-PT5M".  False: not one. */
bool iso_duration(str s, struct iso_duration *out);
/* "2026-11-20T10:00:00Z", "…+08:00", "2026-11-20" (its beginning); without a
 * zone the time is Shanghai's. */
bool iso_instant(str s, inst *out);
/* "R3/PT1H", "R/PT10M", "R2/2026-11-20T10:00:00Z/PT1H". */
bool iso_cycle(str s, struct iso_cycle *out);

/* t plus d; the 31st plus a month is the last day of a shorter month. */
inst iso_add(inst t, struct iso_duration d);

#endif
