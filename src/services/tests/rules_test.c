/*
 * The limits, states and verbs of a case, held against the statute alone: no
 * store, no request, only days.
 */
#include "kernel/test/test.h"
#include "services/services.h"

#include <stdlib.h>

static struct arena memory;

static const struct calendar *cal(void)
{
    return clock_calendar_builtin();
}

static day on(const char *text)
{
    day d;
    if (!day_parse(str_of(text), &d))
        abort();
    return d;
}

#define CHECK_DAY(got, want) \
    do { \
        char text_[DAY_TEXT]; \
        CHECK_STR(day_text((got), text_), want); \
    } while (0)

/* ---- five working days to accept or to ask ---- */

static void the_day_of_receipt_is_not_counted(void)
{
    CHECK_DAY(services_accept_by(cal(), on("2026-11-16")), "2026-11-23");
    CHECK_DAY(services_accept_by(cal(), on("2026-11-20")), "2026-11-27");
}

static void what_is_filed_on_a_rest_day_counts_from_the_next(void)
{
    CHECK_DAY(services_accept_by(cal(), on("2026-11-21")), "2026-11-27");
    CHECK_DAY(services_accept_by(cal(), on("2026-11-22")), "2026-11-27");
}

static void national_day_does_not_count_towards_acceptance(void)
{
    /* 10-01 to 10-07 are off, Saturday 10-10 is worked. */
    CHECK_DAY(services_accept_by(cal(), on("2026-09-30")), "2026-10-13");
    CHECK_DAY(services_accept_by(cal(), on("2026-10-03")), "2026-10-13");
    CHECK_DAY(services_accept_by(cal(), on("2026-09-28")), "2026-10-10");
}

/* ---- promise and statute ---- */

static struct services_limits limits(const char *accepted, int promised,
                                     int statutory, bool natural)
{
    struct services_limits l = { 0 };
    CHECK(services_limits(cal(), on(accepted), promised, statutory, natural,
                          &l) == OK);
    return l;
}

static void twenty_working_days_over_national_day(void)
{
    struct services_limits l = limits("2026-09-18", 5, 20, false);
    /* Sunday 09-20 is worked, 09-25 is Mid-Autumn. */
    CHECK_DAY(l.promised, "2026-09-24");
    CHECK_DAY(l.statutory, "2026-10-22");
    CHECK(!l.provisional);
}

static void the_turn_of_a_known_year_is_counted(void)
{
    /* 2026-01-01 and 02 are off, Sunday 01-04 is worked. */
    struct services_limits l = limits("2025-12-29", 3, 5, false);
    CHECK_DAY(l.promised, "2026-01-04");
    CHECK_DAY(l.statutory, "2026-01-06");
    CHECK(!l.provisional);
}

static void days_of_a_year_without_a_notice_are_provisional(void)
{
    struct services_limits l = limits("2026-12-28", 2, 20, false);
    CHECK_DAY(l.promised, "2026-12-30");
    CHECK(l.provisional); /* the statutory day lies in 2027 */
    l = limits("2026-12-21", 3, 5, false);
    CHECK(!l.provisional);
    l = limits("2026-12-28", 5, 10, false);
    CHECK(l.provisional && l.promised.n > on("2026-12-31").n);
}

static void natural_days_end_on_a_working_day(void)
{
    /* 09-11 + 20 is 10-01: off until 10-07, so 10-08. */
    struct services_limits l = limits("2026-09-11", 5, 20, true);
    CHECK_DAY(l.statutory, "2026-10-08");
    /* 11-02 + 20 is a Sunday. */
    l = limits("2026-11-02", 5, 20, true);
    CHECK_DAY(l.statutory, "2026-11-23");
}

