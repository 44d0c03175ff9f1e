/*
 * What those who sign with an applicant are told, and what they see of it in
 * their own 我的办件.  A letter names the matter; text messages and mail are
 * copies without a word about it (kernel/notify), by each one's wishes.
 */
#include "services/apply/partners.h"

#include "services/apply/authority.h"

#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"
#include "services/show.h"

static enum err letter(struct tx *tx, int64_t account, str ref, str title,
                       str body, str link)
{
    struct notify_letter l = {
        .account = account, .about = STR("case"), .ref = ref,
        .title = title, .body = body, .link = link,
    };
    return account == 0 ? OK : notify_send(tx, &l);
}

enum err partners_write(struct tx *tx, const struct draft *d, str name,
                        str mobile, str title, str body)
{
    int64_t account;
    enum err e = auth_called(tx, name, mobile, &account);
    return e == OK ? letter(tx, account, d->number, title, body, STR("/my"))
                   : e;
}

enum err partners_ask(struct tx *tx, const struct draft *d, str owner,
                      const struct partners_asked *p)
{
    str body = arena_printf(
        tx->arena, "%.*s请您%s“%.*s”（草稿 %.*s）。请在“我的办件”里核对"
        "全部内容，签名或者谢绝。不认识对方的，谢绝就可以。", STR_ARG(owner),
        p->joint ? "作为共同申请人签名：" : "委托代为办理并签名授权：",
        STR_ARG(d->offer->title), STR_ARG(d->number));
    return partners_write(tx, d, p->name, p->mobile,
                          p->joint ? STR("请您共同申请") : STR("请您委托授权"),
                          body);
}

enum err partners_owner(struct tx *tx, const struct draft *d, int64_t owner,
                        str title, str reason)
{
    str body = arena_printf(
        tx->arena, "“%.*s”（草稿 %.*s）：%.*s%s%.*s。",
        STR_ARG(d->offer->title), STR_ARG(d->number), STR_ARG(title),
        reason.n ? "，理由：" : "", STR_ARG(reason));
    return letter(tx, owner, d->number, title, body,
                  arena_printf(tx->arena, "/drafts/%.*s/partners",
                               STR_ARG(d->number)));
}

enum err partners_stale(struct tx *tx, const struct draft *d,
                        const struct value *answers)
{
    struct fellow_list *p;
    struct draft now = *d;
    size_t n;
    enum err whole, e = fellow_list(tx, d->id, &p, &n);
    if (e != OK || n == 0)
        return e;
    now.answers = (struct value *)answers;
    str digest = partners_digest(tx->arena,
                                 partners_checked(tx->arena, &now, &whole));
    for (size_t i = 0; e == OK && i < n; i++) {
        if (p[i].account == 0 || p[i].digest.n == 0 ||
            str_eq(p[i].digest, digest))
            continue;
        e = fellow_stale(tx, p[i].id);
        if (e == OK)
            e = letter(tx, p[i].account, d->number,
                       STR("请您重新核对并签名"), arena_printf(
                           tx->arena, "“%.*s”（草稿 %.*s）在您签名以后有改动，"
                           "请在“我的办件”里重新核对签名。",
                           STR_ARG(d->offer->title), STR_ARG(d->number)),
                       STR("/my"));
    }
    return e;
}

enum err partners_tell(struct tx *tx, str thread, int64_t applicant,
                       int64_t proxy, str title, str text)
{
    struct fellow_of_case *p;
    size_t n;
    enum err e = fellow_of_case(tx, thread, &p, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (p[i].account != applicant && p[i].account != proxy)
            e = letter(tx, p[i].account, thread, title, text,
                       arena_printf(tx->arena, "/cases/%.*s",
                                    STR_ARG(thread)));
    return e;
}

enum err partners_thread(struct tx *tx, int64_t parent, str number, str *out)
{
    struct case_number of;
    *out = number;
    if (parent == INT_NONE)
        return OK;
    enum err e = case_number(tx, parent, &of);
    if (e == OK)
        *out = of.number;
    return e;
}

/* ---- 我的办件 ---- */

static str role_word(str role)
{
    return str_is(role, "joint") ? STR("共同申请人") : STR("被代理人");
}

static enum err show_asked(struct view *v, struct tx *tx,
                           const struct auth_person *me)
{
    struct auth_person owner;
    struct fellow_mine *p;
    size_t n = 0;
    struct value *list = view_list(v, "asked");
    enum err e = OK;
    bool resident = str_is(me->kind, "resident");
    view_bool(v, "unproven", resident && !me->proven);
    if (resident && me->proven && !str_is_none(me->mobile))
        e = fellow_mine(tx, me->name, me->mobile, &p, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool declined = !inst_is_none(p[i].declined);
        bool again = !declined && p[i].account && p[i].digest.n == 0;
        bool done = !declined && p[i].account && p[i].digest.n > 0;
        e = auth_person(tx, p[i].owner, &owner);
        if (e != OK)
            return e;
        struct view row = view_row(v, list);
        view_text(&row, "title", p[i].title);
        view_text(&row, "number", p[i].number);
        view_text(&row, "owner", owner.name);
        view_text(&row, "role", role_word(p[i].role));
        view_inst_short(&row, "at", p[i].asked);
        view_text(&row, "state", declined ? STR("您谢绝了")
                                 : done   ? STR("您已签名，等对方提交")
                                 : again  ? STR("内容有改动，等您重新签名")
                                          : STR("等您核对签名"));
        view_bool(&row, "wanted", !done && !declined);
        view_text(&row, "href", arena_printf(v->arena, "/my/sign?asked=%lld",
                                             (long long)p[i].id));
    }
    return e;
}

static enum err show_together(struct view *v, struct tx *tx)
{
    struct fellow_cases *c;
    size_t n;
    struct value *list = view_list(v, "together");
    enum err e = fellow_cases(tx, tx->who->account, &c, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        struct face f = FACE(c[i]);
        view_text(&row, "number", c[i].number);
        view_text(&row, "title", c[i].title);
        view_text(&row, "role", role_word(c[i].role));
        view_day_short(&row, "filed", c[i].received);
        show_state(&row, "state", &f);
        show_clock(&row, "clock", tx->calendar, tx_today(tx), &f);
    }
    return e;
}

enum err partners_mine(struct view *v, struct tx *tx)
{
    struct auth_person me;
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e == OK)
        e = show_asked(v, tx, &me);
    if (e == OK)
        e = authority_mine_show(v, tx, &me);
    return e == OK ? show_together(v, tx) : e;
}
