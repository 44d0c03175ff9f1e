/* What home and search show alike. */
#ifndef PORTAL_SHOW_H
#define PORTAL_SHOW_H

#include "kernel/store/store.h"

/* Rows of the shape case_row, in the order of the ids, at most 50; what is gone
 * by now is left out.  *shown grows by the rows there are. */
enum err portal_cases(struct tx *tx, struct view *v, struct value *list,
                      const int64_t *ids, size_t n, int64_t *shown) MUST_USE;

/* A row of the shape theme_card. */
void portal_theme(struct view *v, struct value *list, str code, str title,
                  str summary, str icon);

#endif
