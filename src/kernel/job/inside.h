/* Inside job: one pass over the outbox, one over the periodic jobs. */
#ifndef KERNEL_JOB_INSIDE_H
#define KERNEL_JOB_INSIDE_H

#include "kernel/job/job.h"
#include "kernel/job/queries.gen.h"

#include <stdatomic.h>

/* A periodic job and when it is next due. */
struct timed {
    struct slow_job job; /* before NULL: nothing is done beforehand */
    inst last;   /* begin of the last run; inst_none: never */
    int failed;  /* in a row */
};

struct context {
    struct store *store;
    const struct module *const *modules;
    struct timed *timed; /* heap; ended by a job without a name */
    _Atomic bool over;   /* the server stops: what is left waits for the next */
};

static inline bool context_over(const struct context *c)
{
    return atomic_load(&c->over);
}

/* ERR_BUSY without memory. */
enum err context_make(struct store *s, const struct module *const *modules,
                      struct context *out) MUST_USE;
void context_free(struct context *c);

/* The platform itself, as the audit trail names it. */
extern const struct who job_who;

/* A command of the platform, its arena the caller's. */
void job_prepare(struct command *c, struct store *s, struct arena *a, inst now,
                 enum err (*run)(struct command *, struct tx *));

/* The random code of a new incident. */
str job_code(struct arena *a);

/* Delivers what is due; *worked: there was something. */
enum err outbox_pass(const struct context *c, inst now, bool *worked) MUST_USE;

/* Runs the periodic jobs that are due at now. */
enum err timed_pass(struct context *c, inst now) MUST_USE;

#endif
