/*
 * Decimal numbers over gcc's _Decimal128.
 *
 * The four operations are the compiler's.  What it lacks -- text, rounding to a
 * scale, conversion -- works on sign, coefficient and exponent taken out of the
 * binary integer encoding x86-64 uses.  Roots and powers are in decimal_real.c.
 */
#include "kernel/rules/decimal.h"

#include <string.h>

typedef unsigned __int128 u128;
typedef struct decimal_parts parts;

_Static_assert(sizeof(_Decimal128) == 16, "decimal128 is sixteen bytes");

enum { BIAS = 6176, MAX_EXPONENT = 6111 };

static _Decimal128 native(struct decimal d)
{
    _Decimal128 n;
    memcpy(&n, d.bytes, sizeof n);
    return n;
}

static u128 bits_of(struct decimal d)
{
    u128 b;
    memcpy(&b, d.bytes, sizeof b);
    return b;
}

parts decimal_parts(struct decimal d)
{
    u128 b = bits_of(d);
    uint64_t high = (uint64_t)(b >> 64);
    parts p = { .negative = high >> 63, .finite = true };
    if ((high >> 61 & 3) == 3) { /* infinity, NaN, or a coefficient too big */
        p.finite = (high >> 59 & 15) != 15;
        p.exponent = 0;
        return p;
    }
    p.exponent = (int)(high >> 49 & 0x3fff) - BIAS;
    p.coefficient = b & (((u128)1 << 113) - 1);
    return p;
}

static struct decimal joined(bool negative, u128 coefficient, int exponent)
{
    u128 b = (u128)negative << 127 | (u128)(exponent + BIAS) << 113 |
             coefficient;
    struct decimal d;
    memcpy(d.bytes, &b, sizeof b);
    return d;
}

/* 10^n for n <= 38 */
static u128 ten_to(int n)
{
    static const uint64_t small[20] = {
        1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u,
        100000000u, 1000000000u, 10000000000u, 100000000000u,
        1000000000000u, 10000000000000u, 100000000000000u,
        1000000000000000u, 10000000000000000u, 100000000000000000u,
        1000000000000000000u, 10000000000000000000u,
    };
    return n < 20 ? (u128)small[n] : (u128)small[19] * small[n - 19];
}

static int digits_of(u128 c)
{
    int n = 1;
    while (n < 38 && c >= ten_to(n))
        n++;
    return n;
}

/* Whether dropping `rest` of `unit` moves the quotient away from zero. */
static bool rounds_away(enum decimal_rounding how, bool negative, bool odd,
                        u128 rest, u128 unit, bool sticky)
{
    if (rest == 0 && !sticky)
        return false;
    u128 half = unit / 2;
    int tie = rest > half || (rest == half && sticky) ? 1
              : rest == half                          ? 0
                                                      : -1;
    switch (how) {
    case DECIMAL_HALF_EVEN:
        return tie > 0 || (tie == 0 && odd);
    case DECIMAL_HALF_UP:
        return tie >= 0;
    case DECIMAL_HALF_DOWN:
        return tie > 0;
    case DECIMAL_UP:
        return true;
    case DECIMAL_DOWN:
        return false;
    case DECIMAL_FLOOR:
        return negative;
    case DECIMAL_CEILING:
        return !negative;
    }
    return false;
}

/* c without its last n digits; n may exceed what there is. */
static u128 dropped(u128 c, int n, enum decimal_rounding how, bool negative,
                    bool sticky)
{
    if (n <= 0)
        return c;
    if (n > 38) { /* less than half a unit, whatever c is */
        bool up = rounds_away(how, negative, false, c ? 1 : 0, 10, sticky);
        return up;
    }
    u128 unit = ten_to(n), q = c / unit, rest = c % unit;
    return q + rounds_away(how, negative, q & 1, rest, unit, sticky);
}

