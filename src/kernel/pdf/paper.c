/*
 * Putting pieces on pages.
 *
 * pango breaks text into lines and knows where Chinese punctuation may stand;
 * everything else about the page is arithmetic.  The advance from line to line
 * is ours, not the font's, so that changing the font does not move the page.
 */
#include "kernel/pdf/paper.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <string.h>

static const double mm = 72 / 25.4;

static char families[256] = "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif";

void pdf_set_font(const char *list)
{
    strncpy(families, list, sizeof families - 1);
}

void pdf_close(void)
{
    pango_cairo_font_map_set_default(NULL);
    cairo_debug_reset_static_data();
    FcFini();
}

/* Unhinted and unrounded: a page must not depend on the screen. */
static PangoContext *make_context(void)
{
    PangoFontMap *map = pango_cairo_font_map_get_default();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    return context;
}

void paper_begin(struct paper *p, bool landscape)
{
    *p = (struct paper){ .width = 210 * mm, .height = 297 * mm };
    p->left = p->right = 26 * mm;
    p->top = 24 * mm;
    p->bottom = 20 * mm;
    if (landscape) {
        p->width = 297 * mm;
        p->height = 210 * mm;
        p->left = p->right = p->top = p->bottom = 18 * mm;
    }
    p->y = p->top;
    p->context = make_context();
    p->layouts = g_ptr_array_new_with_free_func(g_object_unref);
}

void paper_free(struct paper *p)
{
    if (p->qr)
        QRcode_free(p->qr);
    g_ptr_array_free(p->layouts, TRUE);
    g_object_unref(p->context);
    arena_free(&p->arena);
}

double paper_inner_width(const struct paper *p)
{
    return p->width - p->left - p->right;
}

double paper_left(const struct paper *p)
{
    return p->height - p->bottom - p->y;
}

void paper_next_page(struct paper *p)
{
    p->page++;
    p->y = p->top;
}

void paper_need(struct paper *p, double h)
{
    if (paper_left(p) < h && p->y > p->top)
        paper_next_page(p);
}

struct piece *paper_piece(struct paper *p, enum piece_kind kind, double x,
                          double y, double w, double h)
{
    struct piece *piece = ARENA_NEW(&p->arena, struct piece);
    *piece = (struct piece){ .kind = kind, .page = p->page, .x = x, .y = y,
                             .w = w, .h = h };
    if (p->last)
        p->last->next = piece;
    else
        p->first = piece;
    p->last = piece;
    return piece;
}

static PangoFontDescription *face(const struct style *style)
{
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family_static(d, families);
    pango_font_description_set_absolute_size(d, style->size * PANGO_SCALE);
    return d;
}

/* Where the baseline stands when the type is centred in its advance. */
static double baseline_of(struct paper *p, const PangoFontDescription *d,
                          const struct style *style)
{
    PangoFontMetrics *m = pango_context_get_metrics(p->context, d, NULL);
    double up = pango_font_metrics_get_ascent(m) / (double)PANGO_SCALE;
    double down = pango_font_metrics_get_descent(m) / (double)PANGO_SCALE;
    pango_font_metrics_unref(m);
    return (style->advance - up - down) / 2 + up;
}

