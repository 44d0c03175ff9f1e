/* Levels, the 时限条, the explanation, receipt and acceptance, the rules. */
#include "kernel/clock/tests/days.h"
#include "kernel/page/page.h"
#include "kernel/test/test.h"

static const struct calendar *cal(void)
{
    return clock_calendar_builtin();
}

/* ---- levels ---- */

static struct clock_lateness at(const char *due, const char *today, bool done)
{
    struct clock_lateness l;
    clock_lateness(cal(), &clock_levels_default, on(due), on(today), done, &l);
    return l;
}

static void a_level_never_rises_on_a_rest_day(void)
{
    CHECK(at("2025-09-30", "2025-09-30", false).level == CLOCK_WARNED);
    CHECK(at("2025-09-30", "2025-10-08", false).level == CLOCK_WARNED);
    CHECK(at("2025-09-30", "2025-10-09", false).level == CLOCK_YELLOW);
    CHECK(at("2025-09-30", "2025-10-11", false).level == CLOCK_RED);
}

static void the_next_rise_is_the_day_it_rises(void)
{
    static const char *const dues[] = { "2026-02-13", "2025-10-09",
                                        "2026-11-27", "2026-11-22" };
    for (size_t i = 0; i < sizeof dues / sizeof *dues; i++) {
        day due = on(dues[i]);
        for (day d = { due.n - 20 }; d.n < due.n + 30; d.n++) {
            struct clock_lateness now, next;
            clock_lateness(cal(), &clock_levels_default, due, d, false, &now);
            if (day_is_none(now.next)) {
                CHECK(now.level == CLOCK_RED);
                continue;
            }
            CHECK(now.next.n > d.n);
            CHECK(calendar_working(cal(), now.next));
            clock_lateness(cal(), &clock_levels_default, due, now.next, false,
                           &next);
            CHECK(next.level > now.level);
            clock_lateness(cal(), &clock_levels_default, due,
                           (day){ now.next.n - 1 }, false, &next);
            CHECK(next.level == now.level);
        }
    }
}

static void what_is_done_in_time_is_not_warned_of(void)
{
    CHECK(at("2025-10-10", "2025-10-10", true).level == CLOCK_FINE);
    CHECK(at("2025-10-10", "2025-10-11", true).level == CLOCK_YELLOW);
    CHECK(day_is_none(at("2025-10-10", "2025-10-11", true).next));
}

static void levels_are_parameters(void)
{
    struct clock_levels one = { .warn_before_wd = 0, .red_after_wd = 1 };
    struct clock_lateness l;
    clock_lateness(cal(), &one, on("2025-09-29"), on("2025-09-28"), false, &l);
    CHECK(l.level == CLOCK_FINE && l.remaining == 1);
    clock_lateness(cal(), &one, on("2025-09-29"), on("2025-09-30"), false, &l);
    CHECK(l.level == CLOCK_RED && l.overdue == 1);
}

/* ---- the 时限条 ---- */

static struct clock_state state(struct clock_count k, const char *today,
                                const char *stopped, bool held)
{
    struct clock_state s;
    clock_state(cal(), &k, on(today), stopped ? on(stopped) : day_none, held,
                &s);
    return s;
}

static str shown(struct arena *a, const struct clock_state *s)
{
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    clock_view(&v, "clock", s);
    return value_get_text(value_get(v.object, STR("clock")), STR("text"));
}

static uint32_t cells(struct arena *a, const struct clock_state *s)
{
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    clock_view(&v, "clock", s);
    str drawn = value_get(value_get(v.object, STR("clock")),
                          STR("cells"))->text;
    uint32_t n = 0;
    for (size_t i = 0; i + 2 < drawn.n; i++)
        n += memcmp(drawn.p + i, "<i ", 3) == 0;
    return n;
}

static void the_bar_counts_used_and_left(void)
{
    struct arena a = { 0 };
    struct clock_state s =
        state(working("2026-11-16", 5), "2026-11-18", NULL, false);
    CHECK(s.total == 5 && s.used == 2 && s.left == 3 && s.over == 0);
    CHECK_STR(shown(&a, &s), "剩 3 个工作日");
    CHECK(cells(&a, &s) == 5);
    s = state(working("2026-11-16", 5), "2026-11-23", NULL, false);
    CHECK(s.left == 0 && s.level == CLOCK_WARNED);
    CHECK_STR(shown(&a, &s), "今日到期");
    s = state(working("2026-11-16", 5), "2026-11-25", NULL, false);
    CHECK(s.over == 2 && s.level == CLOCK_YELLOW && s.used == 5);
    CHECK_STR(shown(&a, &s), "超期 2 个工作日");
    CHECK(cells(&a, &s) == 7);
    arena_free(&a);
}

