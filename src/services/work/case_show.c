/*
 * A case as the desk that must decide sees it: the papers its part is entitled
 * to, the answers its part is entitled to, and what may be done now.
 *
 * Personal data is in full here, because the duty needs it; the look is
 * recorded (个人信息保护法 第六条; GB/T 22239 安全审计).
 */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/files/files.h"
#include "kernel/notify/notify.h"
#include "kernel/page/page.h"
#include "services/case.h"
#include "services/work/desk_case.h"
#include "services/apply/firm.h"
#include "services/work/gap.h"
#include "services/apply/held.h"
#include "services/apply/paper.h"
#include "services/apply/partners.h"
#include "services/show.h"
#include "services/work/step.h"

/* ---- loading ---- */

enum err desk_case_load(struct request *rq, struct tx *tx, struct desk_case *d)
{
    enum err e = case_load(tx, rq_path(rq, "number"), &d->c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对。");
    if (e == OK)
        e = unit_brief(tx, d->c.unit, &d->unit);
    if (e != OK)
        return e;
    if (!auth_in_scope(tx->who, d->c.unit))
        return rq_fail_str(rq, ERR_DENIED,
                           arena_printf(tx->arena,
                                        "您没有查看此件的权限，如需协办"
                                        "请联系%.*s承办人%.*s。",
                                        STR_ARG(d->unit.name),
                                        STR_ARG(d->c.officer_name)));
    d->thread = d->c;
    if (d->c.parent == INT_NONE)
        return OK;
    struct case_number parent;
    e = case_number(tx, d->c.parent, &parent);
    return e == OK ? case_load(tx, parent.number, &d->thread) : e;
}

/* The papers this part asked for, out of the matter's. */
static enum err papers_of(struct tx *tx, struct desk_case *d)
{
    struct paper_list *all;
    size_t n;
    enum err e = paper_list(tx, d->thread.id, &all, &n);
    if (e != OK)
        return e;
    d->papers = ARENA_NEW_N(tx->arena, struct paper_list, n + 1);
    for (size_t i = 0; i < n; i++)
        if (paper_for_desk(d->c.papers, all[i].code))
            d->papers[d->paper_count++] = all[i];
    return OK;
}

/* ---- papers ---- */

static str paper_remark(struct arena *a, const struct paper_list *p, bool seen,
                        str word)
{
    if (str_is(p->source, "licence"))
        return arena_printf(a, "电子证照 · %.*s", STR_ARG(word));
    if (str_is(p->source, "exchange"))
        return arena_printf(a, "免交 · 来自%.*s", STR_ARG(p->name));
    if (str_is(p->source, "case") && !str_is_none(p->ref))
        return arena_printf(a, "取自办件 %.*s · %.*s%s", STR_ARG(p->ref),
                            STR_ARG(files_size(a, p->size)),
                            seen ? "" : " · 未查看");
    if (str_is_none(p->sha256))
        return p->name;
    const char *type = str_is(p->type, "application/pdf") ? "PDF"
                       : str_starts(p->type, STR("image/")) ? "图片" : "文件";
    str found = show_found(a, p->scan, p->pages, p->sharp);
    return arena_printf(a, "%s %.*s%.*s%s", type,
                        STR_ARG(files_size(a, p->size)), STR_ARG(found),
                        seen ? "" : " · 未查看");
}

static bool was_seen(const struct look_list *looks, size_t n, int64_t paper)
{
    for (size_t i = 0; i < n; i++)
        if (looks[i].paper == paper)
            return true;
    return false;
}

/* By its own number, for what was handed in again has the same code; by its
 * code the one that counts. */
static const struct paper_list *open_paper(struct request *rq,
                                           const struct desk_case *d)
{
    str wanted = rq_text(rq, "paper");
    int64_t id;
    bool numbered = str_int(wanted, &id);
    for (size_t i = d->paper_count; i-- > 0;)
        if (numbered ? d->papers[i].id == id
                     : str_eq(d->papers[i].code, wanted))
            return &d->papers[i];
    return d->paper_count ? &d->papers[0] : NULL;
}

static str paper_href(struct arena *a, const struct desk_case *d,
                      const struct paper_list *p)
{
    return arena_printf(a, "/desk/%.*s?paper=%lld", STR_ARG(d->c.number),
                        (long long)p->id);
}

/* 小图: files only, so that the eye finds what is to be looked at. */
static void show_in_strip(struct view *v, struct value *strip,
                          const struct desk_case *d,
                          const struct paper_list *p, bool here)
{
    struct view row = view_row(v, strip);
    struct paper_drawn drawn = PAPER_DRAWN(*p);
    view_text(&row, "title", p->title);
    view_text(&row, "href", paper_href(v->arena, d, p));
    view_bool(&row, "here", here);
    paper_show_thumb(&row, &drawn, arena_printf(v->arena, "/papers/%lld",
                                                (long long)p->id));
}

static enum err show_paper_list(struct view *v, struct tx *tx,
                                const struct desk_case *d,
                                const struct paper_list *open)
{
    struct look_list *looks;
    size_t n;
    int files = 0, seen_files = 0;
    enum err e = look_list(tx, d->thread.id, tx->who->account, &looks, &n);
    struct value *list = view_list(v, "papers");
    struct value *strip = view_list(v, "strip");
    for (size_t i = 0; e == OK && i < d->paper_count; i++) {
        const struct paper_list *p = &d->papers[i];
        bool file = !str_is_none(p->sha256);
        bool seen = !file || was_seen(looks, n, p->id);
        files += file;
        seen_files += file && seen;
        str word, doubt;
        e = held_doubt(tx, p, &word, &doubt);
        struct view row = view_row(v, list);
        view_text(&row, "code", p->code);
        view_text(&row, "title", p->title);
        str remark = paper_remark(v->arena, p, seen, word);
        view_text(&row, "remark",
                  paper_replaced(d->papers, d->paper_count, i)
                      ? arena_join(v->arena, remark, STR(" · 后来重新交过"))
                      : remark);
        if (str_is(p->source, "later") && /* 容缺后补: it is still to come */
            !paper_replaced(d->papers, d->paper_count, i))
            doubt = p->name;
        view_text(&row, "look", doubt.n ? STR("warn")
                                : seen  ? STR("ok") : STR("info"));
        view_text(&row, "icon", doubt.n ? STR("triangle-alert")
                                : seen  ? STR("check") : STR("circle-dot"));
        view_text(&row, "href", paper_href(v->arena, d, p));
        view_bool(&row, "here", p == open);
        if (file)
            show_in_strip(v, strip, d, p, p == open);
    }
    view_text(v, "seen",
              arena_printf(v->arena, "%zu 份材料，%d 份文件已看 %d 份",
                           d->paper_count, files, seen_files));
    view_text(v, "all_papers", STR(""));
    return e;
}

/* The answers this part is entitled to: no others reach its desk. */
static enum err show_answers(struct view *v, struct tx *tx,
                             const struct desk_case *d)
{
    struct value *list = view_list(v, "answers");
    const struct offer *o;
    struct value *answers;
    str problem;
    const struct units *towns;
    if (str_is_none(d->thread.answers))
        return OK;
    enum err e = case_offer(tx, &d->thread, &o);
    if (e == OK)
        e = value_read_json(tx->arena, d->thread.answers, &answers, &problem);
    if (e == OK)
        e = units_read(tx, &towns);
    if (e != OK)
        return e;
    for (size_t i = 0; i < o->part_count; i++) {
        const struct offer_part *p = &o->parts[i];
        if (!str_is_none(d->c.part) && !str_eq(p->code, d->c.part))
            continue;
        for (size_t k = 0; k < p->field_count; k++) {
            const struct form_question *f = offer_field(o, p->fields[k]);
            const struct value *given = value_get(answers, p->fields[k]);
            if (f == NULL || given == NULL)
                continue;
            str differs = d->firm ? firm_differs(d->firm, tx->arena, f, given)
                                  : STR("");
            show_said(v, list, f, given, towns,
                      &(struct show_said){ STR(""), "doubt", differs.n > 0 });
        }
    }
    return OK;
}

static str signature(struct arena *a, const struct desk_case *d)
{
    int y, m, day;
    day_split(d->c.received, &y, &m, &day);
    return arena_printf(a, "申请人：%.*s  %d 年 %d 月 %d 日",
                        STR_ARG(d->c.applicant_name), y, m, day);
}

static enum err show_open_paper(struct view *v, struct tx *tx,
                                const struct desk_case *d,
                                const struct paper_list *p, int64_t page)
{
    if (p == NULL) {
        view_text(v, "paper", str_none);
        return OK;
    }
    struct view o = view_object(v, "paper");
    bool form = str_is(p->source, "form"), file = !str_is_none(p->sha256);
    bool licence = str_is(p->source, "licence");
    str href = file ? arena_printf(v->arena, "/papers/%lld", (long long)p->id)
               : licence ? arena_printf(v->arena, "/licences/%.*s/pdf",
                                        STR_ARG(p->ref))
                         : STR("");
    enum files_safe safe = file ? files_safe(p->scan) : FILES_SAFE;
    if (safe != FILES_SAFE)
        href = STR("");
    /* As itself only while its pictures are being drawn. */
    bool drawn = file && !str_is_none(p->preview) &&
                 !str_is(p->preview, "waiting");
    bool image = file && !drawn && safe == FILES_SAFE &&
                 str_starts(p->type, STR("image/"));
    view_text(&o, "title", p->title);
    view_bool(&o, "form", form);
    view_text(&o, "image", image ? href : STR(""));
    bool pdf = licence || (!drawn && str_is(p->type, "application/pdf"));
    view_text(&o, "frame", pdf ? href : STR("")); /* "" while it is held */
    view_text(&o, "download", href);
    enum err e = paper_show_page(&o, tx, d->c.number, p, page);
    if (e != OK)
        return e;
    if (form)
        e = show_answers(&o, tx, d);
    else
        view_list(&o, "answers");
    view_text(&o, "signed", form ? signature(v->arena, d) : STR(""));
    str word, doubt = STR("");
    if (e == OK)
        e = held_doubt(tx, p, &word, &doubt);
    struct value *doubts = view_list(&o, "doubts");
    if (doubt.n)
        value_push(doubts, value_text(v->arena, doubt));
    if (safe == FILES_WAITING)
        value_push(doubts, value_text(v->arena,
                                      STR("这份文件待查毒，查过以后才能打"
                                          "开。")));
    if (safe == FILES_INFECTED)
        value_push(doubts, value_text(
            v->arena, arena_printf(v->arena, "这份文件查出病毒（%.*s），已经"
                                   "隔离，请要求申请人重新提供。",
                                   STR_ARG(p->virus))));
    if (file && files_blurred(p->sharp))
        value_push(doubts, value_text(v->arena,
                                      STR("照片可能不够清晰，请核对能否辨认；"
                                          "不能仅以此不予受理。")));
    return e;
}

/* ---- beside the papers ---- */

static enum err show_others(struct view *v, struct tx *tx,
                            const struct desk_case *d)
{
    struct value *list = view_list(v, "parts");
    struct case_parts *p;
    size_t n = 0;
    int done = 0;
    bool joint = str_is(d->c.kind, "joint");
    enum err e = joint || d->c.parent != INT_NONE
                     ? case_parts(tx, joint ? d->c.id : d->c.parent, &p, &n)
                     : OK;
    for (size_t i = 0; e == OK && i < n; i++) {
        struct face f = {
            .state = p[i].state, .open = p[i].open != 0,
            .received = p[i].received,
            .accept_by = p[i].accept_by,
            .closed_day = p[i].closed_day,
            .clock_start = p[i].clock_start, .clock_due = p[i].clock_due,
            .clock_held_at = p[i].clock_held_at, .clock_n = p[i].clock_n,
            .clock_extra = p[i].clock_extra, .clock_held = p[i].clock_held,
        };
        done += !p[i].open;
        struct view row = view_row(v, list);
        view_text(&row, "title", p[i].title);
        view_text(&row, "unit_name", p[i].short_name);
        show_state(&row, "state", &f);
        show_clock(&row, "clock", tx->calendar, tx_today(tx), &f);
    }
    view_text(v, "parts_done", n ? arena_printf(v->arena, "%d / %zu 完成", done,
                                                n) : STR(""));
    return e;
}

static enum err show_events(struct view *v, struct tx *tx,
                            const struct desk_case *d)
{
    struct event_all *own;
    struct event_open *shared;
    size_t n, m = 0;
    enum err e = event_all(tx, d->c.id, &own, &n);
    if (e == OK && d->c.parent != INT_NONE)
        e = event_open(tx, d->c.parent, &shared, &m);
    struct value *list = view_list(v, "events");
    for (size_t i = 0; e == OK && i < n; i++)
        show_event(v, list, own[i].at, own[i].verb, own[i].text, own[i].actor,
                   own[i].basis);
    for (size_t i = 0; e == OK && i < m; i++)
        show_event(v, list, shared[i].at, shared[i].verb, shared[i].text,
                   shared[i].actor, shared[i].basis);
    view_text(v, "events_all", STR(""));
    return e;
}

/* Whether the applicant could be told outside the mailbox. */
static enum err show_deliveries(struct view *v, struct tx *tx,
                                const struct desk_case *d)
{
    static const struct { const char *code, *word; } words[] = {
        { "waiting", "等待发送" }, { "sent", "已发出" },
        { "failed", "没有送达" },
    };
    struct case_deliveries *all;
    size_t n;
    struct value *list = view_list(v, "deliveries");
    enum err e = case_deliveries(tx, d->thread.number, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool failed = str_is(all[i].state, "failed");
        struct view row = view_row(v, list);
        view_text(&row, "code", all[i].code);
        view_text(&row, "way", str_is(all[i].way, "sms") ? STR("短信")
                                                         : STR("邮件"));
        view_text(&row, "place", all[i].place);
        view_inst(&row, "made", all[i].made);
        view_int(&row, "tries", all[i].tries);
        view_text(&row, "why", all[i].why);
        view_bool(&row, "failed", failed);
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (str_is(all[i].state, words[k].code))
                page_tag(&row, "state", str_of(words[k].word));
    }
    return e;
}

/* Once more, by hand. */
enum err delivery_post(struct request *rq, struct tx *tx)
{
    struct desk_case d = { .paper_count = 0 };
    enum err e = desk_case_load(rq, tx, &d);
    if (e == OK)
        e = notify_again(tx, rq_path(rq, "delivery"), d.thread.number);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这条通知，请刷新后查看。");
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这条通知没有失败，不用重发。");
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("正在重新发送。"));
    return rq_see_other(rq, "/desk/%.*s", STR_ARG(d.c.number));
}

