/*
 * drawn -- the form that is data, as paper: the blank one (空白表) for whoever
 * fills in by hand, and one filled in with made-up values (样表).  What is
 * asked is what the pages ask, so that neither can be older than the other.
 */
#ifndef SERVICES_DRAWN_H
#define SERVICES_DRAWN_H

#include "services/guide/offer.h"

enum drawn_kind { DRAWN_BLANK, DRAWN_SAMPLE };

/* What one question is on paper, several lines where it takes several rows;
 * pure.  The values of a sample are nobody's: no number in them is well
 * made. */
str drawn_value(struct arena *a, const struct form_question *q,
                enum drawn_kind kind);

/* 食品经营许可（新办）-申请表（空白表）.pdf */
str drawn_name(struct arena *a, const struct offer *o, enum drawn_kind kind);

/* Is there a form to draw? */
bool drawn_can(const struct offer *o);

/* Its address. */
str drawn_href(struct arena *a, const struct offer *o, enum drawn_kind kind);

#endif
