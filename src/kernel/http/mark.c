/* What is true of the data, not of this machine: see schema/0002_mark.sql. */
#include "kernel/http/http.h"
#include "kernel/http/queries.gen.h"

enum err http_mark_demo(struct tx *tx)
{
    int64_t added;
    return http_mark_add(tx, STR("demo"), &added);
}

enum err http_is_demo(struct store *s, struct arena *a, bool *out)
{
    static const struct who nobody = { .role = { "system", 6 },
                                       .via = { "system", 6 } };
    struct tx tx = { .arena = a, .who = &nobody, .now = inst_now() };
    struct http_mark_find found;
    enum err e = store_begin(s, &tx);
    if (e != OK)
        return e;
    e = http_mark_find(&tx, STR("demo"), &found);
    store_end(&tx);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    *out = e == OK;
    return OK;
}
