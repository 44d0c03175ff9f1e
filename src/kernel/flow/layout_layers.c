/*
 * Columns for a drawing without diagram data (after Sugiyama, the short form):
 * break cycles, give each node the column of its longest way from the start,
 * let long lines reserve a place in every column they pass, order the columns
 * by the middle of their neighbours, then pull lines straight.
 */
#include "kernel/flow/layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void *bpmn_layout_room(struct arena *a, void *array, int count, int *cap,
                       size_t size)
{
    if (count < *cap)
        return array;
    int wider = *cap ? *cap * 2 : 32;
    void *p = arena_array(a, (size_t)wider, size);
    if (count)
        memcpy(p, array, (size_t)count * size);
    *cap = wider;
    return p;
}

static int add_item(struct layers *y, int node, int layer, int band)
{
    y->items = bpmn_layout_room(y->arena, y->items, y->item_count, &y->item_cap,
                                sizeof *y->items);
    y->items[y->item_count] = (struct item){ .node = node, .layer = layer,
                                             .band = band, .h = 10 };
    return y->item_count++;
}

static void add_path(struct layers *y, int item)
{
    y->path = bpmn_layout_room(y->arena, y->path, y->path_count, &y->path_cap,
                               sizeof *y->path);
    y->path[y->path_count++] = item;
}

/* A boundary event's flows leave from its host. */
static int leaves_from(const struct bpmn *g, int node)
{
    return g->nodes[node].kind == BPMN_BOUNDARY && g->nodes[node].host >= 0
               ? g->nodes[node].host
               : node;
}

struct walk {
    const struct bpmn *g;
    const int *item_of;
    uint8_t *colour;        /* 0 new, 1 on the stack, 2 done */
    bool *back;             /* of each edge */
    int *order, count;      /* reverse finishing order */
};

/* Every flow out of a node: its own, then its boundary events'. */
static int flow_out(const struct bpmn *g, int node, int k)
{
    const struct bpmn_node *n = &g->nodes[node];
    if (k < n->outs)
        return n->out[k];
    k -= n->outs;
    for (int b = 0; b < n->boundaries; b++) {
        const struct bpmn_node *event = &g->nodes[n->boundary[b]];
        if (k < event->outs)
            return event->out[k];
        k -= event->outs;
    }
    return -1;
}

/* Depth first without recursion: a file may be one chain of 20,000 nodes. */
static void visit(struct walk *w, struct arena *a, int root)
{
    struct frame { int node, next; } *stack = NULL;
    int depth = 0, cap = 0;
    stack = bpmn_layout_room(a, stack, depth, &cap, sizeof *stack);
    stack[depth++] = (struct frame){ root, 0 };
    w->colour[root] = 1;
    while (depth) {
        struct frame *top = &stack[depth - 1];
        int edge = flow_out(w->g, top->node, top->next++);
        if (edge < 0) {
            w->colour[top->node] = 2;
            w->order[w->count++] = top->node;
            depth--;
            continue;
        }
        int to = w->g->edges[edge].target;
        if (to < 0 || w->item_of[to] < 0)
            continue;
        if (w->colour[to] == 1)
            w->back[edge] = true;
        if (w->colour[to] != 0)
            continue;
        w->colour[to] = 1;
        stack = bpmn_layout_room(a, stack, depth, &cap, sizeof *stack);
        stack[depth++] = (struct frame){ to, 0 };
    }
}

static bool begins(const struct bpmn *g, const struct layers *y, int node)
{
    for (int i = 0; i < g->nodes[node].ins; i++) {
        int from = g->edges[g->nodes[node].in[i]].source;
        if (from >= 0 && y->item_of[leaves_from(g, from)] >= 0)
            return false;
    }
    return true;
}

static void longest_ways(struct layers *y, const struct walk *w)
{
    for (int i = w->count - 1; i >= 0; i--) {
        int node = w->order[i], edge;
        int layer = y->items[y->item_of[node]].layer;
        for (int k = 0; (edge = flow_out(w->g, node, k)) >= 0; k++) {
            int to = w->g->edges[edge].target;
            if (to < 0 || y->item_of[to] < 0 || w->back[edge] || to == node)
                continue;
            struct item *item = &y->items[y->item_of[to]];
            if (item->layer <= layer)
                item->layer = layer + 1;
        }
    }
}

static void add_piece(struct layers *y, int from, int to, int edge)
{
    y->pieces = bpmn_layout_room(y->arena, y->pieces, y->piece_count,
                                 &y->piece_cap, sizeof *y->pieces);
    y->pieces[y->piece_count++] = (struct piece){ from, to, edge };
}

