/* 与登记比对: beside a case, what the register says of its enterprise and where
 * the form says otherwise -- of the answers this desk is entitled to. */
#include "services/work/desk_case.h"

#include "kernel/ident/ident.h"
#include "services/case.h"
#include "services/apply/firm.h"

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

/* The offer and the answers of the matter, NULL where none asks for an
 * enterprise. */
static enum err read_answers(struct tx *tx, const struct desk_case *d,
                             const struct offer **offer,
                             struct value **answers)
{
    str problem;
    *answers = NULL;
    if (str_is_none(d->thread.answers))
        return OK;
    enum err e = case_offer(tx, &d->thread, offer);
    if (e != OK || firm_question(*offer) == NULL)
        return e;
    return value_read_json(tx->arena, d->thread.answers, answers, &problem);
}

enum err desk_firm_load(struct tx *tx, struct desk_case *d)
{
    const struct offer *offer;
    struct value *answers;
    struct firm *f = ARENA_NEW(tx->arena, struct firm);
    d->firm = NULL;
    enum err e = read_answers(tx, d, &offer, &answers);
    str code = e == OK && answers ? firm_code(offer, answers) : STR("");
    if (e != OK || code.n == 0)
        return e;
    d->firm = f;
    return firm_read(tx, code, f);
}

static void show_known(struct view *o, const struct firm *f, str number)
{
    bool ended;
    view_text(o, "text", ident_standing_said(o->arena, f->live.name,
                                             f->live.state,
                                             f->live.state_day, &ended));
    view_bool(o, "bad", ended);
    view_text(o, "source", firm_origin(f, o->arena));
    view_text(o, "href", arena_printf(o->arena, "/enterprises/%.*s?case=%.*s",
                                      STR_ARG(f->live.code),
                                      STR_ARG(number)));
}

enum err desk_firm_show(struct view *v, struct tx *tx,
                        const struct desk_case *d)
{
    const struct offer *offer;
    struct value *answers;
    const struct firm *f = d->firm;
    if (f == NULL) {
        view_text(v, "firm", str_none);
        return OK;
    }
    enum err e = read_answers(tx, d, &offer, &answers);
    if (e != OK)
        return e;
    struct view o = view_object(v, "firm");
    if (f->known) {
        show_known(&o, f, d->c.number);
    } else {
        view_text(&o, "text", STR("法人库里没有这个统一社会信用代码"));
        view_bool(&o, "bad", false);
        view_text(&o, "source", STR(""));
        view_text(&o, "href", STR(""));
    }
    struct value *list = view_list(&o, "differs");
    if (f->known)
        compare(&o, list, f, offer, answers, d->c.part);
    view_bool(&o, "same", f->known && list->first == NULL);
    return OK;
}
