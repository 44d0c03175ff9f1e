/*
 * str -- a view of UTF-8 text: pointer and length, never owned, never
 * terminated by accident.  Whoever made the bytes keeps them alive; for text
 * of a request that is the request's arena.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
    const char *p; /* NULL only in str_none */
    size_t n;      /* bytes */
} str;

/* "There is no value", as a NULL column is; distinct from the empty text. */
#define str_none ((str){ NULL, 0 })

/* A literal as str: STR("受理"). */
#define STR(literal) ((str){ "" literal, sizeof(literal) - 1 })

/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, ((s).p ? (s).p : "")

/* These few are here so that the length of a literal costs nothing. */

/* The terminated text c as a view; str_none for NULL. */
static inline str str_of(const char *c)
{
    return c ? (str){ c, strlen(c) } : str_none;
}

static inline bool str_is_none(str s)
{
    return s.p == NULL;
}

static inline bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_is(str a, const char *c)
{
    return str_eq(a, str_of(c));
}

int str_cmp(str a, str b);
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);

/* Byte offset of needle in s, or -1. */
ptrdiff_t str_find(str s, str needle);
ptrdiff_t str_find_byte(str s, char c);

/* s without leading and trailing ASCII space and U+3000. */
str str_trim(str s);

/* Bytes [from, to), clipped to s. */
str str_slice(str s, size_t from, size_t to);

/*
 * Cuts *rest at the first sep: returns what stood before, leaves in *rest what
 * follows.  When there is no sep the whole rest is returned and *rest becomes
 * str_none, so `while (!str_is_none(rest))` walks every piece.
 */
str str_cut(str *rest, char sep);

/* A whole decimal number with optional sign; false if anything else is there,
 * or it does not fit.  *out is untouched on false. */
bool str_int(str s, int64_t *out);

/* FNV-1a, for tables inside the process; never for anything stored. */
uint64_t str_hash(str s);

#endif