static enum err show_opinion(struct view *v, struct tx *tx,
                             const struct desk_case *d)
{
    static const struct { const char *code, *label; } points[] = {
        { "complete", "材料齐全、符合法定形式" },
        { "credit", "信用记录无严重违法失信" },
        { "consistent", "申请内容与材料一致" },
        { "onsite", "需要现场核查的，核查符合要求" },
    };
    struct opinion_of o = { .text = STR(""), .points = STR("") };
    enum err e = opinion_of(tx, d->c.id, &o);
    bool saved = e == OK;
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    struct value *list = view_list(v, "points");
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", str_of(points[i].code));
        view_text(&row, "label", str_of(points[i].label));
        view_bool(&row, "done", paper_listed(o.points, str_of(points[i].code)));
    }
    view_text(v, "opinion", saved ? o.text : STR(""));
    int m = saved ? inst_minute(o.saved) : 0;
    view_text(v, "saved", saved ? arena_printf(v->arena, "%02d:%02d 已保存",
                                               m / 60, m % 60) : STR(""));
    view_int(v, "revision", d->c.revision);
    return OK;
}

/* Is it something the process of the case lets this person do now? */
static bool step_offers(struct tx *tx, enum verb v, const struct step *s,
                        bool deciding)
{
    bool leader = str_is(tx->who->role, "leader");
    str me = process_person(tx->arena, tx->who->account);
    int one;
    if (s->id == 0)
        return v == VERB_RETURN ? deciding && leader : v < VERB_COSIGN;
    switch (v) {
    case VERB_RETURN:
        return (!deciding || leader) && step_back(s, &one, 1) > 0;
    case VERB_COSIGN:
        return (!deciding || leader) && step_main(s->v.flow, NULL);
    case VERB_UNSIGN:
        return (!deciding || leader) && step_signer(s->v.flow, str_none);
    case VERB_SIGN:
        return step_signer(s->v.flow, me) != NULL;
    case VERB_DELEGATE:
        return step_main(s->v.flow, NULL) != NULL;
    case VERB_RECALL:
        return step_may_recall(tx, s, me);
    default:
        return true;
    }
}

