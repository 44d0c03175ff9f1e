/* One version of a decision file: its tables as tables, and decisions tried
 * with typed-in answers. */
#include "design/pages.h"

#include "design/show.h"
#include "kernel/page/page.h"
#include "kernel/rules/dmn.h"

enum { MOST_INPUTS = 60 };

/* What the page asks and the outline does not say. */
static void show_decision(struct view *row)
{
    const struct value *in = value_get(row->object, STR("inputs"));
    const struct value *out = value_get(row->object, STR("outputs"));
    for (struct value *c = in->first; c; c = c->next) {
        struct view column = { row->arena, c };
        str text = value_get_text(c, STR("text"));
        bool same = str_eq(text, value_get_text(c, STR("label")));
        view_text(&column, "expression", same ? STR("") : text);
    }
    view_bool(row, "table", out->count > 0);
    view_int(row, "ins", in->count ? in->count : 1);
    view_int(row, "outs", out->count);
    view_bool(row, "bare", in->count == 0);
    design_show_rest(row, "rest", value_get_int(row->object, STR("omitted"),
                                                0));
}

enum err decision_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct design_one d;
    struct design_report r;
    struct value *outline;
    str problem;
    enum err e = design_load(rq, tx, &design_table, &d);
    if (e != OK)
        return e;
    if (design_check(&design_table, tx->arena, d.xml, &r, &problem) != OK ||
        dmn_outline(tx->arena, d.xml, &outline, &problem) != OK)
        return rq_fail_str(rq, ERR_CONFLICT, problem);
    design_show_head(rq, &design_table, &d);
    design_facts(v, view_list(v, "facts"), &d);
    design_show_complaints(v, &r);
    view_bool(v, "live", str_is(d.state, "deployed"));
    view_value(v, "decisions",
               (struct value *)value_get(outline, STR("decisions")));
    for (struct value *one = v->object->last->first; one; one = one->next) {
        struct view row = { v->arena, one };
        show_decision(&row);
    }
    return OK;
}

/* ---- trying ---- */

/* in1, in2 …: names of input data may be any words, names of controls not. */
static const char *control(struct arena *a, int i)
{
    return arena_printf(a, "in%d", i).p;
}

/* A typed answer as the declared type wants it. */
static struct value *answer_as(struct arena *a, str type, str text)
{
    if (str_is(type, "string") || str_starts(type, STR("date")) ||
        str_is(type, "time") || str_find(type, STR("duration")) >= 0)
        return value_text(a, text);
    return design_answer(a, text);
}

static str raw_input(struct request *rq, const char *name)
{
    return str_trim(value_get_text(rq_inputs(rq), str_of(name)));
}

/* The form, and what it says: one answer per input of the model. */
static struct value *show_inputs(struct request *rq, const struct value *inputs,
                                 bool *any)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "inputs");
    struct value *answers = value_new(v->arena, VALUE_OBJECT);
    int i = 0;
    for (const struct value *m = inputs->first; m && i < MOST_INPUTS;
         m = m->next) {
        const char *name = control(v->arena, ++i);
        str label = value_get_text(m, STR("name"));
        str type = value_get_text(m, STR("type")), text = raw_input(rq, name);
        struct view row = view_row(v, list);
        view_text(&row, "name", str_of(name));
        view_text(&row, "label", label);
        view_text(&row, "type", type.n ? type : STR("Any"));
        view_text(&row, "value", text.n ? text : STR(""));
        *any |= text.n > 0;
        if (text.n && value_get(answers, label) == NULL)
            value_add(answers, label, answer_as(v->arena, type, text));
    }
    return answers;
}

static void merge(struct arena *a, struct value *into, const struct value *more)
{
    for (const struct value *m = more->first; m; m = m->next)
        if (value_get(into, m->key) == NULL) {
            struct value *copy = ARENA_NEW(a, struct value);
            *copy = *m;
            value_add(into, m->key, copy);
        }
}

static str show_decisions(struct request *rq, const struct value *described)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "choices");
    str chosen = rq_text(rq, "decision");
    const struct value *all = value_get(described, STR("decisions"));
    for (const struct value *d = all->first; d; d = d->next) {
        str name = value_get_text(d, STR("name"));
        if (chosen.n == 0)
            chosen = name;
        page_option(v, list, name, name, chosen);
    }
    return chosen;
}

static void evaluate(struct request *rq, struct tx *tx,
                     const struct dmn_model *m, str decision,
                     const struct value *input)
{
    struct view *v = rq_view(rq);
    struct feel_notes notes = { 0 };
    struct value *out = NULL;
    enum err e = dmn_evaluate(m, decision, input, tx->now, tx->arena, &out,
                              &notes);
    struct view result = view_object(v, "result");
    view_text(&result, "decision", decision);
    view_text(&result, "input", design_json(tx->arena, input));
    view_text(&result, "value", out ? design_json(tx->arena, out)
                                    : STR("null"));
    view_bool(&result, "empty", out == NULL || out->kind == VALUE_NULL);
    view_text(&result, "problem",
              e == ERR_NOTFOUND ? STR("模型里没有这个决策，请重新选择。")
              : e == ERR_RANGE  ? STR("计算超出限度，没有结果。")
                                : STR(""));
    struct value *list = view_list(&result, "notes");
    for (const struct feel_note *n = notes.first; n; n = n->next) {
        struct view row = view_row(&result, list);
        view_text(&row, "label", str_is_none(n->element) ? STR("—")
                                                         : n->element);
        view_text(&row, "text", n->text);
    }
}

enum err decision_try(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct design_one d;
    struct dmn_model *m;
    struct feel_notes notes = { 0 };
    struct value *more;
    bool asked = rq_has(rq, "decision") || rq_has(rq, "input");
    str problem = STR("");
    enum err e = design_load(rq, tx, &design_table, &d);
    if (e != OK)
        return e;
    struct dmn_source source = { .name = rq_path(rq, "key"), .xml = d.xml };
    if (dmn_load(tx->arena, &source, 1, &m, &notes) != OK)
        return rq_fail(rq, ERR_CONFLICT, "这一版读不出可用的决策，不能试运行，"
                                         "请先按检查结果修改。");
    design_show_head(rq, &design_table, &d);
    const struct value *described = dmn_describe(m, tx->arena);
    str decision = show_decisions(rq, described);
    struct value *input = show_inputs(rq, value_get(described, STR("inputs")),
                                      &asked);
    view_text(v, "input", rq_text(rq, "input"));
    e = design_answers(tx->arena, rq_text(rq, "input"), &more, &problem);
    if (e == OK && asked) {
        merge(tx->arena, input, more);
        evaluate(rq, tx, m, decision, input);
    } else {
        view_text(v, "result", str_none);
    }
    view_text(v, "problem", problem);
    return OK;
}
