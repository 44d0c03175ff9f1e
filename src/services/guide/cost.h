/* What a thing one applies for costs, from the items as they are in force:
 * 行政许可法 第三十条 has it published, 第五十八条 keeps it to the law. */
#ifndef SERVICES_COST_H
#define SERVICES_COST_H

#include "services/guide/offer.h"

/* One part's fee as its guide says it: 不收费, 住宅80元/件. */
enum err cost_of_part(struct tx *tx, const struct offer_part *p, str *out)
    MUST_USE;

/* Of several together: *fee 不收费, or 有收费 with *remark naming which part
 * takes how much; what is free is not named. */
enum err cost_of_parts(struct tx *tx, const struct offer_part *const *parts,
                       size_t n, str *fee, str *remark) MUST_USE;

#endif
