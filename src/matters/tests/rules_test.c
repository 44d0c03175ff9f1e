/* What a step asks, read from the delivered processes. */
#include "kernel/page/page.h"
#include "kernel/test/test.h"
#include "matters/matters.h"

static struct arena memory;

struct step {
    struct bpmn_question q[BPMN_QUESTIONS];
    int n;
};

static struct step step(const char *process, const char *node)
{
    struct step s = { .n = 0 };
    struct bpmn *g = NULL;
    str path = arena_printf(&memory, "data/process/%s.bpmn", process), problem;
    CHECK(bpmn_read(&memory, page_asset(path.p), &g, &problem) == OK);
    int i = g ? bpmn_node_of(g, str_of(node)) : -1;
    CHECK(i >= 0);
    if (i >= 0)
        s.n = matter_questions(g, i, &memory, s.q);
    if (g)
        bpmn_free(g);
    return s;
}

static const struct bpmn_question *find(const struct step *s,
                                          const char *name)
{
    for (int i = 0; i < s->n; i++)
        if (str_is(s->q[i].name, name))
            return &s->q[i];
    return NULL;
}

static void a_gateway_behind_a_step_is_a_choice(void)
{
    struct step s = step("workorder", "register");
    CHECK(s.n == 1);
    const struct bpmn_question *q = find(&s, "decision");
    CHECK(q && q->kind == BPMN_ASK_CHOICE && q->options == 3 && !q->later);
    CHECK_STR(q->label, "如何处理");
    CHECK_STR(q->option[0].value, "answer");
    CHECK_STR(q->option[0].label, "直接答复");
    /* The default way has a value of its own that no condition knows. */
    CHECK_STR(q->option[2].value, "to-dispatch");
    CHECK_STR(q->option[2].label, "派单");
}

static void what_the_next_step_is_for_is_asked_before_it(void)
{
    struct step s = step("workorder", "dispatch");
    CHECK(s.n == 1 && find(&s, "handler"));
    CHECK(s.q[0].kind == BPMN_ASK_UNIT && !s.q[0].later);
    s = step("workorder", "check"); /* only when it goes back */
    CHECK(find(&s, "handler") && find(&s, "handler")->later);
    s = step("docin", "instruct");
    CHECK(find(&s, "readers") && find(&s, "readers")->kind == BPMN_ASK_PEOPLE);
    CHECK(find(&s, "readers")->later);
    s = step("tender", "experts");
    CHECK(s.n == 1 && !s.q[0].later && s.q[0].kind == BPMN_ASK_PEOPLE);
}

static void truths_and_numbers_keep_their_kind(void)
{
    struct step s = step("disclosure", "search");
    const struct bpmn_question *q = find(&s, "third");
    CHECK(q && q->kind == BPMN_ASK_TRUTH && q->options == 2);
    CHECK_STR(q->option[0].value, "true");
    CHECK_STR(q->option[1].value, "false");
    CHECK_STR(q->option[1].label, "不涉及");
    s = step("tender", "open");
    CHECK(find(&s, "bidders") && find(&s, "bidders")->kind == BPMN_ASK_NUMBER);
}

static void a_gateway_behind_a_gateway_may_wait(void)
{
    struct step s = step("disclosure", "check");
    CHECK(find(&s, "decision") && !find(&s, "decision")->later);
    CHECK(find(&s, "answer") && find(&s, "answer")->later);
    CHECK(find(&s, "answer")->options == 4);
}

static void what_a_script_works_out_is_not_asked(void)
{
    struct step s = step("projectreview", "review");
    CHECK(find(&s, "score") && find(&s, "score")->kind == BPMN_ASK_NUMBER);
    CHECK(find(&s, "average") == NULL);
}

static void each_of_several_hands_in_his_part_only(void)
{
    struct step s = step("jointreview", "review");
    CHECK(s.n == 1);
    const struct bpmn_question *q = find(&s, "opinion");
    CHECK(q && q->options == 2);
    CHECK_STR(q->option[0].label, "同意");
    CHECK_STR(q->option[1].value, "reject");
}

static void every_default_of_the_delivered_processes_can_be_chosen(void)
{
    static const char *const keys[] = {
        "datarequest", "disclosure", "docin", "docout", "instant",
        "jointreview", "projectreview", "promised", "publish", "tender",
        "workorder",
    };
    int asked = 0;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        struct bpmn *g = NULL;
        str path = arena_printf(&memory, "data/process/%s.bpmn", keys[k]),
            problem;
        CHECK(bpmn_read(&memory, page_asset(path.p), &g, &problem) == OK);
        for (int i = 0; i < g->node_count; i++) {
            struct bpmn_question q[BPMN_QUESTIONS];
            if (g->nodes[i].kind != BPMN_USER)
                continue;
            int n = matter_questions(g, i, &memory, q);
            for (int j = 0; j < n; j++) {
                bool choice = q[j].kind == BPMN_ASK_CHOICE ||
                              q[j].kind == BPMN_ASK_TRUTH;
                CHECK(!choice || q[j].options >= 2);
                CHECK(q[j].label.n > 0);
            }
            asked += n;
        }
        bpmn_free(g);
    }
    CHECK(asked > 30);
}

int main(void)
{
    RUN(a_gateway_behind_a_step_is_a_choice);
    RUN(what_the_next_step_is_for_is_asked_before_it);
    RUN(truths_and_numbers_keep_their_kind);
    RUN(a_gateway_behind_a_gateway_may_wait);
    RUN(what_a_script_works_out_is_not_asked);
    RUN(each_of_several_hands_in_his_part_only);
    RUN(every_default_of_the_delivered_processes_can_be_chosen);
    arena_free(&memory);
    return test_result();
}
