/*
 * A process tried with made-up answers.  It is a GET: nothing is kept, the
 * address holds the whole experiment and can be sent to a colleague.
 *
 * Decisions come from the tables in force -- "canyin/parts" is decision parts
 * of table canyin -- unless the answers the trial begins with have a member of
 * that name: then that is what the table says.
 */
#include "design/pages.h"

#include "design/show.h"
#include "design/trial.h"
#include "kernel/page/page.h"
#include "kernel/rules/dmn.h"

struct decider {
    struct tx *tx;
    const struct value *given;
};

static struct value *decide(void *context, str decision,
                            const struct value *variables, inst now,
                            struct arena *a, str *note)
{
    struct decider *d = context;
    const struct value *given = value_get(d->given, decision);
    struct design_live table;
    struct dmn_model *m;
    struct feel_notes notes = { 0 };
    struct value *out = NULL;
    str name = decision, key = str_cut(&name, '/');
    if (given)
        return (struct value *)given;
    *note = STR("没有部署这个决策表；可以先部署，或者在开始时的数据里写上它的"
                "结果");
    if (design_live(d->tx, STR("table"), key, &table) != OK)
        return NULL;
    struct dmn_source source = { .name = key, .xml = table.xml };
    if (dmn_load(a, &source, 1, &m, &notes) != OK)
        return NULL;
    if (str_is_none(name))
        name = dmn_main_decision(m, a, key);
    notes = (struct feel_notes){ 0 };
    enum err e = dmn_evaluate(m, name, variables, now, a, &out, &notes);
    *note = notes.first ? notes.first->text : STR("决策表里没有这个决策");
    return e == OK ? out : NULL;
}

/* ---- the page ---- */

static void show_processes(struct request *rq, const struct bpmn *g)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "processes");
    for (int i = 0; i < g->process_count && list->count < 50; i++) {
        const struct bpmn_process *p = &g->processes[i];
        if (p->child_count)
            page_option(v, list, design_copy(v->arena, p->id),
                        design_copy(v->arena, p->name.n ? p->name : p->id),
                        rq_text(rq, "process"));
    }
    view_bool(v, "choose", list->count > 1);
}

static void show_tasks(struct view *v, const struct bpmn *g)
{
    struct value *list = view_list(v, "tasks");
    for (int i = 0; i < g->node_count && list->count < 100; i++) {
        const struct bpmn_node *n = &g->nodes[i];
        if (n->kind != BPMN_USER && n->kind != BPMN_MANUAL &&
            !bpmn_calls_out(n))
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "id", design_copy(v->arena, n->id));
        view_text(&row, "name", design_copy(v->arena, n->name));
    }
}

/* Which answers the conditions on the way ask for. */
static void show_conditions(struct view *v, const struct bpmn *g)
{
    struct value *list = view_list(v, "conditions");
    for (int i = 0; i < g->edge_count && list->count < 100; i++) {
        const struct bpmn_edge *e = &g->edges[i];
        if (!e->has_condition)
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "name",
                  design_copy(v->arena, e->name.n ? e->name : e->id));
        view_text(&row, "text", design_copy(v->arena, str_trim(e->condition)));
    }
}

static const char *state_words(const char *state)
{
    str s = str_of(state);
    return str_is(s, "completed") ? "走到了终点。"
           : str_is(s, "waiting") ? "停下等待：还有任务、消息或者时间没有到。"
           : str_is(s, "error")   ? "出错结束。"
                                  : "停住了：有一步做不下去，原因见下表。";
}

static void show_path(struct view *v, const struct bpmn *g,
                      const struct trial *t)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "rows");
    for (int i = 0; i < t->rows; i++) {
        const struct trial_row *r = &t->row[i];
        struct view row = view_row(v, list);
        bool node = r->node >= 0;
        view_int(&row, "number", i + 1);
        view_text(&row, "what", str_of(r->what));
        view_text(&row, "element",
                  node ? design_copy(a, g->nodes[r->node].id) : STR(""));
        view_text(&row, "name",
                  node ? design_copy(a, g->nodes[r->node].name) : STR(""));
        view_text(&row, "kind", node ? bpmn_kind_name(g, BPMN_A_NODE, r->node)
                                     : STR(""));
        view_text(&row, "text", arena_str(a, r->text));
    }
    design_show_rest(v, "omitted", t->omitted);
}

