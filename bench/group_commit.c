/*
 * How much of a bare SQLite group commit does the store leave?
 *
 * Unit: durable submissions a second.  A submission is six rows in four tables
 * with seven indexes: a case, three tasks, an audit entry, an outbox row.  The
 * yardstick runs the same INSERT texts on a file with the same tables and
 * indexes, one transaction for each N submissions, with nothing around it: no
 * queue, no savepoints, no ids, no digest, no checkpoint thread.  Ours are
 * commands that go through store_submit and write the audit chain.
 *
 * bench_group_commit [seconds a round]; five rounds, interleaved, after one
 * that warms up.  Worry below 0.80.  Then what a bulk load does with 30,000
 * rows a command, and with ZT_TEST_PG the same submissions on PostgreSQL.
 */
#include "kernel/audit/audit.h"
#include "kernel/store/testing.h"

#include <sqlite3.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 5, CLIENTS_MAX = 256, TASKS = 3, BULK_CASES = 5000 };

/* ---- what is written ---- */

static const char *const tables[] = {
    "CREATE TABLE bench_case (id INTEGER PRIMARY KEY, number TEXT NOT NULL "
    "UNIQUE, item TEXT NOT NULL, applicant TEXT NOT NULL, state TEXT NOT "
    "NULL, filed INTEGER NOT NULL, due INTEGER NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX bench_case_due ON bench_case (state, due)",
    "CREATE INDEX bench_case_item ON bench_case (item, filed)",
    "CREATE TABLE bench_task (id INTEGER PRIMARY KEY, case_id INTEGER NOT "
    "NULL, unit TEXT NOT NULL, due INTEGER NOT NULL)",
    "CREATE INDEX bench_task_case ON bench_task (case_id)",
    "CREATE INDEX bench_task_unit ON bench_task (unit, due)",
    "CREATE TABLE bench_outbox (id INTEGER PRIMARY KEY, event TEXT NOT NULL, "
    "ref TEXT NOT NULL, sent INTEGER NOT NULL)",
    "CREATE INDEX bench_outbox_sent ON bench_outbox (sent, id)",
};

static int slot[16];

#define QUERY(n, letters, text) \
    { .name = "bench", .kind = STORE_RUN, .in = letters, .out = "", \
      .lite = text, .pg = text, .slot = &slot[n] }

/* $n means the n-th parameter to both databases. */
static const struct store_query insert_case = QUERY(0, "itttiiit",
    "INSERT INTO bench_case (id, number, item, applicant, state, filed, due, "
    "body) VALUES ($1, $2, $3, $4, 'received', $5, $6, $8)");
static const struct store_query insert_task = QUERY(1, "iiti",
    "INSERT INTO bench_task (id, case_id, unit, due) VALUES ($1, $2, $3, $4)");
static const struct store_query insert_outbox = QUERY(2, "itt",
    "INSERT INTO bench_outbox (id, event, ref, sent) VALUES ($1, $2, $3, 0)");
static struct store_query make[8];

static const char body[] =
    "{\"经营者\":\"周文远\",\"地址\":\"云溪市青山街道解放路 18 号\",\"面积\":"
    "\"86\",\"业态\":\"热食类食品制售\",\"材料\":[\"营业执照\",\"平面图\"]}";

/* The DDL with BIGINT for INTEGER, kept until the end. */
static const char *for_pg(const char *ddl)
{
    struct buf b = { 0 };
    str rest = str_of(ddl);
    ptrdiff_t at;
    while ((at = str_find(rest, STR("INTEGER"))) >= 0) {
        buf_put(&b, str_slice(rest, 0, (size_t)at));
        buf_put(&b, STR("BIGINT"));
        rest = str_slice(rest, (size_t)at + 7, rest.n);
    }
    buf_put(&b, rest);
    buf_byte(&b, 0);
    size_t n;
    return buf_take(&b, &n);
}

