#include "portal/show.h"

#include "kernel/clock/clock.h"
#include "kernel/page/page.h"
#include "kernel/search/search.h"
#include "portal/queries.gen.h"

static void show_case(struct tx *tx, struct view *v, struct value *list,
                      const struct home_cases *c)
{
    struct clock_face face = CLOCK_FACE(*c);
    struct view row = view_row(v, list);
    view_text(&row, "number", c->number);
    view_text(&row, "title", c->title);
    view_text(&row, "unit_name", c->unit_name);
    view_text(&row, "officer_name", c->officer_name);
    view_day_short(&row, "filed", c->received);
    view_day_short(&row, "due", day_is_none(c->closed_day) ? c->clock_due
                                                           : c->closed_day);
    page_state(&row, "state", c->state, face.joint);
    clock_face_view(&row, "clock", tx->calendar, tx_today(tx), &face);
}

enum err portal_cases(struct tx *tx, struct view *v, struct value *list,
                      const int64_t *ids, size_t n, int64_t *shown)
{
    struct home_cases *c;
    size_t rows;
    enum err e = home_cases(tx, search_list(tx->arena, ids, n), &c, &rows);
    for (size_t i = 0; e == OK && i < n; i++)
        for (size_t k = 0; k < rows; k++)
            if (c[k].id == ids[i]) {
                show_case(tx, v, list, &c[k]);
                ++*shown;
            }
    return e;
}

void portal_theme(struct view *v, struct value *list, str code, str title,
                  str summary, str icon)
{
    struct view row = view_row(v, list);
    view_text(&row, "code", code);
    view_text(&row, "title", title);
    view_text(&row, "summary", summary);
    view_text(&row, "icon", icon);
}
