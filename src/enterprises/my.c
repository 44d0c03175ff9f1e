/*
 * 我的企业: whom the signed-in person speaks for, what the registers say of
 * it, and whom they let act (民法典 第一百六十一条、第一百六十五条).
 */
#include "enterprises/pages.h"

#include "enterprises/keep.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"
#include "kernel/ident/ident.h"
#include "kernel/page/page.h"

enum err my_enterprises_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct enterprise_own *own;
    struct auth_person me;
    size_t n;
    rq_menu(rq, "my.enterprises");
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e == OK)
        e = enterprise_mine(tx, &own, &n);
    if (e != OK)
        return e;
    view_bool(v, "proven", me.proven);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", own[i].code);
        view_text(&row, "name", own[i].name);
        page_tag(&row, "state", ident_standing(own[i].state));
        view_text(&row, "as", own[i].proxy ? STR("经办人")
                                           : STR("法定代表人（负责人）"));
        view_day(&row, "to", own[i].to_day);
    }
    return OK;
}

/* The one of the path, when it is the signed-in person's to see; *giver: he is
 * its representative. */
static enum err load(struct request *rq, struct tx *tx,
                     struct enterprise_live *l, bool *giver)
{
    struct enterprise_own *own;
    size_t n;
    str code = rq_path(rq, "code");
    bool found = false;
    enum err e = enterprise_mine(tx, &own, &n);
    *giver = false;
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_eq(own[i].code, code)) {
            found = true;
            *giver |= own[i].proxy == 0;
        }
    if (e == OK)
        e = found ? enterprise_live(tx, code, l) : ERR_NOTFOUND;
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "这不是您担任法定代表人或者受托经办的企业，请从"
                                "“我的企业”里打开。") : e;
}

static void ask_proxy(struct request *rq, struct view *v, day today)
{
    char from[DAY_TEXT];
    struct value *list = view_list(v, "fields");
    str none = STR("");
    rq_ask(rq, list, (struct page_field){
        .name = "name", .type = "name", .label = STR("经办人姓名"),
        .value = none });
    rq_ask(rq, list, (struct page_field){
        .name = "mobile", .type = "mobile", .label = STR("经办人手机号码"),
        .hint = STR("凭这个姓名和用短信验证过的这个号码识别经办人。"),
        .value = none });
    rq_ask(rq, list, (struct page_field){
        .name = "matters", .type = "text", .label = STR("委托办理的事项"),
        .hint = STR("例如：办理食品经营许可的申请、补正和领取。"),
        .value = none });
    rq_ask(rq, list, (struct page_field){
        .name = "from", .type = "day", .label = STR("从哪天起"),
        .value = arena_str(v->arena, day_text(today, from)) });
    rq_ask(rq, list, (struct page_field){
        .name = "to", .type = "day", .label = STR("到哪天止"),
        .hint = STR("一次最长一年。"), .value = none });
}

static enum err show_proxies(struct tx *tx, struct view *v, str code)
{
    struct enterprise_proxies *p;
    size_t n;
    struct value *list = view_list(v, "proxies");
    enum err e = enterprise_proxies(tx, code, &p, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool ended = !day_is_none(p[i].ended);
        bool over = p[i].to_day.n < tx_today(tx).n;
        struct view row = view_row(v, list);
        view_text(&row, "number", p[i].number);
        view_text(&row, "name", p[i].name);
        view_text(&row, "mobile", auth_mask_mobile(v->arena, p[i].mobile));
        view_text(&row, "matters", p[i].matters);
        view_day(&row, "from", p[i].from_day);
        view_day(&row, "to", p[i].to_day);
        view_text(&row, "state", ended  ? STR("已取消")
                                 : over ? STR("已到期") : STR("有效"));
        view_bool(&row, "can", !ended && !over);
    }
    return e;
}

