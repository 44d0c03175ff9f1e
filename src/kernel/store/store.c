/*
 * Opening, closing, checking; what belongs to the store as a whole.
 *
 * Two processes on one data file would each believe to be the writer, so the
 * folder has one owner (lite_owner.c).  Two processes on one PostgreSQL are
 * fine: a lock in the database makes their groups follow one another.
 */
#include "kernel/store/inside.h"
#include "kernel/store/rooms.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { QUEUE_DEFAULT = 4096 };

static pthread_once_t registered = PTHREAD_ONCE_INIT;
static pthread_mutex_t register_lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic int slots;

/* Lists handed to store_register, for store_check. */
static struct list {
    const struct store_query *const *queries;
    size_t n;
    struct list *next;
} *lists;

void store_log(const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    for (char *c = line; *c; c++) /* libpq's messages have several lines */
        if (*c == '\n')
            *c = c[1] ? ' ' : 0;
    fprintf(stderr, "store: %s\n", line);
}

int store_slots(void)
{
    return atomic_load(&slots);
}

void store_register(const struct store_query *const *queries, size_t n)
{
    struct list *l = malloc(sizeof *l);
    if (l == NULL)
        abort();
    pthread_mutex_lock(&register_lock);
    int next = atomic_load(&slots);
    for (size_t i = 0; i < n; i++)
        *queries[i]->slot = next++;
    atomic_store(&slots, next);
    *l = (struct list){ queries, n, lists };
    lists = l;
    pthread_mutex_unlock(&register_lock);
}

static void register_rooms(void)
{
    for (const struct store_room *const *r = store_rooms; *r; r++)
        store_register((*r)->queries, (*r)->n);
}

struct tx own_tx(struct store *s, struct store_conn *c, struct arena *a,
                 bool writes)
{
    return (struct tx){ .arena = a, .store = s, .conn = c, .who = s->nobody,
                        .now = inst_now(), .writes = writes,
                        .client = STR(""), .request_id = STR("") };
}

static struct store *store_new(const struct store_options *o)
{
    static const struct who nobody = { 0, { "", 0 }, { "", 0 },
                                       { "anyone", 6 }, { "system", 6 } };
    static _Atomic uint64_t serial;
    struct store *s = calloc(1, sizeof *s);
    if (s == NULL)
        abort();
    s->backend = o->url ? &pg_backend : &lite_backend;
    s->dir = o->dir ? strdup(o->dir) : NULL;
    s->url = o->url ? strdup(o->url) : NULL;
    s->queue_max = o->queue > 0 ? o->queue : QUEUE_DEFAULT;
    s->bulk = o->bulk;
    s->look = o->look;
    s->nobody = &nobody;
    s->owner_fd = -1;
    s->serial = ++serial;
    s->last = &s->first;
    pthread_mutex_init(&s->lock, NULL);
    pthread_mutex_init(&s->reader_lock, NULL);
    pthread_mutex_init(&s->news_lock, NULL);
    pthread_condattr_t steady; /* a wait must not follow the wall clock */
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&s->wake, &steady);
    pthread_cond_init(&s->news, &steady);
    pthread_cond_init(&s->keeper_wake, &steady);
    pthread_condattr_destroy(&steady);
    return s;
}

static void store_free(struct store *s)
{
    pthread_mutex_destroy(&s->lock);
    pthread_mutex_destroy(&s->reader_lock);
    pthread_mutex_destroy(&s->news_lock);
    pthread_cond_destroy(&s->wake);
    pthread_cond_destroy(&s->news);
    pthread_cond_destroy(&s->keeper_wake);
    free(s->dir);
    free(s->url);
    free(s->schema);
    free(s);
}

/* The writer's connection, the newest schema, the threads. */
static enum err open_writer(struct store *s, struct arena *a, str *problem)
{
    enum err e = OK;
    if (s->dir)
        e = owner_lock(s, a, problem);
    if (e == OK)
        e = s->backend->connect(s, true, &s->writer_conn, a, problem);
    if (e == OK)
        e = migrate(s, s->writer_conn, a, problem);
    if (e != OK)
        return e;
    *problem = STR("无法启动写入线程，请检查系统资源。");
    e = ids_load(s, s->writer_conn, a);
    if (e == OK)
        e = writer_start(s);
    if (e == OK && s->dir)
        e = keeper_start(s);
    s->loaded = e == OK && s->bulk && s->dir;
    return e;
}

/* A schema that is not ours is noticed before anything is read by it. */
static enum err open_look(struct store *s, struct arena *a, str *problem)
{
    struct store_conn *c = NULL;
    enum err e = s->backend->connect(s, false, &c, a, problem);
    if (e == OK)
        e = migrate_check(s, c, a, problem);
    if (c)
        s->backend->disconnect(c);
    return e;
}

enum err store_open(const struct store_options *o, struct arena *a,
                    struct store **out, str *problem)
{
    if ((o->dir == NULL) == (o->url == NULL)) {
        *problem = STR("请指定数据目录（--data）或数据库地址（--database）"
                       "之一。");
        return ERR_INPUT;
    }
    pthread_once(&registered, register_rooms);
    struct store *s = store_new(o);
    *problem = STR("系统资源不足，无法打开数据库。");
    enum err e = readers_open(s);
    if (e == OK)
        e = s->look ? open_look(s, a, problem) : open_writer(s, a, problem);
    if (e != OK) {
        store_close(s);
        return e;
    }
    *problem = str_none;
    *out = s;
    return OK;
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    writer_stop(s);
    readers_close(s);
    keeper_stop(s);
    if (s->writer_conn)
        s->backend->disconnect(s->writer_conn);
    if (s->loaded)
        bulk_finish(s);
    owner_unlock(s);
    store_free(s);
}

bool store_blocks(const struct store *s)
{
    return s->backend->blocks;
}

bool store_is_pg(const struct store *s)
{
    return s->backend == &pg_backend;
}

void store_set_calendar(struct store *s, const struct calendar *c)
{
    atomic_store(&s->calendar, c);
}

static enum err prepare_all(struct store *s, struct store_conn *c,
                            struct arena *a, str *problem)
{
    pthread_mutex_lock(&register_lock);
    enum err e = OK;
    for (struct list *l = lists; l && e == OK; l = l->next)
        for (size_t i = 0; i < l->n && e == OK; i++)
            e = s->backend->prepare(c, l->queries[i], a, problem);
    pthread_mutex_unlock(&register_lock);
    return e;
}

enum err store_check(struct store *s, struct arena *a, str *problem)
{
    struct store_conn *c = NULL;
    enum err e = s->backend->connect(s, false, &c, a, problem);
    if (e != OK)
        return e;
    e = migrate_check(s, c, a, problem);
    if (e == OK)
        e = prepare_all(s, c, a, problem);
    s->backend->disconnect(c);
    return e;
}

