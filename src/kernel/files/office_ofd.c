/*
 * OFD (GB/T 33190): the text objects of each page, from top to bottom and left
 * to right, those of its template among them.  Objects on one height are one
 * line.  Seals, pictures and annotations stay in the original.
 */
#include "kernel/files/office.h"
#include "kernel/files/ofd/ofd.h"

#include <stdlib.h>

enum { OBJECTS = 4000, TEMPLATES = 20, NAME = 200 };

struct piece {
    double x, y, width; /* millimetres */
    str text;
};

struct page {
    struct arena *a;
    struct piece *piece;
    size_t n;
    bool full;
};

struct templates {
    struct {
        str id, path;
    } list[TEMPLATES];
    size_t n;
};

static enum preview_end open_member(struct pack *p, struct arena *a, str path,
                                    char **xml, xmlTextReaderPtr *r)
{
    size_t n;
    *xml = NULL;
    *r = NULL;
    if (path.n == 0 || path.n > NAME)
        return PREVIEW_DAMAGED;
    enum err e = pack_member(p, arena_cstr(a, path), OFFICE_MEMBER, xml, &n);
    if (e != OK)
        return e == ERR_DENIED  ? PREVIEW_LOCKED
               : e == ERR_RANGE ? PREVIEW_HEAVY : PREVIEW_DAMAGED;
    *r = pack_xml(*xml, n);
    return *r ? PREVIEW_OK : PREVIEW_DAMAGED;
}

static void close_member(char *xml, xmlTextReaderPtr r)
{
    xmlFreeTextReader(r);
    free(xml);
}

/* ---- a page ---- */

static double bounded(double d)
{
    return d > -1e6 && d < 1e6 ? d : 0;
}

/* The first three of "30.5 20 100 8": where an object lies, how wide it is. */
static void place_of_object(xmlTextReaderPtr r, struct page *page,
                            struct piece *at)
{
    str box = pack_attribute(r, page->a, "Boundary");
    const char *s = box.n ? arena_cstr(page->a, box) : "";
    char *rest;
    at->x = bounded(strtod(s, &rest));
    at->y = bounded(strtod(rest, &rest));
    at->width = bounded(strtod(rest, NULL));
}

static void keep_piece(struct page *page, struct piece at, struct buf *text)
{
    if (text->n && page->n < OBJECTS) {
        at.text = arena_str(page->a, buf_str(text));
        page->piece[page->n++] = at;
    } else if (text->n) {
        page->full = true;
    }
    buf_clear(text);
}

/* The text objects of one Content.xml; *template is the id of its template. */
static enum preview_end read_objects(struct pack *p, struct page *page,
                                     str path, str *template)
{
    xmlTextReaderPtr r;
    char *xml;
    struct buf text = { 0 };
    struct piece at = { 0 };
    bool code = false;
    int more = 1;
    str said;
    enum preview_end e = open_member(p, page->a, path, &xml, &r);
    while (e == PREVIEW_OK && more == 1 && (more = pack_read(r)) == 1) {
        if (pack_at(r, "Template"))
            *template = pack_attribute(r, page->a, "TemplateID");
        else if (pack_at(r, "TextObject"))
            place_of_object(r, page, &at);
        else if (pack_at(r, "TextCode"))
            code = !xmlTextReaderIsEmptyElement(r);
        else if (pack_at_end(r, "TextCode"))
            code = false;
        else if (pack_at_end(r, "TextObject"))
            keep_piece(page, at, &text);
        else if (code && text.n < OFFICE_TEXT && pack_text(r, &said))
            buf_put(&text, said);
    }
    buf_free(&text);
    close_member(xml, r);
    return more < 0 ? PREVIEW_DAMAGED : e;
}

static int by_height(const void *a, const void *b)
{
    double d = ((const struct piece *)a)->y - ((const struct piece *)b)->y;
    return (d > 0) - (d < 0);
}

static int by_side(const void *a, const void *b)
{
    double d = ((const struct piece *)a)->x - ((const struct piece *)b)->x;
    return (d > 0) - (d < 0);
}

