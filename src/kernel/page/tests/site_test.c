/*
 * Every page and component of the site with its example: the example is what
 * the view declares, and the template renders it.
 */
#include "kernel/page/page.h"
#include "kernel/page/view.h"
#include "kernel/test/test.h"

#include <glob.h>
#include <string.h>

static struct arena arena;
static struct pages *pages;
static struct value *site;

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

static struct value *read_json(const char *path)
{
    struct value *v = value_new(&arena, VALUE_OBJECT);
    str problem = str_none;
    if (value_read_json(&arena, read_all(path), &v, &problem) != OK) {
        fprintf(stderr, "%s: %.*s\n", path, STR_ARG(problem));
        test_bad++;
    }
    return v;
}

/* "src/kernel/auth/pages/examples/login.json" -> "auth/login"; a second
 * example of a page is NAME.WHAT.json. */
static str page_of(const char *path)
{
    str s = str_of(path), room = str_none;
    while (str_find_byte(s, '/') >= 0) {
        str part = str_cut(&s, '/');
        if (!str_is(part, "pages") && !str_is(part, "examples"))
            room = part;
    }
    s = str_cut(&s, '.');
    return arena_printf(&arena, "%.*s/%.*s", STR_ARG(room), STR_ARG(s));
}

static void check_example(const char *path)
{
    struct buf out = { 0 };
    str problem = str_none, page = page_of(path);
    struct value *root = read_json(path);
    view_adopt(page, root);
    CHECK(!str_is_none(page_schema(page)));
    if (page_check_view(page, root, &arena, &problem) != OK) {
        fprintf(stderr, "%s: %.*s\n", path, STR_ARG(problem));
        test_bad++;
    }
    CHECK(page_render_in(pages, page, site, root, &out) == OK);
    CHECK(out.n > 100);
    CHECK(str_find(buf_str(&out), STR("{{")) < 0);
    buf_free(&out);
}

static void every_page_renders_its_example(void)
{
    static const char *const patterns[] = {
        "src/*/pages/examples/*.json", "src/kernel/*/pages/examples/*.json"
    };
    for (int i = 0; i < 2; i++) {
        glob_t g;
        CHECK(glob(patterns[i], 0, NULL, &g) == 0);
        for (size_t k = 0; k < g.gl_pathc; k++)
            check_example(g.gl_pathv[k]);
        globfree(&g);
    }
}

static void every_component_renders_its_example(void)
{
    glob_t g;
    CHECK(glob("web/components/*/*.json", 0, NULL, &g) == 0);
    for (size_t k = 0; k < g.gl_pathc; k++) {
        struct buf out = { 0 };
        str name = str_of(strrchr(g.gl_pathv[k], '/') + 1);
        name = str_cut(&name, '.');
        CHECK(page_render_in(pages, name, site, read_json(g.gl_pathv[k]),
                             &out) == OK);
        CHECK(out.n > 20);
        buf_free(&out);
    }
    globfree(&g);
}

static void every_page_has_an_example(void)
{
    for (size_t i = 0; i < view_page_count; i++) {
        const char *name = view_pages[i].name, *slash = strchr(name, '/');
        if (slash == NULL)
            continue; /* web/: the gallery and the error page */
        str room = str_slice(str_of(name), 0, (size_t)(slash - name));
        str path = arena_printf(&arena, "src/%.*s/pages/examples/%s.json",
                                STR_ARG(room), slash + 1);
        str kernel = arena_printf(&arena,
                                  "src/kernel/%.*s/pages/examples/%s.json",
                                  STR_ARG(room), slash + 1);
        if (str_is_none(read_all(path.p)) && str_is_none(read_all(kernel.p))) {
            fprintf(stderr, "no example of %s\n", name);
            test_bad++;
        }
    }
}

static void in_development_pages_come_from_the_disk(void)
{
    struct pages *dev;
    struct buf now = { 0 }, then = { 0 };
    str problem = str_none;
    struct value *root = read_json("src/kernel/auth/pages/examples/login.json");
    CHECK(page_render_in(pages, STR("auth/login"), site, root, &then) == OK);
    CHECK(pages_load(".", &arena, &dev, &problem) == OK);
    CHECK(page_render_in(dev, STR("auth/login"), site, root, &now) == OK);
    CHECK(page_render_in(dev, STR("auth/none"), site, root, &now) ==
          ERR_NOTFOUND);
    CHECK(now.n > 0 && str_eq(buf_str(&now), buf_str(&then)));
    pages_free(dev);
    buf_free(&now);
    buf_free(&then);
}

