/* Tasks offered to several: each of them sees it and one takes it. */
#include "kernel/process/tests/office.h"

#define OFFERED(attributes)                                                   \
    HEAD "<process id=\"o\" name=\"会办\" isExecutable=\"true\">"             \
         "<startEvent id=\"s\"/>"                                             \
         "<userTask id=\"see\" name=\"办理\" "                                \
         "xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\" "              \
         "xmlns:flowable=\"http://flowable.org/bpmn\" "                       \
         "xmlns:activiti=\"http://activiti.org/bpmn\" " attributes "/>"       \
         "<endEvent id=\"e\"/>"                                               \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"see\"/>"        \
         "<sequenceFlow id=\"f2\" sourceRef=\"see\" targetRef=\"e\"/>" TAIL

struct desk {
    int64_t account, id, task;
    enum process_which which;
    struct process_row *row;
    size_t n;
    int64_t queries;
    bool may;
};

static enum err desk_work(struct tx *tx, void *context)
{
    struct desk *d = context;
    struct process_wanted all = { .module = STR("test"), .key = STR(""),
                                  .which = d->which, .from = day_none,
                                  .until = day_none, .cases = str_none };
    int64_t before = tx->queries;
    enum err e = process_list(tx, d->account, &all, &d->row, &d->n);
    d->queries = tx->queries - before;
    return e == OK && d->task
               ? process_may(tx, d->account, d->id, d->task, &d->may) : e;
}

static struct desk desk_of(struct office *o, int64_t account, int64_t task)
{
    struct desk d = { .account = account, .id = o->answer.id, .task = task };
    CHECK(test_store_look(&o->t, desk_work, &d) == OK);
    return d;
}

/* officer.wu holds 复核岗, officer.zhao nothing that matters here. */
struct people { int64_t wu, zhao; };

static enum err more_people(struct tx *tx, void *context)
{
    struct people *p = context;
    enum err e = office_account(tx, "officer.wu", "复核岗", &p->wu);
    return e == OK ? office_account(tx, "officer.zhao", "收发岗", &p->zhao)
                   : e;
}

static bool office_of_four(struct office *o, struct people *p,
                           enum test_database which)
{
    if (!office_open(o, which))
        return false;
    CHECK(test_store_run(&o->t, more_people, p) == OK);
    return true;
}

static bool sees(struct office *o, int64_t account, int64_t task)
{
    struct desk d = desk_of(o, account, task);
    CHECK(d.may == (d.n == 1));
    CHECK(d.queries == 1);
    return d.n == 1;
}

static void each_post_and_each_person_sees_it(enum test_database which)
{
    static const char *const files[] = {
        OFFERED("camunda:candidateGroups=\"承办岗, 审核岗\" "
                "camunda:candidateUsers=\"officer.zhao\""),
        OFFERED("flowable:candidateGroups=\"承办岗,审核岗\" "
                "flowable:candidateUsers=\"officer.zhao,nobody\""),
        OFFERED("activiti:candidateUsers=\"officer.zhao, officer.wang,"
                "officer.li\""),
        OFFERED("zt:post=\"承办岗、审核岗\" zt:candidateUsers=\"officer.zhao\" "
                "camunda:candidateGroups=\"management\""),
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct office o;
        struct people p;
        if (!office_of_four(&o, &p, which))
            return;
        deploy(&o, "offer", files[i]);
        start(&o, "offer");
        int64_t task = o.answer.task;
        CHECK(sees(&o, o.wang, task) && sees(&o, o.li, task));
        CHECK(sees(&o, p.zhao, task) && !sees(&o, p.wu, task));
        CHECK(found(&o) == 0);
        test_store_close(&o.t);
    }
}

