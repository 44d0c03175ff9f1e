/* The handlers of this module, one a page or verb, and what it listens to. */
#ifndef SUPERVISION_PAGES_H
#define SUPERVISION_PAGES_H

#include "kernel/http/http.h"

handler dashboard_show, dashboard_csv, watched_unit_show;
handler watched_matters_show;
handler cards_show, card_show, card_explain_post, card_answer_post;
handler rate_show, rate_post;
handler ratings_show, rating_show, rating_verify_post, rating_mend_post;

/* Signal clock.level: a card, once for each level of each clock. */
enum err card_issue(struct tx *tx, str ref, const struct value *payload);
/* Signals after which a clock no longer runs as it was warned of. */
enum err card_matter_moved(struct tx *tx, str ref,
                           const struct value *payload);
enum err card_clock_moved(struct tx *tx, str ref,
                          const struct value *payload);
enum err card_step_over(struct tx *tx, str ref, const struct value *payload);

#endif
