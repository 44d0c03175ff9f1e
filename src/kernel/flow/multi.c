/*
 * Multi-instance and standard loop: one scope for the whole, one for each
 * instance with its own item and number.  Finished instances keep their scope
 * until the whole is over, so that a signer may still withdraw.
 */
#include "kernel/flow/engine_impl.h"

static const struct bpmn_loop *loop_of(const struct flow_case *c,
                                       const struct flow_scope *m)
{
    return flow_node_of(c, m->node)->loop;
}

static void set_count(struct flow_case *c, uint32_t scope, str name,
                      int64_t n)
{
    flow_var_set_here(c, scope, name, value_int(&c->scratch, n));
}

void flow_multi_counts(struct flow_case *c, uint32_t multi)
{
    const struct flow_scope *m = flow_scope_of(c, multi);
    if (loop_of(c, m)->standard)
        return;
    int64_t total = (int64_t)m->total - m->removed, finished = m->finished;
    int64_t active = (int64_t)m->started - m->finished - m->removed;
    set_count(c, multi, STR("nrOfInstances"), total);
    set_count(c, multi, STR("nrOfActiveInstances"), active);
    set_count(c, multi, STR("nrOfCompletedInstances"), finished);
    /* The standard's own names, only where somebody asks by them. */
    if (str_find(loop_of(c, m)->condition, STR("numberOf")) < 0)
        return;
    set_count(c, multi, STR("numberOfInstances"), total);
    set_count(c, multi, STR("numberOfActiveInstances"), active);
    set_count(c, multi, STR("numberOfCompletedInstances"), finished);
    set_count(c, multi, STR("numberOfTerminatedInstances"), 0);
}

static void start_instance(struct flow_case *c, uint32_t multi)
{
    struct flow_scope *m = flow_scope_of(c, multi);
    const struct bpmn_loop *loop = loop_of(c, m);
    uint32_t index = m->started++;
    int node = m->node, process = m->process;
    const struct value *item = m->items ? value_at(m->items, index) : NULL;
    uint32_t id = flow_scope_add(c, FLOW_INSTANCE, node, process, multi,
                                 m->owner)->id;
    flow_scope_of(c, id)->index = index;
    set_count(c, id, STR("loopCounter"),
              (int64_t)index + (loop->count_from_one ? 1 : 0));
    if (loop->element.n && item)
        flow_var_set_here(c, id, loop->element, item);
    struct flow_token *t = flow_token_add(c, node, id);
    t->inner = true;
    flow_enqueue(c, t->id);
}

static void over(struct flow_case *c, uint32_t multi)
{
    const struct flow_scope *m = flow_scope_of(c, multi);
    uint32_t owner = m->owner;
    struct value *results = m->results;
    const struct bpmn_loop *loop = loop_of(c, m);
    flow_cancel_inside(c, multi);
    flow_scope_of(c, multi)->dead = true;
    struct flow_token *t = flow_token_of(c, owner);
    if (results && loop->output.n)
        flow_var_set(c, t->scope, loop->output, results);
    flow_leave(c, owner);
}

static bool condition_holds(struct flow_case *c, uint32_t scope)
{
    const struct bpmn_loop *loop =
        flow_node_of(c, flow_scope_of(c, scope)->node)->loop;
    str note = str_none;
    if (loop->condition_x == NULL)
        return false;
    bool holds = flow_holds(c, loop->condition_x, scope, &note);
    if (!holds && note.n)
        flow_note(c, flow_scope_of(c, scope)->node,
                  "完成条件没有结果，按不成立处理", note);
    return holds;
}

/* Only the last finished instance can be opened again.  The one before it is
 * among the youngest scopes, and all before that one are forgotten already. */
static void forget_last_but_one(struct flow_case *c, uint32_t multi,
                                uint32_t started)
{
    for (int i = c->scope_count - 1; i >= 0; i--) {
        struct flow_scope *s = &c->scopes[i];
        if (s->parent != multi || s->kind != FLOW_INSTANCE ||
            s->index + 1 >= started)
            continue;
        if (s->dead)
            return;
        s->dead |= s->done;
    }
}

/* Whether the rule is met, and if not, who comes next. */
static void check_after(struct flow_case *c, uint32_t multi, uint32_t instance)
{
    const struct flow_scope *m = flow_scope_of(c, multi);
    const struct bpmn_loop *loop = loop_of(c, m);
    bool holds = condition_holds(c, instance ? instance : multi);
    bool again = loop->standard ? holds || loop->condition.n == 0 : !holds;
    if (!again || m->finished + m->removed >= m->total) {
        over(c, multi);
        return;
    }
    if (!loop->sequential || m->started != m->finished + m->removed)
        return;
    forget_last_but_one(c, multi, m->started);
    start_instance(c, multi);
    flow_multi_counts(c, multi);
}

void flow_multi_check(struct flow_case *c, uint32_t multi)
{
    check_after(c, multi, 0);
}

static void keep_result(struct flow_case *c, uint32_t multi, uint32_t instance)
{
    struct flow_scope *m = flow_scope_of(c, multi);
    const struct bpmn_loop *loop = loop_of(c, m);
    if (loop->output.n == 0 || loop->output_x == NULL)
        return;
    uint32_t index = flow_scope_of(c, instance)->index;
    struct value *v = flow_value_copied(
        c->arena, expression_run(loop->output_x, &c->scratch,
                                 flow_visible(c, instance), c->now, NULL,
                                 &c->work));
    m = flow_scope_of(c, multi);
    if (m->results == NULL)
        m->results = value_new(c->arena, VALUE_LIST);
    while (m->results->count <= index)
        value_push(m->results, value_new(c->arena, VALUE_NULL));
    struct value *at = (struct value *)value_at(m->results, index);
    v->next = at->next;
    v->key = at->key;
    *at = *v;
}

