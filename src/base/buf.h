/*
 * buf -- bytes that grow.  Heap memory, because what is written here outlives
 * the request's arena: a response on its way to the socket, a file in memory.
 * Whoever declares a buf frees it or hands its bytes on with buf_take.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <string.h>

struct buf {
    char *p; /* not terminated */
    size_t n, cap;
};

/* Room for n more bytes; returns where they go.  Aborts without memory. */
char *buf_room(struct buf *b, size_t n);

/* Here, because a page is written by thousands of these. */
static inline void buf_put(struct buf *b, str s)
{
    if (s.n == 0)
        return;
    memcpy(b->cap - b->n < s.n ? buf_room(b, s.n) : b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buf_byte(struct buf *b, char c);
void buf_int(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* s with & < > " ' written as HTML character references. */
void buf_html(struct buf *b, str s);

/* The bytes so far; valid until the next write. */
str buf_str(const struct buf *b);

void buf_clear(struct buf *b);

/* Hands the bytes to the caller, who frees them with free(); b is empty. */
char *buf_take(struct buf *b, size_t *n);

void buf_free(struct buf *b);

#endif
