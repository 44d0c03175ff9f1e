/*
 * The confirm page of every verb and the verb itself: what it does, whether it
 * may be done now, what it asks; then one command of the engine.
 */
#include "matters/pages.h"

#include "matters/inside.h"
#include "matters/verbs.h"

struct acting {
    struct matter m;
    const struct matter_verb *verb;
    int64_t task;
    struct bpmn_question question[BPMN_QUESTIONS];
    int questions;
};

static enum err open(struct request *rq, struct tx *tx, struct acting *x)
{
    x->verb = matter_verb_of(rq_path(rq, "verb"));
    if (x->verb == NULL)
        return rq_fail(rq, ERR_NOTFOUND, "没有这个办理动作。");
    enum err e = matter_load(rq, tx, &x->m);
    if (e != OK)
        return e;
    x->task = rq_int(rq, "task", 0);
    if (x->task == 0 && x->verb->scope == OF_OWN_PAST)
        x->task = matter_my_last(&x->m, tx);
    x->questions = x->verb->asks & ASK_QUESTIONS
                       ? matter_asks(tx, &x->m, x->task, x->question)
                       : 0;
    return OK;
}

/* ---- the form ---- */

static void ask_step(struct request *rq, struct tx *tx, struct value *list,
                     const struct acting *x)
{
    enum { STEPS = 100 };
    static const struct page_choice ways[] = {
        { STR("redo"), STR("重新办理"), STR("后面各步都重新走一遍") },
        { STR("straight"), STR("改完直接送回"), STR("改完直接回到您这里") },
    };
    int *nodes = ARENA_NEW_N(tx->arena, int, STEPS);
    int n = flow_return_targets(x->m.v.flow, x->task, nodes, STEPS);
    struct page_choice *steps = ARENA_NEW_N(tx->arena, struct page_choice,
                                            STEPS);
    for (int i = 0; i < n; i++) {
        const struct bpmn_node *b = &x->m.g->nodes[nodes[i]];
        steps[i].value = arena_str(tx->arena, b->id);
        steps[i].label = arena_str(tx->arena, b->name.n ? b->name : b->id);
    }
    rq_ask(rq, list, (struct page_field){
                        .name = "element", .type = "choice",
                        .label = STR("退回到哪一步"), .choices = steps,
                        .choice_count = (size_t)n });
    rq_ask(rq, list, (struct page_field){
                        .name = "way", .type = "choice",
                        .label = STR("退回以后"), .choices = ways,
                        .choice_count = 2 });
}

static enum err ask_person(struct request *rq, struct tx *tx,
                           struct value *list, const struct acting *x)
{
    const struct matter_tasks *t = matter_task(&x->m, x->task);
    struct page_choice *staff;
    size_t n;
    enum err e = matter_staff_choices(tx, t ? t->unit : tx->who->unit, &staff,
                                      &n);
    if (e != OK)
        return e;
    rq_ask(rq, list, (struct page_field){ .name = "person", .type = "select",
                                         .label = STR("哪一位"),
                                         .choices = staff, .choice_count = n,
                                         .optional = true });
    rq_ask(rq, list, (struct page_field){
                        .name = "other", .type = "text", .optional = true,
                        .label = STR("或者其他单位的人"),
                        .hint = STR("写姓名；重名的写 姓名/部门简称。") });
    return OK;
}

static void ask_where(struct request *rq, struct value *list)
{
    static const struct page_choice places[] = {
        { STR("beside"), STR("一起签"), STR("与您并列，按会签规则计票") },
        { STR("before"), STR("先签"), STR("他签署以后您再签") },
        { STR("after"), STR("后签"), STR("您签署以后再请他签") },
    };
    rq_ask(rq, list, (struct page_field){ .name = "where", .type = "choice",
                                         .label = STR("什么时候签"),
                                         .choices = places,
                                         .choice_count = 3 });
}

