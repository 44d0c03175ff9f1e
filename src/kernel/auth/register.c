/*
 * A resident makes an account: name, citizen id, mobile, password.  Why each is
 * asked stands on the page (个人信息保护法 第十七条); nothing else is.
 */
#include "kernel/auth/session.h"

enum err register_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "fields");
    str next = auth_local_path(auth_typed(rq, "next"), "");
    view_text(v, "next", next);
    view_text(v, "login_href", auth_with_next(tx->arena, "/login", next));
    auth_field(rq, list, "name", "name", "姓名", "与身份证上的姓名一致");
    auth_field(rq, list, "citizen_id", "id", "身份证号码",
               "18 位，最后一位可能是字母 X");
    auth_field(rq, list, "mobile", "mobile", "手机号码",
               "11 位数字，以后用它登录");
    auth_field(rq, list, "password", "new_secret", "密码",
               "至少 8 个字符，包含字母、数字、符号中的两种");
    auth_field(rq, list, "again", "new_secret", "再输一次密码", "");
    auth_field(rq, list, "agreed", "flag", "我已阅读并同意个人信息处理规则",
               "规则见本页“为什么要这些信息”");
    return OK;
}

enum err register_before(struct request *rq, struct tx *tx)
{
    str password = rq_text(rq, "password");
    const char *weak = auth_password_weak(password, STR(""),
                                          rq_text(rq, "mobile"));
    if (weak)
        return rq_fail_field(rq, ERR_RANGE, "password", str_of(weak));
    if (!str_eq(password, rq_text(rq, "again")))
        return rq_fail_field(rq, ERR_RANGE, "again",
                             STR("两次输入的密码不一样，请重新输入。"));
    if (!rq_flag(rq, "agreed"))
        return rq_fail_field(rq, ERR_RANGE, "agreed",
                             STR("请阅读并同意个人信息处理规则后再注册。"));
    str *hash = ARENA_NEW(tx->arena, str);
    *hash = auth_hash_password(tx->arena, password);
    if (str_is_none(*hash))
        return rq_fail(rq, ERR_BUSY, "系统正忙，请稍后再试，您填写的内容没有"
                                     "丢失。");
    rq_keep(rq, hash);
    return OK;
}

enum err register_post(struct request *rq, struct tx *tx)
{
    const str *hash = rq_kept(rq);
    str mobile = rq_text(rq, "mobile"), name = rq_text(rq, "name");
    struct auth_account account = {
        .login = mobile, .name = name, .kind = STR("resident"),
        .mobile = mobile, .citizen_id = rq_text(rq, "citizen_id"),
        .password = *hash,
    };
    int64_t id;
    enum err e = auth_add_account(tx, &account, &id);
    if (e == ERR_CONFLICT)
        return rq_fail_field(rq, ERR_RANGE, "mobile",
                             STR("这个手机号码或身份证号码已经注册过，请直接登"
                                 "录；忘记密码请持身份证到政务服务中心窗口重"
                                 "置。"));
    if (e != OK)
        return e;
    return auth_sign_in(rq, tx, id, account.kind, name, STR("auth.register"));
}
