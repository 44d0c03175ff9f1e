/*
 * 事项的时限: the promise every matter begins with, and the law's own limit
 * where its process names one.
 *
 * A process says on itself what limits the whole (zt:clock, see clock_limit),
 * and on a step what it does to the count: "begin" when the count begins with
 * this step and not with the matter; "stop:REASON" when the time there does not
 * count, for one of the reasons the law lists; "restart" when the count begins
 * anew after it.  People stop, resume and extend by verbs.  Whatever
 * happens, the clocks follow the case here, and the days the lists sort by
 * follow the clocks.
 */
#include "matters/inside.h"

#include "kernel/job/job.h"

#define KIND STR("matter")
#define OFFICE "office.limit"

/* ---- what limits a process ---- */

struct clock_limit matter_limit(const struct bpmn *g)
{
    struct clock_limit l = { .rule = NULL, .unit = CLOCK_WORKING_DAYS,
                             .n = MATTER_DAYS };
    if (g->process_count)
        (void)clock_limit_read(g->processes[0].clock, &l);
    return l;
}

/* The rule of the promise: that of the law, or the office's own. */
static const struct clock_rule *rule_of(const struct clock_limit *l)
{
    return l->rule ? l->rule : clock_rule(STR(OFFICE));
}

int matter_days(const struct clock_limit *l)
{
    return l->unit == CLOCK_WORKING_DAYS && (l->rule == NULL ||
                                             l->n < MATTER_DAYS)
               ? l->n
               : MATTER_DAYS;
}

str matter_law(struct arena *a, const struct clock_rule *r)
{
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(r->law),
                        r->article.n ? " " : "", STR_ARG(r->article));
}

static enum err last_day(struct tx *tx, enum clock_unit unit, int n, day *out)
{
    struct clock_count k = { .start = tx_today(tx), .unit = unit, .n = n,
                             .roll = unit != CLOCK_WORKING_DAYS };
    struct clock_due due;
    enum err e = clock_due(tx->calendar, &k, &due);
    if (e == OK)
        *out = due.due;
    return e;
}

enum err matter_due_of(struct tx *tx, const struct clock_limit *l, int days,
                       day *due, str *problem)
{
    day law = day_none;
    enum err e = last_day(tx, CLOCK_WORKING_DAYS, days, due);
    if (e == OK && l->rule)
        e = last_day(tx, l->unit, l->n, &law);
    if (e != OK || day_is_none(law) || due->n <= law.n)
        return e;
    *problem = arena_printf(
        tx->arena, "办结期限不能超过%.*s规定的 %.*s。",
        STR_ARG(matter_law(tx->arena, l->rule)),
        STR_ARG(clock_units_text(tx->arena, l->unit, l->n)));
    return ERR_RANGE;
}

/* ---- starting and following ---- */

enum err matter_clocks_start(struct tx *tx, const struct clock_limit *l,
                             str number, str unit, str holder, int days)
{
    const struct clock_rule *rule = rule_of(l);
    struct clock_spec s = {
        .matter = KIND, .ref = number, .unit = unit, .holder = holder,
        .kind = STR("promised"), .rule = rule->id, .start = tx_today(tx),
        .unit_of = CLOCK_WORKING_DAYS, .n = days,
        .extend_max = rule->extension,
    };
    enum err e = clock_start(tx, &s);
    /* A promise of as much as the law gives is the law's. */
    if (e != OK || l->rule == NULL ||
        (l->unit == CLOCK_WORKING_DAYS && l->n == days))
        return e;
    s.kind = STR("statutory");
    s.unit_of = l->unit;
    s.n = l->n;
    return clock_start(tx, &s);
}

enum err matter_clocks(struct tx *tx, str number, struct matter_clocks *out)
{
    *out = (struct matter_clocks){ .any = false };
    enum err e = clock_find(tx, KIND, number, STR("promised"),
                            &out->promised);
    out->any = e == OK;
    if (e == OK && !str_is(out->promised.rule, OFFICE)) {
        e = clock_find(tx, KIND, number, STR("statutory"), &out->statutory);
        out->lawful = e == OK;
    }
    return e == ERR_NOTFOUND ? OK : e;
}

bool matter_begins_late(const struct bpmn *g)
{
    for (int i = 0; i < g->node_count; i++)
        if (str_is(g->nodes[i].clock, "begin"))
            return true;
    return false;
}

/* What the open steps want of the clocks. */
struct wish {
    bool begin;          /* the count begins now, if it has not */
    bool restart;        /* they rest, and begin anew afterwards */
    str stop;            /* they rest for this reason; none: they run */
    str unit;            /* who has the first of the steps */
};

static struct wish wish_of(const struct process_view *v, struct arena *a)
{
    struct wish w = { .stop = str_none, .unit = STR("") };
    struct process_task_brief t;
    const struct bpmn *g = process_bpmn(v->graph);
    if (process_first_task(v, a, &t))
        w.unit = t.unit;
    for (int i = 0; i < v->flow->task_count; i++) {
        const struct flow_task *f = &v->flow->tasks[i];
        if (f->dead || f->state == FLOW_TASK_COMPLETED)
            continue;
        str mark = g->nodes[f->node].clock;
        w.begin |= str_is(mark, "begin");
        w.restart |= str_is(mark, "restart");
        if (mark.n && str_starts(mark, STR("stop:")))
            w.stop = arena_str(a, str_slice(mark, 5, mark.n));
    }
    return w;
}

