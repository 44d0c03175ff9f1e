/*
 * One command on a stored case, in the caller's transaction.
 *
 * Load, let the engine do it, write what changed, tell it.  The revision in the
 * UPDATE is the lock; the key's row is what makes the same command twice the
 * same as once.
 */
#include "kernel/process/inside.h"

#include "kernel/audit/audit.h"

#include <sodium.h>
#include <string.h>

static enum err say(struct process_answer *out, enum err e, str sentence)
{
    out->problem = sentence;
    return e;
}

/* ---- the same command again ---- */

static int64_t digest_of(str key)
{
    unsigned char sum[crypto_hash_sha256_BYTES];
    uint64_t n = 0;
    crypto_hash_sha256(sum, (const unsigned char *)key.p, key.n);
    for (int i = 0; i < 8; i++)
        n = n << 8 | sum[i];
    return (int64_t)(n >> 1);
}

/* out->again when the key was answered before; id 0: any case. */
static enum err known(struct tx *tx, str key, const char *verb, int64_t id,
                      struct process_answer *out)
{
    struct process_cmd_one row;
    if (key.n == 0)
        return OK;
    enum err e = process_cmd_one(tx, digest_of(key), &row);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e != OK)
        return e;
    if (!str_is(row.verb, verb) || (id && row.case_id != id))
        return say(out, ERR_CONFLICT,
                   STR("这个提交编号已经用于另一次办理，请刷新后重新提交。"));
    *out = (struct process_answer){ .id = row.case_id, .again = true,
                                    .revision = row.revision };
    return OK;
}

static enum err answered(struct tx *tx, str key, const char *verb,
                         const struct process_answer *out)
{
    return key.n ? process_cmd_add(tx, digest_of(key), out->id, str_of(verb),
                                   out->revision, tx->now)
                 : OK;
}

/* ---- values the record can hold ---- */

static bool plain(const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL:
    case VALUE_BOOL:
    case VALUE_INT:
    case VALUE_TEXT: return true;
    case VALUE_LIST:
    case VALUE_OBJECT:
        for (const struct value *m = v->first; m; m = m->next)
            if (!plain(m))
                return false;
        return true;
    default: return false;
    }
}

/* Days, sums and decimals as JSON will give them back: what the engine sees now
 * is what it sees in a replay. */
static enum err as_recorded(struct arena *a, const struct value **data)
{
    struct buf b = { 0 };
    struct value *out;
    str problem;
    if (*data == NULL || plain(*data))
        return OK;
    value_write_json(*data, &b);
    enum err e = value_read_json(a, arena_str(a, buf_str(&b)), &out, &problem);
    buf_free(&b);
    if (e == OK)
        *data = out;
    return e;
}

/* ---- looking ---- */

enum err process_open(struct tx *tx, int64_t id, struct process_view *out)
{
    struct process_case_one row;
    enum err e = process_case_one(tx, id, &row);
    if (e != OK)
        return e;
    *out = (struct process_view){
        .id = row.id, .def = row.def, .revision = row.revision,
        .number = row.number, .module = row.module, .title = row.title,
        .unit = row.unit, .state = row.state, .applicant = row.applicant,
        .began = row.began, .ended = row.ended, .due = row.due,
        .parent = row.parent == INT_NONE ? 0 : row.parent,
        .parent_task = row.parent_task == INT_NONE ? 0 : row.parent_task,
    };
    e = process_graph(tx, row.def, &out->graph);
    if (e != OK)
        return e;
    e = flow_load(tx->arena, process_bpmn(out->graph), row.body, &out->flow);
    if (e != OK) {
        process_let_go(out->graph);
        *out = (struct process_view){ .id = id };
    }
    return e;
}

enum err process_would(struct tx *tx, const struct process_view *v,
                       const struct flow_command *c, str *problem)
{
    struct process_decider decider = { tx, v->began };
    struct flow_events events = { .arena = tx->arena };
    struct flow_command now = *c;
    struct flow_case *copy;
    struct buf b = { 0 };
    if (process_is_over(v->state)) {
        *problem = STR("这件已经办结，不能再办理。");
        return ERR_CONFLICT;
    }
    flow_save(v->flow, &b);
    enum err e = flow_load(tx->arena, process_bpmn(v->graph),
                           arena_str(tx->arena, buf_str(&b)), &copy);
    buf_free(&b);
    if (e != OK)
        return e;
    copy->decide = process_decide;
    copy->decide_context = &decider;
    now.now = tx->now;
    e = flow_do(copy, &now, &events, problem);
    flow_close(copy);
    return e;
}

