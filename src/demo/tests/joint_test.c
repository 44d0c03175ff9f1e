/*
 * The joint case as a running case: what filing begins, how parts end the
 * whole and each other, and what was filed before there was a process for it.
 */
#include "demo/tests/asks.h"
#include "kernel/page/page.h"
#include "services/work/step.h"

static void bad_process(void *context, const char *format, ...)
{
    (void)context;
    fprintf(stderr, "  %s\n", format);
    CHECK(!"what is stored is what was done");
}

static enum err check_work(struct tx *tx, void *context)
{
    return process_check(tx, 1, bad_process, NULL, context);
}

/* Rows, states and replays agree; joints are open as long as a part is. */
static void all_is_whole(void)
{
    int64_t looked;
    CHECK(test_store_look(&town.t, check_work, &looked) == OK);
    CHECK(number_of("SELECT count(*) FROM services_case c WHERE kind = "
                    "'joint' AND length($1) = 0 AND c.open <> "
                    "(SELECT coalesce(max(p.open), 0) FROM services_case p "
                    "WHERE p.parent = c.id)", STR("")) == 0);
}

/* ---- bringing processes into force ---- */

struct deploying {
    str key, xml;
};

static enum err deploy_work(struct tx *tx, void *context)
{
    struct deploying *d = context;
    int64_t version = 0;
    str problem = STR("");
    enum err e = d->xml.n ? process_deploy(tx, PROCESS_FLOW, d->key,
                                           STR(""), d->xml, &version,
                                           &problem)
                          : process_retire(tx, PROCESS_FLOW, d->key);
    tx->notes++;
    if (e != OK)
        fprintf(stderr, "  %.*s\n", STR_ARG(problem));
    return e;
}

/* "" takes it out of force. */
static void deploy(const char *key, str xml)
{
    struct deploying d = { str_of(key), xml };
    town.t.now.ms += 1000;
    CHECK(test_store_run(&town.t, deploy_work, &d) == OK);
    town.t.now.ms += 1000;
}

static str delivered(const char *path)
{
    return page_asset(path);
}

/* The delivered one with the first `from` in it replaced. */
static str changed(str xml, const char *from, const char *to)
{
    ptrdiff_t at = str_find(xml, str_of(from));
    CHECK(at >= 0);
    return at < 0 ? xml
                  : arena_printf(&town.t.arena, "%.*s%s%.*s", (int)at, xml.p,
                                 to, (int)(xml.n - (size_t)at - strlen(from)),
                                 xml.p + at + strlen(from));
}

#define JOINT "data/process/joint.bpmn"

static void deploy_delivered(void)
{
    deploy("promised", delivered("data/process/promised.bpmn"));
    deploy("instant", delivered("data/process/instant.bpmn"));
    deploy(JOINT_PROCESS, delivered(JOINT));
}

static str chained(void)
{
    chained_theme();
    return file("chain", restaurant_of(FOUR));
}

/* Through acceptance and the steps of the department to the decision. */
static enum err finish(str number, const char *unit, bool grant)
{
    enum err e = act(officer(unit, 0), number, VERB_ACCEPT);
    for (int i = 0; i < 4 && e == OK && !str_is(row_of(number).state,
                                                 "deciding"); i++)
        e = act(i ? leader(unit) : officer(unit, 0), number, VERB_PROPOSE);
    struct act a = { .verb = grant ? VERB_GRANT : VERB_DENY, .number = number,
                     .reason = STR("场所不符合卫生规范第三条") };
    return e == OK ? act_as(leader(unit), &a) : e;
}

/* What becomes of an application that cannot be filed. */
static enum err file_refused(const char *offer, const char *answers)
{
    struct filing_job j = { .offer = offer, .answers = answers,
                            .f = { .applicant = town.c->zhou,
                                   .proxy_name = str_none,
                                   .channel = STR("web") } };
    town.t.who = zhou();
    return test_store_run(&town.t, do_file, &j);
}

