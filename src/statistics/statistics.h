/*
 * statistics -- how much was filed and closed, how much of it in time, and how
 * long it took: by organisation, item, township and channel, for any period,
 * for everybody.
 *
 * What stands here are pure functions of their arguments.
 */
#ifndef STATISTICS_STATISTICS_H
#define STATISTICS_STATISTICS_H

#include "base/base.h"
#include "kernel/http/http.h"

/* First and last day of a period and what it is called. */
struct statistics_period {
    day from, until;
    str label;          /* 2026 年 11 月 1 日至 23 日 */
    /* The spans it consists of, of statistics_span: years (2026) when it is
     * made of whole ones, else months (202611); the last may still run. */
    int first, last;
};

/*
 * month this month, last the month before, quarter, year (all to today),
 * last-year, all (the last five years).  ERR_INPUT for another word.
 */
enum err statistics_period(struct arena *a, str code, day today,
                           struct statistics_period *out) MUST_USE;

/* Tenths of a working day a closed matter took on average, rounded; -1 when
 * nothing was closed. */
int64_t statistics_average(int64_t closed, int64_t worked);

extern const struct module statistics_module;

#endif
