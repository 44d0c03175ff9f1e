/*
 * The calendar and the rules that are built into the program.
 *
 * Read once, by whoever asks first, into memory that stays: they have the
 * lifetime of the program.  A table that cannot be read cannot be worked with,
 * and it was built in, so there is nobody to tell but the builder: abort.
 */
#include "kernel/clock/clock.h"
#include "kernel/page/page.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static struct arena memory;
static struct calendar *calendar;
static struct clock_rules rules;

static void must(enum err e, const char *path, str problem)
{
    if (e == OK)
        return;
    fprintf(stderr, "zhengtong: %s: %.*s\n", path, STR_ARG(problem));
    abort();
}

static void read_all(void)
{
    str problem = str_none;
    const char *path = "data/calendar.tsv";
    must(calendar_read(&memory, page_asset(path), &calendar, &problem), path,
         problem);
    path = "data/clock-rules.json";
    must(clock_rules_read(&memory, page_asset(path), &rules, &problem), path,
         problem);
}

static void read_once(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_all);
}

const struct calendar *clock_calendar_builtin(void)
{
    read_once();
    return calendar;
}

const struct clock_rules *clock_rules_builtin(void)
{
    read_once();
    return &rules;
}

const struct clock_rule *clock_rule(str id)
{
    return clock_rules_find(clock_rules_builtin(), id);
}
