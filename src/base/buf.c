#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *buf_room(struct buf *b, size_t n)
{
    if (b->cap - b->n < n) {
        size_t cap = b->cap ? b->cap : 256;
        while (cap - b->n < n) {
            if (cap > SIZE_MAX / 2)
                abort();
            cap *= 2;
        }
        char *p = realloc(b->p, cap);
        if (p == NULL)
            abort();
        b->p = p;
        b->cap = cap;
    }
    return b->p + b->n;
}

void buf_byte(struct buf *b, char c)
{
    *buf_room(b, 1) = c;
    b->n++;
}

void buf_int(struct buf *b, int64_t v)
{
    char digits[24];
    int at = sizeof digits;
    uint64_t u = v < 0 ? 0u - (uint64_t)v : (uint64_t)v;
    do
        digits[--at] = (char)('0' + u % 10);
    while ((u /= 10) != 0);
    if (v < 0)
        digits[--at] = '-';
    buf_put(b, (str){ digits + at, sizeof digits - (size_t)at });
}

void buf_printf(struct buf *b, const char *format, ...)
{
    enum { USUAL = 128 };
    va_list args;
    char *p = buf_room(b, USUAL);
    va_start(args, format);
    int n = vsnprintf(p, b->cap - b->n, format, args);
    va_end(args);
    if (n <= 0)
        return;
    if ((size_t)n >= b->cap - b->n) {
        p = buf_room(b, (size_t)n + 1);
        va_start(args, format);
        vsnprintf(p, (size_t)n + 1, format, args);
        va_end(args);
    }
    b->n += (size_t)n;
}

/* What a byte becomes in HTML; NULL: itself.  Most bytes are themselves. */
static const char *const html_of[256] = {
    ['&'] = "&amp;",  ['<'] = "&lt;",   ['>'] = "&gt;",
    ['"'] = "&quot;", ['\''] = "&#39;",
};

void buf_html(struct buf *b, str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *as = html_of[(unsigned char)s.p[i]];
        if (as == NULL)
            continue;
        buf_put(b, str_slice(s, from, i));
        buf_put(b, str_of(as));
        from = i + 1;
    }
    buf_put(b, str_slice(s, from, s.n));
}

str buf_str(const struct buf *b)
{
    return (str){ b->p ? b->p : "", b->n };
}

void buf_clear(struct buf *b)
{
    b->n = 0;
}

char *buf_take(struct buf *b, size_t *n)
{
    char *p = b->p;
    *n = b->n;
    *b = (struct buf){ 0 };
    return p;
}

void buf_free(struct buf *b)
{
    free(b->p);
    *b = (struct buf){ 0 };
}
