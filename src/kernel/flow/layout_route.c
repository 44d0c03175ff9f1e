/*
 * Lines of the automatic layout: right-angled from the right side of a shape
 * to the left side of the next; lines that go back run beneath everything.
 * Each pair of columns has room for a few upright tracks, so that lines of
 * different origin do not lie on one another.
 */
#include "kernel/flow/layout.h"

#include "kernel/flow/draw.h"

#include <math.h>

struct draft {
    struct bpmn_point *p;
    int n, cap;
};

static void point(struct layout *l, struct draft *d, double x, double y)
{
    if (d->n && fabs(d->p[d->n - 1].x - x) < 0.5 &&
        fabs(d->p[d->n - 1].y - y) < 0.5)
        return;
    d->p = bpmn_layout_room(l->arena, d->p, d->n, &d->cap, sizeof *d->p);
    d->p[d->n++] = (struct bpmn_point){ x, y };
}

/* Drops the middle one of three points on one line. */
static void straighten(struct draft *d)
{
    int n = 0;
    for (int i = 0; i < d->n; i++) {
        while (n >= 2 &&
               ((fabs(d->p[n - 2].x - d->p[n - 1].x) < 0.5 &&
                 fabs(d->p[n - 1].x - d->p[i].x) < 0.5) ||
                (fabs(d->p[n - 2].y - d->p[n - 1].y) < 0.5 &&
                 fabs(d->p[n - 1].y - d->p[i].y) < 0.5)))
            n--;
        d->p[n++] = d->p[i];
    }
    d->n = n;
}

static double right_of(const struct layers *y, int layer)
{
    double right = 0;
    for (int i = 0; i < y->column_count[layer]; i++) {
        const struct item *it = &y->items[y->column[layer][i]];
        right = fmax(right, it->x + it->w / 2);
    }
    return right;
}

/* The upright track of a line in the gap after a column. */
static double track(const struct layers *y, const struct item *from)
{
    double at = right_of(y, from->layer) + 20;
    return at + (from->node < 0 ? 8 : 0) + 4.0 * (from->order % 3);
}

/* Which of its host's boundary events this is, counted from the right: the
 * left one's line runs beneath the others'. */
static int boundary_rank(const struct bpmn *g, int node)
{
    const struct bpmn_node *host = &g->nodes[g->nodes[node].host];
    for (int i = 0; i < host->boundaries; i++)
        if (host->boundary[i] == node)
            return (host->boundaries - 1 - i) % 4;
    return 0;
}

static void put(struct layout *l, int edge, struct draft *d)
{
    straighten(d);
    struct bpmn_line *line = &l->line[edge];
    line->edge = edge;
    line->count = d->n;
    line->points = ARENA_NEW_N(l->g->arena, struct bpmn_point, d->n);
    for (int i = 0; i < d->n; i++)
        line->points[i] = d->p[i];
}

/* The name of a flow stands on its first flat piece after a turn: before it
 * the flows out of a gateway share one way. */
static void put_label(struct layout *l, int edge, const struct draft *d)
{
    const struct bpmn_edge *e = &l->g->edges[edge];
    if (e->name.n == 0)
        return;
    for (int k = 1; k < d->n; k++) {
        int i = k + 1 < d->n ? k : 0;
        double w = d->p[i + 1].x - d->p[i].x;
        if (fabs(d->p[i].y - d->p[i + 1].y) > 0.5 || w < 34)
            continue;
        l->line[edge].has_label = true;
        w = fmin(w - 4, 90);
        int lines = bpmn_text_wrap(l->arena, e->name, 11, w + 8, 8).count;
        l->line[edge].label =
            (struct bpmn_box){ d->p[i].x + 2, d->p[i].y - 4 - 14 * lines, w,
                               14 * lines };
        return;
    }
}

