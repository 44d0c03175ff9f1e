/* One question group a page: shown with what was saved, saved with what was
 * typed -- even what is wrong is kept, for nobody types it twice. */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "services/apply/draft_firm.h"
#include "services/show.h"

static const struct form_group *group_of(const struct offer *o, str code,
                                          int *at)
{
    for (size_t g = 0; g < o->sheet.group_count; g++)
        if (str_eq(o->sheet.groups[g].code, code)) {
            *at = (int)g;
            return &o->sheet.groups[g];
        }
    return NULL;
}

static enum err load_group(struct request *rq, struct tx *tx, struct draft *d,
                           const struct form_group **g, int *at)
{
    enum err e = draft_load(rq, tx, d);
    if (e != OK)
        return e;
    *g = group_of(d->offer, rq_path(rq, "group"), at);
    return *g ? OK : rq_fail(rq, ERR_NOTFOUND, "这份申请没有这一步。");
}

/* The page before this one: an earlier group, or the list of drafts. */
static str back_of(struct arena *a, const struct draft *d, int at)
{
    for (int g = at - 1; g >= 0; g--)
        if (form_asks(d->offer->sheet.groups[g].when, a, d->answers))
            return arena_printf(a, "/drafts/%.*s/%.*s", STR_ARG(d->number),
                                STR_ARG(d->offer->sheet.groups[g].code));
    return STR("/my");
}

bool draft_for_others(const struct who *who)
{
    return str_is(who->role, "window") || str_is(who->role, "agent");
}

static str proxy_text(const struct draft *d, const struct who *who)
{
    if (!draft_for_others(who))
        return STR("");
    str name = value_get_text(d->answers, STR("applicant_name"));
    return str_is_none(name) ? STR("申请人") : name;
}

/* The saved answers with this group's replaced by what came. */
static struct value *merged(struct arena *a, const struct draft *d,
                            const struct form_group *g,
                            const struct value *came)
{
    const struct value *inputs = form_take(&d->offer->sheet, a, came);
    struct value *all = value_new(a, VALUE_OBJECT);
    for (const struct value *m = d->answers->first; m; m = m->next) {
        bool ours = false;
        for (size_t i = 0; i < g->field_count; i++)
            ours |= str_eq(g->fields[i].name, m->key);
        if (ours)
            continue;
        struct value *copy = ARENA_NEW(a, struct value);
        *copy = *m;
        value_add(all, m->key, copy);
    }
    for (size_t i = 0; i < g->field_count; i++) {
        const struct value *given = value_get(inputs, g->fields[i].name);
        if (given == NULL)
            continue;
        struct value *copy = ARENA_NEW(a, struct value);
        *copy = *given;
        value_add(all, g->fields[i].name, copy);
    }
    return all;
}

/* The revision the page was made from; the draft's own for who sends none. */
static int64_t seen_revision(struct request *rq, struct tx *tx,
                             const struct draft *d)
{
    int64_t seen;
    str text = offer_input(rq_inputs(rq), tx->arena, STR("revision"));
    return str_int(text, &seen) ? seen : d->revision;
}

static str problem_of(const void *context, str name)
{
    const struct request *rq = context;
    str error = STR("");
    rq_problem(rq, arena_cstr(rq_view((struct request *)rq)->arena, name),
               &error);
    return error;
}

/* What is held stands in a question nobody has answered, and is still named as
 * the source while the answer is the same. */
static void show_question(struct request *rq, struct value *list,
                          const struct form_question *f,
                          const struct form_page *page,
                          const struct draft_held *held, bool typed)
{
    struct arena *a = rq_view(rq)->arena;
    struct form_page one = *page;
    struct held_value h;
    const struct value *v = value_get(page->answers, f->name);
    bool there = draft_held_value(held, a, f, &h);
    bool same = there && v && str_eq(form_answer_text(f, a, v),
                                     form_answer_text(f, a, h.answer));
    bool fill = there && !typed && (v == NULL || !value_truth(v));
    if (fill) {
        struct value *with = value_new(a, VALUE_OBJECT);
        struct value *copy = ARENA_NEW(a, struct value);
        *copy = *h.answer;
        value_add(with, f->name, copy);
        one.answers = with;
    }
    if (fill || same) {
        one.origin = h.origin;
        one.wrong = h.wrong;
    }
    form_show_question(rq_view(rq), list, f, &one);
}

/* What another device saved of this page, where it is not what stands here. */
static void show_others(struct view *v, const struct draft *d,
                        const struct form_group *g,
                        const struct value *typed, const struct units *towns,
                        bool overtaken)
{
    struct value *list = view_list(v, "others");
    view_bool(v, "overtaken", overtaken);
    for (size_t i = 0; overtaken && i < g->field_count; i++) {
        const struct form_question *f = &g->fields[i];
        str saved = form_answer_text(f, v->arena, value_get(d->answers,
                                                            f->name));
        str here = form_answer_text(f, v->arena, value_get(typed, f->name));
        if (str_eq(saved, here))
            continue;
        if (str_is(f->kind, "town"))
            saved = units_name(towns, saved);
        struct view row = view_row(v, list);
        view_text(&row, "label", f->label);
        view_text(&row, "saved", saved.n ? saved : STR("没有填写"));
    }
}

