/* Wanting a call, and how it stands. */
#include "kernel/call/inside.h"

static const struct call_kind *const none[] = { NULL };
static const struct call_kind *const *known = none;

void call_kinds(const struct call_kind *const *kinds)
{
    known = kinds;
}

const struct call_kind *call_kind_of(str name)
{
    for (size_t i = 0; known[i]; i++)
        if (str_is(name, known[i]->name))
            return known[i];
    return NULL;
}

int64_t call_pause(int tries)
{
    enum { FIRST = 10000, LONGEST = 3600000 };
    int64_t ms = FIRST;
    for (int i = 1; i < tries && ms < LONGEST; i++)
        ms *= 2;
    return ms < LONGEST ? ms : LONGEST;
}

enum err call_queue(struct tx *tx, const char *kind, str ref)
{
    const struct call_kind *k = call_kind_of(str_of(kind));
    struct call_same same;
    if (k == NULL)
        return ERR_NOTFOUND;
    enum err e = call_same(tx, str_of(kind), ref, &same);
    if (e != OK || same.calls)
        return e;
    store_touch(tx, CALL_TOPIC);
    return call_add(tx, store_id(tx->store), str_of(kind), ref, k->lane,
                    tx->now);
}

enum err call_again(struct tx *tx, const char *kind, str ref)
{
    int64_t woken = 0;
    enum err e = call_revive(tx, str_of(kind), ref, tx->now, &woken);
    store_touch(tx, CALL_TOPIC);
    return e == OK && woken == 0 ? call_queue(tx, kind, ref) : e;
}

enum err call_state(struct tx *tx, const char *kind, str ref, str *state,
                    str *error)
{
    struct call_known k;
    enum err e = call_known(tx, str_of(kind), ref, &k);
    *state = *error = STR("");
    if (e == OK) {
        *state = k.state;
        *error = k.error;
    }
    return e == ERR_NOTFOUND ? OK : e;
}
