/*
 * Arithmetic: numbers, strings, dates, times and durations (DMN 1.5, tables 55
 * to 58).  Whatever the tables do not list is null.
 */
#include "kernel/rules/impl.h"

#define NANOS ((__int128)1000000000)
#define DAY_NANOS (86400 * NANOS)

static fval mismatch(struct ev *e, const char *sign, fval a, fval b)
{
    return null_because(e, "%s与%s之间不能使用“%s”。", kind_name(a->kind),
                        kind_name(b->kind), sign);
}

static fval too_big(struct ev *e)
{
    return null_because(e, "计算结果超出数字范围。");
}

typedef bool two_numbers(struct decimal a, struct decimal b,
                         struct decimal *out);

static fval numbers(struct ev *e, two_numbers *f, fval a, fval b)
{
    struct decimal d;
    return f(a->number, b->number, &d) ? fv_number(e, d) : too_big(e);
}

static fval concatenated(struct ev *e, fval a, fval b)
{
    if (a->s.n + b->s.n > FEEL_MAX_STRING)
        return null_bound(e, "字符串过长");
    return fv_string(e, arena_join(e->arena, a->s, b->s));
}

/* A time of day goes round at midnight. */
static fval time_plus(struct ev *e, fval v, __int128 nanos)
{
    __int128 sum = (v->time.second * NANOS + v->time.nano + nanos) % DAY_NANOS;
    if (sum < 0)
        sum += DAY_NANOS;
    struct clocktime t = v->time;
    t.second = (int32_t)(sum / NANOS);
    t.nano = (int32_t)(sum % NANOS);
    return fv_time(e, t);
}

/* A date is its midnight, and what is left of the time is dropped. */
static fval date_plus(struct ev *e, fval v, __int128 nanos)
{
    fval moved = datetime_plus(e, date_at_midnight(e, v, true), nanos);
    return is_null(moved) ? moved : fv_date(e, moved->date);
}

/* A date, time or date-time and a duration; sign -1 subtracts. */
static fval moved(struct ev *e, fval v, fval duration, int sign,
                  const char *name)
{
    if (duration->kind == K_DTD) {
        __int128 nanos = sign * duration->nanos;
        if (v->kind == K_TIME)
            return time_plus(e, v, nanos);
        if (v->kind == K_DATE)
            return date_plus(e, v, nanos);
        if (v->kind == K_DATETIME)
            return datetime_plus(e, v, nanos);
    } else if (duration->kind == K_YMD) {
        int64_t months = sign * duration->months;
        if (v->kind == K_DATE)
            return date_plus_months(e, v, months);
        if (v->kind == K_DATETIME)
            return datetime_plus_months(e, v, months);
    }
    return mismatch(e, name, v, duration);
}

static bool is_duration(fval v)
{
    return v->kind == K_DTD || v->kind == K_YMD;
}

fval fv_add(struct ev *e, fval a, fval b)
{
    if (a->kind == K_NUMBER && b->kind == K_NUMBER)
        return numbers(e, decimal_add, a, b);
    if (a->kind == K_STRING && b->kind == K_STRING)
        return concatenated(e, a, b);
    if (a->kind == K_DTD && b->kind == K_DTD)
        return fv_dtd(e, a->nanos + b->nanos);
    if (a->kind == K_YMD && b->kind == K_YMD)
        return fv_ymd(e, a->months + b->months);
    if (is_duration(b))
        return moved(e, a, b, 1, "+");
    if (is_duration(a))
        return moved(e, b, a, 1, "+");
    return mismatch(e, "+", a, b);
}

static fval time_between(struct ev *e, fval a, fval b)
{
    if (time_zoned(&a->time) != time_zoned(&b->time))
        return null_because(e, "带时区与不带时区的时间不能相减。");
    return fv_dtd(e, time_nanos(&a->time) - time_nanos(&b->time));
}

/* A date is its midnight in UTC. */
static fval datetime_between(struct ev *e, fval a, fval b)
{
    if (a->kind == K_DATE)
        a = date_at_midnight(e, a, true);
    if (b->kind == K_DATE)
        b = date_at_midnight(e, b, true);
    if (time_zoned(&a->time) != time_zoned(&b->time))
        return null_because(e, "带时区与不带时区的日期时间不能相减。");
    return fv_dtd(e, datetime_nanos(a) - datetime_nanos(b));
}

