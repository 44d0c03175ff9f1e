/*
 * Letters, each where the file puts it.
 *
 * TextCode gives the place of its first letter and the distances to the next
 * ones.  Shapes are outlines taken from the font and filled as a path: no
 * hinting, no cache, and a broken glyph is one letter missing, not a page.
 */
#include "kernel/files/ofd/inside.h"

#include <math.h>

#include FT_ADVANCES_H
#include FT_OUTLINE_H

/* ---- one letter ---- */

static int to_move(const FT_Vector *to, void *trace)
{
    struct ofd_trace *t = trace;
    cairo_close_path(t->cr);
    ofd_move(t, (double)to->x, (double)to->y);
    return 0;
}

static int to_line(const FT_Vector *to, void *trace)
{
    ofd_line(trace, (double)to->x, (double)to->y);
    return 0;
}

static int to_bend(const FT_Vector *by, const FT_Vector *to, void *trace)
{
    ofd_bend(trace, (double)by->x, (double)by->y, (double)to->x,
             (double)to->y);
    return 0;
}

static int to_curve(const FT_Vector *a, const FT_Vector *b,
                    const FT_Vector *to, void *trace)
{
    ofd_curve(trace, (double)a->x, (double)a->y, (double)b->x, (double)b->y,
              (double)to->x, (double)to->y);
    return 0;
}

/* The outline in the units of the font, as the current path. */
static void trace_glyph(cairo_t *cr, FT_Face face, unsigned glyph)
{
    static const FT_Outline_Funcs steps = {
        to_move, to_line, to_bend, to_curve, 0, 0,
    };
    cairo_new_path(cr);
    if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE) != 0 ||
        face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
        return;
    struct ofd_trace t = ofd_trace_begin(cr);
    (void)FT_Outline_Decompose(&face->glyph->outline, &steps, &t);
    if (cairo_has_current_point(cr))
        cairo_close_path(cr);
    ofd_trace_end(&t);
}

/* ---- an object of them ---- */

struct writing {
    struct ofd_pen *pen;
    xmlNodePtr node;
    struct ofd_res *font;
    const struct ofd_style *style;
    double size, wide, alpha;
    double turned; /* CharDirection: each letter on its own, clockwise */
    bool slanted, fill, stroke, downwards;
    int letter;    /* how many letters came before */
};

static void put_glyph(struct writing *w, FT_Face face, unsigned glyph, double x,
                      double y, double narrow)
{
    cairo_t *cr = w->pen->cr;
    cairo_matrix_t keep, lean = { 1, 0, -0.2, 1, 0, 0 };
    double unit = w->size / face->units_per_EM;
    cairo_get_matrix(cr, &keep);
    cairo_translate(cr, x, y);
    cairo_rotate(cr, w->turned);
    if (w->slanted)
        cairo_transform(cr, &lean);
    cairo_scale(cr, unit * w->wide * narrow, -unit);
    trace_glyph(cr, face, glyph);
    cairo_set_matrix(cr, &keep);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    if (w->fill && ofd_colour(w->pen, w->style->fill, w->alpha, true))
        cairo_fill_preserve(cr);
    if (w->stroke && ofd_colour(w->pen, w->style->stroke, w->alpha, false))
        ofd_stroke(cr, w->style);
    cairo_new_path(cr);
}

/* How far to the next letter where the file says nothing of it. */
static double advance(const struct writing *w, FT_Face face, unsigned glyph)
{
    FT_Fixed units = 0;
    if (face == NULL || w->downwards ||
        FT_Get_Advance(face, glyph, FT_LOAD_NO_SCALE, &units) != 0)
        return w->size;
    double d = (double)units / face->units_per_EM;
    return w->size * w->wide * (d >= 0 && d < 4 ? d : 1);
}

/* room: to the next letter, or 0; *on: how far it goes by itself.  A letter of
 * another font is made as narrow as the one it stands for left room. */
