/*
 * search -- full text over Chinese: every two neighbouring characters are a
 * term, so 养老 finds 城乡居民养老保险 without a dictionary.
 *
 * A document has a kind ("item", "case") and two texts: what everybody may find
 * it by, and what only its own organisation may.  One that is looked for among
 * those of an organisation names it, and its open text should be one of few: a
 * case has the title of its item.
 */
#ifndef KERNEL_SEARCH_H
#define KERNEL_SEARCH_H

#include "kernel/store/store.h"

/* Adds or replaces document `id` (growing ids: newest first is free).  What
 * the texts say beside letters, digits and ideographs is not kept. */
enum err search_put(struct tx *tx, int64_t id, str kind, str unit, str open,
                    str closed) MUST_USE;

/* The terms of a document, worked out where there is time: on a worker, so that
 * the writer only writes.  Everything in it is the arena's. */
struct search_text {
    str kind, unit, open, closed; /* as kept */
    str pairs_open, pairs_closed, marks; /* SQLite */
    str terms;                           /* PostgreSQL */
};
void search_text_make(const struct tx *tx, str kind, str unit, str open,
                      str closed, struct search_text *out);

/* Adds what the closed text ends with and is known only at writing: a
 * number. */
void search_text_add(const struct tx *tx, struct search_text *t, str more);

/* Adds a document whose id is new.  ERR_CONFLICT when it is not. */
enum err search_add(struct tx *tx, int64_t id, const struct search_text *t)
    MUST_USE;

/* Takes a document out; nothing happens when it is not there. */
enum err search_remove(struct tx *tx, int64_t id) MUST_USE;

struct search_query {
    str kind;       /* "item", "case" */
    str words;      /* as typed */
    str unit;       /* only this organisation's; "" all */
    bool closed;    /* also the texts that are not for everybody */
    int64_t before; /* ids below this; 0: from the newest */
    int limit;
};

/*
 * Ids, newest first.  All words must be found; ideographs anywhere, Latin words
 * and numbers by their beginning.  Words without any letter find nothing; at
 * most the first 64 characters count.  No input is an error.
 */
enum err search_find(struct tx *tx, const struct search_query *q,
                     int64_t **ids, size_t *n) MUST_USE;

/* Ids as a JSON list, for `IN (SELECT CAST(value AS BIGINT) FROM each(:ids))`:
 * what was found is read in one statement. */
str search_list(struct arena *a, const int64_t *ids, size_t n);

/* The terms of a text, space-separated: for a document those that are indexed,
 * for a query those that must be found, x* meaning "begins with x". */
void search_terms(str text, bool query, struct buf *out);

#endif
