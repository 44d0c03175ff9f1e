/*
 * Those who answer: the supervisor sees and answers complaints of the whole
 * city, an organisation sees what concerns it, is heard, and decides on the
 * correction of data it keeps.
 */
#include "remedies/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/job/job.h"
#include "kernel/page/page.h"
#include "remedies/matter.h"

enum { PAGE = 50 };

/* "" for those who look at all of them. */
static str scope_of(const struct tx *tx)
{
    return auth_sees_all(tx->who->role) ? STR("") : tx->who->unit;
}

/* ---- the list ---- */

static void show_filters(struct request *rq, struct view *v)
{
    static const char *const states[] = { "open", "explained", "granted",
                                          "dismissed", "withdrawn" };
    struct value *kinds = view_list(v, "kinds");
    str kind = rq_text(rq, "kind"), state = rq_text(rq, "state");
    page_option(v, kinds, STR(""), STR("全部"), kind);
    for (const struct remedy_kind *k = remedy_kinds; k->code; k++)
        page_option(v, kinds, str_of(k->code), str_of(k->name), kind);
    struct value *list = view_list(v, "states");
    page_option(v, list, STR(""), STR("全部"), state);
    for (int i = 0; i < 5; i++)
        page_option(v, list, str_of(states[i]),
               remedy_state_word(kind, str_of(states[i])), state);
}

enum err remedies_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct remedy_page *m;
    size_t n;
    rq_menu(rq, "desk.remedies");
    show_filters(rq, v);
    enum err e = remedy_page(tx, scope_of(tx), rq_text(rq, "kind"),
                             rq_text(rq, "state"),
                             rq_int(rq, "before", INT64_MAX), &m, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n && i < PAGE; i++) {
        bool open = str_is(m[i].state, "open") ||
                    str_is(m[i].state, "explained");
        struct view row = view_row(v, list);
        view_text(&row, "code", m[i].number);
        view_text(&row, "kind", remedy_called(m[i].kind, m[i].ref));
        view_text(&row, "title", m[i].title);
        view_text(&row, "number", str_is(m[i].kind, "correction")
                                      ? STR("") : m[i].ref);
        view_text(&row, "unit_name", m[i].unit_name);
        view_inst(&row, "made", m[i].made);
        view_day(&row, "due", m[i].due);
        view_bool(&row, "late", open && !day_is_none(m[i].due) &&
                                    m[i].due.n < tx_today(tx).n);
        view_text(&row, "state", remedy_state_word(m[i].kind, m[i].state));
    }
    if (e != OK)
        return e;
    str same = arena_printf(v->arena, "/remedies?kind=%.*s&state=%.*s",
                            STR_ARG(rq_text(rq, "kind")),
                            STR_ARG(rq_text(rq, "state")));
    rq_pager_before(rq, same, n, PAGE, n > PAGE ? m[PAGE - 1].id : 0);
    return OK;
}

/* ---- one ---- */

static enum err load(struct request *rq, struct tx *tx, struct remedy_one *m)
{
    enum err e = remedy_one(tx, rq_path(rq, "code"), m);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个编号，请从列表打开。");
    if (e == OK && !auth_in_scope(tx->who, m->unit))
        return rq_fail(rq, ERR_DENIED, "您只能查看涉及本单位的。");
    return e;
}

/* What was said is for who answers; the person in charge of the organisation
 * reads it to explain, the officer who may be meant does not. */
static bool reads_words(const struct tx *tx, const struct remedy_one *m)
{
    const struct remedy_kind *k = remedy_kind(m->kind);
    if (k->by != REMEDY_BY_SUPERVISOR)
        return true;
    return str_is(tx->who->role, "supervisor") ||
           str_is(tx->who->role, "leader");
}

static bool still_open(const struct remedy_one *m)
{
    return str_is(m->state, "open") || str_is(m->state, "explained");
}

static bool may_explain(struct request *rq, const struct tx *tx,
                        const struct remedy_one *m)
{
    return remedy_kind(m->kind)->explains && rq_may(rq, "remedies.explain") &&
           str_eq(tx->who->unit, m->unit) && str_is(m->state, "open");
}

/* Nobody decides on what he asked for himself. */
static bool may_answer(const struct tx *tx, const struct remedy_one *m)
{
    const struct remedy_kind *k = remedy_kind(m->kind);
    const struct who *who = tx->who;
    if (!still_open(m) || m->account == who->account)
        return false;
    if (k->by == REMEDY_BY_SUPERVISOR)
        return str_is(who->role, "supervisor");
    return k->by == REMEDY_BY_KEEPER && str_eq(who->unit, m->unit) &&
           (str_is(who->role, "leader") || str_is(who->role, "officer"));
}

