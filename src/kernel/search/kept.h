/*
 * The index of today's catalogue, shared by all requests.
 *
 * It is made again when TOPIC_CATALOGUE changes: the request that notices
 * builds it (some tens of milliseconds for 2,200 items), all others go on
 * reading the one before.
 */
#ifndef KERNEL_SEARCH_KEPT_H
#define KERNEL_SEARCH_KEPT_H

#include "kernel/search/rank.h"
#include "kernel/store/store.h"

/* Reads everything there is to be found; arrays and texts in tx->arena. */
typedef enum err rank_reader(struct tx *tx, struct rank_doc **docs, size_t *n);

/* Before the first request of a store; without it nothing is ever found. */
void rank_configure(rank_reader *read);

/* The index; what it holds is there until rank_give.  Copy what is shown. */
enum err rank_take(struct tx *tx, const struct rank **out) MUST_USE;
void rank_give(const struct rank *r);

struct rank_found {
    int64_t id;
    bool theme;
    str why;
};

/* rank_find on today's catalogue; *found and its texts in tx->arena. */
enum err rank_ask(struct tx *tx, const struct rank_query *q,
                  struct rank_found **found, size_t *n,
                  str *understood) MUST_USE;

#endif
