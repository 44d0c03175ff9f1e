/* Each kind of element does what BPMN says it does. */
#include "kernel/flow/tests/play.h"

static str play(const char *xml, const char *input, const char *steps)
{
    return play_all(xml, input, steps, false);
}

static void a_sequence_runs_to_its_end(void)
{
    CHECK_STR(play(FILE_OF("", START "<task id='a'/><manualTask id='b'/>"
                   "<serviceTask id='c'/><endEvent id='e'/>"
                   FLOW_("1", "s", "a") FLOW_("2", "a", "b")
                   FLOW_("3", "b", "c") FLOW_("4", "c", "e")), "{}", ""),
              "s+ s- a+ a- b+ b- c+ c- e+ e- completed");
}

#define SCRIPTS FILE_OF("", START                                            \
    "<scriptTask id='a' c:resultVariable='y'><script>x + 1</script>"         \
    "</scriptTask><scriptTask id='b' zt:resultVariable='z'>"                 \
    "<script>y * 2</script></scriptTask>" FLOW_("1", "s", "a")               \
    FLOW_("2", "a", "b"))

static void a_script_gives_its_value_to_a_variable(void)
{
    CHECK_STR(play(SCRIPTS, "{\"x\":2}", ""),
              "s+ s- a+ a=3 a- b+ b=6 b- completed");
    CHECK_STR(play(SCRIPTS, "{}", ""),
              "s+ s- a+ a=null a- b+ b=null b- completed");
}

#define CHOICE FILE_OF("", START "<exclusiveGateway id='g' default='d'/>"    \
    "<task id='a'/><task id='b'/>" FLOW_("1", "s", "g")                      \
    WHEN("2", "g", "a", "${x == 'a' &amp;&amp; !y}") FLOW_("d", "g", "b"))

static void a_choice_takes_the_first_that_holds_or_the_default(void)
{
    CHECK_STR(play(CHOICE, "{\"x\":\"a\",\"y\":false}", ""),
              "s+ s- g+ g- a+ a- completed");
    CHECK_STR(play(CHOICE, "{\"x\":\"a\",\"y\":true}", ""),
              "s+ s- g+ g- b+ b- completed");
    CHECK_STR(play(CHOICE, "{}", ""), "s+ s- g+ g- b+ b- completed");
}

static void a_choice_without_a_way_is_an_incident(void)
{
    CHECK_STR(play(FILE_OF("", START "<exclusiveGateway id='g'/>"
                   "<task id='a'/>" FLOW_("1", "s", "g")
                   WHEN("2", "g", "a", "x &gt; 1")), "{\"x\":1}", ""),
              "s+ s- g+ incident");
}

static void an_activity_takes_every_flow_that_holds(void)
{
    static const char file[] = FILE_OF("", START "<task id='t' default='d'/>"
        "<task id='a'/><task id='b'/><task id='c'/>" FLOW_("1", "s", "t")
        WHEN("2", "t", "a", "x &gt; 1") WHEN("3", "t", "b", "= x &gt; 2")
        FLOW_("d", "t", "c"));
    CHECK_STR(play(file, "{\"x\":3}", ""),
              "s+ s- t+ t- a+ a- b+ b- completed");
    CHECK_STR(play(file, "{\"x\":0}", ""), "s+ s- t+ t- c+ c- completed");
}

static void a_parallel_join_waits_for_all(void)
{
    static const char file[] = FILE_OF("", START "<parallelGateway id='f'/>"
        "<parallelGateway id='j'/><userTask id='a'/><userTask id='b'/>"
        FLOW_("1", "s", "f") FLOW_("2", "f", "a") FLOW_("3", "f", "b")
        FLOW_("4", "a", "j") FLOW_("5", "b", "j"));
    CHECK_STR(play(file, "{}", "c:a"), "s+ s- f+ f- a+ b+ a- waiting");
    CHECK_STR(play(file, "{}", "c:b c:a"),
              "s+ s- f+ f- a+ b+ b- a- j+ j- completed");
}

static void a_join_that_cannot_fire_is_an_incident(void)
{
    CHECK_STR(play(FILE_OF("", START "<exclusiveGateway id='g' default='3'/>"
                   "<task id='a'/><task id='b'/><parallelGateway id='j'/>"
                   FLOW_("1", "s", "g") WHEN("2", "g", "a", "true")
                   FLOW_("3", "g", "b") FLOW_("4", "a", "j")
                   FLOW_("5", "b", "j")), "{}", ""),
              "s+ s- g+ g- a+ a- incident");
}

