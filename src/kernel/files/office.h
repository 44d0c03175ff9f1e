/*
 * Inside files: the words of an office paper (DOCX, XLSX, OFD), for who decides
 * and cannot open it here.  Not its look: 文字预览 says so on every page.
 *
 * Read by the process that draws (preview_draw.c), kept as JSON
 *
 *   {"more": false, "blocks": [{"head": "第 1 页"}, {"text": "…"},
 *                              {"rows": [["…", "…"], …]}]}
 *
 * which the server reads again as distrustfully as a picture.
 */
#ifndef KERNEL_FILES_OFFICE_H
#define KERNEL_FILES_OFFICE_H

#include "kernel/book/pack.h"
#include "kernel/files/preview.h"

enum {
    OFFICE_MEMBER = 32 << 20, /* one member of the zip, unfolded */
    OFFICE_TEXT = 256 << 10,  /* bytes of all the words of a paper */
    OFFICE_BLOCKS = 2000,
    OFFICE_ROWS = 300,        /* of one table */
    OFFICE_CELLS = 30,        /* of one row */
    OFFICE_SHEETS = 10,
    OFFICE_PAGES = 50,
    OFFICE_JSON = 1 << 20,
};

/* What is being written; `more` when a bound or damage cut it. */
struct office {
    struct arena *a;
    struct value *blocks, *rows, *row;
    size_t text;
    bool more;
};

/* ---- office.c ---- */

/* The words of a paper of this type; *out is the tree above. */
enum preview_end office_read(str bytes, str type, struct arena *a,
                             struct value **out);

/* The tree again from what the drawing process said; ERR_INPUT for anything
 * it would not have said. */
enum err office_take(struct arena *a, str json, struct value **out) MUST_USE;

/* Is there room for more?  Otherwise notes that it was cut. */
bool office_room(struct office *w);
/* A heading or a paragraph; blank ones are left out. */
void office_put(struct office *w, const char *kind, str text);
/* A table, its rows, their cells. */
void office_table(struct office *w);
void office_row(struct office *w);
void office_cell(struct office *w, str text);

/* ---- one format each ---- */

enum preview_end office_docx(struct pack *p, struct office *w);
enum preview_end office_docx_xml(const char *xml, size_t n, struct office *w);
enum preview_end office_xlsx(str bytes, struct office *w);
enum preview_end office_ofd(struct pack *p, struct office *w);

#endif
