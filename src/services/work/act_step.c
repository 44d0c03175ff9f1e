/*
 * What a verb does to the process of a case.
 *
 * The verbs of the law (受理, 补正, 特别程序, 决定) have changed the case
 * already; the process follows in the same transaction.  The verbs that are the
 * process's own -- 送下一步, 退回, 加签, 委托, 收回 -- change it first, and the
 * case's state is then what its step says: 待决定 at the step whose form is
 * decide, 审查中 before.  None of them touches a clock.
 */
#include "services/work/act.h"

#include "services/queries.gen.h"

/* ---- one command ---- */

static str me(const struct acting *x)
{
    return process_person(x->tx->arena, x->tx->who->account);
}

/* Does it and looks again. */
static enum err command(struct acting *x, struct flow_command c)
{
    struct process_answer a;
    /* The whole hears of a part's end when everything of it is told. */
    struct process_do d = { .id = x->step.id, .noted = true, .hold = true,
                            .law = str_of(x->rule.law), .command = c };
    d.command.reason = act_masked(x, str_trim(x->act->reason));
    enum err e = process_do(x->tx, &d, &a);
    if (e != OK)
        return a.problem.n ? act_fail(x, e, a.problem) : e;
    step_close(&x->step);
    return step_open(x->tx, x->c.number, &x->step);
}

static enum err complete(struct acting *x, const struct flow_task *t,
                         const char *decision)
{
    struct arena *a = x->tx->arena;
    struct value *data = value_new(a, VALUE_OBJECT);
    value_add(data, STR("decision"), value_text(a, str_of(decision)));
    return command(x, (struct flow_command){ .verb = FLOW_COMPLETE,
                                             .task = t->id, .data = data,
                                             .person = me(x),
                                             .disagree = x->act->disagree });
}

static const struct flow_task *main_task(struct acting *x, const char *form)
{
    return x->step.id ? step_main(x->step.v.flow, form) : NULL;
}

/* ---- who may, at this step ---- */

static enum err leader_only(struct acting *x)
{
    return str_is(x->tx->who->role, "leader")
               ? OK
               : act_fail(x, ERR_DENIED,
                          STR("这一步由本机关负责人作出，请先送负责人决定。"));
}

static enum err duty_allows(struct acting *x, const struct flow_task *t)
{
    str sentence;
    enum err e = step_refuses(x->tx, &x->step, t, x->c.unit, &sentence);
    return e != OK || sentence.n == 0 ? e : act_fail(x, ERR_DENIED, sentence);
}

static bool of_the_process(enum verb v)
{
    return v == VERB_COSIGN || v == VERB_UNSIGN || v == VERB_SIGN ||
           v == VERB_DELEGATE || v == VERB_RECALL;
}

static enum err no_process(struct acting *x)
{
    bool decided = x->act->verb == VERB_RETURN && x->state == CASE_DECIDING;
    if (decided)
        return leader_only(x);
    if (!of_the_process(x->act->verb) && x->act->verb != VERB_RETURN)
        return OK;
    return act_fail(x, ERR_CONFLICT,
                    arena_printf(x->tx->arena,
                                 "这件没有部门内部的流程，不能“%s”。",
                                 x->rule.name));
}

/* The decision waits for everybody who was asked to sign. */
static enum err nobody_signs(struct acting *x)
{
    if (step_signer(x->step.v.flow, str_none) == NULL)
        return OK;
    return act_fail(x, ERR_CONFLICT,
                    STR("还有会签人没有签署意见，请等待或者减签后再决定。"));
}

enum err act_step_allows(struct acting *x)
{
    enum verb v = x->act->verb;
    if (x->step.id == 0)
        return no_process(x);
    if (v == VERB_GRANT || v == VERB_DENY)
        return nobody_signs(x);
    if (x->rule.by != BY_DESK || v == VERB_OPINION || v == VERB_SIGN ||
        v == VERB_RECALL || v == VERB_VERIFY || v == VERB_AGAIN)
        return OK;
    if (x->state == CASE_DECIDING)
        return leader_only(x);
    const struct flow_task *t = step_main(x->step.v.flow, NULL);
    return t ? duty_allows(x, t) : OK;
}

