/*
 * firm -- what the base of legal persons (法人库) says of the enterprise an
 * application is for: filled in for who speaks for it, compared for the desk.
 * A question names what it takes in its `held`: "enterprise name".
 */
#ifndef SERVICES_FIRM_H
#define SERVICES_FIRM_H

#include "services/guide/offer.h"
#include "services/queries.gen.h"

struct firm {
    bool known;        /* the base has it */
    bool entitled;     /* its facts may be filled in for this person */
    struct firm_live live;
};

/* The question of an offer that asks for the code of the enterprise, NULL when
 * nothing of it is filled in from the base; and what was answered, "". */
const struct form_question *firm_question(const struct offer *o);
str firm_code(const struct offer *o, const struct value *answers);

/* What the base has of a code; not entitled yet. */
enum err firm_read(struct tx *tx, str code, struct firm *out) MUST_USE;

/* For which the signed-in person speaks; at most 20. */
enum err firm_mine(struct tx *tx, struct firm_own **out, size_t *n) MUST_USE;

/* The firm of an answer for the signed-in person; code "": the only one they
 * speak for, if it is one. */
enum err firm_for(struct tx *tx, str code, const struct firm_own *mine,
                  size_t n, struct firm *out) MUST_USE;

/* What the register says to a question, "" when it says nothing; and where
 * that is from: 市场监管登记，2026-03-02. */
str firm_says(const struct firm *f, struct arena *a,
              const struct form_question *q);
str firm_origin(const struct firm *f, struct arena *a);

/* Do these say the same, blanks and brackets apart?  An address may name the
 * town before the street, or not. */
bool firm_same(str typed, str said);

/* What the applicant is told beside the code; *bad when it has ended. */
str firm_told(const struct firm *f, struct arena *a, str code, bool *bad);

/*
 * For the desk: "" when all that was typed is as registered, else what differs
 * in a sentence.  q: one question; of one that asks for nothing held it is "".
 */
str firm_differs(const struct firm *f, struct arena *a,
                 const struct form_question *q, const struct value *answer);

#endif
