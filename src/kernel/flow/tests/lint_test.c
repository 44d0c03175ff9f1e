/* What deployment refuses: each complaint names its element. */
#include "kernel/flow/tests/play.h"

/* The ids complained about, with - for wrong and ! for what cannot run. */
static str complaints(const char *xml)
{
    struct bpmn *g = NULL;
    struct bpmn_lint lint;
    str problem = str_none;
    buf_clear(&play_out);
    if (bpmn_read(&play_arena, str_of(xml), &g, &problem) != OK)
        return problem;
    bpmn_lint(g, inst_none, &play_arena, &lint);
    for (const struct bpmn_complaint *c = lint.first; c; c = c->next) {
        CHECK(utf8_valid(c->text) && str_ends(c->text, STR("。")));
        if (c->severity != BPMN_HINT)
            buf_printf(&play_out, "%.*s%c ", STR_ARG(c->element),
                       c->severity == BPMN_UNKNOWN ? '!' : '-');
    }
    bpmn_free(g);
    return buf_str(&play_out);
}

#define ALONE(body) FILE_OF("", body)

static void what_cannot_be_run_is_refused(void)
{
    CHECK_STR(complaints(ALONE("<complexGateway id='x'/>")), "x! ");
    CHECK_STR(complaints(ALONE("<transaction id='x'/>")), "x! ");
    CHECK_STR(complaints(ALONE("<adHocSubProcess id='x'/>")), "x! ");
    CHECK_STR(complaints(ALONE("<task id='x' isForCompensation='true'/>")),
              "x! ");
    CHECK_STR(complaints(ALONE("<endEvent id='x'><compensateEventDefinition/>"
                               "</endEvent>")), "x! ");
    CHECK_STR(complaints(ALONE("<endEvent id='x'><cancelEventDefinition/>"
                               "</endEvent>")), "x! ");
    CHECK_STR(complaints("<definitions xmlns='" BPMN_NS "'><choreography "
                         "id='x'><choreographyTask id='y'/></choreography>"
                         "</definitions>"), "x! y! ");
    CHECK_STR(complaints("<definitions xmlns='" BPMN_NS "'/>"),
              "definitions! ");
}

static void what_runs_is_not_refused(void)
{
    CHECK_STR(complaints(FILE_OF("<message id='M' name='m'/>", START
        "<exclusiveGateway id='g'/><userTask id='a'/><receiveTask id='r' "
        "messageRef='M'/>" FLOW_("1", "s", "g")
        WHEN("2", "g", "a", "${x &gt; 1}") WHEN("3", "g", "r", "= x &lt; 2"))),
        "");
    CHECK_STR(complaints("<definitions xmlns='" BPMN_NS "'><process id='p' "
                         "isExecutable='true'><task id='a'/></process>"
                         "<process id='q' isExecutable='false'>"
                         "<complexGateway id='x'/></process></definitions>"),
              "");
}

static void candidates_are_names_or_an_expression(void)
{
    CHECK_STR(complaints(ALONE(
        "<userTask id='a' xmlns:c='http://camunda.org/schema/1.0/bpmn' "
        "c:candidateUsers='li,${who}'/>")), "a- ");
    CHECK_STR(complaints(ALONE(
        "<userTask id='a' xmlns:c='http://camunda.org/schema/1.0/bpmn' "
        "c:candidateUsers='${one},${two}'/>")), "a- ");
    CHECK_STR(complaints(ALONE(
        "<userTask id='a' xmlns:c='http://camunda.org/schema/1.0/bpmn' "
        "c:candidateUsers='${who}' c:candidateGroups='甲岗,乙岗'/>")), "");
    struct buf many = { 0 };
    buf_put(&many, STR("<definitions xmlns='" BPMN_NS "'><process id='p'>"
                       "<userTask id='a' xmlns:c='http://camunda.org/schema/"
                       "1.0/bpmn' c:candidateUsers='"));
    for (int i = 0; i <= FLOW_NAMES; i++)
        buf_printf(&many, "u%d,", i);
    buf_put(&many, STR("'/></process></definitions>"));
    str file = arena_str(&play_arena, buf_str(&many));
    CHECK_STR(complaints(arena_cstr(&play_arena, file)), "a- ");
    buf_free(&many);
}

