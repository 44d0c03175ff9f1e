/*
 * Asking others to sign a draft: its owner's pages.
 *
 * The owner names them; whoever has an account of that name and mobile is told
 * in their mailbox, anybody else by the code the owner hands over.  They sign
 * or decline in their own account (sign.c).  A proxy (委托代理人) fills in for
 * a principal, who signs the authority: to whom, for what, how far, until when
 * (民法典 第一百六十五条).  Its paper can also be printed.
 */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/pdf/pdf.h"
#include "kernel/seal/seal.h"
#include "services/apply/authority.h"
#include "services/apply/partners.h"
#include "services/show.h"

enum { CODE = 8 }; /* letters of what the owner hands over */

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

static str state_of(struct arena *a, const struct fellow_list *p, bool done)
{
    char at[INST_TEXT];
    if (done)
        return arena_printf(a, "%.*s 已签名",
                            STR_ARG(inst_text(p->signed_at, at)));
    if (!inst_is_none(p->declined))
        return arena_printf(a, "%.*s 谢绝了",
                            STR_ARG(inst_text(p->declined, at)));
    return p->account ? STR("签名以后内容有改动，要重新签") : STR("还没有签名");
}

static void show_partner(struct view *v, struct value *list,
                         const struct draft *d, const struct fellow_list *p,
                         str digest, const struct authority_of_draft *paper,
                         day today)
{
    char iso[DAY_TEXT];
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
    bool declined = !inst_is_none(p->declined);
    view_bool(&row, "declined", declined);
    view_text(&row, "state", state_of(a, p, done));
    view_text(&row, "reason", declined ? p->reason : STR(""));
    view_text(&row, "code", done || declined ? STR("") : p->code);
    str base = arena_printf(a, "/drafts/%.*s/partners/%lld",
                            STR_ARG(d->number), (long long)p->id);
    view_text(&row, "remove", arena_join(a, base, STR("/remove")));
    view_text(&row, "again", done ? STR("")
                                  : arena_join(a, base, STR("/again")));
    view_text(&row, "paper", joint ? STR("")
                                   : arena_join(a, base, STR("/paper.pdf")));
    if (joint || done) {
        view_text(&row, "upload", str_none);
        return;
    }
    struct view up = view_object(&row, "upload");
    view_text(&up, "action", arena_join(a, base, STR("/authority")));
    view_text(&up, "file", arena_printf(a, "/drafts/%.*s/papers/%.*s",
                                        STR_ARG(d->number),
                                        STR_ARG(authority_paper(a, p->id))));
    view_text(&up, "day", arena_str(a, day_text(today, iso)));
    view_bool(&up, "there", paper != NULL);
    view_text(&up, "state", paper ? STR("已上传纸质授权委托书，可以提交；提交"
                                        "后由工作人员核对。") : STR(""));
}

static const struct authority_of_draft *
paper_of(const struct authority_of_draft *a, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (a[i].id == id)
            return &a[i];
    return NULL;
}

enum err draft_partners_show(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct fellow_list *p;
    struct authority_of_draft *papers;
    size_t n, paper_count;
    enum err e = draft_load(rq, tx, &d), whole;
    if (e == OK)
        e = fellow_list(tx, d.id, &p, &n);
    if (e == OK)
        e = authority_of_draft(tx, d.id, &papers, &paper_count);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    rq_menu(rq, "services");
    view_text(v, "number", d.number);
    view_text(v, "title", d.offer->title);
    str digest = partners_digest(tx->arena,
                                 partners_checked(tx->arena, &d, &whole));
    view_bool(v, "whole", whole == OK);
    struct value *list = view_list(v, "partners");
    for (size_t i = 0; i < n; i++)
        show_partner(v, list, &d, &p[i], digest,
                     paper_of(papers, paper_count, p[i].id), tx_today(tx));
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
    str code = seal_secret(tx->arena, CODE);
    if (e != OK || str_is_none(code))
        return e != OK ? e : ERR_BUSY;
    e = fellow_add(tx, store_id(tx->store), d.id, rq_text(rq, "role"),
                    rq_text(rq, "name"), rq_text(rq, "mobile"), code,
                    joint ? STR("") : rq_text(rq, "scope"),
                    joint ? day_none : rq_day(rq, "until"), tx->now);
    if (e == OK)
        e = partners_ask(tx, &d, me.name, &(struct partners_asked){
            joint, rq_text(rq, "name"), rq_text(rq, "mobile") });
    if (e == OK)
        e = audit_note(tx, STR("draft.partner"), d.number,
                       joint ? STR("请共同申请人签名") : STR("请被代理人授权"));
    if (e != OK)
        return e;
    view_text(rq_view(rq), "code", code);
    rq_flash(rq, "ok", arena_printf(
        tx->arena, "已经请%.*s签名。对方有账号的，会收到来信，登录后在“我的"
        "办件”里核对；没有收到的，请把草稿编号 %.*s 和确认码 %.*s 告诉对方。",
        STR_ARG(rq_text(rq, "name")), STR_ARG(d.number), STR_ARG(code)));
    return rq_see_other(rq, "/drafts/%.*s/partners", STR_ARG(d.number));
}

enum err draft_partner_of(struct request *rq, struct tx *tx, struct draft *d,
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
    int64_t removed;
    enum err e = draft_partner_of(rq, tx, &d, &p);
    if (e == OK)
        e = fellow_remove(tx, p.id, d.id);
    if (e == OK)
        e = authority_drop(tx, p.id, NULL);
    if (e == OK)
        e = draft_paper_drop(tx, d.id, d.number,
                             authority_paper(tx->arena, p.id), &removed);
    if (e == OK && inst_is_none(p.declined))
        e = partners_write(tx, &d, p.name, p.mobile, STR("不再请您签名"),
                           arena_printf(tx->arena, "“%.*s”（草稿 %.*s）的申请"
                                        "人不再请您签名，您不用办理。",
                                        STR_ARG(d.offer->title),
                                        STR_ARG(d.number)));
    if (e == OK)
        e = audit_note(tx, STR("draft.partner"), d.number,
                       STR("不再请这个人签名"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "已经移除%.*s。",
                                    STR_ARG(p.name)));
    return rq_see_other(rq, "/drafts/%.*s/partners", STR_ARG(d.number));
}

enum { AGAIN_MS = 60 * 60 * 1000 }; /* no more than one reminder an hour */

enum err draft_partner_again_post(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct fellow_list p;
    struct auth_person me;
    enum err e = draft_partner_of(rq, tx, &d, &p);
    if (e == OK && tx->now.ms - p.asked.ms < AGAIN_MS)
        return rq_fail(rq, ERR_CONFLICT,
                       "一小时内刚请过这个人，请过一会儿再提醒。");
    if (e == OK)
        e = auth_person(tx, tx->who->account, &me);
    if (e == OK)
        e = fellow_again(tx, p.id, d.id, tx->now);
    if (e == OK)
        e = partners_ask(tx, &d, me.name, &(struct partners_asked){
            str_is(p.role, "joint"), p.name, p.mobile });
    if (e == OK)
        e = audit_note(tx, STR("draft.partner"), d.number,
                       STR("再次请这个人签名"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "已经再次请%.*s签名。",
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
    enum err e = draft_partner_of(rq, tx, &d, &p);
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
