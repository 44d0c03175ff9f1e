/* What verbs and jobs on stored clocks share; not for other rooms. */
#ifndef KERNEL_CLOCK_STORED_H
#define KERNEL_CLOCK_STORED_H

#include "kernel/clock/clock.h"

/* What follows from a count today. */
struct clock_settled {
    day due;
    bool provisional;
    int over;                 /* when stopped: working days late */
    enum clock_level level;   /* the old one, or a lower one */
    inst check_at;            /* now, when the level deserved is higher */
    enum clock_level earned;  /* the level deserved */
    inst next;                /* when that may rise */
};

/* tx gives calendar and today.  Errors as clock_due. */
enum err clock_settle(const struct tx *tx, const struct clock_count *k,
                      const struct clock_levels *l, day stopped,
                      enum clock_level was, struct clock_settled *out) MUST_USE;

/* Fills the spans of a clock into k, in tx's arena. */
enum err clock_spans_read(struct tx *tx, int64_t clock, struct clock_count *k)
    MUST_USE;

/* Puts a newer announced calendar in force; *changed: there was one. */
enum err clock_calendar_renew(struct tx *tx, bool *changed) MUST_USE;

/* How the jobs reach the outside: flow_signal and audit_note, or a test's. */
struct clock_outside {
    enum err (*signal)(struct tx *tx, const char *event, str ref,
                       const struct value *payload);
    enum err (*note)(struct tx *tx, str action, str object, str detail);
};

/* One batch of each job; *more when there may be another. */
enum err clock_levels_run(struct tx *tx, const struct clock_outside *outside,
                          bool *more) MUST_USE;
enum err clock_recount_run(struct tx *tx, const struct clock_outside *outside,
                           bool *more) MUST_USE;

#endif
