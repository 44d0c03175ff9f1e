/* What several pages of the catalogue show alike. */
#ifndef CATALOGUE_SHOW_H
#define CATALOGUE_SHOW_H

#include "catalogue/keep.h"

/* Loads the item of the address for looking; version 0: the newest. */
enum err show_load(struct request *rq, struct tx *tx, int64_t version,
                   struct kept *k) MUST_USE;
/* For changing: only by who has the duty, only a draft, and not when the page
 * the form came from was another revision. */
enum err show_load_draft(struct request *rq, struct tx *tx, struct kept *k)
    MUST_USE;

/* What the actor may do here: asked once a page. */
struct show_may {
    bool clerk;  /* holds 事项管理岗 of the item's organisation */
    bool keeper; /* holds 事项审核岗 */
};
enum err show_may(struct request *rq, struct tx *tx, str unit,
                  struct show_may *out) MUST_USE;

/* The word of a step or a state as the shape tag. */
void show_step(struct view *v, const char *name, str state, str step);

/* Name, code, organisation, step of an item. */
void show_item_head(struct view *v, const struct kept *k);

/* Findings of a version as rows of `findings`, must ones first. */
enum err show_findings(struct tx *tx, struct view *v, str code,
                       int64_t version) MUST_USE;

/* One question; what was typed stands, else `saved`. */
void show_ask(struct request *rq, struct value *list, const char *name,
              const char *type, const char *label, const char *hint,
              bool optional, str saved);

#endif
