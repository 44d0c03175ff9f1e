/*
 * The account page: who I am here, at which desk, signed in from where; change
 * of desk, of password, of the second factor.
 */
#include "kernel/auth/session.h"

#include "kernel/audit/audit.h"

#include <sodium.h>
#include <string.h>

static enum err note(struct request *rq, struct tx *tx, str action, str detail)
{
    return audit_note(tx, action,
                      arena_printf(tx->arena, "account %lld",
                                   (long long)rq_who(rq)->account), detail);
}

/* A desk as the form names it: D022/officer. */
static str desk_of(struct arena *a, const struct auth_posts_of *p)
{
    return arena_printf(a, "%.*s/%.*s", STR_ARG(p->unit), STR_ARG(p->role));
}

static enum err show_posts(struct request *rq, struct tx *tx)
{
    const struct who *who = rq_who(rq);
    struct value *list = view_list(rq_view(rq), "posts");
    str unit_name = STR("");
    struct auth_posts_of *posts;
    size_t n;
    enum err e = auth_posts_today(tx, who->account, &posts, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool here = str_eq(posts[i].unit, who->unit) &&
                    str_eq(posts[i].role, who->role);
        struct view row = view_row(rq_view(rq), list);
        view_text(&row, "post", desk_of(tx->arena, &posts[i]));
        view_text(&row, "unit_name", posts[i].unit_name);
        view_text(&row, "title", posts[i].title);
        view_text(&row, "role", auth_role_label(posts[i].role));
        view_bool(&row, "here", here);
        if (here)
            unit_name = posts[i].unit_name;
    }
    view_text(rq_view(rq), "unit_name", unit_name);
    view_bool(rq_view(rq), "several_posts", e == OK && n > 1);
    return e;
}

static enum err show_sessions(struct request *rq, struct tx *tx)
{
    struct value *list = view_list(rq_view(rq), "sessions");
    str mine = auth_token_digest(tx->arena, rq_token(rq));
    inst since = tx->now;
    struct auth_sessions_of *rows;
    size_t n;
    enum err e = auth_sessions_of(tx, rq_who(rq)->account, &rows, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool here = str_eq(rows[i].digest, mine);
        struct view row = view_row(rq_view(rq), list);
        view_inst(&row, "created", rows[i].created);
        view_inst(&row, "seen", rows[i].seen);
        view_text(&row, "client", rows[i].client);
        view_bool(&row, "here", here);
        if (here)
            since = rows[i].created;
    }
    view_inst(rq_view(rq), "since", since);
    view_bool(rq_view(rq), "several_sessions", e == OK && n > 1);
    return e;
}

enum err account_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct auth_account_for_login a;
    struct auth_person p;
    enum err e = auth_person(tx, rq_who(rq)->account, &p);
    if (e == OK)
        e = auth_account_for_login(tx, rq_who(rq)->account, &a);
    if (e != OK)
        return e;
    view_text(v, "name", p.name);
    view_text(v, "login", p.login);
    view_text(v, "role", auth_role_label(rq_who(rq)->role));
    view_bool(v, "staff", str_is(p.kind, "staff"));
    view_text(v, "mobile", auth_mask_mobile(tx->arena, p.mobile));
    view_bool(v, "proven", p.proven);
    view_text(v, "citizen_id", auth_mask_id(tx->arena, p.citizen_id));
    view_bool(v, "second_factor", !str_is_none(a.totp_secret));
    struct value *list = view_list(v, "fields");
    auth_field(rq, list, "password", "secret", "当前密码", "");
    auth_field(rq, list, "new_password", "new_secret", "新密码",
               "至少 8 个字符，包含字母、数字、符号中的两种");
    auth_field(rq, list, "again", "new_secret", "再输一次新密码", "");
    e = show_posts(rq, tx);
    return e == OK ? show_sessions(rq, tx) : e;
}

enum err account_post_post(struct request *rq, struct tx *tx)
{
    str desk = rq_text(rq, "post");
    struct auth_posts_of *posts;
    size_t n, i = 0;
    enum err e = auth_posts_today(tx, rq_who(rq)->account, &posts, &n);
    if (e != OK)
        return e;
    while (i < n && !str_eq(desk_of(tx->arena, &posts[i]), desk))
        i++;
    if (i == n)
        return rq_fail(rq, ERR_DENIED, "您没有这个岗位，或者任期已经结束，请刷"
                                       "新后重选。");
    e = auth_session_move(tx, rq_token(rq), posts[i].id, posts[i].role);
    if (e == OK)
        e = note(rq, tx, STR("auth.post"), desk);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "您现在的岗位是%.*s%.*s。",
                                    STR_ARG(posts[i].unit_name),
                                    STR_ARG(posts[i].title)));
    return rq_see_other(rq, "%s", auth_options_now()->staff_home);
}

/* 退出其他设备 */
enum err account_sessions_post(struct request *rq, struct tx *tx)
{
    enum err e = auth_session_close_others(tx, rq_who(rq)->account,
                                           rq_token(rq));
    if (e == OK)
        e = note(rq, tx, STR("auth.leave_others"), STR(""));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("其他设备已全部退出登录。"));
    return rq_see_other(rq, "/account");
}

/* ---- password ---- */

