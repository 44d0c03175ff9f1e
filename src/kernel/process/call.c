/*
 * Cases that call cases: the child begins, its end comes back, and what is
 * cancelled above is cancelled below.
 *
 * All of it happens in the transaction of the command that caused it, after
 * that command's own rows are written: whoever reads a case here reads what is
 * true.  A child's end is a command of its caller like any other, so that the
 * caller's history alone makes its state again and knows nothing of children.
 */
#include "kernel/process/inside.h"

static const struct process_owner *const *owners;

void process_owners(const struct process_owner *const *list)
{
    owners = list;
}

static const struct process_owner *owner_of(str module)
{
    for (const struct process_owner *const *o = owners; o && *o; o++)
        if (str_is(module, (*o)->module))
            return *o;
    return NULL;
}

bool process_calls(const struct process_graph *g)
{
    const struct bpmn *b = process_bpmn(g);
    for (int i = 0; i < b->node_count; i++)
        if (bpmn_calls_out(&b->nodes[i]))
            return true;
    return false;
}

bool process_is_call(const struct flow_case *c, const struct flow_task *t)
{
    return bpmn_calls_out(&c->g->nodes[t->node]);
}

/* ---- which process ---- */

static enum err in_force(struct tx *tx, str key, inst at, int64_t *def)
{
    struct process_def_live live;
    struct process_def_at then;
    enum err e = inst_is_none(at)
                     ? process_def_live(tx, STR("process"), key, &live)
                     : process_def_at(tx, STR("process"), key, at, &then);
    if (e == OK)
        *def = inst_is_none(at) ? live.id : then.id;
    return e;
}

/* What is in force now, or was when the caller's version came into force. */
static enum err callee_of(struct process_work *w, const struct bpmn_node *n,
                          str key, int64_t *def)
{
    struct process_def_since since = { .deployed = inst_none };
    enum err e = str_is(n->binding, "deployment")
                     ? process_def_since(w->tx, w->v.def, &since)
                     : OK;
    return e == OK ? in_force(w->tx, key, since.deployed, def) : e;
}

enum err process_callee_missing(struct tx *tx, const struct bpmn *g, str own,
                                struct process_missing *out)
{
    enum err e = OK;
    *out = (struct process_missing){ str_none, str_none };
    for (int i = 0; i < g->node_count && e == OK; i++) {
        const struct bpmn_node *n = &g->nodes[i];
        int64_t def;
        if (!bpmn_calls_out(n) || n->called_x ||
            str_eq(n->called_element, own))
            continue;
        e = in_force(tx, n->called_element, inst_none, &def);
        if (e == ERR_NOTFOUND) {
            *out = (struct process_missing){ n->id, n->called_element };
            return OK;
        }
    }
    return e;
}

static bool calls_key(const struct bpmn *g, str key)
{
    bool owned = g->process_count && g->processes[0].owner.n > 0;
    for (int i = 0; i < g->node_count; i++) {
        const struct bpmn_node *n = &g->nodes[i];
        if (bpmn_calls_out(n) && (n->called_x ? !owned
                                              : str_eq(n->called_element, key)))
            return true;
    }
    return false;
}

enum err process_is_called(struct tx *tx, str key, bool *called)
{
    struct process_def_all *d;
    size_t n;
    enum err e = process_def_all(tx, &d, &n);
    *called = false;
    for (size_t i = 0; e == OK && i < n && !*called; i++) {
        const struct process_graph *g;
        e = process_graph(tx, d[i].id, &g);
        if (e != OK)
            break;
        *called = calls_key(process_bpmn(g), key);
        process_let_go(g);
    }
    return e;
}

/* ---- a child begins ---- */

static enum err stuck(struct process_work *w, int64_t task, str reason)
{
    struct process_answer out;
    struct process_do d = { .id = w->v.id, .noted = true,
                            .command = { .verb = FLOW_STUCK, .task = task,
                                         .reason = reason } };
    return process_do(w->tx, &d, &out);
}

static enum err too_deep(struct process_work *w, bool *deep)
{
    int64_t id = w->v.parent;
    enum err e = OK;
    int depth = 1;
    while (id && e == OK && depth <= PROCESS_DEPTH) {
        struct process_caller c;
        e = process_caller(w->tx, id, &c);
        id = e == OK && c.parent != INT_NONE ? c.parent : 0;
        depth++;
    }
    *deep = depth > PROCESS_DEPTH;
    return e == ERR_NOTFOUND ? OK : e; /* it is in the archive */
}

