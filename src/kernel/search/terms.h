/* Terms of a text and queries made of them, without any database. */
#ifndef KERNEL_SEARCH_TERMS_H
#define KERNEL_SEARCH_TERMS_H

#include "base/base.h"

enum {
    TERMS_QUERY_MAX = 64, /* characters of a query that count */
    TERMS_BEGINNING = 8,  /* letters of a Latin word whose beginnings are terms
                             of their own; longer ones are looked up as x* */
};

/*
 * The text folded: ASCII small, full width to half, everything that is no
 * letter, digit or ideograph one space, and a space between Latin words and
 * ideographs, so that a word always begins after a space.
 */
void terms_fold(str text, struct buf *out);
/* The same as a text of the arena. */
str terms_folded(struct arena *a, str text);

/* A stretch of folded text between spaces. */
struct term_run {
    str text;
    bool wide;      /* ideographs: two neighbours make a term */
    size_t letters; /* code points */
};
bool terms_next(str *folded, struct term_run *out);

/* The next pair of neighbours of a wide run, *at from 0; false at the end. */
bool terms_pair(const struct term_run *r, size_t *at, str *out);

/* Space-separated, appended to out, each after `mark`.  Pairs and whole
 * words stand in the order of the text; marks are each ideograph once and the
 * beginnings of words. */
void terms_put_pairs(str folded, str mark, struct buf *out);
void terms_put_marks(str folded, str mark, struct buf *out);

#endif
