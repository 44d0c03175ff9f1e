/*
 * Inside ofd: one paper being drawn.
 *
 *   file.c    members of the zip, their XML as trees, where a location leads
 *   number.c  numbers, boxes, matrices, runs of distances
 *   paper.c   documents, resources, pages, and what lies on a page
 *   draw.c    an object on a page: its place, its clips, its kind
 *   style.c   colours, shadings, drawing parameters
 *   path.c    lines and curves        text.c  letters      font.c  their shapes
 *   image.c   pictures                seal.c  pictures of seals
 *
 * Names are those of the standard's elements.  Every number is bounded when it
 * is read, every list when it is kept, every recursion by OFD_DEEP.
 */
#ifndef KERNEL_FILES_OFD_INSIDE_H
#define KERNEL_FILES_OFD_INSIDE_H

#include "kernel/book/pack.h"
#include "kernel/files/ofd/ofd.h"

#include <ft2build.h>
#include <libxml/tree.h>

#include FT_FREETYPE_H

#define OFD_FAR 1e6 /* millimetres, and any other number of a file */

enum {
    OFD_XML = 8 << 20,         /* bytes of one file of XML, unfolded */
    OFD_BLOB = 20 << 20,       /* of one font or picture */
    OFD_UNFOLDED = 256 << 20,  /* of everything unfolded from one paper */
    OFD_TREES = 100,           /* files of XML kept while it is drawn */
    OFD_DOCS = 4,              /* DocBody */
    OFD_RESOURCES = 20000,     /* of one document, of one page */
    OFD_TEMPLATES = 50,
    OFD_STAMPS = 50,           /* places of seals */
    OFD_WORK = 1000000,        /* of one page, as ofd_work counts */
    OFD_LETTERS = 5000,        /* of one text object */
    OFD_FONTS = 16,            /* of the system */
    OFD_PIXELS = 40000000,     /* of all pictures kept unpacked */
    OFD_DASHES = 16,
    OFD_DEEP = 12,             /* blocks in blocks, parameters of parameters */
};

struct ofd_box {
    double x, y, w, h;
};

/* A resource by its ID: what the file says of it, and what was made of it. */
struct ofd_res {
    int64_t id;
    xmlNodePtr node;
    str folder;               /* BaseLoc: where its own file lies */
    cairo_surface_t *picture; /* of a MultiMedia; NULL: not yet, or not kept */
    FT_Face face;             /* of a Font with a FontFile */
    char *bytes;              /* which the face reads */
    bool tried;
};

struct ofd_table {
    struct ofd_res *list; /* by id */
    size_t n;
};

struct ofd_doc {
    str folder;
    struct ofd_table res;
    struct ofd_box area;    /* PhysicalBox of its pages */
    const char *colours;    /* ID of DefaultCS, or NULL */
    xmlNodePtr root;        /* Document */
    xmlNodePtr annotations; /* of all pages, or NULL */
    str annotations_folder;
    unsigned lost; /* enum preview_missing: of every page of it */
};

struct ofd_page {
    struct ofd_doc *doc;
    const char *id, *base; /* BaseLoc */
    struct ofd_box area;
    str folder;
    xmlDocPtr tree; /* while it is drawn */
};

/* Where a seal's picture stands. */
struct ofd_stamp {
    const char *page; /* its ID; of which document, too */
    const struct ofd_doc *doc;
    struct ofd_box box, clip; /* clip: w 0 for none */
    str picture;              /* in the bytes of its file; "" for none */
};

struct ofd_system {
    const char *name; /* as it was asked for */
    FT_Face face;     /* NULL: none was found */
    bool other;       /* not the family that was asked for */
};

struct ofd {
    struct arena a;
    struct pack *pack;
    size_t unfolded, pixels;
    xmlDocPtr tree[OFD_TREES];
    size_t trees;
    struct ofd_doc doc[OFD_DOCS];
    size_t docs;
    struct ofd_page page[PREVIEW_PAGES];
    size_t pages;
    bool more;
    struct ofd_stamp stamp[OFD_STAMPS];
    size_t stamps;
    char *seal[OFD_STAMPS]; /* files pictures of seals lie in */
    size_t seals;
    FT_Library fonts;
    struct ofd_system system[OFD_FONTS];
    size_t systems;
    int glyph[OFD_LETTERS]; /* CGTransform of the text object being drawn */
    bool inner;             /* the picture of a seal: has none of its own */
};

/* A page being drawn. */
struct ofd_pen {
    struct ofd *o;
    const struct ofd_doc *doc;
    struct ofd_table own; /* PageRes */
    cairo_t *cr;
    const char *layer; /* DrawParam of the layer, or NULL */
    unsigned missing;  /* enum preview_missing */
    int work;          /* so far */
    int deep;
};

struct ofd_style {
    double width, miter, offset, dash[OFD_DASHES];
    int dashes;
    cairo_line_cap_t cap;
    cairo_line_join_t join;
    xmlNodePtr fill, stroke; /* CT_Color, or NULL */
};

/* ---- file.c ---- */

/* A member by a location written in a file of this folder, from malloc; *path
 * says which it was. */
enum err ofd_member(struct ofd *o, str folder, str location, size_t most,
                    char **bytes, size_t *n, str *path) MUST_USE;

