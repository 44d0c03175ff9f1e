/*
 * A case from filing to its end, by the statute's sentences: what each verb
 * does to states, papers and figures, on either database.
 */
#include "demo/tests/asks.h"

/* 食品经营许可—变更: one department, on line. */
#define SINGLE "YX-1175"

/* ---- filing ---- */

static void a_restaurant_is_one_case_in_four_parts(void)
{
    clock_at("2026-11-16", 10);
    struct figures city = figures_of(""), food = figures_of("D025");
    str n = restaurant();
    CHECK(n.n == 16 && str_starts(n, STR("YX20261116")));
    struct case_load joint = row_of(n);
    CHECK_STR(joint.kind, "joint");
    CHECK_STR(joint.unit, "D025");
    CHECK_STR(joint.theme, "canyin");
    CHECK(joint.clock_n == 10 && joint.statutory_n == SERVICES_LIMIT_JOINT);
    CHECK(day_is_none(joint.accept_by) && clocks_running(n) == 0);
    for (int i = 0; i < 4; i++) {
        struct case_load c = row_of(part_of(n, i + 1));
        CHECK_STR(c.kind, "part");
        CHECK_STR(c.unit, four_units[i]);
        CHECK(c.parent == joint.id && c.clock_n == four_promised[i]);
        CHECK_STR(c.state, "received");
        CHECK_DAY(c.accept_by, "2026-11-23");
        const struct demo_unit *u = demo_unit_of(town.c, c.unit);
        bool ours = false;
        for (int k = 0; k < u->officers; k++)
            ours |= u->officer[k] == c.officer;
        CHECK(ours);
        CHECK(str_is_none(c.answers)); /* no copy: the desk reads its share */
        struct clock_found f = clock_of(c.number, "accept");
        CHECK_DAY(f.due, "2026-11-23");
        CHECK(f.count.n == 5 && str_is(f.unit, four_units[i]));
        CHECK(clocks_running(c.number) == 1);
    }
    CHECK(number_of("SELECT count(*) FROM services_case WHERE number LIKE "
                    "$1 || '-%'", n) == 4);
    CHECK(events_of(n) == 2 && audits_of(n) == 1 && signals_of(n) == 1);
    CHECK(figures_of("").filed == city.filed + 1);
    CHECK(figures_of("D025").filed == food.filed + 1);
}

static void each_paper_lies_there_once_and_each_part_gets_its_own(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant();
    CHECK(number_of("SELECT count(*) FROM services_paper p JOIN services_case "
                    "c ON c.id = p.case_id WHERE c.number = $1", n) == 9);
    CHECK_STR(row_of(part_of(n, 1)).papers,
              "form idcard licence plan premises safety");
    CHECK_STR(row_of(part_of(n, 4)).papers, "form licence premises sign_view");
}

static void numbers_of_a_day_have_no_gap(void)
{
    clock_at("2026-08-03", 9);
    str a = restaurant();
    /* A refused filing uses no number. */
    struct filing_job j = { .offer = "canyin",
                            .answers = restaurant_of(FOUR),
                            .f = { .applicant = town.c->zhou, .draft = 77,
                                   .draft_owner = town.c->zhou,
                                   .channel = STR("web") } };
    CHECK(test_store_run(&town.t, do_file, &j) == ERR_CONFLICT);
    str b = restaurant();
    CHECK_STR(a, "YX20260803000001");
    CHECK_STR(b, "YX20260803000002");
}

static void a_filing_without_a_needed_paper_is_refused_by_name(void)
{
    struct filing_job j = { .offer = "canyin", .lose = 1,
                            .answers = restaurant_of(FOUR),
                            .f = { .channel = STR("web") } };
    struct figures city = figures_of("");
    CHECK(test_store_run(&town.t, do_file, &j) == ERR_RANGE);
    CHECK_STR(j.sentence, "还没有上传“户外招牌效果图”，上传后再提交。");
    CHECK(figures_of("").filed == city.filed);
}

