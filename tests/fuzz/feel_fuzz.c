/*
 * Any bytes as an expression and as a cell: compiled, evaluated, its result
 * written.  Nothing may crash, hang or leak.
 */
#include "kernel/rules/feel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run(struct arena *a, str text, enum feel_form form,
                const struct value *variables)
{
    struct feel_expr *x;
    struct value *out;
    struct feel_notes notes = { 0 };
    struct buf b = { 0 };
    if (feel_compile(a, text, form, variables, &x, &notes) != OK)
        return;
    if (feel_run(x, a, variables, (inst){ 0 }, &out, &notes) == OK)
        value_write_json(out, &b);
    buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make(0);
    struct value *v = value_new(&a, VALUE_OBJECT);
    value_add(v, STR("?"), value_int(&a, 5));
    value_add(v, STR("a b"), value_text(&a, STR("2026-11-20")));
    value_add(v, STR("list"), value_new(&a, VALUE_LIST));
    str text = { (const char *)data, size };
    run(&a, text, FEEL_EXPRESSION, v);
    run(&a, text, FEEL_UNARY_TESTS, v);
    arena_free(&a);
    return 0;
}
