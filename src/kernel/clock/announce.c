/*
 * A year's notice, entered while the program runs.
 *
 * The calendar in force is the newest of the one built in and those announced
 * since.  It is never changed in place: somebody may be counting with it.  A
 * new one is read beside it and the store's pointer moves; the old one stays, a
 * few hundred kilobytes a year.
 */
#include "kernel/clock/stored.h"

#include "kernel/clock/queries.gen.h"
#include "kernel/page/page.h"

#include <pthread.h>

/* Versions are the announced year and a serial: 202601. */
static int version_for(int current, int year)
{
    int first = year * 100 + 1;
    return current + 1 > first ? current + 1 : first;
}

static int year_of(str line)
{
    int64_t year;
    return str_int(str_slice(line, 0, 4), &year) ? (int)year : 0;
}

/* Is a line of the old calendar replaced by the notice? */
static bool replaced(str old, int year, str lines)
{
    str first = old, day_text = str_cut(&first, '\t');
    if (year_of(old) == year || str_starts(old, STR("version")))
        return true;
    while (!str_is_none(lines)) {
        str line = str_cut(&lines, '\n');
        if (str_starts(line, day_text) && day_text.n == 10)
            return true;
    }
    return false;
}

static const char *unfit(str lines, int year)
{
    bool any = false;
    while (!str_is_none(lines)) {
        str line = str_trim(str_cut(&lines, '\n'));
        if (line.n == 0)
            continue;
        any = true;
        int of = year_of(line);
        bool december = of == year - 1 &&
                        str_is(str_slice(line, 4, 8), "-12-");
        if (of != year && !december)
            return "只能录入该年和上一年十二月的日期";
    }
    return any ? NULL : "没有录入任何日期";
}

enum err calendar_amend(struct arena *a, str tsv, int year, str lines,
                        str notice, str *out, str *problem)
{
    struct calendar *old, *amended;
    enum err e = calendar_read(a, tsv, &old, problem);
    const char *wrong = unfit(lines, year);
    if (e != OK)
        return e;
    if (wrong != NULL) {
        *problem = arena_printf(a, "放假安排有误：%s。", wrong);
        return ERR_INPUT;
    }
    struct buf b = { 0 };
    buf_printf(&b, "version\t%d\t\n%d\tannounced\t",
               version_for(calendar_version(old), year), year);
    buf_put(&b, notice);
    buf_byte(&b, '\n');
    while (!str_is_none(tsv)) {
        str line = str_cut(&tsv, '\n');
        if (line.n == 0 || replaced(line, year, lines))
            continue;
        buf_put(&b, line);
        buf_byte(&b, '\n');
    }
    buf_put(&b, lines);
    *out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return calendar_read(a, *out, &amended, problem);
}

/* ---- in force ---- */

/* Calendars have the lifetime of the program; two stores may renew at once. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct arena memory;

static enum err put_in_force(struct store *s, str tsv, str *problem)
{
    struct calendar *c;
    pthread_mutex_lock(&lock);
    enum err e = calendar_read(&memory, tsv, &c, problem);
    pthread_mutex_unlock(&lock);
    if (e == OK)
        store_set_calendar(s, c);
    return e;
}

enum err clock_calendar_renew(struct tx *tx, bool *changed)
{
    struct clock_calendar_newest newest;
    str problem;
    *changed = false;
    enum err e =
        clock_calendar_newest(tx, calendar_version(tx->calendar), &newest);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e == OK)
        e = put_in_force(tx->store, newest.tsv, &problem);
    *changed = e == OK;
    return e;
}

enum err clock_calendar_attach(struct store *s, struct arena *a, str *problem)
{
    static const struct who nobody = { .via = { "system", 6 } };
    const struct calendar *built_in = clock_calendar_builtin();
    struct tx tx = { .arena = a, .who = &nobody, .now = inst_now() };
    bool changed;
    store_set_calendar(s, built_in);
    enum err e = store_begin(s, &tx);
    if (e == OK) {
        tx.calendar = built_in;
        e = clock_calendar_renew(&tx, &changed);
        store_end(&tx);
    }
    if (e != OK)
        *problem = STR("数据库中的日历读不出来。");
    return e;
}

enum err clock_calendar_announce(struct tx *tx, int year, str lines, str notice,
                                 str *problem)
{
    struct clock_calendar_newest newest;
    int than = calendar_version(clock_calendar_builtin());
    enum err e = clock_calendar_newest(tx, than, &newest);
    if (e == ERR_NOTFOUND)
        newest.tsv = page_asset("data/calendar.tsv");
    else if (e != OK)
        return e;
    str amended;
    struct calendar *c;
    e = calendar_amend(tx->arena, newest.tsv, year, lines, notice, &amended,
                       problem);
    if (e == OK)
        e = calendar_read(tx->arena, amended, &c, problem);
    if (e != OK)
        return e;
    return clock_calendar_add(tx, calendar_version(c), amended, notice, tx->now,
                              tx->who->name);
}
