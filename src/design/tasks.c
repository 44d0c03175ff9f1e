/*
 * Who does a task, by when, on which form, by which table: attached by plain
 * form fields, so that nobody must type XML.
 *
 * Saving makes a new draft in which only these attributes differ: they are set
 * in the document itself, which is otherwise written as it was read.
 */
#include "design/pages.h"

#include "design/show.h"
#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/flow/ask.h"
#include "kernel/page/page.h"

enum {
    TASKS = 100,        /* of one page: a form has 512 inputs */
    LONGEST = 100,      /* letters of an attribute */
    ASKED = 500,        /* letters of what a step asks */
    KEYS = 50,
};

static const struct {
    const char *name;   /* in the document and of the input */
    const char *words;
} attributes[] = {
    { "post", "岗位" }, { "clock", "时限" }, { "form", "表单" },
    { "decisionRef", "决策表" }, { "asks", "还要填写" },
};
enum { ATTRIBUTES = 5, DECISION = 3, ASKS = 4 };

static str current(const struct bpmn_node *n, int i)
{
    str s = i == 0          ? n->post
            : i == 1        ? n->clock
            : i == 2        ? n->form
            : i == DECISION ? n->decision
                            : n->asks;
    return str_is_none(s) ? STR("") : s;
}

/* Whoever begins a process may be asked too. */
static bool is_task(const struct bpmn_node *n)
{
    return n->kind == BPMN_USER || n->kind == BPMN_RULE ||
           (n->kind == BPMN_START && n->parent < 0 && n->event_count == 0);
}

/* A rule task has a table and nothing else, a start what it asks; a person's
 * task has the rest. */
static bool has(const struct bpmn_node *n, int i)
{
    if (n->kind == BPMN_START)
        return i == ASKS;
    return (n->kind == BPMN_RULE) == (i == DECISION);
}

static str input_name(struct arena *a, int node, int i)
{
    return arena_printf(a, "%s-%d", attributes[i].name, node);
}

static str typed(struct request *rq, str name)
{
    const struct value *v = value_get(rq_inputs(rq), name);
    return v && v->kind == VALUE_TEXT ? str_trim(v->text) : str_none;
}

/* ---- the page ---- */

static void show_field(struct request *rq, struct view *row,
                       struct value *list, const struct bpmn_node *n, int node,
                       int i)
{
    str name = input_name(row->arena, node, i), given = typed(rq, name);
    struct view f = view_row(row, list);
    str error = STR("");
    rq_problem(rq, arena_cstr(row->arena, name), &error);
    view_text(&f, "name", name);
    view_text(&f, "label", str_of(attributes[i].words));
    view_text(&f, "value", str_is_none(given)
                               ? design_copy(row->arena, current(n, i))
                               : given);
    view_text(&f, "error", error);
    view_text(&f, "list", i == ASKS ? STR("") : str_of(attributes[i].name));
}

static void show_tasks(struct request *rq, const struct bpmn *g)
{
    struct view *v = rq_view(rq);
    struct value *tasks = view_list(v, "tasks");
    int64_t more = 0;
    for (int i = 0; i < g->node_count; i++) {
        const struct bpmn_node *n = &g->nodes[i];
        if (!is_task(n))
            continue;
        if (tasks->count == TASKS) {
            more++;
            continue;
        }
        struct view row = view_row(v, tasks);
        view_text(&row, "id", design_copy(v->arena, n->id));
        view_text(&row, "name", design_copy(v->arena,
                                            n->name.n ? n->name : n->id));
        view_text(&row, "kind", bpmn_kind_name(g, BPMN_A_NODE, i));
        struct value *fields = view_list(&row, "fields");
        for (int k = 0; k < ATTRIBUTES; k++)
            if (has(n, k))
                show_field(rq, &row, fields, n, i, k);
    }
    design_show_rest(v, "unshown", more);
}

static void suggest(struct view *v, struct value *list, str value, str label)
{
    struct view row = view_row(v, list);
    view_text(&row, "value", value);
    view_text(&row, "label", label);
}

static enum err suggest_keys(struct view *v, struct tx *tx, const char *name,
                             const struct design_kind *k)
{
    struct design_list *d;
    size_t n;
    struct value *list = view_list(v, name);
    enum err e = design_list(tx, str_of(k->code), STR(""), &d, &n);
    for (size_t i = 0; e == OK && i < n && i < KEYS; i++)
        if (d[i].live != INT_NONE)
            suggest(v, list, d[i].key, d[i].title);
    return e;
}

