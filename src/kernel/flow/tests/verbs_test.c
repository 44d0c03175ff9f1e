/* The verbs of administration, one by one, with what the law or the template
 * says about each. */
#include "kernel/flow/tests/play.h"

struct desk {
    struct bpmn *g;
    struct flow_case *c;
    inst now;
};

static struct desk opened(const char *xml, const char *input)
{
    struct desk d = { .now = { INT64_C(1700000000000) } };
    struct value *data = NULL;
    str problem = str_none;
    CHECK(bpmn_read(&play_arena, str_of(xml), &d.g, &problem) == OK);
    CHECK(value_read_json(&play_arena, str_of(input), &data, &problem) == OK);
    d.c = flow_new(&play_arena, d.g);
    buf_clear(&play_out);
    CHECK(play_do(d.c, (struct flow_command){ .verb = FLOW_START,
                                              .data = data }) == OK);
    return d;
}

static void closed(struct desk *d)
{
    flow_close(d->c);
    bpmn_free(d->g);
}

static enum err act(struct desk *d, struct flow_command cmd)
{
    cmd.now = d->now;
    buf_clear(&play_out);
    return play_do(d->c, cmd);
}

static int64_t task(const struct desk *d, const char *id)
{
    return play_task(d->c, str_of(id));
}

static int64_t held_by(const struct desk *d, const char *person)
{
    for (int i = 0; i < d->c->task_count; i++)
        if (str_is(d->c->tasks[i].person, person))
            return d->c->tasks[i].id;
    return 0;
}

static enum err complete(struct desk *d, int64_t id)
{
    return act(d, (struct flow_command){ .verb = FLOW_COMPLETE, .task = id });
}

#define LINE(attributes) FILE_OF("", START "<userTask id='a'/>"              \
    "<userTask id='b'/><userTask id='c' " attributes "/>"                    \
    FLOW_("1", "s", "a") FLOW_("2", "a", "b") FLOW_("3", "b", "c"))

#define FORK FILE_OF("", START "<userTask id='a'/><parallelGateway id='f'/>" \
    "<userTask id='b'/><userTask id='c'/><parallelGateway id='j'/>"          \
    "<userTask id='d'/>" FLOW_("1", "s", "a") FLOW_("2", "a", "f")           \
    FLOW_("3", "f", "b") FLOW_("4", "f", "c") FLOW_("5", "b", "j")           \
    FLOW_("6", "c", "j") FLOW_("7", "j", "d"))

static void returning_into_a_branch_leaves_the_other_done(void)
{
    struct desk d = opened(FORK, "{}");
    CHECK(complete(&d, task(&d, "a")) == OK);
    CHECK(complete(&d, task(&d, "b")) == OK);
    CHECK(complete(&d, task(&d, "c")) == OK);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_RETURN,
                                         .task = task(&d, "d"),
                                         .element = STR("b") }) == OK);
    CHECK_STR(buf_str(&play_out), "d! b+ ");
    CHECK(complete(&d, task(&d, "b")) == OK);
    CHECK_STR(buf_str(&play_out), "b- j+ j- d+ ");
    closed(&d);
}

static void returning_before_the_fork_takes_every_branch_back(void)
{
    struct desk d = opened(FORK, "{}");
    CHECK(complete(&d, task(&d, "a")) == OK);
    CHECK(complete(&d, task(&d, "b")) == OK);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_RETURN,
                                         .task = task(&d, "c"),
                                         .element = STR("a") }) == OK);
    CHECK_STR(buf_str(&play_out), "c! a+ ");
    CHECK(d.c->token_count == 1);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_RETURN,
                                         .task = task(&d, "a"),
                                         .element = STR("b") }) == ERR_RANGE);
    closed(&d);
}

static void a_straight_return_comes_back_to_the_returner(void)
{
    struct desk d = opened(LINE(""), "{}");
    CHECK(complete(&d, task(&d, "a")) == OK);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_CLAIM,
                                         .task = task(&d, "b"),
                                         .person = STR("王") }) == OK);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_RETURN,
                                         .task = task(&d, "b"),
                                         .element = STR("a"),
                                         .straight = true }) == OK);
    CHECK_STR(buf_str(&play_out), "b! a+ ");
    CHECK(complete(&d, task(&d, "a")) == OK);
    CHECK_STR(buf_str(&play_out), "a- b+ ");
    CHECK_STR(flow_task(d.c, task(&d, "b"))->person, "王");
    closed(&d);
}