static void too_many_instances_are_refused_beforehand(void)
{
    CHECK_STR(complaints(ALONE(
        "<task id='a'><multiInstanceLoopCharacteristics><loopCardinality>"
        "1000000</loopCardinality></multiInstanceLoopCharacteristics>"
        "</task>")), "a- ");
    CHECK_STR(complaints(ALONE(
        "<task id='a'><multiInstanceLoopCharacteristics><loopCardinality>"
        "10000</loopCardinality></multiInstanceLoopCharacteristics>"
        "</task>")), "");
}

static void flows_must_lead_somewhere(void)
{
    CHECK_STR(complaints(ALONE("<task id='a'/>" FLOW_("1", "a", "b"))), "1- ");
    CHECK_STR(complaints(ALONE("<task id='a'/>" FLOW_("1", "b", "a"))),
              "1- a- ");
    CHECK_STR(complaints(ALONE(START "<task id='a'/><task id='b'/>"
                               FLOW_("1", "s", "a"))), "b- ");
    CHECK_STR(complaints(ALONE("<task id='a'/><subProcess id='u'>"
                               "<task id='b'/></subProcess>"
                               FLOW_("1", "a", "b"))), "1- b- ");
}

static void a_choice_must_be_decidable(void)
{
    CHECK_STR(complaints(ALONE(START "<exclusiveGateway id='g'/>"
        "<task id='a'/><task id='b'/>" FLOW_("1", "s", "g")
        FLOW_("2", "g", "a") WHEN("3", "g", "b", "x"))), "g- ");
    CHECK_STR(complaints(ALONE(START "<exclusiveGateway id='g' default='3'/>"
        "<task id='a'/><task id='b'/>" FLOW_("1", "s", "g")
        WHEN("2", "g", "a", "x &gt;") FLOW_("3", "g", "b"))), "2- ");
}

static void times_and_attachments_must_be_right(void)
{
    CHECK_STR(complaints(ALONE(START "<intermediateCatchEvent id='t'>"
        TIMER("timeDuration", "tomorrow") "</intermediateCatchEvent>"
        FLOW_("1", "s", "t"))), "t- ");
    CHECK_STR(complaints(ALONE(START "<intermediateCatchEvent id='t'>"
        TIMER("timeCycle", "R3/PT1H") "</intermediateCatchEvent>"
        FLOW_("1", "s", "t"))), "");
    CHECK_STR(complaints(ALONE("<task id='a'/><boundaryEvent id='b' "
        "attachedToRef='nothing'>" TIMER("timeDuration", "PT1H")
        "</boundaryEvent>")), "b- ");
    CHECK_STR(complaints(ALONE("<task id='c'><multiInstanceLoopCharacteristics"
                               "/></task>")), "c- ");
}

static void a_call_says_what_it_calls(void)
{
    struct arena a = arena_make(0);
    struct bpmn_lint lint;
    struct bpmn *g;
    str problem;
    CHECK_STR(complaints(ALONE("<callActivity id='c'/>")), "c- ");
    CHECK_STR(complaints(ALONE("<callActivity id='c' zt:called='=x &gt;'/>")),
              "c- ");
    CHECK_STR(complaints(ALONE("<callActivity id='c' calledElement='z' "
                               "zt:binding='version'/>")), "c- ");
    /* Whether another file has it is for who knows the others to say. */
    CHECK_STR(complaints(ALONE("<callActivity id='c' calledElement='z'/>")),
              "");
    CHECK(bpmn_read(&a, STR(ALONE("<callActivity id='c' calledElement='z'/>"
                                  "<callActivity id='d' zt:called='=k'/>"
                                  "<callActivity id='e' calledElement='p'/>")),
                    &g, &problem) == OK);
    bpmn_lint(g, inst_none, &a, &lint);
    CHECK(lint.callee && lint.callee->next == NULL);
    CHECK_STR(lint.callee->element, "c");
    CHECK_STR(lint.callee->key, "z");
    bpmn_free(g);
    arena_free(&a);
}

