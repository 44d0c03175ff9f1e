/*
 * What stops, lengthens and moves the clocks of a case, and what does not; the
 * columns of a case always say what the clock room says.
 */
#include "demo/tests/asks.h"

/* ---- time that does not count ---- */

static void a_special_procedure_stops_every_clock(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), drain = part_of(n, 3);
    clock_at("2026-11-03", 10);
    CHECK(act(officer("D013", 0), drain, VERB_ACCEPT) == OK);
    CHECK(act(officer("D025", 0), part_of(n, 1), VERB_ACCEPT) == OK);
    struct case_load before = row_of(drain), joint = row_of(n);
    CHECK_DAY(before.clock_due, "2026-11-09");
    clock_at("2026-11-04", 10);
    CHECK(stop_for(drain, "D013", "专家评审", 5) == OK);
    CHECK_STR(row_of(drain).state, "special");
    check_columns(drain);
    check_columns(n);
    CHECK(clock_of(drain, "promised").paused && clock_of(n, "promised").paused);
    CHECK(!clock_of(part_of(n, 1), "promised").paused);
    CHECK(row_of(drain).sort_due == SERVICES_NO_DAY);
    clock_at("2026-11-11", 10); /* 5, 6, 9, 10, 11: five working days lost */
    CHECK(act(officer("D013", 0), drain, VERB_RESUME) == OK);
    struct case_load after = row_of(drain);
    CHECK_STR(after.state, "reviewing");
    CHECK_DAY(after.clock_due, "2026-11-16");
    CHECK(after.clock_held == 5);
    const struct calendar *cal = clock_calendar_builtin();
    CHECK(row_of(n).clock_due.n ==
          calendar_add_working(cal, joint.clock_due, 5).n);
    CHECK(row_of(n).statutory_due.n ==
          calendar_add_working(cal, joint.statutory_due, 5).n);
    check_columns(drain);
    check_columns(n);
}

static void national_day_costs_a_stopped_clock_nothing(void)
{
    clock_at("2026-09-29", 10);
    str n = restaurant(), drain = part_of(n, 3);
    CHECK(act(officer("D013", 0), drain, VERB_ACCEPT) == OK);
    CHECK_DAY(row_of(drain).clock_due, "2026-10-10");
    clock_at("2026-09-30", 17);
    CHECK(stop_for(drain, "D013", "鉴定", 3) == OK);
    clock_at("2026-10-08", 9);
    CHECK(act(officer("D013", 0), drain, VERB_RESUME) == OK);
    /* Only 10-08 was lost; what was a holiday anyway is not given twice. */
    CHECK(row_of(drain).clock_held == 1);
    CHECK_DAY(row_of(drain).clock_due, "2026-10-12");
    check_columns(drain);
    check_columns(n);
}

static void stopped_and_resumed_the_same_day_loses_nothing(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), drain = part_of(n, 3);
    CHECK(act(officer("D013", 0), drain, VERB_ACCEPT) == OK);
    day due = row_of(drain).clock_due;
    clock_at("2026-11-03", 10);
    CHECK(stop_for(drain, "D013", "听证", 1) == OK);
    CHECK(act(officer("D013", 0), drain, VERB_RESUME) == OK);
    CHECK(row_of(drain).clock_due.n == due.n);
    CHECK(row_of(drain).clock_held == 0);
    check_columns(drain);
}

static void two_stopped_parts_stop_the_joint_clock_once(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), drain = part_of(n, 3), sign = part_of(n, 4);
    CHECK(act(officer("D013", 0), drain, VERB_ACCEPT) == OK);
    CHECK(act(officer("D014", 0), sign, VERB_ACCEPT) == OK);
    day due = row_of(n).clock_due;
    clock_at("2026-11-03", 10);
    CHECK(stop_for(drain, "D013", "专家评审", 5) == OK);
    clock_at("2026-11-05", 10);
    CHECK(stop_for(sign, "D014", "检测", 5) == OK);
    clock_at("2026-11-06", 10);
    CHECK(act(officer("D013", 0), drain, VERB_RESUME) == OK);
    CHECK(clock_of(n, "promised").paused); /* the other still stands */
    check_columns(n);
    clock_at("2026-11-10", 10);
    CHECK(act(officer("D014", 0), sign, VERB_RESUME) == OK);
    /* 4, 5, 6, 9, 10 */
    CHECK(row_of(n).clock_due.n ==
          calendar_add_working(clock_calendar_builtin(), due, 5).n);
    check_columns(n);
}