static void the_template_may_forbid_returning(void)
{
    struct desk d = opened(LINE("zt:return='redo'"), "{}");
    CHECK(complete(&d, task(&d, "a")) == OK);
    CHECK(complete(&d, task(&d, "b")) == OK);
    struct flow_command cmd = { .verb = FLOW_RETURN, .task = task(&d, "c"),
                                .element = STR("a"), .straight = true };
    CHECK(act(&d, cmd) == ERR_RANGE);
    int nodes[4];
    CHECK(flow_return_targets(d.c, cmd.task, nodes, 4) == 2);
    cmd.straight = false;
    CHECK(act(&d, cmd) == OK && task(&d, "a") != 0);
    closed(&d);
}

static void who_has_been_opened_cannot_be_withdrawn_from(void)
{
    struct desk d = opened(LINE(""), "{}");
    int64_t first = task(&d, "a");
    CHECK(complete(&d, first) == OK);
    struct flow_command cmd = { .verb = FLOW_WITHDRAW, .task = first };
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_OPEN,
                                         .task = task(&d, "b") }) == OK);
    CHECK(act(&d, cmd) == ERR_CONFLICT);
    closed(&d);
    d = opened(LINE(""), "{}");
    CHECK(complete(&d, cmd.task = task(&d, "a")) == OK);
    CHECK(act(&d, cmd) == OK);
    CHECK_STR(buf_str(&play_out), "b! a+ ");
    closed(&d);
}

static void rejecting_ends_or_goes_to_the_first_step(void)
{
    struct desk d = opened(LINE(""), "{}");
    CHECK(complete(&d, task(&d, "a")) == OK);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_REJECT,
                                         .task = task(&d, "b") }) == OK);
    CHECK(d.c->scopes[0].outcome == FLOW_REFUSED && d.c->token_count == 0);
    closed(&d);
    d = opened("<definitions xmlns='" BPMN_NS "' xmlns:zt='" BPMN_OUR_NS "'>"
               "<process id='p' zt:reject='start'>" START "<userTask id='a'/>"
               "<userTask id='b'/>" FLOW_("1", "s", "a") FLOW_("2", "a", "b")
               "</process></definitions>", "{}");
    CHECK(complete(&d, task(&d, "a")) == OK);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_REJECT,
                                         .task = task(&d, "b") }) == OK);
    CHECK_STR(buf_str(&play_out), "b! a+ ");
    closed(&d);
}

static enum err add(struct desk *d, int64_t at, const char *person,
                    enum flow_where where, const char *rule, int64_t weight)
{
    return act(d, (struct flow_command){ .verb = FLOW_ADD, .task = at,
                                         .person = str_of(person),
                                         .where = where, .rule = str_of(rule),
                                         .weight = weight });
}

static void one_signs_before_and_one_after(void)
{
    struct desk d = opened(LINE(""), "{}");
    int64_t main = task(&d, "a");
    CHECK(add(&d, main, "前", FLOW_BEFORE, "", 0) == OK);
    CHECK(add(&d, main, "后", FLOW_AFTER, "", 0) == OK);
    CHECK(complete(&d, main) == ERR_CONFLICT);
    CHECK(complete(&d, held_by(&d, "后")) == ERR_CONFLICT);
    CHECK(complete(&d, held_by(&d, "前")) == OK);
    CHECK(complete(&d, main) == OK && task(&d, "b") == 0);
    CHECK(complete(&d, held_by(&d, "后")) == OK && task(&d, "b") != 0);
    closed(&d);
}

static bool passed(const struct desk *d)
{
    const struct value *v = flow_variable(d->c, STR("passed"));
    return v && v->kind == VALUE_BOOL && v->i;
}

