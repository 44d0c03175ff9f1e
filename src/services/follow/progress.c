/*
 * Where a matter stands: for its applicant, a neighbour, the mayor -- the same
 * page for all, with nothing personal on it by construction (every query here
 * is marked public), and the holder's own papers added for the holder alone.
 */
#include "services/pages.h"

#include "kernel/page/page.h"
#include "services/work/gap.h"
#include "services/apply/partners.h"
#include "services/guide/picture.h"
#include "services/queries.gen.h"
#include "services/guide/sampled.h"
#include "services/show.h"
#include "services/work/step.h"

/* ---- the due day, day by day ---- */

static enum err spans_of(struct tx *tx, str number, struct clock_span **out,
                         size_t *n)
{
    struct clock_spans *rows;
    enum err e = clock_spans(tx, number, STR("promised"), &rows, n);
    if (e != OK)
        return e;
    *out = ARENA_NEW_N(tx->arena, struct clock_span, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct clock_span){ rows[i].from_day, rows[i].to_day,
                                         rows[i].reason };
    return OK;
}

static enum err explain(struct tx *tx, struct view *v,
                        const struct case_public *c)
{
    if (day_is_none(c->clock_start)) {
        view_list(v, "explain");
        return OK;
    }
    struct clock_span *spans = NULL;
    size_t span_count = 0;
    enum err e = spans_of(tx, c->number, &spans, &span_count);
    if (e != OK)
        return e;
    struct clock_count k = {
        .start = c->clock_start, .unit = CLOCK_WORKING_DAYS,
        .n = (int)c->clock_n, .extra = (int)c->clock_extra,
        .spans = spans, .span_count = span_count,
    };
    return clock_explain_in(v, "explain", tx->calendar, &k);
}

static str limits_of(struct arena *a, const struct case_public *c)
{
    bool natural = str_is(c->statutory_unit, "nd");
    str law = show_units(a, c->statutory_n, natural);
    str promise = show_units(a, c->clock_n, false);
    str text = arena_printf(a, "法定 %.*s，承诺 %.*s", STR_ARG(law),
                            STR_ARG(promise));
    if (c->clock_extra)
        text = arena_printf(a, "%.*s，已依法延期 %lld 个工作日", STR_ARG(text),
                            (long long)c->clock_extra);
    if (c->deemed)
        text = arena_printf(
            a, "%.*s；五个工作日内未告知补正，自收到之日起即为受理",
            STR_ARG(text));
    return text;
}

/* ---- parts, events, result ---- */

static str part_remark(struct arena *a, const struct case_parts *p)
{
    char day[DAY_TEXT];
    if (!day_is_none(p->closed_day))
        return arena_printf(a, "办结 %.*s",
                            STR_ARG(str_slice(day_text(p->closed_day, day), 5,
                                              10)));
    if (!day_is_none(p->clock_held_at))
        return arena_printf(a, "暂停自 %.*s",
                            STR_ARG(str_slice(day_text(p->clock_held_at, day),
                                              5, 10)));
    if (!day_is_none(p->clock_due))
        return arena_printf(a, "应办结 %.*s",
                            STR_ARG(str_slice(day_text(p->clock_due, day), 5,
                                              10)));
    return STR("");
}

static void show_part(struct view *v, struct value *list, struct tx *tx,
                      const struct case_parts *p)
{
    struct face f = {
        .state = p->state, .open = p->open != 0,
        .received = p->received,
        .accept_by = p->accept_by,
        .closed_day = p->closed_day, .clock_start = p->clock_start,
        .clock_due = p->clock_due, .clock_held_at = p->clock_held_at,
        .clock_n = p->clock_n, .clock_extra = p->clock_extra,
        .clock_held = p->clock_held,
    };
    struct view row = view_row(v, list);
    view_text(&row, "number", p->number);
    view_text(&row, "title", p->title);
    view_text(&row, "unit_name", p->unit_name);
    view_text(&row, "officer_name", p->officer_name);
    view_text(&row, "phone", str_is_none(p->officer_phone) ? STR("")
                                                           : p->officer_phone);
    show_state(&row, "state", &f);
    show_clock(&row, "clock", tx->calendar, tx_today(tx), &f);
    view_text(&row, "remark", part_remark(v->arena, p));
}

