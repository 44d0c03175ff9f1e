/*
 * One matter as its pages need it: what people wrote, the running case, who has
 * what, what was done, and what the person at the page holds.  Seven queries,
 * however much there is; the page asks two more for what it called and by whom.
 */
#include "matters/inside.h"

const struct matter_tasks *matter_task(const struct matter *m, int64_t task)
{
    for (size_t i = 0; i < m->tasks; i++)
        if (m->task[i].task == task)
            return &m->task[i];
    return NULL;
}

bool matter_on_my_desk(const struct matter *m, const struct tx *tx,
                       const struct matter_tasks *t)
{
    int64_t me = tx->who->account;
    if (me == 0 || str_is(t->state, "work"))
        return false;
    if (t->assignee == me || t->offered)
        return true;
    for (size_t i = 0; i < m->duties; i++) {
        const struct auth_duty *d = &m->duty[i];
        if (t->assignee == INT_NONE
                ? str_eq(d->unit, t->unit) && str_eq(d->duty, t->duty)
                : d->stands_for && d->stands_for == t->assignee)
            return true;
    }
    return false;
}

bool matter_leads(const struct tx *tx, str unit)
{
    return str_is(tx->who->role, "leader") && str_eq(tx->who->unit, unit);
}

int matter_node(const struct matter *m, int64_t task)
{
    const struct matter_tasks *t = matter_task(m, task);
    return t ? bpmn_node_of(m->g, t->node) : -1;
}

int64_t matter_my_last(const struct matter *m, const struct tx *tx)
{
    for (size_t i = m->facts; i > 0; i--)
        if (str_is(m->fact[i - 1].verb, "complete") &&
            m->fact[i - 1].actor == tx->who->account)
            return m->fact[i - 1].task;
    return 0;
}

int matter_asks(struct tx *tx, const struct matter *m, int64_t task,
                struct bpmn_question *out)
{
    int node = matter_node(m, task);
    int n = node < 0 ? 0 : matter_questions(m->g, node, tx->arena, out);
    for (int i = 0; i < n; i++) {
        const struct value *v = flow_variable(m->v.flow, out[i].name);
        bool text = out[i].kind == BPMN_ASK_LINE ||
                    out[i].kind == BPMN_ASK_TEXT ||
                    out[i].kind == BPMN_ASK_DAY;
        if (text && v && v->kind == VALUE_TEXT)
            out[i].known = arena_str(tx->arena, v->text);
    }
    return n;
}

/* His own, his organisation's, on his desk, or through his hands. */
static bool may_see(const struct matter *m, const struct tx *tx)
{
    int64_t me = tx->who->account;
    if (auth_in_scope(tx->who, m->row.unit) || m->row.starter == me ||
        m->v.applicant == me)
        return true;
    for (size_t i = 0; i < m->tasks; i++)
        if (matter_on_my_desk(m, tx, &m->task[i]) ||
            matter_leads(tx, m->task[i].unit))
            return true;
    for (size_t i = 0; i < m->facts; i++)
        if (m->fact[i].actor == me)
            return true;
    return false;
}

enum err matter_load(struct request *rq, struct tx *tx, struct matter *m)
{
    str number = rq_path(rq, "number");
    enum err e = matter_one(tx, number, &m->row);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个事项编号，请核对。");
    if (e == OK)
        e = matter_tasks(tx, m->row.id, tx->who->account, tx_today(tx),
                         &m->task, &m->tasks);
    if (e == OK)
        e = process_history(tx, number, &m->fact, &m->facts);
    if (e == OK)
        e = auth_duties(tx, tx->who->account, &m->duty, &m->duties);
    if (e == OK)
        e = matter_clocks(tx, number, &m->clocks);
    if (e == OK)
        e = process_open_number(tx, number, &m->v);
    if (e != OK)
        return e;
    m->g = process_bpmn(m->v.graph);
    if (may_see(m, tx))
        return OK;
    process_close(&m->v);
    return rq_fail_str(rq, ERR_DENIED,
                       arena_printf(tx->arena, "这一件由%.*s办理，您没有查看"
                                    "的权限。", STR_ARG(m->row.unit_name)));
}

/* ---- words ---- */

str matter_step_name(struct tx *tx, int64_t def, str node)
{
    const struct process_graph *shared;
    if (process_graph(tx, def, &shared) != OK)
        return node;
    const struct bpmn *g = process_bpmn(shared);
    int i = bpmn_node_of(g, node);
    str name = i >= 0 && g->nodes[i].name.n
                   ? arena_str(tx->arena, g->nodes[i].name)
                   : node;
    process_let_go(shared);
    return name;
}

void matter_show_state(struct view *v, const char *name, str state)
{
    static const struct { const char *state, *text, *tone, *icon; } words[] = {
        { "running", "办理中", "info", "circle-dot" },
        { "held", "已挂起", "hold", "pause" },
        { "stuck", "出现异常", "bad", "triangle-alert" },
        { "done", "已办结", "ok", "circle-check" },
        { "failed", "出错终止", "bad", "circle-x" },
        { "stopped", "已撤销", "", "undo-2" },
        { "refused", "已驳回", "bad", "circle-x" },
        { "archived", "已归档", "", "folder-open" },
    };
    struct view tag = view_object(v, name);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_is(state, words[i].state))
            continue;
        view_text(&tag, "text", str_of(words[i].text));
        view_text(&tag, "tone", str_of(words[i].tone));
        view_text(&tag, "icon", str_of(words[i].icon));
    }
}

str matter_left(struct tx *tx, day due, const char **look)
{
    day today = tx_today(tx);
    if (due.n >= PROCESS_NO_DUE.n) {
        *look = "";
        return STR("时限不计");
    }
    int left = calendar_working_between(tx->calendar, today, due);
    *look = due.n < today.n ? "row-bad" : left <= 1 ? "row-warn" : "";
    if (due.n < today.n)
        return arena_printf(tx->arena, "超期 %d 个工作日",
                            calendar_working_between(tx->calendar, due,
                                                     today));
    return left == 0 ? STR("今天到期")
                     : arena_printf(tx->arena, "剩 %d 个工作日", left);
}