/* c is a long way to the join: what may still come is waited for. */
#define INCLUSIVE FILE_OF("", START "<inclusiveGateway id='f'/>"             \
    "<inclusiveGateway id='j'/><userTask id='a'/><userTask id='b'/>"         \
    "<userTask id='c'/><exclusiveGateway id='x' default='9'/>"               \
    "<endEvent id='e'/><endEvent id='o'/>" FLOW_("1", "s", "f")              \
    WHEN("2", "f", "a", "p") WHEN("3", "f", "b", "q") FLOW_("4", "a", "j")   \
    FLOW_("5", "b", "x") WHEN("6", "x", "c", "r") FLOW_("7", "c", "j")       \
    FLOW_("8", "j", "e") FLOW_("9", "x", "o"))

static void an_inclusive_join_waits_for_what_can_still_come(void)
{
    CHECK_STR(play(INCLUSIVE, "{\"p\":true,\"q\":false}", "c:a"),
              "s+ s- f+ f- a+ a- j+ j- e+ e- completed");
    CHECK_STR(play(INCLUSIVE, "{\"p\":true,\"q\":true,\"r\":true}",
                   "c:a c:b c:c"),
              "s+ s- f+ f- a+ b+ a- b- x+ x- c+ c- j+ j- e+ e- completed");
    CHECK_STR(play(INCLUSIVE, "{\"p\":true,\"q\":true,\"r\":false}",
                   "c:a c:b"),
              "s+ s- f+ f- a+ b+ a- b- x+ x- o+ o- j+ j- e+ e- completed");
}

#define EVENTS FILE_OF("<message id='M' name='hello'/>", START               \
    "<eventBasedGateway id='g'/><intermediateCatchEvent id='m'>"             \
    "<messageEventDefinition messageRef='M'/></intermediateCatchEvent>"      \
    "<intermediateCatchEvent id='t'>" TIMER("timeDuration", "PT5M")          \
    "</intermediateCatchEvent>" FLOW_("1", "s", "g") FLOW_("2", "g", "m")    \
    FLOW_("3", "g", "t"))

static void an_event_gateway_goes_where_the_first_event_is(void)
{
    CHECK_STR(play(EVENTS, "{}", "m:hello t:PT1H"),
              "s+ s- g+ g- m+ m- completed");
    CHECK_STR(play(EVENTS, "{}", "t:PT5M m:hello"),
              "s+ s- g+ g- t+ t- refused completed");
    CHECK_STR(play(EVENTS, "{}", "t:PT4M"), "s+ s- g+ waiting");
}

#define BOUNDARY(attributes, definition, roots) FILE_OF(roots, START         \
    "<userTask id='a'/><boundaryEvent id='b' attachedToRef='a' " attributes  \
    ">" definition "</boundaryEvent><task id='x'/>" FLOW_("1", "s", "a")     \
    FLOW_("2", "b", "x"))

static void boundary_timers_interrupt_or_not(void)
{
    CHECK_STR(play(BOUNDARY("", TIMER("timeDuration", "PT1H"), ""), "{}",
                   "t:PT1H"),
              "s+ s- a+ a! b+ b- x+ x- completed");
    CHECK_STR(play(BOUNDARY("cancelActivity='false'",
                            TIMER("timeCycle", "R2/PT20M"), ""), "{}",
                   "t:PT2H c:a"),
              "s+ s- a+ b+ b- x+ x- b+ b- x+ x- a- completed");
    CHECK_STR(play(BOUNDARY("", TIMER("timeDate", "2001-01-01"), ""), "{}",
                   ""), "s+ s- a+ a! b+ b- x+ x- completed");
    CHECK_STR(play(BOUNDARY("", TIMER("timeDuration", "soon"), ""), "{}", ""),
              "s+ s- a+ incident");
    CHECK_STR(play(BOUNDARY("", TIMER("timeDuration", "${d}"), ""),
                   "{\"d\":\"PT2M\"}", "t:PT2M"),
              "s+ s- a+ a! b+ b- x+ x- completed");
}