void process_close(struct process_view *v)
{
    if (v->flow)
        flow_close(v->flow);
    process_let_go(v->graph);
    *v = (struct process_view){ .id = v->id };
}

enum err process_find(struct tx *tx, str number, int64_t *id)
{
    struct process_case_id row;
    enum err e = process_case_id(tx, number, &row);
    if (e == OK)
        *id = row.id;
    return e;
}

/* ---- a command ---- */

static void prepare(struct tx *tx, struct process_work *w)
{
    w->tx = tx;
    w->decider = (struct process_decider){ tx, w->v.began };
    w->v.flow->decide = process_decide;
    w->v.flow->decide_context = &w->decider;
    w->events = (struct flow_events){ .arena = tx->arena };
}

enum err process_load(struct tx *tx, int64_t id, struct process_work *w,
                      struct process_answer *out)
{
    enum err e = process_open(tx, id, &w->v);
    if (e == ERR_NOTFOUND)
        return say(out, e, STR("没有这一件，请核对编号。"));
    if (e == ERR_INPUT)
        return say(out, ERR_STORE, STR("这一件的状态读不出来，请联系管理员。"));
    if (e != OK)
        return e;
    prepare(tx, w);
    process_remember(w);
    return OK;
}

static str body_of(struct process_work *w)
{
    struct buf b = { 0 };
    flow_save(w->v.flow, &b);
    str body = arena_str(w->tx->arena, buf_str(&b));
    buf_free(&b);
    return body;
}

/* The name of the element a command was about, from before it was done. */
static str node_of(const struct process_work *w, const struct flow_command *c,
                   bool name)
{
    const struct bpmn *g = process_bpmn(w->v.graph);
    int node = -1;
    for (int i = 0; i < w->before_count; i++)
        if (w->before[i].id == c->task)
            node = w->before[i].node;
    for (int i = 0; i < w->events.count && node < 0; i++)
        if (w->events.list[i].task == c->task && c->task)
            node = w->events.list[i].node;
    if (node < 0)
        return STR("");
    str text = name && g->nodes[node].name.n ? g->nodes[node].name
                                             : g->nodes[node].id;
    return arena_str(w->tx->arena, text);
}

static enum err note(struct process_work *w, const struct flow_command *c,
                     str law)
{
    struct arena *a = w->tx->arena;
    str step = node_of(w, c, true);
    str verb = process_verb_name(str_of(process_verb_code(c->verb)));
    struct buf b = { 0 };
    buf_put(&b, verb);
    if (step.n)
        buf_printf(&b, "“%.*s”", STR_ARG(step));
    if (c->reason.n)
        buf_printf(&b, "；%.*s", STR_ARG(c->reason));
    if (law.n)
        buf_printf(&b, "；%.*s", STR_ARG(law));
    str detail = arena_str(a, buf_str(&b));
    buf_free(&b);
    return audit_note(w->tx, arena_printf(a, "process.%s",
                                          process_verb_code(c->verb)),
                      w->v.number, detail);
}

/* Nobody's act -- a timer, a retry of the outbox -- leaves an event only. */
static bool noteworthy(const struct process_work *w,
                       const struct flow_command *c)
{
    return w->tx->who->account != 0 && c->verb != FLOW_OPEN;
}

static enum err write_event(struct process_work *w,
                            const struct flow_command *c, str law)
{
    struct tx *tx = w->tx;
    str name = tx->who->account ? tx->who->name : STR("系统");
    return process_event_add(tx, w->v.id, w->v.revision, tx->now,
                             tx->who->account, name,
                             str_of(process_verb_code(c->verb)),
                             node_of(w, c, false), c->task,
                             process_record(tx->arena, c, law));
}

static void fill(const struct process_work *w, struct process_answer *out)
{
    out->id = w->v.id;
    out->revision = w->v.revision;
    out->state = w->v.state;
}

