/*
 * A draft that is older than the form it is for: what its owner is told.
 *
 * A new version of a form may come into force while somebody fills in the old
 * one.  Every answer stays where it is; the new questions that stand open are
 * named with the way to them, and so is what is asked no more -- it is not
 * handed on, but kept in the draft.  Papers likewise.
 */
#include "services/apply/draft.h"

static bool answered(const struct draft *d, str name)
{
    const struct value *v = value_get(d->answers, name);
    return v && value_truth(v);
}

/* New, asked in this situation, not yet answered. */
static void show_added(struct view *v, struct arena *a, const struct draft *d,
                       const struct offer *was)
{
    struct value *list = view_list(v, "added");
    const struct form_sheet *s = &d->offer->sheet;
    for (size_t g = 0; g < s->group_count; g++) {
        const struct form_group *group = &s->groups[g];
        for (size_t i = 0; i < group->field_count; i++) {
            const struct form_question *q = &group->fields[i];
            if (offer_field(was, q->name) || answered(d, q->name) ||
                !form_asks(group->when, a, d->answers) ||
                !form_asks(q->when, a, d->answers))
                continue;
            struct view row = view_row(v, list);
            view_text(&row, "label", q->label);
            view_text(&row, "href",
                      arena_printf(a, "/drafts/%.*s/%.*s#f-%.*s",
                                   STR_ARG(d->number), STR_ARG(group->code),
                                   STR_ARG(q->name)));
        }
    }
}

static void show_gone(struct view *v, struct arena *a, const struct draft *d,
                      const struct offer *was)
{
    struct value *list = view_list(v, "gone");
    for (size_t g = 0; g < was->sheet.group_count; g++) {
        const struct form_group *group = &was->sheet.groups[g];
        for (size_t i = 0; i < group->field_count; i++) {
            const struct form_question *q = &group->fields[i];
            if (offer_field(d->offer, q->name) == NULL && answered(d, q->name))
                value_push(list, value_text(a, q->label));
        }
    }
}

static bool uploaded(const struct draft_paper_list *have, size_t n, str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(have[i].code, code))
            return true;
    return false;
}

/* Papers that are asked for now, were not, and are not there yet; and files
 * nobody asks for any more. */
static enum err show_papers(struct view *v, struct tx *tx,
                            const struct draft *d, const struct offer *was)
{
    struct draft_paper_list *have;
    struct decided asked;
    str sentence = STR("");
    size_t n;
    struct value *added = view_list(v, "added_papers");
    struct value *gone = view_list(v, "gone_papers");
    enum err e = draft_paper_list(tx, d->id, &have, &n);
    if (e != OK)
        return e;
    if (offer_decide(d->offer, v->arena, d->answers, &asked, &sentence) != OK)
        asked.paper_count = 0; /* not all is answered yet: told later */
    for (size_t i = 0; i < asked.paper_count; i++) {
        const struct form_paper *p = asked.papers[i];
        if (offer_paper(was, p->code) || !str_is(p->source, "upload") ||
            uploaded(have, n, p->code))
            continue;
        struct view row = view_row(v, added);
        view_text(&row, "label", p->name);
        view_text(&row, "href",
                  arena_printf(v->arena, "/drafts/%.*s/papers#u-%.*s",
                               STR_ARG(d->number), STR_ARG(p->code)));
    }
    for (size_t i = 0; i < n; i++) {
        const struct form_paper *p = offer_paper(was, have[i].code);
        if (offer_paper(d->offer, have[i].code) == NULL && p)
            value_push(gone, value_text(v->arena, p->name));
    }
    return OK;
}

enum err draft_show_renewed(struct view *v, struct tx *tx,
                            const struct draft *d)
{
    const struct offer *was;
    if (d->version == d->offer->version) {
        view_text(v, "renewed", str_none);
        return OK;
    }
    enum err e = offer_version(tx, d->offer->code, d->version, &was);
    if (e != OK) /* its data are gone or broken: nothing to compare with */
        was = d->offer;
    struct view renewed = view_object(v, "renewed");
    view_int(&renewed, "version", d->offer->version);
    show_added(&renewed, v->arena, d, was);
    show_gone(&renewed, v->arena, d, was);
    return show_papers(&renewed, tx, d, was);
}
