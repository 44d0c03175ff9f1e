/* Colours, shadings, and how lines are drawn: what an object says itself, else
 * its drawing parameters, else those of its layer. */
#include "kernel/files/ofd/inside.h"

#include <math.h>
#include <stdlib.h>

/* ---- drawing parameters ---- */

static void take_dashes(struct ofd_style *s, const char *pattern)
{
    double sum = 0;
    s->dashes = 0;
    while (s->dashes < OFD_DASHES &&
           ofd_number(&pattern, &s->dash[s->dashes])) {
        double d = s->dash[s->dashes++];
        if (d < 0)
            sum = -OFD_FAR * OFD_DASHES;
        sum += d;
    }
    if (sum <= 0)
        s->dashes = 0;
}

static bool is(const char *said, const char *word)
{
    return said && strcmp(said, word) == 0;
}

static void take_ends(struct ofd_style *s, xmlNodePtr n)
{
    const char *join = ofd_attribute(n, "Join"), *cap = ofd_attribute(n, "Cap");
    if (join)
        s->join = is(join, "Round")   ? CAIRO_LINE_JOIN_ROUND
                  : is(join, "Bevel") ? CAIRO_LINE_JOIN_BEVEL
                                      : CAIRO_LINE_JOIN_MITER;
    if (cap)
        s->cap = is(cap, "Round")    ? CAIRO_LINE_CAP_ROUND
                 : is(cap, "Square") ? CAIRO_LINE_CAP_SQUARE
                                     : CAIRO_LINE_CAP_BUTT;
}

/* DrawParam and the objects themselves use the same words. */
static void take(struct ofd_style *s, xmlNodePtr n)
{
    xmlNodePtr fill = ofd_child(n, "FillColor");
    xmlNodePtr stroke = ofd_child(n, "StrokeColor");
    const char *dashes = ofd_attribute(n, "DashPattern");
    s->width = ofd_double(n, "LineWidth", 0, OFD_FAR, s->width);
    s->miter = ofd_double(n, "MiterLimit", 1, 1000, s->miter);
    s->offset = ofd_double(n, "DashOffset", -OFD_FAR, OFD_FAR, s->offset);
    take_ends(s, n);
    if (dashes)
        take_dashes(s, dashes);
    s->fill = fill ? fill : s->fill;
    s->stroke = stroke ? stroke : s->stroke;
}

/* Relative: what these parameters do not say, others do. */
static void take_parameters(struct ofd_pen *pen, struct ofd_style *s,
                            const char *id, int deep)
{
    struct ofd_res *r = id ? ofd_find(pen, id, "DrawParam") : NULL;
    if (r == NULL || deep == OFD_DEEP) {
        pen->missing |= id ? PREVIEW_LOST_EFFECT : 0;
        return;
    }
    take_parameters(pen, s, ofd_attribute(r->node, "Relative"), deep + 1);
    take(s, r->node);
}

struct ofd_style ofd_style(struct ofd_pen *pen, xmlNodePtr object)
{
    const char *own = ofd_attribute(object, "DrawParam");
    struct ofd_style s = { .width = 0.353, .miter = 3.528 };
    take_parameters(pen, &s, own ? own : pen->layer, 0);
    take(&s, object);
    return s;
}

/* No line is thinner than can be seen; dashes too fine to see are none. */
void ofd_stroke(cairo_t *cr, const struct ofd_style *style)
{
    double x = 1, y = 0, sum = 0;
    cairo_device_to_user_distance(cr, &x, &y);
    double thin = 0.7 * hypot(x, y);
    for (int i = 0; i < style->dashes; i++)
        sum += style->dash[i];
    cairo_set_line_width(cr, style->width > thin ? style->width : thin);
    cairo_set_miter_limit(cr, style->miter);
    cairo_set_line_cap(cr, style->cap);
    cairo_set_line_join(cr, style->join);
    cairo_set_dash(cr, style->dash, sum > thin ? style->dashes : 0,
                   style->offset);
    cairo_stroke_preserve(cr);
}

/* ---- colours ---- */

struct rgb {
    double r, g, b;
};

/* "255 0 0", or each channel in hexadecimal after a #. */
static int channels(const char *value, double most, double out[4])
{
    int n = 0;
    while (value && n < 4) {
        value += strspn(value, " \t\r\n,");
        char *rest;
        double d;
        if (*value == '#') {
            d = (double)(strtoul(value + 1, &rest, 16) & 0xffffff);
            if (rest == value + 1)
                break;
            value = rest;
        } else if (!ofd_number(&value, &d)) {
            break;
        }
        out[n++] = d < 0 ? 0 : d > most ? 1 : d / most;
    }
    return n;
}

