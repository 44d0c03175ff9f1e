/*
 * The runner's thread, and the modules' periodic jobs.
 *
 * It looks at the topic's version twenty times a second, which costs a load
 * from memory, and at the database when that has grown or a second has passed
 * (another process may have written, or a pause may be over).
 */
#include "kernel/job/inside.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    LOOK_MS = 50,
    POLL_MS = 1000,
    AT_ONCE = 10000, /* rounds of a job that always has more, in one pass */
};

const struct who job_who = {
    .name = { "系统", sizeof "系统" - 1 }, .unit = { "", 0 },
    .role = { "system", 6 }, .via = { "system", 6 },
};

void job_prepare(struct command *c, struct store *s, struct arena *a, inst now,
                 enum err (*run)(struct command *, struct tx *))
{
    *c = (struct command){ .run = run };
    c->tx = (struct tx){ .arena = a, .store = s, .who = &job_who, .now = now,
                         .client = STR(""), .request_id = STR("") };
}

enum err context_make(struct store *s, const struct module *const *modules,
                      struct context *out)
{
    size_t n = 0;
    for (size_t i = 0; modules[i]; i++) {
        for (const struct job *j = modules[i]->jobs; j && j->name; j++)
            n++;
        for (const struct slow_job *j = modules[i]->slow_jobs; j && j->name;
             j++)
            n++;
    }
    struct timed *timed = calloc(n + 1, sizeof *timed);
    if (!timed)
        return ERR_BUSY;
    *out = (struct context){ .store = s, .modules = modules,
                              .timed = timed };
    for (size_t i = 0; modules[i]; i++) {
        for (const struct job *j = modules[i]->jobs; j && j->name; j++)
            *timed++ = (struct timed){ { j->name, j->seconds, NULL, j->run },
                                       inst_none, 0 };
        for (const struct slow_job *j = modules[i]->slow_jobs; j && j->name;
             j++)
            *timed++ = (struct timed){ *j, inst_none, 0 };
    }
    return OK;
}

void context_free(struct context *c)
{
    free(c->timed);
}

/* ---- periodic jobs ---- */

struct timed_run {
    struct command command;
    struct arena arena;
    struct timed *timed;
    bool more;
    enum err failure;
};

static enum err run_once(struct command *c, struct tx *tx)
{
    struct timed_run *r = (struct timed_run *)c;
    r->more = false;
    return r->timed->job.run(tx, &r->more);
}

static enum err open_incident(struct command *c, struct tx *tx)
{
    struct timed_run *r = (struct timed_run *)c;
    str name = str_of(r->timed->job.name);
    struct job_incident_of_job known;
    enum err e = job_incident_of_job(tx, name, &known);
    if (e != OK || known.open)
        return e;
    return job_incident_add(tx, store_id(tx->store), job_code(tx->arena),
                            STR("job"), name, STR(""), str_none, STR(""),
                            JOB_TRIES, str_of(err_name(r->failure)), tx->now);
}

static enum err close_incident(struct command *c, struct tx *tx)
{
    struct timed_run *r = (struct timed_run *)c;
    return job_incident_job_well(tx, str_of(r->timed->job.name), tx->now,
                                 NULL);
}

/* Ten failures in a row are an incident; one success ends it. */
static enum err judge(struct store *s, struct timed_run *r, inst now)
{
    struct timed *t = r->timed;
    enum err e = OK;
    if (r->failure == OK) {
        job_prepare(&r->command, s, &r->arena, now, close_incident);
        if (t->failed >= JOB_TRIES)
            e = store_execute(s, &r->command);
        t->failed = 0;
        return e;
    }
    fprintf(stderr, "job: %s: %s\n", t->job.name, err_name(r->failure));
    if (++t->failed == JOB_TRIES) {
        job_prepare(&r->command, s, &r->arena, now, open_incident);
        e = store_execute(s, &r->command);
    }
    return e;
}

