/*
 * SQLite behind the store's face.
 *
 * WAL, synchronous=FULL, one writer.  A command's savepoint is opened only when
 * it first writes, and only in a group that is run a second time: most commands
 * that fail do so before they write, while a savepoint makes SQLite copy each
 * page the command touches and write the full text of each command by itself.
 *
 * An error that SQLite answers with a rollback of the whole transaction (disk
 * full, input or output error, memory) leaves the connection usable: the group
 * is told to try again and the next BEGIN finds out whether things are better.
 */
#include "kernel/store/lite.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 200 };

static struct lite *lite_of(struct store_conn *c)
{
    return (struct lite *)c;
}

/* ---- errors ---- */

static enum err meaning(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        return ERR_BUSY;
    case SQLITE_CONSTRAINT:
        return rc == SQLITE_CONSTRAINT_UNIQUE ||
                       rc == SQLITE_CONSTRAINT_PRIMARYKEY ||
                       rc == SQLITE_CONSTRAINT_FOREIGNKEY
                   ? ERR_CONFLICT
                   : ERR_STORE;
    default:
        return ERR_STORE;
    }
}

/* What went wrong, into the log and into the command's fate. */
static enum err failed(struct lite *c, const char *what)
{
    int rc = sqlite3_extended_errcode(c->db);
    enum err e = meaning(rc);
    if (e != ERR_CONFLICT)
        store_log("%s: %s (%d)", what, sqlite3_errmsg(c->db), rc);
    c->base.failure = e;
    return e;
}

/* ---- statements ---- */

/* The slot's statement, prepared on first use. */
static sqlite3_stmt *statement(struct lite *c, const struct store_query *q)
{
    int slot = *q->slot;
    if (slot >= c->statements) {
        int n = store_slots();
        c->statement = realloc(c->statement, (size_t)n * sizeof(void *));
        if (c->statement == NULL)
            abort();
        memset(c->statement + c->statements, 0,
               (size_t)(n - c->statements) * sizeof(void *));
        c->statements = n;
    }
    if (c->statement[slot] == NULL &&
        sqlite3_prepare_v3(c->db, q->lite, -1, SQLITE_PREPARE_PERSISTENT,
                           &c->statement[slot], NULL) != SQLITE_OK)
        return NULL;
    return c->statement[slot];
}

/* Parameters outlive the step, so nothing is copied. */
static void bind(sqlite3_stmt *s, const char *letters,
                 const struct store_param *in)
{
    for (int i = 0; letters[i]; i++) {
        const struct store_param *p = &in[i];
        if (p->null)
            sqlite3_bind_null(s, i + 1);
        else if (letters[i] == 't')
            sqlite3_bind_text(s, i + 1, p->text.p, (int)p->text.n,
                              SQLITE_STATIC);
        else if (letters[i] == 'x')
            sqlite3_bind_blob(s, i + 1, p->text.n ? p->text.p : "",
                              (int)p->text.n, SQLITE_STATIC);
        else
            sqlite3_bind_int64(s, i + 1, p->i);
    }
}

static str column_text(struct arena *a, sqlite3_stmt *s, int i, char letter)
{
    const void *p = letter == 't' ? (const void *)sqlite3_column_text(s, i)
                                  : sqlite3_column_blob(s, i);
    size_t n = (size_t)sqlite3_column_bytes(s, i);
    if (n == 0)
        return sqlite3_column_type(s, i) == SQLITE_NULL ? str_none : STR("");
    return arena_str(a, (str){ p, n });
}

/* NULL reads as 0: only a 0 has to be asked what it is. */
static void column(struct arena *a, sqlite3_stmt *s, int i, char letter,
                   char *to)
{
    if (letter == 't' || letter == 'x') {
        *(str *)to = column_text(a, s, i, letter);
        return;
    }
    int64_t v = sqlite3_column_int64(s, i);
    bool null = v == 0 && sqlite3_column_type(s, i) == SQLITE_NULL;
    if (letter == 'd')
        *(day *)to = null ? day_none : (day){ (int32_t)v };
    else if (letter == 'b')
        *(bool *)to = v != 0;
    else /* i, s, f: one int64_t each */
        *(int64_t *)to = null ? INT_NONE : v;
}

