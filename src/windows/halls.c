/*
 * The hall as everybody sees it: which lines there are, who waits how long,
 * a number from one's own phone, and where one stands.
 */
#include "windows/pages.h"

#include "kernel/auth/auth.h"
#include "windows/show.h"

enum { TAKES_A_MINUTE = 20 };

enum err window_halls_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_list *h;
    size_t n;
    rq_menu(rq, "services");
    enum err e = hall_list(tx, &h, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", h[i].code);
        view_text(&row, "name", h[i].name);
        view_text(&row, "address", h[i].address);
        view_text(&row, "hours",
                  window_hours(v->arena, h[i].opens, h[i].closes,
                               h[i].noon_from, h[i].noon_to));
    }
    return e;
}

/* ---- one hall ---- */

/* What a counter serves; 综合窗口 when it is all there is. */
static str serves(struct arena *a, const struct serves_list *s, size_t n,
                  size_t lines, str counter)
{
    str all = STR("");
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(s[i].counter, counter)) {
            all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all),
                               count ? "、" : "", STR_ARG(s[i].title));
            count++;
        }
    return lines && count == lines ? STR("综合窗口：全部业务") : all;
}

static enum err show_counters(struct tx *tx, struct view *v, str hall,
                              size_t lines)
{
    struct counter_list *c;
    struct serves_list *s;
    size_t n, pairs;
    struct value *list = view_list(v, "counters");
    enum err e = counter_list(tx, hall, &c, &n);
    if (e == OK)
        e = serves_list(tx, hall, &s, &pairs);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "label", c[i].label);
        view_text(&row, "services",
                  serves(v->arena, s, pairs, lines, c[i].code));
        view_bool(&row, "open", c[i].clerk != 0);
        view_text(&row, "clerk", c[i].clerk ? c[i].clerk_name : STR(""));
        view_bool(&row, "low", c[i].low != 0);
    }
    return e;
}

enum err window_hall_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    str sentence = STR("");
    rq_menu(rq, "services");
    enum err e = window_hall(rq, tx, &h);
    if (e != OK)
        return e;
    view_text(v, "code", h.code);
    view_text(v, "name", h.name);
    view_text(v, "address", h.address);
    view_text(v, "hours", window_hours(v->arena, h.opens, h.closes,
                                       h.noon_from, h.noon_to));
    view_bool(v, "open", queue_may_take(tx, &h, &sentence) == OK);
    view_text(v, "remark", sentence);
    e = window_show_lines(tx, v, h.code);
    size_t lines = value_get(v->object, STR("lines"))->count;
    return e == OK ? show_counters(tx, v, h.code, lines) : e;
}

/* ---- the wall ---- */

enum err window_screen_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    char at[INST_TEXT];
    enum err e = window_hall(rq, tx, &h);
    if (e != OK)
        return e;
    view_text(v, "code", h.code);
    view_text(v, "name", h.name);
    view_text(v, "time", str_slice(arena_str(v->arena,
                                             inst_minutes_text(tx->now, at)),
                                   11, 16));
    e = window_show_calls(tx, v, h.code);
    return e == OK ? window_show_lines(tx, v, h.code) : e;
}

enum err window_calls_show(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    enum err e = window_hall(rq, tx, &h);
    if (e == OK)
        e = window_show_calls(tx, rq_view(rq), h.code);
    return e == OK ? window_show_lines(tx, rq_view(rq), h.code) : e;
}

/* ---- a number from the phone ---- */

enum err window_take_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    struct page_choice *lines;
    str sentence = STR("");
    size_t n;
    rq_menu(rq, "services");
    enum err e = window_hall(rq, tx, &h);
    if (e == OK)
        e = window_line_choices(tx, h.code, false, &lines, &n);
    if (e != OK)
        return e;
    view_text(v, "code", h.code);
    view_text(v, "name", h.name);
    view_bool(v, "open", queue_may_take(tx, &h, &sentence) == OK);
    view_text(v, "remark", sentence);
    struct value *list = view_list(v, "fields");
    rq_ask(rq, list, (struct page_field){
        .name = "line", .type = "select", .label = STR("办什么业务"),
        .hint = STR("拿不准就选综合服务。"), .choices = lines,
        .choice_count = n });
    if (!str_is(tx->who->role, "resident"))
        rq_ask(rq, list, (struct page_field){
            .name = "mobile", .type = "mobile", .label = STR("手机号码"),
            .hint = STR("一个号码同时只能取一个号；只用来找回您的号。") });
    window_care_field(rq, list);
    return OK;
}

