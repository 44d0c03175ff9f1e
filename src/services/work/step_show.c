/*
 * The process of a case as people see it: the drawing with what is done, what
 * is under way and how many have signed, and beneath it the same as a list.
 * It names posts, never persons: the public page shows it too.
 */
#include "services/work/step.h"

struct signers {
    int asked, signed_;
};

static struct signers signers_at(const struct flow_case *c, int node)
{
    struct signers n = { 0, 0 };
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *t = &c->tasks[i];
        if (t->dead || t->node != node)
            continue;
        n.asked++;
        n.signed_ += t->state == FLOW_TASK_COMPLETED;
    }
    return n;
}

static void badges(struct view *v, const struct flow_case *c,
                   struct bpmn_marks *marks)
{
    str *badge = (str *)marks->badge;
    for (int i = 0; i < c->g->node_count && badge; i++) {
        struct signers n = signers_at(c, i);
        if (!bpmn_calls_out(&c->g->nodes[i]) && n.asked > 1 && badge[i].n == 0)
            badge[i] = arena_printf(v->arena, "%d/%d", n.signed_, n.asked);
    }
}

static void state_of(struct view *row, int mark, str badge, bool whole)
{
    bool now = mark & (BPMN_ACTIVE | BPMN_WAITING | BPMN_OVERDUE);
    static const struct { const char *text, *icon; } words[] = {
        { "时限暂停", "pause" },     { "退回重新办理", "undo-2" },
        { "已退回", "undo-2" },      { "正在办", "circle-dot" },
        { "已办", "circle-check" },  { "未到", "minus" },
    };
    int w = mark & BPMN_PAUSED     ? 0
            : mark & BPMN_RETURNED ? now ? 1 : 2
            : now                  ? 3
            : mark & BPMN_DONE     ? 4 : 5;
    str text = str_of(words[w].text);
    if (badge.n)
        text = arena_printf(row->arena, "%.*s，%s %.*s", STR_ARG(text),
                            whole ? "已办结" : "会签", STR_ARG(badge));
    view_text(row, "text", text);
    view_text(row, "icon", str_of(words[w].icon));
    view_bool(row, "now", now);
}

static void list(struct view *v, const struct bpmn *g,
                 const struct bpmn_marks *marks)
{
    struct view o = view_object(v, "steps");
    struct value *rows = view_list(&o, "rows");
    for (int i = 0; i < g->node_count; i++) {
        const struct bpmn_node *n = &g->nodes[i];
        bool whole = n->loop && (n->kind == BPMN_SUB || n->kind == BPMN_CALL);
        if (n->kind != BPMN_USER && !whole)
            continue;
        struct view row = view_row(v, rows);
        view_text(&row, "name", arena_str(v->arena, n->name.n ? n->name
                                                              : n->id));
        view_text(&row, "post",
                  arena_str(v->arena, n->post.n                     ? n->post
                                      : n->groups.n && !n->groups_x ? n->groups
                                                                : STR("")));
        state_of(&row, marks->node[i],
                 marks->badge ? marks->badge[i] : STR(""), whole);
    }
}

static void show_none(struct view *v)
{
    view_text(v, "drawing", str_none);
    view_text(v, "steps", str_none);
}

enum err step_show(struct tx *tx, struct view *v, struct step *s)
{
    struct bpmn_marks marks;
    struct buf out = { 0 };
    if (s->v.graph == NULL) {
        show_none(v);
        return OK;
    }
    const struct bpmn *g = process_bpmn(s->v.graph);
    enum err e = process_path(tx, &s->v, &marks);
    if (e != OK)
        return e;
    badges(v, s->v.flow, &marks);
    bpmn_draw(g, &marks, &out);
    view_value(v, "drawing",
               page_html(v->arena, arena_str(v->arena, buf_str(&out))));
    buf_free(&out);
    list(v, g, &marks);
    return OK;
}