/* ---- the sentences ---- */

static void filing_begins_one_process_and_it_opens_the_parts(void)
{
    clock_at("2026-11-16", 10);
    deploy_delivered();
    str n = restaurant();
    struct whole w = whole_of(n);
    CHECK(str_is(w.state, "running") && w.calls == 4 && w.events == 1);
    CHECK(number_of("SELECT count(*) FROM process_case p JOIN process_case w "
                    "ON w.id = p.parent WHERE w.number = $1 AND p.number LIKE "
                    "'%-_' AND p.state = 'running'", n) == 4);
    for (int i = 0; i < 4; i++) {
        struct case_load c = row_of(part_of(n, i + 1));
        CHECK_STR(c.unit, four_units[i]);
        CHECK(clocks_running(c.number) == 1);
    }
    CHECK(events_of(n) == 2 && audits_of(n) == 1 && signals_of(n) == 1);
    all_is_whole();
}

static void the_last_part_ends_the_whole(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant();
    for (int i = 0; i < 4; i++) {
        struct whole w = whole_of(n);
        CHECK(str_is(w.state, "running") && w.calls == 4 - i);
        CHECK(finish(part_of(n, i + 1), four_units[i], i != 2) == OK);
    }
    struct whole w = whole_of(n);
    CHECK(str_is(w.state, "done") && w.events == 5);
    CHECK_STR(row_of(n).state, "closed");
    CHECK_STR(last_event(n), "办结：4 个部门全部作出决定，其中准予 3 项，结果"
                             "一并送达");
    CHECK(clocks_running(n) == 0);
    all_is_whole();
}

static void what_needs_a_refused_part_ends_with_it(void)
{
    clock_at("2026-11-16", 10);
    struct figures drains = figures_of("D013"), city = figures_of("");
    str n = chained();
    CHECK(act(officer("D013", 0), part_of(n, 3), VERB_ACCEPT) == OK);
    CHECK(stop_for(part_of(n, 3), "D013", "专家评审", 5) == OK);
    CHECK(!day_is_none(row_of(n).clock_held_at));
    CHECK(finish(part_of(n, 1), "D025", false) == OK);
    for (int i = 3; i <= 4; i++) {
        struct case_load c = row_of(part_of(n, i));
        CHECK_STR(c.state, "ended");
        CHECK(!c.open && clocks_running(c.number) == 0);
        CHECK_STR(last_event(c.number),
                  "前置的审批没有获准，这个分件终止办理");
        CHECK(str_is(whole_of(c.number).state, "stopped"));
        CHECK(signals_of(c.number) > 0 && audits_of(c.number) > 0);
    }
    /* Whoever does not need it goes on, and time with it. */
    CHECK_STR(row_of(part_of(n, 2)).state, "received");
    CHECK(row_of(n).open && day_is_none(row_of(n).clock_held_at));
    CHECK(figures_of("D013").closed == drains.closed + 1);
    check_columns(n);
    all_is_whole();
    CHECK(finish(part_of(n, 2), "D070", true) == OK);
    CHECK_STR(row_of(n).state, "closed");
    CHECK_STR(last_event(n), "办结：4 个部门全部办结，其中准予 1 项，终止 2 项"
                             "，结果一并送达");
    CHECK(figures_of("").closed == city.closed + 1);
    all_is_whole();
}

static void what_needs_a_granted_part_goes_on(void)
{
    clock_at("2026-11-16", 10);
    str n = chained();
    CHECK(finish(part_of(n, 1), "D025", true) == OK);
    CHECK(whole_of(n).calls == 3 && row_of(part_of(n, 3)).open);
    struct act no = { .verb = VERB_REFUSE, .number = part_of(n, 3),
                      .reason = STR("依法不需要办理"),
                      .ground = STR("依法不需要取得行政许可") };
    CHECK(act_as(officer("D013", 0), &no) == OK);
    CHECK_STR(row_of(part_of(n, 4)).state, "ended");
    CHECK(row_of(part_of(n, 2)).open);
    all_is_whole();
}

