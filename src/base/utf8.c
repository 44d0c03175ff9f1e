#include "base/utf8.h"

/* Bytes of the sequence whose lead byte is c; 0 if c cannot lead. */
static size_t sequence_length(unsigned char c)
{
    if (c < 0x80)
        return 1;
    if (c >= 0xc2 && c < 0xe0)
        return 2;
    if (c >= 0xe0 && c < 0xf0)
        return 3;
    if (c >= 0xf0 && c < 0xf5)
        return 4;
    return 0;
}

/* The value of a sequence of n bytes, or -1 where it is malformed. */
static int32_t decode(const unsigned char *p, size_t n)
{
    static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    static const unsigned char lead[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    int32_t c = p[0] & lead[n];
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return -1;
        c = c << 6 | (p[i] & 0x3f);
    }
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return -1;
    return c;
}

bool utf8_valid(str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n;) {
        size_t n = sequence_length(p[i]);
        if (n == 0 || i + n > s.n || decode(p + i, n) < 0)
            return false;
        i += n;
    }
    return true;
}

size_t utf8_count(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return count;
}

int32_t utf8_next(str s, size_t *at)
{
    if (*at >= s.n)
        return -1;
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t n = sequence_length(p[0]);
    if (n == 0 || *at + n > s.n) {
        (*at)++;
        return 0xfffd;
    }
    int32_t c = decode(p, n);
    *at += n;
    return c < 0 ? 0xfffd : c;
}

size_t utf8_put(char out[4], int32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

str utf8_head(str s, size_t n)
{
    size_t at = 0;
    while (n-- > 0 && utf8_next(s, &at) >= 0)
        ;
    return str_slice(s, 0, at);
}

/* The blocks a Chinese page uses at full width; enough for layout. */
static bool is_wide(int32_t c)
{
    return (c >= 0x1100 && c < 0x1160) || (c >= 0x2e80 && c < 0xa4d0) ||
           (c >= 0xac00 && c < 0xd7a4) || (c >= 0xf900 && c < 0xfb00) ||
           (c >= 0xfe30 && c < 0xfe50) || (c >= 0xff00 && c < 0xff61) ||
           (c >= 0xffe0 && c < 0xffe7) || (c >= 0x20000 && c < 0x40000);
}

size_t utf8_columns(str s)
{
    size_t columns = 0, at = 0;
    for (int32_t c; (c = utf8_next(s, &at)) >= 0;)
        columns += is_wide(c) ? 2 : 1;
    return columns;
}