static enum err refused(struct process_work *w,
                        const struct flow_event *event, str problem,
                        bool *moved)
{
    *moved = true;
    if (problem.n == 0)
        problem = arena_printf(w->tx->arena, "要调用的流程“%.*s”没有生效的版"
                               "本，请部署后重试。", STR_ARG(event->text));
    return stuck(w, event->task, problem);
}

/* *moved: the caller is not any more what w says. */
static enum err begin_child(struct process_work *w,
                            const struct flow_event *event,
                            const void *context, bool *moved)
{
    struct tx *tx = w->tx;
    const struct process_owner *owner = owner_of(w->v.module);
    struct process_answer answer;
    struct process_call call = { .parent = &w->v, .task = event->task,
                                 .key = event->text, .data = event->value,
                                 .context = context };
    struct process_start s = {
        .number = arena_printf(tx->arena, "%.*s-%lld", STR_ARG(w->v.number),
                               (long long)event->task),
        .module = w->v.module, .title = w->v.title, .unit = w->v.unit,
        .applicant = w->v.applicant, .data = event->value,
        .due = w->v.due.n == PROCESS_NO_DUE.n ? day_none : w->v.due,
        .parent = w->v.id, .parent_task = event->task, .problem = STR(""),
    };
    enum err e = OK;
    if (owner == NULL || !owner->chooses) {
        e = callee_of(w, &process_bpmn(w->v.graph)->nodes[event->node],
                      event->text, &s.def);
        struct process_def_title called;
        if (e == OK)
            e = process_def_title(tx, s.def, &called);
        if (e == OK)
            s.title = called.title;
    }
    if (e == OK && owner && owner->calls)
        e = owner->calls(tx, &call, &s);
    if (e == ERR_NOTFOUND)
        return refused(w, event, s.problem, moved);
    if (e == OK)
        e = process_start(tx, &s, &answer);
    *moved |= e == OK && process_is_over(answer.state);
    return e;
}

/* Has somebody, meanwhile, made this call needless? */
static enum err still_wanted(struct process_work *w, int64_t task, bool *yes)
{
    struct process_view v;
    enum err e = process_open(w->tx, w->v.id, &v);
    if (e != OK)
        return e;
    *yes = !process_is_over(v.state) && flow_task(v.flow, task);
    process_close(&v);
    return OK;
}

static enum err begin_children(struct process_work *w, str by_hand,
                               const void *context, bool *moved)
{
    const struct bpmn *g = process_bpmn(w->v.graph);
    enum err e = OK;
    int begun = 0;
    bool deep = false;
    for (int i = 0; i < w->events.count && e == OK; i++) {
        const struct flow_event *event = &w->events.list[i];
        bool wanted = true;
        if (event->type != FLOW_CALLS ||
            (by_hand.n && str_eq(g->nodes[event->node].id, by_hand)))
            continue;
        if (begun++ == 0)
            e = too_deep(w, &deep);
        if (e == OK && (*moved || !flow_task(w->v.flow, event->task)))
            e = still_wanted(w, event->task, &wanted);
        if (e != OK || !wanted)
            continue;
        if (!deep && begun <= PROCESS_CALLS) {
            e = begin_child(w, event, context, moved);
            continue;
        }
        *moved = true;
        e = stuck(w, event->task,
                  deep ? STR("流程互相调用超过十六层，请检查流程。")
                       : STR("一次办理要调用的流程超过二百个，请检查集合。"));
    }
    return e;
}

/* ---- it is cancelled with the call ---- */

static enum err cancel_child(struct process_work *w, int64_t task)
{
    struct process_child child;
    struct process_answer out;
    enum err e = process_child(w->tx, w->v.id, task, &child);
    if (e != OK || !inst_is_none(child.ended))
        return e == ERR_NOTFOUND ? OK : e;
    struct process_do d = { .id = child.id, .noted = true, .hold = true,
                            .command = { .verb = FLOW_CANCEL } };
    return process_do(w->tx, &d, &out);
}

