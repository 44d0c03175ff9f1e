/* Two versions as people meet them, next to each other: page compare. */
#ifndef DESIGN_SIDE_H
#define DESIGN_SIDE_H

#include "design/difference.h"
#include "design/show.h"

/* Member tables of both sides: every decision, marked where it differs.
 * ERR_INPUT when one of them is no DMN file. */
enum err side_tables(struct arena *a, struct view *older, struct view *newer,
                     str before, str after) MUST_USE;

/* Members groups and papers of both sides, as an applicant meets them; a form
 * that cannot be read has none. */
enum err side_forms(struct tx *tx, struct view *older, struct view *newer,
                    str before, str after, const struct differences *d)
    MUST_USE;

#endif
