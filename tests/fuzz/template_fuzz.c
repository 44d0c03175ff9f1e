/* Any text as a template, with itself as its partial and its parent. */
#include "kernel/page/page.h"

static str itself(void *context, str name)
{
    return name.n && name.p[0] == 'p' ? *(str *)context : str_none;
}

static struct value *data(struct arena *a)
{
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    view_text(&v, "t", STR("<文>"));
    view_count(&v, "n", -1234567);
    view_bool(&v, "f", false);
    struct view o = view_object(&v, "o");
    view_day_long(&o, "d", day_of(2026, 11, 20));
    struct value *l = view_list(&v, "l");
    for (int i = 0; i < 3; i++) {
        struct view row = view_row(&v, l);
        view_int(&row, "i", i);
    }
    return v.object;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a = { 0 };
    struct buf out = { 0 };
    struct template *t;
    str source = { (const char *)bytes, n }, problem;
    if (n > 4096)
        return 0;
    if (page_compile_flags(&a, source, itself, &source,
                           n % 2 ? PAGE_RAW : PAGE_SITE, &t, &problem) == OK)
        page_run(t, data(&a), &out);
    buf_free(&out);
    arena_free(&a);
    return 0;
}
