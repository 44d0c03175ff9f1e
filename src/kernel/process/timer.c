/*
 * Jobs: what is due, and sweeping.
 *
 * A batch of timers is one command of the writer among those of users: it
 * takes a few milliseconds and then whoever waited is next.  A case whose state
 * cannot be read gets an incident and leaves the queue, for those behind it.
 */
#include "kernel/process/inside.h"

#include <stdatomic.h>

enum {
    TURN_MS = 800, /* of a job at a stretch; then it is the outbox's turn */
    WEEK_MS = 7 * 86400000,
};

bool process_turn_over(void)
{
    static _Atomic int64_t since;
    int64_t now = tick_ms();
    if (now - since > 2 * TURN_MS || now < since)
        since = now;
    return now - since > TURN_MS;
}

static enum err park(struct tx *tx, int64_t id)
{
    enum err e = process_timer_drop(tx, id, NULL);
    return e == OK ? process_incident_add(tx, store_id(tx->store), id, 0,
                                          STR(""),
                                          STR("这一件的状态读不出来，到时的"
                                              "步骤没有执行。"),
                                          tx->now)
                   : e;
}

/* The row is only a wish: the engine fires what its own state says is due, and
 * the wish of an older revision is written anew. */
static enum err fire(struct tx *tx, const struct process_timer_due *t)
{
    struct process_do d = { .id = t->case_id,
                            .command = { .verb = FLOW_TIME } };
    struct process_answer out;
    enum err e = process_do(tx, &d, &out);
    if (e == OK || e == ERR_BUSY)
        return e;
    return out.problem.n ? park(tx, t->case_id) : e;
}

enum err process_timers(struct tx *tx, bool *more)
{
    struct process_timer_due *t;
    size_t n;
    process_turn_over();
    enum err e = process_timer_due(tx, tx->now, &t, &n);
    for (size_t i = 0; i < n && e == OK; i++)
        e = fire(tx, &t[i]);
    *more = n == 200 && !process_turn_over();
    return e;
}

enum err process_sweep(struct tx *tx, bool *more)
{
    int64_t gone;
    enum err e = process_cmd_sweep(tx, (inst){ tx->now.ms - WEEK_MS }, &gone);
    *more = gone == 500;
    return e;
}
