#include "services/guide/units.h"

#include "kernel/store/kept.h"
#include "kernel/store/topics.h"

#include <stdlib.h>

static int by_code(const void *a, const void *b)
{
    const struct unit_list *const *x = a, *const *y = b;
    return str_cmp((*x)->code, (*y)->code);
}

static enum err read_units(struct tx *tx, const void **out)
{
    struct unit_list *list;
    size_t n;
    enum err e = unit_list(tx, &list, &n);
    if (e != OK)
        return e;
    struct units *u = ARENA_NEW(tx->arena, struct units);
    u->list = list;
    u->n = n;
    u->by_code = ARENA_NEW_N(tx->arena, const struct unit_list *, n + 1);
    for (size_t i = 0; i < n; i++)
        u->by_code[i] = &list[i];
    qsort(u->by_code, n, sizeof *u->by_code, by_code);
    *out = u;
    return OK;
}

/* Two pages in three name organisations, which change once in months. */
enum err units_read(struct tx *tx, const struct units **out)
{
    static struct store_kept kept = { .lock = PTHREAD_MUTEX_INITIALIZER,
                                      .topic = TOPIC_CATALOGUE,
                                      .read = read_units };
    const void *units;
    enum err e = store_keep(tx, &kept, &units);
    *out = units;
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
