/*
 * 窗口收件, the second half of the screen: the questions and papers of the item
 * and the one button.  Whatever was pressed, what is typed and scanned is
 * saved first; then it is filed, or the page comes back and says what is
 * missing.
 */
#include "services/counter/intake.h"

#include "kernel/audit/audit.h"
#include "kernel/files/files.h"
#include "services/apply/authority.h"
#include "services/pages.h"
#include "services/apply/partners.h"
#include "services/show.h"

enum err intake_load(struct request *rq, struct tx *tx, struct intake *in)
{
    str number = rq_path(rq, "number");
    enum err e = taking_one(tx, number, tx->who->account, &in->row);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这份收件。它可能是别的窗口的，或者三十天没有"
                              "办完已经清除。");
    if (e == OK)
        e = intake_seated(rq, tx, &in->seat);
    if (e != OK || !str_is_none(in->row.case_no))
        return e;
    e = draft_read(tx, number, tx->who->account, &in->draft);
    if (e == ERR_NOTFOUND || e == ERR_CONFLICT)
        return rq_fail(rq, e, "这份收件的草稿已经清除，或者事项已经停办，请重新"
                              "收件。");
    return e;
}

/* ---- what stands against filing ---- */

static void gap(struct tx *tx, struct intake_gaps *g, str field, str text)
{
    enum { MOST = FORM_PROBLEMS + 64 };
    if (g->list == NULL)
        g->list = ARENA_NEW_N(tx->arena, struct intake_gap, MOST);
    if (g->n < MOST)
        g->list[g->n++] = (struct intake_gap){ field, text };
}

static void paper_gaps(struct tx *tx, const struct intake *in,
                       struct intake_gaps *out)
{
    for (size_t i = 0; i < in->decided.paper_count; i++) {
        const struct form_paper *p = in->decided.papers[i];
        const struct draft_paper_list *there = NULL;
        for (size_t k = 0; k < in->paper_count; k++)
            if (str_eq(in->papers[k].code, p->code))
                there = &in->papers[k];
        str field = arena_join(tx->arena, STR("p-"), p->code);
        if (there && there->sha256.n &&
            files_safe(there->scan) == FILES_INFECTED)
            gap(tx, out, field, arena_printf(tx->arena, "“%.*s”查出病毒，请换一"
                                             "份。", STR_ARG(p->name)));
        else if (!there && p->need == 1 && str_is(p->source, "upload"))
            gap(tx, out, field, arena_printf(tx->arena, "缺材料：%.*s",
                                             STR_ARG(p->name)));
    }
}

enum err intake_gaps(struct tx *tx, const struct intake *in,
                     struct intake_gaps *out)
{
    const struct draft *d = &in->draft;
    struct form_report report = { .count = 0 };
    struct decided decided;
    str sentence = STR("");
    size_t partners;
    *out = (struct intake_gaps){ .n = 0 };
    enum err e = offer_check(d->offer, d->offer->sheet.group_count, tx->arena,
                             d->answers, &out->checked, &report);
    if (e != OK && e != ERR_INPUT && e != ERR_RANGE)
        return e;
    for (int i = 0; i < report.count; i++)
        gap(tx, out, str_of(report.problem[i].field),
            report.problem[i].sentence);
    e = offer_decide(d->offer, tx->arena, out->checked, &decided, &sentence);
    if (e == ERR_RANGE && out->n == 0)
        gap(tx, out, STR(""), sentence);
    else if (e != OK && e != ERR_RANGE)
        return e;
    paper_gaps(tx, in, out);
    struct value *unsigned_by = value_new(tx->arena, VALUE_LIST);
    e = partners_missing(tx, d->id, out->checked, unsigned_by, &partners);
    for (const struct value *u = unsigned_by->first; e == OK && u; u = u->next)
        gap(tx, out, STR(""), u->text);
    return e;
}

/* ---- shown ---- */

struct complaints {
    const struct request *rq;
    const struct intake_gaps *gaps; /* NULL: nothing was tried yet */
};

static str problem_of(const void *context, str name)
{
    const struct complaints *c = context;
    for (size_t i = 0; c->gaps && i < c->gaps->n; i++)
        if (str_eq(c->gaps->list[i].field, name))
            return c->gaps->list[i].text;
    return STR("");
}