static int hints_at(const char *date, inst now)
{
    struct arena a = arena_make(0);
    struct bpmn_lint lint;
    struct bpmn *g;
    str problem;
    str xml = arena_printf(&a, ALONE("<startEvent id='s'/>"
        "<intermediateCatchEvent id='t'><timerEventDefinition><timeDate>%s"
        "</timeDate></timerEventDefinition></intermediateCatchEvent>"
        "<endEvent id='e'/>" FLOW_("1", "s", "t") FLOW_("2", "t", "e")), date);
    CHECK(bpmn_read(&a, xml, &g, &problem) == OK);
    bpmn_lint(g, now, &a, &lint);
    int hints = lint.hints;
    CHECK(lint.wrong == 0 && lint.unknown == 0);
    if (hints)
        CHECK_STR(lint.first->element, "t");
    bpmn_free(g);
    arena_free(&a);
    return hints;
}

static void a_moment_of_the_past_is_pointed_out(void)
{
    inst today = day_begin(day_of(2026, 11, 23));
    CHECK(hints_at("2026-11-22T12:00:00+08:00", today) == 1);
    CHECK(hints_at("2026-11-24T12:00:00+08:00", today) == 0);
    CHECK(hints_at("2026-11-22T12:00:00+08:00", inst_none) == 0);
}

static void words_that_mean_nothing_are_named(void)
{
    CHECK_STR(complaints(ALONE("<userTask id='a' x:assignee='li'/>")), "a- ");
    CHECK_STR(complaints(ALONE("<userTask id='a'><extensionElements><x:y/>"
        "<x:z/></extensionElements></userTask>")), "a- ");
    CHECK(str_find(complaints("<b:definitions/>"), STR("xmlns:b=")) >= 0);
    CHECK_STR(complaints(ALONE("<task id='a'/><userTsak id='b'/>")), "b! ");
    CHECK_STR(complaints(ALONE("<userTask id='a' zt:sign='percent:60'/>")),
              "a- ");
    CHECK_STR(complaints(ALONE("<userTask id='a' zt:sign='ratio:0,6'/>")),
              "a- ");
    CHECK_STR(complaints(ALONE("<userTask id='a' zt:return='maybe'/>")), "a- ");
    CHECK_STR(complaints(ALONE("<userTask id='a' zt:sign='ratio:0.6' "
        "zt:return='redo' zt:psot='x'/>")), "");
    CHECK_STR(complaints("<definitions xmlns='" BPMN_NS "' xmlns:zt='"
        BPMN_OUR_NS "'><process id='p' zt:reject='begin'><task id='a'/>"
        "</process></definitions>"), "p- ");
}

#define THERE(place, what) "<" place " id='x'><" what "/></" place ">"

static void events_stand_where_bpmn_lets_them(void)
{
    static const char *const kinds[] = {
        THERE("intermediateCatchEvent", "escalationEventDefinition"),
        THERE("intermediateCatchEvent", "terminateEventDefinition"),
        THERE("startEvent", "escalationEventDefinition"),
        THERE("startEvent", "linkEventDefinition"),
        THERE("startEvent", "terminateEventDefinition"),
        THERE("endEvent", "linkEventDefinition"),
        "<endEvent id='x'>" TIMER("timeDuration", "PT1H") "</endEvent>",
        "<intermediateThrowEvent id='x'>" TIMER("timeDuration", "PT1H")
            "</intermediateThrowEvent>",
        "<endEvent id='x'><conditionalEventDefinition><condition>y"
            "</condition></conditionalEventDefinition></endEvent>",
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        str xml = arena_printf(&play_arena, FILE_OF("", "%s"), kinds[i]);
        CHECK_STR(complaints(arena_cstr(&play_arena, xml)), "x- ");
    }
    CHECK_STR(complaints(ALONE(START "<userTask id='a'/><boundaryEvent id='x' "
        "attachedToRef='a'><linkEventDefinition name='l'/></boundaryEvent>"
        FLOW_("1", "s", "a"))), "x- ");
}

static void a_link_has_one_catch(void)
{
#define LINK(place, id) "<" place " id='" id "'><linkEventDefinition " \
    "name='l'/></" place ">"
    CHECK_STR(complaints(ALONE(START LINK("intermediateThrowEvent", "t")
        LINK("intermediateCatchEvent", "c") LINK("intermediateCatchEvent", "d")
        FLOW_("1", "s", "t"))), "d- d- ");
}

