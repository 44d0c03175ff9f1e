/* What the administrator sees of failures, and may do about them. */
#include "kernel/job/inside.h"

#include <sodium.h>

str job_code(struct arena *a)
{
    unsigned char bytes[8];
    char *hex = arena_alloc(a, 2 * sizeof bytes + 1);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(hex, 2 * sizeof bytes + 1, bytes, sizeof bytes);
    return (str){ hex, 2 * sizeof bytes };
}

enum err job_waiting_since(struct tx *tx, inst *out)
{
    struct job_outbox_waiting w;
    enum err e = job_outbox_waiting(tx, &w);
    *out = e == OK ? w.oldest : inst_none;
    return e;
}

enum err job_troubles(struct tx *tx, struct job_trouble **out, size_t *n)
{
    struct job_incidents *rows;
    size_t count;
    enum err e = job_incidents(tx, &rows, &count);
    if (e != OK)
        return e;
    struct job_trouble *list = ARENA_NEW_N(tx->arena, struct job_trouble,
                                           count);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct job_trouble){
            .code = rows[i].code, .kind = rows[i].kind, .name = rows[i].name,
            .ref = rows[i].ref, .listener = rows[i].listener,
            .error = rows[i].error, .tries = (int)rows[i].tries,
            .opened = rows[i].opened,
        };
    *out = list;
    *n = count;
    return OK;
}

enum err job_again(struct tx *tx, str code)
{
    struct job_incident_one i;
    enum err e = job_incident_one(tx, code, &i);
    if (e != OK)
        return e;
    if (!str_is(i.kind, "signal"))
        return ERR_RANGE;
    e = job_outbox_add(tx, store_id(tx->store), i.name, i.ref, i.payload,
                       i.listener, 0, tx->now, tx->now);
    if (e != OK)
        return e;
    store_touch(tx, JOB_TOPIC);
    return job_incident_close(tx, i.id, tx->now);
}
