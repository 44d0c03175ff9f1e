/* What the tests of FEEL share: an expression and the JSON it must give. */
#ifndef KERNEL_RULES_FEEL_CASE_H
#define KERNEL_RULES_FEEL_CASE_H

#include "kernel/rules/feel.h"
#include "kernel/test/test.h"

struct feel_case {
    const char *text, *want; /* want "!": the text does not parse */
};

/* 2026-11-20T10:24:07+08:00 */
#define FEEL_CASE_NOW ((inst){ INT64_C(1795141447000) })

static inline void feel_case_check(const struct feel_case *c,
                                   const struct value *variables)
{
    struct arena a = arena_make(0);
    struct value *out = NULL;
    struct buf b = { 0 };
    enum err e = feel_evaluate(&a, str_of(c->text), variables, FEEL_CASE_NOW,
                               &out, NULL);
    if (e == ERR_INPUT)
        buf_put(&b, STR("!"));
    else
        value_write_json(out, &b);
    if (!str_eq(buf_str(&b), str_of(c->want))) {
        test_bad++;
        fprintf(stderr, "%s\n    got %.*s, want %s\n", c->text,
                STR_ARG(buf_str(&b)), c->want);
    }
    buf_free(&b);
    arena_free(&a);
}

#define FEEL_CASES(cases) \
    do { \
        for (size_t i_ = 0; i_ < sizeof(cases) / sizeof *(cases); i_++) \
            feel_case_check(&(cases)[i_], NULL); \
    } while (0)

#endif