static void show_open(struct view *v, const struct bpmn *g,
                      const struct trial *t)
{
    struct value *list = view_list(v, "open");
    for (int i = 0; i < t->opens && i < 50; i++) {
        const struct bpmn_node *n = &g->nodes[t->open[i]];
        struct view row = view_row(v, list);
        view_text(&row, "id", design_copy(v->arena, n->id));
        view_text(&row, "name", design_copy(v->arena, n->name));
    }
}

static void show_variables(struct view *v, const struct trial *t)
{
    enum { LONGEST = 2000 };
    struct value *list = view_list(v, "variables");
    const struct value *m = t->variables ? t->variables->first : NULL;
    for (; m && list->count < 200; m = m->next) {
        struct view row = view_row(v, list);
        view_text(&row, "label", arena_str(v->arena, m->key));
        view_text(&row, "text", utf8_head(design_json(v->arena, m), LONGEST));
    }
}

static void run(struct request *rq, struct tx *tx, const struct bpmn *g,
                const struct value *start)
{
    struct view *v = rq_view(rq);
    struct decider decider = { .tx = tx, .given = start };
    struct trial_plan plan = {
        .start = start, .process = rq_text(rq, "process"),
        .steps = rq_text(rq, "steps"), .now = tx->now,
        .by_itself = !str_is(rq_text(rq, "rest"), "wait"),
        .decide = decide, .context = &decider,
    };
    struct trial *t = ARENA_NEW(tx->arena, struct trial);
    trial_run(g, &plan, t);
    struct view out = view_object(v, "result");
    view_text(&out, "state", str_of(t->state));
    view_text(&out, "sentence", str_of(state_words(t->state)));
    view_text(&out, "problem", arena_str(tx->arena, t->problem));
    show_path(&out, g, t);
    show_open(&out, g, t);
    show_variables(&out, t);
    design_drawing(&out, "drawing", g, &t->marks);
    trial_free(t);
}

static void show_form(struct request *rq, const struct bpmn *g)
{
    struct view *v = rq_view(rq);
    view_text(v, "start", rq_text(rq, "start"));
    view_text(v, "steps", rq_text(rq, "steps"));
    view_bool(v, "waits", str_is(rq_text(rq, "rest"), "wait"));
    show_processes(rq, g);
    show_tasks(v, g);
    show_conditions(v, g);
}

/* What the engine cannot run at all is not even tried. */
static bool runnable(const struct bpmn *g, struct arena *a)
{
    struct bpmn_lint lint;
    bpmn_lint(g, inst_now(), a, &lint);
    return lint.unknown == 0;
}

enum err process_try(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct design_one d;
    struct design_report r;
    struct value *start;
    str problem = STR("");
    enum err e = design_load(rq, tx, &design_process, &d);
    if (e != OK)
        return e;
    if (design_check(&design_process, tx->arena, d.xml, &r, &problem) != OK)
        return rq_fail_str(rq, ERR_CONFLICT, problem);
    design_show_head(rq, &design_process, &d);
    show_form(rq, r.graph);
    bool can = runnable(r.graph, tx->arena);
    view_bool(v, "refused", !can);
    bool asked = rq_has(rq, "start") || rq_has(rq, "steps") ||
                 rq_has(rq, "rest");
    if (can && asked &&
        design_answers(tx->arena, rq_text(rq, "start"), &start, &problem) == OK)
        run(rq, tx, r.graph, start);
    else
        view_text(v, "result", str_none);
    view_text(v, "problem", problem);
    design_report_free(&r);
    return OK;
}