static enum err cancel_children(struct process_work *w)
{
    enum err e = OK;
    for (int i = 0; i < w->before_count && e == OK; i++)
        if (process_is_call(w->v.flow, &w->before[i]) &&
            flow_task(w->v.flow, w->before[i].id) == NULL)
            e = cancel_child(w, w->before[i].id);
    return e;
}

/* ---- its end comes back ---- */

static struct value *variables_of(struct arena *a,
                                  const struct process_view *v)
{
    struct value *all = value_new(a, VALUE_OBJECT);
    for (int i = 0; i < v->flow->scope_count; i++) {
        const struct flow_scope *s = &v->flow->scopes[i];
        for (const struct value *m = s->kind == FLOW_ROOT && s->vars
                                         ? s->vars->first : NULL;
             m; m = m->next) {
            struct value *copy = value_new(a, m->kind);
            *copy = *m;
            copy->next = NULL;
            if (!str_is(m->key, "outcome") && !value_get(all, m->key))
                value_add(all, m->key, copy);
        }
    }
    value_add(all, STR("outcome"), value_text(a, v->state));
    return all;
}

static enum err come_back(struct tx *tx, const struct process_view *v)
{
    const struct process_owner *owner = owner_of(v->module);
    struct value *data = variables_of(tx->arena, v);
    struct process_answer out;
    struct process_do d = { .id = v->parent, .noted = true,
                            .command = { .verb = FLOW_COMPLETE,
                                         .task = v->parent_task } };
    enum err e = owner && owner->returns ? owner->returns(tx, v, data) : OK;
    if (e != OK)
        return e;
    d.command.data = data;
    if (str_is(v->state, "failed")) {
        str code = value_get_text(data, STR("error"));
        d.command.verb = FLOW_FAIL;
        d.command.name = str_is_none(code) ? STR("") : code;
        d.command.data = NULL;
    }
    e = process_do(tx, &d, &out);
    /* Over, moved on, or held: then it is asked for when it goes on. */
    return e == ERR_NOTFOUND || e == ERR_CONFLICT ? OK : e;
}

enum err process_return(struct tx *tx, int64_t id)
{
    struct process_view v = { .id = id };
    enum err e = process_open(tx, id, &v);
    if (e == OK && v.parent && process_is_over(v.state))
        e = come_back(tx, &v);
    process_close(&v);
    return e;
}

/* What ended while the caller was held. */
static enum err catch_up(struct process_work *w, bool *moved)
{
    enum err e = OK;
    for (int i = 0; i < w->v.flow->task_count && e == OK; i++) {
        const struct flow_task *t = &w->v.flow->tasks[i];
        struct process_child child;
        if (!process_is_call(w->v.flow, t))
            continue;
        e = process_child(w->tx, w->v.id, t->id, &child);
        if (e == ERR_NOTFOUND || (e == OK && inst_is_none(child.ended))) {
            e = OK;
            continue;
        }
        *moved = true;
        if (e == OK)
            e = process_return(w->tx, child.id);
    }
    return e;
}

/* ---- after a command ---- */

static enum err is_over(struct process_work *w, bool hold)
{
    const struct process_owner *owner = owner_of(w->v.module);
    enum err e = owner && owner->ended ? owner->ended(w->tx, &w->v) : OK;
    return e == OK && w->v.parent && !hold ? come_back(w->tx, &w->v) : e;
}

/* What the case is after what its children have done to it. */
static enum err look_again(struct process_work *w, struct process_answer *out)
{
    struct process_case_one row;
    enum err e = process_case_one(w->tx, w->v.id, &row);
    if (e == OK) {
        out->revision = row.revision;
        out->state = row.state;
    }
    return e;
}

enum err process_family(struct process_work *w, const struct process_do *d,
                        const void *context, struct process_answer *out)
{
    bool moved = false;
    enum err e = OK;
    if (process_calls(w->v.graph)) {
        e = cancel_children(w);
        if (e == OK)
            e = begin_children(w, d->by_hand, context, &moved);
        if (e == OK && d->command.verb == FLOW_RESUME)
            e = catch_up(w, &moved);
    }
    if (e == OK && process_is_over(w->v.state))
        e = is_over(w, d->hold);
    return e == OK && moved ? look_again(w, out) : e;
}
