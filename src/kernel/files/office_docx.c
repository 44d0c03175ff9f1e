/*
 * DOCX (ECMA-376, part 1, 17): the paragraphs and tables of the body, in order.
 *
 * Text stands in w:t; what a property or the fallback of a drawing repeats is
 * passed over.  Headers, notes and pictures stay in the original.
 */
#include "kernel/files/office.h"

#include <stdlib.h>

struct docx {
    struct office *w;
    struct buf line;
    int quiet;  /* within something that is no text */
    int tables; /* one in another is written as its cell's text */
    bool text;
};

static const char *const silent[] = { "pPr", "rPr", "Fallback", "sectPr" };

static void opened(struct docx *d, xmlTextReaderPtr r)
{
    bool empty = xmlTextReaderIsEmptyElement(r);
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        d->quiet += !empty && pack_at(r, silent[i]);
    if (d->quiet)
        return;
    d->text = !empty && pack_at(r, "t");
    if (pack_at(r, "tab"))
        buf_byte(&d->line, ' ');
    if (pack_at(r, "br") || pack_at(r, "cr"))
        buf_byte(&d->line, '\n');
    if (pack_at(r, "tbl") && !empty && d->tables++ == 0)
        office_table(d->w);
    if (pack_at(r, "tr") && d->tables == 1)
        office_row(d->w);
    if (pack_at(r, "tc") && empty && d->tables == 1)
        office_cell(d->w, STR(""));
}

static void closed(struct docx *d, xmlTextReaderPtr r)
{
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        d->quiet -= d->quiet && pack_at_end(r, silent[i]);
    if (d->quiet)
        return;
    d->text = false;
    if (pack_at_end(r, "p") && d->tables)
        buf_byte(&d->line, '\n');
    if (pack_at_end(r, "tbl") && d->tables)
        d->tables--;
    if (pack_at_end(r, "p") && d->tables == 0) {
        office_put(d->w, "text", d->line.n ? buf_str(&d->line) : STR(""));
        buf_clear(&d->line);
    }
    if (pack_at_end(r, "tc") && d->tables == 1) {
        office_cell(d->w, d->line.n ? buf_str(&d->line) : STR(""));
        buf_clear(&d->line);
    }
}

enum preview_end office_docx_xml(const char *xml, size_t n, struct office *w)
{
    struct docx d = { .w = w };
    xmlTextReaderPtr r = pack_xml(xml, n);
    str said;
    int more = r ? 1 : -1;
    while (more == 1 && office_room(w) && (more = pack_read(r)) == 1) {
        int type = xmlTextReaderNodeType(r);
        if (type == XML_READER_TYPE_ELEMENT)
            opened(&d, r);
        else if (type == XML_READER_TYPE_END_ELEMENT)
            closed(&d, r);
        else if (d.text && !d.quiet && d.line.n < OFFICE_TEXT &&
                 pack_text(r, &said))
            buf_put(&d.line, said);
    }
    xmlFreeTextReader(r);
    buf_free(&d.line);
    return more < 0 ? PREVIEW_DAMAGED : PREVIEW_OK;
}

enum preview_end office_docx(struct pack *p, struct office *w)
{
    char *xml;
    size_t n;
    enum err e = pack_member(p, "word/document.xml", OFFICE_MEMBER, &xml, &n);
    if (e != OK)
        return e == ERR_DENIED  ? PREVIEW_LOCKED
               : e == ERR_RANGE ? PREVIEW_HEAVY : PREVIEW_DAMAGED;
    enum preview_end end = office_docx_xml(xml, n, w);
    free(xml);
    return end;
}