static const struct {
    enum verb verb;
    const char *icon, *key, *look;
} verb_order[] = {
    { VERB_ACCEPT, "check", "A", "" },
    { VERB_ADMIT, "check", "A", "" },
    { VERB_VERIFY, "eye", "", "" },
    { VERB_GRANT, "check", "A", "" },
    { VERB_SIGN, "check", "", "" },
    { VERB_PROPOSE, "check", "A", "" },
    { VERB_RESUME, "rotate-ccw", "A", "" },
    { VERB_REVIEW, "eye", "", "btn-2" },
    { VERB_SUPPLEMENT, "pause", "B", "btn-2" },
    { VERB_TRANSFER, "forward", "Z", "btn-2" },
    { VERB_COSIGN, "users", "", "btn-2" },
    { VERB_UNSIGN, "minus", "", "btn-2" },
    { VERB_DELEGATE, "user", "", "btn-2" },
    { VERB_SPECIAL, "timer", "", "btn-2" },
    { VERB_EXTEND, "clock", "", "btn-2" },
    { VERB_AGAIN, "clock", "", "btn-2" },
    { VERB_RETURN, "undo-2", "", "btn-2" },
    { VERB_RECALL, "corner-up-left", "", "btn-2" },
    { VERB_REFUSE, "circle-x", "", "btn-bad" },
    { VERB_DENY, "circle-x", "", "btn-bad" },
};

