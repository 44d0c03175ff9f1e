/* What a thing one applies for costs, from the items as they are in force:
 * 行政许可法 第三十条 has it published, 第五十八条 keeps it to the law. */
#ifndef SERVICES_COST_H
#define SERVICES_COST_H

#include "services/guide/offer.h"

struct cost {
    str fee;    /* as the guide says it: 不收费, 住宅80元/件 */
    str remark; /* of several: which part takes how much, or that none does */
    int visits; /* the most any of them asks for; a site visit is not one */
};

/* Of one part; a theme's own step, of no item, costs nothing. */
enum err cost_of_part(struct tx *tx, const struct offer_part *p,
                      struct cost *out) MUST_USE;

/* Of several together: 不收费 or 有收费; what is free is not named. */
enum err cost_of_parts(struct tx *tx, const struct offer_part *const *parts,
                       size_t n, struct cost *out) MUST_USE;

#endif
