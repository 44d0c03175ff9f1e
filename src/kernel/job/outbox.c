/*
 * The outbox: signals in, deliveries out.
 *
 * Deliveries of one pass are queued together and share a commit.  Each deletes
 * its row in the command that does the listener's work; the deletion changes
 * exactly one row or the command is undone, which is what makes "at least once"
 * exactly once inside the database, also between processes.
 */
#include "kernel/job/inside.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum err flow_signal(struct tx *tx, const char *event, str ref,
                     const struct value *payload)
{
    str json = str_none;
    if (payload) {
        struct buf b = { 0 };
        value_write_json(payload, &b);
        json = arena_str(tx->arena, buf_str(&b));
        buf_free(&b);
    }
    store_touch(tx, JOB_TOPIC);
    return job_outbox_add(tx, store_id(tx->store), str_of(event), ref, json,
                          STR(""), 0, tx->now, tx->now);
}

/* ---- who listens ---- */

static const struct event *listens(const struct module *m, str event)
{
    for (const struct event *e = m->events; e && e->name; e++)
        if (str_is(event, e->name))
            return e;
    return NULL;
}

/* The n-th module that listens, with its event. */
static const struct module *listener_at(const struct context *c, str event,
                                        size_t n, const struct event **heard)
{
    for (size_t i = 0; c->modules[i]; i++) {
        *heard = listens(c->modules[i], event);
        if (*heard && n-- == 0)
            return c->modules[i];
    }
    return NULL;
}

static const struct event *listener_named(const struct context *c, str event,
                                          str name)
{
    for (size_t i = 0; c->modules[i]; i++)
        if (str_is(name, c->modules[i]->name))
            return listens(c->modules[i], event);
    return NULL;
}

/* ---- one delivery ---- */

struct batch {
    pthread_mutex_t lock;
    pthread_cond_t over;
    size_t left;
};

struct delivery {
    struct command command;
    struct arena arena;
    const struct context *context;
    struct batch *batch;
    int64_t id;
    bool ran;         /* the queue had taken it */
    enum err failure; /* for whoever counts it */
};

static enum err hear(struct tx *tx, const struct event *to,
                     const struct job_outbox_one *row)
{
    struct value *payload = NULL;
    if (!str_is_none(row->payload)) {
        str problem;
        enum err e = value_read_json(tx->arena, row->payload, &payload,
                                     &problem);
        if (e != OK)
            return e;
    }
    return to->heard(tx, row->ref, payload);
}

/* Several listen: all in one transaction, as nearly always nobody fails. */
static enum err hear_all(const struct context *c, struct tx *tx,
                         const struct job_outbox_one *row)
{
    const struct event *heard;
    enum err e = OK;
    for (size_t i = 0; e == OK && listener_at(c, row->event, i, &heard);
         i++)
        e = hear(tx, heard, row);
    return e;
}

/* One of several failed: a row for each, so that the failure is its own. */
static enum err expand(const struct context *c, struct tx *tx,
                       const struct job_outbox_one *row)
{
    const struct event *heard;
    const struct module *m;
    for (size_t i = 0; (m = listener_at(c, row->event, i, &heard)); i++) {
        enum err e = job_outbox_add(tx, store_id(tx->store), row->event,
                                    row->ref, row->payload, str_of(m->name), 0,
                                    row->created, tx->now);
        if (e != OK)
            return e;
    }
    store_touch(tx, JOB_TOPIC);
    return job_outbox_done(tx, row->id);
}

static enum err deliver(struct command *command, struct tx *tx)
{
    struct delivery *d = (struct delivery *)command;
    const struct context *c = d->context;
    struct job_outbox_one row;
    const struct event *one;
    enum err e = job_outbox_one(tx, d->id, &row);
    if (e == ERR_NOTFOUND)
        return OK; /* another process was quicker */
    if (e != OK)
        return e;
    if (row.listener.n == 0)
        e = hear_all(c, tx, &row);
    else if ((one = listener_named(c, row.event, row.listener)))
        e = hear(tx, one, &row);
    return e == OK ? job_outbox_done(tx, d->id) : e;
}

static void delivered(struct command *command, enum err e)
{
    struct delivery *d = (struct delivery *)command;
    struct batch *b = d->batch;
    d->ran = true;
    d->failure = e;
    pthread_mutex_lock(&b->lock);
    if (--b->left == 0)
        pthread_cond_signal(&b->over);
    pthread_mutex_unlock(&b->lock);
}

/* ---- failure ---- */

/* 1 s, 2 s, 4 s … at most ten minutes. */
static int64_t pause_ms(int64_t tries)
{
    return tries < 10 ? 1000LL << tries : 600000;
}

