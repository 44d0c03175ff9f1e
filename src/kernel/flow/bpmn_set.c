/*
 * One attribute of one element changed in the document, nothing else touched:
 * for people who attach a post or a form without drawing.
 *
 * The graph beside the document keeps what was read; who goes on with the
 * change exports it and reads again.
 */
#include "kernel/flow/bpmn_read.h"

#include <string.h>

static xmlNode *find(xmlNode *n, str id, int depth)
{
    for (; n && depth < BPMN_DEPTH; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        xmlChar *own = xmlGetNoNsProp(n, (const xmlChar *)"id");
        bool here = own && str_is(id, (const char *)own);
        xmlFree(own);
        xmlNode *below = here ? n : find(n->children, id, depth + 1);
        if (below)
            return below;
    }
    return NULL;
}

/* Our namespace with a prefix, declared here where it is not yet. */
static xmlNs *our_namespace(struct bpmn *g, xmlNode *n)
{
    xmlNs *ns = xmlSearchNsByHref(g->document, n,
                                  (const xmlChar *)BPMN_OUR_NS);
    return ns && ns->prefix ? ns
                            : xmlNewNs(n, (const xmlChar *)BPMN_OUR_NS,
                                       (const xmlChar *)"zt");
}

/* Every attribute of that name in any namespace but BPMN's own. */
static void drop(xmlNode *n, const char *name)
{
    for (xmlAttr *next, *p = n->properties; p; p = next) {
        next = p->next;
        if (p->ns && strcmp((const char *)p->name, name) == 0)
            xmlRemoveProp(p);
    }
}

enum err bpmn_set(struct bpmn *g, str id, const char *name, str value)
{
    struct arena scratch = arena_make(0);
    xmlNode *n = find(xmlDocGetRootElement(g->document), id, 0);
    xmlNs *ns = n ? our_namespace(g, n) : NULL;
    if (ns && value.n) {
        xmlSetNsProp(n, ns, (const xmlChar *)name,
                     (const xmlChar *)arena_cstr(&scratch, value));
    } else if (n) {
        drop(n, name);
        if (strcmp(name, "form") == 0) /* as other editors call it */
            drop(n, "formKey");
    }
    arena_free(&scratch);
    return n && ns ? OK : ERR_NOTFOUND;
}