static void ask_message(struct request *rq, struct tx *tx, struct value *list,
                        const struct acting *x)
{
    str names[100];
    int n = process_messages(&x->m.v, tx->arena, names);
    struct page_choice *c = ARENA_NEW_N(tx->arena, struct page_choice, n + 1);
    for (int i = 0; i < n; i++)
        c[i].value = c[i].label = names[i];
    rq_ask(rq, list, (struct page_field){ .name = "message", .type = "choice",
                                         .label = STR("收到的是什么"),
                                         .choices = c,
                                         .choice_count = (size_t)n });
}

static void ask_stop(struct request *rq, struct value *list,
                     const struct acting *x)
{
    const struct clock_rule *r =
        x->m.clocks.any ? clock_rule(x->m.clocks.promised.rule) : NULL;
    size_t n = r ? r->stop_count : 0;
    struct page_choice *c = ARENA_NEW_N(rq_view(rq)->arena, struct page_choice,
                                        n + 1);
    for (size_t i = 0; i < n; i++)
        c[i].value = c[i].label = r->stop[i];
    rq_ask(rq, list, (struct page_field){ .name = "kind", .type = "choice",
                                         .label = STR("什么程序"),
                                         .choices = c, .choice_count = n });
    rq_ask(rq, list, (struct page_field){
                        .name = "days", .type = "int",
                        .label = STR("需要多少时间"),
                        .suffix = STR("个工作日") });
    rq_ask(rq, list, (struct page_field){
                        .name = "document", .type = "text", .optional = true,
                        .label = STR("告知书文号") });
}

static void ask_days(struct request *rq, struct value *list,
                     const struct acting *x)
{
    const struct clock_rule *r =
        x->m.clocks.any ? clock_rule(x->m.clocks.promised.rule) : NULL;
    struct arena *a = rq_view(rq)->arena;
    str hint = r ? arena_printf(a, "最多 %d 个工作日，由%.*s批准（%.*s）。",
                                r->extension, STR_ARG(r->approver),
                                STR_ARG(matter_law(a, r)))
                 : STR("");
    rq_ask(rq, list, (struct page_field){ .name = "days", .type = "int",
                                         .label = STR("延长多少"),
                                         .hint = hint,
                                         .suffix = STR("个工作日") });
}

static bool several_sign(const struct acting *x)
{
    int node = matter_node(&x->m, x->task), n = 0;
    for (int i = 0; i < x->m.v.flow->task_count; i++)
        n += !x->m.v.flow->tasks[i].dead &&
             x->m.v.flow->tasks[i].node == node;
    return n > 1;
}

static enum err show_fields(struct request *rq, struct tx *tx,
                            const struct acting *x)
{
    struct value *list = view_list(rq_view(rq), "fields");
    int asks = x->verb->asks;
    enum err e = matter_ask_fields(rq, tx, list, x->question, x->questions);
    if (e == OK && asks & ASK_PERSON)
        e = ask_person(rq, tx, list, x);
    if (e != OK)
        return e;
    if (asks & ASK_WHERE)
        ask_where(rq, list);
    if (asks & ASK_MESSAGE)
        ask_message(rq, tx, list, x);
    if (asks & ASK_STEP)
        ask_step(rq, tx, list, x);
    if (asks & ASK_STOP)
        ask_stop(rq, list, x);
    if (asks & ASK_DAYS)
        ask_days(rq, list, x);
    if (asks & ASK_QUESTIONS && several_sign(x))
        rq_ask(rq, list, (struct page_field){ .name = "disagree",
                                             .type = "flag",
                                             .label = STR("不同意") });
    if (asks & (ASK_REASON | ASK_REMARK))
        rq_ask(rq, list, (struct page_field){
                            .name = "reason", .type = "lines",
                            .label = asks & ASK_REASON ? STR("理由")
                                                       : STR("办理意见"),
                            .hint = STR("记入流转记录。"),
                            .optional = !(asks & ASK_REASON) });
    return OK;
}