static void numbers_of_instances_are_counted(void)
{
#define MANY(text) ALONE("<task id='a'><multiInstanceLoopCharacteristics>" \
    "<loopCardinality>" text "</loopCardinality>" \
    "</multiInstanceLoopCharacteristics></task>")
    CHECK_STR(complaints(MANY("-1")), "a- ");
    CHECK_STR(complaints(MANY("2.5")), "a- ");
    CHECK_STR(complaints(MANY("&quot;three&quot;")), "a- ");
    CHECK_STR(complaints(MANY("0")), "");
    CHECK_STR(complaints(MANY("n + 1")), "");
}

static void a_process_that_only_calls_itself_is_refused(void)
{
#define CALL_ "<callActivity id='c' calledElement='p'/>"
    CHECK_STR(complaints(ALONE(START CALL_ FLOW_("1", "s", "c"))), "c- ");
    CHECK_STR(complaints(ALONE(START "<userTask id='a'/>" CALL_
        FLOW_("1", "s", "a") FLOW_("2", "a", "c"))), "");
    CHECK_STR(complaints(ALONE(START "<exclusiveGateway id='g' default='3'/>"
        CALL_ "<endEvent id='e'/>" FLOW_("1", "s", "g")
        WHEN("2", "g", "c", "n &gt; 0") FLOW_("3", "g", "e"))), "");
    /* Round and round through another process that never waits. */
    CHECK_STR(complaints("<definitions xmlns='" BPMN_NS "'><process id='p'>"
        START "<callActivity id='c' calledElement='q'/>" FLOW_("1", "s", "c")
        FLOW_("2", "c", "d") FLOW_("3", "d", "c") "<task id='d'/></process>"
        "<process id='q'><task id='b'/></process></definitions>"), "c- ");
}

static void joins_that_can_never_fire_are_named(void)
{
    CHECK_STR(complaints(ALONE(START "<exclusiveGateway id='g' default='3'/>"
        "<task id='a'/><task id='b'/><parallelGateway id='j'/>"
        FLOW_("1", "s", "g") WHEN("2", "g", "a", "x") FLOW_("3", "g", "b")
        FLOW_("4", "a", "j") FLOW_("5", "b", "j"))), "j- ");
    CHECK_STR(complaints(ALONE(START "<parallelGateway id='g'/><task id='a'/>"
        "<task id='b'/><parallelGateway id='j'/>" FLOW_("1", "s", "g")
        FLOW_("2", "g", "a") FLOW_("3", "g", "b") FLOW_("4", "a", "j")
        FLOW_("5", "b", "j"))), "");
}

static void a_loop_that_never_waits_is_refused(void)
{
    CHECK_STR(complaints(ALONE(START "<task id='a'/><task id='b'/>"
        FLOW_("1", "s", "a") FLOW_("2", "a", "b") FLOW_("3", "b", "a"))),
        "a- ");
    CHECK_STR(complaints(ALONE(START "<task id='a'/><userTask id='b'/>"
        FLOW_("1", "s", "a") FLOW_("2", "a", "b") FLOW_("3", "b", "a"))), "");
    CHECK_STR(complaints(ALONE(START "<scriptTask id='a' "
        "c:resultVariable='n'><script>n + 1</script></scriptTask>"
        "<exclusiveGateway id='g' default='4'/><endEvent id='e'/>"
        FLOW_("1", "s", "a") FLOW_("2", "a", "g")
        WHEN("3", "g", "a", "n &lt; 3") FLOW_("4", "g", "e"))), "");
}

int main(void)
{
    RUN(what_cannot_be_run_is_refused);
    RUN(what_runs_is_not_refused);
    RUN(candidates_are_names_or_an_expression);
    RUN(too_many_instances_are_refused_beforehand);
    RUN(flows_must_lead_somewhere);
    RUN(a_choice_must_be_decidable);
    RUN(times_and_attachments_must_be_right);
    RUN(a_call_says_what_it_calls);
    RUN(a_moment_of_the_past_is_pointed_out);
    RUN(words_that_mean_nothing_are_named);
    RUN(events_stand_where_bpmn_lets_them);
    RUN(a_link_has_one_catch);
    RUN(numbers_of_instances_are_counted);
    RUN(a_process_that_only_calls_itself_is_refused);
    RUN(joins_that_can_never_fire_are_named);
    RUN(a_loop_that_never_waits_is_refused);
    buf_free(&play_out);
    arena_free(&play_arena);
    return test_result();
}
