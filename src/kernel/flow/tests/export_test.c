/*
 * Import and export lose nothing: random files with everything an editor might
 * leave in them -- unknown elements and attributes anywhere, comments,
 * processing instructions, CDATA, white space, namespaces declared anew deep
 * inside -- come out with the same canonical form, and a second time the same
 * to the byte.  Canonical form is libxml2's own (C14N 1.0 with comments), read
 * without our parser, so that both sides cannot forget the same thing.
 */
#include "kernel/flow/bpmn.h"
#include "kernel/test/test.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <stdlib.h>

enum { FILES = 3000, DEEP = 5 };

static uint64_t dice_state;

static uint32_t dice(uint32_t n)
{
    dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((dice_state >> 33) % n);
}

static const char *one_of(const char *const *list, int n)
{
    return list[dice((uint32_t)n)];
}

#define ONE_OF(list) one_of((list), (int)(sizeof(list) / sizeof *(list)))

/* ---- what may stand anywhere ---- */

static const char *const texts[] = {
    "", " ", "\n  \t", "办理 &amp; 审批", "&lt;a&gt; ]] &gt;", "a&#13;b&#10;c",
    "&#x1F4C4;", "  two  spaces  ", "\r\n", "&quot;&apos;", "&#x202E;右",
};

static const char *const values[] = {
    "1", "", " x  y ", "&lt;&amp;&quot;", "a&#10;b&#9;c&#13;d", "'", "城市",
    "${x}", "&#x20;", "urn:nothing",
};

static const char *const spaces[] = { "", " ", "\n", "\n\t  ", "\r\n  " };

static void junk(struct buf *o, int depth);

static void attributes(struct buf *o)
{
    static const char *const names[] = { "u:one", "u:two", "v:one", "three",
                                         "xml:lang", "xml:space", "u:城市" };
    int first = (int)dice(7);
    for (uint32_t i = dice(3); i > 0; i--, first = (first + 1) % 7) {
        bool space = first == 5;
        buf_printf(o, "%s%s=\"%s\"", dice(2) ? " " : "\n   ", names[first],
                   space ? "preserve" : ONE_OF(values));
    }
}

/* Prefixes and the default namespace mean something else from here on. */
static void redeclare(struct buf *o)
{
    switch (dice(6)) {
    case 0: buf_put(o, STR(" xmlns:u=\"urn:other\"")); break;
    case 1: buf_put(o, STR(" xmlns:b=\"urn:not-bpmn\"")); break;
    case 2: buf_put(o, STR(" xmlns=\"\"")); break;
    case 3: buf_put(o, STR(" xmlns=\"urn:default\" xmlns:v=\"urn:u\"")); break;
    }
}

static void element(struct buf *o, int depth)
{
    static const char *const names[] = { "u:thing", "v:task", "thing", "task",
                                         "b:task", "u:definitions" };
    const char *name = ONE_OF(names);
    buf_printf(o, "<%s", name);
    redeclare(o);
    attributes(o);
    if (dice(3) == 0) {
        buf_put(o, STR("/>"));
        return;
    }
    buf_byte(o, '>');
    for (uint32_t i = dice(4); depth > 0 && i > 0; i--)
        junk(o, depth - 1);
    buf_printf(o, "</%s%s>", name, dice(4) ? "" : " ");
}

static void junk(struct buf *o, int depth)
{
    switch (dice(7)) {
    case 0: buf_printf(o, "<!-- %s - 注 -->", dice(2) ? "<b:task/>" : "&x;");
        break;
    case 1: buf_printf(o, "<?%s %s?>", dice(2) ? "pi" : "xml-stylesheet",
                       dice(2) ? "data <b>" : "");
        break;
    case 2: buf_put(o, STR("<![CDATA[ <b:task id='a'/> ]] & ]]>")); break;
    case 3: buf_put(o, str_of(ONE_OF(texts))); break;
    default: element(o, depth); break;
    }
}

/* Junk between the elements that mean something; text only where asked. */
static void litter(struct buf *o)
{
    buf_put(o, str_of(ONE_OF(spaces)));
    if (dice(3) == 0)
        junk(o, (int)dice(DEEP));
    buf_put(o, str_of(ONE_OF(spaces)));
}

/* ---- a whole file ---- */

static void outside(struct buf *o)
{
    if (dice(3) == 0)
        buf_put(o, STR("\n<!-- outside -->\n"));
    if (dice(4) == 0)
        buf_put(o, STR("<?outside ?>\n"));
}

static void node(struct buf *o, const char *tag, int id)
{
    buf_printf(o, "<b:%s id=\"n%d\"", tag, id);
    attributes(o);
    buf_byte(o, '>');
    litter(o);
    if (dice(2)) {
        buf_put(o, STR("<b:extensionElements>"));
        litter(o);
        buf_put(o, STR("</b:extensionElements>"));
    }
    litter(o);
    buf_printf(o, "</b:%s>", tag);
}

