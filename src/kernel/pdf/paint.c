/*
 * Painting a laid-out paper into a tagged PDF.
 *
 * cairo writes the file.  Text is tagged line by line into paragraphs, headings
 * and cells; what only decorates (rules, the seal, page numbers) stays outside
 * the tags.  Bold is drawn by outlining the regular face: 文泉驿 has no bold
 * one and the outline keeps the text itself selectable.
 */
#include "kernel/pdf/paper.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

/* --accent of the design language: the colour of seals, never of a status. */
static const double red[3] = { 0xc4 / 255.0, 0x16 / 255.0, 0x1c / 255.0 };

struct painter {
    cairo_t *cr;
    struct paper *paper;
    int page, pages;
    int table, row, cell; /* tags that are open; 0: none */
};

static cairo_status_t append(void *closure, const unsigned char *p,
                             unsigned int n)
{
    buf_put(closure, (str){ (const char *)p, n });
    return CAIRO_STATUS_SUCCESS;
}

/* ---- tags ---- */

static void close_cell(struct painter *w, const char *tag)
{
    if (w->cell)
        cairo_tag_end(w->cr, tag);
    w->cell = 0;
}

static void close_table(struct painter *w)
{
    if (w->row)
        cairo_tag_end(w->cr, "TR");
    if (w->table)
        cairo_tag_end(w->cr, "Table");
    w->row = w->table = 0;
}

static void open_tags(struct painter *w, const struct piece *q)
{
    if (q->table != w->table)
        close_table(w);
    if (q->table && w->table == 0)
        cairo_tag_begin(w->cr, "Table", NULL);
    w->table = q->table;
    if (q->row != w->row && w->row)
        cairo_tag_end(w->cr, "TR");
    if (q->row && q->row != w->row)
        cairo_tag_begin(w->cr, "TR", NULL);
    w->row = q->row;
    cairo_tag_begin(w->cr, q->tag, NULL);
    w->cell = q->cell;
}

/* ---- pieces ---- */

static void paint_line(struct painter *w, const struct piece *q)
{
    PangoLayoutLine *line = pango_layout_get_line_readonly(q->layout, q->line);
    cairo_set_source_rgb(w->cr, 0, 0, 0);
    cairo_move_to(w->cr, q->x, q->y);
    pango_cairo_show_layout_line(w->cr, line);
    if (!q->bold)
        return;
    cairo_move_to(w->cr, q->x, q->y);
    pango_cairo_layout_line_path(w->cr, line);
    cairo_set_line_width(w->cr, 0.45);
    cairo_set_line_join(w->cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(w->cr);
}

static void paint_box(struct painter *w, const struct piece *q)
{
    cairo_set_source_rgb(w->cr, 0.35, 0.35, 0.35);
    cairo_set_line_width(w->cr, 0.5);
    cairo_rectangle(w->cr, q->x, q->y, q->w, q->h);
    cairo_stroke(w->cr);
}

/* The double border of a certificate. */
static void paint_frame(struct painter *w, const struct piece *q)
{
    static const double inset[] = { 0, 5 }, width[] = { 2.4, 0.8 };
    cairo_set_source_rgb(w->cr, red[0], red[1], red[2]);
    for (int i = 0; i < 2; i++) {
        cairo_set_line_width(w->cr, width[i]);
        cairo_rectangle(w->cr, q->x + inset[i], q->y + inset[i],
                        q->w - 2 * inset[i], q->h - 2 * inset[i]);
        cairo_stroke(w->cr);
    }
}

static void paint_rule(struct painter *w, const struct piece *q)
{
    cairo_set_source_rgb(w->cr, 0, 0, 0);
    cairo_set_line_width(w->cr, q->h);
    cairo_move_to(w->cr, q->x, q->y);
    cairo_line_to(w->cr, q->x + q->w, q->y);
    cairo_stroke(w->cr);
}

/* Dark modules, those side by side as one rectangle: sharp at every size. */
static void paint_qr(struct painter *w, const struct piece *q)
{
    const QRcode *code = w->paper->qr;
    double m = q->w / code->width;
    cairo_set_source_rgb(w->cr, 0, 0, 0);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width;) {
            int from = x;
            while (x < code->width && code->data[y * code->width + x] & 1)
                x++;
            if (x > from)
                cairo_rectangle(w->cr, q->x + from * m, q->y + y * m,
                                (x - from) * m, m);
            x++;
        }
    cairo_fill(w->cr);
}

static PangoLayout *small_text(struct painter *w, str s, double size)
{
    struct style style = { .size = size, .advance = size * 1.3 };
    return paper_text(w->paper, s, &style, 1000).layout;
}

