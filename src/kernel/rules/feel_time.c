/*
 * Dates, times and durations as text, both ways: the lexical forms of XML
 * Schema part 2 that DMN 10.3.2.3.4 ff. refers to, with the extension
 * "@Europe/Paris" for zones that have a name.
 */
#include "kernel/rules/impl.h"

#include <stdio.h>

#define NANOS ((__int128)1000000000)

struct reader {
    str s;
    size_t at;
};

static bool digit_at(const struct reader *r, size_t at)
{
    return at < r->s.n && r->s.p[at] >= '0' && r->s.p[at] <= '9';
}

static bool took(struct reader *r, char c)
{
    if (r->at >= r->s.n || r->s.p[r->at] != c)
        return false;
    r->at++;
    return true;
}

/* Exactly two digits. */
static bool two(struct reader *r, int *out)
{
    if (!digit_at(r, r->at) || !digit_at(r, r->at + 1))
        return false;
    *out = (r->s.p[r->at] - '0') * 10 + (r->s.p[r->at + 1] - '0');
    r->at += 2;
    return true;
}

/* -?digits of at least four; more than four do not begin with 0. */
static bool year_read(struct reader *r, int64_t *out)
{
    bool negative = took(r, '-');
    size_t from = r->at;
    int64_t y = 0;
    for (; digit_at(r, r->at) && r->at - from < 10; r->at++)
        y = y * 10 + (r->s.p[r->at] - '0');
    size_t n = r->at - from;
    if (n < 4 || n > 9 || (n > 4 && r->s.p[from] == '0'))
        return false;
    *out = negative ? -y : y;
    return true;
}

static bool civil_read(struct reader *r, struct civil *out)
{
    int64_t year;
    int month, day;
    if (!year_read(r, &year) || !took(r, '-') || !two(r, &month) ||
        !took(r, '-') || !two(r, &day) || !civil_valid(year, month, day))
        return false;
    *out = (struct civil){ (int32_t)year, (int8_t)month, (int8_t)day };
    return true;
}

/* Digits after a point, as nanoseconds; what is finer is cut off. */
static bool fraction_read(struct reader *r, int32_t *out)
{
    int32_t n = 0;
    int places = 0;
    if (!digit_at(r, r->at))
        return false;
    for (; digit_at(r, r->at); r->at++)
        if (places < 9)
            n = n * 10 + (r->s.p[r->at] - '0'), places++;
    for (; places < 9; places++)
        n *= 10;
    *out = n;
    return true;
}

static bool offset_read(struct reader *r, struct clocktime *t)
{
    bool negative = r->s.p[r->at] == '-';
    int hour, minute, second = 0;
    r->at++;
    if (!two(r, &hour) || !took(r, ':') || !two(r, &minute) || minute > 59)
        return false;
    if (took(r, ':') && (!two(r, &second) || second > 59))
        return false;
    int32_t offset = hour * 3600 + minute * 60 + second;
    if (offset > 18 * 3600)
        return false;
    t->has_offset = true;
    t->offset = negative ? -offset : offset;
    return true;
}

static bool zone_read(struct ev *e, struct reader *r, struct clocktime *t)
{
    if (r->at == r->s.n)
        return true;
    char c = r->s.p[r->at];
    if (c == 'Z' || c == 'z') {
        r->at++;
        t->has_offset = true;
    } else if (c == '+' || c == '-') {
        if (!offset_read(r, t))
            return false;
    } else if (c == '@') {
        t->zone = zone_find(e, str_slice(r->s, r->at + 1, r->s.n));
        r->at = r->s.n;
        return t->zone != NULL;
    }
    return r->at == r->s.n;
}

/* 24:00:00 is the midnight at the day's end: *next says so. */
static bool clock_read(struct ev *e, struct reader *r, struct clocktime *t,
                       bool *next)
{
    int hour, minute, second;
    *t = (struct clocktime){ 0 };
    if (!two(r, &hour) || !took(r, ':') || !two(r, &minute) ||
        !took(r, ':') || !two(r, &second) || hour > 24 || minute > 59 ||
        second > 59)
        return false;
    if (took(r, '.') && !fraction_read(r, &t->nano))
        return false;
    *next = hour == 24;
    if (*next && (minute || second || t->nano))
        return false;
    t->second = *next ? 0 : hour * 3600 + minute * 60 + second;
    return zone_read(e, r, t);
}