static void a_promise_never_lengthens_the_law(void)
{
    struct services_limits l = { .promised = { 7 } };
    CHECK(services_limits(cal(), on("2026-11-16"), 21, 20, false, &l) ==
          ERR_RANGE);
    CHECK(services_limits(cal(), on("2026-11-16"), 20, 20, false, &l) == OK);
    CHECK(l.promised.n == l.statutory.n);
    /* Working days promised against natural days of the law, every start of
     * a year: the earlier of the two ends the promise. */
    static const struct { int promised, statutory; } pairs[] = {
        { 5, 5 }, { 3, 3 }, { 1, 1 }, { 15, 20 }, { 10, 15 }, { 30, 30 },
        { 30, 40 }, { 20, 20 },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (day d = on("2026-01-01"); d.n < on("2027-01-01").n; d.n++) {
            enum err e = services_limits(cal(), d, pairs[i].promised,
                                         pairs[i].statutory, true, &l);
            CHECK(e == OK);
            CHECK(l.promised.n <= l.statutory.n);
            CHECK(l.promised.n > d.n);
            CHECK(calendar_working(cal(), l.promised));
        }
}

static void a_shortened_promise_says_how_many_days_it_has(void)
{
    struct services_limits l = limits("2026-11-16", 30, 30, true);
    CHECK_DAY(l.statutory, "2026-12-16");
    CHECK_DAY(l.promised, "2026-12-16");
    CHECK(l.promised_n == 22);
    l = limits("2026-11-16", 5, 30, true);
    CHECK(l.promised_n == 5);
}

static void a_limit_of_no_days_is_refused(void)
{
    struct services_limits l;
    CHECK(services_limits(cal(), on("2026-11-16"), 0, 20, false, &l) ==
          ERR_RANGE);
    CHECK(services_limits(cal(), on("2026-11-16"), 5, 0, false, &l) ==
          ERR_RANGE);
    CHECK(services_limits(cal(), on("2026-11-16"), 5, -1, true, &l) ==
          ERR_RANGE);
}

static void the_numbers_of_the_statute(void)
{
    CHECK(SERVICES_TELL_ONCE == 5 && SERVICES_LIMIT_ONE == 20);
    CHECK(SERVICES_LIMIT_JOINT == 45 && SERVICES_EXTEND_ONE == 10);
    CHECK(SERVICES_EXTEND_JOINT == 15);
}

/* ---- the closed list ---- */

static void only_the_eight_special_procedures_stop_the_clock(void)
{
    static const char *const listed[] = { "听证", "招标", "拍卖", "检验",
                                          "检测", "检疫", "鉴定", "专家评审" };
    static const char *const other[] = {
        "",  "其他",     "研究",     "会商", "专家",  "评审",  "听证,招标",
        ",", "领导出差", "现场核查", "补正", " 听证", "听证 ", "征求意见",
    };
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++)
        CHECK(services_special_listed(str_of(listed[i])));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        CHECK(!services_special_listed(str_of(other[i])));
    CHECK(!services_special_listed(str_none));
}

static void the_clocks_stop_for_the_same_list(void)
{
    static const char *const rules[] = { "permit.decision", "permit.joint" };
    for (size_t i = 0; i < 2; i++) {
        const struct clock_rule *r = clock_rule(str_of(rules[i]));
        CHECK(r && r->stop_count == 8);
        for (size_t k = 0; r && k < r->stop_count; k++)
            CHECK(services_special_listed(r->stop[k]));
    }
    const struct clock_rule *accept =
        clock_rule(STR("permit.supplement_notice"));
    CHECK(accept && accept->stop_count == 0 && accept->n == 5);
}

/* ---- verbs by state ---- */

/*
 * Which verb is lawful in which state, read from 行政许可法 第三十二条
 * (received: accept, refuse or ask once; supplied: accept), 第三十四条 (review
 * after acceptance), 第四十二条 (extend before the decision), 第四十五条 (stop
 * while at work), 第三十七条, 第三十八条 (decide after review); an applicant
 * may take back what is not decided.  Columns: received supplement refused
 * accepted reviewing special deciding granted denied closed withdrawn ended.
 */
static const struct {
    const char *verb, *states;
} lawful[] = {
    { "accept",     "x..........." },
    { "refuse",     "x..........." },
    { "supplement", "x..........." },
    { "supply",     ".x.........." },
    { "admit",      "x..........." },
    { "handin",     "...xxxx....." },
    { "verify",     "...xxxx....." },
    { "again",      "...xxxx....." },
    { "lapse",      "...xxxx....." },
    { "review",     "...x........" },
    { "special",    "...xx......." },
    { "resume",     ".....x......" },
    { "extend",     "...xx.x....." },
    { "prolong",    "....x......." },
    { "transfer",   "x..xxx......" },
    { "propose",    "...xx......." },
    { "return",     "....x.x....." },
    { "grant",      "......x....." },
    { "deny",       "......x....." },
    { "withdraw",   "xx.xxxx....." },
    { "opinion",    "xx.xxxx....." },
    { "cosign",     "...xx.x....." },
    { "unsign",     "...xx.x....." },
    { "sign",       "...xx.x....." },
    { "delegate",   "...xx......." },
    { "recall",     "....x.x....." },
};
static const char *const states[] = {
    "received", "supplement", "refused", "accepted", "reviewing", "special",
    "deciding", "granted", "denied", "closed", "withdrawn", "ended",
};

