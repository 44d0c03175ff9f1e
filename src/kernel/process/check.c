/*
 * Is what is stored what the commands made?
 *
 * For every running case the rows beside the state are compared with what the
 * state says they must be; for a sample the state itself with the replay of its
 * commands, byte by byte.  Each case has memory of its own, given back before
 * the next.
 */
#include "kernel/process/inside.h"

typedef void bad_thing(void *context, const char *format, ...);

struct look {
    struct tx tx;         /* the caller's snapshot with memory of its own */
    struct process_view v;
    bad_thing *bad;
    void *context;
};

static bool same_row(const struct process_place *p,
                     const struct process_tasks_of *row,
                     const struct flow_task *t)
{
    return str_eq(p->node, row->node) && p->assignee == row->assignee &&
           p->owner == row->owner && str_is(row->state, p->state) &&
           row->opened == t->opened && str_eq(p->duty, row->duty);
}

/* The candidates' rows of one task, from *at on. */
static bool same_offers(const struct process_offers *o,
                        const struct process_candidates_of *row, size_t n,
                        size_t *at, int64_t task)
{
    int i = 0;
    bool same = true;
    for (; *at < n && row[*at].task == task; ++*at, i++)
        same = same && i < o->count &&
               row[*at].account == o->list[i].account &&
               str_eq(row[*at].duty, o->list[i].duty);
    return same && i == o->count;
}

static enum err check_tasks(struct look *l)
{
    struct process_tasks_of *row;
    struct process_candidates_of *candidate;
    size_t n, at = 0, m, next = 0;
    enum err e = process_tasks_of(&l->tx, l->v.id, &row, &n);
    if (e == OK)
        e = process_candidates_of(&l->tx, l->v.id, &candidate, &m);
    if (e != OK)
        return e;
    for (int i = 0; i < l->v.flow->task_count; i++) {
        const struct flow_task *t = &l->v.flow->tasks[i];
        if (t->dead || t->state == FLOW_TASK_COMPLETED ||
            process_is_call(l->v.flow, t))
            continue;
        struct process_place p = process_place_of(&l->v, t);
        struct process_offers offers = { .count = 0 };
        if (at < n)
            e = process_offered(&l->tx, &l->v, &p, row[at].made, &offers);
        if (e != OK)
            return e;
        if (at == n || row[at].task != t->id || !same_row(&p, &row[at], t) ||
            !same_offers(&offers, candidate, m, &next, t->id)) {
            l->bad(l->context, "事项 %.*s 的任务 %lld（%.*s）与状态不一致",
                   STR_ARG(l->v.number), (long long)t->id, STR_ARG(p.node));
            return OK;
        }
        at++;
    }
    if (at != n)
        l->bad(l->context, "事项 %.*s 多出 %zu 项任务", STR_ARG(l->v.number),
               n - at);
    return OK;
}

/* Each call that waits has the child it waits for, and there is no other. */
static enum err check_calls(struct look *l)
{
    struct process_children children = { .running = 0 };
    const struct flow_case *c = l->v.flow;
    enum err e = OK;
    int64_t waiting = 0;
    bool same = true, calls = process_calls(l->v.graph);
    for (int i = 0; calls && i < c->task_count && e == OK; i++) {
        struct process_child child = { .ended = inst_none };
        const struct flow_task *t = &c->tasks[i];
        bool stuck = false;
        for (int k = 0; k < c->trouble_count; k++)
            stuck |= c->troubles[k].token == t->token;
        if (stuck || !process_is_call(c, t))
            continue;
        e = process_child(&l->tx, l->v.id, t->id, &child);
        same &= e == OK && (inst_is_none(child.ended) || c->suspended);
        waiting += e == OK && inst_is_none(child.ended);
        e = e == ERR_NOTFOUND ? OK : e;
    }
    if (e == OK && calls)
        e = process_children(&l->tx, l->v.id, &children);
    if (e == OK && calls && (!same || children.running != waiting))
        l->bad(l->context, "事项 %.*s 等待的下级事项与状态不一致",
               STR_ARG(l->v.number));
    return e;
}