/* Weight 3 needs several: asking the first of them is no failure. */
static void nobody_has_failed_before_somebody_has_spoken(void)
{
    struct desk d = opened(LINE(""), "{}");
    int64_t main = task(&d, "a");
    CHECK(add(&d, main, "乙", FLOW_BESIDE, "weight:3", 1) == OK);
    CHECK(task(&d, "b") == 0 && held_by(&d, "乙") != 0);
    CHECK(add(&d, main, "丙", FLOW_BEFORE, "", 1) == OK);
    CHECK(add(&d, main, "丁", FLOW_BESIDE, "", 2) == OK);
    CHECK(complete(&d, held_by(&d, "乙")) == OK && task(&d, "b") == 0);
    CHECK(complete(&d, held_by(&d, "丁")) == OK && task(&d, "b") != 0);
    closed(&d);
}

static void a_rule_nobody_knows_adds_nobody(void)
{
    struct desk d = opened(LINE(""), "{}");
    int64_t main = task(&d, "a");
    CHECK(add(&d, main, "乙", FLOW_BESIDE, "percent:60", 0) == ERR_RANGE);
    CHECK(add(&d, main, "乙", FLOW_BESIDE, "ratio:0.6x", 0) == ERR_RANGE);
    CHECK(held_by(&d, "乙") == 0);
    CHECK(complete(&d, main) == OK && task(&d, "b") != 0);
    closed(&d);
}

static void a_ratio_counts_again_when_somebody_is_added(void)
{
    struct desk d = opened(LINE(""), "{}");
    int64_t main = task(&d, "a");
    CHECK(add(&d, main, "乙", FLOW_BESIDE, "ratio:0.6", 0) == OK);
    CHECK(add(&d, main, "丙", FLOW_BESIDE, "", 0) == OK);
    CHECK(complete(&d, main) == OK && task(&d, "b") == 0);
    CHECK(complete(&d, held_by(&d, "乙")) == OK && task(&d, "b") != 0);
    CHECK(passed(&d));
    closed(&d);
}

static void weights_decide_and_a_lost_vote_ends_early(void)
{
    struct desk d = opened(LINE(""), "{}");
    int64_t main = task(&d, "a");
    CHECK(add(&d, main, "乙", FLOW_BESIDE, "weight:3", 3) == OK);
    CHECK(complete(&d, main) == OK && task(&d, "b") == 0);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_COMPLETE,
                                         .task = held_by(&d, "乙"),
                                         .disagree = true }) == OK);
    CHECK(task(&d, "b") != 0 && !passed(&d));
    closed(&d);
}

static void removing_the_last_open_signer_finishes_the_step(void)
{
    struct desk d = opened(LINE(""), "{}");
    int64_t main = task(&d, "a");
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_REMOVE,
                                         .task = main }) == ERR_RANGE);
    CHECK(add(&d, main, "乙", FLOW_BESIDE, "", 0) == OK);
    CHECK(complete(&d, main) == OK);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_REMOVE,
                                         .task = held_by(&d, "乙") }) == OK);
    CHECK(task(&d, "b") != 0);
    closed(&d);
}

static void transfer_and_delegate_change_who_not_where(void)
{
    struct desk d = opened(LINE(""), "{}");
    int64_t id = task(&d, "a");
    struct flow_command cmd = { .verb = FLOW_CLAIM, .task = id,
                                .person = STR("甲") };
    CHECK(act(&d, cmd) == OK);
    cmd.person = STR("乙");
    CHECK(act(&d, cmd) == ERR_CONFLICT);
    cmd.verb = FLOW_DELEGATE;
    CHECK(act(&d, cmd) == OK);
    CHECK_STR(flow_task(d.c, id)->owner, "甲");
    CHECK_STR(flow_task(d.c, id)->person, "乙");
    cmd.verb = FLOW_TRANSFER, cmd.person = STR("丙");
    CHECK(act(&d, cmd) == OK);
    CHECK(flow_task(d.c, id)->owner.n == 0);
    CHECK_STR(buf_str(&play_out), "");
    closed(&d);
}

