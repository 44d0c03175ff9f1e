/*
 * The rows beside the state: tasks, the timer, what is waited for, incidents.
 *
 * They only repeat what the state says, so that lists and jobs need not read
 * every state; only differences are written.  process_place_of and its likes
 * are the one place that says what a row must be, for writing and for checking.
 */
#include "kernel/process/inside.h"

#include "kernel/job/job.h"

#include <stdlib.h>
#include <string.h>

/* ---- what rows must say ---- */

bool process_is_over(str state)
{
    return !str_is(state, "running") && !str_is(state, "held") &&
           !str_is(state, "stuck");
}

str process_state(const struct flow_case *c)
{
    static const char *const names[] = { "running", "done", "failed",
                                         "stopped", "refused" };
    int worst = FLOW_COMPLETED;
    for (int i = 0; i < c->scope_count; i++) {
        const struct flow_scope *s = &c->scopes[i];
        if (s->kind != FLOW_ROOT || s->dead)
            continue;
        if (s->outcome == FLOW_RUNNING)
            return c->trouble_count ? STR("stuck")
                   : c->suspended   ? STR("held")
                                    : STR("running");
        if (s->outcome != FLOW_COMPLETED)
            worst = s->outcome;
    }
    return str_of(names[worst]);
}

str process_person(struct arena *a, int64_t account)
{
    return account ? arena_printf(a, "%lld", (long long)account) : str_none;
}

int64_t process_account(str person)
{
    int64_t account;
    return str_int(person, &account) && account > 0 ? account : 0;
}

