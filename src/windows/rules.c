/*
 * Order, waiting, hours and appointments.  No store, no clock of its own: what
 * time it is, is told.
 */
#include "windows/windows.h"

#include "kernel/page/page.h"

#include <assert.h>
#include <pthread.h>

/* ---- policy ---- */

static struct windows_policy policy;
static pthread_once_t policy_read = PTHREAD_ONCE_INIT;

static int number_of(const struct value *all, const char *name)
{
    int64_t n = value_get_int(all, str_of(name), 0);
    assert(n > 0 && n < 10000);
    return (int)n;
}

static void read_policy(void)
{
    struct arena a = { 0 };
    struct value *v;
    str problem;
    enum err e = value_read_json(&a, page_asset("data/windows/policy.json"),
                                 &v, &problem);
    assert(e == OK);
    (void)e;
    policy = (struct windows_policy){
        .first_streak = number_of(v, "first_streak"),
        .return_behind = number_of(v, "return_behind"),
        .misses_most = number_of(v, "misses_most"),
        .call_again_seconds = number_of(v, "call_again_seconds"),
        .stop_before_close = number_of(v, "stop_before_close"),
        .book_days = number_of(v, "book_days"),
        .book_live = number_of(v, "book_live"),
        .book_change_minutes = number_of(v, "book_change_minutes"),
        .arrive_early = number_of(v, "arrive_early"),
        .arrive_late = number_of(v, "arrive_late"),
        .noshow_times = number_of(v, "noshow_times"),
        .noshow_days = number_of(v, "noshow_days"),
        .noshow_pause_days = number_of(v, "noshow_pause_days"),
    };
    arena_free(&a);
}

const struct windows_policy *windows_policy(void)
{
    pthread_once(&policy_read, read_policy);
    return &policy;
}

/* ---- order ---- */

static bool goes_first(const struct windows_waiting *w, inst now)
{
    return !inst_is_none(w->first_at) && w->first_at.ms <= now.ms;
}

static bool earlier(const struct windows_waiting *a,
                    const struct windows_waiting *b)
{
    return a->place.ms != b->place.ms ? a->place.ms < b->place.ms
                                      : a->id < b->id;
}

size_t windows_next(const struct windows_waiting *w, size_t n, inst now,
                    int streak, int most, bool *jumped)
{
    size_t oldest = 0, first = n;
    for (size_t i = 0; i < n; i++) {
        if (earlier(&w[i], &w[oldest]))
            oldest = i;
        if (goes_first(&w[i], now) &&
            (first == n || earlier(&w[i], &w[first])))
            first = i;
    }
    *jumped = first != n && first != oldest && streak < most;
    return *jumped ? first : oldest;
}

int windows_ahead(const struct windows_waiting *w, size_t n, int64_t id,
                  inst now, int most)
{
    enum { LOOKED_AT = 400 };
    struct windows_waiting left[LOOKED_AT];
    size_t count = n < LOOKED_AT ? n : LOOKED_AT;
    int streak = 0;
    for (size_t i = 0; i < count; i++)
        left[i] = w[i];
    for (int before = 0; count > 0; before++) {
        bool jumped;
        size_t next = windows_next(left, count, now, streak, most, &jumped);
        if (left[next].id == id)
            return before;
        streak = jumped ? streak + 1 : 0;
        left[next] = left[--count];
    }
    return -1;
}

inst windows_return_place(const struct windows_waiting *sorted, size_t n,
                          int behind, inst now)
{
    if ((size_t)behind > n)
        return now;
    return (inst){ sorted[behind - 1].place.ms + 1 };
}

int windows_pace(const int64_t *minutes, size_t n, int experience)
{
    enum { ENOUGH = 3, LEAST = 1, MOST = 60 };
    int64_t sum = 0;
    if (n < ENOUGH)
        return experience;
    for (size_t i = 0; i < n; i++)
        sum += minutes[i] < LEAST ? LEAST : minutes[i] > MOST ? MOST
                                                              : minutes[i];
    return (int)((sum + (int64_t)n - 1) / (int64_t)n);
}

int windows_wait(int ahead, int pace, int counters)
{
    enum { STEP = 5 };
    if (counters <= 0)
        return -1;
    int exact = (ahead * pace + counters - 1) / counters;
    return (exact + STEP - 1) / STEP * STEP;
}

str windows_care_word(str care)
{
    static const char *const words[][2] = {
        { "elder", "老年人" }, { "disabled", "残疾人" },
        { "soldier", "军人、退役军人和优抚对象" },
        { "pregnant", "孕妇、带婴幼儿" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(care, words[i][0]))
            return str_of(words[i][1]);
    return STR("");
}

/* ---- hours ---- */

enum windows_open windows_open(const struct calendar *c,
                               const struct windows_hours *h, inst now,
                               int stop_before)
{
    int minute = inst_minute(now);
    if (!calendar_working(c, inst_day(now)))
        return WINDOWS_REST;
    if (minute < h->opens)
        return WINDOWS_BEFORE;
    if (minute >= h->closes - stop_before)
        return WINDOWS_OVER;
    return minute >= h->noon_from && minute < h->noon_to ? WINDOWS_NOON
                                                         : WINDOWS_OPEN;
}

bool windows_is_slot(const struct windows_hours *h, int slot, int minute)
{
    int all[200];
    int n = windows_slots(h, slot, all, 200);
    for (int i = 0; i < n; i++)
        if (all[i] == minute)
            return true;
    return false;
}

int windows_slots(const struct windows_hours *h, int slot, int *out, int most)
{
    int n = 0;
    if (slot <= 0)
        return 0;
    for (int at = h->opens; at + slot <= h->closes && n < most; at += slot) {
        bool noon = at < h->noon_to && at + slot > h->noon_from;
        if (!noon)
            out[n++] = at;
    }
    return n;
}

bool windows_day_ok(const struct calendar *c, day today, day wanted, int most)
{
    if (wanted.n < today.n || !calendar_working(c, wanted))
        return false;
    return calendar_working_between(c, today, wanted) <= most;
}

inst windows_at(day d, int minute)
{
    return (inst){ day_begin(d).ms + (int64_t)minute * 60000 };
}

str windows_minute_text(struct arena *a, int64_t minute)
{
    return arena_printf(a, "%02d:%02d", (int)(minute / 60 % 100),
                        (int)(minute % 60));
}

/* ---- appointments ---- */

enum windows_arrival windows_arrival(day booked, int minute, inst now,
                                     const struct windows_policy *p)
{
    int64_t off = (now.ms - windows_at(booked, minute).ms) / 60000;
    if (inst_day(now).n != booked.n)
        return inst_day(now).n < booked.n ? WINDOWS_EARLY : WINDOWS_GONE;
    if (off < -p->arrive_early)
        return WINDOWS_EARLY;
    return off <= p->arrive_late ? WINDOWS_ON_TIME : WINDOWS_LATE;
}

bool windows_changeable(day booked, int minute, inst now,
                        const struct windows_policy *p)
{
    int64_t until = windows_at(booked, minute).ms -
                    (int64_t)p->book_change_minutes * 60000;
    return now.ms <= until;
}

day windows_paused_until(const day *missed, size_t n, day today,
                         const struct windows_policy *p)
{
    size_t most = (size_t)p->noshow_times;
    for (size_t i = 0; i + most <= n; i++) {
        bool close = missed[i].n - missed[i + most - 1].n < p->noshow_days;
        day until = { missed[i].n + p->noshow_pause_days };
        if (close && until.n >= today.n)
            return until;
    }
    return day_none;
}
