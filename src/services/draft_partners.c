/*
 * Asking others to sign a draft, and signing as one of them.
 *
 * The owner names them and hands a code over; they sign in their own account,
 * by their registered name and mobile, after reading everything that was
 * filled in.  A proxy (委托代理人) fills in for a principal, who signs the
 * authority: to whom, for what, how far, until when (民法典 第一百六十五条).
 * Its paper can also be printed.
 */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/pdf/pdf.h"
#include "services/partners.h"
#include "services/show.h"

#include <sys/random.h>

/* ---- the owner's page ---- */

static void ask(struct request *rq, struct value *list, const char *name,
                const char *kind, const char *label, const char *hint,
                bool optional)
{
    struct form_choice choices[] = {
        { STR("joint"), STR("共同申请人：和您一起申请，自己签名") },
        { STR("principal"), STR("被代理人：委托您代为办理，由他签名授权") },
    };
    struct form_question f = {
        .name = str_of(name), .label = str_of(label), .hint = str_of(hint),
        .kind = str_of(kind), .unit = STR(""), .optional = optional,
        .choices = choices, .choice_count = 2,
    };
    str error = STR("");
    rq_problem(rq, name, &error);
    show_field(rq_view(rq), list, &f, rq_text(rq, name), error, NULL);
}

static void show_partner(struct view *v, struct value *list,
                         const struct draft *d, const struct fellow_list *p,
                         str digest)
{
    struct arena *a = v->arena;
    struct view row = view_row(v, list);
    bool joint = str_is(p->role, "joint");
    bool done = p->account && str_eq(p->digest, digest);
    view_text(&row, "id", arena_printf(a, "%lld", (long long)p->id));
    view_text(&row, "role", joint ? STR("共同申请人") : STR("被代理人"));
    view_text(&row, "name", p->name);
    view_text(&row, "mobile", auth_mask_mobile(a, p->mobile));
    view_text(&row, "scope", p->scope);
    view_day(&row, "until", p->until);
    view_bool(&row, "done", done);
    char at[INST_TEXT];
    view_text(&row, "state", done ? arena_printf(a, "%.*s 已签名",
                                                 STR_ARG(inst_text(
                                                     p->signed_at, at)))
                             : p->account ? STR("签名以后内容有改动，要重新签")
                                          : STR("还没有签名"));
    view_text(&row, "code", done ? STR("") : p->code);
    str base = arena_printf(a, "/drafts/%.*s/partners/%lld",
                            STR_ARG(d->number), (long long)p->id);
    view_text(&row, "remove", arena_join(a, base, STR("/remove")));
    view_text(&row, "paper", joint ? STR("")
                                   : arena_join(a, base, STR("/paper.pdf")));
}

static struct value *checked_of(struct arena *a, const struct draft *d,
                                enum err *whole)
{
    struct form_report report = { .count = 0 };
    struct value *checked;
    *whole = offer_check(d->offer, d->offer->sheet.group_count, a, d->answers,
                         &checked, &report);
    return checked;
}

enum err draft_partners_show(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct fellow_list *p;
    size_t n;
    enum err e = draft_load(rq, tx, &d), whole;
    if (e == OK)
        e = fellow_list(tx, d.id, &p, &n);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    rq_menu(rq, "services");
    view_text(v, "number", d.number);
    view_text(v, "title", d.offer->title);
    str digest = partners_digest(tx->arena, checked_of(tx->arena, &d, &whole));
    view_bool(v, "whole", whole == OK);
    struct value *list = view_list(v, "partners");
    for (size_t i = 0; i < n; i++)
        show_partner(v, list, &d, &p[i], digest);
    view_bool(v, "room", n < PARTNERS_MOST);
    struct value *fields = view_list(v, "fields");
    ask(rq, fields, "role", "choice", "请谁签名", "", false);
    ask(rq, fields, "name", "name", "姓名", "和居民身份证一致。", false);
    ask(rq, fields, "mobile", "mobile", "手机号码",
        "对方注册账号时登记的号码，用来核对是不是本人。", false);
    ask(rq, fields, "scope", "text", "代理权限",
        "被代理人才填，例如 代为提交、补正材料，签收文书。", true);
    ask(rq, fields, "until", "day", "代理期限至", "被代理人才填。", true);
    return OK;
}

static str code_new(struct arena *a)
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    unsigned char bytes[8];
    char *text = arena_alloc(a, sizeof bytes + 1);
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return str_none;
    for (size_t i = 0; i < sizeof bytes; i++)
        text[i] = letters[bytes[i] % 32];
    return (str){ text, sizeof bytes };
}

