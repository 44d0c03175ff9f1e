/*
 * The diagram interchange: where every shape and line of the file stands.
 * Coordinates are the file's own; a file with several diagrams keeps them
 * apart by number and the drawing stacks them.
 */
#include "kernel/flow/bpmn_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool di_is(const xmlNode *x, const char *ns, const char *name)
{
    return bpmn_xml_in(x, ns) && strcmp((const char *)x->name, name) == 0;
}

/* A coordinate nobody can draw counts as 0; strtod stops at what is no number
 * and the attribute is terminated. */
static double number(struct reader *r, const xmlNode *x, const char *name)
{
    str s = bpmn_xml_attr(r->a, x, name);
    double d = s.n ? strtod(s.p, NULL) : 0;
    return isfinite(d) && fabs(d) < 1e6 ? d : 0;
}

static bool read_box(struct reader *r, const xmlNode *parent,
                     struct bpmn_box *box)
{
    for (const xmlNode *c = parent->children; c; c = c->next)
        if (di_is(c, BPMN_DC_NS, "Bounds")) {
            *box = (struct bpmn_box){ number(r, c, "x"), number(r, c, "y"),
                                      number(r, c, "width"),
                                      number(r, c, "height") };
            return box->w >= 0 && box->h >= 0;
        }
    return false;
}

static bool read_label(struct reader *r, const xmlNode *x,
                       struct bpmn_box *box)
{
    for (const xmlNode *c = x->children; c; c = c->next)
        if (di_is(c, BPMN_DI_NS, "BPMNLabel"))
            return read_box(r, c, box) && box->w > 0;
    return false;
}

static void read_shape(struct reader *r, const xmlNode *x, int diagram)
{
    struct bpmn_shape s = { .diagram = diagram };
    struct bpmn_found f =
        bpmn_reader_find(r, bpmn_xml_attr(r->a, x, "bpmnElement"));
    if (!read_box(r, x, &s.box) ||
        (f.what != BPMN_A_NODE && f.what != BPMN_A_THING &&
         f.what != BPMN_A_ROOT))
        return;
    s.what = f.what;
    s.index = f.index;
    s.expanded = bpmn_xml_flag(r->a, x, "isExpanded",
                               f.what == BPMN_A_NODE &&
                              bpmn_is_container(r->g->nodes[f.index].kind) &&
                              s.box.w > 140);
    s.horizontal = bpmn_xml_flag(r->a, x, "isHorizontal", s.box.w >= s.box.h);
    s.marker = bpmn_xml_flag(r->a, x, "isMarkerVisible", false);
    s.has_label = read_label(r, x, &s.label);
    int i = GROW(r, r->g->shapes, r->g->shape_count, r->shape_cap);
    r->g->shapes[i] = s;
}

static int waypoints(struct reader *r, const xmlNode *x,
                     struct bpmn_point *points)
{
    int n = 0;
    for (const xmlNode *c = x->children; c; c = c->next)
        if (di_is(c, BPMN_OMGDI_NS, "waypoint")) {
            if (points)
                points[n] = (struct bpmn_point){ number(r, c, "x"),
                                                 number(r, c, "y") };
            n++;
        }
    return n;
}

static void read_line(struct reader *r, const xmlNode *x, int diagram)
{
    struct bpmn_found f =
        bpmn_reader_find(r, bpmn_xml_attr(r->a, x, "bpmnElement"));
    int n = waypoints(r, x, NULL);
    if (f.what != BPMN_AN_EDGE || n < 2)
        return;
    str envelope = bpmn_xml_attr(r->a, x, "messageVisibleKind");
    struct bpmn_line l = { .edge = f.index, .diagram = diagram, .count = n,
                           .envelope = str_is(envelope, "initiating") ? 1
                                       : str_is(envelope, "non_initiating")
                                           ? 2
                                           : 0 };
    l.points = ARENA_NEW_N(r->a, struct bpmn_point, n);
    waypoints(r, x, l.points);
    l.has_label = read_label(r, x, &l.label);
    int i = GROW(r, r->g->lines, r->g->line_count, r->line_cap);
    r->g->lines[i] = l;
}

static void read_plane(struct reader *r, const xmlNode *plane, int diagram)
{
    for (const xmlNode *c = plane->children; c; c = c->next)
        if (di_is(c, BPMN_DI_NS, "BPMNShape"))
            read_shape(r, c, diagram);
        else if (di_is(c, BPMN_DI_NS, "BPMNEdge"))
            read_line(r, c, diagram);
}

/* Whether anything new was drawn on this diagram decides if it counts. */
void bpmn_read_diagrams(struct reader *r, const xmlNode *definitions)
{
    for (const xmlNode *d = definitions->children; d; d = d->next) {
        if (!di_is(d, BPMN_DI_NS, "BPMNDiagram"))
            continue;
        int before = r->g->shape_count + r->g->line_count;
        for (const xmlNode *p = d->children; p; p = p->next)
            if (di_is(p, BPMN_DI_NS, "BPMNPlane"))
                read_plane(r, p, r->g->diagram_count);
        if (r->g->shape_count + r->g->line_count > before)
            r->g->diagram_count++;
    }
}
