/*
 * words -- how people say it: data/words.tsv, and a query taken apart by it.
 *
 * The list is read once, when first asked for, and never changes.  A query is
 * cut into the fewest pieces the list knows; what asks without saying what
 * (怎么办, 我要) is marked as filler, and a word with one wrong, missing or
 * superfluous character is taken for the word it is close to, where otherwise
 * something would be left that neither the list nor the catalogue knows.
 */
#ifndef KERNEL_SEARCH_WORDS_H
#define KERNEL_SEARCH_WORDS_H

#include "base/base.h"

enum {
    WORDS_PIECES = 64,  /* a query of TERMS_QUERY_MAX characters has no more */
    WORDS_TERMS = 8,    /* terms of the catalogue one word may stand for */
    WORDS_LONGEST = 16, /* characters of a word of the list */
};

struct words; /* immutable, shared by all threads */

enum words_kind { WORDS_REST, WORDS_FILLER, WORDS_SAID };

/* A word of the list; texts are folded (terms.h). */
struct words_entry {
    str say;
    str terms[WORDS_TERMS]; /* the likelier first */
    int term_count;         /* 0: filler */
    int32_t letters[WORDS_LONGEST];
    int length;
    bool wide;              /* ideographs only: may be corrected */
    bool aside;             /* says who or where, beside what is needed */
};

struct words_piece {
    enum words_kind kind;
    str text;                        /* of the query, folded */
    const struct words_entry *entry; /* NULL: left over */
    bool fixed;                      /* typed otherwise than entry->say */
};

/* The list inside the program. */
const struct words *words_builtin(void);

/* Reads a list; NULL and *line set when a line is not of the form the head of
 * data/words.tsv describes.  Lives as long as the arena. */
const struct words *words_read(struct arena *a, str text, int *line);

size_t words_count(const struct words *w);

/* Do these two neighbours occur in what is searched? */
typedef bool words_known(const void *context, int32_t left, int32_t right);

/* The pieces of a folded query from left to right; at most WORDS_PIECES. */
size_t words_split(const struct words *w, struct arena *a, str folded,
                   words_known *known, const void *context,
                   struct words_piece out[WORDS_PIECES]);

/* Which actions (变更, 注销 …) a folded text tells of, one bit each. */
uint32_t words_actions(const struct words *w, str folded);

#endif
