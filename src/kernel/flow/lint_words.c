/*
 * What only the document shows: words nobody would miss until the step does
 * not do what its author wrote.
 *
 * Whatever is not understood is kept and exported again; but a prefix that is
 * declared nowhere, an element BPMN does not have, or a setting of ours with a
 * value it cannot have would silently mean nothing, so it is said.
 */
#include "kernel/flow/ask.h"
#include "kernel/flow/bpmn_read.h"
#include "kernel/flow/engine.h"
#include "kernel/flow/lint.h"

#include <string.h>

struct prefix {
    str name;
    struct prefix *next;
};

struct words {
    struct bpmn_lint *l;
    struct prefix *told;
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool among(const char *const *list, size_t n, str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(s, list[i]))
            return true;
    return false;
}

/* ---- prefixes ---- */

/* libxml2 leaves an undeclared prefix in the name. */
static void prefix(struct words *w, str id, const xmlNs *ns,
                   const xmlChar *name)
{
    str whole = str_of((const char *)name);
    ptrdiff_t colon = str_find_byte(whole, ':');
    if (ns || colon < 0)
        return;
    str found = str_slice(whole, 0, (size_t)colon);
    for (const struct prefix *p = w->told; p; p = p->next)
        if (str_eq(p->name, found))
            return;
    struct prefix *p = ARENA_NEW(w->l->arena, struct prefix);
    *p = (struct prefix){ arena_str(w->l->arena, found), w->told };
    w->told = p;
    bpmn_complain(w->l, BPMN_WRONG, id,
                  "“%.*s”的前缀“%.*s”没有声明，写的内容不会起作用，"
                  "请在 definitions 上补写 xmlns:%.*s，或者删去。",
                  STR_ARG(utf8_head(whole, 60)), STR_ARG(found),
                  STR_ARG(found));
}

/* ---- elements of BPMN ---- */

/* What may stand among the steps beside what the reader takes up. */
static const char *const beside[] = {
    "documentation", "extensionElements", "auditing", "monitoring", "property",
    "laneSet", "ioSpecification", "ioBinding", "resourceRole", "performer",
    "humanPerformer", "potentialOwner", "correlationSubscription", "supports",
    "supportedInterfaceRef", "incoming", "outgoing", "completionCondition",
    "multiInstanceLoopCharacteristics", "standardLoopCharacteristics",
    "loopCharacteristics", "artifact", "flowElement", "category", "event",
    "implicitThrowEvent",
};

static bool holds_steps(const xmlNode *x)
{
    return bpmn_xml_is(x, "process") || bpmn_xml_is(x, "subProcess");
}

static void element(struct words *w, const xmlNode *x, str id)
{
    str name = str_of((const char *)x->name);
    if (x->parent && holds_steps(x->parent) && bpmn_xml_in(x, BPMN_NS) &&
        !bpmn_reader_knows(x) && !among(beside, COUNT(beside), name))
        bpmn_complain(w->l, BPMN_UNKNOWN, id,
                      "“%.*s”不是 BPMN 2.0 的元素，不能执行，请核对写法。",
                      STR_ARG(utf8_head(name, 60)));
}

/* ---- our own settings ---- */

static const char *const ours[] = {
    "assignee", "candidateUsers", "candidateGroups", "dueDate",
    "resultVariable", "resultVariableName", "decisionRef", "form", "formKey",
    "post", "unit", "clock", "work", "inheritVariables", "called", "binding",
    "calledElementBinding", "sign", "return", "reject", "owner", "collection",
    "element", "elementVariable", "outputCollection", "outputElement", "asks",
};

struct choice {
    const char *name, *values[5];
};

static const struct choice choices[] = {
    { "return", { "any", "redo", "straight", "none" } },
    { "reject", { "end", "start" } },
};

static bool one_of(const struct choice *c, str value)
{
    for (int i = 0; c->values[i]; i++)
        if (str_is(value, c->values[i]))
            return true;
    return false;
}

static void wrong_value(struct words *w, str id, str name, str value,
                        str right)
{
    bpmn_complain(w->l, BPMN_WRONG, id,
                  "zt:%.*s 的值“%.*s”不认识，应是 %.*s，请改正。",
                  STR_ARG(name), STR_ARG(utf8_head(value, 60)),
                  STR_ARG(right));
}

static void asked(struct words *w, str id, str list)
{
    struct bpmn_question q;
    str problem;
    int n = 0;
    while (bpmn_asks_next(&list, &q, &problem)) {
        if (!str_is_none(problem))
            bpmn_complain(w->l, BPMN_WRONG, id,
                          "zt:asks 里的“%.*s”不对：%.*s，请改正。",
                          STR_ARG(utf8_head(q.name, 60)), STR_ARG(problem));
        n++;
    }
    if (n > BPMN_QUESTIONS)
        bpmn_complain(w->l, BPMN_WRONG, id,
                      "zt:asks 一步最多问 %d 样，请分到几步去问。",
                      BPMN_QUESTIONS);
}

static str listed(struct arena *a, const struct choice *c)
{
    str s = STR("");
    for (int i = 0; c->values[i]; i++)
        s = arena_printf(a, "%.*s%s%s", STR_ARG(s), i ? "、" : "",
                         c->values[i]);
    return s;
}

static void setting(struct words *w, const xmlNode *x, const xmlAttr *p, str id)
{
    struct arena *a = w->l->arena;
    const char *name = (const char *)p->name;
    if (p->ns == NULL || strcmp((const char *)p->ns->href, BPMN_OUR_NS) != 0)
        return;
    if (!among(ours, COUNT(ours), str_of(name))) {
        bpmn_complain(w->l, BPMN_HINT, id,
                      "不认识设置“zt:%.*s”，它不会起作用，请核对写法。",
                      STR_ARG(utf8_head(str_of(name), 60)));
        return;
    }
    str value = bpmn_xml_attr_ns(a, x, BPMN_OUR_NS, name);
    for (size_t i = 0; i < COUNT(choices); i++)
        if (strcmp(name, choices[i].name) == 0 && !one_of(&choices[i], value))
            wrong_value(w, id, str_of(name), value, listed(a, &choices[i]));
    if (strcmp(name, "asks") == 0)
        asked(w, id, value);
    struct flow_rule rule;
    if (strcmp(name, "sign") == 0 && !flow_rule_read(value, &rule))
        wrong_value(w, id, STR("sign"), value,
                    STR("all、any、ratio:0.6 或 weight:3"));
}

static void walk(struct words *w, const xmlNode *x, str id)
{
    str own = bpmn_xml_attr(w->l->arena, x, "id");
    if (own.n)
        id = own;
    prefix(w, id, x->ns, x->name);
    element(w, x, id);
    for (const xmlAttr *p = x->properties; p; p = p->next) {
        prefix(w, id, p->ns, p->name);
        setting(w, x, p, id);
    }
    for (const xmlNode *c = x->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE)
            walk(w, c, id);
}

void bpmn_lint_words(const struct bpmn *g, struct bpmn_lint *l)
{
    struct words w = { .l = l };
    const xmlNode *root = xmlDocGetRootElement(g->document);
    if (root)
        walk(&w, root, STR("definitions"));
}
