/*
 * The loop: take the oldest token that can move, let it enter its node, and
 * so on until every token waits.  Then settle what only a standstill decides
 * -- inclusive joins, letters between pools, conditions, timers already due --
 * and run again if that moved anything.
 *
 * First in, first out: tokens of parallel branches advance side by side, and
 * the order never depends on anything but the state.
 */
#include "kernel/flow/engine_impl.h"

static void enter(struct flow_case *c, uint32_t id);
static void depart(struct flow_case *c, uint32_t id);

static const char *bound_reached(const struct flow_case *c)
{
    return c->steps > FLOW_STEPS     ? "经过的步骤超过 100000 个"
           : c->work > FLOW_WORK     ? "要算的表达式超过限度"
           : c->written > FLOW_WRITTEN ? "写入的数据超过 64 MB"
                                     : NULL;
}

/* Nothing of one command goes on for ever: who is left has an incident. */
static void out_of_steps(struct flow_case *c, const char *why)
{
    while (c->queue_from < c->queue_to) {
        uint32_t id = c->queue[c->queue_from++];
        const struct flow_token *t = flow_token_of(c, id);
        if (t && t->phase == FLOW_READY)
            flow_trouble(c, id, "一次办理%s，流程可能在空转，请检查循环。",
                         why);
    }
}

/* What died is looked through again and again: it goes when it is half of all
 * there is.  Between two steps nobody holds on to anything but ids. */
static void sweep_sometimes(struct flow_case *c)
{
    int64_t all = (int64_t)c->token_count + c->scope_count + c->sub_count +
                  c->task_count;
    if (all < c->sweep_at)
        return;
    flow_sweep(c);
    all = (int64_t)c->token_count + c->scope_count + c->sub_count +
          c->task_count;
    c->sweep_at = 2 * all + 1000;
}

void flow_run(struct flow_case *c)
{
    c->sweep_at = 0;
    for (;;) {
        while (c->queue_from < c->queue_to) {
            c->steps++;
            const char *why = bound_reached(c);
            if (why) {
                out_of_steps(c, why);
                return;
            }
            sweep_sometimes(c);
            uint32_t id = c->queue[c->queue_from++];
            const struct flow_token *t = flow_token_of(c, id);
            if (t && t->phase == FLOW_READY)
                enter(c, id);
        }
        /* Who is moved past the bound gets his incident above. */
        if (++c->steps > 2 * FLOW_STEPS)
            return;
        if (!flow_settle_inclusive(c) && !flow_settle_letters(c) &&
            !flow_settle_conditions(c) && !flow_settle_timers(c) &&
            !flow_settle_dead(c))
            return;
    }
}

/* A visit is where the token is now and which way it came. */
static void record(struct flow_case *c, struct flow_token *t)
{
    struct flow_parent from = { t->visit, t->arrived };
    uint32_t id = t->id;
    uint32_t v = flow_visit_add(c, t->node, t->scope, &from, t->visit ? 1 : 0);
    t = flow_token_of(c, id);
    t->visit = v;
    if (t->home)
        flow_visit_of(c, v)->guest = true;
}

static void enter(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    if (flow_joins(n) && !t->home && t->arrived >= 0) {
        flow_arrive(c, id);
        return;
    }
    if (!t->resumed)
        record(c, t);
    t = flow_token_of(c, id);
    t->resumed = false;
    if (n->loop && !t->inner) {
        flow_multi_begin(c, id);
        flow_watch_boundaries(c, id);
        return;
    }
    flow_tell_token(c, FLOW_ENTERED, t);
    flow_perform(c, id);
    t = flow_token_of(c, id);
    if (n->boundaries && t && t->phase != FLOW_DEAD && t->phase != FLOW_READY &&
        !t->inner && t->visit && t->node == (int)(n - c->g->nodes))
        flow_watch_boundaries(c, id);
}

void flow_set_result(struct flow_case *c, const struct bpmn_node *n,
                     uint32_t scope, const struct value *v)
{
    if (n->result.n)
        flow_var_set(c, scope, n->result, v);
}