/* What can be filled in: suggestions of the browser and a list to read. */
static enum err show_choices(struct view *v, struct tx *tx)
{
    struct design_duties *d;
    size_t n;
    const struct clock_rules *rules = clock_rules_builtin();
    struct value *clocks = view_list(v, "clocks");
    suggest(v, clocks, STR("working-days:5"), STR("五个工作日（数字可以改）"));
    suggest(v, clocks, STR("natural-days:10"), STR("十个自然日（数字可以改）"));
    for (size_t i = 0; i < rules->count; i++)
        suggest(v, clocks, rules->rule[i].id,
                arena_printf(v->arena, "%.*s，《%.*s》%.*s",
                             STR_ARG(rules->rule[i].name),
                             STR_ARG(rules->rule[i].law),
                             STR_ARG(rules->rule[i].article)));
    enum err e = design_duties(tx, tx_today(tx), &d, &n);
    struct value *posts = view_list(v, "posts");
    for (size_t i = 0; e == OK && i < n; i++)
        suggest(v, posts, d[i].duty,
                arena_printf(v->arena, "今天 %lld 人在岗",
                             (long long)d[i].holders));
    if (e == OK)
        e = suggest_keys(v, tx, "forms", &design_form);
    if (e == OK)
        e = suggest_keys(v, tx, "tables", &design_table);
    return e;
}

enum err process_tasks(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct design_one d;
    struct design_report r;
    enum err e = design_load_process(rq, tx, &d, &r);
    if (e != OK)
        return e;
    design_show_head(rq, &design_process, &d);
    show_tasks(rq, r.graph);
    e = show_choices(v, tx);
    view_text(v, "note", rq_text(rq, "note"));
    design_report_free(&r);
    return e;
}

/* ---- saving ---- */

static enum err complain(struct request *rq, str name, str sentence)
{
    return rq_fail_field(rq, ERR_INPUT,
                         arena_cstr(rq_view(rq)->arena, name), sentence);
}

/* working-days:N, natural-days:N, or the name of a limit. */
static bool clock_ok(str s)
{
    int64_t days;
    if (str_starts(s, STR("working-days:")) ||
        str_starts(s, STR("natural-days:")))
        return str_int(str_slice(s, 13, s.n), &days) && days >= 1 &&
               days <= 999;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ')
            return false;
    return true;
}

static enum err check_asks(struct request *rq, str name, str value)
{
    struct arena *a = rq_view(rq)->arena;
    struct bpmn_question q;
    str problem;
    int n = 0;
    if (utf8_count(value) > ASKED)
        return complain(rq, name, STR("最多 500 个字，请缩短"));
    while (bpmn_asks_next(&value, &q, &problem)) {
        if (!str_is_none(problem))
            return complain(rq, name, arena_printf(a, "“%.*s”：%.*s",
                                                   STR_ARG(q.name),
                                                   STR_ARG(problem)));
        n++;
    }
    return n <= BPMN_QUESTIONS
               ? OK
               : complain(rq, name, STR("一步最多问 12 样，请分到几步去问"));
}

static enum err check(struct request *rq, str name, str value, int i)
{
    if (i == ASKS)
        return check_asks(rq, name, value);
    if (utf8_count(value) > LONGEST)
        return complain(rq, name, STR("最多 100 个字，请缩短"));
    if (i == 1 && !clock_ok(value))
        return complain(rq, name, STR("时限应写成 working-days:5（1 到 999 个"
                                      "工作日）、natural-days:10（自然日）或者"
                                      "时限的名称，中间没有空格"));
    return OK;
}

static enum err set_all(struct request *rq, struct tx *tx, struct bpmn *g,
                        int *changed)
{
    enum err e = OK;
    for (int i = 0; i < g->node_count; i++)
        for (int k = 0; k < ATTRIBUTES && is_task(&g->nodes[i]); k++) {
            const struct bpmn_node *n = &g->nodes[i];
            str name = input_name(tx->arena, i, k), value = typed(rq, name);
            if (!has(n, k) || str_is_none(value) ||
                str_eq(value, current(n, k)))
                continue;
            enum err wrong = check(rq, name, value, k);
            if (wrong == OK)
                wrong = bpmn_set(g, n->id, attributes[k].name, value);
            e = wrong != OK ? wrong : e;
            ++*changed;
        }
    return e;
}

enum err process_tasks_before(struct request *rq, struct tx *tx)
{
    struct design_one d;
    struct design_report r;
    struct buf out = { 0 };
    int changed = 0;
    enum err e = design_load_process(rq, tx, &d, &r);
    if (e != OK)
        return e;
    e = set_all(rq, tx, r.graph, &changed);
    bpmn_export(r.graph, &out);
    str xml = changed ? arena_str(tx->arena, buf_str(&out)) : d.xml;
    buf_free(&out);
    design_report_free(&r);
    return e == OK ? design_prepare(rq, tx, &design_process,
                                    rq_path(rq, "key"), xml, d.title, "note")
                   : e;
}
