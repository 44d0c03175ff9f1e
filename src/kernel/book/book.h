/*
 * book -- a table of texts as a file: CSV, and XLSX, written and read.
 *
 * XLSX is a zip of XML: written with libxlsxwriter, read with minizip and
 * libxml2.  Only what cells say is read, of the first sheet unless book_sheet
 * is asked; formulas are taken by their last result, styles are passed over.
 * Everything is bounded, for a small zip may unfold into any size.
 */
#ifndef KERNEL_BOOK_H
#define KERNEL_BOOK_H

#include "base/base.h"

enum {
    BOOK_ROWS = 5000,
    BOOK_SHEETS = 20,
    BOOK_COLUMNS = 64,             /* as many as csv reads */
    BOOK_BYTES = 8 << 20,          /* of the file, and of its texts */
    BOOK_UNFOLDED = 64 << 20,      /* of one member of the zip */
    BOOK_CELL = 131072,            /* bytes of a cell: XLSX allows 32,767
                                      characters */
};

struct book_row {
    str cell[BOOK_COLUMNS];        /* "" where there is none */
    int line;                      /* in the file, 1 is the first */
};

/* Row after row: the next into *out, which is the reader's; ERR_NOTFOUND at
 * the end, ERR_INPUT with *problem when the file is broken there. */
struct book;

/* The kind is what the bytes say, never the name: a zip is XLSX, else CSV in
 * UTF-8.  ERR_INPUT, ERR_RANGE (too large) with *problem, a sentence.  Memory
 * from malloc, given back by book_close. */
enum err book_open(const char *path, struct arena *a, struct book **out,
                   str *problem) MUST_USE;
enum err book_next(struct book *b, const struct book_row **out, str *problem)
    MUST_USE;
void book_close(struct book *b); /* NULL is allowed */

/* All sheets of a workbook in memory, whose bytes must outlive it: book_sheet
 * goes to the next (the first, to begin with), ERR_NOTFOUND after the last;
 * then book_next.  *problem is a literal, *name the book's. */
enum err book_of(str xlsx, struct book **out, str *problem) MUST_USE;
enum err book_sheet(struct book *b, str *name, bool *hidden, str *problem)
    MUST_USE;

/* The bytes of a file, as long as they are within BOOK_BYTES.  ERR_RANGE and
 * ERR_STORE with *problem. */
enum err book_bytes(const char *path, struct arena *a, str *out, str *problem)
    MUST_USE;

/* One row of CSV, with the quotes and the guard against formulas. */
void book_csv_row(struct buf *out, const str *cells, size_t n);

/* The whole table as XLSX; the first row is the head.  ERR_STORE when there is
 * no room for the file while it is made, ERR_RANGE when a cell has more than
 * the 32,767 characters one may have. */
enum err book_xlsx(struct arena *a, const char *sheet, const str *cells,
                   size_t columns, size_t rows, str *bytes) MUST_USE;

#endif