/* 授权委托书应当载明代理事项、权限和期限 (第一百六十五条). */
static enum err check_authority(struct request *rq, struct tx *tx,
                                const struct draft *d)
{
    day until = rq_day(rq, "until");
    str applicant = value_get_text(d->answers, STR("applicant_name"));
    if (rq_text(rq, "scope").n == 0)
        return rq_fail_field(rq, ERR_INPUT, "scope",
                             STR("请写明代理权限，授权委托书要载明它"));
    if (day_is_none(until) || until.n < tx_today(tx).n ||
        until.n > tx_today(tx).n + 366)
        return rq_fail_field(rq, ERR_RANGE, "until",
                             STR("代理期限应从今天起，最长一年"));
    if (!str_is_none(applicant) && !str_eq(applicant, rq_text(rq, "name")))
        return rq_fail_field(rq, ERR_RANGE, "name", arena_printf(
            tx->arena, "被代理人应是这份申请的申请人%.*s，请核对",
            STR_ARG(applicant)));
    return OK;
}

enum err draft_partner_add_post(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct fellow_list *p;
    struct auth_person me;
    size_t n;
    enum err e = draft_load(rq, tx, &d);
    if (e == OK)
        e = fellow_list(tx, d.id, &p, &n);
    if (e == OK)
        e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    bool joint = str_is(rq_text(rq, "role"), "joint");
    if (n >= PARTNERS_MOST)
        return rq_fail(rq, ERR_RANGE, "一份申请最多请十个人签名。");
    if (str_eq(rq_text(rq, "mobile"), me.mobile))
        return rq_fail_field(rq, ERR_RANGE, "mobile",
                             STR("这是您自己的手机号码，请填对方的"));
    for (size_t i = 0; i < n; i++)
        if (str_eq(p[i].mobile, rq_text(rq, "mobile")))
            return rq_fail_field(rq, ERR_RANGE, "mobile",
                                 STR("已经请过这个人了，不用重复"));
    e = joint ? OK : check_authority(rq, tx, &d);
    str code = code_new(tx->arena);
    if (e != OK || str_is_none(code))
        return e != OK ? e : ERR_BUSY;
    e = fellow_add(tx, store_id(tx->store), d.id, rq_text(rq, "role"),
                    rq_text(rq, "name"), rq_text(rq, "mobile"), code,
                    joint ? STR("") : rq_text(rq, "scope"),
                    joint ? day_none : rq_day(rq, "until"), tx->now);
    if (e == OK)
        e = audit_note(tx, STR("draft.partner"), d.number,
                       joint ? STR("请共同申请人签名") : STR("请被代理人授权"));
    if (e != OK)
        return e;
    view_text(rq_view(rq), "code", code);
    rq_flash(rq, "ok", arena_printf(
        tx->arena, "请把草稿编号 %.*s 和确认码 %.*s 告诉%.*s，请对方登录后在“我"
        "的办件”里确认签名。", STR_ARG(d.number), STR_ARG(code),
        STR_ARG(rq_text(rq, "name"))));
    return rq_see_other(rq, "/drafts/%.*s/partners", STR_ARG(d.number));
}

static enum err one_of(struct request *rq, struct tx *tx, struct draft *d,
                       struct fellow_list *out)
{
    struct fellow_list *p;
    size_t n;
    int64_t id = 0;
    enum err e = draft_load(rq, tx, d);
    if (e == OK)
        e = fellow_list(tx, d->id, &p, &n);
    if (e != OK)
        return e;
    (void)str_int(rq_path(rq, "partner"), &id);
    for (size_t i = 0; i < n; i++)
        if (p[i].id == id) {
            *out = p[i];
            return OK;
        }
    return rq_fail(rq, ERR_NOTFOUND,
                   "这份草稿里没有这个人，可能刚刚已经移除。");
}

enum err draft_partner_remove_post(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct fellow_list p;
    enum err e = one_of(rq, tx, &d, &p);
    if (e == OK)
        e = fellow_remove(tx, p.id, d.id);
    if (e == OK)
        e = audit_note(tx, STR("draft.partner"), d.number,
                       STR("不再请这个人签名"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "已经移除%.*s。",
                                    STR_ARG(p.name)));
    return rq_see_other(rq, "/drafts/%.*s/partners", STR_ARG(d.number));
}

/* ---- 授权委托书 ---- */

