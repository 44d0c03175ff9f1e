/*
 * What services take from the catalogue: an item comes into force, is paused,
 * goes on, is withdrawn.
 */
#ifndef SERVICES_GUIDE_TAKE_H
#define SERVICES_GUIDE_TAKE_H

#include "services/queries.gen.h"

/* A guide of the catalogue as services know items. */
struct guide_read {
    struct item_guide item; /* code, unit and version are the caller's */
    struct material_list *material;
    size_t materials;
    const struct value *tree;
};

/* ERR_INPUT when the text is no JSON, or lacks what an item cannot be without
 * (name, type, limits): the catalogue's rules keep that from being approved. */
enum err guide_read(struct arena *a, str body, struct guide_read *out)
    MUST_USE;

/* What a guide says of papers that come later; a number out of bounds is none.
 */
struct item_gap guide_gap(const struct value *guide);

/* Hears "catalogue.changed". */
enum err guide_heard(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;

#endif
