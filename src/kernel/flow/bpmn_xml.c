/*
 * The XML side of a BPMN file: parsing it without trust, writing it back
 * without loss.
 *
 * libxml2 reads, but on our terms: no network, no document type (so no
 * entities and no bombs), and counters in the parser itself, so that a file
 * with too many or too deep elements stops while it is read instead of after
 * it has filled the memory.  White space, comments and unknown elements stay
 * in the tree, because the tree is what export writes.
 */
#include "kernel/flow/bpmn_read.h"

#include <libxml/SAX2.h>
#include <libxml/c14n.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <string.h>

enum stopped { RUNS, HAS_DTD, TOO_MANY, TOO_DEEP };

struct guard {
    int elements, depth;
    enum stopped why;
};

static void stop(xmlParserCtxtPtr parser, enum stopped why)
{
    struct guard *guard = parser->_private;
    if (guard->why == RUNS)
        guard->why = why;
    xmlStopParser(parser);
}

static void on_dtd(void *context, const xmlChar *name, const xmlChar *external,
                   const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    stop(context, HAS_DTD);
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix,
                     const xmlChar *uri, int ns_count, const xmlChar **ns,
                     int attributes, int defaulted, const xmlChar **attribute)
{
    xmlParserCtxtPtr parser = context;
    struct guard *guard = parser->_private;
    if (++guard->elements > BPMN_ELEMENTS)
        stop(parser, TOO_MANY);
    else if (++guard->depth > BPMN_DEPTH)
        stop(parser, TOO_DEEP);
    else
        xmlSAX2StartElementNs(context, local, prefix, uri, ns_count, ns,
                              attributes, defaulted, attribute);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix,
                   const xmlChar *uri)
{
    xmlParserCtxtPtr parser = context;
    struct guard *guard = parser->_private;
    guard->depth--;
    xmlSAX2EndElementNs(context, local, prefix, uri);
}

/* libxml2 prints to standard error unless told to keep quiet. */
static void quiet(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

static void library_start(void)
{
    xmlInitParser();
}

static str why_stopped(struct arena *a, xmlParserCtxtPtr parser,
                       const struct guard *guard)
{
    switch (guard->why) {
    case HAS_DTD:
        return STR("文件带有文档类型声明（DOCTYPE），为安全起见不予读取，"
                   "请删除后重新导出。");
    case TOO_MANY:
        return arena_printf(a, "文件中的元素超过 %d 个，请拆分流程。",
                            BPMN_ELEMENTS);
    case TOO_DEEP:
        return arena_printf(a, "元素嵌套超过 %d 层，请检查文件。", BPMN_DEPTH);
    case RUNS:
        break;
    }
    if (parser->lastError.line > 0)
        return arena_printf(a,
                            "第 %d 行不是正确的 XML，请用流程设计器重新导出。",
                            parser->lastError.line);
    return STR("文件不是正确的 XML，请用流程设计器重新导出。");
}

xmlDocPtr bpmn_parse(struct arena *a, str xml, str *problem)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, library_start);
    if (xml.n == 0) {
        *problem = STR("文件是空的，请选择 BPMN 文件。");
        return NULL;
    }
    if (xml.n > BPMN_BYTES) {
        *problem = arena_printf(a, "文件超过 %d MB，请拆分流程。",
                                BPMN_BYTES >> 20);
        return NULL;
    }
    struct guard guard = { 0 };
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (parser == NULL) {
        *problem = STR("内存不足，请稍后再试。");
        return NULL;
    }
    parser->_private = &guard;
    parser->sax->internalSubset = on_dtd;
    parser->sax->externalSubset = on_dtd;
    parser->sax->startElementNs = on_start;
    parser->sax->endElementNs = on_end;
    parser->sax->serror = quiet;
    xmlDocPtr doc = xmlCtxtReadMemory(parser, xml.p, (int)xml.n, NULL, NULL,
                                      XML_PARSE_NONET | XML_PARSE_NOERROR |
                                          XML_PARSE_NOWARNING);
    if (doc && (guard.why != RUNS || !parser->wellFormed)) {
        xmlFreeDoc(doc);
        doc = NULL;
    }
    if (doc == NULL)
        *problem = why_stopped(a, parser, &guard);
    xmlFreeParserCtxt(parser);
    return doc;
}

void bpmn_export(const struct bpmn *g, struct buf *out)
{
    xmlChar *text = NULL;
    int n = 0;
    xmlDocDumpMemoryEnc(g->document, &text, &n, "UTF-8");
    if (text && n > 0)
        buf_put(out, (str){ (const char *)text, (size_t)n });
    xmlFree(text);
}

static void silent(void *context, const char *message, ...)
{
    (void)context, (void)message;
}

enum err bpmn_canonical(str xml, struct buf *out)
{
    struct arena scratch = arena_make(0);
    str problem;
    xmlDocPtr doc = bpmn_parse(&scratch, xml, &problem);
    arena_free(&scratch);
    if (doc == NULL)
        return ERR_INPUT;
    xmlChar *text = NULL;
    xmlSetGenericErrorFunc(NULL, silent);
    int n = xmlC14NDocDumpMemory(doc, NULL, XML_C14N_1_0, NULL, 1, &text);
    xmlSetGenericErrorFunc(NULL, NULL);
    /* C14N refuses relative namespace names, which some editors write. */
    if (n <= 0)
        xmlDocDumpMemoryEnc(doc, &text, &n, "UTF-8");
    if (n > 0)
        buf_put(out, (str){ (const char *)text, (size_t)n });
    xmlFree(text);
    xmlFreeDoc(doc);
    return n > 0 ? OK : ERR_INPUT;
}

/* ---- small words for the readers ---- */

bool bpmn_xml_is(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && n->ns &&
           strcmp((const char *)n->ns->href, BPMN_NS) == 0 &&
           strcmp((const char *)n->name, name) == 0;
}

bool bpmn_xml_in(const xmlNode *n, const char *ns)
{
    return n->type == XML_ELEMENT_NODE && n->ns &&
           strcmp((const char *)n->ns->href, ns) == 0;
}

static str taken(struct arena *a, xmlChar *text)
{
    str s = text ? arena_str(a, str_of((const char *)text)) : str_none;
    xmlFree(text);
    return s;
}

str bpmn_xml_attr(struct arena *a, const xmlNode *n, const char *name)
{
    return taken(a, xmlGetNoNsProp(n, (const xmlChar *)name));
}

str bpmn_xml_attr_ns(struct arena *a, const xmlNode *n, const char *ns,
                     const char *name)
{
    return taken(a, xmlGetNsProp(n, (const xmlChar *)name,
                                 (const xmlChar *)ns));
}

bool bpmn_xml_flag(struct arena *a, const xmlNode *n, const char *name,
                   bool otherwise)
{
    str s = bpmn_xml_attr(a, n, name);
    if (str_is_none(s))
        return otherwise;
    return str_is(s, "true") || str_is(s, "1");
}

str bpmn_xml_text(struct arena *a, const xmlNode *n)
{
    return str_trim(taken(a, xmlNodeGetContent((xmlNode *)n)));
}

const xmlNode *bpmn_xml_child(const xmlNode *n, const char *name)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (bpmn_xml_is(c, name))
            return c;
    return NULL;
}