bool decimal_made(bool negative, u128 c, int64_t exponent, bool sticky,
                  struct decimal *out)
{
    int over = digits_of(c) - DECIMAL_DIGITS;
    if (over > 0) {
        c = dropped(c, over, DECIMAL_HALF_EVEN, negative, sticky);
        exponent += over;
        if (digits_of(c) > DECIMAL_DIGITS)
            c /= 10, exponent++;
    }
    if (c == 0) {
        if (exponent < -BIAS)
            exponent = -BIAS;
        if (exponent > MAX_EXPONENT)
            exponent = MAX_EXPONENT;
    }
    while (exponent > MAX_EXPONENT && digits_of(c) < DECIMAL_DIGITS)
        c *= 10, exponent--;
    if (exponent > MAX_EXPONENT)
        return false;
    if (exponent < -BIAS) {
        int64_t n = -BIAS - exponent;
        c = dropped(c, n > 99 ? 99 : (int)n, DECIMAL_HALF_EVEN, negative,
                    sticky);
        exponent = -BIAS;
    }
    *out = joined(negative && c, c, (int)exponent);
    return true;
}

/* ---- text ---- */

static bool parsed_exponent(str s, size_t at, int64_t *exponent)
{
    bool negative = false;
    int64_t e = 0;
    if (at < s.n && (s.p[at] == '+' || s.p[at] == '-'))
        negative = s.p[at++] == '-';
    if (at >= s.n)
        return false;
    for (; at < s.n; at++) {
        if (s.p[at] < '0' || s.p[at] > '9')
            return false;
        if (e < 1000000)
            e = e * 10 + (s.p[at] - '0');
    }
    *exponent += negative ? -e : e;
    return true;
}

/* The digits of s from *at on, at most one point among them. */
static bool digits_read(str s, size_t *at, u128 *c, int64_t *exponent,
                        bool *sticky)
{
    bool any = false, point = false;
    for (; *at < s.n; (*at)++) {
        char ch = s.p[*at];
        if (ch == '.' && !point) {
            point = true;
            if (*at + 1 >= s.n || s.p[*at + 1] < '0' || s.p[*at + 1] > '9')
                return false;
            continue;
        }
        if (ch < '0' || ch > '9')
            break;
        any = true;
        if (*c < ten_to(36)) {
            *c = *c * 10 + (u128)(ch - '0');
            *exponent -= point;
        } else {
            *sticky |= ch != '0';
            *exponent += !point;
        }
    }
    return any;
}

bool decimal_parse(str s, struct decimal *out)
{
    size_t at = 0;
    bool negative = false, sticky = false;
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        negative = s.p[at++] == '-';
    u128 c = 0;
    int64_t exponent = 0;
    if (!digits_read(s, &at, &c, &exponent, &sticky))
        return false;
    if (at < s.n) {
        if (s.p[at] != 'e' && s.p[at] != 'E')
            return false;
        if (!parsed_exponent(s, at + 1, &exponent))
            return false;
    }
    return decimal_made(negative, c, exponent, sticky, out);
}

str decimal_text(struct decimal d, char out[DECIMAL_TEXT])
{
    parts p = decimal_parts(d);
    if (p.coefficient == 0) {
        out[0] = '0';
        return (str){ out, 1 };
    }
    while (p.exponent < 0 && p.coefficient % 10 == 0)
        p.coefficient /= 10, p.exponent++;
    char digits[40];
    int n = 0;
    for (u128 c = p.coefficient; c; c /= 10)
        digits[n++] = (char)('0' + (int)(c % 10));
    size_t at = 0;
    if (p.negative)
        out[at++] = '-';
    int whole = n + p.exponent;
    if (whole <= 0) {
        out[at++] = '0';
        out[at++] = '.';
        for (int i = 0; i < -whole; i++)
            out[at++] = '0';
    }
    for (int i = n - 1, k = 0; i >= 0; i--, k++) {
        if (k == whole && whole > 0)
            out[at++] = '.';
        out[at++] = digits[i];
    }
    for (int i = 0; i < p.exponent; i++)
        out[at++] = '0';
    return (str){ out, at };
}