static void a_township_must_be_one(void)
{
    static const char *const wrong[] = { "D025", "341881001", "T99",
                                         "T01V001" };
    for (size_t i = 0; i < 4; i++) {
        struct filing_job j = {
            .offer = "zhaijidi", .f = { .channel = STR("web") },
            .answers = arena_printf(&town.t.arena,
                "{\"kind\":\"rebuild\",\"farmland\":\"no\",\"storeys\":2,"
                "\"land_area\":120,\"applicant_name\":\"周文远\","
                "\"applicant_code\":\"%s\",\"mobile\":\"" ZHOU_MOBILE "\","
                "\"members\":4,\"town\":\"%s\",\"village\":\"山门村\","
                "\"old_house\":\"无\",\"household\":[{\"member\":"
                "\"周文远\",\"member_code\":\"%s\","
                "\"kin\":\"self\"}],\"sides\":["
                "{\"row\":\"east\",\"neighbour\":\"路\",\"distance\":3},"
                "{\"row\":\"south\",\"neighbour\":\"路\",\"distance\":3},"
                "{\"row\":\"west\",\"neighbour\":\"河\",\"distance\":3},"
                "{\"row\":\"north\",\"neighbour\":\"坡\",\"distance\":3}"
                "],\"site\":{\"lat\":\"30.5\",\"lon\":\"118.9\","
                "\"system\":\"CGCS2000\"},\"head_sign\":{\"name\":"
                "\"周文远\",\"agree\":true}}",
                ZHOU_ID, wrong[i], ZHOU_ID).p };
        CHECK(test_store_run(&town.t, do_file, &j) == ERR_RANGE);
        CHECK_STR(j.sentence, "所选乡镇（街道）不存在，请重新选择。");
    }
}

static void a_submission_goes_through_once(void)
{
    struct filing_job j = { .offer = "canyin",
                            .answers = restaurant_of(ONLY_FOOD),
                            .f = { .applicant = town.c->zhou, .draft = 99,
                                   .draft_owner = town.c->zhou,
                                   .proxy_name = str_none,
                                   .channel = STR("web") } };
    clock_at("2026-11-16", 11);
    CHECK(test_store_sql(&town.t,
        arena_printf(&town.t.arena, "INSERT INTO services_draft VALUES (99, "
            "'C1', %lld, 'canyin', 1, 'x', '{}', 'shop', 1, 1, 30000, 1)",
            (long long)town.c->zhou).p));
    int64_t before = number_of("SELECT count(*) FROM services_case WHERE kind "
                               "= $1", STR("joint"));
    CHECK(test_store_run(&town.t, do_file, &j) == OK);
    CHECK(test_store_run(&town.t, do_file, &j) == ERR_CONFLICT);
    CHECK(number_of("SELECT count(*) FROM services_case WHERE kind = $1",
                    STR("joint")) == before + 1);
    CHECK(number_of("SELECT count(*) FROM services_draft WHERE number = $1",
                    STR("C1")) == 0);
}

/* ---- acceptance ---- */

static void acceptance_starts_both_clocks_and_the_joint_one(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant(), food = part_of(n, 1);
    clock_at("2026-11-18", 15);
    CHECK(act(officer("D025", 1), food, VERB_ACCEPT) == OK);
    struct case_load c = row_of(food), joint = row_of(n);
    CHECK_STR(c.state, "accepted");
    CHECK_DAY(c.accepted, "2026-11-18");
    CHECK_DAY(c.clock_due, "2026-11-25");
    CHECK(day_is_none(c.accept_by) && !c.deemed);
    CHECK(clock_of(food, "accept").stopped.n == on("2026-11-18").n);
    CHECK(clocks_running(food) == 2);
    CHECK_STR(joint.state, "reviewing");
    CHECK_DAY(joint.clock_due, "2026-12-02");
    CHECK(clocks_running(n) == 2);
    CHECK(clock_of(n, "statutory").count.n == SERVICES_LIMIT_JOINT);
    check_columns(food);
    check_columns(n);
    /* The joint clock began with the first; the second does not move it. */
    clock_at("2026-11-20", 15);
    CHECK(act(officer("D070", 0), part_of(n, 2), VERB_ACCEPT) == OK);
    CHECK_DAY(row_of(n).clock_due, "2026-12-02");
    CHECK_DAY(row_of(n).accepted, "2026-11-18");
    const struct value *facts = notice_of(food);
    CHECK_STR(value_get_text(facts, STR("accepted")), "2026-11-18");
    CHECK_STR(value_get_text(facts, STR("due")), "2026-11-25");
}

