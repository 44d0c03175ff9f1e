/*
 * clock -- legal time.
 *
 * First pure counting over a calendar (everything the vectors check), then
 * stored clocks: rows any module starts for its matters and supervision
 * watches for all of them alike.  The conventions are numbered in docs/law.md.
 */
#ifndef KERNEL_CLOCK_H
#define KERNEL_CLOCK_H

#include "kernel/store/store.h"

/* ---- the calendar: data, versioned, never computed from memory ---- */

struct calendar;

/* Reads data/calendar.tsv (day, "off"/"work"/"statutory", name) lines. */
enum err calendar_read(struct arena *a, str tsv, struct calendar **out,
                       str *problem) MUST_USE;

/* Make-up day, or Monday..Friday that is not off (vectors, convention 1). */
bool calendar_working(const struct calendar *c, day d);
/* Has the notice for this day's year been loaded?  If not: provisional. */
bool calendar_announced(const struct calendar *c, day d);
/* 春节, 国庆节 …, or none for a plain weekend or working day. */
str calendar_name(const struct calendar *c, day d);
int calendar_version(const struct calendar *c);

/* n-th working day after d (n > 0), before d (n < 0). */
day calendar_add_working(const struct calendar *c, day d, int n);
/* Working days in (from, to]; negative when to < from. */
int calendar_working_between(const struct calendar *c, day from, day to);

/* ---- counting ---- */

enum clock_unit { CLOCK_WORKING_DAYS, CLOCK_NATURAL_DAYS };

/* Days d with from < d <= to do not count; to is day_none while it is open. */
struct clock_span {
    day from, to;
    str reason;       /* 补正, 听证, 专家评审 … */
};

struct clock_count {
    day start;        /* not counted (民法典 第二百零一条) */
    enum clock_unit unit;
    int n;            /* units allowed */
    int extra;        /* units added by an extension */
    bool roll;        /* natural days: the last day moves off a rest day
                         (民法典 第二百零三条) */
    const struct clock_span *spans;
    size_t span_count;
};

struct clock_due {
    day due;          /* last day, itself included; none while paused now */
    bool provisional; /* some counted day is of a year without a notice */
};

/* ERR_RANGE for n < 0 or a span that ends before it begins. */
enum err clock_due(const struct calendar *c, const struct clock_count *k,
                   struct clock_due *out) MUST_USE;

/* One line of the explanation of a due day. */
struct clock_day {
    day date;
    bool counts;
    int number;       /* the how-manieth counted day, 0 when it does not count */
    str why;          /* 受理当日不计, 周六, 国庆节, 调休上班, 专家评审 … */
};
enum err clock_explain(const struct calendar *c, const struct clock_count *k,
                       struct arena *a, struct clock_day **out, size_t *n)
    MUST_USE;

/* ---- stored clocks ---- */

enum clock_level { CLOCK_FINE, CLOCK_WARNED, CLOCK_YELLOW, CLOCK_RED };

struct clock_spec {
    str matter;       /* kind of matter: "case" */
    str ref;          /* its public number */
    str unit;         /* organisation that must act */
    str holder;       /* person responsible */
    str kind;         /* "promised", "statutory" */
    str rule;         /* id of data/clock-rules.json */
    day start;
    enum clock_unit unit_of;
    int n;
    int extend_max;   /* units one extension may add; 0: none */
};

enum err clock_start(struct tx *tx, const struct clock_spec *spec) MUST_USE;
/* All running clocks of a matter together; reason from the rule's closed list,
 * else ERR_RANGE.  planned: days told to the applicant (行政许可法 第四十五条). */
enum err clock_pause(struct tx *tx, str matter, str ref, str reason,
                     int planned, str document) MUST_USE;
enum err clock_resume(struct tx *tx, str matter, str ref) MUST_USE;
/* Once, before the first due day (行政许可法 第四十二条). */
enum err clock_extend(struct tx *tx, str matter, str ref, int units,
                      str reason) MUST_USE;
enum err clock_stop(struct tx *tx, str matter, str ref) MUST_USE;
/* A different person or organisation now holds the matter. */
enum err clock_hold(struct tx *tx, str matter, str ref, str unit, str holder)
    MUST_USE;

/* What a page shows of one clock: the 时限条. */
struct clock_state {
    day start, due;
    int total, used, paused, over;  /* units; over > 0: late */
    int left;                       /* 0: due today */
    bool running, provisional;
    enum clock_level level;
    enum clock_unit unit;
};
void clock_state(const struct calendar *c, const struct clock_count *k,
                 day today, day stopped, bool paused_now,
                 struct clock_state *out);
/* Members text, short, level, cells[] … of the component web/components/clock. */
void clock_view(struct view *v, const char *name, const struct clock_state *s);

extern const struct module clock_module; /* jobs: levels, calendar versions */

#endif
