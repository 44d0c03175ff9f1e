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

/*
 * Reads data/calendar.tsv: lines of day, "off"/"work"/"statutory" and name,
 * one line `YYYY announced NOTICE` a year and one `version N`, tabs between.
 * The calendar lives in the arena.  ERR_INPUT with a Chinese sentence naming
 * the line in *problem.
 */
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

/*
 * The calendar with one year's notice put in: `lines` are lines of day, kind
 * and name as in data/calendar.tsv, of that year or of the December before (a
 * notice may make that work, too).  What was said of the year is replaced.
 * ERR_INPUT with a Chinese sentence in *problem.
 */
enum err calendar_amend(struct arena *a, str tsv, int year, str lines,
                        str notice, str *out, str *problem) MUST_USE;

/* ---- counting ---- */

/* clock_due counts the first four; the others say what a rule of law is. */
enum clock_unit {
    CLOCK_WORKING_DAYS,
    CLOCK_NATURAL_DAYS,
    CLOCK_MONTHS,
    CLOCK_YEARS,
    CLOCK_HOURS,  /* clock_hours_due */
    CLOCK_UNTIL,  /* the start day is itself the last */
    CLOCK_DATE,   /* a fixed date every year */
};

/* No statute counts more units than this; ERR_RANGE beyond. */
enum { CLOCK_UNITS_MAX = 36600 };

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

/* ERR_RANGE for n < 0, a span that ends before it begins, or a unit that is
 * not counted in days.  Months and years end on the corresponding day or the
 * month's last (民法典 第二百零二条) and are never paused. */
enum err clock_due(const struct calendar *c, const struct clock_count *k,
                   struct clock_due *out) MUST_USE;

/* Backwards: the last day on which "at least n units before `event`" is still
 * kept; never moved, for moving it would shorten the time it protects.
 * ERR_RANGE unless 0 <= n and the unit is working or natural days. */
enum err clock_before(const struct calendar *c, day event, enum clock_unit unit,
                      int n, day *out) MUST_USE;

/* By hours the count begins at once (民法典 第二百零一条第二款). */
inst clock_hours_due(inst start, int hours);

/* One line of the explanation of a due day. */
struct clock_day {
    day date;
    bool counts;
    int number;       /* of the counted day, 0 when it does not count */
    str why;          /* 起算当日不计, 周六, 国庆节, 调休上班, 专家评审 … */
};
/* Every day from the start to the due day; while paused, to the first day of
 * the pause.  In the arena.  Errors as clock_due. */
enum err clock_explain(const struct calendar *c, const struct clock_count *k,
                       struct arena *a, struct clock_day **out, size_t *n)
    MUST_USE;

/* The same as a list of a page, at most 400 rows: date, number ("第 3 日" or
 * ""), why, counts. */
enum err clock_explain_in(struct view *v, const char *name,
                          const struct calendar *c,
                          const struct clock_count *k) MUST_USE;

/* ---- receipt and acceptance ---- */

/* Electronic filings are received when they enter the designated system
 * (电子签名法 第十一条); a city may instead count those after closing time or
 * on a rest day as received on the next working day. */
enum clock_receipt { CLOCK_SAME_DAY, CLOCK_NEXT_WORKDAY };

enum { CLOCK_CLOSE = 17 * 3600 + 30 * 60 }; /* 17:30, seconds of the day */

/* second: of the day, -1 when only the day is known.  At the very second of
 * closing it is still in time. */
day clock_received(const struct calendar *c, enum clock_receipt policy,
                   day filed, int second, int close);

enum clock_acceptance_state {
    CLOCK_NOT_YET,          /* nothing told, and there is still time to */
    CLOCK_DEEMED_SILENT,    /* nothing told in time: accepted at receipt */
    CLOCK_DEEMED_LATE,      /* told too late: accepted at receipt, too */
    CLOCK_WAITS_SUPPLEMENT, /* told in time, papers not yet complete */
    CLOCK_ACCEPTED_SUPPLIED,/* told in time; accepted when the papers came */
};

struct clock_acceptance {
    enum clock_acceptance_state state;
    day accepted;     /* none while not accepted */
    day notice_limit; /* last day to ask for a supplement, itself included */
};

/*
 * 行政许可法 第三十二条第一款第(四)项: tell once, within five working days, or
 * the application is accepted from the day it was received.
 *
 * notified, supplied   none when it has not happened
 * today                none: looked at after everything is over
 *
 * ERR_RANGE when a day lies before the one it must follow.
 */
enum err clock_acceptance(const struct calendar *c, day received, day notified,
                          day supplied, day today,
                          struct clock_acceptance *out) MUST_USE;

/* ---- rules of law: data/clock-rules.json ---- */

