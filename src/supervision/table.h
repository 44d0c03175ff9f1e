/* The table of organisations: on the dashboard, and as a file. */
#ifndef SUPERVISION_TABLE_H
#define SUPERVISION_TABLE_H

#include "supervision/show.h"

/* Members units and units_more; unit "" is all of them. */
enum err figures_table_show(struct request *rq, struct tx *tx, struct view *v,
                    str unit, const struct period *p) MUST_USE;

#endif
