/*
 * One thread for what is done a few times a second for everybody: live pages,
 * the log, connections that dawdle.
 */
#include "kernel/http/inside.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { TICK_MS = 100, SWEEP_TICKS = 10 };

struct ticker {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool ending;
    struct http *http;
    pthread_t thread;
};

static bool wait_tick(struct ticker *t)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += TICK_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_nsec -= 1000000000L;
        until.tv_sec++;
    }
    pthread_mutex_lock(&t->lock);
    while (!t->ending && pthread_cond_timedwait(&t->wake, &t->lock,
                                                &until) != ETIMEDOUT)
        ;
    bool going = !t->ending;
    pthread_mutex_unlock(&t->lock);
    return going;
}

static void *tick(void *arg)
{
    struct ticker *t = arg;
    for (int n = 0; wait_tick(t); n++) {
        streams_tick(t->http->streams);
        log_flush(t->http->log);
        if (n % SWEEP_TICKS == 0)
            conns_sweep(t->http->conns, t->http->patience_ms);
    }
    return NULL;
}

struct ticker *ticker_start(struct http *h)
{
    struct ticker *t = calloc(1, sizeof *t);
    pthread_condattr_t monotonic;
    if (t == NULL)
        return NULL;
    t->http = h;
    pthread_mutex_init(&t->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&t->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&t->thread, NULL, tick, t) == 0)
        return t;
    free(t);
    return NULL;
}

void ticker_stop(struct ticker *t)
{
    if (t == NULL)
        return;
    pthread_mutex_lock(&t->lock);
    t->ending = true;
    pthread_cond_signal(&t->wake);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
    pthread_cond_destroy(&t->wake);
    pthread_mutex_destroy(&t->lock);
    free(t);
}
