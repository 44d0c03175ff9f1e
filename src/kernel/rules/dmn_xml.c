/* Reading XML: no DTD, no entities, no network, and elements of DMN looked up
 * by their local names, so that all versions of the schema read alike. */
#include "kernel/rules/model.h"

#include <libxml/parser.h>
#include <string.h>

static void silent(void *context, xmlErrorPtr e)
{
    (void)context, (void)e;
}

xmlDoc *xml_open(str bytes, const char **problem)
{
    if (bytes.n > DMN_MAX_BYTES) {
        *problem = "文件超过 8 MB。";
        return NULL;
    }
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (parser == NULL) {
        *problem = "内存不足。";
        return NULL;
    }
    parser->sax->serror = silent;
    xmlDoc *doc = xmlCtxtReadMemory(
        parser, bytes.p ? bytes.p : "", (int)bytes.n, NULL, NULL,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
            XML_PARSE_NOCDATA);
    xmlFreeParserCtxt(parser);
    *problem = "不是格式良好的 XML。";
    if (doc && (doc->intSubset || doc->extSubset)) {
        *problem = "文件含有 DTD，不予读取。";
        xmlFreeDoc(doc);
        return NULL;
    }
    if (doc && xmlDocGetRootElement(doc) == NULL) {
        xmlFreeDoc(doc);
        return NULL;
    }
    return doc;
}

xmlNode *xml_element(xmlNode *n)
{
    while (n && n->type != XML_ELEMENT_NODE)
        n = n->next;
    return n;
}

bool xml_is(const xmlNode *n, const char *name)
{
    return n && n->type == XML_ELEMENT_NODE &&
           strcmp((const char *)n->name, name) == 0;
}

xmlNode *xml_child(const xmlNode *n, const char *name)
{
    for (xmlNode *c = n ? n->children : NULL; c; c = c->next)
        if (xml_is(c, name))
            return c;
    return NULL;
}

xmlNode *xml_next(const xmlNode *n, const char *name)
{
    for (xmlNode *c = n->next; c; c = c->next)
        if (xml_is(c, name))
            return c;
    return NULL;
}

uint32_t xml_count(const xmlNode *n, const char *name)
{
    uint32_t count = 0;
    for (xmlNode *c = xml_child(n, name); c; c = xml_next(c, name))
        count++;
    return count;
}

static str copied(struct arena *a, xmlChar *text)
{
    if (text == NULL)
        return str_none;
    str s = arena_str(a, str_of((const char *)text));
    xmlFree(text);
    return s;
}

str xml_attr(struct arena *a, const xmlNode *n, const char *name)
{
    return n ? copied(a, xmlGetNoNsProp((xmlNode *)n, (const xmlChar *)name))
             : str_none;
}

str xml_text(struct arena *a, const xmlNode *n)
{
    return n ? copied(a, xmlNodeGetContent((xmlNode *)n)) : str_none;
}

str xml_child_text(struct arena *a, const xmlNode *n)
{
    return xml_text(a, xml_child(n, "text"));
}