static void register_queries(void)
{
    static const struct store_query *list[16];
    size_t n = 0;
    list[n++] = &insert_case;
    list[n++] = &insert_task;
    list[n++] = &insert_outbox;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        make[i] = (struct store_query)QUERY(0, "", tables[i]);
        make[i].pg = for_pg(tables[i]);
        make[i].slot = &slot[3 + i];
        list[n++] = &make[i];
    }
    store_register(list, n);
}

static enum err make_tables(struct tx *tx, void *unused)
{
    (void)unused;
    enum err e = OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && e == OK; i++)
        e = store_run(tx, &make[i], NULL, NULL);
    return e;
}

/* The parameters of one case, from its id alone. */
struct content {
    char number[32], unit[TASKS][8];
    struct store_param of_case[8], task[TASKS][4], outbox[3];
};

static void fill(struct content *c, int64_t id)
{
    uint64_t r = (uint64_t)id * 0x9e3779b97f4a7c15u >> 20;
    static const char *const items[] = { "DEMO-22-001", "DEMO-07-003",
                                         "YX-0157", "YX-1204" };
    int n = snprintf(c->number, sizeof c->number, "YX%lld", (long long)id);
    str number = { c->number, (size_t)n };
    str item = str_of(items[r % 4]);
    int64_t now = 1790000000000 + (int64_t)(r % 100000000);
    struct store_param of_case[] = {
        store_int(id), store_text(number), store_text(item),
        store_text(STR("周文远")), store_int(now),
        store_int(20000 + (int64_t)(r % 90)), store_int(0),
        store_text((str){ body, sizeof body - 1 }),
    };
    memcpy(c->of_case, of_case, sizeof of_case);
    for (int k = 0; k < TASKS; k++) {
        snprintf(c->unit[k], sizeof c->unit[k], "D%03d",
                 (int)((r / 7 + (uint64_t)k * 11) % 72 + 1));
        struct store_param task[] = {
            store_int(id + 1 + k), store_int(id),
            store_text(str_of(c->unit[k])), of_case[5],
        };
        memcpy(c->task[k], task, sizeof task);
    }
    struct store_param outbox[] = { store_int(id),
                                    store_text(STR("case.submitted")),
                                    store_text(number) };
    memcpy(c->outbox, outbox, sizeof outbox);
}

/* ---- ours ---- */

static enum err submit_one(struct tx *tx)
{
    struct content c;
    int64_t id = store_id(tx->store);
    fill(&c, id);
    enum err e = store_run(tx, &insert_case, c.of_case, NULL);
    for (int k = 0; k < TASKS && e == OK; k++) {
        c.task[k][0] = store_int(store_id(tx->store));
        e = store_run(tx, &insert_task, c.task[k], NULL);
    }
    if (e == OK)
        e = store_run(tx, &insert_outbox, c.outbox, NULL);
    if (e == OK)
        e = audit_note(tx, STR("case.submit"), str_of(c.number), STR(""));
    return e;
}

struct client {
    struct command c; /* first: run() and done() get a pointer to it */
    struct arena arena;
};
static int64_t deadline;
static _Atomic long finished, failures;
static _Atomic int running;

static enum err client_run(struct command *c, struct tx *tx)
{
    (void)c;
    return submit_one(tx);
}

/* A closed loop: who is answered asks again at once. */
static void client_done(struct command *c, enum err e)
{
    arena_reset(c->tx.arena);
    finished += e == OK;
    failures += e != OK;
    if (tick_ms() >= deadline || store_submit(c->tx.store, c) != OK)
        running--;
}

