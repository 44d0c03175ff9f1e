/*
 * A matter: where it stands as a picture and as a list, who has what, what may
 * be done now, what is known, what happened.
 */
#include "matters/pages.h"

#include "matters/inside.h"
#include "matters/verbs.h"

/* Opening is a fact the engine must know: what somebody has looked at cannot be
 * withdrawn any more. */
static enum err note_opened(struct tx *tx, int64_t id, int64_t task)
{
    struct process_answer answer;
    struct process_do d = { .id = id, .command = { .verb = FLOW_OPEN,
                                                   .task = task } };
    enum err e = process_do(tx, &d, &answer);
    return e == ERR_STORE || e == ERR_BUSY ? e : OK;
}

static str name_of(const struct matter *m, struct arena *a, str node)
{
    int i = bpmn_node_of(m->g, node);
    return i >= 0 && m->g->nodes[i].name.n ? arena_str(a, m->g->nodes[i].name)
                                           : node;
}

/* ---- what may be done ---- */

static void verb_link(struct view *v, struct value *list,
                      const struct matter *m, const struct matter_verb *verb,
                      int64_t task)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(verb->label));
    view_text(&row, "look", verb->verb == FLOW_COMPLETE ? STR("")
                            : verb->grave               ? STR("btn-bad")
                                                        : STR("btn-2"));
    view_text(&row, "href",
              arena_printf(v->arena, "/matters/%.*s/%s?task=%lld",
                           STR_ARG(m->row.number), verb->code,
                           (long long)task));
}

static void show_verbs(struct view *v, struct tx *tx, const struct matter *m,
                       const char *name, int64_t task, bool of_task)
{
    struct value *list = view_list(v, name);
    for (const struct matter_verb *verb = matter_verbs; verb->code; verb++) {
        bool mine = verb->scope == OF_TASK || verb->scope == OF_SIGNER;
        int64_t about = verb->scope == OF_OWN_PAST ? matter_my_last(m, tx)
                        : of_task                  ? task
                                                   : 0;
        str why;
        if (mine == of_task && matter_may(tx, m, verb, about, &why))
            verb_link(v, list, m, verb, about);
    }
}

/* ---- who has what ---- */

static enum err holders(struct tx *tx, const struct matter_tasks *t, str *out)
{
    struct matter_held *h;
    struct buf b = { 0 };
    size_t n;
    enum err e = matter_held(tx, t->unit, t->duty, tx_today(tx), &h, &n);
    for (size_t i = 0; i < n && i < 3 && e == OK; i++)
        buf_printf(&b, "%s%.*s%s", i ? "、" : "", STR_ARG(h[i].name),
                   str_is_none(h[i].stands_for_name) ? "" : "（代理）");
    if (n > 3)
        buf_printf(&b, "等 %zu 人", n);
    *out = n ? arena_str(tx->arena, buf_str(&b))
             : STR("这个岗位现在没有人，请负责人指派");
    buf_free(&b);
    return e;
}

/* 3 个工作日，至 11月25日，剩 2 个工作日; "" when the step has no limit. */
static str limit_of(struct tx *tx, const struct matter *m,
                    const struct matter_tasks *t)
{
    char text[DAY_TEXT];
    const char *look;
    struct clock_limit l;
    int node = bpmn_node_of(m->g, t->node);
    if (str_is_none(t->limit_ref) || node < 0 ||
        !process_limit(&m->g->nodes[node], &l))
        return STR("");
    str n = clock_units_text(tx->arena, l.unit, l.n);
    str left = matter_left(tx, t->due, &look);
    return t->due.n >= PROCESS_NO_DUE.n
               ? arena_printf(tx->arena, "%.*s，%.*s", STR_ARG(n),
                              STR_ARG(left))
               : arena_printf(tx->arena, "%.*s，至 %.*s，%.*s", STR_ARG(n),
                              STR_ARG(day_text(t->due, text)), STR_ARG(left));
}