/* ---- the process follows the law ---- */

/* Papers are issued by the verb itself, so the steps after a decision are done
 * with it; a process that goes on all the same has nothing left to go on for.
 */
static enum err finish(struct acting *x)
{
    enum err e = OK;
    for (int i = 0; i < 20 && e == OK && x->step.id; i++) {
        const struct flow_task *t = main_task(x, NULL);
        if (t == NULL || t->state != FLOW_TASK_OPEN)
            break;
        e = complete(x, t, x->rule.code);
    }
    return e == OK && x->step.id
               ? command(x, (struct flow_command){ .verb = FLOW_CANCEL }) : e;
}

static enum err decided(struct acting *x)
{
    const struct flow_task *t =
        main_task(x, x->act->verb == VERB_REFUSE ? "accept" : "decide");
    enum err e = t ? complete(x, t, x->rule.code) : OK;
    return e == OK ? finish(x) : e;
}

/* 补正 only leaves the step of acceptance where the process has one for it. */
static enum err asked_for_more(struct acting *x)
{
    const struct flow_task *t = main_task(x, "accept");
    const struct bpmn *g = process_bpmn(x->step.v.graph);
    bool has = false;
    for (int i = 0; i < g->node_count; i++)
        has |= str_is(g->nodes[i].form, "supplement");
    return t && has ? complete(x, t, "supplement") : OK;
}

/* 受理, and where nothing is to be examined before the decision: 待决定. */
static enum err accepted(struct acting *x)
{
    const struct flow_task *t = main_task(x, "supplement");
    if (t == NULL)
        t = main_task(x, "accept");
    enum err e = t ? complete(x, t, "accept") : OK;
    if (e != OK || x->step.id == 0 ||
        step_place(x->step.v.flow) != STEP_DECIDE)
        return e;
    struct case_load now;
    e = case_load(x->tx, x->c.number, &now);
    if (e == OK)
        e = case_set_state(x->tx, now.id, now.revision, STR("deciding"));
    return e == OK ? open_moves(x->tx, &now, STR("deciding"), now.sort_due)
                   : act_changed(x, e);
}

static enum err looked_at(struct acting *x)
{
    const struct flow_task *t = main_task(x, NULL);
    if (t == NULL || t->opened)
        return OK;
    return command(x, (struct flow_command){ .verb = FLOW_OPEN,
                                             .task = t->id });
}

enum err act_step_follows(struct acting *x)
{
    if (x->step.id == 0)
        return OK;
    switch (x->act->verb) {
    case VERB_ACCEPT:
    case VERB_ADMIT:
    case VERB_SUPPLY:
        return accepted(x);
    case VERB_SUPPLEMENT:
        return asked_for_more(x);
    case VERB_REFUSE:
    case VERB_GRANT:
    case VERB_DENY:
        return decided(x);
    case VERB_REVIEW:
        return looked_at(x);
    case VERB_SPECIAL:
        return command(x, (struct flow_command){ .verb = FLOW_SUSPEND });
    case VERB_RESUME:
        return command(x, (struct flow_command){ .verb = FLOW_RESUME });
    case VERB_WITHDRAW:
    case VERB_LAPSE:
        return command(x, (struct flow_command){ .verb = FLOW_CANCEL });
    default:
        return OK;
    }
}

/* ---- the process's own verbs ---- */

/* The case is where its step is. */
static enum err settle(struct acting *x, str text)
{
    enum step_place at = x->step.id ? step_place(x->step.v.flow) : STEP_DECIDE;
    return act_move(x, at == STEP_DECIDE ? "deciding" : "reviewing", text);
}

static enum err still_waiting(struct acting *x)
{
    return act_fail(x, ERR_CONFLICT,
                    step_signer(x->step.v.flow, str_none)
                        ? STR("还有会签人没有签署意见，签完才能往下送。")
                        : STR("系统正在处理这一步，请稍候再送。"));
}

