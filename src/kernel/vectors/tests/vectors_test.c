/* A vector never passes by being overlooked, and nothing odd is a crash. */
#include "kernel/vectors/vectors.h"
#include "kernel/test/test.h"

static const struct vector_type *const types[] = { clock_vectors,
                                                   ident_vectors };
static struct buf report;
static struct vectors_result result;

static void run(const char *json)
{
    buf_clear(&report);
    result = (struct vectors_result){ 0 };
    vectors_check(types, 2, STR("f.json"), str_of(json), day_of(2026, 11, 22),
                  &report, &result);
}

static bool passes(const char *json)
{
    run(json);
    return result.passed == 1 && result.failed == 0 && report.n == 0;
}

static bool fails(const char *json, const char *line)
{
    run(json);
    return result.passed == 0 && result.failed == 1 &&
           str_find(buf_str(&report), str_of(line)) >= 0;
}

#define DEADLINE(input, answer) \
    "[{\"id\":\"D1\",\"type\":\"deadline\",\"rule\":\"r\",\"input\":{" input \
    "},\"answer\":{" answer "}}]"
#define START "\"start\":\"2026-11-16\",\"unit\":\"wd\",\"n\":5"

static void a_right_answer_passes(void)
{
    CHECK(passes(DEADLINE(START, "\"due\":\"2026-11-23\"")));
    CHECK(passes(DEADLINE(START ",\"suspend\":[[\"2026-11-17\",null]]",
                          "\"due\":null")));
    CHECK(passes(DEADLINE("\"start\":\"2026-01-31\",\"unit\":\"month\",\"n\":1",
                          "\"due\":\"2026-02-28\"")));
    CHECK(passes(DEADLINE("\"start\":\"2026-11-16T09:30\",\"unit\":\"hour\","
                          "\"n\":24", "\"due\":\"2026-11-17T09:30\"")));
    CHECK(passes(DEADLINE("\"start\":\"2026-10-12\",\"unit\":\"wd\",\"n\":-7",
                          "\"due\":\"2026-09-24\"")));
}

static void a_wrong_answer_is_shown(void)
{
    CHECK(fails(DEADLINE(START, "\"due\":\"2026-11-24\""),
                "D1 r: due: expected \"2026-11-24\", got 2026-11-23"));
    CHECK(fails(DEADLINE(START, "\"due\":7"), "due: expected 7"));
}

static void an_answer_nobody_compared_fails(void)
{
    CHECK(fails(DEADLINE(START, "\"due\":\"2026-11-23\",\"fee\":1"),
                "answer fee is not understood"));
    CHECK(fails("[{\"id\":\"D1\",\"type\":\"deadline\",\"input\":{" START
                "}}]", "the answer is missing"));
    CHECK(fails(DEADLINE(START, ""), "the answer is missing"));
}

static void what_is_unknown_fails_and_says_so(void)
{
    CHECK(fails("[{\"id\":\"X\",\"type\":\"weather\"}]",
                "X weather: unknown type \"weather\""));
    CHECK(fails("[{\"id\":\"X\",\"type\":\"scenario\",\"rule\":\"rain\"}]",
                "rule rain"));
    CHECK(fails("[{}]", "f.json[0]"));
    CHECK(fails("[7]", "not an object"));
    CHECK(fails("{}", "f.json: not an array"));
    CHECK(fails("[", "f.json: "));
    CHECK(fails("", "f.json: "));
    CHECK(fails("\xff", "f.json: "));
}

