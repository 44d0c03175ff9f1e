/*
 * PostgreSQL behind the store's face: connecting, statements, rows.  How a
 * group is committed is pg_group.c, how bytes travel pg_wire.c.
 */
#include "kernel/store/pg.h"

#include <stdlib.h>
#include <string.h>

static struct pg *pg_of(struct store_conn *c)
{
    return (struct pg *)c;
}

/* ---- rows ---- */

/* "t", "f", "12", "12.50": whole numbers of whatever type it has there. */
static int64_t number_of(const char *p)
{
    return *p == 't' ? 1 : *p == 'f' ? 0 : strtoll(p, NULL, 10);
}

static int digit_of(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* \x0a1b… as bytes in the arena. */
static str bytes_of(struct arena *a, const char *p, size_t n)
{
    if (n < 2 || p[0] != '\\')
        return STR("");
    size_t size = n / 2 - 1;
    char *out = arena_alloc(a, size + 1);
    for (size_t i = 0; i < size; i++)
        out[i] = (char)(digit_of(p[2 + 2 * i]) << 4 | digit_of(p[3 + 2 * i]));
    return (str){ out, size };
}

static void column(struct arena *a, const PGresult *r, int row, int i,
                   char letter, char *to)
{
    bool null = PQgetisnull(r, row, i);
    const char *p = PQgetvalue(r, row, i);
    size_t n = (size_t)PQgetlength(r, row, i);
    switch (letter) {
    case 'i':
    case 's':
    case 'f': /* one int64_t each */
        *(int64_t *)to = null ? INT_NONE : number_of(p);
        break;
    case 'd':
        *(day *)to = null ? day_none : (day){ (int32_t)number_of(p) };
        break;
    case 'b':
        *(bool *)to = !null && number_of(p) != 0;
        break;
    case 'x':
        *(str *)to = null ? str_none : bytes_of(a, p, n);
        break;
    default:
        *(str *)to = null ? str_none : arena_str(a, (str){ p, n });
    }
}

static void read_rows(const PGresult *r, struct store_rows *rows)
{
    const struct store_query *q = rows->q;
    int n = PQntuples(r);
    for (int k = 0; k < n && (k == 0 || !rows->one); k++) {
        char *row = rows_next(rows);
        for (int i = 0; q->out[i]; i++)
            column(rows->arena, r, k, i, q->out[i], row + q->offset[i]);
    }
}

/* ---- statements ---- */

/* A reader whose connection broke before its first statement tries again. */
static bool revived(struct pg *c, struct arena *a)
{
    str problem;
    if (c->writer || c->begun || !pg_connect_now(c, a, &problem))
        return false;
    c->base.failure = OK;
    return true;
}

static enum err ask_rows(struct pg *c, const struct store_query *q,
                         const struct store_param *in)
{
    bool first = !c->writer && !c->begun && c->base.depth > 0;
    if (first && !pg_say(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        return ERR_BUSY;
    enum err e = pg_send(c, q, in) ? pg_hear(c) : ERR_BUSY;
    if (first && !c->broken)
        c->begun = true;
    return e;
}

static enum err pg_select(struct tx *tx, const struct store_query *q,
                          const struct store_param *in,
                          struct store_rows *rows)
{
    struct pg *c = pg_of(tx->conn);
    if (c->pending >= PG_PENDING - 4) {
        enum err full = pg_hear(c);
        if (full != OK)
            return full;
    }
    enum err e = ask_rows(c, q, in);
    if (c->broken && revived(c, tx->arena))
        e = ask_rows(c, q, in);
    if (e == OK)
        read_rows(c->result, rows);
    return e;
}

static enum err pg_execute(struct tx *tx, const struct store_query *q,
                           const struct store_param *in, int64_t *changed)
{
    struct pg *c = pg_of(tx->conn);
    if (c->pending >= PG_PENDING - 4) {
        enum err full = pg_hear(c);
        if (full != OK)
            return full;
    }
    if (!c->alone && !c->saved) {
        c->saved = pg_say(c, "SAVEPOINT c");
        if (!c->saved)
            return ERR_BUSY;
    }
    c->wrote = true;
    if (!pg_send(c, q, in))
        return ERR_BUSY;
    if (changed == NULL)
        return OK;
    enum err e = pg_hear(c);
    if (e == OK)
        *changed = strtoll(PQcmdTuples(c->result), NULL, 10);
    return e;
}

/* ---- snapshots ---- */

static enum err pg_snapshot(struct store_conn *base)
{
    struct pg *c = pg_of(base);
    base->failure = OK;
    base->lost = false;
    c->begun = false;
    if (!c->broken)
        return OK;
    struct arena a = arena_make(0);
    str problem;
    bool up = tick_ms() >= c->next_try && pg_connect_now(c, &a, &problem);
    if (!up)
        c->next_try = tick_ms() + 100;
    arena_free(&a);
    return up ? OK : ERR_BUSY;
}

static void pg_release(struct store_conn *base)
{
    struct pg *c = pg_of(base);
    if (c->begun)
        pg_bid_farewell(c);
    c->begun = false;
    if (c->broken)
        pg_hang_up(c);
}

/* ---- opening ---- */

static void pg_disconnect(struct store_conn *base)
{
    struct pg *c = pg_of(base);
    pg_hang_up(c);
    free(c->prepared);
    free(c);
}

/* Who we are to the others on this database. */
static enum err introduce(struct pg *c)
{
    struct store *s = c->base.store;
    enum err e = pg_writer_session(c);
    if (e == OK)
        e = pg_ask(c, "SELECT current_schema()", 0, NULL);
    if (e != OK || PQgetisnull(c->result, 0, 0))
        return ERR_BUSY;
    s->schema = strdup(PQgetvalue(c->result, 0, 0));
    s->server = store_id(s);
    return OK;
}

static enum err pg_connect(struct store *s, bool writer,
                           struct store_conn **out, struct arena *a,
                           str *problem)
{
    struct pg *c = calloc(1, sizeof *c);
    if (c == NULL)
        abort();
    c->base.store = s;
    c->writer = writer;
    c->broken = true;
    if (!pg_connect_now(c, a, problem)) {
        pg_disconnect(&c->base);
        return ERR_BUSY;
    }
    if (writer && introduce(c) != OK) {
        *problem = STR("PostgreSQL 拒绝了写入会话，请查看日志。");
        pg_disconnect(&c->base);
        return ERR_BUSY;
    }
    *out = &c->base;
    return OK;
}

static enum err pg_script(struct store_conn *base, const char *lite,
                          const char *pg, struct arena *a, str *problem)
{
    (void)lite;
    struct pg *c = pg_of(base);
    enum err e = c->pending ? pg_hear(c) : OK;
    if (e != OK || PQexitPipelineMode(c->db) != 1)
        return ERR_BUSY;
    PGresult *r = PQexec(c->db, pg);
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK &&
        status != PGRES_EMPTY_QUERY) {
        *problem = arena_printf(a, "%s", PQresultErrorMessage(r));
        e = pg_meaning(r);
    }
    PQclear(r);
    return PQenterPipelineMode(c->db) == 1 ? e : ERR_BUSY;
}

static enum err pg_prepare(struct store_conn *base,
                           const struct store_query *q, struct arena *a,
                           str *problem)
{
    struct pg *c = pg_of(base);
    Oid types[64];
    int n = 0;
    for (; q->in[n] && n < 64; n++)
        types[n] = q->in[n] == 't' ? 25 : q->in[n] == 'x' ? 17 : 20;
    if (PQexitPipelineMode(c->db) != 1)
        return ERR_BUSY;
    PGresult *r = PQprepare(c->db, "", q->pg, n, types);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!good)
        *problem = arena_printf(a, "语句 %s 与数据库不符：%s", q->name,
                                PQresultErrorMessage(r));
    PQclear(r);
    return PQenterPipelineMode(c->db) == 1 && good ? OK : ERR_STORE;
}

const struct backend pg_backend = {
    .blocks = true,
    .connect = pg_connect,
    .disconnect = pg_disconnect,
    .snapshot = pg_snapshot,
    .release = pg_release,
    .select = pg_select,
    .execute = pg_execute,
    .begin = pg_begin,
    .open = pg_open,
    .keep = pg_keep,
    .undo = pg_undo,
    .commit = pg_commit,
    .abandon = pg_abandon,
    .idle = pg_idle,
    .script = pg_script,
    .prepare = pg_prepare,
};