/* The value goes to the variable and to the event; false after an incident. */
static bool evaluate(struct flow_case *c, uint32_t id)
{
    const struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    struct value *v = value_new(&c->scratch, VALUE_NULL);
    str note = str_none;
    if (n->script_x) {
        v = expression_run(n->script_x, &c->scratch,
                           flow_visible(c, t->scope), c->now, &note, &c->work);
        if (!str_is_none(expression_problem(n->script_x)) &&
            v->kind == VALUE_NULL && note.n) {
            flow_trouble(c, id, "算式读不懂：%.*s", STR_ARG(note));
            return false;
        }
    }
    flow_set_result(c, n, t->scope, v);
    struct flow_event *e = flow_tell(c, FLOW_SCRIPT_RAN, t->node);
    e->token = id;
    e->scope = t->scope;
    e->value = flow_value_copied(c->out->arena, v);
    if (v->kind == VALUE_NULL && note.n)
        flow_note(c, e->node, "算式没有结果", note);
    return true;
}

static void run_script(struct flow_case *c, uint32_t id)
{
    struct arena kept = flow_temp_begin(c);
    bool done = evaluate(c, id);
    flow_temp_end(c, kept);
    if (done)
        flow_leave(c, id);
}

static void run_rule(struct flow_case *c, uint32_t id)
{
    const struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    if (n->decision.n == 0) {
        /* A drawing that names no decision yet passes, as a service does. */
        if (n->script_x)
            run_script(c, id);
        else
            flow_leave(c, id);
        return;
    }
    str decision = expression_wrapped(n->decision)
                       ? flow_text_of(c, t->scope, n->decision,
                                 expression_new(&c->scratch, n->decision, NULL))
                       : n->decision;
    str note = str_none;
    struct value *v = c->decide ? c->decide(c->decide_context, decision,
                                            flow_visible(c, t->scope), c->now,
                                            &c->scratch, &note)
                                : NULL;
    if (v == NULL) {
        flow_trouble(c, id, "决策“%.*s”没有得出结果：%.*s", STR_ARG(decision),
                     STR_ARG(note.n ? note : STR("没有这个决策表")));
        return;
    }
    flow_set_result(c, n, t->scope, v);
    flow_leave(c, id);
}

static void call(struct flow_case *c, uint32_t id)
{
    const struct bpmn_node *n = flow_node_of(c, flow_token_of(c, id)->node);
    if (n->called >= 0)
        flow_open_scope(c, id, FLOW_CALLED);
    else if (c->services_wait || c->calls_wait)
        flow_call_out(c, id);
    else
        flow_trouble(c, id, "要调用的流程“%.*s”不在文件中，请检查编号。",
                     STR_ARG(n->called_element));
}

static void send_and_leave(struct flow_case *c, uint32_t id)
{
    const struct bpmn_node *n = flow_node_of(c, flow_token_of(c, id)->node);
    flow_send_message(c, id, &n->events[0]);
    flow_leave(c, id);
}

static void service(struct flow_case *c, uint32_t id)
{
    if (!c->services_wait) {
        flow_leave(c, id);
        return;
    }
    flow_task_begin(c, id);
}

static void perform_activity(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    if (n->input_count && n->kind != BPMN_SUB && n->kind != BPMN_CALL)
        flow_map_inputs(c, n, t->scope, t->scope);
    switch (n->kind) {
    case BPMN_USER: flow_task_begin(c, id); break;
    case BPMN_SERVICE: service(c, id); break;
    case BPMN_SCRIPT: run_script(c, id); break;
    case BPMN_RULE: run_rule(c, id); break;
    case BPMN_SEND: send_and_leave(c, id); break;
    case BPMN_RECEIVE: flow_wait_for_events(c, id, t->node); break;
    case BPMN_SUB: flow_open_scope(c, id, FLOW_SUB); break;
    case BPMN_CALL: call(c, id); break;
    case BPMN_TASK:
    case BPMN_MANUAL: flow_leave(c, id); break;
    default:
        flow_trouble(c, id, "“%.*s”这类元素不能执行，请修改流程。",
                     STR_ARG(n->id));
    }
}

/* An end: its events, then the token is gone. */
static void finish(struct flow_case *c, uint32_t id)
{
    const struct bpmn_node *n = flow_node_of(c, flow_token_of(c, id)->node);
    flow_tell_token(c, FLOW_LEFT, flow_token_of(c, id));
    for (int i = 0; i < n->event_count; i++)
        if (n->events[i].trigger == BPMN_TERMINATE) {
            uint32_t scope = flow_token_of(c, id)->scope;
            flow_token_of(c, id)->phase = FLOW_DEAD;
            flow_scope_of(c, scope)->live--;
            flow_cancel_inside(c, scope);
            flow_scope_complete(c, scope);
            return;
        }
    if (flow_throw_events(c, id))
        flow_token_end(c, id);
}

