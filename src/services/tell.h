/* What services hears: its own steps, and what the clocks say of its cases. */
#ifndef SERVICES_TELL_H
#define SERVICES_TELL_H

#include "kernel/store/store.h"

/* Hears "case.accept" and its sisters: payload {verb, text}. */
enum err case_tell(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

/* Hears "clock.level": a card becomes part of the public record of its case. */
enum err case_carded(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

/* Hears "fee.issued" and "fee.settled": that something is owed, and that it is
 * no longer, is part of the public record; the sum is the payer's alone. */
enum err case_fee_told(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

/* Hears "clock.moved": a calendar announced meanwhile moved the due day. */
enum err case_moved(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

#endif
