/*
 * A draft that is older than the form it is for: what its owner is told.
 *
 * A new version of a form may come into force while somebody fills in the old
 * one.  Every answer stays where it is; the new questions that stand open are
 * named with the way to them, and so is what is asked no more -- it is not
 * handed on, but kept in the draft.
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
    return OK;
}
