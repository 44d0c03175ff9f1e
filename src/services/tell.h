/* Letters to the applicant about what was done to their matter. */
#ifndef SERVICES_TELL_H
#define SERVICES_TELL_H

#include "kernel/store/store.h"

/* Hears "case.accept" and its sisters: payload {verb, text}. */
enum err case_tell(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

#endif
