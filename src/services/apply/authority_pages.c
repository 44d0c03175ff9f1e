/*
 * The paper authority, by everybody who has to do with it: the agent uploads
 * it, an officer looks at it and says whether it is one, the principal sees
 * what is done in their name, stands by it, objects, or takes it back.
 */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/files/files.h"
#include "kernel/notify/notify.h"
#include "kernel/page/page.h"
#include "services/apply/authority.h"
#include "services/work/desk_case.h"
#include "services/apply/paper.h"
#include "services/apply/partners.h"

static const char quicker[] = "刚刚有人处理过这份授权委托书，请刷新后查看。";

/* ---- the agent ---- */

enum err draft_authority_before(struct request *rq, struct tx *tx)
{
    struct fellow_list p;
    struct draft d;
    enum err e = draft_partner_of(rq, tx, &d, &p);
    return e == OK ? draft_adopt(rq) : e;
}

static enum err put_paper(struct request *rq, struct tx *tx,
                          const struct draft *d, const struct upload *u,
                          int64_t id)
{
    int64_t removed;
    str code = authority_paper(tx->arena, id);
    enum err e = draft_paper_drop(tx, d->id, d->number, code, &removed);
    if (e == OK)
        e = files_mention(tx, u, "services", d->number);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "文件没有保存下来，请重新上传。");
    return e == OK ? draft_paper_add(tx, store_id(tx->store), d->id, code,
                                     u->name, u->sha256, u->size, u->type,
                                     tx->now, STR("upload"), str_none) : e;
}

enum err draft_authority_post(struct request *rq, struct tx *tx)
{
    struct auth_person me;
    struct fellow_list p;
    struct upload u;
    struct draft d;
    day from = rq_day(rq, "from");
    enum err e = draft_partner_of(rq, tx, &d, &p);
    if (e == OK && str_is(p.role, "joint"))
        return rq_fail(rq, ERR_NOTFOUND, "共同申请人不需要授权委托书。");
    if (e == OK)
        e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    from = day_is_none(from) ? tx_today(tx) : from;
    if (from.n > p.until.n || p.until.n - from.n > AUTHORITY_DAYS)
        return rq_fail(rq, ERR_RANGE, "代理期限的开始应当不晚于结束的那天，最"
                                      "长一年。");
    e = draft_handed_in(rq, tx, &u);
    if (e == OK)
        e = put_paper(rq, tx, &d, &u, p.id);
    if (e == OK)
        e = authority_drop(tx, p.id, NULL);
    if (e == OK)
        e = authority_add(tx, p.id, d.id, tx->who->account, me.name, STR(""),
                          p.name, p.mobile, d.offer->title, p.scope, from,
                          p.until, STR("waiting"), STR(""), inst_none,
                          tx->now);
    if (e == OK)
        e = audit_note(tx, STR("draft.authority"), d.number,
                       STR("上传纸质授权委托书"));
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", d.number);
    view_text(rq_view(rq), "sha256", u.sha256);
    rq_flash(rq, "ok", STR("已上传授权委托书，可以提交；提交后由工作人员核对，"
                           "也会告诉被代理人。"));
    return rq_see_other(rq, "/drafts/%.*s/partners", STR_ARG(d.number));
}

/* ---- telling ---- */

static enum err write_to(struct tx *tx, int64_t account, str number, str title,
                         str body, str link)
{
    struct notify_letter l = { .account = account, .about = STR("case"),
                               .ref = number, .title = title, .body = body,
                               .link = link };
    return account == 0 ? OK : notify_send(tx, &l);
}

static enum err tell_agent(struct tx *tx, const struct authority_one *a,
                           const char *what, str reason)
{
    return write_to(tx, a->agent, a->case_no, STR("授权委托书有结果"),
                    arena_printf(tx->arena,
                                 "办件 %.*s 的授权委托书：%s%s%.*s。",
                                 STR_ARG(a->case_no), what,
                                 reason.n ? "，" : "", STR_ARG(reason)),
                    arena_printf(tx->arena, "/cases/%.*s",
                                 STR_ARG(a->case_no)));
}

/* ---- the officer ---- */

/* Not recognised: what is still to be accepted is sent back to be completed,
 * as with any paper that is lacking; what is under way waits. */
static enum err send_back(struct request *rq, struct tx *tx,
                          const struct case_load *c, str reason)
{
    bool open = str_is(c->state, "received") && c->supplements == 0 &&
                !day_is_none(c->accept_by) &&
                c->accept_by.n >= tx_today(tx).n;
    if (!open)
        return OK;
    struct act act = {
        .verb = VERB_SUPPLEMENT, .number = c->number, .reason = STR(""),
        .ground = STR(""), .supply_by = day_none, .anyway = STR(""),
        .list = arena_printf(tx->arena, "重新提交授权委托书：%.*s",
                             STR_ARG(reason)),
    };
    enum err e = case_act(tx, &act);
    return e != OK && act.sentence.n ? rq_fail_str(rq, e, act.sentence) : e;
}

