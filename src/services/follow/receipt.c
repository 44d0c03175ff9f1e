/*
 * What the applicant holds in hand: the receipt page, the receipt as PDF, and
 * every official notice as it was issued.  For the holder, the person who filed
 * for them, and the desk; a look by anybody else is refused.
 */
#include "services/pages.h"

#include "kernel/files/files.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "services/counter/intake.h"
#include "services/work/notice.h"
#include "services/apply/partners.h"
#include "services/queries.gen.h"
#include "services/show.h"

enum { TICKET = 12 }; /* letters of a receipt's secret */

/* The holder; whoever has the receipt's secret; or the desk it lies on. */
static bool may_see(struct request *rq, const struct tx *tx,
                    const struct case_load *c)
{
    int64_t me = tx->who->account;
    if (me != 0 && (c->applicant == me || c->proxy == me))
        return true;
    str ticket = rq_text(rq, "ticket");
    if (ticket.n >= TICKET && str_eq(ticket, c->ticket))
        return true;
    return rq_may(rq, "case.work") && auth_in_scope(tx->who, c->unit);
}

static enum err load(struct request *rq, struct tx *tx, struct case_load *c)
{
    enum err e = case_load(tx, rq_path(rq, "number"), c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对受理凭证上的编号。");
    bool partner = false;
    str thread = str_none;
    if (e == OK)
        e = partners_thread(tx, c->parent, c->number, &thread);
    if (e == OK)
        e = partners_signed(tx, thread, tx->who->account, &partner);
    if (e == OK && !partner && !may_see(rq, tx, c))
        return rq_fail(
            rq, ERR_DENIED,
            "只有申请人本人、代办人和经办部门可以查看，请登录后再看。");
    return e;
}

static str progress_address(struct request *rq, str number)
{
    return arena_printf(rq_view(rq)->arena, "%.*s/cases/%.*s",
                        STR_ARG(rq_site(rq)), STR_ARG(number));
}

static enum err show_parts(struct tx *tx, struct view *v,
                           const struct case_load *c)
{
    view_bool(v, "joint", str_is(c->kind, "joint"));
    struct value *list = view_list(v, "parts");
    struct case_parts *p;
    size_t n = 0;
    enum err e = str_is(c->kind, "joint") ? case_parts(tx, c->id, &p, &n) : OK;
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "title", p[i].title);
        view_text(&row, "unit_name", p[i].unit_name);
    }
    return e;
}

static str paper_text(struct arena *a, const struct paper_list *p)
{
    if (str_is(p->source, "exchange"))
        return arena_printf(a, "免交，从%.*s调取", STR_ARG(p->name));
    if (str_is(p->source, "licence"))
        return arena_printf(a, "%.*s，取自证照库", STR_ARG(p->name));
    if (str_is_none(p->sha256)) /* 已收原件, 容缺，以后补交, 在线填写 */
        return p->name;
    return arena_printf(a, "%.*s（%.*s）", STR_ARG(p->name),
                        STR_ARG(files_size(a, p->size)));
}

/* Through whom it came: at a counter, whoever filed it is its clerk and not a
 * proxy of the applicant.  took: how long, for that clerk alone. */
struct taken {
    str by, agent, proxy, took;
};

static enum err taken_of(struct tx *tx, const struct case_load *c,
                         struct taken *out)
{
    struct taking_of_case t;
    bool counter = str_is(c->channel, "window");
    bool filed_for = !str_is_none(c->proxy_name);
    enum err e = counter ? taking_of_case(tx, c->number, &t) : ERR_NOTFOUND;
    bool clerk = str_is(tx->who->role, "window") &&
                 c->proxy == tx->who->account;
    *out = (struct taken){ .by = counter && filed_for ? c->proxy_name : STR(""),
                           .proxy = !counter && filed_for ? c->proxy_name
                                                          : STR(""),
                           .agent = STR(""), .took = STR("") };
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    out->by = arena_printf(tx->arena, "%.*s，%.*s", STR_ARG(t.clerk_name),
                           STR_ARG(t.counter_label));
    out->agent = t.agent_name;
    if (clerk)
        out->took = intake_took(tx->arena, t.begun, t.filed);
    return OK;
}

static enum err show_taken(struct tx *tx, struct view *v,
                           const struct case_load *c)
{
    struct taken t;
    enum err e = taken_of(tx, c, &t);
    if (e != OK)
        return e;
    view_text(v, "taken_by", t.by);
    view_text(v, "agent", t.agent);
    view_text(v, "took", t.took);
    view_text(v, "proxy_name", t.proxy);
    return OK;
}

/* 市场监督管理局，0563-4022222: where to ask. */
static enum err show_office(struct tx *tx, struct view *v,
                            const struct case_load *c)
{
    struct unit_brief u;
    enum err e = unit_brief(tx, c->unit, &u);
    if (e == OK)
        view_text(v, "office", arena_printf(tx->arena, "%.*s，电话 %.*s",
                                            STR_ARG(u.name),
                                            STR_ARG(show_phone(u.phone))));
    return e;
}

/* 自收到之日起 …: the day of receipt is not counted. */
static str due_text(struct arena *a, const struct case_load *c)
{
    char text[DAY_TEXT];
    str received = day_text(c->received, text);
    return arena_printf(a, "%.*s 收到，从次日起数 %d 个工作日（行政许可法 第三"
                        "十二条第一款第（四）项）", STR_ARG(received),
                        SERVICES_TELL_ONCE);
}

