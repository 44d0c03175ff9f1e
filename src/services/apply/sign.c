/*
 * Being asked to sign another's draft: reading all of it, signing, or declining
 * with a reason -- in one's own account, as the person of the name and mobile
 * the owner wrote down.  What is signed is what the answers say at that moment.
 */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "services/apply/partners.h"
#include "services/show.h"

static const struct form_question signing = {
    .name = { "sign", 4 }, .label = { "签名", 6 }, .kind = { "signature", 9 },
    .hint = { "", 0 }, .unit = { "", 0 }, .held = { "", 0 },
    .check = { .name = "sign", .type = FIELD_ANY, .label = "签名" },
};

static struct form_sheet sign_sheet(struct form_question *q,
                                    struct form_group *g)
{
    *q = signing;
    *g = (struct form_group){ .fields = q, .field_count = 1 };
    return (struct form_sheet){ .groups = g, .group_count = 1 };
}

/* The post takes what a form that is data sends, and declares nothing. */
static str came(struct request *rq, const char *name)
{
    return str_trim(offer_input(rq_inputs(rq), rq_view(rq)->arena,
                                str_of(name)));
}

/* The row asked for: by its id, from one's own list, or by number and code as
 * they were handed over. */
static enum err row_of(struct request *rq, struct tx *tx,
                       struct fellow_one *out)
{
    struct fellow_asked by_id;
    int64_t id;
    if (!str_int(came(rq, "asked"), &id) || id < 1)
        return fellow_one(tx, came(rq, "number"), came(rq, "code"), out);
    enum err e = fellow_asked(tx, id, &by_id);
    if (e == OK)
        *out = (struct fellow_one){
            by_id.id, by_id.role, by_id.name, by_id.mobile, by_id.scope,
            by_id.until, by_id.declined, by_id.number, by_id.owner };
    return e;
}

/* It must be meant for who is signed in: the name and the mobile of the account
 * are those the owner of the draft wrote.  Of a row that is somebody else's an
 * id tells no more than one that does not exist. */
static enum err asked_me(struct request *rq, struct tx *tx,
                         struct fellow_one *out, struct draft *d)
{
    struct auth_person me;
    bool by_code = came(rq, "asked").n == 0;
    enum err e = rq_limit(rq, 'g', 20);
    if (e != OK)
        return e;
    e = auth_person(tx, tx->who->account, &me);
    if (e == OK)
        e = row_of(rq, tx, out);
    bool mine = e == OK && str_eq(me.name, out->name) &&
                str_eq(me.mobile, out->mobile) && (by_code || me.proven);
    if (e == ERR_NOTFOUND && by_code)
        return rq_fail_field(rq, ERR_RANGE, "code", STR(
            "编号和确认码对不上，请向请您签名的人核对"));
    if (e == ERR_NOTFOUND || (e == OK && !by_code && !mine))
        return rq_fail(rq, ERR_NOTFOUND,
                       "没有请您签名的这份申请，可能已经提交，或者对方不再请您"
                       "签名。");
    if (e == OK && !mine)
        return rq_fail_field(rq, ERR_RANGE, "code", STR(
            "请签名的人登记的姓名或者手机号码和您的账号不一致，请对方改正后重新"
            "请您"));
    if (e == OK)
        e = draft_read(tx, out->number, out->owner, d);
    return e == ERR_NOTFOUND || e == ERR_CONFLICT
               ? rq_fail(rq, ERR_CONFLICT, "这份申请已经提交、删除或者停办了。")
               : e;
}

static str sign_problem(const void *context, str name)
{
    struct request *rq = (struct request *)context;
    str error = STR("");
    rq_problem(rq, arena_cstr(rq_view(rq)->arena, name), &error);
    return error;
}

static void show_decline(struct request *rq, struct view *o)
{
    struct page_field f = {
        .name = "reason", .type = "lines", .label = STR("不签的理由"),
        .hint = STR("会告诉请您签名的人，例如 面积写错了，改好再签。"),
        .value = rq_text(rq, "reason"), .error = STR(""),
    };
    (void)rq_problem(rq, "reason", &f.error);
    page_field(o, view_list(o, "decline"), &f);
}

