/*
 * Boxed expressions to syntax trees.  A context is a context, an invocation a
 * call with named arguments, a relation a list of contexts: the evaluator knows
 * no boxes, only FEEL and tables.
 */
#include "kernel/rules/model.h"

void problem(struct loader *l, bool fatal, str text)
{
    if (!l->quiet)
        note_add(l->a, l->notes, l->element, fatal, 0, text);
}

struct node *compile_node(struct compile *c, enum op op, uint32_t kids)
{
    struct node *n = ARENA_NEW(c->l->a, struct node);
    n->op = (uint8_t)op;
    n->n = kids;
    n->kid = ARENA_NEW_N(c->l->a, struct node *, kids);
    return n;
}

static struct node *null_node(struct compile *c)
{
    struct node *n = compile_node(c, N_CONST, 0);
    n->value = &fv_null;
    return n;
}

const struct scope *scope_with(struct compile *c, const struct scope *up,
                               str name)
{
    struct scope *s = ARENA_NEW(c->l->a, struct scope);
    s->up = up;
    names_add(c->l->a, &s->names, name);
    return s;
}

static str name_attr(struct compile *c, const xmlNode *n, const char *attr)
{
    return spaced_name(c->l->a, xml_attr(c->l->a, n, attr));
}

/* What a decision uses undeclared comes from its caller's data. */
static const char *unknown_why(struct compile *c, str name)
{
    struct dmn_model *m = c->l->m;
    if (names_have(&m->own, name))
        return "模型里有它，但没有连到这里，请补上依赖连线。";
    const char *hint = punctuation_hint(name);
    if (c->element == NULL || c->element->kind != EL_DECISION || *hint)
        return hint;
    names_add_once(c->l->a, &m->outside, name);
    return "取调用时给出的同名数据；没有给出就是空值。";
}

static void unknown_noted(struct compile *c, const struct names *unknown,
                          str text)
{
    for (uint32_t i = 0; i < unknown->n; i++)
        problem(c->l, false,
                arena_printf(c->l->a,
                             "表达式“%.*s”用到没有声明的变量“%.*s”。%s",
                             STR_ARG(utf8_head(text, 80)),
                             STR_ARG(unknown->p[i]),
                             unknown_why(c, unknown->p[i])));
}

struct node *compile_text(struct compile *c, str text, enum feel_form form)
{
    struct loader *l = c->l;
    struct names unknown = { 0 };
    struct parse_problem bad;
    struct parse_input in = {
        .arena = l->a, .text = text, .scope = c->scope,
        .members = &l->m->members, .find_type = dmn_find_type,
        .where = c->file, .type_names = &c->file->type_names,
        .unknown = &unknown, .span = c->span,
    };
    struct node *n = feel_parse(&in, form, &bad);
    if (n) {
        unknown_noted(c, &unknown, text);
        return n;
    }
    problem(l, true, arena_printf(l->a, "表达式“%.*s”有误（第 %u 字节）：%.*s",
                                  STR_ARG(utf8_head(text, 80)), bad.at + 1,
                                  STR_ARG(bad.text)));
    if (form == FEEL_EXPRESSION)
        return null_node(c);
    n = compile_node(c, N_TESTS, 0); /* no alternative: never holds */
    return n;
}

/* Models name FEEL by its address in the version of the standard they follow,
 * or by the word; the whole model's language is that of what names none. */
static bool other_language(struct compile *c, const xmlNode *n)
{
    str language = str_trim(xml_attr(c->l->a, n, "expressionLanguage"));
    if (language.n == 0)
        language = str_trim(xml_attr(c->l->a, c->file->root,
                                     "expressionLanguage"));
    return language.n && str_find(language, STR("FEEL")) < 0 &&
           str_find(language, STR("feel")) < 0;
}

struct node *compile_text_of(struct compile *c, const xmlNode *n,
                             enum feel_form form)
{
    str text = xml_child_text(c->l->a, n);
    if (str_is_none(text) || str_trim(text).n == 0)
        return NULL;
    if (!other_language(c, n))
        return compile_text(c, text, form);
    problem(c->l, true, STR("表达式不是用 FEEL 写的，结果总是空值。"));
    return form == FEEL_EXPRESSION ? null_node(c)
                                   : compile_node(c, N_TESTS, 0);
}