static void forward(struct layout *l, struct layers *y, const struct chain *c)
{
    const struct bpmn_edge *e = &l->g->edges[c->edge];
    struct draft d = { 0 };
    const int *path = y->path + c->first;
    const struct item *from = &y->items[path[0]];
    struct bpmn_box start = l->box[e->source];
    bool boundary = l->g->nodes[e->source].kind == BPMN_BOUNDARY;
    double x = start.x + start.w, at = start.y + start.h / 2, aside = 0;
    if (boundary) {
        int rank = boundary_rank(l->g, e->source);
        x = start.x + start.w / 2;
        point(l, &d, x, start.y + start.h);
        at = start.y + start.h + 12 + 6 * rank;
        aside = 10 + 5 * rank;
    }
    point(l, &d, x, at);
    for (int i = 1; i < c->count; i++) {
        const struct item *to = &y->items[path[i]];
        double turn = track(y, from) + (i == 1 ? aside : 0);
        point(l, &d, turn, at);
        point(l, &d, turn, to->y);
        if (i + 1 < c->count)
            point(l, &d, to->x, to->y);
        at = to->y;
        from = to;
    }
    const struct item *end = &y->items[path[c->count - 1]];
    point(l, &d, end->x - end->w / 2, end->y);
    straighten(&d);
    put_label(l, c->edge, &d);
    put(l, c->edge, &d);
}

/* Whether another shape of the column stands beneath this one. */
static bool beneath(const struct layers *y, const struct item *it)
{
    for (int i = it->order + 1; i < y->column_count[it->layer]; i++)
        if (y->items[y->column[it->layer][i]].node >= 0)
            return true;
    return false;
}

static double left_of(const struct layers *y, int layer)
{
    double left = 1e9;
    for (int i = 0; i < y->column_count[layer]; i++) {
        const struct item *it = &y->items[y->column[layer][i]];
        left = fmin(left, it->x - it->w / 2);
    }
    return left;
}

/* Down from the source, along beneath everything, up into the target; around
 * what stands between through the gap beside the column. */
static void backward(struct layout *l, const struct layers *y,
                     const struct chain *c, double floor, int number)
{
    const struct bpmn_edge *e = &l->g->edges[c->edge];
    const struct item *from = &y->items[y->path[c->first]];
    const struct item *to = &y->items[y->path[c->first + c->count - 1]];
    struct bpmn_box a = l->box[e->source], b = l->box[e->target];
    double ax = a.x + a.w / 2, bx = b.x + b.w / 2;
    bool boundary = l->g->nodes[e->source].kind == BPMN_BOUNDARY;
    /* Boundary events stand on the left of the lower edge. */
    if (!boundary && bpmn_is_activity(l->g->nodes[e->source].kind))
        ax += a.w / 3;
    if (l->g->nodes[e->target].boundaries)
        bx += b.w / 8;
    else if (bpmn_is_activity(l->g->nodes[e->target].kind))
        bx -= b.w / 4;
    double down = ax, up = bx, shift = 5.0 * (number % 3);
    struct draft d = { 0 };
    point(l, &d, ax, a.y + a.h);
    if (beneath(y, from)) {
        down = right_of(y, from->layer) + 9 + shift;
        point(l, &d, ax, a.y + a.h + 14);
        point(l, &d, down, a.y + a.h + 14);
    }
    if (beneath(y, to))
        up = left_of(y, to->layer) - 11 - shift;
    point(l, &d, down, floor);
    point(l, &d, up, floor);
    if (up != bx) {
        point(l, &d, up, b.y + b.h + 14);
        point(l, &d, bx, b.y + b.h + 14);
    }
    point(l, &d, bx, b.y + b.h);
    if (e->name.n) {
        l->line[c->edge].has_label = true;
        l->line[c->edge].label =
            (struct bpmn_box){ (down + up) / 2 - 45, floor - 18, 90, 14 };
    }
    put(l, c->edge, &d);
}

void bpmn_layout_route(struct layout *l, struct layers *y, double *bottom)
{
    double lowest = *bottom;
    for (int i = 0; i < y->item_count; i++) {
        const struct item *it = &y->items[i];
        bool outer = it->node >= 0 && !bpmn_is_activity(
                                          l->g->nodes[it->node].kind);
        double end = it->y + it->h / 2 +
                     (outer && l->g->nodes[it->node].name.n
                          ? fmax(34, it->below + 6)
                          : 0);
        if (it->node >= 0 && l->g->nodes[it->node].boundaries)
            end += 36;
        lowest = fmax(lowest, end);
    }
    double floor = lowest;
    int number = 0;
    for (int i = 0; i < y->chain_count; i++)
        if (y->chains[i].back) {
            floor += 22;
            backward(l, y, &y->chains[i], floor, number++);
        } else {
            forward(l, y, &y->chains[i]);
        }
    *bottom = floor;
}

/* ---- between pools and things ---- */

