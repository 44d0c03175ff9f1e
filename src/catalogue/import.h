/* Reading a file of items and writing them as drafts, without a request: for
 * the pages, the tests and the benchmark. */
#ifndef CATALOGUE_IMPORT_H
#define CATALOGUE_IMPORT_H

#include "catalogue/keep.h"
#include "kernel/book/delivery.h"

/*
 * Reads a file (CSV, XLSX or JSON by its bytes) and judges every row against
 * the catalogue as it is now; writes nothing.  unit: the only organisation
 * whose items may be in it, "" for all of them.  ERR_INPUT and ERR_RANGE with
 * *problem when it cannot be read row by row at all.
 */
enum err import_read(struct tx *tx, const char *path, str unit,
                     struct delivery *out, str *problem) MUST_USE;

/*
 * Writes every row as a draft, all or none: ERR_CONFLICT when an item was
 * changed since the rows were judged, *code says which.
 */
enum err import_write(struct tx *tx, str body, str note, str *code) MUST_USE;

#endif
