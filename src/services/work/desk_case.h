/* A case opened at a desk, with the thread it is part of. */
#ifndef SERVICES_DESK_CASE_H
#define SERVICES_DESK_CASE_H

#include "kernel/http/http.h"
#include "services/guide/offer.h"
#include "services/queries.gen.h"

struct desk_case {
    struct case_load c;        /* the part or single */
    struct case_load thread;   /* the joint case, or c itself */
    struct unit_brief unit;
    struct paper_list *papers; /* that this part may see */
    size_t paper_count;
    const struct firm *firm;   /* desk_firm_load's: the enterprise it is for */
};

/* The case of {number}, if it lies on this person's desk; rq_fail has been
 * called when not OK. */
enum err desk_case_load(struct request *rq, struct tx *tx, struct desk_case *d)
    MUST_USE;

/* Reads what the base of legal persons says of the enterprise the matter is
 * for; d->firm stays NULL without one. */
enum err desk_firm_load(struct tx *tx, struct desk_case *d) MUST_USE;

/* Member `firm`, null without one: what it says, and what was typed
 * otherwise. */
enum err desk_firm_show(struct view *v, struct tx *tx,
                        const struct desk_case *d) MUST_USE;

#endif