static void what_does_not_fit_the_view_is_named(void)
{
    str page = STR("services/board_rows"), problem = str_none;
    struct view v = { &arena, value_new(&arena, VALUE_OBJECT) };
    CHECK(page_check_view(page, v.object, &arena, &problem) == ERR_INPUT);
    CHECK_STR(problem, "services/board_rows: rows is missing");
    struct value *list = view_list(&v, "rows");
    CHECK(page_check_view(page, v.object, &arena, &problem) == OK);
    struct view row = view_row(&v, list);
    view_int(&row, "number", 1);
    CHECK(page_check_view(page, v.object, &arena, &problem) == ERR_INPUT);
    CHECK_STR(problem, "services/board_rows: rows[0].number is not a text");
    view_text(&v, "more", STR(""));
    row.object->kind = VALUE_NULL;
    CHECK(page_check_view(page, v.object, &arena, &problem) == ERR_INPUT);
    CHECK_STR(problem, "services/board_rows: rows[0] is not an object");
    list->first = list->last = NULL;
    CHECK(page_check_view(page, v.object, &arena, &problem) == ERR_INPUT);
    CHECK_STR(problem, "services/board_rows: more is not declared");
    v.object = value_new(&arena, VALUE_OBJECT);
    view_list(&v, "rows");
    view_list(&v, "rows"); /* what is put into the second is never shown */
    CHECK(page_check_view(page, v.object, &arena, &problem) == ERR_INPUT);
    CHECK_STR(problem, "services/board_rows: rows is filled twice");
}

static void helpers_fill_the_shapes_they_are_for(void)
{
    str problem = str_none;
    struct view v = { &arena, value_new(&arena, VALUE_OBJECT) };
    struct page_choice c[] = { { STR("yes"), STR("有明火"), str_none },
                               { STR("no"), STR("没有"), STR("电加热") } };
    struct page_field f = { .name = "fire", .type = "choice",
                            .label = STR("厨房有没有明火"),
                            .value = STR("no"), .choices = c,
                            .choice_count = 2 };
    for (int page = 1; page <= 12; page++) {
        struct view p = { &arena, value_new(&arena, VALUE_OBJECT) };
        page_pager(&p, "pager", STR("/board?unit=D1"), page, 139, 12);
        const struct value *links =
            value_get(value_get(p.object, STR("pager")), STR("links"));
        int here = 0;
        for (const struct value *k = links->first; k; k = k->next)
            here += (int)value_get(k, STR("here"))->i;
        CHECK(here == 1);
        CHECK(links->count <= 9);
        CHECK_STR(value_get_text(links->last, STR("label")), "12");
    }
    struct value *fields = value_new(&arena, VALUE_LIST);
    page_field(&v, fields, &f);
    struct view form = { &arena, value_new(&arena, VALUE_OBJECT) };
    view_text(&form, "next", STR(""));
    view_text(&form, "login_href", STR("/login"));
    view_value(&form, "fields", fields);
    CHECK(page_check_view(STR("auth/register"), form.object, &arena,
                          &problem) == OK);
    CHECK_STR(problem, "");
    CHECK(page_tag_known(STR("补正中")) && !page_tag_known(STR("处理中")));
}

/* Of a list nobody counted a number is told only when it is the number. */
static void a_page_of_a_list_is_not_told_as_the_list(void)
{
    static const struct { const char *first, *next; bool counted; } t[] = {
        { "", "", true }, { "", "/x?after=3", false },
        { "/x", "", false }, { "/x", "/x?after=9", false },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct view v = { &arena, value_new(&arena, VALUE_OBJECT) };
        page_pager_part(&v, "pager", str_of(t[i].first), str_of(t[i].next), 7,
                        20);
        const struct value *p = value_get(v.object, STR("pager"));
        CHECK(value_get(p, STR("counted"))->i == t[i].counted);
        CHECK(value_get_int(p, STR("rows"), 0) == 7);
        page_pager_next(&v, "all", str_of(t[i].first), str_of(t[i].next), 310,
                        20);
        p = value_get(v.object, STR("all"));
        CHECK(value_get(p, STR("counted"))->i);
    }
}

static void every_schema_is_json(void)
{
    for (size_t i = 0; i < view_page_count; i++) {
        struct value *v;
        str problem = str_none;
        CHECK(value_read_json(&arena, str_of(view_pages[i].schema), &v,
                              &problem) == OK);
        CHECK_STR(value_get_text(v, STR("type")), "object");
    }
    CHECK(view_page_count > 0 && view_shape_count > 0);
}

int main(void)
{
    str problem = str_none;
    CHECK(pages_load(NULL, &arena, &pages, &problem) == OK);
    if (test_bad) {
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
        return 1;
    }
    site = read_json("web/examples/site.json");
    RUN(every_page_renders_its_example);
    RUN(every_component_renders_its_example);
    RUN(every_page_has_an_example);
    RUN(every_schema_is_json);
    RUN(what_does_not_fit_the_view_is_named);
    RUN(helpers_fill_the_shapes_they_are_for);
    RUN(a_page_of_a_list_is_not_told_as_the_list);
    RUN(in_development_pages_come_from_the_disk);
    pages_free(pages);
    arena_free(&arena);
    return test_result();
}
