/* The newest notes, for everybody. */
#include "blank/pages.h"
#include "blank/queries.gen.h"

enum err blank_note_list(struct request *rq, struct tx *tx)
{
    struct blank_note_newest *rows;
    size_t n;
    enum err e = blank_note_newest(tx, &rows, &n);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "notes");
    for (size_t i = 0; i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "title", rows[i].title);
    }
    return OK;
}
