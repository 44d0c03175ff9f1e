/*
 * Lines of the drawing.  Editors let a line end in the middle of a shape or a
 * little short of it; here every end is moved along its own direction to the
 * border it means, so that arrows meet what they point at.
 */
#include "kernel/flow/draw.h"

#include <math.h>

static const struct bpmn_shape *shape_of(const struct bpmn *g, str ref,
                                         int diagram)
{
    struct bpmn_found f = bpmn_find(g, ref);
    for (int i = 0; i < g->shape_count; i++)
        if (g->shapes[i].what == f.what && g->shapes[i].index == f.index &&
            g->shapes[i].diagram == diagram)
            return &g->shapes[i];
    return NULL;
}

static bool inside(const struct bpmn *g, const struct bpmn_shape *s, double x,
                   double y)
{
    double rx = s->box.w / 2, ry = s->box.h / 2;
    double ux = (x - s->box.x - rx) / (rx > 0 ? rx : 1);
    double uy = (y - s->box.y - ry) / (ry > 0 ? ry : 1);
    if (s->what == BPMN_A_NODE && bpmn_is_event(g->nodes[s->index].kind))
        return ux * ux + uy * uy <= 1;
    if (s->what == BPMN_A_NODE && bpmn_is_gateway(g->nodes[s->index].kind))
        return fabs(ux) + fabs(uy) <= 1;
    return fabs(ux) <= 1 && fabs(uy) <= 1;
}

/* The end `tip` of the segment from `from`, moved onto the border of s. */
static struct bpmn_point docked(const struct bpmn *g,
                                const struct bpmn_shape *s,
                                struct bpmn_point from, struct bpmn_point tip)
{
    enum { REACH = 30 };
    double dx = tip.x - from.x, dy = tip.y - from.y, n = hypot(dx, dy);
    if (s == NULL || n < 0.5 || inside(g, s, from.x, from.y))
        return tip;
    for (double at = fmax(0, n - 400); at <= n + REACH; at += 0.5) {
        struct bpmn_point p = { from.x + dx / n * at, from.y + dy / n * at };
        if (inside(g, s, p.x, p.y))
            return p;
    }
    return tip;
}

struct look {
    const char *class, *stroke, *dash, *start, *end;
    double width;
};

static struct look look_of(const struct canvas *c, const struct bpmn_edge *e,
                           int index)
{
    bool taken = c->marks && c->marks->edge && c->marks->edge[index];
    switch (e->kind) {
    case BPMN_MESSAGE_FLOW:
        return (struct look){ "message", "#46525f", "8 5", "zt-ring",
                              "zt-open", 1.2 };
    case BPMN_ASSOCIATION:
        return (struct look){ "association", "#46525f", "1 4",
                              e->direction == 2 ? "zt-fork" : NULL,
                              e->direction ? "zt-fork" : NULL, 1.5 };
    case BPMN_DATA_ASSOCIATION:
        return (struct look){ "data", "#46525f", "1 4", NULL, "zt-fork",
                              1.5 };
    case BPMN_CONVERSATION_LINK:
        return (struct look){ "conversation", "#46525f", NULL, NULL, NULL,
                              3 };
    default:
        return (struct look){ taken ? "flow taken" : "flow",
                              taken ? "#176a3e" : "#17212b", NULL, NULL,
                              taken ? "zt-arrow-taken" : "zt-arrow",
                              taken ? 2.4 : 1.4 };
    }
}

static bool starts_at_activity(const struct bpmn *g, const struct bpmn_edge *e)
{
    return e->source >= 0 && bpmn_is_activity(g->nodes[e->source].kind);
}

/* The slash of a default flow, the diamond of a conditional one. */
static void mark_start(struct canvas *c, const struct bpmn_edge *e,
                       struct bpmn_point a, struct bpmn_point b)
{
    double n = hypot(b.x - a.x, b.y - a.y);
    if (n < 12 || e->kind != BPMN_FLOW)
        return;
    double ux = (b.x - a.x) / n, uy = (b.y - a.y) / n;
    double x = a.x + c->dx, y = a.y + c->dy;
    if (e->is_default)
        buf_printf(c->out, "<path d=\"M%.1f %.1fL%.1f %.1f\" "
                           "stroke=\"#17212b\" stroke-width=\"1.4\"/>",
                   x + ux * 6 - uy * 5 - ux * 2, y + uy * 6 + ux * 5 - uy * 2,
                   x + ux * 12 + uy * 5 - ux * 2,
                   y + uy * 12 - ux * 5 - uy * 2);
    else if (e->has_condition && starts_at_activity(c->g, e))
        buf_printf(c->out,
                   "<path d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fZ\" "
                   "fill=\"#fff\" stroke=\"#17212b\" stroke-width=\"1.2\"/>",
                   x, y, x + ux * 8 - uy * 5, y + uy * 8 + ux * 5,
                   x + ux * 16, y + uy * 16, x + ux * 8 + uy * 5,
                   y + uy * 8 - ux * 5);
}

