/* Visits, terms of authority and the village's items. */
#include "kernel/test/test.h"
#include "villages/villages.h"

static const day TODAY = { 20780 };

static void who_was_never_visited_is_due_today(void)
{
    CHECK(villages_due(day_none, 14, TODAY).n == TODAY.n);
    CHECK(villages_due((day){ TODAY.n - 3 }, 14, TODAY).n == TODAY.n + 11);
    CHECK(day_is_none(villages_due(TODAY, 0, TODAY)));
}

static void who_lives_alone_is_visited_twice_as_often(void)
{
    CHECK(villages_every(STR("alone")) == 14);
    CHECK(villages_every(STR("old")) == 30);
    CHECK(villages_every(STR("")) == 0 && villages_every(STR("x")) == 0);
}

/* 民法典 第一百六十五条 */
static void an_authority_has_a_term_of_at_most_a_year(void)
{
    CHECK(villages_term_ok(TODAY, TODAY));
    CHECK(villages_term_ok(TODAY, (day){ TODAY.n + 365 }));
    CHECK(!villages_term_ok(TODAY, (day){ TODAY.n + 366 }));
    CHECK(!villages_term_ok(TODAY, (day){ TODAY.n - 1 }));
}

static void the_four_of_the_survey_are_filed_in_villages(void)
{
    static const char *const words[] = { "涉农补贴", "合作医疗报销", "身份证",
                                         "老年优待证" };
    struct villages_item it;
    for (size_t i = 0; i < 4; i++) {
        CHECK(villages_item(i, &it));
        CHECK_STR(it.word, words[i]);
    }
    CHECK(!villages_item(4, &it));
}

static void every_code_has_its_word(void)
{
    CHECK_STR(villages_care_word(STR("alone")), "独居");
    CHECK_STR(villages_proof_word(STR("signed")), "本人签字");
    CHECK(villages_care_word(STR("")).n == 0);
    CHECK(villages_proof_word(STR("x")).n == 0);
}

int main(void)
{
    RUN(who_was_never_visited_is_due_today);
    RUN(who_lives_alone_is_visited_twice_as_often);
    RUN(an_authority_has_a_term_of_at_most_a_year);
    RUN(the_four_of_the_survey_are_filed_in_villages);
    RUN(every_code_has_its_word);
    return test_result();
}
