/* Organisations for lists: read once a version of the catalogue. */
#ifndef SERVICES_UNITS_H
#define SERVICES_UNITS_H

#include "services/queries.gen.h"

/* All that have desks: departments, institutions and townships.  Lives as long
 * as the process. */
struct units {
    const struct unit_list *list; /* in the order of lists */
    size_t n;
    const struct unit_list **by_code;
};

/* Kept by the process until an organisation changes; lives in no arena. */
enum err units_read(struct tx *tx, const struct units **out) MUST_USE;

/* "" for what has no desk. */
str units_name(const struct units *u, str code);

#endif