enum err my_enterprise_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct enterprise_live l;
    bool giver;
    enum err e = load(rq, tx, &l, &giver);
    if (e != OK)
        return e;
    rq_menu(rq, "my.enterprises");
    enterprise_view(v, &l, true);
    view_bool(v, "giver", giver);
    ask_proxy(rq, v, tx_today(tx));
    if (giver)
        return show_proxies(tx, v, l.code);
    view_list(v, "proxies");
    return OK;
}

static enum err need_giver(struct request *rq, struct tx *tx,
                           struct enterprise_live *l)
{
    bool giver;
    enum err e = load(rq, tx, l, &giver);
    return e == OK && !giver
               ? rq_fail(rq, ERR_DENIED, "委托由法定代表人（负责人）给出和取"
                                         "消，经办人不能再委托。") : e;
}

static enum err tell(struct tx *tx, str name, str mobile, str title, str body)
{
    int64_t account;
    enum err e = auth_called(tx, name, mobile, &account);
    struct notify_letter l = { .account = account, .about = STR("enterprise"),
                               .ref = STR(""), .title = title, .body = body,
                               .link = STR("/my/enterprises") };
    return e == OK && account ? notify_send(tx, &l) : e;
}

enum err my_proxy_post(struct request *rq, struct tx *tx)
{
    struct enterprise_live l;
    struct enterprise_proxy_same same;
    char text[DAY_TEXT];
    str name = rq_text(rq, "name"), mobile = rq_text(rq, "mobile");
    str matters = rq_text(rq, "matters");
    day from = rq_day(rq, "from"), to = rq_day(rq, "to");
    enum err e = need_giver(rq, tx, &l);
    if (e != OK)
        return e;
    if (day_is_none(from))
        from = tx_today(tx);
    const char *field;
    str why = enterprise_proxy_wrong(matters, from, to, tx_today(tx), &field);
    if (why.n)
        return rq_fail_field(rq, ERR_RANGE, field, why);
    e = enterprise_proxy_same(tx, l.code, name, mobile, tx_today(tx), &same);
    if (e == OK && same.proxies > 0)
        return rq_fail(rq, ERR_CONFLICT, "已经委托了这个人，要改期限或者事项请"
                                         "先取消原来的委托。");
    int64_t id = store_id(tx->store);
    str number = arena_printf(tx->arena, "W%llx", (unsigned long long)id);
    if (e == OK)
        e = enterprise_proxy_add(tx, id, number, l.code, name, mobile, matters,
                                 from, to, tx->who->account, tx->now);
    if (e == OK)
        e = audit_note(tx, STR("enterprise.proxy"), l.code, number);
    if (e == OK)
        e = tell(tx, name, mobile, STR("您受托为一家企业经办事项"),
                 arena_printf(tx->arena, "%.*s委托您经办：%.*s，到 %.*s 为止。"
                              "申请时填写它的统一社会信用代码，登记信息会自动填"
                              "入。", STR_ARG(l.name), STR_ARG(matters),
                              STR_ARG(day_text(to, text))));
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", number);
    rq_flash(rq, "ok", STR("已委托。"));
    return rq_see_other(rq, "/my/enterprises/%.*s", STR_ARG(l.code));
}

enum err my_proxy_end_post(struct request *rq, struct tx *tx)
{
    struct enterprise_live l;
    struct enterprise_proxies *p;
    size_t n;
    str number = rq_path(rq, "number");
    enum err e = need_giver(rq, tx, &l);
    if (e == OK)
        e = enterprise_proxy_end(tx, l.code, number, tx_today(tx));
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这个委托已经取消或者到期，请刷新后查看。");
    if (e == OK)
        e = audit_note(tx, STR("enterprise.proxy.end"), l.code, number);
    if (e == OK)
        e = enterprise_proxies(tx, l.code, &p, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_eq(p[i].number, number))
            e = tell(tx, p[i].name, p[i].mobile, STR("一项委托已经取消"),
                     arena_printf(tx->arena, "%.*s取消了对您的委托：%.*s。",
                                  STR_ARG(l.name), STR_ARG(p[i].matters)));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已取消委托。"));
    return rq_see_other(rq, "/my/enterprises/%.*s", STR_ARG(l.code));
}
