/*
 * Pages kept as they go out: the bytes, their gzip, and the MHD responses
 * around both, headers included, so that a hit costs a look-up.
 *
 * An entry is true while its topic's version stands still and the day has not
 * changed (pages say which day it is).  It is held by whoever is sending it and
 * by the table; the last to let go frees it.  The table has a budget in bytes,
 * and what was asked for longest ago makes room.  Once it is full a page is
 * kept only when it is asked for a second time: somebody who leafs through
 * every list must not push out what everybody looks at.
 */
#include "kernel/http/inside.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHAINS = 4096, DOORS = 8192 };

struct cache {
    pthread_mutex_t lock;
    struct cached *chain[CHAINS];
    struct cached *newest, *oldest;
    size_t used, budget;
    uint64_t asked[DOORS]; /* hashes of what was asked for lately */
};

struct cache *cache_new(size_t bytes)
{
    struct cache *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    pthread_mutex_init(&c->lock, NULL);
    c->budget = bytes;
    return c;
}

void cached_release(struct cached *e)
{
    if (e == NULL || atomic_fetch_sub(&e->holders, 1) > 1)
        return;
    MHD_destroy_response(e->plain);
    if (e->unchanged)
        MHD_destroy_response(e->unchanged);
    if (e->packed)
        MHD_destroy_response(e->packed);
    free(e->bytes);
    free((char *)e->key.p);
    free(e);
}

/* ---- the table, under its lock ---- */

static void unlink_age(struct cache *c, struct cached *e)
{
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
    e->newer = e->older = NULL;
}

static void link_newest(struct cache *c, struct cached *e)
{
    e->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
}

/* What an entry is counted for: its bytes, their gzip, and its headers. */
static size_t weight(const struct cached *e)
{
    return e->n + e->n / 4 + e->key.n + 2048;
}

static void drop(struct cache *c, struct cached *e)
{
    struct cached **at = &c->chain[str_hash(e->key) % CHAINS];
    while (*at != e)
        at = &(*at)->next;
    *at = e->next;
    unlink_age(c, e);
    c->used -= weight(e);
    cached_release(e);
}

static struct cached *look_up(struct cache *c, str key, uint64_t hash)
{
    struct cached *e = c->chain[hash % CHAINS];
    while (e && !str_eq(e->key, key))
        e = e->next;
    return e;
}

static bool still_true(const struct cached *e, const struct store *s,
                       day today)
{
    return e->topic < 0 ||
           (e->version == store_version(s, e->topic) && e->made.n == today.n);
}

struct cached *cache_find(struct cache *c, str key, struct store *s, day today)
{
    uint64_t hash = str_hash(key);
    pthread_mutex_lock(&c->lock);
    struct cached *e = look_up(c, key, hash);
    if (e && !still_true(e, s, today)) {
        drop(c, e);
        e = NULL;
    }
    if (e) {
        atomic_fetch_add(&e->holders, 1);
        if (e != c->newest) {
            unlink_age(c, e);
            link_newest(c, e);
        }
    }
    pthread_mutex_unlock(&c->lock);
    return e;
}

bool cache_admits(struct cache *c, str key, size_t bytes)
{
    uint64_t hash = str_hash(key);
    uint64_t *door = &c->asked[hash % DOORS];
    pthread_mutex_lock(&c->lock);
    bool admitted = c->used + bytes < c->budget || *door == hash;
    *door = hash;
    pthread_mutex_unlock(&c->lock);
    return admitted;
}

/* ---- making an entry ---- */

/* Eight bytes at a time: an etag tells one version of a page from the next,
 * and keeps no secret. */
static uint64_t digest_of(const char *p, size_t n)
{
    uint64_t h = n * 0x9e3779b97f4a7c15u, word = 0;
    for (; n >= sizeof word; p += sizeof word, n -= sizeof word) {
        memcpy(&word, p, sizeof word);
        h = (h ^ word) * 0x9fb21c651e98df25u;
        h ^= h >> 32;
    }
    word = 0;
    memcpy(&word, p, n);
    h = (h ^ word) * 0x9fb21c651e98df25u;
    return h ^ h >> 32;
}