static void read_row(sqlite3_stmt *s, struct store_rows *rows)
{
    const struct store_query *q = rows->q;
    char *row = rows_next(rows);
    for (int i = 0; q->out[i]; i++)
        column(rows->arena, s, i, q->out[i], row + q->offset[i]);
}

static enum err lite_select(struct tx *tx, const struct store_query *q,
                            const struct store_param *in,
                            struct store_rows *rows)
{
    struct lite *c = lite_of(tx->conn);
    sqlite3_stmt *s = statement(c, q);
    if (s == NULL)
        return failed(c, q->name);
    bind(s, q->in, in);
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        read_row(s, rows);
        if (rows->one)
            break;
    }
    enum err e = rc == SQLITE_ROW || rc == SQLITE_DONE ? OK
                                                       : failed(c, q->name);
    sqlite3_reset(s);
    return e;
}

/* ---- the group ---- */

static bool own(struct lite *c, enum lite_own which)
{
    static const char *const text[LITE_OWN] = {
        [LITE_BEGIN] = "BEGIN",       [LITE_BEGIN_WRITE] = "BEGIN IMMEDIATE",
        [LITE_COMMIT] = "COMMIT",     [LITE_ROLLBACK] = "ROLLBACK",
        [LITE_SAVE] = "SAVEPOINT c",  [LITE_RELEASE] = "RELEASE c",
        [LITE_UNDO] = "ROLLBACK TO c",
    };
    sqlite3_stmt **s = &c->own[which];
    if (*s == NULL &&
        sqlite3_prepare_v3(c->db, text[which], -1, SQLITE_PREPARE_PERSISTENT,
                           s, NULL) != SQLITE_OK)
        return false;
    bool good = sqlite3_step(*s) == SQLITE_DONE;
    sqlite3_reset(*s);
    return good;
}

/* An error may have ended the transaction behind our back. */
static void notice_loss(struct lite *c)
{
    if (sqlite3_get_autocommit(c->db))
        c->base.lost = true;
}

static enum err lite_execute(struct tx *tx, const struct store_query *q,
                             const struct store_param *in, int64_t *changed)
{
    struct lite *c = lite_of(tx->conn);
    sqlite3_stmt *s = statement(c, q);
    if (s == NULL)
        return failed(c, q->name);
    if (!c->alone && !c->saved) {
        c->saved = own(c, LITE_SAVE);
        if (!c->saved)
            return failed(c, "savepoint");
    }
    bind(s, q->in, in);
    int rc = sqlite3_step(s);
    enum err e = rc == SQLITE_DONE || rc == SQLITE_ROW ? OK
                                                       : failed(c, q->name);
    sqlite3_reset(s);
    if (e != OK)
        notice_loss(c);
    else if (changed)
        *changed = sqlite3_changes64(c->db);
    return e;
}

/* Statements that a jump out of the arena left in mid-step. */
static void reset_all(struct lite *c)
{
    for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(c->db, s)) != NULL;)
        if (sqlite3_stmt_busy(s))
            sqlite3_reset(s);
}

static enum err lite_begin(struct store_conn *base)
{
    struct lite *c = lite_of(base);
    return own(c, LITE_BEGIN_WRITE) ? OK : failed(c, "begin");
}

static enum err lite_open_command(struct store_conn *base, bool alone)
{
    struct lite *c = lite_of(base);
    c->alone = alone;
    c->saved = false;
    c->changes = sqlite3_total_changes64(c->db);
    return OK;
}

static enum err lite_keep(struct store_conn *base)
{
    struct lite *c = lite_of(base);
    if (c->saved && !own(c, LITE_RELEASE)) {
        enum err e = failed(c, "release");
        notice_loss(c);
        return e;
    }
    c->saved = false;
    c->alone = true; /* the store's own statements need no savepoint */
    return OK;
}

static void lite_undo(struct store_conn *base)
{
    struct lite *c = lite_of(base);
    reset_all(c);
    if (c->saved) {
        if (!own(c, LITE_UNDO) || !own(c, LITE_RELEASE))
            base->lost = true;
    } else if (sqlite3_total_changes64(c->db) != c->changes) {
        base->lost = base->replay = true; /* only all can be undone */
    }
    c->saved = false;
    c->alone = true;
}