static void the_fifth_working_day_is_still_in_time(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant();
    clock_at("2026-11-23", 23);
    CHECK(run_job("services.deem") == OK);
    CHECK_STR(row_of(part_of(n, 1)).state, "received");
    CHECK(act(officer("D025", 0), part_of(n, 1), VERB_ACCEPT) == OK);
    CHECK(!row_of(part_of(n, 1)).deemed);
    CHECK_DAY(row_of(part_of(n, 1)).accepted, "2026-11-23");
}

static void silence_is_acceptance_on_the_day_of_receipt(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant(), fire = part_of(n, 2);
    clock_at("2026-11-24", 1);
    CHECK(run_job("services.deem") == OK);
    for (int i = 1; i <= 4; i++) {
        struct case_load c = row_of(part_of(n, i));
        CHECK_STR(c.state, "accepted");
        CHECK(c.deemed == 1);
        CHECK_DAY(c.accepted, "2026-11-16");
        check_columns(c.number);
    }
    CHECK_DAY(row_of(fire).clock_due, "2026-11-19"); /* late from the start */
    CHECK_DAY(row_of(n).accepted, "2026-11-16");
    CHECK(str_find(last_event(fire), STR("自收到材料之日 2026-11-16")) >= 0);
    const struct value *facts = notice_of(fire);
    CHECK_STR(value_get_text(facts, STR("officer")),
              arena_cstr(&town.t.arena, row_of(fire).officer_name));
    CHECK(value_truth(value_get(facts, STR("deemed"))));
    int64_t events = events_of(fire);
    CHECK(run_job("services.deem") == OK); /* again: nothing more */
    CHECK(events_of(fire) == events);
}

static void one_case_that_cannot_be_accepted_does_not_hold_up_the_others(void)
{
    clock_at("2026-11-16", 10);
    str bad = restaurant(), good = restaurant();
    spoil("UPDATE services_case SET statutory_n = 1, clock_n = 9"
          " WHERE number = $1", part_of(bad, 1));
    clock_at("2026-11-24", 1);
    CHECK(run_job("services.deem") == OK);
    CHECK_STR(row_of(part_of(bad, 1)).state, "received");
    for (int i = 2; i <= 4; i++)
        CHECK_STR(row_of(part_of(bad, i)).state, "accepted");
    for (int i = 1; i <= 4; i++)
        CHECK_STR(row_of(part_of(good, i)).state, "accepted");
}

static void after_five_days_neither_asking_nor_refusing_is_possible(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant(), food = part_of(n, 1);
    clock_at("2026-11-24", 1);
    struct act ask = { .verb = VERB_SUPPLEMENT, .number = food,
                       .supply_by = day_none, .list = STR("补充健康证明") };
    CHECK(act_as(officer("D025", 0), &ask) == ERR_RANGE);
    CHECK(str_find(ask.sentence, STR("即为受理")) >= 0);
    struct act refuse = { .verb = VERB_REFUSE, .number = food,
                          .ground = STR("依法不需要取得行政许可"),
                          .reason = STR("属于备案事项") };
    CHECK(act_as(officer("D025", 0), &refuse) == ERR_RANGE);
    CHECK(str_find(refuse.sentence, STR("即为受理")) >= 0);
    CHECK(act(officer("D025", 0), food, VERB_ACCEPT) == OK);
    CHECK(row_of(food).deemed == 1);
    CHECK_DAY(row_of(food).accepted, "2026-11-16");
}

/* ---- supplements ---- */

static void papers_are_asked_for_once(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant(), fire = part_of(n, 2);
    clock_at("2026-11-18", 10);
    CHECK(ask_for(fire, "D070", "补充标注安全出口宽度") == OK);
    struct case_load c = row_of(fire);
    CHECK_STR(c.state, "supplement");
    CHECK(c.supplements == 1 && day_is_none(c.accept_by));
    CHECK_DAY(c.supply_by, "2026-12-02");
    CHECK(clocks_running(fire) == 0); /* told in time, nothing counts yet */
    CHECK(ask_for(fire, "D070", "再补充一份预案") == ERR_CONFLICT);
    clock_at("2026-11-30", 10);
    CHECK(run_job("services.deem") == OK);
    CHECK_STR(row_of(fire).state, "supplement");
}

