/* Names a condition uses: who supplies them, what is said when nobody does;
 * and what a step asks by its own words. */
#include "kernel/flow/ask.h"
#include "kernel/flow/tests/play.h"

/* What is said of names: the element, - when it is refused, ? when it may come
 * from outside, and the name. */
static str said(const char *xml, bool closed)
{
    struct bpmn *g = NULL;
    struct bpmn_lint l = { .arena = &play_arena };
    str problem = str_none;
    buf_clear(&play_out);
    if (bpmn_read(&play_arena, str_of(xml), &g, &problem) != OK)
        return problem;
    bpmn_lint_names(g, closed, &l);
    for (const struct bpmn_complaint *c = l.first; c; c = c->next) {
        ptrdiff_t from = str_find(c->text, STR("“")) + 3;
        ptrdiff_t to = str_find(c->text, STR("”"));
        CHECK(utf8_valid(c->text) && str_ends(c->text, STR("。")));
        buf_printf(&play_out, "%.*s%c%.*s ", STR_ARG(c->element),
                   c->severity == BPMN_HINT ? '?' : '-', (int)(to - from),
                   c->text.p + from);
    }
    bpmn_free(g);
    return buf_str(&play_out);
}

/* s, then what is given, then a gateway whose way w has the condition. */
#define WITH(before, last, condition) \
    FILE_OF("<message id='M' name='m'/>", START before \
            "<exclusiveGateway id='g' default='d'/><task id='x'/>" \
            FLOW_("in", last, "g") WHEN("w", "g", "x", condition) \
            FLOW_("d", "g", "x"))
#define STEP(step) WITH(step FLOW_("1", "s", "a"), "a", "amount &gt; limit")

static void nobody_supplies_a_name(void)
{
    const char *bare = STEP("<task id='a'/>");
    CHECK_STR(said(bare, true), "w-amount w-limit ");
    CHECK_STR(said(bare, false), "w?amount w?limit ");
    CHECK_STR(said(WITH("", "s", "passed"), true), "w-passed ");
    /* What FEEL itself has is no name of ours. */
    CHECK_STR(said(WITH("", "s", "count([1, 2]) &gt; 1 and "
                        "today() &gt; date(\"2026-01-01\") and "
                        "(some i in [1, 2] satisfies i = 2)"), true), "");
}

static void a_task_supplies_what_it_asks(void)
{
    /* A plain comparison behind it is asked, what it is compared with not. */
    CHECK_STR(said(STEP("<userTask id='a'/>"), true), "w-limit ");
    CHECK_STR(said(STEP("<userTask id='a' zt:asks='limit:number'/>"), true),
              "");
    CHECK_STR(said(WITH("<userTask id='a'/>" FLOW_("1", "s", "a"), "a",
                        "${passed}"), true), "");
    CHECK_STR(said(WITH("<userTask id='a'/>" FLOW_("1", "s", "a"), "a",
                        "amount * 2 &gt; 7"), true), "w-amount ");
    CHECK_STR(said(FILE_OF("", "<startEvent id='s' zt:asks='amount、limit'/>"
        "<exclusiveGateway id='g' default='d'/><task id='x'/>"
        FLOW_("1", "s", "g") WHEN("w", "g", "x", "amount &gt; limit")
        FLOW_("d", "g", "x")), true), "");
    /* Each of several is asked his own, not the way on. */
    CHECK_STR(said(WITH("<userTask id='a'><multiInstanceLoopCharacteristics "
                        "zt:collection='people' zt:element='one'/></userTask>"
                        FLOW_("1", "s", "a"), "a", "way = \"back\""), true),
              "w-way ");
}

static void a_step_after_supplies_nothing(void)
{
    CHECK_STR(said(FILE_OF("", START "<exclusiveGateway id='g' default='d'/>"
        "<scriptTask id='x' zt:resultVariable='amount'><script>1</script>"
        "</scriptTask>" FLOW_("1", "s", "g")
        WHEN("w", "g", "x", "amount &gt; 1") FLOW_("d", "g", "x")), true),
        "w-amount ");
    /* Unless the way leads back. */
    CHECK_STR(said(FILE_OF("", START "<exclusiveGateway id='g' default='d'/>"
        "<scriptTask id='x' zt:resultVariable='amount'><script>1</script>"
        "</scriptTask><endEvent id='e'/>" FLOW_("1", "s", "g")
        WHEN("w", "g", "e", "amount &gt; 1") FLOW_("d", "g", "x")
        FLOW_("2", "x", "g")), true), "");
}

