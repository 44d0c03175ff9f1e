/*
 * An element's members are its attributes, its text, and whatever lies below
 * it without an id of its own ("conditionExpression"); what has an id is
 * compared for itself.  Two members of the same name get a number.
 *
 * Comparing the trees child by child was dropped: editors reorder freely, and
 * a moved line would have shown as a hundred changes.
 */
#include "design/difference.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

enum { MEMBERS = 200, DEPTH = 60, LONGEST = 400 };

struct member {
    str name, text;
};

struct element {
    str id;
    const xmlNode *node;
};

struct index {
    struct element *list;   /* sorted by id */
    size_t n, cap;
};

/* ---- reading ---- */

static xmlDoc *open_xml(str text)
{
    return text.n > INT32_MAX
               ? NULL
               : xmlReadMemory(text.p, (int)text.n, NULL, NULL,
                               XML_PARSE_NONET | XML_PARSE_NOERROR |
                                   XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
}

static str copied(struct arena *a, xmlChar *text)
{
    str s = text ? arena_str(a, str_trim(str_of((const char *)text)))
                 : STR("");
    xmlFree(text);
    return s;
}

static str attribute(struct arena *a, const xmlNode *n, const char *name)
{
    return copied(a, xmlGetNoNsProp((xmlNode *)n, (const xmlChar *)name));
}

static bool has_id(const xmlNode *n)
{
    return xmlHasNsProp((xmlNode *)n, (const xmlChar *)"id", NULL) != NULL;
}

/* Shapes and lines: BPMNDI, DMNDI and the positions below them. */
static bool is_drawing(const xmlNode *n)
{
    return n->ns && n->ns->href &&
           (strstr((const char *)n->ns->href, "/DI") != NULL ||
            strstr((const char *)n->ns->href, "/DMNDI") != NULL);
}

static void gather(struct arena *a, struct index *x, const xmlNode *n,
                   int depth)
{
    for (; n && depth < DEPTH; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || is_drawing(n))
            continue;
        if (has_id(n)) {
            if (x->n == x->cap) {
                size_t wider = x->cap ? 2 * x->cap : 256;
                struct element *list = ARENA_NEW_N(a, struct element, wider);
                if (x->n)
                    memcpy(list, x->list, x->n * sizeof *list);
                x->list = list;
                x->cap = wider;
            }
            x->list[x->n++] = (struct element){ attribute(a, n, "id"), n };
        }
        gather(a, x, n->children, depth + 1);
    }
}

static int by_id(const void *l, const void *r)
{
    return str_cmp(((const struct element *)l)->id,
                   ((const struct element *)r)->id);
}

static const struct element *find(const struct index *x, str id)
{
    struct element wanted = { .id = id };
    return x->n ? bsearch(&wanted, x->list, x->n, sizeof *x->list, by_id)
                : NULL;
}

/* ---- members ---- */

struct members {
    struct arena *a;
    struct member list[MEMBERS];
    int n;
};

static void add(struct members *m, str name, str text)
{
    int same = 1;
    if (text.n == 0 || m->n == MEMBERS)
        return;
    for (int i = 0; i < m->n; i++)
        same += str_starts(m->list[i].name, name) &&
                (m->list[i].name.n == name.n ||
                 m->list[i].name.p[name.n] == ' ');
    if (same > 1)
        name = arena_printf(m->a, "%.*s %d", STR_ARG(name), same);
    m->list[m->n++] = (struct member){ name, text };
}

static str path_to(struct arena *a, str above, const xmlChar *name)
{
    str own = arena_str(a, str_of((const char *)name));
    return above.n ? arena_printf(a, "%.*s/%.*s", STR_ARG(above), STR_ARG(own))
                   : own;
}

static void collect(struct members *m, const xmlNode *n, str above, int depth)
{
    for (const xmlAttr *p = n->properties; p; p = p->next)
        if (strcmp((const char *)p->name, "id") != 0)
            add(m, path_to(m->a, above, p->name),
                copied(m->a, xmlNodeListGetString(n->doc, p->children, 1)));
    for (const xmlNode *c = n->children; c && depth < DEPTH; c = c->next) {
        if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) {
            add(m, above.n ? above : STR("text"),
                copied(m->a, xmlNodeGetContent((xmlNode *)c)));
        } else if (c->type == XML_ELEMENT_NODE && !is_drawing(c) &&
                   !has_id(c) && strcmp((const char *)c->name, "incoming") &&
                   strcmp((const char *)c->name, "outgoing")) {
            collect(m, c, path_to(m->a, above, c->name), depth + 1);
        }
    }
}