static void a_finished_clock_says_how_early_or_late(void)
{
    struct arena a = { 0 };
    struct clock_state s =
        state(working("2026-11-16", 5), "2026-11-30", "2026-11-18", false);
    CHECK(!s.running && s.level == CLOCK_FINE);
    CHECK_STR(shown(&a, &s), "提前 3 个工作日办结");
    s = state(working("2026-11-16", 5), "2026-11-30", "2026-11-23", false);
    CHECK_STR(shown(&a, &s), "按时办结");
    s = state(working("2026-11-16", 5), "2026-11-30", "2026-11-26", false);
    CHECK_STR(shown(&a, &s), "超期 3 个工作日办结");
    CHECK(s.level == CLOCK_RED);
    arena_free(&a);
}

static void a_paused_clock_stands_still(void)
{
    struct arena a = { 0 };
    struct clock_span s = { on("2026-11-18"), day_none, STR("鉴定") };
    struct clock_count k = working("2026-11-16", 5);
    k.spans = &s;
    k.span_count = 1;
    struct clock_state held = state(k, "2026-12-18", NULL, true);
    CHECK(held.used == 2 && held.left == 3 && day_is_none(held.due));
    CHECK(held.level == CLOCK_FINE && !held.running && held.held);
    CHECK_STR(shown(&a, &held), "时限暂停");
    s.to = on("2026-11-20"); /* over: two working days were lost */
    held = state(k, "2026-11-23", NULL, false);
    CHECK(held.used == 3 && held.paused == 2 && held.left == 2);
    arena_free(&a);
}

static void natural_days_are_left_until_the_moved_day(void)
{
    struct arena a = { 0 };
    struct clock_state s =
        state(natural("2025-09-17", 15), "2025-09-30", NULL, false);
    CHECK_DAY(s.due, "2025-10-09");
    CHECK(s.left == 9 && s.used == 13);
    s = state(natural("2026-11-10", 10), "2026-11-22", NULL, false);
    CHECK_DAY(s.due, "2026-11-20");
    CHECK(s.past && s.over == 0); /* Sunday: late only from Monday on */
    CHECK_STR(shown(&a, &s), "已到期");
    arena_free(&a);
}

static void a_long_bar_is_drawn_to_scale(void)
{
    struct arena a = { 0 };
    struct clock_state s =
        state(working("2026-01-12", 60), "2026-02-10", NULL, false);
    CHECK(cells(&a, &s) == 30);
    struct clock_count k = { .start = on("2026-01-12"), .n = 6,
                             .unit = CLOCK_MONTHS };
    s = state(k, "2026-02-11", NULL, false);
    CHECK(s.total == 181 && s.used == 30);
    arena_free(&a);
}

/* ---- the explanation ---- */

static void every_day_says_why(void)
{
    struct arena a = { 0 };
    struct clock_span pause = { on("2026-02-25"), on("2026-02-26"),
                                STR("专家评审") };
    struct clock_count k = working("2026-02-12", 6);
    k.spans = &pause;
    k.span_count = 1;
    struct clock_day *d;
    size_t n;
    CHECK(clock_explain(cal(), &k, &a, &d, &n) == OK);
    CHECK(n == 17);
    CHECK_STR(d[0].why, "起算当日不计");
    CHECK_STR(d[1].why, "工作日");
    CHECK(d[1].counts && d[1].number == 1);
    CHECK_STR(d[2].why, "调休上班"); /* 02-14 */
    CHECK(d[2].number == 2);
    CHECK_STR(d[3].why, "春节");
    CHECK(!d[3].counts && d[3].number == 0);
    CHECK(d[13].counts && d[13].number == 4);  /* 02-25 */
    CHECK_STR(d[14].why, "专家评审");          /* 02-26 */
    CHECK_DAY(d[16].date, "2026-02-28");
    CHECK_STR(d[16].why, "调休上班");
    arena_free(&a);
}

static void the_numbers_end_with_the_units_allowed(void)
{
    struct arena a = { 0 };
    struct clock_day *d;
    size_t n;
    for (int start = on("2025-12-01").n; start < on("2026-03-01").n; start++) {
        struct clock_count k = { .start = { start }, .n = 20 };
        CHECK(clock_explain(cal(), &k, &a, &d, &n) == OK);
        CHECK(d[n - 1].number == 20);
        struct clock_due due;
        CHECK(clock_due(cal(), &k, &due) == OK && due.due.n == d[n - 1].date.n);
    }
    arena_free(&a);
}