static void boundary_messages_signals_and_conditions(void)
{
    CHECK_STR(play(BOUNDARY("", "<messageEventDefinition messageRef='M'/>",
                            "<message id='M' name='stop'/>"), "{}", "m:stop"),
              "s+ s- a+ a! b+ b- x+ x- completed");
    CHECK_STR(play(BOUNDARY("cancelActivity='false'",
                            "<signalEventDefinition signalRef='S'/>",
                            "<signal id='S' name='alarm'/>"), "{}",
                   "g:alarm g:alarm c:a"),
              "s+ s- a+ b+ b- x+ x- b+ b- x+ x- a- completed");
    CHECK_STR(play(BOUNDARY("", "<conditionalEventDefinition><condition>"
                            "n &gt; 3</condition></conditionalEventDefinition>",
                            ""), "{\"n\":4}", ""),
              "s+ s- a+ a! b+ b- x+ x- completed");
    CHECK_STR(play(BOUNDARY("", "<errorEventDefinition errorRef='E'/>",
                            "<error id='E' errorCode='bad'/>"), "{}",
                   "e:a=bad"), "s+ s- a+ a! b+ b- x+ x- completed");
    CHECK_STR(play(BOUNDARY("", "<errorEventDefinition errorRef='E'/>",
                            "<error id='E' errorCode='bad'/>"), "{}",
                   "e:a=other"), "s+ s- a+ a! error");
}

#define SUB(inner, after) START "<subProcess id='u'><startEvent id='s1'/>"   \
    inner "</subProcess>" after FLOW_("1", "s", "u")

static void an_error_end_reaches_the_boundary_around_it(void)
{
    CHECK_STR(play(FILE_OF("<error id='E' errorCode='1'/>",
        SUB("<parallelGateway id='f'/><userTask id='k'/><endEvent id='x'>"
            "<errorEventDefinition errorRef='E'/></endEvent>"
            FLOW_("i1", "s1", "f") FLOW_("i2", "f", "k") FLOW_("i3", "f", "x"),
            "<boundaryEvent id='b' attachedToRef='u'><errorEventDefinition/>"
            "</boundaryEvent><task id='y'/>" FLOW_("2", "b", "y"))), "{}", ""),
        "s+ s- u+ s1+ s1- f+ f- k+ x+ x- k! u! b+ b- y+ y- completed");
    CHECK_STR(play(FILE_OF("", START "<endEvent id='x'>"
                   "<errorEventDefinition/></endEvent>" FLOW_("1", "s", "x")),
                   "{}", ""), "s+ s- x+ x- error");
}

static void an_escalation_may_let_the_work_go_on(void)
{
    CHECK_STR(play(FILE_OF("<escalation id='E' escalationCode='1'/>",
        SUB("<intermediateThrowEvent id='t'><escalationEventDefinition "
            "escalationRef='E'/></intermediateThrowEvent><task id='k'/>"
            FLOW_("i1", "s1", "t") FLOW_("i2", "t", "k"),
            "<boundaryEvent id='b' attachedToRef='u' cancelActivity='false'>"
            "<escalationEventDefinition escalationRef='E'/></boundaryEvent>")),
        "{}", ""),
        "s+ s- u+ s1+ s1- t+ t- b+ b- k+ k- u- completed");
}

static void terminate_ends_its_own_scope_only(void)
{
    CHECK_STR(play(FILE_OF("",
        SUB("<parallelGateway id='f'/><userTask id='k'/><endEvent id='x'>"
            "<terminateEventDefinition/></endEvent>" FLOW_("i1", "s1", "f")
            FLOW_("i2", "f", "k") FLOW_("i3", "f", "x"),
            "<task id='y'/>" FLOW_("2", "u", "y"))), "{}", ""),
        "s+ s- u+ s1+ s1- f+ f- k+ x+ x- k! u- y+ y- completed");
}

#define EVENT_SUB(attributes) FILE_OF("<message id='M' name='m'/>", START    \
    "<userTask id='a'/>" FLOW_("1", "s", "a") "<subProcess id='u' "          \
    "triggeredByEvent='true'><startEvent id='s1' " attributes ">"            \
    "<messageEventDefinition messageRef='M'/></startEvent><task id='k'/>"    \
    FLOW_("2", "s1", "k") "</subProcess>")

static void event_sub_processes_interrupt_or_not(void)
{
    CHECK_STR(play(EVENT_SUB(""), "{}", "m:m"),
              "s+ s- a+ a! u+ s1+ s1- k+ k- u- completed");
    CHECK_STR(play(EVENT_SUB("isInterrupting='false'"), "{}", "m:m m:m c:a"),
              "s+ s- a+ u+ s1+ s1- k+ k- u- u+ s1+ s1- k+ k- u- a- completed");
}

#define MANY(attributes, inside) FILE_OF("", START                           \
    "<userTask id='a'><multiInstanceLoopCharacteristics " attributes ">"     \
    inside "</multiInstanceLoopCharacteristics></userTask><scriptTask "      \
    "id='k'><script>out</script></scriptTask>" FLOW_("1", "s", "a")          \
    FLOW_("2", "a", "k"))

