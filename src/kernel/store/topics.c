/*
 * Topics and the writer's memory: what commands leave behind beside rows.
 *
 * A version is only compared, never counted on: on PostgreSQL it also grows
 * when another server on the same database touched the topic.
 */
#include "kernel/store/inside.h"
#include "kernel/store/kept.h"

#include <time.h>

void store_touch(struct tx *tx, int topic)
{
    if (tx->writes && topic >= 0 && topic < STORE_TOPICS)
        tx->conn->touched |= (uint64_t)1 << topic;
}

uint64_t store_version(const struct store *s, int topic)
{
    return atomic_load_explicit(&s->version[topic], memory_order_acquire);
}

uint64_t store_serial(const struct store *s)
{
    return s->serial;
}

uint64_t store_seen(const struct tx *tx, int topic)
{
    return tx->writes ? store_version(tx->store, topic) : tx->conn->seen[topic];
}

void topics_see(struct store *s, struct store_conn *c)
{
    for (int i = 0; i < STORE_TOPICS; i++)
        c->seen[i] = store_version(s, i);
}

enum err store_keep(struct tx *tx, struct store_kept *k, const void **out)
{
    struct tx own = *tx;
    enum err e = OK;
    pthread_mutex_lock(&k->lock);
    uint64_t version = store_seen(tx, k->topic);
    uint64_t store = store_serial(tx->store);
    bool fresh = k->store == store && k->version >= version;
    *out = k->value;
    if (!fresh) {
        /* What a command sees may still be undone: it keeps nothing. */
        if (!tx->writes)
            own.arena = &k->arena;
        e = k->read(&own, out);
        tx->queries = own.queries;
    }
    if (!fresh && !tx->writes && e == OK) {
        k->value = *out;
        k->version = version;
        k->store = store;
    }
    pthread_mutex_unlock(&k->lock);
    return e;
}

void topics_bump(struct store *s, uint64_t topics)
{
    if (topics == 0)
        return;
    pthread_mutex_lock(&s->news_lock);
    for (int i = 0; topics; i++, topics >>= 1)
        if (topics & 1)
            atomic_fetch_add_explicit(&s->version[i], 1,
                                      memory_order_release);
    pthread_cond_broadcast(&s->news);
    pthread_mutex_unlock(&s->news_lock);
}

uint64_t store_await(struct store *s, int topic, uint64_t seen, int ms)
{
    int64_t until = tick_ms() + ms;
    struct timespec t = { until / 1000, until % 1000 * 1000000 };
    uint64_t now;
    pthread_mutex_lock(&s->news_lock);
    while ((now = store_version(s, topic)) == seen &&
           pthread_cond_timedwait(&s->news, &s->news_lock, &t) == 0)
        ;
    pthread_mutex_unlock(&s->news_lock);
    return now;
}

void *store_memory(struct tx *tx)
{
    return tx->conn->memory;
}
