/* A case in the database: whole or not at all, once and not twice. */
#include "kernel/process/tests/office.h"

#define TWO_STEPS                                                             \
    HEAD "<process id=\"two\" name=\"两步\" isExecutable=\"true\">"           \
         "<startEvent id=\"s\"/>"                                             \
         "<userTask id=\"handle\" name=\"承办\" zt:post=\"承办岗\"/>"         \
         "<userTask id=\"check\" name=\"审核\" zt:post=\"审核岗\"/>"          \
         "<endEvent id=\"e\"/>"                                               \
         "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"handle\"/>"     \
         "<sequenceFlow id=\"f2\" sourceRef=\"handle\" targetRef=\"check\"/>" \
         "<sequenceFlow id=\"f3\" sourceRef=\"check\" targetRef=\"e\"/>" TAIL

struct desk {
    int64_t account;
    const struct process_wanted *wanted; /* NULL: all */
    struct process_row *row;
    size_t n;
    bool may;
    int64_t id, task;
};

static enum err desk_work(struct tx *tx, void *context)
{
    struct desk *d = context;
    struct process_wanted all = { .module = STR("test"), .key = STR(""),
                                  .from = day_none, .until = day_none,
                                  .cases = str_none };
    return process_list(tx, d->account, d->wanted ? d->wanted : &all, &d->row,
                        &d->n);
}

static enum err may_work(struct tx *tx, void *context)
{
    struct desk *d = context;
    return process_may(tx, d->account, d->id, d->task, &d->may);
}

static size_t on_desk(struct office *o, int64_t account)
{
    struct desk d = { .account = account };
    CHECK(test_store_look(&o->t, desk_work, &d) == OK);
    return d.n;
}

static enum err postpone_work(struct tx *tx, void *context)
{
    struct office *o = context;
    return process_postpone(tx, o->answer.id, o->start.due);
}

static void what_is_due_later_is_lower_on_the_desk(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    int64_t first = start(&o, "two");
    o.start.due = day_of(2026, 12, 1);
    CHECK(test_store_run(&o.t, postpone_work, &o) == OK);
    int64_t second = start(&o, "two");
    o.start.due = day_of(2026, 11, 30);
    CHECK(test_store_run(&o.t, postpone_work, &o) == OK);
    struct desk d = { .account = o.wang };
    CHECK(test_store_look(&o.t, desk_work, &d) == OK && d.n == 2);
    CHECK(d.row[0].case_id == second && d.row[1].case_id == first);
    CHECK(glance(&o, second).v.due.n == day_of(2026, 11, 30).n);
    /* No day counts: last; what comes next is due as the case is. */
    o.start.due = day_none;
    CHECK(test_store_run(&o.t, postpone_work, &o) == OK);
    CHECK(complete(&o, second, d.row[0].task) == OK);
    CHECK(glance(&o, second).task[0].due.n == PROCESS_NO_DUE.n);
    o.answer.id = 77;
    CHECK(test_store_run(&o.t, postpone_work, &o) == ERR_CONFLICT);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void work_lands_on_the_desk_of_who_holds_the_duty(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    int64_t id = start(&o, "two");
    struct desk d = { .account = o.li, .id = id, .task = o.answer.task };
    CHECK(on_desk(&o, o.wang) == 1 && on_desk(&o, o.li) == 0);
    CHECK(test_store_look(&o.t, may_work, &d) == OK && !d.may);
    d.account = o.wang;
    CHECK(test_store_look(&o.t, may_work, &d) == OK && d.may);
    CHECK(complete(&o, id, o.answer.task) == OK);
    CHECK(on_desk(&o, o.wang) == 0 && on_desk(&o, o.li) == 1);
    CHECK(complete(&o, id, o.answer.task) == OK);
    CHECK(on_desk(&o, o.li) == 0);
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

static void a_stand_in_gets_what_is_addressed_by_name(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    int64_t id = start(&o, "two"), task = o.answer.task;
    CHECK(act(&o, id, (struct flow_command){
                          .verb = FLOW_CLAIM, .task = task,
                          .person = process_person(&o.t.arena, o.wang) }) ==
          OK);
    CHECK(on_desk(&o, o.wang) == 1 && on_desk(&o, o.li) == 0);
    CHECK(test_store_run(&o.t, stand_in, &o) == OK);
    CHECK(on_desk(&o, o.wang) == 1 && on_desk(&o, o.li) == 1);
    struct desk d = { .account = o.li, .id = id, .task = task };
    CHECK(test_store_look(&o.t, may_work, &d) == OK && d.may);
    test_store_close(&o.t);
}

static size_t wanted(struct office *o, struct process_wanted w)
{
    w.module = STR("test");
    w.key = w.key.n ? w.key : STR("");
    w.cases = w.cases.n ? w.cases : str_none;
    struct desk d = { .account = o->wang, .wanted = &w };
    CHECK(test_store_look(&o->t, desk_work, &d) == OK);
    return d.n;
}

static void a_desk_is_filtered_where_it_is_kept(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    deploy(&o, "three", TWO_STEPS);
    int64_t id[4];
    const struct process_wanted all = { .from = day_none, .until = day_none };
    for (int i = 0; i < 4; i++) {
        id[i] = start(&o, i % 2 ? "three" : "two");
        o.start.due = day_of(2026, 11, 20 + i);
        CHECK(test_store_run(&o.t, postpone_work, &o) == OK);
    }
    CHECK(act(&o, id[3], (struct flow_command){
                  .verb = FLOW_CLAIM, .task = o.answer.task,
                  .person = process_person(&o.t.arena, o.wang) }) == OK);
    struct process_wanted w = all;
    CHECK(wanted(&o, w) == 4);
    w.key = STR("three");
    CHECK(wanted(&o, w) == 2);
    w.which = PROCESS_OWN;
    CHECK(wanted(&o, w) == 1);
    w.which = PROCESS_POSTS;
    CHECK(wanted(&o, w) == 1);
    w.key = STR("nothing");
    CHECK(wanted(&o, w) == 0);
    w = all;
    w.until = day_of(2026, 11, 21);
    CHECK(wanted(&o, w) == 2);
    w.from = w.until;
    CHECK(wanted(&o, w) == 1);
    w.until = day_none;
    CHECK(wanted(&o, w) == 3);
    w.after = day_of(2026, 11, 22); /* goes on behind what was seen */
    w.id = INT64_MAX;
    CHECK(wanted(&o, w) == 1);
    w = all;
    w.cases = arena_printf(&o.t.arena, "[%lld,%lld,7]", (long long)id[0],
                           (long long)id[3]);
    CHECK(wanted(&o, w) == 2);
    w.which = PROCESS_OWN;
    CHECK(wanted(&o, w) == 1);
    w.which = PROCESS_POSTS;
    w.until = day_of(2026, 11, 19);
    CHECK(wanted(&o, w) == 0);
    w.cases = STR("[]");
    CHECK(wanted(&o, w) == 0);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void the_same_key_twice_is_once(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    o.start.once = STR("form-1");
    int64_t id = start(&o, "two");
    CHECK(start(&o, "two") == id && o.answer.again);
    o.start.once = str_none;
    o.command.once = STR("form-2");
    int64_t task = glance(&o, id).task[0].task;
    CHECK(complete(&o, id, task) == OK && !o.answer.again);
    int64_t revision = o.answer.revision;
    CHECK(complete(&o, id, task) == OK && o.answer.again);
    CHECK(o.answer.revision == revision);
    CHECK(glance(&o, id).v.revision == revision);
    /* The key belongs to that case and verb. */
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_CANCEL }) ==
          ERR_CONFLICT);
    CHECK(o.answer.problem.n > 0);
    test_store_close(&o.t);
}

