#include "base/time.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

enum { DAY_MS = 86400000, ZONE_MS = 8 * 3600000 };

/* Floor division: days before 1970 are negative. */
static int64_t div_floor(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return a % b < 0 ? q - 1 : q;
}

/* Both directions count from 1 March of year 0, so that the leap day is the
 * last day of a year and every month has a fixed offset. */
day day_of(int year, int month, int mday)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = div_floor(y, 400);
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (day){ (int32_t)(era * 146097 + doe - 719468) };
}

void day_split(day d, int *year, int *month, int *mday)
{
    int64_t z = (int64_t)d.n + 719468;
    int64_t era = div_floor(z, 146097);
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *mday = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

int day_weekday(day d)
{
    return (int)(((int64_t)d.n % 7 + 10) % 7); /* 1970-01-01: Thursday */
}

static bool digits(str s, size_t from, size_t n, int *out)
{
    int v = 0;
    for (size_t i = from; i < from + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        v = v * 10 + (s.p[i] - '0');
    }
    *out = v;
    return true;
}

bool day_parse(str s, day *out)
{
    int y, m, d;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !digits(s, 0, 4, &y) ||
        !digits(s, 5, 2, &m) || !digits(s, 8, 2, &d))
        return false;
    if (y < 1600 || m < 1 || m > 12 || d < 1 || d > 31)
        return false;
    day parsed = day_of(y, m, d);
    int ry, rm, rd;
    day_split(parsed, &ry, &rm, &rd);
    if (rm != m || rd != d) /* 02-30 wraps into March */
        return false;
    *out = parsed;
    return true;
}

/* Printed by hand: a list shows forty days. */
static void two_digits(char *p, unsigned n)
{
    p[0] = (char)('0' + n / 10 % 10);
    p[1] = (char)('0' + n % 10);
}

str day_text(day d, char out[DAY_TEXT])
{
    int y, m, md;
    day_split(d, &y, &m, &md);
    unsigned yy = (unsigned)y % 10000u;
    two_digits(out, yy / 100);
    two_digits(out + 2, yy % 100);
    out[4] = out[7] = '-';
    two_digits(out + 5, (unsigned)m);
    two_digits(out + 8, (unsigned)md);
    out[10] = 0;
    return (str){ out, 10 };
}

day inst_day(inst t)
{
    return (day){ (int32_t)div_floor(t.ms + ZONE_MS, DAY_MS) };
}

inst day_begin(day d)
{
    return (inst){ (int64_t)d.n * DAY_MS - ZONE_MS };
}

int inst_minute(inst t)
{
    return (int)((t.ms - day_begin(inst_day(t)).ms) / 60000);
}

str inst_text(inst t, char out[INST_TEXT])
{
    char date[DAY_TEXT];
    day_text(inst_day(t), date);
    unsigned s = (unsigned)((t.ms - day_begin(inst_day(t)).ms) / 1000);
    int n = snprintf(out, INST_TEXT, "%sT%02u:%02u:%02u+08:00", date,
                     s / 3600 % 24, s / 60 % 60, s % 60);
    return (str){ out, (size_t)n };
}

str inst_minutes_text(inst t, char out[INST_TEXT])
{
    char date[DAY_TEXT];
    day_text(inst_day(t), date);
    unsigned m = (unsigned)inst_minute(t);
    int n = snprintf(out, INST_TEXT, "%s %02u:%02u", date, m / 60 % 24, m % 60);
    return (str){ out, (size_t)n };
}

static const char *test_clock;

void inst_test_clock(const char *path)
{
    test_clock = path;
}

static int64_t milliseconds(struct timespec ts)
{
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* The file is read every time: whoever moves the clock replaces it, so a
 * reader sees the old instant or the new one and nothing in between. */
static bool read_test_clock(int64_t now, inst *out)
{
    FILE *f = fopen(test_clock, "re");
    if (!f)
        return false;
    struct stat st;
    int64_t start;
    bool ok = fstat(fileno(f), &st) == 0 && fscanf(f, "%" SCNd64, &start) == 1;
    if (ok)
        *out = (inst){ start + (now - milliseconds(st.st_mtim)) };
    fclose(f);
    return ok;
}

inst inst_now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    inst now = { milliseconds(ts) };
    if (test_clock)
        (void)read_test_clock(now.ms, &now);
    return now;
}

int64_t tick_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}