/* Verbs of acceptance by what is missing, those of gaps by what there is. */
static bool gap_offers(struct arena *a, enum verb v, const struct desk_case *d,
                       const struct gap_found *g, bool late, bool again)
{
    switch (v) {
    case VERB_ACCEPT:
        return gap_refuses_accept(a, g, late).n == 0;
    case VERB_ADMIT:
        return gap_refuses_admit(a, g).n == 0;
    case VERB_VERIFY:
        return d->c.gap_handed > 0;
    case VERB_AGAIN:
        return again;
    case VERB_GRANT:
        return d->c.gaps == 0;
    default:
        return true;
    }
}

static void show_why_gaps(struct view *v, struct value *why,
                          const struct desk_case *d, const struct gap_found *g)
{
    str text = gap_waits(v->arena, &d->c);
    if (text.n == 0 && g->main.n)
        text = gap_refuses_admit(v->arena, g);
    if (text.n)
        value_push(why, value_text(v->arena, text));
}

/* What this person may do now, the main thing first. */
static enum err show_verbs(struct view *v, struct tx *tx,
                           const struct desk_case *d,
                           const struct step *step,
                           const struct gap_found *gaps, bool again)
{
    enum case_state s = case_state_of(d->c.state);
    struct show_basis on;
    enum err e = show_basis(tx, d->c.item, d->c.item_version, &on);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "verbs");
    struct value *why = view_list(v, "why_not");
    bool leader = str_is(tx->who->role, "leader");
    bool late = !day_is_none(d->c.accept_by) &&
                d->c.accept_by.n < tx_today(tx).n;
    for (size_t i = 0; i < sizeof verb_order / sizeof *verb_order; i++) {
        enum verb verb = verb_order[i].verb;
        struct verb_rule rule = verb_rule_for(v->arena, verb, on.licence,
                                              on.basis), *r = &rule;
        if (!verb_allowed(verb, s) || str_is(d->c.kind, "joint") ||
            !step_offers(tx, verb, step, s == CASE_DECIDING) ||
            !gap_offers(v->arena, verb, d, gaps, late, again))
            continue;
        if (r->by == BY_LEADER && !leader) {
            value_push(why,
                       value_text(v->arena, arena_printf(v->arena,
                                                         "“%s”由本机关负责人"
                                                         "作出。",
                                                         r->name)));
            continue;
        }
        struct view row = view_row(v, list);
        view_text(&row, "label", verb == VERB_PROPOSE ? step_label(tx, step)
                                                      : str_of(r->name));
        view_text(&row, "icon", str_of(verb_order[i].icon));
        view_text(&row, "href", arena_printf(v->arena, "/cases/%.*s/%s",
                                             STR_ARG(d->c.number), r->code));
        view_text(&row, "key", str_of(verb_order[i].key));
        view_text(&row, "look", str_of(verb_order[i].look));
    }
    if (leader && (s == CASE_REFUSED || s == CASE_DENIED)) {
        struct view row = view_row(v, list);
        view_text(&row, "label", STR("重新办理"));
        view_text(&row, "icon", STR("rotate-ccw"));
        view_text(&row, "href", arena_printf(v->arena, "/cases/%.*s/reopen",
                                             STR_ARG(d->c.number)));
        view_text(&row, "key", STR(""));
        view_text(&row, "look", STR("btn-2"));
    }
    if (case_state_open(s))
        show_why_gaps(v, why, d, gaps);
    if (!case_state_open(s))
        value_push(why, value_text(v->arena, STR("这件已经办结。")));
    else if (d->c.supplements)
        value_push(why,
                   value_text(v->arena,
                              STR("已经一次告知过补正，不能再次要求补正。")));
    return OK;
}