static double ours(struct test_store *t, int clients, int ms)
{
    static struct client many[CLIENTS_MAX];
    finished = failures = 0;
    running = clients;
    int64_t begin = tick_ms();
    deadline = begin + ms;
    for (int i = 0; i < clients; i++) {
        many[i].c = (struct command){
            .run = client_run, .done = client_done,
            .tx = { .arena = &many[i].arena, .who = &t->who, .now = t->now,
                    .client = STR("127.0.0.1"),
                    .request_id = STR("0123456789abcdef") } };
        if (store_submit(t->store, &many[i].c) != OK)
            running--;
    }
    while (running > 0)
        usleep(1000);
    for (int i = 0; i < clients; i++)
        arena_free(&many[i].arena);
    if (failures)
        fprintf(stderr, "%ld submissions failed\n", (long)failures);
    return (double)finished * 1000 / (double)(tick_ms() - begin);
}

/* ---- the yardstick ---- */

struct bare {
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *of_case, *task, *outbox, *audit;
    int64_t next;
};

static void must(bool good, sqlite3 *db)
{
    if (good)
        return;
    fprintf(stderr, "yardstick: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *text)
{
    sqlite3_stmt *s;
    must(sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &s,
                            NULL) == SQLITE_OK, db);
    return s;
}

/* The tables and indexes of the store's own file, word for word. */
static void same_tables(struct bare *b, const char *dir)
{
    sqlite3 *from;
    char path[128];
    snprintf(path, sizeof path, "%s/zhengtong.db", dir);
    must(sqlite3_open(path, &from) == SQLITE_OK, from);
    sqlite3_stmt *s = prepared(
        from, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type "
              "IN ('table', 'index') AND (tbl_name LIKE 'bench%' OR tbl_name "
              "= 'audit_entry') ORDER BY rowid");
    while (sqlite3_step(s) == SQLITE_ROW)
        must(sqlite3_exec(b->db, (const char *)sqlite3_column_text(s, 0), NULL,
                          NULL, NULL) == SQLITE_OK, b->db);
    sqlite3_finalize(s);
    sqlite3_close(from);
}

static void bare_open(struct bare *b, const char *dir)
{
    char path[128];
    snprintf(path, sizeof path, "%s/yardstick.db", dir);
    must(sqlite3_open_v2(path, &b->db, SQLITE_OPEN_READWRITE |
                         SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                         NULL) == SQLITE_OK, b->db);
    must(sqlite3_exec(b->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                             "PRAGMA wal_autocheckpoint=4000;"
                             "PRAGMA cache_size=-32768;",
                      NULL, NULL, NULL) == SQLITE_OK, b->db);
    same_tables(b, dir);
    b->begin = prepared(b->db, "BEGIN IMMEDIATE");
    b->commit = prepared(b->db, "COMMIT");
    b->of_case = prepared(b->db, insert_case.lite);
    b->task = prepared(b->db, insert_task.lite);
    b->outbox = prepared(b->db, insert_outbox.lite);
    b->audit = prepared(
        b->db, "INSERT INTO audit_entry (seq, at, account, actor, unit, role, "
               "via, client, action, object, detail, request, prev, digest) "
               "VALUES (?1, 1790000000000, 7, '王芳', 'D022', 'officer', "
               "'window', '127.0.0.1', 'case.submit', ?2, '', "
               "'0123456789abcdef', ?3, ?3)");
    b->next = 1;
}

static void bare_close(struct bare *b)
{
    sqlite3_stmt *all[] = { b->begin, b->commit, b->of_case, b->task,
                            b->outbox, b->audit };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sqlite3_finalize(all[i]);
    sqlite3_close(b->db);
}

static void step(struct bare *b, sqlite3_stmt *s)
{
    must(sqlite3_step(s) == SQLITE_DONE, b->db);
    sqlite3_reset(s);
}

static void insert(struct bare *b, sqlite3_stmt *s, const char *letters,
                   const struct store_param *p)
{
    for (int i = 0; letters[i]; i++)
        if (letters[i] == 't')
            sqlite3_bind_text(s, i + 1, p[i].text.p, (int)p[i].text.n,
                              SQLITE_STATIC);
        else
            sqlite3_bind_int64(s, i + 1, p[i].i);
    step(b, s);
}

static void bare_one(struct bare *b)
{
    static const char digest[32] = "this stands for thirty-two bytes";
    struct content c;
    int64_t id = b->next * 5 << 20;
    fill(&c, id);
    insert(b, b->of_case, insert_case.in, c.of_case);
    for (int k = 0; k < TASKS; k++)
        insert(b, b->task, insert_task.in, c.task[k]);
    insert(b, b->outbox, insert_outbox.in, c.outbox);
    sqlite3_bind_int64(b->audit, 1, b->next++);
    sqlite3_bind_text(b->audit, 2, c.number, -1, SQLITE_STATIC);
    sqlite3_bind_blob(b->audit, 3, digest, sizeof digest, SQLITE_STATIC);
    step(b, b->audit);
}

static double yardstick(struct bare *b, int clients, int ms)
{
    int64_t begin = tick_ms(), n = 0;
    while (tick_ms() - begin < ms) {
        step(b, b->begin);
        for (int i = 0; i < clients; i++, n++)
            bare_one(b);
        step(b, b->commit);
    }
    return (double)n * 1000 / (double)(tick_ms() - begin);
}

/* ---- asking ---- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *v)
{
    qsort(v, ROUNDS, sizeof *v, by_size);
    return v[ROUNDS / 2];
}

static void compare(struct test_store *t, struct bare *b, int clients, int ms)
{
    double yard[ROUNDS], our[ROUNDS], ratio[ROUNDS];
    for (int i = -1; i < ROUNDS; i++) { /* -1 warms both up */
        double y = yardstick(b, clients, ms), o = ours(t, clients, ms);
        if (i >= 0)
            yard[i] = y, our[i] = o, ratio[i] = o / y;
    }
    printf("group_commit\tsqlite\t%d clients\t%.0f/s\tyardstick %.0f/s\t"
           "ratio %.2f\n", clients, median(our), median(yard), median(ratio));
    fflush(stdout);
}

