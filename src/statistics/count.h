/* Keeping the figures: see count.c. */
#ifndef STATISTICS_COUNT_H
#define STATISTICS_COUNT_H

#include "kernel/http/http.h"

/* Jobs: one day that is due, counted on a snapshot and then kept; all days, the
 * first time. */
enum err statistics_count(struct tx *tx, const void **kept) MUST_USE;
enum err statistics_keep(struct tx *tx, bool *more) MUST_USE;
enum err statistics_begin(struct tx *tx, bool *more) MUST_USE;

/* Something happened to a case: its days are due. */
enum err statistics_heard(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

#endif
