/* The proleptic Gregorian calendar over years of nine digits, and moving
 * dates and times along it. */
#include "kernel/rules/impl.h"

#define NANOS ((__int128)1000000000)
#define DAY_NANOS (86400 * NANOS)

static bool leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int64_t year, int month)
{
    static const int8_t days[] = { 31, 28, 31, 30, 31, 30,
                                   31, 31, 30, 31, 30, 31 };
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool civil_valid(int64_t year, int64_t month, int64_t day)
{
    return year >= -FEEL_MAX_YEAR && year <= FEEL_MAX_YEAR && month >= 1 &&
           month <= 12 && day >= 1 && day <= days_in_month(year, (int)month);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Years begin in March here, so that the leap day is the last of a year. */
int64_t civil_days(struct civil c)
{
    int64_t y = (int64_t)c.year - (c.month <= 2);
    int64_t era = floor_div(y, 400), of_era = y - era * 400;
    int64_t of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 +
                      c.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

bool civil_of_days(int64_t days, struct civil *out)
{
    const int64_t most = 366 * (int64_t)(FEEL_MAX_YEAR + 1);
    if (days > most || days < -most)
        return false;
    days += 719468;
    int64_t era = floor_div(days, 146097), of_era = days - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 -
                           of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 -
                                year_of_era / 100);
    int64_t m = (5 * of_year + 2) / 153;
    int64_t month = m < 10 ? m + 3 : m - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2);
    if (year < -FEEL_MAX_YEAR || year > FEEL_MAX_YEAR)
        return false;
    *out = (struct civil){ (int32_t)year, (int8_t)month,
                           (int8_t)(of_year - (153 * m + 2) / 5 + 1) };
    return true;
}

int civil_weekday(struct civil c)
{
    int64_t n = (civil_days(c) + 3) % 7;
    return (int)(n < 0 ? n + 7 : n) + 1;
}

fval fv_date(struct ev *e, struct civil c)
{
    struct fv *v = fv_new(e, K_DATE);
    v->date = c;
    return v;
}

fval fv_time(struct ev *e, struct clocktime t)
{
    struct fv *v = fv_new(e, K_TIME);
    v->time = t;
    return v;
}

fval fv_datetime(struct ev *e, struct civil c, struct clocktime t)
{
    struct fv *v = fv_new(e, K_DATETIME);
    v->date = c;
    v->time = t;
    return v;
}

bool time_zoned(const struct clocktime *t)
{
    return t->has_offset || t->zone;
}

int32_t time_offset(const struct clocktime *t, const struct civil *date)
{
    if (t->has_offset)
        return t->offset;
    if (t->zone == NULL)
        return 0;
    if (date == NULL)
        return zone_standard(t->zone);
    return zone_offset_local(t->zone, civil_days(*date) * 86400 + t->second);
}

/* A time of day keeps its day: 00:30+02:00 lies before 00:00Z. */
__int128 time_nanos(const struct clocktime *t)
{
    int64_t seconds = t->second - (int64_t)time_offset(t, NULL);
    return seconds * NANOS + t->nano;
}

static __int128 local_nanos(fval v)
{
    return ((__int128)civil_days(v->date) * 86400 + v->time.second) * NANOS +
           v->time.nano;
}

__int128 datetime_nanos(fval v)
{
    return local_nanos(v) - time_offset(&v->time, &v->date) * NANOS;
}

/* The date-time at `nanos` of its own local reckoning; t gives the zone. */
static fval datetime_at(struct ev *e, __int128 nanos, struct clocktime t)
{
    __int128 days = nanos / DAY_NANOS, rest = nanos % DAY_NANOS;
    if (rest < 0)
        rest += DAY_NANOS, days--;
    struct civil c;
    const __int128 most = (__int128)400 * (FEEL_MAX_YEAR + 1);
    if (days > most || days < -most || !civil_of_days((int64_t)days, &c))
        return null_because(e, "日期超出范围。");
    t.second = (int32_t)(rest / NANOS);
    t.nano = (int32_t)(rest % NANOS);
    return fv_datetime(e, c, t);
}

fval datetime_plus(struct ev *e, fval v, __int128 nanos)
{
    if (v->time.zone == NULL)
        return datetime_at(e, local_nanos(v) + nanos, v->time);
    __int128 utc = datetime_nanos(v) + nanos;
    __int128 seconds = utc / NANOS - (utc % NANOS < 0);
    if (seconds > INT64_MAX / 2 || seconds < INT64_MIN / 2)
        return null_because(e, "日期超出范围。");
    int32_t offset = zone_offset_utc(v->time.zone, (int64_t)seconds);
    return datetime_at(e, utc + offset * NANOS, v->time);
}

/* Adding months keeps the day of the month where the month has it. */
static bool civil_plus_months(struct civil c, int64_t months, struct civil *out)
{
    int64_t m = (int64_t)c.year * 12 + c.month - 1 + months;
    int64_t year = floor_div(m, 12);
    int month = (int)(m - year * 12) + 1;
    if (year < -FEEL_MAX_YEAR || year > FEEL_MAX_YEAR)
        return false;
    int most = days_in_month(year, month);
    *out = (struct civil){ (int32_t)year, (int8_t)month,
                           (int8_t)(c.day < most ? c.day : most) };
    return true;
}

fval date_plus_months(struct ev *e, fval v, int64_t months)
{
    struct civil c;
    if (!civil_plus_months(v->date, months, &c))
        return null_because(e, "日期超出范围。");
    return fv_date(e, c);
}

fval datetime_plus_months(struct ev *e, fval v, int64_t months)
{
    struct civil c;
    if (!civil_plus_months(v->date, months, &c))
        return null_because(e, "日期超出范围。");
    return fv_datetime(e, c, v->time);
}

fval date_at_midnight(struct ev *e, fval date, bool utc)
{
    return fv_datetime(e, date->date, (struct clocktime){ .has_offset = utc });
}

/* ---- properties ---- */

static fval date_property(struct ev *e, fval v, str name)
{
    if (str_is(name, "year"))
        return fv_int(e, v->date.year);
    if (str_is(name, "month"))
        return fv_int(e, v->date.month);
    if (str_is(name, "day"))
        return fv_int(e, v->date.day);
    if (str_is(name, "weekday"))
        return fv_int(e, civil_weekday(v->date));
    return NULL;
}

static fval time_property(struct ev *e, fval v, str name)
{
    const struct clocktime *t = &v->time;
    if (str_is(name, "hour"))
        return fv_int(e, t->second / 3600);
    if (str_is(name, "minute"))
        return fv_int(e, t->second / 60 % 60);
    if (str_is(name, "second"))
        return fv_number(e, decimal_scaled(
                                t->second % 60 * NANOS + t->nano, 9));
    if (str_is(name, "time offset")) {
        if (!time_zoned(t))
            return &fv_null;
        const struct civil *date = v->kind == K_DATETIME ? &v->date : NULL;
        return fv_dtd(e, time_offset(t, date) * NANOS);
    }
    if (str_is(name, "timezone"))
        return t->zone ? fv_string(e, zone_name(t->zone)) : &fv_null;
    return NULL;
}

static fval dtd_property(struct ev *e, fval v, str name)
{
    __int128 seconds = v->nanos / NANOS;
    if (str_is(name, "days"))
        return fv_number(e, decimal_of_128(seconds / 86400));
    if (str_is(name, "hours"))
        return fv_int(e, (int64_t)(seconds % 86400 / 3600));
    if (str_is(name, "minutes"))
        return fv_int(e, (int64_t)(seconds % 3600 / 60));
    if (str_is(name, "seconds"))
        return fv_number(e, decimal_scaled(v->nanos % (60 * NANOS), 9));
    return NULL;
}

fval temporal_property(struct ev *e, fval v, str name)
{
    fval found = NULL;
    switch (v->kind) {
    case K_DATE:
        return date_property(e, v, name);
    case K_TIME:
        return time_property(e, v, name);
    case K_DATETIME:
        found = date_property(e, v, name);
        return found ? found : time_property(e, v, name);
    case K_DTD:
        return dtd_property(e, v, name);
    case K_YMD:
        if (str_is(name, "years"))
            return fv_int(e, v->months / 12);
        if (str_is(name, "months"))
            return fv_int(e, v->months % 12);
        return NULL;
    default:
        return NULL;
    }
}
