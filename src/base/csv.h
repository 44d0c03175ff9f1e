/*
 * csv -- reading RFC 4180 text a row at a time, without copying what needs no
 * unquoting; and writing it.  Lines may end in LF or CRLF; a BOM is skipped.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum { CSV_FIELDS = 64 };

struct csv {
    str rest;
    struct arena *arena; /* of unquoted fields */
    int line;            /* of the row last read, 1 is the first */
    int row;             /* the same as a spreadsheet counts: an empty line is a
                            row, a line end within a cell is none */
    int next_line;
    str field[CSV_FIELDS];
    int count;           /* fields of the row last read */
};

void csv_open(struct csv *c, struct arena *a, str text);

/*
 * Reads the next row into c->field.  ERR_NOTFOUND at the end; ERR_INPUT for an
 * unclosed quote, text after a closing quote, or more than CSV_FIELDS fields
 * (c->line says where).  Empty lines are passed over.
 */
enum err csv_row(struct csv *c) MUST_USE;

/* One field, quoted; commas and line ends are the caller's. */
void csv_put(struct buf *out, str field);

#endif
