/*
 * A drawing for files that have none: processes under one another, each laid
 * out in columns from left to right, sub-processes opened in place, lanes as
 * bands, boundary events on the lower edge of their host.
 */
#include "kernel/flow/layout.h"

#include "kernel/flow/bpmn_read.h"
#include "kernel/flow/draw.h"

#include <math.h>
#include <stdlib.h>

static void container(struct layout *l, int process, int node, double *w,
                      double *h);

static void size_of(struct layout *l, int node, double *w, double *h)
{
    const struct bpmn_node *n = &l->g->nodes[node];
    if (bpmn_is_event(n->kind))
        *w = *h = 36;
    else if (bpmn_is_gateway(n->kind))
        *w = *h = 50;
    else if (bpmn_is_container(n->kind) && n->child_count) {
        container(l, n->process, node, w, h);
        *w = fmax(*w, 120);
    } else {
        *w = 110;
        *h = 76;
    }
}

/* ---- bands ---- */

struct bands {
    int lane[64], count;    /* things; -1: no lane */
};

static int band_of(const struct bands *b, int lane)
{
    for (int i = 0; i < b->count; i++)
        if (b->lane[i] == lane)
            return i;
    return 0;
}

static void add_band(struct bands *b, int lane)
{
    for (int i = 0; i < b->count; i++)
        if (b->lane[i] == lane)
            return;
    if (b->count < 64)
        b->lane[b->count++] = lane;
}

static int by_place(const void *left, const void *right)
{
    const int *a = left, *b = right;
    /* What stands in no lane comes last. */
    return *a < 0 ? *b >= 0 : *b < 0 ? -1 : *a - *b;
}

/* The lanes of a process that hold nodes themselves, in the file's order. */
static struct bands bands_of(const struct layout *l, int process, int node)
{
    struct bands b = { .count = 0 };
    int n;
    const int *children = bpmn_children(l->g, process, node, &n);
    for (int i = 0; i < n; i++)
        if (l->g->nodes[children[i]].kind != BPMN_BOUNDARY)
            add_band(&b, l->g->nodes[children[i]].lane);
    if (b.count == 0)
        add_band(&b, -1);
    qsort(b.lane, (size_t)b.count, sizeof *b.lane, by_place);
    return b;
}

/* ---- one container ---- */

static bool flows(const struct bpmn *g, int node)
{
    return g->nodes[node].kind != BPMN_BOUNDARY && !g->nodes[node].event_sub;
}

/* How far a name reaches beneath a small shape. */
static double name_room(struct layout *l, const struct bpmn_node *n)
{
    int lines = n->name.n ? bpmn_text_wrap(l->arena, n->name, 11, 90, 5).count
                          : 0;
    return lines ? 2 + 14.0 * lines : 0;
}

static void make_items(struct layout *l, struct layers *y, const int *children,
                       int n, const struct bands *bands)
{
    /* Sub-processes first: they use the same scratch arrays. */
    for (int i = 0; i < n; i++)
        if (flows(l->g, children[i]))
            size_of(l, children[i], &l->box[children[i]].w,
                    &l->box[children[i]].h);
    for (int i = 0; i < n; i++) {
        if (!flows(l->g, children[i]))
            continue;
        struct item it = { .node = children[i] };
        it.w = l->box[children[i]].w;
        it.h = l->box[children[i]].h;
        const struct bpmn_node *n_of = &l->g->nodes[children[i]];
        it.below = n_of->boundaries ? 34 + 6 * fmin(n_of->boundaries, 4)
                   : bpmn_is_activity(n_of->kind) ? 0
                                                  : name_room(l, n_of);
        it.band = band_of(bands, l->g->nodes[children[i]].lane);
        y->items = bpmn_layout_room(y->arena, y->items, y->item_count,
                                    &y->item_cap, sizeof *y->items);
        y->item_of[children[i]] = y->item_count;
        y->items[y->item_count++] = it;
    }
}

static bool has_named_flow(const struct bpmn *g, int node)
{
    if (node < 0)
        return false;
    for (int i = 0; i < g->nodes[node].outs; i++)
        if (g->edges[g->nodes[node].out[i]].name.n)
            return true;
    return false;
}

static double place_columns(struct layout *l, struct layers *y)
{
    double x = 0;
    for (int k = 0; k < y->layer_count; k++) {
        double widest = 0;
        bool named = false;
        for (int i = 0; i < y->column_count[k]; i++) {
            struct item *it = &y->items[y->column[k][i]];
            widest = fmax(widest, it->w);
            named |= has_named_flow(l->g, it->node);
        }
        for (int i = 0; i < y->column_count[k]; i++)
            y->items[y->column[k][i]].x = x + widest / 2;
        x += widest + LAYOUT_GAP_X + (named ? 64 : 0);
    }
    return fmax(x - LAYOUT_GAP_X, 36);
}

