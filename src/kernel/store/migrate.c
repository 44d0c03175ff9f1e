/*
 * Migrations: forward only, each in a transaction with the row that says so.
 *
 * A released migration is never edited.  The digest of what ran is kept, so an
 * edited one is noticed at the next start and not by a citizen's lost column.
 */
#include "kernel/store/inside.h"
#include "kernel/store/queries.gen.h"
#include "kernel/store/rooms.h"

#include <stdio.h>
#include <string.h>

/* Migrations are known by the SQLite text on both databases. */
static int64_t digest_of(const struct store_migration *m)
{
    return (int64_t)(str_hash(str_of(m->lite)) >> 1);
}

static const struct migration_list *done_row(const struct migration_list *done,
                                             size_t n,
                                             const struct store_migration *m)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(done[i].room, m->room) && done[i].number == m->number)
            return &done[i];
    return NULL;
}

static enum err apply(struct store *s, struct store_conn *c,
                      const struct store_migration *m, struct arena *a,
                      str *problem)
{
    struct tx tx = own_tx(s, c, a, true);
    struct migration_seen seen;
    if (m->number > 0 &&
        migration_seen(&tx, str_of(m->room), m->number, &seen) == OK)
        return OK;
    enum err e = s->backend->script(c, m->lite, m->pg, a, problem);
    if (e == OK && m->number > 0)
        e = migration_note(&tx, str_of(m->room), m->number, str_of(m->name),
                           digest_of(m), tx.now);
    return e;
}

static enum err run_one(struct store *s, struct store_conn *c,
                        const struct store_migration *m, struct arena *a,
                        str *problem)
{
    const struct backend *b = s->backend;
    enum err e = b->begin(c);
    if (e == OK)
        e = b->open(c, true);
    if (e == OK)
        e = apply(s, c, m, a, problem);
    if (e == OK)
        e = b->keep(c);
    if (e == OK)
        e = b->commit(c);
    if (e == OK)
        return OK;
    b->abandon(c);
    *problem = arena_printf(a, "数据库升级 %s/%s 失败，已全部撤回：%.*s",
                            m->room, m->name, STR_ARG(*problem));
    return e;
}

/* The table of what has run makes itself known first. */
static enum err bootstrap(struct store *s, struct store_conn *c,
                          struct arena *a, str *problem)
{
    for (const struct store_migration *m = store_migrations; m->room; m++)
        if (m->number == 0 && strcmp(m->room, "store") == 0)
            return run_one(s, c, m, a, problem);
    return ERR_STORE;
}

static enum err list_done(struct store *s, struct store_conn *c,
                          struct arena *a, struct migration_list **done,
                          size_t *n, str *problem)
{
    struct tx tx = own_tx(s, c, a, false);
    enum err e = migration_list(&tx, done, n);
    if (e != OK)
        *problem = STR("这个数据库里没有政通的数据。");
    return e;
}

static enum err changed_since(const struct store_migration *m, struct arena *a,
                              str *problem)
{
    *problem = arena_printf(a, "数据库升级 %s/%s 执行之后又被改动过，程序与"
                               "数据不符。请换用匹配的程序版本。",
                            m->room, m->name);
    return ERR_CONFLICT;
}

enum err migrate(struct store *s, struct store_conn *c, struct arena *a,
                 str *problem)
{
    struct migration_list *done;
    size_t n;
    enum err e = bootstrap(s, c, a, problem);
    if (e == OK)
        e = list_done(s, c, a, &done, &n, problem);
    for (const struct store_migration *m = store_migrations;
         e == OK && m->room; m++) {
        const struct migration_list *row = done_row(done, n, m);
        if (m->number == 0)
            continue;
        if (row == NULL)
            e = run_one(s, c, m, a, problem);
        else if (row->digest != digest_of(m))
            e = changed_since(m, a, problem);
    }
    return e;
}

enum err migrate_check(struct store *s, struct store_conn *c, struct arena *a,
                       str *problem)
{
    struct migration_list *done;
    size_t n;
    enum err e = list_done(s, c, a, &done, &n, problem);
    for (const struct store_migration *m = store_migrations;
         e == OK && m->room; m++) {
        const struct migration_list *row = done_row(done, n, m);
        if (m->number == 0)
            continue;
        if (row == NULL) {
            *problem = arena_printf(a, "数据库缺少升级 %s/%s，请先用本版本的"
                                       "程序启动一次。", m->room, m->name);
            e = ERR_CONFLICT;
        } else if (row->digest != digest_of(m)) {
            e = changed_since(m, a, problem);
        }
    }
    return e;
}
