/*
 * Every expression of a file is compiled when the file is read, so that
 * running a case parses nothing.  Names with spaces can only be told apart
 * when they are known: the names the file itself mentions are.
 */
#include "kernel/flow/bpmn_read.h"

#include "kernel/flow/expression.h"

struct compiler {
    struct arena *a;
    struct value *names;
};

static void know(struct compiler *c, str name)
{
    if (name.n && value_get(c->names, name) == NULL)
        value_add(c->names, name, value_new(c->a, VALUE_NULL));
}

static struct expression *compiled(struct compiler *c, str text)
{
    return text.n ? expression_new(c->a, text, c->names) : NULL;
}

/* Assignments are names unless they are dressed as an expression. */
static struct expression *if_wrapped(struct compiler *c, str text)
{
    return text.n && expression_wrapped(text) ? compiled(c, text) : NULL;
}

static void know_node(struct compiler *c, const struct bpmn_node *n)
{
    know(c, n->result);
    for (int i = 0; i < n->input_count; i++)
        know(c, n->inputs[i].target);
    for (int i = 0; i < n->output_count; i++)
        know(c, n->outputs[i].target);
    if (n->loop) {
        know(c, n->loop->element);
        know(c, n->loop->collection);
        know(c, n->loop->output);
    }
}

static void compile_loop(struct compiler *c, struct bpmn_loop *l)
{
    l->cardinality_x = compiled(c, l->cardinality);
    l->condition_x = compiled(c, l->condition);
    l->collection_x = compiled(c, l->collection);
    l->output_x = compiled(c, l->output_element);
}

static void compile_node(struct compiler *c, struct bpmn_node *n)
{
    n->script_x = compiled(c, n->script);
    n->assignee_x = if_wrapped(c, n->assignee);
    n->users_x = if_wrapped(c, n->users);
    n->groups_x = if_wrapped(c, n->groups);
    n->called_x = if_wrapped(c, n->called_element);
    for (int i = 0; i < n->input_count; i++)
        if (!n->inputs[i].literal)
            n->inputs[i].x = compiled(c, n->inputs[i].source);
    for (int i = 0; i < n->output_count; i++)
        if (!n->outputs[i].literal)
            n->outputs[i].x = compiled(c, n->outputs[i].source);
    for (int i = 0; i < n->event_count; i++) {
        struct bpmn_event *e = &n->events[i];
        if (e->trigger == BPMN_CONDITION)
            e->x = compiled(c, e->text);
        else if (e->trigger == BPMN_TIMER)
            e->x = if_wrapped(c, e->text);
    }
    if (n->loop)
        compile_loop(c, n->loop);
}

void bpmn_compile_expressions(struct reader *r)
{
    struct compiler c = { r->a, value_new(r->a, VALUE_OBJECT) };
    for (int i = 0; i < r->g->thing_count && i < 1000; i++)
        know(&c, r->g->things[i].name);
    for (int i = 0; i < r->g->node_count && i < 1000; i++)
        know_node(&c, &r->g->nodes[i]);
    for (int i = 0; i < r->g->node_count; i++)
        compile_node(&c, &r->g->nodes[i]);
    for (int i = 0; i < r->g->edge_count; i++)
        if (r->g->edges[i].has_condition)
            r->g->edges[i].when = compiled(&c, r->g->edges[i].condition);
}