static struct node *typed(struct compile *c, const xmlNode *n,
                          struct node *node)
{
    str reference = xml_attr(c->l->a, n, "typeRef");
    const struct type *t = str_is_none(reference)
                               ? NULL
                               : dmn_type(c->l, c->file, reference);
    if (t == NULL || (t->kind == T_ANY && t->base == NULL))
        return node;
    if (node->op == N_FUNCTION && type_core(t)->kind != T_FUNCTION) {
        node->type = node->type ? node->type : t; /* that of its result */
        return node;
    }
    struct node *coerce = compile_node(c, N_COERCE, 1);
    coerce->kid[0] = node;
    coerce->type = t;
    return coerce;
}

static struct node *literal(struct compile *c, xmlNode *n)
{
    struct node *node = compile_text_of(c, n, FEEL_EXPRESSION);
    return node ? node : null_node(c);
}

/* The one expression inside an element, whatever stands around it. */
struct node *compile_body(struct compile *c, xmlNode *parent)
{
    static const char *const kinds[] = {
        "literalExpression", "decisionTable", "context", "invocation", "list",
        "relation", "functionDefinition", "conditional", "filter", "for",
        "some", "every",
    };
    for (xmlNode *n = parent ? xml_element(parent->children) : NULL; n;
         n = xml_element(n->next))
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (xml_is(n, kinds[i]))
                return compile_expression(c, n);
    return NULL;
}

static struct node *body_or_null(struct compile *c, xmlNode *parent)
{
    struct node *n = compile_body(c, parent);
    return n ? n : null_node(c);
}

/* The type declared for a function is often that of its result: older models
 * knew no other way to say it. */
void function_typed(struct node *n, const struct type **type)
{
    if (*type && type_core(*type)->kind != T_FUNCTION && n &&
        n->op == N_FUNCTION) {
        n->type = *type;
        *type = NULL;
    }
}

/* ---- context ---- */

static struct node *context(struct compile *c, xmlNode *n)
{
    uint32_t count = xml_count(n, "contextEntry"), i = 0;
    struct node *node = compile_node(c, N_CONTEXT, count);
    str *names = ARENA_NEW_N(c->l->a, str, count);
    const struct type **types =
        ARENA_NEW_N(c->l->a, const struct type *, count);
    const struct scope *outer = c->scope;
    for (xmlNode *e = xml_child(n, "contextEntry"); e;
         e = xml_next(e, "contextEntry"), i++) {
        xmlNode *variable = xml_child(e, "variable");
        str name = name_attr(c, variable, "name");
        /* A function may call itself. */
        if (variable && xml_child(e, "functionDefinition"))
            c->scope = scope_with(c, c->scope, name);
        node->kid[i] = body_or_null(c, e);
        if (variable == NULL) {
            node->flag = i + 1 == count;
            continue;
        }
        names[i] = name;
        node->n_names = i + 1;
        names_add_once(c->l->a, &c->l->m->members, name);
        str reference = xml_attr(c->l->a, variable, "typeRef");
        if (!str_is_none(reference))
            types[i] = dmn_type(c->l, c->file, reference);
        function_typed(node->kid[i], &types[i]);
        c->scope = scope_with(c, c->scope, name);
    }
    c->scope = outer;
    node->names = names;
    node->types = types;
    return node;
}

/* ---- invocation, list, relation ---- */

static struct node *invocation(struct compile *c, xmlNode *n)
{
    uint32_t count = xml_count(n, "binding"), i = 0;
    struct node *node = compile_node(c, N_CALL, count + 1);
    str *names = ARENA_NEW_N(c->l->a, str, count);
    node->kid[0] = body_or_null(c, n);
    for (xmlNode *b = xml_child(n, "binding"); b;
         b = xml_next(b, "binding"), i++) {
        names[i] = name_attr(c, xml_child(b, "parameter"), "name");
        node->kid[i + 1] = body_or_null(c, b);
    }
    node->names = names;
    node->n_names = count;
    node->flag = true; /* by name, even when nothing is bound */
    return node;
}