static void a_moved_day_says_so(void)
{
    struct arena a = { 0 };
    struct clock_count k = natural("2025-09-17", 15);
    struct clock_day *d;
    size_t n;
    CHECK(clock_explain(cal(), &k, &a, &d, &n) == OK);
    CHECK(n == 23 && d[15].number == 15);
    CHECK_STR(d[16].why, "国庆节、中秋节，顺延");
    CHECK(!d[16].counts);
    CHECK_STR(d[22].why, "期满日为休息日，顺延至此");
    arena_free(&a);
}

static void an_open_pause_ends_the_list(void)
{
    struct arena a = { 0 };
    struct clock_span pause = { on("2026-11-18"), day_none, STR("检验") };
    struct clock_count k = working("2026-11-16", 5);
    k.spans = &pause;
    k.span_count = 1;
    struct clock_day *d;
    size_t n;
    CHECK(clock_explain(cal(), &k, &a, &d, &n) == OK);
    CHECK(n == 4);
    CHECK_STR(d[3].why, "检验");
    k.n = -1;
    CHECK(clock_explain(cal(), &k, &a, &d, &n) == ERR_RANGE);
    arena_free(&a);
}

static void an_unannounced_year_says_so(void)
{
    struct arena a = { 0 };
    struct clock_count k = working("2026-12-31", 1);
    struct clock_day *d;
    size_t n;
    CHECK(clock_explain(cal(), &k, &a, &d, &n) == OK);
    CHECK_STR(d[n - 1].why, "工作日（该年放假安排尚未公布）");
    arena_free(&a);
}

/* ---- receipt and acceptance ---- */

static day received(enum clock_receipt policy, const char *d, int hour,
                    int minute)
{
    return clock_received(cal(), policy, on(d), hour * 3600 + minute * 60,
                          CLOCK_CLOSE);
}

static void filing_after_hours_is_a_policy(void)
{
    CHECK_DAY(received(CLOCK_SAME_DAY, "2025-09-30", 20, 15), "2025-09-30");
    CHECK_DAY(received(CLOCK_NEXT_WORKDAY, "2025-09-30", 20, 15),
              "2025-10-09");
    CHECK_DAY(received(CLOCK_NEXT_WORKDAY, "2025-09-30", 17, 30),
              "2025-09-30");
    CHECK_DAY(received(CLOCK_NEXT_WORKDAY, "2025-09-30", 17, 31),
              "2025-10-09");
    CHECK_DAY(received(CLOCK_NEXT_WORKDAY, "2025-04-26", 10, 0), "2025-04-27");
    CHECK_DAY(received(CLOCK_SAME_DAY, "2025-04-26", 10, 0), "2025-04-26");
    CHECK_DAY(clock_received(cal(), CLOCK_NEXT_WORKDAY, on("2025-09-30"), -1,
                             CLOCK_CLOSE), "2025-09-30");
}

static struct clock_acceptance accept(const char *notified,
                                      const char *supplied, const char *today)
{
    struct clock_acceptance a = { 0 };
    CHECK(clock_acceptance(cal(), on("2025-09-26"),
                           notified ? on(notified) : day_none,
                           supplied ? on(supplied) : day_none,
                           today ? on(today) : day_none, &a) == OK);
    return a;
}

static void silence_and_late_notices_accept_at_receipt(void)
{
    struct clock_acceptance a = accept("2025-10-13", "2025-10-20", NULL);
    CHECK(a.state == CLOCK_DEEMED_LATE);
    CHECK_DAY(a.accepted, "2025-09-26");
    CHECK_DAY(a.notice_limit, "2025-10-10");
    a = accept(NULL, NULL, NULL);
    CHECK(a.state == CLOCK_DEEMED_SILENT);
    CHECK_DAY(a.accepted, "2025-09-26");
    CHECK(accept(NULL, NULL, "2025-10-10").state == CLOCK_NOT_YET);
    CHECK(accept(NULL, NULL, "2025-10-11").state == CLOCK_DEEMED_SILENT);
}

static void a_timely_notice_accepts_when_all_is_supplied(void)
{
    struct clock_acceptance a = accept("2025-10-10", "2025-10-20", NULL);
    CHECK(a.state == CLOCK_ACCEPTED_SUPPLIED);
    CHECK_DAY(a.accepted, "2025-10-20");
    a = accept("2025-09-28", NULL, "2025-12-01");
    CHECK(a.state == CLOCK_WAITS_SUPPLEMENT && day_is_none(a.accepted));
}