static struct bpmn_point middle(const struct bpmn_line *l, bool *flat)
{
    double best = -1;
    struct bpmn_point at = l->points[0];
    for (int i = 0; i + 1 < l->count; i++) {
        struct bpmn_point a = l->points[i], b = l->points[i + 1];
        double n = hypot(b.x - a.x, b.y - a.y);
        if (n > best) {
            best = n;
            at = (struct bpmn_point){ (a.x + b.x) / 2, (a.y + b.y) / 2 };
            *flat = fabs(b.x - a.x) >= fabs(b.y - a.y);
        }
    }
    return at;
}

void bpmn_draw_line(struct canvas *c, const struct bpmn_line *l)
{
    if (l->count < 2) /* nothing to draw between */
        return;
    const struct bpmn_edge *e = &c->g->edges[l->edge];
    struct look look = look_of(c, e, l->edge);
    struct bpmn_point *p = ARENA_NEW_N(c->arena, struct bpmn_point, l->count);
    for (int i = 0; i < l->count; i++)
        p[i] = l->points[i];
    int last = l->count - 1;
    p[0] = docked(c->g, shape_of(c->g, e->source_ref, l->diagram), p[1], p[0]);
    p[last] = docked(c->g, shape_of(c->g, e->target_ref, l->diagram),
                     p[last - 1], p[last]);
    buf_printf(c->out, "<g class=\"edge %s\"", look.class);
    bpmn_draw_anchor(c, e->id);
    buf_printf(c->out, "><path fill=\"none\" stroke=\"%s\" "
                       "stroke-width=\"%.1f\" stroke-linejoin=\"round\"",
               look.stroke, look.width);
    if (look.dash)
        buf_printf(c->out, " stroke-dasharray=\"%s\"", look.dash);
    if (look.start)
        buf_printf(c->out, " marker-start=\"url(#%s)\"", look.start);
    if (look.end)
        buf_printf(c->out, " marker-end=\"url(#%s)\"", look.end);
    buf_put(c->out, STR(" d=\""));
    for (int i = 0; i <= last; i++)
        buf_printf(c->out, "%s%.1f %.1f", i ? "L" : "M", p[i].x + c->dx,
                   p[i].y + c->dy);
    buf_put(c->out, STR("\"/>"));
    mark_start(c, e, p[0], p[1]);
    if (l->envelope) {
        bool flat = false;
        struct bpmn_point m = middle(l, &flat);
        bpmn_glyph_envelope(c, m.x - 12, m.y - 8, 24, 16, l->envelope == 2);
    }
    buf_put(c->out, STR("</g>\n"));
}

void bpmn_draw_line_label(struct canvas *c, const struct bpmn_line *l)
{
    const struct bpmn_edge *e = &c->g->edges[l->edge];
    if (e->name.n == 0)
        return;
    if (l->has_label) {
        double width = fmax(l->label.w + 8, 40);
        struct wrapped w = bpmn_text_wrap(c->arena, e->name, 11, width, 8);
        bpmn_place_taken(c, (struct bpmn_box){ l->label.x - 4, l->label.y,
                                               width, 13.2 * w.count });
        bpmn_text_at(c, e->name, l->label.x + l->label.w / 2, l->label.y, width,
                     MIDDLE, "label");
        return;
    }
    if (l->count < 1) /* an edge without a single waypoint */
        return;
    bool flat = false;
    struct bpmn_point m = middle(l, &flat);
    struct wrapped w = bpmn_text_wrap(c->arena, e->name, 11, 90, 8);
    bpmn_place_taken(c, flat ? (struct bpmn_box){ m.x - w.widest / 2,
                                                  m.y - 4 - 13.2 * w.count,
                                                  w.widest, 13.2 * w.count }
                             : (struct bpmn_box){ m.x + 5, m.y - 6.6 * w.count,
                                                  w.widest, 13.2 * w.count });
    if (flat)
        bpmn_text_at(c, e->name, m.x, m.y - 4 - 13.2 * w.count, 90, MIDDLE,
                     "label");
    else
        bpmn_text_at(c, e->name, m.x + 5, m.y - 6.6 * w.count, 90, LEFT,
                     "label");
}
