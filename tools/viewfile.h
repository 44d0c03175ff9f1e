/* .view files in memory: what a page may name. */
#ifndef TOOLS_VIEWFILE_H
#define TOOLS_VIEWFILE_H

#include "kernel/page/view.h"

struct node {
    str name, doc;
    uint8_t kind, element;
    bool optional, json, used;
    str shape;              /* name of the shape it is, or none */
    struct node *first, *next;
    const char *file;
    unsigned line;
    uint16_t index, count;  /* in the emitted table */
    uint16_t members;
};

struct view_file {
    str name;               /* "services/case"; "shapes", "layout" */
    const char *path;
    struct node *root;      /* members are root->first */
    struct view_file *next;
};

/* Reads one file; complains on stderr and returns NULL. */
struct node *viewfile_read(struct arena *a, const char *path, str text);

/* Members of a node, through its shape; NULL if it has none. */
struct node *viewfile_members(const struct node *n, struct node *shapes);

struct node *viewfile_member(struct node *first, str name);

/* Every named shape exists; complains on stderr. */
bool viewfile_resolve(struct node *first, struct node *shapes);

#endif
