/* What the files of the automatic layout share. */
#ifndef FLOW_LAYOUT_H
#define FLOW_LAYOUT_H

#include "kernel/flow/bpmn.h"

enum {
    LAYOUT_GAP_X = 56,      /* between columns */
    LAYOUT_GAP_Y = 44,      /* between shapes of a column */
    LAYOUT_PAD = 28,        /* inside a sub-process, pool or lane */
    LAYOUT_HEAD = 30,       /* a pool's or lane's head */
    LAYOUT_DUMMIES = 20000, /* beyond this long lines run straight */
};

/* A shape in its column, or the place where a long line passes a column. */
struct item {
    int node;               /* -1: a passing line */
    int layer, order, band; /* band: lane number within the container */
    double x, y, w, h;      /* centre and size */
    double below;           /* room for names and boundary events beneath */
    double want;            /* scratch for ordering and pulling straight */
};

/* A piece of a sequence flow from one column to the next. */
struct piece {
    int from, to, edge;
};

struct chain {              /* the items one sequence flow passes */
    int edge, first, count; /* into layers.path */
    bool back;              /* against the reading direction */
};

struct layers {
    struct arena *arena;
    struct item *items;
    struct piece *pieces;
    struct chain *chains;
    int *path;
    int item_count, item_cap, piece_count, piece_cap, chain_count, chain_cap,
        path_count, path_cap, layer_count, band_count;
    int *item_of;           /* node -> item, or -1 */
    int **column, *column_count;
    int *before_at, *before, *after_at, *after; /* neighbours of each item */
};

struct layout {
    struct bpmn *g;
    struct arena *arena;
    struct bpmn_box *box;   /* of each node, relative to its container */
    struct bpmn_box *label; /* of each node; w 0: none */
    struct bpmn_line *line; /* of each edge; count 0: none */
    struct bpmn_box *thing; /* of each thing, absolute; w 0: none */
    int *item_of;           /* of each node while its container is laid out */
    uint8_t *colour;        /* of each node, and whether an edge goes back: */
    bool *back;             /* scratch of the walk, shared by all containers */
};

/* Columns and their order; sizes are in items already. */
void bpmn_layers_build(struct layout *l, struct layers *y, const int *nodes,
                       int n);
/* Heights: straight where possible, never overlapping, inside its band. */
void bpmn_layers_place(struct layers *y, double *height, double *band_top);

void *bpmn_layout_room(struct arena *a, void *array, int count, int *cap,
                       size_t size);

/* Lines between placed items, relative to the container. */
void bpmn_layout_route(struct layout *l, struct layers *y, double *bottom);
/* Message flows and associations, absolute. */
void bpmn_layout_route_far(struct layout *l);

#endif