static void write_lines(struct page *page, struct office *w)
{
    const double same = 1.5; /* millimetres: half a small letter */
    struct buf line = { 0 };
    if (page->n)
        qsort(page->piece, page->n, sizeof *page->piece, by_height);
    for (size_t i = 0; i < page->n;) {
        size_t end = i + 1;
        while (end < page->n && page->piece[end].y - page->piece[i].y < same)
            end++;
        qsort(page->piece + i, end - i, sizeof *page->piece, by_side);
        for (size_t first = i; i < end; i++) {
            const struct piece *p = &page->piece[i];
            /* Some writers make an object of every letter. */
            if (i > first && (p[-1].width <= 0 ||
                              p->x - p[-1].x - p[-1].width > same))
                buf_byte(&line, ' ');
            buf_put(&line, p->text);
        }
        office_put(w, "text", line.n ? buf_str(&line) : STR(""));
        buf_clear(&line);
    }
    buf_free(&line);
    w->more |= page->full;
}

static enum preview_end read_page(struct pack *p, struct office *w, str path,
                                  const struct templates *all, int number)
{
    struct page page = { .a = w->a };
    str template = str_none, none;
    page.piece = ARENA_NEW_N(w->a, struct piece, OBJECTS);
    enum preview_end e = read_objects(p, &page, path, &template);
    for (size_t i = 0; e == PREVIEW_OK && template.n && i < all->n; i++)
        if (str_eq(all->list[i].id, template)) {
            e = read_objects(p, &page, all->list[i].path, &none);
            break;
        }
    office_put(w, "head", arena_printf(w->a, "第 %d 页", number));
    write_lines(&page, w);
    return e;
}

/* ---- the document ---- */

static void keep_template(xmlTextReaderPtr r, struct arena *a, str folder,
                          struct templates *all)
{
    str path = pack_attribute(r, a, "BaseLoc");
    if (all->n == TEMPLATES || str_is_none(path))
        return;
    all->list[all->n].id = pack_attribute(r, a, "ID");
    all->list[all->n++].path = ofd_place(a, folder, path);
}

static enum preview_end read_document(struct pack *p, struct office *w,
                                      str path, int *pages)
{
    struct templates all = { .n = 0 };
    xmlTextReaderPtr r;
    char *xml;
    int more = 1;
    str folder = ofd_folder(path);
    enum preview_end e = open_member(p, w->a, path, &xml, &r);
    while (e == PREVIEW_OK && more == 1 && office_room(w) &&
           (more = pack_read(r)) == 1) {
        if (pack_at(r, "TemplatePage"))
            keep_template(r, w->a, folder, &all);
        if (!pack_at(r, "Page"))
            continue;
        if (*pages == OFFICE_PAGES) {
            w->more = true;
            break;
        }
        str base = pack_attribute(r, w->a, "BaseLoc");
        if (base.n)
            e = read_page(p, w, ofd_place(w->a, folder, base), &all, ++*pages);
    }
    close_member(xml, r);
    return more < 0 ? PREVIEW_DAMAGED : e;
}

enum preview_end office_ofd(struct pack *p, struct office *w)
{
    xmlTextReaderPtr r;
    char *xml;
    bool root = false;
    int more = 1, pages = 0;
    str path;
    enum preview_end e = open_member(p, w->a, STR("OFD.xml"), &xml, &r);
    while (e == PREVIEW_OK && more == 1 && (more = pack_read(r)) == 1) {
        if (pack_at(r, "DocRoot"))
            root = !xmlTextReaderIsEmptyElement(r);
        else if (pack_at_end(r, "DocRoot"))
            root = false;
        else if (root && pack_text(r, &path))
            e = read_document(p, w, ofd_place(w->a, STR(""), arena_str(
                                  w->a, str_trim(path))), &pages);
    }
    close_member(xml, r);
    if (e == PREVIEW_OK && (more < 0 || pages == 0))
        e = PREVIEW_DAMAGED;
    return e;
}