static enum err show_groups(struct request *rq, struct tx *tx,
                            const struct intake *in,
                            const struct intake_gaps *gaps)
{
    struct view *v = rq_view(rq);
    const struct draft *d = &in->draft;
    const struct units *towns;
    struct complaints said = { rq, gaps };
    enum err e = units_read(tx, &towns);
    struct value *list = view_list(v, "groups");
    if (e != OK)
        return e;
    struct form_page page = { .answers = d->answers, .error = problem_of,
                              .context = &said, .origin = STR(""),
                              .wrong = STR("") };
    page.towns = show_towns(tx->arena, towns, &page.town_count);
    const struct value *typed = form_typed(&d->offer->sheet, tx->arena,
                                           d->answers);
    for (size_t g = 0; g < d->offer->sheet.group_count; g++) {
        const struct form_group *group = &d->offer->sheet.groups[g];
        if (!form_asks(group->when, tx->arena, typed))
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "title", group->title);
        struct value *fields = view_list(&row, "fields");
        for (size_t i = 0; i < group->field_count; i++)
            if (form_asks(group->fields[i].when, tx->arena, typed))
                form_show_question(&row, fields, &group->fields[i], &page);
    }
    return OK;
}

/* The gaps with where to close each, and of the first whether it is a question
 * of the form: there the next key falls. */
static void show_gaps(struct view *v, const struct intake_gaps *gaps)
{
    struct value *list = view_list(v, "gaps");
    for (size_t i = 0; i < gaps->n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "text", gaps->list[i].text);
        view_text(&row, "field", gaps->list[i].field);
    }
}

static enum err show_authority(struct view *v, struct tx *tx, int64_t draft)
{
    struct authority_of_draft *have;
    size_t n;
    enum err e = authority_of_draft(tx, draft, &have, &n);
    view_text(v, "authority", e == OK && n ? STR("已登记授权委托书")
                                           : STR(""));
    return e;
}

static enum err show(struct request *rq, struct tx *tx, struct intake *in)
{
    struct view *v = rq_view(rq);
    struct intake_gaps gaps;
    struct unit_brief unit;
    const struct draft *d = &in->draft;
    bool tried = rq_flag(rq, "tried");
    enum err e = intake_read_papers(tx, in);
    if (e == OK)
        e = intake_gaps(tx, in, &gaps);
    if (e == OK)
        e = unit_brief(tx, d->offer->lead, &unit);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.intake");
    intake_show_seat(v, &in->seat);
    view_text(v, "number", d->number);
    view_text(v, "title", d->offer->title);
    view_text(v, "unit_name", unit.short_name);
    view_int(v, "promised", d->offer->promised);
    view_day_long(v, "accept_by",
                  services_accept_by(tx->calendar, tx_today(tx)));
    view_int(v, "revision", d->revision);
    view_text(v, "saved", draft_saved_text(v->arena, d->saved));
    view_text(v, "agent", in->row.agent_name);
    e = show_authority(v, tx, d->id);
    if (e != OK)
        return e;
    view_bool(v, "tried", tried);
    show_gaps(v, &gaps);
    e = show_groups(rq, tx, in, tried ? &gaps : NULL);
    return e == OK ? intake_show_papers(rq, tx, in) : e;
}

/* ---- typed ---- */

static void put(struct arena *a, struct value *all, str name,
                const struct value *answer)
{
    struct value *copy = ARENA_NEW(a, struct value);
    *copy = *answer;
    value_add(all, name, copy);
}

/* What came replaces what was saved; a question the page did not ask keeps its
 * answer, for nobody types it twice.  An empty check box sends nothing. */
static struct value *merged(struct arena *a, const struct draft *d,
                            const struct value *came)
{
    const struct form_sheet *s = &d->offer->sheet;
    const struct value *inputs = form_take(s, a, came);
    const struct value *typed = form_typed(s, a, d->answers);
    struct value *all = value_new(a, VALUE_OBJECT);
    for (size_t g = 0; g < s->group_count; g++)
        for (size_t i = 0; i < s->groups[g].field_count; i++) {
            const struct form_question *q = &s->groups[g].fields[i];
            const struct value *given = value_get(inputs, q->name);
            bool shown = form_asks(s->groups[g].when, a, typed) &&
                         form_asks(q->when, a, typed);
            if (given == NULL && !(shown && str_is(q->kind, "flag")))
                given = value_get(d->answers, q->name);
            if (given)
                put(a, all, q->name, given);
        }
    return all;
}

enum err intake_form_show(struct request *rq, struct tx *tx)
{
    struct intake in;
    enum err e = intake_load(rq, tx, &in);
    if (e != OK)
        return e;
    if (!str_is_none(in.row.case_no))
        return rq_see_other(rq, "/cases/%.*s/receipt",
                            STR_ARG(in.row.case_no));
    const struct value *came = rq_inputs(rq);
    if (value_get(came, STR("revision"))) /* a complaint: what was typed */
        in.draft.answers = merged(tx->arena, &in.draft, came);
    return show(rq, tx, &in);
}

/* ---- 收件 ---- */