/* A step that stops the clock for a reason the law does not list stops
 * nothing: the complaint was made when the process was checked. */
static enum err lawfully(enum err e)
{
    return e == ERR_RANGE || e == ERR_CONFLICT || e == ERR_NOTFOUND ? OK : e;
}

/* Whoever watches the clocks looks again. */
static enum err told(struct tx *tx, str number, enum err e)
{
    return e == OK ? flow_signal(tx, "matter.clock", number,
                                 value_new(tx->arena, VALUE_OBJECT))
                   : e;
}

static enum err begin_anew(struct tx *tx, const struct process_view *v,
                           const struct clock_found *was)
{
    struct clock_limit l = matter_limit(process_bpmn(v->graph));
    return matter_clocks_start(tx, &l, v->number, was->unit, was->holder,
                               was->count.n);
}

static enum err follow_steps(struct tx *tx, const struct process_view *v,
                             const struct clock_found *f)
{
    struct wish w = wish_of(v, tx->arena);
    bool over = !day_is_none(f->stopped);
    enum err e = OK;
    if (v->flow->suspended) /* by a verb: its own end will come */
        return OK;
    if (w.restart && !over)
        return lawfully(told(tx, v->number, clock_stop(tx, KIND, v->number)));
    if (!w.restart && over)
        e = begin_anew(tx, v, f);
    else if (!str_is_none(w.stop) && !f->paused)
        e = lawfully(told(tx, v->number,
                          clock_pause(tx, KIND, v->number, w.stop, 0,
                                      STR(""))));
    else if (str_is_none(w.stop) && f->paused)
        e = lawfully(told(tx, v->number, clock_resume(tx, KIND, v->number)));
    if (e == OK && w.unit.n && !w.restart && !str_eq(w.unit, f->unit))
        e = lawfully(clock_hold(tx, KIND, v->number, w.unit, f->holder));
    return e;
}

/* Lists sort by the day of the promise; while it rests there is none. */
enum err matter_days_follow(struct tx *tx, int64_t id, str number)
{
    struct clock_found f;
    enum err e = clock_find(tx, KIND, number, STR("promised"), &f);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    bool rests = f.paused || !day_is_none(f.stopped);
    day due = rests || day_is_none(f.due) ? PROCESS_NO_DUE : f.due;
    e = matter_due(tx, id, due);
    return e == OK ? process_postpone(tx, id, due) : e;
}

/* A count that begins with a step: with the first that is reached. */
static enum err begin_late(struct tx *tx, const struct process_view *v)
{
    struct matter_one m;
    struct wish w = wish_of(v, tx->arena);
    struct clock_limit l = matter_limit(process_bpmn(v->graph));
    if (!w.begin || process_is_over(v->state))
        return OK;
    enum err e = matter_one(tx, v->number, &m);
    int days = e == OK ? calendar_working_between(tx->calendar,
                                                  inst_day(m.filed), m.due)
                       : 0;
    if (e == OK)
        e = matter_clocks_start(tx, &l, v->number, w.unit, m.starter_name,
                                days > 0 ? days : matter_days(&l));
    return e == OK ? matter_days_follow(tx, v->id, v->number) : e;
}

enum err matter_follow(struct tx *tx, int64_t id)
{
    struct process_view v;
    struct clock_found f;
    enum err e = process_open(tx, id, &v);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    e = clock_find(tx, KIND, v.number, STR("promised"), &f);
    if (e == ERR_NOTFOUND)
        e = begin_late(tx, &v);
    else if (e == OK && process_is_over(v.state))
        e = lawfully(told(tx, v.number, clock_stop(tx, KIND, v.number)));
    else if (e == OK) {
        e = follow_steps(tx, &v, &f);
        if (e == OK)
            e = matter_days_follow(tx, id, v.number);
    }
    process_close(&v);
    return e;
}

/* ---- what is heard ---- */

static bool ours(const struct value *payload, const char *key,
                 const char *want)
{
    return payload && str_is(value_get_text(payload, str_of(key)), want);
}

enum err matter_moved(struct tx *tx, str number, const struct value *payload)
{
    int64_t id;
    if (!ours(payload, "module", "matters"))
        return OK;
    enum err e = process_find(tx, number, &id);
    return e == OK ? matter_follow(tx, id) : e == ERR_NOTFOUND ? OK : e;
}

/* A calendar announced while it runs has moved a due day. */
enum err matter_recount(struct tx *tx, str number, const struct value *payload)
{
    int64_t id;
    if (!ours(payload, "matter", "matter"))
        return OK;
    enum err e = process_find(tx, number, &id);
    if (e == ERR_NOTFOUND)
        return OK;
    return e == OK ? matter_days_follow(tx, id, number) : e;
}