struct clock_rule {
    str id;           /* "permit.decision" */
    str law, article; /* 行政许可法, 第四十二条第一款 */
    str name;         /* what must be done: 作出行政许可决定 */
    str start;        /* what starts it: 受理 */
    enum clock_unit unit;
    int n;            /* negative: counted back from the event */
    str date;         /* CLOCK_DATE: "01-31" */
    int extension;    /* units one extension may add; 0: none */
    str approver;     /* who may extend */
    const str *stop;  /* the closed list of reasons that stop it */
    size_t stop_count;
    str restart;      /* what begins the count anew, or "" */
    str consequence;  /* "deemed_accepted", "deemed_consent" …, or "" */
    str on_expiry;    /* the same as a sentence */
    str note;
};

struct clock_rules {
    const struct clock_rule *rule;
    size_t count;
};

/* ERR_INPUT with a Chinese sentence naming the rule in *problem. */
enum err clock_rules_read(struct arena *a, str json, struct clock_rules *out,
                          str *problem) MUST_USE;
/* NULL when there is no such rule. */
const struct clock_rule *clock_rules_find(const struct clock_rules *r, str id);
/* "wd", "nd", "month", "year", "hour", "until", "date". */
bool clock_unit_read(str word, enum clock_unit *out);
bool clock_rule_stops(const struct clock_rule *r, str reason);

/*
 * A limit as a drawing or a definition names it: "info.reply" is a rule of law
 * that is counted in days or months from an event; "working-days:5" or
 * "natural-days:10" is a promise without a law behind it.
 */
struct clock_limit {
    const struct clock_rule *rule; /* NULL: a promise only */
    enum clock_unit unit;
    int n;
};
bool clock_limit_read(str text, struct clock_limit *out);
/* "20 个工作日", "15 日", "3 个月". */
str clock_units_text(struct arena *a, enum clock_unit unit, int n);

/* What is built into the program; read once, kept for good.  A broken table is
 * the builder's mistake and aborts with its sentence. */
const struct calendar *clock_calendar_builtin(void);
const struct clock_rules *clock_rules_builtin(void);
const struct clock_rule *clock_rule(str id);

/* ---- the calendar in force ---- */

/*
 * Gives the store the newest calendar there is, built in or announced since:
 * whoever opens a store calls it once.  *problem is a sentence for the
 * operator.
 */
enum err clock_calendar_attach(struct store *s, struct arena *a, str *problem)
    MUST_USE;

/*
 * An administrator enters a year's notice (form of calendar_amend).  The job
 * "calendar" then puts it in force and counts every running clock anew.
 * ERR_INPUT with a sentence for the person in *problem.
 */
enum err clock_calendar_announce(struct tx *tx, int year, str lines, str notice,
                                 str *problem) MUST_USE;

/* ---- levels ---- */

enum clock_level { CLOCK_FINE, CLOCK_WARNED, CLOCK_YELLOW, CLOCK_RED };

/* Local policy, not law: parameters of the supervisor. */
struct clock_levels {
    int warn_before_wd; /* warned from the day this many are left */
    int red_after_wd;   /* red from this many working days late, else yellow */
};
extern const struct clock_levels clock_levels_default; /* 2, 3 */

struct clock_lateness {
    int remaining;      /* working days left after `at`, 0 when none */
    int overdue;        /* working days late */
    enum clock_level level;
    day next;           /* first day the level rises; none: never */
};

/* at: today, or the day it was done.  done: it was; then nothing is warned of
 * any more and a level already deserved stays.  Rest days never raise it. */
void clock_lateness(const struct calendar *c, const struct clock_levels *l,
                    day due, day at, bool done, struct clock_lateness *out);

/* ---- stored clocks ---- */

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
    int extend_max;   /* working days one extension may add; 0: none */
    struct clock_levels levels; /* red_after_wd 0: the default */
};

/* Starts a clock.  ERR_RANGE for an unknown rule or what clock_due refuses. */
enum err clock_start(struct tx *tx, const struct clock_spec *spec) MUST_USE;
/* The same; *due is its due day. */
enum err clock_start_until(struct tx *tx, const struct clock_spec *spec,
                           day *due) MUST_USE;

/* Pauses all running clocks of a matter together, from today on.  The reason
 * must be in every one's rule's closed list, else ERR_RANGE; ERR_NOTFOUND when
 * none runs, ERR_CONFLICT when one is paused already.  planned: days told to
 * the applicant (行政许可法 第四十五条); document: number of that notice. */
enum err clock_pause(struct tx *tx, str matter, str ref, str reason,
                     int planned, str document) MUST_USE;

/* Today is the last day that did not count.  ERR_CONFLICT when not paused. */
enum err clock_resume(struct tx *tx, str matter, str ref) MUST_USE;

