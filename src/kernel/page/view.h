/* What pagegen writes of the .view files, and what check.c reads. */
#ifndef KERNEL_PAGE_VIEW_H
#define KERNEL_PAGE_VIEW_H

#include "kernel/page/page.h"

enum view_kind {
    VIEW_TEXT, VIEW_INT, VIEW_COUNT, VIEW_BOOL, VIEW_DAY, VIEW_INST,
    VIEW_FEN, VIEW_HTML, VIEW_OBJECT, VIEW_LIST,
};

/* One declared member.  Members of an object (or of a list's elements) are a
 * range of the table, so a named shape is simply a shared range. */
struct view_node {
    const char *name;
    uint8_t kind, element; /* element: of a list */
    bool optional;
    uint16_t first, count;
};

struct view_entry {
    const char *name;      /* page or shape */
    uint16_t first, count; /* the members of its root object */
    const char *schema;
};

extern const struct view_node view_nodes[];
extern const struct view_entry view_pages[]; /* sorted by name */
extern const size_t view_page_count;
extern const struct view_entry view_shapes[];
extern const size_t view_shape_count;

/*
 * A JSON tree as a handler would have made it, for examples: texts declared
 * day, inst or html become that, numbers declared count are grouped, and fen
 * are fen.  Changes root; members nobody declared stay as they are.
 */
void view_adopt(str page, struct value *root);

/* The same for a range of members. */
void view_adopt_members(uint16_t first, uint16_t count, struct value *object);

#endif
