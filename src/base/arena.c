#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 32 << 10, ALIGN = 16 };

struct arena_block {
    struct arena_block *older;
    size_t used, size;
    _Alignas(ALIGN) char data[];
};

struct arena arena_make(size_t ceiling)
{
    return (struct arena){ .ceiling = ceiling };
}

_Noreturn static void overflow(struct arena *a)
{
    if (a->overflow)
        longjmp(*a->overflow, 1);
    fputs("arena: out of memory outside any request\n", stderr);
    abort();
}

static struct arena_block *block_new(struct arena *a, size_t n)
{
    size_t size = n > BLOCK ? n : BLOCK;
    struct arena_block *b = malloc(sizeof *b + size);
    if (b == NULL)
        overflow(a);
    b->older = a->block;
    b->used = 0;
    b->size = size;
    a->block = b;
    return b;
}

/* Rounded up to the alignment; SIZE_MAX stays what it is: too much. */
static size_t rounded(size_t n)
{
    return n > SIZE_MAX - ALIGN ? SIZE_MAX
                                : (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

/* Not zeroed yet. */
static void *take(struct arena *a, size_t n)
{
    n = rounded(n);
    if (n > (SIZE_MAX >> 2) ||
        (a->ceiling && (n > a->ceiling || a->used > a->ceiling - n)))
        overflow(a);
    struct arena_block *b = a->block;
    if (b == NULL || b->size - b->used < n)
        b = block_new(a, n);
    void *p = b->data + b->used;
    b->used += n;
    a->used += n;
    return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
    return memset(take(a, n), 0, n);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(n, size, &total))
        overflow(a);
    return arena_alloc(a, total);
}

char *arena_cstr(struct arena *a, str s)
{
    char *p = take(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return p;
}

str arena_str(struct arena *a, str s)
{
    return str_is_none(s) ? s : (str){ arena_cstr(a, s), s.n };
}

/* Most texts fit into what is left of the block: they are printed where they
 * stay, the others a second time. */
str arena_printf(struct arena *a, const char *format, ...)
{
    struct arena_block *b = a->block;
    size_t room = b ? b->size - b->used : 0;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(b ? b->data + b->used : NULL, room, format, args);
    va_end(args);
    if (n < 0)
        return STR("");
    char *p = take(a, (size_t)n + 1);
    if ((size_t)n >= room) {
        va_start(args, format);
        vsnprintf(p, (size_t)n + 1, format, args);
        va_end(args);
    }
    return (str){ p, (size_t)n };
}

str arena_join(struct arena *a, str left, str right)
{
    char *p = arena_alloc(a, left.n + right.n + 1);
    if (left.n)
        memcpy(p, left.p, left.n);
    if (right.n)
        memcpy(p + left.n, right.p, right.n);
    return (str){ p, left.n + right.n };
}

void arena_reset(struct arena *a)
{
    struct arena_block *keep = NULL;
    for (struct arena_block *b = a->block, *older; b; b = older) {
        older = b->older;
        if (keep == NULL && b->size == BLOCK)
            keep = b;
        else
            free(b);
    }
    if (keep) {
        keep->older = NULL;
        keep->used = 0;
    }
    a->block = keep;
    a->used = 0;
}

void arena_free(struct arena *a)
{
    for (struct arena_block *b = a->block, *older; b; b = older) {
        older = b->older;
        free(b);
    }
    a->block = NULL;
    a->used = 0;
}