static enum err after(struct process_work *w, const struct process_do *d,
                      struct process_answer *out)
{
    struct tx *tx = w->tx;
    int64_t was = w->v.revision++;
    enum err e = process_keep(w, out);
    if (e != OK)
        return e;
    e = process_is_over(w->v.state)
            ? process_case_end(tx, w->v.id, was, w->v.state, tx->now,
                               body_of(w))
            : process_case_set(tx, w->v.id, was, w->v.state, body_of(w));
    if (e == OK && process_is_over(w->v.state))
        e = process_count_add(tx, w->v.def, -1, NULL);
    if (e == OK)
        e = write_event(w, &d->command, d->law);
    if (e == OK && !d->noted && noteworthy(w, &d->command))
        e = note(w, &d->command, d->law);
    fill(w, out);
    if (e == OK)
        e = answered(tx, d->once, process_verb_code(d->command.verb), out);
    return e == OK ? process_family(w, d, NULL, out) : e;
}

/* Has the case moved on since it was looked at? */
static enum err overtaken(struct process_work *w, int64_t seen,
                          struct process_answer *out)
{
    struct process_since since = { .done = 1 };
    enum err e = OK;
    if (seen == 0 || seen == w->v.revision)
        return OK;
    if (seen < w->v.revision)
        e = process_since(w->tx, w->v.id, seen, &since);
    if (e != OK)
        return e;
    return since.done ? say(out, ERR_CONFLICT,
                            STR("这件刚刚由其他人员办理过，请刷新后查看。"))
                      : OK;
}

static enum err do_it(struct process_work *w, struct process_do *d,
                      struct process_answer *out)
{
    enum err e = overtaken(w, d->revision, out);
    if (e != OK)
        return e;
    if (process_is_over(w->v.state))
        return say(out, ERR_CONFLICT, STR("这件已经办结，不能再办理。"));
    e = as_recorded(w->tx->arena, &d->command.data);
    w->reason = d->command.name;
    if (e == OK)
        e = flow_do(w->v.flow, &d->command, &w->events, &out->problem);
    return e == OK ? after(w, d, out) : e;
}

enum err process_do(struct tx *tx, const struct process_do *given,
                    struct process_answer *out)
{
    struct process_work w = { .tx = tx };
    struct process_do d = *given;
    *out = (struct process_answer){ .id = d.id };
    d.command.now = tx->now;
    enum err e = known(tx, d.once, process_verb_code(d.command.verb), d.id,
                       out);
    if (e != OK || out->again)
        return e;
    e = process_load(tx, d.id, &w, out);
    if (e != OK)
        return e;
    e = do_it(&w, &d, out);
    process_close(&w.v);
    return e;
}

/* ---- beginning ---- */

static enum err begin(struct process_work *w, const struct process_start *s,
                      struct process_answer *out)
{
    struct tx *tx = w->tx;
    const struct value *data = s->data;
    enum err e = as_recorded(tx->arena, &data);
    if (e != OK)
        return e;
    w->v.flow = flow_new(tx->arena, process_bpmn(w->v.graph));
    prepare(tx, w);
    process_remember(w);
    struct flow_command c = { .verb = FLOW_START, .now = tx->now, .data = data,
                              .services_wait = true };
    e = flow_do(w->v.flow, &c, &w->events, &out->problem);
    if (e != OK)
        return e;
    w->v.revision = 1;
    str state = process_state(w->v.flow);
    inst ended = process_is_over(state) ? tx->now : inst_none;
    e = process_case_add(tx, w->v.id, s->number, w->v.def, s->module, s->title,
                         s->unit, s->applicant, tx->now, ended, w->v.due,
                         state, body_of(w), s->parent ? s->parent : INT_NONE,
                         s->parent ? s->parent_task : INT_NONE);
    if (e == ERR_CONFLICT)
        return say(out, e, STR("这个编号已经用过，请重新提交。"));
    if (e == OK && inst_is_none(ended))
        e = process_count_add(tx, w->v.def, 1, NULL);
    if (e == OK)
        e = process_keep(w, out);
    if (e == OK)
        e = write_event(w, &c, str_none);
    if (e == OK && !s->noted && noteworthy(w, &c))
        e = note(w, &c, str_none);
    fill(w, out);
    if (e == OK)
        e = answered(tx, s->once, "start", out);
    struct process_do begun = { .command = c };
    return e == OK ? process_family(w, &begun, s->context, out) : e;
}