static bool is_dated(fval v)
{
    return v->kind == K_DATE || v->kind == K_DATETIME;
}

fval fv_sub(struct ev *e, fval a, fval b)
{
    if (a->kind == K_NUMBER && b->kind == K_NUMBER)
        return numbers(e, decimal_sub, a, b);
    if (is_dated(a) && is_dated(b))
        return datetime_between(e, a, b);
    if (a->kind == K_TIME && b->kind == K_TIME)
        return time_between(e, a, b);
    if (a->kind == K_DTD && b->kind == K_DTD)
        return fv_dtd(e, a->nanos - b->nanos);
    if (a->kind == K_YMD && b->kind == K_YMD)
        return fv_ymd(e, a->months - b->months);
    if (is_duration(b))
        return moved(e, a, b, -1, "-");
    return mismatch(e, "-", a, b);
}

/* ---- durations times and by numbers ---- */

static fval dtd_of(struct ev *e, struct decimal nanos)
{
    __int128 n;
    struct decimal whole;
    if (!decimal_round(nanos, 0, DECIMAL_DOWN, &whole) ||
        !decimal_to_128(whole, 0, &n))
        return too_big(e);
    return fv_dtd(e, n);
}

static fval ymd_of(struct ev *e, struct decimal months)
{
    int64_t n;
    struct decimal whole;
    if (!decimal_round(months, 0, DECIMAL_DOWN, &whole) ||
        !decimal_int64(whole, &n))
        return too_big(e);
    return fv_ymd(e, n);
}

static struct decimal size_of(fval duration)
{
    return duration->kind == K_DTD ? decimal_of_128(duration->nanos)
                                   : decimal_of(duration->months);
}

static fval scaled(struct ev *e, two_numbers *f, fval duration, fval number)
{
    struct decimal d;
    if (!f(size_of(duration), number->number, &d))
        return too_big(e);
    return duration->kind == K_DTD ? dtd_of(e, d) : ymd_of(e, d);
}

fval fv_mul(struct ev *e, fval a, fval b)
{
    if (a->kind == K_NUMBER && b->kind == K_NUMBER)
        return numbers(e, decimal_mul, a, b);
    if (is_duration(a) && b->kind == K_NUMBER)
        return scaled(e, decimal_mul, a, b);
    if (is_duration(b) && a->kind == K_NUMBER)
        return scaled(e, decimal_mul, b, a);
    return mismatch(e, "*", a, b);
}

fval fv_div(struct ev *e, fval a, fval b)
{
    if (b->kind == K_NUMBER && decimal_is_zero(b->number))
        return null_because(e, "除数为零。");
    if (a->kind == K_NUMBER && b->kind == K_NUMBER)
        return numbers(e, decimal_div, a, b);
    if (is_duration(a) && b->kind == K_NUMBER)
        return scaled(e, decimal_div, a, b);
    if (is_duration(a) && a->kind == b->kind) {
        struct decimal d;
        return decimal_div(size_of(a), size_of(b), &d)
                   ? fv_number(e, d)
                   : null_because(e, "除数为零。");
    }
    return mismatch(e, "/", a, b);
}

fval fv_pow(struct ev *e, fval a, fval b)
{
    enum { POWER_STEPS = 100, POWER_MOST = 999999999 };
    if (a->kind != K_NUMBER || b->kind != K_NUMBER)
        return mismatch(e, "**", a, b);
    if (!spend(e, POWER_STEPS))
        return &fv_null;
    if (decimal_cmp(b->number, decimal_of(POWER_MOST)) > 0 ||
        decimal_cmp(b->number, decimal_of(-POWER_MOST)) < 0)
        return null_because(e, "指数超出范围。");
    return numbers(e, decimal_pow, a, b);
}

fval fv_negate(struct ev *e, fval a)
{
    if (a->kind == K_NUMBER)
        return fv_number(e, decimal_negate(a->number));
    if (a->kind == K_DTD)
        return fv_dtd(e, -a->nanos);
    if (a->kind == K_YMD)
        return fv_ymd(e, -a->months);
    return null_because(e, "%s不能取负。", kind_name(a->kind));
}