/* An officer says of a paper what they have seen in it. */
static enum err was_opened(struct request *rq, struct tx *tx,
                           const struct desk_case *d, int64_t id)
{
    struct look_list *looks;
    struct paper_list *p;
    size_t n, papers;
    str code = authority_paper(tx->arena, id);
    enum err e = look_list(tx, d->thread.id, tx->who->account, &looks, &n);
    if (e == OK)
        e = paper_list(tx, d->thread.id, &p, &papers);
    for (size_t i = 0; e == OK && i < papers; i++)
        for (size_t k = 0; str_eq(p[i].code, code) && k < n &&
                           !paper_replaced(p, papers, i); k++)
            if (looks[k].paper == p[i].id)
                return OK;
    return e == OK ? rq_fail(rq, ERR_CONFLICT,
                             "请先打开授权委托书看过，再确认或者不予认可。")
                   : e;
}

static enum err judge(struct request *rq, struct tx *tx,
                      const struct desk_case *d,
                      const struct authority_one *a, bool yes)
{
    str reason = yes ? STR("") : rq_text(rq, "reason");
    const char *text = yes ? "核对了代理人的授权委托书"
                           : "不予认可代理人的授权委托书";
    enum err e = authority_stand(tx, a->id, a->revision,
                                 yes ? STR("confirmed") : STR("refused"),
                                 reason, tx->who->name, tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, quicker);
    if (e == OK)
        e = case_event(tx, d->c.id, "authority", str_of(text), tx->who->name,
                       d->c.unit, STR("民法典 第一百六十五条"), true);
    if (e == OK)
        e = audit_note(tx, STR("case.authority"), d->c.number, str_of(text));
    if (e == OK && !yes)
        e = send_back(rq, tx, &d->c, reason);
    return e == OK ? tell_agent(tx, a, yes ? "核对无误" : "不予认可", reason)
                   : e;
}

enum err desk_authority_post(struct request *rq, struct tx *tx)
{
    struct desk_case d = { .paper_count = 0 };
    struct authority_one a;
    int64_t id = 0, me = tx->who->account;
    bool yes = str_is(rq_text(rq, "verdict"), "confirm");
    enum err e = desk_case_load(rq, tx, &d);
    if (e != OK)
        return e;
    (void)str_int(rq_path(rq, "authority"), &id);
    e = authority_one(tx, id, &a);
    if (e == ERR_NOTFOUND || (e == OK && (str_is_none(a.case_no) ||
                              !str_eq(a.case_no, d.thread.number))))
        return rq_fail(rq, ERR_NOTFOUND, "这件没有这份授权委托书。");
    if (e != OK)
        return e;
    if (a.agent == me || d.c.applicant == me)
        return rq_fail(rq, ERR_DENIED,
                       "这件是您本人申请或者代办的，应当回避。");
    if (a.revision != rq_int(rq, "revision", 0) ||
        (!str_is(a.state, "waiting") && !str_is(a.state, "objected")))
        return rq_fail(rq, ERR_CONFLICT, quicker);
    if (!yes && utf8_count(str_trim(rq_text(rq, "reason"))) < 4)
        return rq_fail(rq, ERR_INPUT, "不予认可要写明理由，例如 没有委托人签"
                                      "名。");
    if (yes && str_is(a.state, "objected"))
        return rq_fail(rq, ERR_CONFLICT, "被代理人本人有异议，不能确认；由本人"
                                         "认可，或者不予认可。");
    e = was_opened(rq, tx, &d, id);
    if (e == OK)
        e = judge(rq, tx, &d, &a, yes);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", yes ? STR("已记录：授权委托书核对无误。")
                           : STR("已记录：不予认可，已告知代理人。"));
    return rq_see_other(rq, "/desk/%.*s", STR_ARG(d.c.number));
}

/* ---- the principal ---- */

/* The authority in the name of who is signed in; one that is somebody else's
 * is as one that does not exist. */
static enum err mine(struct request *rq, struct tx *tx,
                     struct authority_one *out)
{
    struct auth_person me;
    int64_t id = 0;
    (void)str_int(rq_path(rq, "authority"), &id);
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e == OK)
        e = authority_one(tx, id, out);
    bool own = e == OK && str_is(me.kind, "resident") && me.proven &&
               str_eq(me.name, out->principal) &&
               str_eq(me.mobile, out->mobile) && !str_is_none(out->case_no);
    if (e == ERR_NOTFOUND || (e == OK && !own))
        return rq_fail(rq, ERR_NOTFOUND,
                       "没有以您的名义办理的这份委托。手机号码还没有验证的，请"
                       "先验证。");
    return e;
}

