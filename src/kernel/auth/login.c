/*
 * Signing in and out.
 *
 * The slow part (Argon2id) runs on a worker before the command.  A wrong
 * password is counted by a command of its own, because the log-in's is rolled
 * back.  Whether a name exists is never told: an unknown name costs the same
 * time, gives the same sentence and pauses after the same number of tries.
 */
#include "kernel/auth/session.h"

#include "kernel/audit/audit.h"

/* What the slow step leaves for the command. */
struct attempt {
    int64_t account;
    str hash;      /* the one that was checked */
    int64_t step;  /* of the one-time code; -1: no second factor */
};

enum { CLIENT_TRIES = 200 }; /* from one address: a hall behind one router */

static str wrong(struct tx *tx)
{
    return arena_printf(tx->arena, "登录名或密码不正确，请检查后重新输入。连续"
                                   "输错 %d 次将暂停登录 %d 分钟。", AUTH_TRIES,
                        AUTH_PAUSE_SECONDS / 60);
}

static enum err paused(struct request *rq, struct tx *tx, inst until)
{
    char text[INST_TEXT];
    str when = inst_minutes_text((inst){ until.ms + 59999 }, text);
    return rq_fail_field(rq, ERR_RANGE, "login", arena_printf(tx->arena,
        "密码连续输错次数过多，为保护账号已暂停登录，请在 %.*s 之后再试；急用请"
        "持身份证到政务服务中心窗口办理。", STR_ARG(when)));
}

/* ---- counting what went wrong ---- */

struct failure {
    struct command command;
    int64_t account;
};

/* The pause after this failure; none while tries are left.  Failures further
 * apart than a pause do not add up. */
static inst after_failure(const struct auth_account_for_login *a, inst now,
                          int *failed)
{
    const int64_t pause = AUTH_PAUSE_SECONDS * 1000LL;
    bool recent = !inst_is_none(a->failed_at) &&
                  now.ms - a->failed_at.ms <= pause;
    *failed = recent ? (int)a->failed + 1 : 1;
    if (*failed < AUTH_TRIES)
        return inst_none;
    *failed = 0;
    return (inst){ now.ms + pause };
}

static enum err failure_run(struct command *c, struct tx *tx)
{
    struct failure *f = (struct failure *)c;
    struct auth_account_for_login a;
    enum err e = auth_account_for_login(tx, f->account, &a);
    if (e != OK)
        return e;
    int failed;
    inst until = after_failure(&a, tx->now, &failed);
    e = auth_account_failed(tx, a.id, failed, tx->now, until);
    if (e != OK)
        return e;
    str object = arena_printf(tx->arena, "account %lld", (long long)a.id);
    return audit_note(tx, inst_is_none(until) ? STR("auth.login_failed")
                                              : STR("auth.login_paused"),
                      object, STR(""));
}

static void count_failure(struct tx *tx, int64_t account, str login)
{
    auth_throttle_failed(arena_join(tx->arena, STR("client "), tx->client),
                         CLIENT_TRIES, tx->now);
    if (account == 0) {
        auth_throttle_failed(arena_join(tx->arena, STR("login "), login),
                             AUTH_TRIES, tx->now);
        return;
    }
    struct failure *f = ARENA_NEW(tx->arena, struct failure);
    f->account = account;
    f->command.run = failure_run;
    /* A full queue loses one count; the person is told the same. */
    enum err e = store_aside(tx, &f->command);
    (void)e;
}

/* ---- the slow step ---- */

static enum err check_pause(struct request *rq, struct tx *tx, str login,
                            bool found, const struct auth_account_by_login *a)
{
    inst until = auth_throttle_until(
        arena_join(tx->arena, STR("client "), tx->client), tx->now);
    if (inst_is_none(until) && !found)
        until = auth_throttle_until(
            arena_join(tx->arena, STR("login "), login), tx->now);
    if (inst_is_none(until) && found && !inst_is_none(a->locked_until) &&
        a->locked_until.ms > tx->now.ms)
        until = a->locked_until;
    return inst_is_none(until) ? OK : paused(rq, tx, until);
}

/* The second factor, after the password was right. */
static enum err check_code(struct request *rq, struct tx *tx, str login,
                           const struct auth_account_by_login *a,
                           struct attempt *try)
{
    try->step = -1;
    if (str_is_none(a->totp_secret))
        return OK;
    str code = rq_text(rq, "code");
    if (code.n == 0)
        return rq_fail_field(rq, ERR_RANGE, "code",
                             STR("请输入手机验证器上显示的六位动态码。"));
    str secret = auth_base32_read(tx->arena, a->totp_secret);
    try->step = auth_totp_match(secret, code, tx->now, a->totp_step);
    if (try->step >= 0)
        return OK;
    count_failure(tx, a->id, login);
    return rq_fail_field(rq, ERR_RANGE, "code",
                         STR("动态码不正确或已经用过，请输入验证器上最新的六位"
                             "数字。"));
}