static enum err show_task(struct view *v, struct value *list, struct tx *tx,
                          const struct matter *m, const struct matter_tasks *t,
                          bool *asked)
{
    struct view row = view_row(v, list);
    str who = t->assignee_name;
    enum err e = OK;
    if (t->assignee != INT_NONE && str_is_none(who))
        who = t->assignee == m->v.applicant ? STR("申请人") : STR("—");
    if (t->assignee == INT_NONE && str_is(t->state, "work")) {
        who = STR("外部系统");
    } else if (t->assignee == INT_NONE && t->candidates.n) {
        who = STR("其中一位，签收后由他办理");
    } else if (t->assignee == INT_NONE && !*asked) {
        e = holders(tx, t, &who); /* of the first; others say their duty */
        *asked = true;
    } else if (t->assignee == INT_NONE) {
        who = STR("岗位上的人");
    }
    view_int(&row, "task", t->task);
    view_text(&row, "step", t->name);
    view_text(&row, "unit_name", t->unit_name);
    view_text(&row, "duty", t->candidates.n && t->assignee == INT_NONE
                                ? t->candidates : t->duty);
    view_text(&row, "who", who);
    view_text(&row, "limit", limit_of(tx, m, t));
    view_text(&row, "stage", str_is(t->state, "held") ? STR("等前一位签署")
                             : str_is(t->state, "work")
                                 ? STR("等外部系统")
                             : t->assignee == INT_NONE ? STR("待签收")
                             : t->opened ? STR("办理中") : STR("未打开"));
    view_inst_short(&row, "made", t->made);
    show_verbs(&row, tx, m, "verbs", t->task, true);
    return e;
}

static enum err show_tasks(struct view *v, struct tx *tx,
                           const struct matter *m)
{
    struct value *list = view_list(v, "tasks");
    bool asked = false;
    enum err e = OK;
    for (size_t i = 0; i < m->tasks && i < 50 && e == OK; i++) {
        const struct matter_tasks *t = &m->task[i];
        e = show_task(v, list, tx, m, t, &asked);
        if (matter_on_my_desk(m, tx, t) && !t->opened)
            store_later(tx, note_opened, m->row.id, t->task);
    }
    return e;
}

/* ---- what is known ---- */

/* A choice of the default way is the name of its edge. */
static str text_of(struct arena *a, const struct bpmn *g,
                   const struct value *v)
{
    struct buf b = { 0 };
    if (v->kind == VALUE_TEXT) {
        struct bpmn_found f = bpmn_find(g, v->text);
        return f.what == BPMN_AN_EDGE && g->edges[f.index].name.n
                   ? arena_str(a, g->edges[f.index].name)
                   : v->text;
    }
    if (v->kind == VALUE_BOOL)
        return v->i ? STR("是") : STR("否");
    value_write_json(v, &b);
    str text = arena_str(a, utf8_head(buf_str(&b), 300));
    buf_free(&b);
    return text;
}

/* The organisation a step is for, by its name. */
static str unit_named(struct tx *tx, const struct matter *m,
                      const struct value *x)
{
    struct auth_unit unit;
    bool named = false;
    for (int i = 0; i < m->g->node_count && !named; i++)
        named = str_eq(m->g->nodes[i].unit, x->key);
    return named && x->kind == VALUE_TEXT &&
                   auth_unit(tx, x->text, &unit) == OK
               ? unit.short_name : str_none;
}

/* Of an object, handed back by a worker for the drawing, nobody reads. */
static bool shown(const struct value *x)
{
    return x->kind != VALUE_OBJECT &&
           !(x->kind == VALUE_TEXT && x->text.n == 0);
}

static void show_data(struct view *v, struct tx *tx, const struct matter *m)
{
    struct value *list = view_list(v, "facts");
    const struct flow_case *c = m->v.flow;
    for (int i = 0; i < c->scope_count && list->count < 60; i++) {
        if (c->scopes[i].kind != FLOW_ROOT || c->scopes[i].vars == NULL)
            continue;
        for (const struct value *x = c->scopes[i].vars->first;
             x && list->count < 60; x = x->next) {
            if (!shown(x))
                continue;
            struct view row = view_row(v, list);
            str unit = unit_named(tx, m, x);
            view_text(&row, "label", matter_label(x->key));
            view_text(&row, "text", str_is_none(unit)
                                        ? text_of(v->arena, m->g, x) : unit);
        }
    }
}

/* ---- what happened ---- */

