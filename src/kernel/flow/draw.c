/*
 * The whole picture: diagrams under one another, containers before what they
 * contain, lines before small shapes, names last.
 *
 * Pages forbid inline styles, so everything is presentation attributes, which
 * a style sheet may override through the classes.  The SVG is complete by
 * itself: `zhengtong bpmn draw` writes a file any viewer shows.
 */
#include "kernel/flow/draw.h"

#include <math.h>
#include <stdlib.h>

struct frame { double left, top, right, bottom; };

static void widen(struct frame *f, double x, double y)
{
    f->left = fmin(f->left, x), f->right = fmax(f->right, x);
    f->top = fmin(f->top, y), f->bottom = fmax(f->bottom, y);
}

static void widen_box(struct frame *f, struct bpmn_box b)
{
    widen(f, b.x, b.y);
    widen(f, b.x + b.w, b.y + b.h);
}

static bool has_outer_name(const struct bpmn *g, const struct bpmn_shape *s)
{
    int kind = s->what == BPMN_A_NODE    ? g->nodes[s->index].kind
               : s->what == BPMN_A_THING ? g->things[s->index].kind
                                         : BPMN_ENVELOPE;
    return !bpmn_is_activity(kind) && kind != BPMN_POOL && kind != BPMN_LANE;
}

static struct frame frame_of(const struct bpmn *g, int diagram)
{
    struct frame f = { INFINITY, INFINITY, -INFINITY, -INFINITY };
    for (int i = 0; i < g->shape_count; i++) {
        const struct bpmn_shape *s = &g->shapes[i];
        if (s->diagram != diagram)
            continue;
        widen_box(&f, s->box);
        if (s->has_label) {
            struct bpmn_box b = { s->label.x - 10, s->label.y,
                                  s->label.w + 20, s->label.h + 24 };
            widen_box(&f, b);
        } else if (has_outer_name(g, s)) {
            struct bpmn_box b = { s->box.x + s->box.w / 2 - 48, s->box.y,
                                  96, s->box.h + 34 };
            widen_box(&f, b);
        }
    }
    for (int i = 0; i < g->line_count; i++) {
        const struct bpmn_line *l = &g->lines[i];
        if (l->diagram != diagram)
            continue;
        for (int k = 0; k < l->count; k++)
            widen(&f, l->points[k].x, l->points[k].y);
        if (l->has_label)
            widen_box(&f, l->label);
    }
    return f;
}

/* 0 pool, 1 lane, 2 big container, 3 everything else, 4 boundary events. */
static int depth_of(const struct bpmn *g, const struct bpmn_shape *s)
{
    if (s->what == BPMN_A_THING) {
        int k = g->things[s->index].kind;
        return k == BPMN_POOL ? 0 : k == BPMN_LANE ? 1 : k == BPMN_GROUP ? 2
                                                                         : 3;
    }
    if (s->what == BPMN_A_NODE && g->nodes[s->index].kind == BPMN_BOUNDARY)
        return 4;
    if (s->what == BPMN_A_NODE && s->expanded &&
        (bpmn_is_container(g->nodes[s->index].kind) ||
         g->nodes[s->index].kind == BPMN_CALL))
        return 2;
    return 3;
}

struct ordered {
    const struct bpmn_shape *shape;
    int depth, at;
};

static int by_depth(const void *left, const void *right)
{
    const struct ordered *a = left, *b = right;
    if (a->depth != b->depth)
        return a->depth - b->depth;
    double x = a->shape->box.w * a->shape->box.h;
    double y = b->shape->box.w * b->shape->box.h;
    if (a->depth <= 2 && x != y)
        return x < y ? 1 : -1;
    return a->at - b->at;
}

static struct ordered *in_order(struct canvas *c, int diagram, int *n)
{
    const struct bpmn *g = c->g;
    struct ordered *list = ARENA_NEW_N(c->arena, struct ordered,
                                       g->shape_count);
    *n = 0;
    for (int i = 0; i < g->shape_count; i++)
        if (g->shapes[i].diagram == diagram)
            list[(*n)++] = (struct ordered){
                &g->shapes[i], depth_of(g, &g->shapes[i]), i };
    if (*n > 1)
        qsort(list, (size_t)*n, sizeof *list, by_depth);
    return list;
}

static void shape(struct canvas *c, const struct bpmn_shape *s)
{
    if (s->what == BPMN_A_NODE)
        bpmn_draw_node(c, s);
    else
        bpmn_draw_thing(c, s);
}

static void diagram(struct canvas *c, int number)
{
    int n;
    struct ordered *list = in_order(c, number, &n);
    int at = 0;
    for (; at < n && list[at].depth <= 2; at++)
        shape(c, list[at].shape);
    for (int i = 0; i < c->g->line_count; i++)
        if (c->g->lines[i].diagram == number)
            bpmn_draw_line(c, &c->g->lines[i]);
    for (; at < n; at++)
        shape(c, list[at].shape);
    c->taken_cap = n + c->g->line_count;
    c->taken = ARENA_NEW_N(c->arena, struct bpmn_box, c->taken_cap + 1);
    c->taken_count = 0;
    buf_put(c->out, STR("<g class=\"labels\">\n"));
    for (int i = 0; i < c->g->line_count; i++)
        if (c->g->lines[i].diagram == number)
            bpmn_draw_line_label(c, &c->g->lines[i]);
    for (int i = 0; i < n; i++)
        bpmn_draw_label(c, list[i].shape);
    buf_put(c->out, STR("</g>\n"));
}