static void add_chain(struct layers *y, const struct bpmn *g, int edge,
                      bool back)
{
    int source = leaves_from(g, g->edges[edge].source);
    int from = y->item_of[source], to = y->item_of[g->edges[edge].target];
    y->chains = bpmn_layout_room(y->arena, y->chains, y->chain_count,
                                 &y->chain_cap, sizeof *y->chains);
    struct chain *c = &y->chains[y->chain_count++];
    *c = (struct chain){ edge, y->path_count, 0, back || from == to };
    add_path(y, from);
    if (!c->back) {
        int last = from, target = y->items[to].layer;
        bool straight = y->item_count > LAYOUT_DUMMIES;
        for (int k = y->items[from].layer + 1; k < target && !straight; k++) {
            int dummy = add_item(y, -1, k, y->items[to].band);
            add_piece(y, last, dummy, edge);
            add_path(y, dummy);
            last = dummy;
        }
        add_piece(y, last, to, edge);
    }
    add_path(y, to);
    y->chains[y->chain_count - 1].count =
        y->path_count - y->chains[y->chain_count - 1].first;
}

static void add_chains(struct layers *y, const struct walk *w,
                       const int *nodes, int n)
{
    for (int i = 0; i < n; i++) {
        int edge;
        if (y->item_of[nodes[i]] < 0)
            continue;
        for (int k = 0; (edge = flow_out(w->g, nodes[i], k)) >= 0; k++) {
            int to = w->g->edges[edge].target;
            if (to >= 0 && y->item_of[to] >= 0)
                add_chain(y, w->g, edge, w->back[edge]);
        }
    }
}

/* ---- the order within columns ---- */

static void fill_columns(struct layers *y)
{
    for (int i = 0; i < y->item_count; i++)
        if (y->items[i].layer >= y->layer_count)
            y->layer_count = y->items[i].layer + 1;
    y->column = ARENA_NEW_N(y->arena, int *, y->layer_count);
    y->column_count = ARENA_NEW_N(y->arena, int, y->layer_count);
    for (int i = 0; i < y->item_count; i++)
        y->column_count[y->items[i].layer]++;
    for (int k = 0; k < y->layer_count; k++) {
        y->column[k] = ARENA_NEW_N(y->arena, int, y->column_count[k]);
        y->column_count[k] = 0;
    }
    for (int i = 0; i < y->item_count; i++) {
        int k = y->items[i].layer;
        y->items[i].order = y->column_count[k];
        y->column[k][y->column_count[k]++] = i;
    }
}

static int by_want(const void *left, const void *right, void *context)
{
    const struct item *items = context;
    const struct item *a = &items[*(const int *)left];
    const struct item *b = &items[*(const int *)right];
    if (a->band != b->band)
        return a->band - b->band;
    if (a->want != b->want)
        return a->want < b->want ? -1 : 1;
    return a->order - b->order;
}

static void sort_column(struct layers *y, int k)
{
    qsort_r(y->column[k], (size_t)y->column_count[k], sizeof(int), by_want,
            y->items);
    for (int i = 0; i < y->column_count[k]; i++)
        y->items[y->column[k][i]].order = i;
}

/* Who stands before and after each item, side by side in two arrays. */
static void neighbours(struct layers *y, bool forward, int **at, int **list)
{
    *at = ARENA_NEW_N(y->arena, int, y->item_count + 1);
    *list = ARENA_NEW_N(y->arena, int, y->piece_count);
    int *fill = ARENA_NEW_N(y->arena, int, y->item_count);
    for (int i = 0; i < y->piece_count; i++)
        (*at)[(forward ? y->pieces[i].to : y->pieces[i].from) + 1]++;
    for (int i = 0; i < y->item_count; i++)
        (*at)[i + 1] += (*at)[i];
    for (int i = 0; i < y->piece_count; i++) {
        int me = forward ? y->pieces[i].to : y->pieces[i].from;
        int other = forward ? y->pieces[i].from : y->pieces[i].to;
        (*list)[(*at)[me] + fill[me]++] = other;
    }
}

/* Each item wants the mean place of its neighbours on one side. */
static double mean(const struct layers *y, int item, bool forward, bool order)
{
    const int *at = forward ? y->before_at : y->after_at;
    const int *list = forward ? y->before : y->after;
    double sum = 0, weight = 0;
    for (int i = at[item]; i < at[item + 1]; i++) {
        const struct item *other = &y->items[list[i]];
        double w = !order && other->node < 0 ? 3 : 1;
        sum += (order ? other->order : other->y) * w;
        weight += w;
    }
    return weight > 0 ? sum / weight
           : order    ? y->items[item].order
                      : y->items[item].y;
}

