/* The mailbox: the page letters are read on, and what it adds to the site. */
#include "kernel/notify/notify.h"

#include "kernel/notify/copy.h"

enum { LETTERS_A_PAGE = 20, LAST_PAGE = 50 };

static void show_letter(struct request *rq, struct value *list,
                        const struct notify_messages_page *m)
{
    struct view row = view_row(rq_view(rq), list);
    view_text(&row, "title", m->title);
    view_text(&row, "link", m->link);
    view_inst(&row, "created", m->created);
    view_bool(&row, "unread", inst_is_none(m->read_at));
    view_text(&row, "about", m->about);
    view_text(&row, "ref", m->ref);
    struct value *lines = view_list(&row, "lines");
    str rest = m->body;
    while (!str_is_none(rest)) {
        struct view line = view_row(&row, lines);
        view_text(&line, "text", str_cut(&rest, '\n'));
    }
}

static enum err mail_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    int64_t page = rq_int(rq, "page", 1), unread;
    struct notify_messages_page *m;
    size_t n;
    enum err e = notify_messages_page(tx, rq_who(rq)->account,
                                      (page - 1) * LETTERS_A_PAGE, &m, &n);
    if (e == OK)
        e = notify_unread(tx, rq_who(rq)->account, &unread);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "letters");
    for (size_t i = 0; i < n && i < LETTERS_A_PAGE; i++)
        show_letter(rq, list, &m[i]);
    view_int(v, "unread", unread);
    view_bool(v, "some_unread", unread > 0);
    view_int(v, "upto", tx->now.ms);
    if (page > 1)
        view_int(v, "newer", page - 1);
    if (n > LETTERS_A_PAGE && page < LAST_PAGE)
        view_int(v, "older", page + 1);
    return OK;
}

static enum err mail_read_post(struct request *rq, struct tx *tx)
{
    enum err e = notify_messages_read(tx, rq_who(rq)->account,
                                      (inst){ rq_int(rq, "upto", 0) }, tx->now,
                                      NULL);
    return e == OK ? rq_see_other(rq, "/mail") : e;
}

static const struct field mail_query[] = {
    { .name = "page", .type = FIELD_INT, .min = 1, .max = LAST_PAGE,
      .label = "页码" },
    { 0 },
};

static const struct field read_form[] = {
    { .name = "upto", .type = FIELD_INT, .min = 0, .max = INT64_MAX,
      .label = "截至" },
    { 0 },
};

/* The kinds of wish.c, by way. */
static const struct field wish_form[] = {
    { .name = "mail", .type = FIELD_TEXT, .max = 120, .label = "电子邮箱" },
    { .name = "quiet", .type = FIELD_FLAG, .label = "夜间不打扰" },
    { .name = "sms", .type = FIELD_CHOICE, .max = 4, .label = "短信",
      .choices = "case,fee,licence,matter" },
    { .name = "post", .type = FIELD_CHOICE, .max = 4, .label = "邮件",
      .choices = "case,fee,licence,matter" },
    { 0 },
};

static const struct field mobile_form[] = {
    { .name = "mobile", .type = FIELD_MOBILE, .label = "手机号码" },
    { .name = "password", .type = FIELD_SECRET, .max = 128,
      .label = "当前密码" },
    { 0 },
};

static const struct field code_form[] = {
    { .name = "code", .type = FIELD_TEXT, .min = PROOF_DIGITS,
      .max = PROOF_DIGITS, .label = "验证码" },
    { 0 },
};

static const struct route routes[] = {
    { .method = "GET", .path = "/account/mobile", .handle = mobile_show,
      .may = "mobile.prove", .page = "notify/mobile",
      .law = "个人信息保护法 第八条", .what = "验证和更换手机号码" },
    { .method = "POST", .path = "/account/mobile", .handle = mobile_post,
      .before = mobile_before, .may = "mobile.prove", .page = "notify/mobile",
      .form = mobile_form, .law = "个人信息保护法 第八条",
      .what = "发送短信验证码" },
    { .method = "POST", .path = "/account/mobile/code",
      .handle = mobile_code_post, .before = mobile_code_before,
      .may = "mobile.prove", .page = "notify/mobile", .form = code_form,
      .law = "个人信息保护法 第八条", .what = "用验证码验证手机号码" },
    { .method = "GET", .path = "/mail", .handle = mail_show, .may = "person",
      .page = "notify/mail", .form = mail_query, .what = "我的信箱" },
    { .method = "POST", .path = "/mail/read", .handle = mail_read_post,
      .may = "person", .form = read_form, .what = "全部标为已读",
      .flags = ROUTE_NO_NOTE },
    { .method = "GET", .path = "/mail/wishes", .handle = notify_wish_show,
      .may = "person", .page = "notify/wishes",
      .law = "个人信息保护法 第四十四条", .what = "通知方式" },
    { .method = "POST", .path = "/mail/wishes", .handle = notify_wish_post,
      .may = "person", .page = "notify/wishes", .form = wish_form,
      .law = "个人信息保护法 第四十四条", .what = "保存通知方式" },
    { 0 },
};

static const struct permission permissions[] = {
    { "mobile.prove", "resident", "验证自己的手机号码" },
    { 0 },
};

/* Codes are of use for minutes, their rows for the bounds of an hour. */
static enum err sweep(struct tx *tx, bool *more)
{
    const int64_t day_ms = 86400000;
    int64_t gone;
    enum err e = proof_sweep(tx, (inst){ tx->now.ms - day_ms }, &gone);
    *more = e == OK && gone == 500;
    return e;
}

static const struct job jobs[] = { { "notify.proofs", 3600, sweep }, { 0 } };

static enum err unread_mine(struct tx *tx, int64_t *n)
{
    return notify_unread(tx, tx->who->account, n);
}

static const struct menu menu[] = {
    { "mail", "信箱", "/mail", MENU_HEAD, "mail", "person", unread_mine },
    { 0 },
};

const struct module notify_module = {
    .name = "notify",
    .routes = routes,
    .permissions = permissions,
    .jobs = jobs,
    .menu = menu,
};
