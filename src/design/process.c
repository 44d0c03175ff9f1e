/* One version of a process: drawing, the same as a list, what is wrong. */
#include "design/pages.h"

#include "design/show.h"
#include "kernel/page/page.h"

enum { NAME = 120 };

static enum err read_graph(struct request *rq, struct tx *tx,
                           struct design_one *d, struct design_report *r)
{
    str problem;
    enum err e = design_load(rq, tx, &design_process, d);
    if (e != OK)
        return e;
    e = design_check(&design_process, tx->arena, d->xml, r, &problem);
    return e == OK ? OK : rq_fail_str(rq, ERR_CONFLICT, problem);
}

static void show_facts(struct view *v, const struct design_one *d)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "facts");
    design_fact(v, list, "作者", d->author);
    design_fact(v, list, "保存", design_time(a, d->created));
    design_fact(v, list, "部署", design_time(a, d->deployed));
    design_fact(v, list, "停用", design_time(a, d->retired));
    design_fact(v, list, "版本说明", d->note.n ? d->note : STR("没有填写"));
    design_fact(v, list, "文件摘要", str_slice(d->digest, 0, 16));
}

static str post_of(const struct bpmn_node *n)
{
    return n->post.n ? n->post : n->groups.n ? n->groups : n->users.n
                                                 ? n->users : STR("");
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
        view_text(&row, "post", design_copy(v->arena, post_of(n)));
        view_text(&row, "clock", design_copy(v->arena, n->clock));
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
    enum err e = read_graph(rq, tx, &d, &r);
    if (e != OK)
        return e;
    e = design_check_uses(tx, &r);
    design_show_head(rq, &design_process, &d);
    show_facts(v, &d);
    design_show_complaints(v, &r);
    show_tasks(v, r.graph);
    design_drawing(v, "drawing", r.graph, NULL);
    bpmn_list(r.graph, NULL, &list);
    view_value(v, "outline",
               page_html(v->arena, arena_str(v->arena, buf_str(&list))));
    view_bool(v, "live", str_is(d.state, "deployed"));
    buf_free(&list);
    design_report_free(&r);
    return e;
}

enum err process_drawing(struct request *rq, struct tx *tx)
{
    struct design_one d;
    struct design_report r;
    struct buf out = { 0 };
    enum err e = read_graph(rq, tx, &d, &r);
    if (e != OK)
        return e;
    bpmn_draw(r.graph, NULL, &out);
    str svg = arena_str(tx->arena, buf_str(&out));
    buf_free(&out);
    design_report_free(&r);
    return rq_send(rq, STR("image/svg+xml"), svg, str_none);
}