static void many_instances_side_by_side_or_one_by_one(void)
{
    CHECK_STR(play(MANY("", "<loopCardinality>2</loopCardinality>"), "{}",
                   "c:a c:a"),
              "s+ s- a+ a+ a- a- k+ k=null k- completed");
    CHECK_STR(play(MANY("isSequential='true' c:collection='${list}' "
                        "c:elementVariable='x' zt:outputCollection='out' "
                        "zt:outputElement='x + loopCounter'", ""),
                   "{\"list\":[5,6]}", "c:a c:a"),
              "s+ s- a+ a- a+ a- k+ k=[5,7] k- completed");
    CHECK_STR(play(MANY("", "<loopCardinality>3</loopCardinality>"
                        "<completionCondition>nrOfCompletedInstances / "
                        "nrOfInstances &gt;= 0.5</completionCondition>"),
                   "{}", "c:a c:a"),
              "s+ s- a+ a+ a+ a- a- a! k+ k=null k- completed");
    CHECK_STR(play(MANY("", "<loopCardinality>0</loopCardinality>"), "{}",
                   ""), "s+ s- k+ k=null k- completed");
}

static void a_million_instances_are_refused(void)
{
    CHECK_STR(play(MANY("", "<loopCardinality>1000000</loopCardinality>"),
                   "{}", ""), "s+ s- incident");
    CHECK_STR(play(MANY("c:collection='nothing'", ""), "{}", ""),
              "s+ s- incident");
}

static void a_standard_loop_repeats_while_its_condition_holds(void)
{
    CHECK_STR(play(FILE_OF("", START "<scriptTask id='a' c:resultVariable="
        "'n'><script>n + 1</script><standardLoopCharacteristics>"
        "<loopCondition>n &lt; 3</loopCondition></standardLoopCharacteristics>"
        "</scriptTask>" FLOW_("1", "s", "a")), "{\"n\":0}", ""),
        "s+ s- a+ a=1 a- a+ a=2 a- a+ a=3 a- completed");
}

static void a_loop_that_never_waits_is_stopped(void)
{
    str out = play(FILE_OF("", START "<exclusiveGateway id='g'/>"
                   "<task id='a'/>" FLOW_("1", "s", "g") FLOW_("2", "g", "a")
                   FLOW_("3", "a", "g")), "{}", "");
    CHECK(str_ends(out, STR("incident")));
}

#define CALL(extra) "<definitions xmlns='" BPMN_NS "' xmlns:c='http://"      \
    "camunda.org/schema/1.0/bpmn'><process id='p'>" START                    \
    "<callActivity id='c' calledElement='q'>" extra "</callActivity>"        \
    "<scriptTask id='k'><script>y</script></scriptTask>"                     \
    FLOW_("1", "s", "c") FLOW_("2", "c", "k") "</process><process id='q'>"   \
    "<startEvent id='s2'/><scriptTask id='d' c:resultVariable='y'>"          \
    "<script>x * 2</script></scriptTask>" FLOW_("3", "s2", "d")              \
    "</process></definitions>"

static void a_call_runs_another_process_of_the_file(void)
{
    CHECK_STR(play(CALL(""), "{\"x\":4}", ""),
              "s+ s- c+ s2+ s2- d+ d=8 d- c- k+ k=8 k- completed");
    CHECK_STR(play(CALL("<extensionElements><c:in source='w' target='x'/>"
                        "<c:out source='y + 1' target='y'/>"
                        "</extensionElements>"), "{\"w\":1,\"x\":9}", ""),
              "s+ s- c+ s2+ s2- d+ d=2 d- c- k+ k=3 k- completed");
    CHECK_STR(play(FILE_OF("", START "<callActivity id='c' "
                   "calledElement='p'/>" FLOW_("1", "s", "c")), "{}", "") ,
              "s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ "
              "s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ "
              "s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ "
              "s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ "
              "s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ "
              "s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ "
              "s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ "
              "s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ "
              "s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ s+ s- c+ "
              "s+ s- c+ incident");
}

static void links_lead_to_their_name(void)
{
    CHECK_STR(play(FILE_OF("", START "<intermediateThrowEvent id='t'>"
        "<linkEventDefinition name='L'/></intermediateThrowEvent>"
        "<intermediateCatchEvent id='c'><linkEventDefinition name='L'/>"
        "</intermediateCatchEvent><task id='k'/>" FLOW_("1", "s", "t")
        FLOW_("2", "c", "k")), "{}", ""),
        "s+ s- t+ t- c+ c- k+ k- completed");
}

