/*
 * What a paper authority is worth, and who is told.  Pages are in
 * authority_pages.c.
 */
#include "services/apply/authority.h"

#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"
#include "kernel/page/page.h"
#include "services/apply/partners.h"

#define PREFIX "authority-"

/* ---- pure ---- */

str authority_paper(struct arena *a, int64_t id)
{
    return arena_printf(a, PREFIX "%lld", (long long)id);
}

bool authority_is_paper(str code)
{
    return str_starts(code, STR(PREFIX));
}

int64_t authority_of_paper(str code)
{
    int64_t id = 0;
    if (!authority_is_paper(code) ||
        !str_int(str_slice(code, sizeof PREFIX - 1, code.n), &id))
        return 0;
    return id;
}

const char *authority_word(str state)
{
    return str_is(state, "confirmed")  ? "已核对"
           : str_is(state, "refused")  ? "不予认可"
           : str_is(state, "objected") ? "本人有异议"
           : str_is(state, "revoked")  ? "已撤销" : "待核对";
}

bool authority_serves(str state, day from, day until, day today,
                      const char **why)
{
    *why = str_is(state, "refused") || str_is(state, "objected") ||
                   str_is(state, "revoked")
               ? "的授权委托书没有得到认可，请重新上传。"
           : from.n > today.n ? "的授权还没有开始，请到代理期限内再提交。"
           : until.n < today.n ? "的授权已经到期，请重新办理委托。" : NULL;
    return *why == NULL;
}

str authority_holds(enum verb verb, str state)
{
    /* Taken back later, it was an authority when the matter was filed. */
    bool stands = str_is(state, "confirmed") || str_is(state, "revoked");
    bool waits = str_is(state, "waiting");
    if (stands || (verb != VERB_ACCEPT && verb != VERB_GRANT &&
                   verb != VERB_SUPPLY))
        return STR("");
    if (verb == VERB_SUPPLY)
        return waits ? STR("") : STR("授权委托书没有得到认可，请先上传重新签署"
                                     "的授权委托书，或者请被代理人在自己的账号"
                                     "里认可。");
    return waits ? STR("代理人的授权委托书还没有核对，请先核对。")
                 : STR("代理人的授权没有得到认可，按没有代理权处理（民法典 第一"
                       "百七十一条）：应当补正授权，不能受理或者准予。");
}

/* ---- what is done ---- */

/* Objected to or taken back: the agent does nothing more in it. */
static bool ended(str state)
{
    return str_is(state, "objected") || str_is(state, "revoked");
}

enum err authority_waits(struct tx *tx, str thread, enum verb verb, bool mine,
                         str *why)
{
    struct authority_of_case *a;
    size_t n;
    enum err e = authority_of_case(tx, thread, &a, &n);
    *why = STR("");
    for (size_t i = 0; e == OK && i < n && why->n == 0; i++) {
        if (mine && a[i].agent == tx->who->account && ended(a[i].state))
            *why = STR("被代理人不认可或者撤销了授权，您不能再代为办理，这件由"
                       "被代理人自己办理。");
        else
            *why = authority_holds(verb, a[i].state);
    }
    return e;
}

enum err authority_filed(struct tx *tx, const struct filing *f, str number)
{
    struct authority_of_case *a;
    size_t n;
    enum err e = authority_file(tx, f->draft, number, NULL);
    if (e == OK)
        e = authority_of_case(tx, number, &a, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct notify_letter l = {
            .about = STR("case"), .ref = number,
            .title = STR("有人以您的名义办理"),
            .link = arena_printf(tx->arena, "/my/authorities/%lld",
                                 (long long)a[i].id),
        };
        e = auth_called(tx, a[i].principal, a[i].mobile, &l.account);
        if (e != OK || l.account == 0)
            continue;
        l.body = arena_printf(
            tx->arena, "%.*s凭一份纸质授权委托书以您的名义提交了“%.*s”，办件编"
            "号 %.*s。委托书%s。不是您委托的，请马上提出异议；不想再委托的，可"
            "以撤销。", STR_ARG(a[i].agent_name), STR_ARG(f->offer->title),
            STR_ARG(number), str_is(a[i].state, "confirmed")
                ? "已经由窗口核对原件" : "等待工作人员核对");
        e = notify_send(tx, &l);
    }
    return e;
}

/* ---- on pages ---- */

static str words_of(struct arena *a, const struct authority_one *one)
{
    char from[DAY_TEXT], until[DAY_TEXT];
    return arena_printf(
        a, "纸质授权委托书，%s%s%.*s%s%.*s。代理人 %.*s；代理事项 %.*s；权限："
        "%.*s；期限 %.*s 至 %.*s（民法典第一百六十五条）",
        authority_word(one->state), one->judged_by.n ? "，" : "",
        STR_ARG(one->judged_by), one->reason.n ? "：" : "",
        STR_ARG(one->reason), STR_ARG(one->agent_name),
        STR_ARG(one->matters), STR_ARG(one->scope),
        STR_ARG(day_text(one->from_day, from)),
        STR_ARG(day_text(one->until, until)));
}

enum err authority_show(struct view *row, struct tx *tx, int64_t id,
                        str number, bool desk, bool *there)
{
    struct authority_one one;
    struct arena *a = row->arena;
    enum err e = authority_one(tx, id, &one);
    *there = e == OK;
    bool open = e == OK && desk && (str_is(one.state, "waiting") ||
                                    str_is(one.state, "objected"));
    if (e == OK)
        view_text(row, "text", words_of(a, &one));
    if (!open) {
        view_text(row, "check", str_none);
        return e == ERR_NOTFOUND ? OK : e;
    }
    struct view check = view_object(row, "check");
    view_text(&check, "action",
              arena_printf(a, "/desk/%.*s/authorities/%lld", STR_ARG(number),
                           (long long)id));
    view_text(&check, "paper",
              arena_printf(a, "/desk/%.*s?paper=%.*s#viewer", STR_ARG(number),
                           STR_ARG(authority_paper(a, id))));
    view_int(&check, "revision", one.revision);
    return OK;
}

enum err authority_mine_show(struct view *v, struct tx *tx,
                             const struct auth_person *me)
{
    enum err e = OK;
    struct authority_mine *m;
    size_t n = 0;
    struct value *list = view_list(v, "authorities");
    if (str_is(me->kind, "resident") && me->proven &&
        !str_is_none(me->mobile))
        e = authority_mine(tx, me->name, me->mobile, &m, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "title", m[i].matters);
        view_text(&row, "agent", m[i].agent_name);
        view_text(&row, "number", str_is_none(m[i].case_no) ? STR("")
                                                            : m[i].case_no);
        view_text(&row, "state", str_of(authority_word(m[i].state)));
        view_day(&row, "from", m[i].from_day);
        view_day(&row, "until", m[i].until);
        view_text(&row, "href",
                  arena_printf(v->arena, "/my/authorities/%lld",
                               (long long)m[i].id));
    }
    return e;
}