/* A look by another than who sent it here: what was sent cannot be taken back
 * any more. */
static enum err step_seen(struct tx *tx, int64_t process, int64_t account)
{
    struct process_view v;
    struct process_answer a;
    enum err e = process_open(tx, process, &v);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    const struct flow_task *t = step_unseen(
        v.flow, process_person(tx->arena, account));
    struct process_do d = { .id = process, .noted = true,
                            .command = { .verb = FLOW_OPEN,
                                         .task = t ? t->id : 0 } };
    process_close(&v);
    return t ? process_do(tx, &d, &a) : OK;
}

/* "，本步 3 个工作日，至 2026-11-25": of a step with a limit of its own. */
static enum err step_limit(struct tx *tx, const struct step *s,
                           const struct flow_task *t, str *text)
{
    struct arena *a = tx->arena;
    struct clock_limit l;
    struct clock_found f;
    char until[DAY_TEXT];
    if (!process_limit(&s->v.flow->g->nodes[t->node], &l))
        return OK;
    enum err e = clock_find(tx, STR("services" PROCESS_STEP),
                            arena_printf(a, "%.*s/%lld", STR_ARG(s->v.number),
                                         (long long)t->id), STR("step"), &f);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    str n = clock_units_text(a, l.unit, l.n);
    bool rests = f.paused || day_is_none(f.due);
    *text = rests ? arena_printf(a, "%.*s，本步 %.*s，现在不计",
                                 STR_ARG(*text), STR_ARG(n))
                  : arena_printf(a, "%.*s，本步 %.*s，至 %.*s%s",
                                 STR_ARG(*text), STR_ARG(n),
                                 STR_ARG(day_text(f.due, until)),
                                 f.due.n < tx_today(tx).n ? "，已超期" : "");
    return OK;
}