enum err act_propose(struct acting *x)
{
    str to_leader = STR("审查完毕，送负责人决定"), next;
    if (x->step.id == 0)
        return act_move(x, "deciding", to_leader);
    const struct flow_task *t = main_task(x, NULL);
    if (t == NULL)
        return still_waiting(x);
    if (!step_next(x->tx, &x->step, &next))
        next = str_none;
    bool last = str_is_none(next);
    str form = x->step.v.flow->g->nodes[t->node].form;
    struct flow_case *then;
    struct flow_command done = { .verb = FLOW_COMPLETE, .task = t->id };
    str name = arena_str(x->tx->arena, step_name(x->step.v.flow, t));
    /* Where nothing comes after it, the last step is the decision itself. */
    if (last && !str_is(form, "decide") &&
        step_would(x->tx, &x->step, done, &then) == OK) {
        last = step_place(then) == STEP_OVER;
        flow_close(then);
    }
    if (last)
        return act_move(x, "deciding", to_leader);
    enum err e = complete(x, t, "agree");
    if (e != OK)
        return e;
    if (x->step.id && step_place(x->step.v.flow) == STEP_DECIDE)
        return settle(x, to_leader);
    return settle(x, next.n && step_signer(x->step.v.flow, str_none) == NULL
                         ? arena_printf(x->tx->arena, "%.*s完毕，送%.*s",
                                        STR_ARG(name), STR_ARG(next))
                         : arena_printf(x->tx->arena, "%.*s完毕",
                                        STR_ARG(name)));
}

enum err act_return(struct acting *x)
{
    struct arena *a = x->tx->arena;
    int nodes[64];
    if (x->step.id == 0)
        return act_move(x, "reviewing", STR("负责人退回承办人"));
    const struct flow_task *t = main_task(x, NULL);
    const struct bpmn *g = process_bpmn(x->step.v.graph);
    int n = step_back(&x->step, nodes, 64), to = -1;
    for (int i = n - 1; i >= 0; i--)
        if (x->act->step.n == 0 || str_eq(g->nodes[nodes[i]].id, x->act->step))
            to = nodes[i];
    if (t == NULL || to < 0)
        return act_fail(x, ERR_RANGE,
                        STR("只能退回到本件已经办过的审查环节。"));
    str from = arena_str(a, step_name(x->step.v.flow, t));
    str name = arena_str(a, g->nodes[to].name);
    enum err e = command(x, (struct flow_command){
        .verb = FLOW_RETURN, .task = t->id,
        .element = arena_str(a, g->nodes[to].id),
        .straight = x->act->straight, .person = me(x) });
    if (e != OK)
        return e;
    return settle(x, x->act->straight
                         ? arena_printf(a, "退回%.*s，办完直接送回%.*s",
                                        STR_ARG(name), STR_ARG(from))
                         : arena_printf(a, "退回%.*s重新办理", STR_ARG(name)));
}

