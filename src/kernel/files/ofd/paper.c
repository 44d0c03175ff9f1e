/*
 * Documents of a paper, what they share, their pages, and in which order what
 * lies on a page is drawn: templates behind, its own layers from 背景层 to
 * 前景层, templates before, annotations, seals.
 */
#include "kernel/files/ofd/inside.h"

#include <stdlib.h>

/* ---- resources ---- */

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct ofd_res *)a)->id;
    int64_t y = ((const struct ofd_res *)b)->id;
    return (x > y) - (x < y);
}

static void add_resource(struct ofd_table *t, xmlNodePtr n, str folder)
{
    const char *id = ofd_attribute(n, "ID");
    struct ofd_res r = { .node = n, .folder = folder };
    if (t->n == OFD_RESOURCES || id == NULL || !str_int(str_of(id), &r.id))
        return;
    if ((t->n & (t->n - 1)) == 0) { /* room for twice as many */
        t->list = realloc(t->list, (t->n ? 2 * t->n : 1) * sizeof *t->list);
        if (t->list == NULL)
            abort();
    }
    t->list[t->n++] = r;
}

/* Res: lists of each kind; a CompositeGraphicUnit stands among them. */
static void read_resources(struct ofd *o, struct ofd_table *t, str folder,
                           const char *location)
{
    str path;
    xmlDocPtr d = location ? ofd_tree(o, folder, str_of(location), false,
                                      &path) : NULL;
    xmlNodePtr root = d ? xmlDocGetRootElement(d) : NULL;
    const char *base = root ? ofd_attribute(root, "BaseLoc") : NULL;
    if (root == NULL)
        return;
    str own = ofd_folder(path);
    if (base && *base) {
        own = ofd_place(&o->a, own, str_of(base));
        if (own.n && !str_ends(own, STR("/")))
            own = arena_join(&o->a, own, STR("/"));
    }
    for (xmlNodePtr list = root->children; list; list = list->next)
        for (xmlNodePtr n = list->type == XML_ELEMENT_NODE ? list->children
                                                           : NULL;
             n; n = n->next)
            if (n->type == XML_ELEMENT_NODE)
                add_resource(t, n, own);
}

static void sort_resources(struct ofd_table *t)
{
    if (t->n)
        qsort(t->list, t->n, sizeof *t->list, by_id);
}

static void free_resources(struct ofd *o, struct ofd_table *t)
{
    for (size_t i = 0; i < t->n; i++) {
        o->pixels -= ofd_pixels(t->list[i].picture);
        cairo_surface_destroy(t->list[i].picture);
        ofd_face_close(&t->list[i]);
    }
    free(t->list);
    *t = (struct ofd_table){ 0 };
}

static struct ofd_res *in_table(const struct ofd_table *t, int64_t id,
                                const char *kind)
{
    const struct ofd_res key = { .id = id };
    struct ofd_res *r = t->n ? bsearch(&key, t->list, t->n, sizeof *t->list,
                                       by_id) : NULL;
    return r && ofd_named(r->node, kind) ? r : NULL;
}

struct ofd_res *ofd_find(const struct ofd_pen *pen, const char *id,
                         const char *kind)
{
    int64_t n;
    if (!str_int(str_trim(str_of(id)), &n))
        return NULL;
    struct ofd_res *own = in_table(&pen->own, n, kind);
    return own ? own : in_table(&pen->doc->res, n, kind);
}

/* ---- documents ---- */

static bool is_size(const struct ofd_box *b)
{
    return b->w >= 1 && b->h >= 1 && b->w <= 1e5 && b->h <= 1e5;
}

/* Area or PageArea: PhysicalBox, the sheet itself. */
static struct ofd_box area_of(xmlNodePtr area, struct ofd_box otherwise)
{
    struct ofd_box b;
    return ofd_box(ofd_child_text(area, "PhysicalBox"), &b) && is_size(&b)
               ? b : otherwise;
}

static void read_pages(struct ofd *o, struct ofd_doc *d)
{
    OFD_EACH(n, ofd_child(d->root, "Pages"), "Page") {
        if (o->pages == PREVIEW_PAGES) {
            o->more = true;
            return;
        }
        o->page[o->pages++] = (struct ofd_page){
            .doc = d, .area = d->area, .id = ofd_attribute(n, "ID"),
            .base = ofd_attribute(n, "BaseLoc"),
        };
    }
}

/* A page is read when it is wanted: all of them at once may be too large. */
static xmlNodePtr page_root(struct ofd *o, struct ofd_page *p)
{
    str path;
    if (p->base && p->tree == NULL) {
        p->tree = ofd_tree(o, p->doc->folder, str_of(p->base), true, &path);
        p->folder = ofd_folder(path);
    }
    return p->tree ? xmlDocGetRootElement(p->tree) : NULL;
}

