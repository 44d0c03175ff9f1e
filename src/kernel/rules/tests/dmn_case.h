/* What the tests of decision models share: small pieces of XML, and a decision
 * with the JSON it must give. */
#ifndef KERNEL_RULES_DMN_CASE_H
#define KERNEL_RULES_DMN_CASE_H

#include "kernel/rules/dmn.h"
#include "kernel/test/test.h"

#define HEAD(space) \
    "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' " \
    "namespace='" space "' name='m'>"
#define INPUT(id, name, type) \
    "<inputData id='" id "' name='" name "'><variable name='" name \
    "' typeRef='" type "'/></inputData>"
#define NEEDS(id) \
    "<informationRequirement><requiredInput href='#" id \
    "'/></informationRequirement>"
#define NEEDS_DECISION(href) \
    "<informationRequirement><requiredDecision href='" href \
    "'/></informationRequirement>"
#define KNOWS(href) \
    "<knowledgeRequirement><requiredKnowledge href='" href \
    "'/></knowledgeRequirement>"
#define FEEL(text) \
    "<literalExpression><text>" text "</text></literalExpression>"
#define DECISION(id, name, inside) \
    "<decision id='" id "' name='" name "'><variable name='" name "'/>" inside \
    "</decision>"
#define ENTRY(name, inside) \
    "<contextEntry><variable name='" name "'/>" inside "</contextEntry>"

/* The result of one decision as JSON; "!" when the model does not load. */
static inline void decided(const struct dmn_source *sources, size_t n,
                           const char *decision, const char *input,
                           const char *want)
{
    struct arena a = arena_make(0);
    struct dmn_model *m;
    struct value *in = NULL, *out = NULL;
    struct feel_notes notes = { 0 };
    struct buf b = { 0 };
    str why;
    CHECK(value_read_json(&a, str_of(input), &in, &why) == OK);
    enum err e = dmn_load(&a, sources, n, &m, &notes);
    if (e == OK)
        e = dmn_evaluate(m, str_of(decision), in, (inst){ 0 }, &a, &out, NULL);
    if (e == OK)
        value_write_json(out, &b);
    else
        buf_put(&b, str_of(err_name(e)));
    if (!str_eq(buf_str(&b), str_of(want))) {
        test_bad++;
        fprintf(stderr, "%s: got %.*s, want %s\n", decision,
                STR_ARG(buf_str(&b)), want);
    }
    buf_free(&b);
    arena_free(&a);
}

static inline void one(const char *xml, const char *decision,
                       const char *input, const char *want)
{
    struct dmn_source s = { STR("m.dmn"), str_of(xml) };
    decided(&s, 1, decision, input, want);
}

#endif
