#include "kernel/search/kept.h"

#include "kernel/store/topics.h"

#include <pthread.h>
#include <stdlib.h>

/* One index with the number of those who read it; the kept one counts one. */
struct shelf {
    struct rank *rank;
    int readers;
    struct shelf *next; /* older ones that are still read */
};

static struct {
    pthread_mutex_t lock, building;
    rank_reader *read;
    uint64_t store; /* its serial */
    uint64_t version;
    struct shelf *newest;
} kept = { .lock = PTHREAD_MUTEX_INITIALIZER,
           .building = PTHREAD_MUTEX_INITIALIZER };

void rank_configure(rank_reader *read)
{
    kept.read = read;
    kept.store = 0; /* what is kept was read by another */
}

/* With the lock held. */
static void free_unread(void)
{
    struct shelf **at = &kept.newest;
    while (*at) {
        struct shelf *s = *at;
        if (s->readers > 0) {
            at = &s->next;
            continue;
        }
        *at = s->next;
        rank_free(s->rank);
        free(s);
    }
}

static void put_on_shelf(struct rank *r, uint64_t store, uint64_t version)
{
    struct shelf *s = calloc(1, sizeof *s);
    if (s == NULL)
        abort();
    *s = (struct shelf){ .rank = r, .readers = 1 };
    pthread_mutex_lock(&kept.lock);
    if (kept.newest)
        kept.newest->readers--;
    s->next = kept.newest;
    kept.newest = s;
    kept.store = store;
    kept.version = version;
    free_unread();
    pthread_mutex_unlock(&kept.lock);
}

static enum err build(struct tx *tx, uint64_t version)
{
    struct rank_doc *docs = NULL;
    size_t n = 0;
    enum err e = kept.read ? kept.read(tx, &docs, &n) : OK;
    if (e == OK)
        put_on_shelf(rank_build(docs, n), store_serial(tx->store), version);
    return e;
}

/* NULL when it is not of this store and version, and older ones will not do. */
static const struct rank *take(const struct tx *tx, uint64_t version,
                               bool older)
{
    const struct rank *r = NULL;
    pthread_mutex_lock(&kept.lock);
    if (kept.newest && kept.store == store_serial(tx->store) &&
        (older || kept.version >= version)) {
        kept.newest->readers++;
        r = kept.newest->rank;
    }
    pthread_mutex_unlock(&kept.lock);
    return r;
}

enum err rank_take(struct tx *tx, const struct rank **out)
{
    uint64_t version = store_seen(tx, TOPIC_CATALOGUE);
    enum err e = OK;
    if ((*out = take(tx, version, false)))
        return OK;
    if (pthread_mutex_trylock(&kept.building) != 0) {
        if ((*out = take(tx, version, true)))
            return OK; /* somebody else is building */
        pthread_mutex_lock(&kept.building);
    }
    *out = take(tx, version, false);
    if (*out == NULL)
        e = build(tx, version);
    if (e == OK && *out == NULL)
        *out = take(tx, version, true);
    pthread_mutex_unlock(&kept.building);
    return e;
}

void rank_give(const struct rank *r)
{
    pthread_mutex_lock(&kept.lock);
    for (struct shelf *s = kept.newest; s; s = s->next)
        if (s->rank == r)
            s->readers--;
    free_unread();
    pthread_mutex_unlock(&kept.lock);
}

enum err rank_ask(struct tx *tx, const struct rank_query *q,
                  struct rank_found **found, size_t *n, str *understood)
{
    struct rank_hit *hit = ARENA_NEW_N(tx->arena, struct rank_hit, RANK_MOST);
    const struct rank *r;
    enum err e = rank_take(tx, &r);
    if (e != OK)
        return e;
    *n = rank_find(r, tx->arena, q, hit, understood);
    *found = ARENA_NEW_N(tx->arena, struct rank_found, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*found)[i] = (struct rank_found){ hit[i].doc->id, hit[i].doc->theme,
                                           hit[i].why };
    rank_give(r);
    return OK;
}
