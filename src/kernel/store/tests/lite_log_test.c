/*
 * The log in whole pieces: a writer with almost no memory of its own, so that
 * it reads what it has just spilled, changes a table at random; after every
 * commit another connection must see exactly what a plain array says.
 */
#include "kernel/store/lite.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { CELLS = 400, ROUNDS = 300, WIDE = 900 };

static struct {
    char path[128];
    sqlite3 *writer, *reader;
    int cell[CELLS]; /* what is committed; 0: no row */
} log_place;

static uint32_t dice(uint32_t n)
{
    static uint32_t state = 7;
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
}

static bool run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static void set(int cell, int to)
{
    char sql[200];
    if (to == 0)
        snprintf(sql, sizeof sql, "DELETE FROM t WHERE id = %d", cell);
    else
        snprintf(sql, sizeof sql,
                 "INSERT INTO t VALUES (%d, %d, printf('%%%dd', %d)) ON "
                 "CONFLICT (id) DO UPDATE SET n = excluded.n, w = excluded.w",
                 cell, to, WIDE + to % 700, to);
    CHECK(run(log_place.writer, sql));
}

static int number_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    int n = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        n = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return n;
}

/* Does this connection see exactly these cells? */
static bool sees(sqlite3 *db, const int *cell)
{
    sqlite3_stmt *s = NULL;
    int next = 0;
    bool same = sqlite3_prepare_v2(db, "SELECT id, n, w FROM t ORDER BY id",
                                   -1, &s, NULL) == SQLITE_OK;
    while (same && sqlite3_step(s) == SQLITE_ROW) {
        int id = sqlite3_column_int(s, 0), n = sqlite3_column_int(s, 1);
        while (next < id && cell[next] == 0)
            next++;
        same = next == id && cell[id] == n &&
               strtol((const char *)sqlite3_column_text(s, 2), NULL, 10) == n;
        next++;
    }
    while (next < CELLS && cell[next] == 0)
        next++;
    sqlite3_finalize(s);
    return same && next == CELLS;
}

static void open_both(const struct test_store *t)
{
    snprintf(log_place.path, sizeof log_place.path, "%s/log.db", t->dir);
    memset(log_place.cell, 0, sizeof log_place.cell);
    CHECK(sqlite3_open_v2(log_place.path, &log_place.writer,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                          lite_log_files()) == SQLITE_OK);
    CHECK(run(log_place.writer,
              "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
              "PRAGMA cache_size=3; PRAGMA wal_autocheckpoint=200;"
              "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, w TEXT);"
              "CREATE INDEX tw ON t (w)"));
    CHECK(sqlite3_open(log_place.path, &log_place.reader) == SQLITE_OK);
}

static void close_both(void)
{
    sqlite3_close(log_place.reader);
    sqlite3_close(log_place.writer);
}

/* One transaction of a few dozen changes, some undone to a savepoint. */
static void change(int *cell)
{
    int inner[CELLS];
    for (int i = 0; i < 40; i++) {
        int at = (int)dice(CELLS), to = (int)dice(5) * (int)dice(10000);
        set(at, to);
        cell[at] = to;
    }
    memcpy(inner, cell, sizeof inner);
    CHECK(run(log_place.writer, "SAVEPOINT s"));
    for (int i = 0; i < 20; i++) {
        int at = (int)dice(CELLS);
        set(at, 7);
        inner[at] = 7;
    }
    CHECK(sees(log_place.writer, inner)); /* read from what was spilled */
    bool keep = dice(2);
    CHECK(run(log_place.writer, keep ? "RELEASE s"
                                     : "ROLLBACK TO s; RELEASE s"));
    if (keep)
        memcpy(cell, inner, sizeof inner);
    CHECK(sees(log_place.writer, cell));
}

static void everybody_sees_what_was_committed(void)
{
    struct test_store t;
    if (!test_store_open(&t, TEST_LITE))
        return;
    open_both(&t);
    for (int i = 0; i < ROUNDS && test_bad == 0; i++) {
        int cell[CELLS];
        memcpy(cell, log_place.cell, sizeof cell);
        CHECK(run(log_place.writer, "BEGIN IMMEDIATE"));
        change(cell);
        CHECK(sees(log_place.reader, log_place.cell)); /* not yet */
        bool keep = dice(3);
        CHECK(run(log_place.writer, keep ? "COMMIT" : "ROLLBACK"));
        if (keep)
            memcpy(log_place.cell, cell, sizeof cell);
        CHECK(sees(log_place.reader, log_place.cell));
    }
    CHECK(number_of(log_place.reader,
                    "SELECT count(*) FROM pragma_integrity_check "
                    "WHERE integrity_check = 'ok'") == 1);
    close_both();
    test_store_close(&t);
}

/* Files may grow to this many bytes and no further: a disk that is full. */
static void let_files_grow(rlim_t bytes)
{
    struct rlimit r;
    getrlimit(RLIMIT_FSIZE, &r);
    r.rlim_cur = bytes;
    CHECK(setrlimit(RLIMIT_FSIZE, &r) == 0);
}

static void a_full_disk_takes_back_the_whole_commit(void)
{
    struct test_store t;
    int cell[CELLS];
    if (!test_store_open(&t, TEST_LITE))
        return;
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    open_both(&t);
    CHECK(run(log_place.writer, "PRAGMA cache_size=2000"));
    for (int i = 0; i < 20 && test_bad == 0; i++) {
        memcpy(cell, log_place.cell, sizeof cell);
        CHECK(run(log_place.writer, "BEGIN IMMEDIATE"));
        change(cell);
        let_files_grow(4096); /* less than any log is long */
        CHECK(!run(log_place.writer, "COMMIT"));
        let_files_grow(RLIM_INFINITY);
        if (!sqlite3_get_autocommit(log_place.writer))
            CHECK(run(log_place.writer, "ROLLBACK"));
        CHECK(sees(log_place.reader, log_place.cell));
        CHECK(sees(log_place.writer, log_place.cell));
        CHECK(run(log_place.writer, "BEGIN IMMEDIATE"));
        change(log_place.cell);
        CHECK(run(log_place.writer, "COMMIT"));
        CHECK(sees(log_place.reader, log_place.cell));
    }
    close_both();
    signal(SIGXFSZ, before);
    test_store_close(&t);
}

int main(void)
{
    RUN(everybody_sees_what_was_committed);
    RUN(a_full_disk_takes_back_the_whole_commit);
    return test_result();
}
