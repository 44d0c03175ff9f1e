/* A table of figures as a file, CSV or XLSX. */
#ifndef STATISTICS_SHEET_H
#define STATISTICS_SHEET_H

#include "base/base.h"

struct sheet_row {
    str key, name;
    int64_t filed, closed, late, worked;
};

struct sheet {
    str title, head;  /* head: of the column of names */
    const struct sheet_row *rows;
    size_t n;
};

/* RFC 4180 with a byte order mark, so that office programs read UTF-8. */
void sheet_csv(const struct sheet *s, struct buf *out);

/* Office Open XML; numbers are numbers.  The bytes are in the arena.
 * ERR_STORE when there is no room for the file while it is made. */
enum err sheet_xlsx(const struct sheet *s, struct arena *a, str *bytes)
    MUST_USE;

#endif
