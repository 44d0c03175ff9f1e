/* Functions of dates and times (DMN 1.5, 10.3.4.6 and 10.3.4.7). */
#include "kernel/rules/impl.h"

static int day_of_year(struct civil c)
{
    struct civil first = { c.year, 1, 1 };
    return (int)(civil_days(c) - civil_days(first)) + 1;
}

static fval year_day(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return fv_int(e, day_of_year(args[0]->date));
}

static fval week_day(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    static const char *const names[] = { "Monday", "Tuesday",  "Wednesday",
                                         "Thursday", "Friday", "Saturday",
                                         "Sunday" };
    return fv_string(e, str_of(names[civil_weekday(args[0]->date) - 1]));
}

static fval year_month(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    static const char *const names[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"
    };
    return fv_string(e, str_of(names[args[0]->date.month - 1]));
}

/* ISO 8601: the week belongs to the year its Thursday is in. */
static fval year_week(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct civil c = args[0]->date, thursday;
    if (!civil_of_days(civil_days(c) - civil_weekday(c) + 4, &thursday))
        return &fv_null;
    return fv_int(e, (day_of_year(thursday) - 1) / 7 + 1);
}

static fval now(struct ev *e, fval *args, uint32_t n)
{
    (void)args, (void)n;
    return now_value(e);
}

static fval today(struct ev *e, fval *args, uint32_t n)
{
    (void)args, (void)n;
    fval v = now_value(e);
    return is_null(v) ? v : fv_date(e, v->date);
}

static bool same_zone(const struct clocktime *a, const struct clocktime *b)
{
    if (a->has_offset != b->has_offset || a->offset != b->offset ||
        !a->zone != !b->zone)
        return false;
    return !a->zone || str_eq(zone_name(a->zone), zone_name(b->zone));
}

/* The same element of the domain: equal, and of one zone, which is not the
 * same as the offset it has there and then; so too what a list or a context
 * holds, and the ends of a range. */
static bool one_element(struct ev *e, fval a, fval b)
{
    uint64_t cost = a->kind == K_CONTEXT ? (uint64_t)a->n * a->n / 4 : 0;
    if (a->kind != b->kind || a->n != b->n || too_deep(e) ||
        !spend(e, cost + 1))
        return false;
    bool same = true;
    e->depth++;
    for (uint32_t i = 0; a->kind == K_LIST && i < a->n && same; i++)
        same = one_element(e, a->items[i], b->items[i]);
    for (uint32_t i = 0; a->kind == K_CONTEXT && i < a->n && same; i++) {
        fval other = fv_get(b, a->entries[i].key);
        same = other && one_element(e, a->entries[i].value, other);
    }
    if (a->kind == K_RANGE)
        same = one_element(e, a->range.low, b->range.low) &&
               one_element(e, a->range.high, b->range.high);
    if (a->kind == K_TIME || a->kind == K_DATETIME)
        same = same_zone(&a->time, &b->time);
    e->depth--;
    return same && (a->kind == K_LIST || a->kind == K_CONTEXT ||
                    fv_same(e, a, b));
}

static fval is(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return fv_bool(one_element(e, args[0], args[1]));
}

const struct builtin builtins_time[] = {
    { "day of year", year_day, 1, 1, FIXED, { { "date", 'd' } } },
    { "day of week", week_day, 1, 1, FIXED, { { "date", 'd' } } },
    { "month of year", year_month, 1, 1, FIXED, { { "date", 'd' } } },
    { "week of year", year_week, 1, 1, FIXED, { { "date", 'd' } } },
    { "now", now, 0, 0, FIXED, { { 0 } } },
    { "today", today, 0, 0, FIXED, { { 0 } } },
    { "is", is, 2, 2, FIXED, { { "value1", 'A' }, { "value2", 'A' } } },
    { 0 },
};
