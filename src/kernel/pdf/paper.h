/*
 * Inside pdf: a paper being laid out, then painted.
 *
 * Laying out puts pieces on pages without drawing, so that "第 1 页 共 3 页" is
 * known when the first page is painted.  All lengths are points (1/72 inch), y
 * grows downwards.
 */
#ifndef KERNEL_PDF_PAPER_H
#define KERNEL_PDF_PAPER_H

#include "kernel/pdf/pdf.h"

#include <pango/pangocairo.h>
#include <qrencode.h>

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* How a text is set. */
struct style {
    double size;    /* of the type */
    double advance; /* from baseline to baseline */
    double indent;  /* of the first line; negative: of all others */
    enum align align;
    bool bold;
};

enum piece_kind {
    PIECE_LINE, PIECE_BOX, PIECE_RULE, PIECE_QR, PIECE_SEAL, PIECE_FRAME,
};

/* One line of text, one rectangle, one drawing. */
struct piece {
    enum piece_kind kind;
    int page;
    double x, y, w, h;
    PangoLayout *layout;   /* of a line; the paper's */
    int line;
    bool bold;
    const char *tag;       /* P, H1, TH, TD: what a screen reader is told */
    int table, row, cell;  /* running numbers; 0: not in a table */
    struct piece *next;
};

/* A text that has been broken into lines but not placed. */
struct text {
    PangoLayout *layout;
    int lines;
    struct style style;
    double baseline; /* below the top of a line's advance */
};

struct paper {
    struct arena arena;        /* its own: nothing may jump out of GLib */
    double width, height;
    double left, right, top, bottom; /* margins */
    PangoContext *context;
    struct piece *first, *last;
    int page;                  /* the one being filled, from 0 */
    double y;                  /* below what is on it */
    int tables, rows, cells;   /* running numbers */
    GPtrArray *layouts;
    QRcode *qr;
    str organ;                 /* the name around the seal */
    str foot;
    str title;
    inst made;
};

void paper_begin(struct paper *p, bool landscape);
void paper_free(struct paper *p);

double paper_inner_width(const struct paper *p);
/* What is left of the page. */
double paper_left(const struct paper *p);
void paper_next_page(struct paper *p);
/* A new page unless h points are left. */
void paper_need(struct paper *p, double h);

struct text paper_text(struct paper *p, str s, const struct style *style,
                       double width);
/* Places lines [from, to) at x, y of the present page. */
void paper_place(struct paper *p, const struct text *t, int from, int to,
                 double x, double y, const char *tag);
/* A whole text below what is there, over pages if it must. */
void paper_flow(struct paper *p, str s, const struct style *style, double x,
                double width, const char *tag);
struct piece *paper_piece(struct paper *p, enum piece_kind kind, double x,
                          double y, double w, double h);

/* One row of a table; long cells go on over the page.  head(): called after a
 * page break inside or before the row, to repeat the head; may be NULL. */
struct table {
    size_t columns;
    const double *widths;
    const enum align *aligns;
    struct style style;
    const str *head; /* cells, or NULL */
    bool first_column_is_head;
};
void paper_table_begin(struct paper *p, const struct table *t);
void paper_row(struct paper *p, const struct table *t, const str *cells);

/* Paints everything; the document's language and title are set. */
enum err paper_write(struct paper *p, struct buf *out) MUST_USE;

/* Adds /Lang and /ViewerPreferences to the catalogue of a finished file. */
void paper_add_language(struct buf *pdf);

#endif