static void a_second_asking_is_refused_with_its_sentence(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant(), fire = part_of(n, 2);
    CHECK(ask_for(fire, "D070", "补充标注安全出口宽度") == OK);
    /* Were it ever received again, the law would still stand. */
    CHECK(test_store_sql(&town.t, arena_printf(&town.t.arena,
        "UPDATE services_case SET state = 'received', accept_by = %d WHERE "
        "number = '%.*s'", on("2026-11-23").n, STR_ARG(fire)).p));
    struct act again = { .verb = VERB_SUPPLEMENT, .number = fire,
                         .supply_by = day_none, .list = STR("再补一份预案") };
    CHECK(act_as(officer("D070", 0), &again) == ERR_RANGE);
    CHECK(str_find(again.sentence, STR("不允许再次要求补正")) >= 0);
    CHECK(test_store_sql(&town.t, arena_printf(&town.t.arena,
        "UPDATE services_case SET state = 'supplement', accept_by = NULL "
        "WHERE number = '%.*s'", STR_ARG(fire)).p));
}

static void an_asking_says_everything_and_a_day_to_come(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant(), fire = part_of(n, 2);
    CHECK(ask_for(fire, "D070", "缺") == ERR_RANGE);
    CHECK(ask_for(fire, "D070", "  \n ") == ERR_RANGE);
    struct act a = { .verb = VERB_SUPPLEMENT, .number = fire,
                     .list = STR("补充预案一份") };
    static const char *const bad[] = { "2026-11-16", "2026-11-01",
                                       "2027-08-01" };
    for (size_t i = 0; i < 3; i++) {
        a.supply_by = on(bad[i]);
        CHECK(act_as(officer("D070", 0), &a) == ERR_RANGE);
    }
    a.supply_by = on("2026-11-17");
    CHECK(act_as(officer("D070", 0), &a) == OK);
    CHECK_DAY(row_of(fire).supply_by, "2026-11-17");
}

static void what_is_supplied_is_accepted_that_day(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant(), fire = part_of(n, 2);
    CHECK(ask_for(fire, "D070", "补充标注安全出口宽度") == OK);
    clock_at("2026-12-09", 20); /* later than asked: the law sets no end */
    CHECK(act(zhou(), fire, VERB_SUPPLY) == OK);
    struct case_load c = row_of(fire);
    CHECK_STR(c.state, "accepted");
    CHECK_DAY(c.accepted, "2026-12-09");
    CHECK_DAY(c.clock_due, "2026-12-14");
    CHECK(!c.deemed);
    check_columns(fire);
    const struct value *facts = notice_of(fire);
    CHECK_STR(value_get_text(facts, STR("officer")),
              arena_cstr(&town.t.arena, c.officer_name));
}

/* ---- ends ---- */

static void a_refusal_needs_a_lawful_ground_and_reasons(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), sign = part_of(n, 4);
    struct figures before = figures_of("D014");
    struct act a = { .verb = VERB_REFUSE, .number = sign,
                     .reason = STR("招牌面积不足，属于备案") };
    CHECK(act_as(officer("D014", 0), &a) == ERR_RANGE);
    a.ground = STR("材料不全");
    CHECK(act_as(officer("D014", 0), &a) == ERR_RANGE);
    a.ground = STR("依法不需要取得行政许可");
    a.reason = STR("无");
    CHECK(act_as(officer("D014", 0), &a) == ERR_RANGE);
    a.reason = STR("招牌面积不足，属于备案");
    CHECK(act_as(officer("D014", 0), &a) == OK);
    struct case_load c = row_of(sign);
    CHECK_STR(c.state, "refused");
    CHECK(!c.open && !c.late && clocks_running(sign) == 0);
    CHECK(str_find(value_get_text(notice_of(sign), STR("remedies")),
                   STR("行政复议")) > 0);
    struct figures after = figures_of("D014");
    CHECK(after.closed == before.closed + 1);
    CHECK(after.refused == before.refused + 1 && after.late == before.late);
}

