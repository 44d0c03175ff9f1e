/* PostgreSQL's connection, shared by pg.c, pg_wire.c and pg_group.c. */
#ifndef KERNEL_STORE_PG_H
#define KERNEL_STORE_PG_H

#include "kernel/store/inside.h"

#include <libpq-fe.h>

enum { PG_PENDING = 128 }; /* statements sent before an answer is read */

/* A statement on its way: sent, not yet answered. */
struct pg_sent {
    const struct store_query *q; /* NULL: one of the store's own words */
    const char *what;            /* for the log */
    bool preparing;
};

struct pg {
    struct store_conn base;
    PGconn *db;
    bool writer;
    bool broken;       /* the connection is gone; nothing sent will be heard */
    bool *prepared;    /* by slot */
    int slots;
    struct pg_sent sent[PG_PENDING];
    int pending;
    int farewells;     /* COMMITs of readers whose answers nobody waited for */
    PGresult *result;  /* the last answer; freed with the next */

    bool begun;        /* reader: the snapshot's BEGIN has been sent */
    bool alone, saved, wrote; /* of the command at hand */
    int64_t next_try;  /* tick when connecting may be tried again */
    int pause;         /* ms between tries, growing */
};

/* ---- pg_wire.c ---- */

bool pg_connect_now(struct pg *c, struct arena *a, str *problem);
void pg_hang_up(struct pg *c);

/* Sends without waiting; false when the connection is gone. */
bool pg_say(struct pg *c, const char *text);
bool pg_send(struct pg *c, const struct store_query *q,
             const struct store_param *in);
/* Hears all that was sent; the last answer is in c->result.  OK, or what the
 * first failure means. */
enum err pg_hear(struct pg *c);
/* Sends COMMIT of a snapshot and leaves its answer for later. */
void pg_bid_farewell(struct pg *c);

/* One text with texts as parameters, heard at once. */
enum err pg_ask(struct pg *c, const char *text, int n,
                const char *const *params);

/* What a failed statement's SQLSTATE means to the command. */
enum err pg_meaning(const PGresult *r);

/* ---- pg_group.c ---- */

/* The backend's members of these names. */
enum err pg_begin(struct store_conn *base);
enum err pg_open(struct store_conn *base, bool alone);
enum err pg_keep(struct store_conn *base);
void pg_undo(struct store_conn *base);
enum err pg_commit(struct store_conn *base);
void pg_abandon(struct store_conn *base);
void pg_idle(struct store_conn *base);

/* The writer's session: its node number, its ear for the others' topics. */
enum err pg_writer_session(struct pg *c);

#endif
