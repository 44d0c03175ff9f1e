/*
 * decimal -- the numbers of FEEL: those of IEEE 754-2008 decimal128, 34 digits,
 * rounding half even, exponents from -6176 to 6111, without infinities.
 *
 * Every operation that would leave them returns false and leaves *out alone.
 */
#ifndef KERNEL_RULES_DECIMAL_H
#define KERNEL_RULES_DECIMAL_H

#include "base/str.h"

struct decimal {
    _Alignas(16) unsigned char bytes[16];
};

enum decimal_rounding {
    DECIMAL_HALF_EVEN,
    DECIMAL_HALF_UP,   /* away from zero on a tie */
    DECIMAL_HALF_DOWN, /* towards zero on a tie */
    DECIMAL_UP,        /* away from zero */
    DECIMAL_DOWN,      /* towards zero */
    DECIMAL_FLOOR,
    DECIMAL_CEILING,
};

enum {
    DECIMAL_DIGITS = 34,
    DECIMAL_MIN_SCALE = -6111,
    DECIMAL_MAX_SCALE = 6176,
    DECIMAL_TEXT = 6224 /* enough for any number written plainly */
};

/* coefficient * 10^exponent; the coefficient has at most 34 digits. */
struct decimal_parts {
    unsigned __int128 coefficient;
    int exponent;
    bool negative;
};

struct decimal_parts decimal_parts(struct decimal d);

/* Any coefficient and exponent, rounded half even; sticky says that there was
 * more behind the coefficient.  False beyond the largest number. */
bool decimal_made(bool negative, unsigned __int128 coefficient,
                  int64_t exponent, bool sticky, struct decimal *out);

/* digits[.digits], .digits, optional sign, optional exponent; nothing else. */
bool decimal_parse(str s, struct decimal *out);

/* Plain notation without exponent, no trailing zeros of a fraction: equal
 * numbers have equal texts.  A view of out. */
str decimal_text(struct decimal d, char out[DECIMAL_TEXT]);

struct decimal decimal_of(int64_t i);
struct decimal decimal_of_128(__int128 i); /* rounded to 34 digits */

/* i * 10^-scale, scale 0..30. */
struct decimal decimal_scaled(__int128 i, int scale);

/* The value if it is an integer that fits; false if not. */
bool decimal_int64(struct decimal d, int64_t *out);

/* d * 10^scale towards minus infinity if it fits 126 bits; scale 0..30. */
bool decimal_to_128(struct decimal d, int scale, __int128 *out);

bool decimal_is_integer(struct decimal d);
bool decimal_is_zero(struct decimal d);
int decimal_sign(struct decimal d); /* -1 0 1 */
int decimal_cmp(struct decimal a, struct decimal b);
bool decimal_even(struct decimal d); /* of an integer */

struct decimal decimal_negate(struct decimal d);
bool decimal_add(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_div(struct decimal a, struct decimal b, struct decimal *out);

/* a - b * floor(a / b): the sign of the result is that of b. */
bool decimal_modulo(struct decimal a, struct decimal b, struct decimal *out);

/* Correctly rounded to 34 digits. */
bool decimal_pow(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_sqrt(struct decimal a, struct decimal *out);
bool decimal_exp(struct decimal a, struct decimal *out);
bool decimal_log(struct decimal a, struct decimal *out);

/* Rounded to scale digits after the point (negative: before it). */
bool decimal_round(struct decimal d, int scale, enum decimal_rounding how,
                   struct decimal *out);

#endif
