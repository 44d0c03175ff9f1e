/*
 * job -- what happens after: events told to listeners, things done on time,
 * effects outside, each at least once and inside the database exactly once.
 *
 * A signal is a row of the outbox written in the command's own transaction.
 * After the commit the runner hands it to every listener of that event, each in
 * a command of its own that also marks it done; a failure is tried again with
 * growing pauses, and after ten tries shown to the administrator.
 *
 * Listeners and periodic jobs may run twice when their commit failed, and
 * signals of one matter may arrive in another order than they were given: a
 * listener looks at the state of things, not only at the news.
 */
#ifndef KERNEL_JOB_H
#define KERNEL_JOB_H

#include "kernel/http/http.h"

/* Topic of the store that grows when the outbox has news. */
enum { JOB_TOPIC = 62 };

/* Tries of a listener before a person is asked. */
enum { JOB_TRIES = 10 };

/* "case.accepted", number, small payload (may be NULL). */
enum err flow_signal(struct tx *tx, const char *event, str ref,
                     const struct value *payload) MUST_USE;

struct runner;

/*
 * Starts the thread that delivers signals and runs the modules' jobs.  What is
 * due is decided by inst_now(), so a test that moves the clock sees it done
 * within a second.
 */
enum err job_start(struct store *s, const struct module *const *modules,
                   struct runner **out) MUST_USE;
/* Waits for what is being done, then ends; NULL is allowed. */
void job_stop(struct runner *r);

/* Runs everything due at `now` once, here and now: for tests and tools.  What a
 * listener signals in turn is delivered too. */
enum err job_drain(struct store *s, const struct module *const *modules,
                   inst now) MUST_USE;

/* When the oldest signal was given that somebody has yet to hear; inst_none:
 * all is heard.  Those an administrator must send again do not count. */
enum err job_waiting_since(struct tx *tx, inst *out) MUST_USE;

/* What waits for the administrator. */
struct job_trouble {
    str code;
    str kind, name, ref, listener, error; /* kind: signal, job */
    int tries;
    inst opened;
};
enum err job_troubles(struct tx *tx, struct job_trouble **out, size_t *n)
    MUST_USE;

/* Puts the signal of an incident back into the outbox; ERR_NOTFOUND when it is
 * closed already, ERR_RANGE for a periodic job, which is tried anyway. */
enum err job_again(struct tx *tx, str code) MUST_USE;

/* /incidents: the administrator sees what failed and sends it again. */
extern const struct module job_module;

#endif
