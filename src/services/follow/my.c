/*
 * 我的办件: drafts to go on with, cases to follow, and taking over what a
 * window filed before one had an account.
 */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "services/case.h"
#include "services/apply/partners.h"
#include "services/show.h"

enum { PAGE = 20 };

/* Where a draft goes on: after the group that was saved last. */
static str go_on(struct tx *tx, const struct draft_list *d)
{
    const struct offer *o;
    str next = STR("papers");
    if (offer_find(tx, d->offer, &o) == OK) {
        const struct form_sheet *s = &o->sheet;
        bool known = false;
        for (size_t g = 0; g < s->group_count; g++)
            if (str_eq(s->groups[g].code, d->step)) {
                known = true;
                if (g + 1 < s->group_count)
                    next = s->groups[g + 1].code;
            }
        if (!known && s->group_count) /* a group of an older version */
            next = s->groups[0].code;
    }
    return arena_printf(tx->arena, "/drafts/%.*s/%.*s", STR_ARG(d->number),
                        STR_ARG(next));
}

static enum err show_drafts(struct tx *tx, struct view *v)
{
    struct draft_list *d;
    size_t n;
    enum err e = draft_list(tx, tx->who->account, &d, &n);
    struct value *list = view_list(v, "drafts");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", d[i].number);
        view_text(&row, "title", d[i].title);
        view_inst_short(&row, "saved", d[i].saved);
        view_day_short(&row, "expires", d[i].expires);
        view_text(&row, "href", go_on(tx, &d[i]));
    }
    return e;
}

/* What the applicant must do now, if anything: the part that asks first. */
static str todo(struct arena *a, const struct my_cases *c)
{
    day by = str_is(c->kind, "joint")        ? c->asking
             : str_is(c->state, "supplement") ? c->supply_by : day_none;
    if (day_is_none(by))
        return STR("");
    int y, m, d;
    day_split(by, &y, &m, &d);
    return arena_printf(a, "请在 %d 月 %d 日前补交材料", m, d);
}

enum err my_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct my_cases *c;
    size_t n;
    rq_menu(rq, "my");
    enum err e = show_drafts(tx, v);
    if (e == OK)
        e = partners_mine(v, tx);
    if (e == OK)
        e = my_cases(tx, tx->who->account, rq_int(rq, "before", INT64_MAX), &c,
                     &n);
    struct value *list = view_list(v, "cases");
    for (size_t i = 0; e == OK && i < n && i < PAGE; i++) {
        struct view row = view_row(v, list);
        struct face f = FACE(c[i]);
        view_text(&row, "number", c[i].number);
        view_text(&row, "title", c[i].title);
        view_text(&row, "on_behalf", c[i].proxy == tx->who->account
                                         ? c[i].applicant_open : STR(""));
        view_day_short(&row, "filed", c[i].received);
        show_state(&row, "state", &f);
        show_clock(&row, "clock", tx->calendar, tx_today(tx), &f);
        view_text(&row, "todo", todo(v->arena, &c[i]));
    }
    if (e != OK)
        return e;
    show_pager(v, "pager", rq_has(rq, "before") ? STR("/my") : STR(""),
               n > PAGE ? arena_printf(v->arena, "/my?before=%lld",
                                       (long long)c[PAGE - 1].id) : STR(""),
               (int64_t)(n > PAGE ? PAGE : n), PAGE);
    return OK;
}

/* ---- taking over ---- */

enum { TICKET = 12 };

/* The code of the receipt proves that it was handed to this person; name and
 * number, that the matter is theirs and not the receipt's finder's. */
static enum err is_theirs(struct request *rq, struct tx *tx,
                          const struct case_load *c)
{
    struct auth_person me;
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    if (c->applicant != 0)
        return rq_fail(rq, ERR_CONFLICT,
                       c->applicant == tx->who->account
                           ? "这件已经在您的办件里了。"
                           : "这件已经在另一个账号的办件里。");
    if (!str_eq(me.name, c->applicant_name) || str_is_none(c->applicant_code) ||
        !str_eq(me.citizen_id, c->applicant_code))
        return rq_fail(rq, ERR_RANGE,
                       "这件登记的申请人姓名或者证件号码和您的账号不一致，请到"
                       "窗口核对。");
    return OK;
}

enum err my_claim_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    struct value *list = view_list(rq_view(rq), "fields");
    rq_menu(rq, "my");
    show_words(rq, list, "number", "办件编号", "收件回执上方，以 YX 开头。");
    show_words(rq, list, "ticket", "查询码", "收件回执上的十二位字母和数字。");
    return OK;
}

enum err my_claim_post(struct request *rq, struct tx *tx)
{
    struct case_load c;
    str ticket = rq_text(rq, "ticket");
    enum err e = case_load(tx, rq_text(rq, "number"), &c);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    if (e == ERR_NOTFOUND || ticket.n < TICKET || !str_eq(ticket, c.ticket) ||
        str_is(c.kind, "part"))
        return rq_fail_field(rq, ERR_RANGE, "ticket",
                             STR("编号和查询码对不上，请按收件回执重新"
                                 "填写。"));
    e = is_theirs(rq, tx, &c);
    if (e != OK)
        return e;
    int64_t parts;
    e = case_set_applicant(tx, c.id, tx->who->account);
    if (e == OK)
        e = parts_set_applicant(tx, c.id, tx->who->account, &parts);
    if (e == OK)
        e = audit_note(tx, STR("case.claim"), c.number,
                       STR("凭收件回执加到账号"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已经加到您的办件，以后的通知会送到您的信箱。"));
    return rq_see_other(rq, "/cases/%.*s", STR_ARG(c.number));
}