static void place_boundaries(struct layout *l, int host)
{
    const struct bpmn_node *n = &l->g->nodes[host];
    struct bpmn_box b = l->box[host];
    for (int i = 0; i < n->boundaries; i++) {
        double apart = fmin(fmax((b.w - 52) / fmax(n->boundaries - 1, 1), 46),
                            110);
        double x = b.x + 8 + apart * i;
        l->box[n->boundary[i]] =
            (struct bpmn_box){ x, b.y + b.h - 18, 36, 36 };
        l->label[n->boundary[i]] =
            (struct bpmn_box){ x + 22, b.y + b.h + 33, 76, 26 };
    }
}

static double place_event_subs(struct layout *l, const int *children, int n,
                               double y, double *width)
{
    double x = 0, tallest = 0;
    for (int i = 0; i < n; i++) {
        double w, h;
        if (!l->g->nodes[children[i]].event_sub)
            continue;
        size_of(l, children[i], &w, &h);
        l->box[children[i]] = (struct bpmn_box){ x, y + LAYOUT_GAP_Y, w, h };
        place_boundaries(l, children[i]);
        x += w + LAYOUT_GAP_X;
        tallest = fmax(tallest, h + LAYOUT_GAP_Y);
    }
    *width = fmax(*width, x - LAYOUT_GAP_X);
    return y + tallest;
}

static void set_lanes(struct layout *l, const struct bands *b,
                      const struct layers *y, const double *top, double height,
                      double width)
{
    if (y->band_count < 2)
        return;
    for (int i = 0; i < b->count; i++) {
        double from = top[i] - LAYOUT_PAD;
        double to = i + 1 < b->count ? top[i + 1] - LAYOUT_PAD : height;
        if (b->lane[i] >= 0)
            l->thing[b->lane[i]] =
                (struct bpmn_box){ -LAYOUT_HEAD - LAYOUT_PAD, from,
                                   width + LAYOUT_HEAD + 2 * LAYOUT_PAD,
                                   to - from };
    }
}

/* Lays the children out around (0, 0) and then moves them inside the frame. */
static void container(struct layout *l, int process, int node, double *w,
                      double *h)
{
    int n;
    const int *children = bpmn_children(l->g, process, node, &n);
    struct layers y = { .arena = l->arena };
    y.item_of = l->item_of;
    struct bands bands = bands_of(l, process, node);
    y.band_count = bands.count;
    make_items(l, &y, children, n, &bands);
    double top[64], height = 0;
    bpmn_layers_build(l, &y, children, n);
    bpmn_layers_place(&y, &height, top);
    double width = place_columns(l, &y), bottom = height;
    for (int i = 0; i < y.item_count; i++) {
        struct item *it = &y.items[i];
        if (it->node < 0)
            continue;
        l->box[it->node] = (struct bpmn_box){ it->x - it->w / 2,
                                              it->y - it->h / 2, it->w, it->h };
        place_boundaries(l, it->node);
    }
    bpmn_layout_route(l, &y, &bottom);
    for (int i = 0; i < n; i++)
        l->item_of[children[i]] = -1;
    set_lanes(l, &bands, &y, top, fmax(height, bottom), width);
    bottom = place_event_subs(l, children, n, bottom, &width);
    *w = width + 2 * LAYOUT_PAD;
    *h = bottom + 2 * LAYOUT_PAD + (node >= 0 ? 16 : 0);
}

/* ---- from relative to absolute ---- */

static void move_line(struct bpmn_line *line, double dx, double dy)
{
    for (int i = 0; i < line->count; i++) {
        line->points[i].x += dx;
        line->points[i].y += dy;
    }
    line->label.x += dx;
    line->label.y += dy;
}

static void settle(struct layout *l, int process, int node, double dx,
                   double dy)
{
    int n;
    const int *children = bpmn_children(l->g, process, node, &n);
    for (int i = 0; i < n; i++) {
        const struct bpmn_node *child = &l->g->nodes[children[i]];
        struct bpmn_box *b = &l->box[children[i]];
        b->x += dx, b->y += dy;
        l->label[children[i]].x += dx;
        l->label[children[i]].y += dy;
        for (int k = 0; k < child->outs; k++)
            move_line(&l->line[child->out[k]], dx, dy);
        if (child->child_count)
            settle(l, process, children[i], b->x + LAYOUT_PAD,
                   b->y + LAYOUT_PAD + 16);
    }
}

static double put_process(struct layout *l, int process, double y)
{
    struct bpmn *g = l->g;
    double w, h;
    container(l, process, -1, &w, &h);
    int pool = g->processes[process].pool;
    double left = pool >= 0 ? LAYOUT_HEAD : 0;
    bool lanes = false;
    for (int i = 0; i < g->thing_count; i++) {
        struct bpmn_box *b = &l->thing[i];
        if (g->things[i].kind != BPMN_LANE || g->things[i].process != process ||
            b->w <= 0)
            continue;
        lanes = true;
        b->x = left;
        b->y += y + LAYOUT_PAD;
        b->w = w + LAYOUT_HEAD;
    }
    if (lanes)
        left += LAYOUT_HEAD;
    settle(l, process, -1, left + LAYOUT_PAD, y + LAYOUT_PAD);
    if (pool >= 0)
        l->thing[pool] = (struct bpmn_box){ 0, y, w + left, h };
    return y + h;
}

