#include "services/work/joint.h"

#include "kernel/audit/audit.h"
#include "kernel/job/job.h"
#include "kernel/log/log.h"
#include "kernel/store/topics.h"

/* ---- filing ---- */

enum err joint_choose(struct tx *tx, struct filing *f)
{
    const struct process_graph *g;
    f->joint = 0;
    for (size_t i = 0; i < f->decided.part_count; i++)
        if (f->process[i] == 0)
            return OK;
    int64_t def;
    enum err e = process_graph_live(tx, STR(JOINT_PROCESS), &def, &g);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    /* One that calls nobody would leave the departments without their part. */
    if (process_calls(g))
        f->joint = def;
    process_let_go(g);
    return OK;
}

static struct value *part_data(struct arena *a, const struct offer_part *p)
{
    struct value *o = value_new(a, VALUE_OBJECT);
    struct value *needs = value_new(a, VALUE_LIST);
    for (size_t i = 0; i < p->need_count; i++)
        value_push(needs, value_text(a, p->needs[i]));
    value_add(o, STR("code"), value_text(a, p->code));
    value_add(o, STR("process"), value_text(a, p->process));
    value_add(o, STR("needs"), needs);
    return o;
}

/* What the tables have yielded, as the process reads it. */
static struct value *data_of(struct arena *a, const struct filing *f)
{
    struct value *data = value_new(a, VALUE_OBJECT);
    struct value *parts = value_new(a, VALUE_LIST);
    for (size_t i = 0; i < f->decided.part_count; i++)
        value_push(parts, part_data(a, f->decided.parts[i]));
    value_add(data, STR("parts"), parts);
    value_add(data, STR("failed"), value_new(a, VALUE_LIST));
    value_add(data, STR("withdrawn"), value_bool(a, false));
    return data;
}

/* What the calls of a filing are given. */
struct opening {
    const struct filing *filing;
    int64_t thread;
};

enum err joint_begin(struct tx *tx, const struct filing *f, int64_t thread,
                     str number)
{
    struct opening opening = { f, thread };
    struct process_answer a;
    struct process_start s = {
        .def = f->joint, .number = number, .module = STR("services"),
        .title = f->offer->title, .unit = f->lead.unit,
        .applicant = f->applicant, .due = day_none, .noted = true,
        .data = data_of(tx->arena, f), .context = &opening,
    };
    enum err e = process_start(tx, &s, &a);
    if (e != OK || str_is(a.state, "running"))
        return e;
    /* Accepting an application nobody gets would be worse than not to. */
    log_error("process %s cannot open the parts of %.*s", JOINT_PROCESS,
              STR_ARG(number));
    return ERR_STORE;
}

/* ---- a part begins ---- */

/*
 * A part that is opened later than the filing -- where a department has drawn
 * the parts one after another -- finds everything in the thread's row.
 */
static enum err filed_again(struct tx *tx, const struct case_load *thread,
                            struct filing *f)
{
    struct value *answers;
    str sentence = STR(""), problem;
    *f = (struct filing){
        .applicant = thread->applicant, .proxy = thread->proxy,
        .proxy_name = thread->proxy_name, .channel = thread->channel,
        .applicant_name = thread->applicant_name,
        .applicant_code = thread->applicant_code,
        .applicant_open = thread->applicant_open, .mobile = thread->mobile,
        .town = thread->town, .ticket = thread->ticket,
        .accept_by = services_accept_by(tx->calendar, tx_today(tx)),
    };
    enum err e = value_read_json(tx->arena, thread->answers, &answers,
                                 &problem);
    if (e == OK)
        e = case_offer(tx, thread, &f->offer);
    f->answers = answers;
    if (e == OK)
        e = offer_decide(f->offer, tx->arena, answers, &f->decided, &sentence);
    return e == OK ? filing_desks(tx, f) : ERR_STORE;
}

static size_t part_at(const struct filing *f, str code)
{
    size_t i = 0;
    while (i < f->decided.part_count &&
           !str_eq(f->decided.parts[i]->code, code))
        i++;
    return i;
}

static enum err no_part(struct process_start *child, str sentence)
{
    child->problem = sentence;
    return ERR_NOTFOUND;
}

/* The filing a call belongs to: the one under way, or read again. */
static enum err filing_of(struct tx *tx, const struct process_call *call,
                          struct filing *again, struct opening *out,
                          struct process_start *child)
{
    struct case_load thread;
    if (call->context) {
        *out = *(const struct opening *)call->context;
        return OK;
    }
    enum err e = case_load(tx, call->parent->number, &thread);
    if (e == ERR_NOTFOUND || (e == OK && !str_is(thread.kind, "joint")))
        return no_part(child, STR("部门内部的流程不能调用另外部署的流程，请把"
                                  "它画成同一个文件里的子流程。"));
    if (e == OK)
        e = filed_again(tx, &thread, again);
    *out = (struct opening){ again, thread.id };
    return e;
}

