/*
 * Counting units from a start day: the arithmetic every due day comes from.
 *
 * The start day is not counted; days inside a pause are not counted (the day
 * it begins still is, the day it ends is not); the last counted day is the due
 * day, moved off a rest day when the rule says so.  An extension adds units to
 * the same count: 20 + 10 is a count of 30, not a new one of 10.
 */
#include "kernel/clock/clock.h"
#include "kernel/clock/count.h"

/* Days further from 1970 than this are no days of any matter. */
enum { DAYS_MAX = 3000000 };
/* More pauses than a matter ever had; keeps counting quick for any input. */
enum { SPANS_MAX = 366 };

static bool sane(day d)
{
    return d.n > -DAYS_MAX && d.n < DAYS_MAX;
}

static bool open_ended(const struct clock_span *s)
{
    return day_is_none(s->to);
}

const struct clock_span *clock_pause_over(const struct clock_count *k, day d)
{
    for (size_t i = 0; i < k->span_count; i++) {
        const struct clock_span *s = &k->spans[i];
        if (d.n > s->from.n && (open_ended(s) || d.n <= s->to.n))
            return s;
    }
    return NULL;
}

enum err clock_count_check(const struct clock_count *k)
{
    bool months = k->unit == CLOCK_MONTHS || k->unit == CLOCK_YEARS;
    if (k->unit > CLOCK_YEARS || !sane(k->start) || k->n < 0 || k->extra < 0 ||
        k->n > CLOCK_UNITS_MAX || k->extra > CLOCK_UNITS_MAX ||
        k->span_count > SPANS_MAX)
        return ERR_RANGE;
    for (size_t i = 0; i < k->span_count; i++) {
        const struct clock_span *s = &k->spans[i];
        if (!sane(s->from) || (!open_ended(s) && !sane(s->to)))
            return ERR_RANGE;
        if (!open_ended(s) && s->to.n < s->from.n)
            return ERR_RANGE;
        if (months && (open_ended(s) || s->to.n > s->from.n))
            return ERR_RANGE;
    }
    return OK;
}

/* The corresponding day of a later month, or that month's last (民法典
 * 第二百零二条). */
static day add_months(day d, int months)
{
    int y, m, md;
    day_split(d, &y, &m, &md);
    int64_t month = (int64_t)y * 12 + (m - 1) + months;
    int year = (int)(month / 12), of_year = (int)(month % 12) + 1;
    day next = of_year == 12 ? day_of(year + 1, 1, 1)
                             : day_of(year, of_year + 1, 1);
    day same = day_of(year, of_year, md);
    return same.n < next.n ? same : (day){ next.n - 1 };
}

bool clock_counts(const struct calendar *c, const struct clock_count *k, day d)
{
    if (clock_pause_over(k, d) != NULL)
        return false;
    return k->unit != CLOCK_WORKING_DAYS || calendar_working(c, d);
}

/* The first day after d that is not inside a pause; none: paused for good. */
static day next_free(const struct clock_count *k, day d)
{
    d.n++;
    const struct clock_span *s;
    while ((s = clock_pause_over(k, d)) != NULL) {
        if (open_ended(s))
            return day_none;
        d.n = s->to.n + 1;
    }
    return d;
}

/* The n-th counted day, before any move; none when a pause has no end yet. */
static day last_counted(const struct calendar *c, const struct clock_count *k)
{
    int n = k->n + k->extra;
    if (k->unit == CLOCK_MONTHS)
        return add_months(k->start, n);
    if (k->unit == CLOCK_YEARS)
        return add_months(k->start, n * 12);
    if (k->span_count == 0)
        return k->unit == CLOCK_WORKING_DAYS
                   ? calendar_add_working(c, k->start, n)
                   : (day){ k->start.n + n };
    day d = k->start;
    while (n > 0) {
        d = next_free(k, d);
        if (day_is_none(d))
            return day_none;
        if (k->unit != CLOCK_WORKING_DAYS || calendar_working(c, d))
            n--;
    }
    return d;
}

static bool announced_between(const struct calendar *c, day from, day to)
{
    int y, last, m, md;
    day_split(from, &y, &m, &md);
    day_split(to, &last, &m, &md);
    for (; y <= last; y++)
        if (!calendar_announced(c, day_of(y, 7, 1)))
            return false;
    return true;
}

enum err clock_due(const struct calendar *c, const struct clock_count *k,
                   struct clock_due *out)
{
    enum err e = clock_count_check(k);
    if (e != OK)
        return e;
    *out = (struct clock_due){ .due = last_counted(c, k) };
    if (day_is_none(out->due))
        return OK;

    bool working = k->unit == CLOCK_WORKING_DAYS;
    day from = working ? (day){ k->start.n + 1 } : out->due;
    if (k->roll && !working)
        while (!day_is_none(out->due) && !calendar_working(c, out->due))
            out->due = next_free(k, out->due);
    if (day_is_none(out->due))
        return OK;
    /* A natural day is certain in any year, a rest day at its end is not. */
    out->provisional = (working ? k->n + k->extra > 0 : k->roll) &&
                       !announced_between(c, from, out->due);
    return OK;
}

enum err clock_before(const struct calendar *c, day event, enum clock_unit unit,
                      int n, day *out)
{
    if (n < 0 || n > CLOCK_UNITS_MAX || !sane(event))
        return ERR_RANGE;
    if (unit == CLOCK_WORKING_DAYS)
        *out = calendar_add_working(c, event, -n);
    else if (unit == CLOCK_NATURAL_DAYS)
        *out = (day){ event.n - n };
    else
        return ERR_RANGE;
    return OK;
}

inst clock_hours_due(inst start, int hours)
{
    return (inst){ start.ms + (int64_t)hours * 3600000 };
}
