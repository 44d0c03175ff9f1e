/* Versions in the database: added, brought into force, never rewritten. */
#include "design/design.h"

#include "design/queries.gen.h"
#include "kernel/audit/audit.h"
#include "kernel/process/process.h"

#include <sodium.h>

str design_digest(struct arena *a, str bytes)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    size_t room = 2 * sizeof digest + 1;
    char *hex = arena_alloc(a, room);
    crypto_hash_sha256(digest, (const unsigned char *)bytes.p, bytes.n);
    sodium_bin2hex(hex, room, digest, sizeof digest);
    return (str){ hex, room - 1 };
}

static str object_of(struct tx *tx, const struct design_kind *k, str key,
                     int64_t version)
{
    return arena_printf(tx->arena, "%s %.*s %lld", k->code, STR_ARG(key),
                        (long long)version);
}

/* A form drops blank ends and writes its own line ends: no new version. */
static str core_of(struct arena *a, str xml)
{
    str s = str_trim(xml);
    if (str_find_byte(s, '\r') < 0)
        return s;
    char *p = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r')
            p[n++] = s.p[i];
    return (str){ p, n };
}

static bool says_the_same(struct arena *a, str one, str other)
{
    return str_eq(core_of(a, one), core_of(a, other));
}

enum err design_keep(struct tx *tx, const struct design_kind *k,
                     const struct design_draft *d, int64_t *version, bool *same)
{
    struct design_newest newest = { .version = 0 };
    str kind = str_of(k->code), digest = design_digest(tx->arena, d->xml);
    enum err e = design_newest(tx, kind, d->key, &newest);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    *same = e == OK && says_the_same(tx->arena, newest.xml, d->xml);
    *version = *same ? newest.version : newest.version + 1;
    str object = object_of(tx, k, d->key, *version);
    if (*same)
        return audit_note(tx, STR("design.save"), object,
                          STR("内容没有变化，没有另存"));
    e = design_add(tx, store_id(tx->store), kind, d->key, *version, d->title,
                   d->xml, digest, d->author, d->note, tx->now);
    return e == OK ? audit_note(tx, STR("design.save"), object, digest) : e;
}

enum err design_deploy_version(struct tx *tx, const struct design_kind *k,
                               str key, int64_t version)
{
    struct design_one one;
    str kind = str_of(k->code);
    enum err e = design_one(tx, kind, key, version, &one);
    if (e != OK || str_is(one.state, "deployed"))
        return e;
    e = design_step_down(tx, kind, key, one.id, tx->now, NULL);
    if (e == OK)
        e = design_deploy(tx, one.id, tx->now);
    if (e != OK || k == &design_form) /* services hear of forms */
        return e;
    str problem; /* it was read before: the caller checked it */
    return process_deploy(tx, k == &design_process ? PROCESS_FLOW
                                                   : PROCESS_TABLE,
                          key, one.title, one.xml, &version, &problem);
}

enum err design_retire_version(struct tx *tx, const struct design_kind *k,
                               str key, int64_t id)
{
    enum err e = design_retire(tx, id, tx->now);
    if (k == &design_form)
        return e;
    return e == OK ? process_retire(tx, k == &design_process ? PROCESS_FLOW
                                                             : PROCESS_TABLE,
                                    key)
                   : e;
}
