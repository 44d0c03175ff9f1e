/*
 * Token buckets, so that nobody's program can keep everybody else waiting.
 *
 * One table of fixed size for addresses and accounts: four neighbouring slots
 * a key may be in, the stillest of which gives way.  A bucket that gives way
 * comes back full, which errs on the side of the visitor.  The hash is keyed
 * with a random secret, or it would be easy to push a victim out.
 */
#include "kernel/http/inside.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1 << 16, WAYS = 4, LOCKS = 64 };

struct bucket {
    uint64_t key;
    int64_t at_ms;
    double tokens;
};

struct rate {
    pthread_mutex_t lock[LOCKS];
    unsigned char secret[crypto_shorthash_KEYBYTES];
    struct bucket bucket[SLOTS];
};

struct rate *rate_new(void)
{
    struct rate *r = calloc(1, sizeof *r);
    if (r == NULL)
        return NULL;
    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_init(&r->lock[i], NULL);
    randombytes_buf(r->secret, sizeof r->secret);
    return r;
}

void rate_free(struct rate *r)
{
    if (r == NULL)
        return;
    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&r->lock[i]);
    free(r);
}

static uint64_t key_of(const struct rate *r, char kind, str who)
{
    unsigned char text[64], hash[crypto_shorthash_BYTES];
    size_t n = who.n < sizeof text - 1 ? who.n : sizeof text - 1;
    text[0] = (unsigned char)kind;
    memcpy(text + 1, who.p, n);
    crypto_shorthash(hash, text, n + 1, r->secret);
    uint64_t key;
    memcpy(&key, hash, sizeof key);
    return key | 1; /* 0 is a free slot */
}

static struct bucket *bucket_of(struct rate *r, uint64_t key,
                                const struct rate_class *c, int64_t now_ms)
{
    struct bucket *b = &r->bucket[(key >> 8) % (SLOTS / WAYS) * WAYS];
    struct bucket *stillest = b;
    for (int i = 0; i < WAYS; i++) {
        if (b[i].key == key)
            return &b[i];
        if (b[i].at_ms < stillest->at_ms)
            stillest = &b[i];
    }
    *stillest = (struct bucket){ key, now_ms, c->burst };
    return stillest;
}

int rate_take(struct rate *r, char kind, str who, const struct rate_class *c,
              int64_t now_ms)
{
    if (c->per_second <= 0 || who.n == 0)
        return 0;
    uint64_t key = key_of(r, kind, who);
    pthread_mutex_t *lock = &r->lock[(key >> 8) % (SLOTS / WAYS) % LOCKS];
    pthread_mutex_lock(lock);
    struct bucket *b = bucket_of(r, key, c, now_ms);
    double earned = (double)(now_ms - b->at_ms) * c->per_second / 1000.0;
    b->tokens += earned > 0 ? earned : 0;
    if (b->tokens > c->burst)
        b->tokens = c->burst;
    b->at_ms = now_ms;
    int wait = 0;
    if (b->tokens >= 1)
        b->tokens -= 1;
    else
        wait = 1 + (int)((1 - b->tokens) / c->per_second);
    pthread_mutex_unlock(lock);
    return wait;
}
