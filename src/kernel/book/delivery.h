/*
 * A file delivered row by row: every row is judged before anything is written,
 * and one that cannot be taken keeps the whole file out, for half a delivery is
 * worse than one that is asked for again.
 *
 * A room says what its columns and members mean; reading, counting, the report
 * and the all-or-none writing are here.  Memory of a row is given back with it:
 * five thousand of them as trees are more than a request may hold.
 */
#ifndef KERNEL_BOOK_DELIVERY_H
#define KERNEL_BOOK_DELIVERY_H

#include "kernel/book/book.h"
#include "kernel/store/store.h"

struct delivery {
    int rows, bad, fresh, changed, same;
    struct buf report;  /* JSON list without its brackets, bad rows first */
    struct buf body;    /* JSON a line, as delivery_write takes it */
};

enum { DELIVERY_SEEN = 16384 };

struct delivery_reading {
    const struct delivery_kind *kind;
    void *own;              /* the room's: its columns, whose file it is */
    struct tx *tx;          /* its arena is `row` meanwhile */
    struct arena *keep;     /* the request's */
    struct arena row;       /* of one row */
    struct delivery *out;
    struct buf good;        /* report of rows that can be taken */
    str seen[DELIVERY_SEEN]; /* codes of this file */
    int line;
};

struct delivery_kind {
    const char *list;   /* member of an object in JSON: the rows */
    str no_list;        /* what is said when there is none */
    str empty;          /* when there are no rows */
    str too_many;
    /* What the columns are; ERR_INPUT with *problem in r->keep. */
    enum err (*head)(struct delivery_reading *r, const struct book_row *row,
                     str *problem);
    /* Judges a row: reports it once, and keeps it if it is to be written. */
    enum err (*row)(struct delivery_reading *r, const struct book_row *row);
    enum err (*tree)(struct delivery_reading *r, const struct value *v);
};

/* Did this code not come before in the file? */
bool delivery_first(struct delivery_reading *r, str code);

/* Counts the row and says what will come of it: bad, new, changed, same. */
void delivery_report(struct delivery_reading *r, str code, str name,
                     const char *outcome, str text);
/* What is to be written of the row. */
void delivery_keep(struct delivery_reading *r, const struct value *v);

/*
 * Reads CSV, XLSX or JSON, by its bytes.  ERR_INPUT and ERR_RANGE with *problem
 * when it cannot be read row by row at all; *out is then empty, else to be
 * given to delivery_free or delivery_settle.
 */
enum err delivery_read(struct tx *tx, const char *path,
                       const struct delivery_kind *kind, void *own,
                       struct delivery *out, str *problem) MUST_USE;
void delivery_free(struct delivery *d);

/* Its texts move into a, which ends by itself: the report as a whole list. */
void delivery_settle(struct arena *a, struct delivery *d);

/* Writes every row of a body, or none: what `write` answers for the first that
 * fails, and *code, which it names. */
enum err delivery_write(struct tx *tx, str body,
                        enum err (*write)(struct tx *tx, struct value *v,
                                          void *own, str *code),
                        void *own, str *code) MUST_USE;

enum { DELIVERY_PAGE = 100 };
/* List "report" of a page: rows of a settled report behind `after`.  fresh:
 * what a new one is called. */
void delivery_show(struct view *v, str report, int64_t after,
                   const char *fresh);

#endif
