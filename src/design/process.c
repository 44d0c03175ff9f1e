/* One version of a process: drawing, the same as a list, what is wrong. */
#include "design/pages.h"

#include "design/difference.h"
#include "design/show.h"
#include "kernel/clock/clock.h"
#include "kernel/flow/ask.h"
#include "kernel/page/page.h"
#include "kernel/process/process.h"

enum { NAME = 120 };

enum err design_load_process(struct request *rq, struct tx *tx,
                             struct design_one *d, struct design_report *r)
{
    str problem;
    enum err e = design_load(rq, tx, &design_process, d);
    if (e != OK)
        return e;
    e = design_check(&design_process, tx->arena, d->xml, r, &problem);
    return e == OK ? OK : rq_fail_str(rq, ERR_CONFLICT, problem);
}

/* Everybody a task is offered to: its posts and the people it names. */
static str post_of(struct arena *a, const struct bpmn_node *n)
{
    str posts = n->post.n ? n->post : n->groups.n ? n->groups : STR("");
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(posts),
                        posts.n && n->users.n ? "、" : "", STR_ARG(n->users));
}

/* 3 个工作日; else as it is written. */
static str limit_words(struct arena *a, const struct bpmn_node *n)
{
    struct clock_limit l;
    return n->clock.n && process_limit(n, &l)
               ? clock_units_text(a, l.unit, l.n) : design_copy(a, n->clock);
}

/* What whoever does it will have to fill in: the words of the drawing, else
 * the names. */
static str asked(struct arena *a, const struct bpmn *g, int node)
{
    struct bpmn_question *q = ARENA_NEW_N(a, struct bpmn_question,
                                          BPMN_QUESTIONS);
    struct buf b = { 0 };
    int n = g->nodes[node].kind == BPMN_USER
                ? bpmn_questions(g, node, a, q) : 0;
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%s%.*s", i ? "、" : "",
                   STR_ARG(q[i].label.n ? q[i].label : q[i].name));
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* What the drawing has no room for: who does it, by when, with which form. */
static void show_tasks(struct view *v, const struct bpmn *g)
{
    struct value *list = view_list(v, "tasks");
    for (int i = 0; i < g->node_count && list->count < NAME; i++) {
        const struct bpmn_node *n = &g->nodes[i];
        if (n->kind != BPMN_USER && n->kind != BPMN_RULE)
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "id", design_copy(v->arena, n->id));
        view_text(&row, "name", design_copy(v->arena, n->name));
        view_text(&row, "kind", bpmn_kind_name(g, BPMN_A_NODE, i));
        view_text(&row, "post", post_of(v->arena, n));
        view_text(&row, "clock", limit_words(v->arena, n));
        view_text(&row, "asks", asked(v->arena, g, i));
        view_text(&row, "uses",
                  design_copy(v->arena, n->decision.n ? n->decision : n->form));
    }
}

enum err process_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct design_one d;
    struct design_report r;
    struct buf list = { 0 };
    enum err e = design_load_process(rq, tx, &d, &r);
    if (e != OK)
        return e;
    e = design_check_uses(tx, &r, rq_path(rq, "key"));
    design_show_head(rq, &design_process, &d);
    design_facts(v, view_list(v, "facts"), &d);
    design_show_complaints(v, &r);
    show_tasks(v, r.graph);
    if (e == OK)
        e = design_show_posts(v, tx, r.graph);
    design_drawing(v, "drawing", r.graph, NULL);
    bpmn_list(r.graph, NULL, &list);
    view_value(v, "outline",
               page_html(v->arena, arena_str(v->arena, buf_str(&list))));
    view_bool(v, "live", str_is(d.state, "deployed"));
    buf_free(&list);
    design_report_free(&r);
    return e;
}

/* ---- the drawing alone, and beside another version ---- */

struct marks {
    uint8_t *node, *edge;
    str *badge;
};

static void mark(const struct bpmn *g, const struct difference *d,
                 const char *only, struct marks *m)
{
    struct bpmn_found f = bpmn_find(g, d->id);
    bool alone = d->kind == DIFFERENCE_ADDED;
    if (f.what == BPMN_AN_EDGE)
        m->edge[f.index] = 1;
    if (f.what != BPMN_A_NODE)
        return;
    m->node[f.index] |= alone ? BPMN_ALONE : BPMN_CHANGED;
    m->badge[f.index] = str_of(alone ? only : "改");
}

/* What this version has and the other has not, or has otherwise. */
static enum err draw_against(struct request *rq, struct tx *tx,
                             const struct design_one *d, const struct bpmn *g,
                             struct buf *out)
{
    struct arena *a = tx->arena;
    struct design_one other;
    struct differences all;
    enum err e = design_one(tx, str_of(design_process.code),
                            rq_path(rq, "key"), rq_int(rq, "against", 0),
                            &other);
    if (e == OK)
        e = design_differences(a, other.xml, d->xml, &all);
    if (e != OK)
        return rq_fail(rq, e == ERR_INPUT ? ERR_CONFLICT : e,
                       "没有要对照的那一版，请从版本列表里选两版。");
    struct marks m = {
        .node = ARENA_NEW_N(a, uint8_t, g->node_count + 1),
        .edge = ARENA_NEW_N(a, uint8_t, g->edge_count + 1),
        .badge = ARENA_NEW_N(a, str, g->node_count + 1),
    };
    const char *only = d->version < other.version ? "删" : "增";
    for (int i = 0; i < g->node_count; i++)
        m.badge[i] = STR("");
    for (int i = 0; i < all.kept; i++)
        if (all.list[i].kind != DIFFERENCE_REMOVED)
            mark(g, &all.list[i], only, &m);
    struct bpmn_marks marks = { m.node, m.edge, m.badge };
    bpmn_draw(g, &marks, out);
    return OK;
}

enum err process_drawing(struct request *rq, struct tx *tx)
{
    struct design_one d;
    struct design_report r;
    struct buf out = { 0 };
    enum err e = design_load_process(rq, tx, &d, &r);
    if (e != OK)
        return e;
    if (rq_has(rq, "against"))
        e = draw_against(rq, tx, &d, r.graph, &out);
    else
        bpmn_draw(r.graph, NULL, &out);
    str svg = arena_str(tx->arena, buf_str(&out));
    buf_free(&out);
    design_report_free(&r);
    return e == OK ? rq_send(rq, STR("image/svg+xml"), svg, str_none) : e;
}