static void a_denial_needs_reasons_and_tells_the_remedies(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    CHECK(act(officer("D025", 0), food, VERB_ACCEPT) == OK);
    CHECK(act(officer("D025", 0), food, VERB_PROPOSE) == OK);
    struct act a = { .verb = VERB_DENY, .number = food, .reason = STR(" ") };
    CHECK(act_as(leader("D025"), &a) == ERR_RANGE);
    a.reason = STR("场所与污染源的距离不足二十五米");
    CHECK(act_as(officer("D025", 0), &a) == ERR_DENIED);
    CHECK(act_as(leader("D025"), &a) == OK);
    struct case_load c = row_of(food);
    CHECK_STR(c.state, "denied");
    CHECK(str_find(c.result_no, STR("不准〔2026〕")) > 0);
    CHECK_STR(c.reason, "场所与污染源的距离不足二十五米");
    str told = value_get_text(notice_of(food), STR("remedies"));
    CHECK(str_find(told, STR("行政复议")) > 0);
    CHECK(str_find(told, STR("行政诉讼")) > 0);
}

static void the_joint_case_ends_with_its_last_part_and_counts_once(void)
{
    clock_at("2026-11-02", 10);
    struct figures city = figures_of(""), unit[4];
    for (int i = 0; i < 4; i++)
        unit[i] = figures_of(four_units[i]);
    str n = restaurant();
    for (int i = 0; i < 4; i++)
        CHECK(act(officer(four_units[i], 0), part_of(n, i + 1),
                  VERB_ACCEPT) == OK);
    clock_at("2026-11-04", 10);
    for (int i = 0; i < 4; i++) {
        CHECK_STR(row_of(n).state, "reviewing");
        CHECK(decide(part_of(n, i + 1), four_units[i], i != 2) == OK);
    }
    struct case_load joint = row_of(n);
    CHECK_STR(joint.state, "closed");
    CHECK(!joint.open && !joint.late && clocks_running(n) == 0);
    CHECK_DAY(joint.closed_day, "2026-11-04");
    CHECK(str_find(last_event(n), STR("准予 3 项")) > 0);
    struct figures now = figures_of("");
    CHECK(now.filed == city.filed + 1 && now.closed == city.closed + 1);
    for (int i = 0; i < 4; i++) {
        struct figures f = figures_of(four_units[i]);
        CHECK(f.filed == unit[i].filed + 1 && f.closed == unit[i].closed + 1);
    }
    CHECK(act(zhou(), n, VERB_WITHDRAW) == ERR_CONFLICT);
    CHECK(number_of("SELECT count(*) FROM job_outbox WHERE ref = $1 AND event "
                    "= 'case.closed'", n) == 1);
}

static void a_joint_case_all_of_whose_parts_are_refused_ends_too(void)
{
    clock_at("2026-11-02", 10);
    struct figures city = figures_of("");
    str n = restaurant();
    for (int i = 0; i < 4; i++) {
        struct act a = { .verb = VERB_REFUSE, .number = part_of(n, i + 1),
                         .ground = STR("依法不属于本机关职权范围"),
                         .reason = STR("应当向上级机关申请") };
        CHECK(act_as(officer(four_units[i], 0), &a) == OK);
    }
    CHECK_STR(row_of(n).state, "closed");
    CHECK(!row_of(n).open);
    CHECK(figures_of("").closed == city.closed + 1);
}

static void withdrawing_ends_every_part_whatever_its_state(void)
{
    clock_at("2026-11-02", 10);
    struct figures city = figures_of(""), fire = figures_of("D070");
    str n = restaurant();
    CHECK(act(officer("D025", 0), part_of(n, 1), VERB_ACCEPT) == OK);
    CHECK(ask_for(part_of(n, 2), "D070", "补充标注安全出口宽度") == OK);
    CHECK(act(officer("D013", 0), part_of(n, 3), VERB_ACCEPT) == OK);
    CHECK(stop_for(part_of(n, 3), "D013", "专家评审", 5) == OK);
    CHECK(act(zhou(), part_of(n, 1), VERB_WITHDRAW) == ERR_RANGE);
    CHECK(act(li(), n, VERB_WITHDRAW) == ERR_DENIED);
    CHECK(act(zhou(), n, VERB_WITHDRAW) == OK);
    CHECK_STR(row_of(n).state, "withdrawn");
    CHECK(clocks_running(n) == 0);
    for (int i = 1; i <= 4; i++) {
        CHECK_STR(row_of(part_of(n, i)).state, "withdrawn");
        CHECK(!row_of(part_of(n, i)).open);
        CHECK(clocks_running(part_of(n, i)) == 0);
        CHECK_STR(last_event(part_of(n, i)), "申请人撤回申请");
    }
    CHECK(figures_of("").closed == city.closed + 1);
    CHECK(figures_of("D070").closed == fire.closed + 1);
    CHECK(act(zhou(), n, VERB_WITHDRAW) == ERR_CONFLICT);
}

