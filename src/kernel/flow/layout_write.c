/*
 * Writing a layout into the document, so that an editor opens the file as we
 * draw it.  Only files without any diagram get one.
 */
#include "kernel/flow/bpmn_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct names { xmlNsPtr di, dc, line; };

static xmlNsPtr space(xmlNodePtr root, const char *uri, const char *prefix)
{
    xmlNsPtr ns = xmlSearchNsByHref(root->doc, root, (const xmlChar *)uri);
    return ns ? ns : xmlNewNs(root, (const xmlChar *)uri,
                              (const xmlChar *)prefix);
}

static void coordinate(xmlNodePtr x, const char *name, double v)
{
    char text[32];
    snprintf(text, sizeof text, "%.0f", v);
    xmlNewProp(x, (const xmlChar *)name, (const xmlChar *)text);
}

static void text(xmlNodePtr x, const char *name, str s)
{
    char *copy = strndup(s.p ? s.p : "", s.n);
    xmlNewProp(x, (const xmlChar *)name, (const xmlChar *)copy);
    free(copy);
}

static xmlNodePtr child(xmlNodePtr parent, xmlNsPtr ns, const char *name,
                        int depth)
{
    static const char spaces[] = "\n                ";
    xmlNodePtr last = parent->last;
    if (last == NULL || last->type != XML_TEXT_NODE)
        xmlAddChild(parent, xmlNewTextLen((const xmlChar *)spaces,
                                          1 + 2 * depth));
    xmlNodePtr x = xmlNewChild(parent, ns, (const xmlChar *)name, NULL);
    xmlAddChild(parent, xmlNewTextLen((const xmlChar *)spaces,
                                      1 + 2 * (depth - 1)));
    return x;
}

/* The white space after the last child is its parent's closing indent; before
 * another child it must be one step deeper. */
static xmlNodePtr next_child(xmlNodePtr parent, xmlNsPtr ns, const char *name,
                             int depth)
{
    xmlNodePtr last = parent->last;
    if (last && last->type == XML_TEXT_NODE) {
        xmlUnlinkNode(last);
        xmlFreeNode(last);
    }
    return child(parent, ns, name, depth);
}

static void box(xmlNodePtr parent, const struct names *n, struct bpmn_box b,
                int depth)
{
    xmlNodePtr x = next_child(parent, n->dc, "Bounds", depth);
    coordinate(x, "x", b.x);
    coordinate(x, "y", b.y);
    coordinate(x, "width", b.w);
    coordinate(x, "height", b.h);
}

static void label(xmlNodePtr parent, const struct names *n, bool has,
                  struct bpmn_box b)
{
    if (has)
        box(next_child(parent, n->di, "BPMNLabel", 4), n, b, 5);
}

static void shape(const struct bpmn *g, xmlNodePtr plane,
                  const struct names *n, const struct bpmn_shape *s)
{
    str id = s->what == BPMN_A_NODE ? g->nodes[s->index].id
                                    : g->things[s->index].id;
    xmlNodePtr x = next_child(plane, n->di, "BPMNShape", 3);
    char own[512];
    snprintf(own, sizeof own, "%.*s_di", STR_ARG(id));
    text(x, "id", str_of(own));
    text(x, "bpmnElement", id);
    if (s->what == BPMN_A_NODE && bpmn_is_container(g->nodes[s->index].kind))
        text(x, "isExpanded", STR("true"));
    if (s->what == BPMN_A_NODE && g->nodes[s->index].kind == BPMN_XOR)
        text(x, "isMarkerVisible", STR("true"));
    if (s->what == BPMN_A_THING && g->things[s->index].kind <= BPMN_LANE)
        text(x, "isHorizontal", STR("true"));
    box(x, n, s->box, 4);
    label(x, n, s->has_label, s->label);
}

static void line(const struct bpmn *g, xmlNodePtr plane, const struct names *n,
                 const struct bpmn_line *l)
{
    xmlNodePtr x = next_child(plane, n->di, "BPMNEdge", 3);
    str id = g->edges[l->edge].id;
    char own[512];
    snprintf(own, sizeof own, "%.*s_di", STR_ARG(id));
    text(x, "id", str_of(own));
    text(x, "bpmnElement", id);
    for (int i = 0; i < l->count; i++) {
        xmlNodePtr p = next_child(x, n->line, "waypoint", 4);
        coordinate(p, "x", l->points[i].x);
        coordinate(p, "y", l->points[i].y);
    }
    label(x, n, l->has_label, l->label);
}

static bool has_diagram(xmlNodePtr root)
{
    for (xmlNodePtr c = root->children; c; c = c->next)
        if (bpmn_xml_in(c, BPMN_DI_NS))
            return true;
    return false;
}

static str plane_of(const struct bpmn *g, xmlNodePtr root)
{
    for (xmlNodePtr c = root->children; c; c = c->next)
        if (bpmn_xml_is(c, "collaboration"))
            return bpmn_xml_attr(g->arena, c, "id");
    return g->process_count ? g->processes[0].id : str_none;
}

void bpmn_write_diagram(struct bpmn *g)
{
    xmlNodePtr root = xmlDocGetRootElement(g->document);
    if (has_diagram(root) || g->shape_count == 0)
        return;
    struct names n = { space(root, BPMN_DI_NS, "bpmndi"),
                       space(root, BPMN_DC_NS, "dc"),
                       space(root, BPMN_OMGDI_NS, "di") };
    xmlNodePtr diagram = next_child(root, n.di, "BPMNDiagram", 1);
    text(diagram, "id", STR("diagram"));
    xmlNodePtr plane = next_child(diagram, n.di, "BPMNPlane", 2);
    text(plane, "id", STR("plane"));
    text(plane, "bpmnElement", plane_of(g, root));
    for (int i = 0; i < g->shape_count; i++)
        shape(g, plane, &n, &g->shapes[i]);
    for (int i = 0; i < g->line_count; i++)
        line(g, plane, &n, &g->lines[i]);
}