static void draw(struct view *v, struct tx *tx, const struct case_public *c,
                 const struct case_parts *parts, size_t n)
{
    struct picture_part *p = ARENA_NEW_N(v->arena, struct picture_part, n + 1);
    for (size_t i = 0; i < n; i++)
        p[i] = (struct picture_part){
            .unit = parts[i].short_name, .title = parts[i].title,
            .promised = (int)parts[i].clock_n, .state = parts[i].state,
            .late = parts[i].open && !day_is_none(parts[i].clock_due) &&
                    parts[i].clock_due.n < tx_today(tx).n,
        };
    if (n == 0) {
        p[0] = (struct picture_part){
            .unit = c->unit_short, .title = c->title,
            .promised = (int)c->clock_n, .state = c->state,
            .late = c->open && !day_is_none(c->clock_due) &&
                    c->clock_due.n < tx_today(tx).n,
        };
        n = 1;
    }
    str state = case_state_name(case_state_of(c->state),
                                str_is(c->kind, "joint"));
    struct picture pic = {
        .label = arena_printf(v->arena, "%.*s办到哪一步：%.*s",
                              STR_ARG(c->title), STR_ARG(state)),
        .lead = str_is(c->kind, "joint") ? STR("综合窗口") : STR("办事窗口"),
        .running = true,
        .closed = !c->open,
        .parts = p,
        .part_count = n,
    };
    picture_draw(v, "process", &pic);
}

static str drawing_title(struct arena *a, const struct case_parts *parts,
                         size_t n)
{
    int done = 0;
    for (size_t i = 0; i < n; i++)
        done += !parts[i].open;
    return n ? arena_printf(a, "整件的流程：已办结 %d/%zu", done, n)
             : STR("现在办到哪一步");
}

/* *given: something was granted, so there may be a licence on its way. */
static enum err show_parts(struct view *v, struct tx *tx,
                           const struct case_public *c, bool *given)
{
    struct case_parts *parts = NULL;
    size_t n = 0;
    enum err e = OK;
    struct value *list = view_list(v, "parts");
    if (!str_is(c->kind, "part")) /* a single may have been done again */
        e = case_parts(tx, c->id, &parts, &n);
    *given = str_is(c->state, "granted");
    int64_t gaps = c->gaps;
    for (size_t i = 0; e == OK && i < n; i++) {
        gaps += parts[i].gaps;
        show_part(v, list, tx, &parts[i]);
        *given |= str_is(parts[i].state, "granted");
    }
    if (e == OK && gaps > 0)
        e = gap_show_open(v, tx, c->parent == INT_NONE ? c->id : c->parent,
                          c->number, c->parent != INT_NONE);
    else
        view_text(v, "gaps", str_none);
    if (e != OK)
        return e;
    struct step s;
    e = step_open(tx, c->number, &s);
    if (e == OK)
        e = step_show(tx, v, &s);
    /* The lanes of the departments say more of a whole than its process. */
    if (s.v.graph && n == 0)
        view_text(v, "process", str_none);
    else
        draw(v, tx, c, parts, n);
    view_text(v, "drawing_title", drawing_title(v->arena, parts, n));
    step_close(&s);
    return e;
}

static const char *event_look(str verb)
{
    if (str_is(verb, "supplement") || str_is(verb, "special") ||
        str_is(verb, "card"))
        return "late";
    return "done";
}

static const char *event_icon(str verb)
{
    static const struct { const char *verb, *icon; } icons[] = {
        { "supplement", "pause" }, { "special", "pause" },
        { "refuse", "circle-x" },  { "deny", "circle-x" },
        { "withdraw", "undo-2" },  { "card", "triangle-alert" },
        { "complaint", "message-square" },
    };
    for (size_t i = 0; i < sizeof icons / sizeof *icons; i++)
        if (str_is(verb, icons[i].verb))
            return icons[i].icon;
    return "check";
}

void show_event(struct view *v, struct value *list, inst at, str verb, str text,
                str actor, str basis)
{
    struct view row = view_row(v, list);
    view_inst_short(&row, "at", at);
    view_text(&row, "text", text);
    view_text(&row, "verb", verb);
    view_text(&row, "actor", actor);
    view_text(&row, "basis", str_is_none(basis) ? STR("") : basis);
    view_text(&row, "look", str_of(event_look(verb)));
    view_text(&row, "icon", str_of(event_icon(verb)));
}