static enum err part_begins(struct tx *tx, const struct process_call *call,
                            struct process_start *child)
{
    struct filing again;
    struct opening opening;
    str code = value_get_text(call->data, STR("part"));
    enum err e = filing_of(tx, call, &again, &opening, child);
    if (e != OK)
        return e;
    const struct filing *f = opening.filing;
    size_t i = part_at(f, code);
    if (i == f->decided.part_count)
        return no_part(child, STR("要开的分件不在这件一件事里，请检查流程交给"
                                  "分件的数据 part。"));
    if (f->process[i] == 0)
        return no_part(child, STR(""));
    str number = arena_printf(tx->arena, "%.*s-%zu",
                              STR_ARG(call->parent->number), i + 1);
    e = filing_add_part(tx, f, opening.thread, number, i);
    child->def = f->process[i];
    child->number = number;
    child->title = f->decided.parts[i]->title;
    child->unit = f->desks[i].unit;
    child->due = day_none;
    child->noted = true;
    return e;
}

/* ---- its clocks ---- */

/* They start with the first part that is accepted. */
static enum err joint_accepted(struct tx *tx, const struct case_load *joint,
                               day accepted)
{
    struct services_limits limits;
    enum err e = services_limits(tx->calendar, accepted, (int)joint->clock_n,
                                 SERVICES_LIMIT_JOINT, false, &limits);
    if (e != OK)
        return e;
    struct clock_spec spec = {
        .matter = STR("case"), .ref = joint->number, .unit = joint->unit,
        .holder = joint->officer_name, .kind = STR("promised"),
        .rule = STR("permit.joint"), .start = accepted,
        .unit_of = CLOCK_WORKING_DAYS, .n = (int)joint->clock_n,
        .extend_max = SERVICES_EXTEND_JOINT,
    };
    e = clock_start(tx, &spec);
    if (e != OK)
        return e;
    spec.kind = STR("statutory");
    spec.n = SERVICES_LIMIT_JOINT;
    e = clock_start(tx, &spec);
    if (e != OK)
        return e;
    e = case_set_joint(tx, joint->id, accepted, limits.statutory,
                       limits.promised, limits.promised.n);
    return e == OK ? open_moves(tx, joint, STR("reviewing"),
                                limits.promised.n) : e;
}

/* No part is in a procedure any more: time goes on. */
static enum err joint_resumes(struct tx *tx, const struct case_load *joint)
{
    struct parts_special s;
    if (day_is_none(joint->clock_held_at))
        return OK;
    enum err e = parts_special(tx, joint->id, &s);
    return e == OK && s.special == 0
               ? act_resume(tx, joint, STR("reviewing")) : e;
}

/* The joint clock stands still while any part's does (第四十五条 excludes the
 * time from every limit of the section, the joint one too). */
static enum err joint_paused(struct acting *x, struct case_load *joint)
{
    bool paused = !day_is_none(joint->clock_held_at);
    if (x->act->verb == VERB_SPECIAL && !paused && joint->clock_n > 0 &&
        !day_is_none(joint->clock_start))
        return act_pause(x->tx, joint, STR("reviewing"), x->act->ground,
                         (int)x->act->days, x->notice);
    return x->act->verb != VERB_SPECIAL ? joint_resumes(x->tx, joint) : OK;
}

/* ---- its end ---- */

static str closing_words(struct arena *a, const struct parts_open *p)
{
    str ended = p->ended ? arena_printf(a, "，终止 %lld 项",
                                        (long long)p->ended) : STR("");
    return arena_printf(a,
                        "办结：%lld 个部门全部%s，其中准予 %lld 项%.*s，结果"
                        "一并送达", (long long)p->parts,
                        p->ended ? "办结" : "作出决定", (long long)p->granted,
                        STR_ARG(ended));
}

/* All parts are decided: the one result goes to the applicant. */
static enum err joint_closed(struct tx *tx, const struct case_load *joint,
                             const struct parts_open *parts)
{
    bool late = !day_is_none(joint->clock_due) &&
                joint->clock_due.n < tx_today(tx).n;
    enum err e = case_set_closed(tx, joint->id, joint->revision, STR("closed"),
                                 tx->now, tx_today(tx), late, str_none,
                                 str_none);
    if (e == OK)
        e = open_ends(tx, joint);
    if (e == OK)
        e = act_clocks_over(tx, joint->number);
    if (e != OK)
        return e;
    int took = day_is_none(joint->accepted)
                   ? 0
                   : calendar_working_between(tx->calendar, joint->accepted,
                                              tx_today(tx));
    e = case_tally(tx, STR(""), (struct tally){ .closed = 1, .late = late,
                                                .worked = took });
    if (e != OK)
        return e;
    str text = closing_words(tx->arena, parts);
    e = case_event(tx, joint->id, "close", text, STR("系统"), STR(""),
                   STR("行政许可法 第四十四条"), true);
    struct view told = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&told, "verb", STR("close"));
    view_text(&told, "text", text);
    return e == OK ? flow_signal(tx, "case.closed", joint->number,
                                 told.object) : e;
}

