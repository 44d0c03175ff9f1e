/*
 * classes -- where an item is found by browsing: the rules of data/classes.tsv,
 * read once, and today's items sorted by them.
 */
#ifndef SERVICES_CLASSES_H
#define SERVICES_CLASSES_H

#include "kernel/store/store.h"
#include "services/queries.gen.h"

enum { CLASSES = 128, CLASS_RULES = 32 };

struct class_rule {
    str kind, code, name; /* life, firm, who or theme; E01; 出生养育 */
    str rule[CLASS_RULES];
    int count;
    bool others; /* takes what no rule of its kind takes */
};

struct class_set {
    uint64_t bits[CLASSES / 64];
};

/* The rules inside the program, in their order; a broken line ends them (a test
 * reads them all). */
const struct class_rule *class_rules(int *n);

/* The classes of one item, and whether a rule of this kind took it: `others`
 * does not count. */
struct class_set class_of(str name, str unit, str type, str object);
bool class_taken(struct class_set s, const char *kind);
bool class_has(struct class_set s, int class);

struct classed_item {
    struct catalogue_items item;
    struct class_set in;
};

/* How many of them an organisation has. */
struct classed_unit {
    str code, name;
    int64_t position, items;
};

/* Today's items in the order of the catalogue, and who has any, in the order of
 * organisations; lives as long as the process. */
struct classed {
    struct classed_item *item;
    size_t n;
    int64_t count[CLASSES];
    struct classed_unit *unit;
    size_t units;
};

/* Read again when the catalogue has changed; ERR_STORE from the store. */
enum err classed_read(struct tx *tx, const struct classed **out) MUST_USE;

#endif