static const char markers[] =
    "<defs>"
    "<marker id=\"zt-arrow\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" "
    "markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" "
    "orient=\"auto-start-reverse\"><path d=\"M0 0L10 5L0 10Z\" "
    "fill=\"#17212b\"/></marker>"
    "<marker id=\"zt-arrow-taken\" viewBox=\"0 0 10 10\" refX=\"10\" "
    "refY=\"5\" markerWidth=\"11\" markerHeight=\"11\" "
    "markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\">"
    "<path d=\"M0 0L10 5L0 10Z\" fill=\"#176a3e\"/></marker>"
    "<marker id=\"zt-open\" viewBox=\"-1 -1 12 12\" refX=\"10\" refY=\"5\" "
    "markerWidth=\"10\" markerHeight=\"10\" markerUnits=\"userSpaceOnUse\" "
    "orient=\"auto-start-reverse\"><path d=\"M0 0L10 5L0 10Z\" "
    "fill=\"#fff\" stroke=\"#46525f\"/></marker>"
    "<marker id=\"zt-fork\" viewBox=\"-1 -1 12 12\" refX=\"10\" refY=\"5\" "
    "markerWidth=\"10\" markerHeight=\"10\" markerUnits=\"userSpaceOnUse\" "
    "orient=\"auto-start-reverse\"><path d=\"M0 0L10 5L0 10\" fill=\"none\" "
    "stroke=\"#46525f\"/></marker>"
    "<marker id=\"zt-ring\" viewBox=\"-1 -1 12 12\" refX=\"0\" refY=\"5\" "
    "markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" "
    "orient=\"auto\"><circle cx=\"5\" cy=\"5\" r=\"4.500\" fill=\"#fff\" "
    "stroke=\"#46525f\"/></marker></defs>\n";

static str title_of(const struct bpmn *g)
{
    for (int i = 0; i < g->thing_count; i++)
        if (g->things[i].kind == BPMN_POOL && g->things[i].name.n)
            return g->things[i].name;
    for (int i = 0; i < g->process_count; i++)
        if (g->processes[i].name.n)
            return g->processes[i].name;
    return STR("流程图");
}

/* One sentence for those who cannot see the picture: how much there is, and
 * where one stands. */
static void describe(struct canvas *c)
{
    const struct bpmn *g = c->g;
    int tasks = 0, gateways = 0, events = 0, said = 0;
    for (int i = 0; i < g->node_count; i++) {
        tasks += bpmn_is_activity(g->nodes[i].kind);
        gateways += bpmn_is_gateway(g->nodes[i].kind);
        events += bpmn_is_event(g->nodes[i].kind);
    }
    buf_printf(c->out, "<desc>流程图，有 %d 个环节、%d 个网关、%d 个事件。",
               tasks, gateways, events);
    for (int i = 0; i < g->node_count && said < 20; i++) {
        const struct bpmn_node *n = &g->nodes[i];
        int marks = bpmn_marks_of(c, i) & ~(BPMN_DONE | BPMN_RETURNED);
        if (marks == 0)
            continue;
        said++;
        bpmn_text_escaped(c->out, n->name.n ? n->name : n->id);
        buf_printf(c->out, "：%.*s。", STR_ARG(bpmn_mark_words(c->arena,
                                                              marks)));
    }
    buf_put(c->out, STR("</desc>\n"));
}

static void open_svg(struct canvas *c, double w, double h)
{
    buf_printf(c->out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bpmn\" "
               "role=\"img\" width=\"%.0f\" height=\"%.0f\" "
               "viewBox=\"0 0 %.0f %.0f\" font-family=\"PingFang SC, "
               "HarmonyOS Sans SC, Noto Sans CJK SC, Microsoft YaHei, "
               "WenQuanYi Micro Hei, sans-serif\" fill=\"#17212b\">\n<title>",
               w, h, w, h);
    bpmn_text_escaped(c->out, title_of(c->g));
    buf_put(c->out, STR("</title>\n"));
    describe(c);
    buf_put(c->out, str_of(markers));
    buf_printf(c->out, "<rect class=\"paper\" width=\"%.0f\" "
                       "height=\"%.0f\" fill=\"#fff\"/>\n", w, h);
}

void bpmn_draw(const struct bpmn *g, const struct bpmn_marks *marks,
               struct buf *out)
{
    enum { MARGIN = 24 };
    struct arena scratch = arena_make(0);
    struct canvas c = { .g = g, .marks = marks, .out = out,
                        .arena = &scratch };
    double width = 200, height = MARGIN;
    for (int d = 0; d < g->diagram_count; d++) {
        struct frame f = frame_of(g, d);
        width = fmax(width, f.right - f.left + 2 * MARGIN);
        height += f.bottom - f.top + MARGIN;
    }
    bool states = marks && marks->node;
    open_svg(&c, ceil(width), ceil(fmax(height, 60)) + (states ? 24 : 0));
    double y = MARGIN;
    for (int d = 0; d < g->diagram_count; d++) {
        struct frame f = frame_of(g, d);
        c.dx = MARGIN - f.left;
        c.dy = y - f.top;
        c.frame = (struct bpmn_box){ f.left - MARGIN, f.top - MARGIN,
                                     f.right - f.left + 2 * MARGIN,
                                     f.bottom - f.top + 2 * MARGIN };
        diagram(&c, d);
        y += f.bottom - f.top + MARGIN;
    }
    if (states)
        bpmn_draw_legend(&c, MARGIN, ceil(fmax(height, 60)));
    buf_put(out, STR("</svg>\n"));
    arena_free(&scratch);
}