static enum err show_step(struct view *v, struct tx *tx, struct step *s)
{
    const struct flow_task *t = s->id ? step_main(s->v.flow, NULL) : NULL;
    str text = STR("");
    enum err e = OK;
    if (t) {
        str post = flow_posts(s->v.flow, t);
        str name = step_name(s->v.flow, t);
        text = post.n ? arena_printf(v->arena, "现在的环节：%.*s（%.*s）",
                                     STR_ARG(name), STR_ARG(post))
                      : arena_printf(v->arena, "现在的环节：%.*s",
                                     STR_ARG(name));
        e = step_limit(tx, s, t, &text);
        str me = process_person(tx->arena, tx->who->account);
        if (step_unseen(s->v.flow, me))
            store_later(tx, step_seen, s->id, tx->who->account);
    }
    view_text(v, "step", text);
    return e == OK ? step_show(tx, v, s) : e;
}

static enum err show_neighbours(struct view *v, struct tx *tx,
                                const struct desk_case *d)
{
    struct desk_next *next;
    struct desk_previous *previous;
    size_t n, p;
    enum err e = desk_next(tx, d->c.unit, d->c.sort_due, d->c.id, &next, &n);
    if (e == OK)
        e = desk_previous(tx, d->c.unit, d->c.sort_due, d->c.id, &previous, &p);
    if (e != OK)
        return e;
    view_text(v, "previous", p ? arena_printf(v->arena, "/desk/%.*s",
                                              STR_ARG(previous[0].number))
                               : STR(""));
    view_text(v, "next", n ? arena_printf(v->arena, "/desk/%.*s",
                                          STR_ARG(next[0].number)) : STR(""));
    return OK;
}

