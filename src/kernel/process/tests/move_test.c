/* Another version under a running case; and any case made again. */
#include "kernel/process/tests/office.h"

#include "kernel/page/page.h"

#define FLOW(id, from, to)                                                    \
    "<sequenceFlow id=\"" id "\" sourceRef=\"" from "\" targetRef=\"" to "\"/>"
#define TASK(id, post)                                                        \
    "<userTask id=\"" id "\" name=\"" id "\" zt:post=\"" post "\"/>"
#define BEGIN                                                                 \
    HEAD "<process id=\"p\" name=\"事\" isExecutable=\"true\">"               \
         "<startEvent id=\"s\"/><endEvent id=\"e\"/>"

#define FIRST                                                                 \
    BEGIN TASK("a", "承办岗") TASK("b", "承办岗") FLOW("f1", "s", "a")        \
        FLOW("f2", "a", "b") FLOW("f3", "b", "e") TAIL
/* b is called c now, and somebody looks at it afterwards. */
#define SECOND                                                                \
    BEGIN TASK("a", "承办岗") TASK("c", "承办岗") TASK("look", "审核岗")      \
        FLOW("f1", "s", "a") FLOW("f2", "a", "c") FLOW("f3", "c", "look")     \
        FLOW("f4", "look", "e") TAIL

struct moving {
    int64_t from, to, id, undo;
    struct value *map;
    struct process_trial trial;
    struct process_move_one row;
    str problem;
    bool more;
};

static enum err versions_work(struct tx *tx, void *context)
{
    struct moving *m = context;
    struct process_versions *v;
    size_t n;
    enum err e = process_versions(tx, &v, &n);
    if (e == OK && n == 2) {
        m->to = v[0].id;
        m->from = v[1].id;
    }
    return e;
}

struct running {
    int64_t second, first;
};

static enum err running_work(struct tx *tx, void *context)
{
    struct running *r = context;
    struct process_versions *v;
    size_t n;
    enum err e = process_versions(tx, &v, &n);
    if (e == OK && n == 2) {
        r->second = v[0].running;
        r->first = v[1].running;
    }
    return e;
}

static enum err try_work(struct tx *tx, void *context)
{
    struct moving *m = context;
    return process_move_try(tx, m->from, m->to, m->map, 100, &m->trial);
}

static enum err order_work(struct tx *tx, void *context)
{
    struct moving *m = context;
    return process_move(tx, m->from, m->to, m->map, &m->id, &m->problem);
}

static enum err undo_work(struct tx *tx, void *context)
{
    struct moving *m = context;
    return process_move_undo(tx, m->id, &m->undo, &m->problem);
}

static enum err job_work(struct tx *tx, void *context)
{
    struct moving *m = context;
    m->more = false;
    return process_moves_job(tx, &m->more);
}

static enum err row_work(struct tx *tx, void *context)
{
    struct moving *m = context;
    return process_move_one(tx, m->id, &m->row);
}

static void carry_out(struct office *o, struct moving *m, int64_t id)
{
    m->id = id;
    for (int i = 0; i < 20; i++)
        CHECK(test_store_run(&o->t, job_work, m) == OK);
    CHECK(test_store_look(&o->t, row_work, m) == OK);
    CHECK_STR(m->row.state, "done");
}

static bool two_versions(struct office *o, enum test_database which,
                         int64_t *at_a, int64_t *at_b)
{
    if (!office_open(o, which))
        return false;
    deploy(o, "p", FIRST);
    *at_a = start(o, "p");
    *at_b = start(o, "p");
    CHECK(complete(o, *at_b, o->answer.task) == OK);
    deploy(o, "p", SECOND);
    return true;
}