fval date_parse(struct ev *e, str s)
{
    struct reader r = { s, 0 };
    struct civil c;
    if (!civil_read(&r, &c) || r.at != s.n)
        return NULL;
    return fv_date(e, c);
}

fval time_parse(struct ev *e, str s)
{
    struct reader r = { s, 0 };
    struct clocktime t;
    bool next;
    return clock_read(e, &r, &t, &next) ? fv_time(e, t) : NULL;
}

fval datetime_parse(struct ev *e, str s)
{
    struct reader r = { s, 0 };
    struct civil c;
    struct clocktime t;
    bool next;
    if (!civil_read(&r, &c) || !took(&r, 'T') ||
        !clock_read(e, &r, &t, &next) ||
        (next && !civil_of_days(civil_days(c) + 1, &c)))
        return NULL;
    return fv_datetime(e, c, t);
}

/* ---- durations ---- */

struct duration {
    __int128 months, nanos;
    bool has_months, has_nanos;
};

/* digits[.digits] before a unit; the fraction only for seconds. */
static bool amount_read(struct reader *r, __int128 *whole, int32_t *nano,
                        bool *fraction)
{
    size_t from = r->at;
    *whole = 0;
    *nano = 0;
    *fraction = false;
    for (; digit_at(r, r->at); r->at++) {
        if (r->at - from > 20)
            return false;
        *whole = *whole * 10 + (r->s.p[r->at] - '0');
    }
    if (r->at == from)
        return false;
    if (took(r, '.')) {
        *fraction = true;
        return fraction_read(r, nano);
    }
    return true;
}

/* Each unit once and in order: Y M D before the T, H M S after it. */
static bool part_read(struct reader *r, bool after_t, int *last,
                      struct duration *d)
{
    static const struct {
        char letter;
        bool after_t, months;
        int64_t unit; /* months or seconds */
    } units[] = {
        { 'Y', false, true, 12 },     { 'M', false, true, 1 },
        { 'D', false, false, 86400 }, { 'H', true, false, 3600 },
        { 'M', true, false, 60 },     { 'S', true, false, 1 },
    };
    __int128 whole;
    int32_t nano;
    bool fraction;
    if (!amount_read(r, &whole, &nano, &fraction) || r->at >= r->s.n)
        return false;
    char letter = r->s.p[r->at++];
    for (int i = *last + 1; i < 6; i++) {
        if (units[i].letter != letter || units[i].after_t != after_t)
            continue;
        if (fraction && letter != 'S')
            return false;
        *last = i;
        if (units[i].months) {
            d->months += whole * units[i].unit;
            d->has_months = true;
        } else {
            d->nanos += whole * units[i].unit * NANOS + nano;
            d->has_nanos = true;
        }
        return true;
    }
    return false;
}

static bool duration_read(str s, struct duration *d, bool *negative)
{
    struct reader r = { s, 0 };
    int last = -1;
    *negative = took(&r, '-');
    if (!took(&r, 'P') || r.at == s.n)
        return false;
    while (r.at < s.n && r.s.p[r.at] != 'T')
        if (!part_read(&r, false, &last, d))
            return false;
    if (r.at == s.n)
        return true;
    r.at++;
    if (r.at == s.n)
        return false;
    while (r.at < s.n)
        if (!part_read(&r, true, &last, d))
            return false;
    return true;
}

fval duration_parse(struct ev *e, str s)
{
    struct duration d = { 0 };
    bool negative;
    if (!duration_read(s, &d, &negative) || d.has_months == d.has_nanos)
        return NULL;
    if (d.has_months) {
        if (d.months > 12000000000)
            return NULL;
        return fv_ymd(e, (int64_t)(negative ? -d.months : d.months));
    }
    return fv_dtd(e, negative ? -d.nanos : d.nanos);
}

