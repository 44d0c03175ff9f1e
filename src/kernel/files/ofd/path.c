/*
 * Lines and curves.
 *
 * Points are turned into pixels here and kept within a few screens of the
 * page, because Cairo counts pixels in 24 bits and whoever wrote the file may
 * count to any number.
 */
#include "kernel/files/ofd/inside.h"

#include <math.h>

#define PIXELS 4e6

struct ofd_trace ofd_trace_begin(cairo_t *cr)
{
    struct ofd_trace t = { .cr = cr };
    cairo_get_matrix(cr, &t.m);
    cairo_identity_matrix(cr);
    return t;
}

void ofd_trace_end(struct ofd_trace *t)
{
    cairo_set_matrix(t->cr, &t->m);
}

static double near_enough(double v)
{
    return v > PIXELS ? PIXELS : v >= -PIXELS ? v : -PIXELS; /* no number: no */
}

static void to_pixels(const struct ofd_trace *t, double *x, double *y)
{
    cairo_matrix_transform_point(&t->m, x, y);
    *x = near_enough(*x);
    *y = near_enough(*y);
}

void ofd_move(struct ofd_trace *t, double x, double y)
{
    t->x = x;
    t->y = y;
    to_pixels(t, &x, &y);
    cairo_move_to(t->cr, x, y);
}

void ofd_line(struct ofd_trace *t, double x, double y)
{
    t->x = x;
    t->y = y;
    to_pixels(t, &x, &y);
    cairo_line_to(t->cr, x, y);
}

void ofd_curve(struct ofd_trace *t, double x1, double y1, double x2, double y2,
               double x, double y)
{
    t->x = x;
    t->y = y;
    to_pixels(t, &x1, &y1);
    to_pixels(t, &x2, &y2);
    to_pixels(t, &x, &y);
    cairo_curve_to(t->cr, x1, y1, x2, y2, x, y);
}

/* One middle point is two: each two thirds of the way to it. */
void ofd_bend(struct ofd_trace *t, double x1, double y1, double x, double y)
{
    ofd_curve(t, t->x + (x1 - t->x) * 2 / 3, t->y + (y1 - t->y) * 2 / 3,
              x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x, y);
}

/* ---- arcs ---- */

/* An ellipse by its middle, its half axes, how far it is turned. */
struct ellipse {
    double x, y, rx, ry, sin, cos;
};

static void at_angle(const struct ellipse *e, double angle, double *x,
                     double *y, double *dx, double *dy)
{
    double c = cos(angle), s = sin(angle);
    *x = e->x + e->rx * c * e->cos - e->ry * s * e->sin;
    *y = e->y + e->rx * c * e->sin + e->ry * s * e->cos;
    *dx = -e->rx * s * e->cos - e->ry * c * e->sin;
    *dy = -e->rx * s * e->sin + e->ry * c * e->cos;
}

/* From one angle through so many radians, a quarter at most at a time. */
static void sweep(struct ofd_trace *t, const struct ellipse *e, double angle,
                  double through)
{
    int parts = (int)ceil(fabs(through) / (M_PI / 2) - 1e-9);
    double step = through / (parts ? parts : 1), k = 4.0 / 3 * tan(step / 4);
    for (int i = 0; i < parts; i++, angle += step) {
        double x0, y0, dx0, dy0, x1, y1, dx1, dy1;
        at_angle(e, angle, &x0, &y0, &dx0, &dy0);
        at_angle(e, angle + step, &x1, &y1, &dx1, &dy1);
        ofd_curve(t, x0 + k * dx0, y0 + k * dy0, x1 - k * dx1, y1 - k * dy1,
                  x1, y1);
    }
}

