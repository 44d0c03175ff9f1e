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
#ifndef KERNEL_FILES_WORDS_H
#define KERNEL_FILES_WORDS_H

#include "kernel/book/pack.h"
#include "kernel/files/preview.h"

enum {
    WORDS_MEMBER = 32 << 20, /* one member of the zip, unfolded */
    WORDS_TEXT = 256 << 10,  /* bytes of all the words of a paper */
    WORDS_BLOCKS = 2000,
    WORDS_ROWS = 300,        /* of one table */
    WORDS_CELLS = 30,        /* of one row */
    WORDS_SHEETS = 10,
    WORDS_PAGES = 50,
    WORDS_JSON = 1 << 20,
};

/* What is being written; `more` when a bound or damage cut it. */
struct words {
    struct arena *a;
    struct value *blocks, *rows, *row;
    size_t text;
    bool more;
};

/* ---- words.c ---- */

/* The words of a paper of this type; *out is the tree above. */
enum preview_end words_read(str bytes, str type, struct arena *a,
                          struct value **out);

/* The tree again from what the drawing process said; ERR_INPUT for anything
 * it would not have said. */
enum err words_take(struct arena *a, str json, struct value **out) MUST_USE;

/* Is there room for more?  Otherwise notes that it was cut. */
bool words_room(struct words *w);
/* A heading or a paragraph; blank ones are left out. */
void words_put(struct words *w, const char *kind, str text);
/* A table, its rows, their cells. */
void words_table(struct words *w);
void words_row(struct words *w);
void words_cell(struct words *w, str text);

/* ---- one format each ---- */

enum preview_end words_docx(struct pack *p, struct words *w);
enum preview_end words_docx_xml(const char *xml, size_t n, struct words *w);
enum preview_end words_xlsx(str bytes, struct words *w);
enum preview_end words_ofd(struct pack *p, struct words *w);

#endif