static void show_centred(struct painter *w, str s, double size, double x,
                         double y)
{
    PangoLayout *layout = small_text(w, s, size);
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    cairo_move_to(w->cr, x - width / 2.0 / PANGO_SCALE,
                  y - height / 2.0 / PANGO_SCALE);
    pango_cairo_show_layout(w->cr, layout);
}

/* The organ's name along the upper arc, one character after the other. */
static void paint_name_on_arc(struct painter *w, str name, double radius)
{
    size_t n = utf8_count(name), at = 0;
    if (n == 0)
        return;
    double size = n > 14 ? 9.5 : n > 9 ? 11 : 12.5;
    double step = fmin(1.25 * size / radius, 4.4 / (double)n);
    double angle = -step * ((double)n - 1) / 2;
    while (at < name.n) {
        size_t from = at;
        utf8_next(name, &at);
        cairo_save(w->cr);
        cairo_rotate(w->cr, angle);
        show_centred(w, str_slice(name, from, at), size, 0, -radius);
        cairo_restore(w->cr);
        angle += step;
    }
}

/*
 * Where the electronic seal goes.  No star and the word 演示 in it: a picture
 * that could pass for a real seal must not come out of a demonstration
 * (国务院关于国家行政机关和企业事业单位社会团体印章管理的规定).
 */
static void paint_seal(struct painter *w, const struct piece *q)
{
    double r = q->w / 2;
    cairo_save(w->cr);
    cairo_translate(w->cr, q->x + r, q->y + r);
    cairo_set_source_rgba(w->cr, red[0], red[1], red[2], 0.82);
    cairo_set_line_width(w->cr, 2.6);
    cairo_new_path(w->cr); /* a text before leaves its point */
    cairo_arc(w->cr, 0, 0, r - 1.3, 0, 2 * M_PI);
    cairo_stroke(w->cr);
    paint_name_on_arc(w, w->paper->organ, r - 14);
    show_centred(w, STR("电子印章"), 12, 0, 4);
    show_centred(w, STR("（演示）"), 9, 0, 20);
    cairo_restore(w->cr);
}

static void paint_piece(struct painter *w, const struct piece *q)
{
    switch (q->kind) {
    case PIECE_LINE: paint_line(w, q); break;
    case PIECE_BOX:  paint_box(w, q); break;
    case PIECE_RULE: paint_rule(w, q); break;
    case PIECE_QR:   paint_qr(w, q); break;
    case PIECE_SEAL: paint_seal(w, q); break;
    case PIECE_FRAME: paint_frame(w, q); break;
    }
}

/* ---- pages ---- */

static void paint_foot(struct painter *w)
{
    struct paper *p = w->paper;
    double y = p->height - p->bottom + 20;
    cairo_set_source_rgb(w->cr, 0.27, 0.32, 0.37);
    str number = arena_printf(&p->arena, "第 %d 页 共 %d 页", w->page + 1,
                              w->pages);
    show_centred(w, number, 9, p->width / 2, y);
    if (p->foot.n)
        show_centred(w, p->foot, 8, p->width / 2, y + 14);
}

/* The lines of one paragraph or cell share a tag: walk to where it changes. */
static const struct piece *paint_text(struct painter *w, const struct piece *q)
{
    const struct piece *start = q;
    open_tags(w, q);
    while (q && q->kind == PIECE_LINE && q->page == start->page &&
           q->cell == start->cell) {
        paint_piece(w, q);
        q = q->next;
    }
    close_cell(w, start->tag);
    return q;
}

static void paint_pages(struct painter *w)
{
    const struct piece *q = w->paper->first;
    for (w->page = 0; w->page < w->pages; w->page++) {
        while (q && q->page == w->page) {
            if (q->kind == PIECE_LINE) {
                q = paint_text(w, q);
                continue;
            }
            /* Boxes stand between the cells of a row: its tags stay open. */
            if (q->kind != PIECE_BOX)
                close_table(w);
            paint_piece(w, q);
            q = q->next;
        }
        close_table(w);
        paint_foot(w);
        cairo_show_page(w->cr);
    }
}

static void set_properties(cairo_surface_t *surface, struct paper *p)
{
    char made[INST_TEXT];
    inst_text(p->made, made);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   arena_cstr(&p->arena, p->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
                                   arena_cstr(&p->arena, p->organ));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR,
                                   "zhengtong");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   made);
}

enum err paper_write(struct paper *p, struct buf *out)
{
    struct buf file = { 0 };
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append, &file, p->width, p->height);
    set_properties(surface, p);
    struct painter w = { .cr = cairo_create(surface), .paper = p,
                         .pages = p->page + 1 };
    paint_pages(&w);
    cairo_status_t status = cairo_status(w.cr);
    cairo_destroy(w.cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_SUCCESS) {
        paper_add_language(&file);
        buf_put(out, buf_str(&file));
    }
    buf_free(&file);
    return status == CAIRO_STATUS_SUCCESS ? OK : ERR_BUSY;
}
