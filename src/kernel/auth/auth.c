/* What signing in adds to the site. */
#include "kernel/auth/session.h"

static const struct field login_query[] = {
    { .name = "next", .type = FIELD_TEXT, .max = 500, .label = "之后前往" },
    { 0 },
};

static const struct field login_form[] = {
    { .name = "login", .type = FIELD_TEXT, .min = 1, .max = 64,
      .label = "手机号或登录名" },
    { .name = "password", .type = FIELD_SECRET, .min = 1, .max = 128,
      .label = "密码" },
    { .name = "code", .type = FIELD_TEXT, .max = 6, .label = "动态码" },
    { .name = "next", .type = FIELD_TEXT, .max = 500, .label = "之后前往" },
    { 0 },
};

static const struct field register_form[] = {
    { .name = "name", .type = FIELD_TEXT, .min = 1, .max = 50,
      .label = "姓名" },
    { .name = "citizen_id", .type = FIELD_ID, .min = 1,
      .label = "身份证号码" },
    { .name = "mobile", .type = FIELD_MOBILE, .min = 1, .label = "手机号码" },
    { .name = "password", .type = FIELD_SECRET, .min = 1, .max = 128,
      .label = "密码" },
    { .name = "again", .type = FIELD_SECRET, .min = 1, .max = 128,
      .label = "再输一次密码" },
    { .name = "agreed", .type = FIELD_FLAG, .label = "个人信息处理规则" },
    { .name = "next", .type = FIELD_TEXT, .max = 500, .label = "之后前往" },
    { 0 },
};

static const struct field desk_form[] = {
    { .name = "post", .type = FIELD_PICK, .min = 1, .max = 80,
      .label = "岗位" },
    { 0 },
};

static const struct field password_form[] = {
    { .name = "password", .type = FIELD_SECRET, .min = 1, .max = 128,
      .label = "当前密码" },
    { .name = "new_password", .type = FIELD_SECRET, .min = 1, .max = 128,
      .label = "新密码" },
    { .name = "again", .type = FIELD_SECRET, .min = 1, .max = 128,
      .label = "再输一次新密码" },
    { 0 },
};

static const struct field code_form[] = {
    { .name = "code", .type = FIELD_TEXT, .min = 6, .max = 6,
      .label = "动态码" },
    { 0 },
};

static const struct field own_password_form[] = {
    { .name = "password", .type = FIELD_SECRET, .min = 1, .max = 128,
      .label = "当前密码" },
    { 0 },
};

static const char pipl[] = "个人信息保护法 第六条, 第十七条";
static const char mlps[] = "网络安全法 第二十一条";

static const struct route routes[] = {
    { .method = "GET", .path = "/login", .handle = login_show,
      .may = "anyone", .page = "auth/login", .form = login_query,
      .what = "登录页" },
    { .method = "POST", .path = "/login", .handle = login_post,
      .before = login_before, .may = "anyone", .form = login_form,
      .law = mlps, .what = "登录",
      .flags = ROUTE_NO_CSRF },
    { .method = "POST", .path = "/logout", .handle = logout_post,
      .may = "anyone", .what = "退出登录", .flags = ROUTE_NO_NOTE },
    { .method = "GET", .path = "/register", .handle = register_show,
      .may = "anyone", .page = "auth/register", .form = login_query,
      .law = pipl, .what = "注册页" },
    { .method = "POST", .path = "/register", .handle = register_post,
      .before = register_before, .may = "anyone", .form = register_form,
      .law = pipl, .what = "注册个人账号",
      .flags = ROUTE_NO_CSRF },
    { .method = "GET", .path = "/account", .handle = account_show,
      .may = "person", .page = "auth/account",
      .law = "个人信息保护法 第四十五条", .what = "我的账号" },
    { .method = "POST", .path = "/account/post", .handle = account_post_post,
      .may = "staff", .form = desk_form, .what = "更换岗位" },
    { .method = "POST", .path = "/account/sessions",
      .handle = account_sessions_post, .may = "person",
      .what = "退出其他设备" },
    { .method = "POST", .path = "/account/password",
      .handle = account_password_post, .before = account_password_before,
      .may = "person", .page = "auth/account", .form = password_form,
      .law = mlps, .what = "修改密码" },
    { .method = "GET", .path = "/account/second",
      .handle = account_second_show, .may = "staff", .page = "auth/second",
      .what = "动态码验证" },
    { .method = "POST", .path = "/account/second",
      .handle = account_second_post, .may = "staff", .form = code_form,
      .law = mlps, .what = "开启动态码验证" },
    { .method = "POST", .path = "/account/second/off",
      .handle = account_second_off_post, .before = account_second_off_before,
      .may = "staff", .page = "auth/second", .form = own_password_form,
      .law = mlps, .what = "关闭动态码验证" },
    { 0 },
};

/* Everything here is for everybody signed in: no permission of its own. */
static const struct permission permissions[] = {
    { 0 },
};

static enum err sweep(struct tx *tx, bool *more)
{
    int64_t gone;
    enum err e = auth_sessions_sweep(tx, tx->now, &gone);
    *more = e == OK && gone == 500;
    return e;
}

static const struct job jobs[] = {
    { "auth.sessions", 600, sweep },
    { 0 },
};

const struct module auth_module = {
    .name = "auth",
    .routes = routes,
    .permissions = permissions,
    .jobs = jobs,
};
