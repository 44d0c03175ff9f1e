/*
 * The group on PostgreSQL.
 *
 * One group is BEGIN, a lock that all servers on this database share, the
 * commands each behind a savepoint, a row with the group's number, COMMIT.
 * Only reads and the end of each command wait for the network.
 *
 * When the connection goes before COMMIT was sent, nothing has happened.  When
 * it goes after, the row with the group's number tells: we connect again, take
 * the lock (so the old session has ended one way or the other) and look.
 * Nobody in the group is answered before that is known.
 */
#include "kernel/store/pg.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    PAUSE_MIN = 100, PAUSE_MAX = 2000, /* ms between tries to connect */
    GIVE_UP_MS = 10000, /* closing does not wait longer for a lost answer */
    NODES = 255,
};

#define OURS "hashtext('zhengtong ' || current_schema())"

static const char lock_text[] = "SELECT pg_advisory_xact_lock(" OURS ")";

static struct pg *pg_of(struct store_conn *c)
{
    return (struct pg *)c;
}

/* ---- the writer's session ---- */

/* A number for our ids that no other living server on this database has. */
static enum err take_node(struct pg *c)
{
    char number[16];
    const char *const params[] = { number };
    int mine = c->base.store->node;
    for (int i = 0; i < NODES; i++) {
        int n = mine ? 1 + (mine - 1 + i) % NODES : 1 + i;
        snprintf(number, sizeof number, "%d", n);
        enum err e = pg_ask(c, "SELECT pg_try_advisory_lock(" OURS
                               ", CAST($1 AS int))", 1, params);
        if (e != OK)
            return e;
        if (*PQgetvalue(c->result, 0, 0) == 't') {
            atomic_store(&c->base.store->node, n);
            return OK;
        }
    }
    store_log("more than %d servers on one database", NODES);
    return ERR_BUSY;
}

enum err pg_writer_session(struct pg *c)
{
    enum err e = take_node(c);
    if (e == OK && !pg_say(c, "LISTEN zhengtong"))
        e = ERR_BUSY;
    if (e == OK)
        e = pg_hear(c);
    if (e == OK)
        atomic_store(&c->base.store->down, false);
    return e;
}

/* Connects again unless it was tried a moment ago. */
static enum err reconnect(struct pg *c)
{
    if (tick_ms() < c->next_try)
        return ERR_BUSY;
    struct arena a = arena_make(0);
    str problem;
    bool up = pg_connect_now(c, &a, &problem) && pg_writer_session(c) == OK;
    arena_free(&a);
    c->pause = up ? 0 : c->pause * 2;
    if (!up && c->pause < PAUSE_MIN)
        c->pause = PAUSE_MIN;
    if (c->pause > PAUSE_MAX)
        c->pause = PAUSE_MAX;
    c->next_try = tick_ms() + c->pause;
    c->base.failure = OK;
    if (!up)
        return ERR_BUSY;
    store_log("connected to PostgreSQL again");
    memset(c->base.memory, 0, sizeof c->base.memory);
    return OK;
}

/* ---- commands ---- */

enum err pg_begin(struct store_conn *base)
{
    struct pg *c = pg_of(base);
    if (c->broken && reconnect(c) != OK)
        return ERR_BUSY;
    base->lost = false;
    base->failure = OK;
    c->alone = true;
    c->saved = c->wrote = false;
    /* another server may have moved on between our groups */
    memset(base->memory, 0, sizeof base->memory);
    return pg_say(c, "BEGIN") && pg_say(c, lock_text) ? OK : ERR_BUSY;
}

enum err pg_open(struct store_conn *base, bool alone)
{
    struct pg *c = pg_of(base);
    c->alone = alone;
    c->saved = c->wrote = false;
    return OK;
}

/* What was sent and not yet answered is part of the command's fate. */
enum err pg_keep(struct store_conn *base)
{
    struct pg *c = pg_of(base);
    if (c->saved && !pg_say(c, "RELEASE SAVEPOINT c"))
        return ERR_BUSY;
    enum err e = c->pending ? pg_hear(c) : OK;
    if (e == OK) {
        c->saved = false;
        c->alone = true; /* the store's own statements need no savepoint */
    }
    return e;
}

void pg_undo(struct store_conn *base)
{
    struct pg *c = pg_of(base);
    bool failed = base->failure != OK;
    if (c->pending) { /* sent, but the command gave up before the answer */
        enum err e = pg_hear(c);
        failed |= e != OK;
    }
    if (c->saved && !c->broken) {
        if (!pg_say(c, "ROLLBACK TO SAVEPOINT c") ||
            !pg_say(c, "RELEASE SAVEPOINT c"))
            base->lost = true;
    } else if (failed || c->wrote) {
        base->lost = true; /* the transaction was this command, or is dead */
        base->replay = !c->broken;
    }
    c->saved = false;
    c->alone = true;
}

/* ---- the end ---- */