static str limits_text(struct view *v, struct tx *tx, const struct case_load *c)
{
    str law = show_units(v->arena, c->statutory_n,
                         str_is(c->statutory_unit, "nd"));
    str text = arena_printf(v->arena, "法定 %.*s，承诺 %lld 个工作日。",
                            STR_ARG(law), (long long)c->clock_n);
    if (day_is_none(c->clock_due))
        return text;
    char day[DAY_TEXT];
    day_text(calendar_add_working(tx->calendar, c->clock_due, -1), day);
    return arena_printf(v->arena, "%.*s%s 起预警。", STR_ARG(text), day + 5);
}

static str none_is_empty(str s)
{
    return str_is_none(s) ? STR("") : s;
}

/* The number of the hall it was taken in under; "" for any other channel. */
static enum err show_queue(struct view *v, struct tx *tx,
                           const struct desk_case *d)
{
    struct case_queue q;
    bool part = d->c.parent != INT_NONE;
    bool asked = str_is(d->c.channel, "window");
    enum err e = asked ? case_queue(tx, part ? d->thread.number : d->c.number,
                                    &q) : ERR_NOTFOUND;
    view_text(v, "queue", e == OK ? arena_printf(v->arena, "%.*s，%.*s",
                                                 STR_ARG(q.label),
                                                 STR_ARG(q.counter_label))
                                  : STR(""));
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err show_head(struct view *v, struct tx *tx,
                          const struct desk_case *d)
{
    const struct units *towns;
    enum err e = units_read(tx, &towns);
    if (e == OK)
        e = show_queue(v, tx, d);
    if (e != OK)
        return e;
    struct face f = FACE(d->c);
    view_text(v, "number", d->c.number);
    view_text(v, "title", d->c.title);
    view_text(v, "thread", d->c.parent == INT_NONE ? STR("")
                                                   : d->thread.title);
    view_text(v, "applicant_name", d->c.applicant_name);
    view_text(v, "applicant_code", none_is_empty(d->c.applicant_code));
    view_text(v, "mobile", none_is_empty(d->c.mobile));
    view_text(v, "proxy_name", none_is_empty(d->c.proxy_name));
    view_day(v, "filed", d->c.received);
    view_text(v, "channel_name", page_channel_word(d->c.channel));
    view_text(v, "town", str_is_none(d->c.town)
                             ? STR("") : units_name(towns, d->c.town));
    show_state(v, "state", &f);
    show_clock(v, "clock", tx->calendar, tx_today(tx), &f);
    view_text(v, "limits", limits_text(v, tx, &d->c));
    view_text(v, "public", arena_printf(v->arena, "/cases/%.*s",
                                        STR_ARG(d->thread.number)));
    return show_neighbours(v, tx, d);
}

/* What is still to come, of a case that ever let anything come later; and
 * before acceptance what is missing. */
static enum err show_gaps(struct view *v, struct tx *tx,
                          const struct desk_case *d, struct gap_found *gaps,
                          bool *again)
{
    str why = STR("");
    bool later = d->c.gaps > 0;
    for (size_t i = 0; i < d->paper_count; i++)
        later |= str_is(d->papers[i].source, "later");
    enum err e = OK;
    if (later)
        e = gap_show_desk(v, tx, &d->c);
    else
        view_text(v, "gaps", str_none);
    if (e == OK && d->c.gaps > d->c.gap_handed) {
        e = gap_refuses_again(tx, &d->c, &why);
        *again = why.n == 0;
    }
    return e == OK && str_is(d->c.state, "received")
               ? gap_find_among(tx, &d->c, &d->thread, d->papers,
                            d->paper_count, gaps) : e;
}

enum err case_show(struct request *rq, struct tx *tx)
{
    struct desk_case d = { .paper_count = 0 };
    struct step step = { .id = 0 };
    struct gap_found gaps = { .main = STR("") };
    bool again = false;
    struct view *v = rq_view(rq);
    enum err e = desk_case_load(rq, tx, &d);
    if (e == OK)
        e = papers_of(tx, &d);
    if (e == OK)
        e = desk_firm_load(tx, &d);
    if (e == OK)
        e = audit_look(tx, STR("case.look"), d.c.number);
    if (e != OK)
        return e;
    rq_menu(rq, "desk");
    e = partners_show(v, tx, d.thread.number, d.c.number,
                      rq_may(rq, "case.work"));
    if (e != OK)
        return e;
    const struct paper_list *open = open_paper(rq, &d);
    e = show_head(v, tx, &d);
    if (e == OK)
        e = show_paper_list(v, tx, &d, open);
    if (e == OK)
        e = show_open_paper(v, tx, &d, open, rq_int(rq, "page", 1));
    if (e == OK)
        e = desk_firm_show(v, tx, &d);
    if (e == OK)
        e = show_others(v, tx, &d);
    if (e == OK)
        e = show_events(v, tx, &d);
    if (e == OK)
        e = show_deliveries(v, tx, &d);
    if (e == OK)
        e = show_opinion(v, tx, &d);
    if (e == OK)
        e = show_gaps(v, tx, &d, &gaps, &again);
    if (e == OK)
        e = step_open(tx, d.c.number, &step);
    if (e == OK)
        e = show_step(v, tx, &step);
    if (e == OK)
        e = show_verbs(v, tx, &d, &step, &gaps, again);
    step_close(&step);
    return e;
}

/* ---- the opinion being written ---- */

enum err opinion_post(struct request *rq, struct tx *tx)
{
    struct desk_case d = { .paper_count = 0 };
    enum err e = desk_case_load(rq, tx, &d);
    if (e != OK)
        return e;
    const struct value *points = rq_value(rq, "point");
    str codes = STR("");
    if (points && points->kind == VALUE_TEXT)
        codes = points->text;
    for (const struct value *p = points && points->kind == VALUE_LIST
                                     ? points->first : NULL; p; p = p->next)
        codes = arena_printf(tx->arena, "%.*s %.*s", STR_ARG(codes),
                             STR_ARG(p->text));
    e = opinion_save(tx, d.c.id, tx->who->account, rq_text(rq, "opinion"),
                     codes, tx->now, NULL);
    if (e != OK)
        return e;
    int m = inst_minute(tx->now);
    view_text(rq_view(rq), "saved", arena_printf(tx->arena, "%02d:%02d 已保存",
                                                 m / 60, m % 60));
    return rq_see_other(rq, "/desk/%.*s", STR_ARG(d.c.number));
}
