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
    CHECK(csv_row(&c) == OK && c.count == 2 && c.line == 4);
    CHECK_STR(c.field[1], "2");
    CHECK(csv_row(&c) == ERR_NOTFOUND);
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
    RUN(an_open_quote_and_text_behind_a_quote_are_refused);
    RUN(a_row_of_too_many_fields_is_refused);
    arena_free(&arena);
    return test_result();
}