/* A drawing may wait for the day: who catches the message goes on from there,
 * counted by the calendar and not by the hours of a timer. */
enum err matter_level(struct tx *tx, str number, const struct value *payload)
{
    bool promise = ours(payload, "kind", "promised");
    if (!ours(payload, "matter", "matter"))
        return OK;
    str name = promise ? STR("期限届满") : STR("法定期限届满");
    if (promise && ours(payload, "level", "warned"))
        name = STR("期限将至");
    else if (!ours(payload, "level", "yellow"))
        return OK;
    enum err e = process_message(tx, name, number, NULL);
    return e == ERR_NOTFOUND || e == ERR_CONFLICT ? OK : e;
}

/* ---- verbs ---- */

static bool no(str *why, const char *sentence)
{
    *why = str_of(sentence);
    return false;
}

bool matter_may_stop(const struct matter *m, str *why)
{
    const struct clock_found *f = &m->clocks.promised;
    const struct clock_rule *r = m->clocks.any ? clock_rule(f->rule) : NULL;
    if (r == NULL || r->stop_count == 0)
        return no(why, "这个流程的时限没有依法可以不计的情形。");
    if (!day_is_none(f->stopped) || f->paused || m->v.flow->suspended)
        return no(why, "时限现在没有在计，不能再暂停。");
    return true;
}

bool matter_may_extend(const struct tx *tx, const struct matter *m, str *why)
{
    const struct clock_found *f = &m->clocks.promised;
    const struct clock_rule *r = m->clocks.any ? clock_rule(f->rule) : NULL;
    if (r == NULL || r->extension == 0)
        return no(why, "这个流程的时限不能延长。");
    if (f->count.extra > 0)
        return no(why, "已经延期过一次，不能再次延期。");
    if (!day_is_none(f->stopped) || f->paused)
        return no(why, "时限现在没有在计，恢复计时以后再批准延期。");
    if (!day_is_none(f->due) && f->due.n < tx_today(tx).n)
        return no(why, "期限已经届满，不能再延期；延期应当在期限内批准。");
    return true;
}

enum err matter_stop_clocks(struct tx *tx, const struct matter *m, str reason,
                            int planned, str document)
{
    enum err e = told(tx, m->row.number,
                      clock_pause(tx, KIND, m->row.number, reason, planned,
                                  document));
    return e == OK ? matter_days_follow(tx, m->row.id, m->row.number) : e;
}

enum err matter_resume_clocks(struct tx *tx, const struct matter *m)
{
    if (!m->clocks.any || !m->clocks.promised.paused)
        return OK;
    enum err e = told(tx, m->row.number,
                      clock_resume(tx, KIND, m->row.number));
    return e == OK ? matter_days_follow(tx, m->row.id, m->row.number) : e;
}

enum err matter_extend_clocks(struct tx *tx, const struct matter *m, int days,
                              str reason)
{
    enum err e = told(tx, m->row.number,
                      clock_extend(tx, KIND, m->row.number, days, reason));
    return e == OK ? matter_days_follow(tx, m->row.id, m->row.number) : e;
}

/* ---- on the page ---- */

/* 法定 20 个工作日（政府信息公开条例 第三十三条），承诺 5 个工作日 … */
static str limits_text(struct arena *a, const struct matter_clocks *c)
{
    const struct clock_found *p = &c->promised;
    const struct clock_rule *r = clock_rule(p->rule);
    struct buf b = { 0 };
    if (!str_is(p->rule, OFFICE))
        buf_printf(&b, "法定 %.*s（%.*s，自%.*s起算），",
                   STR_ARG(clock_units_text(a, r->unit, r->n)),
                   STR_ARG(matter_law(a, r)), STR_ARG(r->start));
    buf_printf(&b, "承诺 %.*s",
               STR_ARG(clock_units_text(a, p->count.unit, p->count.n)));
    if (p->count.extra)
        buf_printf(&b, "，已延期 %d 个工作日", p->count.extra);
    if (r->stop_count) {
        buf_put(&b, STR("；依法不计入的："));
        for (size_t i = 0; i < r->stop_count; i++)
            buf_printf(&b, "%s%.*s", i ? "、" : "", STR_ARG(r->stop[i]));
    }
    if (r->restart.n)
        buf_printf(&b, "；%.*s，重新计算", STR_ARG(r->restart));
    buf_printf(&b, "；逾期的，%.*s。",
               STR_ARG(r->on_expiry.n ? r->on_expiry
                                      : STR("由电子监察发牌，仍应当办结")));
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

enum err matter_show_clocks(struct tx *tx, struct view *v,
                            const struct matter *m)
{
    const struct matter_clocks *c = &m->clocks;
    if (!c->any) {
        view_text(v, "limit", str_none);
        return OK;
    }
    struct view limit = view_object(v, "limit");
    clock_found_view(tx, &limit, "clock", &c->promised);
    if (c->lawful)
        clock_found_view(tx, &limit, "law", &c->statutory);
    else
        view_text(&limit, "law", str_none);
    view_text(&limit, "text", limits_text(v->arena, c));
    return clock_explain_in(&limit, "explain", tx->calendar,
                            &c->promised.count);
}
