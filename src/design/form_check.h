/* The checks of a form's definition: what its files share. */
#ifndef DESIGN_FORM_CHECK_H
#define DESIGN_FORM_CHECK_H

#include "design/form.h"

#define FORM_NUMBER_MOST INT64_C(1000000000000)

struct form_checking {
    struct arena *a;
    struct design_report *r;
    const struct value *tree;
    bool item;               /* of a single item: no parts */
    enum form_thing thing;   /* what is looked at now */
    str code, label;
};

void form_about(struct form_checking *c, enum form_thing t,
                const struct value *v);
void form_say(struct form_checking *c, bool fatal, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Is word one of words, which blanks part? */
bool form_word(const char *words, str word);

/* A text of at most `most` letters; needed: may not be missing or blank. */
str form_text_member(struct form_checking *c, const struct value *v,
                     const char *name, const char *words, size_t most,
                     bool needed);

/* form_columns.c: what questions made of several controls need. */
void form_check_made(struct form_checking *c, const struct value *field);

/* form_when.c: every condition of the form. */
void form_check_conditions(struct form_checking *c);

#endif
