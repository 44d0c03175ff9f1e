#include "services/units.h"

#include "kernel/store/topics.h"

#include <pthread.h>
#include <stdlib.h>

/*
 * Two pages in three name organisations, which change once in months.  Old
 * lists are never freed while the process lives: a request may hold one.
 */
static struct {
    pthread_mutex_t lock;
    const struct store *store;
    uint64_t version;
    struct units *units;
    struct arena arena;
} kept = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int by_code(const void *a, const void *b)
{
    const struct unit_list *const *x = a, *const *y = b;
    return str_cmp((*x)->code, (*y)->code);
}

static enum err read_again(struct tx *tx, uint64_t version)
{
    struct tx own = *tx;
    struct unit_list *list;
    size_t n;
    own.arena = &kept.arena;
    enum err e = unit_list(&own, &list, &n);
    tx->queries = own.queries;
    if (e != OK)
        return e;
    struct units *u = ARENA_NEW(&kept.arena, struct units);
    u->list = list;
    u->n = n;
    u->by_code = ARENA_NEW_N(&kept.arena, const struct unit_list *, n + 1);
    for (size_t i = 0; i < n; i++)
        u->by_code[i] = &list[i];
    qsort(u->by_code, n, sizeof *u->by_code, by_code);
    kept.store = tx->store;
    kept.version = version;
    kept.units = u;
    return OK;
}

enum err units_read(struct tx *tx, const struct units **out)
{
    enum err e = OK;
    pthread_mutex_lock(&kept.lock);
    uint64_t version = store_version(tx->store, TOPIC_CATALOGUE);
    if (kept.store != tx->store || kept.version != version)
        e = read_again(tx, version);
    *out = kept.units;
    pthread_mutex_unlock(&kept.lock);
    return e;
}

str units_name(const struct units *u, str code)
{
    size_t from = 0, to = u->n;
    while (from < to) {
        size_t middle = (from + to) / 2;
        int order = str_cmp(code, u->by_code[middle]->code);
        if (order == 0)
            return u->by_code[middle]->name;
        *(order < 0 ? &to : &from) = order < 0 ? middle : middle + 1;
    }
    return STR("");
}
