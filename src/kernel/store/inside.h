/*
 * The inside of the store: what its files share and nobody else sees.
 *
 * A backend is SQLite or PostgreSQL.  Everything about queues, groups, threads
 * and migrations is written once above it.
 */
#ifndef KERNEL_STORE_INSIDE_H
#define KERNEL_STORE_INSIDE_H

#include "kernel/store/store.h"

#include <pthread.h>
#include <stdatomic.h>

/* A connection; each backend's own struct begins with it. */
struct store_conn {
    struct store *store;
    struct store_conn *next; /* of the store's readers */
    int depth;               /* nested store_begin */
    bool lost;               /* the group's transaction is gone */
    bool replay;             /* …for one command's sake: run the others again */
    enum err failure;        /* what the database said to this command */
    uint64_t touched;        /* topics of this command */
    uint64_t seen[STORE_TOPICS]; /* versions when the snapshot was taken */
    uint64_t topics;         /* of the group, before commit */
    _Alignas(16) char memory[STORE_MEMORY];
};

/* Rows on their way from a statement into an arena. */
struct store_rows {
    const struct store_query *q;
    struct arena *arena;
    char *base;
    size_t n, cap;
    bool one; /* base is the caller's row; the first is enough */
};

/* Room for the next row, zeroed; :one gets the caller's. */
void *rows_next(struct store_rows *r);

struct backend {
    bool blocks;
    bool bold; /* a group runs as if each command were alone, until one fails
                  that has written; then the others run again, with care */

    /* writer: the one that commits.  *problem is set when it fails. */
    enum err (*connect)(struct store *s, bool writer, struct store_conn **out,
                        struct arena *a, str *problem);
    void (*disconnect)(struct store_conn *c);

    enum err (*snapshot)(struct store_conn *c);
    void (*release)(struct store_conn *c);

    enum err (*select)(struct tx *tx, const struct store_query *q,
                       const struct store_param *in, struct store_rows *rows);
    /* changed: rows written, or NULL: not asked for. */
    enum err (*execute)(struct tx *tx, const struct store_query *q,
                        const struct store_param *in, int64_t *changed);

    /* The group: begin, then for each command open and keep or undo, then
     * commit.  alone: undo may undo all; it then sets lost and replay. */
    enum err (*begin)(struct store_conn *c);
    enum err (*open)(struct store_conn *c, bool alone);
    enum err (*keep)(struct store_conn *c);
    void (*undo)(struct store_conn *c);
    enum err (*commit)(struct store_conn *c);
    void (*abandon)(struct store_conn *c);
    void (*idle)(struct store_conn *c); /* between groups; may be NULL */

    /* Several statements without parameters, for migrations. */
    enum err (*script)(struct store_conn *c, const char *lite, const char *pg,
                       struct arena *a, str *problem);
    enum err (*prepare)(struct store_conn *c, const struct store_query *q,
                        struct arena *a, str *problem);
};

extern const struct backend lite_backend, pg_backend;

struct store {
    const struct backend *backend;
    char *dir, *url;
    int queue_max;
    bool bulk, look;
    bool loaded; /* a bulk load that must be synced at the end */

    /* readers: one connection a thread */
    pthread_key_t reader_key;
    pthread_mutex_t reader_lock;
    struct store_conn *readers;

    /* writer: one thread, one queue */
    pthread_t writer;
    bool writer_started;
    struct store_conn *writer_conn;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct command *first, **last;
    int queued;
    bool closing;
    _Atomic bool down; /* the database is away: nothing is queued */

    /* ids */
    _Atomic int64_t last_id;
    int64_t reserved_ms; /* the writer's */
    _Atomic int node;    /* 0..255, unlike any other living process */

    uint64_t serial;
    _Atomic uint64_t version[STORE_TOPICS];
    pthread_mutex_t news_lock;
    pthread_cond_t news; /* some version has grown */
    const struct calendar *_Atomic calendar;
    const struct who *nobody;

    /* SQLite */
    int owner_fd;
    pthread_t keeper;
    bool keeper_started;
    pthread_cond_t keeper_wake;
    _Atomic int wal_frames;
    int wal_looked; /* the writer's: frames when it last looked at the space */
    int wal_woken;  /* its length when the keeper was last called */
    _Atomic bool wal_too_long;
    _Atomic bool wal_nearly; /* but for the last frames it is carried over */

    /* PostgreSQL */
    char *schema;
    int64_t server; /* an id of this process */
    int64_t group;  /* counts what it committed */
};

/* How many slots have been given out; connections grow to it. */
int store_slots(void);

/* Writes a line to the log of the process. */
void store_log(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Notes what a snapshot that is begun next will surely show. */
void topics_see(struct store *s, struct store_conn *c);

/* The versions of these topics grow by one; who waits for them wakes. */
void topics_bump(struct store *s, uint64_t topics);

/* A tx on a connection of our own, for the store's own queries. */
struct tx own_tx(struct store *s, struct store_conn *c, struct arena *a,
                 bool writes);

/* Runs what has not run yet. */
enum err migrate(struct store *s, struct store_conn *c, struct arena *a,
                 str *problem) MUST_USE;
/* ERR_CONFLICT with *problem when the database is not at our schema. */
enum err migrate_check(struct store *s, struct store_conn *c, struct arena *a,
                       str *problem) MUST_USE;

/* The thread that commits; ERR_BUSY when there can be none. */
enum err writer_start(struct store *s) MUST_USE;
void writer_stop(struct store *s);

/* A place for each thread's connection. */
enum err readers_open(struct store *s) MUST_USE;
void readers_close(struct store *s);

/* Ids start above the mark; call on the writer's connection. */
enum err ids_load(struct store *s, struct store_conn *c, struct arena *a)
    MUST_USE;
/* In the group's transaction, when ids came close to the mark. */
enum err ids_reserve(struct store *s, struct tx *tx) MUST_USE;

/* SQLite: the folder's owner lock, the thread that checkpoints. */
enum err owner_lock(struct store *s, struct arena *a, str *problem) MUST_USE;
void owner_unlock(struct store *s);
enum err keeper_start(struct store *s) MUST_USE;
void keeper_stop(struct store *s);
/* After a bulk load is closed: all of it on the disk, then the mark goes. */
void bulk_finish(struct store *s);

#endif
