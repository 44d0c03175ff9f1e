/*
 * User tasks and their signers (加签, 减签).
 *
 * A task node may have one signer or many.  Those beside each other are
 * counted by the rule of the node; one who signs before or after another is
 * asked in any case.  A signer with somebody before him is held until that
 * one has signed.
 */
#include "kernel/flow/engine_impl.h"

#include <stdlib.h>

static enum err refuse(struct flow_case *c, enum err e, str *problem,
                       const char *text)
{
    *problem = arena_str(c->out->arena, str_of(text));
    return e;
}

/* "any", "ratio:0.6", "weight:3"; everything else is "all". */
bool flow_rule_read(str text, struct flow_rule *out)
{
    char digits[16] = "";
    str rest = str_trim(text);
    str word = str_cut(&rest, ':');
    bool given = !str_is_none(rest);
    char *end = digits;
    if (given && rest.n < sizeof digits)
        memcpy(digits, rest.p, rest.n);
    double n = strtod(digits, &end);
    bool number = given && end != digits && *end == 0;
    *out = (struct flow_rule){ .rule = 'a' };
    if (word.n == 0 || str_is(word, "all"))
        return !given;
    if (str_is(word, "any")) {
        out->rule = 'n';
        return !given;
    }
    if (str_is(word, "ratio") && number && n > 0 && n <= 1) {
        *out = (struct flow_rule){ 'r', (uint32_t)(n * 1000 + 0.5) };
        return true;
    }
    if (str_is(word, "weight") && number && n >= 1 && n < 1e6) {
        *out = (struct flow_rule){ 'w', (uint32_t)n };
        return true;
    }
    return false;
}

static void tell_task(struct flow_case *c, enum flow_happened type,
                      const struct flow_task *t)
{
    struct flow_event *e = flow_tell(c, type, t->node);
    e->token = t->token;
    e->task = t->id;
    e->person = arena_str(c->out->arena, t->person);
}

void flow_task_begin(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    uint32_t scope = t->scope;
    str person = t->person;
    int node = t->node;
    t->phase = FLOW_AT_TASK;
    t->person = str_none;
    struct flow_rule rule;
    (void)flow_rule_read(n->sign, &rule); /* else all, see lint_words.c */
    t->rule = rule.rule;
    t->threshold = rule.threshold;
    if (person.n == 0)
        person = flow_text_of(c, scope, n->assignee, n->assignee_x);
    str users = flow_text_of(c, scope, n->users, n->users_x);
    str groups = flow_text_of(c, scope, n->groups, n->groups_x);
    if (bpmn_names(users, FLOW_NAMES + 1) > FLOW_NAMES ||
        bpmn_names(groups, FLOW_NAMES + 1) > FLOW_NAMES) {
        flow_trouble(c, id, "“%.*s”的候选人或者岗位超过 %d 个，请检查数据。",
                     STR_ARG(n->name.n ? n->name : n->id), FLOW_NAMES);
        return;
    }
    struct flow_task *task = flow_task_add(c, id, node);
    task->person = person;
    task->users = users;
    task->groups = groups;
    task->work = n->kind != BPMN_USER;
    tell_task(c, FLOW_TASK_MADE, task);
}

void flow_call_out(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    uint32_t scope = t->scope;
    str key = flow_text_of(c, scope, n->called_element, n->called_x);
    if (key.n == 0) {
        flow_trouble(c, id, "“%.*s”没有得出要调用的流程，请检查数据。",
                     STR_ARG(n->called_element));
        return;
    }
    struct value *handed = flow_handed_in(c, n, scope);
    t->phase = FLOW_AT_TASK;
    t->rule = 'a';
    struct flow_task *task = flow_task_add(c, id, t->node);
    task->work = true;
    tell_task(c, FLOW_TASK_MADE, task);
    struct flow_event *e = flow_tell(c, FLOW_CALLS, task->node);
    e->token = id;
    e->scope = scope;
    e->task = task->id;
    e->text = arena_str(c->out->arena, key);
    e->value = handed;
}

void flow_tasks_drop(struct flow_case *c, uint32_t token)
{
    for (int i = 0; i < c->task_count; i++) {
        struct flow_task *t = &c->tasks[i];
        if (t->token != token || t->dead)
            continue;
        t->dead = true;
        if (t->state != FLOW_TASK_COMPLETED)
            tell_task(c, FLOW_TASK_GONE, t);
    }
}

/* ---- who may sign now, and whether it is enough ---- */

static bool held(const struct flow_case *c, const struct flow_task *t)
{
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *o = &c->tasks[i];
        if (o->dead || o->token != t->token ||
            o->state == FLOW_TASK_COMPLETED)
            continue;
        if ((o->mode == FLOW_BEFORE && o->anchor == t->id) ||
            (t->mode == FLOW_AFTER && o->id == t->anchor))
            return true;
    }
    return false;
}