static enum err show_what(struct request *rq, struct tx *tx,
                          const struct fellow_one *p, const struct draft *d)
{
    struct view *v = rq_view(rq);
    const struct units *towns;
    struct auth_person owner;
    enum err e = units_read(tx, &towns);
    if (e == OK)
        e = auth_person(tx, p->owner, &owner);
    if (e != OK)
        return e;
    struct view o = view_object(v, "asked");
    char until[DAY_TEXT];
    bool joint = str_is(p->role, "joint");
    view_text(&o, "title", d->offer->title);
    view_text(&o, "owner", owner.name);
    view_text(&o, "what", joint
        ? STR("请您作为共同申请人，核对下面填写的内容并签名。")
        : arena_printf(v->arena, "请您委托%.*s代为办理。代理权限：%.*s；期限"
                       "至 %.*s。", STR_ARG(owner.name), STR_ARG(p->scope),
                       STR_ARG(day_text(p->until, until))));
    struct value *list = view_list(&o, "answers");
    const struct form_sheet *s = &d->offer->sheet;
    for (size_t g = 0; g < s->group_count; g++)
        for (size_t i = 0; i < s->groups[g].field_count; i++) {
            const struct form_question *f = &s->groups[g].fields[i];
            if (value_get(d->answers, f->name) &&
                form_asks(s->groups[g].when, v->arena, d->answers) &&
                form_asks(f->when, v->arena, d->answers))
                show_said(&o, list, f, value_get(d->answers, f->name), towns,
                          &(struct show_said){ STR("未填写"), "fixed", false });
        }
    view_bool(&o, "declined", !inst_is_none(p->declined));
    show_decline(rq, &o);
    struct value *fields = view_list(&o, "fields");
    struct form_question q;
    struct form_group g;
    struct form_sheet sheet = sign_sheet(&q, &g);
    form_show_question(&o, fields, &q, &(struct form_page){
        .answers = form_take(&sheet, v->arena, rq_inputs(rq)),
        .error = sign_problem, .context = rq, .origin = STR(""),
        .wrong = STR("") });
    return OK;
}

enum err my_sign_show(struct request *rq, struct tx *tx)
{
    struct fellow_one p;
    struct draft d;
    struct view *v = rq_view(rq);
    bool told = came(rq, "asked").n ||
                (came(rq, "number").n && came(rq, "code").n);
    enum err e = told ? asked_me(rq, tx, &p, &d) : OK;
    rq_menu(rq, "my");
    view_text(v, "number", came(rq, "number"));
    view_text(v, "code", came(rq, "code"));
    view_text(v, "asked_id", came(rq, "asked"));
    struct value *fields = view_list(v, "fields");
    show_words(rq, fields, "number", "草稿编号", "以 C 开头。");
    show_words(rq, fields, "code", "确认码",
               "请您签名的人告诉您的八位字母和数字。");
    if (told && e == OK)
        return show_what(rq, tx, &p, &d);
    view_text(v, "asked", str_none);
    return e == ERR_RANGE || e == ERR_CONFLICT ? OK : e;
}

enum err my_sign_post(struct request *rq, struct tx *tx)
{
    struct fellow_one p;
    struct draft d;
    struct form_question q;
    struct form_group g;
    struct form_sheet sheet = sign_sheet(&q, &g);
    struct form_report report = { .count = 0 };
    struct value *signed_as;
    struct buf json = { 0 };
    enum err e = asked_me(rq, tx, &p, &d), whole;
    if (e != OK)
        return e;
    struct value *checked = partners_checked(tx->arena, &d, &whole);
    if (whole != OK)
        return rq_fail(rq, ERR_CONFLICT,
                       "这份申请还没有填完，请对方填完以后再签名。");
    e = form_sheet_check(&sheet, 0, tx->arena,
                         form_take(&sheet, tx->arena, rq_inputs(rq)),
                         &signed_as, &report);
    if (e != OK)
        return draft_complain(rq, e, &report);
    const struct value *sign = value_get(signed_as, STR("sign"));
    if (!str_eq(value_get_text(sign, STR("name")), p.name))
        return rq_fail_field(rq, ERR_RANGE, "sign.name",
                             STR("签名人姓名应是您自己的姓名"));
    value_write_json(sign, &json);
    e = fellow_sign(tx, p.id, tx->who->account,
                     arena_str(tx->arena, buf_str(&json)),
                     partners_digest(tx->arena, checked), tx->now);
    buf_free(&json);
    if (e == OK)
        e = partners_owner(tx, &d, p.owner, arena_printf(
            tx->arena, "%.*s已经签名", STR_ARG(p.name)), STR(""));
    if (e == OK)
        e = audit_note(tx, STR("draft.sign"), d.number,
                       str_is(p.role, "joint") ? STR("共同申请人签名")
                                               : STR("被代理人签名授权"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已经签名。对方改动内容的，会请您重新签。"));
    return rq_see_other(rq, "/my");
}

enum err my_decline_post(struct request *rq, struct tx *tx)
{
    struct fellow_one p;
    struct draft d;
    str reason = rq_text(rq, "reason");
    enum err e = asked_me(rq, tx, &p, &d);
    if (e != OK)
        return e;
    if (!inst_is_none(p.declined))
        return rq_fail(rq, ERR_CONFLICT, "您已经谢绝过了。");
    e = fellow_decline(tx, p.id, reason, tx->now);
    if (e == OK)
        e = partners_owner(tx, &d, p.owner, arena_printf(
            tx->arena, "%.*s谢绝了签名", STR_ARG(p.name)), reason);
    if (e == OK)
        e = audit_note(tx, STR("draft.decline"), d.number,
                       str_is(p.role, "joint") ? STR("共同申请人谢绝签名")
                                               : STR("被代理人谢绝授权"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已经谢绝，理由告诉了请您签名的人。"));
    return rq_see_other(rq, "/my");
}
