/*
 * place -- administrative divisions as somebody chooses where they live: the
 * province, the city, the county, the township, the village.
 *
 * Built in from data/regions.tsv and data/villages.tsv (GB/T 2260 and the
 * statistical codes GB/T 10114 goes on with).  All provinces, cities and
 * counties are there; townships and villages only of the city itself, so a
 * chain ends where the data ends and the rest is written as text.
 */
#ifndef KERNEL_FORM_PLACE_H
#define KERNEL_FORM_PLACE_H

#include "base/base.h"

enum { PLACE_LEVELS = 5, PLACE_CODE = 12 };

struct place {
    str code, name;     /* "341881001", 西津街道 */
    str parent;         /* "" of a province */
    str words;          /* 安徽省宣城市宁国市西津街道; 市辖区 is passed over */
    int level;          /* 1 province, 2 city, 3 county, 4 town, 5 village */
};

/* NULL when no division has this code. */
const struct place *place_of(str code);

/* The divisions right under one ("": the provinces), in the order of codes;
 * the list is a's. */
const struct place *const *place_under(struct arena *a, str parent, size_t *n);

/* Does anything lie under it? */
bool place_goes_on(str code);

/* The city or county this platform is for: the one whose townships are known.
 * Its name is the setting `city`. */
const struct place *place_own(void);

/* The whole chain of names; "" when no division has this code. */
str place_words(str code);

/* Divisions whose chain holds every word asked for (separated by blanks) and
 * whose own name is part of what was asked, the deepest first, at most `most`;
 * within: only under that code, "" for all. */
size_t place_find(str words, str within, const struct place **out, size_t most);

#endif
