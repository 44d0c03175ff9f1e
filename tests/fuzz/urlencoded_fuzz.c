/* Queries and forms: whatever comes, the tree holds valid UTF-8 within the
 * bounds, and checking it against fields of every type ends well or with
 * sentences. */
#include "kernel/form/form.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct field fields[] = {
    { .name = "a", .type = FIELD_TEXT, .min = 1, .max = 5, .label = "甲" },
    { .name = "b", .type = FIELD_LINES, .label = "乙" },
    { .name = "c", .type = FIELD_INT, .min = 1, .max = 9, .label = "丙" },
    { .name = "d", .type = FIELD_DAY, .label = "丁" },
    { .name = "e", .type = FIELD_CHOICE, .choices = "x,y", .label = "戊" },
    { .name = "f", .type = FIELD_FLAG, .label = "己" },
    { .name = "g", .type = FIELD_ID, .label = "庚" },
    { .name = "h", .type = FIELD_CREDIT, .label = "辛" },
    { .name = "i", .type = FIELD_MOBILE, .label = "壬" },
    { .name = "j", .type = FIELD_SECRET, .label = "癸" },
    { .name = "k", .type = FIELD_CHOICE, .choices = "x,y", .max = 2,
      .label = "子" },
    { .name = "l", .type = FIELD_ANY, .label = "丑" },
    { 0 },
};

static void check_tree(const struct value *v)
{
    assert(v->count <= FORM_PAIRS);
    for (const struct value *m = v->first; m; m = m->next) {
        assert(m->key.n <= FORM_NAME && utf8_valid(m->key));
        const struct value *one = m->kind == VALUE_LIST ? m->first : m;
        for (; one; one = m->kind == VALUE_LIST ? one->next : NULL)
            assert(one->kind == VALUE_TEXT && utf8_valid(one->text));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct value *in = NULL, *out = NULL;
    struct form_report report;
    str body = { (const char *)data, size };
    if (form_read_urlencoded(&a, body, &in) == OK) {
        check_tree(in);
        enum err e = form_check(&a, fields, in, &out, &report);
        assert((e == OK) == (report.count == 0));
        for (int i = 0; i < report.count; i++)
            assert(utf8_valid(report.problem[i].sentence) &&
                   report.problem[i].sentence.n > 0);
    }
    arena_free(&a);
    return 0;
}
