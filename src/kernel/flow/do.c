/* One command: check, do, run to rest, sweep. */
#include "kernel/flow/engine_impl.h"

static enum err refuse(struct flow_case *c, enum err e, str *problem,
                       const char *text)
{
    *problem = arena_str(c->out->arena, str_of(text));
    return e;
}

static int process_of(const struct flow_case *c, str id)
{
    if (id.n == 0)
        return c->g->process_count ? 0 : -1;
    struct bpmn_found f = bpmn_find(c->g, id);
    return f.what == BPMN_A_PROCESS ? f.index : -1;
}

/* A process is begun at its plain start, else at its first start of any kind,
 * else wherever nothing leads to. */
static int start_of(const struct flow_case *c, int process)
{
    int n, first = -1;
    const int *children = bpmn_children(c->g, process, -1, &n);
    for (int i = 0; i < n; i++) {
        const struct bpmn_node *x = flow_node_of(c, children[i]);
        if (x->kind != BPMN_START)
            continue;
        if (x->event_count == 0)
            return children[i];
        if (first < 0)
            first = children[i];
    }
    return first;
}

static enum err start(struct flow_case *c, const struct flow_command *cmd,
                      str *problem)
{
    int process = process_of(c, cmd->process);
    int at = cmd->element.n ? bpmn_node_of(c->g, cmd->element) : -1;
    if (process < 0)
        return refuse(c, ERR_NOTFOUND, problem, "文件中没有这个流程。");
    if (cmd->element.n && (at < 0 || flow_node_of(c, at)->kind != BPMN_START ||
                           flow_node_of(c, at)->process != process))
        return refuse(c, ERR_NOTFOUND, problem, "流程中没有这个开始事件。");
    if (at < 0)
        at = start_of(c, process);
    c->services_wait |= cmd->services_wait;
    uint32_t root = flow_scope_add(c, FLOW_ROOT, -1, process, 0, 0)->id;
    flow_scope_of(c, root)->vars = value_new(c->arena, VALUE_OBJECT);
    struct flow_event *e = flow_tell(c, FLOW_BEGAN, -1);
    e->scope = root;
    e->text = c->g->processes[process].id;
    if (cmd->data && cmd->data->kind == VALUE_OBJECT)
        for (const struct value *m = cmd->data->first; m; m = m->next)
            flow_var_set_here(c, root, m->key, m);
    flow_begin_inside(c, root, process, -1, at);
    return OK;
}

static enum err listen(struct flow_case *c, const struct flow_command *cmd,
                       str *problem)
{
    int process = process_of(c, cmd->process);
    if (process < 0)
        return refuse(c, ERR_NOTFOUND, problem, "文件中没有这个流程。");
    flow_watch_starts(c, process, cmd->timers);
    return OK;
}

static enum err message(struct flow_case *c, const struct flow_command *cmd,
                        str *problem)
{
    bool heard = cmd->verb == FLOW_MESSAGE
                     ? flow_deliver(c, cmd->name, -1, cmd->data)
                     : flow_broadcast(c, cmd->name, cmd->data) > 0;
    if (!heard)
        return refuse(c, ERR_NOTFOUND, problem, "没有环节在等待这条消息。");
    return OK;
}

static enum err fail(struct flow_case *c, const struct flow_command *cmd,
                     str *problem)
{
    const struct flow_task *t = flow_task_of(c, cmd->task);
    if (t == NULL || t->state == FLOW_TASK_COMPLETED)
        return refuse(c, ERR_NOTFOUND, problem,
                      "这项任务已经办结或被收回，请刷新待办。");
    if (cmd->verb == FLOW_FAIL)
        flow_raise_error(c, t->token, cmd->name);
    else
        flow_trouble(c, t->token, "%.*s", STR_ARG(cmd->reason));
    return OK;
}

static enum err retry(struct flow_case *c, const struct flow_command *cmd,
                      str *problem)
{
    struct flow_token *t = flow_token_of(c, (uint32_t)cmd->task);
    if (t == NULL || t->phase != FLOW_AT_INCIDENT)
        return refuse(c, ERR_NOTFOUND, problem, "这一步没有异常需要处理。");
    for (int i = 0; i < c->trouble_count; i++)
        c->troubles[i].dead |= c->troubles[i].token == t->id;
    flow_drop_subs(c, t->id, 0);
    flow_tasks_drop(c, t->id);
    t = flow_token_of(c, (uint32_t)cmd->task);
    /* The token stands on its node's visit already: step back before it. */
    struct flow_visit *v = flow_visit_of(c, t->visit);
    if (v && v->node == t->node && v->scope == t->scope) {
        t->visit = v->parent_count ? v->parents[0].visit : 0;
        t->arrived = v->parent_count == 1 ? v->parents[0].edge : -1;
        if (flow_joins(flow_node_of(c, t->node)))
            t->arrived = -1;
        v->dead = true;
    }
    flow_enqueue(c, t->id);
    return OK;
}