static struct node *list(struct compile *c, xmlNode *n)
{
    uint32_t count = 0, i = 0;
    for (xmlNode *k = xml_element(n->children); k; k = xml_element(k->next))
        count++;
    struct node *node = compile_node(c, N_LIST, count);
    for (xmlNode *k = xml_element(n->children); k; k = xml_element(k->next)) {
        struct node *item = compile_expression(c, k);
        if (item)
            node->kid[i++] = item;
    }
    node->n = i;
    return node;
}

static struct node *row(struct compile *c, xmlNode *n, const str *names,
                        const struct type **types, uint32_t count)
{
    struct node *node = compile_node(c, N_CONTEXT, count);
    node->flag2 = true; /* columns are no variables of each other */
    uint32_t i = 0;
    for (xmlNode *k = xml_element(n->children); k && i < count;
         k = xml_element(k->next)) {
        struct node *cell = compile_expression(c, k);
        if (cell)
            node->kid[i++] = cell;
    }
    for (; i < count; i++)
        node->kid[i] = null_node(c);
    node->names = names;
    node->types = types;
    node->n_names = count;
    return node;
}

static struct node *relation(struct compile *c, xmlNode *n)
{
    uint32_t columns = xml_count(n, "column"), rows = xml_count(n, "row");
    str *names = ARENA_NEW_N(c->l->a, str, columns);
    const struct type **types =
        ARENA_NEW_N(c->l->a, const struct type *, columns);
    uint32_t i = 0;
    for (xmlNode *k = xml_child(n, "column"); k; k = xml_next(k, "column")) {
        str reference = xml_attr(c->l->a, k, "typeRef");
        if (!str_is_none(reference))
            types[i] = dmn_type(c->l, c->file, reference);
        names[i] = name_attr(c, k, "name");
        names_add_once(c->l->a, &c->l->m->members, names[i++]);
    }
    struct node *node = compile_node(c, N_LIST, rows);
    i = 0;
    for (xmlNode *r = xml_child(n, "row"); r; r = xml_next(r, "row"))
        node->kid[i++] = row(c, r, names, types, columns);
    return node;
}

/* ---- functions ---- */

static void parameter(struct compile *c, struct node *f, str *names,
                      const struct type **types, str name,
                      const xmlNode *typed_by)
{
    str reference = xml_attr(c->l->a, typed_by, "typeRef");
    names[f->n_names] = name;
    if (!str_is_none(reference))
        types[f->n_names] = dmn_type(c->l, c->file, reference);
    c->scope = scope_with(c, c->scope, name);
    f->n_names++;
}

/* A table on its own as the logic of a function: the input expressions name
 * the parameters (10.2.1.7). */
static void parameters_of_table(struct compile *c, struct node *f,
                                xmlNode *table)
{
    uint32_t count = xml_count(table, "input");
    str *names = ARENA_NEW_N(c->l->a, str, count);
    const struct type **types =
        ARENA_NEW_N(c->l->a, const struct type *, count);
    f->names = names;
    f->types = types;
    for (xmlNode *k = xml_child(table, "input"); k; k = xml_next(k, "input")) {
        xmlNode *e = xml_child(k, "inputExpression");
        str text = xml_child_text(c->l->a, e);
        str name = spaced_name(c->l->a, str_is_none(text) ? STR("") : text);
        if (feel_is_name(name))
            parameter(c, f, names, types, name, e);
    }
}

static void parameters(struct compile *c, struct node *f, xmlNode *n)
{
    uint32_t count = xml_count(n, "formalParameter");
    str *names = ARENA_NEW_N(c->l->a, str, count);
    const struct type **types =
        ARENA_NEW_N(c->l->a, const struct type *, count);
    if (count == 0 && xml_child(n, "decisionTable")) {
        parameters_of_table(c, f, xml_child(n, "decisionTable"));
        return;
    }
    f->names = names;
    f->types = types;
    for (xmlNode *p = xml_child(n, "formalParameter"); p;
         p = xml_next(p, "formalParameter"))
        parameter(c, f, names, types, name_attr(c, p, "name"), p);
}

