/* 与登记比对: beside a case, what the register says of its enterprise and where
 * the form says otherwise -- of the answers this desk is entitled to. */
#include "services/desk_case.h"

#include "kernel/ident/ident.h"

#include "services/case.h"
#include "services/firm.h"

/* Each answer once, however many parts show it. */
static void compare(struct view *o, struct value *list, const struct firm *f,
                    const struct offer *offer, const struct value *answers,
                    str part)
{
    for (const struct value *m = answers->first; m; m = m->next) {
        const struct form_question *q = offer_field(offer, m->key);
        bool shown = false;
        for (size_t i = 0; q && i < offer->part_count; i++)
            for (size_t k = 0; k < offer->parts[i].field_count; k++)
                shown |= (str_is_none(part) ||
                          str_eq(part, offer->parts[i].code)) &&
                         str_eq(offer->parts[i].fields[k], m->key);
        str said = shown ? firm_differs(f, o->arena, q, m) : STR("");
        if (said.n)
            value_push(list, value_text(o->arena, said));
    }
}

enum err desk_firm_show(struct view *v, struct tx *tx,
                        const struct desk_case *d)
{
    const struct offer *offer;
    struct value *answers;
    struct firm f;
    str problem;
    bool ended;
    view_text(v, "firm", str_none);
    if (str_is_none(d->thread.answers))
        return OK;
    enum err e = case_offer(tx, &d->thread, &offer);
    if (e != OK || firm_question(offer) == NULL)
        return e;
    e = value_read_json(tx->arena, d->thread.answers, &answers, &problem);
    str code = e == OK ? firm_code(offer, answers) : STR("");
    if (e != OK || code.n == 0)
        return e;
    e = firm_read(tx, code, &f);
    if (e != OK)
        return e;
    struct view o = view_object(v, "firm");
    str said = f.known ? ident_standing_said(v->arena, f.live.name,
                                             f.live.state, f.live.state_day,
                                             &ended)
                       : STR("法人库里没有这个统一社会信用代码");
    view_text(&o, "text", said);
    view_bool(&o, "bad", f.known && ended);
    view_text(&o, "source", f.known ? firm_origin(&f, v->arena) : STR(""));
    view_text(&o, "href", f.known ? arena_printf(
        v->arena, "/enterprises/%.*s?case=%.*s", STR_ARG(f.live.code),
        STR_ARG(d->c.number)) : STR(""));
    struct value *list = view_list(&o, "differs");
    if (f.known)
        compare(&o, list, &f, offer, answers, d->c.part);
    view_bool(&o, "same", f.known && list->first == NULL);
    return OK;
}
