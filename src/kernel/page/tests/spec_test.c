/*
 * The official Mustache specification: its required files and inheritance.
 * It is shared reading material, not part of the project: where it is not
 * present this says so and proves nothing.  ZT_MUSTACHE_SPEC names the folder.
 */
#include "kernel/page/page.h"
#include "kernel/test/test.h"

#include <stdlib.h>

static const char *folder = "../shared/data/suites/mustache-spec";
static struct arena arena;

static const char *const files[] = {
    "comments", "delimiters", "interpolation", "inverted",
    "partials", "sections",   "~inheritance",
};

static str read_all(const char *path)
{
    struct buf b = { 0 };
    size_t n;
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return str_none;
    while ((n = fread(buf_room(&b, 65536), 1, 65536, f)) > 0)
        b.n += n;
    fclose(f);
    str s = arena_str(&arena, buf_str(&b));
    buf_free(&b);
    return s;
}

static str partial(void *context, str name)
{
    return value_get_text(context, name);
}

static bool as_expected(const struct value *test)
{
    struct template *t;
    struct buf out = { 0 };
    str problem = str_none, want = value_get_text(test, STR("expected"));
    enum err e = page_compile_flags(
        &arena, value_get_text(test, STR("template")), partial,
        (void *)(uintptr_t)value_get(test, STR("partials")), PAGE_RAW, &t,
        &problem);
    if (e == OK)
        page_run(t, value_get(test, STR("data")), &out);
    bool good = e == OK && str_eq(buf_str(&out), want);
    if (!good)
        fprintf(stderr, "%.*s: %.*s\n got \"%.*s\"\nwant \"%.*s\"\n",
                STR_ARG(value_get_text(test, STR("name"))), STR_ARG(problem),
                STR_ARG(buf_str(&out)), STR_ARG(want));
    buf_free(&out);
    return good;
}

static void every_example_of_the_specification_renders_as_written(void)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        str path = arena_printf(&arena, "%s/%s.json", folder, files[i]);
        str json = read_all(path.p);
        struct value *root;
        str problem;
        if (str_is_none(json)) {
            printf("skipped: no %s\n", path.p);
            continue;
        }
        enum err e = value_read_json(&arena, json, &root, &problem);
        CHECK(e == OK);
        if (e != OK)
            continue;
        const struct value *tests = value_get(root, STR("tests"));
        CHECK(tests && tests->count > 0);
        for (const struct value *t = tests->first; t; t = t->next)
            CHECK(as_expected(t));
    }
}

int main(void)
{
    const char *given = getenv("ZT_MUSTACHE_SPEC");
    if (given)
        folder = given;
    RUN(every_example_of_the_specification_renders_as_written);
    arena_free(&arena);
    return test_result();
}