struct change {
    str old, new; /* hashes */
};

/* The account's hash when the given password is right. */
static enum err check_own(struct request *rq, struct tx *tx, str *hash)
{
    struct auth_account_for_login a;
    enum err e = auth_account_for_login(tx, rq_who(rq)->account, &a);
    if (e != OK)
        return e;
    if (!auth_check_password(rq_text(rq, "password"), a.password))
        return rq_fail_field(rq, ERR_RANGE, "password",
                             STR("当前密码不正确，请重新输入。"));
    *hash = a.password;
    return OK;
}

enum err account_password_before(struct request *rq, struct tx *tx)
{
    struct change *c = ARENA_NEW(tx->arena, struct change);
    struct auth_person p;
    str wanted = rq_text(rq, "new_password");
    enum err e = auth_person(tx, rq_who(rq)->account, &p);
    if (e != OK)
        return e;
    const char *weak = auth_password_weak(wanted, p.login, p.mobile);
    if (weak)
        return rq_fail_field(rq, ERR_RANGE, "new_password", str_of(weak));
    if (!str_eq(wanted, rq_text(rq, "again")))
        return rq_fail_field(rq, ERR_RANGE, "again",
                             STR("两次输入的新密码不一样，请重新输入。"));
    e = check_own(rq, tx, &c->old);
    if (e != OK)
        return e;
    c->new = auth_hash_password(tx->arena, wanted);
    if (str_is_none(c->new))
        return rq_fail(rq, ERR_BUSY, "系统正忙，请稍后再试。");
    rq_keep(rq, c);
    return OK;
}

enum err account_password_post(struct request *rq, struct tx *tx)
{
    const struct change *c = rq_kept(rq);
    int64_t account = rq_who(rq)->account;
    enum err e = auth_account_password(tx, account, c->old, c->new);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "密码刚才已在别处修改，请用新密码重新登录。");
    if (e == OK)
        e = auth_session_close_others(tx, account, rq_token(rq));
    if (e == OK)
        e = note(rq, tx, STR("auth.password"), STR(""));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("密码已修改，其他设备已退出登录。"));
    return rq_see_other(rq, "/account");
}

/* ---- second factor ---- */

/*
 * The secret that is offered belongs to this session and this account: made
 * from the token, it need not be stored before it is confirmed.
 */
static str offered_secret(struct arena *a, str token)
{
    enum { SECRET_BYTES = 20 };
    unsigned char *p = arena_alloc(a, crypto_generichash_BYTES);
    static const char purpose[] = "zhengtong second factor";
    crypto_generichash(p, crypto_generichash_BYTES,
                       (const unsigned char *)purpose, sizeof purpose - 1,
                       (const unsigned char *)token.p, token.n);
    return (str){ (const char *)p, SECRET_BYTES };
}

enum err account_second_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct auth_account_for_login a;
    enum err e = auth_account_for_login(tx, rq_who(rq)->account, &a);
    if (e != OK)
        return e;
    str secret = auth_base32_write(tx->arena,
                                   offered_secret(tx->arena, rq_token(rq)));
    bool on = !str_is_none(a.totp_secret);
    str link = arena_printf(tx->arena, "otpauth://totp/zhengtong:%.*s"
                            "?secret=%.*s&issuer=zhengtong", STR_ARG(a.login),
                            STR_ARG(secret));
    view_bool(v, "on", on);
    view_text(v, "secret", on ? STR("") : secret);
    view_text(v, "link", on ? STR("") : link);
    struct value *list = view_list(v, "fields");
    if (on)
        auth_field(rq, list, "password", "secret", "当前密码", "");
    else
        auth_field(rq, list, "code", "code", "动态码",
                   "手机验证器上显示的六位数字");
    return OK;
}

enum err account_second_post(struct request *rq, struct tx *tx)
{
    struct auth_account_for_login a;
    enum err e = auth_account_for_login(tx, rq_who(rq)->account, &a);
    if (e != OK)
        return e;
    if (!str_is_none(a.totp_secret))
        return rq_fail(rq, ERR_CONFLICT, "动态码验证已经开启，无需重复设置。");
    str secret = offered_secret(tx->arena, rq_token(rq));
    int64_t step = auth_totp_match(secret, rq_text(rq, "code"), tx->now, 0);
    if (step < 0)
        return rq_fail_field(rq, ERR_RANGE, "code",
                             STR("动态码不正确，请核对手机时间并输入最新的六位"
                                 "数字。"));
    e = auth_account_second_factor(tx, a.id,
                                   auth_base32_write(tx->arena, secret), step);
    if (e == OK)
        e = note(rq, tx, STR("auth.second_factor"), STR("on"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("动态码验证已开启。"));
    return rq_see_other(rq, "/account");
}

enum err account_second_off_before(struct request *rq, struct tx *tx)
{
    str hash;
    return check_own(rq, tx, &hash);
}

enum err account_second_off_post(struct request *rq, struct tx *tx)
{
    enum err e = auth_account_second_factor(tx, rq_who(rq)->account, str_none,
                                            0);
    if (e == OK)
        e = note(rq, tx, STR("auth.second_factor"), STR("off"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("动态码验证已关闭。"));
    return rq_see_other(rq, "/account");
}
