/*
 * offer -- what a person applies for: a theme (一件事) or a single item, as one
 * structure, so that every page of applying knows only this.
 *
 * Offers are compiled once from their data and kept for the life of the
 * process; a new version of the catalogue makes new ones.
 */
#ifndef SERVICES_OFFER_H
#define SERVICES_OFFER_H

#include "kernel/form/sheet.h"
#include "kernel/store/store.h"

/* `need` of a paper that may come after acceptance (容缺后补). */
enum { NEED_MAIN = 1, NEED_LATER = 3 };

struct offer_part {
    str code, title, item, unit, unit_from, note;
    const struct feel_expr *when; /* NULL: the tables say, or always */
    str process;             /* key of the one its cases are worked by */
    int promised, statutory;
    bool natural;            /* the law counts natural days */
    int item_version;
    str law, article, result;
    str *papers, *fields;
    size_t paper_count, field_count;
    str *needs;              /* parts that must be granted before this one */
    size_t need_count;
};

struct offer {
    str code, title, summary, icon, audience, lead;
    int version, promised, minutes;
    str halted;              /* of a theme: why nobody can apply now, or "" */
    bool joint;              /* a theme; else one item of one department */
    bool online;
    struct form_sheet sheet; /* questions and papers */
    struct offer_part *parts;
    size_t part_count;
    const struct value *body; /* the theme's JSON: conditions, faq, results */
    const struct dmn_model *rules; /* NULL: everything applies */
};

/* The live offer of a code.  ERR_NOTFOUND; ERR_STORE when its data is broken
 * (the log says where). */
enum err offer_find(struct tx *tx, str code, const struct offer **out) MUST_USE;

/* The offer as it was in that version: for a draft that was begun, a case that
 * was filed before the form changed.  Its memory may be tx's.  ERR_NOTFOUND. */
enum err offer_version(struct tx *tx, str code, int64_t version,
                       const struct offer **out) MUST_USE;

/* What follows from the answers. */
struct decided {
    const struct offer_part **parts;
    const struct form_paper **papers;
    size_t part_count, paper_count;
};

/*
 * Evaluates the tables.  ERR_RANGE when no department takes part or a table
 * yields nothing: *sentence then says so.
 */
enum err offer_decide(const struct offer *o, struct arena *a,
                      const struct value *answers, struct decided *out,
                      str *sentence) MUST_USE;

/*
 * Checks the answers of one group (group_count: of all).  *out is the
 * normalised tree of what was asked; complaints carry the field's name.
 */
enum err offer_check(const struct offer *o, size_t group, struct arena *a,
                     const struct value *answers, struct value **out,
                     struct form_report *report) MUST_USE;

const struct form_paper *offer_paper(const struct offer *o, str code);
const struct form_question *offer_field(const struct offer *o, str name);

#endif
