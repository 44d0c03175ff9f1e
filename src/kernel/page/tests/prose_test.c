/* Running text: what becomes a heading, a table, a page. */
#include "base/utf8.h"
#include "kernel/page/page.h"
#include "kernel/test/test.h"

static struct arena arena;

static const struct value *prose(const char *text, size_t room, int page,
                                 int *pages)
{
    struct view v = { &arena, value_new(&arena, VALUE_OBJECT) };
    *pages = page_prose(&v, "blocks", str_of(text), room, page);
    return value_get(v.object, STR("blocks"));
}

static str member(const struct value *list, size_t i, const char *name)
{
    return value_get_text(value_at(list, i), str_of(name));
}

static void a_line_is_a_paragraph_a_heading_or_a_row(void)
{
    int pages;
    const struct value *b = prose("# 一、标准\n每月 812 元。\n\n"
                                  "|项目|标准|\n|低保|812|\n|特困|1056|\n"
                                  "到此为止。", 0, 1, &pages);
    CHECK(pages == 1 && b->count == 4);
    CHECK_STR(member(b, 0, "heading"), "一、标准");
    CHECK_STR(member(b, 0, "text"), "");
    CHECK_STR(member(b, 1, "text"), "每月 812 元。");
    const struct value *t = value_get(value_at(b, 2), STR("table"));
    CHECK(value_get(t, STR("head"))->count == 2);
    CHECK(value_get(t, STR("rows"))->count == 2);
    CHECK_STR(value_at(value_get(value_at(value_get(t, STR("rows")), 1),
                                 STR("cells")), 1)->text, "1056");
    CHECK_STR(member(b, 3, "text"), "到此为止。");
}

static void markup_stays_text(void)
{
    int pages;
    const struct value *b = prose("<script>alert(1)</script>", 0, 1, &pages);
    CHECK(value_get(value_at(b, 0), STR("text"))->kind == VALUE_TEXT);
}

static void pages_together_hold_all_of_it(void)
{
    struct buf long_one = { 0 };
    size_t characters = 0;
    int pages, n;
    for (int i = 0; i < 300; i++)
        buf_put(&long_one, i % 29 ? STR("政务公开") : STR("到此。\n"));
    buf_byte(&long_one, '\0');
    const char *text = arena_str(&arena, buf_str(&long_one)).p;
    prose(text, 380, 1, &pages);
    CHECK(pages > 2);
    for (int page = 1; page <= pages; page++) {
        const struct value *b = prose(text, 380, page, &n);
        size_t here = 0;
        CHECK(b->count > 0 && n == pages);
        for (size_t i = 0; i < b->count; i++)
            here += utf8_count(member(b, i, "text"));
        CHECK(here <= 380);
        characters += here;
    }
    const struct value *whole = prose(text, 0, 1, &n);
    size_t all = 0;
    for (size_t i = 0; i < whole->count; i++)
        all += utf8_count(member(whole, i, "text"));
    CHECK(n == 1 && all == characters && all > 1000);
    buf_free(&long_one);
}

static void a_long_paragraph_ends_a_page_at_a_full_stop(void)
{
    int pages;
    const struct value *b = prose("一二三四五六七八九。一二三四五六七八九十",
                                  15, 1, &pages);
    CHECK(pages == 2);
    CHECK_STR(member(b, 0, "text"), "一二三四五六七八九。");
    b = prose("一二三四五六七八九。一二三四五六七八九十", 15, 2, &pages);
    CHECK_STR(member(b, 0, "text"), "一二三四五六七八九十");
}

static void a_table_goes_on_under_its_head(void)
{
    int pages;
    static const char text[] = "|甲|乙|\n|1|2|\n|3|4|\n|5|6|\n|7|8|";
    prose(text, 150, 1, &pages);
    CHECK(pages == 2);
    const struct value *b = prose(text, 150, 2, &pages);
    const struct value *t = value_get(value_at(b, 0), STR("table"));
    CHECK_STR(value_at(value_get(t, STR("head")), 0)->text, "甲");
    CHECK(value_get(t, STR("rows"))->count == 2);
}

static void nothing_is_one_empty_page(void)
{
    int pages;
    CHECK(prose("", 380, 1, &pages)->count == 0);
    CHECK(pages == 1);
    CHECK(prose("一行", 380, 9, &pages)->count == 0);
}

int main(void)
{
    RUN(a_line_is_a_paragraph_a_heading_or_a_row);
    RUN(markup_stays_text);
    RUN(pages_together_hold_all_of_it);
    RUN(a_long_paragraph_ends_a_page_at_a_full_stop);
    RUN(a_table_goes_on_under_its_head);
    RUN(nothing_is_one_empty_page);
    arena_free(&arena);
    return test_result();
}
