/* Beginning a matter: which process, what about, by when. */
#include "matters/pages.h"

#include "kernel/job/job.h"
#include "matters/inside.h"

/* ---- for everybody who begins one ---- */

static enum err next_number(struct tx *tx, str *out)
{
    struct matter_last last = { .last = 0 };
    day today = tx_today(tx);
    char text[DAY_TEXT];
    enum err e = matter_last(tx, today, &last);
    if (e == OK)
        e = matter_next(tx, today, last.last);
    else if (e == ERR_NOTFOUND)
        e = matter_first(tx, today);
    if (e != OK)
        return e;
    str d = day_text(today, text); /* 2026-11-22 */
    *out = arena_printf(tx->arena, "SX%.4s%.2s%.2s%06lld", d.p, d.p + 5,
                        d.p + 8, (long long)last.last + 1);
    return OK;
}

/* Some begin elsewhere: an application in the hall opens its own. */
static bool is_ours(const struct bpmn *g)
{
    for (int i = 0; i < g->process_count; i++)
        if (g->processes[i].owner.n && !str_is(g->processes[i].owner,
                                               "matters"))
            return false;
    return true;
}

/* ERR_NOTFOUND when it is not in force, or is another's. */
static enum err graph_of(struct tx *tx, str key, int64_t *def,
                         const struct process_graph **g)
{
    enum err e = process_graph_live(tx, key, def, g);
    if (e == OK && !is_ours(process_bpmn(*g))) {
        process_let_go(*g);
        e = ERR_NOTFOUND;
    }
    return e;
}

enum err matter_start(struct tx *tx, const struct matter_start *m,
                      struct matter_started *out)
{
    struct process_answer answer;
    struct process_view v;
    const struct process_graph *ours;
    int64_t def;
    struct clock_limit limit;
    day due;
    *out = (struct matter_started){ .problem = str_none };
    enum err e = graph_of(tx, m->key, &def, &ours);
    if (e == ERR_NOTFOUND)
        out->problem = STR("没有部署这个流程，请从列表中选择。");
    if (e != OK)
        return e;
    limit = matter_limit(process_bpmn(ours));
    process_let_go(ours);
    int days = m->days ? m->days : matter_days(&limit);
    e = matter_due_of(tx, &limit, days, &due, &out->problem);
    if (e == OK)
        e = next_number(tx, &out->number);
    if (e != OK)
        return e;
    struct process_start s = {
        .context = m, .key = m->key, .number = out->number,
        .module = STR("matters"), .title = m->title, .unit = m->unit,
        .applicant = m->applicant, .due = due, .data = m->data,
        .once = m->once,
    };
    e = process_start(tx, &s, &answer);
    if (e != OK) {
        out->problem = answer.problem;
        return e;
    }
    out->id = answer.id;
    out->task = answer.task;
    e = process_open(tx, answer.id, &v);
    if (e != OK)
        return e;
    struct matter_kind kind;
    bool later = matter_begins_late(process_bpmn(v.graph));
    e = matter_kind(tx, v.def, &kind);
    process_close(&v);
    if (e != OK)
        return e;
    e = matter_add(tx, answer.id, out->number, m->key, kind.title, m->title,
                   m->content, m->unit, m->urgent, tx->who->account,
                   tx->who->name, tx->now, s.due);
    if (e == OK)
        e = matter_words(tx, answer.id, out->number, kind.title, m->title,
                         m->content);
    if (e == OK && !later)
        e = matter_clocks_start(tx, &limit, out->number, m->unit,
                                tx->who->name, days);
    return e == OK ? matter_follow(tx, answer.id) : e;
}

/* ---- one that another calls ---- */

/* What the called process says of itself: its limit, and whether the count
 * begins with one of its steps. */
static enum err limit_of_child(struct tx *tx, int64_t def,
                               struct clock_limit *limit, bool *later)
{
    const struct process_graph *g;
    enum err e = process_graph(tx, def, &g);
    if (e != OK)
        return e;
    *limit = matter_limit(process_bpmn(g));
    *later = matter_begins_late(process_bpmn(g));
    process_let_go(g);
    return OK;
}

