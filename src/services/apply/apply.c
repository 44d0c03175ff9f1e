/*
 * Applying: from "what is your situation?" to a draft.
 *
 * The first questions need no account and leave no trace; only when somebody
 * begins to fill in is there a draft, and then it is theirs on every device.
 */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "services/case.h"
#include "services/apply/draft.h"
#include "services/show.h"

static bool has_situation(const struct offer *o)
{
    return o->joint && o->sheet.group_count > 0;
}

static enum err find(struct request *rq, struct tx *tx, const struct offer **o)
{
    enum err e = offer_find(tx, rq_path(rq, "code"), o);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个事项，请从事项目录里选择。");
    if (e == ERR_STORE)
        return rq_fail(rq, e,
                       "这个主题的配置有误，暂时不能申请，请拨打 12345。");
    if (e == OK && (*o)->halted.n)
        return rq_fail_str(rq, ERR_RANGE,
                           arena_printf(tx->arena,
                                        "这件事暂停受理，%.*s。只办其中一项的"
                                        "，请从事项目录里选择。",
                                        STR_ARG((*o)->halted)));
    if (e == OK && !(*o)->online && !draft_for_others(tx->who))
        return rq_fail(
            rq, ERR_RANGE,
            "这个事项目前不能网上申请，请到窗口办理，办事指南里有地址。");
    return e;
}

static void show_situation(struct request *rq, const struct offer *o,
                           const struct form_report *report)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "fields");
    if (!has_situation(o))
        return;
    const struct value *typed = form_typed(&o->sheet, v->arena, rq_inputs(rq));
    for (size_t i = 0; i < o->sheet.groups[0].field_count; i++) {
        const struct form_question *f = &o->sheet.groups[0].fields[i];
        if (!form_asks(f->when, v->arena, typed))
            continue;
        str error = STR("");
        for (int p = 0; p < report->count; p++)
            if (str_is(f->name, report->problem[p].field))
                error = report->problem[p].sentence;
        str value = offer_input(rq_inputs(rq), v->arena, f->name);
        show_field(v, list, f, value, error, NULL);
    }
}

static enum err unit_name_of(struct tx *tx, const struct offer_part *p,
                             str *out)
{
    struct unit_brief u = { .name = STR("所在乡镇（街道）") };
    enum err e = p->unit.n ? unit_brief(tx, p->unit, &u) : OK;
    *out = u.name;
    return e;
}

/* What follows from the answers: departments, papers, days. */
static enum err show_outcome(struct tx *tx, struct view *v,
                             const struct offer *o, const struct decided *d)
{
    struct view out = view_object(v, "outcome");
    view_int(&out, "promised", o->promised);
    struct value *parts = view_list(&out, "parts");
    for (size_t i = 0; i < d->part_count; i++) {
        str unit;
        enum err e = unit_name_of(tx, d->parts[i], &unit);
        if (e != OK)
            return e;
        struct view row = view_row(&out, parts);
        view_text(&row, "title", d->parts[i]->title);
        view_text(&row, "unit_name", unit);
        view_text(&row, "promised",
                  show_units(v->arena, d->parts[i]->promised, false));
    }
    struct value *papers = view_list(&out, "papers");
    for (size_t i = 0; i < d->paper_count; i++) {
        bool free = !str_is(d->papers[i]->source, "upload");
        struct view row = view_row(&out, papers);
        view_text(&row, "name", d->papers[i]->name);
        view_bool(&row, "free", free);
        view_text(&row, "note", d->papers[i]->note);
    }
    return OK;
}

static void show_answers(struct view *v, const struct value *answers)
{
    struct value *list = view_list(v, "answers");
    for (const struct value *m = answers ? answers->first : NULL; m;
         m = m->next) {
        struct view row = view_row(v, list);
        view_text(&row, "name", m->key);
        view_text(&row, "value", offer_input(answers, v->arena, m->key));
    }
}

/* The situation's answers, checked; nothing is asked of single items. */
static enum err check_situation(struct request *rq, const struct offer *o,
                                struct value **answers,
                                struct form_report *report)
{
    struct view *v = rq_view(rq);
    if (!has_situation(o)) {
        *answers = value_new(v->arena, VALUE_OBJECT);
        return OK;
    }
    return offer_check(o, 0, v->arena, rq_inputs(rq), answers, report);
}

enum err apply_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    const struct offer *o;
    enum err e = find(rq, tx, &o);
    if (e != OK)
        return e;
    rq_menu(rq, "services");
    view_text(v, "code", o->code);
    view_text(v, "title", o->title);
    show_steps(v, 0);

    bool asked = rq_has(rq, "asked") || !has_situation(o);
    struct form_report report = { .count = 0 };
    struct value *answers = NULL;
    struct decided d;
    str sentence = STR("");
    if (asked)
        e = check_situation(rq, o, &answers, &report);
    show_situation(rq, o, &report);
    if (!asked || e != OK) {
        show_answers(v, NULL);
        view_text(v, "outcome", str_none);
        return OK;
    }
    show_answers(v, answers);
    e = offer_decide(o, v->arena, answers, &d, &sentence);
    if (e != OK)
        return rq_fail_str(rq, e, sentence);
    return show_outcome(tx, v, o, &d);
}

enum err apply_post(struct request *rq, struct tx *tx)
{
    const struct offer *o;
    struct form_report report = { .count = 0 };
    struct value *answers;
    enum err e = find(rq, tx, &o);
    if (e != OK)
        return e;
    e = check_situation(rq, o, &answers, &report);
    if (e != OK)
        return draft_complain(rq, e, &report);
    struct draft d;
    e = draft_new(tx, o, answers, &d);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", d.number);
    e = audit_note(tx, STR("draft.new"), d.number, o->title);
    if (e != OK)
        return e;
    return rq_see_other(rq, "/drafts/%.*s/%.*s", STR_ARG(d.number),
                        STR_ARG(draft_next_group(o, answers, tx->arena,
                                                 has_situation(o) ? 0 : -1)));
}
