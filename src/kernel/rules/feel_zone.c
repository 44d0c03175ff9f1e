/*
 * Named time zones, read from the system's IANA database (RFC 8536 files in
 * /usr/share/zoneinfo): the transitions of the file, and after the last one the
 * rule in its footer.  A zone is read once an evaluation and kept in its arena;
 * nothing is kept between evaluations, so there is nothing to lock.
 */
#include "kernel/rules/impl.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ZONE_BYTES = 64 << 10, ZONE_NAME = 64, LOAD_STEPS = 300 };

/* One change of a POSIX rule: day by month and week, or by day of the year. */
struct change {
    char kind; /* M, J (no leap day), N (with leap day) */
    int month, week, day;
    int32_t second;
};

struct zone {
    str name;
    uint32_t n;
    const int64_t *from;     /* UTC seconds, ascending */
    const int32_t *offset;   /* from from[i] on */
    int32_t before;          /* before the first */
    bool rule, summer;       /* a footer; with summer time */
    int32_t standard, daylight;
    struct change begin, end;
};

struct zone_slot {
    const struct zone_slot *next;
    const struct zone *zone;
};

str zone_name(const struct zone *z)
{
    return z->name;
}

/* ---- reading ---- */

static int64_t big_endian(const unsigned char *p, int bytes)
{
    uint64_t v = 0;
    for (int i = 0; i < bytes; i++)
        v = v << 8 | p[i];
    return bytes == 4 ? (int32_t)v : (int64_t)v;
}

struct footer {
    str s;
    size_t at;
};

static char peek(const struct footer *f)
{
    return f->at < f->s.n ? f->s.p[f->at] : 0;
}

static int number(struct footer *f)
{
    int n = 0;
    while (peek(f) >= '0' && peek(f) <= '9' && n < 100000)
        n = n * 10 + (f->s.p[f->at++] - '0');
    return n;
}