static enum err can_reopen(struct tx *tx, const struct remedy_one *m,
                           str *refused)
{
    struct case_for_remedy c;
    struct case_again again = { .runs = 0 };
    *refused = STR("这不是一个办件。");
    if (m->ref.n == 0)
        return OK;
    enum err e = case_for_remedy(tx, m->ref, &c);
    if (e == OK)
        e = case_again(tx, c.id, &again);
    if (e == OK)
        *refused = remedy_reopen_refused(c.kind, c.state, c.open != 0,
                                         again.runs > 0);
    return e == ERR_NOTFOUND ? OK : e;
}

static void ask_lines(struct request *rq, struct view *v, struct value *list,
                      const char *label, const char *hint)
{
    struct page_field f = { .name = "text", .type = "lines",
                            .label = str_of(label), .hint = str_of(hint),
                            .value = rq_text(rq, "text") };
    str problem;
    if (rq_problem(rq, "text", &problem))
        f.error = problem;
    page_field(v, list, &f);
}

static void ask_verdict(struct request *rq, struct view *v, struct value *list,
                        const struct remedy_one *m, bool again)
{
    bool correction = str_is(m->kind, "correction");
    struct page_choice c[3];
    size_t n = 0;
    c[n++] = (struct page_choice){ STR("grant"),
                                   correction ? STR("予以更正")
                                              : STR("成立，责令改正"),
                                   STR("") };
    if (again)
        c[n++] = (struct page_choice){ STR("reopen"),
                                       STR("成立，并且重新办理这件"),
                                       STR("原记录不变，另起一次办理") };
    c[n++] = (struct page_choice){ STR("dismiss"),
                                   correction ? STR("不予更正")
                                              : STR("不成立"), STR("") };
    struct page_field f = { .name = "verdict", .type = "choice",
                            .label = STR("处理"), .choices = c,
                            .choice_count = n,
                            .value = rq_text(rq, "verdict") };
    str problem;
    if (rq_problem(rq, "verdict", &problem))
        f.error = problem;
    page_field(v, list, &f);
}

static enum err show_action(struct request *rq, struct tx *tx, struct view *v,
                            const struct remedy_one *m)
{
    bool explain = may_explain(rq, tx, m), answer = may_answer(tx, m);
    str action = STR(""), refused = STR("x");
    enum err e = OK;
    if (explain || answer)
        action = arena_printf(v->arena, "/remedies/%.*s/%s",
                              STR_ARG(m->number),
                              answer ? "answer" : "explain");
    view_text(v, "action", action);
    view_text(v, "submit", answer ? STR("答复") : explain ? STR("说明情况")
                                                          : STR(""));
    struct value *fields = view_list(v, "fields");
    if (answer && str_is(m->kind, "complaint"))
        e = can_reopen(tx, m, &refused);
    if (answer) {
        ask_verdict(rq, v, fields, m, refused.n == 0);
        ask_lines(rq, v, fields, "答复的内容",
                  "写明核实的情况和理由，当事人会看到，四至一千字。");
    } else if (explain) {
        ask_lines(rq, v, fields, "情况说明",
                  "写明事情的经过和打算怎样改正，四至一千字。");
    }
    return e;
}

enum err remedy_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct remedy_one m;
    enum err e = load(rq, tx, &m);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.remedies");
    bool whole = reads_words(tx, &m);
    remedy_body(v, &m, whole);
    e = show_action(rq, tx, v, &m);
    if (e == OK && whole && m.account)
        e = audit_look(tx, STR("remedy.look"), m.number);
    return e;
}

/* ---- being heard ---- */

enum err remedy_explain_post(struct request *rq, struct tx *tx)
{
    struct remedy_one m;
    enum err e = load(rq, tx, &m);
    if (e != OK)
        return e;
    if (!str_eq(tx->who->unit, m.unit) || !remedy_kind(m.kind)->explains)
        return rq_fail(rq, ERR_DENIED, "只有涉及的单位可以说明情况。");
    e = remedy_explain(tx, m.id, m.revision, rq_text(rq, "text"),
                       tx->who->name, tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "已经说明过或者处理完毕，请刷新后查看。");
    if (e == OK)
        e = audit_note(tx, STR("remedy.explain"), m.number, STR(""));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已提交说明，等待监察人员答复。"));
    return rq_see_other(rq, "/remedies/%.*s", STR_ARG(m.number));
}

/* ---- the answer ---- */

/* The base hears it and writes its next version, as long as it still says what
 * was asked to be put right. */
