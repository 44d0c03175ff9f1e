#include "kernel/page/page.h"
#include "kernel/test/test.h"

#include <string.h>

static struct arena arena;

static str parent_of_all(void *context, str name)
{
    (void)context;
    if (str_is(name, "layout"))
        return STR("<title>{{$title}}none{{/title}}</title>\n"
                   "    {{$main}}{{/main}}\n");
    if (str_is(name, "endless"))
        return STR("{{<endless}}{{/endless}}{{<endless}}{{/endless}}");
    if (str_is(name, "twice"))
        return STR("x{{>twice}}{{>twice}}");
    return str_none;
}

static str render(const char *source, unsigned flags, struct view *v)
{
    struct template *t;
    struct buf out = { 0 };
    str problem = str_none;
    enum err e = page_compile_flags(&arena, str_of(source), parent_of_all,
                                    NULL, flags, &t, &problem);
    if (e != OK)
        return problem;
    page_run(t, v->object, &out);
    str s = arena_str(&arena, buf_str(&out));
    buf_free(&out);
    return s;
}

static struct view view(void)
{
    return (struct view){ &arena, value_new(&arena, VALUE_OBJECT) };
}

static void what_a_citizen_types_never_becomes_markup(void)
{
    struct view v = view();
    view_text(&v, "name", STR("<b>\"O'Neill\" & 子</b>"));
    CHECK_STR(render("{{name}}", 0, &v),
              "&lt;b&gt;&quot;O&#39;Neill&quot; &amp; 子&lt;/b&gt;");
}

static void only_the_server_s_own_drawing_is_markup(void)
{
    struct view v = view();
    view_value(&v, "drawing", page_html(&arena, STR("<svg></svg>")));
    CHECK_STR(render("{{drawing}}", 0, &v), "<svg></svg>");
}

static void unescaped_values_are_refused_in_the_site(void)
{
    struct view v = view();
    CHECK(str_find(render("a\n{{{name}}}", PAGE_SITE, &v),
                   STR("template:2: unescaped")) == 0);
    CHECK(str_find(render("{{& name}}", PAGE_SITE, &v),
                   STR("unescaped")) > 0);
}

static void a_number_wears_commas_and_a_day_its_style(void)
{
    struct view v = view();
    view_count(&v, "filed", 310527);
    view_count(&v, "less", -1000);
    view_int(&v, "code", 310527);
    view_day_short(&v, "due", day_of(2026, 11, 20));
    view_fen(&v, "fee", (fen){ 1234567 });
    CHECK_STR(render("{{filed}} {{less}} {{code}} {{due}} {{fee}}", 0, &v),
              "310,527 -1,000 310527 11-20 12,345.67");
}

static void the_page_s_own_names_come_before_the_shell_s(void)
{
    struct view shell = view(), root = view();
    struct template *t;
    struct buf out = { 0 };
    str problem;
    view_text(&shell, "title", STR("shell"));
    view_text(&shell, "site", STR("城市"));
    view_text(&root, "title", STR("page"));
    CHECK(page_compile(&arena, STR("{{title}} {{site}}"), NULL, NULL, &t,
                       &problem) == OK);
    page_run_in(t, shell.object, root.object, &out);
    CHECK_STR(buf_str(&out), "page 城市");
    buf_free(&out);
}

static void the_site_s_templates_lose_the_white_space_of_their_layout(void)
{
    struct view v = view();
    CHECK_STR(render("{{<layout}}\n  {{$title}}事{{/title}}\n  {{$main}}\n"
                     "    <p>\n\n      文\n    </p>\n  {{/main}}\n"
                     "{{/layout}}\n", PAGE_SITE, &v),
              "<title>事</title>\n<p>\n文\n</p>\n");
}

static void a_missing_partial_stops_the_site(void)
{
    struct view v = view();
    CHECK_STR(render("{{>gone}}", PAGE_SITE, &v),
              "template:1: no such template: gone");
    CHECK_STR(render("a{{>gone}}b", 0, &v), "ab");
}

static void a_missing_asset_stops_the_site(void)
{
    struct view v = view();
    CHECK_STR(render("<link href=\"/assets/gone.css\">", PAGE_SITE, &v),
              "template:1: no such asset in web/: gone.css");
    str linked = render("<link href=\"/assets/zw.css\">", PAGE_SITE, &v);
    CHECK(str_find(linked, STR("/assets/zw.css?v=")) > 0);
    CHECK(linked.n == strlen("<link href=\"/assets/zw.css?v=00000000\">"));
}

static void templates_that_contain_themselves_end(void)
{
    struct view v = view();
    CHECK(str_find(render("{{<endless}}{{/endless}}", 0, &v),
                   STR("without end")) > 0);
    CHECK(render("{{>twice}}", 0, &v).n > 0);
}

static void a_broken_template_is_named_with_its_line(void)
{
    struct view v = view();
    CHECK_STR(render("\n{{#a}}\n{{/b}}", 0, &v),
              "template:3: closes what is not open: b");
    CHECK_STR(render("x\n{{#a}}", 0, &v), "template:2: is never closed: a");
    CHECK_STR(render("{{a", 0, &v), "template:1: a tag is not closed");
    CHECK_STR(render("{{/a}}", 0, &v), "template:1: nothing to close: a");
    CHECK_STR(render("{{a b}}", 0, &v), "template:1: not a name: a b");
    CHECK_STR(render("{{= =}}", 0, &v),
              "template:1: a pair of delimiters is wanted");
}

static void count_one(void *context, str path, str bytes)
{
    (void)path, (void)bytes;
    ++*(int *)context;
}

static void the_program_carries_its_files(void)
{
    int n = 0;
    str type = str_none, hash = str_none;
    CHECK(str_is_none(page_asset("web/none.css")));
    CHECK(page_asset("web/zw.css").n > 0);
    page_assets("web/", count_one, &n);
    CHECK(n > 0);
    CHECK(page_public_asset(STR("zw.css"), &type, &hash).n > 0);
    CHECK_STR(type, "text/css; charset=utf-8");
    CHECK(hash.n == 8);
    CHECK(str_is_none(page_public_asset(STR("layout.html"), &type, &hash)));
    CHECK(str_is_none(page_public_asset(STR("../src/main.c"), &type, &hash)));
}

static void every_template_of_the_site_compiles(void)
{
    struct pages *p;
    struct buf out = { 0 };
    str problem = str_none;
    enum err e = pages_load(NULL, &arena, &p, &problem);
    CHECK_STR(problem, "");
    CHECK(e == OK);
    if (e != OK)
        return;
    CHECK(page_render(p, STR("no/such"), view().object, &out) ==
          ERR_NOTFOUND);
    pages_free(p);
    buf_free(&out);
}

int main(void)
{
    RUN(what_a_citizen_types_never_becomes_markup);
    RUN(only_the_server_s_own_drawing_is_markup);
    RUN(unescaped_values_are_refused_in_the_site);
    RUN(a_number_wears_commas_and_a_day_its_style);
    RUN(the_page_s_own_names_come_before_the_shell_s);
    RUN(the_site_s_templates_lose_the_white_space_of_their_layout);
    RUN(a_missing_partial_stops_the_site);
    RUN(a_missing_asset_stops_the_site);
    RUN(templates_that_contain_themselves_end);
    RUN(a_broken_template_is_named_with_its_line);
    RUN(the_program_carries_its_files);
    RUN(every_template_of_the_site_compiles);
    arena_free(&arena);
    return test_result();
}