static void of_two_people_at_one_task_the_second_is_told(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    int64_t id = start(&o, "two"), task = o.answer.task;
    o.command.revision = o.answer.revision;
    CHECK(complete(&o, id, task) == OK);
    CHECK(complete(&o, id, task) == ERR_CONFLICT);
    CHECK(str_find(o.answer.problem, STR("其他人员")) >= 0);
    o.command.revision = 0;
    CHECK(complete(&o, id, task) == ERR_NOTFOUND);
    CHECK(o.answer.problem.n > 0);
    CHECK(glance(&o, id).tasks == 1);
    test_store_close(&o.t);
}

static void that_somebody_looked_is_no_conflict(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    int64_t id = start(&o, "two"), task = o.answer.task;
    CHECK(act(&o, id, (struct flow_command){ .verb = FLOW_OPEN,
                                             .task = task }) == OK);
    o.command.revision = 1;
    CHECK(complete(&o, id, task) == OK);
    o.command.revision = 99;
    CHECK(complete(&o, id, o.answer.task) == ERR_CONFLICT);
    test_store_close(&o.t);
}

static void what_fails_after_the_command_leaves_nothing(
    enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    int64_t id = start(&o, "two"), task = o.answer.task;
    o.then = ERR_RANGE;
    CHECK(complete(&o, id, task) == ERR_RANGE);
    o.then = OK;
    struct glance g = glance(&o, id);
    CHECK(g.v.revision == 1 && g.tasks == 1 && g.task[0].task == task);
    store_close(o.t.store);
    o.t.store = NULL;
    test_store_reopen(&o.t);
    CHECK(complete(&o, id, task) == OK);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void a_number_and_a_process_are_needed(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    start(&o, "two");
    CHECK(test_store_run(&o.t, start_work, &o) == ERR_CONFLICT);
    o.start.number = STR("SX-other");
    o.start.key = STR("nothing");
    CHECK(test_store_run(&o.t, start_work, &o) == ERR_NOTFOUND);
    CHECK(o.answer.problem.n > 0);
    CHECK(act(&o, 12345, (struct flow_command){ .verb = FLOW_CANCEL }) ==
          ERR_NOTFOUND);
    test_store_close(&o.t);
}

static void the_same_text_makes_no_new_version(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    CHECK(o.version == 1);
    deploy(&o, "two", TWO_STEPS);
    CHECK(o.version == 1);
    deploy(&o, "two", TWO_STEPS "<!-- again -->");
    CHECK(o.version == 2);
    o.xml = "<no/>";
    CHECK(test_store_run(&o.t, deploy_work, &o) == ERR_INPUT);
    test_store_close(&o.t);
}

/* ---- history ---- */

struct past {
    str number;
    struct process_fact *fact;
    size_t n;
    inst before;
    bool more;
};

static enum err history_work(struct tx *tx, void *context)
{
    struct past *p = context;
    return process_history(tx, p->number, &p->fact, &p->n);
}

static enum err archive_work(struct tx *tx, void *context)
{
    struct past *p = context;
    return process_archive(tx, p->before, &p->more);
}

static void what_happened_is_never_rewritten(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    start(&o, "two");
    CHECK(!test_store_sql(&o.t, "UPDATE process_event SET verb = 'x'"));
    CHECK(!test_store_sql(&o.t, "DELETE FROM process_event"));
    CHECK(!test_store_sql(&o.t, "UPDATE process_def SET xml = ''"));
    CHECK(!test_store_sql(&o.t, "DELETE FROM process_def"));
    test_store_close(&o.t);
}

/* The path of a case, wherever it lies. */
static enum err path_work(struct tx *tx, void *context)
{
    struct past *p = context;
    struct process_view v;
    struct bpmn_marks marks;
    enum err e = process_open_number(tx, p->number, &v);
    if (e != OK)
        return e;
    CHECK(v.archived == (p->before.ms != 0));
    CHECK_STR(v.state, "done");
    e = process_path(tx, &v, &marks);
    const struct bpmn *g = process_bpmn(v.graph);
    for (int i = 0; i < g->node_count && e == OK; i++)
        CHECK(marks.node[i] == BPMN_DONE);
    process_close(&v);
    return e;
}

static enum err archive_job_work(struct tx *tx, void *context)
{
    struct past *p = context;
    return process_archive_job(tx, &p->more);
}

static void a_year_goes_into_the_archive_in_february(enum test_database which)
{
    struct office o;
    struct past p = { .more = false };
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    int64_t id = start(&o, "two");
    CHECK(complete(&o, id, o.answer.task) == OK);
    CHECK(complete(&o, id, o.answer.task) == OK);
    p.number = o.start.number;
    o.t.now.ms += 60 * 86400000LL; /* 2027-01-19 */
    CHECK(test_store_run(&o.t, archive_job_work, &p) == OK);
    CHECK(test_store_look(&o.t, path_work, &p) == OK);
    o.t.now.ms += 13 * 86400000LL; /* 2027-02-01 */
    CHECK(test_store_run(&o.t, archive_job_work, &p) == OK && !p.more);
    p.before.ms = 1;
    CHECK(test_store_look(&o.t, path_work, &p) == OK);
    test_store_close(&o.t);
}

static void the_archive_is_still_read(enum test_database which)
{
    struct office o;
    if (!office_open(&o, which))
        return;
    deploy(&o, "two", TWO_STEPS);
    int64_t running = start(&o, "two"), id = start(&o, "two");
    struct past p = { .number = o.start.number };
    CHECK(complete(&o, id, o.answer.task) == OK);
    CHECK(complete(&o, id, o.answer.task) == OK);
    CHECK(test_store_look(&o.t, history_work, &p) == OK && p.n == 3);
    struct process_fact last = p.fact[2];
    p.before.ms = o.t.now.ms + 1;
    CHECK(test_store_run(&o.t, archive_work, &p) == OK && !p.more);
    CHECK(test_store_look(&o.t, history_work, &p) == OK && p.n == 3);
    CHECK(p.fact[2].at.ms == last.at.ms && p.fact[2].task == last.task);
    CHECK(str_eq(p.fact[2].node, last.node) &&
          str_eq(p.fact[2].name, last.name));
    CHECK(!test_store_sql(&o.t, "DELETE FROM process_archive"));
    CHECK(!test_store_sql(&o.t, "UPDATE process_archive SET ended = 0"));
    CHECK(glance(&o, running).tasks == 1);
    test_store_close(&o.t);
}

int main(void)
{
    static either *const tests[] = {
        a_desk_is_filtered_where_it_is_kept,
        what_is_due_later_is_lower_on_the_desk,
        work_lands_on_the_desk_of_who_holds_the_duty,
        a_stand_in_gets_what_is_addressed_by_name,
        the_same_key_twice_is_once,
        of_two_people_at_one_task_the_second_is_told,
        that_somebody_looked_is_no_conflict,
        what_fails_after_the_command_leaves_nothing,
        a_number_and_a_process_are_needed,
        the_same_text_makes_no_new_version,
        what_happened_is_never_rewritten,
        the_archive_is_still_read,
        a_year_goes_into_the_archive_in_february,
    };
    return run_either(tests, sizeof tests / sizeof *tests);
}