/* ---- conversion ---- */

struct decimal decimal_scaled(__int128 i, int scale)
{
    struct decimal d = { { 0 } };
    u128 c = i < 0 ? -(u128)i : (u128)i;
    decimal_made(i < 0, c, -scale, false, &d);
    return d;
}

struct decimal decimal_of_128(__int128 i)
{
    return decimal_scaled(i, 0);
}

struct decimal decimal_of(int64_t i)
{
    return decimal_scaled(i, 0);
}

bool decimal_is_integer(struct decimal d)
{
    parts p = decimal_parts(d);
    if (p.exponent >= 0 || p.coefficient == 0)
        return true;
    return -p.exponent < 38 && p.coefficient % ten_to(-p.exponent) == 0;
}

bool decimal_to_128(struct decimal d, int scale, __int128 *out)
{
    parts p = decimal_parts(d);
    int e = p.exponent + scale;
    u128 c = p.coefficient;
    if (c && e > 38 - digits_of(c))
        return false;
    if (c == 0)
        e = 0;
    c = e >= 0 ? c * ten_to(e)
               : dropped(c, -e, DECIMAL_FLOOR, p.negative, false);
    if (c >> 126)
        return false;
    *out = p.negative ? -(__int128)c : (__int128)c;
    return true;
}

bool decimal_int64(struct decimal d, int64_t *out)
{
    __int128 i;
    if (!decimal_is_integer(d) || !decimal_to_128(d, 0, &i) ||
        i < INT64_MIN || i > INT64_MAX)
        return false;
    *out = (int64_t)i;
    return true;
}

bool decimal_is_zero(struct decimal d)
{
    return decimal_parts(d).coefficient == 0;
}

int decimal_sign(struct decimal d)
{
    parts p = decimal_parts(d);
    return p.coefficient == 0 ? 0 : p.negative ? -1 : 1;
}

bool decimal_even(struct decimal d)
{
    parts p = decimal_parts(d);
    if (p.exponent > 0 || p.coefficient == 0)
        return true;
    return p.exponent > -38 && p.coefficient / ten_to(-p.exponent) % 2 == 0;
}

/* ---- the four operations ---- */

/* Two numbers of one sign and exponent, as most are, need no library. */
int decimal_cmp(struct decimal a, struct decimal b)
{
    u128 x = bits_of(a), y = bits_of(b);
    if (x == y)
        return 0;
    if ((uint64_t)(x >> 113) == (uint64_t)(y >> 113) && !(x >> 127))
        return x < y ? -1 : 1;
    _Decimal128 p = native(a), q = native(b);
    return p < q ? -1 : p > q;
}

struct decimal decimal_negate(struct decimal d)
{
    parts p = decimal_parts(d);
    if (p.coefficient)
        d.bytes[15] ^= 0x80;
    return d;
}

static bool finite_out(_Decimal128 n, struct decimal *out)
{
    struct decimal d;
    memcpy(d.bytes, &n, sizeof n);
    parts p = decimal_parts(d);
    if (!p.finite)
        return false;
    *out = p.coefficient ? d : joined(false, 0, 0);
    return true;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
    return finite_out(native(a) + native(b), out);
}

bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out)
{
    return finite_out(native(a) - native(b), out);
}

bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out)
{
    return finite_out(native(a) * native(b), out);
}

bool decimal_div(struct decimal a, struct decimal b, struct decimal *out)
{
    return !decimal_is_zero(b) && finite_out(native(a) / native(b), out);
}

bool decimal_round(struct decimal d, int scale, enum decimal_rounding how,
                   struct decimal *out)
{
    parts p = decimal_parts(d);
    int drop = -p.exponent - scale;
    if (drop <= 0) {
        *out = d;
        return true;
    }
    u128 c = dropped(p.coefficient, drop, how, p.negative, false);
    return decimal_made(p.negative, c, -(int64_t)scale, false, out);
}
