/* One field under examination: shared by the two halves of this room. */
#ifndef KERNEL_FORM_ONE_H
#define KERNEL_FORM_ONE_H

#include "kernel/form/form.h"

struct form_one {
    struct arena *arena;
    const struct field *field;
    str text;       /* as typed; normalised when form_one returns OK */
    int64_t number; /* of FIELD_INT, FIELD_DAY (day.n), FIELD_FLAG */
    bool empty;     /* nothing was typed and nothing need be */
    str sentence;   /* when it does not return OK */
};

/* Normalises c->text and fills number, or sets the sentence. */
enum err form_one(struct form_one *c) MUST_USE;

/* What the page calls the field. */
static inline const char *form_label(const struct field *f)
{
    return f->label ? f->label : f->name;
}

/* name.c: *text becomes the name as it is kept; the sentence when it is none,
 * "" when all is well.  label: what the page calls the field. */
enum { FORM_PERSON = 50 }; /* letters of a name, 民委发〔2016〕33号 二 */
str form_name(struct arena *a, const char *label, str *text);

#endif