enum err draft_partner_paper(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct fellow_list p;
    struct auth_person me;
    struct buf out = { 0 };
    enum err e = one_of(rq, tx, &d, &p);
    if (e == OK && str_is(p.role, "joint"))
        return rq_fail(rq, ERR_NOTFOUND, "共同申请人不需要授权委托书。");
    if (e == OK)
        e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    char until[DAY_TEXT];
    struct pdf_fact facts[] = {
        { STR("委托人（被代理人）"), p.name },
        { STR("受托人（代理人）"), me.name },
        { STR("代理事项"), d.offer->title },
        { STR("草稿编号"), d.number },
        { STR("代理权限"), p.scope },
        { STR("代理期限"), arena_printf(tx->arena, "自签署之日起至 %.*s",
                                        STR_ARG(day_text(p.until, until))) },
    };
    struct pdf_fact lines[] = {
        { STR("委托人签名或者盖章"), STR("") }, { STR("签署日期"), STR("") },
    };
    struct pdf_block blocks[] = {
        { .kind = PDF_PARAGRAPH, .text = STR(
            "委托人委托受托人按下列事项、权限和期限代为办理，受托人在代理权限内"
            "以委托人名义实施的行为，对委托人发生效力（《中华人民共和国民法典》"
            "第一百六十二条、第一百六十五条）。") },
        { .kind = PDF_FACTS, .facts = facts,
          .count = sizeof facts / sizeof *facts },
        { .kind = PDF_LINES, .facts = lines, .count = 2 },
    };
    struct pdf_notice paper = {
        .organ = show_center(tx->arena), .title = STR("授权委托书"),
        .number = str_none, .to = str_none, .blocks = blocks,
        .block_count = 3, .date = tx_today(tx), .seal = false,
        .qr = str_none, .qr_text = str_none,
        .foot = rq_demo(rq) ? STR("演示数据") : str_none, .made = tx->now,
    };
    e = pdf_notice(&paper, &out);
    if (e == OK)
        e = rq_send(rq, STR("application/pdf"),
                    arena_str(tx->arena, buf_str(&out)), STR("授权委托书.pdf"));
    buf_free(&out);
    return e;
}

/* ---- who is asked ---- */

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

/* The row of number and code, when it is meant for who is signed in: the name
 * and the mobile of the account are those the owner of the draft wrote. */
static enum err asked_me(struct request *rq, struct tx *tx,
                         struct fellow_one *out, struct draft *d)
{
    struct auth_person me;
    enum err e = rq_limit(rq, 'g', 20);
    if (e != OK)
        return e;
    e = fellow_one(tx, came(rq, "number"), came(rq, "code"), out);
    if (e == ERR_NOTFOUND)
        return rq_fail_field(rq, ERR_RANGE, "code", STR(
            "编号和确认码对不上，请向请您签名的人核对"));
    if (e == OK)
        e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    if (!str_eq(me.name, out->name) || !str_eq(me.mobile, out->mobile))
        return rq_fail_field(rq, ERR_RANGE, "code", STR(
            "请签名的人登记的姓名或者手机号码和您的账号不一致，请对方改正后重新"
            "请您"));
    e = draft_read(tx, came(rq, "number"), out->owner, d);
    return e == ERR_NOTFOUND ? rq_fail(rq, ERR_CONFLICT,
                                       "这份申请已经提交或者删除了。") : e;
}

static str sign_problem(const void *context, str name)
{
    struct request *rq = (struct request *)context;
    str error = STR("");
    rq_problem(rq, arena_cstr(rq_view(rq)->arena, name), &error);
    return error;
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
                          &(struct show_said){ STR("未填写"), "fixed" });
        }
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
    bool told = came(rq, "number").n && came(rq, "code").n;
    enum err e = told ? asked_me(rq, tx, &p, &d) : OK;
    rq_menu(rq, "my");
    view_text(v, "number", came(rq, "number"));
    view_text(v, "code", came(rq, "code"));
    struct value *fields = view_list(v, "fields");
    ask(rq, fields, "number", "text", "草稿编号", "以 C 开头。", false);
    ask(rq, fields, "code", "text", "确认码", "请您签名的人告诉您的八位字母"
        "和数字。", false);
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
    struct value *checked = checked_of(tx->arena, &d, &whole);
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
        e = audit_note(tx, STR("draft.sign"), d.number,
                       str_is(p.role, "joint") ? STR("共同申请人签名")
                                               : STR("被代理人签名授权"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已经签名。对方改动内容的，会请您重新签。"));
    return rq_see_other(rq, "/my");
}