/* Its XML; kept until the end unless `own`, which the caller frees.  NULL when
 * it cannot be read. */
xmlDocPtr ofd_tree(struct ofd *o, str folder, str location, bool own,
                   str *path);

/* The first child of this local name; the next brother of the same name. */
xmlNodePtr ofd_child(xmlNodePtr of, const char *name);
xmlNodePtr ofd_next(xmlNodePtr of);
bool ofd_named(xmlNodePtr n, const char *name);
#define OFD_EACH(c, of, name)                                                \
    for (xmlNodePtr c = ofd_child(of, name); c; c = ofd_next(c))

/* An attribute, the text of an element, of a child: as long as the tree; NULL
 * when there is none.  The words of an xs:boolean. */
const char *ofd_attribute(xmlNodePtr n, const char *name);
const char *ofd_text(xmlNodePtr n);
const char *ofd_child_text(xmlNodePtr n, const char *name);
bool ofd_truth(xmlNodePtr n, const char *name, bool otherwise);

/* ---- number.c: pure ---- */

/* The next number of a list, within OFD_FAR; *s moves behind it. */
bool ofd_number(const char **s, double *out);
bool ofd_box(const char *s, struct ofd_box *out);        /* ST_Box */
bool ofd_point(const char *s, double *x, double *y);     /* ST_Pos */
/* ST_Array of six, one that can be turned back. */
bool ofd_matrix(const char *s, cairo_matrix_t *out);
double ofd_double(xmlNodePtr n, const char *name, double least, double most,
                  double otherwise);

/* Distances between letters, "5 g 3 4.5": each in turn, then the last one
 * again; false when there is none at all. */
struct ofd_delta {
    const char *rest;
    double value;
    int again;
    bool any;
};
bool ofd_delta(struct ofd_delta *d, double *out);

/* ---- paper.c ---- */

/* A resource of this kind ("Font"), of the page or its document; NULL. */
struct ofd_res *ofd_find(const struct ofd_pen *pen, const char *id,
                         const char *kind);

/* ---- draw.c ---- */

/* Is there time for this, too?  A page is only so much work: 20 an object, 10 a
 * letter, 1000 a picture, 1 for each eight bytes of a path. */
bool ofd_work(struct ofd_pen *pen, size_t cost);

/* What lies in a layer, a block or the like. */
void ofd_block(struct ofd_pen *pen, xmlNodePtr block);
/* The current path, cut to this box in the pen's units, grown by so much. */
void ofd_clip(cairo_t *cr, const struct ofd_box *box, double grown);

/* ---- style.c ---- */

struct ofd_style ofd_style(struct ofd_pen *pen, xmlNodePtr object);
/* Makes a colour the source; false when nothing is to be painted.  black: what
 * no colour means is black, otherwise nothing. */
bool ofd_colour(struct ofd_pen *pen, xmlNodePtr colour, double alpha,
                bool black);
/* Draws the current path's lines with this style. */
void ofd_stroke(cairo_t *cr, const struct ofd_style *style);

/* ---- path.c ---- */

/* A path being made, of points near enough for Cairo. */
struct ofd_trace {
    cairo_t *cr;
    cairo_matrix_t m;
    double x, y;
};
struct ofd_trace ofd_trace_begin(cairo_t *cr);
void ofd_move(struct ofd_trace *t, double x, double y);
void ofd_line(struct ofd_trace *t, double x, double y);
void ofd_curve(struct ofd_trace *t, double x1, double y1, double x2, double y2,
               double x, double y);
void ofd_bend(struct ofd_trace *t, double x1, double y1, double x, double y);
void ofd_trace_end(struct ofd_trace *t);

/* Adds AbbreviatedData to the current path; false when it is broken, what came
 * before is then there. */
bool ofd_path(cairo_t *cr, const char *data);
void ofd_path_object(struct ofd_pen *pen, xmlNodePtr n,
                     const struct ofd_style *style, double alpha);

/* ---- text.c, font.c ---- */

void ofd_text_object(struct ofd_pen *pen, xmlNodePtr n,
                     const struct ofd_style *style, double alpha);

/* The shape of a letter: a face and a glyph in it (0: none has it).  glyph: of
 * CGTransform, or -1. */
unsigned ofd_glyph(struct ofd_pen *pen, xmlNodePtr text, struct ofd_res *font,
                   int32_t letter, int glyph, FT_Face *face);
void ofd_fonts_close(struct ofd *o);
void ofd_face_close(struct ofd_res *r);

/* ---- image.c, seal.c ---- */

void ofd_image_object(struct ofd_pen *pen, xmlNodePtr n, double alpha,
                      const struct ofd_box *box);
/* A PNG or JPEG; NULL when it is none or cannot be read. */
cairo_surface_t *ofd_picture(str bytes);
size_t ofd_pixels(cairo_surface_t *s); /* 0 for NULL */
/* Into the unit square. */
void ofd_picture_draw(cairo_t *cr, cairo_surface_t *s, double alpha);

/* Finds where seals stand; location: Signatures of a DocBody. */
void ofd_seals(struct ofd *o, struct ofd_doc *doc, str location);
void ofd_seals_draw(struct ofd_pen *pen, const struct ofd_page *page);
/* The picture within a seal or a signature (DER); "" when there is none. */
str ofd_seal_picture(str der);

#endif
