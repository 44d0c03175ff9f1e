/*
 * Messages, signals, work outside: from one case to another and out.
 *
 * What leaves a case is a signal of the outbox, so that no case waits for
 * another and each delivery is a command of its own.
 */
#include "kernel/process/inside.h"
#include "kernel/notify/notify.h"

#include "kernel/job/job.h"

static enum err deliver(struct tx *tx, int64_t id, bool signal, str name,
                        const struct value *data)
{
    struct process_do d = {
        .id = id, .command = { .verb = signal ? FLOW_SIGNAL : FLOW_MESSAGE,
                               .name = name, .data = data },
    };
    struct process_answer out;
    return process_do(tx, &d, &out);
}

enum err process_message(struct tx *tx, str name, str number,
                         const struct value *data)
{
    struct process_sub_waiting *w;
    int64_t id;
    size_t n;
    enum err e;
    if (number.n) {
        e = process_find(tx, number, &id);
        return e == OK ? deliver(tx, id, false, name, data) : e;
    }
    e = process_sub_waiting(tx, STR("message"), name, 0, &w, &n);
    if (e != OK || n == 0)
        return e == OK ? ERR_NOTFOUND : e;
    return deliver(tx, w[0].case_id, false, name, data);
}

static struct value *copied(struct arena *a, const struct value *data)
{
    struct value *copy = value_new(a, VALUE_OBJECT);
    if (data)
        *copy = *data;
    copy->next = NULL;
    return copy;
}

enum err process_signal(struct tx *tx, str name, const struct value *data)
{
    struct value *payload = value_new(tx->arena, VALUE_OBJECT);
    value_add(payload, STR("name"), value_text(tx->arena, name));
    value_add(payload, STR("data"), copied(tx->arena, data));
    return flow_signal(tx, "process.signal", STR(""), payload);
}

/* ---- heard ---- */

/* Nobody waits any more, or the case has moved on: that is no failure. */
static enum err heard(enum err e)
{
    return e == ERR_NOTFOUND || e == ERR_CONFLICT ? OK : e;
}

enum err process_heard_message(struct tx *tx, str ref, const struct value *p)
{
    (void)ref;
    return heard(process_message(tx, value_get_text(p, STR("name")), str_none,
                                 value_get(p, STR("data"))));
}

/* A delivery for each who waits, two hundred at a time. */
enum err process_heard_signal(struct tx *tx, str ref, const struct value *p)
{
    struct process_sub_waiting *w;
    struct arena *a = tx->arena;
    str name = value_get_text(p, STR("name"));
    size_t n;
    enum err e = process_sub_waiting(tx, STR("signal"), name,
                                     value_get_int(p, STR("after"), 0), &w,
                                     &n);
    for (size_t i = 0; i < n && e == OK; i++) {
        struct value *one = value_new(a, VALUE_OBJECT);
        value_add(one, STR("case"), value_int(a, w[i].case_id));
        value_add(one, STR("name"), value_text(a, name));
        value_add(one, STR("data"), copied(a, value_get(p, STR("data"))));
        e = flow_signal(tx, "process.deliver", ref, one);
    }
    if (e != OK || n < 200)
        return e;
    struct value *rest = value_new(a, VALUE_OBJECT);
    value_add(rest, STR("name"), value_text(a, name));
    value_add(rest, STR("after"), value_int(a, w[n - 1].case_id));
    value_add(rest, STR("data"), copied(a, value_get(p, STR("data"))));
    return flow_signal(tx, "process.signal", ref, rest);
}

enum err process_heard_deliver(struct tx *tx, str ref, const struct value *p)
{
    (void)ref;
    return heard(deliver(tx, value_get_int(p, STR("case"), 0), true,
                         value_get_text(p, STR("name")),
                         value_get(p, STR("data"))));
}

/* ---- service tasks ---- */

static const struct process_worker *workers;

void process_workers(const struct process_worker *list)
{
    workers = list;
}

