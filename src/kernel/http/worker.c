/*
 * The workers: a few threads beside the socket threads for what takes long --
 * password hashes, syncing uploads, reads that block on a network.  The queue
 * is bounded for work that asks to be let in; work of a request that has been
 * let in already always finds a place, or it could never be answered.
 */
#include "kernel/http/inside.h"

#include <pthread.h>
#include <stdlib.h>

struct task {
    struct task *next;
    void (*run)(void *);
    void *arg;
};

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct task *first, *last;
    int waiting, most;
    bool ending;
    int count;
    pthread_t thread[];
};

static struct task *next_task(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    while (w->first == NULL && !w->ending)
        pthread_cond_wait(&w->work, &w->lock);
    struct task *t = w->first;
    if (t) {
        w->first = t->next;
        w->waiting--;
    }
    pthread_mutex_unlock(&w->lock);
    return t;
}

static void *work(void *arg)
{
    struct workers *w = arg;
    for (struct task *t; (t = next_task(w)) != NULL; free(t))
        t->run(t->arg);
    return NULL;
}

struct workers *workers_start(int threads, int queue)
{
    struct workers *w = calloc(1, sizeof *w + (size_t)threads *
                                                  sizeof w->thread[0]);
    if (w == NULL)
        return NULL;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->work, NULL);
    w->most = queue;
    while (w->count < threads &&
           pthread_create(&w->thread[w->count], NULL, work, w) == 0)
        w->count++;
    if (w->count > 0)
        return w;
    workers_stop(w);
    return NULL;
}

enum err workers_run(struct workers *w, void (*run)(void *), void *arg,
                     bool own)
{
    struct task *t = malloc(sizeof *t);
    if (t == NULL)
        return ERR_BUSY;
    *t = (struct task){ NULL, run, arg };
    pthread_mutex_lock(&w->lock);
    bool full = !own && w->waiting >= w->most;
    if (!full) {
        if (w->first)
            w->last->next = t;
        else
            w->first = t;
        w->last = t;
        w->waiting++;
        pthread_cond_signal(&w->work);
    }
    pthread_mutex_unlock(&w->lock);
    if (full)
        free(t);
    return full ? ERR_BUSY : OK;
}

void workers_stop(struct workers *w)
{
    if (w == NULL)
        return;
    pthread_mutex_lock(&w->lock);
    w->ending = true;
    pthread_cond_broadcast(&w->work);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->count; i++)
        pthread_join(w->thread[i], NULL);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->work);
    free(w);
}
