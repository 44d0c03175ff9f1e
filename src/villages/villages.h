/*
 * villages -- 村级代办: the roll of a village, the authority an agent files on,
 * whom to visit next, and forms that survive a bad line.
 *
 * Everything declared here is a pure function of its arguments.
 */
#ifndef VILLAGES_H
#define VILLAGES_H

#include "base/base.h"
#include "kernel/http/http.h"

enum { VILLAGES_CONSENT_DAYS = 365, VILLAGES_EVERY_MOST = 366 };

/* The day of the next visit: so many days after the last one, today for who
 * was never visited; none when none is planned. */
day villages_due(day visited, int every, day today);

/* Days between visits by what somebody needs; 0: none is planned. */
int villages_every(str care);

/* 高龄 … of a care code, "" for none. */
str villages_care_word(str care);
/* 本人签字 … of a proof code, "" for an unknown one. */
str villages_proof_word(str proof);

/* May a consent run so long?  From today, at most a year: an authority without
 * a term is none (民法典 第一百六十五条). */
bool villages_term_ok(day from, day to);

/* The items of data/villages/items.tsv. */
struct villages_item {
    str code, word;
};
/* The i-th; false after the last.  Text of the program itself. */
bool villages_item(size_t i, struct villages_item *out);

extern const struct module villages_module;

#endif
