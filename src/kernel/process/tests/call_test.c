/* Cases that call cases: begin, come back, end early, and are bounded. */
#include "kernel/process/tests/office.h"

/* A multi-instance over `parts` that ends early when one says stop. */
#define WHOLE(attributes)                                                     \
    HEAD "<process id=\"whole\" name=\"总件\" isExecutable=\"true\">"         \
         "<startEvent id=\"s\"/><callActivity id=\"part\" name=\"分件\" "     \
         attributes "><extensionElements><zt:out source=\"answer\" "          \
         "target=\"answer\"/></extensionElements>"                            \
         "<multiInstanceLoopCharacteristics zt:collection=\"parts\" "         \
         "zt:element=\"one\" zt:outputCollection=\"answers\" "                \
         "zt:outputElement=\"answer\"><completionCondition>answer = \"stop\"" \
         "</completionCondition></multiInstanceLoopCharacteristics>"          \
         "</callActivity><userTask id=\"t\" name=\"汇总\" "                   \
         "zt:post=\"承办岗\"/>"                                               \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"part\"/>"       \
         "<sequenceFlow id=\"f2\" sourceRef=\"part\" targetRef=\"t\"/>" TAIL

#define PART(name)                                                            \
    HEAD "<process id=\"p\" name=\"" name "\" isExecutable=\"true\">"         \
         "<startEvent id=\"s\"/>"                                             \
         "<userTask id=\"work\" name=\"办\" zt:post=\"承办岗\"/>"             \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"work\"/>" TAIL

/* Calls one process, with what is written inside the call. */
#define CALLS(key, attributes, more)                                          \
    HEAD "<process id=\"c\" name=\"调用\" isExecutable=\"true\">"             \
         "<startEvent id=\"s\"/><callActivity id=\"call\" calledElement=\""   \
         key "\" " attributes "/>"                                            \
         "<userTask id=\"t\" name=\"汇总\" zt:post=\"承办岗\"/>" more         \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"call\"/>"       \
         "<sequenceFlow id=\"f2\" sourceRef=\"call\" targetRef=\"t\"/>" TAIL

/* Nobody is asked: it is over at once. */
#define AT_ONCE                                                               \
    HEAD "<process id=\"p\" isExecutable=\"true\"><startEvent id=\"s\"/>"     \
         "<scriptTask id=\"n\" scriptFormat=\"feel\" "                        \
         "zt:resultVariable=\"answer\"><script>\"stop\"</script>"             \
         "</scriptTask><sequenceFlow id=\"f1\" sourceRef=\"s\" "              \
         "targetRef=\"n\"/>" TAIL

#define FAILS                                                                 \
    HEAD "<error id=\"x\" name=\"x\" errorCode=\"E7\"/>"                      \
         "<process id=\"p\" isExecutable=\"true\"><startEvent id=\"s\"/>"     \
         "<userTask id=\"work\" zt:post=\"承办岗\"/><endEvent id=\"e\">"      \
         "<errorEventDefinition errorRef=\"x\"/></endEvent>"                  \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"work\"/>"       \
         "<sequenceFlow id=\"f2\" sourceRef=\"work\" targetRef=\"e\"/>" TAIL

#define CATCHES                                                               \
    HEAD "<error id=\"x\" name=\"x\" errorCode=\"E7\"/>"                      \
         "<process id=\"c\" isExecutable=\"true\"><startEvent id=\"s\"/>"     \
         "<callActivity id=\"call\" calledElement=\"fails\"/>"                \
         "<boundaryEvent id=\"b\" attachedToRef=\"call\">"                    \
         "<errorEventDefinition errorRef=\"x\"/></boundaryEvent>"             \
         "<userTask id=\"caught\" zt:post=\"承办岗\"/>"                       \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"call\"/>"       \
         "<sequenceFlow id=\"f2\" sourceRef=\"b\" targetRef=\"caught\"/>" TAIL

/* ---- looking at children ---- */

enum { MOST = 8 };

struct brood {
    int64_t parent, id[MOST];
    struct process_view v[MOST]; /* without graph and state */
    str answers;          /* variable of the parent, as JSON */
    size_t n;
};