static enum err show_events(struct view *v, struct tx *tx,
                            const struct case_public *c)
{
    struct value *list = view_list(v, "events");
    if (!str_is(c->kind, "part")) {
        struct event_joint *ev;
        size_t n;
        enum err e = event_joint(tx, c->id, &ev, &n);
        for (size_t i = 0; e == OK && i < n; i++)
            show_event(v, list, ev[i].at, ev[i].verb, ev[i].text, ev[i].actor,
                       ev[i].basis);
        return e;
    }
    struct event_open *ev;
    size_t n;
    enum err e = event_open(tx, c->id, &ev, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        show_event(v, list, ev[i].at, ev[i].verb, ev[i].text, ev[i].actor,
                   ev[i].basis);
    return e;
}

/* 行政许可法 第四十四条: within ten working days it is handed over. */
static str delivery_text(struct arena *a, const struct deliveries *d)
{
    char by[DAY_TEXT], at[INST_TEXT];
    const char *how = str_is(d->delivery, "collect") ? "窗口领取"
                      : str_is(d->delivery, "post") ? "邮寄" : "电子证照";
    if (str_is(d->state, "making"))
        return STR("正在制证，签章后即可在“我的证照”下载");
    if (!inst_is_none(d->delivered))
        return arena_printf(a, "%s，%.*s 已送达", how,
                            STR_ARG(inst_minutes_text(d->delivered, at)));
    day_text(d->deliver_by, by);
    return d->delivery.n
               ? arena_printf(a, "%s，%s 前送达", how, by)
               : arena_printf(a, "已签发，等持证人选择电子、领取或者邮寄，%s 前"
                              "送达", by);
}

static enum err show_deliveries(struct view *v, struct tx *tx,
                                const struct case_public *c, bool given)
{
    struct deliveries *d;
    size_t n = 0;
    enum err e = given ? deliveries(tx, c->number, &d, &n) : OK;
    struct value *list = view_list(v, "deliveries");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "name", d[i].name);
        view_text(&row, "number", d[i].number);
        view_text(&row, "text", delivery_text(v->arena, &d[i]));
    }
    return e;
}

static void show_result(struct view *v, const struct case_public *c)
{
    if (c->open) {
        view_text(v, "result", str_none);
        return;
    }
    struct view r = view_object(v, "result");
    view_text(&r, "text", case_state_name(case_state_of(c->state), false));
    view_text(&r, "number", str_is_none(c->result_no) ? STR("")
                                                      : c->result_no);
    view_day(&r, "day", c->closed_day);
}

static const char *const levels[] = { "", "非常满意", "满意", "基本满意",
                                      "不满意", "非常不满意" };

/* The secret of a receipt as it may stand in an address; else nothing. */
static str ticket_of(struct request *rq)
{
    str t = rq_text(rq, "ticket");
    for (size_t i = 0; i < t.n; i++)
        if (!((t.p[i] >= 'A' && t.p[i] <= 'Z') ||
              (t.p[i] >= '0' && t.p[i] <= '9')))
            return STR("");
    return t;
}

/* Who came by the receipt's QR code rates by it, others by their account. */
static enum err show_rating(struct request *rq, struct tx *tx,
                            const struct case_public *c)
{
    struct view *v = rq_view(rq);
    bool ended = str_is(c->state, "granted") || str_is(c->state, "denied") ||
                 str_is(c->state, "closed") || str_is(c->state, "refused");
    if (!ended || str_is(c->kind, "part")) {
        view_text(v, "rating", str_none);
        return OK;
    }
    struct ratings *r;
    size_t n;
    enum err e = ratings(tx, c->number, &r, &n);
    if (e != OK)
        return e;
    struct view o = view_object(v, "rating");
    str ticket = ticket_of(rq);
    bool rated = false;
    for (size_t i = 0; i < n; i++)
        rated |= str_is(r[i].channel, ticket.n ? "qr" : "web");
    view_bool(&o, "open", !rated);
    view_text(&o, "href",
              arena_printf(v->arena, "/cases/%.*s/rate%s%.*s",
                           STR_ARG(c->number), ticket.n ? "?ticket=" : "",
                           STR_ARG(ticket)));
    view_text(&o, "given", n ? str_of(levels[r[0].level]) : STR(""));
    view_inst(&o, "at", n ? r[0].at : inst_none);
    return OK;
}

