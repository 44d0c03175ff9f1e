/* What is written into a draft before its owner is asked. */
#ifndef SERVICES_DRAFT_HELD_H
#define SERVICES_DRAFT_HELD_H

#include "services/apply/draft.h"

struct draft_held;
struct held_value {
    const struct value *answer;
    str origin;      /* 食品经营许可证，2026-03-02 */
    str wrong;       /* where to have it corrected, "" */
};

/* Reads what the questions of a group may be filled in with; correct: there is
 * a page for correcting what the account says.  Its memory is tx's. */
enum err draft_held(struct tx *tx, const struct form_group *g, bool correct,
                    struct draft_held **out) MUST_USE;

/* The same for another account: of somebody a clerk has before him and knows by
 * name, number and mobile (docs/decisions/0012); 0: nobody's. */
enum err draft_held_of(struct tx *tx, int64_t account,
                       const struct form_group *g, bool correct,
                       struct draft_held **out) MUST_USE;

/* What is held of an enterprise beside: for questions that ask for it. */
struct firm;
void draft_held_firm(struct draft_held *h, const struct firm *f);

/* Would this answer be taken as it is? */
bool draft_held_right(struct arena *a, const struct form_question *f,
                      const struct value *answer);

/* What is held of one question; false: nothing. */
bool draft_held_value(const struct draft_held *h, struct arena *a,
                      const struct form_question *f, struct held_value *out);

#endif