static void pools_send_each_other_letters(void)
{
    static const char file[] = "<definitions xmlns='" BPMN_NS "'>"
        "<collaboration id='co'><participant id='P' processRef='p'/>"
        "<participant id='Q' processRef='q'/><messageFlow id='m1' "
        "sourceRef='a' targetRef='s2'/><messageFlow id='m2' sourceRef='e2' "
        "targetRef='r'/></collaboration><process id='p'>" START
        "<sendTask id='a'/><receiveTask id='r'/>" FLOW_("1", "s", "a")
        FLOW_("2", "a", "r") "</process><process id='q'><startEvent id='s2'>"
        "<messageEventDefinition/></startEvent><task id='k'/>"
        "<endEvent id='e2'><messageEventDefinition/></endEvent>"
        FLOW_("3", "s2", "k") FLOW_("4", "k", "e2") "</process></definitions>";
    CHECK_STR(play_all(file, "{}", "", true),
              "s+ s- a+ a- r+ s2+ s2- k+ k- e2+ e2- r- completed");
}

static void a_flow_to_nowhere_is_an_incident(void)
{
    CHECK_STR(play(FILE_OF("", START "<task id='a'/>" FLOW_("1", "s", "a")
                   FLOW_("2", "a", "gone")), "{}", ""),
              "s+ s- a+ a- incident");
}

static void the_collection_may_be_a_data_object(void)
{
    CHECK_STR(play(FILE_OF("", "<dataObject id='d' isCollection='true'/>"
        "<dataObjectReference id='dr' name='orders' dataObjectRef='d'/>" START
        "<task id='a'><ioSpecification><dataInput id='di'/></ioSpecification>"
        "<dataInputAssociation><sourceRef>dr</sourceRef><targetRef>di"
        "</targetRef></dataInputAssociation><multiInstanceLoopCharacteristics>"
        "<loopDataInputRef>di</loopDataInputRef><inputDataItem id='i' "
        "name='order'/></multiInstanceLoopCharacteristics></task>"
        FLOW_("1", "s", "a")), "{\"orders\":[1,2]}", ""),
        "s+ s- a+ a- a+ a- completed");
}

static void a_thrown_signal_reaches_all_who_wait(void)
{
    CHECK_STR(play(FILE_OF("<signal id='S' name='go'/>", START
        "<parallelGateway id='f'/><intermediateCatchEvent id='c'>"
        "<signalEventDefinition signalRef='S'/></intermediateCatchEvent>"
        "<userTask id='a'/><intermediateThrowEvent id='t'>"
        "<signalEventDefinition signalRef='S'/></intermediateThrowEvent>"
        FLOW_("1", "s", "f") FLOW_("2", "f", "c") FLOW_("3", "f", "a")
        FLOW_("4", "a", "t")), "{}", "c:a"),
        "s+ s- f+ f- c+ a+ a- t+ t- c- completed");
}

int main(void)
{
    RUN(a_sequence_runs_to_its_end);
    RUN(a_script_gives_its_value_to_a_variable);
    RUN(a_choice_takes_the_first_that_holds_or_the_default);
    RUN(a_choice_without_a_way_is_an_incident);
    RUN(an_activity_takes_every_flow_that_holds);
    RUN(a_parallel_join_waits_for_all);
    RUN(a_join_that_cannot_fire_is_an_incident);
    RUN(an_inclusive_join_waits_for_what_can_still_come);
    RUN(an_event_gateway_goes_where_the_first_event_is);
    RUN(boundary_timers_interrupt_or_not);
    RUN(boundary_messages_signals_and_conditions);
    RUN(an_error_end_reaches_the_boundary_around_it);
    RUN(an_escalation_may_let_the_work_go_on);
    RUN(terminate_ends_its_own_scope_only);
    RUN(event_sub_processes_interrupt_or_not);
    RUN(many_instances_side_by_side_or_one_by_one);
    RUN(a_million_instances_are_refused);
    RUN(a_standard_loop_repeats_while_its_condition_holds);
    RUN(a_loop_that_never_waits_is_stopped);
    RUN(a_call_runs_another_process_of_the_file);
    RUN(links_lead_to_their_name);
    RUN(pools_send_each_other_letters);
    RUN(a_flow_to_nowhere_is_an_incident);
    RUN(the_collection_may_be_a_data_object);
    RUN(a_thrown_signal_reaches_all_who_wait);
    buf_free(&play_out);
    arena_free(&play_arena);
    return test_result();
}