enum err receipt_show(struct request *rq, struct tx *tx)
{
    struct case_load c;
    struct paper_list *papers;
    size_t n;
    enum err e = load(rq, tx, &c);
    if (e == OK)
        e = paper_list(tx, c.id, &papers, &n);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    rq_menu(rq, "services");
    view_text(v, "number", c.number);
    view_text(v, "title", c.title);
    view_inst(v, "filed", c.filed);
    view_text(v, "applicant_name", c.applicant_name);
    str joint, principals;
    e = partners_names(tx, c.number, "joint", &joint);
    if (e == OK)
        e = partners_names(tx, c.number, "principal", &principals);
    if (e != OK)
        return e;
    view_text(v, "joint_names", joint);
    view_text(v, "principals", principals);
    e = show_taken(tx, v, &c);
    if (e == OK)
        e = show_office(tx, v, &c);
    if (e != OK)
        return e;
    view_text(v, "due_why", due_text(v->arena, &c));
    struct clock_count five = { .start = c.received, .n = SERVICES_TELL_ONCE,
                                .unit = CLOCK_WORKING_DAYS };
    e = clock_explain_in(v, "explain", tx->calendar, &five);
    if (e != OK)
        return e;
    view_day_long(v, "accept_by",
                  services_accept_by(tx->calendar, c.received));
    view_int(v, "promised", c.clock_n);
    view_value(v, "qr", page_qr(v->arena, progress_address(rq, c.number),
                                STR("办件进度的二维码")));
    bool held = rq_text(rq, "ticket").n > 0;
    view_text(v, "ticket", c.ticket);
    view_text(v, "pdf",
              arena_printf(v->arena, "/cases/%.*s/receipt.pdf%s%.*s",
                           STR_ARG(c.number), held ? "?ticket=" : "",
                           STR_ARG(held ? c.ticket : STR(""))));
    e = show_parts(tx, v, &c);
    struct value *list = view_list(v, "papers");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "name", papers[i].title);
        view_text(&row, "text", paper_text(v->arena, &papers[i]));
    }
    return e;
}

/* ---- PDF ---- */

static enum err send_paper(struct request *rq, struct tx *tx, str kind,
                           str number, inst issued, const struct value *facts,
                           str progress)
{
    struct notice_place place = show_place(tx->arena, progress);
    place.demo = rq_demo(rq);
    struct pdf_notice paper;
    struct buf out = { 0 };
    enum err e = notice_paper(tx->arena, kind, number, issued, facts, &place,
                              &paper);
    if (e == OK)
        e = pdf_notice(&paper, &out);
    if (e == OK)
        e = rq_send(rq, STR("application/pdf"),
                    arena_str(tx->arena, buf_str(&out)),
                    arena_printf(tx->arena, "%.*s.pdf",
                                 STR_ARG(notice_title(kind, true))));
    buf_free(&out);
    return e;
}

/* The receipt's QR code carries the secret that lets its holder rate. */
static str ticket_address(struct request *rq, const struct case_load *c)
{
    return arena_printf(rq_view(rq)->arena, "%.*s/cases/%.*s?ticket=%.*s",
                        STR_ARG(rq_site(rq)), STR_ARG(c->number),
                        STR_ARG(c->ticket));
}

enum err receipt_pdf(struct request *rq, struct tx *tx)
{
    struct case_load c;
    struct unit_brief u;
    struct paper_list *papers;
    struct show_basis cites;
    size_t n;
    enum err e = load(rq, tx, &c);
    if (e == OK)
        e = unit_brief(tx, c.unit, &u);
    if (e == OK)
        e = paper_list(tx, c.id, &papers, &n);
    if (e == OK)
        e = show_basis(tx, c.item, c.item_version, &cites);
    if (e != OK)
        return e;
    str joint;
    struct taken taken;
    e = partners_names(tx, c.number, "joint", &joint);
    if (e == OK)
        e = taken_of(tx, &c, &taken);
    if (e != OK)
        return e;
    struct view facts = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&facts, "joint", joint);
    view_text(&facts, "number", c.number);
    view_text(&facts, "title", c.title);
    view_text(&facts, "unit", u.name);
    view_text(&facts, "applicant", c.applicant_name);
    view_text(&facts, "proxy", taken.proxy);
    view_text(&facts, "agent", taken.agent);
    view_text(&facts, "taken_by", taken.by);
    view_text(&facts, "phone", show_phone(u.phone));
    view_text(&facts, "ticket", c.ticket);
    view_bool(&facts, "licence", cites.licence);
    view_text(&facts, "basis", cites.basis);
    char day[2][DAY_TEXT];
    view_text(&facts, "received", day_text(c.received, day[0]));
    view_text(&facts, "accept_by",
              day_text(services_accept_by(tx->calendar, c.received), day[1]));
    struct value *list = view_list(&facts, "papers");
    for (size_t i = 0; i < n; i++)
        value_push(list, value_text(tx->arena, papers[i].title));
    return send_paper(rq, tx, STR("receipt"), c.number, c.filed, facts.object,
                      ticket_address(rq, &c));
}

enum err notice_pdf(struct request *rq, struct tx *tx)
{
    struct case_load c;
    struct notice_one notice;
    struct value *facts;
    str problem, kind = rq_path(rq, "kind");
    if (str_ends(kind, STR(".pdf")))
        kind.n -= 4;
    enum err e = load(rq, tx, &c);
    if (e == OK)
        e = notice_one(tx, c.id, kind, &notice);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "这件还没有出具这种文书。");
    if (e == OK)
        e = value_read_json(tx->arena, notice.facts, &facts, &problem);
    if (e != OK)
        return e;
    return send_paper(rq, tx, kind, notice.number, notice.issued, facts,
                      progress_address(rq, c.number));
}
