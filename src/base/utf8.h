/* UTF-8: validity, stepping, counting.  Text that enters the program is
 * checked once at the edge; inside, every str is valid UTF-8. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Valid UTF-8 (no surrogates, no overlong forms, at most U+10FFFF). */
bool utf8_valid(str s);

/* Code points in valid text. */
size_t utf8_count(str s);

/* The code point at *at; advances *at.  -1 at the end.  Text must be valid. */
int32_t utf8_next(str s, size_t *at);

/* Writes code point c (valid scalar) to out, returns the bytes used, 1..4. */
size_t utf8_put(char out[4], int32_t c);

/* The first n code points of s. */
str utf8_head(str s, size_t n);

/* Columns on an East Asian terminal or page: full-width characters count 2. */
size_t utf8_columns(str s);

#endif