static void a_move_that_leaves_a_token_nowhere_is_refused(
    enum test_database which)
{
    struct office o;
    struct moving m = { .map = NULL };
    int64_t at_a, at_b;
    if (!two_versions(&o, which, &at_a, &at_b))
        return;
    CHECK(test_store_look(&o.t, versions_work, &m) == OK);
    CHECK(test_store_look(&o.t, try_work, &m) == OK);
    CHECK(m.trial.cases == 2 && m.trial.fit == 1 && m.trial.problems == 1);
    CHECK(str_find(m.trial.problem, STR("b")) >= 0);
    CHECK(glance(&o, at_a).v.revision == 1); /* only tried */
    CHECK(test_store_run(&o.t, order_work, &m) == OK);
    carry_out(&o, &m, m.id);
    CHECK(m.row.moved == 1 && m.row.refused == 1 && m.row.problem.n > 0);
    CHECK(glance(&o, at_a).v.def == m.to && glance(&o, at_b).v.def == m.from);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

static void a_node_map_moves_all_and_is_taken_back(enum test_database which)
{
    struct office o;
    struct moving m = { .map = NULL };
    int64_t at_a, at_b;
    if (!two_versions(&o, which, &at_a, &at_b))
        return;
    m.map = value_new(&o.t.arena, VALUE_OBJECT);
    value_add(m.map, STR("b"), value_text(&o.t.arena, STR("c")));
    CHECK(test_store_look(&o.t, versions_work, &m) == OK);
    CHECK(test_store_look(&o.t, try_work, &m) == OK);
    CHECK(m.trial.fit == 2 && m.trial.problems == 0);
    CHECK(test_store_run(&o.t, undo_work, &m) == ERR_NOTFOUND);
    CHECK(test_store_run(&o.t, order_work, &m) == OK);
    int64_t first = m.id;
    CHECK(test_store_run(&o.t, undo_work, &m) == ERR_CONFLICT);
    carry_out(&o, &m, first);
    CHECK(m.row.moved == 2 && m.row.refused == 0);
    CHECK_STR(glance(&o, at_b).task[0].node, "c");
    CHECK(found(&o) == 0);
    /* One goes on and now stands where the old version has nothing. */
    CHECK(complete(&o, at_b, glance(&o, at_b).task[0].task) == OK);
    CHECK_STR(glance(&o, at_b).task[0].node, "look");
    CHECK(found(&o) == 0);
    m.id = first;
    CHECK(test_store_run(&o.t, undo_work, &m) == OK);
    carry_out(&o, &m, m.undo);
    CHECK(m.row.moved == 1 && m.row.refused == 1);
    CHECK(glance(&o, at_a).v.def == m.from && glance(&o, at_b).v.def == m.to);
    CHECK(found(&o) == 0);
    test_store_close(&o.t);
}

/* How many run on the second version and on the first. */
static void runs(struct office *o, int64_t second, int64_t first)
{
    struct running n = { 0, 0 };
    CHECK(test_store_look(&o->t, running_work, &n) == OK);
    CHECK(n.second == second && n.first == first);
}

/* 2026-11-20: two begin, one ends; the other goes to the new version and is
 * taken back; a third begins there.  What is kept is what a recount gives, and
 * what is not so is found. */
static void what_runs_on_a_version_is_kept(enum test_database which)
{
    struct office o;
    struct moving m = { .map = NULL };
    int64_t at_a, at_b;
    if (!two_versions(&o, which, &at_a, &at_b))
        return;
    runs(&o, 0, 2);
    CHECK(complete(&o, at_b, glance(&o, at_b).task[0].task) == OK);
    runs(&o, 0, 1);
    CHECK(complete(&o, at_b, 1) == ERR_CONFLICT);
    runs(&o, 0, 1);
    m.map = value_new(&o.t.arena, VALUE_OBJECT);
    value_add(m.map, STR("b"), value_text(&o.t.arena, STR("c")));
    CHECK(test_store_look(&o.t, versions_work, &m) == OK);
    CHECK(test_store_run(&o.t, order_work, &m) == OK);
    runs(&o, 0, 1);
    carry_out(&o, &m, m.id);
    runs(&o, 1, 0);
    CHECK(test_store_run(&o.t, undo_work, &m) == OK);
    carry_out(&o, &m, m.undo);
    runs(&o, 0, 1);
    start(&o, "p");
    runs(&o, 1, 1);
    CHECK(found(&o) == 0);
    CHECK(test_store_sql(&o.t, "UPDATE process_count SET running = 3 WHERE def "
                               "= (SELECT min(id) FROM process_def)"));
    CHECK(found(&o) == 1);
    test_store_close(&o.t);
}

static void only_versions_of_one_process_are_moved(enum test_database which)
{
    struct office o;
    struct moving m = { .map = NULL };
    int64_t at_a, at_b;
    if (!two_versions(&o, which, &at_a, &at_b))
        return;
    CHECK(test_store_look(&o.t, versions_work, &m) == OK);
    m.to = m.from;
    CHECK(test_store_run(&o.t, order_work, &m) == ERR_RANGE);
    CHECK(m.problem.n > 0);
    m.to = 99;
    CHECK(test_store_run(&o.t, order_work, &m) == ERR_NOTFOUND);
    test_store_close(&o.t);
}

#define ALARM                                                                 \
    BEGIN TASK("a", "承办岗") FLOW("f1", "s", "a") FLOW("f2", "a", "e")       \
        "<boundaryEvent id=\"late\" attachedToRef=\"a\" "                      \
        "cancelActivity=\"false\"><timerEventDefinition><timeDuration>P3D"    \
        "</timeDuration></timerEventDefinition></boundaryEvent>" TAIL
#define NO_ALARM                                                              \
    BEGIN TASK("a", "承办岗") FLOW("f1", "s", "a") FLOW("f2", "a", "e") TAIL
#define MANY                                                                  \
    BEGIN "<userTask id=\"a\" name=\"会签\" zt:post=\"承办岗\">"            \
          "<multiInstanceLoopCharacteristics><loopCardinality>3"             \
          "</loopCardinality></multiInstanceLoopCharacteristics></userTask>" \
        FLOW("f1", "s", "a") FLOW("f2", "a", "e") TAIL

/* One case under the first text; may it go on under the second? */
static void refused_for(enum test_database which, const char *first,
                        const char *second, const char *element)
{
    struct office o;
    struct moving m = { .map = NULL };
    if (!office_open(&o, which))
        return;
    deploy(&o, "p", first);
    start(&o, "p");
    deploy(&o, "p", second);
    CHECK(test_store_look(&o.t, versions_work, &m) == OK);
    CHECK(test_store_look(&o.t, try_work, &m) == OK);
    CHECK(m.trial.cases == 1 && m.trial.problems == (element != NULL));
    if (element)
        CHECK(str_find(m.trial.problem, str_of(element)) >= 0);
    test_store_close(&o.t);
}

static void timers_and_instances_need_a_place_too(enum test_database which)
{
    refused_for(which, ALARM, NO_ALARM, "late");
    refused_for(which, MANY, NO_ALARM, "会签");
    refused_for(which, NO_ALARM, MANY, "a");
    refused_for(which, NO_ALARM, ALARM, NULL);
    refused_for(which, MANY, MANY "<!-- 2 -->", NULL);
}

/* ---- any verb, at random ---- */

static uint64_t dice_state;

static uint32_t dice(uint32_t n)
{
    dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((dice_state >> 33) % n);
}

static const struct value *answers(struct arena *a)
{
    static const char *const words[] = { "return", "go", "again", "deny",
                                         "supplement", "answer" };
    struct value *o = value_new(a, VALUE_OBJECT);
    struct value *people = value_new(a, VALUE_LIST);
    for (uint32_t i = 0; i < 2 + dice(3); i++)
        value_push(people, value_text(a, arena_printf(a, "%u", 100 + i)));
    value_add(o, STR("decision"), value_text(a, str_of(words[dice(6)])));
    value_add(o, STR("readers"), people);
    value_add(o, STR("handle"), value_bool(a, dice(2)));
    value_add(o, STR("third"), value_bool(a, dice(2)));
    return o;
}

/* A verb that may or may not be allowed; what is refused changes nothing. */
static int any_verb(struct office *o, int64_t id)
{
    static const enum flow_verb verbs[] = {
        FLOW_COMPLETE, FLOW_COMPLETE, FLOW_COMPLETE, FLOW_COMPLETE,
        FLOW_CLAIM,    FLOW_TRANSFER, FLOW_DELEGATE, FLOW_ADD,
        FLOW_REMOVE,   FLOW_RETURN,   FLOW_WITHDRAW, FLOW_SUSPEND,
        FLOW_RESUME,   FLOW_OPEN,     FLOW_TIME,     FLOW_SET,
    };
    static const char *const nodes[] = { "register", "propose", "handle",
                                         "dispatch", "check", "draft" };
    struct arena *a = &o->t.arena;
    struct glance g = glance(o, id);
    struct flow_command c = { .verb = verbs[dice(16)] };
    if (g.tasks)
        c.task = g.task[dice((uint32_t)g.tasks)].task;
    if (c.verb == FLOW_WITHDRAW && c.task > 1)
        c.task -= 1 + dice(2);
    c.person = arena_printf(a, "%u", 100 + dice(5));
    c.element = str_of(nodes[dice(6)]);
    c.straight = dice(2);
    c.disagree = dice(4) == 0;
    c.where = (enum flow_where)dice(3);
    c.data = c.verb == FLOW_COMPLETE || c.verb == FLOW_SET ? answers(a) : NULL;
    o->t.now.ms += dice(40) == 0 ? 4 * 86400000LL : 1000;
    enum err e = act(o, id, c);
    CHECK(e == OK || o->answer.problem.n > 0);
    return e == OK;
}

static void after_any_verbs_the_state_is_its_replay(enum test_database which)
{
    static const char *const keys[] = { "workorder", "docin", "disclosure" };
    enum { VERBS = 120, CASES = 2 };
    struct office o;
    if (!office_open(&o, which))
        return;
    dice_state = 20261122;
    int done = 0;
    for (int k = 0; k < 3; k++) {
        str path = arena_printf(&o.t.arena, "data/process/%s.bpmn", keys[k]);
        str xml = page_asset(arena_cstr(&o.t.arena, path));
        deploy(&o, keys[k], arena_cstr(&o.t.arena, xml));
        for (int i = 0; i < CASES; i++) {
            int64_t id = start(&o, keys[k]);
            for (int n = 0; n < VERBS; n++) {
                done += any_verb(&o, id);
                if (process_is_over(glance(&o, id).v.state))
                    id = start(&o, keys[k]);
            }
            CHECK(found(&o) == 0);
        }
    }
    CHECK(done > CASES * VERBS);
    test_store_close(&o.t);
}

int main(void)
{
    static either *const tests[] = {
        a_move_that_leaves_a_token_nowhere_is_refused,
        a_node_map_moves_all_and_is_taken_back,
        what_runs_on_a_version_is_kept,
        only_versions_of_one_process_are_moved,
        timers_and_instances_need_a_place_too,
        after_any_verbs_the_state_is_its_replay,
    };
    return run_either(tests, sizeof tests / sizeof *tests);
}