static void drop_page(struct ofd_page *p)
{
    xmlFreeDoc(p->tree);
    p->tree = NULL;
}

static void read_annotations(struct ofd *o, struct ofd_doc *d)
{
    const char *at = ofd_child_text(d->root, "Annotations");
    str path;
    xmlDocPtr t = at ? ofd_tree(o, d->folder, str_of(at), false, &path) : NULL;
    if (t) {
        d->annotations = xmlDocGetRootElement(t);
        d->annotations_folder = ofd_folder(path);
    } else if (at) {
        d->lost |= PREVIEW_LOST_PART;
    }
}

static void read_document(struct ofd *o, const char *location)
{
    const struct ofd_box a4 = { 0, 0, 210, 297 };
    str path;
    xmlDocPtr t = ofd_tree(o, STR(""), str_of(location), false, &path);
    if (t == NULL || o->docs == OFD_DOCS)
        return;
    struct ofd_doc *d = &o->doc[o->docs++];
    d->root = xmlDocGetRootElement(t);
    d->folder = ofd_folder(path);
    xmlNodePtr common = ofd_child(d->root, "CommonData");
    d->area = area_of(ofd_child(common, "PageArea"), a4);
    d->colours = ofd_child_text(common, "DefaultCS");
    OFD_EACH(n, common, "PublicRes")
        read_resources(o, &d->res, d->folder, ofd_text(n));
    OFD_EACH(n, common, "DocumentRes")
        read_resources(o, &d->res, d->folder, ofd_text(n));
    sort_resources(&d->res);
    read_annotations(o, d);
    read_pages(o, d);
}

static enum preview_end read_paper(struct ofd *o)
{
    char *xml;
    size_t n;
    str path;
    enum err e = ofd_member(o, STR(""), STR("OFD.xml"), OFD_XML, &xml, &n,
                            &path);
    free(xml);
    if (e != OK)
        return e == ERR_DENIED  ? PREVIEW_LOCKED
               : e == ERR_RANGE ? PREVIEW_HEAVY : PREVIEW_DAMAGED;
    xmlDocPtr t = ofd_tree(o, STR(""), STR("OFD.xml"), false, &path);
    OFD_EACH(body, t ? xmlDocGetRootElement(t) : NULL, "DocBody") {
        const char *root = ofd_child_text(body, "DocRoot");
        const char *seals = ofd_child_text(body, "Signatures");
        size_t before = o->docs;
        if (root)
            read_document(o, root);
        if (seals && o->docs > before)
            ofd_seals(o, &o->doc[before], str_of(seals));
    }
    return o->pages ? PREVIEW_OK : PREVIEW_DAMAGED;
}

enum preview_end ofd_open(str bytes, struct ofd **out)
{
    struct ofd *o = calloc(1, sizeof *o);
    enum preview_end e = PREVIEW_DAMAGED;
    if (o == NULL)
        abort();
    o->pack = pack_open(bytes);
    if (o->pack)
        e = read_paper(o);
    if (e != PREVIEW_OK) {
        ofd_close(o);
        o = NULL;
    }
    *out = o;
    return e;
}

void ofd_close(struct ofd *o)
{
    if (o == NULL)
        return;
    for (size_t i = 0; i < o->docs; i++)
        free_resources(o, &o->doc[i].res);
    ofd_fonts_close(o);
    for (size_t i = 0; i < o->seals; i++)
        free(o->seal[i]);
    for (size_t i = 0; i < o->pages; i++)
        drop_page(&o->page[i]);
    for (size_t i = 0; i < o->trees; i++)
        xmlFreeDoc(o->tree[i]);
    pack_close(o->pack);
    arena_free(&o->a);
    free(o);
}

size_t ofd_pages(const struct ofd *o, bool *more)
{
    *more = o->more;
    return o->pages;
}

void ofd_size(struct ofd *o, size_t page, double *w, double *h)
{
    struct ofd_page *p = &o->page[page];
    p->area = area_of(ofd_child(page_root(o, p), "Area"), p->area);
    *w = p->area.w;
    *h = p->area.h;
}

/* ---- a page ---- */

static bool is_layer(xmlNodePtr n, const char *type)
{
    const char *said = ofd_attribute(n, "Type");
    return strcmp(said ? said : "Body", type) == 0;
}

