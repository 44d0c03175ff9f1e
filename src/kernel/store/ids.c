/*
 * Ids: milliseconds, then a counter, then the number of the process.
 *
 *   43 bits ms since 1970 | 12 bits counter | 8 bits node
 *
 * Made by the program and not by a sequence, so that a row can name its parent
 * before either is written and the DDL is the same on both databases.  The
 * counter runs over into the milliseconds, so a burst borrows from the near
 * future; the mark in store_mark stays ahead of what was given out, so neither
 * a burst nor a clock set back can give a number twice after a restart.
 */
#include "kernel/store/inside.h"
#include "kernel/store/queries.gen.h"

enum { NODE_MASK = 255, MS_SHIFT = 20, AHEAD_MS = 10000 };

int64_t store_id(struct store *s)
{
    int64_t node = atomic_load(&s->node);
    int64_t fresh = inst_now().ms << MS_SHIFT | node;
    int64_t last = atomic_load(&s->last_id), id;
    do
        id = last >= fresh ? (last | NODE_MASK) + 1 + node : fresh;
    while (!atomic_compare_exchange_weak(&s->last_id, &last, id));
    return id;
}

enum err ids_load(struct store *s, struct store_conn *c, struct arena *a)
{
    struct tx tx = own_tx(s, c, a, false);
    struct mark_value mark;
    enum err e = mark_value(&tx, STR("ids"), &mark);
    if (e != OK)
        return e;
    s->reserved_ms = mark.value;
    atomic_store(&s->last_id, mark.value << MS_SHIFT);
    return OK;
}

enum err ids_reserve(struct store *s, struct tx *tx)
{
    int64_t used = atomic_load(&s->last_id) >> MS_SHIFT;
    if (used < s->reserved_ms)
        return OK;
    enum err e = mark_set(tx, STR("ids"), used + AHEAD_MS);
    if (e == ERR_CONFLICT)
        e = OK; /* another server is further */
    if (e == OK)
        s->reserved_ms = used + AHEAD_MS;
    return e;
}
