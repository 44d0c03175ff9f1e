/*
 * SQLite's index is kept in few pieces.
 *
 * Every commit adds a piece, and each word is looked for in all of them: at
 * 3,000,000 cases a search in 33 pieces took five times as long as in one, and
 * the one was less than half their size.  FTS5 merges sixteen of a size while a
 * filing commits (0003_merge); the job here merges from four on, a few pages at
 * a time between two filings, so that this hardly ever happens.
 */
#include "kernel/search/upkeep.h"

#include "kernel/search/inside.h"
#include "kernel/search/queries.gen.h"
#include "kernel/search/search.h"

#include <stdio.h>

enum {
    PAGES = 16,     /* written at once: some 2 ms of the writer */
    AT_ONCE = 5000, /* documents told in a command: 0.1 s */
    SAY = 20,       /* a line in the log every so many commands */
};

enum err search_merge(struct tx *tx, bool *more)
{
    *more = false;
    return store_is_pg(tx->store) ? OK : search_index_merge(tx, PAGES, NULL);
}

/* ---- all at once, before anybody is served ---- */

struct upkeep {
    struct command command;
    bool more;
    int64_t told;
};

/* After an upgrade whose terms are others.  Ids grow, as the index likes it. */
static enum err tell(struct command *c, struct tx *tx)
{
    struct upkeep *x = (struct upkeep *)c;
    struct search_again_from from;
    struct search_again_docs *d;
    size_t n;
    x->more = false;
    enum err e = search_again_from(tx, &from);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e == OK)
        e = search_again_docs(tx, from.id, AT_ONCE + 1, &d, &n);
    for (size_t i = 0; e == OK && i < n && i < AT_ONCE; i++)
        e = search_index_folded(tx, d[i].id, d[i].kind, d[i].unit, d[i].open,
                                d[i].closed);
    if (e != OK)
        return e;
    x->more = n > AT_ONCE;
    x->told += (int64_t)(x->more ? AT_ONCE : n);
    return x->more ? search_again_on(tx, d[AT_ONCE].id)
                   : search_again_end(tx);
}

static enum err settle(struct command *c, struct tx *tx)
{
    (void)c;
    return search_index_settle(tx, NULL);
}

static enum err run(struct store *s, struct upkeep *x, inst now,
                    enum err (*work)(struct command *, struct tx *))
{
    static const struct who platform = { .via = { "system", 6 } };
    struct arena a = arena_make(0);
    x->command = (struct command){
        .run = work,
        .tx = { .arena = &a, .who = &platform, .now = now,
                .client = STR(""), .request_id = STR("") },
    };
    enum err e = store_execute(s, &x->command);
    arena_free(&a);
    return e;
}

enum err search_settle(struct store *s, inst now)
{
    struct upkeep x = { 0 };
    return store_is_pg(s) ? OK : run(s, &x, now, settle);
}

enum err search_again(struct store *s, inst now)
{
    struct upkeep x = { .more = true };
    enum err e = OK;
    for (int i = 1; x.more && e == OK; i++) {
        e = run(s, &x, now, tell);
        if (e == OK && x.told && (i % SAY == 0 || !x.more))
            fprintf(stderr, "zhengtong: 重建检索目录，已完成 %lld 件\n",
                    (long long)x.told);
    }
    return e == OK && x.told ? search_settle(s, now) : e;
}