static enum err brood_work(struct tx *tx, void *context)
{
    struct brood *b = context;
    struct process_view v;
    struct buf json = { 0 };
    enum err e = process_open(tx, b->parent, &v);
    if (e != OK)
        return e;
    for (int i = 0; i < v.flow->task_count && b->n < MOST; i++) {
        struct process_child c;
        if (process_is_call(v.flow, &v.flow->tasks[i]) &&
            process_child(tx, v.id, v.flow->tasks[i].id, &c) == OK)
            b->id[b->n++] = c.id;
    }
    const struct value *answers = flow_variable(v.flow, STR("answers"));
    if (answers)
        value_write_json(answers, &json);
    b->answers = arena_str(tx->arena, buf_str(&json));
    buf_free(&json);
    process_close(&v);
    for (size_t i = 0; i < b->n && e == OK; i++) {
        e = process_open(tx, b->id[i], &b->v[i]);
        struct process_view keep = b->v[i];
        process_close(&b->v[i]);
        b->v[i] = keep;
    }
    return e;
}

static struct brood brood(struct office *o, int64_t parent)
{
    struct brood b = { .parent = parent };
    CHECK(test_store_look(&o->t, brood_work, &b) == OK);
    return b;
}

static struct value *three(struct office *o)
{
    struct arena *a = &o->t.arena;
    struct value *data = value_new(a, VALUE_OBJECT);
    struct value *list = value_new(a, VALUE_LIST);
    for (int i = 0; i < 3; i++)
        value_push(list, value_text(a, STR("D022")));
    value_add(data, STR("parts"), list);
    value_add(data, STR("key"), value_text(a, STR("part")));
    return data;
}

static int64_t start_three(struct office *o)
{
    o->start.data = three(o);
    int64_t id = start(o, "whole");
    o->start.data = NULL;
    return id;
}

static enum err answer(struct office *o, int64_t id, const char *text)
{
    struct arena *a = &o->t.arena;
    struct glance g = glance(o, id);
    struct value *data = value_new(a, VALUE_OBJECT);
    value_add(data, STR("answer"), value_text(a, str_of(text)));
    CHECK(g.tasks == 1);
    return act(o, id, (struct flow_command){ .verb = FLOW_COMPLETE,
                                             .task = g.task[0].task,
                                             .data = data });
}

static bool is_in(struct office *o, int64_t id, const char *state)
{
    return str_is(glance(o, id).v.state, state);
}

static void an_instance_is_a_case_and_its_end_completes_it(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "part", PART("分件"));
    deploy(&o, "whole", WHOLE("zt:called=\"=key\""));
    int64_t id = start_three(&o);
    struct brood b = brood(&o, id);
    CHECK(b.n == 3 && glance(&o, id).tasks == 0);
    for (size_t i = 0; i < b.n; i++) {
        CHECK(glance(&o, b.id[i]).tasks == 1 && b.v[i].parent == id);
        CHECK_STR(b.v[i].title, "分件");
        CHECK(str_starts(b.v[i].number, glance(&o, id).v.number));
    }
    CHECK(found(&o) == 0);
    CHECK(answer(&o, b.id[1], "two") == OK);
    CHECK(answer(&o, b.id[0], "one") == OK);
    CHECK(brood(&o, id).n == 1 && is_in(&o, id, "running"));
    CHECK(found(&o) == 0);
    CHECK(answer(&o, b.id[2], "three") == OK);
    CHECK_STR(brood(&o, id).answers, "[\"one\",\"two\",\"three\"]");
    CHECK(glance(&o, id).tasks == 1);
    CHECK(found(&o) == 0);
    CHECK(answer(&o, id, "") == OK && is_in(&o, id, "done"));
    test_store_close(&o.t);
}