enum err process_start(struct tx *tx, const struct process_start *s,
                       struct process_answer *out)
{
    struct process_work w = { .tx = tx };
    *out = (struct process_answer){ .problem = str_none };
    enum err e = known(tx, s->once, "start", 0, out);
    if (e != OK || out->again)
        return e;
    w.v.def = s->def;
    e = s->def ? process_graph(tx, s->def, &w.v.graph)
               : process_graph_live(tx, s->key, &w.v.def, &w.v.graph);
    if (e == ERR_NOTFOUND)
        return say(out, e, STR("这个流程没有部署，请联系管理员。"));
    if (e != OK)
        return e;
    w.v.id = s->id ? s->id : store_id(tx->store);
    w.v.number = s->number;
    w.v.module = s->module;
    w.v.title = s->title;
    w.v.unit = s->unit;
    w.v.applicant = s->applicant;
    w.v.parent = s->parent;
    w.v.parent_task = s->parent_task;
    w.v.began = tx->now;
    w.v.due = day_is_none(s->due) ? PROCESS_NO_DUE : s->due;
    w.v.state = STR("running");
    e = begin(&w, s, out);
    process_close(&w.v);
    return e;
}

enum err process_postpone(struct tx *tx, int64_t id, day due)
{
    day at = day_is_none(due) ? PROCESS_NO_DUE : due;
    enum err e = process_case_due(tx, id, at);
    if (e == OK)
        e = process_task_due(tx, id, at, NULL);
    return e == OK ? process_candidate_due(tx, id, at, NULL) : e;
}

/* ---- who may ---- */

enum err process_list(struct tx *tx, int64_t account,
                      const struct process_wanted *w,
                      struct process_row **out, size_t *n)
{
    static const char *const sides[] = { "", "own", "posts" };
    struct process_desk *r;
    struct process_desk_among *some;
    _Static_assert(sizeof *r == sizeof *some, "the same columns");
    day until = day_is_none(w->until) ? PROCESS_NO_DUE : w->until;
    day after = w->after;
    int64_t id = w->id;
    if (id == 0) { /* before the first that is wanted */
        after = day_is_none(w->from) ? PROCESS_FIRST
                                     : (day){ w->from.n - 1 };
        id = INT64_MAX;
    }
    str which = str_of(sides[w->which]);
    enum err e = str_is_none(w->cases)
                     ? process_desk(tx, account, tx_today(tx), w->module,
                                    w->key, which, until, after, id, &r, n)
                     : process_desk_among(tx, account, tx_today(tx),
                                          w->module, w->key, which, until,
                                          after, id, w->cases, &some, n);
    if (e != OK)
        return e;
    if (!str_is_none(w->cases))
        r = (struct process_desk *)(void *)some;
    *out = ARENA_NEW_N(tx->arena, struct process_row, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct process_row){
            .id = r[i].id, .case_id = r[i].case_id, .task = r[i].task,
            .def = r[i].def, .node = r[i].node, .name = r[i].name,
            .unit = r[i].unit, .duty = r[i].duty, .assignee = r[i].assignee,
            .candidates = r[i].candidates, .limit_ref = r[i].limit_ref,
            .due = r[i].due, .made = r[i].made, .began = r[i].began,
            .number = r[i].number, .title = r[i].title, .key = r[i].key,
            .opened = r[i].opened,
        };
    return OK;
}

enum err process_may(struct tx *tx, int64_t account, int64_t id, int64_t task,
                     bool *may)
{
    struct process_task_one t;
    struct process_holds h;
    enum err e = process_task_one(tx, id, task, &t);
    if (e != OK)
        return e;
    *may = account && t.assignee == account;
    if (*may || account == 0)
        return OK;
    e = process_holds(tx, account, tx_today(tx), t.id, t.unit, t.duty,
                      t.assignee, &h);
    *may = e == OK && h.holds > 0;
    return e;
}
