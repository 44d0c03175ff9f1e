/* 村级代办: whom to visit next, and how the village's cases stand. */
#include "villages/show.h"

#include "kernel/page/page.h"

enum { AHEAD = 7 }; /* days a visit is shown before it is due */

str village_id(struct arena *a, int64_t id)
{
    return arena_printf(a, "%lld", (long long)id);
}

static enum err show_visits(struct tx *tx, struct view *v)
{
    struct resident_due *r;
    struct resident_due_count late;
    size_t n;
    day today = tx_today(tx);
    struct value *list = view_list(v, "visits");
    enum err e = resident_due(tx, tx->who->unit, (day){ today.n + AHEAD }, &r,
                              &n);
    if (e == OK)
        e = resident_due_count(tx, tx->who->unit, today, &late);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "id", village_id(v->arena, r[i].id));
        view_text(&row, "name", r[i].name);
        view_text(&row, "place", r[i].place);
        view_text(&row, "care", villages_care_word(r[i].care));
        view_day(&row, "visited", r[i].visited);
        view_day(&row, "due", r[i].due);
        view_bool(&row, "late", r[i].due.n < today.n);
    }
    if (e == OK)
        view_int(v, "waiting", late.n);
    return e;
}

enum err village_show_cases(struct tx *tx, struct view *v, int64_t resident)
{
    struct filed_list *f;
    size_t n;
    struct value *list = view_list(v, "cases");
    enum err e = filed_list(tx, tx->who->unit, resident, &f, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", f[i].case_no);
        view_text(&row, "name", f[i].name);
        view_text(&row, "title", f[i].title);
        page_state(&row, "state", f[i].state, str_is(f[i].kind, "joint"));
        view_day(&row, "due", f[i].clock_due);
    }
    return e;
}

enum err village_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct village_unit u;
    rq_menu(rq, "desk.village");
    enum err e = village_unit(tx, tx->who->unit, &u);
    if (e != OK)
        return e;
    view_text(v, "village", u.name);
    e = show_visits(tx, v);
    return e == OK ? village_show_cases(tx, v, 0) : e;
}
