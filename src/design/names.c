/*
 * Names nobody supplies: conditions of a process, inputs of the tables it asks.
 *
 * Whatever works on this platform begins an unowned process without data, but
 * for what the start asks; so there it is sure that a name no step brings never
 * gets a value -- unless another process in force calls this one and hands it
 * its own.  kernel/flow knows the names; here is what the database knows.
 */
#include "design/form.h"

#include "design/queries.gen.h"
#include "design/show.h"
#include "kernel/process/process.h"
#include "kernel/rules/dmn.h"

/* The decision a rule task asks, of a table's outline; NULL when it is not
 * plain which. */
static const struct value *asked(const struct value *outline, str name)
{
    const struct value *list = value_get(outline, STR("decisions"));
    const struct value *found = NULL;
    int decisions = 0;
    for (const struct value *d = list ? list->first : NULL; d; d = d->next) {
        if (!str_is(value_get_text(d, STR("kind")), "决策"))
            continue;
        decisions++;
        if (name.n == 0 || str_eq(value_get_text(d, STR("name")), name) ||
            str_eq(value_get_text(d, STR("id")), name))
            found = d;
    }
    return name.n || decisions == 1 ? found : NULL;
}

/* Decisions and functions of the same file have names too. */
static void know_own(struct arena *a, struct bpmn_names *names,
                     const struct value *outline)
{
    const struct value *list = value_get(outline, STR("decisions"));
    for (const struct value *d = list ? list->first : NULL; d; d = d->next)
        bpmn_name_known(names, a, value_get_text(d, STR("name")));
}

static void inputs(struct arena *a, const struct bpmn_node *n,
                   const struct value *decision,
                   const struct bpmn_names *names, struct bpmn_lint *l)
{
    const struct value *list = value_get(decision, STR("inputs"));
    for (const struct value *in = list ? list->first : NULL; in;
         in = in->next) {
        const struct value *m =
            bpmn_names_missing(a, value_get_text(in, STR("text")), names);
        for (m = m->first; m; m = m->next)
            bpmn_complain_name(l, n->id, "决策表的输入", m->text,
                               names->outside);
    }
}

static enum err lint_table(struct tx *tx, const struct bpmn *g, int node,
                           bool closed, struct bpmn_lint *l)
{
    const struct bpmn_node *n = &g->nodes[node];
    struct design_live live;
    struct bpmn_names names;
    struct value *outline;
    str rest = n->decision, key = str_cut(&rest, '/'), problem;
    if (!design_key_ok(key))
        return OK;
    enum err e = design_live(tx, STR("table"), key, &live);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e; /* told already */
    if (dmn_outline(tx->arena, live.xml, &outline, &problem) != OK)
        return OK;
    const struct value *d = asked(outline, str_is_none(rest) ? STR("") : rest);
    bpmn_names_before(g, node, closed, tx->arena, &names);
    know_own(tx->arena, &names, outline);
    if (d)
        inputs(tx->arena, n, d, &names, l);
    return OK;
}

enum err design_check_names(struct tx *tx, struct design_report *r, str key)
{
    enum { TABLES = 100 };
    struct bpmn_lint lint = { .arena = tx->arena };
    const struct bpmn *g = r->graph;
    bool called = false;
    int looked = 0;
    if (g == NULL)
        return OK;
    enum err e = process_is_called(tx, key, &called);
    if (e != OK)
        return e;
    bpmn_lint_names(g, !called, &lint);
    for (int i = 0; e == OK && i < g->node_count && looked < TABLES; i++)
        if (g->nodes[i].kind == BPMN_RULE &&
            !bpmn_is_owned(g, g->nodes[i].process)) {
            looked++;
            e = lint_table(tx, g, i, !called, &lint);
        }
    design_take_lint(tx->arena, r, &lint);
    return e;
}