/* The article behind it: of the verb, or of the limit it is about. */
static str basis_of(struct arena *a, const struct acting *x)
{
    const struct clock_rule *r =
        x->verb->asks & (ASK_STOP | ASK_DAYS) && x->m.clocks.any
            ? clock_rule(x->m.clocks.promised.rule)
            : NULL;
    return r ? matter_law(a, r) : str_of(x->verb->basis);
}

enum err matter_act_show(struct request *rq, struct tx *tx)
{
    struct acting x = { .task = 0 };
    struct view *v = rq_view(rq);
    str why;
    enum err e = open(rq, tx, &x);
    if (e != OK)
        return e;
    bool may = matter_may(tx, &x.m, x.verb, x.task, &why);
    const struct matter_tasks *t = matter_task(&x.m, x.task);
    rq_menu(rq, "matters");
    view_text(v, "number", x.m.row.number);
    view_text(v, "title", x.m.row.title);
    view_text(v, "kind", x.m.row.kind);
    view_text(v, "verb", str_of(x.verb->code));
    view_text(v, "label", str_of(x.verb->label));
    view_text(v, "step", t ? t->name : STR(""));
    view_int(v, "task", x.task);
    view_int(v, "revision", x.m.v.revision);
    view_text(v, "look", x.verb->grave ? STR("btn-bad") : STR(""));
    struct value *list = view_list(v, "law");
    page_condition(v, list, str_of(x.verb->explain),
                   basis_of(v->arena, &x).p, true);
    page_condition(v, list, may ? STR("现在可以办理") : why, "本件的当前状态",
              may);
    view_text(v, "refused", may ? STR("") : why);
    e = show_fields(rq, tx, &x);
    process_close(&x.m.v);
    return e;
}

/* ---- doing it ---- */

static enum err whom(struct request *rq, struct tx *tx, str *out)
{
    str chosen = rq_text(rq, "person"), other = rq_text(rq, "other");
    str problem = STR("");
    bool named = other.n > 0;
    if (chosen.n == 0 && !named)
        return rq_fail_field(rq, ERR_INPUT, "person",
                             STR("请选择一位，或者写上姓名。"));
    enum err e = matter_whom(tx, named ? other : chosen, false, out, &problem);
    return e == ERR_INPUT ? rq_fail_field(rq, e, named ? "other" : "person",
                                          problem)
                          : e;
}

/* What is said of a clock goes into the case's history with the command. */
static enum err fill_clock(struct request *rq, struct tx *tx,
                           const struct acting *x, struct flow_command *c)
{
    const struct clock_rule *r = clock_rule(x->m.clocks.promised.rule);
    int days = (int)rq_int(rq, "days", 0);
    if (x->verb->asks & ASK_STOP) {
        c->name = rq_text(rq, "kind");
        if (r == NULL || !clock_rule_stops(r, c->name))
            return rq_fail_field(rq, ERR_INPUT, "kind",
                                 STR("请选择依法不计入时限的程序。"));
        return days > 0 ? OK
                        : rq_fail_field(rq, ERR_INPUT, "days",
                                        STR("请写明需要多少个工作日。"));
    }
    if (r == NULL || days < 1 || days > r->extension)
        return rq_fail_field(
            rq, ERR_INPUT, "days",
            arena_printf(tx->arena, "请填 1 至 %d 个工作日。",
                         r ? r->extension : 0));
    struct value *data = value_new(tx->arena, VALUE_OBJECT);
    value_add(data, STR("extension"), value_int(tx->arena, days));
    c->data = data;
    return OK;
}

/* The clocks, beside what the command did. */
static enum err clocks(struct request *rq, struct tx *tx,
                       const struct acting *x)
{
    int asks = x->verb->asks, days = (int)rq_int(rq, "days", 0);
    enum err e = asks & ASK_STOP
                     ? matter_stop_clocks(tx, &x->m, rq_text(rq, "kind"), days,
                                          rq_text(rq, "document"))
                 : asks & ASK_DAYS
                     ? matter_extend_clocks(tx, &x->m, days,
                                            rq_text(rq, "reason"))
                 : x->verb->verb == FLOW_RESUME
                     ? matter_resume_clocks(tx, &x->m)
                     : OK;
    return e == OK ? matter_follow(tx, x->m.row.id) : e;
}

