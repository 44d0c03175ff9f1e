/* XLSX: each sheet as a table, by the reader of tables (kernel/book). */
#include "kernel/book/book.h"
#include "kernel/files/office.h"

static size_t filled(const struct book_row *r)
{
    size_t n = 0;
    for (size_t i = 0; i < BOOK_COLUMNS; i++)
        if (r->cell[i].n)
            n = i + 1;
    return n;
}

/* A row without words keeps no place: sheets have thousands of them. */
static enum err read_sheet(struct book *b, struct office *w)
{
    const struct book_row *r;
    str problem;
    enum err e = OK;
    office_table(w);
    while (office_room(w) && (e = book_next(b, &r, &problem)) == OK) {
        size_t n = filled(r);
        if (n == 0)
            continue;
        office_row(w);
        for (size_t i = 0; i < n; i++)
            office_cell(w, r->cell[i]);
    }
    if (e == ERR_RANGE)
        w->more = true;
    return e == ERR_NOTFOUND || e == ERR_RANGE ? OK : e;
}

enum preview_end office_xlsx(str bytes, struct office *w)
{
    struct book *b;
    str name, problem;
    bool hidden;
    enum err e = book_of(bytes, &b, &problem);
    if (e != OK)
        return e == ERR_RANGE ? PREVIEW_HEAVY : PREVIEW_DAMAGED;
    for (int i = 0; office_room(w) &&
                    (e = book_sheet(b, &name, &hidden, &problem)) == OK; i++) {
        if (i == OFFICE_SHEETS) {
            w->more = true;
            break;
        }
        if (hidden)
            name = arena_join(w->a, name, STR("（隐藏的工作表）"));
        office_put(w, "head", name);
        e = read_sheet(b, w);
        if (e != OK)
            break;
    }
    book_close(b);
    return e == OK || e == ERR_NOTFOUND ? PREVIEW_OK : PREVIEW_DAMAGED;
}