static void each_verb_is_lawful_in_its_states_only(void)
{
    CHECK(sizeof lawful / sizeof *lawful == VERBS);
    CHECK(sizeof states / sizeof *states == CASE_STATES);
    for (size_t v = 0; v < VERBS; v++) {
        enum verb verb = verb_of(str_of(lawful[v].verb));
        CHECK(verb < VERBS);
        for (size_t s = 0; s < CASE_STATES && verb < VERBS; s++) {
            enum case_state state = case_state_of(str_of(states[s]));
            CHECK(state < CASE_STATES);
            bool want = lawful[v].states[s] == 'x';
            if (verb_allowed(verb, state) != want) {
                CHECK(!"the table of the law");
                fprintf(stderr, "  %s in %s\n", lawful[v].verb, states[s]);
            }
        }
    }
}

static void nothing_is_done_to_what_has_ended(void)
{
    for (int s = 0; s < CASE_STATES; s++)
        for (int v = 0; v < VERBS; v++)
            CHECK(case_state_open((enum case_state)s) ||
                  !verb_allowed((enum verb)v, (enum case_state)s));
}

static void every_open_state_has_a_way_out(void)
{
    for (int s = 0; s < CASE_STATES; s++) {
        int ways = 0;
        for (int v = 0; v < VERBS; v++)
            ways += v != VERB_WITHDRAW && v != VERB_OPINION &&
                    v != VERB_TRANSFER &&
                    verb_allowed((enum verb)v, (enum case_state)s);
        CHECK(case_state_open((enum case_state)s) == (ways > 0));
    }
}

static void who_decides_is_the_person_in_charge(void)
{
    static const char *const leader[] = { "extend", "grant", "deny" };
    static const char *const own[] = { "supply", "handin", "withdraw" };
    int of[BY_RULE + 1] = { 0 };
    for (int v = 0; v < VERBS; v++)
        of[verb_rule((enum verb)v)->by]++;
    CHECK(of[BY_LEADER] == 3 && of[BY_APPLICANT] == 3);
    CHECK(of[BY_GOVERNMENT] == 1 && of[BY_RULE] == 1);
    for (size_t i = 0; i < 3; i++)
        CHECK(verb_rule(verb_of(str_of(leader[i])))->by == BY_LEADER);
    for (size_t i = 0; i < 3; i++)
        CHECK(verb_rule(verb_of(str_of(own[i])))->by == BY_APPLICANT);
    CHECK(verb_rule(VERB_LAPSE)->by == BY_RULE);
    CHECK(verb_rule(VERB_PROLONG)->by == BY_GOVERNMENT);
}

static void what_touches_a_right_cites_its_article_and_issues_a_paper(void)
{
    static const struct { const char *verb, *article, *notice; } want[] = {
        { "accept", "第三十二条", "acceptance" },
        { "refuse", "第三十二条", "refusal" },
        { "supplement", "第三十二条", "supplement" },
        { "supply", "第三十二条", "acceptance" },
        { "special", "第四十五条", "special" },
        { "extend", "第四十二条", "extension" },
        { "prolong", "第四十二条第二款", "extension" },
        { "grant", "第三十八条", "grant" },
        { "deny", "第三十八条", "denial" },
        { "admit", "第三十二条", "gaps" },
        { "lapse", "第二十四条", "lapse" },
    };
    int papers = 0;
    for (int v = 0; v < VERBS; v++) {
        const struct verb_rule *r = verb_rule((enum verb)v);
        papers += r->notice != NULL;
        CHECK(r->explain[0] && r->name[0]);
        CHECK(verb_of(str_of(r->code)) == (enum verb)v);
    }
    CHECK(papers == sizeof want / sizeof *want);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct verb_rule *r = verb_rule(verb_of(str_of(want[i].verb)));
        CHECK(str_find(str_of(r->law), str_of(want[i].article)) >= 0);
        CHECK_STR(str_of(r->notice), want[i].notice);
    }
}

/* 行政许可法 第二条: only a licence goes by it; a decision about another matter
 * rests on what that matter rests on, and no word of it says 许可. */
