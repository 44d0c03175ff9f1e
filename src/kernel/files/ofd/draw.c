/*
 * An object on a page: where it is, what of it is seen, what kind it is.
 *
 * Boundary says where on the page an object's own coordinates begin and cuts
 * it; CTM turns what is inside.  What nobody knows is left out and told.
 */
#include "kernel/files/ofd/inside.h"

#include <math.h>

bool ofd_work(struct ofd_pen *pen, size_t cost)
{
    if (cost > OFD_WORK - (size_t)pen->work) {
        pen->missing |= PREVIEW_LOST_PART;
        return false;
    }
    pen->work += (int)cost;
    return true;
}

void ofd_clip(cairo_t *cr, const struct ofd_box *box, double grown)
{
    struct ofd_trace t = ofd_trace_begin(cr);
    double x0 = box->x - grown, x1 = box->x + box->w + grown;
    double y0 = box->y - grown, y1 = box->y + box->h + grown;
    ofd_move(&t, x0, y0);
    ofd_line(&t, x1, y0);
    ofd_line(&t, x1, y1);
    ofd_line(&t, x0, y1);
    cairo_close_path(cr);
    ofd_trace_end(&t);
    cairo_clip(cr);
}

/* A matrix of the file, unless it makes of this page what Cairo cannot hold. */
static bool turn(cairo_t *cr, const cairo_matrix_t *m)
{
    cairo_matrix_t now, then;
    cairo_get_matrix(cr, &now);
    cairo_matrix_multiply(&then, m, &now);
    double area = then.xx * then.yy - then.xy * then.yx;
    if (!(area > 1e-9 && area < 1e18) && !(area < -1e-9 && area > -1e18))
        return false;
    cairo_set_matrix(cr, &then);
    return true;
}

/* ---- clips ---- */

/* Area: a path in its own place, added to those before it. */
static void add_area(struct ofd_pen *pen, xmlNodePtr area,
                     const cairo_matrix_t *ctm)
{
    xmlNodePtr path = ofd_child(area, "Path");
    const char *data = ofd_child_text(path, "AbbreviatedData");
    struct ofd_box box = { 0, 0, 0, 0 };
    cairo_matrix_t keep, m;
    if (data == NULL) { /* letters as a clip */
        pen->missing |= PREVIEW_LOST_EFFECT;
        return;
    }
    cairo_get_matrix(pen->cr, &keep);
    bool fits = ctm == NULL || turn(pen->cr, ctm);
    if (fits && ofd_matrix(ofd_attribute(area, "CTM"), &m))
        fits = turn(pen->cr, &m);
    (void)ofd_box(ofd_attribute(path, "Boundary"), &box);
    cairo_translate(pen->cr, box.x, box.y);
    if (fits && ofd_matrix(ofd_attribute(path, "CTM"), &m))
        fits = turn(pen->cr, &m);
    if (!fits || !ofd_work(pen, strlen(data) / 8) ||
        !ofd_path(pen->cr, data))
        pen->missing |= PREVIEW_LOST_PART;
    cairo_set_matrix(pen->cr, &keep);
}

/* Clips/Clip: what all of them leave; TransFlag: CTM turns them, too. */
static void cut(struct ofd_pen *pen, xmlNodePtr object,
                const cairo_matrix_t *ctm)
{
    xmlNodePtr clips = ofd_child(object, "Clips");
    bool turned = ofd_truth(clips, "TransFlag", true);
    OFD_EACH(clip, clips, "Clip") {
        unsigned before = pen->missing;
        cairo_new_path(pen->cr);
        pen->missing = 0;
        OFD_EACH(area, clip, "Area")
            add_area(pen, area, turned ? ctm : NULL);
        if (pen->missing == 0) /* one half understood would hide things */
            cairo_clip(pen->cr);
        pen->missing |= before;
        cairo_new_path(pen->cr);
    }
}

/* ---- objects ---- */

static void composite(struct ofd_pen *pen, xmlNodePtr n)
{
    const char *id = ofd_attribute(n, "ResourceID");
    struct ofd_res *r = id ? ofd_find(pen, id, "CompositeGraphicUnit") : NULL;
    xmlNodePtr content = ofd_child(r ? r->node : NULL, "Content");
    if (content == NULL)
        pen->missing |= PREVIEW_LOST_PART;
    else
        ofd_block(pen, content);
}

/* How far beyond its Boundary an object may reach: half a line, a letter of
 * another font.  Cut any closer, thin lines without a height would vanish. */
static double reach(xmlNodePtr n, const struct ofd_style *style,
                    const cairo_matrix_t *ctm)
{
    double scale = ctm ? hypot(ctm->xx, ctm->yx) : 1;
    if (ofd_named(n, "TextObject"))
        return scale * ofd_double(n, "Size", 0, 10000, 0) / 2;
    return ofd_named(n, "PathObject") ? scale * style->width / 2 + 0.1 : 0;
}

static void draw(struct ofd_pen *pen, xmlNodePtr n, const struct ofd_box *box,
                 const cairo_matrix_t *ctm, const struct ofd_style *style)
{
    double alpha = ofd_double(n, "Alpha", 0, 255, 255) / 255;
    if (ctm && !turn(pen->cr, ctm))
        pen->missing |= PREVIEW_LOST_PART;
    else if (ofd_named(n, "TextObject"))
        ofd_text_object(pen, n, style, alpha);
    else if (ofd_named(n, "PathObject"))
        ofd_path_object(pen, n, style, alpha);
    else if (ofd_named(n, "ImageObject"))
        ofd_image_object(pen, n, alpha, ctm ? NULL : box);
    else
        composite(pen, n);
}

static void object(struct ofd_pen *pen, xmlNodePtr n)
{
    struct ofd_box box;
    cairo_matrix_t ctm;
    const char *said = ofd_attribute(n, "CTM");
    if (!ofd_truth(n, "Visible", true))
        return;
    if (!ofd_box(ofd_attribute(n, "Boundary"), &box) ||
        (said && !ofd_matrix(said, &ctm))) {
        pen->missing |= PREVIEW_LOST_PART;
        return;
    }
    struct ofd_style style = ofd_style(pen, n);
    cairo_save(pen->cr);
    ofd_clip(pen->cr, &box, reach(n, &style, said ? &ctm : NULL));
    cairo_translate(pen->cr, box.x, box.y);
    cut(pen, n, said ? &ctm : NULL);
    draw(pen, n, &box, said ? &ctm : NULL, &style);
    cairo_restore(pen->cr);
}

static bool is_object(xmlNodePtr n)
{
    return ofd_named(n, "TextObject") || ofd_named(n, "PathObject") ||
           ofd_named(n, "ImageObject") || ofd_named(n, "CompositeObject");
}

void ofd_block(struct ofd_pen *pen, xmlNodePtr block)
{
    if (pen->deep == OFD_DEEP) {
        pen->missing |= PREVIEW_LOST_PART;
        return;
    }
    pen->deep++;
    for (xmlNodePtr n = block->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        if (!ofd_work(pen, 20))
            break;
        if (is_object(n))
            object(pen, n);
        else if (ofd_named(n, "PageBlock"))
            ofd_block(pen, n);
        else
            pen->missing |= PREVIEW_LOST_PART;
    }
    pen->deep--;
}