static void what_is_not_waited_for_any_more_is_cancelled(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "part", PART("分件"));
    deploy(&o, "whole", WHOLE("calledElement=\"part\""));
    int64_t id = start_three(&o);
    struct brood b = brood(&o, id);
    CHECK(answer(&o, b.id[1], "stop") == OK);
    CHECK(is_in(&o, b.id[0], "stopped") && is_in(&o, b.id[2], "stopped"));
    CHECK(is_in(&o, b.id[1], "done") && glance(&o, id).tasks == 1);
    CHECK(glance(&o, b.id[0]).tasks == 0);
    CHECK(found(&o) == 0);
    id = start_three(&o);
    b = brood(&o, id);
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_CANCEL }) == OK);
    for (size_t i = 0; i < b.n; i++)
        CHECK(is_in(&o, b.id[i], "stopped"));
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void a_callee_that_is_over_at_once_comes_back_at_once(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "part", AT_ONCE);
    deploy(&o, "whole", WHOLE("calledElement=\"part\""));
    int64_t id = start_three(&o);
    /* The first says stop: the others never begin. */
    CHECK(glance(&o, id).tasks == 1 && o.answer.revision == 2);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static enum err deploy_look(struct tx *tx, void *context)
{
    struct office *o = context;
    o->answer.problem = STR("");
    o->version = 0;
    return process_deploy(tx, PROCESS_FLOW, str_of(o->key), STR(""),
                          str_of(o->xml), &o->version, &o->answer.problem);
}

static enum err retire_work(struct tx *tx, void *context)
{
    (void)context;
    return process_retire(tx, PROCESS_FLOW, STR("part"));
}

struct resolving {
    int64_t incident;
    enum process_way way;
    struct process_answer answer;
};

static enum err resolve_work(struct tx *tx, void *context)
{
    struct resolving *r = context;
    return process_resolve(tx, r->incident, r->way, NULL, STR("已部署"),
                           &r->answer);
}

static void a_missing_callee_is_refused_or_waits_for_a_person(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    o.key = "calls";
    o.xml = CALLS("part", "", "");
    CHECK(test_store_run(&o.t, deploy_look, &o) == ERR_INPUT);
    CHECK(str_find(o.answer.problem, STR("part")) >= 0);
    deploy(&o, "part", PART("分件"));
    deploy(&o, "calls", CALLS("part", "", ""));
    CHECK(test_store_run(&o.t, retire_work, NULL) == OK);
    int64_t id = start(&o, "calls");
    CHECK(is_in(&o, id, "stuck") && glance(&o, id).incidents == 1);
    CHECK(str_is(o.answer.state, "stuck"));
    CHECK(found(&o) == 0);
    deploy(&o, "part", PART("新分件"));
    struct resolving r = { glance(&o, id).incident[0].id, PROCESS_RETRY,
                           { 0 } };
    CHECK(test_store_run(&o.t, resolve_work, &r) == OK);
    CHECK(glance(&o, id).incidents == 0 && brood(&o, id).n == 1);
    CHECK(found(&o) == 0);
    CHECK(answer(&o, brood(&o, id).id[0], "") == OK);
    CHECK(glance(&o, id).tasks == 1);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void what_cannot_be_called_may_be_done_by_hand(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "part", PART("分件"));
    deploy(&o, "calls", CALLS("part", "", ""));
    CHECK(test_store_run(&o.t, retire_work, NULL) == OK);
    int64_t id = start(&o, "calls");
    struct resolving r = { glance(&o, id).incident[0].id, PROCESS_BY_HAND,
                           { 0 } };
    CHECK(test_store_run(&o.t, resolve_work, &r) == OK);
    struct glance g = glance(&o, id);
    CHECK(g.incidents == 0 && g.tasks == 1);
    CHECK_STR(g.task[0].node, "t");
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void a_call_may_keep_the_version_of_its_deployment(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "part", PART("第一版"));
    o.t.now.ms += 1000;
    deploy(&o, "kept", CALLS("part", "zt:binding=\"deployment\"", ""));
    deploy(&o, "newest", CALLS("part", "", ""));
    o.t.now.ms += 1000;
    deploy(&o, "part", PART("第二版"));
    o.t.now.ms += 1000;
    CHECK_STR(brood(&o, start(&o, "kept")).v[0].title, "第一版");
    CHECK_STR(brood(&o, start(&o, "newest")).v[0].title, "第二版");
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void calling_oneself_has_an_end(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "self", CALLS("self", "", ""));
    int64_t id = start(&o, "self");
    int depth = 0;
    for (struct brood b = brood(&o, id); b.n; b = brood(&o, b.id[0]), depth++)
        id = b.id[0];
    CHECK(depth == PROCESS_DEPTH && is_in(&o, id, "stuck"));
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void an_error_goes_on_in_who_called(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "fails", FAILS);
    deploy(&o, "catches", CATCHES);
    deploy(&o, "careless", CALLS("fails", "", ""));
    int64_t careful = start(&o, "catches"), careless = start(&o, "careless");
    CHECK(answer(&o, brood(&o, careful).id[0], "") == OK);
    struct glance g = glance(&o, careful);
    CHECK(g.tasks == 1);
    CHECK_STR(g.task[0].node, "caught");
    CHECK(answer(&o, brood(&o, careless).id[0], "") == OK);
    CHECK(is_in(&o, careless, "failed"));
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void what_ended_while_the_caller_was_held_is_not_lost(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "part", PART("分件"));
    deploy(&o, "whole", WHOLE("calledElement=\"part\""));
    int64_t id = start_three(&o);
    struct brood b = brood(&o, id);
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_SUSPEND }) == OK);
    CHECK(answer(&o, b.id[0], "one") == OK);
    CHECK(answer(&o, b.id[2], "three") == OK);
    CHECK(is_in(&o, id, "held"));
    CHECK(found(&o) == 0);
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_RESUME }) == OK);
    CHECK(brood(&o, id).n == 1);
    CHECK(o.answer.revision == glance(&o, id).v.revision);
    CHECK(found(&o) == 0);
    CHECK(answer(&o, b.id[1], "two") == OK && glance(&o, id).tasks == 1);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

