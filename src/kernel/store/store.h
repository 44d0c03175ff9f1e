/*
 * store -- the one door to the database, SQLite or PostgreSQL behind it.
 *
 * Readers take a snapshot and never wait for writers.  Writing is done by
 * commands: each runs on the writer inside a savepoint, all commands queued at
 * that moment share one transaction, and a command's done() is called only when
 * the transaction is on disk (group commit).  That is why one thread writes as
 * fast as the disk allows and nobody ever sees a lock.
 *
 * No other room includes sqlite3.h or libpq-fe.h.  All SQL is in queries.sql
 * files; sqlgen checks it at build time and makes typed functions that end in
 * store_one, store_many and store_change below.
 */
#ifndef KERNEL_STORE_H
#define KERNEL_STORE_H

#include "base/base.h"

struct store;
struct store_conn;
struct calendar;

/* On whose behalf something is done; who of the audit trail. */
struct who {
    int64_t account; /* 0: nobody signed in */
    str name;        /* the person's name as others see it; "" for nobody */
    str unit;        /* code of the organisation whose desk it is, or "" */
    str role;        /* one of kernel/auth's roles */
    str via;         /* channel: "web", "window", "agent", "kiosk", "system" */
};

/*
 * One piece of work against the database: a read snapshot or one command.
 * Rows and texts it yields live in its arena.
 */
struct tx {
    struct arena *arena;
    struct store *store;
    struct store_conn *conn;   /* the store's own */
    const struct who *who;     /* never NULL */
    const struct calendar *calendar; /* never NULL once the clock room is up */
    inst now;                  /* told from outside, never asked for */
    bool writes;
    int notes;                 /* audit notes this command left so far */
    int queries;               /* statements run so far: tests assert budgets */
    str client;                /* IP address or "" */
    str request_id;            /* for the audit trail and the log */
    const void *kept;          /* what a slow job did beforehand, or NULL */
};

static inline day tx_today(const struct tx *tx) { return inst_day(tx->now); }

/* ---- opening ---- */

struct store_options {
    const char *dir;      /* SQLite: folder of the data file, made if absent */
    const char *url;      /* PostgreSQL: postgresql://…; exactly one is set */
    int queue;            /* commands that may wait; beyond: ERR_BUSY */
    bool bulk;            /* the demonstration loader: bigger caches, and the
                             disk is asked once, at the end; a load that was
                             cut short is refused by the next opening */
    bool look;            /* only reads, beside a running server if there is
                             one: no owner, no migration, no writer */
};

/* Opens, migrates to the newest schema, starts the writer.  *problem is a
 * sentence for the operator in the arena when it fails. */
enum err store_open(const struct store_options *o, struct arena *a,
                    struct store **out, str *problem) MUST_USE;

/* Finishes queued commands, stops the writer, closes.  NULL is allowed.  No
 * other thread may be between store_begin and store_end any more. */
void store_close(struct store *s);

/* What tx->calendar will be from now on; the clock room calls it whenever it
 * has read a calendar.  The store only hands the pointer on: an older calendar
 * stays alive as long as somebody may be reading by it. */
void store_set_calendar(struct store *s, const struct calendar *c);

/* True where statements block on a network (PostgreSQL): the dispatcher then
 * reads on workers instead of on its socket threads. */
bool store_blocks(const struct store *s);

/* True on PostgreSQL: full text is the one thing the two do not share, so
 * kernel/search asks; nobody else should need to. */
bool store_is_pg(const struct store *s);

/* Prepares every statement of every room against the real database; the first
 * that does not fit is named in *problem. */
enum err store_check(struct store *s, struct arena *a, str *problem) MUST_USE;

/* ---- reading ---- */

/*
 * A snapshot on the calling thread's own connection.  The caller has set arena,
 * who (NULL: nobody), now, client, request_id; the store sets the rest.  What
 * is read is one state of the database from the first query to store_end.
 * Calls may nest; the inner one sees the outer one's snapshot.  ERR_BUSY when
 * the database is down.
 */
enum err store_begin(struct store *s, struct tx *tx) MUST_USE;
void store_end(struct tx *tx);

/* ---- writing ---- */

/*
 * A command: run() does the work inside its own savepoint, on the writer;
 * anything but OK leaves no trace.  done() is called once, on the writer's
 * thread, when the fate is sealed: OK means durable.  It must be quick, and may
 * not call store_execute.
 *
 * run() may be called a second time when the group it was part of failed for
 * another's sake: it starts afresh each time, and does nothing outside tx.
 * When a statement of it failed in the database (a unique index, a check), the
 * command is lost on both databases: later statements answer the same error
 * and so does the command, whatever run() returns.  Who expects that a thing
 * may exist already asks first; nobody else writes in between.
 */
struct command {
    enum err (*run)(struct command *c, struct tx *tx);
    void (*done)(struct command *c, enum err e); /* may be NULL */
    struct tx tx;           /* arena, who, now, client set by the submitter */
    enum err result;        /* set before done() */
    struct command *next;   /* the queue's */
    struct store_wait *wait; /* store_execute's */
};

