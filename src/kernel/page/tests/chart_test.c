#include "kernel/page/page.h"
#include "kernel/test/test.h"

#include <libxml/parser.h>
#include <string.h>

static struct arena arena;

static bool well_formed(const struct value *v)
{
    xmlDocPtr doc = xmlReadMemory(v->text.p, (int)v->text.n, "chart", "UTF-8",
                                  XML_PARSE_NONET | XML_PARSE_NOERROR);
    bool good = doc != NULL && v->kind == VALUE_HTML;
    if (doc)
        xmlFreeDoc(doc);
    return good;
}

static bool says(const struct value *v, const char *words)
{
    return str_find(v->text, str_of(words)) >= 0;
}

static size_t count_of(const struct value *v, const char *words)
{
    size_t n = 0;
    str s = v->text;
    ptrdiff_t at;
    while ((at = str_find(s, str_of(words))) >= 0) {
        n++;
        s = str_slice(s, (size_t)at + strlen(words), s.n);
    }
    return n;
}

static void a_finding_and_labels_never_become_markup(void)
{
    struct chart_point p = { STR("<i>\"11-20\"&"), 3, 2 };
    const struct value *v = page_chart_bars(&arena, STR("升\"<b>"), STR("收<"),
                                            STR("办>"), &p, 1);
    CHECK(well_formed(v));
    CHECK(says(v, "aria-label=\"升&quot;&lt;b&gt;\""));
    CHECK(well_formed(page_chart_line(&arena, STR("<"), &p, 1)));
    str one = STR("<td>");
    int64_t n = 1;
    CHECK(well_formed(page_chart_heat(&arena, one, &one, 1, &one, 1, &n, 3,
                                      6)));
}

static void every_point_has_a_bar_for_each_series(void)
{
    struct chart_point p[40];
    for (int i = 0; i < 40; i++)
        p[i] = (struct chart_point){ STR("11-20"), i * 1000, i };
    const struct value *both = page_chart_bars(
        &arena, STR("升"), STR("收件"), STR("办结"), p, 40);
    CHECK(well_formed(both));
    CHECK(count_of(both, "<rect") == 80);
    CHECK(says(both, ">39000</text>"));
    CHECK(count_of(page_chart_bars(&arena, STR("升"), STR("收件"), str_none,
                                   p, 40), "<rect") == 40);
    CHECK(count_of(page_chart_line(&arena, STR("升"), p, 40), "<circle") ==
          40);
}

static void the_axis_uses_its_height(void)
{
    static const int64_t most[] = { 1, 4, 9, 10, 412, 999, 1000, 310527 };
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        struct chart_point p = { STR("今"), most[i], 0 };
        const struct value *v = page_chart_bars(&arena, STR("值"), STR("件"),
                                                str_none, &p, 1);
        size_t lines = count_of(v, "<line");
        CHECK(lines >= 2 && lines <= 6);
    }
}

static void nothing_to_draw_is_an_empty_drawing(void)
{
    int64_t same[] = { 7, 7, 7 };
    CHECK(well_formed(page_chart_bars(&arena, STR("无"), STR("件"), str_none,
                                      NULL, 0)));
    CHECK(well_formed(page_chart_line(&arena, STR("无"), NULL, 0)));
    CHECK(well_formed(page_chart_spark(&arena, NULL, 0)));
    CHECK(well_formed(page_chart_spark(&arena, same, 3)));
    CHECK(!says(page_chart_spark(&arena, same, 3), "nan"));
}

static void a_share_is_written_in_figures(void)
{
    const struct value *v = page_chart_share(&arena, 9967, 9000, 10000);
    CHECK(well_formed(v));
    CHECK(says(v, ">99.6%<"));
    CHECK(says(v, "class=\"so\""));
    CHECK(says(page_chart_share(&arena, 9420, 9000, 10000), "class=\"sw\""));
    CHECK(says(page_chart_share(&arena, 10000, 9000, 10000), ">100.0%<"));
    CHECK(well_formed(page_chart_share(&arena, 0, 9000, 10000)));
}

static void heat_follows_its_two_limits(void)
{
    str columns[] = { STR("受理"), STR("勘验") }, rows[] = { STR("住建") };
    int64_t values[] = { 2, 7 };
    const struct value *v = page_chart_heat(&arena, STR("超期"), columns, 2,
                                            rows, 1, values, 3, 6);
    CHECK(says(v, "<td class=\"h1\">2</td><td class=\"h3\">7</td>"));
}

int main(void)
{
    RUN(a_finding_and_labels_never_become_markup);
    RUN(every_point_has_a_bar_for_each_series);
    RUN(the_axis_uses_its_height);
    RUN(nothing_to_draw_is_an_empty_drawing);
    RUN(a_share_is_written_in_figures);
    RUN(heat_follows_its_two_limits);
    arena_free(&arena);
    return test_result();
}
