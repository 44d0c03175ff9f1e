/* The plain types: what the rest of the house stands on. */
#include "kernel/test/test.h"

#include <limits.h>
#include <setjmp.h>
#include <stdlib.h>

static void every_day_of_four_centuries_survives_the_round_trip(void)
{
    for (int32_t n = day_of(1900, 1, 1).n; n < day_of(2300, 1, 1).n; n++) {
        int y, m, d;
        day_split((day){ n }, &y, &m, &d);
        CHECK(day_of(y, m, d).n == n);
    }
    CHECK(day_of(1970, 1, 1).n == 0);
    CHECK(day_weekday(day_of(2026, 11, 22)) == 6); /* a Sunday */
    CHECK(day_weekday(day_of(1969, 12, 29)) == 0); /* a Monday before 1970 */
}

static void a_date_that_does_not_exist_is_not_read(void)
{
    day d = { 7 };
    CHECK(day_parse(STR("2024-02-29"), &d) && d.n == day_of(2024, 2, 29).n);
    CHECK(!day_parse(STR("2023-02-29"), &d));
    CHECK(!day_parse(STR("2026-13-01"), &d));
    CHECK(!day_parse(STR("2026-1-01"), &d));
    CHECK(!day_parse(STR("2026-01-01 "), &d));
}

static void the_local_day_turns_at_midnight_in_shanghai(void)
{
    inst t = { 1795363200000 }; /* 2026-11-22T16:00:00Z */
    CHECK(inst_day(t).n == day_of(2026, 11, 23).n);
    CHECK(inst_day((inst){ t.ms - 1 }).n == day_of(2026, 11, 22).n);
    CHECK(inst_minute((inst){ t.ms - 1 }) == 1439);
}

static void a_test_moves_the_clock_by_writing_a_file(void)
{
    char path[] = "/tmp/zt-clock-XXXXXX";
    inst real = inst_now();
    FILE *f = fdopen(mkstemp(path), "w");
    CHECK(f && fputs("1700000000000\n", f) >= 0 && fclose(f) == 0);
    inst_test_clock(path);
    inst moved = inst_now();
    CHECK(moved.ms >= 1700000000000 - 20 && moved.ms < 1700000060000);
    remove(path);
    CHECK(inst_now().ms >= real.ms); /* without the file: the system's */
    inst_test_clock(NULL);
}

static void numbers_are_read_whole_or_not_at_all(void)
{
    int64_t v = 5;
    CHECK(str_int(STR("-9223372036854775808"), &v) && v == INT64_MIN);
    CHECK(str_int(STR("9223372036854775807"), &v) && v == INT64_MAX);
    CHECK(!str_int(STR("9223372036854775808"), &v) && v == INT64_MAX);
    CHECK(!str_int(STR(""), &v));
    CHECK(!str_int(STR("-"), &v));
    CHECK(!str_int(STR("12a"), &v));
}

static void malformed_utf8_is_not_valid(void)
{
    CHECK(utf8_valid(STR("政通 ok 𠮷")));
    CHECK(!utf8_valid(STR("\xc0\x80")));         /* overlong */
    CHECK(!utf8_valid(STR("\xed\xa0\x80")));     /* a surrogate */
    CHECK(!utf8_valid(STR("\xf4\x90\x80\x80"))); /* beyond U+10FFFF */
    CHECK(!utf8_valid(STR("\xe6\x94")));         /* cut short */
    CHECK(utf8_count(STR("政通ab")) == 4);
    CHECK(utf8_columns(STR("政通ab")) == 6);
    CHECK_STR(utf8_head(STR("政通ab"), 1), "政");
}

static void trimming_knows_the_ideographic_space(void)
{
    CHECK_STR(str_trim(STR("\t　 张三　\r\n")), "张三");
    CHECK_STR(str_trim(STR("　")), "");
}

static void one_value_reads_as_page_and_as_json(void)
{
    struct arena a = { 0 };
    struct buf out = { 0 };
    struct view v = { &a, value_new(&a, VALUE_OBJECT) };
    view_count(&v, "cases", 310527);
    view_day_short(&v, "due", day_of(2026, 11, 20));
    view_fen(&v, "fee", (fen){ -123456 });
    view_text(&v, "name", STR("a\"<\n"));
    view_text(&v, "none", str_none);
    value_write_json(v.object, &out);
    CHECK_STR(buf_str(&out), "{\"cases\":310527,\"due\":\"2026-11-20\","
                             "\"fee\":-123456,\"name\":\"a\\\"<\\n\","
                             "\"none\":null}");
    buf_clear(&out);
    for (const struct value *m = v.object->first; m; m = m->next)
        value_write_page(m, &out);
    CHECK_STR(buf_str(&out), "310,52711-20-1,234.56a\"<\n");
    buf_free(&out);
    arena_free(&a);
}

static void json_is_read_strictly_and_decimals_stay_exact(void)
{
    struct arena a = { 0 };
    struct value *v;
    str problem;
    CHECK(value_read_json(&a, STR("{\"a\":[1,0.10,null,true],\"b\":\"店\"}"),
                          &v, &problem) == OK);
    const struct value *list = value_get(v, STR("a"));
    CHECK(list && list->count == 4);
    CHECK_STR(value_at(list, 1)->text, "0.1");
    CHECK_STR(value_get_text(v, STR("b")), "店");
    CHECK(value_read_json(&a, STR("{\"a\":1,\"a\":2}"), &v, &problem) ==
          ERR_INPUT);
    CHECK(value_read_json(&a, STR("{'a':1}"), &v, &problem) == ERR_INPUT);
    CHECK(value_read_json(&a, STR("\"\xff\""), &v, &problem) == ERR_INPUT);
    arena_free(&a);
}

static void the_ceiling_of_an_arena_goes_back_to_whoever_set_it(void)
{
    struct arena a = arena_make(64 << 10);
    jmp_buf back;
    volatile int blocks = 0;
    a.overflow = &back;
    if (setjmp(back) == 0)
        for (;; blocks++)
            arena_alloc(&a, 1000);
    CHECK(blocks > 60 && blocks < 66);
    arena_reset(&a);
    CHECK(arena_alloc(&a, 1000) != NULL);
    arena_free(&a);
}

static void markup_in_a_text_is_written_as_text(void)
{
    struct buf out = { 0 };
    buf_html(&out, STR("<a href='x'>\"&\"</a>"));
    CHECK_STR(buf_str(&out),
              "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;");
    buf_free(&out);
}

int main(void)
{
    RUN(every_day_of_four_centuries_survives_the_round_trip);
    RUN(a_date_that_does_not_exist_is_not_read);
    RUN(the_local_day_turns_at_midnight_in_shanghai);
    RUN(a_test_moves_the_clock_by_writing_a_file);
    RUN(numbers_are_read_whole_or_not_at_all);
    RUN(malformed_utf8_is_not_valid);
    RUN(trimming_knows_the_ideographic_space);
    RUN(one_value_reads_as_page_and_as_json);
    RUN(json_is_read_strictly_and_decimals_stay_exact);
    RUN(the_ceiling_of_an_arena_goes_back_to_whoever_set_it);
    RUN(markup_in_a_text_is_written_as_text);
    return test_result();
}
