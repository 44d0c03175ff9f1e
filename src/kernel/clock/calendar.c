/*
 * The calendar: which days are worked.
 *
 * Each autumn the State Council's office announces the next year's days off and
 * the weekends worked instead; nothing here is computed from memory.  A year
 * without a notice has weekends only, and whoever counts through it is told so.
 *
 * Counting is by position.  The working days of ninety years stand in one
 * array, and beside each day how many came before it, so the n-th working day
 * after any day is two look-ups.  Outside those years only weekends exist and
 * the position is arithmetic.  We considered walking day by day: right as well,
 * but a city recomputes a million due days on the evening a notice comes.
 */
#include "kernel/clock/clock.h"

#include <string.h>

enum { FIRST_YEAR = 1990, LAST_YEAR = 2079, NAMES_MAX = 200 };
enum { YEARS = LAST_YEAR - FIRST_YEAR + 1 };

enum { OFF = 1, WORK = 2, STATUTORY = 4 };

struct calendar {
    int version;
    int first, days;          /* the table covers [first, first + days) */
    int worked;               /* working days in the table */
    uint8_t *kind;            /* OFF, WORK, STATUTORY of each day */
    uint8_t *name;            /* index into names, 0: none */
    int *before;              /* working days of the table before each day */
    int *nth;                 /* day of each working day */
    str names[NAMES_MAX];
    int name_count;
    bool announced[YEARS];
};

/* Monday to Friday days in [1969-12-29, d); negative before that Monday. */
static int weekdays_before(int d)
{
    int n = d + 3; /* 1970-01-01 was a Thursday */
    int week = n >= 0 ? n / 7 : -((6 - n) / 7);
    int rest = n - week * 7;
    return week * 5 + (rest < 5 ? rest : 5);
}

static int weekday_at(int position)
{
    int week = position >= 0 ? position / 5 : -((4 - position) / 5);
    return week * 7 + (position - week * 5) - 3;
}

/* The position of a day among all working days; 0 is the table's first. */
static int position_of(const struct calendar *c, int d)
{
    int end = c->first + c->days;
    if (d < c->first)
        return weekdays_before(d) - weekdays_before(c->first);
    if (d >= end)
        return c->worked + weekdays_before(d) - weekdays_before(end);
    return c->before[d - c->first];
}

static int day_at(const struct calendar *c, int position)
{
    if (position < 0)
        return weekday_at(weekdays_before(c->first) + position);
    if (position >= c->worked)
        return weekday_at(weekdays_before(c->first + c->days) +
                          (position - c->worked));
    return c->nth[position];
}

static uint8_t kind_of(const struct calendar *c, day d)
{
    int i = d.n - c->first;
    return i >= 0 && i < c->days ? c->kind[i] : 0;
}

bool calendar_working(const struct calendar *c, day d)
{
    uint8_t kind = kind_of(c, d);
    if (kind & WORK)
        return true;
    return day_weekday(d) < 5 && !(kind & OFF);
}

bool calendar_announced(const struct calendar *c, day d)
{
    int y, m, md;
    day_split(d, &y, &m, &md);
    return y >= FIRST_YEAR && y <= LAST_YEAR && c->announced[y - FIRST_YEAR];
}

str calendar_name(const struct calendar *c, day d)
{
    if (!(kind_of(c, d) & OFF))
        return str_none;
    return c->names[c->name[d.n - c->first]];
}

int calendar_version(const struct calendar *c)
{
    return c->version;
}

day calendar_add_working(const struct calendar *c, day d, int n)
{
    if (n > 0)
        return (day){ day_at(c, position_of(c, d.n + 1) + n - 1) };
    if (n < 0)
        return (day){ day_at(c, position_of(c, d.n) + n) };
    return d;
}

int calendar_working_between(const struct calendar *c, day from, day to)
{
    return position_of(c, to.n + 1) - position_of(c, from.n + 1);
}

/* ---- reading ---- */

static struct calendar *empty(struct arena *a)
{
    struct calendar *c = ARENA_NEW(a, struct calendar);
    c->first = day_of(FIRST_YEAR, 1, 1).n;
    c->days = day_of(LAST_YEAR + 1, 1, 1).n - c->first;
    c->kind = ARENA_NEW_N(a, uint8_t, (size_t)c->days);
    c->name = ARENA_NEW_N(a, uint8_t, (size_t)c->days);
    c->before = ARENA_NEW_N(a, int, (size_t)c->days);
    c->nth = ARENA_NEW_N(a, int, (size_t)c->days);
    c->name_count = 1;
    return c;
}

static void number_days(struct calendar *c)
{
    for (int i = 0; i < c->days; i++) {
        day d = { c->first + i };
        c->before[i] = c->worked;
        if (calendar_working(c, d))
            c->nth[c->worked++] = d.n;
    }
}

/* The index of a name, or -1 when there are too many different ones. */
static int name_index(struct arena *a, struct calendar *c, str name)
{
    for (int i = 1; i < c->name_count; i++)
        if (str_eq(c->names[i], name))
            return i;
    if (c->name_count == NAMES_MAX)
        return -1;
    c->names[c->name_count] = arena_str(a, name);
    return c->name_count++;
}

static const char *read_day(struct arena *a, struct calendar *c, str first,
                            str kind, str name)
{
    day d;
    if (!day_parse(first, &d))
        return "日期应为 2026-10-01 的样子，且确有这一天";
    int i = d.n - c->first;
    if (i < 0 || i >= c->days)
        return "日期超出 1990 年至 2079 年";
    uint8_t bit = str_is(kind, "off")         ? OFF
                  : str_is(kind, "work")      ? WORK
                  : str_is(kind, "statutory") ? STATUTORY
                                              : 0;
    if (bit == 0)
        return "第二栏应为 off、work、statutory 或者 announced";
    if ((c->kind[i] | bit) == ((c->kind[i] | bit) | OFF | WORK))
        return "同一天既放假又上班";
    int index = name_index(a, c, name);
    if (index < 0)
        return "节日名称过多";
    if (bit != STATUTORY || c->name[i] == 0)
        c->name[i] = (uint8_t)index;
    c->kind[i] |= bit;
    return NULL;
}

/* NULL, or what is wrong with the line. */
static const char *read_line(struct arena *a, struct calendar *c, str line)
{
    str first = str_cut(&line, '\t');
    str second = str_cut(&line, '\t');
    int64_t n;
    if (str_is(first, "version")) {
        if (!str_int(second, &n) || n < 1 || n > INT32_MAX)
            return "版本号应为正整数";
        c->version = (int)n;
        return NULL;
    }
    if (!str_is(second, "announced"))
        return read_day(a, c, first, second, str_trim(line));
    if (!str_int(first, &n) || n < FIRST_YEAR || n > LAST_YEAR)
        return "已公布年份应在 1990 至 2079 之间";
    c->announced[n - FIRST_YEAR] = true;
    return NULL;
}

enum err calendar_read(struct arena *a, str tsv, struct calendar **out,
                       str *problem)
{
    struct calendar *c = empty(a);
    for (int number = 1; !str_is_none(tsv); number++) {
        str line = str_cut(&tsv, '\n');
        if (str_trim(line).n == 0)
            continue;
        const char *wrong = read_line(a, c, line);
        if (wrong != NULL) {
            *problem = arena_printf(a, "日历第 %d 行：%s。", number, wrong);
            return ERR_INPUT;
        }
    }
    number_days(c);
    *out = c;
    return OK;
}
