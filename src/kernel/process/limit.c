/*
 * The limit of one step: a clock of its own, by the calendar, beside whatever
 * clock the whole has.
 *
 * zt:clock of a user task names it, as that of a process names the whole's:
 * "working-days:3", "natural-days:10" or a rule of law; other words there are
 * the owner's.  The clock begins when the task is made and is over with it, in
 * the same transaction; while the case is held nobody can do the step, so it
 * rests.  It is no timer of the drawing: nothing happens by itself when its day
 * has passed, but supervision sees it as it sees every clock.
 */
#include "kernel/process/inside.h"

#include "kernel/clock/clock.h"
#include "kernel/job/job.h"

#define KIND STR("step")
#define OFFICE STR("office.step")
#define HELD STR("挂起")

bool process_limit(const struct bpmn_node *n, struct clock_limit *out)
{
    return n->kind == BPMN_USER && n->clock.n &&
           clock_limit_read(n->clock, out);
}

static str matter_of(struct arena *a, const struct process_view *v)
{
    return arena_printf(a, "%.*s" PROCESS_STEP, STR_ARG(v->module));
}

static str ref_of(struct arena *a, const struct process_view *v, int64_t task)
{
    return arena_printf(a, "%.*s/%lld", STR_ARG(v->number), (long long)task);
}

/* Short ones are warned of later: a day's work is not late when it comes. */
static struct clock_levels levels_of(const struct clock_limit *l)
{
    struct clock_levels levels = clock_levels_default;
    if (l->unit == CLOCK_WORKING_DAYS || l->unit == CLOCK_NATURAL_DAYS)
        levels.warn_before_wd = l->n > 5 ? 2 : l->n > 2 ? 1 : 0;
    return levels;
}

/* The reason when its rule knows it; else that it is held.  A limit of a law
 * that lists neither goes on. */
static enum err rest(struct tx *tx, str matter, str ref, str reason)
{
    enum err e = reason.n ? clock_pause(tx, matter, ref, reason, 0, STR(""))
                          : ERR_RANGE;
    if (e == ERR_RANGE)
        e = clock_pause(tx, matter, ref, HELD, 0, STR(""));
    return e == ERR_RANGE || e == ERR_CONFLICT || e == ERR_NOTFOUND ? OK : e;
}

static enum err day_of_clock(struct tx *tx, str matter, str ref, day *due)
{
    struct clock_found f;
    enum err e = clock_find(tx, matter, ref, KIND, &f);
    if (e == OK)
        *due = f.paused || day_is_none(f.due) ? PROCESS_NO_DUE : f.due;
    return e;
}

/* Does its clock run already?  Its row is written anew where the case was moved
 * to another version. */
static enum err runs(struct process_work *w, str matter, str ref, bool *out)
{
    struct clock_found f;
    *out = false;
    if (!w->anew)
        return OK;
    enum err e = clock_find(w->tx, matter, ref, KIND, &f);
    *out = e == OK && day_is_none(f.stopped);
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err begin(struct process_work *w, const struct clock_limit *l,
                      const struct process_place *p, str matter, str ref,
                      day *due)
{
    struct tx *tx = w->tx;
    struct clock_spec s = {
        .matter = matter, .ref = ref, .unit = arena_str(tx->arena, p->unit),
        .holder = arena_str(tx->arena, p->duty.n ? p->duty : p->name),
        .kind = KIND, .rule = l->rule ? l->rule->id : OFFICE,
        .start = tx_today(tx), .unit_of = l->unit, .n = l->n,
        .levels = levels_of(l),
    };
    enum err e = clock_start_until(tx, &s, due);
    if (e != OK || !w->v.flow->suspended)
        return e;
    e = rest(tx, matter, ref, STR(""));
    return e == OK ? day_of_clock(tx, matter, ref, due) : e;
}

enum err process_limit_begin(struct process_work *w, const struct flow_task *t,
                             const struct process_place *p, str *ref, day *due)
{
    struct clock_limit l;
    *ref = str_none;
    *due = w->v.due;
    if (!process_limit(&process_bpmn(w->v.graph)->nodes[t->node], &l))
        return OK;
    str matter = matter_of(w->tx->arena, &w->v);
    str under = ref_of(w->tx->arena, &w->v, t->id);
    bool running;
    enum err e = runs(w, matter, under, &running);
    if (e == OK)
        e = running ? day_of_clock(w->tx, matter, under, due)
                    : begin(w, &l, p, matter, under, due);
    if (e == OK)
        *ref = under;
    return e;
}

/* Whoever warned of it looks again. */
static enum err end(struct process_work *w, str ref)
{
    struct tx *tx = w->tx;
    bool told;
    str matter = matter_of(tx->arena, &w->v);
    enum err e = clock_stop_told(tx, matter, ref, &told);
    if (e != OK || !told)
        return e == ERR_NOTFOUND ? OK : e;
    struct value *payload = value_new(tx->arena, VALUE_OBJECT);
    value_add(payload, STR("matter"), value_text(tx->arena, matter));
    return flow_signal(tx, "process.limit", ref, payload);
}

enum err process_limit_end(struct process_work *w, const struct flow_task *was)
{
    struct clock_limit l;
    if (!process_limit(&process_bpmn(w->v.graph)->nodes[was->node], &l))
        return OK;
    return end(w, ref_of(w->tx->arena, &w->v, was->id));
}

enum err process_limits_settle(struct process_work *w)
{
    const struct bpmn *g = process_bpmn(w->v.graph);
    struct process_limits_of *row;
    struct clock_limit l;
    size_t n;
    enum err e = process_limits_of(w->tx, w->v.id, &row, &n);
    for (size_t i = 0; i < n && e == OK; i++) {
        const struct flow_task *t = flow_task(w->v.flow, row[i].task);
        if (t == NULL || t->dead || t->state == FLOW_TASK_COMPLETED ||
            !process_limit(&g->nodes[t->node], &l))
            e = end(w, row[i].limit_ref);
    }
    return e;
}

static enum err moved(struct tx *tx, str matter, str ref)
{
    day due = PROCESS_NO_DUE;
    enum err e = day_of_clock(tx, matter, ref, &due);
    if (e == OK)
        e = process_limit_due(tx, ref, due, NULL);
    if (e == OK)
        e = process_limit_candidates(tx, ref, due, NULL);
    return e == ERR_NOTFOUND ? OK : e;
}

enum err process_limits_follow(struct process_work *w)
{
    bool held = w->v.flow->suspended;
    struct process_limits_of *row;
    size_t n;
    if (held == w->held_before)
        return OK;
    str matter = matter_of(w->tx->arena, &w->v);
    enum err e = process_limits_of(w->tx, w->v.id, &row, &n);
    for (size_t i = 0; i < n && e == OK; i++) {
        if (held)
            e = rest(w->tx, matter, row[i].limit_ref, w->reason);
        else if ((e = clock_resume(w->tx, matter, row[i].limit_ref)) ==
                     ERR_CONFLICT || e == ERR_NOTFOUND)
            e = OK; /* it had gone on */
        if (e == OK)
            e = moved(w->tx, matter, row[i].limit_ref);
    }
    return e;
}

enum err process_heard_moved(struct tx *tx, str ref, const struct value *p)
{
    str matter = p ? value_get_text(p, STR("matter")) : str_none;
    return matter.n && str_ends(matter, STR(PROCESS_STEP))
               ? moved(tx, matter, ref) : OK;
}