struct node *compile_function(struct compile *c, xmlNode *n)
{
    const struct scope *outer = c->scope;
    struct node *node = compile_node(c, N_FUNCTION, 1);
    parameters(c, node, n);
    str kind = xml_attr(c->l->a, n, "kind");
    node->sub = str_is(kind, "Java");
    if (str_is_none(kind) || str_is(kind, "FEEL") || node->sub)
        node->kid[0] = compile_body(c, n);
    else
        problem(c->l, false, STR("外部函数不会被执行，结果总是空值。"));
    c->scope = outer;
    return node;
}

/* ---- conditional, filter, iterators ---- */

static struct node *conditional(struct compile *c, xmlNode *n)
{
    static const char *const parts[] = { "if", "then", "else" };
    struct node *node = compile_node(c, N_IF, 3);
    node->sub = 1;
    for (int i = 0; i < 3; i++)
        node->kid[i] = body_or_null(c, xml_child(n, parts[i]));
    return node;
}

static struct node *filter(struct compile *c, xmlNode *n)
{
    const struct scope *outer = c->scope;
    struct node *node = compile_node(c, N_FILTER, 2);
    node->sub = 1;
    node->kid[0] = body_or_null(c, xml_child(n, "in"));
    struct scope *inside = ARENA_NEW(c->l->a, struct scope);
    inside->up = outer;
    inside->members = true;
    names_add(c->l->a, &inside->names, STR("item"));
    c->scope = inside;
    node->kid[1] = body_or_null(c, xml_child(n, "match"));
    c->scope = outer;
    return node;
}

static struct node *iterator(struct compile *c, xmlNode *n, enum op op,
                             const char *result)
{
    const struct scope *outer = c->scope;
    struct node *node = compile_node(c, op, 3);
    node->sub = 1;
    str *names = ARENA_NEW_N(c->l->a, str, 1);
    const struct type **types = ARENA_NEW_N(c->l->a, const struct type *, 1);
    xmlNode *in = xml_child(n, "in");
    names[0] = name_attr(c, n, "iteratorVariable");
    str reference = xml_attr(c->l->a, in, "typeRef");
    if (!str_is_none(reference))
        types[0] = dmn_type(c->l, c->file, reference);
    c->span = xml_child(in, "literalExpression") != NULL;
    node->kid[0] = body_or_null(c, in);
    c->span = false;
    c->scope = scope_with(c, outer, names[0]);
    if (op == N_FOR)
        c->scope = scope_with(c, c->scope, STR("partial"));
    node->kid[2] = body_or_null(c, xml_child(n, result));
    c->scope = outer;
    node->names = names;
    node->n_names = 1;
    return node;
}

struct node *compile_expression(struct compile *c, xmlNode *n)
{
    struct node *node = NULL;
    if (++c->depth > DMN_XML_DEPTH) {
        c->depth--;
        problem(c->l, true, STR("表达式嵌套过深。"));
        return null_node(c);
    }
    if (xml_is(n, "literalExpression"))
        node = literal(c, n);
    else if (xml_is(n, "decisionTable"))
        node = compile_table(c, n);
    else if (xml_is(n, "context"))
        node = context(c, n);
    else if (xml_is(n, "invocation"))
        node = invocation(c, n);
    else if (xml_is(n, "list"))
        node = list(c, n);
    else if (xml_is(n, "relation"))
        node = relation(c, n);
    else if (xml_is(n, "functionDefinition"))
        node = compile_function(c, n);
    else if (xml_is(n, "conditional"))
        node = conditional(c, n);
    else if (xml_is(n, "filter"))
        node = filter(c, n);
    else if (xml_is(n, "for"))
        node = iterator(c, n, N_FOR, "return");
    else if (xml_is(n, "some"))
        node = iterator(c, n, N_SOME, "satisfies");
    else if (xml_is(n, "every"))
        node = iterator(c, n, N_EVERY, "satisfies");
    c->depth--;
    return node ? typed(c, n, node) : NULL;
}