static void write_letter(struct writing *w, int32_t c, double x, double y,
                         double room, double *on)
{
    FT_Face face = NULL;
    int own = w->pen->o->glyph[w->letter++];
    unsigned glyph = ofd_glyph(w->pen, w->node, w->font, c, own, &face);
    bool other = w->font == NULL || face != w->font->face;
    *on = advance(w, face, glyph);
    double narrow = other && room > *on / 2 && room < *on ? room / *on : 1;
    if (glyph)
        put_glyph(w, face, glyph, x, y, narrow);
    else if (own != 0 && c > ' ' && c != 0x3000 && c != 0xa0)
        w->pen->missing |= PREVIEW_LOST_PART;
}

/* A TextCode; where it says no place it goes on from the one before. */
static void write_code(struct writing *w, xmlNodePtr code, double *x,
                       double *y)
{
    struct ofd_delta dx = { .rest = ofd_attribute(code, "DeltaX") };
    struct ofd_delta dy = { .rest = ofd_attribute(code, "DeltaY") };
    bool said = dx.rest || dy.rest;
    str text = str_of(ofd_text(code));
    *x = ofd_double(code, "X", -OFD_FAR, OFD_FAR, *x);
    *y = ofd_double(code, "Y", -OFD_FAR, OFD_FAR, *y);
    for (size_t at = 0; at < text.n;) {
        double by = 0, down = 0, on;
        if (w->letter == OFD_LETTERS || !ofd_work(w->pen, 10)) {
            w->pen->missing |= PREVIEW_LOST_PART;
            return;
        }
        (void)ofd_delta(&dx, &by);
        (void)ofd_delta(&dy, &down);
        write_letter(w, utf8_next(text, &at), *x, *y, by, &on);
        if (!said && w->downwards)
            down = on;
        else if (!said)
            by = on;
        *x += by;
        *y += down;
    }
}

/* CGTransform: from which letter on which glyphs of the font are meant. */
static void take_glyphs(struct ofd_pen *pen, xmlNodePtr n)
{
    for (int i = 0; i < OFD_LETTERS; i++)
        pen->o->glyph[i] = -1;
    OFD_EACH(t, n, "CGTransform") {
        const char *list = ofd_child_text(t, "Glyphs");
        int at = (int)ofd_double(t, "CodePosition", 0, OFD_LETTERS, 0);
        int codes = (int)ofd_double(t, "CodeCount", 0, OFD_LETTERS, 1);
        double glyph;
        if (ofd_double(t, "GlyphCount", 0, OFD_LETTERS, 1) > codes)
            pen->missing |= PREVIEW_LOST_PART;
        for (int i = 0; i < codes && at + i < OFD_LETTERS; i++) {
            bool one = list && ofd_number(&list, &glyph);
            /* Fewer glyphs than letters: the rest is in those drawn. */
            pen->o->glyph[at + i] = one && glyph > 0 ? (int)glyph : 0;
        }
    }
}

void ofd_text_object(struct ofd_pen *pen, xmlNodePtr n,
                     const struct ofd_style *style, double alpha)
{
    const char *font = ofd_attribute(n, "Font");
    double x = 0, y = 0;
    struct writing w = {
        .pen = pen, .node = n, .style = style, .alpha = alpha,
        .font = font ? ofd_find(pen, font, "Font") : NULL,
        .size = ofd_double(n, "Size", 0, 10000, 0),
        .wide = ofd_double(n, "HScale", 0.01, 100, 1),
        .turned = ofd_double(n, "CharDirection", -360, 360, 0) * M_PI / 180,
        .slanted = ofd_truth(n, "Italic", false),
        .fill = ofd_truth(n, "Fill", true),
        .stroke = ofd_truth(n, "Stroke", false),
        .downwards = (int)ofd_double(n, "ReadDirection", 0, 360, 0) == 90,
    };
    if (w.size < 0.01) { /* millimetres: nothing to be seen */
        pen->missing |= PREVIEW_LOST_PART;
        return;
    }
    take_glyphs(pen, n);
    OFD_EACH(code, n, "TextCode")
        write_code(&w, code, &x, &y);
}
