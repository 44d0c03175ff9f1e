/* What services takes from the designer: forms and the tables they go by. */
#ifndef SERVICES_TAKE_H
#define SERVICES_TAKE_H

#include "kernel/store/store.h"

/* Hears "design.deploy" and "design.retire": payload {kind, key}. */
enum err form_heard(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

#endif
