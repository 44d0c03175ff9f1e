/*
 * Correcting one's own data (个人信息保护法 第四十六条), and what a register
 * says of an enterprise one speaks for: decided by the organisation that keeps
 * it, and from then on what forms are filled in with.
 */
#include "remedies/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "remedies/matter.h"

enum { CHOICES = 20 };

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

/* ---- what a register says of an enterprise ---- */

static str registered_says(const struct registered_now *r, str datum)
{
    return str_is(datum, "firm.name")             ? r->name
           : str_is(datum, "firm.representative") ? r->representative
           : str_is(datum, "firm.address")        ? r->address
           : str_is(datum, "firm.scope")          ? r->scope : STR("");
}

enum err remedy_registered_now(struct tx *tx, str code, str datum, str *out)
{
    struct registered_now r;
    enum err e = registered_now(tx, code, &r);
    if (e == OK)
        *out = registered_says(&r, datum);
    return e;
}

/* The enterprise asked about, when the signed-in person speaks for it. */
static enum err read_registered(struct request *rq, struct tx *tx,
                                const struct auth_person *me, str code,
                                struct registered_now *r)
{
    struct registered_mine mine = { .mine = 0 };
    bool proven = me->proven && !str_is_none(me->citizen_id) &&
                  !str_is_none(me->mobile);
    enum err e = registered_now(tx, code, r);
    if (e == OK && proven)
        e = registered_mine(tx, code, me->name, me->citizen_id, me->mobile,
                            tx_today(tx), &mine);
    if (e == ERR_NOTFOUND || (e == OK && mine.mine == 0))
        return rq_fail(rq, ERR_NOTFOUND,
                       "这不是您担任法定代表人或者受托经办的企业，登记信息由它"
                       "的法定代表人或者经办人申请更正。");
    return e;
}

/* ---- the page ---- */

static enum err own_choices(struct tx *tx, struct arena *a,
                            const struct auth_person *me,
                            struct page_choice *c, size_t *count)
{
    int n;
    const struct remedy_datum *d = remedy_data(&n);
    for (int i = 0; i < n && i < CHOICES; i++) {
        struct keeper_named u;
        enum err e = keeper_named(tx, d[i].unit, &u);
        if (e != OK)
            return e;
        c[(*count)++] = (struct page_choice){
            d[i].code, d[i].label,
            arena_printf(a, "现在是“%.*s”，由%.*s核实",
                         STR_ARG(masked(a, d[i].code,
                                        datum_now(me, d[i].code))),
                         STR_ARG(u.name)) };
    }
    return OK;
}

static void registered_choices(struct arena *a, const struct registered_now *r,
                               struct page_choice *c, size_t *count)
{
    int n;
    const struct remedy_datum *d = remedy_registered(&n);
    for (int i = 0; i < n && i < CHOICES; i++)
        c[(*count)++] = (struct page_choice){
            d[i].code, d[i].label,
            arena_printf(a, "登记的是“%.*s”，由%.*s核实",
                         STR_ARG(registered_says(r, d[i].code)),
                         STR_ARG(r->unit_name)) };
}

static void show_fields(struct request *rq, struct view *v, bool firm,
                        const struct page_choice *c, size_t n)
{
    struct value *fields = view_list(v, "fields");
    struct page_field datum = {
        .name = "datum", .type = "choice", .label = STR("要更正哪一项"),
        .value = rq_text(rq, "datum"), .choices = c, .choice_count = n,
    };
    struct page_field becomes = {
        .name = "becomes", .type = firm ? "lines" : "text",
        .label = STR("应当是"), .value = rq_text(rq, "becomes"),
    };
    struct page_field text = {
        .name = "text", .type = "lines", .label = STR("理由和依据"),
        .hint = firm ? STR("写明为什么和登记簿不一致，凭什么文件可以核实，例如"
                           "准予变更登记通知书的日期。登记事项变更的，请先到登"
                           "记机关办理变更登记。")
                     : STR("写明为什么不准确，凭什么证件可以核实，例如户口簿、"
                           "居民身份证的签发日期。不需要上传证件。"),
        .value = rq_text(rq, "text"),
    };
    struct page_field *all[] = { &datum, &becomes, &text };
    for (int i = 0; i < 3; i++)
        rq_ask(rq, fields, *all[i]);
}

enum err correct_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct auth_person me;
    struct registered_now r;
    struct page_choice c[CHOICES];
    size_t n = 0;
    str code = rq_text(rq, "enterprise");
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e == OK && code.n)
        e = read_registered(rq, tx, &me, code, &r);
    else if (e == OK)
        e = own_choices(tx, v->arena, &me, c, &n);
    if (e != OK)
        return e;
    rq_menu(rq, "my.remedies");
    if (code.n)
        registered_choices(v->arena, &r, c, &n);
    view_int(v, "days", clock_rule(STR("remedy.correction"))->n);
    view_text(v, "enterprise", code);
    view_text(v, "name", code.n ? r.name : STR(""));
    view_text(v, "source", code.n ? r.source : STR(""));
    show_fields(rq, v, code.n > 0, c, n);
    return OK;
}

/* What is asked to be put right: whose it is and who decides. */
struct asked {
    const struct remedy_datum *datum;
    str ref, title, unit, now;
};

static enum err read_asked(struct request *rq, struct tx *tx,
                           const struct auth_person *me, struct asked *a)
{
    struct registered_now r;
    str code = rq_text(rq, "enterprise"), datum = rq_text(rq, "datum");
    a->datum = code.n ? remedy_registered_datum(datum) : remedy_datum(datum);
    enum err e = code.n ? read_registered(rq, tx, me, code, &r) : OK;
    if (e != OK)
        return e;
    if (a->datum == NULL)
        return rq_fail_field(rq, ERR_RANGE, "datum",
                             STR("请选择要更正的信息。"));
    a->ref = code.n ? r.code : STR("");
    a->unit = code.n ? r.unit : a->datum->unit;
    a->now = code.n ? registered_says(&r, datum) : datum_now(me, datum);
    a->title = code.n ? arena_printf(tx->arena, "更正%.*s的%.*s",
                                     STR_ARG(r.name),
                                     STR_ARG(a->datum->label))
                      : arena_join(tx->arena, STR("更正"), a->datum->label);
    return OK;
}

enum err correct_post(struct request *rq, struct tx *tx)
{
    struct auth_person me;
    struct remedy_same same;
    struct asked asked;
    str code = rq_text(rq, "datum"), clean, problem, number;
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e == OK)
        e = read_asked(rq, tx, &me, &asked);
    if (e != OK)
        return e;
    if (!remedy_datum_ok(tx->arena, code, rq_text(rq, "becomes"), tx_today(tx),
                         &clean, &problem))
        return rq_fail_field(rq, ERR_RANGE, "becomes", problem);
    if (str_eq(clean, asked.now))
        return rq_fail_field(rq, ERR_RANGE, "becomes",
                             STR("和现在的内容一样，不需要更正。"));
    e = remedy_same(tx, tx->who->account, STR("correction"), asked.ref, code,
                    &same);
    if (e == OK && same.matters > 0)
        return rq_fail(rq, ERR_CONFLICT,
                       "这一项您已经申请更正，正在核实，请在“投诉和更正”里"
                       "查看。");
    if (e != OK)
        return e;
    struct remedy_new n = {
        .kind = remedy_kind(STR("correction")), .ref = asked.ref,
        .title = asked.title, .unit = asked.unit,
        .account = tx->who->account, .name = me.name,
        .step = code, .text = rq_text(rq, "text"), .document = STR(""),
        .was = asked.now, .becomes = clean, .state = "open",
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
