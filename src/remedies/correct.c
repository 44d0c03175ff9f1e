/*
 * Correcting one's own data (个人信息保护法 第四十六条): asked for by whose it
 * is, decided by the organisation that keeps it, and from then on what forms
 * are filled in with.
 */
#include "remedies/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "remedies/matter.h"

static str datum_now(const struct auth_person *p, str code)
{
    str s = str_is(code, "name")         ? p->name
            : str_is(code, "citizen_id") ? p->citizen_id
            : str_is(code, "mobile")     ? p->mobile : str_none;
    return str_is_none(s) ? STR("") : s;
}

static str masked(struct arena *a, str code, str text)
{
    return str_is(code, "citizen_id") ? auth_mask_id(a, text)
           : str_is(code, "mobile")   ? auth_mask_mobile(a, text) : text;
}

static enum err show_fields(struct request *rq, struct tx *tx, struct view *v,
                            const struct auth_person *me)
{
    int n;
    const struct remedy_datum *d = remedy_data(&n);
    struct value *fields = view_list(v, "fields");
    struct page_choice *c = ARENA_NEW_N(v->arena, struct page_choice,
                                        (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        struct keeper_named u;
        enum err e = keeper_named(tx, d[i].unit, &u);
        if (e != OK)
            return e;
        c[i] = (struct page_choice){
            d[i].code, d[i].label,
            arena_printf(v->arena, "现在是“%.*s”，由%.*s核实",
                         STR_ARG(masked(v->arena, d[i].code,
                                        datum_now(me, d[i].code))),
                         STR_ARG(u.name)) };
    }
    struct page_field datum = {
        .name = "datum", .type = "choice", .label = STR("要更正哪一项"),
        .value = rq_text(rq, "datum"), .choices = c, .choice_count = (size_t)n,
    };
    struct page_field becomes = {
        .name = "becomes", .type = "text", .label = STR("应当是"),
        .value = rq_text(rq, "becomes"),
    };
    struct page_field text = {
        .name = "text", .type = "lines", .label = STR("理由和依据"),
        .hint = STR("写明为什么不准确，凭什么证件可以核实，例如户口簿、居民身份"
                    "证的签发日期。不需要上传证件。"),
        .value = rq_text(rq, "text"),
    };
    struct page_field *all[] = { &datum, &becomes, &text };
    for (int i = 0; i < 3; i++)
        rq_ask(rq, fields, *all[i]);
    return OK;
}

enum err correct_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct auth_person me;
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    rq_menu(rq, "my.remedies");
    view_int(v, "days", clock_rule(STR("remedy.correction"))->n);
    return show_fields(rq, tx, v, &me);
}

enum err correct_post(struct request *rq, struct tx *tx)
{
    struct auth_person me;
    struct remedy_same same;
    str code = rq_text(rq, "datum"), clean, problem, number;
    const struct remedy_datum *d = remedy_datum(code);
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    if (d == NULL)
        return rq_fail_field(rq, ERR_RANGE, "datum",
                             STR("请选择要更正的信息。"));
    if (!remedy_datum_ok(tx->arena, code, rq_text(rq, "becomes"), tx_today(tx),
                         &clean, &problem))
        return rq_fail_field(rq, ERR_RANGE, "becomes", problem);
    if (str_eq(clean, datum_now(&me, code)))
        return rq_fail_field(rq, ERR_RANGE, "becomes",
                             STR("和现在的内容一样，不需要更正。"));
    e = remedy_same(tx, tx->who->account, STR("correction"), STR(""), code,
                    &same);
    if (e == OK && same.matters > 0)
        return rq_fail(rq, ERR_CONFLICT,
                       "这一项您已经申请更正，正在核实，请在“投诉和更正”里"
                       "查看。");
    if (e != OK)
        return e;
    struct remedy_new n = {
        .kind = remedy_kind(STR("correction")), .ref = STR(""),
        .title = arena_join(tx->arena, STR("更正"), d->label),
        .unit = d->unit, .account = tx->who->account, .name = me.name,
        .step = code, .text = rq_text(rq, "text"), .document = STR(""),
        .was = datum_now(&me, code), .becomes = clean, .state = "open",
    };
    e = remedy_write(tx, &n, &number);
    if (e == OK)
        e = remedy_tell_leaders(
            tx, n.unit, number, n.title,
            arena_printf(tx->arena, "有人申请%.*s，编号 %.*s，请核实后决定。",
                         STR_ARG(n.title), STR_ARG(number)));
    if (e != OK)
        return e;
    view_text(rq_view(rq), "code", number);
    rq_flash(rq, "ok", arena_printf(tx->arena, "更正申请已提交，编号 %.*s。",
                                    STR_ARG(number)));
    return rq_see_other(rq, "/my/remedies/%.*s", STR_ARG(number));
}