static const char *icon_of(str verb)
{
    static const struct { const char *verb, *icon; } icons[] = {
        { "start", "file-plus" }, { "complete", "check" },
        { "return", "corner-up-left" }, { "withdraw", "undo-2" },
        { "reject", "circle-x" }, { "cancel", "ban" },
        { "stuck", "triangle-alert" },
        { "suspend", "pause" }, { "transfer", "forward" },
        { "delegate", "forward" }, { "add", "plus" }, { "remove", "minus" },
        { "time", "timer" }, { "message", "mail" },
        { "claim", "clipboard-check" },
    };
    for (size_t i = 0; i < sizeof icons / sizeof *icons; i++)
        if (str_is(verb, icons[i].verb))
            return icons[i].icon;
    return "circle-dot";
}

static str said(struct arena *a, const struct matter *m,
                const struct process_fact *f)
{
    str reason = value_get_text(f->detail, STR("reason"));
    str verb = process_verb_name(f->verb);
    str name = value_get_text(f->detail, STR("name"));
    const struct value *data = value_get(f->detail, STR("data"));
    int64_t more = data ? value_get_int(data, STR("extension"), 0) : 0;
    struct buf b = { 0 };
    if (str_is(f->verb, "suspend") && !str_is_none(name) && name.n)
        buf_printf(&b, "特别程序“%.*s”开始，时限暂停", STR_ARG(name));
    else if (str_is(f->verb, "set") && more > 0)
        buf_printf(&b, "延期 %lld 个工作日", (long long)more);
    else
        buf_put(&b, verb);
    if (f->node.n)
        buf_printf(&b, "“%.*s”", STR_ARG(name_of(m, a, f->node)));
    str to = value_get_text(f->detail, STR("element"));
    if (!str_is_none(to) && to.n)
        buf_printf(&b, "到“%.*s”", STR_ARG(name_of(m, a, to)));
    if (!str_is_none(reason) && reason.n)
        buf_printf(&b, "：%.*s", STR_ARG(reason));
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static void show_history(struct view *v, const struct matter *m)
{
    struct value *list = view_list(v, "events");
    for (size_t i = m->facts; i > 0 && list->count < 200; i--) {
        const struct process_fact *f = &m->fact[i - 1];
        str law = value_get_text(f->detail, STR("law"));
        if (str_is(f->verb, "open"))
            continue;
        struct view row = view_row(v, list);
        view_inst(&row, "at", f->at);
        view_text(&row, "text", said(v->arena, m, f));
        view_text(&row, "verb", f->verb);
        view_text(&row, "actor", f->name);
        view_text(&row, "basis", str_is_none(law) ? STR("") : law);
        view_text(&row, "look", str_is(f->verb, "stuck") ? STR("late")
                                                         : STR("done"));
        view_text(&row, "icon", str_of(icon_of(f->verb)));
    }
}

/* ---- above and below ---- */

static enum err show_children(struct view *v, struct tx *tx,
                              const struct matter *m)
{
    struct matter_children *c;
    const char *look;
    size_t n;
    enum err e = matter_children(tx, m->row.id, &c, &n);
    if (e != OK || n == 0) {
        view_text(v, "called", str_none);
        return e;
    }
    struct view called = view_object(v, "called");
    struct value *list = view_list(&called, "rows");
    for (size_t i = 0; i < n && e == OK; i++) {
        struct view row = view_row(v, list);
        bool over = process_is_over(c[i].state) || !day_is_none(c[i].stopped);
        bool rests = day_is_none(c[i].due) || c[i].paused == 1;
        view_text(&row, "number", c[i].number);
        view_text(&row, "kind", c[i].kind);
        view_text(&row, "unit_name", c[i].unit_name);
        matter_show_state(&row, "state", c[i].state);
        view_day(&row, "until", rests ? day_none : c[i].due);
        view_text(&row, "left", over ? STR("")
                                : rests ? STR("时限不计")
                                        : matter_left(tx, c[i].due, &look));
    }
    return e;
}

/* What it opened, where it opens anything. */
static enum err show_grants(struct request *rq, struct tx *tx,
                            const struct matter *m)
{
    struct matter_grants *g;
    struct view *v = rq_view(rq);
    size_t n;
    struct value *list = view_list(v, "grants");
    enum err e = matter_grants(tx, m->row.number, tx_today(tx), &g, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", g[i].number);
        view_text(&row, "href", !rq_may(rq, "grants.look")
                                    ? STR("")
                                    : arena_printf(v->arena, "/grants/%.*s",
                                                   STR_ARG(g[i].number)));
        view_text(&row, "resource", g[i].resource);
        view_text(&row, "giver_name", g[i].giver_name);
        view_day(&row, "from_day", g[i].from_day);
        view_day(&row, "to_day", g[i].to_day);
        page_tag(&row, "state", str_is(g[i].state, "valid") ? STR("有效")
                                : str_is(g[i].state, "expired")
                                    ? STR("已到期") : STR("已收回"));
    }
    return e;
}

static enum err show_above(struct view *v, struct tx *tx,
                           const struct matter *m)
{
    struct matter_above above = { .number = STR("") };
    enum err e = m->v.parent ? matter_above(tx, m->row.id, &above) : OK;
    view_text(v, "above", above.number);
    return e == ERR_NOTFOUND ? OK : e;
}

/* ---- the picture ---- */

/* A step may be late while the whole is not. */
static void late_steps(const struct matter *m, day today, uint8_t *mark)
{
    for (size_t i = 0; i < m->tasks; i++) {
        int node = bpmn_node_of(m->g, m->task[i].node);
        if (node >= 0 && !str_is_none(m->task[i].limit_ref) &&
            m->task[i].due.n < today.n && mark[node] & BPMN_ACTIVE)
            mark[node] |= BPMN_OVERDUE;
    }
}

static enum err show_picture(struct view *v, struct tx *tx, struct matter *m)
{
    struct bpmn_marks marks;
    struct buf drawing = { 0 }, outline = { 0 };
    struct arena *a = v->arena;
    enum err e = process_path(tx, &m->v, &marks);
    if (e != OK)
        return e;
    if (m->row.due.n < tx_today(tx).n && !process_is_over(m->v.state)) {
        uint8_t *node = (uint8_t *)marks.node;
        for (int i = 0; i < m->g->node_count; i++)
            if (node[i] & BPMN_ACTIVE)
                node[i] |= BPMN_OVERDUE;
    }
    late_steps(m, tx_today(tx), (uint8_t *)marks.node);
    bpmn_draw(m->g, &marks, &drawing);
    bpmn_list(m->g, &marks, &outline);
    view_value(v, "drawing", page_html(a, arena_str(a, buf_str(&drawing))));
    view_value(v, "outline", page_html(a, arena_str(a, buf_str(&outline))));
    buf_free(&drawing);
    buf_free(&outline);
    return OK;
}

static void show_head(struct request *rq, struct tx *tx,
                      const struct matter *m)
{
    struct view *v = rq_view(rq);
    const char *look;
    rq_menu(rq, "matters");
    view_text(v, "number", m->row.number);
    view_text(v, "kind", m->row.kind);
    view_text(v, "title", m->row.title);
    view_text(v, "content", m->row.content);
    view_text(v, "unit_name", m->row.unit_name);
    view_text(v, "starter_name", m->row.starter_name);
    view_inst(v, "filed", m->row.filed);
    view_day(v, "due", m->row.due.n < PROCESS_NO_DUE.n ? m->row.due
                                                       : day_none);
    view_bool(v, "urgent", m->row.urgent);
    view_bool(v, "archived", m->v.archived);
    view_text(v, "left", process_is_over(m->v.state)
                             ? STR("")
                             : matter_left(tx, m->row.due, &look));
    view_int(v, "revision", m->v.revision);
    matter_show_state(v, "state", m->v.state);
}

enum err matter_show(struct request *rq, struct tx *tx)
{
    struct matter m;
    struct view *v = rq_view(rq);
    enum err e = matter_load(rq, tx, &m);
    if (e != OK)
        return e;
    show_head(rq, tx, &m);
    e = show_tasks(v, tx, &m);
    show_verbs(v, tx, &m, "verbs", 0, false);
    show_data(v, tx, &m);
    show_history(v, &m);
    if (e == OK)
        e = matter_show_clocks(tx, v, &m);
    if (e == OK)
        e = show_children(v, tx, &m);
    if (e == OK)
        e = show_grants(rq, tx, &m);
    if (e == OK)
        e = show_above(v, tx, &m);
    if (e == OK)
        e = show_picture(v, tx, &m);
    process_close(&m.v);
    return e;
}