static enum err lite_commit(struct store_conn *base)
{
    struct lite *c = lite_of(base);
    if (own(c, LITE_COMMIT))
        return OK;
    if (sqlite3_errcode(c->db) == SQLITE_FULL) /* then without the old log */
        atomic_store(&base->store->wal_too_long, true);
    return failed(c, "commit");
}

static void lite_abandon(struct store_conn *base)
{
    struct lite *c = lite_of(base);
    reset_all(c);
    if (!sqlite3_get_autocommit(c->db))
        own(c, LITE_ROLLBACK);
    c->base.failure = OK;
}

/* ---- snapshots ---- */

static enum err lite_snapshot(struct store_conn *base)
{
    struct lite *c = lite_of(base);
    return own(c, LITE_BEGIN) ? OK : failed(c, "snapshot");
}

static void lite_release(struct store_conn *base)
{
    struct lite *c = lite_of(base);
    reset_all(c);
    if (!sqlite3_get_autocommit(c->db) && !own(c, LITE_COMMIT))
        own(c, LITE_ROLLBACK);
}

/* ---- opening ---- */

static enum err lite_connect(struct store *s, bool writer,
                             struct store_conn **out, struct arena *a,
                             str *problem)
{
    struct lite *c = calloc(1, sizeof *c);
    if (c == NULL)
        abort();
    c->base.store = s;
    c->db = lite_open(s, writer, a, problem);
    if (c->db == NULL) {
        free(c);
        return ERR_BUSY;
    }
    *out = &c->base;
    return OK;
}

static void lite_disconnect(struct store_conn *base)
{
    struct lite *c = lite_of(base);
    for (int i = 0; i < c->statements; i++)
        sqlite3_finalize(c->statement[i]);
    for (int i = 0; i < LITE_OWN; i++)
        sqlite3_finalize(c->own[i]);
    free(c->statement);
    sqlite3_close(c->db);
    free(c);
}

static enum err lite_script(struct store_conn *base, const char *lite,
                            const char *pg, struct arena *a, str *problem)
{
    (void)pg;
    struct lite *c = lite_of(base);
    char *message = NULL;
    if (sqlite3_exec(c->db, lite, NULL, NULL, &message) == SQLITE_OK)
        return OK;
    *problem = arena_printf(a, "%s", message ? message : "");
    sqlite3_free(message);
    return meaning(sqlite3_extended_errcode(c->db));
}

static enum err lite_prepare(struct store_conn *base,
                             const struct store_query *q, struct arena *a,
                             str *problem)
{
    struct lite *c = lite_of(base);
    if (statement(c, q))
        return OK;
    *problem = arena_printf(a, "语句 %s 与数据库不符：%s", q->name,
                            sqlite3_errmsg(c->db));
    return ERR_STORE;
}

/* A checkpoint that could not keep up with readers that never pause: wait for
 * them once, but not so long that a citizen would notice. */
static void lite_idle(struct store_conn *base)
{
    sqlite3 *db = lite_of(base)->db;
    if (atomic_exchange(&base->store->wal_nearly, false))
        sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
                                  NULL); /* not done: asked for again */
    if (!atomic_exchange(&base->store->wal_too_long, false))
        return;
    sqlite3_busy_timeout(db, PATIENCE_MS);
    if (sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                  NULL) != SQLITE_OK)
        store_log("the log cannot start anew: %s", sqlite3_errmsg(db));
    sqlite3_busy_timeout(db, LITE_TIMEOUT_MS);
}

const struct backend lite_backend = {
    .blocks = false,
    .bold = true,
    .connect = lite_connect,
    .disconnect = lite_disconnect,
    .snapshot = lite_snapshot,
    .release = lite_release,
    .select = lite_select,
    .execute = lite_execute,
    .begin = lite_begin,
    .open = lite_open_command,
    .keep = lite_keep,
    .undo = lite_undo,
    .commit = lite_commit,
    .abandon = lite_abandon,
    .idle = lite_idle,
    .script = lite_script,
    .prepare = lite_prepare,
};