static void only_a_listed_procedure_with_its_days_stops_a_clock(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), drain = part_of(n, 3);
    CHECK(stop_for(drain, "D013", "专家评审", 5) == ERR_CONFLICT);
    CHECK(act(officer("D013", 0), drain, VERB_ACCEPT) == OK);
    CHECK(stop_for(drain, "D013", "其他", 5) == ERR_RANGE);
    CHECK(stop_for(drain, "D013", "", 5) == ERR_RANGE);
    CHECK(stop_for(drain, "D013", "听证", 0) == ERR_RANGE);
    CHECK(stop_for(drain, "D013", "听证", 181) == ERR_RANGE);
    CHECK(stop_for(drain, "D013", "听证", -3) == ERR_RANGE);
    CHECK_STR(row_of(drain).state, "accepted");
    CHECK(act(officer("D013", 0), drain, VERB_RESUME) == ERR_CONFLICT);
    CHECK(stop_for(drain, "D013", "听证", 180) == OK);
    CHECK(stop_for(drain, "D013", "听证", 5) == ERR_CONFLICT);
    struct asking a = texts_of(
        "SELECT document FROM pub_clock_span WHERE ref = $1", drain);
    CHECK(a.n == 2); /* promised and statutory, on the notice's number */
    CHECK(a.n && str_find(a.texts[0], STR("特〔2026〕")) > 0);
}

/* ---- longer ---- */

static enum err longer(struct who who, str number, int days)
{
    struct act a = { .verb = VERB_EXTEND, .number = number, .days = days,
                     .reason = STR("案情复杂需要核实") };
    return act_as(who, &a);
}

static void an_extension_is_the_leaders_once_in_time_and_ten_at_most(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    CHECK(longer(leader("D025"), food, 5) == ERR_CONFLICT);
    CHECK(act(officer("D025", 0), food, VERB_ACCEPT) == OK);
    CHECK_DAY(row_of(food).clock_due, "2026-11-09");
    day law = row_of(food).statutory_due;
    CHECK(longer(officer("D025", 0), food, 5) == ERR_DENIED);
    CHECK(longer(leader("D025"), food, 0) == ERR_RANGE);
    CHECK(longer(leader("D025"), food, 11) == ERR_RANGE);
    struct act silent = { .verb = VERB_EXTEND, .number = food, .days = 5 };
    CHECK(act_as(leader("D025"), &silent) == ERR_RANGE);
    clock_at("2026-11-09", 20); /* the last day */
    CHECK(longer(leader("D025"), food, 10) == OK);
    struct case_load c = row_of(food);
    CHECK_DAY(c.clock_due, "2026-11-23");
    CHECK(c.clock_extra == 10 && c.statutory_due.n > law.n);
    CHECK_STR(c.state, "accepted");
    check_columns(food);
    CHECK(longer(leader("D025"), food, 1) == ERR_RANGE);
    CHECK_STR(value_get_text(notice_of(food), STR("due")), "2026-11-23");
}

static void what_is_overdue_is_not_extended(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    CHECK(act(officer("D025", 0), food, VERB_ACCEPT) == OK);
    clock_at("2026-11-10", 0);
    CHECK(longer(leader("D025"), food, 5) == ERR_RANGE);
    CHECK(row_of(food).clock_extra == 0);
    check_columns(food);
}

static enum err whole_longer(struct who who, str number, int days)
{
    struct act a = { .verb = VERB_PROLONG, .number = number, .days = days,
                     .reason = STR("消防专家评审尚未结束") };
    return act_as(who, &a);
}

/* 第四十二条第二款: by the head of the government, once, fifteen at most; the
 * departments' own limits stay. */
static void the_whole_is_extended_by_the_head_of_the_government(void)
{
    struct who mayor = somebody("D001", "mayor");
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    CHECK(whole_longer(mayor, n, 15) == ERR_CONFLICT); /* nothing runs yet */
    CHECK(act(officer("D025", 0), food, VERB_ACCEPT) == OK);
    CHECK(whole_longer(leader("D025"), n, 15) == ERR_DENIED);
    CHECK(whole_longer(somebody("D001", "supervisor"), n, 15) == ERR_DENIED);
    CHECK(whole_longer(zhou(), n, 15) == ERR_DENIED);
    CHECK(whole_longer(mayor, food, 15) == ERR_RANGE);
    CHECK(whole_longer(mayor, n, 16) == ERR_RANGE);
    CHECK(whole_longer(mayor, n, 0) == ERR_RANGE);
    struct act silent = { .verb = VERB_PROLONG, .number = n, .days = 5 };
    CHECK(act_as(mayor, &silent) == ERR_RANGE);
    CHECK(stop_for(food, "D025", "专家评审", 5) == OK);
    CHECK(whole_longer(mayor, n, 15) == ERR_RANGE); /* it stands still */
    CHECK(act(officer("D025", 0), food, VERB_RESUME) == OK);

    struct case_load was = row_of(n), part = row_of(food);
    CHECK(whole_longer(mayor, n, 15) == OK);
    struct case_load c = row_of(n);
    const struct calendar *cal = clock_calendar_builtin();
    CHECK(calendar_working_between(cal, was.clock_due, c.clock_due) == 15);
    CHECK(calendar_working_between(cal, was.statutory_due,
                                   c.statutory_due) == 15);
    CHECK(c.clock_extra == 15);
    CHECK_STR(c.state, "reviewing");
    CHECK(row_of(food).clock_due.n == part.clock_due.n);
    check_columns(n);
    CHECK(value_truth(value_get(notice_of(n), STR("joint"))));
    CHECK(whole_longer(mayor, n, 1) == ERR_RANGE);
}