static void the_applicant_takes_the_whole_back(void)
{
    clock_at("2026-11-16", 10);
    str n = chained();
    CHECK(finish(part_of(n, 2), "D070", true) == OK);
    CHECK(act(zhou(), n, VERB_WITHDRAW) == OK);
    CHECK_STR(row_of(n).state, "withdrawn");
    CHECK_STR(row_of(part_of(n, 2)).state, "granted");
    for (int i = 1; i <= 4; i++)
        if (i != 2) {
            CHECK_STR(row_of(part_of(n, i)).state, "withdrawn");
            CHECK(str_is(whole_of(part_of(n, i)).state, "stopped"));
        }
    CHECK(str_is(whole_of(n).state, "done"));
    CHECK(act(zhou(), n, VERB_WITHDRAW) == ERR_CONFLICT);
    all_is_whole();
}

static void a_joint_case_of_before_goes_on_to_its_end(void)
{
    clock_at("2026-11-16", 10);
    deploy(JOINT_PROCESS, STR(""));
    str none = restaurant(), withdrawn = restaurant();
    /* What was delivered once calls nobody: nothing may begin on it. */
    deploy(JOINT_PROCESS, delivered("data/process/jointreview.bpmn"));
    str other = restaurant();
    deploy(JOINT_PROCESS, delivered(JOINT));
    CHECK(str_is(whole_of(none).state, "none"));
    CHECK(str_is(whole_of(other).state, "none"));
    CHECK(str_is(whole_of(part_of(none, 1)).state, "running"));
    for (int i = 0; i < 4; i++)
        CHECK(finish(part_of(none, i + 1), four_units[i], true) == OK);
    CHECK_STR(row_of(none).state, "closed");
    CHECK(act(zhou(), withdrawn, VERB_WITHDRAW) == OK);
    CHECK_STR(row_of(part_of(withdrawn, 4)).state, "withdrawn");
    CHECK(str_is(whole_of(part_of(withdrawn, 4)).state, "stopped"));
    all_is_whole();
}

static void parts_may_be_drawn_one_after_another(void)
{
    clock_at("2026-11-16", 10);
    deploy(JOINT_PROCESS,
           changed(delivered(JOINT), "<multiInstanceLoopCharacteristics ",
                   "<multiInstanceLoopCharacteristics isSequential=\"true\" "));
    struct figures fire = figures_of("D070");
    str n = restaurant();
    CHECK(number_of("SELECT count(*) FROM services_case WHERE number LIKE "
                    "$1 || '-%'", n) == 1);
    town.t.now.ms += 2 * 86400000LL; /* to Wednesday */
    CHECK(finish(part_of(n, 1), "D025", true) == OK);
    struct case_load c = row_of(part_of(n, 2)), first = row_of(part_of(n, 1));
    CHECK_STR(c.state, "received");
    CHECK_STR(c.unit, "D070");
    CHECK_DAY(c.received, "2026-11-18");
    CHECK_DAY(c.accept_by, "2026-11-25");
    CHECK_STR(c.papers, "form licence plan premises fire_system");
    CHECK(str_eq(c.ticket, first.ticket) && c.applicant == first.applicant);
    CHECK(str_eq(c.applicant_open, first.applicant_open));
    CHECK(clocks_running(c.number) == 1 && row_of(n).open);
    CHECK(figures_of("D070").filed == fire.filed + 1);
    all_is_whole();
    for (int i = 1; i < 4; i++)
        CHECK(finish(part_of(n, i + 1), four_units[i], true) == OK);
    CHECK_STR(row_of(n).state, "closed");
    all_is_whole();
    deploy(JOINT_PROCESS, delivered(JOINT));
}

