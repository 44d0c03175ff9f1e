/*
 * What may be complained about, corrected and done again, by words and days
 * alone: no store, no request.
 */
#include "kernel/test/test.h"
#include "remedies/remedies.h"

static struct arena memory;

static day today(void)
{
    day d;
    return day_parse(STR("2026-11-23"), &d) ? d : day_none;
}

static void every_kind_with_a_clock_has_its_rule(void)
{
    for (const struct remedy_kind *k = remedy_kinds; k->code; k++) {
        CHECK(k->law[0] != 0);
        CHECK(remedy_kind(str_of(k->code)) == k);
        if (k->rule)
            CHECK(clock_rule(str_of(k->rule)) != NULL);
        CHECK((k->rule == NULL) == (k->by == REMEDY_BY_NOBODY));
    }
    CHECK(remedy_kind(STR("praise")) == NULL);
}

static void words_follow_what_it_is(void)
{
    CHECK_STR(remedy_state_word(STR("complaint"), STR("granted")), "成立");
    CHECK_STR(remedy_state_word(STR("correction"), STR("granted")), "已更正");
    CHECK_STR(remedy_state_word(STR("correction"), STR("dismissed")),
              "不予更正");
    CHECK_STR(remedy_state_word(STR("overasked"), STR("dismissed")), "不成立");
    CHECK_STR(remedy_state_word(STR("reopening"), STR("granted")),
              "已重新办理");
}

static bool refused(const char *kind, const char *state, bool open, bool again)
{
    return remedy_reopen_refused(str_of(kind), str_of(state), open, again).n;
}

static void only_a_refusal_is_done_again_and_once(void)
{
    CHECK(!refused("single", "refused", false, false));
    CHECK(!refused("part", "denied", false, false));
    CHECK(refused("part", "denied", false, true));
    CHECK(refused("single", "granted", false, false));
    CHECK(refused("single", "withdrawn", false, false));
    CHECK(refused("single", "reviewing", true, false));
    CHECK(refused("joint", "closed", false, false));
}

static void a_decision_has_a_number_and_a_term_within_bounds(void)
{
    str why = STR("");
    CHECK(remedy_ground_ok(STR("reconsideration"), STR("云政复决〔2026〕3号"),
                           10, &why));
    CHECK(!remedy_ground_ok(STR("reconsideration"), STR(""), 10, &why));
    CHECK(!remedy_ground_ok(STR("judgment"), STR("  "), 0, &why));
    CHECK(remedy_ground_ok(STR("error"), STR(""), 0, &why));
    CHECK(!remedy_ground_ok(STR("error"), STR(""), REMEDY_DAYS_MOST + 1, &why));
    CHECK(!remedy_ground_ok(STR("error"), STR(""), -1, &why));
    CHECK(!remedy_ground_ok(STR("complaint"), STR("TS2026-0001"), 0, &why));
    CHECK(!remedy_ground_ok(STR(""), STR(""), 0, &why) && why.n > 0);
}

static bool fits(const char *code, const char *text)
{
    str clean, why = STR("");
    return remedy_datum_ok(&memory, str_of(code), str_of(text), today(), &clean,
                           &why);
}

static void a_datum_is_what_it_can_be(void)
{
    str clean, why;
    CHECK(fits("name", "周文元"));
    CHECK(!fits("name", "周"));
    CHECK(fits("mobile", " 13800002799 "));
    CHECK(!fits("mobile", "1380000279"));
    CHECK(!fits("mobile", "23800002799"));
    CHECK(!fits("mobile", "1380000279x"));
    CHECK(!fits("citizen_id", "341881190308011075"));
    CHECK(!fits("shoe_size", "42"));
    CHECK(remedy_datum_ok(&memory, STR("citizen_id"),
                          STR("34188119040517000x"), today(), &clean, &why));
    CHECK_STR(clean, "34188119040517000X");
}

static void every_datum_has_a_keeper(void)
{
    int n;
    const struct remedy_datum *d = remedy_data(&n);
    CHECK(n == 3);
    for (int i = 0; i < n; i++)
        CHECK(d[i].label.n > 0 && d[i].unit.n > 0);
    CHECK(remedy_datum(STR("name")) != NULL);
    CHECK(remedy_datum(STR("shoe_size")) == NULL);
}

int main(void)
{
    RUN(every_kind_with_a_clock_has_its_rule);
    RUN(words_follow_what_it_is);
    RUN(only_a_refusal_is_done_again_and_once);
    RUN(a_decision_has_a_number_and_a_term_within_bounds);
    RUN(a_datum_is_what_it_can_be);
    RUN(every_datum_has_a_keeper);
    arena_free(&memory);
    return test_result();
}
