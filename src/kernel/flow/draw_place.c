/*
 * Where the name of a small shape stands when the file does not say: beneath
 * it, unless a line runs there or another name or shape does.  Six places
 * are weighed against what would be covered; the first best is taken.
 */
#include "kernel/flow/draw.h"

#include <math.h>

/* Beyond this much comparing everything stands beneath. */
enum { WORK_MOST = 4000000 };

static double overlap(struct bpmn_box a, struct bpmn_box b)
{
    double w = fmin(a.x + a.w, b.x + b.w) - fmax(a.x, b.x);
    double h = fmin(a.y + a.h, b.y + b.h) - fmax(a.y, b.y);
    return w > 0 && h > 0 ? w * h : 0;
}

/* How much of a piece of line lies in the box. */
static double length_inside(struct bpmn_box b, struct bpmn_point p,
                            struct bpmn_point q)
{
    double dx = q.x - p.x, dy = q.y - p.y, from = 0, to = 1;
    const double step[4] = { -dx, dx, -dy, dy };
    const double room[4] = { p.x - b.x, b.x + b.w - p.x, p.y - b.y,
                             b.y + b.h - p.y };
    for (int i = 0; i < 4; i++) {
        if (fabs(step[i]) < 1e-9) {
            if (room[i] < 0)
                return 0;
            continue;
        }
        double at = room[i] / step[i];
        if (step[i] < 0)
            from = fmax(from, at);
        else
            to = fmin(to, at);
    }
    return to > from ? (to - from) * hypot(dx, dy) : 0;
}

static bool holds_others(const struct bpmn *g, const struct bpmn_shape *s)
{
    if (s->what == BPMN_A_THING)
        return g->things[s->index].kind == BPMN_POOL ||
               g->things[s->index].kind == BPMN_LANE ||
               g->things[s->index].kind == BPMN_GROUP;
    return s->what == BPMN_A_NODE && s->expanded &&
           (bpmn_is_container(g->nodes[s->index].kind) ||
            g->nodes[s->index].kind == BPMN_CALL);
}

static double covered(const struct canvas *c, const struct bpmn_shape *own,
                      struct bpmn_box b)
{
    const struct bpmn *g = c->g;
    double sum = 0;
    if (b.x < c->frame.x || b.y < c->frame.y ||
        b.x + b.w > c->frame.x + c->frame.w ||
        b.y + b.h > c->frame.y + c->frame.h)
        return INFINITY;
    for (int i = 0; i < g->line_count; i++) {
        const struct bpmn_line *l = &g->lines[i];
        for (int k = 0; l->diagram == own->diagram && k + 1 < l->count; k++)
            sum += 12 * length_inside(b, l->points[k], l->points[k + 1]);
    }
    for (int i = 0; i < g->shape_count; i++) {
        const struct bpmn_shape *s = &g->shapes[i];
        if (s != own && s->diagram == own->diagram && !holds_others(g, s))
            sum += overlap(b, s->box);
    }
    for (int i = 0; i < c->taken_count; i++)
        sum += 2 * overlap(b, c->taken[i]);
    return sum;
}

void bpmn_place_taken(struct canvas *c, struct bpmn_box b)
{
    if (c->taken_count < c->taken_cap)
        c->taken[c->taken_count++] = b;
}

struct bpmn_box bpmn_place_name(struct canvas *c, const struct bpmn_shape *s,
                                double w, double h)
{
    struct bpmn_box b = s->box, best;
    double middle = b.x + b.w / 2, least;
    const struct bpmn_box places[] = {
        { middle - w / 2, b.y + b.h + 3, w, h },
        { middle - w / 2, b.y - h - 3, w, h },
        { middle + 5, b.y + b.h + 2, w, h },
        { middle - w - 5, b.y + b.h + 2, w, h },
        { middle + b.w / 4 + 5, b.y - h + 2, w, h },
        { middle - b.w / 4 - w - 5, b.y - h + 2, w, h },
    };
    best = places[0];
    if ((int64_t)c->g->shape_count * (c->g->shape_count + c->g->line_count) >
        WORK_MOST)
        return best;
    least = covered(c, s, best);
    for (int i = 1; i < 6 && least > 0; i++) {
        double now = covered(c, s, places[i]) + 4;
        if (now < least) {
            least = now;
            best = places[i];
        }
    }
    return best;
}
