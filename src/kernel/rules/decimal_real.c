/*
 * Roots, powers, logarithms and remainders, through GMP and MPFR with more than
 * a hundred guard digits, so that the one rounding that shows is the last.
 */
#include "kernel/rules/decimal.h"

#include <gmp.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 u128;
typedef struct decimal_parts parts;

enum { MPFR_BITS = 512 };

static void coefficient_in(mpz_t z, parts p)
{
    uint64_t words[2] = { (uint64_t)p.coefficient,
                          (uint64_t)(p.coefficient >> 64) };
    mpz_import(z, 2, -1, sizeof words[0], 0, 0, words);
    if (p.negative)
        mpz_neg(z, z);
}

static void scale_up(mpz_t z, int by)
{
    mpz_t ten;
    mpz_init(ten);
    mpz_ui_pow_ui(ten, 10, (unsigned long)by);
    mpz_mul(z, z, ten);
    mpz_clear(ten);
}

static bool text_out(const char *digits, int64_t exponent, struct decimal *out)
{
    char text[80];
    snprintf(text, sizeof text, "%.40se%lld", digits, (long long)exponent);
    return decimal_parse(str_of(text), out);
}

/* z * 10^exponent, rounded; the digits beyond 36 only say "there was more". */
static bool integer_out(const mpz_t z, int exponent, struct decimal *out)
{
    char *text = mpz_get_str(NULL, 10, z);
    const char *digit = text + (text[0] == '-');
    u128 c = 0;
    bool sticky = false;
    for (int n = 0; *digit; digit++, n++) {
        if (n < 36) {
            c = c * 10 + (u128)(*digit - '0');
        } else {
            sticky |= *digit != '0';
            exponent++;
        }
    }
    bool good = decimal_made(text[0] == '-', c, exponent, sticky, out);
    free(text);
    return good;
}

bool decimal_modulo(struct decimal a, struct decimal b, struct decimal *out)
{
    if (decimal_is_zero(b))
        return false;
    parts p = decimal_parts(a), q = decimal_parts(b);
    int low = p.exponent < q.exponent ? p.exponent : q.exponent;
    mpz_t x, y;
    mpz_init(x);
    mpz_init(y);
    coefficient_in(x, p);
    coefficient_in(y, q);
    scale_up(x, p.exponent - low);
    scale_up(y, q.exponent - low);
    mpz_fdiv_r(x, x, y);
    bool good = integer_out(x, low, out);
    mpz_clear(x);
    mpz_clear(y);
    return good;
}

static void real_in(mpfr_t x, struct decimal d)
{
    char digits[48], text[64];
    parts p = decimal_parts(d);
    int n = 0;
    for (u128 c = p.coefficient; c; c /= 10)
        digits[n++] = (char)('0' + (int)(c % 10));
    size_t at = 0;
    if (p.negative)
        text[at++] = '-';
    while (n)
        text[at++] = digits[--n];
    snprintf(text + at, sizeof text - at, "%se%d", p.coefficient ? "" : "0",
             p.exponent);
    mpfr_set_str(x, text, 10, MPFR_RNDN);
}

static bool real_out(mpfr_t x, struct decimal *out)
{
    if (!mpfr_number_p(x))
        return false;
    if (mpfr_zero_p(x)) {
        *out = decimal_of(0);
        return true;
    }
    mpfr_exp_t e;
    char *digits = mpfr_get_str(NULL, &e, 10, DECIMAL_DIGITS, x, MPFR_RNDN);
    size_t n = strlen(digits) - (digits[0] == '-');
    while (n > 1 && digits[n - 1 + (digits[0] == '-')] == '0')
        digits[--n + (digits[0] == '-')] = 0;
    bool good = e > -100000 && e < 100000 &&
                text_out(digits, (int64_t)e - (int64_t)n, out);
    mpfr_free_str(digits);
    return good;
}

enum real_function { POWER, ROOT, EXPONENTIAL, LOGARITHM };

static bool real(enum real_function f, struct decimal a, struct decimal b,
                 struct decimal *out)
{
    mpfr_t x, y;
    mpfr_init2(x, MPFR_BITS);
    mpfr_init2(y, MPFR_BITS);
    real_in(x, a);
    real_in(y, b);
    if (f == POWER)
        mpfr_pow(x, x, y, MPFR_RNDN);
    else if (f == ROOT)
        mpfr_sqrt(x, x, MPFR_RNDN);
    else if (f == EXPONENTIAL)
        mpfr_exp(x, x, MPFR_RNDN);
    else
        mpfr_log(x, x, MPFR_RNDN);
    bool good = real_out(x, out);
    mpfr_clear(x);
    mpfr_clear(y);
    return good;
}

bool decimal_pow(struct decimal a, struct decimal b, struct decimal *out)
{
    return real(POWER, a, b, out);
}

bool decimal_sqrt(struct decimal a, struct decimal *out)
{
    return decimal_sign(a) >= 0 && real(ROOT, a, a, out);
}

bool decimal_exp(struct decimal a, struct decimal *out)
{
    return real(EXPONENTIAL, a, a, out);
}

bool decimal_log(struct decimal a, struct decimal *out)
{
    return decimal_sign(a) > 0 && real(LOGARITHM, a, a, out);
}