/* Who listens to EVENT.lost sees to it himself; else a person is asked. */
static enum err give_up(const struct context *c, struct tx *tx,
                        const struct job_outbox_one *row, enum err why)
{
    const struct event *heard;
    str lost = arena_printf(tx->arena, "%.*s.lost", STR_ARG(row->event));
    if (listener_at(c, lost, 0, &heard)) {
        enum err told = job_outbox_add(tx, store_id(tx->store), lost, row->ref,
                                       row->payload, STR(""), 0, tx->now,
                                       tx->now);
        store_touch(tx, JOB_TOPIC);
        return told == OK ? job_outbox_done(tx, row->id) : told;
    }
    enum err e = job_incident_add(tx, store_id(tx->store),
                                  job_code(tx->arena), STR("signal"),
                                  row->event, row->ref, row->payload,
                                  row->listener, row->tries + 1,
                                  str_of(err_name(why)), tx->now);
    return e == OK ? job_outbox_done(tx, row->id) : e;
}

static enum err count_failure(struct command *command, struct tx *tx)
{
    struct delivery *d = (struct delivery *)command;
    struct job_outbox_one row;
    const struct event *second;
    enum err e = job_outbox_one(tx, d->id, &row);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e != OK)
        return e;
    if (row.listener.n == 0 && listener_at(d->context, row.event, 1, &second))
        return expand(d->context, tx, &row);
    if (row.tries + 1 >= JOB_TRIES)
        return give_up(d->context, tx, &row, d->failure);
    return job_outbox_later(tx, d->id, row.tries,
                            (inst){ tx->now.ms + pause_ms(row.tries) });
}

static void report(const struct job_outbox_due *row, enum err e)
{
    fprintf(stderr, "job: %.*s to %.*s: %s\n", STR_ARG(row->event),
            STR_ARG(row->listener), err_name(e));
}

/* ---- a pass ---- */

enum { TOGETHER = 32 }; /* deliveries in the writer's queue at once */

static enum err due_rows(const struct context *c, struct arena *a, inst now,
                         struct job_outbox_due **rows, size_t *n)
{
    struct tx tx = { .arena = a, .who = &job_who, .now = now,
                     .client = STR(""), .request_id = STR("") };
    enum err e = store_begin(c->store, &tx);
    if (e != OK)
        return e;
    e = job_outbox_due(&tx, now, rows, n);
    store_end(&tx);
    return e;
}

/* Queues all; those the queue refuses stay due. */
static void deliver_some(const struct context *c, struct batch *b,
                         struct delivery *d, size_t n, inst now)
{
    pthread_mutex_lock(&b->lock);
    for (size_t i = 0; i < n; i++) {
        job_prepare(&d[i].command, c->store, &d[i].arena, now, deliver);
        d[i].command.done = delivered;
        b->left++;
        pthread_mutex_unlock(&b->lock);
        enum err e = store_submit(c->store, &d[i].command);
        pthread_mutex_lock(&b->lock);
        if (e != OK)
            b->left--;
    }
    while (b->left)
        pthread_cond_wait(&b->over, &b->lock);
    pthread_mutex_unlock(&b->lock);
}

/* A few at a time: who comes meanwhile waits behind these, not behind all. */
static void deliver_all(const struct context *c, struct batch *b,
                        struct delivery *d, size_t n, inst now)
{
    for (size_t i = 0; i < n && !context_over(c); i += TOGETHER)
        deliver_some(c, b, d + i, n - i < TOGETHER ? n - i : TOGETHER, now);
}

/* What the queue refused stays due; ERR_BUSY then, to end the round. */
static enum err count_failures(const struct context *c, struct delivery *d,
                               const struct job_outbox_due *rows, size_t n,
                               inst now)
{
    enum err e = OK;
    for (size_t i = 0; i < n && e == OK; i++) {
        if (!d[i].ran)
            e = ERR_BUSY;
        if (!d[i].ran || d[i].failure == OK)
            continue;
        report(&rows[i], d[i].failure);
        job_prepare(&d[i].command, c->store, &d[i].arena, now, count_failure);
        e = store_execute(c->store, &d[i].command);
    }
    return e;
}

enum err outbox_pass(const struct context *c, inst now, bool *worked)
{
    struct arena a = arena_make(0);
    struct batch b = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0 };
    struct job_outbox_due *rows;
    size_t n = 0;
    enum err e = due_rows(c, &a, now, &rows, &n);
    *worked = e == OK && n > 0;
    if (*worked) {
        struct delivery *d = ARENA_NEW_N(&a, struct delivery, n);
        for (size_t i = 0; i < n; i++) {
            d[i].context = c;
            d[i].batch = &b;
            d[i].id = rows[i].id;
            d[i].arena = arena_make(ARENA_REQUEST_CEILING);
        }
        deliver_all(c, &b, d, n, now);
        e = count_failures(c, d, rows, n, now);
        for (size_t i = 0; i < n; i++)
            arena_free(&d[i].arena);
    }
    arena_free(&a);
    return e;
}