/* A letter to the applicant, or where there is none to who began it. */
static enum err notify(struct tx *tx, const struct process_view *v,
                       int64_t task, struct value **out)
{
    struct process_starter s = { .actor = v->applicant };
    const struct flow_task *t = flow_task(v->flow, task);
    const struct bpmn_node *n = &process_bpmn(v->graph)->nodes[t->node];
    str name = n->name.n ? n->name : n->id;
    enum err e = v->applicant ? OK : process_starter(tx, v->id, &s);
    if (e != OK || s.actor == 0)
        return e; /* begun by the platform itself: nobody waits for it */
    *out = NULL;
    struct notify_letter l = {
        .account = s.actor, .about = STR("process"), .ref = v->number,
        .title = arena_printf(tx->arena, "%.*s：%.*s", STR_ARG(v->title),
                              STR_ARG(name)),
        .body = arena_printf(tx->arena, "编号 %.*s 的“%.*s”办到了“%.*s”。",
                             STR_ARG(v->number), STR_ARG(v->title),
                             STR_ARG(name)),
        .link = str_none,
    };
    return notify_send(tx, &l);
}

/* What needs nothing outside: zt:work of a service task. */
static const struct process_worker builtin[] = {
    { "notify", notify },
    { 0 }
};

static const struct process_worker *worker_of(struct arena *a, str key,
                                              const struct bpmn_node *node)
{
    str both = arena_printf(a, "%.*s/%.*s", STR_ARG(key), STR_ARG(node->id));
    for (const struct process_worker *w = workers; w && w->task; w++)
        if (str_is(both, w->task) || str_is(node->id, w->task) ||
            str_is(node->work, w->task))
            return w;
    for (const struct process_worker *w = builtin; w->task; w++)
        if (str_is(node->work, w->task))
            return w;
    return NULL;
}

static enum err stuck(struct tx *tx, int64_t id, int64_t task, str reason)
{
    struct process_do d = { .id = id, .command = { .verb = FLOW_STUCK,
                                                   .task = task,
                                                   .reason = reason } };
    struct process_answer out;
    return heard(process_do(tx, &d, &out));
}

/* The node of a task that is still to be done, or NULL. */
static const struct bpmn_node *task_node(const struct process_view *v,
                                         int64_t task)
{
    const struct flow_task *t = flow_task(v->flow, task);
    return t && t->work && !process_is_over(v->state)
               ? &process_bpmn(v->graph)->nodes[t->node]
               : NULL;
}

static enum err work(struct tx *tx, const struct process_view *v, int64_t task)
{
    struct process_def_text def;
    struct value *data = NULL;
    const struct bpmn_node *node = task_node(v, task);
    if (node == NULL)
        return OK; /* done, taken back or cancelled meanwhile */
    enum err e = process_def_text(tx, v->def, &def);
    if (e != OK)
        return e;
    const struct process_worker *w = worker_of(tx->arena, def.key, node);
    if (w == NULL)
        return stuck(tx, v->id, task, STR("这一步没有配置外部调用，可以人工"
                                          "完成后继续。"));
    e = w->work(tx, v, task, &data);
    struct process_do d = { .id = v->id, .command = { .verb = FLOW_COMPLETE,
                                                      .task = task,
                                                      .data = data } };
    struct process_answer out;
    return e == OK ? process_do(tx, &d, &out) : e;
}

enum err process_heard_work(struct tx *tx, str ref, const struct value *p)
{
    struct process_view v;
    (void)ref;
    enum err e = process_open(tx, value_get_int(p, STR("case"), 0), &v);
    if (e != OK)
        return heard(e);
    e = work(tx, &v, value_get_int(p, STR("task"), 0));
    process_close(&v);
    return e;
}

/* The outbox has given up: a person must see to it. */
enum err process_heard_lost(struct tx *tx, str ref, const struct value *p)
{
    (void)ref;
    return stuck(tx, value_get_int(p, STR("case"), 0),
                 value_get_int(p, STR("task"), 0),
                 STR("外部调用多次失败，请重试或者人工完成。"));
}