void flow_instance_done(struct flow_case *c, uint32_t token)
{
    struct flow_token *t = flow_token_of(c, token);
    uint32_t instance = t->scope;
    struct flow_scope *s = flow_scope_of(c, instance);
    uint32_t multi = s->parent;
    const struct flow_visit *mine = flow_visit_of(c, t->visit);
    struct flow_visit *whole =
        flow_visit_of(c, flow_token_of(c, s->owner)->visit);
    if (mine && whole && flow_has_effect(c, mine))
        whole->touched = true;
    t->phase = FLOW_DEAD;
    s->live--;
    s->done = true;
    keep_result(c, multi, instance);
    flow_scope_of(c, multi)->finished++;
    flow_multi_counts(c, multi);
    check_after(c, multi, instance);
}

/* ---- beginning ---- */

/* How many; false after an incident. */
static bool count_instances(struct flow_case *c, uint32_t token,
                            struct value **items, int64_t *total)
{
    const struct flow_token *t = flow_token_of(c, token);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    const struct bpmn_loop *loop = n->loop;
    const struct value *vars = flow_visible(c, t->scope);
    str note = str_none;
    *items = NULL;
    if (loop->standard) {
        *total = loop->maximum > 0 ? loop->maximum : UINT32_MAX;
        return true;
    }
    if (loop->collection_x) {
        struct value *v = expression_run(loop->collection_x, &c->scratch, vars,
                                         c->now, &note,
                                         &c->work);
        if (v->kind != VALUE_LIST) {
            flow_trouble(c, token, "多实例的集合“%.*s”不是列表%s%.*s",
                         STR_ARG(loop->collection), note.n ? "：" : "。",
                         STR_ARG(note));
            return false;
        }
        *items = v;
        *total = v->count;
    } else if (loop->cardinality_x) {
        const struct value *v = expression_run(loop->cardinality_x,
                                               &c->scratch, vars, c->now,
                                               &note, &c->work);
        if (v->kind != VALUE_INT || v->i < 0) {
            flow_trouble(c, token, "多实例的个数“%.*s”不是非负整数%s%.*s",
                         STR_ARG(loop->cardinality), note.n ? "：" : "。",
                         STR_ARG(note));
            return false;
        }
        *total = v->i;
    } else {
        flow_trouble(c, token,
                     "多实例没有写明按什么展开，请填写集合或实例个数。");
        return false;
    }
    if (*total > FLOW_INSTANCES) {
        flow_trouble(c, token,
                     "多实例要展开 %lld 个，超过上限 %d 个，请检查集合。",
                     (long long)*total, FLOW_INSTANCES);
        return false;
    }
    return true;
}

void flow_multi_begin(struct flow_case *c, uint32_t token)
{
    struct value *items;
    int64_t total;
    if (!count_instances(c, token, &items, &total))
        return;
    struct flow_token *t = flow_token_of(c, token);
    const struct bpmn_node *n = flow_node_of(c, t->node);
    int node = t->node, process = n->process;
    uint32_t outer = t->scope;
    t->phase = FLOW_IN_SCOPE;
    uint32_t id =
        flow_scope_add(c, FLOW_MULTI, node, process, outer, token)->id;
    flow_token_of(c, token)->child = id;
    struct flow_scope *m = flow_scope_of(c, id);
    m->total = (uint32_t)total;
    if (items)
        m->items = flow_value_copied(c->arena, items);
    bool never = n->loop->standard && n->loop->test_before &&
                 !condition_holds(c, id);
    if (total == 0 || never) {
        over(c, id);
        return;
    }
    uint32_t now = n->loop->sequential ? 1 : (uint32_t)total;
    for (uint32_t i = 0; i < now; i++)
        start_instance(c, id);
    flow_multi_counts(c, id);
}

/* ---- changing it while it runs ---- */

bool flow_multi_add(struct flow_case *c, uint32_t multi, str person)
{
    struct flow_scope *m = flow_scope_of(c, multi);
    if (loop_of(c, m)->standard || m->total >= FLOW_INSTANCES)
        return false;
    m->total++;
    if (m->items) {
        while (m->items->count + 1 < m->total)
            value_push(m->items, value_new(c->arena, VALUE_NULL));
        value_push(m->items, value_text(c->arena,
                                        arena_str(c->arena, person)));
    }
    if (!loop_of(c, m)->sequential)
        start_instance(c, multi);
    flow_multi_counts(c, multi);
    return true;
}

void flow_multi_remove(struct flow_case *c, uint32_t token)
{
    uint32_t instance = flow_token_of(c, token)->scope;
    uint32_t multi = flow_scope_of(c, instance)->parent;
    flow_cancel_token(c, token);
    flow_scope_of(c, instance)->dead = true;
    flow_scope_of(c, multi)->removed++;
    flow_multi_counts(c, multi);
    flow_multi_check(c, multi);
}

bool flow_multi_reopen(struct flow_case *c, uint32_t instance)
{
    struct flow_scope *s = flow_scope_of(c, instance);
    if (s == NULL || s->kind != FLOW_INSTANCE || !s->done)
        return false;
    struct flow_scope *m = flow_scope_of(c, s->parent);
    if (loop_of(c, m)->sequential && s->index + 1 != m->started)
        return false;
    s->done = false;
    m->finished--;
    struct flow_visit *whole =
        flow_visit_of(c, flow_token_of(c, m->owner)->visit);
    if (whole)
        whole->touched = m->finished > 0;
    struct flow_token *t = flow_token_add(c, s->node, instance);
    t->inner = true;
    flow_multi_counts(c, s->parent);
    flow_enqueue(c, t->id);
    return true;
}