static enum err bulk_command(struct tx *tx, void *unused)
{
    (void)unused;
    enum err e = OK;
    for (int i = 0; i < BULK_CASES && e == OK; i++)
        e = submit_one(tx);
    return e;
}

static void bulk(struct test_store *t)
{
    store_close(t->store);
    struct store_options o = { .dir = t->dir, .bulk = true };
    str problem;
    if (store_open(&o, &t->arena, &t->store, &problem) != OK)
        exit(1);
    int64_t begin = tick_ms();
    for (int i = 0; i < 20; i++) {
        if (test_store_run(t, bulk_command, NULL) != OK)
            exit(1);
        arena_reset(&t->arena);
    }
    store_close(t->store);
    t->store = NULL;
    printf("bulk_load\tsqlite\t%.0f rows/s\n",
           20.0 * BULK_CASES * 6 * 1000 / (double)(tick_ms() - begin));
}

static void on_postgres(int ms)
{
    struct test_store t;
    if (!test_store_open(&t, TEST_PG) ||
        test_store_run(&t, make_tables, NULL) != OK)
        return;
    ours(&t, 64, ms);
    printf("group_commit\tpostgresql\t64 clients\t%.0f/s\n", ours(&t, 64, ms));
    test_store_close(&t);
}

int main(int argc, char **argv)
{
    int64_t seconds = 2;
    if (argc > 1 && !str_int(str_of(argv[1]), &seconds))
        return 2;
    int ms = (int)seconds * 1000;
    register_queries();
    struct test_store t;
    struct bare b;
    if (!test_store_open(&t, TEST_LITE) ||
        test_store_run(&t, make_tables, NULL) != OK)
        return 1;
    bare_open(&b, t.dir);
    compare(&t, &b, 1, ms);
    compare(&t, &b, 64, ms);
    compare(&t, &b, 256, ms);
    bare_close(&b);
    bulk(&t);
    test_store_close(&t);
    on_postgres(ms);
    return 0;
}
