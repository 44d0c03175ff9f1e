/* What services hears: its own steps, and what the clocks say of its cases. */
#ifndef SERVICES_TELL_H
#define SERVICES_TELL_H

#include "kernel/store/store.h"

/* A letter to the applicant, who filed for them and whoever signed with them;
 * ref: a case, single or part. */
enum err tell_applicant(struct tx *tx, str ref, str title, str text) MUST_USE;

/* Hears "case.accept" and its sisters: payload {verb, text}. */
enum err case_tell(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

/* Hears "clock.level": a card becomes part of the public record of its case;
 * of the applicant's own clock (gap.h) the applicant is told. */
enum err case_carded(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

/* Hears "fee.issued" and "fee.settled": that something is owed, and that it is
 * no longer, is part of the public record; the sum is the payer's alone. */
enum err case_fee_told(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

/* Hears "clock.moved": a calendar announced meanwhile moved the due day. */
enum err case_moved(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

/* Signal remedy.reopen: a new run; the answer is the signal case.reopened. */
enum err case_reopen_heard(struct tx *tx, str ref,
                           const struct value *payload);
/* Signals remedy.complained and remedy.answered: an event of the thread. */
enum err case_remedied(struct tx *tx, str ref, const struct value *payload);

#endif