static void a_stopped_and_extended_clock_counts_both(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    CHECK(act(officer("D025", 0), food, VERB_ACCEPT) == OK);
    clock_at("2026-11-04", 10);
    CHECK(stop_for(food, "D025", "检验", 5) == OK);
    CHECK(longer(leader("D025"), food, 3) == ERR_CONFLICT);
    clock_at("2026-11-06", 10); /* two lost */
    CHECK(act(officer("D025", 0), food, VERB_RESUME) == OK);
    CHECK(longer(leader("D025"), food, 3) == OK);
    CHECK_DAY(row_of(food).clock_due, "2026-11-16"); /* 11-09 + 2 + 3 */
    CHECK(row_of(food).clock_held == 2);
    check_columns(food);
}

/* ---- between desks ---- */

static void a_transfer_changes_who_but_not_when(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    CHECK(act(officer("D025", 0), food, VERB_ACCEPT) == OK);
    struct case_load before = row_of(food);
    const struct demo_unit *u = demo_unit_of(town.c, STR("D025"));
    int64_t to = u->officer[0] == before.officer ? u->officer[1]
                                                 : u->officer[0];
    struct act a = { .verb = VERB_TRANSFER, .number = food, .officer = to };
    clock_at("2026-11-04", 10);
    CHECK(act_as(officer("D025", 2), &a) == OK);
    struct case_load after = row_of(food);
    CHECK(after.officer == to && after.clock_due.n == before.clock_due.n);
    CHECK(after.statutory_due.n == before.statutory_due.n);
    CHECK_STR(after.state, "accepted");
    check_columns(food); /* the clock's holder follows */
    CHECK(act_as(officer("D025", 2), &a) == ERR_RANGE); /* has it already */
    a.officer = demo_unit_of(town.c, STR("D070"))->officer[0];
    CHECK(act_as(officer("D025", 2), &a) == ERR_RANGE);
    a.officer = u->leader;
    CHECK(act_as(officer("D025", 2), &a) == ERR_RANGE);
    a.officer = 0;
    CHECK(act_as(officer("D025", 2), &a) == ERR_RANGE);
}

static void a_return_goes_back_to_review_and_the_clock_runs(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    CHECK(act(officer("D025", 0), food, VERB_ACCEPT) == OK);
    CHECK(act(officer("D025", 0), food, VERB_REVIEW) == OK);
    CHECK(act(officer("D025", 0), food, VERB_PROPOSE) == OK);
    struct act back = { .verb = VERB_RETURN, .number = food,
                        .reason = STR("请再核实周文远的健康证明") };
    day due = row_of(food).clock_due;
    CHECK(act_as(officer("D025", 0), &back) == ERR_DENIED);
    CHECK(act_as(leader("D025"), &back) == OK);
    CHECK_STR(row_of(food).state, "reviewing");
    CHECK(row_of(food).clock_due.n == due.n);
    CHECK(number_of("SELECT count(*) FROM services_event e JOIN services_case "
                    "c ON c.id = e.case_id WHERE c.number = $1 AND e.open = 0",
                    food) == 1); /* what was said stays at the desk */
}

static void (*const tests[])(void) = {
    a_special_procedure_stops_every_clock,
    national_day_costs_a_stopped_clock_nothing,
    stopped_and_resumed_the_same_day_loses_nothing,
    two_stopped_parts_stop_the_joint_clock_once,
    only_a_listed_procedure_with_its_days_stops_a_clock,
    an_extension_is_the_leaders_once_in_time_and_ten_at_most,
    what_is_overdue_is_not_extended,
    the_whole_is_extended_by_the_head_of_the_government,
    a_stopped_and_extended_clock_counts_both,
    a_transfer_changes_who_but_not_when,
    a_return_goes_back_to_review_and_the_clock_runs,
    nothing_personal_is_in_open_events_nor_in_the_audit,
};

int main(void)
{
    run_all(tests, sizeof tests / sizeof *tests);
    return test_result();
}