void flow_signers_refresh(struct flow_case *c, uint32_t token)
{
    for (int i = 0; i < c->task_count; i++) {
        struct flow_task *t = &c->tasks[i];
        if (t->dead || t->token != token || t->state == FLOW_TASK_COMPLETED)
            continue;
        uint8_t state = held(c, t) ? FLOW_TASK_HELD : FLOW_TASK_OPEN;
        if (state == t->state)
            continue;
        t->state = state;
        tell_task(c, FLOW_TASK_CHANGED, t);
    }
}

struct count {
    uint32_t all, done, agreed, weight, possible_weight, asked;
};

static struct count counted(const struct flow_case *c, uint32_t token)
{
    struct count n = { 0 };
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *t = &c->tasks[i];
        if (t->dead || t->token != token)
            continue;
        bool done = t->state == FLOW_TASK_COMPLETED;
        if (t->mode != FLOW_BESIDE) {
            n.asked += !done;
            continue;
        }
        bool agrees = done && !t->disagreed;
        n.all++;
        n.done += done;
        n.agreed += agrees;
        n.weight += agrees ? t->weight : 0;
        n.possible_weight += done && t->disagreed ? 0 : t->weight;
    }
    return n;
}

/* 1: enough agree, -1: they never can, 0: still open.  Nobody has failed
 * before somebody has spoken: more signers may be on their way. */
static int verdict(const struct flow_token *t, const struct count *n)
{
    uint32_t needed = (uint32_t)(((uint64_t)t->threshold * n->all + 999) /
                                 1000);
    if (n->done == 0)
        return 0;
    switch (t->rule) {
    case 'n': return n->agreed > 0 ? 1 : -1;
    case 'r':
        return n->agreed >= needed ? 1
               : n->agreed + n->all - n->done < needed ? -1
                                                       : 0;
    case 'w':
        return n->weight >= t->threshold            ? 1
               : n->possible_weight < t->threshold ? -1
                                                    : 0;
    default: return n->done < n->all ? 0 : n->agreed == n->all ? 1 : -1;
    }
}

/* Who stood before or after the removed one goes with him. */
static void remove_chain(struct flow_case *c, int64_t id)
{
    struct flow_task *t = flow_task_of(c, id);
    if (t == NULL || t->state == FLOW_TASK_COMPLETED)
        return;
    t->dead = true;
    tell_task(c, FLOW_TASK_GONE, t);
    for (int i = 0; i < c->task_count; i++)
        if (!c->tasks[i].dead && c->tasks[i].anchor == id)
            remove_chain(c, c->tasks[i].id);
}

/* Those whose word is no longer needed are told so, with whom they had asked
 * for; who was asked for by somebody who has signed is still asked. */
static void dismiss(struct flow_case *c, uint32_t token)
{
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *t = &c->tasks[i];
        if (!t->dead && t->token == token && t->mode == FLOW_BESIDE &&
            t->state != FLOW_TASK_COMPLETED)
            remove_chain(c, t->id);
    }
}

/* After any change among the signers: is the node done? */
static void settle_signers(struct flow_case *c, uint32_t token,
                           const struct flow_task *last)
{
    struct flow_token *t = flow_token_of(c, token);
    struct count n = counted(c, token);
    int result = verdict(t, &n);
    int64_t id = last ? last->id : 0;
    str person = last ? last->person : str_none;
    if (result != 0)
        dismiss(c, token);
    flow_signers_refresh(c, token);
    n = counted(c, token);
    if (result == 0 || n.asked > 0)
        return;
    t = flow_token_of(c, token);
    if (n.all > 1 || t->rule != 'a')
        flow_var_set(c, t->scope, STR("passed"), value_bool(&c->scratch,
                                                            result > 0));
    struct flow_visit *v = flow_visit_of(c, t->visit);
    v->task = id;
    v->touched = true;
    v->person = person;
    flow_leave(c, token);
}

enum err flow_task_complete(struct flow_case *c, const struct flow_command *cmd,
                            str *problem)
{
    struct flow_task *t = flow_task_of(c, cmd->task);
    if (t == NULL)
        return refuse(c, ERR_NOTFOUND, problem,
                      "这项任务已经办结或被收回，请刷新待办。");
    if (t->state == FLOW_TASK_COMPLETED)
        return refuse(c, ERR_CONFLICT, problem, "您已经办过这项任务。");
    if (t->state == FLOW_TASK_HELD)
        return refuse(c, ERR_CONFLICT, problem,
                      "还有前一位会签人没有办理，请等待。");
    const struct flow_token *token = flow_token_of(c, t->token);
    uint32_t id = token->id, scope = token->scope;
    if (token->phase == FLOW_AT_INCIDENT)
        return refuse(c, ERR_CONFLICT, problem,
                      "这一步出现异常，请先由管理员处理。");
    t->state = FLOW_TASK_COMPLETED;
    t->disagreed = cmd->disagree;
    t->opened = true;
    if (t->person.n == 0 && cmd->person.n)
        t->person = arena_str(c->arena, cmd->person);
    tell_task(c, FLOW_TASK_DONE, t);
    struct flow_task last = *t;
    if (bpmn_calls_out(flow_node_of(c, last.node)))
        flow_call_back(c, id, cmd->data);
    else
        flow_var_merge(c, scope, cmd->data);
    if (last.work && cmd->data)
        flow_set_result(c, flow_node_of(c, last.node), scope, cmd->data);
    settle_signers(c, id, &last);
    return OK;
}

