/* Any JSON as a guide: taken whole or refused, looked through, and said again
 * as cells that come to the same guide. */
#include "catalogue/catalogue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct value *from, *guide;
    struct guide_findings f;
    struct guide_about about = { .today = day_of(2026, 11, 22) };
    str problem, text = arena_str(&a, (str){ (const char *)data, size });
    if (utf8_valid(text) && value_read_json(&a, text, &from, &problem) == OK &&
        guide_take(&a, from, &guide, &problem) == OK) {
        size_t n;
        const struct guide_field *const *fields = guide_fields(&n);
        guide_check(&a, guide, &about, &f);
        for (size_t i = 0; i < n; i++)
            guide_text(&a, guide, fields[i]);
        if (guide_take(&a, guide, &from, &problem) != OK)
            __builtin_trap();
    }
    arena_free(&a);
    return 0;
}
