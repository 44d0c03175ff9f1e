/* What the pages of a form share. */
#ifndef DESIGN_FORM_SHOW_H
#define DESIGN_FORM_SHOW_H

#include "design/form.h"
#include "design/show.h"

/* The form an address names: a version of it, or, where it has no {version},
 * the one that is being changed. */
struct form_here {
    str key, title, text;
    bool work;
    int64_t version;        /* of work: the one it began from */
    int64_t revision;       /* of work */
    struct design_one one;  /* of a version */
    struct design_work_one changes;
    struct value *tree;
    struct design_report report;
};

/* ERR_NOTFOUND with a sentence; ERR_CONFLICT when the text cannot be read. */
enum err form_open(struct request *rq, struct tx *tx, struct form_here *h)
    MUST_USE;
enum err form_open_work(struct request *rq, struct tx *tx, struct form_here *h)
    MUST_USE;

/* The same as an applicant meets it.  ERR_CONFLICT with a sentence while it
 * cannot be read. */
enum err form_open_sheet(struct request *rq, struct tx *tx,
                         const struct form_here *h, struct form_sheet *out)
    MUST_USE;

/* The choices of a question of kind town. */
enum err form_towns(struct tx *tx, struct form_choice **out, size_t *n)
    MUST_USE;

/* Members base, noun, form, key, version, title, state, place ("work" or the
 * version's number: the last step of addresses). */
void form_show_head(struct request *rq, const struct form_here *h);

/* Members groups, papers, parts: everything the form says, in order. */
void form_show_outline(struct view *v, const struct form_here *h);

str form_member(const struct value *v, const char *name); /* "" for none */

#endif
