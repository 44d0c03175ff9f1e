/* Reading a file of items and writing them as drafts, without a request: for
 * the pages, the tests and the benchmark. */
#ifndef CATALOGUE_IMPORT_H
#define CATALOGUE_IMPORT_H

#include "catalogue/keep.h"

struct import_read {
    int rows, bad, fresh, changed, same;
    struct buf report;  /* JSON list, bad rows first; the caller's to free */
    struct buf body;    /* JSON a line, as import_write takes it */
};

/*
 * Reads a file (CSV, XLSX or JSON by its bytes) and judges every row against
 * the catalogue as it is now; writes nothing.  unit: the only organisation
 * whose items may be in it, "" for all of them.  ERR_INPUT and ERR_RANGE with
 * *problem when it cannot be read row by row at all.
 */
enum err import_read(struct tx *tx, const char *path, str unit,
                     struct import_read *out, str *problem) MUST_USE;
void import_free(struct import_read *r);

/*
 * Writes every row as a draft, all or none: ERR_CONFLICT when an item was
 * changed since the rows were judged, *code says which.
 */
enum err import_write(struct tx *tx, str body, str note, str *code) MUST_USE;

#endif
