/*
 * 通知方式: what a person wants copies of, where, and when not.
 *
 * The mailbox itself is not a choice: official letters are always there
 * (行政许可法 第四十四条: delivery), only what is sent outside is.
 */
#include "kernel/notify/copy.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/conf/conf.h"
#include "kernel/page/page.h"

static const struct {
    const char *about, *label;
} kinds[] = {
    { "case", "办件进度" }, { "fee", "缴费" }, { "licence", "证照" },
    { "matter", "其他事项" },
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static bool refused(const struct notify_unwanted *no, size_t n, int kind,
                    const char *way)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(no[i].about, kinds[kind].about) && str_is(no[i].way, way))
            return true;
    return false;
}

static void show_way(struct view *v, const char *name, const char *way,
                     const struct notify_unwanted *no, size_t n)
{
    struct value *list = view_list(v, name);
    for (int k = 0; k < KINDS; k++) {
        struct view row = view_row(v, list);
        view_text(&row, "value", str_of(kinds[k].about));
        view_text(&row, "label", str_of(kinds[k].label));
        view_bool(&row, "chosen", !refused(no, n, k, way));
    }
}

enum err notify_wish_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct notify_wish w = { .mail = str_none, .quiet = true };
    struct notify_unwanted *no;
    struct auth_person p;
    size_t n;
    str problem = STR("");
    int64_t me = tx->who->account;
    enum err e = auth_person(tx, me, &p);
    if (e == OK)
        e = notify_wish(tx, me, &w);
    if (e == ERR_NOTFOUND)
        e = OK;
    if (e == OK)
        e = notify_unwanted(tx, me, &no, &n);
    if (e != OK)
        return e;
    bool mobile = str_is(p.kind, "resident") && !str_is_none(p.mobile);
    view_text(v, "mobile", mobile ? auth_mask_mobile(v->arena, p.mobile)
                                  : STR(""));
    view_bool(v, "proven", p.proven);
    view_bool(v, "sms_on", conf_text("sms_url").n > 0);
    view_bool(v, "mail_on", conf_text("mail_url").n > 0);
    view_bool(v, "quiet", w.quiet);
    show_way(v, "sms", "sms", no, n);
    show_way(v, "post", "mail", no, n);
    (void)rq_problem(rq, "mail", &problem);
    struct page_field f = {
        .name = "mail", .type = "text", .label = STR("电子邮箱"),
        .hint = STR("不填就不发邮件。邮件里只有编号和查看的地址，没有姓名和"
                    "内容。"),
        .value = rq_has(rq, "mail") ? rq_text(rq, "mail")
                 : str_is_none(w.mail) ? STR("") : w.mail,
        .error = problem, .optional = true,
    };
    page_field(v, view_list(v, "fields"), &f);
    return OK;
}

/* Was this kind ticked?  One choice comes as a text, several as a list. */
static bool ticked(const struct request *rq, const char *way, int kind)
{
    const struct value *v = rq_value(rq, way);
    if (v == NULL)
        return false;
    if (v->kind == VALUE_TEXT)
        return str_is(v->text, kinds[kind].about);
    for (const struct value *c = v->first; c; c = c->next)
        if (str_is(c->text, kinds[kind].about))
            return true;
    return false;
}

enum err notify_wish_post(struct request *rq, struct tx *tx)
{
    int64_t me = tx->who->account;
    str mail = rq_text(rq, "mail");
    if (mail.n && !notify_address_ok(mail))
        return rq_fail_field(rq, ERR_RANGE, "mail",
                             STR("请填写一个电子邮箱，例如 name@example.cn。"));
    enum err e = notify_wish_put(tx, me, mail.n ? mail : str_none,
                                 rq_flag(rq, "quiet"), NULL);
    if (e == OK)
        e = notify_unwanted_clear(tx, me, NULL);
    for (int k = 0; e == OK && k < KINDS; k++) {
        if (!ticked(rq, "sms", k))
            e = notify_unwanted_add(tx, me, str_of(kinds[k].about),
                                    STR("sms"));
        if (e == OK && !ticked(rq, "post", k))
            e = notify_unwanted_add(tx, me, str_of(kinds[k].about),
                                    STR("mail"));
    }
    if (e == OK)
        e = audit_note(tx, STR("notify.wish"), STR(""), STR(""));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已保存。信箱里的通知不受影响。"));
    return rq_see_other(rq, "/mail/wishes");
}