static void set_data(struct flow_case *c, const struct value *data)
{
    if (data == NULL || data->kind != VALUE_OBJECT)
        return;
    for (int i = 0; i < c->scope_count; i++)
        if (c->scopes[i].kind == FLOW_ROOT &&
            c->scopes[i].outcome == FLOW_RUNNING)
            for (const struct value *m = data->first; m; m = m->next)
                flow_var_set_here(c, c->scopes[i].id, m->key, m);
}

static void cancel_all(struct flow_case *c)
{
    for (int i = 0; i < c->scope_count; i++)
        if (c->scopes[i].kind == FLOW_ROOT &&
            c->scopes[i].outcome == FLOW_RUNNING)
            flow_end_root(c, c->scopes[i].id, FLOW_ABORTED);
    c->suspended = false;
}

static enum err hold(struct flow_case *c, const struct flow_command *cmd,
                     str *problem)
{
    bool suspend = cmd->verb == FLOW_SUSPEND;
    if (c->suspended == suspend)
        return refuse(c, ERR_CONFLICT, problem,
                      suspend ? "本件已经挂起。" : "本件没有挂起。");
    c->suspended = suspend;
    flow_tell(c, suspend ? FLOW_SUSPENDED : FLOW_RESUMED, -1);
    return OK;
}

static enum err dispatch(struct flow_case *c, const struct flow_command *cmd,
                         str *problem)
{
    switch (cmd->verb) {
    case FLOW_START: return start(c, cmd, problem);
    case FLOW_LISTEN: return listen(c, cmd, problem);
    case FLOW_COMPLETE: return flow_task_complete(c, cmd, problem);
    case FLOW_MESSAGE:
    case FLOW_SIGNAL: return message(c, cmd, problem);
    case FLOW_TIME: return OK;
    case FLOW_FAIL:
    case FLOW_STUCK: return fail(c, cmd, problem);
    case FLOW_RETRY: return retry(c, cmd, problem);
    case FLOW_SET: set_data(c, cmd->data); return OK;
    case FLOW_RETURN: return flow_go_back(c, cmd, problem);
    case FLOW_WITHDRAW: return flow_withdraw(c, cmd, problem);
    case FLOW_REJECT: return flow_reject(c, cmd, problem);
    case FLOW_SUSPEND:
    case FLOW_RESUME: return hold(c, cmd, problem);
    case FLOW_CANCEL: cancel_all(c); return OK;
    default: return flow_task_verb(c, cmd, problem);
    }
}

static bool passes_suspension(enum flow_verb verb)
{
    return verb == FLOW_RESUME || verb == FLOW_CANCEL || verb == FLOW_OPEN ||
           verb == FLOW_SUSPEND || verb == FLOW_TIME;
}

/* What an earlier command began and left for this one. */
static void resume_begun(struct flow_case *c)
{
    for (int i = 0; i < c->token_count; i++)
        if (c->tokens[i].phase == FLOW_READY)
            flow_enqueue(c, c->tokens[i].id);
}

enum err flow_do(struct flow_case *c, const struct flow_command *cmd,
                 struct flow_events *out, str *problem)
{
    inst before = c->now;
    c->out = out;
    c->now = cmd->now;
    c->queue = NULL;
    c->queue_from = c->queue_to = c->queue_cap = c->steps = 0;
    c->work = c->written = 0;
    enum err e = OK;
    resume_begun(c);
    if (c->suspended && !passes_suspension(cmd->verb))
        e = refuse(c, ERR_CONFLICT, problem, "本件已挂起，请先恢复再办理。");
    else
        e = dispatch(c, cmd, problem);
    if (e == OK && !cmd->later)
        flow_run(c);
    else if (e != OK)
        c->now = before;
    flow_sweep(c);
    arena_reset(&c->scratch);
    return e;
}
