/* What several pages of this room share. */
#ifndef VILLAGES_SHOW_H
#define VILLAGES_SHOW_H

#include "villages/pages.h"
#include "villages/queries.gen.h"
#include "villages/villages.h"

/* An id as text: a program reading JSON would lose its last digits. */
str village_id(struct arena *a, int64_t id);

/* Member `cases`: of the agent's village, of one resident if not 0. */
enum err village_show_cases(struct tx *tx, struct view *v, int64_t resident)
    MUST_USE;

/* Adds a resident to the agent's village; the id of who is on its roll
 * already.  ERR_CONFLICT when he is on another village's. */
struct village_person {
    str name, citizen_id, mobile, place, care;
    int64_t id; /* out */
};
enum err village_enrol(struct tx *tx, struct village_person *p) MUST_USE;

/* Records an authority from today on. */
enum err village_consent(struct tx *tx, int64_t resident, str item, str proof,
                         day to) MUST_USE;

#endif