/* ---- the owner's part ---- */

static struct {
    int called, ended, order;
    const void *context;
} heard;

static enum err owner_calls(struct tx *tx, const struct process_call *call,
                            struct process_start *child)
{
    heard.called++;
    heard.context = call->context;
    child->number = arena_printf(tx->arena, "%.*s号%d",
                                 STR_ARG(call->parent->number), heard.called);
    return heard.called > 3 ? ERR_RANGE : OK;
}

static enum err owner_returns(struct tx *tx, const struct process_view *child,
                              struct value *data)
{
    (void)child;
    value_add(data, STR("answer"), value_text(tx->arena, STR("owner")));
    return OK;
}

static enum err owner_ended(struct tx *tx, const struct process_view *v)
{
    (void)tx;
    heard.ended++;
    heard.order = heard.order * 10 + (v->parent ? 1 : 2);
    return OK;
}

static void the_owner_names_its_children_and_hears_their_end(
    enum test_database which)
{
    static const struct process_owner owner = {
        .module = "test", .calls = owner_calls, .returns = owner_returns,
        .ended = owner_ended,
    };
    static const struct process_owner *const list[] = { &owner, NULL };
    struct office o;
    if (!office_open(&o, which))
        return;
    heard.called = heard.ended = heard.order = 0;
    process_owners(list);
    deploy(&o, "part", PART("分件"));
    deploy(&o, "whole", WHOLE("calledElement=\"part\""));
    o.start.context = &o;
    int64_t id = start_three(&o);
    struct brood b = brood(&o, id);
    CHECK(heard.called == 3 && heard.context == &o);
    CHECK(str_ends(b.v[2].number, STR("号3")));
    /* What the caller holds back comes when it says so. */
    o.command.hold = true;
    CHECK(act(&o, b.id[0], (struct flow_command){
                               .verb = FLOW_COMPLETE,
                               .task = glance(&o, b.id[0]).task[0].task })
          == OK);
    o.command.hold = false;
    CHECK(brood(&o, id).n == 3 && heard.ended == 1);
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_CANCEL }) == OK);
    CHECK(heard.ended == 4 && heard.order == 1112);
    /* What it refuses never was. */
    o.start.data = three(&o);
    o.start.number = STR("SX-none");
    o.start.key = STR("whole");
    CHECK(test_store_run(&o.t, start_work, &o) == ERR_RANGE);
    process_owners(NULL);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

int main(void)
{
    static either *const tests[] = {
        an_instance_is_a_case_and_its_end_completes_it,
        what_is_not_waited_for_any_more_is_cancelled,
        a_callee_that_is_over_at_once_comes_back_at_once,
        a_missing_callee_is_refused_or_waits_for_a_person,
        what_cannot_be_called_may_be_done_by_hand,
        a_call_may_keep_the_version_of_its_deployment,
        calling_oneself_has_an_end,
        an_error_goes_on_in_who_called,
        what_ended_while_the_caller_was_held_is_not_lost,
        the_owner_names_its_children_and_hears_their_end,
    };
    return run_either(tests, sizeof tests / sizeof *tests);
}
