/*
 * Matters (事项流转) whose promise is over or nearly so, and steps of them with
 * limits of their own, the most urgent first: what the hall's list is for
 * cases.  A leader sees those that are on the desks of his organisation.
 */
#include "supervision/pages.h"

#include "kernel/page/page.h"
#include "supervision/queries.gen.h"
#include "supervision/show.h"

enum { PAGE = 50 };

static const struct {
    const char *text, *tone, *icon;
} levels[] = {
    [CLOCK_FINE] = { "办理中", "info", "circle-dot" },
    [CLOCK_WARNED] = { "即将到期", "warn", "clock" },
    [CLOCK_YELLOW] = { "黄牌", "warn", "triangle-alert" },
    [CLOCK_RED] = { "红牌", "bad", "triangle-alert" },
};

static str left_text(struct tx *tx, day due)
{
    day today = tx_today(tx);
    int left = calendar_working_between(tx->calendar, today, due);
    if (due.n < today.n)
        return arena_printf(tx->arena, "超期 %d 个工作日", -left);
    return left == 0 ? STR("今天到期")
                     : arena_printf(tx->arena, "剩 %d 个工作日", left);
}

static void show_row(struct tx *tx, struct view *v, struct value *list,
                     const struct late_matters *m)
{
    struct view row = view_row(v, list);
    struct view tag = view_object(&row, "state");
    int level = m->level >= CLOCK_FINE && m->level <= CLOCK_RED ? (int)m->level
                                                                : CLOCK_FINE;
    view_text(&row, "number", m->number);
    view_text(&row, "href", watch_href(v->arena, m->matter, m->ref));
    view_text(&row, "kind", m->kind);
    view_text(&row, "unit_name", m->unit_name);
    view_text(&row, "holder", m->holder);
    view_day(&row, "due", m->due);
    view_text(&row, "left", left_text(tx, m->due));
    view_text(&tag, "text", str_of(levels[level].text));
    view_text(&tag, "tone", str_of(levels[level].tone));
    view_text(&tag, "icon", str_of(levels[level].icon));
}

enum err watched_matters_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct late_matters *m;
    struct late_matters_count all;
    size_t n;
    str scope = watch_scope(tx->who);
    str unit = scope.n ? scope : rq_text(rq, "unit"), next = STR("");
    day soon = watch_soon_until(tx);
    enum err e = late_matters_count(tx, unit, tx_today(tx), soon, &all);
    if (e == OK)
        e = late_matters(tx, unit, soon,
                         (day){ (int32_t)rq_int(rq, "after", -1) },
                         rq_int(rq, "id", 0), &m, &n);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.supervision");
    int64_t late = all.late == INT_NONE ? 0 : all.late;
    view_count(v, "late", late);
    view_count(v, "soon", all.soon_n - late);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < PAGE; i++)
        show_row(tx, v, list, &m[i]);
    str same = arena_printf(v->arena, "/supervision/matters?unit=%.*s",
                            STR_ARG(unit));
    if (n > PAGE)
        next = arena_printf(v->arena, "%.*s&after=%d&id=%lld", STR_ARG(same),
                            m[PAGE - 1].due.n, (long long)m[PAGE - 1].id);
    page_pager_next(v, "pager", rq_has(rq, "after") ? same : STR(""), next,
                    all.soon_n, PAGE);
    return OK;
}

enum err watch_matters_kpi(struct tx *tx, struct view *v, struct value *list,
                           str unit)
{
    struct arena *a = v->arena;
    struct late_matters_count all;
    enum err e = late_matters_count(tx, unit, tx_today(tx),
                                    watch_soon_until(tx), &all);
    if (e != OK)
        return e;
    int64_t late = all.late == INT_NONE ? 0 : all.late;
    page_kpi(v, list, "流转事项超期", value_grouped(a, late),
             arena_printf(a, "即将到期 %.*s",
                          STR_ARG(value_grouped(a, all.soon_n - late))),
             late ? "t-bad" : "",
             arena_printf(a, "/supervision/matters?unit=%.*s",
                          STR_ARG(unit)));
    return OK;
}