/* A lane runs from its neighbour to its neighbour, and to the pool's edge. */
static void stretch_lanes(struct layout *l)
{
    struct bpmn *g = l->g;
    for (int i = 0; i < g->thing_count; i++) {
        int pool = g->things[i].kind == BPMN_LANE && g->things[i].process >= 0
                       ? g->processes[g->things[i].process].pool
                       : -1;
        if (pool < 0 || l->thing[i].w <= 0)
            continue;
        struct bpmn_box *b = &l->thing[i], p = l->thing[pool];
        bool first = true, last = true;
        for (int k = 0; k < g->thing_count; k++)
            if (k != i && g->things[k].kind == BPMN_LANE &&
                g->things[k].process == g->things[i].process &&
                l->thing[k].w > 0) {
                first &= l->thing[k].y > b->y;
                last &= l->thing[k].y < b->y;
            }
        double top = first ? p.y : b->y, end = last ? p.y + p.h : b->y + b->h;
        *b = (struct bpmn_box){ LAYOUT_HEAD, top, p.w - LAYOUT_HEAD,
                                end - top };
    }
}

/* Notes and data stand in a row beneath everything. */
static void put_things(struct layout *l, double y)
{
    double x = 0;
    for (int i = 0; i < l->g->thing_count; i++) {
        int kind = l->g->things[i].kind;
        bool store = kind == BPMN_STORE, note = kind == BPMN_NOTE;
        if (!store && !note && kind != BPMN_DATA)
            continue;
        l->thing[i] = (struct bpmn_box){ x, y, note ? 130 : store ? 50 : 36,
                                         50 };
        x += l->thing[i].w + 60;
    }
}

static double put_black_boxes(struct layout *l, double y)
{
    double widest = 400;
    for (int i = 0; i < l->g->thing_count; i++)
        widest = fmax(widest, l->thing[i].w);
    for (int i = 0; i < l->g->thing_count; i++)
        if (l->g->things[i].kind == BPMN_POOL && l->thing[i].w <= 0) {
            l->thing[i] = (struct bpmn_box){ 0, y, widest, 60 };
            y += 60 + LAYOUT_GAP_Y;
        } else if (l->g->things[i].kind == BPMN_POOL) {
            l->thing[i].w = widest;
        }
    return y;
}

static void publish(struct layout *l)
{
    struct bpmn *g = l->g;
    g->shapes = ARENA_NEW_N(g->arena, struct bpmn_shape,
                            g->thing_count + g->node_count);
    g->lines = ARENA_NEW_N(g->arena, struct bpmn_line, g->edge_count);
    /* A file may draw lines and no shapes: they go. */
    g->shape_count = g->line_count = 0;
    for (int i = 0; i < g->thing_count; i++)
        if (l->thing[i].w > 0)
            g->shapes[g->shape_count++] = (struct bpmn_shape){
                .what = BPMN_A_THING, .index = i, .box = l->thing[i],
                .horizontal = true };
    for (int i = 0; i < g->node_count; i++)
        if (l->box[i].w > 0)
            g->shapes[g->shape_count++] = (struct bpmn_shape){
                .what = BPMN_A_NODE, .index = i, .box = l->box[i],
                .label = l->label[i], .has_label = l->label[i].w > 0,
                .expanded = !bpmn_is_container(g->nodes[i].kind) ||
                            g->nodes[i].child_count > 0,
                .marker = true };
    for (int i = 0; i < g->edge_count; i++)
        if (l->line[i].count > 1)
            g->lines[g->line_count++] = l->line[i];
    g->diagram_count = g->shape_count ? 1 : 0;
}

bool bpmn_layout(struct bpmn *g)
{
    if (g->shape_count > 0)
        return false;
    struct arena scratch = arena_make(0);
    struct layout l = { .g = g, .arena = &scratch };
    l.box = ARENA_NEW_N(&scratch, struct bpmn_box, g->node_count);
    l.label = ARENA_NEW_N(&scratch, struct bpmn_box, g->node_count);
    l.line = ARENA_NEW_N(&scratch, struct bpmn_line, g->edge_count);
    l.thing = ARENA_NEW_N(&scratch, struct bpmn_box, g->thing_count);
    l.item_of = ARENA_NEW_N(&scratch, int, g->node_count);
    l.colour = ARENA_NEW_N(&scratch, uint8_t, g->node_count);
    l.back = ARENA_NEW_N(&scratch, bool, g->edge_count);
    for (int i = 0; i < g->node_count; i++)
        l.item_of[i] = -1;
    double y = 0;
    for (int i = 0; i < g->process_count; i++)
        y = put_process(&l, i, y) + LAYOUT_GAP_Y;
    y = put_black_boxes(&l, y);
    stretch_lanes(&l);
    put_things(&l, y);
    bpmn_layout_route_far(&l);
    publish(&l);
    arena_free(&scratch);
    return true;
}
