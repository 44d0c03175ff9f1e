/*
 * picture -- the process of a matter as a drawing: a lane for everybody who
 * takes part, a box for every step, coloured by where the case stands.
 *
 * The same facts are on the page as a table and a timeline; the drawing is for
 * those who would rather look.
 */
#ifndef SERVICES_PICTURE_H
#define SERVICES_PICTURE_H

#include "services/guide/offer.h"
#include "services/show.h"

struct picture_part {
    str unit;          /* short name of the organisation */
    str title;         /* what it decides */
    int promised;      /* working days */
    str state;         /* code of the case state; "" for a plan */
    bool late;
};

struct picture {
    str label;         /* what a screen reader says */
    str lead;          /* lane of the window or the leading organisation */
    bool running;      /* a case; else the plan of a guide page */
    bool closed;
    const struct picture_part *parts;
    size_t part_count;
};

/* Adds the SVG as html value `name`. */
void picture_draw(struct view *v, const char *name, const struct picture *p);

/* The plan of an offer. */
enum err picture_of_offer(struct tx *tx, const struct offer *o, struct view *v,
                          const char *name) MUST_USE;

#endif