struct cancelling {
    int64_t id;
};

static enum err cancel_work(struct tx *tx, void *context)
{
    struct cancelling *c = context;
    struct process_answer a;
    struct process_do d = { .id = c->id,
                            .command = { .verb = FLOW_CANCEL } };
    return process_do(tx, &d, &a);
}

static void an_administrator_who_ends_a_process_ends_its_cases(void)
{
    clock_at("2026-11-16", 10);
    str n = restaurant();
    struct cancelling c = { whole_of(part_of(n, 1)).id };
    CHECK(test_store_run(&town.t, cancel_work, &c) == OK);
    CHECK_STR(row_of(part_of(n, 1)).state, "ended");
    CHECK_STR(last_event(part_of(n, 1)), "这个分件的流程由管理员终止");
    CHECK(row_of(n).open && whole_of(n).calls == 3);
    all_is_whole();
    c.id = whole_of(n).id;
    CHECK(test_store_run(&town.t, cancel_work, &c) == OK);
    CHECK_STR(row_of(part_of(n, 2)).state, "ended");
    CHECK_STR(row_of(n).state, "closed");
    all_is_whole();
}

static void a_department_calls_nobody_outside_its_file(void)
{
    static const char calls[] =
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
        "xmlns:zt=\"urn:zhengtong:bpmn\"><process id=\"promised\" "
        "isExecutable=\"true\"><startEvent id=\"s\"/><userTask id=\"accept\" "
        "zt:form=\"accept\" zt:post=\"窗口受理岗\"/><callActivity id=\"out\" "
        "calledElement=\"instant\"/><sequenceFlow id=\"a\" sourceRef=\"s\" "
        "targetRef=\"accept\"/><sequenceFlow id=\"b\" sourceRef=\"accept\" "
        "targetRef=\"out\"/></process></definitions>";
    clock_at("2026-11-16", 10);
    deploy("promised", str_of(calls));
    str n = restaurant();
    CHECK(act(officer("D025", 0), part_of(n, 1), VERB_ACCEPT) == OK);
    CHECK(str_is(whole_of(part_of(n, 1)).state, "stuck"));
    CHECK(number_of("SELECT count(*) FROM process_incident i JOIN "
                    "process_case c ON c.id = i.case_id WHERE c.number = $1 "
                    "AND i.text LIKE '%同一个文件%'", part_of(n, 1)) == 1);
    all_is_whole();
    deploy("promised", delivered("data/process/promised.bpmn"));
}

static void a_process_that_opens_nothing_takes_no_application(void)
{
    clock_at("2026-11-16", 10);
    deploy(JOINT_PROCESS, changed(delivered(JOINT), "zt:collection=\"parts\"",
                                  "zt:collection=\"nothing\""));
    int64_t before = number_of("SELECT count(*) FROM services_case WHERE "
                               "kind = $1", STR("joint"));
    CHECK(file_refused("canyin", restaurant_of(FOUR)) == ERR_STORE);
    CHECK(number_of("SELECT count(*) FROM services_case WHERE kind = $1",
                    STR("joint")) == before);
    deploy(JOINT_PROCESS, delivered(JOINT));
}

static void (*const tests[])(void) = {
    filing_begins_one_process_and_it_opens_the_parts,
    the_last_part_ends_the_whole,
    what_needs_a_refused_part_ends_with_it,
    what_needs_a_granted_part_goes_on,
    the_applicant_takes_the_whole_back,
    a_joint_case_of_before_goes_on_to_its_end,
    parts_may_be_drawn_one_after_another,
    an_administrator_who_ends_a_process_ends_its_cases,
    a_department_calls_nobody_outside_its_file,
    a_process_that_opens_nothing_takes_no_application,
    nothing_personal_is_in_open_events_nor_in_the_audit,
};

int main(void)
{
    run_all(tests, sizeof tests / sizeof *tests);
    return test_result();
}
