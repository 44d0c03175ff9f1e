/* What an exchange partner calls what we say. */
#ifndef CATALOGUE_PARTNER_H
#define CATALOGUE_PARTNER_H

#include "catalogue/keep.h"

struct mapping {
    struct mapping_list *row;
    size_t n;
};

/* What holds today.  ERR_NOTFOUND: no such partner. */
enum err mapping_load(struct tx *tx, str partner, struct mapping **out)
    MUST_USE;

/* A new partner with what GB/T 39046 and the national exchange tables say.
 * ERR_CONFLICT when the code is taken. */
enum err partner_new(struct tx *tx, str code, str name) MUST_USE;

/* The heading of a column: theirs, or `label` where nothing is said and
 * without a mapping. */
str mapping_field(const struct mapping *m, const char *code,
                  const char *label);
/* The same for a member of JSON: theirs, or our code. */
const char *mapping_key(const struct mapping *m, struct arena *a,
                        const char *code);

/* A word of a list; words joined by 、 one by one, theirs joined by commas.
 * What is not mapped stays ours. */
str mapping_word(const struct mapping *m, struct arena *a, const char *list,
                 str ours);

/* A field as a cell, in their words. */
str mapping_text(const struct mapping *m, struct arena *a,
                 const struct value *guide, const struct guide_field *f);
/* A whole guide in their words and names; without a mapping as it is. */
struct value *mapping_tree(const struct mapping *m, struct arena *a,
                           const struct value *guide);

#endif