static void what_is_no_licence_goes_by_its_own_basis(void)
{
    static const char *const own[] = { "accept", "refuse", "supply", "grant",
                                       "deny", "admit" };
    struct arena a = { 0 };
    str basis = STR("《社会保险法》第十六条");
    for (int v = 0; v < VERBS; v++) {
        struct verb_rule licence = verb_rule_for(&a, (enum verb)v, true, basis);
        struct verb_rule other = verb_rule_for(&a, (enum verb)v, false, basis);
        const struct verb_rule *r = verb_rule((enum verb)v);
        CHECK(licence.law == r->law && licence.name == r->name &&
              licence.explain == r->explain && licence.notice == r->notice);
        CHECK(str_find(str_of(other.law), STR("行政许可法")) < 0);
        CHECK(str_find(str_of(other.name), STR("许可")) < 0);
        CHECK(str_find(str_of(other.explain), STR("许可")) < 0);
        CHECK(other.from == licence.from && other.by == licence.by);
        CHECK(other.notice == licence.notice && other.code == licence.code);
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        enum verb v = verb_of(str_of(own[i]));
        CHECK_STR(str_of(verb_rule_for(&a, v, false, basis).law),
                  "《社会保险法》第十六条");
        CHECK(verb_rule_for(&a, v, false, STR("")).law[0] == '\0');
    }
    CHECK(verb_rule_for(&a, VERB_EXTEND, false, basis).law[0] == '\0');
    CHECK_STR(str_of(verb_rule_for(&a, VERB_LAPSE, false, basis).law),
              "安阳市政务服务条例 第二十四条");
    arena_free(&a);
}

static void unknown_words_are_no_verb_and_no_state(void)
{
    static const char *const words[] = { "", "Accept", "accept ", "close",
                                         "file", "reviewed", "open" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        CHECK(verb_of(str_of(words[i])) == VERBS);
        CHECK(case_state_of(str_of(words[i])) == CASE_STATES);
    }
    CHECK(verb_of(str_none) == VERBS);
}

static void every_state_has_a_name_people_read(void)
{
    for (int s = 0; s < CASE_STATES; s++) {
        str name = case_state_name((enum case_state)s, false);
        CHECK(name.n > 0 &&
              !str_eq(name, case_state_code((enum case_state)s)));
        CHECK(case_state_of(case_state_code((enum case_state)s)) ==
              (enum case_state)s);
    }
    CHECK_STR(case_state_name(CASE_RECEIVED, false), "待受理");
    CHECK_STR(case_state_name(CASE_REVIEWING, true), "并联审查中");
}

/* ---- grounds and remedies ---- */

static void a_refusal_has_two_lawful_grounds(void)
{
    str rest = STR(SERVICES_REFUSAL_GROUNDS);
    CHECK_STR(str_cut(&rest, ','), "依法不需要取得行政许可");
    CHECK_STR(str_cut(&rest, ','), "依法不属于本机关职权范围");
    CHECK(str_is_none(rest));
}

static void the_remedies_name_both_ways_their_terms_and_the_defendant(void)
{
    str r = services_remedies(&memory, STR("市场监督管理局"));
    CHECK(str_find(r, STR("行政复议")) >= 0);
    CHECK(str_find(r, STR("六十日内")) >= 0);
    CHECK(str_find(r, STR("行政诉讼")) >= 0);
    CHECK(str_find(r, STR("六个月内")) >= 0);
    CHECK(str_find(r, STR("市场监督管理局为被告")) >= 0);
}

int main(void)
{
    RUN(the_day_of_receipt_is_not_counted);
    RUN(what_is_filed_on_a_rest_day_counts_from_the_next);
    RUN(national_day_does_not_count_towards_acceptance);
    RUN(twenty_working_days_over_national_day);
    RUN(the_turn_of_a_known_year_is_counted);
    RUN(days_of_a_year_without_a_notice_are_provisional);
    RUN(natural_days_end_on_a_working_day);
    RUN(a_promise_never_lengthens_the_law);
    RUN(a_shortened_promise_says_how_many_days_it_has);
    RUN(a_limit_of_no_days_is_refused);
    RUN(the_numbers_of_the_statute);
    RUN(only_the_eight_special_procedures_stop_the_clock);
    RUN(the_clocks_stop_for_the_same_list);
    RUN(each_verb_is_lawful_in_its_states_only);
    RUN(nothing_is_done_to_what_has_ended);
    RUN(every_open_state_has_a_way_out);
    RUN(who_decides_is_the_person_in_charge);
    RUN(what_touches_a_right_cites_its_article_and_issues_a_paper);
    RUN(what_is_no_licence_goes_by_its_own_basis);
    RUN(unknown_words_are_no_verb_and_no_state);
    RUN(every_state_has_a_name_people_read);
    RUN(a_refusal_has_two_lawful_grounds);
    RUN(the_remedies_name_both_ways_their_terms_and_the_defendant);
    arena_free(&memory);
    return test_result();
}
