/* Any bytes as a decision model: loaded, described, everything in it
 * evaluated without input. */
#include "kernel/rules/dmn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void evaluate_all(const struct dmn_model *m, struct arena *a)
{
    struct value *about = dmn_describe(m, a), *out;
    const struct value *list = value_get(about, STR("decisions"));
    for (const struct value *d = list ? list->first : NULL; d; d = d->next) {
        struct buf b = { 0 };
        if (dmn_evaluate(m, value_get_text(d, STR("name")), NULL, (inst){ 0 },
                         a, &out, NULL) == OK)
            value_write_json(out, &b);
        buf_free(&b);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make(0);
    struct feel_notes notes = { 0 };
    struct dmn_source s = { STR("fuzz"), { (const char *)data, size } };
    struct dmn_model *m;
    if (dmn_load(&a, &s, 1, &m, &notes) == OK)
        evaluate_all(m, &a);
    arena_free(&a);
    return 0;
}