/* Adds working days to every running clock that may be extended and is not
 * over: once, not after the due day (行政许可法 第四十二条、第八十二条); a
 * clock of natural days gets as many as reach as far.  ERR_RANGE for more than
 * allowed or when none may be, ERR_CONFLICT for a second time. */
enum err clock_extend(struct tx *tx, str matter, str ref, int working,
                      str reason) MUST_USE;

/* The matter is done today: all its running clocks are over, how late each was
 * stays on record.  ERR_NOTFOUND when none runs. */
enum err clock_stop(struct tx *tx, str matter, str ref) MUST_USE;
/* The same; *told: one of them had been warned of. */
enum err clock_stop_told(struct tx *tx, str matter, str ref, bool *told)
    MUST_USE;

/* A different person or organisation now holds the matter. */
enum err clock_hold(struct tx *tx, str matter, str ref, str unit, str holder)
    MUST_USE;

/* What was before the program knew of it: for loaders.  Nothing is signalled;
 * the level is what it has come to by tx->now. */
struct clock_history {
    int extra;                      /* units an extension added */
    const struct clock_span *spans; /* the last may be open */
    size_t span_count;
    day stopped;                    /* none: still running */
};
enum err clock_load(struct tx *tx, const struct clock_spec *spec,
                    const struct clock_history *history) MUST_USE;

/* One clock as it stands: what clock_state_levels and clock_explain take. */
struct clock_found {
    struct clock_count count;   /* spans in tx's arena */
    struct clock_levels levels;
    str unit, holder, rule;
    day due, stopped;           /* none: paused, running */
    bool paused;
    enum clock_level level;     /* as last told, may rise by the hour */
};
/* The newest of its kind, running or over.  ERR_NOTFOUND. */
enum err clock_find(struct tx *tx, str matter, str ref, str kind,
                    struct clock_found *out) MUST_USE;
/* Its 时限条 today as member `name` of a view, see clock_view. */
void clock_found_view(struct tx *tx, struct view *v, const char *name,
                      const struct clock_found *f);

/* What a page shows of one clock: the 时限条. */
struct clock_state {
    day start, due;
    int total, used, paused, over;  /* units; over > 0: late */
    int left;                       /* 0: due today */
    bool running, provisional;
    enum clock_level level;
    enum clock_unit unit;
    day stopped;                    /* none while it is not over */
    bool held;                      /* paused today */
    bool accepting;                 /* the days to accept or to ask, not yet
                                       those to decide */
    bool past;                      /* after the due day, perhaps only by rest
                                       days: over is then still 0 */
};
/* stopped: none while running.  k must be one clock_due accepts. */
void clock_state(const struct calendar *c, const struct clock_count *k,
                 day today, day stopped, bool paused_now,
                 struct clock_state *out);
/* The same under other levels than the default. */
void clock_state_levels(const struct calendar *c, const struct clock_count *k,
                        const struct clock_levels *l, day today, day stopped,
                        bool paused_now, struct clock_state *out);
/* Members tone, icon, text, short, from, to, cells[] … of the components
 * web/components/clock, clock_short and clock_long. */
void clock_view(struct view *v, const char *name, const struct clock_state *s);

/*
 * What a matter repeats of its promised clock in columns of its own, so that a
 * list of twenty needs no query for each.  Days are day_none where the column
 * is NULL; a matter is open while `closed` is none.
 */
struct clock_face {
    bool joint;         /* has no five days to accept in: its parts have */
    day received, accept_by;
    day start, due;     /* acceptance; promised day, none while paused */
    day held_at, closed;
    int64_t n, extra;   /* working days promised, added by an extension */
    int64_t held;       /* working days that did not count so far */
};
/* From the columns of a row that has them all under their usual names. */
#define CLOCK_FACE(row) ((struct clock_face){                              \
    .joint = str_is((row).kind, "joint"), .received = (row).received,      \
    .accept_by = (row).accept_by, .start = (row).clock_start,              \
    .due = (row).clock_due, .held_at = (row).clock_held_at,                \
    .closed = (row).closed_day, .n = (row).clock_n,                        \
    .extra = (row).clock_extra, .held = (row).clock_held })
void clock_face_state(const struct calendar *c, day today,
                      const struct clock_face *f, struct clock_state *out);
/* The 时限条 as member `name` of a view, see clock_view. */
void clock_face_view(struct view *v, const char *name,
                     const struct calendar *c, day today,
                     const struct clock_face *f);

/*
 * Jobs "levels" and "calendar".  Every rise of a level is told exactly once, as
 * signal "clock.level" with the matter's number and {matter, unit, holder,
 * kind, rule, level: "warned" | "yellow" | "red", due, over}; levels jumped
 * over are told one by one.  A due day moved by a new calendar is an audit note
 * "clock.recount" and signal "clock.moved" with {matter, kind, due}.
 */
extern const struct module clock_module;

#endif
