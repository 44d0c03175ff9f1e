/*
 * What a process keeps of the database for as long as a topic stands still:
 * organisations, classes of the catalogue.
 */
#ifndef KERNEL_STORE_KEPT_H
#define KERNEL_STORE_KEPT_H

#include "kernel/store/store.h"

#include <pthread.h>

/* A static one a thing: .lock = PTHREAD_MUTEX_INITIALIZER, .topic, .read. */
struct store_kept {
    pthread_mutex_t lock;
    int topic;
    /* Makes it, in tx->arena. */
    enum err (*read)(struct tx *tx, const void **out);

    /* store_keep's own */
    uint64_t store; /* its serial */
    uint64_t version;
    const void *value;
    struct arena arena;
};

/*
 * What is kept, read anew when the topic has moved.  It stays valid: older
 * ones are never freed while the process lives, for a request may hold one; so
 * only what changes a few times a day may be kept.  Errors are those of read.
 */
enum err store_keep(struct tx *tx, struct store_kept *k,
                    const void **out) MUST_USE;

#endif
