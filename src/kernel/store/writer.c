/*
 * The writer: one thread, one queue, one transaction for all who wait.
 *
 * It takes everything that is queued, runs each command, takes what came
 * meanwhile, commits once nobody waits (or the first has waited long enough),
 * and only then tells each its fate.  The busier the server, the larger the
 * groups, so throughput grows where one-by-one commits would queue.  Commands
 * that fail are undone alone, even
 * where that means undoing all and running the others again; a commit that
 * fails takes the whole group with it, and nobody in it is told OK.
 */
#include "kernel/store/inside.h"

#include <stdlib.h>
#include <string.h>

enum {
    GROUP_MAX = 512, /* commands taken at once */
    GROUP_MS = 50,   /* how long a group lets others join it */
    IDLE_MS = 200,   /* how often an idle writer looks at its connection */
};

struct store_wait {
    pthread_mutex_t lock;
    pthread_cond_t over;
    bool done;
};

/* ---- submitting ---- */

enum err store_submit(struct store *s, struct command *c)
{
    c->next = NULL;
    pthread_mutex_lock(&s->lock);
    bool full = s->closing || !s->writer_started || atomic_load(&s->down) ||
                s->queued >= s->queue_max;
    if (!full) {
        *s->last = c;
        s->last = &c->next;
        if (s->queued++ == 0)
            pthread_cond_signal(&s->wake);
    }
    pthread_mutex_unlock(&s->lock);
    return full ? ERR_BUSY : OK;
}

enum err store_execute(struct store *s, struct command *c)
{
    struct store_wait w = { .done = false };
    pthread_mutex_init(&w.lock, NULL);
    pthread_cond_init(&w.over, NULL);
    c->wait = &w;
    enum err e = store_submit(s, c);
    if (e == OK) {
        pthread_mutex_lock(&w.lock);
        while (!w.done)
            pthread_cond_wait(&w.over, &w.lock);
        pthread_mutex_unlock(&w.lock);
        e = c->result;
    }
    c->wait = NULL;
    pthread_cond_destroy(&w.over);
    pthread_mutex_destroy(&w.lock);
    return e;
}

enum err store_aside(const struct tx *tx, struct command *c)
{
    c->tx = *tx;
    c->tx.conn = NULL;
    c->tx.notes = 0;
    return store_execute(tx->store, c);
}

static void finish(struct command *c)
{
    struct store_wait *w = c->wait;
    if (c->done)
        c->done(c, c->result); /* c may be gone after this */
    if (w == NULL)
        return;
    pthread_mutex_lock(&w->lock);
    w->done = true;
    pthread_cond_signal(&w->over);
    pthread_mutex_unlock(&w->lock);
}

/* ---- one command ---- */

static void prepare_tx(struct store *s, struct store_conn *conn,
                       struct command *c)
{
    struct tx *tx = &c->tx;
    tx->store = s;
    tx->conn = conn;
    tx->calendar = atomic_load(&s->calendar);
    tx->writes = true;
    tx->notes = tx->queries = 0;
    if (tx->who == NULL)
        tx->who = s->nobody;
    conn->touched = 0;
    conn->failure = OK;
}

/* run() with the arena's ceiling caught: the command is then merely undone. */
static enum err run_guarded(struct command *c)
{
    jmp_buf overflow, *outer = c->tx.arena->overflow;
    enum err e;
    if (setjmp(overflow) == 0) {
        c->tx.arena->overflow = &overflow;
        e = c->run(c, &c->tx);
    } else {
        store_log("a command ran into its arena's ceiling");
        e = ERR_BUSY;
    }
    c->tx.arena->overflow = outer;
    return e;
}

/* Runs one command in its savepoint; its result, and its topics if OK. */
static void run_command(struct store *s, struct store_conn *conn,
                        struct command *c, bool alone, uint64_t *topics)
{
    const struct backend *b = s->backend;
    char memory[STORE_MEMORY];
    memcpy(memory, conn->memory, sizeof memory);
    prepare_tx(s, conn, c);
    enum err e = b->open(conn, alone);
    if (e == OK)
        e = run_guarded(c);
    if (conn->failure != OK)
        e = conn->failure;
    if (e == OK)
        e = b->keep(conn);
    if (e == OK) {
        *topics |= conn->touched;
    } else {
        if (!conn->lost)
            b->undo(conn);
        memcpy(conn->memory, memory, sizeof memory);
    }
    conn->failure = OK;
    c->result = e;
}

/* ---- one group ---- */

/* Everybody of [from, end) who was to succeed is told to try again. */
static void fail_group(struct command *from, struct command *end)
{
    for (struct command *c = from; c != end; c = c->next)
        if (c->result == OK)
            c->result = ERR_BUSY;
}

