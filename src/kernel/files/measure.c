/*
 * What can be measured of a paper without understanding it: how many pages, and
 * whether a photograph is too blurred to read.  A hint for people: nothing is
 * ever refused by it.
 */
#include "kernel/files/look.h"

#include <string.h>
#include <zlib.h>

/* ---- sharpness ---- */

int64_t measure_sharpness(const unsigned char *grey, int width, int height,
                          int stride)
{
    double sum = 0, squares = 0;
    int64_t n = 0;
    for (int y = 1; y < height - 1; y++) {
        const unsigned char *p = grey + (size_t)y * (size_t)stride;
        for (int x = 1; x < width - 1; x++) {
            int l = 4 * p[x] - p[x - 1] - p[x + 1] - p[x - stride] -
                    p[x + stride];
            sum += l;
            squares += (double)l * l;
            n++;
        }
    }
    if (n == 0)
        return 0;
    double mean = sum / (double)n;
    return (int64_t)(squares / (double)n - mean * mean);
}

/* ---- pages of a PDF ---- */

enum { MOST_PAGES = 100000, INFLATED = 16 << 20 };

static size_t skip_space(str s, size_t at)
{
    while (at < s.n && memchr(" \t\r\n\f", s.p[at], 5) && s.p[at])
        at++;
    return at;
}

/* Objects that say of themselves /Type /Page, and not /Pages. */
static int64_t count_pages(str s)
{
    int64_t n = 0;
    size_t at = 0;
    while (at < s.n && n < MOST_PAGES) {
        ptrdiff_t found = str_find(str_slice(s, at, s.n), STR("/Type"));
        if (found < 0)
            break;
        at = skip_space(s, at + (size_t)found + 5);
        str rest = str_slice(s, at, s.n);
        if (!str_starts(rest, STR("/Page")))
            continue;
        char next = rest.n > 5 ? rest.p[5] : ' ';
        bool longer = (next >= 'a' && next <= 'z') ||
                      (next >= 'A' && next <= 'Z');
        n += !longer;
        at += 5;
    }
    return n;
}

/* The bytes of one Flate stream, at most INFLATED of them. */
static int64_t count_inflated(str packed, struct buf *out)
{
    unsigned char block[1 << 14];
    z_stream z = { .next_in = (Bytef *)(uintptr_t)packed.p,
                   .avail_in = (uInt)packed.n };
    if (inflateInit(&z) != Z_OK)
        return 0;
    buf_clear(out);
    int state = Z_OK;
    while (state == Z_OK && buf_str(out).n < INFLATED) {
        z.next_out = block;
        z.avail_out = sizeof block;
        state = inflate(&z, Z_NO_FLUSH);
        buf_put(out, (str){ (char *)block, sizeof block - z.avail_out });
    }
    inflateEnd(&z);
    return count_pages(buf_str(out));
}

/* Is what stands just before this stream the dictionary of an ObjStm? */
static bool is_object_stream(str s, size_t at)
{
    enum { BEFORE = 400 };
    size_t from = at > BEFORE ? at - BEFORE : 0;
    str head = str_slice(s, from, at);
    ptrdiff_t obj;
    while ((obj = str_find(head, STR(" obj"))) >= 0)
        head = str_slice(head, (size_t)obj + 4, head.n);
    return str_find(head, STR("/ObjStm")) >= 0;
}

int64_t measure_pages(str s)
{
    struct buf out = { 0 };
    int64_t n = count_pages(s);
    size_t at = 0;
    for (;;) {
        ptrdiff_t found = str_find(str_slice(s, at, s.n), STR("stream"));
        if (found < 0 || n >= MOST_PAGES)
            break;
        size_t start = at + (size_t)found;
        at = start + 6;
        if (start >= 3 && memcmp(s.p + start - 3, "end", 3) == 0)
            continue;
        if (!is_object_stream(s, start))
            continue;
        n += count_inflated(str_slice(s, skip_space(s, at), s.n), &out);
    }
    buf_free(&out);
    return n;
}
