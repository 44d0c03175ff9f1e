#include "base/str.h"

#include <string.h>

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int d = n ? memcmp(a.p, b.p, n) : 0;
    if (d != 0)
        return d;
    return a.n < b.n ? -1 : a.n > b.n;
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq((str){ s.p, prefix.n }, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n &&
           str_eq((str){ s.p + (s.n - suffix.n), suffix.n }, suffix);
}

ptrdiff_t str_find(str s, str needle)
{
    if (needle.n == 0)
        return 0;
    const char *at = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return at ? at - s.p : -1;
}

ptrdiff_t str_find_byte(str s, char c)
{
    const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
    return at ? at - s.p : -1;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

str str_trim(str s)
{
    static const str wide = { "\xe3\x80\x80", 3 }; /* U+3000 */
    for (;;) {
        if (s.n && is_space(s.p[0]))
            s = str_slice(s, 1, s.n);
        else if (str_starts(s, wide))
            s = str_slice(s, 3, s.n);
        else if (s.n && is_space(s.p[s.n - 1]))
            s.n--;
        else if (str_ends(s, wide))
            s.n -= 3;
        else
            return s;
    }
}

str str_slice(str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return s.p ? (str){ s.p + from, to - from } : s;
}

str str_cut(str *rest, char sep)
{
    str s = *rest;
    ptrdiff_t at = str_find_byte(s, sep);
    if (at < 0) {
        *rest = str_none;
        return s;
    }
    *rest = str_slice(s, (size_t)at + 1, s.n);
    return str_slice(s, 0, (size_t)at);
}

bool str_int(str s, int64_t *out)
{
    bool negative = s.n && s.p[0] == '-';
    size_t i = negative || (s.n && s.p[0] == '+') ? 1 : 0;
    if (i == s.n)
        return false;
    int64_t v = 0;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        int digit = s.p[i] - '0';
        if (__builtin_mul_overflow(v, (int64_t)10, &v) ||
            __builtin_sub_overflow(v, (int64_t)digit, &v))
            return false;
    }
    /* Summed downwards so that INT64_MIN has a spelling. */
    if (!negative && __builtin_sub_overflow((int64_t)0, v, &v))
        return false;
    *out = v;
    return true;
}

uint64_t str_hash(str s)
{
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h;
}
