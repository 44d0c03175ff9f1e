/*
 * A decision file as people read it: the tables with their columns, rules and
 * hit policies as text, exactly as written.
 *
 * Straight from the XML and not from the compiled model, so that a file whose
 * expressions do not parse can still be looked at -- that is when looking
 * matters most.
 */
#include "kernel/rules/model.h"

#include <libxml/parser.h>
#include <string.h>

static const struct {
    const char *tag, *form;
} bodies[] = {
    { "decisionTable", "决策表" }, { "literalExpression", "表达式" },
    { "context", "上下文" },       { "invocation", "调用" },
    { "list", "列表" },            { "relation", "关系表" },
    { "functionDefinition", "函数" }, { "conditional", "条件表达式" },
    { "for", "循环" },             { "every", "全部满足" },
    { "some", "任一满足" },        { "filter", "筛选" },
};

enum { BODIES = sizeof bodies / sizeof *bodies };

static str hit_words(struct arena *a, const xmlNode *table)
{
    static const struct {
        const char *policy, *words;
    } words[] = {
        { "UNIQUE", "唯一（U）" },      { "ANY", "任意（A）" },
        { "PRIORITY", "优先级（P）" },  { "FIRST", "首个（F）" },
        { "RULE ORDER", "规则顺序（R）" },
        { "OUTPUT ORDER", "输出顺序（O）" },
        { "COLLECT", "收集（C）" },
    };
    static const struct {
        const char *aggregation, *words;
    } sums[] = { { "SUM", "求和（C+）" },   { "COUNT", "计数（C#）" },
                 { "MIN", "取最小（C<）" }, { "MAX", "取最大（C>）" } };
    str policy = xml_attr(a, table, "hitPolicy");
    str sum = xml_attr(a, table, "aggregation");
    if (str_is(policy, "COLLECT"))
        for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
            if (str_is(sum, sums[i].aggregation))
                return str_of(sums[i].words);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(policy, words[i].policy))
            return str_of(words[i].words);
    return policy.n ? policy : str_of(words[0].words);
}

/* Nothing said is the empty text on a page. */
static str said(str s)
{
    return str_is_none(s) ? STR("") : str_trim(s);
}

static str first_said(str a, str b, str c)
{
    return said(a).n ? said(a) : said(b).n ? said(b) : said(c);
}

static void inputs(struct view *v, const xmlNode *table)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "inputs");
    for (xmlNode *k = xml_child(table, "input"); k; k = xml_next(k, "input")) {
        xmlNode *x = xml_child(k, "inputExpression");
        struct view row = view_row(v, list);
        str text = xml_child_text(a, x);
        view_text(&row, "label", first_said(xml_attr(a, k, "label"), text,
                                            xml_attr(a, k, "id")));
        view_text(&row, "text", said(text));
        view_text(&row, "type", said(xml_attr(a, x, "typeRef")));
        view_text(&row, "allowed",
                  said(xml_child_text(a, xml_child(k, "inputValues"))));
    }
}

static void outputs(struct view *v, const xmlNode *table, str name)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "outputs");
    for (xmlNode *k = xml_child(table, "output"); k;
         k = xml_next(k, "output")) {
        struct view row = view_row(v, list);
        view_text(&row, "label", first_said(xml_attr(a, k, "label"),
                                            xml_attr(a, k, "name"), name));
        view_text(&row, "type", said(xml_attr(a, k, "typeRef")));
        view_text(&row, "allowed",
                  said(xml_child_text(a, xml_child(k, "outputValues"))));
    }
}

static void entries(struct view *v, const char *member, const xmlNode *rule,
                    const char *tag)
{
    struct value *list = view_list(v, member);
    for (xmlNode *k = xml_child(rule, tag); k; k = xml_next(k, tag)) {
        str text = xml_child_text(v->arena, k);
        value_push(list, value_text(v->arena,
                                    said(str_is_none(text)
                                             ? xml_text(v->arena, k)
                                             : text)));
    }
}

static str remark_of(struct arena *a, const xmlNode *rule)
{
    str all = said(xml_text(a, xml_child(rule, "description")));
    for (xmlNode *k = xml_child(rule, "annotationEntry"); k;
         k = xml_next(k, "annotationEntry")) {
        str one = said(xml_child_text(a, k));
        if (one.n)
            all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all),
                               all.n ? "；" : "", STR_ARG(one));
    }
    return all;
}

static void rules(struct view *v, const xmlNode *table)
{
    struct value *list = view_list(v, "rules");
    int64_t n = 0;
    for (xmlNode *k = xml_child(table, "rule"); k; k = xml_next(k, "rule")) {
        if (++n > DMN_OUTLINE_RULES)
            continue;
        struct view row = view_row(v, list);
        view_int(&row, "number", n);
        view_text(&row, "id", said(xml_attr(v->arena, k, "id")));
        entries(&row, "cells", k, "inputEntry");
        entries(&row, "results", k, "outputEntry");
        view_text(&row, "remark", remark_of(v->arena, k));
    }
    view_int(v, "omitted", n > DMN_OUTLINE_RULES ? n - DMN_OUTLINE_RULES : 0);
}

/* The boxed expression of a decision, or within a knowledge model's function.
 */
static xmlNode *body_of(const xmlNode *n, const char **form)
{
    *form = "没有内容";
    const xmlNode *inside = xml_is(n, "businessKnowledgeModel")
                                ? xml_child(n, "encapsulatedLogic")
                                : n;
    for (int i = 0; i < BODIES; i++) {
        xmlNode *body = xml_child(inside, bodies[i].tag);
        if (body) {
            *form = bodies[i].form;
            return body;
        }
    }
    return NULL;
}

static void decision(struct view *v, struct value *list, const xmlNode *n)
{
    struct arena *a = v->arena;
    struct view row = view_row(v, list);
    const char *form;
    const xmlNode *body = body_of(n, &form);
    str name = said(xml_attr(a, n, "name"));
    bool table = xml_is(body, "decisionTable");
    view_text(&row, "id", said(xml_attr(a, n, "id")));
    view_text(&row, "name", name);
    view_text(&row, "kind", xml_is(n, "decision") ? STR("决策")
                                                  : STR("业务知识模型"));
    view_text(&row, "description",
              said(xml_text(a, xml_child(n, "description"))));
    view_text(&row, "text", xml_is(body, "literalExpression")
                                ? said(xml_child_text(a, body))
                                : STR(""));
    view_text(&row, "form", str_of(form));
    view_text(&row, "hit", table ? hit_words(a, body) : STR(""));
    inputs(&row, table ? body : NULL);
    outputs(&row, table ? body : NULL, name);
    rules(&row, table ? body : NULL);
}

enum err dmn_outline(struct arena *a, str xml, struct value **out,
                     str *problem)
{
    const char *why;
    xmlDoc *doc = xml_open(xml, &why);
    if (doc == NULL) {
        *problem = str_of(why);
        return ERR_INPUT;
    }
    xmlNode *root = xmlDocGetRootElement(doc);
    if (!xml_is(root, "definitions")) {
        xmlFreeDoc(doc);
        *problem = STR("不是 DMN 文件：最外层应是 definitions。");
        return ERR_INPUT;
    }
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    view_text(&v, "name", said(xml_attr(a, root, "name")));
    struct value *list = view_list(&v, "decisions");
    for (xmlNode *n = xml_element(root->children); n; n = xml_element(n->next))
        if (xml_is(n, "decision") || xml_is(n, "businessKnowledgeModel"))
            decision(&v, list, n);
    xmlFreeDoc(doc);
    *out = v.object;
    return OK;
}
