/* Decision tables: from XML to what feel_table.c evaluates. */
#include "kernel/rules/model.h"

static uint8_t policy_of(struct compile *c, str name)
{
    static const struct {
        const char *name;
        enum hit_policy policy;
    } policies[] = {
        { "UNIQUE", HIT_UNIQUE },         { "ANY", HIT_ANY },
        { "PRIORITY", HIT_PRIORITY },     { "FIRST", HIT_FIRST },
        { "RULE ORDER", HIT_RULE_ORDER }, { "OUTPUT ORDER", HIT_OUTPUT_ORDER },
        { "COLLECT", HIT_COLLECT },
    };
    if (str_is_none(name))
        return HIT_UNIQUE;
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++)
        if (str_is(name, policies[i].name))
            return (uint8_t)policies[i].policy;
    problem(c->l, true, arena_printf(c->l->a, "不认识的命中策略“%.*s”。",
                                     STR_ARG(name)));
    return HIT_UNIQUE;
}

static uint8_t aggregation_of(str name)
{
    return (uint8_t)(str_is(name, "SUM")     ? AGG_SUM
                     : str_is(name, "COUNT") ? AGG_COUNT
                     : str_is(name, "MIN")   ? AGG_MIN
                     : str_is(name, "MAX")   ? AGG_MAX
                                             : AGG_LIST);
}

static const struct type *type_attr(struct compile *c, const xmlNode *n)
{
    str reference = xml_attr(c->l->a, n, "typeRef");
    return str_is_none(reference) ? NULL
                                  : dmn_type(c->l, c->file, reference);
}

static bool scope_knows(const struct scope *s, str name)
{
    for (; s; s = s->up)
        if (names_have(&s->names, name))
            return true;
    return false;
}

/* Where input data declares no type, or nothing declares the input, the
 * table's column does. */
static bool untyped_input(struct compile *c, const struct node *expression)
{
    const struct element *e = c->element;
    if (e == NULL || expression == NULL || expression->op != N_NAME)
        return false;
    if (!scope_knows(c->scope, expression->name))
        return true;
    for (uint32_t i = 0; i < e->n_needs; i++) {
        const struct element *of = e->needs[i].of;
        if (of->kind == EL_INPUT && str_eq(of->name, expression->name))
            return str_is_none(xml_attr(
                c->l->a, xml_child(of->xml, "variable"), "typeRef"));
    }
    return false;
}

static void inputs(struct compile *c, xmlNode *n, struct table *t)
{
    t->inputs = ARENA_NEW_N(c->l->a, struct table_input,
                            xml_count(n, "input"));
    for (xmlNode *k = xml_child(n, "input"); k; k = xml_next(k, "input")) {
        struct table_input *in = &t->inputs[t->n_inputs++];
        xmlNode *expression = xml_child(k, "inputExpression");
        in->id = xml_attr(c->l->a, k, "id");
        in->expression = compile_text_of(c, expression, FEEL_EXPRESSION);
        in->type = type_attr(c, expression);
        in->reads = untyped_input(c, in->expression);
        xmlNode *values = xml_child(k, "inputValues");
        if (values)
            in->allowed = compile_text_of(c, values, FEEL_UNARY_TESTS);
    }
}

static const struct node *default_of(struct compile *c, xmlNode *output)
{
    xmlNode *n = xml_child(output, "defaultOutputEntry");
    if (n == NULL)
        return NULL;
    struct node *body = compile_body(c, n);
    return body ? body : compile_text_of(c, n, FEEL_EXPRESSION);
}

static void outputs(struct compile *c, xmlNode *n, struct table *t)
{
    t->outputs = ARENA_NEW_N(c->l->a, struct table_output,
                             xml_count(n, "output"));
    for (xmlNode *k = xml_child(n, "output"); k; k = xml_next(k, "output")) {
        struct table_output *out = &t->outputs[t->n_outputs++];
        str name = xml_attr(c->l->a, k, "name");
        if (str_is_none(name))
            name = xml_attr(c->l->a, k, "label");
        out->name = spaced_name(c->l->a, name);
        if (out->name.n)
            names_add_once(c->l->a, &c->l->m->members, out->name);
        out->type = type_attr(c, k);
        xmlNode *values = xml_child(k, "outputValues");
        if (values)
            out->values = compile_text_of(c, values, FEEL_UNARY_TESTS);
        out->fallback = default_of(c, k);
    }
}

static void cells(struct compile *c, xmlNode *n, const struct table *t,
                  struct table_rule *r)
{
    uint32_t i = 0;
    r->cells = ARENA_NEW_N(c->l->a, struct cell, t->n_inputs);
    for (xmlNode *k = xml_child(n, "inputEntry"); k && i < t->n_inputs;
         k = xml_next(k, "inputEntry"), i++) {
        const struct node *tests = compile_text_of(c, k, FEEL_UNARY_TESTS);
        if (tests)
            cell_compile(c->l->a, &r->cells[i], tests);
        else
            r->cells[i].any = true;
    }
    if (i < t->n_inputs || xml_count(n, "inputEntry") > t->n_inputs)
        problem(c->l, true,
                arena_printf(c->l->a, "规则“%.*s”的条件数与输入列数不同。",
                             STR_ARG(r->id)));
    for (; i < t->n_inputs; i++)
        r->cells[i].any = true;
}

static void results(struct compile *c, xmlNode *n, const struct table *t,
                    struct table_rule *r)
{
    uint32_t i = 0;
    r->outputs = ARENA_NEW_N(c->l->a, const struct node *, t->n_outputs);
    for (xmlNode *k = xml_child(n, "outputEntry"); k && i < t->n_outputs;
         k = xml_next(k, "outputEntry"), i++) {
        r->outputs[i] = compile_body(c, k);
        if (r->outputs[i] == NULL)
            r->outputs[i] = compile_text_of(c, k, FEEL_EXPRESSION);
    }
    if (i < t->n_outputs)
        problem(c->l, true,
                arena_printf(c->l->a, "规则“%.*s”的结果数与输出列数不同。",
                             STR_ARG(r->id)));
}

struct node *compile_table(struct compile *c, xmlNode *n)
{
    struct arena *a = c->l->a;
    struct table *t = ARENA_NEW(a, struct table);
    t->id = xml_attr(a, n, "id");
    t->policy = policy_of(c, xml_attr(a, n, "hitPolicy"));
    t->aggregation = aggregation_of(xml_attr(a, n, "aggregation"));
    inputs(c, n, t);
    outputs(c, n, t);
    uint32_t count = xml_count(n, "rule");
    if (count > DMN_MAX_RULES) {
        problem(c->l, true, STR("决策表的规则过多。"));
        count = 0;
    }
    t->rules = ARENA_NEW_N(a, struct table_rule, count);
    for (xmlNode *k = xml_child(n, "rule"); k && t->n_rules < count;
         k = xml_next(k, "rule")) {
        struct table_rule *r = &t->rules[t->n_rules++];
        r->id = xml_attr(a, k, "id");
        cells(c, k, t, r);
        results(c, k, t, r);
    }
    struct node *node = compile_node(c, N_TABLE, 0);
    node->table = t;
    if (t->n_outputs == 0) {
        problem(c->l, true, STR("决策表没有输出列。"));
        node->op = N_CONST;
        node->value = &fv_null;
    }
    return node;
}