enum err my_authority_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct authority_one a;
    char from[DAY_TEXT], until[DAY_TEXT];
    enum err e = mine(rq, tx, &a);
    if (e != OK)
        return e;
    rq_menu(rq, "my");
    bool live = str_is(a.state, "waiting") || str_is(a.state, "confirmed");
    view_text(v, "id", arena_printf(v->arena, "%lld", (long long)a.id));
    view_text(v, "number", a.case_no);
    view_text(v, "title", a.matters);
    view_text(v, "state", str_of(authority_word(a.state)));
    view_bool(v, "approve", !str_is(a.state, "confirmed") &&
                            !str_is(a.state, "revoked"));
    view_bool(v, "live", live);
    struct value *facts = view_list(v, "facts");
    page_fact(v, facts, "代理人", a.agent_name);
    page_fact(v, facts, "代理事项", a.matters);
    page_fact(v, facts, "代理权限", a.scope);
    page_fact(v, facts, "代理期限", arena_printf(
        v->arena, "%.*s 至 %.*s", STR_ARG(day_text(a.from_day, from)),
        STR_ARG(day_text(a.until, until))));
    page_fact(v, facts, "办件编号", a.case_no);
    page_fact(v, facts, "核对", arena_printf(
        v->arena, "%s%s%.*s", authority_word(a.state),
        a.judged_by.n ? "，" : "", STR_ARG(a.judged_by)));
    page_fact(v, facts, "理由", a.reason);
    rq_ask(rq, view_list(v, "fields"), (struct page_field){
        .name = "reason", .type = "lines", .label = STR("说明"),
        .hint = STR("提出异议的写明理由，例如 我没有签过这份委托书。"),
        .value = STR(""), .optional = true });
    return OK;
}

/* The file of the paper, whose looking is recorded. */
enum err my_authority_send(struct request *rq, struct tx *tx)
{
    struct authority_one a;
    struct case_load c;
    struct paper_list *p;
    size_t n;
    enum err e = mine(rq, tx, &a);
    if (e == OK)
        e = case_load(tx, a.case_no, &c);
    if (e == OK)
        e = paper_list(tx, c.id, &p, &n);
    if (e != OK)
        return e;
    str code = authority_paper(tx->arena, a.id);
    for (size_t i = n; i-- > 0;) {
        if (!str_eq(p[i].code, code) || str_is_none(p[i].sha256))
            continue;
        if (files_safe(p[i].scan) != FILES_SAFE)
            return rq_fail(rq, ERR_CONFLICT, "这份文件待查毒或者查出病毒，不能"
                                             "打开。");
        e = audit_look(tx, STR("paper.look"), a.case_no);
        return e == OK ? rq_send_file(rq, p[i].type,
                                      files_path(tx->arena, p[i].sha256),
                                      p[i].name) : e;
    }
    return rq_fail(rq, ERR_NOTFOUND, "这份委托书没有扫描件，原件在窗口核对。");
}

static const struct said {
    const char *act, *state, *text, *agent, *done;
} said[] = {
    { "approve", "confirmed", "被代理人认可了授权", "被代理人本人认可",
      "已记录：您认可这份委托。" },
    { "object", "objected", "被代理人对授权提出异议", "被代理人本人提出异议",
      "已记录您的异议，这件在处理以前不会作出准予的决定。" },
    { "revoke", "revoked", "被代理人撤销了授权", "被代理人撤销了授权，以后由本"
      "人办理", "已撤销，以后由您自己办理，代理人不能再办。" },
};

/* Whoever stands by it follows the case as one who signed it; whoever does not
 * has it from now on, so that nothing of it is lost. */
static enum err belongs(struct tx *tx, const struct authority_one *a,
                        bool stands)
{
    int64_t me = tx->who->account;
    enum err e = fellow_account(tx, a->id, me, NULL);
    return e == OK && !stands ? case_to_principal(tx, a->case_no, me, a->agent,
                                                  NULL) : e;
}

enum err my_authority_post(struct request *rq, struct tx *tx)
{
    const struct said *s = said;
    struct authority_one a;
    struct case_load c;
    str act = rq_text(rq, "act"), reason = str_trim(rq_text(rq, "reason"));
    while (!str_is(act, s->act))
        s++; /* the form's choices are these */
    enum err e = mine(rq, tx, &a);
    if (e == OK)
        e = case_load(tx, a.case_no, &c);
    if (e != OK)
        return e;
    bool approve = s == said, live = str_is(a.state, "waiting") ||
                                     str_is(a.state, "confirmed");
    if (approve ? str_is(a.state, "confirmed") || str_is(a.state, "revoked")
                : !live)
        return rq_fail(rq, ERR_CONFLICT, "这份委托现在不能这样办，请刷新后查"
                                         "看。");
    if (str_is(act, "object") && utf8_count(reason) < 4)
        return rq_fail_field(rq, ERR_INPUT, "reason",
                             STR("提出异议请写明理由"));
    e = authority_stand(tx, a.id, a.revision, str_of(s->state), reason,
                        STR("被代理人本人"), tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, quicker);
    if (e == OK)
        e = belongs(tx, &a, approve);
    if (e == OK)
        e = case_event(tx, c.id, "authority", str_of(s->text),
                       STR("被代理人"), STR(""),
                       STR("民法典 第一百七十一条、第一百七十三条"), true);
    if (e == OK)
        e = audit_note(tx, STR("case.authority"), a.case_no,
                       str_of(s->text));
    if (e == OK)
        e = tell_agent(tx, &a, s->agent, reason);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", str_of(s->done));
    return rq_see_other(rq, "/my/authorities/%lld", (long long)a.id);
}