static bool box_of(const struct layout *l, str ref, struct bpmn_box *box)
{
    struct bpmn_found f = bpmn_find(l->g, ref);
    if (f.what == BPMN_A_NODE)
        *box = l->box[f.index];
    else if (f.what == BPMN_A_THING)
        *box = l->thing[f.index];
    else if (f.what == BPMN_A_PROCESS && l->g->processes[f.index].pool >= 0)
        *box = l->thing[l->g->processes[f.index].pool];
    else
        return false;
    return box->w > 0;
}

/* Where an upright line meets a box that may be far wider than the other. */
static double meet(struct bpmn_box a, struct bpmn_box b)
{
    double x = a.x + a.w / 2;
    return a.w > 300 ? fmin(fmax(b.x + b.w / 2, a.x + 10), a.x + a.w - 10) : x;
}

/* The frame around an end: its pool, or the box itself. */
static struct bpmn_box pool_of(const struct layout *l, str ref,
                               struct bpmn_box box)
{
    struct bpmn_found f = bpmn_find(l->g, ref);
    if (f.what != BPMN_A_NODE || l->g->nodes[f.index].process < 0)
        return box;
    int pool = l->g->processes[l->g->nodes[f.index].process].pool;
    return pool >= 0 && l->thing[pool].w > 0 ? l->thing[pool] : box;
}

static bool within(struct bpmn_box inner, struct bpmn_box outer)
{
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

/* Whether a shape stands in the way of an upright line of this one. */
static bool in_the_way(const struct layout *l, struct bpmn_box own, double x,
                       double y, double end)
{
    double top = fmin(y, end), bottom = fmax(y, end);
    for (int i = 0; i < l->g->node_count; i++) {
        struct bpmn_box b = l->box[i];
        if (b.w > 0 && !within(own, b) && !within(b, own) && x > b.x - 3 &&
            x < b.x + b.w + 3 && b.y < bottom && b.y + b.h > top)
            return true;
    }
    return false;
}

/* A message leaves its pool upright, runs between the pools, and enters the
 * other upright; past a shape in the way beside its own shape. */
static void message_route(struct layout *l, struct draft *d, int edge,
                          struct bpmn_box a, struct bpmn_box b)
{
    const struct bpmn_edge *e = &l->g->edges[edge];
    struct bpmn_box pa = pool_of(l, e->source_ref, a);
    bool down = a.y + a.h / 2 < b.y + b.h / 2;
    double aside = 12 + 4.0 * (edge % 4);
    double turn = down ? pa.y + pa.h + aside : pa.y - aside;
    /* What goes and what comes do not share one line. */
    double ax = meet(a, b) - (a.w > 60 && a.w < 300 ? 16 : 0);
    double bx = meet(b, a) + (b.w > 60 && b.w < 300 ? 16 : 0);
    double ay = down ? a.y + a.h : a.y, by = down ? b.y : b.y + b.h;
    if (in_the_way(l, a, ax, ay, turn)) {
        ay = a.y + a.h / 2 + (down ? 8 : -8);
        point(l, d, a.x + a.w, ay);
        ax = a.x + a.w + aside;
    }
    point(l, d, ax, ay);
    bool beside = in_the_way(l, b, bx, turn, by);
    if (beside) {
        bx = b.x - aside;
        by = b.y + b.h / 2 + (down ? -8 : 8);
    }
    point(l, d, ax, turn);
    point(l, d, bx, turn);
    point(l, d, bx, by);
    if (beside)
        point(l, d, b.x, by);
}

void bpmn_layout_route_far(struct layout *l)
{
    for (int i = 0; i < l->g->edge_count; i++) {
        const struct bpmn_edge *e = &l->g->edges[i];
        struct bpmn_box a, b;
        if (e->kind == BPMN_FLOW || !box_of(l, e->source_ref, &a) ||
            !box_of(l, e->target_ref, &b))
            continue;
        struct draft d = { 0 };
        bool down = a.y + a.h / 2 < b.y + b.h / 2;
        if (e->kind == BPMN_MESSAGE_FLOW) {
            message_route(l, &d, i, a, b);
        } else {
            point(l, &d, meet(a, b), down ? a.y + a.h : a.y);
            point(l, &d, meet(b, a), down ? b.y : b.y + b.h);
        }
        put(l, i, &d);
    }
}
