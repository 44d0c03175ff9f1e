/*
 * form -- the third kind of definition: what an item or a theme (一件事) asks,
 * as JSON.  Everything here is over the tree of that JSON; kernel/form/sheet.h
 * is what the same text is to the applicant.
 *
 * An element is named by its kind and its code: "field-area", "group-shop",
 * "paper-plan", "part-food"; "head" is the rest.
 */
#ifndef DESIGN_FORM_H
#define DESIGN_FORM_H

#include "design/design.h"
#include "design/difference.h"
#include "kernel/form/sheet.h"

enum {
    FORM_GROUPS = 30,   /* of a form */
    FORM_FIELDS = 300,  /* of a form */
    FORM_PAPERS = 60,   /* as services_material has it */
    FORM_PARTS = 30,
    FORM_CHOICES = 50,  /* of a question */
    FORM_CODE = 40,     /* letters of a code */
};

/* What an element is, and where the tree keeps it. */
enum form_thing { FORM_HEAD, FORM_GROUP, FORM_FIELD, FORM_PAPER, FORM_PART,
                  FORM_THINGS };
struct form_thing_name {
    const char *prefix;  /* "field" */
    const char *plural;  /* in addresses: "fields" */
    const char *list;    /* member of the tree (a group's for fields) */
    const char *code;    /* member that holds its code */
    const char *label;   /* member people know it by */
    const char *noun;    /* 问题 */
};
extern const struct form_thing_name form_things[FORM_THINGS];

/* A small letter, then small letters, digits and underlines. */
bool form_code_ok(str code);
str form_element(struct arena *a, enum form_thing t, str code);

/* ---- form_check.c ---- */

/* Reads the text and says everything there is to say; r->tree is what it says.
 * ERR_INPUT with *problem: it cannot be read at all. */
enum err design_check_form(struct arena *a, str text, struct design_report *r,
                           str *problem) MUST_USE;
/* Adds what only the database knows: items, organisations, the table. */
enum err design_check_form_uses(struct tx *tx, struct design_report *r)
    MUST_USE;

/* ---- form_tree.c: finding and changing ---- */

/* The tree's list of things, NULL when there is none; of FORM_FIELD the first
 * group's -- use form_find. */
struct value *form_list(const struct value *tree, enum form_thing t);
/* The thing of that code, its list in *in (may be NULL); NULL: none. */
struct value *form_find(const struct value *tree, enum form_thing t, str code,
                        struct value **in);
/* The group a question stands in, or NULL. */
struct value *form_group_of(const struct value *tree, str field);
size_t form_count(const struct value *tree, enum form_thing t);

/* Changing: none of these can fail; what is not there is left alone. */
void form_remove(struct value *list, struct value *one);
void form_move(struct value *list, struct value *one, bool up);
/* Takes the member out, or sets it where it stands; v NULL: out. */
void form_set(struct value *object, const char *name, struct value *v);
/* The member as a list, made when it is none. */
struct value *form_own_list(struct arena *a, struct value *object,
                            const char *name);
bool form_listed(const struct value *list, str text);

/* The tree as people read it: a line a question. */
str form_text(struct arena *a, const struct value *tree);

/* ---- form_difference.c ---- */

enum err form_differences(struct arena *a, str before, str after,
                          struct differences *out) MUST_USE;

#endif