static void say_group(struct pg *c)
{
    static const char text[] =
        "INSERT INTO store_commit (server, grp, at) VALUES ("
        "CAST($1 AS bigint), CAST($2 AS bigint), CAST($3 AS bigint)) "
        "ON CONFLICT (server) DO UPDATE SET grp = excluded.grp, "
        "at = excluded.at";
    char server[24], group[24], at[24];
    const char *const params[] = { server, group, at };
    struct store *s = c->base.store;
    snprintf(server, sizeof server, "%" PRId64, s->server);
    snprintf(group, sizeof group, "%" PRId64, s->group);
    snprintf(at, sizeof at, "%" PRId64, inst_now().ms);
    if (c->pending >= PG_PENDING - 4)
        (void)!pg_hear(c);
    if (!c->broken &&
        PQsendQueryParams(c->db, text, 3, NULL, params, NULL, NULL, 0) == 1)
        c->sent[c->pending++] = (struct pg_sent){ .what = "group" };
}

/* Tells the other servers which topics moved. */
static void say_topics(struct pg *c)
{
    char payload[64];
    const char *const params[] = { payload };
    snprintf(payload, sizeof payload, "%" PRId64 " %" PRIx64,
             c->base.store->server, c->base.topics);
    if (c->base.topics && !c->broken &&
        PQsendQueryParams(c->db, "SELECT pg_notify('zhengtong', "
                                 "current_schema() || ' ' || $1)",
                          1, NULL, params, NULL, NULL, 0) == 1)
        c->sent[c->pending++] = (struct pg_sent){ .what = "topics" };
}

static bool closing_too_long(struct store *s, int64_t since)
{
    pthread_mutex_lock(&s->lock);
    bool closing = s->closing;
    pthread_mutex_unlock(&s->lock);
    return closing && tick_ms() - since > GIVE_UP_MS;
}

/* Did the group whose COMMIT nobody answered happen?  Waits until it knows. */
static enum err find_out(struct pg *c)
{
    struct store *s = c->base.store;
    char server[24], group[24];
    const char *const params[] = { server, group };
    snprintf(server, sizeof server, "%" PRId64, s->server);
    snprintf(group, sizeof group, "%" PRId64, s->group);
    int64_t since = tick_ms();
    while (!closing_too_long(s, since)) {
        if (reconnect(c) == OK && pg_say(c, "BEGIN") && pg_say(c, lock_text) &&
            pg_ask(c, "SELECT count(*) FROM store_commit WHERE server = "
                      "CAST($1 AS bigint) AND grp = CAST($2 AS bigint)", 2,
                   params) == OK) {
            bool happened = *PQgetvalue(c->result, 0, 0) == '1';
            if (pg_say(c, "COMMIT") && pg_hear(c) == OK)
                c->base.failure = OK;
            store_log("group %" PRId64 " %s", s->group,
                      happened ? "was committed" : "was not committed");
            return happened ? OK : ERR_BUSY;
        }
        nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
    }
    return ERR_BUSY;
}

enum err pg_commit(struct store_conn *base)
{
    struct pg *c = pg_of(base);
    base->store->group++;
    say_group(c);
    say_topics(c);
    if (c->broken || c->pending == 0 || !pg_say(c, "COMMIT"))
        return ERR_BUSY;
    enum err e = pg_hear(c);
    if (c->broken)
        return find_out(c);
    if (e == OK && strcmp(PQcmdStatus(c->result), "COMMIT") != 0)
        e = ERR_BUSY; /* it answered ROLLBACK */
    return e == OK ? OK : ERR_BUSY;
}

void pg_abandon(struct store_conn *base)
{
    struct pg *c = pg_of(base);
    if (!c->broken && c->pending)
        (void)!pg_hear(c);
    if (!c->broken && PQtransactionStatus(c->db) != PQTRANS_IDLE &&
        pg_say(c, "ROLLBACK"))
        (void)!pg_hear(c);
    base->failure = OK;
}

/* ---- between groups ---- */

static void heard_topics(struct store *s, const char *payload,
                         const char *schema)
{
    char where[70];
    int64_t server;
    uint64_t topics;
    if (sscanf(payload, "%69s %" SCNd64 " %" SCNx64, where, &server,
               &topics) != 3 ||
        server == s->server || strcmp(where, schema) != 0)
        return;
    topics_bump(s, topics);
}

void pg_idle(struct store_conn *base)
{
    struct pg *c = pg_of(base);
    if (c->broken) {
        (void)!reconnect(c);
        return;
    }
    struct pollfd p = { PQsocket(c->db), POLLIN, 0 };
    if (poll(&p, 1, 0) > 0 && PQconsumeInput(c->db) != 1) {
        pg_hang_up(c); /* the server went away while we had nothing to say */
        atomic_store(&base->store->down, true);
        return;
    }
    for (PGnotify *n; (n = PQnotifies(c->db)) != NULL; PQfreemem(n))
        heard_topics(base->store, n->extra, base->store->schema);
}
