/* The enterprise an application is for, on the page that asks for its code. */
#ifndef SERVICES_DRAFT_FIRM_H
#define SERVICES_DRAFT_FIRM_H

#include "services/apply/draft_held.h"
#include "services/apply/firm.h"

/*
 * Member `firm`, null where this group does not ask for the code: what is told
 * of it and which can be filled in by a button; and lets `held` fill the
 * questions of this group.
 */
enum err draft_firm_show(struct view *v, struct tx *tx, const struct draft *d,
                         const struct form_group *g,
                         const struct value *answers, struct draft_held *held)
    MUST_USE;

/* Was one of its buttons pressed?  *code: which, "" for the one typed. */
bool draft_firm_pressed(struct arena *a, const struct value *inputs, str *code);

/* The answers with what the register says of the group's questions, when it is
 * the signed-in person's to be told. */
enum err draft_firm_fill(struct tx *tx, const struct draft *d,
                         const struct form_group *g, str code,
                         const struct value *all, struct value **out) MUST_USE;

#endif
