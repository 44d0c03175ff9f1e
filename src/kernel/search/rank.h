/*
 * rank -- which items and themes answer what somebody typed, best first.
 *
 * An index over the catalogue in memory: built once, never changed, shared by
 * threads, without any database, so both databases give the same answer.  What
 * was typed is taken apart (words.h); each piece with its synonyms is looked up
 * in names, in what is said of the item, and in the organisation's name.
 */
#ifndef KERNEL_SEARCH_RANK_H
#define KERNEL_SEARCH_RANK_H

#include "base/base.h"

enum { RANK_MOST = 400 }; /* hits one question can have */

struct rank_doc {
    int64_t id;
    str code, name;
    str unit, unit_name; /* code and name of the organisation; "" themes */
    str about;           /* result, conditions, materials; a theme's summary */
    int64_t position;    /* in the catalogue, the most used first, from 1 */
    bool theme, online;
};

struct rank; /* immutable, shared by all threads */

/* Copies the documents; rank_free when nobody reads it any more. */
struct rank *rank_build(const struct rank_doc *docs, size_t n);
void rank_free(struct rank *r);

size_t rank_count(const struct rank *r);

struct rank_query {
    str words;                  /* as typed; 64 characters count */
    str unit;                   /* only this organisation's items; "" all */
    bool no_themes, no_items;
    int limit;                  /* at most RANK_MOST */
};

struct rank_hit {
    const struct rank_doc *doc; /* lives as long as the index */
    double score;
    str why; /* the synonyms it was found by, "出生登记、宝宝"; "" none */
};

/*
 * The hits, best first, in `out` (room for q->limit); returns how many.
 * *understood is what the best hit was found by when that is not what was
 * typed, else "".  No input is an error; scratch memory comes from the arena.
 */
size_t rank_find(const struct rank *r, struct arena *a,
                 const struct rank_query *q, struct rank_hit *out,
                 str *understood);

#endif