static void what_works_something_out_supplies_it(void)
{
    CHECK_STR(said(WITH("<scriptTask id='a' zt:resultVariable='amount'>"
                        "<script>1</script></scriptTask>"
                        "<businessRuleTask id='b' zt:decisionRef='t' "
                        "zt:resultVariable='limit'/>" FLOW_("1", "s", "a")
                        FLOW_("2", "a", "b"), "b", "amount &gt; limit"), true),
              "");
    CHECK_STR(said(WITH("<subProcess id='a'><scriptTask id='b' "
                        "zt:resultVariable='amount'><script>1</script>"
                        "</scriptTask></subProcess>" FLOW_("1", "s", "a"), "a",
                        "amount &gt; 1"), true), "");
    CHECK_STR(said(WITH("<subProcess id='u'><multiInstanceLoopCharacteristics "
                        "zt:collection='parts' zt:element='part'/>"
                        "<exclusiveGateway id='h' default='k'/><task id='t'/>"
                        WHEN("v", "h", "t", "part.code = \"a\"")
                        FLOW_("k", "h", "t") "</subProcess>"
                        FLOW_("1", "s", "u"), "u", "part = 1"), true),
              "");
    CHECK_STR(said(STEP("<serviceTask id='a' zt:work='notify'/>"), true),
              "w-amount w-limit ");
}

/* A name that may come by a way nobody here sees is only pointed out. */
static void what_may_come_from_outside_is_a_hint(void)
{
    CHECK_STR(said(STEP("<serviceTask id='a'/>"), true),
              "w?amount w?limit ");
    CHECK_STR(said(STEP("<receiveTask id='a' messageRef='M'/>"), true),
              "w?amount w?limit ");
    CHECK_STR(said(STEP("<callActivity id='a' calledElement='other'/>"),
                   true), "w?amount w?limit ");
    CHECK_STR(said(STEP("<intermediateCatchEvent id='a'>"
                        TIMER("timeDuration", "PT1H")
                        "</intermediateCatchEvent>"), true),
              "w-amount w-limit ");
}

static void an_owner_knows_what_it_hands_in(void)
{
    CHECK_STR(said("<definitions xmlns='" BPMN_NS "' xmlns:zt='" BPMN_OUR_NS
                   "'><process id='p' zt:owner='services'><startEvent id='s'/>"
                   "<exclusiveGateway id='g' default='d'/><task id='x'/>"
                   FLOW_("1", "s", "g") WHEN("w", "g", "x", "amount &gt; 1")
                   FLOW_("d", "g", "x") "</process></definitions>", true), "");
}

/* ---- zt:asks ---- */

static void a_step_asks_in_its_own_words(void)
{
    struct bpmn_question q;
    str list = STR("amount:number、until:day:截止日；"
                   "kind： 甲 ｜ 乙 ：类别,note"), problem;
    CHECK(bpmn_asks_next(&list, &q, &problem) && str_is_none(problem));
    CHECK_STR(q.name, "amount");
    CHECK(q.kind == BPMN_ASK_NUMBER && q.label.n == 0);
    CHECK(bpmn_asks_next(&list, &q, &problem));
    CHECK_STR(q.label, "截止日");
    CHECK(q.kind == BPMN_ASK_DAY);
    CHECK(bpmn_asks_next(&list, &q, &problem));
    CHECK(q.kind == BPMN_ASK_CHOICE && q.options == 2);
    CHECK_STR(q.option[1].value, "乙");
    CHECK(bpmn_asks_next(&list, &q, &problem));
    CHECK(q.kind == BPMN_ASK_LINE && str_is_none(problem));
    CHECK(!bpmn_asks_next(&list, &q, &problem));
}

static void what_cannot_be_asked_is_refused(void)
{
    struct bpmn *g;
    struct bpmn_lint l;
    str problem;
    CHECK(bpmn_read(&play_arena, STR(FILE_OF("",
        "<userTask id='a' zt:asks='2x、y:colour、z:day'/><userTask id='b' "
        "zt:asks='a1,a2,a3,a4,a5,a6,a7,a8,a9,b1,b2,b3,b4'/>"
        FLOW_("1", "a", "b"))), &g, &problem) == OK);
    bpmn_lint(g, inst_none, &play_arena, &l);
    CHECK(l.wrong == 3);
    bpmn_free(g);
}

int main(void)
{
    RUN(nobody_supplies_a_name);
    RUN(a_task_supplies_what_it_asks);
    RUN(a_step_after_supplies_nothing);
    RUN(what_works_something_out_supplies_it);
    RUN(what_may_come_from_outside_is_a_hint);
    RUN(an_owner_knows_what_it_hands_in);
    RUN(a_step_asks_in_its_own_words);
    RUN(what_cannot_be_asked_is_refused);
    buf_free(&play_out);
    arena_free(&play_arena);
    return test_result();
}