static void abbreviation(struct footer *f)
{
    bool quoted = peek(f) == '<';
    while (f->at < f->s.n) {
        char c = peek(f);
        if (!quoted && !((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
            return;
        f->at++;
        if (quoted && c == '>')
            return;
    }
}

/* [+-]hh[:mm[:ss]] in seconds */
static int32_t hours(struct footer *f)
{
    bool negative = peek(f) == '-';
    if (negative || peek(f) == '+')
        f->at++;
    int32_t s = number(f) * 3600;
    for (int unit = 60; unit && peek(f) == ':'; unit /= 60) {
        f->at++;
        s += number(f) * unit;
    }
    return negative ? -s : s;
}

static bool change_read(struct footer *f, struct change *c)
{
    if (peek(f) != ',')
        return false;
    f->at++;
    *c = (struct change){ .kind = 'N', .second = 7200 };
    if (peek(f) == 'M') {
        c->kind = 'M';
        f->at++;
        c->month = number(f);
        f->at++;
        c->week = number(f);
        f->at++;
        c->day = number(f);
        if (c->month < 1 || c->month > 12 || c->week < 1 || c->week > 5 ||
            c->day > 6)
            return false;
    } else {
        if (peek(f) == 'J')
            c->kind = 'J', f->at++;
        c->day = number(f);
    }
    if (peek(f) == '/') {
        f->at++;
        c->second = hours(f);
    }
    return true;
}

static void footer_read(struct zone *z, str text)
{
    struct footer f = { text, 0 };
    abbreviation(&f);
    if (f.at == 0)
        return;
    z->standard = -hours(&f);
    z->rule = true;
    if (peek(&f) == 0)
        return;
    abbreviation(&f);
    z->daylight = peek(&f) == ',' ? z->standard + 3600 : -hours(&f);
    z->summer = change_read(&f, &z->begin) && change_read(&f, &z->end);
}

/* The second block of a version 2+ file; its numbers are 64 bits wide. */
static bool block_read(struct ev *e, struct zone *z, const unsigned char *p,
                       size_t size)
{
    if (size < 44)
        return false;
    size_t utcnt = (size_t)big_endian(p + 20, 4),
           stdcnt = (size_t)big_endian(p + 24, 4),
           leapcnt = (size_t)big_endian(p + 28, 4),
           timecnt = (size_t)big_endian(p + 32, 4),
           typecnt = (size_t)big_endian(p + 36, 4),
           charcnt = (size_t)big_endian(p + 40, 4);
    size_t limit = ZONE_BYTES;
    if (utcnt > limit || stdcnt > limit || leapcnt > limit || timecnt > limit ||
        typecnt > limit || charcnt > limit || typecnt == 0)
        return false;
    size_t body = timecnt * 9 + typecnt * 6 + charcnt + leapcnt * 12 + stdcnt +
                  utcnt;
    if (size < 44 + body)
        return false;
    const unsigned char *times = p + 44, *index = times + timecnt * 8,
                        *types = index + timecnt;
    int64_t *from = ARENA_NEW_N(e->arena, int64_t, timecnt + 1);
    int32_t *offset = ARENA_NEW_N(e->arena, int32_t, timecnt + 1);
    for (size_t i = 0; i < timecnt; i++) {
        if (index[i] >= typecnt)
            return false;
        from[i] = big_endian(times + i * 8, 8);
        offset[i] = (int32_t)big_endian(types + index[i] * 6, 4);
    }
    z->n = (uint32_t)timecnt;
    z->from = from;
    z->offset = offset;
    z->before = (int32_t)big_endian(types, 4);
    z->standard = timecnt ? offset[timecnt - 1] : z->before;
    const char *rest = (const char *)p + 44 + body;
    size_t left = size - 44 - body;
    if (left > 2 && rest[0] == '\n')
        footer_read(z, (str){ rest + 1, left - 2 });
    return true;
}

static bool file_read(struct ev *e, struct zone *z, const unsigned char *p,
                      size_t size)
{
    if (size < 44 || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
        return false;
    size_t skip = 44;
    static const struct {
        int at, unit;
    } counts[] = { { 20, 1 }, { 24, 1 }, { 28, 8 }, { 32, 5 },
                   { 36, 6 }, { 40, 1 } };
    for (size_t i = 0; i < 6; i++) {
        size_t n = (size_t)big_endian(p + counts[i].at, 4);
        if (n > ZONE_BYTES)
            return false;
        skip += n * (size_t)counts[i].unit;
    }
    return size > skip && block_read(e, z, p + skip, size - skip);
}

/* Only names of the database: no way out of its folder. */
static bool plausible(str name)
{
    if (name.n == 0 || name.n > ZONE_NAME || name.p[0] == '/' ||
        !((name.p[0] >= 'A' && name.p[0] <= 'Z') ||
          (name.p[0] >= 'a' && name.p[0] <= 'z')))
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '-' ||
              c == '+'))
            return false;
    }
    return true;
}

static const struct zone *zone_load(struct ev *e, str name)
{
    char path[ZONE_NAME + 32];
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%.*s", STR_ARG(name));
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    struct stat st;
    unsigned char *bytes = arena_alloc(e->arena, ZONE_BYTES);
    ssize_t n = -1;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        n = read(fd, bytes, ZONE_BYTES);
    close(fd);
    struct zone *z = ARENA_NEW(e->arena, struct zone);
    z->name = arena_str(e->arena, name);
    return n > 0 && file_read(e, z, bytes, (size_t)n) ? z : NULL;
}

const struct zone *zone_find(struct ev *e, str name)
{
    for (const struct zone_slot *s = e->zones; s; s = s->next)
        if (str_eq(s->zone->name, name))
            return s->zone;
    if (!plausible(name) || !spend(e, LOAD_STEPS))
        return NULL;
    const struct zone *z = zone_load(e, name);
    if (z == NULL)
        return NULL;
    struct zone_slot *slot = ARENA_NEW(e->arena, struct zone_slot);
    slot->zone = z;
    slot->next = e->zones;
    e->zones = slot;
    return z;
}

/* ---- asking ---- */

/* Local seconds (standard reckoning of the rule) of a change in a year. */
static int64_t change_at(const struct change *c, int32_t year)
{
    struct civil first = { year, 1, 1 };
    int64_t days;
    if (c->kind == 'M') {
        first.month = (int8_t)c->month;
        int weekday = civil_weekday(first) % 7; /* 0 Sunday */
        int day = (c->day - weekday + 7) % 7 + (c->week - 1) * 7;
        if (day >= days_in_month(year, c->month))
            day -= 7;
        days = civil_days(first) + day;
    } else if (c->kind == 'J') {
        bool skip = days_in_month(year, 2) == 29 && c->day >= 60;
        days = civil_days(first) + c->day - 1 + skip;
    } else {
        days = civil_days(first) + c->day;
    }
    return days * 86400 + c->second;
}

static int32_t by_rule(const struct zone *z, int64_t utc)
{
    struct civil c;
    int64_t local = utc + z->standard;
    if (!z->summer ||
        !civil_of_days(local / 86400 - (local % 86400 < 0), &c))
        return z->standard;
    int64_t begin = change_at(&z->begin, c.year) - z->standard;
    int64_t end = change_at(&z->end, c.year) - z->daylight;
    bool inside = begin < end ? utc >= begin && utc < end
                              : utc >= begin || utc < end;
    return inside ? z->daylight : z->standard;
}

int32_t zone_offset_utc(const struct zone *z, int64_t utc)
{
    if (z->n == 0 || utc < z->from[0])
        return z->n == 0 && z->rule ? by_rule(z, utc) : z->before;
    if (utc >= z->from[z->n - 1] && z->rule)
        return by_rule(z, utc);
    uint32_t low = 0, high = z->n;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (z->from[middle] <= utc)
            low = middle;
        else
            high = middle;
    }
    return z->offset[low];
}

/* In the hour told twice the earlier offset holds; in the hour left out, the
 * one before the gap: what java.time does too. */
int32_t zone_offset_local(const struct zone *z, int64_t local)
{
    int32_t earlier = zone_offset_utc(z, local - 86400);
    int32_t guess = zone_offset_utc(z, local - earlier);
    if (guess == earlier)
        return earlier;
    int32_t again = zone_offset_utc(z, local - guess);
    return again == guess ? guess : earlier;
}

int32_t zone_standard(const struct zone *z)
{
    return z->standard;
}
