/* What home and search show alike. */
#ifndef PORTAL_SHOW_H
#define PORTAL_SHOW_H

#include "kernel/store/store.h"

/* A row of the shape case_row; ERR_NOTFOUND when there is no such case. */
enum err portal_case(struct tx *tx, struct view *v, struct value *list,
                     int64_t id) MUST_USE;

/* A row of the shape theme_card. */
void portal_theme(struct view *v, struct value *list, str code, str title,
                  str summary, str icon);

#endif
