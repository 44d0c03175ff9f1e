/*
 * A form on paper: every kind of question has room to write, and nothing in a
 * sample is anybody's.
 */
#include "kernel/ident/ident.h"
#include "kernel/page/page.h"
#include "kernel/test/test.h"
#include "services/guide/drawn.h"

static struct arena a;

/* One question of a kind, with the choices and rows kinds are made of. */
static struct form_question question(const char *kind)
{
    static struct form_choice choices[] = {
        { { "a", 1 }, { "堂食", 6 } }, { { "b", 1 }, { "外带", 6 } },
    };
    static struct form_question inner;
    inner = (struct form_question){ .kind = STR("id"), .unit = STR(""),
                                    .label = STR("身份证号"),
                                    .hint = STR("") };
    bool made = str_is(str_of(kind), "rows") || str_is(str_of(kind), "table");
    bool listed = str_is(str_of(kind), "choice") ||
                  str_is(str_of(kind), "table");
    return (struct form_question){
        .kind = str_of(kind), .label = STR("姓名"), .unit = STR(""),
        .hint = STR(""), .choices = listed ? choices : NULL,
        .choice_count = listed ? 2 : 0, .fields = made ? &inner : NULL,
        .field_count = made ? 1 : 0 };
}

static void a_sample_holds_no_number_of_a_person(void)
{
    for (const struct form_kind *k = form_kinds; k->code; k++) {
        struct form_question q = question(k->code);
        str what, said = drawn_value(&a, &q, DRAWN_SAMPLE);
        if (said.n == 0)
            fprintf(stderr, "nothing in a sample of %s\n", k->code);
        CHECK(said.n > 0);
        CHECK(!ident_personal(said, day_of(2026, 11, 23), &what));
    }
}

static void a_blank_has_the_choices_and_none_is_ticked(void)
{
    struct form_question q = question("choice");
    CHECK_STR(drawn_value(&a, &q, DRAWN_BLANK), "□ 堂食　□ 外带");
    CHECK_STR(drawn_value(&a, &q, DRAWN_SAMPLE), "■ 堂食　□ 外带");
    for (const struct form_kind *k = form_kinds; k->code; k++) {
        q = question(k->code);
        str said = drawn_value(&a, &q, DRAWN_BLANK);
        CHECK(str_find(said, STR("■")) < 0 && str_find(said, STR("某")) < 0);
    }
}

static void rows_and_tables_have_lines_to_write_on(void)
{
    struct form_question q = question("table");
    CHECK_STR(drawn_value(&a, &q, DRAWN_BLANK),
              "堂食：身份证号 ＿＿＿＿＿＿\n外带：身份证号 ＿＿＿＿＿＿");
    q = question("rows");
    CHECK(str_find(drawn_value(&a, &q, DRAWN_BLANK),
                   STR("3. 身份证号 ＿＿＿＿＿＿")) >= 0);
}

int main(void)
{
    RUN(a_sample_holds_no_number_of_a_person);
    RUN(a_blank_has_the_choices_and_none_is_ticked);
    RUN(rows_and_tables_have_lines_to_write_on);
    arena_free(&a);
    return test_result();
}