static void write_etag(struct cached *e)
{
    snprintf(e->etag, sizeof e->etag, "W/\"%016" PRIx64 "\"",
             digest_of(e->bytes, e->n));
}

static struct MHD_Response *response_of(const struct cached *e, str bytes,
                                        enum MHD_ResponseMemoryMode mode)
{
    struct MHD_Response *r =
        MHD_create_response_from_buffer(bytes.n, (void *)bytes.p, mode);
    if (r == NULL)
        abort(); /* no memory: as buf_room */
    answer_dress(r, false, false);
    MHD_add_response_header(r, "Content-Type", e->type.p);
    MHD_add_response_header(r, "ETag", e->etag);
    MHD_add_response_header(r, "Cache-Control", e->control);
    MHD_add_response_header(r, "Vary", "Accept, Accept-Encoding, Cookie");
    return r;
}

struct cached *cache_put(struct cache *c, str key, int topic, uint64_t version,
                         day today, struct buf *bytes, str type,
                         const char *control)
{
    struct cached *e = calloc(1, sizeof *e);
    char *own_key = malloc(key.n + 1);
    if (e == NULL || own_key == NULL)
        abort(); /* no memory: as buf_room */
    memcpy(own_key, key.p, key.n);
    e->key = (str){ own_key, key.n };
    e->topic = topic;
    e->version = version;
    e->made = today;
    e->type = type;
    e->control = control;
    e->holders = 2;
    e->bytes = buf_take(bytes, &e->n);
    write_etag(e);
    str text = { e->bytes, e->n };
    e->plain = response_of(e, text, MHD_RESPMEM_PERSISTENT);

    uint64_t hash = str_hash(key);
    pthread_mutex_lock(&c->lock);
    struct cached *old = look_up(c, key, hash);
    if (old)
        drop(c, old);
    c->used += weight(e);
    e->next = c->chain[hash % CHAINS];
    c->chain[hash % CHAINS] = e;
    link_newest(c, e);
    while (c->used > c->budget && c->oldest != e)
        drop(c, c->oldest);
    pthread_mutex_unlock(&c->lock);
    return e;
}

/* The first client that asks makes everybody's copy.  Two at once make it twice
 * and one is thrown away, which is cheaper than waiting. */
static struct MHD_Response *keep_first(struct MHD_Response *_Atomic *place,
                                       struct MHD_Response *made)
{
    struct MHD_Response *none = NULL;
    if (atomic_compare_exchange_strong(place, &none, made))
        return made;
    MHD_destroy_response(made);
    return none;
}

static struct MHD_Response *packed_response(struct cached *e)
{
    struct MHD_Response *r = atomic_load(&e->packed);
    if (r)
        return r;
    struct buf out = { 0 };
    bool dense = e->n < 1024 || atomic_load(&e->dense);
    if (dense || !gzip_pack((str){ e->bytes, e->n }, &out)) {
        atomic_store(&e->dense, true);
        buf_free(&out);
        return e->plain;
    }
    size_t n;
    char *p = buf_take(&out, &n);
    r = response_of(e, (str){ p, n }, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(r, "Content-Encoding", "gzip");
    return keep_first(&e->packed, r);
}

static struct MHD_Response *unchanged_response(struct cached *e)
{
    struct MHD_Response *r = atomic_load(&e->unchanged);
    return r ? r
             : keep_first(&e->unchanged,
                          response_of(e, STR(""), MHD_RESPMEM_PERSISTENT));
}

struct MHD_Response *cached_response(struct cached *e, bool gzip,
                                     bool unchanged)
{
    if (unchanged)
        return unchanged_response(e);
    return gzip ? packed_response(e) : e->plain;
}

void cache_free(struct cache *c)
{
    if (c == NULL)
        return;
    while (c->oldest)
        drop(c, c->oldest);
    pthread_mutex_destroy(&c->lock);
    free(c);
}