/* ---- the verbs that leave the token where it is ---- */

static enum err add_signer(struct flow_case *c, const struct flow_command *cmd,
                           struct flow_task *t, str *problem)
{
    const struct flow_token *token = flow_token_of(c, t->token);
    int64_t anchor = t->id;
    uint32_t id = t->token;
    int node = t->node;
    if (cmd->person.n == 0)
        return refuse(c, ERR_INPUT, problem, "请选择要加签的人。");
    if (token->inner && cmd->where == FLOW_BESIDE) {
        if (!flow_multi_add(c, flow_scope_of(c, token->scope)->parent,
                            cmd->person))
            return refuse(c, ERR_RANGE, problem, "这一步不能再加签。");
        return OK;
    }
    if (counted(c, id).all >= 1000)
        return refuse(c, ERR_RANGE, problem, "会签人已达一千人，不能再加签。");
    struct flow_rule rule;
    if (!flow_rule_read(cmd->rule, &rule))
        return refuse(c, ERR_RANGE, problem,
                      "会签规则应是 all、any、ratio:0.6 或 weight:3。");
    struct flow_task *added = flow_task_add(c, id, node);
    added->mode = (uint8_t)cmd->where;
    added->anchor = cmd->where == FLOW_BESIDE ? 0 : anchor;
    added->weight = cmd->weight > 0 && cmd->weight < 1000
                        ? (uint32_t)cmd->weight
                        : 1;
    added->person = arena_str(c->arena, cmd->person);
    if (cmd->rule.n)
        flow_token_of(c, id)->rule = rule.rule,
        flow_token_of(c, id)->threshold = rule.threshold;
    tell_task(c, FLOW_TASK_MADE, added);
    settle_signers(c, id, NULL);
    return OK;
}

static enum err remove_signer(struct flow_case *c, struct flow_task *t,
                              str *problem)
{
    uint32_t token = t->token;
    struct count n = counted(c, token);
    const struct flow_token *at = flow_token_of(c, token);
    const struct flow_scope *instance = at->inner ? flow_scope_of(c, at->scope)
                                                  : NULL;
    if (t->state == FLOW_TASK_COMPLETED)
        return refuse(c, ERR_CONFLICT, problem, "已经签署的人不能减签。");
    if (t->mode == FLOW_BESIDE && n.all < 2) {
        const struct flow_scope *m =
            instance ? flow_scope_of(c, instance->parent) : NULL;
        if (m == NULL || m->total - m->removed < 2 ||
            flow_node_of(c, m->node)->loop->standard)
            return refuse(c, ERR_RANGE, problem,
                          "至少要留一位办理人，请改用转办。");
        flow_multi_remove(c, token);
        return OK;
    }
    remove_chain(c, t->id);
    settle_signers(c, token, NULL);
    return OK;
}

static enum err hand_over(struct flow_case *c, const struct flow_command *cmd,
                          struct flow_task *t, str *problem)
{
    if (cmd->person.n == 0)
        return refuse(c, ERR_INPUT, problem, "请选择接办的人。");
    if (cmd->verb == FLOW_CLAIM && t->person.n &&
        !str_eq(t->person, cmd->person))
        return refuse(c, ERR_CONFLICT, problem,
                      "这项任务已由他人签收，请刷新待办。");
    if (cmd->verb == FLOW_DELEGATE && t->owner.n == 0)
        t->owner = t->person;
    if (cmd->verb == FLOW_TRANSFER)
        t->owner = str_none;
    t->person = arena_str(c->arena, cmd->person);
    t->opened = cmd->verb == FLOW_CLAIM;
    tell_task(c, FLOW_TASK_CHANGED, t);
    return OK;
}

enum err flow_task_verb(struct flow_case *c, const struct flow_command *cmd,
                        str *problem)
{
    struct flow_task *t = flow_task_of(c, cmd->task);
    if (t == NULL || t->work)
        return refuse(c, ERR_NOTFOUND, problem,
                      "这项任务已经办结或被收回，请刷新待办。");
    if (t->state == FLOW_TASK_COMPLETED)
        return refuse(c, ERR_CONFLICT, problem, "这项任务已经办理。");
    switch (cmd->verb) {
    case FLOW_OPEN:
        t->opened = true;
        return OK;
    case FLOW_ADD: return add_signer(c, cmd, t, problem);
    case FLOW_REMOVE: return remove_signer(c, t, problem);
    default: return hand_over(c, cmd, t, problem);
    }
}