static enum err close_if_done(struct tx *tx, const struct case_load *joint)
{
    struct parts_open parts;
    enum err e = parts_open(tx, joint->id, &parts);
    return e == OK && parts.still_open == 0 ? joint_closed(tx, joint, &parts)
                                            : e;
}

static enum err joint_of(struct tx *tx, int64_t id, struct case_load *joint)
{
    struct case_number number;
    enum err e = case_number(tx, id, &number);
    return e == OK ? case_load(tx, number.number, joint) : e;
}

enum err joint_follows(struct acting *x)
{
    struct tx *tx = x->tx;
    struct case_load joint;
    if (x->c.parent == INT_NONE)
        return OK;
    enum err e = joint_of(tx, x->c.parent, &joint);
    if (e != OK || !joint.open)
        return e;
    if (!day_is_none(x->accepted) && day_is_none(joint.accepted)) {
        e = joint_accepted(tx, &joint, x->accepted);
        if (e == OK)
            e = case_load(tx, joint.number, &joint);
        if (e != OK)
            return e;
    }
    if (x->act->verb == VERB_SPECIAL || x->act->verb == VERB_RESUME ||
        x->act->verb == VERB_LAPSE) {
        e = joint_paused(x, &joint);
        if (e != OK)
            return e;
    }
    if (x->step.v.parent == 0)
        return close_if_done(tx, &joint);
    return x->step.id == 0 ? process_return(tx, x->step.v.id) : OK;
}

/* The process says which parts end with it; without one: all that are open. */
enum err joint_withdraws(struct acting *x)
{
    struct tx *tx = x->tx;
    struct parts_end *parts;
    size_t n = 0;
    enum err e = OK;
    if (x->step.id) {
        struct value *data = value_new(tx->arena, VALUE_OBJECT);
        struct process_answer a;
        value_add(data, STR("withdrawn"), value_bool(tx->arena, true));
        struct process_do d = { .id = x->step.id, .noted = true,
                                .command = { .verb = FLOW_SET,
                                             .data = data } };
        e = process_do(tx, &d, &a);
        step_close(&x->step);
        if (e == OK)
            e = step_open(tx, x->c.number, &x->step);
    }
    /* Parts no process of the whole has ended. */
    if (e == OK)
        e = parts_end(tx, x->c.id, &parts, &n);
    for (size_t i = 0; i < n && e == OK; i++)
        e = act_end_part(tx, parts[i].number, true, STR("申请人撤回申请"));
    return e == OK ? case_load(tx, x->c.number, &x->c) : e;
}

/* ---- what the process room tells ---- */

static enum err part_returns(struct tx *tx, const struct process_view *child,
                             struct value *data)
{
    struct case_load c;
    enum err e = case_load(tx, child->number, &c);
    if (e != OK)
        return e;
    struct value *outcome = (struct value *)value_get(data, STR("outcome"));
    outcome->text = c.state;
    return OK;
}

static bool is_withdrawn(const struct process_view *v)
{
    const struct value *w = flow_variable(v->flow, STR("withdrawn"));
    return w && w->kind == VALUE_BOOL && w->i;
}

static str why_stopped(const struct process_view *whole,
                       const struct process_view *part)
{
    if (flow_task(whole->flow, part->parent_task))
        return STR("这个分件的流程由管理员终止");
    return str_is(whole->state, "stopped")
               ? STR("整件的流程由管理员终止，这个分件终止办理")
               : STR("前置的审批没有获准，这个分件终止办理");
}

/* 终止: the process of the whole does not wait for this part any more. */
static enum err part_stopped(struct tx *tx, const struct process_view *v)
{
    struct case_load part, joint;
    struct process_view whole = { .id = v->parent };
    enum err e = case_load(tx, v->number, &part);
    if (e != OK || !part.open || part.parent == INT_NONE)
        return e == ERR_NOTFOUND ? OK : e;
    e = process_open(tx, v->parent, &whole);
    if (e != OK)
        return e;
    bool withdrawn = is_withdrawn(&whole);
    str why = withdrawn ? STR("申请人撤回申请") : why_stopped(&whole, v);
    process_close(&whole);
    e = act_end_part(tx, v->number, withdrawn, why);
    if (e != OK || withdrawn)
        return e;
    e = joint_of(tx, part.parent, &joint);
    return e == OK && joint.open ? joint_resumes(tx, &joint) : e;
}

static enum err joint_over(struct tx *tx, const struct process_view *v)
{
    struct case_load joint;
    if (is_withdrawn(v))
        return OK; /* the verb of the applicant ends it */
    enum err e = case_load(tx, v->number, &joint);
    if (e != OK || !joint.open || !str_is(joint.kind, "joint"))
        return e == ERR_NOTFOUND ? OK : e;
    return close_if_done(tx, &joint);
}

static enum err case_over(struct tx *tx, const struct process_view *v)
{
    if (v->parent)
        return str_is(v->state, "stopped") ? part_stopped(tx, v) : OK;
    return process_calls(v->graph) ? joint_over(tx, v) : OK;
}

const struct process_owner services_cases = {
    .module = "services", .chooses = true, .calls = part_begins,
    .returns = part_returns, .ended = case_over,
};
