/*
 * narrow -- the catalogue narrowed from several sides at once: whom an item is
 * for, life event, theme, group of people, organisation, how far on line, level
 * of government, type, and words beside them.
 *
 * Everything is counted from what is kept of the catalogue in one pass over
 * it, without any query.  A value's count is what would remain if it were
 * chosen with all other choices as they are.
 */
#ifndef SERVICES_NARROW_H
#define SERVICES_NARROW_H

#include "services/guide/classes.h"

enum narrow_side {
    NARROW_OBJECT, NARROW_LIFE, NARROW_THEME, NARROW_WHO, NARROW_UNIT,
    NARROW_DEPTH, NARROW_LEVEL, NARROW_TYPE, NARROW_SIDES,
};

/* Values of NARROW_DEPTH: any of the ways on line, beside each of them. */
#define NARROW_ONLINE "可网办"

struct narrow_value {
    str code, name; /* D025, 市场监督管理局 */
    enum narrow_side side;
    int64_t order;  /* within its side */
};

struct narrow_item {
    const struct catalogue_items *item;
    const uint16_t *value; /* what it has, places in narrow_index.value */
    size_t n;
};

/* Lives as long as the process. */
struct narrow_index {
    struct narrow_value *value; /* by side, then in the order of lists */
    size_t values;
    struct narrow_item *item;   /* in the order of the catalogue */
    size_t n;
    const uint32_t *by_id;      /* places of items by growing id */
};

/* Pure: from items in the order of the catalogue; all in the arena. */
void narrow_build(struct arena *a, const struct classed *c,
                  struct narrow_index *out);

/* Today's, built again when the catalogue has changed; ERR_STORE. */
enum err narrow_read(struct tx *tx, const struct narrow_index **out) MUST_USE;

/* Where a class stands: its side and code; 个人 and 法人 have a side of their
 * own. */
struct narrow_value narrow_class(const struct class_rule *c);

/* The name of a side in an address ("unit") and on the page ("部门"). */
const char *narrow_key(enum narrow_side s);
const char *narrow_label(enum narrow_side s);

/* The place of a value, -1 when no item has it. */
int narrow_value_of(const struct narrow_index *x, enum narrow_side s,
                    str code);
/* The place of an item, -1 when it is not there. */
int narrow_item_of(const struct narrow_index *x, int64_t id);

enum { NARROW_ANY = -2 };

struct narrow_asked {
    int value[NARROW_SIDES]; /* NARROW_ANY; -1: a value no item has */
    const bool *found;       /* by item, what the words find; NULL: no words */
};

struct narrowed {
    int64_t *count;                   /* by value */
    int64_t total;
    int64_t without[NARROW_SIDES + 1]; /* what remains with one choice taken
                                          away; the last one: the words */
    bool *in;                         /* by item */
};

/* Pure; *out in the arena. */
void narrow_by(const struct narrow_index *x, struct arena *a,
               const struct narrow_asked *q, struct narrowed *out);

#endif
