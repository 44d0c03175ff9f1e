/*
 * windows -- the service hall: numbers, calls, counters, appointments, and the
 * self-service terminal that stands beside the door.
 *
 * Everything declared here is a pure function of its arguments.  Minutes count
 * from midnight in Asia/Shanghai.
 */
#ifndef WINDOWS_H
#define WINDOWS_H

#include "base/base.h"
#include "kernel/clock/clock.h"
#include "kernel/http/http.h"

/* ---- policy: data/windows/policy.json ---- */

/* Local policy, not law; units are in data/windows/README.md. */
struct windows_policy {
    int first_streak, return_behind, misses_most, call_again_seconds;
    int stop_before_close;
    int book_days, book_live, book_change_minutes;
    int arrive_early, arrive_late;
    int noshow_times, noshow_days, noshow_pause_days;
};
/* What is built into the program; read once.  A key that is missing or not
 * above 0 is the builder's mistake and aborts. */
const struct windows_policy *windows_policy(void);

/* ---- who is called next ---- */

struct windows_waiting {
    int64_t id;
    inst place;
    inst first_at; /* goes first from here on; none: never */
};

/*
 * The one to call out of n who wait, in any order: whoever goes first and has
 * waited longest; else, or after `streak` of `most` such calls in a row that
 * passed somebody over, whoever has waited longest.  So the old, the disabled
 * and soldiers are served early (无障碍环境建设法 第四十条) and nobody waits
 * for ever.  n > 0.  *jumped: somebody who came earlier was passed over.
 */
size_t windows_next(const struct windows_waiting *w, size_t n, inst now,
                    int streak, int most, bool *jumped);

/* How many of n are called before this one, were nobody else to come; -1 when
 * it is not among them.  At most 400 are looked at. */
int windows_ahead(const struct windows_waiting *w, size_t n, int64_t id,
                  inst now, int most);

/* Where somebody who missed the call and came back stands: behind so many of
 * those who wait, sorted by place; never before now's own place when fewer
 * wait. */
inst windows_return_place(const struct windows_waiting *sorted, size_t n,
                          int behind, inst now);

/* Minutes a matter takes: what the day's last ones took, each counted with one
 * minute at least and sixty at most; by experience while fewer than three are
 * done. */
int windows_pace(const int64_t *minutes, size_t n, int experience);

/* Minutes to wait, rounded up to five; -1 when no counter is open. */
int windows_wait(int ahead, int pace, int counters);

/* 老年人 … of a care code; "" for none or an unknown one. */
str windows_care_word(str care);

/* ---- hours and slots ---- */

struct windows_hours {
    int opens, closes, noon_from, noon_to;
};

enum windows_open {
    WINDOWS_OPEN, WINDOWS_BEFORE, WINDOWS_NOON, WINDOWS_OVER, WINDOWS_REST
};
/* May a number be taken?  At noon it may: it is called afterwards. */
enum windows_open windows_open(const struct calendar *c,
                               const struct windows_hours *h, inst now,
                               int stop_before);

/* Begins of the slots of a day that is worked, at most `most` into out; none
 * lies in the pause at noon or ends after closing.  Their number. */
int windows_slots(const struct windows_hours *h, int slot, int *out, int most);
bool windows_is_slot(const struct windows_hours *h, int slot, int minute);

/* Days that can be booked today: working days after or on today. */
bool windows_day_ok(const struct calendar *c, day today, day wanted, int most);

/* The instant of a minute of a day. */
inst windows_at(day d, int minute);
/* 09:30 */
str windows_minute_text(struct arena *a, int64_t minute);

/* ---- appointments ---- */

enum windows_arrival {
    WINDOWS_EARLY,  /* too early to check in */
    WINDOWS_ON_TIME, /* keeps its place */
    WINDOWS_LATE,   /* a number like any other */
    WINDOWS_GONE,   /* another day */
};
enum windows_arrival windows_arrival(day booked, int minute, inst now,
                                     const struct windows_policy *p);

/* May it still be changed or cancelled? */
bool windows_changeable(day booked, int minute, inst now,
                        const struct windows_policy *p);

/* The last day on which somebody who missed these days, newest first, may not
 * book; none when they may. */
day windows_paused_until(const day *missed, size_t n, day today,
                         const struct windows_policy *p);

extern const struct module windows_module;

#endif