/* Queues; ERR_BUSY when the queue is full or the store is closing (done() is
 * then not called). */
enum err store_submit(struct store *s, struct command *c) MUST_USE;

/* Queues and waits: for jobs and command-line verbs. */
enum err store_execute(struct store *s, struct command *c) MUST_USE;

/* The same on behalf of whoever asks in tx, a reader: what must stay although
 * the request is refused (a try that failed).  c->run alone is set. */
enum err store_aside(const struct tx *tx, struct command *c) MUST_USE;

/* From a reader: a small write of its own, not waited for and not promised.
 * run is called on the writer with the reader's who and two numbers. */
typedef enum err store_later_run(struct tx *tx, int64_t a, int64_t b);
void store_later(const struct tx *tx, store_later_run *run, int64_t a,
                 int64_t b);

/* A new id: 64-bit, growing with time, unique in the cluster, never shown. */
int64_t store_id(struct store *s);

/* ---- versions of topics ---- */

/*
 * A topic ("board", "catalogue") has a version that grows when a command that
 * touched it is durable.  Page cache and live pages compare versions.
 */
enum { STORE_TOPICS = 64 };
void store_touch(struct tx *tx, int topic);
uint64_t store_version(const struct store *s, int topic);
/* The version that tx surely shows: taken before its snapshot was.  What is
 * kept of a snapshot is kept under this one, else it may stay too old. */
uint64_t store_seen(const struct tx *tx, int topic);
/* Of every store that this process opens another, never 0: what is kept of one
 * is kept under it, for a pointer may be another store's tomorrow. */
uint64_t store_serial(const struct store *s);

/* Waits until the topic's version is another than `seen`, at most ms; returns
 * the version.  For threads that have nothing else to do. */
uint64_t store_await(struct store *s, int topic, uint64_t seen, int ms);

/* ---- the writer's memory ---- */

/*
 * A few bytes that live with the writer from command to command, go back to
 * what they were when a command rolls back, and are zero whenever the database
 * may have moved on without us.  The head of the audit chain is kept here.
 */
enum { STORE_MEMORY = 256 };
void *store_memory(struct tx *tx);

/* ---- what generated code calls ---- */

enum store_kind { STORE_ONE, STORE_MANY, STORE_CHANGE, STORE_RUN };

struct store_param {
    str text;
    int64_t i;
    bool null;
};

/*
 * A statement as sqlgen wrote it.  Types, one letter a column or parameter:
 * t str · i int64_t · d day · s inst · f fen · b bool · x bytes (a str).
 */
struct store_query {
    const char *name;      /* "services.case_public" */
    enum store_kind kind;
    const char *lite, *pg; /* the text in either dialect */
    const char *in, *out;  /* type letters */
    const uint16_t *offset; /* of each out column in the row struct */
    size_t row;            /* size of the row struct */
    int *slot;             /* the statement's number in every connection */
    bool fresh;            /* PostgreSQL plans it anew for each call's values */
};

/* Gives queries their slots and adds them to what store_check prepares.  The
 * store does it for every room by itself; tests register their own. */
void store_register(const struct store_query *const *queries, size_t n);

/* ERR_NOTFOUND, *row untouched, when there is none. */
enum err store_one(struct tx *tx, const struct store_query *q,
                   const struct store_param *in, void *row) MUST_USE;
/* Rows in tx's arena; *n may be 0, *rows is then NULL. */
enum err store_many(struct tx *tx, const struct store_query *q,
                    const struct store_param *in, void **rows, size_t *n)
    MUST_USE;
/* ERR_CONFLICT unless exactly one row changed. */
enum err store_change(struct tx *tx, const struct store_query *q,
                      const struct store_param *in) MUST_USE;
/* :run -- any number of rows changed.  Who passes NULL for `changed` does not
 * wait for the answer: PostgreSQL may be told later, together with others, and
 * an error shows at the next statement or as the command's own end. */
enum err store_run(struct tx *tx, const struct store_query *q,
                   const struct store_param *in, int64_t *changed) MUST_USE;

static inline struct store_param store_text(str s)
{
    return (struct store_param){ .text = s, .null = str_is_none(s) };
}

static inline struct store_param store_int(int64_t i)
{
    return (struct store_param){ .i = i };
}

static inline struct store_param store_bool(bool b)
{
    return (struct store_param){ .i = b };
}

static inline struct store_param store_day(day d)
{
    return (struct store_param){ .i = d.n, .null = day_is_none(d) };
}

static inline struct store_param store_inst(inst t)
{
    return (struct store_param){ .i = t.ms, .null = inst_is_none(t) };
}

static inline struct store_param store_fen(fen f)
{
    return (struct store_param){ .i = f.n, .null = fen_is_none(f) };
}

/* An int column that may be NULL uses INT_NONE on the C side. */
#define INT_NONE INT64_MIN

#endif
