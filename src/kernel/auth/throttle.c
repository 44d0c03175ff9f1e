/*
 * Failures that no account can count: of names that do not exist, and of
 * network addresses.  A name that does not exist must pause like one that does,
 * or the pause would tell which names exist.  A small table in memory is
 * enough: what it forgets when full or after a restart costs an attacker
 * nothing to regain.
 */
#include "kernel/auth/session.h"

#include <pthread.h>
#include <string.h>

enum { SLOTS = 4096, WAYS = 4 };

struct slot {
    uint64_t key;
    int failed;
    inst last, until;
};

static struct slot slots[SLOTS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The key's own slot, or NULL. */
static struct slot *find(uint64_t key)
{
    for (size_t i = 0; i < WAYS; i++) {
        struct slot *s = &slots[(key % (SLOTS / WAYS)) * WAYS + i];
        if (s->key == key && s->failed)
            return s;
    }
    return NULL;
}

/* The slot of its set that failed longest ago. */
static struct slot *make_room(uint64_t key)
{
    struct slot *set = &slots[(key % (SLOTS / WAYS)) * WAYS], *best = set;
    for (size_t i = 1; i < WAYS; i++)
        if (set[i].last.ms < best->last.ms)
            best = &set[i];
    *best = (struct slot){ .key = key, .until = inst_none };
    return best;
}

inst auth_throttle_until(str key, inst now)
{
    inst until = inst_none;
    pthread_mutex_lock(&lock);
    struct slot *s = find(str_hash(key));
    if (s && !inst_is_none(s->until) && s->until.ms > now.ms)
        until = s->until;
    pthread_mutex_unlock(&lock);
    return until;
}

void auth_throttle_failed(str key, int tries, inst now)
{
    const int64_t pause = AUTH_PAUSE_SECONDS * 1000LL;
    pthread_mutex_lock(&lock);
    struct slot *s = find(str_hash(key));
    if (!s)
        s = make_room(str_hash(key));
    if (now.ms - s->last.ms > pause)
        s->failed = 0;
    s->last = now;
    if (++s->failed >= tries) {
        s->until = (inst){ now.ms + pause };
        s->failed = 1; /* not free: until must be found */
    }
    pthread_mutex_unlock(&lock);
}

void auth_throttle_clear(void)
{
    pthread_mutex_lock(&lock);
    memset(slots, 0, sizeof slots);
    pthread_mutex_unlock(&lock);
}