/* The item the person came from, when there is such an item. */
static enum err known_item(struct tx *tx, str *item)
{
    struct item_brief b;
    enum err e = item->n ? item_brief(tx, *item, &b) : OK;
    if (e == ERR_NOTFOUND) {
        *item = STR("");
        return OK;
    }
    return e;
}

static enum err mobile_of(struct request *rq, struct tx *tx, str *mobile,
                          int64_t *account)
{
    struct auth_person me;
    *mobile = rq_text(rq, "mobile");
    *account = 0;
    if (str_is(tx->who->role, "resident")) {
        enum err e = auth_person(tx, tx->who->account, &me);
        *account = tx->who->account;
        *mobile = e == OK && !str_is_none(me.mobile) ? me.mobile : STR("");
        return e;
    }
    return mobile->n ? OK
                     : rq_fail_field(rq, ERR_INPUT, "mobile",
                                     STR("请填写手机号码"));
}

enum err window_take_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    struct ticket_of_mobile live;
    str sentence = STR("");
    struct queue_taking t = { .channel = STR("phone"), .name = str_none,
                              .booking = str_none, .place = inst_none,
                              .first_at = inst_none };
    enum err e = rq_limit(rq, 'q', TAKES_A_MINUTE);
    if (e == OK)
        e = window_hall(rq, tx, &h);
    if (e == OK)
        e = window_said(rq, queue_may_take(tx, &h, &sentence), sentence);
    if (e == OK)
        e = mobile_of(rq, tx, &t.mobile, &t.account);
    if (e != OK)
        return e;
    e = t.mobile.n ? ticket_of_mobile(tx, t.mobile, tx_today(tx), h.code, &live)
                   : ERR_NOTFOUND;
    if (e == OK) /* shown to its owner alone: a number typed proves nothing */
        return rq_fail(rq, ERR_CONFLICT,
                       "这个手机号码在这个大厅已经有一个号，叫到或者放弃以后才"
                       "能再取。");
    if (e != ERR_NOTFOUND)
        return e;
    t.hall = h.code;
    t.line = rq_text(rq, "line");
    t.care = rq_text(rq, "care");
    t.item = rq_text(rq, "item");
    e = known_item(tx, &t.item);
    if (e == OK)
        e = window_take(rq, tx, &t);
    if (e != OK)
        return e;
    return rq_see_other(rq, "/tickets/%.*s", STR_ARG(t.code));
}

/* ---- where one stands ---- */

enum err window_ticket_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct ticket_one t;
    struct hall_one h;
    rq_menu(rq, "services");
    enum err e = window_ticket(rq, tx, rq_path(rq, "code"), &t);
    if (e == OK)
        e = hall_one(tx, t.hall, &h);
    if (e != OK)
        return e;
    view_text(v, "code", t.code);
    view_text(v, "hall", h.code);
    view_text(v, "hall_name", h.name);
    view_text(v, "address", h.address);
    return window_show_ticket(tx, v, &t);
}

enum err window_leave_post(struct request *rq, struct tx *tx)
{
    struct ticket_one t;
    enum err e = window_ticket(rq, tx, rq_path(rq, "code"), &t);
    if (e != OK)
        return e;
    if (!str_is(t.state, "waiting") && !str_is(t.state, "missed"))
        return rq_fail(rq, ERR_CONFLICT,
                       "这个号已经叫到、办完或者作废，不能再放弃。");
    e = queue_leave(tx, &t);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已放弃这个号，谢谢您把时间让给别人。"));
    return rq_see_other(rq, "/tickets/%.*s", STR_ARG(t.code));
}
