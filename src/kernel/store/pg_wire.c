/*
 * Talking to PostgreSQL: always in pipeline mode, so that what needs no answer
 * travels with what does.  A command of ten statements that reads twice costs
 * three round trips, not twelve.
 *
 * Results are text, whatever their type in the database (a sum of BIGINTs is
 * NUMERIC there); parameters are binary, because a str has no terminator.
 */
#include "kernel/store/pg.h"

#include <arpa/inet.h>
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMS = 64, OID_INT8 = 20, OID_TEXT = 25, OID_BYTEA = 17 };

/* ---- connecting ---- */

/* The server ends the session of a machine that fell silent in the middle of
 * a transaction: its lock would stop every other server. */
#define NOT_SILENT \
    "SET idle_in_transaction_session_timeout = '60s';" \
    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;" \
    "SET tcp_keepalives_count = 3;"

static bool session_settings(struct pg *c)
{
    const struct store *s = c->base.store;
    PGresult *r = PQexec(
        c->db, c->writer
                   ? s->bulk ? NOT_SILENT "SET synchronous_commit = off"
                             : NOT_SILENT "SET synchronous_commit = on"
                   : NOT_SILENT "SET statement_timeout = '30s';"
                     "SET default_transaction_read_only = on");
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    PQclear(r);
    return good && PQenterPipelineMode(c->db) == 1;
}

static void quiet(void *unused, const char *message)
{
    (void)unused, (void)message;
}

bool pg_connect_now(struct pg *c, struct arena *a, str *problem)
{
    /* What the address says itself comes after, and wins. */
    const char *const names[] = { "connect_timeout", "tcp_user_timeout",
                                  "keepalives_idle", "client_encoding",
                                  "application_name", "dbname", NULL };
    const char *const values[] = { "5", "15000", "10", "UTF8", "zhengtong",
                                   c->base.store->url, NULL };
    pg_hang_up(c);
    c->db = PQconnectdbParams(names, values, 1);
    if (PQstatus(c->db) == CONNECTION_OK && session_settings(c)) {
        PQsetNoticeProcessor(c->db, quiet, NULL);
        c->broken = false;
        return true;
    }
    *problem = arena_printf(a, "无法连接 PostgreSQL：%s",
                            PQerrorMessage(c->db));
    pg_hang_up(c);
    return false;
}

void pg_hang_up(struct pg *c)
{
    PQclear(c->result);
    c->result = NULL;
    PQfinish(c->db);
    c->db = NULL;
    c->broken = true;
    c->pending = c->farewells = 0;
    c->begun = c->saved = false;
    if (c->slots)
        memset(c->prepared, 0, (size_t)c->slots * sizeof *c->prepared);
}

/* ---- errors ---- */

static bool state_is(const char *state, const char *prefix)
{
    return strncmp(state, prefix, strlen(prefix)) == 0;
}

enum err pg_meaning(const PGresult *r)
{
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    static const char *const busy[] = { "08", "40", "53", "55P03", "57",
                                        "58", "25006" };
    if (state == NULL)
        return ERR_BUSY; /* the connection, not the statement */
    if (state_is(state, "23505") || state_is(state, "23503"))
        return ERR_CONFLICT;
    if (state_is(state, "22021"))
        return ERR_INPUT; /* a NUL in a text */
    for (size_t i = 0; i < sizeof busy / sizeof *busy; i++)
        if (state_is(state, busy[i]))
            return ERR_BUSY;
    return ERR_STORE;
}

/* The server is going away, or has gone. */
static bool ends_connection(struct pg *c, const PGresult *r)
{
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    return PQstatus(c->db) == CONNECTION_BAD ||
           (state && (state_is(state, "57P") || state_is(state, "08")));
}

static enum err gone(struct pg *c, const char *what)
{
    if (!c->broken)
        store_log("%s: the connection to PostgreSQL is lost: %s", what,
                  PQerrorMessage(c->db));
    c->broken = true;
    c->pending = 0;
    c->base.lost = true;
    c->base.failure = ERR_BUSY;
    if (c->writer)
        atomic_store(&c->base.store->down, true);
    return ERR_BUSY;
}

/* ---- sending ---- */

static bool note_sent(struct pg *c, const struct store_query *q,
                      const char *what, bool preparing, int sent)
{
    if (sent != 1) {
        gone(c, what);
        return false;
    }
    c->sent[c->pending++] = (struct pg_sent){ q, what, preparing };
    return true;
}

bool pg_say(struct pg *c, const char *text)
{
    return !c->broken &&
           note_sent(c, NULL, text, false,
                     PQsendQueryParams(c->db, text, 0, NULL, NULL, NULL, NULL,
                                       0));
}

static int types_of(const struct store_query *q, Oid types[PARAMS])
{
    int n = 0;
    for (; q->in[n] && n < PARAMS; n++)
        types[n] = q->in[n] == 't' ? OID_TEXT
                   : q->in[n] == 'x' ? OID_BYTEA : OID_INT8;
    return n;
}

