/*
 * arena -- memory with the lifetime of one request (or one command, one job).
 *
 * Handlers call no malloc and no free.  An arena hands out zeroed memory until
 * it is reset; it never returns NULL.  It has a ceiling: whoever reaches it is
 * asking for something no page needs, and the one longjmp of the program takes
 * the request back to its dispatcher, which rolls back and answers 503.  That
 * is safe because a request owns everything it holds.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <setjmp.h>

struct arena_block;

struct arena {
    struct arena_block *block; /* newest first */
    size_t used;               /* bytes handed out since the last reset */
    size_t ceiling;            /* bytes; 0: none */
    jmp_buf *overflow;         /* where reaching the ceiling or the end of the
                                  machine's memory goes; NULL: abort() */
};

enum { ARENA_REQUEST_CEILING = 16 << 20 };

/* A zeroed struct arena is ready; this one has a ceiling as well. */
struct arena arena_make(size_t ceiling);

/* n zeroed bytes aligned for any type. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((malloc));

/* n * size zeroed bytes; an overflow of the product counts as the ceiling. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* A terminated copy of s; the view excludes the terminator. */
str arena_str(struct arena *a, str s);
char *arena_cstr(struct arena *a, str s);

/* printf into the arena, terminated. */
str arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* a followed by b. */
str arena_join(struct arena *a, str left, str right);

/* Gives everything back but one block, kept for the next request. */
void arena_reset(struct arena *a);

/* Gives everything back. */
void arena_free(struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_NEW_N(a, type, n) ((type *)arena_array((a), (n), sizeof(type)))

#endif