/* A count that begins with a step is begun when the child's rows are there. */
static enum err clocks_of_child(struct tx *tx, const struct process_start *s,
                                const struct clock_limit *limit, bool later,
                                str holder)
{
    struct value *payload = value_new(tx->arena, VALUE_OBJECT);
    if (!later)
        return matter_clocks_start(tx, limit, s->number, s->unit, holder,
                                   matter_days(limit));
    value_add(payload, STR("module"), value_text(tx->arena, STR("matters")));
    return flow_signal(tx, "process.moved", s->number, payload);
}

/* A matter that calls with its first step has no row yet. */
static enum err whole_of(struct tx *tx, const struct process_call *call,
                                struct matter_one *out)
{
    const struct matter_start *m = call->context;
    enum err e = matter_one(tx, call->parent->number, out);
    if (e != ERR_NOTFOUND || m == NULL)
        return e;
    *out = (struct matter_one){ .title = m->title, .urgent = m->urgent,
                                .number = call->parent->number };
    return OK;
}

/* The child is promised by its own process's rules, from today; the whole has
 * its own clock, which nothing here changes. */
static enum err called(struct tx *tx, const struct process_call *call,
                       struct process_start *child)
{
    struct matter_one above;
    struct clock_limit limit;
    bool later = false;
    str problem = str_none;
    enum err e = whole_of(tx, call, &above);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    e = limit_of_child(tx, child->def, &limit, &later);
    if (e == OK)
        e = matter_due_of(tx, &limit, matter_days(&limit), &child->due,
                          &problem);
    if (e != OK)
        return e;
    str kind = child->title, who = tx->who->account ? tx->who->name
                                                    : STR("系统");
    child->id = store_id(tx->store);
    child->title = above.title;
    e = matter_add(tx, child->id, child->number, call->key, kind, child->title,
                   arena_printf(tx->arena, "上级事项 %.*s",
                                STR_ARG(above.number)),
                   child->unit, above.urgent, tx->who->account, who, tx->now,
                   child->due);
    return e == OK ? clocks_of_child(tx, child, &limit, later, who) : e;
}

const struct process_owner matters_cases = { .module = "matters",
                                             .calls = called };

/* ---- pages ---- */

enum err matter_new_show(struct request *rq, struct tx *tx)
{
    struct matter_processes *p;
    struct view *v = rq_view(rq);
    size_t n;
    rq_menu(rq, "matters");
    enum err e = matter_processes(tx, &p, &n);
    struct value *list = view_list(v, "processes");
    for (size_t i = 0; i < n && e == OK; i++) {
        const struct process_graph *g;
        int64_t def;
        e = graph_of(tx, p[i].key, &def, &g);
        if (e == ERR_NOTFOUND) {
            e = OK;
            continue;
        }
        if (e != OK)
            break;
        process_let_go(g);
        struct view row = view_row(v, list);
        view_text(&row, "key", p[i].key);
        view_text(&row, "title", p[i].title);
        view_int(&row, "version", p[i].version);
    }
    return e;
}

static enum err graph_of_path(struct request *rq, struct tx *tx, int64_t *def,
                              const struct process_graph **g)
{
    enum err e = graph_of(tx, rq_path(rq, "key"), def, g);
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "没有部署这个流程，请从列表中选择。")
               : e;
}

static str limit_hint(struct arena *a, const struct clock_limit *l)
{
    return l->rule ? arena_printf(
                         a, "不超过法定的 %.*s（%.*s）。",
                         STR_ARG(clock_units_text(a, l->unit, l->n)),
                         STR_ARG(matter_law(a, l->rule)))
                   : STR("从明天起算，周末和法定节假日不计。");
}