/* A colleague of the same organisation, not oneself. */
static enum err colleague(struct acting *x, struct colleagues *out)
{
    struct colleagues *all;
    size_t n;
    enum err e = colleagues(x->tx, x->c.unit, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (all[i].account == x->act->officer &&
            all[i].account != x->tx->who->account) {
            *out = all[i];
            return OK;
        }
    return e == OK ? act_fail(x, ERR_RANGE, STR("请选择本部门的一位同事。"))
                   : e;
}

static enum err same_state(struct acting *x, str text)
{
    return act_move(x, arena_cstr(x->tx->arena, x->c.state), text);
}

enum err act_cosign(struct acting *x)
{
    static const struct { const char *code, *name; enum flow_where where; }
        ways[] = { { "", "", FLOW_BESIDE }, { "beside", "", FLOW_BESIDE },
                   { "before", "（在前）", FLOW_BEFORE },
                   { "after", "（在后）", FLOW_AFTER } };
    struct colleagues who;
    const struct flow_task *t = main_task(x, NULL);
    size_t way = 4;
    for (size_t i = 0; i < 4; i++)
        if (str_is(x->act->where, ways[i].code))
            way = i;
    if (str_is_none(x->act->where))
        way = 0;
    if (way == 4)
        return act_fail(x, ERR_RANGE, STR("请选择会签的先后。"));
    if (t == NULL)
        return still_waiting(x);
    enum err e = colleague(x, &who);
    if (e != OK)
        return e;
    str person = process_person(x->tx->arena, who.account);
    if (step_signer(x->step.v.flow, person))
        return act_fail(x, ERR_RANGE, STR("已经请这位同事会签。"));
    str name = arena_str(x->tx->arena, step_name(x->step.v.flow, t));
    e = command(x, (struct flow_command){ .verb = FLOW_ADD, .task = t->id,
                                          .person = person,
                                          .where = ways[way].where });
    return e == OK ? same_state(x, arena_printf(x->tx->arena,
                                                "%.*s加签%.*s%s",
                                                STR_ARG(name),
                                                STR_ARG(who.name),
                                                ways[way].name))
                   : e;
}

enum err act_unsign(struct acting *x)
{
    struct colleagues who;
    enum err e = colleague(x, &who);
    if (e != OK)
        return e;
    const struct flow_task *t = step_signer(
        x->step.v.flow, process_person(x->tx->arena, who.account));
    if (t == NULL)
        return act_fail(x, ERR_RANGE,
                        STR("没有请这位同事会签，或者已经签署，不能减签。"));
    e = command(x, (struct flow_command){ .verb = FLOW_REMOVE,
                                          .task = t->id });
    return e == OK ? settle(x, arena_printf(x->tx->arena, "减签%.*s",
                                            STR_ARG(who.name)))
                   : e;
}

enum err act_sign(struct acting *x)
{
    const struct flow_task *t = step_signer(x->step.v.flow, me(x));
    if (t == NULL)
        return act_fail(x, ERR_DENIED,
                        STR("这个环节没有请您会签，或者您已经签署。"));
    if (str_trim(x->act->reason).n == 0 && x->act->disagree)
        return act_fail(x, ERR_RANGE, STR("不同意的，请写明理由。"));
    enum err e = complete(x, t, "agree");
    return e == OK ? settle(x, x->act->disagree ? STR("会签：不同意")
                                                : STR("会签：同意"))
                   : e;
}

enum err act_delegate(struct acting *x)
{
    struct colleagues who;
    const struct flow_task *t = main_task(x, NULL);
    if (t == NULL)
        return still_waiting(x);
    enum err e = colleague(x, &who);
    int64_t task = t->id;
    str name = arena_str(x->tx->arena, step_name(x->step.v.flow, t));
    /* Who delegates owns the step, so that it can be seen whose it is. */
    if (e == OK && t->person.n == 0)
        e = command(x, (struct flow_command){ .verb = FLOW_CLAIM, .task = task,
                                              .person = me(x) });
    if (e == OK)
        e = command(x, (struct flow_command){
            .verb = FLOW_DELEGATE, .task = task,
            .person = process_person(x->tx->arena, who.account) });
    return e == OK ? same_state(x, arena_printf(x->tx->arena,
                                                "%.*s委托%.*s办理",
                                                STR_ARG(name),
                                                STR_ARG(who.name)))
                   : e;
}

enum err act_recall(struct acting *x)
{
    int64_t task = step_mine(x->step.v.flow, me(x));
    if (task == 0)
        return act_fail(x, ERR_DENIED,
                        STR("没有您办完、可以收回的环节。"));
    enum err e = command(x, (struct flow_command){ .verb = FLOW_WITHDRAW,
                                                   .task = task,
                                                   .person = me(x) });
    return e == OK ? settle(x, STR("收回已经送出的环节，重新办理")) : e;
}

enum err act_hand_over(struct acting *x, int64_t account)
{
    const struct flow_task *t = main_task(x, NULL);
    if (t == NULL || str_is(x->c.state, "special"))
        return OK;
    return command(x, (struct flow_command){
        .verb = FLOW_TRANSFER, .task = t->id,
        .person = process_person(x->tx->arena, account) });
}