static enum err show_fields(struct request *rq, struct tx *tx,
                            const struct draft *d, const struct form_group *g)
{
    struct view *v = rq_view(rq);
    const struct units *towns;
    struct draft_held *held;
    enum err e = units_read(tx, &towns);
    if (e == OK)
        e = draft_held(tx, g, rq_may(rq, "remedies.own"), &held);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "fields");
    bool typed = rq_inputs(rq) && rq_inputs(rq)->count > 0;
    struct form_page page = {
        .answers = typed ? merged(tx->arena, d, g, rq_inputs(rq)) : d->answers,
        .error = problem_of, .context = rq, .origin = STR(""),
        .wrong = STR(""),
    };
    page.towns = show_towns(tx->arena, towns, &page.town_count);
    e = draft_firm_show(v, tx, d, g, page.answers, held);
    if (e != OK)
        return e;
    const struct value *answers = form_typed(&d->offer->sheet, tx->arena,
                                             page.answers);
    for (size_t i = 0; i < g->field_count; i++)
        if (form_asks(g->fields[i].when, tx->arena, answers))
            show_question(rq, list, &g->fields[i], &page, held, typed);
    show_others(v, d, g, page.answers, towns,
                typed && seen_revision(rq, tx, d) != d->revision);
    return OK;
}

enum err draft_group_show(struct request *rq, struct tx *tx)
{
    struct draft d;
    const struct form_group *g;
    int at;
    enum err e = load_group(rq, tx, &d, &g, &at);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    rq_menu(rq, "services");
    view_text(v, "number", d.number);
    view_text(v, "code", d.offer->code);
    view_text(v, "title", d.offer->title);
    view_text(v, "group", g->code);
    view_text(v, "heading", g->title);
    show_steps(v, 1);
    view_text(v, "saved", draft_saved_text(v->arena, d.saved));
    view_int(v, "revision", d.revision);
    view_text(v, "back", back_of(v->arena, &d, at));
    view_text(v, "proxy", proxy_text(&d, tx->who));
    e = draft_show_renewed(v, tx, &d);
    return e == OK ? show_fields(rq, tx, &d, g) : e;
}

/* ---- saving ---- */

static enum err conflict(struct request *rq, enum err e)
{
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这份草稿刚刚在另一台设备上保存过。您在这里填的都"
                              "还在，请和那边的对照后再保存。");
    if (e == ERR_RANGE)
        return rq_fail(rq, e, "填写的内容太长，请精简后再保存。");
    return e;
}

enum err draft_save_post(struct request *rq, struct tx *tx)
{
    struct draft d;
    const struct form_group *g;
    int at;
    enum err e = load_group(rq, tx, &d, &g, &at);
    if (e != OK)
        return e;
    if (seen_revision(rq, tx, &d) != d.revision)
        return conflict(rq, ERR_CONFLICT);
    e = draft_write(tx, &d, merged(tx->arena, &d, g, rq_inputs(rq)), g->code);
    if (e != OK)
        return conflict(rq, e);
    view_int(rq_view(rq), "revision", d.revision + 1);
    view_text(rq_view(rq), "saved", draft_saved_text(tx->arena, tx->now));
    return rq_see_other(rq, "/drafts/%.*s/%.*s", STR_ARG(d.number),
                        STR_ARG(g->code));
}

/* A button within the form was pressed: what is typed is kept as it is, and the
 * page comes back where the button was. */
static enum err keep_and_return(struct request *rq, struct tx *tx,
                                const struct draft *d,
                                const struct form_group *g,
                                const struct value *all,
                                const struct form_question *at)
{
    enum err e = draft_write(tx, d, all, g->code);
    if (e != OK)
        return conflict(rq, e);
    view_int(rq_view(rq), "revision", d->revision + 1);
    return rq_see_other(rq, "/drafts/%.*s/%.*s#f-%.*s", STR_ARG(d->number),
                        STR_ARG(g->code),
                        STR_ARG(at ? at->name : STR("form")));
}

/* An agent without authority is told where he says whose matter it is, not
 * after he has taken all the papers in. */
static enum err told_whose(struct request *rq, struct tx *tx,
                           const struct draft *d, const struct form_group *g,
                           const struct value *checked)
{
    for (size_t i = 0; i < g->field_count; i++)
        if (str_is(g->fields[i].name, "applicant_code"))
            return draft_authority(rq, tx, d->offer, checked);
    return OK;
}

enum err draft_group_post(struct request *rq, struct tx *tx)
{
    struct draft d;
    const struct form_group *g;
    struct form_report report = { .count = 0 };
    struct value *checked;
    int at;
    enum err e = load_group(rq, tx, &d, &g, &at);
    if (e != OK)
        return e;
    if (seen_revision(rq, tx, &d) != d.revision)
        return conflict(rq, ERR_CONFLICT);
    struct value *all = merged(tx->arena, &d, g, rq_inputs(rq));
    str code;
    if (draft_firm_pressed(tx->arena, rq_inputs(rq), &code)) {
        e = draft_firm_fill(tx, &d, g, code, all, &all);
        return e == OK ? keep_and_return(rq, tx, &d, g, all,
                                         firm_question(d.offer)) : e;
    }
    const struct form_question *pressed = form_press(
        &d.offer->sheet, tx->arena,
        offer_input(rq_inputs(rq), tx->arena, STR("do")), all);
    if (pressed)
        return keep_and_return(rq, tx, &d, g, all, pressed);
    e = offer_check(d.offer, (size_t)at, tx->arena, all, &checked, &report);
    if (e != OK)
        return draft_complain(rq, e, &report);
    e = told_whose(rq, tx, &d, g, checked);
    if (e != OK)
        return e;
    e = draft_write(tx, &d, merged(tx->arena, &d, g, checked), g->code);
    if (e != OK)
        return conflict(rq, e);
    str next = draft_next_group(d.offer, all, tx->arena, at);
    view_text(rq_view(rq), "next", next);
    return rq_see_other(rq, "/drafts/%.*s/%.*s", STR_ARG(d.number),
                        STR_ARG(next));
}
