/* Who stands at the counter, where the clerk sits, and what of the form is
 * known before anybody is asked (国务院令第716号 第七条). */
#include "services/counter/intake.h"

#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"
#include "services/apply/draft_held.h"
#include "services/apply/firm.h"

/* ---- the counter ---- */

enum err intake_seat(struct tx *tx, struct intake_seat *out)
{
    struct seat_serves *serves;
    enum err e = seat_of(tx, tx->who->account, &out->at);
    if (e == OK)
        e = seat_serves(tx, out->at.counter, &serves, &out->serve_count);
    if (e != OK)
        return e;
    out->serves = serves;
    e = seat_ticket(tx, out->at.counter, &out->ticket);
    out->called = e == OK;
    return e == ERR_NOTFOUND ? OK : e;
}

enum err intake_seated(struct request *rq, struct tx *tx,
                       struct intake_seat *out)
{
    enum err e = intake_seat(tx, out);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, ERR_CONFLICT,
                       "您还没有开窗。请先到“叫号窗口”开窗，再收件。");
    return e;
}

bool intake_takes(const struct intake_seat *s, str unit, str code)
{
    for (size_t i = 0; i < s->serve_count; i++)
        if (intake_serves(s->serves[i].unit, s->serves[i].item, unit, code))
            return true;
    return false;
}

void intake_show_seat(struct view *v, const struct intake_seat *s)
{
    struct view o = view_object(v, "seat");
    bool all = intake_takes(s, STR("-"), STR(""));
    view_text(&o, "label", s->at.label);
    view_text(&o, "hall_name", s->at.hall_name);
    view_text(&o, "ticket", s->called ? s->ticket.label : STR(""));
    view_bool(&o, "all", all);
}

/* ---- the person ---- */

/* Who took the ticket while signed in, when it is the number on the card. */
static enum err of_ticket(struct tx *tx, const struct intake_seat *s,
                          struct intake_person *p)
{
    struct auth_person who;
    if (!s->called || s->ticket.account == 0)
        return ERR_NOTFOUND;
    enum err e = auth_person(tx, s->ticket.account, &who);
    if (e != OK || !str_is(who.kind, "resident") ||
        !str_eq(who.citizen_id, p->code))
        return e == OK ? ERR_NOTFOUND : e;
    p->name = who.name;
    p->mobile = str_is_none(who.mobile) ? STR("") : who.mobile;
    p->source = STR("取号时登录的账号");
    return OK;
}

static enum err of_earlier(struct tx *tx, struct intake_person *p)
{
    struct taking_earlier c;
    struct value *answers;
    str problem;
    char text[DAY_TEXT];
    enum err e = taking_earlier(tx, p->code, &c);
    if (e != OK)
        return e;
    p->name = c.applicant_name;
    p->mobile = str_is_none(c.mobile) ? STR("") : c.mobile;
    p->source = arena_printf(tx->arena, "上次的窗口办件 %.*s，%.*s",
                             STR_ARG(c.number),
                             STR_ARG(day_text(c.received, text)));
    if (!str_is_none(c.answers) &&
        value_read_json(tx->arena, c.answers, &answers, &problem) == OK)
        p->earlier = answers;
    return OK;
}

/* What the register says of a company comes before what was typed last time;
 * that it has ended is said at once. */
static enum err of_register(struct tx *tx, struct intake_person *p)
{
    struct firm f;
    bool ended;
    enum err e = firm_read(tx, p->code, &f);
    if (e != OK || !f.known)
        return e == OK ? ERR_NOTFOUND : e;
    p->name = f.live.name;
    p->source = p->mobile.n
        ? arena_printf(tx->arena, "%.*s；手机号码来自%.*s",
                       STR_ARG(firm_origin(&f, tx->arena)),
                       STR_ARG(p->source))
        : firm_origin(&f, tx->arena);
    str said = ident_standing_said(tx->arena, f.live.name, f.live.state,
                                   f.live.state_day, &ended);
    if (ended)
        p->ended = said;
    return OK;
}