static bool prepare(struct pg *c, const struct store_query *q)
{
    int slot = *q->slot;
    if (slot >= c->slots) {
        int n = store_slots();
        c->prepared = realloc(c->prepared, (size_t)n * sizeof *c->prepared);
        if (c->prepared == NULL)
            abort();
        memset(c->prepared + c->slots, 0, (size_t)(n - c->slots));
        c->slots = n;
    }
    if (c->prepared[slot])
        return true;
    Oid types[PARAMS];
    int n = types_of(q, types);
    char name[24];
    snprintf(name, sizeof name, "q%d", slot);
    c->prepared[slot] =
        note_sent(c, q, q->name, true,
                  PQsendPrepare(c->db, name, q->pg, n, types));
    return c->prepared[slot];
}

bool pg_send(struct pg *c, const struct store_query *q,
             const struct store_param *in)
{
    const char *value[PARAMS];
    int length[PARAMS], format[PARAMS], n = 0;
    uint64_t number[PARAMS];
    if (c->broken || (!q->fresh && !prepare(c, q)))
        return false;
    for (; q->in[n] && n < PARAMS; n++) {
        bool text = q->in[n] == 't' || q->in[n] == 'x';
        number[n] = htobe64((uint64_t)in[n].i);
        value[n] = in[n].null ? NULL
                   : !text    ? (const char *)&number[n]
                   : in[n].text.n ? in[n].text.p : "";
        length[n] = text ? (int)in[n].text.n : 8;
        format[n] = 1;
    }
    if (q->fresh) {
        Oid types[PARAMS];
        types_of(q, types);
        return note_sent(c, q, q->name, false,
                         PQsendQueryParams(c->db, q->pg, n, types, value,
                                           length, format, 0));
    }
    char name[24];
    snprintf(name, sizeof name, "q%d", *q->slot);
    return note_sent(c, q, q->name, false,
                     PQsendQueryPrepared(c->db, name, n, value, length,
                                         format, 0));
}

/* ---- hearing ---- */

/* One statement's answer; its meaning.  Keeps it in c->result. */
static enum err hear_one(struct pg *c, const struct pg_sent *what)
{
    PQclear(c->result);
    c->result = PQgetResult(c->db);
    ExecStatusType status = PQresultStatus(c->result);
    bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good && what->preparing)
        c->prepared[*what->q->slot] = false;
    if (c->result == NULL || (!good && ends_connection(c, c->result)))
        return gone(c, what->what);
    PGresult *end = PQgetResult(c->db); /* the end of this statement */
    PQclear(end);
    if (end != NULL)
        return gone(c, what->what);
    if (good || status == PGRES_PIPELINE_ABORTED)
        return OK; /* what was skipped is told by what failed before it */
    enum err e = pg_meaning(c->result);
    if (e != ERR_CONFLICT)
        store_log("%s: %s", what->what, PQresultErrorMessage(c->result));
    return e;
}

static bool hear_sync(struct pg *c)
{
    PGresult *r = PQgetResult(c->db);
    bool good = PQresultStatus(r) == PGRES_PIPELINE_SYNC;
    PQclear(r);
    return good;
}

/* The answers to a snapshot's COMMIT that nobody has waited for. */
static bool hear_farewells(struct pg *c)
{
    for (; c->farewells > 0; c->farewells--) {
        PGresult *r = PQgetResult(c->db);
        bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
        PQclear(r);
        if (!good || PQgetResult(c->db) != NULL || !hear_sync(c))
            return false;
    }
    return true;
}

enum err pg_hear(struct pg *c)
{
    if (c->broken)
        return gone(c, "hear");
    if (PQpipelineSync(c->db) != 1 || !hear_farewells(c))
        return gone(c, "sync");
    enum err first = OK;
    for (int i = 0; i < c->pending && !c->broken; i++) {
        enum err e = hear_one(c, &c->sent[i]);
        if (first == OK)
            first = e;
    }
    if (!c->broken && !hear_sync(c))
        return gone(c, "sync");
    c->pending = 0;
    if (first != OK)
        c->base.failure = first;
    return first;
}

void pg_bid_farewell(struct pg *c)
{
    if (c->broken)
        return;
    if (PQsendQueryParams(c->db, "COMMIT", 0, NULL, NULL, NULL, NULL, 0) != 1 ||
        PQpipelineSync(c->db) != 1)
        gone(c, "commit of a snapshot");
    else
        c->farewells++;
}

enum err pg_ask(struct pg *c, const char *text, int n,
                const char *const *params)
{
    if (c->broken || !note_sent(c, NULL, text, false,
                                PQsendQueryParams(c->db, text, n, NULL, params,
                                                  NULL, NULL, 0)))
        return ERR_BUSY;
    return pg_hear(c);
}