void flow_perform(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    switch (n->kind) {
    case BPMN_START:
    case BPMN_BOUNDARY:
    case BPMN_AND: flow_leave(c, id); break;
    case BPMN_END: finish(c, id); break;
    case BPMN_XOR: flow_choose(c, id); break;
    case BPMN_OR: flow_choose_many(c, id); break;
    case BPMN_EVENTS:
        t->phase = FLOW_AT_EVENT;
        for (int i = 0; i < n->outs; i++)
            flow_wait_for_events(c, id, c->g->edges[n->out[i]].target);
        break;
    case BPMN_CATCH:
        if (n->event_count && n->events[0].trigger == BPMN_LINK)
            flow_leave(c, id);
        else
            flow_wait_for_events(c, id, t->node);
        break;
    case BPMN_THROW:
        /* Left before it is heard: what follows is somebody else's. */
        flow_tell_token(c, FLOW_LEFT, t);
        if (flow_throw_events(c, id))
            depart(c, id);
        break;
    default: perform_activity(c, id);
    }
}

/* ---- leaving ---- */

void flow_token_end(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    uint32_t scope = t->scope;
    t->phase = FLOW_DEAD;
    struct flow_scope *s = flow_scope_of(c, scope);
    if (--s->live == 0)
        flow_scope_complete(c, scope);
}

/* The token takes the first edge, new tokens the others. */
void flow_follow(struct flow_case *c, uint32_t id, const int *edges, int n)
{
    if (n == 0) {
        flow_token_end(c, id);
        return;
    }
    struct flow_token first = *flow_token_of(c, id);
    if (c->token_count + n > 4 * FLOW_INSTANCES) {
        flow_trouble(c, id, "一件中同时进行的步骤超过 %d 个，请检查流程。",
                     4 * FLOW_INSTANCES);
        return;
    }
    for (int i = 0; i < n; i++) {
        const struct bpmn_edge *e = &c->g->edges[edges[i]];
        struct flow_token *t = i ? flow_token_add(c, e->target, first.scope)
                                 : flow_token_of(c, id);
        t->node = e->target < 0 ? first.node : e->target;
        t->arrived = edges[i];
        t->visit = first.visit;
        uint32_t next = t->id;
        flow_enqueue(c, next);
        if (e->target < 0)
            flow_trouble(c, next, "连线“%.*s”没有终点。", STR_ARG(e->id));
    }
}

/* Which flows an activity or event takes: all without a condition, those whose
 * condition holds, else the default. */
static void follow_all(struct flow_case *c, uint32_t id)
{
    const struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    int *taken = ARENA_NEW_N(&c->scratch, int, n->outs + 1), count = 0;
    bool conditional = false;
    if (n->link >= 0) {
        struct flow_token *moved = flow_token_of(c, id);
        moved->node = n->link;
        moved->arrived = -1;
        flow_enqueue(c, id);
        return;
    }
    for (int i = 0; i < n->outs; i++) {
        const struct bpmn_edge *e = &c->g->edges[n->out[i]];
        bool asked = e->when && n->kind != BPMN_AND;
        conditional |= asked;
        if (n->out[i] == n->fallback && n->kind != BPMN_AND)
            continue;
        if (!asked || flow_holds(c, e->when, t->scope, NULL))
            taken[count++] = n->out[i];
    }
    if (count == 0 && n->fallback >= 0)
        taken[count++] = n->fallback;
    if (count == 0 && conditional)
        flow_trouble(c, id, "“%.*s”之后没有条件成立的出线，也没有默认出线。",
                     STR_ARG(n->name.n ? n->name : n->id));
    else
        flow_follow(c, id, taken, count);
}

/* Home, or on along the flows. */
static void depart(struct flow_case *c, uint32_t id)
{
    if (flow_token_of(c, id)->home)
        flow_go_home(c, id);
    else
        follow_all(c, id);
}

void flow_leave(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    /* Who comes straight through has waited for nothing. */
    if (t->phase != FLOW_READY) {
        flow_drop_subs(c, id, 0);
        flow_tasks_drop(c, id);
    }
    t->child = 0;
    if (!(n->loop && !t->inner))
        flow_tell_token(c, FLOW_LEFT, t);
    if (n->output_count && n->kind != BPMN_SUB && n->kind != BPMN_CALL &&
        bpmn_is_activity(n->kind) && (t->inner || n->loop == NULL))
        flow_map_outputs(c, n, t->scope, t->scope);
    if (t->inner)
        flow_instance_done(c, id);
    else
        depart(c, id);
}