/* Layers of the three types lie over each other in this order. */
static void draw_layers(struct ofd_pen *pen, xmlNodePtr page)
{
    static const char *const types[] = { "Background", "Body", "Foreground" };
    xmlNodePtr content = ofd_child(page, "Content");
    for (size_t i = 0; i < 3; i++)
        OFD_EACH(layer, content, "Layer") {
            if (!is_layer(layer, types[i]))
                continue;
            pen->layer = ofd_attribute(layer, "DrawParam");
            ofd_block(pen, layer);
        }
    pen->layer = NULL;
    /* A page that says something in another way must not look empty. */
    for (xmlNodePtr n = page->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && !ofd_named(n, "Content") &&
            !ofd_named(n, "Template") && !ofd_named(n, "PageRes") &&
            !ofd_named(n, "Area") && !ofd_named(n, "Actions"))
            pen->missing |= PREVIEW_LOST_PART;
}

static void draw_template(struct ofd_pen *pen, const char *id)
{
    xmlNodePtr common = ofd_child(pen->doc->root, "CommonData");
    const char *base = NULL;
    str path;
    OFD_EACH(n, common, "TemplatePage") {
        const char *own = ofd_attribute(n, "ID");
        if (own && id && strcmp(own, id) == 0)
            base = ofd_attribute(n, "BaseLoc");
    }
    xmlDocPtr t = base ? ofd_tree(pen->o, pen->doc->folder, str_of(base), true,
                                  &path) : NULL;
    if (t == NULL) {
        pen->missing |= PREVIEW_LOST_PART;
        return;
    }
    draw_layers(pen, xmlDocGetRootElement(t));
    xmlFreeDoc(t);
}

static void draw_templates(struct ofd_pen *pen, xmlNodePtr page, bool front)
{
    int left = OFD_TEMPLATES;
    OFD_EACH(n, page, "Template") {
        const char *order = ofd_attribute(n, "ZOrder");
        bool before = order && strcmp(order, "Foreground") == 0;
        if (before == front && left-- > 0)
            draw_template(pen, ofd_attribute(n, "TemplateID"));
    }
}

/* Annot: its Appearance, in a place of its own. */
static void draw_annotation(struct ofd_pen *pen, xmlNodePtr annot)
{
    xmlNodePtr look = ofd_child(annot, "Appearance");
    struct ofd_box box;
    if (!ofd_truth(annot, "Visible", true) || look == NULL)
        return;
    cairo_save(pen->cr);
    if (ofd_box(ofd_attribute(look, "Boundary"), &box))
        cairo_translate(pen->cr, box.x, box.y);
    ofd_block(pen, look);
    cairo_restore(pen->cr);
}

static void draw_annotations(struct ofd_pen *pen, const struct ofd_page *page)
{
    OFD_EACH(n, pen->doc->annotations, "Page") {
        const char *id = ofd_attribute(n, "PageID");
        const char *file = ofd_child_text(n, "FileLoc");
        str path;
        if (id == NULL || page->id == NULL || strcmp(id, page->id) != 0)
            continue;
        xmlDocPtr t = file ? ofd_tree(pen->o, pen->doc->annotations_folder,
                                      str_of(file), true, &path) : NULL;
        if (t == NULL) {
            pen->missing |= PREVIEW_LOST_PART;
            continue;
        }
        OFD_EACH(annot, xmlDocGetRootElement(t), "Annot")
            draw_annotation(pen, annot);
        xmlFreeDoc(t);
    }
}

static void draw_all(struct ofd_pen *pen, const struct ofd_page *p,
                     xmlNodePtr root)
{
    cairo_save(pen->cr);
    cairo_translate(pen->cr, -p->area.x, -p->area.y);
    draw_templates(pen, root, false);
    draw_layers(pen, root);
    draw_templates(pen, root, true);
    draw_annotations(pen, p);
    ofd_seals_draw(pen, p);
    cairo_restore(pen->cr);
}

enum preview_end ofd_draw(struct ofd *o, size_t page, cairo_t *cr,
                          unsigned *missing)
{
    struct ofd_page *p = &o->page[page];
    xmlNodePtr root = page_root(o, p);
    struct ofd_pen pen = { .o = o, .doc = p->doc, .cr = cr,
                           .missing = p->doc->lost };
    if (root == NULL)
        return PREVIEW_DAMAGED;
    OFD_EACH(n, root, "PageRes")
        read_resources(o, &pen.own, p->folder, ofd_text(n));
    sort_resources(&pen.own);
    draw_all(&pen, p, root);
    free_resources(o, &pen.own);
    drop_page(p);
    *missing |= pen.missing;
    return cairo_status(cr) == CAIRO_STATUS_SUCCESS ? PREVIEW_OK
                                                    : PREVIEW_HEAVY;
}
