/* The index is told again after an upgrade, and kept in few pieces. */
#ifndef KERNEL_SEARCH_UPKEEP_H
#define KERNEL_SEARCH_UPKEEP_H

#include "kernel/http/http.h"
#include "kernel/store/store.h"

/* After an upgrade that changed the terms, tells the index of every document
 * again; else does nothing.  Before anybody is served: 3,000,000 take a minute,
 * and it goes on where it was when it is ended. */
enum err search_again(struct store *s, inst now) MUST_USE;

/* Merges all pieces into one, after very many documents came at once: 20 s for
 * 3,000,000, in which nothing else is written. */
enum err search_settle(struct store *s, inst now) MUST_USE;

/* The job: merges a few pages. */
enum err search_merge(struct tx *tx, bool *more) MUST_USE;

extern const struct module search_module;

#endif