struct text paper_text(struct paper *p, str s, const struct style *style,
                       double width)
{
    static const PangoAlignment alignment[] = {
        PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT
    };
    struct text t = { .style = *style };
    PangoFontDescription *d = face(style);
    t.layout = pango_layout_new(p->context);
    g_ptr_array_add(p->layouts, t.layout);
    pango_layout_set_font_description(t.layout, d);
    pango_layout_set_width(t.layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(t.layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_indent(t.layout, (int)(style->indent * PANGO_SCALE));
    pango_layout_set_alignment(t.layout, alignment[style->align]);
    pango_layout_set_text(t.layout, s.p ? s.p : "", (int)s.n);
    t.lines = pango_layout_get_line_count(t.layout);
    t.baseline = baseline_of(p, d, style);
    pango_font_description_free(d);
    return t;
}

/* The x of line i inside its layout: indent and alignment. */
static double line_x(const struct text *t, int i)
{
    PangoLayoutIter *at = pango_layout_get_iter(t->layout);
    PangoRectangle r;
    for (int k = 0; k < i; k++)
        pango_layout_iter_next_line(at);
    pango_layout_iter_get_line_extents(at, NULL, &r);
    pango_layout_iter_free(at);
    return r.x / (double)PANGO_SCALE;
}

void paper_place(struct paper *p, const struct text *t, int from, int to,
                 double x, double y, const char *tag)
{
    for (int i = from; i < to && i < t->lines; i++) {
        double top = y + (i - from) * t->style.advance;
        struct piece *piece = paper_piece(p, PIECE_LINE, x + line_x(t, i),
                                          top + t->baseline, 0, 0);
        piece->layout = t->layout;
        piece->line = i;
        piece->bold = t->style.bold;
        piece->tag = tag;
        piece->cell = p->cells;
    }
}

void paper_flow(struct paper *p, str s, const struct style *style, double x,
                double width, const char *tag)
{
    struct text t = paper_text(p, s, style, width);
    p->cells++;
    for (int from = 0; from < t.lines;) {
        paper_need(p, style->advance);
        int fit = (int)floor(paper_left(p) / style->advance + 1e-6);
        int to = from + fit < t.lines ? from + fit : t.lines;
        paper_place(p, &t, from, to, x, p->y, tag);
        p->y += (to - from) * style->advance;
        from = to;
    }
}

/* ---- tables ---- */

enum { PAD_X = 6, PAD_Y = 4 };

static void place_cell(struct paper *p, const struct table *t, size_t column,
                       const struct text *text, int from, int to, bool head,
                       double x)
{
    struct piece *before = p->last;
    p->cells++;
    paper_place(p, text, from, to, x + PAD_X, p->y + PAD_Y,
                head || (column == 0 && t->first_column_is_head) ? "TH" : "TD");
    for (struct piece *q = before ? before->next : p->first; q; q = q->next) {
        q->table = p->tables;
        q->row = p->rows;
    }
}

/* As many lines of the row as fit; from[] moves on.  Returns lines placed. */
static int place_part(struct paper *p, const struct table *t,
                      const struct text *texts, int *from, bool head)
{
    int fit = (int)floor((paper_left(p) - 2 * PAD_Y) / t->style.advance + 1e-6);
    int longest = 0;
    double x = p->left;
    p->rows++;
    for (size_t i = 0; i < t->columns; i++) {
        int rest = texts[i].lines - from[i];
        longest = rest > longest ? rest : longest;
    }
    int lines = longest < fit ? longest : fit;
    for (size_t i = 0; i < t->columns; i++) {
        double h = lines * t->style.advance + 2 * PAD_Y;
        place_cell(p, t, i, &texts[i], from[i], from[i] + lines, head, x);
        paper_piece(p, PIECE_BOX, x, p->y, t->widths[i], h);
        from[i] += lines;
        if (from[i] > texts[i].lines)
            from[i] = texts[i].lines;
        x += t->widths[i];
    }
    p->y += lines * t->style.advance + 2 * PAD_Y;
    return lines;
}

static void place_row(struct paper *p, const struct table *t, const str *cells,
                      bool head)
{
    struct text *texts = ARENA_NEW_N(&p->arena, struct text, t->columns);
    int *from = ARENA_NEW_N(&p->arena, int, t->columns);
    int rest = 0;
    for (size_t i = 0; i < t->columns; i++) {
        struct style style = t->style;
        style.align = t->aligns ? t->aligns[i] : ALIGN_LEFT;
        style.bold = head;
        texts[i] = paper_text(p, cells[i], &style, t->widths[i] - 2 * PAD_X);
        rest = texts[i].lines > rest ? texts[i].lines : rest;
    }
    while (rest > 0) {
        /* Three lines together, or the whole row when it is shorter. */
        int together = rest < 3 ? rest : 3;
        double h = together * t->style.advance + 2 * PAD_Y;
        if (paper_left(p) < h && p->y > p->top) {
            paper_next_page(p);
            if (!head)
                paper_table_begin(p, t);
        }
        rest -= place_part(p, t, texts, from, head);
    }
}

void paper_table_begin(struct paper *p, const struct table *t)
{
    p->tables++;
    if (t->head)
        place_row(p, t, t->head, true);
}

void paper_row(struct paper *p, const struct table *t, const str *cells)
{
    place_row(p, t, cells, false);
}
