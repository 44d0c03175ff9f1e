/*
 * 窗口收件 for somebody who is not there: who stands at the counter shows both
 * cards and the authority on paper (民法典 第一百六十五条).  The clerk has
 * looked at the original, so what is scanned is confirmed, and says by whom.
 */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/files/files.h"
#include "kernel/page/page.h"
#include "services/apply/authority.h"
#include "services/counter/intake.h"

static str answer(const struct intake *in, const char *name)
{
    str s = value_get_text(in->draft.answers, str_of(name));
    return str_is_none(s) ? STR("") : s;
}

/* The intake and its draft, with a principal to act for. */
static enum err load(struct request *rq, struct tx *tx, struct intake *in)
{
    enum err e = intake_load(rq, tx, in);
    if (e == OK && !str_is_none(in->row.case_no))
        return rq_fail(rq, ERR_CONFLICT, "这份已经收件了。");
    if (e == OK && answer(in, "applicant_name").n == 0)
        return rq_fail(rq, ERR_CONFLICT,
                       "请先填写申请人姓名，再登记授权委托书。");
    return e;
}

static void ask(struct request *rq, struct value *list, const char *name,
                const char *type, const char *label, const char *hint,
                str value)
{
    rq_ask(rq, list, (struct page_field){
        .name = name, .type = type, .label = str_of(label),
        .hint = str_of(hint), .value = value });
}

enum err intake_authority_show(struct request *rq, struct tx *tx)
{
    struct intake in = { .row = { .case_no = str_none } };
    struct authority_of_draft *have;
    size_t n;
    char iso[DAY_TEXT];
    enum err e = load(rq, tx, &in);
    if (e == OK)
        e = authority_of_draft(tx, in.draft.id, &have, &n);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    str none = STR("");
    rq_menu(rq, "desk.intake");
    view_text(v, "number", in.draft.number);
    view_text(v, "title", in.draft.offer->title);
    view_text(v, "principal", answer(&in, "applicant_name"));
    view_bool(v, "there", n > 0);
    struct value *list = view_list(v, "fields");
    ask(rq, list, "agent_name", "name", "代理人姓名", "核对代理人的身份证。",
        in.row.agent_name);
    ask(rq, list, "agent_code", "id", "代理人的公民身份号码",
        "可以用读卡器读。", none);
    ask(rq, list, "scope", "text", "代理权限",
        "照委托书写，例如 代为提交、补正材料，签收文书。", none);
    ask(rq, list, "from", "day", "从哪天起", "", arena_str(
            v->arena, day_text(tx_today(tx), iso)));
    ask(rq, list, "until", "day", "到哪天止", "最长一年。", none);
    ask(rq, list, "file", "file", "扫描授权委托书",
        "PDF、JPG、PNG，高拍仪扫描即可。", none);
    return OK;
}

enum err intake_authority_before(struct request *rq, struct tx *tx)
{
    struct intake in = { .row = { .case_no = str_none } };
    enum err e = load(rq, tx, &in);
    return e == OK ? draft_adopt(rq) : e;
}

/* One authority an application: the one before goes. */
static enum err replace(struct tx *tx, const struct draft *d)
{
    struct authority_of_draft *have;
    size_t n;
    int64_t removed;
    enum err e = authority_of_draft(tx, d->id, &have, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = draft_paper_drop(tx, d->id, d->number,
                             authority_paper(tx->arena, have[i].id),
                             &removed);
        if (e == OK)
            e = authority_drop(tx, have[i].id, NULL);
        if (e == OK)
            e = fellow_remove(tx, have[i].id, d->id);
    }
    return e;
}

static enum err record(struct request *rq, struct tx *tx,
                       const struct intake *in, const struct upload *u)
{
    const struct draft *d = &in->draft;
    int64_t id = store_id(tx->store);
    str principal = answer(in, "applicant_name");
    str mobile = answer(in, "mobile"), scope = rq_text(rq, "scope");
    day until = rq_day(rq, "until");
    enum err e = files_mention(tx, u, "services", d->number);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "文件没有保存下来，请重新扫描。");
    if (e == OK)
        e = fellow_add(tx, id, d->id, STR("principal"), principal, mobile,
                       STR(""), scope, until, tx->now);
    if (e == OK)
        e = authority_add(tx, id, d->id, 0, rq_text(rq, "agent_name"),
                          rq_text(rq, "agent_code"), principal, mobile,
                          d->offer->title, scope, rq_day(rq, "from"), until,
                          STR("confirmed"), arena_printf(
                              tx->arena, "窗口 %.*s 核对原件",
                              STR_ARG(tx->who->name)), tx->now, tx->now);
    return e == OK ? draft_paper_add(tx, store_id(tx->store), d->id,
                                     authority_paper(tx->arena, id), u->name,
                                     u->sha256, u->size, u->type, tx->now,
                                     STR("upload"), str_none) : e;
}

enum err intake_authority_post(struct request *rq, struct tx *tx)
{
    struct intake in = { .row = { .case_no = str_none } };
    struct upload u;
    day from = rq_day(rq, "from"), until = rq_day(rq, "until");
    enum err e = load(rq, tx, &in);
    if (e != OK)
        return e;
    if (until.n < tx_today(tx).n || until.n < from.n ||
        until.n - from.n > AUTHORITY_DAYS)
        return rq_fail_field(rq, ERR_RANGE, "until",
                             STR("代理期限应当没有过期，最长一年"));
    if (str_eq(rq_text(rq, "agent_code"), answer(&in, "applicant_code")))
        return rq_fail_field(rq, ERR_RANGE, "agent_code",
                             STR("这是申请人本人的号码，本人来办不用委托"));
    e = draft_handed_in(rq, tx, &u);
    if (e == OK)
        e = replace(tx, &in.draft);
    if (e == OK)
        e = record(rq, tx, &in, &u);
    if (e == OK)
        e = audit_note(tx, STR("intake.authority"), in.draft.number,
                       STR("核对并登记授权委托书"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已登记授权委托书。"));
    return rq_see_other(rq, "/intake/%.*s", STR_ARG(in.draft.number));
}