static enum err reserve_ids(struct store *s, struct store_conn *conn,
                            struct arena *a)
{
    struct tx tx = own_tx(s, conn, a, true);
    return ids_reserve(s, &tx);
}

/* Up to GROUP_MAX commands of the queue.  The lock is held. */
static struct command *dequeue(struct store *s)
{
    struct command *list = s->first, **end = &s->first;
    int n = 0;
    while (*end && n < GROUP_MAX)
        end = &(*end)->next, n++;
    s->first = *end;
    *end = NULL;
    if (s->first == NULL)
        s->last = &s->first;
    s->queued -= n;
    return list;
}

/* Those who came while the group ran share its commit: a sync costs as much
 * as several commands. */
static struct command *join(struct store *s)
{
    pthread_mutex_lock(&s->lock);
    struct command *list = dequeue(s);
    pthread_mutex_unlock(&s->lock);
    return list;
}

/*
 * Runs commands from list until the end or until the transaction is lost;
 * returns the first that has not been run.  Those before it have their result.
 */
static struct command *run_group(struct store *s, struct command *list,
                                 bool careful, struct arena *a)
{
    struct store_conn *conn = s->writer_conn;
    const struct backend *b = s->backend;
    int64_t until = careful ? 0 : tick_ms() + GROUP_MS;
    uint64_t topics = 0;
    struct command *c = list;

    conn->lost = conn->replay = false;
    enum err e = b->begin(conn);
    for (; e == OK && c && !conn->lost; c = c->next) {
        bool alone = (c == list && c->next == NULL) || (b->bold && !careful);
        run_command(s, conn, c, alone, &topics);
        if (c->next == NULL && !conn->lost && tick_ms() < until)
            c->next = join(s);
    }
    if (e != OK)
        for (; c; c = c->next)
            c->result = ERR_BUSY;
    else if (conn->lost || reserve_ids(s, conn, a) != OK)
        e = ERR_BUSY;
    else {
        conn->topics = topics;
        e = b->commit(conn);
    }
    if (e != OK) {
        b->abandon(conn);
        memset(conn->memory, 0, sizeof conn->memory);
        fail_group(list, c);
    } else {
        topics_bump(s, topics);
    }
    return c;
}

/* Those of [from, end) that the last of them pulled down with it: together,
 * each undone by itself if need be; what even that cannot save, one by one. */
static void run_again(struct store *s, struct command *from,
                      struct command *end, struct arena *a)
{
    struct command *last = from;
    if (from->next == end)
        return;
    while (last->next->next != end)
        last = last->next;
    struct command *culprit = last->next;
    last->next = NULL;
    struct command *rest = run_group(s, from, true, a);
    last->next = culprit;
    if (rest == NULL && !s->writer_conn->replay)
        return;
    for (struct command *c = from; c->next != end; c = c->next) {
        struct command *next = c->next;
        if (c->result != ERR_BUSY)
            continue;
        c->next = NULL;
        run_group(s, c, true, a);
        c->next = next;
    }
}

static void serve(struct store *s, struct command *list, struct arena *a)
{
    while (list) {
        struct command *rest = run_group(s, list, false, a);
        if (s->writer_conn->replay)
            run_again(s, list, rest, a);
        while (list != rest) {
            struct command *next = list->next;
            finish(list);
            list = next;
        }
        arena_reset(a);
    }
}

/* What is queued; waits a little for the first.  The lock is held. */
static struct command *take(struct store *s)
{
    if (s->first == NULL && !s->closing) {
        int64_t until = tick_ms() + IDLE_MS;
        struct timespec t = { until / 1000, until % 1000 * 1000000 };
        pthread_cond_timedwait(&s->wake, &s->lock, &t);
    }
    return dequeue(s);
}

static void *writer_main(void *p)
{
    struct store *s = p;
    struct arena a = arena_make(0);
    pthread_mutex_lock(&s->lock);
    while (!s->closing || s->first) {
        struct command *list = take(s);
        pthread_mutex_unlock(&s->lock);
        serve(s, list, &a);
        if (s->backend->idle)
            s->backend->idle(s->writer_conn);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    arena_free(&a);
    return NULL;
}

enum err writer_start(struct store *s)
{
    s->writer_started = pthread_create(&s->writer, NULL, writer_main, s) == 0;
    return s->writer_started ? OK : ERR_BUSY;
}

void writer_stop(struct store *s)
{
    if (!s->writer_started)
        return;
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->writer, NULL);
    s->writer_started = false;
}