enum err login_before(struct request *rq, struct tx *tx)
{
    str login = rq_text(rq, "login");
    struct auth_account_by_login a = { 0 };
    enum err e = auth_account_by_login(tx, login, &a);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    bool found = e == OK;
    e = check_pause(rq, tx, login, found, &a);
    if (e != OK)
        return e;
    bool right = auth_check_password(rq_text(rq, "password"),
                                     found ? a.password : auth_dummy_hash());
    if (!found || !right) {
        count_failure(tx, found ? a.id : 0, login);
        return rq_fail_field(rq, ERR_RANGE, "password", wrong(tx));
    }
    struct attempt *try = ARENA_NEW(tx->arena, struct attempt);
    try->account = a.id;
    try->hash = a.password;
    e = check_code(rq, tx, login, &a, try);
    rq_keep(rq, try);
    return e;
}

/* ---- the command ---- */

enum err auth_sign_in(struct request *rq, struct tx *tx, int64_t account,
                      str kind, str name, str action)
{
    const struct auth_options *o = auth_options_now();
    bool staff = str_is(kind, "staff");
    bool terminal = !staff && rq_terminal(rq).n > 0;
    str role, token = auth_token_new(tx->arena);
    enum err e = auth_session_close(tx, rq_token(rq));
    if (e == OK)
        e = auth_session_open(tx, account, kind, terminal,
                              auth_token_digest(tx->arena, token), &role);
    if (e == ERR_DENIED)
        return rq_fail(rq, ERR_RANGE, "您目前没有在任的岗位，请联系本单位的系统"
                                      "管理员开通后再登录。");
    if (e == OK)
        e = audit_note(tx, action, arena_printf(tx->arena, "account %lld",
                                                (long long)account), role);
    if (e != OK)
        return e;
    rq_set_cookie(rq, AUTH_COOKIE, token,
                  staff      ? o->staff_max
                  : terminal ? o->terminal_max
                             : o->resident_max);
    view_text(rq_view(rq), "token", token);
    view_text(rq_view(rq), "name", name);
    view_text(rq_view(rq), "role", role);
    str next = auth_local_path(rq_text(rq, "next"), staff      ? o->staff_home
                                            : terminal ? "/"
                                                       : o->resident_home);
    return rq_see_other(rq, "%.*s", STR_ARG(next));
}

enum err login_post(struct request *rq, struct tx *tx)
{
    const struct attempt *try = rq_kept(rq);
    struct auth_account_for_login a;
    enum err e = auth_account_for_login(tx, try->account, &a);
    if (e != OK)
        return e;
    /* Between the slow step and now the account may have changed. */
    if (!str_eq(a.password, try->hash))
        return rq_fail_field(rq, ERR_RANGE, "password", wrong(tx));
    if (!inst_is_none(a.locked_until) && a.locked_until.ms > tx->now.ms)
        return paused(rq, tx, a.locked_until);
    if (!str_is(a.state, "active"))
        return rq_fail(rq, ERR_RANGE, "这个账号已停用，请联系政务服务中心窗口或"
                                      "本单位的系统管理员。");
    if (try->step >= 0) {
        e = auth_account_code_used(tx, a.id, try->step);
        if (e == ERR_CONFLICT)
            return rq_fail_field(rq, ERR_RANGE, "code",
                                 STR("这个动态码已经用过，请等下一个。"));
        if (e != OK)
            return e;
    }
    if (a.failed || !inst_is_none(a.locked_until)) {
        e = auth_account_failed(tx, a.id, 0, inst_none, inst_none);
        if (e != OK)
            return e;
    }
    return auth_sign_in(rq, tx, a.id, a.kind, a.name, STR("auth.login"));
}

/* The accounts a demonstration shows on its log-in page. */
static enum err show_demo(struct request *rq, struct tx *tx)
{
    struct value *list = view_list(rq_view(rq), "demo");
    const char *const *logins = auth_options_now()->demo;
    for (size_t i = 0; logins && logins[i]; i++) {
        struct auth_account_shown a;
        enum err e = auth_account_shown(tx, str_of(logins[i]), &a);
        if (e == ERR_NOTFOUND)
            continue;
        if (e != OK)
            return e;
        struct view row = view_row(rq_view(rq), list);
        view_text(&row, "login", a.login);
        view_text(&row, "name", a.name);
        view_text(&row, "role", auth_role_label(a.role));
    }
    return OK;
}

enum err login_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "fields");
    str next = auth_local_path(auth_typed(rq, "next"), ""), sentence;
    view_text(v, "next", next);
    view_text(v, "register_href", auth_with_next(tx->arena, "/register",
                                                 next));
    auth_field(rq, list, "login", "login", "账号",
               "办事人用手机号码或账号，工作人员用单位账号");
    auth_field(rq, list, "password", "secret", "密码", "");
    if (rq_problem(rq, "code", &sentence))
        auth_field(rq, list, "code", "code", "动态码",
                   "手机验证器上显示的六位数字，每 30 秒更换一次");
    return show_demo(rq, tx);
}

/* Out is out, even for a session that had already ended. */
enum err auth_sign_out(struct request *rq, struct tx *tx)
{
    enum err e = auth_session_close(tx, rq_token(rq));
    if (e == OK && rq_who(rq)->account)
        e = audit_note(tx, STR("auth.logout"),
                       arena_printf(tx->arena, "account %lld",
                                    (long long)rq_who(rq)->account), STR(""));
    if (e == OK)
        rq_set_cookie(rq, AUTH_COOKIE, STR(""), 0);
    return e;
}

enum err logout_post(struct request *rq, struct tx *tx)
{
    enum err e = auth_sign_out(rq, tx);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("您已退出登录。"));
    return rq_see_other(rq, "/");
}
