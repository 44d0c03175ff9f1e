/* PostgreSQL behind the store's face. */
#include "kernel/store/inside.h"

static enum err pg_connect(struct store *s, bool writer,
                           struct store_conn **out, struct arena *a,
                           str *problem)
{
    (void)s, (void)writer, (void)out, (void)a;
    *problem = STR("这个版本还不能使用 PostgreSQL。");
    return ERR_BUSY;
}

const struct backend pg_backend = { .blocks = true, .connect = pg_connect };