/* What its start asks. */
static int start_asks(const struct bpmn *g, struct arena *a,
                      struct bpmn_question *out)
{
    int n;
    const int *children = bpmn_children(g, 0, -1, &n);
    for (int i = 0; i < n; i++)
        if (g->nodes[children[i]].kind == BPMN_START &&
            g->nodes[children[i]].asks.n)
            return matter_questions(g, children[i], a, out);
    return 0;
}

static enum err show_form(struct request *rq, struct tx *tx,
                          const struct clock_limit *l,
                          const struct bpmn_question *q, int n)
{
    struct arena *a = rq_view(rq)->arena;
    struct value *list = view_list(rq_view(rq), "fields");
    rq_ask(rq, list, (struct page_field){ .name = "title", .type = "text",
                                             .label = STR("事项名称") });
    rq_ask(rq, list, (struct page_field){
                            .name = "content", .type = "lines",
                            .label = STR("内容"), .optional = true,
                            .hint = STR("来件人的诉求、来文的要点等。") });
    enum err e = matter_ask_fields(rq, tx, list, q, n);
    rq_ask(rq, list, (struct page_field){
                            .name = "days", .type = "int",
                            .label = STR("办结期限"),
                            .value = arena_printf(a, "%d", matter_days(l)),
                            .hint = limit_hint(a, l),
                            .suffix = STR("个工作日") });
    rq_ask(rq, list, (struct page_field){ .name = "urgent", .type = "flag",
                                             .label = STR("加急") });
    return e;
}

enum err matter_start_show(struct request *rq, struct tx *tx)
{
    const struct process_graph *shared;
    struct matter_kind kind;
    int64_t def;
    struct view *v = rq_view(rq);
    struct arena *a = v->arena;
    struct buf drawing = { 0 }, outline = { 0 };
    enum err e = graph_of_path(rq, tx, &def, &shared);
    if (e != OK)
        return e;
    const struct bpmn *g = process_bpmn(shared);
    rq_menu(rq, "matters");
    view_text(v, "key", rq_path(rq, "key"));
    bpmn_draw(g, NULL, &drawing);
    bpmn_list(g, NULL, &outline);
    struct clock_limit limit = matter_limit(g);
    struct bpmn_question q[BPMN_QUESTIONS];
    int asked = start_asks(g, a, q);
    process_let_go(shared);
    e = matter_kind(tx, def, &kind);
    if (e == OK)
        view_text(v, "title", kind.title);
    view_value(v, "drawing", page_html(a, arena_str(a, buf_str(&drawing))));
    view_value(v, "outline", page_html(a, arena_str(a, buf_str(&outline))));
    buf_free(&drawing);
    buf_free(&outline);
    return e == OK ? show_form(rq, tx, &limit, q, asked) : e;
}

enum err matter_start_post(struct request *rq, struct tx *tx)
{
    struct matter_started started;
    struct bpmn_question q[BPMN_QUESTIONS];
    const struct process_graph *shared;
    struct value *data;
    int64_t def;
    enum err e = graph_of_path(rq, tx, &def, &shared);
    if (e != OK)
        return e;
    int asked = start_asks(process_bpmn(shared), tx->arena, q);
    process_let_go(shared);
    e = matter_answers(rq, tx, q, asked, &data);
    if (e != OK)
        return e;
    struct matter_start m = {
        .data = asked ? data : NULL,
        .key = rq_path(rq, "key"), .title = rq_text(rq, "title"),
        .content = rq_text(rq, "content"), .unit = tx->who->unit,
        .days = (int)rq_int(rq, "days", MATTER_DAYS),
        .urgent = rq_flag(rq, "urgent"),
    };
    e = matter_start(tx, &m, &started);
    if (e != OK)
        return started.problem.n ? rq_fail_str(rq, e, started.problem) : e;
    view_text(rq_view(rq), "number", started.number);
    view_int(rq_view(rq), "task", started.task);
    rq_flash(rq, "ok", arena_printf(tx->arena, "已发起，编号 %.*s。",
                                    STR_ARG(started.number)));
    return rq_see_other(rq, "/matters/%.*s", STR_ARG(started.number));
}
