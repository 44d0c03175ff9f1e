/*
 * Complaining about a step of one's own case.
 *
 * It goes to the supervisor, never to who is meant: the organisation is heard
 * (it explains), and the answer is the supervisor's.  That there is a complaint
 * and how it ended stands on the thread; what was said in it does not.
 */
#include "remedies/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "remedies/matter.h"

struct about {
    struct case_for_remedy c;
    struct steps_seen *steps;
    size_t n;
};

static enum err load(struct request *rq, struct tx *tx, struct about *a)
{
    struct case_holder_of h;
    str number = rq_path(rq, "number");
    enum err e = case_for_remedy(tx, number, &a->c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对。");
    if (e == OK)
        e = case_holder_of(tx, number, &h);
    if (e != OK)
        return e;
    int64_t me = tx->who->account;
    if (me == 0 || (h.applicant != me && h.proxy != me))
        return rq_fail(rq, ERR_DENIED,
                       "只有申请人本人或者代办人可以投诉这件的办理环节；其他意"
                       "见请拨打 12345。");
    return steps_seen(tx, number, &a->steps, &a->n);
}

/* 2026-11-20 10:05 · 市场监督管理局 */
static str step_remark(struct arena *a, const struct steps_seen *s)
{
    char day[DAY_TEXT];
    int m = inst_minute(s->at);
    return arena_printf(a, "%.*s %02d:%02d · %.*s",
                        STR_ARG(day_text(inst_day(s->at), day)), m / 60,
                        m % 60, STR_ARG(s->unit_name));
}

static void show_fields(struct request *rq, struct view *v,
                        const struct about *a)
{
    struct value *fields = view_list(v, "fields");
    struct page_choice *c = ARENA_NEW_N(v->arena, struct page_choice, a->n + 1);
    for (size_t i = 0; i < a->n; i++)
        c[i] = (struct page_choice){
            arena_printf(v->arena, "%lld", (long long)a->steps[i].id),
            a->steps[i].text, step_remark(v->arena, &a->steps[i]) };
    struct page_field step = {
        .name = "step", .type = "choice", .label = STR("对哪一步不满意"),
        .value = rq_text(rq, "step"), .choices = c, .choice_count = a->n,
    };
    struct page_field text = {
        .name = "text", .type = "lines", .label = STR("投诉的内容和要求"),
        .hint = STR("写明发生了什么、希望怎样处理，四至一千字。被投诉的经办人"
                    "看不到这些内容。"),
        .value = rq_text(rq, "text"),
    };
    str problem;
    if (rq_problem(rq, "step", &problem))
        step.error = problem;
    if (rq_problem(rq, "text", &problem))
        text.error = problem;
    page_field(v, fields, &step);
    page_field(v, fields, &text);
}

enum err complain_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct about a = { .n = 0 };
    enum err e = load(rq, tx, &a);
    if (e != OK)
        return e;
    rq_menu(rq, "my.remedies");
    view_text(v, "number", rq_path(rq, "number"));
    view_text(v, "title", a.c.title);
    view_int(v, "days", clock_rule(STR("remedy.complaint"))->n);
    show_fields(rq, v, &a);
    return OK;
}

static enum err tell(struct tx *tx, const struct remedy_new *n, str number)
{
    struct arena *a = tx->arena;
    str title = arena_printf(a, "投诉：%.*s", STR_ARG(n->title));
    enum err e = remedy_tell_watchers(
        tx, number, title,
        arena_printf(a, "办件 %.*s 的申请人对“%.*s”一步提出投诉，编号 %.*s，请"
                     "在期限内答复。", STR_ARG(n->ref), STR_ARG(n->step),
                     STR_ARG(number)));
    if (e == OK)
        e = remedy_tell_leaders(
            tx, n->unit, number, title,
            arena_printf(a, "办件 %.*s 的“%.*s”一步被投诉，编号 %.*s，请核实并"
                         "说明情况，不得打击报复。", STR_ARG(n->ref),
                         STR_ARG(n->step), STR_ARG(number)));
    return e == OK ? remedy_on_thread(
                         tx, "remedy.complained", n->ref,
                         arena_printf(a, "申请人对“%.*s”一步提出投诉，编号 "
                                      "%.*s，由监察人员答复", STR_ARG(n->step),
                                      STR_ARG(number)), STR("申请人")) : e;
}

enum err complain_post(struct request *rq, struct tx *tx)
{
    struct about a = { .n = 0 };
    struct auth_person me;
    struct remedy_same same;
    int64_t id = 0;
    str number;
    const struct steps_seen *step = NULL;
    enum err e = load(rq, tx, &a);
    if (e != OK)
        return e;
    (void)str_int(rq_text(rq, "step"), &id);
    for (size_t i = 0; i < a.n; i++)
        if (a.steps[i].id == id)
            step = &a.steps[i];
    if (step == NULL)
        return rq_fail_field(rq, ERR_RANGE, "step",
                             STR("请选择这件办理记录里的一步。"));
    e = remedy_same(tx, tx->who->account, STR("complaint"), step->case_no,
                    step->text, &same);
    if (e == OK && same.matters > 0)
        return rq_fail(rq, ERR_CONFLICT,
                       "这一步您已经投诉过，正在处理，请在“投诉和更正”里查"
                       "看。");
    if (e == OK)
        e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    struct remedy_new n = {
        .kind = remedy_kind(STR("complaint")), .ref = step->case_no,
        .title = a.c.title, .unit = step->unit, .account = tx->who->account,
        .name = me.name, .step = step->text, .text = rq_text(rq, "text"),
        .document = STR(""), .was = str_none, .becomes = str_none,
        .state = "open",
    };
    e = remedy_write(tx, &n, &number);
    if (e == OK)
        e = tell(tx, &n, number);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "code", number);
    rq_flash(rq, "ok", arena_printf(tx->arena, "投诉已提交，编号 %.*s。",
                                    STR_ARG(number)));
    return rq_see_other(rq, "/my/remedies/%.*s", STR_ARG(number));
}