/* What a slow job does on a snapshot, before its command. */
static enum err do_beforehand(struct store *s, struct timed_run *r, inst now,
                              const void **kept)
{
    struct tx tx = { .arena = &r->arena, .who = &job_who, .now = now,
                     .client = STR(""), .request_id = STR("") };
    enum err e = store_begin(s, &tx);
    if (e != OK)
        return e;
    e = r->timed->job.before(&tx, kept);
    store_end(&tx);
    return e;
}

static enum err run_timed(const struct context *c, struct timed *t, inst now)
{
    struct store *s = c->store;
    struct timed_run r = { .timed = t, .more = true };
    r.arena = arena_make(ARENA_REQUEST_CEILING);
    for (int i = 0; i < AT_ONCE && r.more && r.failure == OK; i++) {
        if (i > 0 && context_over(c))
            break;
        const void *kept = NULL;
        if (t->job.before)
            r.failure = do_beforehand(s, &r, now, &kept);
        if (t->job.before && (r.failure != OK || kept == NULL))
            break;
        job_prepare(&r.command, s, &r.arena, now, run_once);
        r.command.tx.kept = kept;
        r.failure = store_execute(s, &r.command);
        arena_reset(&r.arena);
    }
    enum err e = r.failure;
    if (e != ERR_BUSY)
        e = judge(s, &r, now);
    arena_free(&r.arena);
    return e;
}

static bool is_due(const struct timed *t, inst now)
{
    return inst_is_none(t->last) ||
           now.ms - t->last.ms >= t->job.seconds * 1000LL ||
           now.ms < t->last.ms; /* the clock was set back */
}

enum err timed_pass(struct context *c, inst now)
{
    enum err first = OK;
    for (struct timed *t = c->timed; t->job.name; t++) {
        if (!is_due(t, now) || context_over(c))
            continue;
        enum err e = run_timed(c, t, now);
        if (e != ERR_BUSY)
            t->last = now;
        if (first == OK)
            first = e;
    }
    return first;
}

/* ---- the thread ---- */

struct runner {
    struct context context;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
};

/* False when it is time to end. */
static bool rest(struct runner *r)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&r->lock);
    if (!context_over(&r->context))
        pthread_cond_timedwait(&r->wake, &r->lock, &until);
    pthread_mutex_unlock(&r->lock);
    return !context_over(&r->context);
}

static void *runner_main(void *p)
{
    struct runner *r = p;
    uint64_t seen = UINT64_MAX;
    int64_t polled = 0;
    while (rest(r)) {
        uint64_t version = store_version(r->context.store, JOB_TOPIC);
        bool worked = version != seen || tick_ms() - polled >= POLL_MS;
        if (!worked)
            continue;
        seen = version;
        polled = tick_ms();
        /* What fails here is the database being away: the next look tries. */
        enum err e = OK;
        while (e == OK && worked && !context_over(&r->context))
            e = outbox_pass(&r->context, inst_now(), &worked);
        e = timed_pass(&r->context, inst_now());
        (void)e;
    }
    return NULL;
}

enum err job_start(struct store *s, const struct module *const *modules,
                   struct runner **out)
{
    struct runner *r = calloc(1, sizeof *r);
    if (!r)
        return ERR_BUSY;
    if (context_make(s, modules, &r->context) != OK) {
        free(r);
        return ERR_BUSY;
    }
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&r->thread, NULL, runner_main, r) != 0) {
        context_free(&r->context);
        free(r);
        return ERR_BUSY;
    }
    *out = r;
    return OK;
}

void job_stop(struct runner *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    atomic_store(&r->context.over, true);
    pthread_cond_signal(&r->wake);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    pthread_cond_destroy(&r->wake);
    pthread_mutex_destroy(&r->lock);
    context_free(&r->context);
    free(r);
}

enum err job_drain(struct store *s, const struct module *const *modules,
                   inst now)
{
    struct context c;
    enum err e = context_make(s, modules, &c);
    if (e != OK)
        return e;
    bool worked = true;
    e = timed_pass(&c, now);
    while (e == OK && worked)
        e = outbox_pass(&c, now, &worked);
    context_free(&c);
    return e;
}
