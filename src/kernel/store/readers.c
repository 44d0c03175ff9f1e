/*
 * Readers: a connection for every thread that ever reads, opened on first use
 * and closed with the thread, so that a request pays neither for opening nor
 * for a pool's lock.  Two requests never share one: a thread runs one at a
 * time.
 */
#include "kernel/store/inside.h"

#include <string.h>

static void unlink_reader(struct store *s, struct store_conn *c)
{
    struct store_conn **at = &s->readers;
    while (*at && *at != c)
        at = &(*at)->next;
    if (*at)
        *at = c->next;
}

static void thread_ended(void *p)
{
    struct store_conn *c = p;
    struct store *s = c->store;
    pthread_mutex_lock(&s->reader_lock);
    unlink_reader(s, c);
    pthread_mutex_unlock(&s->reader_lock);
    s->backend->disconnect(c);
}

enum err readers_open(struct store *s)
{
    return pthread_key_create(&s->reader_key, thread_ended) == 0 ? OK
                                                                 : ERR_BUSY;
}

void readers_close(struct store *s)
{
    pthread_key_delete(s->reader_key);
    while (s->readers) {
        struct store_conn *c = s->readers;
        s->readers = c->next;
        s->backend->disconnect(c);
    }
}

static enum err reader(struct store *s, struct arena *a,
                       struct store_conn **out)
{
    struct store_conn *c = pthread_getspecific(s->reader_key);
    if (c == NULL) {
        str problem = STR("");
        enum err e = s->backend->connect(s, false, &c, a, &problem);
        if (e != OK) {
            store_log("no connection for a reader: %.*s", STR_ARG(problem));
            return ERR_BUSY;
        }
        pthread_mutex_lock(&s->reader_lock);
        c->next = s->readers;
        s->readers = c;
        pthread_mutex_unlock(&s->reader_lock);
        pthread_setspecific(s->reader_key, c);
    }
    *out = c;
    return OK;
}

enum err store_begin(struct store *s, struct tx *tx)
{
    struct store_conn *c;
    enum err e = reader(s, tx->arena, &c);
    if (e == OK && c->depth == 0) {
        topics_see(s, c);
        e = s->backend->snapshot(c);
    }
    if (e != OK)
        return e;
    c->depth++;
    tx->store = s;
    tx->conn = c;
    tx->calendar = atomic_load(&s->calendar);
    tx->writes = false;
    tx->notes = tx->queries = 0;
    if (tx->who == NULL)
        tx->who = s->nobody;
    return OK;
}

void store_end(struct tx *tx)
{
    struct store_conn *c = tx->conn;
    if (c == NULL)
        return;
    if (--c->depth == 0)
        tx->store->backend->release(c);
    tx->conn = NULL;
}
