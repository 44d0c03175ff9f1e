/*
 * Seals: where a signature puts one on a page, and the picture of it.
 *
 * Signatures.xml names the signatures, each Signature.xml says where its stamp
 * stands (StampAnnot) and in which file the seal is; the picture is inside, in
 * DER (GB/T 38540-2020, GM/T 0031-2014: SES_ESPictrueInfo).  Only the picture
 * is shown: nothing here verifies anything, and the page says so.
 */
#include "kernel/files/ofd/inside.h"

#include <openssl/asn1.h>
#include <stdlib.h>

/* ---- the picture within ---- */

struct der {
    const unsigned char *p;
    long n;          /* of the content */
    int tag;
    bool inside;     /* made of others */
};

static bool next_der(const unsigned char **p, const unsigned char *end,
                     struct der *out)
{
    int class;
    out->p = *p;
    int how = ASN1_get_object(&out->p, &out->n, &out->tag, &class, end - *p);
    if ((how & 0x81) || out->n < 0 || out->n > end - out->p)
        return false; /* broken, or without a length */
    out->inside = how & V_ASN1_CONSTRUCTED;
    if (class != V_ASN1_UNIVERSAL)
        out->tag = -1;
    *p = out->p + out->n;
    return true;
}

/* SEQUENCE { type IA5String, data OCTET STRING, width, height INTEGER } */
static str picture_in(const struct der *sequence)
{
    static const int wants[] = { V_ASN1_IA5STRING, V_ASN1_OCTET_STRING,
                                 V_ASN1_INTEGER, V_ASN1_INTEGER };
    const unsigned char *p = sequence->p, *end = p + sequence->n;
    str picture = STR("");
    for (size_t i = 0; i < 4; i++) {
        struct der d;
        if (p >= end || !next_der(&p, end, &d) ||
            (d.tag != wants[i] && !(i == 0 && d.tag == V_ASN1_UTF8STRING)))
            return STR("");
        if (i == 1)
            picture = (str){ (const char *)d.p, (size_t)d.n };
    }
    return picture;
}

static str look_for_picture(const unsigned char *p, const unsigned char *end,
                            int deep, int *left)
{
    struct der d;
    while (p < end && deep < OFD_DEEP && (*left)-- > 0 &&
           next_der(&p, end, &d)) {
        if (!d.inside)
            continue;
        str found = picture_in(&d);
        if (found.n == 0)
            found = look_for_picture(d.p, d.p + d.n, deep + 1, left);
        if (found.n)
            return found;
    }
    return STR("");
}

str ofd_seal_picture(str der)
{
    int left = 2000;
    const unsigned char *p = (const unsigned char *)der.p;
    return der.n ? look_for_picture(p, p + der.n, 0, &left) : STR("");
}

/* ---- where they stand ---- */

static str picture_of_file(struct ofd *o, str folder, const char *location)
{
    char *bytes;
    size_t n;
    str path;
    if (location == NULL || o->seals == OFD_STAMPS ||
        ofd_member(o, folder, str_of(location), OFD_BLOB, &bytes, &n, &path) !=
            OK)
        return STR("");
    o->seal[o->seals++] = bytes;
    return ofd_seal_picture((str){ bytes, n });
}

static void add_stamps(struct ofd *o, struct ofd_doc *doc, xmlNodePtr info,
                       str picture)
{
    OFD_EACH(s, info, "StampAnnot") {
        struct ofd_stamp at = { .page = ofd_attribute(s, "PageRef"),
                                .doc = doc, .picture = picture };
        if (at.page == NULL || o->stamps == OFD_STAMPS ||
            !ofd_box(ofd_attribute(s, "Boundary"), &at.box)) {
            doc->lost |= PREVIEW_LOST_SEAL;
            continue;
        }
        (void)ofd_box(ofd_attribute(s, "Clip"), &at.clip);
        o->stamp[o->stamps++] = at;
    }
}

/* The signed value has the seal in it, too: for where Seal is left out. */
static void one_signature(struct ofd *o, struct ofd_doc *doc, str folder,
                          const char *location)
{
    str path;
    xmlDocPtr t = ofd_tree(o, folder, str_of(location), false, &path);
    xmlNodePtr root = t ? xmlDocGetRootElement(t) : NULL;
    xmlNodePtr info = ofd_child(root, "SignedInfo");
    if (root == NULL)
        doc->lost |= PREVIEW_LOST_SEAL;
    if (ofd_child(info, "StampAnnot") == NULL)
        return;
    const char *seal = ofd_child_text(ofd_child(info, "Seal"), "BaseLoc");
    str own = ofd_folder(path), picture = picture_of_file(o, own, seal);
    if (picture.n == 0)
        picture = picture_of_file(o, own, ofd_child_text(root, "SignedValue"));
    add_stamps(o, doc, info, picture);
}

void ofd_seals(struct ofd *o, struct ofd_doc *doc, str location)
{
    str path;
    xmlDocPtr t = ofd_tree(o, STR(""), location, false, &path);
    xmlNodePtr root = t ? xmlDocGetRootElement(t) : NULL;
    if (root == NULL)
        doc->lost |= PREVIEW_LOST_SEAL;
    OFD_EACH(s, root, "Signature") {
        const char *base = ofd_attribute(s, "BaseLoc");
        if (base)
            one_signature(o, doc, ofd_folder(path), base);
    }
}

/* ---- drawing them ---- */

/* A seal may itself be an OFD: its first page, which has no seals. */
static bool draw_inner(struct ofd_pen *pen, str bytes)
{
    struct ofd *inner;
    double w, h;
    if (pen->o->inner || ofd_open(bytes, &inner) != PREVIEW_OK)
        return false;
    inner->inner = true;
    ofd_size(inner, 0, &w, &h);
    cairo_scale(pen->cr, 1 / w, 1 / h);
    enum preview_end e = ofd_draw(inner, 0, pen->cr, &pen->missing);
    ofd_close(inner);
    return e == PREVIEW_OK;
}

static bool draw_picture(struct ofd_pen *pen, str bytes)
{
    if (str_starts(bytes, STR("PK")))
        return draw_inner(pen, bytes);
    cairo_surface_t *s = bytes.n ? ofd_picture(bytes) : NULL;
    if (s)
        ofd_picture_draw(pen->cr, s, 1);
    cairo_surface_destroy(s);
    return s != NULL;
}

static void draw_stamp(struct ofd_pen *pen, const struct ofd_stamp *s)
{
    cairo_save(pen->cr);
    ofd_clip(pen->cr, &s->box, 0);
    cairo_translate(pen->cr, s->box.x, s->box.y);
    if (s->clip.w > 0 && s->clip.h > 0)
        ofd_clip(pen->cr, &s->clip, 0);
    bool shown = s->box.w > 0 && s->box.h > 0;
    if (shown) {
        cairo_scale(pen->cr, s->box.w, s->box.h);
        shown = draw_picture(pen, s->picture);
    }
    pen->missing |= shown ? PREVIEW_SEAL_SHOWN : PREVIEW_LOST_SEAL;
    cairo_restore(pen->cr);
}

void ofd_seals_draw(struct ofd_pen *pen, const struct ofd_page *page)
{
    for (size_t i = 0; i < pen->o->stamps; i++) {
        const struct ofd_stamp *s = &pen->o->stamp[i];
        if (s->doc == page->doc && page->id && strcmp(s->page, page->id) == 0)
            draw_stamp(pen, s);
    }
}
