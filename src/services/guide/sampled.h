/*
 * sampled -- the samples and blank forms that stand beside the papers of what
 * one applies for: those the departments attached to their items
 * (pub_catalogue_sample), and for what is filled in here the ones drawn from
 * the form (drawn.h).
 */
#ifndef SERVICES_SAMPLED_H
#define SERVICES_SAMPLED_H

#include "services/guide/offer.h"

/* All nothing: what is shown has no files, as a preview has none. */
struct sampled {
    const struct offer *offer;
    struct sample_list **of_part; /* one list a part */
    size_t *count;
};

/* ERR_STORE only. */
enum err sampled_load(struct tx *tx, const struct offer *o,
                      struct sampled *out) MUST_USE;

/* Member `offered` of a paper's row.  form: it is filled in on line. */
void sampled_show(struct view *row, const struct sampled *s, str paper,
                  bool form);

/* Member `drawn` of a page: the form itself, where no paper is one, or
 * always. */
void sampled_show_form(struct view *v, const struct sampled *s, bool always);

/* Member `offered`: what the result looks like. */
void sampled_show_result(struct view *v, const struct sampled *s);

/* Member `sampled`: names of the samples that were in force when a case was
 * received, with their version; null when there were none. */
enum err sampled_past(struct view *v, struct tx *tx, str item, day received)
    MUST_USE;

#endif
