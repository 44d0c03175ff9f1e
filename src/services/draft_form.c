/* One question group a page: shown with what was saved, saved with what was
 * typed -- even what is wrong is kept, for nobody types it twice. */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "services/draft.h"
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

/* What the account already says about its owner, where nothing was typed. */
static str prefilled(const struct auth_person *me,
                     const struct form_question *f)
{
    if (!str_is(me->kind, "resident"))
        return STR("");
    if (str_is(f->name, "applicant_name"))
        return me->name;
    if (str_is(f->name, "applicant_code") && str_is(f->kind, "id"))
        return me->citizen_id;
    if (str_is(f->name, "mobile"))
        return me->mobile;
    return STR("");
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
                            const struct value *inputs)
{
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

static enum err show_fields(struct request *rq, struct tx *tx,
                            const struct draft *d, const struct form_group *g)
{
    struct view *v = rq_view(rq);
    const struct units *towns;
    struct auth_person me = { .kind = STR("") };
    enum err e = units_read(tx, &towns);
    if (e == OK)
        e = auth_person(tx, tx->who->account, &me);
    struct value *list = view_list(v, "fields");
    bool typed = rq_inputs(rq) && rq_inputs(rq)->count > 0;
    const struct value *answers = form_typed(
        &d->offer->sheet, tx->arena,
        typed ? merged(tx->arena, d, g, rq_inputs(rq)) : d->answers);
    for (size_t i = 0; e == OK && i < g->field_count; i++) {
        const struct form_question *f = &g->fields[i];
        if (!form_asks(f->when, tx->arena, answers))
            continue;
        str error = STR("");
        rq_problem(rq, f->check.name, &error);
        str value = typed ? offer_input(rq_inputs(rq), tx->arena, f->name)
                          : offer_input(d->answers, tx->arena, f->name);
        if (value.n == 0 && !typed)
            value = prefilled(&me, f);
        show_field(v, list, f, str_is_none(value) ? STR("") : value, error,
                   towns);
    }
    return e;
}

/* The revision the page was made from; the draft's own for who sends none. */
static int64_t seen_revision(struct request *rq, struct tx *tx,
                             const struct draft *d)
{
    int64_t seen;
    str text = offer_input(rq_inputs(rq), tx->arena, STR("revision"));
    return str_int(text, &seen) ? seen : d->revision;
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
    view_int(v, "revision", seen_revision(rq, tx, &d));
    view_text(v, "back", back_of(v->arena, &d, at));
    view_text(v, "proxy", proxy_text(&d, tx->who));
    e = draft_show_renewed(v, tx, &d);
    return e == OK ? show_fields(rq, tx, &d, g) : e;
}

/* ---- saving ---- */

static enum err conflict(struct request *rq, enum err e)
{
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这份草稿刚刚在另一台设备上保存过，请刷新后继续，"
                              "以免覆盖。");
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
    e = offer_check(d.offer, (size_t)at, tx->arena, all, &checked, &report);
    if (e != OK)
        return draft_complain(rq, e, &report);
    e = draft_write(tx, &d, merged(tx->arena, &d, g, checked), g->code);
    if (e != OK)
        return conflict(rq, e);
    str next = draft_next_group(d.offer, all, tx->arena, at);
    view_text(rq_view(rq), "next", next);
    return rq_see_other(rq, "/drafts/%.*s/%.*s", STR_ARG(d.number),
                        STR_ARG(next));
}
