/*
 * offer -- what a person applies for: a theme (一件事) or a single item, as one
 * structure, so that every page of applying knows only this.
 *
 * Offers are compiled once from their data and kept for the life of the
 * process; a new version of the catalogue makes new ones.
 */
#ifndef SERVICES_OFFER_H
#define SERVICES_OFFER_H

#include "kernel/form/form.h"
#include "kernel/rules/dmn.h"
#include "kernel/store/store.h"

struct offer_choice {
    str value, label;
};

struct offer_field {
    struct field check;      /* name, type, bounds, label */
    str name, label, hint, unit;
    str kind;                /* as the theme says: "choice", "credit" … */
    bool optional;
    const struct feel_expr *when; /* asked only then */
    struct offer_choice *choices;
    size_t choice_count;
};

struct offer_group {
    str code, title;
    const struct feel_expr *when;
    struct offer_field *fields;
    size_t field_count;
};

struct offer_paper {
    str code, name, source, from, note;
    int need;                /* 1 必要 2 非必要 3 容缺后补 */
    str *sample;
    size_t sample_count;
};

struct offer_part {
    str code, title, item, unit, unit_from, note;
    str process;             /* key of the one its cases are worked by */
    int promised, statutory;
    bool natural;            /* the law counts natural days */
    int item_version;
    str law, article, result;
    str *papers, *fields;
    size_t paper_count, field_count;
};

struct offer {
    str code, title, summary, icon, audience, lead;
    int version, promised, minutes;
    bool joint;              /* a theme; else one item of one department */
    bool online;
    struct offer_group *groups;
    struct offer_paper *papers;
    struct offer_part *parts;
    size_t group_count, paper_count, part_count;
    const struct value *body; /* the theme's JSON: conditions, faq, results */
    const struct dmn_model *rules; /* NULL: everything applies */
};

/* The live offer of a code.  ERR_NOTFOUND; ERR_STORE when its data is broken
 * (the log says where). */
enum err offer_find(struct tx *tx, str code, const struct offer **out) MUST_USE;

/* What follows from the answers. */
struct decided {
    const struct offer_part **parts;
    const struct offer_paper **papers;
    size_t part_count, paper_count;
};

/*
 * Evaluates the tables.  ERR_RANGE when no department takes part or a table
 * yields nothing: *sentence then says so.
 */
enum err offer_decide(const struct offer *o, struct arena *a,
                      const struct value *answers, struct decided *out,
                      str *sentence) MUST_USE;

/* Is this group, this field asked, given the answers so far? */
bool offer_asks(const struct feel_expr *when, struct arena *a,
                const struct value *answers);

/*
 * Checks the answers of one group (group_count: of all).  *out is the
 * normalised tree of what was asked; complaints carry the field's name.
 */
enum err offer_check(const struct offer *o, size_t group, struct arena *a,
                     const struct value *answers, struct value **out,
                     struct form_report *report) MUST_USE;

const struct offer_paper *offer_paper(const struct offer *o, str code);
const struct offer_field *offer_field(const struct offer *o, str name);

/* What an answer is called on a page: the label of a choice, else itself. */
str offer_answer_text(const struct offer_field *f, struct arena *a,
                      const struct value *answer);

#endif