static void a_suspended_case_stands_still(void)
{
    struct desk d = opened(LINE(""), "{}");
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_SUSPEND }) == OK);
    CHECK(complete(&d, task(&d, "a")) == ERR_CONFLICT);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_SUSPEND }) ==
          ERR_CONFLICT);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_RESUME }) == OK);
    CHECK(complete(&d, task(&d, "a")) == OK);
    closed(&d);
}

static void an_incident_can_be_repaired_and_retried(void)
{
    struct desk d = opened(FILE_OF("", START "<exclusiveGateway id='g'/>"
                           "<userTask id='a'/>" FLOW_("1", "s", "g")
                           WHEN("2", "g", "a", "x = 1")), "{}");
    CHECK(flow_standing(d.c) == FLOW_IS_INCIDENT);
    struct value *data = value_new(&play_arena, VALUE_OBJECT);
    value_add(data, STR("x"), value_int(&play_arena, 1));
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_SET,
                                         .data = data }) == OK);
    CHECK(act(&d, (struct flow_command){ .verb = FLOW_RETRY,
                                         .task = d.c->troubles[0].token }) ==
          OK);
    CHECK(flow_standing(d.c) == FLOW_IS_WAITING && task(&d, "a") != 0);
    closed(&d);
}

static void a_damaged_state_is_refused_not_believed(void)
{
    struct desk d = opened(FORK, "{\"x\":[1,\"二\",{\"y\":null}]}");
    CHECK(complete(&d, task(&d, "a")) == OK);
    struct buf blob = { 0 };
    struct flow_case *c;
    flow_save(d.c, &blob);
    for (size_t cut = 0; cut < blob.n; cut++)
        CHECK(flow_load(&play_arena, d.g, (str){ blob.p, cut }, &c) ==
              ERR_INPUT);
    for (size_t i = 0; i < blob.n; i++) {
        blob.p[i] ^= 0x55;
        if (flow_load(&play_arena, d.g, buf_str(&blob), &c) == OK)
            flow_close(c);
        blob.p[i] ^= 0x55;
    }
    buf_free(&blob);
    closed(&d);
}

static void the_drawing_shows_where_the_case_stands(void)
{
    struct desk d = opened(FORK, "{}");
    CHECK(complete(&d, task(&d, "a")) == OK);
    struct bpmn_marks marks = flow_marks(d.c, &play_arena);
    CHECK(marks.node[bpmn_node_of(d.g, STR("a"))] == BPMN_DONE);
    CHECK(marks.node[bpmn_node_of(d.g, STR("b"))] == BPMN_ACTIVE);
    CHECK(marks.node[bpmn_node_of(d.g, STR("d"))] == BPMN_MARK_NONE);
    struct buf out = { 0 };
    bpmn_draw(d.g, &marks, &out);
    CHECK(str_find(buf_str(&out), STR("办理中")) > 0);
    CHECK(str_find(buf_str(&out), STR("flow taken")) > 0);
    buf_clear(&out);
    bpmn_list(d.g, &marks, &out);
    CHECK(str_find(buf_str(&out), STR("<li class=\"active\">")) > 0);
    buf_free(&out);
    closed(&d);
}

int main(void)
{
    RUN(returning_into_a_branch_leaves_the_other_done);
    RUN(returning_before_the_fork_takes_every_branch_back);
    RUN(a_straight_return_comes_back_to_the_returner);
    RUN(the_template_may_forbid_returning);
    RUN(who_has_been_opened_cannot_be_withdrawn_from);
    RUN(rejecting_ends_or_goes_to_the_first_step);
    RUN(one_signs_before_and_one_after);
    RUN(nobody_has_failed_before_somebody_has_spoken);
    RUN(a_rule_nobody_knows_adds_nobody);
    RUN(a_ratio_counts_again_when_somebody_is_added);
    RUN(weights_decide_and_a_lost_vote_ends_early);
    RUN(removing_the_last_open_signer_finishes_the_step);
    RUN(transfer_and_delegate_change_who_not_where);
    RUN(a_suspended_case_stands_still);
    RUN(an_incident_can_be_repaired_and_retried);
    RUN(a_damaged_state_is_refused_not_believed);
    RUN(the_drawing_shows_where_the_case_stands);
    buf_free(&play_out);
    arena_free(&play_arena);
    return test_result();
}