static struct members *members_of(struct arena *a, const xmlNode *n)
{
    struct members *m = ARENA_NEW(a, struct members);
    m->a = a;
    collect(m, n, STR(""), 0);
    return m;
}

static str text_of(const struct members *m, str name)
{
    for (int i = 0; i < m->n; i++)
        if (str_eq(m->list[i].name, name))
            return m->list[i].text;
    return STR("");
}

/* ---- comparing ---- */

struct comparison {
    struct arena *a, scratch;
    struct differences *out;
};

/* NULL when it is only counted. */
static struct difference *tell(struct comparison *c, int kind,
                               const struct element *e)
{
    struct differences *d = c->out;
    d->count++;
    if (d->kept == DIFFERENCES)
        return NULL;
    struct difference *one = &d->list[d->kept++];
    *one = (struct difference){
        .kind = kind, .id = e->id,
        .tag = arena_str(c->a, str_of((const char *)e->node->name)),
        .name = attribute(c->a, e->node, "name"),
        .member = STR(""), .before = STR(""), .after = STR("") };
    return one;
}

static void changed(struct comparison *c, const struct element *e, str member,
                    str before, str after)
{
    struct difference *d = tell(c, DIFFERENCE_CHANGED, e);
    if (d == NULL)
        return;
    d->member = arena_str(c->a, member);
    d->before = arena_str(c->a, utf8_head(before, LONGEST));
    d->after = arena_str(c->a, utf8_head(after, LONGEST));
}

static void compare(struct comparison *c, const struct element *before,
                    const struct element *after)
{
    const struct members *b = members_of(&c->scratch, before->node);
    const struct members *n = members_of(&c->scratch, after->node);
    if (strcmp((const char *)before->node->name,
               (const char *)after->node->name) != 0)
        changed(c, after, STR("类型"),
                str_of((const char *)before->node->name),
                str_of((const char *)after->node->name));
    for (int i = 0; i < n->n; i++) {
        str old = text_of(b, n->list[i].name);
        if (!str_eq(old, n->list[i].text))
            changed(c, after, n->list[i].name, old, n->list[i].text);
    }
    for (int i = 0; i < b->n; i++)
        if (text_of(n, b->list[i].name).n == 0)
            changed(c, after, b->list[i].name, b->list[i].text, STR(""));
    arena_reset(&c->scratch);
}

static void compare_all(struct comparison *c, const struct index *before,
                        const struct index *after)
{
    for (size_t i = 0; i < after->n; i++)
        if (find(before, after->list[i].id) == NULL)
            tell(c, DIFFERENCE_ADDED, &after->list[i]);
    for (size_t i = 0; i < before->n; i++)
        if (find(after, before->list[i].id) == NULL)
            tell(c, DIFFERENCE_REMOVED, &before->list[i]);
    for (size_t i = 0; i < after->n; i++) {
        const struct element *old = find(before, after->list[i].id);
        if (old)
            compare(c, old, &after->list[i]);
    }
}

static void index_of(struct arena *a, const xmlDoc *doc, struct index *x)
{
    gather(a, x, xmlDocGetRootElement(doc), 0);
    if (x->n > 1)
        qsort(x->list, x->n, sizeof *x->list, by_id);
}

enum err design_differences(struct arena *a, str before, str after,
                            struct differences *out)
{
    xmlDoc *old = open_xml(before), *new = open_xml(after);
    struct arena ids = arena_make(0);
    struct comparison c = { .a = a, .scratch = arena_make(0), .out = out };
    *out = (struct differences){
        .list = ARENA_NEW_N(a, struct difference, DIFFERENCES) };
    enum err e = old && new ? OK : ERR_INPUT;
    if (e == OK) {
        struct index b = { 0 }, n = { 0 };
        index_of(&ids, old, &b);
        index_of(&ids, new, &n);
        compare_all(&c, &b, &n);
        for (int i = 0; i < out->kept; i++)
            out->list[i].id = arena_str(a, out->list[i].id);
    }
    arena_free(&ids);
    arena_free(&c.scratch);
    xmlFreeDoc(old);
    xmlFreeDoc(new);
    return e;
}