static void order_columns(struct layers *y)
{
    for (int k = 0; k < y->layer_count; k++) {
        for (int i = 0; i < y->column_count[k]; i++)
            y->items[y->column[k][i]].want = i;
        sort_column(y, k);
    }
    for (int round = 0; round < 8; round++) {
        bool forward = round % 2 == 0;
        for (int s = 1; s < y->layer_count; s++) {
            int k = forward ? s : y->layer_count - 1 - s;
            for (int i = 0; i < y->column_count[k]; i++) {
                int me = y->column[k][i];
                y->items[me].want = mean(y, me, forward, true);
            }
            sort_column(y, k);
        }
    }
}

void bpmn_layers_build(struct layout *l, struct layers *y, const int *nodes,
                       int n)
{
    struct bpmn *g = l->g;
    struct walk w = {
        .g = g, .item_of = y->item_of,
        .colour = l->colour,
        .back = l->back,
        .order = ARENA_NEW_N(y->arena, int, n),
    };
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < n; i++)
            if (y->item_of[nodes[i]] >= 0 && w.colour[nodes[i]] == 0 &&
                (pass == 1 || begins(g, y, nodes[i])))
                visit(&w, y->arena, nodes[i]);
    longest_ways(y, &w);
    add_chains(y, &w, nodes, n);
    fill_columns(y);
    neighbours(y, true, &y->before_at, &y->before);
    neighbours(y, false, &y->after_at, &y->after);
    order_columns(y);
}

/* ---- heights ---- */

static double gap(const struct item *a, const struct item *b)
{
    double space = a->node < 0 && b->node < 0 ? 14
                   : a->node < 0 || b->node < 0 ? LAYOUT_GAP_Y * 0.6
                                                : LAYOUT_GAP_Y;
    return (a->h + b->h) / 2 + a->below + space;
}

/* Pushes a column apart, first down from the top, then up from the floor. */
static void separate(struct layers *y, int k, const double *top,
                     const double *floor)
{
    int n = y->column_count[k];
    for (int i = 0; i < n; i++) {
        struct item *b = &y->items[y->column[k][i]];
        double least = top[b->band] + b->h / 2;
        if (i && y->items[y->column[k][i - 1]].band == b->band) {
            const struct item *a = &y->items[y->column[k][i - 1]];
            least = fmax(least, a->y + gap(a, b));
        }
        b->y = fmax(b->y, least);
    }
    for (int i = n - 1; i >= 0; i--) {
        struct item *a = &y->items[y->column[k][i]];
        double most = floor[a->band] - a->h / 2 - a->below;
        if (i + 1 < n && y->items[y->column[k][i + 1]].band == a->band) {
            const struct item *b = &y->items[y->column[k][i + 1]];
            most = fmin(most, b->y - gap(a, b));
        }
        a->y = fmin(a->y, most);
    }
}

static void band_heights(struct layers *y, double *tall)
{
    for (int k = 0; k < y->layer_count; k++) {
        double used[64] = { 0 };
        const struct item *last = NULL;
        for (int i = 0; i < y->column_count[k]; i++) {
            const struct item *b = &y->items[y->column[k][i]];
            int band = b->band < 64 ? b->band : 63;
            used[band] += last && last->band == b->band
                              ? gap(last, b) + (b->h - last->h) / 2 +
                                    b->below - last->below
                              : b->h + b->below;
            last = b;
        }
        for (int b = 0; b < y->band_count && b < 64; b++)
            tall[b] = fmax(tall[b], used[b]);
    }
}

/* One sweep: everybody moves to the mean of its neighbours on one side. */
static void pull(struct layers *y, bool forward, const double *top,
                 const double *floor)
{
    for (int s = 0; s < y->layer_count; s++) {
        int k = forward ? s : y->layer_count - 1 - s;
        for (int i = 0; i < y->column_count[k]; i++) {
            int me = y->column[k][i];
            y->items[me].y = mean(y, me, forward, false);
        }
        separate(y, k, top, floor);
    }
}

void bpmn_layers_place(struct layers *y, double *height, double *band_top)
{
    double tall[64] = { 0 }, floor[64];
    band_heights(y, tall);
    double at = 0;
    for (int b = 0; b < y->band_count && b < 64; b++) {
        band_top[b] = at + (y->band_count > 1 ? LAYOUT_PAD : 0);
        floor[b] = band_top[b] + fmax(tall[b], 80) + 0.5;
        at = floor[b] + (y->band_count > 1 ? LAYOUT_PAD : 0);
    }
    for (int i = 0; i < y->item_count; i++) {
        struct item *it = &y->items[i];
        it->band = it->band < 64 ? it->band : 63;
        it->y = (band_top[it->band] + floor[it->band]) / 2;
    }
    for (int r = 0; r < 6; r++)
        pull(y, r % 2 == 0, band_top, floor);
    *height = at;
}
