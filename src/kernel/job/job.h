/*
 * job -- what happens after: events told to listeners, things done on time,
 * effects outside, each at least once and inside the database exactly once.
 *
 * A signal is a row of the outbox written in the command's own transaction.
 * After the commit the runner hands it to every listener of that event, each in
 * a command of its own that also marks it done; a failure is tried again with
 * growing pauses, and after ten tries shown to the administrator.
 */
#ifndef KERNEL_JOB_H
#define KERNEL_JOB_H

#include "kernel/http/http.h"

/* "case.accepted", number, small payload (may be NULL). */
enum err flow_signal(struct tx *tx, const char *event, str ref,
                     const struct value *payload) MUST_USE;

struct runner;

/* Starts the threads that deliver signals and run the modules' jobs. */
enum err job_start(struct store *s, const struct module *const *modules,
                   struct runner **out) MUST_USE;
void job_stop(struct runner *r);

/* Runs everything due at `now` once, here and now: for tests and tools. */
enum err job_drain(struct store *s, const struct module *const *modules,
                   inst now) MUST_USE;

#endif