static enum err file(struct request *rq, struct tx *tx, const struct intake *in,
                     struct value *checked)
{
    const struct draft *d = &in->draft;
    struct filing *f = ARENA_NEW(tx->arena, struct filing);
    struct filed filed;
    str sentence = STR("");
    f->offer = d->offer;
    f->answers = checked;
    f->draft = d->id;
    f->draft_owner = tx->who->account;
    f->draft_number = d->number;
    bool more = str_is(offer_input(rq_inputs(rq), tx->arena, STR("more")),
                       "1");
    f->finish = !more;
    struct value *none = value_new(tx->arena, VALUE_LIST);
    enum err e = partners_missing(tx, d->id, checked, none, &f->partners);
    filing_papers(tx, d, f, in->papers, in->paper_count);
    if (e == OK)
        e = filing_people(tx, f);
    if (e == OK)
        e = filing_prepare(tx, f, &sentence);
    if (e == ERR_RANGE) { /* nothing is written yet but what was typed */
        rq_flash(rq, "bad", sentence);
        e = audit_note(tx, STR("intake.save"), d->number, d->offer->title);
        return e == OK ? rq_see_other(rq, "/intake/%.*s?tried=1",
                                      STR_ARG(d->number)) : e;
    }
    if (e == OK)
        e = case_file(tx, f, &filed);
    if (e == OK)
        e = taking_filed(tx, d->number, filed.number, in->seat.at.counter,
                         in->seat.at.label, tx->now);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", filed.number);
    view_text(rq_view(rq), "ticket", f->ticket);
    return rq_see_other(rq, "/cases/%.*s/receipt", STR_ARG(filed.number));
}

/* Saved; then where the next thing is to be done. */
static enum err go_on(struct request *rq, struct tx *tx,
                      const struct intake *in, const struct intake_gaps *gaps,
                      const struct form_question *pressed, bool tried)
{
    str number = in->draft.number;
    str at = pressed ? pressed->name
             : gaps->n ? gaps->list[0].field : STR("");
    enum err e = audit_note(tx, STR("intake.save"), number,
                            in->draft.offer->title);
    intake_tell_bad(rq);
    view_text(rq_view(rq), "number", number);
    view_int(rq_view(rq), "missing", (int64_t)gaps->n);
    return e == OK ? rq_see_other(rq, "/intake/%.*s%s#%s%.*s", STR_ARG(number),
                                  tried ? "?tried=1" : "",
                                  at.n ? "f-" : "file", STR_ARG(at)) : e;
}

static enum err save(struct request *rq, struct tx *tx, struct intake *in,
                     const struct form_question **pressed)
{
    const struct value *came = rq_inputs(rq);
    struct draft *d = &in->draft;
    int64_t seen;
    if (str_int(offer_input(came, tx->arena, STR("revision")), &seen) &&
        seen != d->revision)
        return rq_fail(rq, ERR_CONFLICT,
                       "这份收件刚刚在另一个页面上保存过。您在这里填的都还在，"
                       "核对后再按一次。");
    struct value *all = merged(tx->arena, d, came);
    *pressed = form_press(&d->offer->sheet, tx->arena,
                          offer_input(came, tx->arena, STR("do")), all);
    enum err e = draft_write(tx, d, all, STR("intake"));
    if (e == ERR_RANGE)
        return rq_fail(rq, e, "填写的内容太长，请精简后再保存。");
    d->answers = all;
    if (e == OK)
        e = intake_read_papers(tx, in);
    if (e == OK)
        e = intake_take_papers(rq, tx, in);
    return e == OK ? intake_read_papers(tx, in) : e;
}

enum err intake_form_post(struct request *rq, struct tx *tx)
{
    struct intake in;
    struct intake_gaps gaps;
    const struct form_question *pressed = NULL;
    bool tried = str_is(offer_input(rq_inputs(rq), tx->arena, STR("do")),
                        "file");
    enum err e = intake_load(rq, tx, &in);
    if (e == OK && !str_is_none(in.row.case_no)) { /* pressed twice */
        e = audit_note(tx, STR("intake.again"), in.row.case_no, STR(""));
        view_text(rq_view(rq), "number", in.row.case_no);
        return e == OK ? rq_see_other(rq, "/cases/%.*s/receipt",
                                      STR_ARG(in.row.case_no)) : e;
    }
    if (e == OK && !intake_takes(&in.seat, in.draft.offer->lead,
                                 in.draft.offer->code))
        return rq_fail(rq, ERR_RANGE, "您现在的窗口不办这个事项，请转给办它的窗"
                                      "口。");
    if (e == OK)
        e = save(rq, tx, &in, &pressed);
    if (e == OK)
        e = intake_gaps(tx, &in, &gaps);
    if (e != OK)
        return e;
    if (tried && gaps.n == 0 && !intake_bad(rq))
        return file(rq, tx, &in, gaps.checked);
    return go_on(rq, tx, &in, &gaps, pressed, tried);
}
