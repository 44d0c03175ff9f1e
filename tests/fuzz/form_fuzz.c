/* Any bytes as the definition of a form: checked, read as the applicant meets
 * it, asked without answers, written out and read again. */
#include "design/form.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(struct arena *a, const struct value *tree)
{
    struct form_sheet s;
    struct form_report report = { .count = 0 };
    struct value *out;
    const char *broken;
    if (form_count(tree, FORM_FIELD) > FORM_FIELDS ||
        form_count(tree, FORM_PAPER) > FORM_PAPERS ||
        form_sheet_read(a, tree, &s, &broken) != OK)
        return;
    (void)!form_sheet_check(&s, s.group_count, a, value_new(a, VALUE_OBJECT),
                            &out, &report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make(0);
    struct design_report r;
    struct differences d;
    struct value *again;
    str text = { (const char *)data, size }, problem;
    if (design_check(&design_form, &a, text, &r, &problem) == OK) {
        str written = form_text(&a, r.tree);
        if (value_read_json(&a, written, &again, &problem) != OK ||
            form_differences(&a, text, written, &d) != OK ||
            (r.fatal == 0 && d.count)) /* codes twice are never the same */
            abort();
        ask(&a, r.tree);
    }
    design_report_free(&r);
    arena_free(&a);
    return 0;
}
