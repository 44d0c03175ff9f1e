/* Filling in what a register holds of an enterprise, at the press of a button
 * or where nothing was typed yet. */
#include "services/apply/draft_firm.h"

#include "kernel/form/sheet.h"

static bool has(const struct form_group *g, const struct form_question *q)
{
    for (size_t i = 0; q && i < g->field_count; i++)
        if (&g->fields[i] == q)
            return true;
    return false;
}

static void offer_button(struct view *v, struct value *list, str value,
                         str label)
{
    struct view row = view_row(v, list);
    view_text(&row, "value", value);
    view_text(&row, "label", label);
}

enum err draft_firm_show(struct view *v, struct tx *tx, const struct draft *d,
                         const struct form_group *g,
                         const struct value *answers, struct draft_held *held)
{
    const struct form_question *q = firm_question(d->offer);
    struct firm *f = ARENA_NEW(tx->arena, struct firm);
    struct firm_own *mine = NULL;
    size_t n = 0;
    bool bad;
    str code = firm_code(d->offer, answers);
    enum err e = q ? firm_mine(tx, &mine, &n) : OK;
    if (e == OK && q)
        e = firm_for(tx, code, mine, n, f);
    if (e != OK)
        return e;
    draft_held_firm(held, f);
    if (!has(g, q)) {
        view_text(v, "firm", str_none);
        return OK;
    }
    struct view o = view_object(v, "firm");
    str told = firm_told(f, v->arena, code, &bad);
    view_text(&o, "text", told);
    view_bool(&o, "bad", bad);
    struct value *list = view_list(&o, "buttons");
    for (size_t i = 0; i < n; i++)
        offer_button(&o, list, arena_join(v->arena, STR("firm."),
                                          mine[i].code),
                     arena_printf(v->arena, "填入“%.*s”的登记信息",
                                  STR_ARG(mine[i].name)));
    if (!f->entitled)
        offer_button(&o, list, STR("firm"),
                     STR("按填写的统一社会信用代码查登记"));
    return OK;
}

bool draft_firm_pressed(struct arena *a, const struct value *inputs, str *code)
{
    str pressed = offer_input(inputs, a, STR("do"));
    *code = STR("");
    if (str_is(pressed, "firm"))
        return true;
    if (!str_starts(pressed, STR("firm.")))
        return false;
    *code = str_slice(pressed, 5, pressed.n);
    return true;
}

/* The same object with one member put in the place of what it was. */
static struct value *with(struct arena *a, const struct value *all, str key,
                          str text)
{
    struct value *out = value_new(a, VALUE_OBJECT);
    for (const struct value *m = all->first; m; m = m->next) {
        struct value *copy = ARENA_NEW(a, struct value);
        if (str_eq(m->key, key))
            continue;
        *copy = *m;
        value_add(out, m->key, copy);
    }
    value_add(out, key, value_text(a, text));
    return out;
}

enum err draft_firm_fill(struct tx *tx, const struct draft *d,
                         const struct form_group *g, str code,
                         const struct value *all, struct value **out)
{
    struct arena *a = tx->arena;
    const struct form_question *q = firm_question(d->offer);
    struct firm f;
    struct firm_own *mine;
    size_t n;
    *out = ARENA_NEW(a, struct value);
    **out = *all;
    if (q == NULL)
        return OK;
    enum err e = firm_mine(tx, &mine, &n);
    if (e == OK)
        e = firm_for(tx, code.n ? code : firm_code(d->offer, all), mine, n,
                     &f);
    if (e != OK || !f.entitled)
        return e;
    for (size_t i = 0; i < g->field_count; i++) {
        str said = firm_says(&f, a, &g->fields[i]);
        if (said.n && draft_held_right(a, &g->fields[i],
                                       value_text(a, said)))
            *out = with(a, *out, g->fields[i].name, said);
    }
    return OK;
}
