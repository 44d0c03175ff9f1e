/*
 * 我的任务: what lies on a person's desk and what he has done; and the matters
 * of his organisation.  One query a page, however long the desk is: the
 * kernel's rows carry number and title, and what is wanted of the desk is
 * asked of the database, not sorted out here.
 */
#include "matters/pages.h"

#include "matters/inside.h"

/* ---- the desk ---- */

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
    view_text(&row, "duty", r->candidates.n && r->assignee == INT_NONE
                                ? r->candidates : r->duty);
    view_bool(&row, "claimed", r->assignee != INT_NONE);
    view_bool(&row, "fresh", !r->opened);
    view_inst_short(&row, "made", r->made);
    view_day_short(&row, "due", due ? r->due : day_none);
    view_text(&row, "left", due ? left : STR("没有期限"));
    view_bool(&row, "limited", !str_is_none(r->limit_ref));
    view_text(&row, "row_look", due ? str_of(look) : STR(""));
}

/* ---- what is wanted of it ---- */

struct wanted {
    str urgency, process, whose, words;
    struct process_wanted w;
};

static void options(struct view *v, const char *name, str chosen,
                    const char *const *values, const char *const *labels)
{
    struct value *list = view_list(v, name);
    for (int i = 0; values[i]; i++)
        page_option(v, list, str_of(values[i]), str_of(labels[i]), chosen);
}

static enum err show_filter(struct tx *tx, struct view *v,
                            const struct wanted *x)
{
    static const char *const urgency[] = { "", "late", "soon", NULL };
    static const char *const urgent[] = { "全部", "已超期",
                                          "剩 1 个工作日以内" };
    static const char *const whose[] = { "", "own", "posts", NULL };
    static const char *const whom[] = { "全部", "我名下的", "岗位上的" };
    struct matter_processes *p;
    size_t n;
    enum err e = matter_processes(tx, &p, &n);
    if (e != OK)
        return e;
    options(v, "urgencies", x->urgency, urgency, urgent);
    options(v, "sides", x->whose, whose, whom);
    struct value *list = view_list(v, "processes");
    page_option(v, list, STR(""), STR("全部"), x->process);
    for (size_t i = 0; i < n; i++)
        page_option(v, list, p[i].key, p[i].title, x->process);
    view_text(v, "words", x->words);
    return OK;
}

static enum err wanted_of(struct request *rq, struct tx *tx, struct wanted *x)
{
    *x = (struct wanted){
        .urgency = rq_text(rq, "urgency"), .process = rq_text(rq, "process"),
        .whose = rq_text(rq, "whose"), .words = str_trim(rq_text(rq, "words")),
    };
    day today = tx_today(tx);
    bool late = str_is(x->urgency, "late"), soon = str_is(x->urgency, "soon");
    x->w = (struct process_wanted){
        .module = STR("matters"), .key = x->process,
        .which = str_is(x->whose, "own")     ? PROCESS_OWN
                 : str_is(x->whose, "posts") ? PROCESS_POSTS
                                             : PROCESS_ALL,
        .from = soon ? today : day_none,
        .until = late   ? (day){ today.n - 1 }
                 : soon ? calendar_add_working(tx->calendar, today, 1)
                        : day_none,
        .cases = str_none,
        .after = { (int32_t)rq_int(rq, "after", 0) },
        .id = rq_int(rq, "id", 0),
    };
    return x->words.n ? matter_found(tx, x->words, &x->w.cases) : OK;
}

/* The same list from its beginning. */
static str address(struct arena *a, const struct wanted *x)
{
    return arena_printf(a, "/tasks?urgency=%.*s&process=%.*s&whose=%.*s&words="
                        "%.*s", STR_ARG(x->urgency),
                        STR_ARG(page_query_text(a, x->process)),
                        STR_ARG(x->whose),
                        STR_ARG(page_query_text(a, x->words)));
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
    page_pager_part(v, "pager", rq_has(rq, "before")
                                    ? STR("/tasks?view=done") : STR(""),
                    next, (int64_t)list->count, PROCESS_PAGE);
    return OK;
}

static enum err list_open(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct process_row *r;
    struct wanted x;
    size_t n;
    str next = STR("");
    enum err e = wanted_of(rq, tx, &x);
    if (e == OK)
        e = show_filter(tx, v, &x);
    if (e == OK)
        e = process_list(tx, tx->who->account, &x.w, &r, &n);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < PROCESS_PAGE; i++)
        show_row(v, list, tx, &r[i]);
    str same = address(v->arena, &x);
    if (n > PROCESS_PAGE)
        next = arena_printf(v->arena, "%.*s&after=%d&id=%lld", STR_ARG(same),
                            r[PROCESS_PAGE - 1].due.n,
                            (long long)r[PROCESS_PAGE - 1].id);
    page_pager_part(v, "pager", x.w.id ? same : STR(""), next,
                    (int64_t)list->count, PROCESS_PAGE);
    return OK;
}

enum err task_list(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    bool done = str_is(rq_text(rq, "view"), "done");
    rq_menu(rq, done ? "tasks.done" : "tasks");
    view_text(v, "heading", done ? STR("我办过的") : STR("我的任务"));
    view_bool(v, "past", done);
    if (done) {
        view_list(v, "rows");
        view_list(v, "urgencies");
        view_list(v, "sides");
        view_list(v, "processes");
        view_text(v, "words", STR(""));
    } else {
        view_list(v, "done");
    }
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
    page_pager_part(v, "pager", rq_has(rq, "before") ? str_of(base) : STR(""),
                    n > PROCESS_PAGE ? arena_printf(v->arena, "%s&before=%lld",
                                                    base, (long long)last)
                                     : STR(""),
                    (int64_t)list->count, PROCESS_PAGE);
    return OK;
}