static enum err put_register_right(struct request *rq, struct tx *tx,
                                   const struct remedy_one *m)
{
    str now;
    enum err e = remedy_registered_now(tx, m->ref, m->step, &now);
    if (e == ERR_NOTFOUND || (e == OK && !str_eq(now, m->was)))
        return rq_fail(rq, ERR_CONFLICT, "这一项在申请以后登记已经变动，请核实"
                                         "后不予更正，并说明理由。");
    struct view p = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&p, "number", m->number);
    view_text(&p, "datum", m->step);
    view_text(&p, "was", m->was);
    view_text(&p, "becomes", m->becomes);
    return e == OK ? flow_signal(tx, "remedy.corrected", m->ref, p.object) : e;
}

/* The datum itself, for every form from now on. */
static enum err put_right(struct request *rq, struct tx *tx,
                          const struct remedy_one *m)
{
    if (m->ref.n)
        return put_register_right(rq, tx, m);
    enum err e = auth_correct(tx, m->account, m->step, m->was, m->becomes);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这一项在申请以后已经变动，或者已经被另一个账号使"
                              "用，请核实后不予更正，并说明理由。");
    return e;
}

static enum err tell_answer(struct tx *tx, const struct remedy_one *m,
                            str state, str text)
{
    struct arena *a = tx->arena;
    const struct remedy_kind *k = remedy_kind(m->kind);
    str word = remedy_state_word(m->kind, state);
    str title = arena_printf(a, "%.*s的答复：%.*s",
                             STR_ARG(remedy_called(m->kind, m->ref)),
                             STR_ARG(m->title));
    bool refused = str_is(m->kind, "correction") && str_is(state, "dismissed");
    str body = arena_printf(
        a, "%.*s，%.*s。%.*s%s", STR_ARG(m->number), STR_ARG(word),
        STR_ARG(text),
        !refused ? ""
        : m->ref.n ? "\n不服的，可以依法申请行政复议或者提起行政诉讼。"
                   : "\n不服的，可以依法向人民法院提起诉讼（个人信息保护法第五"
                     "十条）。");
    enum err e = remedy_letter(tx, m->account, m->number, title, body,
                               arena_printf(a, "/my/remedies/%.*s",
                                            STR_ARG(m->number)));
    if (e == OK && k->by == REMEDY_BY_SUPERVISOR)
        e = remedy_tell_leaders(tx, m->unit, m->number, title, body);
    if (e == OK && str_is(m->kind, "complaint"))
        e = remedy_on_thread(tx, "remedy.answered", m->ref,
                             arena_printf(a, "投诉 %.*s 已答复：%.*s",
                                          STR_ARG(m->number), STR_ARG(word)),
                             STR("监察"));
    return e;
}

enum err remedy_answer_post(struct request *rq, struct tx *tx)
{
    struct remedy_one m;
    str verdict = rq_text(rq, "verdict"), text = rq_text(rq, "text");
    str refused = STR("");
    bool again = str_is(verdict, "reopen");
    enum err e = load(rq, tx, &m);
    if (e != OK)
        return e;
    if (still_open(&m) && !may_answer(tx, &m))
        return rq_fail(rq, ERR_DENIED,
                       "投诉由监察人员答复，更正由保管这项信息的单位决定；"
                       "本人的事项应当回避。");
    if (again)
        e = str_is(m.kind, "complaint") ? can_reopen(tx, &m, &refused)
                                        : ERR_RANGE;
    if (e == ERR_RANGE || refused.n)
        return rq_fail_str(rq, ERR_RANGE, refused.n ? refused
                               : STR("只有投诉可以引起重新办理。"));
    bool dismissed = str_is(verdict, "dismiss");
    str state = dismissed ? STR("dismissed") : STR("granted");
    if (e == OK)
        e = remedy_answer(tx, m.id, m.revision, state, text, tx->who->name,
                          tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "已经答复过或者已经撤回，请刷新后查看。");
    if (e == OK && str_is(m.kind, "correction") && !dismissed)
        e = put_right(rq, tx, &m);
    if (e == OK && again)
        e = remedy_ask_reopen(tx, m.number, m.ref, STR("complaint"), m.number,
                              0);
    if (e == OK) {
        e = clock_stop(tx, STR("remedy"), m.number);
        e = e == ERR_NOTFOUND ? OK : e;
    }
    if (e == OK)
        e = audit_note(tx, STR("remedy.answer"), m.number, state);
    if (e == OK)
        e = tell_answer(tx, &m, state, text);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已答复。"));
    return rq_see_other(rq, "/remedies/%.*s", STR_ARG(m.number));
}