/* ---- for the holder's own eyes ---- */

static void add_link(struct view *v, struct value *list, const char *label,
                     str href)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(label));
    view_text(&row, "href", href);
}

static enum err add_notices(struct view *v, struct tx *tx, struct value *list,
                            int64_t id)
{
    static const struct { const char *kind, *label; } names[] = {
        { "acceptance", "受理通知书" },   { "refusal", "不予受理决定书" },
        { "supplement", "补正告知书" },   { "special", "特别程序告知书" },
        { "extension", "延期告知书" },    { "grant", "准予许可决定书" },
        { "denial", "不予许可决定书" },   { "reopening", "重新办理通知书" },
        { "gaps", "容缺受理通知书" },     { "lapse", "视为撤回告知书" },
    };
    struct notice_list *rows;
    size_t n;
    enum err e = notice_list(tx, id, &rows, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (str_is(rows[i].kind, names[k].kind))
                add_link(v, list,
                         arena_printf(v->arena, "%s %.*s", names[k].label,
                                      STR_ARG(rows[i].number)).p,
                         arena_printf(v->arena, "/cases/%.*s/notices/%s.pdf",
                                      STR_ARG(rows[i].of), names[k].kind));
    return e;
}

/* The joint case a part belongs to. */
static enum err show_thread(struct view *v, struct tx *tx,
                            const struct case_public *c)
{
    struct case_thread t;
    if (c->parent == INT_NONE) {
        view_text(v, "thread", str_none);
        return OK;
    }
    enum err e = case_thread(tx, c->parent, &t);
    if (e != OK)
        return e;
    struct view o = view_object(v, "thread");
    view_text(&o, "number", t.number);
    view_text(&o, "title", t.title);
    return OK;
}

/* The head of the government is offered what the law leaves to them. */
static bool may_prolong(const struct request *rq, const struct case_public *c)
{
    return rq_may(rq, "case.prolong") && str_is(c->kind, "joint") && c->open &&
           !day_is_none(c->clock_due) && c->clock_extra == 0;
}

static enum err add_fees(struct view *v, struct tx *tx, struct value *list,
                         str number)
{
    struct case_fees *f;
    size_t n;
    enum err e = case_fees(tx, number, &f, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (!str_is(f[i].state, "assessing"))
            add_link(v, list, f[i].settled ? "缴费和票据" : "去缴费",
                     arena_printf(v->arena, "/my/fees/%.*s",
                                  STR_ARG(f[i].number)));
    return e;
}

/* Somebody who signed the application reads what was issued on it; to pay, to
 * supply papers, to complain and to take it back are the applicant's. */
static enum err signed_it(struct tx *tx, const struct case_public *c,
                          bool *with)
{
    str thread;
    enum err e = partners_thread(tx, c->parent, c->number, &thread);
    return e == OK ? partners_signed(tx, thread, tx->who->account, with) : e;
}

/* Who holds the receipt in hand sees it, whoever they are; the rest is for the
 * account it belongs to. */
static enum err show_mine(struct request *rq, struct tx *tx,
                          const struct case_public *c,
                          const struct case_owner *owner, str ticket)
{
    struct view *v = rq_view(rq);
    int64_t me = tx->who->account;
    bool mine = me != 0 && (owner->applicant == me || owner->proxy == me);
    struct value *list = view_list(v, "mine");
    bool with = false;
    enum err e = mine || me == 0 ? OK : signed_it(tx, c, &with);
    view_bool(v, "with", with);
    if (may_prolong(rq, c))
        add_link(v, list, "批准整件延期",
                 arena_printf(v->arena, "/cases/%.*s/prolong",
                              STR_ARG(c->number)));
    if (!mine && ticket.n)
        add_link(v, list, "收件回执",
                 arena_printf(v->arena, "/cases/%.*s/receipt?ticket=%.*s",
                              STR_ARG(c->number), STR_ARG(ticket)));
    if (!mine && ticket.n && owner->applicant == 0 && rq_may(rq, "apply"))
        add_link(v, list, "加到我的办件",
                 arena_printf(v->arena, "/my/claim?number=%.*s&ticket=%.*s",
                              STR_ARG(c->number), STR_ARG(ticket)));
    if (e != OK || (!mine && !with))
        return e;
    add_link(v, list, "收件回执",
             arena_printf(v->arena, "/cases/%.*s/receipt",
                          STR_ARG(c->number)));
    e = add_notices(v, tx, list, c->id);
    if (!mine)
        return e;
    if (e == OK)
        e = add_fees(v, tx, list, c->number);
    if (e == OK && rq_may(rq, "remedies.own"))
        add_link(v, list, "投诉办理环节",
                 arena_printf(v->arena, "/cases/%.*s/complain",
                              STR_ARG(c->number)));
    if (e == OK && c->open &&
        (!str_is(c->kind, "part") || c->reopens != INT_NONE))
        add_link(v, list, "撤回申请",
                 arena_printf(v->arena, "/cases/%.*s/withdraw",
                              STR_ARG(c->number)));
    return e;
}

/* Lines of a list as one sentence without its full stop: the page goes on. */
static str one_line(struct arena *a, str list)
{
    struct buf out = { 0 };
    while (!str_is_none(list)) {
        str line = str_trim(str_cut(&list, '\n'));
        if (str_ends(line, STR("。")))
            line.n -= STR("。").n;
        if (out.n && line.n)
            buf_put(&out, STR("；"));
        buf_put(&out, line);
    }
    str text = arena_str(a, buf_str(&out));
    buf_free(&out);
    return text;
}

/* The part whose papers are wanted; the list is what everybody may read. */
static enum err show_supplement(struct view *v, struct tx *tx,
                                const struct case_public *c)
{
    str number = c->number, unit = c->unit_name, list = c->reason;
    day by = c->supply_by;
    bool wanted = str_is(c->state, "supplement");
    if (str_is(c->kind, "joint")) {
        struct case_parts *p;
        size_t n;
        enum err e = case_parts(tx, c->id, &p, &n);
        if (e != OK)
            return e;
        for (size_t i = 0; i < n && !wanted; i++)
            if (str_is(p[i].state, "supplement")) {
                wanted = true;
                number = p[i].number;
                unit = p[i].unit_name;
                list = p[i].reason;
                by = p[i].supply_by;
            }
    }
    if (!wanted) {
        view_text(v, "supplement", str_none);
        return OK;
    }
    struct view s = view_object(v, "supplement");
    view_text(&s, "unit_name", unit);
    view_text(&s, "text", one_line(v->arena, list));
    view_day_long(&s, "supply_by", by);
    view_text(&s, "href", arena_printf(v->arena, "/cases/%.*s/supply",
                                       STR_ARG(number)));
    return OK;
}

enum err progress_show(struct request *rq, struct tx *tx)
{
    struct case_public c;
    struct case_owner owner;
    bool given = false;
    enum err e = case_public(tx, rq_path(rq, "number"), &c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对受理凭证上的编号。");
    if (e == OK)
        e = case_owner(tx, c.number, &owner);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    struct face f = FACE(c);
    rq_menu(rq, "services");
    view_text(v, "number", c.number);
    view_text(v, "title", c.title);
    view_text(v, "applicant_open", c.applicant_open);
    view_day(v, "filed", c.received);
    view_text(v, "channel_name", page_channel_word(c.channel));
    view_text(v, "unit_name", c.unit_name);
    view_text(v, "officer_name", c.officer_name);
    show_state(v, "state", &f);
    e = show_thread(v, tx, &c);
    if (e == OK)
        e = show_supplement(v, tx, &c);
    if (e != OK)
        return e;
    show_clock(v, "clock", tx->calendar, tx_today(tx), &f);
    view_text(v, "limits", limits_of(v->arena, &c));
    e = explain(tx, v, &c);
    if (e == OK)
        e = show_parts(v, tx, &c, &given);
    if (e == OK)
        e = show_events(v, tx, &c);
    if (e != OK)
        return e;
    show_result(v, &c);
    e = show_deliveries(v, tx, &c, given);
    if (e == OK)
        e = show_rating(rq, tx, &c);
    str ticket = ticket_of(rq);
    if (!str_eq(ticket, owner.ticket))
        ticket = STR("");
    if (e == OK)
        e = sampled_past(v, tx, c.item, c.received);
    return e == OK ? show_mine(rq, tx, &c, &owner, ticket) : e;
}
