/*
 * What generated functions end in.  Counting, refusing writes on a snapshot and
 * the meaning of each kind of query are the same on both databases.
 */
#include "kernel/store/inside.h"

#include <string.h>

enum { FIRST_ROWS = 16 };

void *rows_next(struct store_rows *r)
{
    size_t size = r->q->row;
    if (r->one) {
        r->n = 1;
        return memset(r->base, 0, size);
    }
    if (r->n == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : FIRST_ROWS;
        char *base = arena_array(r->arena, cap, size);
        if (r->n)
            memcpy(base, r->base, r->n * size);
        r->base = base;
        r->cap = cap;
    }
    return r->base + r->n++ * size;
}

static enum err select_rows(struct tx *tx, const struct store_query *q,
                            const struct store_param *in,
                            struct store_rows *rows)
{
    tx->queries++;
    if (tx->writes && tx->conn->failure != OK)
        return tx->conn->failure;
    return tx->store->backend->select(tx, q, in, rows);
}

enum err store_one(struct tx *tx, const struct store_query *q,
                   const struct store_param *in, void *row)
{
    struct store_rows rows = { .q = q, .arena = tx->arena, .base = row,
                               .one = true };
    enum err e = select_rows(tx, q, in, &rows);
    return e == OK && rows.n == 0 ? ERR_NOTFOUND : e;
}

enum err store_many(struct tx *tx, const struct store_query *q,
                    const struct store_param *in, void **rows, size_t *n)
{
    struct store_rows r = { .q = q, .arena = tx->arena };
    enum err e = select_rows(tx, q, in, &r);
    if (e != OK)
        return e;
    *rows = r.base;
    *n = r.n;
    return OK;
}

enum err store_run(struct tx *tx, const struct store_query *q,
                   const struct store_param *in, int64_t *changed)
{
    tx->queries++;
    if (!tx->writes) {
        store_log("%s: a reader tried to write", q->name);
        return ERR_STORE;
    }
    if (tx->conn->failure != OK)
        return tx->conn->failure;
    return tx->store->backend->execute(tx, q, in, changed);
}

enum err store_change(struct tx *tx, const struct store_query *q,
                      const struct store_param *in)
{
    int64_t changed = 0;
    enum err e = store_run(tx, q, in, &changed);
    return e == OK && changed != 1 ? ERR_CONFLICT : e;
}