enum err intake_person(struct tx *tx, const struct intake_seat *s,
                       struct intake_person *p)
{
    str said = p->name;
    p->mobile = p->source = p->ended = STR("");
    p->account = 0;
    p->earlier = NULL;
    enum err e = p->kind == INTAKE_PERSON ? of_ticket(tx, s, p)
                                          : ERR_NOTFOUND;
    if (e == ERR_NOTFOUND)
        e = of_earlier(tx, p);
    if (p->kind == INTAKE_COMPANY && (e == OK || e == ERR_NOTFOUND)) {
        enum err known = of_register(tx, p);
        e = known == ERR_NOTFOUND ? e : known;
    }
    bool other = said.n && p->name.n && !str_eq(said, p->name);
    if (other) { /* the card says another name: what is held is not theirs */
        p->mobile = p->source = STR("");
        p->earlier = NULL;
    }
    if (said.n)
        p->name = said;
    if (e == ERR_NOTFOUND && s->called && !str_is_none(s->ticket.mobile)) {
        p->mobile = s->ticket.mobile;
        p->source = STR("取号时填的");
    }
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    if (p->kind != INTAKE_PERSON || p->name.n == 0 || p->mobile.n == 0)
        return OK;
    return auth_resident(tx, p->code, p->name, p->mobile, &p->account);
}

/* ---- the first answers ---- */

/* All questions of a form as one group: what is held is read once. */
static struct form_group every(struct arena *a, const struct form_sheet *s)
{
    size_t n = 0;
    for (size_t g = 0; g < s->group_count; g++)
        n += s->groups[g].field_count;
    struct form_group all = { .code = STR("all"), .title = STR("") };
    all.fields = ARENA_NEW_N(a, struct form_question, n + 1);
    for (size_t g = 0; g < s->group_count; g++)
        for (size_t i = 0; i < s->groups[g].field_count; i++)
            all.fields[all.field_count++] = s->groups[g].fields[i];
    return all;
}

/* What the card and the ticket say; the applicant of a form that asks for a
 * citizen is of a company its agent. */
static str of_card(const struct offer *o, const struct intake_person *p,
                   const struct form_question *q)
{
    const struct form_question *code = offer_field(o, STR("applicant_code"));
    bool company = p->kind == INTAKE_COMPANY;
    bool asks_company = code && str_is(code->kind, "credit");
    if (str_is(q->name, "mobile"))
        return p->mobile;
    if (str_is(q->kind, "credit"))
        return company ? p->code : STR("");
    bool fits = company == asks_company;
    if (str_is(q->name, "applicant_name"))
        return fits ? p->name : company ? p->agent_name : STR("");
    if (str_is(q->name, "applicant_code"))
        return fits ? p->code : company ? p->agent_code : STR("");
    return STR("");
}

static bool of_last(struct arena *a, const struct intake_person *p,
                    const struct form_question *q, const struct value **out)
{
    bool kept = str_is(q->name, "town") || str_find(q->held, STR("case")) >= 0;
    *out = value_get(p->earlier, q->name);
    return kept && *out && value_truth(*out) && draft_held_right(a, q, *out);
}

enum err intake_answers(struct tx *tx, const struct offer *o,
                        const struct intake_person *p, struct value **out,
                        size_t *count)
{
    struct arena *a = tx->arena;
    struct form_group all = every(a, &o->sheet);
    struct draft_held *held = NULL;
    struct firm firm = { .known = false };
    enum err e = draft_held_of(tx, p->account, &all, false, &held);
    if (e == OK && p->kind == INTAKE_COMPANY)
        e = firm_read(tx, p->code, &firm);
    if (e != OK)
        return e;
    firm.entitled = firm.known; /* the clerk's duty needs it */
    draft_held_firm(held, &firm);
    *out = value_new(a, VALUE_OBJECT);
    *count = 0;
    for (size_t i = 0; e == OK && i < all.field_count; i++) {
        const struct form_question *q = &all.fields[i];
        struct held_value h = { .answer = NULL };
        str card = of_card(o, p, q);
        if (card.n)
            h.answer = value_text(a, card);
        else if (!draft_held_value(held, a, q, &h) &&
                 !of_last(a, p, q, &h.answer))
            continue;
        struct value *copy = ARENA_NEW(a, struct value);
        *copy = *h.answer;
        value_add(*out, q->name, copy);
        ++*count;
    }
    return e;
}