/* v: half axes, turn in degrees, the large arc?, clockwise?, the end. */
static void arc(struct ofd_trace *t, const double v[7])
{
    struct ellipse e = { .rx = fabs(v[0]), .ry = fabs(v[1]),
                         .sin = sin(v[2] * M_PI / 180),
                         .cos = cos(v[2] * M_PI / 180) };
    double hx = (t->x - v[5]) / 2, hy = (t->y - v[6]) / 2;
    if (e.rx < 1e-6 || e.ry < 1e-6) {
        ofd_line(t, v[5], v[6]);
        return;
    }
    /* Where the ellipse is a circle of radius 1, the middle of the chord is
     * as far from the centre as the chord leaves room. */
    double px = (hx * e.cos + hy * e.sin) / e.rx;
    double py = (hy * e.cos - hx * e.sin) / e.ry, half = hypot(px, py);
    if (half < 1e-12)
        return;
    if (half > 1) { /* too small to reach: as large as it must be */
        e.rx *= half;
        e.ry *= half;
        px /= half;
        py /= half;
        half = 1;
    }
    double away = sqrt(1 - half * half) / half;
    if ((v[3] != 0) == (v[4] != 0))
        away = -away;
    double cx = away * py, cy = -away * px;
    double from = atan2(py - cy, px - cx), to = atan2(-py - cy, -px - cx);
    e.x = (t->x + v[5]) / 2 + cx * e.rx * e.cos - cy * e.ry * e.sin;
    e.y = (t->y + v[6]) / 2 + cx * e.rx * e.sin + cy * e.ry * e.cos;
    double through = to - from;
    if (v[4] != 0 && through < 0)
        through += 2 * M_PI;
    if (v[4] == 0 && through > 0)
        through -= 2 * M_PI;
    sweep(t, &e, from, through);
}

/* ---- AbbreviatedData ---- */

static void step(struct ofd_trace *t, char what, const double *v)
{
    switch (what) {
    case 'S':
    case 'M':
        ofd_move(t, v[0], v[1]);
        break;
    case 'L':
        ofd_line(t, v[0], v[1]);
        break;
    case 'Q':
        ofd_bend(t, v[0], v[1], v[2], v[3]);
        break;
    case 'B':
        ofd_curve(t, v[0], v[1], v[2], v[3], v[4], v[5]);
        break;
    case 'A':
        arc(t, v);
        break;
    default:
        cairo_close_path(t->cr);
    }
}

bool ofd_path(cairo_t *cr, const char *data)
{
    static const char letters[] = "SMLQBAC";
    static const int numbers[] = { 2, 2, 2, 4, 6, 7, 0 };
    struct ofd_trace t = ofd_trace_begin(cr);
    bool whole = true;
    while (whole) {
        data += strspn(data, " \t\r\n,");
        const char *at = *data ? strchr(letters, *data) : NULL;
        double v[7];
        if (at == NULL)
            break;
        data++;
        for (int i = 0; whole && i < numbers[at - letters]; i++)
            whole = ofd_number(&data, &v[i]);
        if (whole)
            step(&t, *at, v);
    }
    ofd_trace_end(&t);
    return whole && *data == 0;
}

/* PathObject: lines unless it says no, filled only when it says so. */
void ofd_path_object(struct ofd_pen *pen, xmlNodePtr n,
                     const struct ofd_style *style, double alpha)
{
    const char *data = ofd_child_text(n, "AbbreviatedData");
    const char *rule = ofd_attribute(n, "Rule");
    cairo_new_path(pen->cr);
    if (data == NULL || !ofd_work(pen, strlen(data) / 8) ||
        !ofd_path(pen->cr, data))
        pen->missing |= PREVIEW_LOST_PART;
    cairo_set_fill_rule(pen->cr, rule && strcmp(rule, "Even-Odd") == 0
                                     ? CAIRO_FILL_RULE_EVEN_ODD
                                     : CAIRO_FILL_RULE_WINDING);
    if (ofd_truth(n, "Fill", false) &&
        ofd_colour(pen, style->fill, alpha, false))
        cairo_fill_preserve(pen->cr);
    if (ofd_truth(n, "Stroke", true) &&
        ofd_colour(pen, style->stroke, alpha, true))
        ofd_stroke(pen->cr, style);
    cairo_new_path(pen->cr);
}
