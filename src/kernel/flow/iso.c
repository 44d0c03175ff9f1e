#include "kernel/flow/iso.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE,
       DAY = 24 * HOUR };

/* Nobody sets a timer beyond this; it keeps every sum inside 64 bits. */
static const int64_t LONGEST = INT64_C(400) * 366 * DAY;
static const int64_t LAST_INSTANT = INT64_C(253402300799999); /* year 9999 */

static bool digit(str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* Whole digits at *at; false when there are none or far too many. */
static bool whole(str s, size_t *at, int64_t *out)
{
    size_t from = *at;
    int64_t v = 0;
    while (digit(s, *at) && *at - from < 12)
        v = v * 10 + (s.p[(*at)++] - '0');
    *out = v;
    return *at > from && !digit(s, *at);
}

/* ".5" at *at as thousandths; nothing there is nothing. */
static bool thousandths(str s, size_t *at, int64_t *out)
{
    *out = 0;
    if (*at >= s.n || (s.p[*at] != '.' && s.p[*at] != ','))
        return true;
    size_t from = ++*at;
    int64_t scale = 100;
    for (; digit(s, *at); (*at)++, scale /= 10)
        *out += (s.p[*at] - '0') * scale;
    return *at > from;
}

/* The unit a letter means; order tells that H may not stand before Y. */
static bool unit(char c, bool time, int *order, int64_t *ms, int64_t *months)
{
    static const struct { char c; bool time; int64_t ms, months; } units[] = {
        { 'Y', false, 0, 12 }, { 'M', false, 0, 1 },
        { 'W', false, (int64_t)7 * DAY, 0 }, { 'D', false, DAY, 0 },
        { 'H', true, HOUR, 0 }, { 'M', true, MINUTE, 0 },
        { 'S', true, SECOND, 0 },
    };
    for (int i = *order; i < 7; i++)
        if (units[i].c == c && units[i].time == time) {
            *order = i + 1;
            *ms = units[i].ms;
            *months = units[i].months;
            return true;
        }
    return false;
}

static bool duration_parts(str s, size_t at, struct iso_duration *d)
{
    bool time = false;
    int order = 0, parts = 0;
    while (at < s.n) {
        int64_t n, fraction, ms, months;
        if (s.p[at] == 'T' && !time) {
            time = true;
            at++;
        }
        if (!whole(s, &at, &n) || !thousandths(s, &at, &fraction) ||
            at >= s.n || !unit(s.p[at++], time, &order, &ms, &months) ||
            (fraction && ms != SECOND) || n > LONGEST / (ms ? ms : DAY))
            return false;
        d->months += n * months;
        d->ms += n * ms + fraction;
        parts++;
    }
    return parts > 0 && d->ms <= LONGEST && d->months <= 400 * 12;
}

bool iso_duration(str s, struct iso_duration *out)
{
    struct iso_duration d = { 0 };
    s = str_trim(s);
    bool minus = s.n && s.p[0] == '-';
    size_t at = minus ? 1 : 0;
    if (at >= s.n || s.p[at] != 'P' || !duration_parts(s, at + 1, &d))
        return false;
    *out = minus ? (struct iso_duration){ -d.months, -d.ms } : d;
    return true;
}

static bool two(str s, size_t at, int highest, int *out)
{
    if (!digit(s, at) || !digit(s, at + 1))
        return false;
    *out = (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
    return *out <= highest;
}

/* "Z", "+08:00" or nothing; minutes east of Greenwich. */
static bool zone(str s, size_t at, int *minutes)
{
    int h, m;
    *minutes = 8 * 60;
    if (at == s.n)
        return true;
    *minutes = 0;
    if (s.p[at] == 'Z')
        return at + 1 == s.n;
    if ((s.p[at] != '+' && s.p[at] != '-') || !two(s, at + 1, 14, &h))
        return false;
    size_t colon = at + 3 < s.n && s.p[at + 3] == ':';
    if (at + 3 == s.n)
        m = 0;
    else if (!two(s, at + 3 + colon, 59, &m) || at + 5 + colon != s.n)
        return false;
    *minutes = (h * 60 + m) * (s.p[at] == '-' ? -1 : 1);
    return true;
}

bool iso_instant(str s, inst *out)
{
    day d;
    int h = 0, m = 0, sec = 0, minutes = 8 * 60;
    int64_t ms = 0;
    s = str_trim(s);
    if (!day_parse(str_slice(s, 0, 10), &d))
        return false;
    if (s.n > 10) {
        size_t at = 16;
        if (s.p[10] != 'T' || !two(s, 11, 23, &h) || s.n < 16 ||
            s.p[13] != ':' || !two(s, 14, 59, &m))
            return false;
        if (at < s.n && s.p[at] == ':') {
            if (!two(s, at + 1, 59, &sec))
                return false;
            at += 3;
            if (!thousandths(s, &at, &ms))
                return false;
        }
        if (!zone(s, at, &minutes))
            return false;
    }
    out->ms = (int64_t)d.n * DAY + (int64_t)h * HOUR + (int64_t)m * MINUTE +
              (int64_t)sec * SECOND + ms - (int64_t)minutes * MINUTE;
    return true;
}

bool iso_cycle(str s, struct iso_cycle *out)
{
    struct iso_cycle c = { .times = -1, .first = inst_none };
    str rest = str_trim(s);
    str head = str_cut(&rest, '/');
    if (head.n == 0 || head.p[0] != 'R')
        return false;
    if (head.n > 1) {
        size_t at = 1;
        if (!whole(head, &at, &c.times) || at != head.n)
            return false;
    }
    str part = str_cut(&rest, '/');
    if (iso_instant(part, &c.first))
        part = str_cut(&rest, '/');
    if (!str_is_none(rest) || !iso_duration(part, &c.period) ||
        c.period.ms < 0 || c.period.months < 0 ||
        (c.period.ms == 0 && c.period.months == 0))
        return false;
    *out = c;
    return true;
}

inst iso_add(inst t, struct iso_duration d)
{
    if (d.months) {
        int y, m, md, wy, wm, wd;
        day local = inst_day(t);
        int64_t within = t.ms - day_begin(local).ms;
        day_split(local, &y, &m, &md);
        int64_t months = (int64_t)y * 12 + m - 1 + d.months;
        wy = (int)(months / 12), wm = (int)(months % 12) + 1;
        day moved = day_of(wy, wm, 1), next = day_of(wm == 12 ? wy + 1 : wy,
                                                     wm == 12 ? 1 : wm + 1, 1);
        wd = next.n - moved.n;
        moved.n += (md < wd ? md : wd) - 1;
        t.ms = day_begin(moved).ms + within;
    }
    int64_t ms = t.ms + d.ms;
    return (inst){ ms > LAST_INSTANT ? LAST_INSTANT : ms };
}