static void days_out_of_order_are_refused(void)
{
    struct clock_acceptance a;
    CHECK(clock_acceptance(cal(), on("2025-09-26"), on("2025-09-25"), day_none,
                           day_none, &a) == ERR_RANGE);
    CHECK(clock_acceptance(cal(), on("2025-09-26"), on("2025-09-28"),
                           on("2025-09-27"), day_none, &a) == ERR_RANGE);
    CHECK(clock_acceptance(cal(), day_none, day_none, day_none, day_none, &a) ==
          ERR_RANGE);
}

/* ---- rules ---- */

static void the_rules_of_law_are_there(void)
{
    const struct clock_rule *r = clock_rule(STR("permit.decision"));
    CHECK(r != NULL && r->n == 20 && r->extension == 10);
    CHECK_STR(r->article, "第四十二条第一款");
    CHECK(clock_rule_stops(r, STR("专家评审")));
    CHECK(!clock_rule_stops(r, STR("其他")));
    CHECK(clock_rule(STR("permit.nothing")) == NULL);
    CHECK(clock_rules_builtin()->count == 84);
    CHECK(clock_rule(STR("hotline.return"))->unit == CLOCK_HOURS);
    CHECK_STR(clock_rule(STR("info.report_gov"))->date, "03-31");
    CHECK_STR(clock_rule(STR("info.joint_maker"))->consequence,
              "deemed_consent");
}

static void a_limit_is_a_law_or_a_promise(void)
{
    static const char *const none[] = {
        "", "answer", "permit.hearing_notice", "hotline.return",
        "info.report_gov", "permit.renewal_decide", "working-days:",
        "working-days:0", "working-days:x", "working-days:100000",
        "natural-days:x", "natural-days:0", "working-days",
    };
    struct clock_limit l = { .n = -1 };
    struct arena a = { 0 };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK(!clock_limit_read(str_of(none[i]), &l) && l.n == -1);
    CHECK(!clock_limit_read(str_none, &l));
    CHECK(clock_limit_read(STR("natural-days:5"), &l));
    CHECK(l.unit == CLOCK_NATURAL_DAYS && l.n == 5 && l.rule == NULL);
    CHECK(clock_limit_read(STR("working-days:15"), &l));
    CHECK(l.rule == NULL && l.n == 15 && l.unit == CLOCK_WORKING_DAYS);
    CHECK(clock_limit_read(STR("petition.handle"), &l));
    CHECK(l.rule && l.n == 60 && l.unit == CLOCK_NATURAL_DAYS);
    CHECK_STR(clock_units_text(&a, CLOCK_WORKING_DAYS, 20), "20 个工作日");
    CHECK_STR(clock_units_text(&a, CLOCK_NATURAL_DAYS, 60), "60 日");
    arena_free(&a);
}

static void a_broken_rule_is_named(void)
{
    struct arena a = { 0 };
    struct clock_rules rules;
    str problem = str_none;
#define RULE "{\"id\":\"x\",\"law\":\"l\",\"name\":\"n\",\"unit\":"
    static const char *const bad[] = {
        "{}", "[1]", "[{\"id\":\"x\"}]", "[",
        "[" RULE "\"week\",\"n\":1}]", "[" RULE "\"wd\",\"n\":1e9}]",
        "[" RULE "\"wd\",\"n\":5,\"extension\":5}]",
        "[" RULE "\"wd\",\"n\":5}," RULE "\"wd\",\"n\":5}]",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        problem = str_none;
        CHECK(clock_rules_read(&a, str_of(bad[i]), &rules, &problem) ==
              ERR_INPUT);
        CHECK(problem.n > 0);
    }
    arena_free(&a);
}

int main(void)
{
    RUN(a_level_never_rises_on_a_rest_day);
    RUN(the_next_rise_is_the_day_it_rises);
    RUN(what_is_done_in_time_is_not_warned_of);
    RUN(levels_are_parameters);
    RUN(the_bar_counts_used_and_left);
    RUN(a_finished_clock_says_how_early_or_late);
    RUN(a_paused_clock_stands_still);
    RUN(natural_days_are_left_until_the_moved_day);
    RUN(a_long_bar_is_drawn_to_scale);
    RUN(every_day_says_why);
    RUN(the_numbers_end_with_the_units_allowed);
    RUN(a_moved_day_says_so);
    RUN(an_open_pause_ends_the_list);
    RUN(an_unannounced_year_says_so);
    RUN(filing_after_hours_is_a_policy);
    RUN(silence_and_late_notices_accept_at_receipt);
    RUN(a_timely_notice_accepts_when_all_is_supplied);
    RUN(days_out_of_order_are_refused);
    RUN(the_rules_of_law_are_there);
    RUN(a_limit_is_a_law_or_a_promise);
    RUN(a_broken_rule_is_named);
    return test_result();
}