/* Scopes and tokens grow by id. */
static const struct flow_scope *scope_of(const struct flow_case *c,
                                         uint32_t id)
{
    int low = 0, high = c->scope_count;
    while (low < high) {
        int mid = (low + high) / 2;
        if (c->scopes[mid].id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < c->scope_count && c->scopes[low].id == id ? &c->scopes[low]
                                                           : NULL;
}

static const struct flow_token *token_of(const struct flow_case *c,
                                         uint32_t id)
{
    int low = 0, high = c->token_count;
    while (low < high) {
        int mid = (low + high) / 2;
        if (c->tokens[mid].id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < c->token_count && c->tokens[low].id == id ? &c->tokens[low]
                                                           : NULL;
}

/* A variable as somebody in that scope sees it. */
static const struct value *seen(const struct flow_case *c, uint32_t scope,
                                str name)
{
    for (const struct flow_scope *s = scope_of(c, scope); s;
         s = s->kind == FLOW_CALLED ? NULL : scope_of(c, s->parent)) {
        const struct value *v = s->vars ? value_get(s->vars, name) : NULL;
        if (v)
            return v;
    }
    return NULL;
}

/* What a variable names: an organisation or a person; an object may have a
 * member of either name. */
static void named(const struct value *v, struct process_place *p)
{
    if (v && v->kind == VALUE_OBJECT) {
        named(value_get(v, STR("unit")), p);
        named(value_get(v, STR("account")), p);
    } else if (v && v->kind == VALUE_INT && v->i > 0) {
        p->assignee = v->i;
    } else if (v && v->kind == VALUE_TEXT && v->text.n) {
        int64_t account = process_account(v->text);
        if (account)
            p->assignee = account;
        else
            p->unit = v->text;
    }
}

struct process_place process_place_of(const struct process_view *v,
                                      const struct flow_task *t)
{
    const struct bpmn_node *n = &process_bpmn(v->graph)->nodes[t->node];
    str posts = flow_posts(v->flow, t);
    struct process_place p = {
        .node = n->id, .name = n->name.n ? n->name : n->id, .unit = v->unit,
        .duty = bpmn_name_next(&posts), .persons = t->users,
        .assignee = INT_NONE, .owner = INT_NONE,
        .state = t->work                       ? "work"
                 : t->state == FLOW_TASK_HELD ? "held"
                                              : "open",
    };
    const struct flow_token *token = token_of(v->flow, t->token);
    uint32_t scope = token ? token->scope : 0;
    if (token && token->inner && n->loop && n->loop->element.n)
        named(seen(v->flow, scope, n->loop->element), &p);
    if (token && n->unit.n)
        named(seen(v->flow, scope, n->unit), &p);
    p.posts = posts;
    if (str_is(p.duty, "申请人") && v->applicant && posts.n == 0 &&
        t->users.n == 0)
        p.assignee = v->applicant;
    if (process_account(t->person))
        p.assignee = process_account(t->person);
    else
        p.login = t->person;
    if (process_account(t->owner))
        p.owner = process_account(t->owner);
    if (str_is_none(p.duty))
        p.duty = STR("");
    return p;
}

bool process_first_task(const struct process_view *v, struct arena *a,
                        struct process_task_brief *out)
{
    for (int i = 0; i < v->flow->task_count; i++) {
        const struct flow_task *t = &v->flow->tasks[i];
        if (t->dead || t->work || t->state != FLOW_TASK_OPEN)
            continue;
        struct process_place p = process_place_of(v, t);
        *out = (struct process_task_brief){
            .task = t->id, .assignee = p.assignee,
            .node = arena_str(a, p.node), .name = arena_str(a, p.name),
            .unit = arena_str(a, p.unit), .duty = arena_str(a, p.duty),
        };
        return true;
    }
    return false;
}

inst process_timer_of(const struct flow_case *c, str state)
{
    return process_is_over(state) || str_is(state, "held") ? inst_none
                                                           : flow_next_timer(c);
}

static int by_name(const void *a, const void *b)
{
    const struct process_wait *x = a, *y = b;
    int kinds = strcmp(x->kind, y->kind);
    return kinds ? kinds : str_cmp(x->name, y->name);
}

int process_waits_of(const struct flow_case *c, struct arena *a,
                     struct process_wait **out)
{
    struct process_wait *list =
        ARENA_NEW_N(a, struct process_wait, c->sub_count);
    int n = 0, kept = 0;
    for (int i = 0; i < c->sub_count; i++) {
        const struct flow_sub *s = &c->subs[i];
        if (s->dead || (s->trigger != BPMN_MESSAGE &&
                        s->trigger != BPMN_SIGNAL))
            continue;
        const struct bpmn_node *node = &c->g->nodes[s->node];
        str name = node->events[s->event].name;
        if (name.n == 0)
            name = node->name.n ? node->name : node->id;
        list[n++] = (struct process_wait){
            s->trigger == BPMN_MESSAGE ? "message" : "signal",
            arena_str(a, name),
        };
    }
    if (n)
        qsort(list, (size_t)n, sizeof *list, by_name);
    for (int i = 0; i < n; i++)
        if (kept == 0 || by_name(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    *out = list;
    return kept;
}

int process_messages(const struct process_view *v, struct arena *a,
                     str names[100])
{
    struct process_wait *w;
    int all = process_waits_of(v->flow, a, &w), n = 0;
    for (int i = 0; i < all && n < 100; i++)
        if (strcmp(w[i].kind, "message") == 0)
            names[n++] = w[i].name;
    return n;
}

static uint64_t fingerprint(const struct flow_case *c, struct arena *a)
{
    struct process_wait *w;
    uint64_t sum = 0;
    if (c->sub_count == 0)
        return 0;
    int n = process_waits_of(c, a, &w);
    for (int i = 0; i < n; i++)
        sum = (sum ^ str_hash(w[i].name) ^ (uint64_t)w[i].kind[0]) *
              0x100000001b3u;
    return sum;
}

/* ---- before and after ---- */

/* A call lies on nobody's desk: its child does. */
static bool has_row(const struct flow_case *c, const struct flow_task *t)
{
    return !t->dead && t->state != FLOW_TASK_COMPLETED &&
           !process_is_call(c, t);
}

void process_remember(struct process_work *w)
{
    const struct flow_case *c = w->v.flow;
    w->before = ARENA_NEW_N(w->tx->arena, struct flow_task, c->task_count);
    w->before_count = c->task_count;
    if (c->task_count)
        memcpy(w->before, c->tasks, sizeof *c->tasks * (size_t)c->task_count);
    w->held_before = c->suspended;
    w->subs_before = fingerprint(c, w->tx->arena);
    w->timer_before = process_timer_of(c, w->v.state);
}

static enum err task_made(struct process_work *w, const struct flow_task *t,
                          struct process_answer *out)
{
    struct arena *a = w->tx->arena;
    struct process_place p = process_place_of(&w->v, t);
    struct process_offers offers;
    str limit = str_none;
    day due = w->v.due;
    enum err e = process_offered(w->tx, &w->v, &p, w->tx->now, &offers);
    if (e == OK)
        e = process_limit_begin(w, t, &p, &limit, &due);
    if (e == OK)
        e = process_task_add(w->tx, store_id(w->tx->store), w->v.id, t->id,
                             arena_str(a, p.node), arena_str(a, p.name),
                             arena_str(a, p.unit), arena_str(a, p.duty),
                             p.assignee, p.owner, str_of(p.state), t->opened,
                             due, w->tx->now, w->v.module, w->v.def,
                             offers.words, limit);
    if (e == OK)
        e = process_offer(w->tx, w->v.id, t->id, &offers);
    if (out->task == 0 && !t->work)
        out->task = t->id;
    if (e != OK || !t->work)
        return e;
    struct value *payload = value_new(a, VALUE_OBJECT);
    value_add(payload, STR("case"), value_int(a, w->v.id));
    value_add(payload, STR("task"), value_int(a, t->id));
    return flow_signal(w->tx, "process.work", w->v.number, payload);
}

static enum err task_changed(struct process_work *w,
                             const struct flow_task *was,
                             const struct flow_task *t)
{
    if (was->state == t->state && was->opened == t->opened &&
        str_eq(was->person, t->person) && str_eq(was->owner, t->owner))
        return OK;
    struct process_place p = process_place_of(&w->v, t);
    enum err e = process_is_shared(&p)
                     ? process_offer_anew(w->tx, &w->v, &p, t->id)
                     : OK;
    return e == OK ? process_task_set(w->tx, w->v.id, t->id, p.assignee,
                                      p.owner, str_of(p.state), t->opened)
                   : e;
}

static enum err task_gone(struct process_work *w, const struct flow_task *was)
{
    enum err e = process_limit_end(w, was);
    return e == OK ? process_task_gone(w->tx, w->v.id, was->id) : e;
}

/* Both lists grow by id. */
static enum err keep_tasks(struct process_work *w, struct process_answer *out)
{
    const struct flow_case *c = w->v.flow;
    enum err e = OK;
    int i = 0, k = 0;
    while (e == OK && (i < w->before_count || k < c->task_count)) {
        const struct flow_task *was =
            i < w->before_count ? &w->before[i] : NULL;
        const struct flow_task *is = k < c->task_count ? &c->tasks[k] : NULL;
        bool same = was && is && was->id == is->id;
        bool first = was && (is == NULL || was->id < is->id);
        bool had = was && (same || first) && has_row(c, was);
        bool has = is && !first && has_row(c, is);
        if (had && has)
            e = task_changed(w, was, is);
        else if (had)
            e = task_gone(w, was);
        else if (has)
            e = task_made(w, is, out);
        i += same || first;
        k += !first;
    }
    return e;
}

static enum err write_waits(struct process_work *w)
{
    struct process_wait *list;
    int n = process_waits_of(w->v.flow, w->tx->arena, &list);
    enum err e = OK;
    for (int i = 0; i < n && e == OK; i++)
        e = process_sub_add(w->tx, str_of(list[i].kind), list[i].name,
                            w->v.id);
    return e;
}

static enum err keep_waits(struct process_work *w)
{
    if (fingerprint(w->v.flow, w->tx->arena) == w->subs_before)
        return OK;
    enum err e = w->subs_before ? process_sub_drop(w->tx, w->v.id, NULL) : OK;
    return e == OK ? write_waits(w) : e;
}

static enum err keep_timer(struct process_work *w)
{
    inst due = process_timer_of(w->v.flow, w->v.state);
    if (due.ms == w->timer_before.ms)
        return OK;
    if (inst_is_none(due))
        return process_timer_drop(w->tx, w->v.id, NULL);
    return inst_is_none(w->timer_before)
               ? process_timer_add(w->tx, w->v.id, due, w->v.revision)
               : process_timer_set(w->tx, w->v.id, due, w->v.revision);
}

static bool troubled(const struct flow_case *c, int64_t token)
{
    for (int i = 0; i < c->trouble_count; i++)
        if (c->troubles[i].token == token && !c->troubles[i].dead)
            return true;
    return false;
}

/* New ones are told; those the case got over are closed. */
static enum err keep_incidents(struct process_work *w, bool stuck_before)
{
    struct tx *tx = w->tx;
    struct process_incident_of *open;
    size_t n = 0;
    enum err e = OK;
    if (stuck_before)
        e = process_incident_of(tx, w->v.id, &open, &n);
    for (size_t i = 0; i < n && e == OK; i++)
        if (!troubled(w->v.flow, open[i].token))
            e = process_incident_close(tx, open[i].id, tx->now, STR("gone"),
                                       tx->who->account);
    for (int i = 0; i < w->events.count && e == OK; i++) {
        const struct flow_event *f = &w->events.list[i];
        if (f->type != FLOW_INCIDENT || !troubled(w->v.flow, f->token))
            continue;
        str node = f->node >= 0 ? process_bpmn(w->v.graph)->nodes[f->node].id
                                : STR("");
        e = process_incident_add(tx, store_id(tx->store), w->v.id, f->token,
                                 arena_str(tx->arena, node), f->text, tx->now);
    }
    return e;
}

/* ---- told to others ---- */

static enum err tell(struct process_work *w, const char *event, str name)
{
    struct arena *a = w->tx->arena;
    struct value *payload = value_new(a, VALUE_OBJECT);
    value_add(payload, STR("name"), value_text(a, arena_str(a, name)));
    value_add(payload, STR("module"), value_text(a, w->v.module));
    value_add(payload, STR("state"), value_text(a, w->v.state));
    return flow_signal(w->tx, event, w->v.number, payload);
}

/* Does a step of it stop a clock or start it anew?  Then whoever keeps the
 * clock hears of moves that were nobody's act; of others he made himself. */
static bool counts(const struct bpmn *g)
{
    for (int i = 0; i < g->node_count; i++)
        if (g->nodes[i].clock.n &&
            (str_starts(g->nodes[i].clock, STR("stop:")) ||
             str_is(g->nodes[i].clock, "restart")))
            return true;
    return false;
}

static enum err tell_others(struct process_work *w, bool over_before)
{
    const struct bpmn *g = process_bpmn(w->v.graph);
    enum err e = OK;
    for (int i = 0; i < w->events.count && e == OK; i++) {
        const struct flow_event *f = &w->events.list[i];
        bool inside = f->node >= 0 && g->nodes[f->node].message_outs > 0;
        if (f->type == FLOW_SENT && f->text.n && !inside)
            e = tell(w, "process.message", f->text);
        else if (f->type == FLOW_SIGNALLED && f->text.n)
            e = tell(w, "process.signal", f->text);
    }
    bool over = process_is_over(w->v.state);
    if (e == OK && !over_before && over)
        e = tell(w, "process.ended", w->v.title);
    else if (e == OK && !over && w->tx->who->account == 0 && counts(g))
        e = tell(w, "process.moved", w->v.title);
    return e;
}

enum err process_keep(struct process_work *w, struct process_answer *out)
{
    str was = w->v.state;
    w->v.state = process_state(w->v.flow);
    enum err e = keep_tasks(w, out);
    if (e == OK)
        e = process_limits_follow(w);
    if (e == OK)
        e = keep_waits(w);
    if (e == OK)
        e = keep_timer(w);
    if (e == OK)
        e = keep_incidents(w, str_is(was, "stuck"));
    return e == OK ? tell_others(w, process_is_over(was)) : e;
}

enum err process_keep_anew(struct process_work *w, struct process_answer *out)
{
    struct tx *tx = w->tx;
    w->anew = true;
    enum err e = process_limits_settle(w);
    if (e == OK)
        e = process_task_drop(tx, w->v.id, NULL);
    if (e == OK)
        e = process_sub_drop(tx, w->v.id, NULL);
    for (int i = 0; i < w->v.flow->task_count && e == OK; i++)
        if (has_row(w->v.flow, &w->v.flow->tasks[i]))
            e = task_made(w, &w->v.flow->tasks[i], out);
    if (e == OK)
        e = write_waits(w);
    return e == OK ? keep_timer(w) : e;
}
