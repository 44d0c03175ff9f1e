#include "kernel/store/testing.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void give_up(const char *what, str why)
{
    fprintf(stderr, "test store: %s: %.*s\n", what, STR_ARG(why));
    exit(2);
}

/* Statements on a connection of their own, outside any store. */
static bool pg_sql(const char *url, const char *sql)
{
    PGconn *c = PQconnectdb(url);
    PGresult *r = PQexec(c, sql);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    PQclear(r);
    PQfinish(c);
    return good;
}

static void outside(const char *url, const char *sql)
{
    if (!pg_sql(url, sql))
        give_up(sql, STR("refused"));
}

bool test_store_sql(struct test_store *t, const char *sql)
{
    if (t->url[0])
        return pg_sql(t->url, sql);
    sqlite3 *db;
    str path = arena_printf(&t->arena, "%s/zhengtong.db", t->dir);
    bool good = sqlite3_open(path.p, &db) == SQLITE_OK &&
                sqlite3_busy_timeout(db, 5000) == SQLITE_OK &&
                sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_close(db);
    return good;
}

static bool schema_of_our_own(struct test_store *t)
{
    static bool told;
    static int count;
    const char *url = getenv("ZT_TEST_PG");
    if (url == NULL || *url == 0) {
        if (!told)
            puts("skipped: ZT_TEST_PG not set");
        told = true;
        return false;
    }
    str create = arena_printf(&t->arena, "CREATE SCHEMA t%d_%d", (int)getpid(),
                              ++count);
    outside(url, create.p);
    snprintf(t->url, sizeof t->url, "%s%coptions=-csearch_path%%3Dt%d_%d", url,
             strchr(url, '?') ? '&' : '?', (int)getpid(), count);
    return true;
}

void test_store_reopen(struct test_store *t)
{
    struct store_options o = { .dir = t->url[0] ? NULL : t->dir,
                               .url = t->url[0] ? t->url : NULL };
    str problem;
    if (store_open(&o, &t->arena, &t->store, &problem) != OK)
        give_up("open", problem);
}

bool test_store_open(struct test_store *t, enum test_database which)
{
    memset(t, 0, sizeof *t);
    t->who = (struct who){ 7, STR("王芳"), STR("D022"), STR("officer"),
                           STR("window") };
    t->now.ms = day_begin(day_of(2026, 11, 20)).ms + (10 * 60 + 24) * 60000;
    if (which == TEST_PG && !schema_of_our_own(t))
        return false;
    if (which == TEST_LITE) {
        snprintf(t->dir, sizeof t->dir, "/tmp/zt-test-XXXXXX");
        if (mkdtemp(t->dir) == NULL)
            give_up("mkdtemp", STR(""));
    }
    test_store_reopen(t);
    return true;
}

static int remove_entry(const char *path, const struct stat *st, int flag,
                        struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

void test_store_close(struct test_store *t)
{
    store_close(t->store);
    if (t->dir[0])
        nftw(t->dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    if (t->url[0]) {
        const char *name = strstr(t->url, "%3D") + 3;
        str drop = arena_printf(&t->arena, "SET client_min_messages=error;"
                                           "DROP SCHEMA %s CASCADE", name);
        outside(getenv("ZT_TEST_PG"), drop.p);
    }
    arena_free(&t->arena);
}

/* ---- work ---- */

struct test_command {
    struct command c; /* first: run() gets a pointer to it */
    test_work *work;
    void *context;
};

static enum err run_test(struct command *c, struct tx *tx)
{
    struct test_command *t = (struct test_command *)c;
    return t->work(tx, t->context);
}

enum err test_store_run(struct test_store *t, test_work *work, void *context)
{
    struct test_command c = {
        .c = { .run = run_test,
               .tx = { .arena = &t->arena, .who = &t->who, .now = t->now,
                       .client = STR("127.0.0.1"),
                       .request_id = STR("test") } },
        .work = work,
        .context = context,
    };
    return store_execute(t->store, &c.c);
}

enum err test_store_look(struct test_store *t, test_work *work, void *context)
{
    struct tx tx = { .arena = &t->arena, .who = &t->who, .now = t->now,
                     .client = STR("127.0.0.1"), .request_id = STR("test") };
    enum err e = store_begin(t->store, &tx);
    if (e != OK)
        return e;
    e = work(&tx, context);
    store_end(&tx);
    return e;
}