static void odd_inputs_fail_and_say_so(void)
{
    static const struct { const char *json, *says; } odd[] = {
        { DEADLINE("\"unit\":\"wd\",\"n\":5", ""), "start is neither" },
        { DEADLINE("\"start\":\"2026-02-30\",\"unit\":\"wd\",\"n\":5", ""),
          "start is neither" },
        { DEADLINE("\"start\":\"2026-11-16T25:00\",\"unit\":\"wd\",\"n\":5",
                   ""), "start is neither" },
        { DEADLINE("\"start\":\"2026-11-16\",\"unit\":\"week\",\"n\":5", ""),
          "unknown unit \"week\"" },
        { DEADLINE("\"start\":\"2026-11-16\",\"unit\":\"wd\"", ""),
          "n is missing" },
        { DEADLINE("\"start\":\"2026-11-16\",\"unit\":\"wd\",\"n\":1e99", ""),
          "not a whole number" },
        { DEADLINE("\"start\":\"2026-11-16\",\"unit\":\"wd\",\"n\":5.5", ""),
          "not a whole number" },
        { DEADLINE("\"start\":\"2026-11-16\",\"unit\":\"month\",\"n\":-5", ""),
          "not counted backwards" },
        { DEADLINE("\"start\":\"2026-11-16\",\"unit\":\"hour\",\"n\":5", ""),
          "need a moment" },
        { DEADLINE(START ",\"extend\":-1", ""), "extend" },
        { DEADLINE(START ",\"suspend\":7", ""), "suspend" },
        { DEADLINE(START ",\"suspend\":[[\"2026-11-17\"]]", ""), "suspend" },
        { DEADLINE(START ",\"suspend\":[[\"2026-11-18\",\"2026-11-17\"]]", ""),
          "outside what can be counted" },
        { DEADLINE(START ",\"receipt_policy\":\"never\"", ""),
          "receipt_policy" },
        { DEADLINE(START ",\"close\":\"noon\"", ""), "close" },
        { DEADLINE(START ",\"roll\":\"yes\"", ""), "roll" },
        { "[{\"type\":\"citizen_id\",\"input\":7,\"valid\":true}]",
          "not a text" },
        { "[{\"type\":\"citizen_id\",\"input\":\"\"}]", "neither true" },
        { "[{\"type\":\"uscc\",\"input\":\"\",\"valid\":\"maybe\"}]",
          "neither true" },
        { "[{\"type\":\"scenario\",\"rule\":\"permit_acceptance\"}]",
          "received is missing" },
        { "[{\"type\":\"scenario\",\"rule\":\"supervision_level\","
          "\"input\":{\"due\":\"2026-11-20\",\"today\":\"2026-11-20\"},"
          "\"answer\":{\"level\":\"purple\"}}]", "expected purple" },
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        CHECK(fails(odd[i].json, odd[i].says));
}

static void a_state_is_judged_by_what_it_says_of_the_clock(void)
{
#define ACCEPT(days, state) \
    "[{\"type\":\"scenario\",\"rule\":\"permit_acceptance\",\"input\":{" \
    "\"received\":\"2025-09-26\"," days ",\"n\":20},\"answer\":{\"state\":\"" \
    state "\"}}]"
#define TIMELY "\"notified\":\"2025-10-10\",\"supplied\":\"2025-10-20\""
#define LATE "\"notified\":\"2025-10-13\",\"supplied\":\"2025-10-20\""
    CHECK(passes(ACCEPT(TIMELY, "accepted_after_supplement")));
    CHECK(fails(ACCEPT(TIMELY, "deemed_accepted_notice_late"), "state"));
    CHECK(fails(ACCEPT(LATE, "accepted_after_supplement"), "state"));
    CHECK(passes(ACCEPT(LATE, "deemed_accepted_notice_late")));
    CHECK(fails(ACCEPT(TIMELY, "banana"), "state"));
    CHECK(passes(ACCEPT("\"notified\":\"2025-10-10\",\"supplied\":null",
                        "waiting_for_supplement")));
    CHECK(passes(ACCEPT("\"notified\":null", "deemed_accepted_silent")));
}

int main(void)
{
    RUN(a_right_answer_passes);
    RUN(a_wrong_answer_is_shown);
    RUN(an_answer_nobody_compared_fails);
    RUN(what_is_unknown_fails_and_says_so);
    RUN(odd_inputs_fail_and_say_so);
    RUN(a_state_is_judged_by_what_it_says_of_the_clock);
    buf_free(&report);
    return test_result();
}
