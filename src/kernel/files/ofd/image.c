/* Pictures on a page: PNG and JPEG by what their bytes say, whatever the file
 * calls them.  Others (JBIG2, TIFF, BMP, GIF) are told as not drawn. */
#include "kernel/files/ofd/inside.h"

#include "kernel/files/look.h"

#include <stdlib.h>

size_t ofd_pixels(cairo_surface_t *s)
{
    return s == NULL ? 0 : (size_t)cairo_image_surface_get_width(s) *
                               (size_t)cairo_image_surface_get_height(s);
}

cairo_surface_t *ofd_picture(str bytes)
{
    cairo_surface_t *s = NULL;
    int turn; /* an OFD turns its pictures itself */
    if (str_starts(bytes, STR("\x89PNG")) &&
        picture_png_pixels(bytes) <= PREVIEW_PNG)
        s = picture_of_png(bytes);
    else if (str_starts(bytes, STR("\xff\xd8\xff")))
        s = picture_of_jpeg(bytes, 2 * PREVIEW_SIDE, &turn);
    if (s && cairo_surface_status(s) == CAIRO_STATUS_SUCCESS)
        return s;
    cairo_surface_destroy(s);
    return NULL;
}

void ofd_picture_draw(cairo_t *cr, cairo_surface_t *s, double alpha)
{
    const struct ofd_box unit = { 0, 0, 1, 1 };
    cairo_save(cr);
    ofd_clip(cr, &unit, 0);
    cairo_scale(cr, 1.0 / cairo_image_surface_get_width(s),
                1.0 / cairo_image_surface_get_height(s));
    cairo_set_source_surface(cr, s, 0, 0);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
    cairo_paint_with_alpha(cr, alpha);
    cairo_restore(cr);
}

static cairo_surface_t *unpacked(struct ofd *o, struct ofd_res *r)
{
    const char *file = ofd_child_text(r->node, "MediaFile");
    cairo_surface_t *s = NULL;
    char *bytes;
    size_t n;
    str path;
    if (file && ofd_member(o, r->folder, str_of(file), OFD_BLOB, &bytes, &n,
                           &path) == OK) {
        s = ofd_picture((str){ bytes, n });
        free(bytes);
    }
    return s;
}

/* The picture of a resource, to be destroyed; kept for the next page while
 * there is room, and what cannot be read is not tried again. */
static cairo_surface_t *picture_of(struct ofd *o, struct ofd_res *r)
{
    if (r->picture)
        return cairo_surface_reference(r->picture);
    if (r->tried)
        return NULL;
    cairo_surface_t *s = unpacked(o, r);
    if (s == NULL) {
        r->tried = true;
    } else if (o->pixels + ofd_pixels(s) <= OFD_PIXELS) {
        o->pixels += ofd_pixels(s);
        r->picture = cairo_surface_reference(s);
    }
    return s;
}

/* The picture is the unit square, which CTM makes as large as it is; without
 * one it fills the box of the object. */
void ofd_image_object(struct ofd_pen *pen, xmlNodePtr n, double alpha,
                      const struct ofd_box *box)
{
    const char *id = ofd_attribute(n, "ResourceID");
    struct ofd_res *r = id ? ofd_find(pen, id, "MultiMedia") : NULL;
    cairo_surface_t *s = r && ofd_work(pen, 1000) ? picture_of(pen->o, r)
                                                  : NULL;
    if (ofd_attribute(n, "ImageMask") || ofd_child(n, "Border"))
        pen->missing |= PREVIEW_LOST_EFFECT;
    if (s == NULL) {
        pen->missing |= PREVIEW_LOST_PICTURE;
        return;
    }
    if (box == NULL || (box->w > 0 && box->h > 0)) {
        if (box)
            cairo_scale(pen->cr, box->w, box->h);
        ofd_picture_draw(pen->cr, s, alpha);
    }
    cairo_surface_destroy(s);
}
