/* Changing a form: what the editing pages share. */
#ifndef DESIGN_FORM_EDIT_H
#define DESIGN_FORM_EDIT_H

#include "design/form_show.h"

/* A control of an editing page: the member it changes, and how. */
struct form_control {
    const char *name, *type, *label, *hint;
    enum { FORM_LINE, FORM_INT, FORM_FLAG, FORM_LIST, FORM_PAIRS_OF,
           FORM_COLUMNS_OF } kind;
    bool optional;
    const char *first, *second; /* of pairs: the members of each line */
};

/* All controls of a thing, ended by { 0 }. */
const struct form_control *form_controls(const struct form_here *h,
                                        enum form_thing t);
/* What stands in a control for the thing as it is; one may be NULL. */
str form_control_text(struct arena *a, const struct value *one,
                      const struct form_control *c);
/* What was typed, into the thing.  ERR_INPUT with a complaint. */
enum err form_control_set(struct request *rq, struct arena *a,
                          struct value *one, const struct form_control *c)
    MUST_USE;

/* form_columns.c: the columns of rows and tables, a line each. */
str form_columns_text(struct arena *a, const struct value *columns);
struct value *form_columns_typed(struct arena *a, str text);

/* What the slow step leaves for the command. */
struct form_change {
    str text, what, anchor;  /* what: 已上移问题“…”, for audit and the page */
    int64_t revision;        /* of the working copy it was made from */
};

/* The form being changed, if it can be changed thing by thing: ERR_CONFLICT
 * with a sentence when it is far too large for that. */
enum err form_open_change(struct request *rq, struct tx *tx,
                          struct form_here *h) MUST_USE;

/* Keeps the changed tree for form_change_post.  ERR_CONFLICT, ERR_RANGE with a
 * sentence. */
enum err form_keep_change(struct request *rq, struct form_here *h,
                          struct arena *a, str what, str anchor) MUST_USE;
str form_object(struct tx *tx, str key); /* "form canyin", for the audit */

#endif