static void who_takes_it_has_it_alone(enum test_database which)
{
    struct office o;
    struct people p;
    if (!office_of_four(&o, &p, which))
        return;
    deploy(&o, "offer", OFFERED("zt:post=\"承办岗,审核岗\" "
                                "camunda:candidateUsers=\"officer.zhao\""));
    int64_t id = start(&o, "offer"), task = o.answer.task;
    struct desk d = desk_of(&o, p.zhao, task);
    CHECK_STR(d.row[0].candidates, "承办岗、审核岗、officer.zhao");
    CHECK(act(&o, id, (struct flow_command){
                          .verb = FLOW_CLAIM, .task = task,
                          .person = process_person(&o.t.arena, p.zhao) }) ==
          OK);
    CHECK(sees(&o, p.zhao, task) && !sees(&o, o.wang, task));
    CHECK(!sees(&o, o.li, task) && found(&o) == 0);
    CHECK(act(&o, id, (struct flow_command){
                          .verb = FLOW_CLAIM, .task = task,
                          .person = process_person(&o.t.arena, o.wang) }) ==
          ERR_CONFLICT);
    CHECK(complete(&o, id, task) == OK);
    CHECK_STR(glance(&o, id).v.state, "done");
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static enum err stand_in(struct tx *tx, void *context)
{
    struct office *o = context;
    struct auth_duty d = { .unit = STR("D022"), .duty = STR("承办岗"),
                           .account = o->li, .stands_for = o->wang,
                           .from = day_of(2026, 11, 20),
                           .to = day_of(2026, 11, 27) };
    return auth_add_duty(tx, &d, NULL);
}

/* The stand-in of a person named, and nobody twice on one desk. */
static void a_stand_in_sees_what_his_principal_may_take(
    enum test_database which)
{
    struct office o;
    struct people p;
    if (!office_of_four(&o, &p, which))
        return;
    CHECK(test_store_run(&o.t, stand_in, &o) == OK);
    deploy(&o, "offer", OFFERED("zt:post=\"复核岗,收发岗\" "
                                "camunda:candidateUsers=\"officer.wang,"
                                "officer.wu\""));
    start(&o, "offer");
    int64_t task = o.answer.task;
    CHECK(sees(&o, o.li, task) && sees(&o, p.wu, task));
    struct desk own = { .account = p.wu, .which = PROCESS_OWN };
    CHECK(test_store_look(&o.t, desk_work, &own) == OK && own.n == 0);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void an_assignee_named_by_login_has_it(enum test_database which)
{
    struct office o;
    struct people p;
    if (!office_of_four(&o, &p, which))
        return;
    deploy(&o, "offer", OFFERED("camunda:assignee=\"officer.zhao\" "
                                "camunda:candidateGroups=\"承办岗,审核岗\""));
    start(&o, "offer");
    int64_t task = o.answer.task;
    CHECK(sees(&o, p.zhao, task) && !sees(&o, o.wang, task));
    CHECK(!sees(&o, o.li, task) && found(&o) == 0);
    test_store_close(&o.t);
}

/* A list known only when the case runs, of posts and of people. */
static void candidates_may_come_from_the_data(enum test_database which)
{
    struct office o;
    struct people p;
    if (!office_of_four(&o, &p, which))
        return;
    struct value *data = value_new(&o.t.arena, VALUE_OBJECT), *who;
    who = value_add(data, STR("who"), value_new(&o.t.arena, VALUE_LIST));
    value_push(who, value_text(&o.t.arena, STR("officer.zhao")));
    value_push(who, value_text(&o.t.arena, process_person(&o.t.arena, p.wu)));
    o.start.data = data;
    deploy(&o, "offer", OFFERED("camunda:candidateUsers=\"${who}\" "
                                "camunda:candidateGroups=\"承办岗,审核岗\""));
    start(&o, "offer");
    int64_t task = o.answer.task;
    CHECK(sees(&o, p.wu, task) && sees(&o, p.zhao, task));
    CHECK(sees(&o, o.li, task) && found(&o) == 0);
    test_store_close(&o.t);
}

static enum err postpone_work(struct tx *tx, void *context)
{
    struct office *o = context;
    return process_postpone(tx, o->answer.id, o->start.due);
}

/* The desk of a candidate is sorted by the same days. */
static void the_day_moves_for_candidates_too(enum test_database which)
{
    struct office o;
    struct people p;
    if (!office_of_four(&o, &p, which))
        return;
    deploy(&o, "offer", OFFERED("zt:post=\"承办岗,审核岗\""));
    int64_t first = start(&o, "offer");
    o.start.due = day_of(2026, 12, 1);
    CHECK(test_store_run(&o.t, postpone_work, &o) == OK);
    int64_t second = start(&o, "offer");
    o.start.due = day_of(2026, 11, 30);
    CHECK(test_store_run(&o.t, postpone_work, &o) == OK);
    struct desk d = desk_of(&o, o.li, 0);
    CHECK(d.n == 2 && d.row[0].case_id == second &&
          d.row[1].case_id == first);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static enum err spoil(struct tx *tx, void *context)
{
    struct office *o = context;
    return process_candidate_drop(tx, o->answer.id, o->answer.task, NULL);
}

static void the_check_misses_a_lost_candidate(enum test_database which)
{
    struct office o;
    struct people p;
    if (!office_of_four(&o, &p, which))
        return;
    deploy(&o, "offer", OFFERED("zt:post=\"承办岗,审核岗\""));
    start(&o, "offer");
    CHECK(test_store_run(&o.t, spoil, &o) == OK);
    CHECK(found(&o) == 1);
    test_store_close(&o.t);
}

int main(void)
{
    static either *const tests[] = {
        each_post_and_each_person_sees_it,
        who_takes_it_has_it_alone,
        a_stand_in_sees_what_his_principal_may_take,
        an_assignee_named_by_login_has_it,
        candidates_may_come_from_the_data,
        the_day_moves_for_candidates_too,
        the_check_misses_a_lost_candidate,
    };
    return run_either(tests, sizeof tests / sizeof *tests);
}
