/* 容缺受理 in days: how long, and never past the case's own promise. */
#include "kernel/test/test.h"
#include "services/work/gap.h"

static struct arena memory;

static day on(const char *text)
{
    day d;
    CHECK(day_parse(str_of(text), &d));
    return d;
}

static int days(const char *today, int item, const char *promised)
{
    return gap_days(clock_calendar_builtin(), on(today), item,
                    promised[0] ? on(promised) : day_none);
}

/* Accepted on Monday 2026-11-23; ten working days end on 2026-12-07. */
static void the_item_names_the_days_and_ten_are_the_default(void)
{
    CHECK(days("2026-11-23", 5, "2026-12-31") == 5);
    CHECK(days("2026-11-23", 0, "2026-12-31") == SERVICES_GAP_DAYS);
    CHECK(days("2026-11-23", -3, "2026-12-31") == 10);
    CHECK(days("2026-11-23", 5, "") == 5);
    CHECK(days("2026-11-23", 400, "") == SERVICES_GAP_MOST);
}

/* 行政许可法 第四十二条 goes on from acceptance: a working day is always left
 * between the applicant's last day and the organ's. */
static void the_applicants_days_end_before_the_organs(void)
{
    CHECK(days("2026-11-23", 10, "2026-12-07") == 9);
    CHECK(days("2026-11-23", 10, "2026-11-26") == 2);
    CHECK(days("2026-11-23", 10, "2026-11-24") == 0);
    CHECK(days("2026-11-23", 10, "2026-11-23") == 0);
    CHECK(days("2026-11-30", 10, "2026-11-23") == 0);
    /* over 国庆节: 2026-09-30, then 10-08 is the next working day */
    CHECK(days("2026-09-29", 10, "2026-10-09") == 2);
    for (int left = 2; left < 30; left++) {
        const struct calendar *c = clock_calendar_builtin();
        day start = on("2026-03-02");
        day due = calendar_add_working(c, start, left);
        int n = gap_days(c, start, 60, due);
        CHECK(n == left - 1);
        CHECK(calendar_add_working(c, start, n).n < due.n);
    }
}

static void only_the_local_rule_lets_silence_end_a_case(void)
{
    const struct clock_rule *own = clock_rule(STR(GAP_DECIDE));
    const struct clock_rule *local = clock_rule(STR(GAP_WITHDRAWN));
    CHECK(own && local && own->n == SERVICES_GAP_DAYS && local->n == own->n);
    CHECK(!gap_lapses(own) && gap_lapses(local) && !gap_lapses(NULL));
    CHECK(own->unit == CLOCK_WORKING_DAYS && own->extension == 0);
    CHECK_STR(local->article, "第二十四条");
}

static void what_the_item_promises_is_never_called_law(void)
{
    struct arena *a = &memory;
    str own = gap_basis(a, clock_rule(STR(GAP_DECIDE)));
    str local = gap_basis(a, clock_rule(STR(GAP_WITHDRAWN)));
    CHECK(str_find(own, STR("不是法定期限")) > 0);
    CHECK(str_find(own, STR("行政许可法")) < 0);
    CHECK(str_find(local, STR("地方立法《安阳市政务服务条例》第二十四条")) > 0);
    arena_free(&memory);
}

static void only_what_the_form_lets_come_later_is_a_gap(void)
{
    struct form_paper p = { .source = STR("upload") };
    static const enum gap_of want[] = { GAP_NONE, GAP_MAIN, GAP_NONE,
                                        GAP_LATER };
    for (p.need = 0; p.need <= 3; p.need++) {
        CHECK(gap_of_paper(&p, false) == want[p.need]);
        CHECK(gap_of_paper(&p, true) == GAP_NONE);
    }
    p = (struct form_paper){ .source = STR("exchange"), .need = NEED_LATER };
    CHECK(gap_of_paper(&p, false) == GAP_NONE);
}

static void a_main_paper_that_is_missing_is_no_gap(void)
{
    struct arena *a = &memory;
    struct gap_missing menu[] = { { STR("menu"), STR("菜单") },
                                  { STR("sign"), STR("效果图") } };
    struct gap_found g = { menu, 2, STR(""), 0, NULL };
    CHECK_STR(gap_names(a, &g), "菜单、效果图");
    CHECK(str_find(gap_refuses_accept(a, &g, false), STR("容缺受理")) > 0);
    CHECK(gap_refuses_accept(a, &g, true).n == 0);
    CHECK(gap_refuses_admit(a, &g).n == 0);
    g.main = STR("平面图");
    CHECK(str_find(gap_refuses_admit(a, &g), STR("“平面图”")) > 0);
    CHECK(str_find(gap_refuses_accept(a, &g, false), STR("要求补正")) > 0);
    CHECK(gap_refuses_accept(a, &g, true).n == 0);
    g = (struct gap_found){ menu, 0, STR(""), 0, NULL };
    CHECK(gap_refuses_accept(a, &g, false).n == 0);
    CHECK(gap_refuses_admit(a, &g).n > 0);
    arena_free(&memory);
}

static void an_undertaking_is_one_of_two(void)
{
    CHECK(gap_pledged(STR("已收申请人签名的书面承诺")));
    CHECK(gap_pledged(STR("申请人提交申请时已经书面承诺")));
    CHECK(!gap_pledged(STR("")) && !gap_pledged(str_none));
    CHECK(!gap_pledged(STR("口头答应")));
}

static void the_decision_waits_and_the_desk_says_for_what(void)
{
    struct arena *a = &memory;
    struct case_load c = { .gaps = 0 };
    day today = on("2026-11-25"), due = on("2026-12-03");
    CHECK(gap_waits(a, &c).n == 0);
    c.gaps = 2;
    CHECK(str_find(gap_waits(a, &c), STR("没有补齐")) > 0);
    c.gap_handed = 2;
    CHECK(str_find(gap_waits(a, &c), STR("核对")) > 0);
    CHECK(gap_flag(a, 0, 0, day_none, today).n == 0);
    CHECK_STR(gap_flag(a, 1, 0, due, today), "容缺 1 份，12-03 前补交");
    CHECK_STR(gap_flag(a, 1, 0, due, on("2026-12-04")),
              "容缺 1 份，12-03 到期未补");
    CHECK_STR(gap_flag(a, 2, 1, due, today), "容缺材料交来 1 份，待核对");
    arena_free(&memory);
}

int main(void)
{
    RUN(the_item_names_the_days_and_ten_are_the_default);
    RUN(the_applicants_days_end_before_the_organs);
    RUN(only_the_local_rule_lets_silence_end_a_case);
    RUN(what_the_item_promises_is_never_called_law);
    RUN(only_what_the_form_lets_come_later_is_a_gap);
    RUN(a_main_paper_that_is_missing_is_no_gap);
    RUN(an_undertaking_is_one_of_two);
    RUN(the_decision_waits_and_the_desk_says_for_what);
    return test_result();
}
