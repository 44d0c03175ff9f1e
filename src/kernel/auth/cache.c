/*
 * A table of sets: the digest chooses a set of eight entries, the set's lock
 * guards them, the entry not seen for longest makes room.  Fixed memory, no
 * list that everybody fights for.  Entries are read afresh after a minute,
 * which bounds how long another process of a cluster can be behind.
 */
#include "kernel/auth/cache.h"

#include "kernel/auth/secret.h"

#include <pthread.h>
#include <string.h>

enum {
    SETS = 512,
    WAYS = 8,           /* 4,096 sessions, about 1 MB */
    FRESH_MS = 60000,
    WRITE_MS = 60000,
};

enum entry_state { FREE, ALIVE, REVOKED };

struct entry {
    char digest[DIGEST_TEXT];
    enum entry_state state;
    struct auth_hot hot;
};

struct set {
    pthread_mutex_t lock;
    struct entry way[WAYS];
};

static struct set sets[SETS];

static void prepare(void)
{
    for (int i = 0; i < SETS; i++)
        pthread_mutex_init(&sets[i].lock, NULL);
}

static struct set *enter_set(size_t i)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare);
    pthread_mutex_lock(&sets[i].lock);
    return &sets[i];
}

static struct set *enter(str digest)
{
    return enter_set(str_hash(digest) % SETS);
}

static void leave(struct set *s)
{
    pthread_mutex_unlock(&s->lock);
}

static struct entry *find(struct set *s, str digest)
{
    for (int i = 0; i < WAYS; i++)
        if (s->way[i].state != FREE &&
            memcmp(s->way[i].digest, digest.p, DIGEST_TEXT) == 0)
            return &s->way[i];
    return NULL;
}

/* A free entry, or the one not seen for longest. */
static struct entry *make_room(struct set *s, str digest)
{
    struct entry *best = &s->way[0];
    for (int i = 0; i < WAYS && best->state != FREE; i++)
        if (s->way[i].state == FREE ||
            s->way[i].hot.seen.ms < best->hot.seen.ms)
            best = &s->way[i];
    memset(best, 0, sizeof *best);
    memcpy(best->digest, digest.p, DIGEST_TEXT);
    return best;
}

bool auth_cache_find(str digest, inst now, struct auth_hot *out,
                     bool *write_seen)
{
    struct set *s = enter(digest);
    struct entry *e = find(s, digest);
    bool usable = false;
    if (e && e->state == ALIVE && now.ms - e->hot.read.ms < FRESH_MS)
        usable = now.ms - e->hot.seen.ms < e->hot.idle * 1000LL &&
                 now.ms < e->hot.expires.ms;
    if (usable) {
        if (now.ms > e->hot.seen.ms)
            e->hot.seen = now;
        *write_seen = now.ms - e->hot.written.ms >= WRITE_MS;
        if (*write_seen)
            e->hot.written = now;
        *out = e->hot;
    }
    leave(s);
    return usable;
}

void auth_cache_keep(str digest, const struct auth_hot *hot)
{
    struct set *s = enter(digest);
    struct entry *e = find(s, digest);
    bool barred = e && e->state == REVOKED &&
                  hot->read.ms - e->hot.read.ms < FRESH_MS;
    if (!barred) {
        if (!e)
            e = make_room(s, digest);
        e->state = ALIVE;
        e->hot = *hot;
    }
    leave(s);
}

void auth_cache_revoke(str digest, inst now)
{
    struct set *s = enter(digest);
    struct entry *e = find(s, digest);
    if (!e)
        e = make_room(s, digest);
    e->state = REVOKED;
    e->hot.read = e->hot.seen = now;
    leave(s);
}

void auth_cache_clear(void)
{
    for (size_t i = 0; i < SETS; i++) {
        struct set *s = enter_set(i);
        memset(s->way, 0, sizeof s->way);
        leave(s);
    }
}
