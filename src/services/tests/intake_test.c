/* What a reader types and what a counter serves, without any store. */
#include "kernel/ident/ident.h"
#include "kernel/test/test.h"
#include "services/counter/intake.h"

static struct arena memory;

#define SPLIT(typed, want_code, want_name) \
    do { \
        str code_, name_; \
        intake_split(&memory, STR(typed), &code_, &name_); \
        CHECK_STR(code_, want_code); \
        CHECK_STR(str_is_none(name_) ? STR("-") : name_, want_name); \
    } while (0)

static void a_reader_types_a_number_and_perhaps_a_name(void)
{
    SPLIT("34188119040517000x", "34188119040517000X", "-");
    SPLIT("  34188119040517000X  ", "34188119040517000X", "-");
    SPLIT("34188119040517000X\t周文远", "34188119040517000X", "周文远");
    SPLIT("34188119040517000X, 周文远", "34188119040517000X", "周文远");
    SPLIT("34188119040517000X|买买提·吐尔逊|", "34188119040517000X",
          "买买提·吐尔逊");
    SPLIT("34188119040517000X周文远", "34188119040517000X", "周文远");
    SPLIT("91341881dema000722 云溪小馆", "91341881DEMA000722", "云溪小馆");
    SPLIT("周文远", "", "周文远");
    SPLIT("", "", "-");
}

static enum intake_kind kind(const char *code, str *why)
{
    *why = STR("");
    return intake_kind_of(&memory, str_of(code), why);
}

static void the_number_says_whose_it_is(void)
{
    char made[IDENT_TEXT];
    str why;
    CHECK(kind("34188119040517000X", &why) == INTAKE_PERSON);
    CHECK(kind("91341881DEMA000722", &why) == INTAKE_COMPANY);
    ident_credit_make('9', '2', STR("341881"), 17, made);
    CHECK(kind(made, &why) == INTAKE_COMPANY);
    /* 510103 of 成都 went in 1990: who was born there keeps the number. */
    ident_citizen_make(STR("510103"), 5, made);
    CHECK(kind(made, &why) == INTAKE_PERSON);
}

static void a_wrong_number_is_told_as_what_it_looks_like(void)
{
    str why;
    CHECK(kind("341881190405170001", &why) == INTAKE_NOBODY);
    CHECK(str_find(why, STR("公民身份号码")) >= 0);
    CHECK(kind("91341881DEMA000723", &why) == INTAKE_NOBODY);
    CHECK(str_find(why, STR("信用代码")) >= 0);
    CHECK(kind("", &why) == INTAKE_NOBODY);
    CHECK(why.n > 0);
}

static void a_counter_serves_its_lines(void)
{
    str any = STR(""), d6 = STR("D006"), card = STR("DEMO-05-001");
    CHECK(intake_serves(any, any, d6, card));
    CHECK(intake_serves(d6, any, d6, card));
    CHECK(!intake_serves(STR("D025"), any, d6, card));
    CHECK(intake_serves(d6, card, d6, card));
    CHECK(!intake_serves(d6, STR("DEMO-05-002"), d6, card));
    CHECK(!intake_serves(any, STR("DEMO-05-002"), d6, card));
}

static void how_long_it_took_is_told_in_words(void)
{
    CHECK_STR(intake_took(&memory, (inst){ 0 }, (inst){ 48999 }), "48 秒");
    CHECK_STR(intake_took(&memory, (inst){ 0 }, (inst){ 72000 }),
              "1 分 12 秒");
    CHECK_STR(intake_took(&memory, (inst){ 5000 }, (inst){ 0 }), "0 秒");
}

static void what_is_handed_over_has_a_word(void)
{
    CHECK_STR(intake_paper_word(STR("original")), "已收原件");
    CHECK_STR(intake_paper_word(STR("copy")), "已收复印件");
    CHECK_STR(intake_paper_word(STR("later")), "容缺，以后补交");
    CHECK(str_is_none(intake_paper_word(STR("licence:1.2"))));
    CHECK(str_is_none(intake_paper_word(STR(""))));
}

int main(void)
{
    RUN(a_reader_types_a_number_and_perhaps_a_name);
    RUN(the_number_says_whose_it_is);
    RUN(a_wrong_number_is_told_as_what_it_looks_like);
    RUN(a_counter_serves_its_lines);
    RUN(how_long_it_took_is_told_in_words);
    RUN(what_is_handed_over_has_a_word);
    arena_free(&memory);
    return test_result();
}
