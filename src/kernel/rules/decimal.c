/*
 * Decimal numbers: a coefficient of at most 34 digits and an exponent of ten in
 * sixteen bytes, as decimal128 packs them.
 *
 * Everything works on the two: align and add, multiply in halves of 17 digits,
 * divide four digits a step, and round once at the end, half to even, with a
 * flag for what lies behind the last digit kept.  Roots, powers and remainders
 * are in decimal_real.c.
 */
#include "kernel/rules/decimal.h"

#include <string.h>

typedef unsigned __int128 u128;
typedef struct decimal_parts parts;

enum { BIAS = 6176, MAX_EXPONENT = 6111, ALIGNED_DIGITS = 37,
       HALF_DIGITS = 17 };

static u128 bits_of(struct decimal d)
{
    u128 b;
    memcpy(&b, d.bytes, sizeof b);
    return b;
}

parts decimal_parts(struct decimal d)
{
    u128 b = bits_of(d);
    return (parts){ .coefficient = b & (((u128)1 << 113) - 1),
                    .exponent = (int)(b >> 113 & 0x3fff) - BIAS,
                    .negative = b >> 127 };
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

/* ---- comparison ---- */

/* Which coefficient with its exponent is larger; both are not zero. */
static int magnitude_order(parts a, parts b)
{
    int p = digits_of(a.coefficient) + a.exponent;
    int q = digits_of(b.coefficient) + b.exponent;
    if (p != q)
        return p < q ? -1 : 1;
    /* Of equal length when aligned, so neither outgrows 34 digits. */
    if (a.exponent > b.exponent)
        a.coefficient *= ten_to(a.exponent - b.exponent);
    else
        b.coefficient *= ten_to(b.exponent - a.exponent);
    return a.coefficient < b.coefficient ? -1 : a.coefficient > b.coefficient;
}

/* Two numbers of one sign and exponent, as most are, compare at once. */
int decimal_cmp(struct decimal a, struct decimal b)
{
    u128 x = bits_of(a), y = bits_of(b);
    if (x == y)
        return 0;
    if ((uint64_t)(x >> 113) == (uint64_t)(y >> 113) && !(x >> 127))
        return x < y ? -1 : 1;
    int p = decimal_sign(a), q = decimal_sign(b);
    if (p != q || p == 0)
        return p < q ? -1 : p > q;
    int order = magnitude_order(decimal_parts(a), decimal_parts(b));
    return p < 0 ? -order : order;
}

/* ---- the four operations ---- */

struct decimal decimal_negate(struct decimal d)
{
    parts p = decimal_parts(d);
    if (p.coefficient)
        d.bytes[15] ^= 0x80;
    return d;
}

/* a has the larger exponent.  It is moved up as far as there is room, b down
 * for the rest; then a has 37 digits, so nothing near the last one cancels. */
static bool aligned_sum(parts a, parts b, struct decimal *out)
{
    int apart = a.exponent - b.exponent;
    int room = ALIGNED_DIGITS - digits_of(a.coefficient);
    int up = apart < room ? apart : room, down = apart - up;
    bool sticky = false;
    a.coefficient *= ten_to(up);
    a.exponent -= up;
    if (down > 0) {
        u128 unit = ten_to(down < 38 ? down : 38);
        sticky = b.coefficient % unit != 0;
        b.coefficient /= unit;
    }
    if (a.negative == b.negative)
        return decimal_made(a.negative, a.coefficient + b.coefficient,
                            a.exponent, sticky, out);
    /* What b had behind its last digit borrows one, and leaves a rest. */
    b.coefficient += sticky;
    bool less = a.coefficient < b.coefficient;
    u128 c = less ? b.coefficient - a.coefficient
                  : a.coefficient - b.coefficient;
    return decimal_made(less ? b.negative : a.negative, c, a.exponent, sticky,
                        out);
}

bool decimal_add(struct decimal x, struct decimal y, struct decimal *out)
{
    parts a = decimal_parts(x), b = decimal_parts(y);
    if (a.coefficient == 0 || b.coefficient == 0) {
        *out = a.coefficient == 0 ? y : x;
        return true;
    }
    return a.exponent >= b.exponent ? aligned_sum(a, b, out)
                                    : aligned_sum(b, a, out);
}

bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out)
{
    return decimal_add(a, decimal_negate(b), out);
}

/* high * 10^34 + low, as the product of two coefficients. */
static void product(u128 a, u128 b, u128 *high, u128 *low)
{
    u128 half = ten_to(HALF_DIGITS), whole = ten_to(DECIMAL_DIGITS);
    uint64_t a1 = (uint64_t)(a / half), a0 = (uint64_t)(a % half);
    uint64_t b1 = (uint64_t)(b / half), b0 = (uint64_t)(b % half);
    u128 middle = (u128)a1 * b0 + (u128)a0 * b1;
    *low = middle % half * half + (u128)a0 * b0;
    *high = (u128)a1 * b1 + middle / half + *low / whole;
    *low %= whole;
}

bool decimal_mul(struct decimal x, struct decimal y, struct decimal *out)
{
    parts a = decimal_parts(x), b = decimal_parts(y);
    bool negative = a.negative != b.negative;
    int exponent = a.exponent + b.exponent;
    u128 high, low;
    if (!((a.coefficient | b.coefficient) >> 63))
        return decimal_made(negative, a.coefficient * b.coefficient, exponent,
                            false, out);
    product(a.coefficient, b.coefficient, &high, &low);
    if (high == 0)
        return decimal_made(negative, low, exponent, false, out);
    int keep = ALIGNED_DIGITS - digits_of(high);
    if (keep > DECIMAL_DIGITS)
        keep = DECIMAL_DIGITS;
    u128 unit = ten_to(DECIMAL_DIGITS - keep);
    return decimal_made(negative, high * ten_to(keep) + low / unit,
                        exponent + DECIMAL_DIGITS - keep, low % unit != 0,
                        out);
}

bool decimal_div(struct decimal x, struct decimal y, struct decimal *out)
{
    parts a = decimal_parts(x), b = decimal_parts(y);
    if (b.coefficient == 0)
        return false;
    u128 q = a.coefficient / b.coefficient;
    u128 rest = a.coefficient % b.coefficient;
    int exponent = a.exponent - b.exponent, ideal = exponent;
    while (rest && q < ten_to(DECIMAL_DIGITS)) {
        rest *= 10000;
        q = q * 10000 + rest / b.coefficient;
        rest %= b.coefficient;
        exponent -= 4;
    }
    while (rest == 0 && exponent < ideal && q % 10 == 0 && q)
        q /= 10, exponent++;
    return decimal_made(a.negative != b.negative, q, exponent, rest != 0, out);
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
