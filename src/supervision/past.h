/*
 * What the days that are over came to, by organisation and by the people of
 * one, kept in memory: no command writes into them any more (every tally is
 * added to its own today, every case ends at the time of its command), so a
 * figure of them holds until the next day begins.
 */
#ifndef SUPERVISION_PAST_H
#define SUPERVISION_PAST_H

#include "supervision/supervision.h"

enum { PAST_WEEKS = 8 };

struct past_line {
    str unit;
    int64_t filed, closed, late, rated, good;
    int64_t week[PAST_WEEKS]; /* closed in each of the weeks that end today */
};

/* The first day that is not over: the day before today, for a command that
 * began before midnight may still be written a moment after it. */
day past_until(day today);

/* The first day of a period that is not over. */
day past_still_from(struct tx *tx, const struct period *p);

/* The first day of the eight weeks. */
day past_weeks_from(day today);

/*
 * Calls `each` for every organisation with anything in p->from … p->to before
 * past_until, or in the weeks before it.  It must be quick, and may not come
 * back here.  Errors are those of the database.
 */
enum err past_read(struct tx *tx, const struct period *p,
                   void (*each)(void *context, const struct past_line *l),
                   void *context) MUST_USE;

/* What one person brought to its end. */
struct past_person {
    str name;
    int64_t closed, late;
};

/*
 * Everybody of an organisation who brought anything to its end in p->from …
 * p->to before past_until, in the memory of tx.  Counted when an organisation
 * is asked for the first time in a day.  Errors are those of the database.
 */
enum err past_people(struct tx *tx, const struct period *p, str unit,
                     struct past_person **out, size_t *n) MUST_USE;

#endif
