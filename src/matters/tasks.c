/*
 * 我的任务: what lies on a person's desk and what he has done; and the matters
 * of his organisation.  One query a page, however long the desk is: the
 * kernel's rows carry number and title.
 */
#include "matters/pages.h"

#include "matters/inside.h"

/* ---- the desk ---- */

static bool shown(struct tx *tx, const struct process_row *r, str urgency)
{
    const char *look;
    (void)matter_left(tx, r->due, &look);
    return urgency.n == 0 ||
           (str_is(urgency, "late") && str_is(str_of(look), "row-bad")) ||
           (str_is(urgency, "soon") && str_is(str_of(look), "row-warn"));
}

static void show_row(struct view *v, struct value *list, struct tx *tx,
                     const struct process_row *r)
{
    struct view row = view_row(v, list);
    const char *look;
    str left = matter_left(tx, r->due, &look);
    bool due = r->due.n < PROCESS_NO_DUE.n;
    view_text(&row, "number", r->number);
    view_int(&row, "task", r->task);
    view_text(&row, "title", r->title);
    view_text(&row, "step", r->name);
    view_text(&row, "duty", r->duty);
    view_bool(&row, "claimed", r->assignee != INT_NONE);
    view_bool(&row, "fresh", !r->opened);
    view_inst_short(&row, "made", r->made);
    view_day_short(&row, "due", due ? r->due : day_none);
    view_text(&row, "left", due ? left : STR("没有期限"));
    view_text(&row, "row_look", due ? str_of(look) : STR(""));
}

static void show_filter(struct view *v, str urgency)
{
    static const char *const values[] = { "", "late", "soon" };
    static const char *const labels[] = { "全部", "已超期",
                                          "剩 1 个工作日以内" };
    struct value *list = view_list(v, "urgencies");
    for (int i = 0; i < 3; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "value", str_of(values[i]));
        view_text(&row, "label", str_of(labels[i]));
        view_bool(&row, "chosen", str_is(urgency, values[i]));
    }
}

static enum err list_done(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct matter_did *d;
    size_t n;
    inst before = { rq_int(rq, "before", INT64_MAX) };
    enum err e = matter_did(tx, tx->who->account, before, &d, &n);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "done");
    for (size_t i = 0; i < n && i < PROCESS_PAGE; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", d[i].number);
        view_text(&row, "kind", d[i].kind);
        view_text(&row, "title", d[i].title);
        view_text(&row, "step", matter_step_name(tx, d[i].def, d[i].node));
        view_inst_short(&row, "at", d[i].at);
        matter_show_state(&row, "state", d[i].state);
    }
    str next = n > PROCESS_PAGE
                   ? arena_printf(v->arena, "/tasks?view=done&before=%lld",
                                  (long long)d[PROCESS_PAGE - 1].at.ms)
                   : STR("");
    page_pager_next(v, "pager", rq_has(rq, "before")
                                    ? STR("/tasks?view=done") : STR(""),
                    next, (int64_t)list->count, PROCESS_PAGE);
    return OK;
}

static enum err list_open(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct process_row *r;
    size_t n;
    str urgency = rq_text(rq, "urgency"), next = STR("");
    day due = { (int32_t)rq_int(rq, "after", PROCESS_FIRST.n) };
    enum err e = process_list(tx, tx->who->account, due, rq_int(rq, "id", 0),
                              &r, &n);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < PROCESS_PAGE; i++)
        if (str_is(r[i].module, "matters") && shown(tx, &r[i], urgency))
            show_row(v, list, tx, &r[i]);
    const struct process_row *last = n > PROCESS_PAGE ? &r[PROCESS_PAGE - 1]
                                                      : NULL;
    if (last)
        next = arena_printf(v->arena, "/tasks?urgency=%.*s&after=%d&id=%lld",
                            STR_ARG(urgency), last->due.n,
                            (long long)last->id);
    page_pager_next(v, "pager", rq_has(rq, "after") ? STR("/tasks") : STR(""),
                    next, (int64_t)list->count, PROCESS_PAGE);
    return OK;
}

enum err task_list(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    bool done = str_is(rq_text(rq, "view"), "done");
    rq_menu(rq, done ? "tasks.done" : "tasks");
    view_text(v, "heading", done ? STR("我办过的") : STR("我的任务"));
    view_bool(v, "past", done);
    show_filter(v, rq_text(rq, "urgency"));
    if (done)
        view_list(v, "rows");
    else
        view_list(v, "done");
    return done ? list_done(rq, tx) : list_open(rq, tx);
}

/* ---- matters ---- */

static void matter_row(struct view *v, struct value *list, struct tx *tx,
                       const struct matter_list *m)
{
    struct view row = view_row(v, list);
    const char *look;
    str left = matter_left(tx, m->due, &look);
    bool open = str_is(m->state, "running") || str_is(m->state, "held") ||
                str_is(m->state, "stuck");
    view_text(&row, "number", m->number);
    view_text(&row, "kind", m->kind);
    view_text(&row, "title", m->title);
    view_bool(&row, "urgent", m->urgent);
    view_text(&row, "starter_name", m->starter_name);
    view_inst_short(&row, "filed", m->filed);
    view_text(&row, "left", open ? left : STR("—"));
    view_text(&row, "row_look", open ? str_of(look) : STR(""));
    matter_show_state(&row, "state", m->state);
}

enum err matter_list_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    bool mine = str_is(rq_text(rq, "view"), "mine");
    int64_t before = rq_int(rq, "before", INT64_MAX);
    struct matter_list *m;
    struct matter_mine *own;
    size_t n;
    _Static_assert(sizeof *m == sizeof *own, "the same columns");
    enum err e = mine ? matter_mine(tx, tx->who->account, before, &own, &n)
                      : matter_list(tx, tx->who->unit, before, &m, &n);
    if (e != OK)
        return e;
    rq_menu(rq, mine ? "matters.mine" : "matters");
    view_text(v, "heading", mine ? STR("我发起的事项")
                                 : STR("本单位的事项"));
    struct value *list = view_list(v, "rows");
    int64_t last = 0;
    for (size_t i = 0; i < n && i < PROCESS_PAGE; i++) {
        struct matter_list row;
        if (mine)
            __builtin_memcpy(&row, &own[i], sizeof row);
        else
            row = m[i];
        matter_row(v, list, tx, &row);
        last = row.id;
    }
    const char *base = mine ? "/matters?view=mine" : "/matters?view=unit";
    page_pager_next(v, "pager", rq_has(rq, "before") ? str_of(base) : STR(""),
                    n > PROCESS_PAGE ? arena_printf(v->arena, "%s&before=%lld",
                                                    base, (long long)last)
                                     : STR(""),
                    (int64_t)list->count, PROCESS_PAGE);
    return OK;
}
