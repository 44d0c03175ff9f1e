/* Reading a file of registrations and writing it, without a request: for the
 * pages, the feed and the tests.  docs/enterprises.md tells a register how to
 * send them. */
#ifndef ENTERPRISES_IMPORT_H
#define ENTERPRISES_IMPORT_H

#include "enterprises/keep.h"
#include "kernel/book/delivery.h"

/*
 * Reads a file (CSV, XLSX or JSON by its bytes) and judges every row against
 * the base as it is now; writes nothing.  unit: the organisation whose
 * registrations they must be.  ERR_INPUT and ERR_RANGE with *problem when it
 * cannot be read row by row at all.
 */
enum err enterprise_read(struct tx *tx, const char *path, str unit,
                         struct delivery *out, str *problem) MUST_USE;

/* Writes every row, all or none: ERR_CONFLICT when one cannot be taken any
 * more, *code says which. */
enum err enterprise_write(struct tx *tx, str body, str unit, str ref,
                          str *code) MUST_USE;

#endif
