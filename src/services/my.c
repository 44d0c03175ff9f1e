/* 我的办件: drafts to go on with, cases to follow. */
#include "services/pages.h"

#include "services/draft.h"
#include "services/show.h"

enum { PAGE = 20 };

/* Where a draft goes on: after the group that was saved last. */
static str go_on(struct tx *tx, const struct draft_list *d)
{
    const struct offer *o;
    str next = STR("papers");
    if (offer_find(tx, d->offer, &o) == OK) {
        const struct form_sheet *s = &o->sheet;
        bool known = false;
        for (size_t g = 0; g < s->group_count; g++)
            if (str_eq(s->groups[g].code, d->step)) {
                known = true;
                if (g + 1 < s->group_count)
                    next = s->groups[g + 1].code;
            }
        if (!known && s->group_count) /* a group of an older version */
            next = s->groups[0].code;
    }
    return arena_printf(tx->arena, "/drafts/%.*s/%.*s", STR_ARG(d->number),
                        STR_ARG(next));
}

static enum err show_drafts(struct tx *tx, struct view *v)
{
    struct draft_list *d;
    size_t n;
    enum err e = draft_list(tx, tx->who->account, &d, &n);
    struct value *list = view_list(v, "drafts");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", d[i].number);
        view_text(&row, "title", d[i].title);
        view_inst_short(&row, "saved", d[i].saved);
        view_day_short(&row, "expires", d[i].expires);
        view_text(&row, "href", go_on(tx, &d[i]));
    }
    return e;
}

/* What the applicant must do now, if anything: the part that asks first. */
static str todo(struct arena *a, const struct my_cases *c)
{
    day by = str_is(c->kind, "joint")        ? c->asking
             : str_is(c->state, "supplement") ? c->supply_by : day_none;
    if (day_is_none(by))
        return STR("");
    int y, m, d;
    day_split(by, &y, &m, &d);
    return arena_printf(a, "请在 %d 月 %d 日前补交材料", m, d);
}

enum err my_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct my_cases *c;
    size_t n;
    rq_menu(rq, "services");
    enum err e = show_drafts(tx, v);
    if (e == OK)
        e = my_cases(tx, tx->who->account, rq_int(rq, "before", INT64_MAX), &c,
                     &n);
    struct value *list = view_list(v, "cases");
    for (size_t i = 0; e == OK && i < n && i < PAGE; i++) {
        struct view row = view_row(v, list);
        struct face f = FACE(c[i]);
        view_text(&row, "number", c[i].number);
        view_text(&row, "title", c[i].title);
        view_text(&row, "on_behalf", c[i].proxy == tx->who->account
                                         ? c[i].applicant_open : STR(""));
        view_day_short(&row, "filed", c[i].received);
        show_state(&row, "state", &f);
        show_clock(&row, "clock", tx->calendar, tx_today(tx), &f);
        view_text(&row, "todo", todo(v->arena, &c[i]));
    }
    if (e != OK)
        return e;
    show_pager(v, "pager", rq_has(rq, "before") ? STR("/my") : STR(""),
               n > PAGE ? arena_printf(v->arena, "/my?before=%lld",
                                       (long long)c[PAGE - 1].id) : STR(""),
               (int64_t)(n > PAGE ? PAGE : n), PAGE);
    return OK;
}