static void a_decision_after_the_promised_day_is_flagged_late(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant();
    struct figures before = figures_of("D025"), fire = figures_of("D070");
    for (int i = 0; i < 4; i++)
        CHECK(act(officer(four_units[i], 0), part_of(n, i + 1),
                  VERB_ACCEPT) == OK);
    clock_at("2026-11-05", 23); /* the fire brigade's last day */
    CHECK(decide(part_of(n, 2), "D070", true) == OK);
    clock_at("2026-11-10", 1); /* a day after the food's */
    CHECK(decide(part_of(n, 1), "D025", true) == OK);
    CHECK(row_of(part_of(n, 1)).late == 1 && row_of(part_of(n, 2)).late == 0);
    CHECK(figures_of("D025").late == before.late + 1);
    CHECK(figures_of("D070").late == fire.late);
    CHECK(clock_of(part_of(n, 1), "promised").level >= CLOCK_YELLOW ||
          !day_is_none(clock_of(part_of(n, 1), "promised").stopped));
    clock_at("2026-11-17", 10); /* the joint day was 11-16 */
    CHECK(decide(part_of(n, 3), "D013", true) == OK);
    CHECK(decide(part_of(n, 4), "D014", true) == OK);
    CHECK(row_of(n).late == 1);
}

static void a_single_item_is_one_case_counted_in_both_places(void)
{
    clock_at("2026-11-02", 10);
    struct figures city = figures_of(""), unit = figures_of("D025");
    str n = file(SINGLE, arena_printf(&town.t.arena,
        "{\"applicant_name\":\"周文远\",\"applicant_code\":\"%s\","
        "\"mobile\":\"" ZHOU_MOBILE "\",\"town\":\"T01\","
        "\"matter\":\"食堂一处，面积 80 平方米\"}", ZHOU_ID).p);
    struct case_load c = row_of(n);
    CHECK_STR(c.kind, "single");
    CHECK(clocks_running(n) == 1 && c.parent == INT_NONE);
    CHECK(act(officer("D025", 0), n, VERB_ACCEPT) == OK);
    CHECK(decide(n, "D025", true) == OK);
    CHECK_STR(row_of(n).state, "granted");
    struct figures a = figures_of(""), b = figures_of("D025");
    CHECK(a.filed == city.filed + 1 && a.closed == city.closed + 1);
    CHECK(b.filed == unit.filed + 1 && b.closed == unit.closed + 1);
}

static void (*const tests[])(void) = {
    a_restaurant_is_one_case_in_four_parts,
    each_paper_lies_there_once_and_each_part_gets_its_own,
    numbers_of_a_day_have_no_gap,
    a_filing_without_a_needed_paper_is_refused_by_name,
    a_township_must_be_one,
    a_submission_goes_through_once,
    acceptance_starts_both_clocks_and_the_joint_one,
    the_fifth_working_day_is_still_in_time,
    silence_is_acceptance_on_the_day_of_receipt,
    one_case_that_cannot_be_accepted_does_not_hold_up_the_others,
    after_five_days_neither_asking_nor_refusing_is_possible,
    papers_are_asked_for_once,
    a_second_asking_is_refused_with_its_sentence,
    an_asking_says_everything_and_a_day_to_come,
    what_is_supplied_is_accepted_that_day,
    a_refusal_needs_a_lawful_ground_and_reasons,
    a_denial_needs_reasons_and_tells_the_remedies,
    the_joint_case_ends_with_its_last_part_and_counts_once,
    a_joint_case_all_of_whose_parts_are_refused_ends_too,
    withdrawing_ends_every_part_whatever_its_state,
    a_decision_after_the_promised_day_is_flagged_late,
    a_single_item_is_one_case_counted_in_both_places,
    nothing_personal_is_in_open_events_nor_in_the_audit,
};

int main(void)
{
    run_all(tests, sizeof tests / sizeof *tests);
    return test_result();
}
