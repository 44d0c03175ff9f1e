/*
 * Inside auth: the sessions this process has met lately, so that being signed
 * in costs no query.
 */
#ifndef KERNEL_AUTH_CACHE_H
#define KERNEL_AUTH_CACHE_H

#include "base/base.h"

/* What a session says; texts are cut to fit and never are longer in practice
 * (a login that does not fit is simply not cached). */
struct auth_hot {
    int64_t account;
    int idle;      /* seconds without a request after which it is over */
    inst expires;  /* whatever happens */
    inst seen;     /* last request */
    inst written;  /* the `seen` that is in the database */
    inst read;     /* when the entry was read from the database */
    char name[64], unit[24], role[16], via[12];
};

/*
 * Finds a session read from the database less than a minute ago; notes that it
 * was seen now.  *write_seen is set when the database should hear of it (at
 * most once a minute, to one caller).
 */
bool auth_cache_find(str digest, inst now, struct auth_hot *out,
                     bool *write_seen);

void auth_cache_keep(str digest, const struct auth_hot *hot);

/*
 * The session changes or ends in a command that is not durable yet: until the
 * entry is a minute old every request asks the database, so that no reader with
 * an older snapshot can bring the old state back.
 */
void auth_cache_revoke(str digest, inst now);

void auth_cache_clear(void);

#endif