static enum err fill(struct request *rq, struct tx *tx, struct acting *x,
                     struct flow_command *c)
{
    int asks = x->verb->asks;
    str where = rq_text(rq, "where");
    struct value *data = NULL;
    c->reason = rq_text(rq, "reason");
    if (asks & ASK_REASON && utf8_count(c->reason) < 2)
        return rq_fail_field(rq, ERR_INPUT, "reason", STR("请写明理由。"));
    if (asks & ASK_STEP && rq_text(rq, "element").n == 0)
        return rq_fail_field(rq, ERR_INPUT, "element",
                             STR("请选择退回到哪一步。"));
    if (asks & ASK_MESSAGE && rq_text(rq, "message").n == 0)
        return rq_fail_field(rq, ERR_INPUT, "message",
                             STR("请选择收到的是什么。"));
    if (asks & ASK_WHERE && where.n == 0)
        return rq_fail_field(rq, ERR_INPUT, "where",
                             STR("请选择什么时候签。"));
    if (asks & (ASK_STOP | ASK_DAYS))
        return fill_clock(rq, tx, x, c);
    c->element = rq_text(rq, "element");
    if (asks & ASK_MESSAGE)
        c->name = rq_text(rq, "message");
    c->straight = str_is(rq_text(rq, "way"), "straight");
    c->disagree = rq_flag(rq, "disagree");
    c->where = str_is(where, "before")  ? FLOW_BEFORE
               : str_is(where, "after") ? FLOW_AFTER
                                        : FLOW_BESIDE;
    c->person = process_person(tx->arena, tx->who->account);
    if (asks & ASK_PERSON)
        return whom(rq, tx, &c->person);
    enum err e = matter_answers(rq, tx, x->question, x->questions, &data);
    c->data = x->questions ? data : NULL;
    return e;
}

static enum err carry_out(struct request *rq, struct tx *tx, struct acting *x)
{
    struct process_answer answer;
    str basis = basis_of(tx->arena, x);
    struct process_do d = {
        .id = x->m.row.id, .revision = rq_int(rq, "revision", 0),
        .command = { .verb = x->verb->verb, .task = x->task },
        .law = str_is(basis, "流程的规定") ? str_none : basis,
    };
    str why;
    if (!matter_may(tx, &x->m, x->verb, x->task, &why))
        return rq_fail_str(rq, process_is_over(x->m.v.state) ? ERR_CONFLICT
                                                            : ERR_DENIED, why);
    enum err e = fill(rq, tx, x, &d.command);
    if (e != OK)
        return e;
    e = process_do(tx, &d, &answer);
    if (e != OK)
        return answer.problem.n ? rq_fail_str(rq, e, answer.problem) : e;
    if (d.command.data && x->questions)
        e = matter_missing(rq, tx, d.id, x->question, x->questions,
                           d.command.data);
    if (e == OK)
        e = clocks(rq, tx, x);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    view_text(v, "number", x->m.row.number);
    view_text(v, "verb", str_of(x->verb->code));
    view_text(v, "done", str_of(x->verb->done));
    view_text(v, "state_code", answer.state);
    view_int(v, "next_task", answer.task);
    view_int(v, "now", answer.revision);
    rq_flash(rq, "ok", str_of(x->verb->done));
    return rq_see_other(rq, "/matters/%.*s", STR_ARG(x->m.row.number));
}

enum err matter_act_post(struct request *rq, struct tx *tx)
{
    struct acting x = { .task = 0 };
    enum err e = open(rq, tx, &x);
    if (e != OK)
        return e;
    e = carry_out(rq, tx, &x);
    process_close(&x.m.v);
    return e;
}
