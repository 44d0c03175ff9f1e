/*
 * What does the store cost beside a bare prepared statement?
 *
 * Unit: rows read by key a second, one thread.  The yardstick binds, steps and
 * resets one statement on one connection, reading the same five columns and
 * copying the texts.  Ours is a whole snapshot a read: store_begin, one query,
 * store_end, a reset of the arena.  Worry below 0.40: a GET of one row would
 * then feel the store.
 */
#include "kernel/store/testing.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 100000, ROUNDS = 5, READS = 60000 };

struct item {
    int64_t id;
    str name, unit;
    day due;
    int64_t n;
};

static const uint16_t item_at[] = {
    offsetof(struct item, id), offsetof(struct item, name),
    offsetof(struct item, unit), offsetof(struct item, due),
    offsetof(struct item, n),
};
static int slot[3];
static const struct store_query create = {
    .name = "bench.create", .kind = STORE_RUN, .in = "", .out = "",
    .lite = "CREATE TABLE bench_item (id INTEGER PRIMARY KEY, name TEXT NOT "
            "NULL, unit TEXT NOT NULL, due INTEGER, n INTEGER NOT NULL)",
    .pg = "CREATE TABLE bench_item (id BIGINT PRIMARY KEY, name TEXT NOT "
          "NULL, unit TEXT NOT NULL, due BIGINT, n BIGINT NOT NULL)",
    .slot = &slot[0],
};
static const struct store_query insert = {
    .name = "bench.insert", .kind = STORE_RUN, .in = "itt", .out = "",
    .lite = "INSERT INTO bench_item VALUES (?1, ?2, ?3, 20000, 7)",
    .pg = "INSERT INTO bench_item VALUES ($1, $2, $3, 20000, 7)",
    .slot = &slot[1],
};
static const struct store_query read_one = {
    .name = "bench.read", .kind = STORE_ONE, .in = "i", .out = "ittdi",
    .lite = "SELECT id, name, unit, due, n FROM bench_item WHERE id = ?1",
    .pg = "SELECT id, name, unit, due, n FROM bench_item WHERE id = $1",
    .offset = item_at, .row = sizeof(struct item), .slot = &slot[2],
};
static const struct store_query *const queries[] = { &create, &insert,
                                                     &read_one };

static enum err fill(struct tx *tx, void *unused)
{
    (void)unused;
    enum err e = store_run(tx, &create, NULL, NULL);
    for (int i = 0; i < ROWS && e == OK; i++) {
        struct store_param in[] = {
            store_int(i), store_text(STR("食品经营许可证核发（新办）")),
            store_text(STR("D022"))
        };
        e = store_run(tx, &insert, in, NULL);
    }
    return e;
}

static int key(int i)
{
    return (int)((unsigned)i * 2654435761u % ROWS);
}

static enum err read_key(struct tx *tx, void *id)
{
    struct item item;
    struct store_param in[] = { store_int(*(int *)id) };
    return store_one(tx, &read_one, in, &item);
}

static double ours(struct test_store *t, int reads)
{
    int64_t begin = tick_ms();
    for (int i = 0; i < reads; i++) {
        int id = key(i);
        if (test_store_look(t, read_key, &id) != OK)
            exit(1);
        arena_reset(&t->arena);
    }
    return reads * 1e3 / (double)(tick_ms() - begin);
}

static double yardstick(struct test_store *t, sqlite3_stmt *s, int reads)
{
    int64_t begin = tick_ms();
    for (int i = 0; i < reads; i++) {
        sqlite3_bind_int64(s, 1, key(i));
        if (sqlite3_step(s) != SQLITE_ROW)
            exit(1);
        for (int c = 1; c <= 2; c++)
            arena_str(&t->arena,
                      (str){ (const char *)sqlite3_column_text(s, c),
                             (size_t)sqlite3_column_bytes(s, c) });
        (void)(sqlite3_column_int64(s, 0) + sqlite3_column_int64(s, 3));
        sqlite3_reset(s);
        arena_reset(&t->arena);
    }
    return reads * 1e3 / (double)(tick_ms() - begin);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void on_sqlite(void)
{
    struct test_store t;
    char path[128];
    sqlite3 *db;
    sqlite3_stmt *s;
    double yard[ROUNDS], our[ROUNDS], ratio[ROUNDS];
    if (!test_store_open(&t, TEST_LITE) ||
        test_store_run(&t, fill, NULL) != OK)
        exit(1);
    snprintf(path, sizeof path, "%s/zhengtong.db", t.dir);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE |
                        SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, read_one.lite, -1, &s, NULL) != SQLITE_OK)
        exit(1);
    for (int i = -1; i < ROUNDS; i++) { /* -1 warms up */
        double y = yardstick(&t, s, READS), o = ours(&t, READS);
        if (i >= 0)
            yard[i] = y, our[i] = o, ratio[i] = o / y;
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
    qsort(yard, ROUNDS, sizeof *yard, by_size);
    qsort(our, ROUNDS, sizeof *our, by_size);
    qsort(ratio, ROUNDS, sizeof *ratio, by_size);
    printf("point_read\tsqlite\t%.0f/s\tyardstick %.0f/s\tratio %.2f\n",
           our[ROUNDS / 2], yard[ROUNDS / 2], ratio[ROUNDS / 2]);
    test_store_close(&t);
}

static void on_postgres(void)
{
    struct test_store t;
    if (!test_store_open(&t, TEST_PG))
        return;
    if (test_store_run(&t, fill, NULL) != OK)
        exit(1);
    ours(&t, 1000);
    printf("point_read\tpostgresql\t%.0f/s\n", ours(&t, 10000));
    test_store_close(&t);
}

int main(void)
{
    store_register(queries, sizeof queries / sizeof *queries);
    on_sqlite();
    on_postgres();
    return 0;
}