fval temporal_parse(struct ev *e, str s)
{
    fval v = date_parse(e, s);
    if (v == NULL)
        v = datetime_parse(e, s);
    if (v == NULL)
        v = time_parse(e, s);
    if (v == NULL)
        v = duration_parse(e, s);
    return v;
}

/* ---- text ---- */

enum { TEXT = 160 };

static size_t fraction_text(char *out, int32_t nano)
{
    if (nano == 0)
        return 0;
    int n = snprintf(out, 12, ".%09d", nano);
    while (out[n - 1] == '0')
        n--;
    return (size_t)n;
}

static size_t civil_text(char *out, struct civil c)
{
    int year = c.year < 0 ? -c.year : c.year;
    return (size_t)snprintf(out, TEXT, "%s%04d-%02d-%02d",
                            c.year < 0 ? "-" : "", year, c.month, c.day);
}

static size_t offset_text(char *out, int32_t offset)
{
    if (offset == 0) {
        out[0] = 'Z';
        return 1;
    }
    int32_t o = offset < 0 ? -offset : offset;
    int n = snprintf(out, TEXT, "%c%02d:%02d", offset < 0 ? '-' : '+',
                     o / 3600, o / 60 % 60);
    if (o % 60)
        n += snprintf(out + n, 8, ":%02d", o % 60);
    return (size_t)n;
}

static size_t clock_text(char *out, const struct clocktime *t)
{
    int s = t->second;
    size_t n = (size_t)snprintf(out, TEXT, "%02d:%02d:%02d", s / 3600,
                                s / 60 % 60, s % 60);
    n += fraction_text(out + n, t->nano);
    if (t->has_offset)
        n += offset_text(out + n, t->offset);
    return n;
}

static size_t dtd_text(char *out, __int128 nanos)
{
    bool negative = nanos < 0;
    if (negative)
        nanos = -nanos;
    long long seconds = (long long)(nanos / NANOS);
    int32_t nano = (int32_t)(nanos % NANOS);
    int n = snprintf(out, TEXT, "%sP", negative ? "-" : "");
    if (seconds / 86400)
        n += snprintf(out + n, 32, "%lldD", seconds / 86400);
    int of_day = (int)(seconds % 86400);
    if (of_day || nano || seconds == 0)
        out[n++] = 'T';
    if (of_day / 3600)
        n += snprintf(out + n, 16, "%dH", of_day / 3600);
    if (of_day / 60 % 60)
        n += snprintf(out + n, 16, "%dM", of_day / 60 % 60);
    if (of_day % 60 || nano || seconds == 0) {
        n += snprintf(out + n, 16, "%d", of_day % 60);
        n += (int)fraction_text(out + n, nano);
        out[n++] = 'S';
    }
    return (size_t)n;
}

static size_t ymd_text(char *out, int64_t months)
{
    long long m = months < 0 ? -months : months;
    int n = snprintf(out, TEXT, "%sP", months < 0 ? "-" : "");
    if (m / 12)
        n += snprintf(out + n, 32, "%lldY", m / 12);
    if (m % 12 || m == 0)
        n += snprintf(out + n, 32, "%lldM", m % 12);
    return (size_t)n;
}

str temporal_text(struct ev *e, fval v)
{
    char out[TEXT * 2];
    size_t n = 0;
    switch (v->kind) {
    case K_DATE:
        n = civil_text(out, v->date);
        break;
    case K_DATETIME:
        n = civil_text(out, v->date);
        out[n++] = 'T';
        n += clock_text(out + n, &v->time);
        break;
    case K_TIME:
        n = clock_text(out, &v->time);
        break;
    case K_DTD:
        n = dtd_text(out, v->nanos);
        break;
    case K_YMD:
        n = ymd_text(out, v->months);
        break;
    default:
        break;
    }
    str text = arena_str(e->arena, (str){ out, n });
    if ((v->kind == K_TIME || v->kind == K_DATETIME) && v->time.zone)
        text = arena_join(e->arena,
                          arena_join(e->arena, text, STR("@")),
                          zone_name(v->time.zone));
    return text;
}