static void diagram(struct buf *o, int number)
{
    buf_printf(o, "<d:BPMNDiagram id=\"D%d\"><d:BPMNPlane bpmnElement=\"p\">",
               number);
    for (int i = 0; i < 3; i++) {
        litter(o);
        buf_printf(o, "<d:BPMNShape bpmnElement=\"n%d\" id=\"s%d_%d\" "
                      "u:colour=\"red\"><c:Bounds xmlns:c=\"" BPMN_DC_NS
                      "\" x=\"%d\" y=\"1e1\" width=\"36.50\" height=\"36\"/>",
                   i, number, i, i * 90);
        litter(o);
        buf_put(o, STR("</d:BPMNShape>"));
    }
    buf_put(o, STR("</d:BPMNPlane></d:BPMNDiagram>"));
}

static void write_file(struct buf *o)
{
    static const char *const kinds[] = { "startEvent", "task", "userTask",
                                         "exclusiveGateway", "endEvent" };
    if (dice(2))
        buf_printf(o, "<?xml version=\"1.0\"%s?>",
                   dice(2) ? " encoding=\"UTF-8\" standalone=\"yes\"" : "");
    outside(o);
    buf_put(o, STR("<b:definitions xmlns:b=\"" BPMN_NS "\" xmlns:u=\"urn:u\" "
                   "xmlns:v=\"urn:v\" xmlns:d=\"" BPMN_DI_NS "\""));
    attributes(o);
    buf_byte(o, '>');
    litter(o);
    buf_put(o, STR("<b:process id=\"p\">"));
    for (int i = 0; i < 3; i++) {
        litter(o);
        node(o, ONE_OF(kinds), i);
    }
    litter(o);
    buf_put(o, STR("<b:sequenceFlow id=\"f\" sourceRef=\"n0\" "
                   "targetRef=\"n1\"/></b:process>"));
    for (int i = (int)dice(3); i > 0; i--) {
        litter(o);
        diagram(o, i);
    }
    litter(o);
    buf_put(o, STR("</b:definitions>"));
    outside(o);
}

/* ---- comparing ---- */

static xmlChar *canonical(str xml, int *n)
{
    xmlChar *text = NULL;
    xmlDocPtr doc = xmlReadMemory(xml.p, (int)xml.n, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR |
                                      XML_PARSE_NOWARNING);
    *n = doc ? xmlC14NDocDumpMemory(doc, NULL, XML_C14N_1_0, NULL, 1, &text)
             : -1;
    if (doc)
        xmlFreeDoc(doc);
    return text;
}

static bool exported(str xml, struct buf *out)
{
    struct arena a = { 0 };
    struct bpmn *g = NULL;
    str problem = str_none;
    bool ok = bpmn_read(&a, xml, &g, &problem) == OK;
    if (ok)
        bpmn_export(g, out);
    else
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
    bpmn_free(g);
    arena_free(&a);
    return ok;
}

static bool same(str xml)
{
    struct buf once = { 0 }, twice = { 0 };
    int n = 0, m = 0;
    xmlChar *before = canonical(xml, &n), *after = NULL;
    bool ok = n > 0 && exported(xml, &once);
    if (ok) {
        after = canonical(buf_str(&once), &m);
        ok = n == m && memcmp(before, after, (size_t)n) == 0 &&
             exported(buf_str(&once), &twice) &&
             str_eq(buf_str(&once), buf_str(&twice));
    }
    xmlFree(before);
    xmlFree(after);
    buf_free(&once);
    buf_free(&twice);
    return ok;
}

static void whatever_stands_in_a_file_comes_out_again(void)
{
    struct buf file = { 0 };
    for (uint64_t seed = 1; seed <= FILES && test_bad < 3; seed++) {
        dice_state = seed * 7919;
        buf_clear(&file);
        write_file(&file);
        if (same(buf_str(&file)))
            continue;
        fprintf(stderr, "seed %llu:\n%.*s\n", (unsigned long long)seed,
                STR_ARG(buf_str(&file)));
        test_bad++;
    }
    buf_free(&file);
}

/* Every character of it is one the file's encoding has. */
static void other_encodings_come_out_as_utf_8(void)
{
    static const char wide[] = /* UTF-16, little end first */
        "\xff\xfe<\0d\0e\0f\0i\0n\0i\0t\0i\0o\0n\0s\0 \0x\0m\0l\0n\0s\0=\0'\0";
    struct buf file = { 0 };
    buf_put(&file, (str){ wide, sizeof wide - 1 });
    for (const char *p = BPMN_NS "'><process id='p'><task id='a' name='"; *p;
         p++) {
        buf_byte(&file, *p);
        buf_byte(&file, 0);
    }
    buf_put(&file, (str){ "\x01\x5e", 2 }); /* 币 */
    for (const char *p = "'/></process></definitions>"; *p; p++) {
        buf_byte(&file, *p);
        buf_byte(&file, 0);
    }
    struct buf out = { 0 };
    CHECK(same(buf_str(&file)));
    CHECK(exported(buf_str(&file), &out));
    CHECK(str_find(buf_str(&out), STR("name=\"币\"")) >= 0);
    CHECK(str_find(buf_str(&out), STR("encoding=\"UTF-8\"")) >= 0);
    buf_free(&file);
    buf_free(&out);
}

int main(void)
{
    RUN(whatever_stands_in_a_file_comes_out_again);
    RUN(other_encodings_come_out_as_utf_8);
    return test_result();
}
