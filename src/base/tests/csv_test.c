/* Rows of CSV, as spreadsheets write them. */
#include "base/csv.h"
#include "kernel/test/test.h"

static struct arena arena;

static void a_quoted_field_may_hold_commas_quotes_and_lines(void)
{
    struct csv c;
    csv_open(&c, &arena,
             STR("\xef\xbb\xbf"
                 "a,\"b,\"\"c\"\"\nd\",\r\n\r\n1,2"));
    CHECK(csv_row(&c) == OK && c.count == 3 && c.line == 1);
    CHECK_STR(c.field[0], "a");
    CHECK_STR(c.field[1], "b,\"c\"\nd");
    CHECK_STR(c.field[2], "");
    CHECK(csv_row(&c) == OK && c.count == 2 && c.row == 3);
    CHECK(c.line == 4);
    CHECK_STR(c.field[1], "2");
    CHECK(csv_row(&c) == ERR_NOTFOUND);
}

/* A file of many quoted fields once took memory for all of them at each. */
static void quoted_fields_take_memory_for_what_they_hold(void)
{
    struct arena mine = { 0 };
    struct buf text = { 0 };
    struct csv c;
    int rows = 0;
    for (int i = 0; i < 20000; i++)
        buf_put(&text, STR("\"abc\",\"de\"\n"));
    csv_open(&c, &mine, buf_str(&text));
    while (csv_row(&c) == OK)
        rows++;
    CHECK(rows == 20000);
    CHECK(mine.used < 4 << 20);
    arena_free(&mine);
    buf_free(&text);
}

static void an_open_quote_and_text_behind_a_quote_are_refused(void)
{
    struct csv c;
    csv_open(&c, &arena, STR("ok,1\n\"open,2\n"));
    CHECK(csv_row(&c) == OK);
    CHECK(csv_row(&c) == ERR_INPUT && c.line == 2);
    csv_open(&c, &arena, STR("\"a\"b,2\n"));
    CHECK(csv_row(&c) == ERR_INPUT);
}

static void a_row_of_too_many_fields_is_refused(void)
{
    char text[200];
    for (int i = 0; i < 199; i++)
        text[i] = ',';
    struct csv c;
    csv_open(&c, &arena, (str){ text, 199 });
    CHECK(csv_row(&c) == ERR_INPUT);
}

int main(void)
{
    RUN(a_quoted_field_may_hold_commas_quotes_and_lines);
    RUN(quoted_fields_take_memory_for_what_they_hold);
    RUN(an_open_quote_and_text_behind_a_quote_are_refused);
    RUN(a_row_of_too_many_fields_is_refused);
    arena_free(&arena);
    return test_result();
}