/* Nobody works for a caller that is over. */
static enum err check_caller(struct look *l)
{
    struct process_case_one parent = { .ended = inst_none };
    enum err e = l->v.parent ? process_case_one(&l->tx, l->v.parent, &parent)
                             : OK;
    if (e == ERR_NOTFOUND || (e == OK && !inst_is_none(parent.ended)))
        l->bad(l->context, "事项 %.*s 还在办，调用它的事项已经办结",
               STR_ARG(l->v.number));
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err check_waits(struct look *l)
{
    struct process_subs_of *row;
    struct process_wait *w;
    struct process_timer_one timer = { .due = inst_none };
    size_t n;
    int count = process_waits_of(l->v.flow, l->tx.arena, &w);
    enum err e = process_subs_of(&l->tx, l->v.id, &row, &n);
    bool same = e == OK && n == (size_t)count;
    for (int i = 0; i < count && same; i++)
        same = str_is(row[i].kind, w[i].kind) && str_eq(row[i].name, w[i].name);
    if (e == OK && !same)
        l->bad(l->context, "事项 %.*s 等待的消息与状态不一致",
               STR_ARG(l->v.number));
    if (e == OK)
        e = process_timer_one(&l->tx, l->v.id, &timer);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    if (timer.due.ms != process_timer_of(l->v.flow, l->v.state).ms)
        l->bad(l->context, "事项 %.*s 的定时与状态不一致",
               STR_ARG(l->v.number));
    return OK;
}

static enum err check_replay(struct look *l)
{
    struct process_replay r = { .tx = &l->tx, .def = l->v.def,
                                .began = l->v.began };
    struct process_fact *facts;
    struct buf now = { 0 }, again = { 0 };
    size_t n;
    enum err e = process_facts(&l->tx, l->v.id, &facts, &n);
    if (e == OK)
        e = process_replay(&r, facts, n);
    if (e == OK) {
        flow_save(l->v.flow, &now);
        flow_save(r.flow, &again);
    }
    if (e == ERR_INPUT || (e == OK && !str_eq(buf_str(&now), buf_str(&again))))
        l->bad(l->context, "事项 %.*s 的状态与重做的结果不一致",
               STR_ARG(l->v.number));
    process_replay_end(&r);
    buf_free(&now);
    buf_free(&again);
    return e == ERR_INPUT ? OK : e;
}

static enum err check_case(struct look *l, int64_t id, bool replay)
{
    enum err e = process_open(&l->tx, id, &l->v);
    if (e == ERR_INPUT) {
        l->bad(l->context, "事项（内部编号 %lld）的状态读不出来",
               (long long)id);
        return OK;
    }
    if (e != OK)
        return e;
    if (!str_eq(process_state(l->v.flow), l->v.state))
        l->bad(l->context, "事项 %.*s 记为 %.*s，状态是 %.*s",
               STR_ARG(l->v.number), STR_ARG(l->v.state),
               STR_ARG(process_state(l->v.flow)));
    e = check_tasks(l);
    if (e == OK)
        e = check_waits(l);
    if (e == OK)
        e = check_calls(l);
    if (e == OK)
        e = check_caller(l);
    if (e == OK && replay)
        e = check_replay(l);
    process_close(&l->v);
    return e;
}

static enum err page(struct tx *tx, struct look *l, int64_t *after, size_t *n,
                     int sample, int64_t *looked)
{
    struct process_running *row;
    struct arena own = arena_make(0);
    enum err e = process_running(tx, *after, &row, n);
    for (size_t i = 0; i < *n && e == OK; i++) {
        l->tx = *tx;
        l->tx.arena = &own;
        e = check_case(l, row[i].id, sample && *looked % sample == 0);
        tx->queries = l->tx.queries;
        arena_reset(&own);
        *after = row[i].id;
        ++*looked;
    }
    arena_free(&own);
    return e;
}

/* What the page of what runs says is what runs. */
static enum err check_counts(struct tx *tx, bad_thing *bad, void *context)
{
    struct process_counts *c;
    size_t n;
    enum err e = process_counts(tx, &c, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(context, "流程 %.*s 第 %lld 版的在办统计与重新清点相差 %lld 件",
            STR_ARG(c[i].key), (long long)c[i].version,
            (long long)c[i].running);
    return e;
}

enum err process_check(struct tx *tx, int sample, bad_thing *bad,
                       void *context, int64_t *looked)
{
    struct look l = { .bad = bad, .context = context };
    struct process_orphans *orphan;
    int64_t after = 0;
    size_t n = 1;
    *looked = 0;
    enum err e = OK;
    while (e == OK && n)
        e = page(tx, &l, &after, &n, sample, looked);
    if (e == OK)
        e = process_orphans(tx, &orphan, &n);
    for (size_t i = 0; i < n && e == OK; i++)
        bad(context, "事项（内部编号 %lld）已经办结，还有任务或者定时",
            (long long)orphan[i].id);
    return e == OK ? check_counts(tx, bad, context) : e;
}