static struct rgb mixed(const double c[4], int n)
{
    if (n == 4)
        return (struct rgb){ (1 - c[0]) * (1 - c[3]), (1 - c[1]) * (1 - c[3]),
                             (1 - c[2]) * (1 - c[3]) };
    if (n == 3)
        return (struct rgb){ c[0], c[1], c[2] };
    return n ? (struct rgb){ c[0], c[0], c[0] } : (struct rgb){ 0, 0, 0 };
}

/* Palette/CV, counted from 0. */
static const char *of_palette(xmlNodePtr space, xmlNodePtr colour)
{
    double index = ofd_double(colour, "Index", 0, OFD_RESOURCES, 0);
    OFD_EACH(cv, ofd_child(space, "Palette"), "CV")
        if (index-- < 1)
            return ofd_text(cv);
    return NULL;
}

static struct rgb plain(struct ofd_pen *pen, xmlNodePtr colour)
{
    const char *id = ofd_attribute(colour, "ColorSpace");
    const char *value = ofd_attribute(colour, "Value");
    id = id ? id : pen->doc->colours;
    struct ofd_res *r = id ? ofd_find(pen, id, "ColorSpace") : NULL;
    xmlNodePtr space = r ? r->node : NULL;
    int bits = (int)ofd_double(space, "BitsPerComponent", 1, 16, 8);
    double c[4];
    if (value == NULL && space)
        value = of_palette(space, colour);
    return mixed(c, channels(value, (double)((1 << bits) - 1), c));
}

static double opacity(xmlNodePtr n)
{
    return ofd_double(n, "Alpha", 0, 255, 255) / 255;
}

/* ---- shadings ---- */

static void add_segments(struct ofd_pen *pen, cairo_pattern_t *p,
                         xmlNodePtr shading, double alpha)
{
    int n = 0, at = 0;
    OFD_EACH(s, shading, "Segment")
        n++;
    OFD_EACH(s, shading, "Segment") {
        xmlNodePtr colour = ofd_child(s, "Color");
        double even = n > 1 ? (double)at++ / (n - 1) : 0;
        struct rgb c = plain(pen, colour);
        cairo_pattern_add_color_stop_rgba(
            p, ofd_double(s, "Position", 0, 1, even), c.r, c.g, c.b,
            alpha * opacity(colour));
    }
}

/* AxialShd and RadialShd, as far as Cairo has them. */
static bool shade(struct ofd_pen *pen, xmlNodePtr n, double alpha)
{
    const char *map = ofd_attribute(n, "MapType");
    double x0, y0, x1, y1;
    if (!ofd_point(ofd_attribute(n, "StartPoint"), &x0, &y0) ||
        !ofd_point(ofd_attribute(n, "EndPoint"), &x1, &y1))
        return false;
    if (ofd_double(n, "Eccentricity", 0, 1, 0) > 0)
        pen->missing |= PREVIEW_LOST_EFFECT; /* an ellipse, drawn round */
    cairo_pattern_t *p =
        ofd_named(n, "AxialShd")
            ? cairo_pattern_create_linear(x0, y0, x1, y1)
            : cairo_pattern_create_radial(
                  x0, y0, ofd_double(n, "StartRadius", 0, OFD_FAR, 0), x1, y1,
                  ofd_double(n, "EndRadius", 0, OFD_FAR, 0));
    add_segments(pen, p, n, alpha);
    cairo_pattern_set_extend(
        p, is(map, "Repeat")                      ? CAIRO_EXTEND_REPEAT
           : is(map, "Reflect")                   ? CAIRO_EXTEND_REFLECT
           : ofd_double(n, "Extend", 0, 3, 0) > 0 ? CAIRO_EXTEND_PAD
                                                  : CAIRO_EXTEND_NONE);
    cairo_set_source(pen->cr, p);
    cairo_pattern_destroy(p);
    return true;
}

bool ofd_colour(struct ofd_pen *pen, xmlNodePtr colour, double alpha,
                bool black)
{
    if (colour == NULL && !black)
        return false;
    for (xmlNodePtr n = colour ? colour->children : NULL; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        if (ofd_named(n, "AxialShd") || ofd_named(n, "RadialShd"))
            return shade(pen, n, alpha * opacity(colour));
        pen->missing |= PREVIEW_LOST_EFFECT; /* Pattern, GouraudShd, … */
        if (ofd_attribute(colour, "Value") == NULL)
            return false;
    }
    struct rgb c = colour ? plain(pen, colour) : (struct rgb){ 0, 0, 0 };
    cairo_set_source_rgba(pen->cr, c.r, c.g, c.b,
                          colour ? alpha * opacity(colour) : alpha);
    return true;
}
