/*
 * 大厅安排: lines, counters and what each serves, shifts, terminals; by the
 * leader of the organisation that runs the hall.
 */
#include "windows/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/seal/seal.h"
#include "kernel/store/topics.h"
#include "windows/show.h"

enum { KEY = 16 };

static enum err own_hall(struct request *rq, struct tx *tx, struct hall_one *h)
{
    struct hall_of_unit of;
    enum err e = hall_of_unit(tx, tx->who->unit, &of);
    if (e == OK)
        e = hall_one(tx, of.code, h);
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "本单位还没有大厅，请先建立。") : e;
}

static enum err done(struct request *rq, struct tx *tx, enum err e, str what,
                     const char *sentence)
{
    if (e == OK)
        e = audit_note(tx, STR("hall.plan"), what, str_of(sentence));
    if (e != OK)
        return e;
    store_touch(tx, TOPIC_QUEUE);
    rq_flash(rq, "ok", str_of(sentence));
    return rq_see_other(rq, "/windows");
}

/* ---- showing ---- */

static bool serves(const struct serves_list *s, size_t n, str counter,
                   str line)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s[i].counter, counter) && str_eq(s[i].line, line))
            return true;
    return false;
}

static enum err show_counters(struct tx *tx, struct view *v, str hall)
{
    struct counter_list *c;
    struct line_list *l;
    struct serves_list *s;
    size_t n, lines, pairs;
    struct value *list = view_list(v, "counters");
    struct value *head = view_list(v, "lines");
    enum err e = counter_list(tx, hall, &c, &n);
    if (e == OK)
        e = line_list(tx, hall, &l, &lines);
    if (e == OK)
        e = serves_list(tx, hall, &s, &pairs);
    for (size_t i = 0; e == OK && i < lines; i++) {
        struct view row = view_row(v, head);
        view_text(&row, "code", l[i].code);
        view_text(&row, "letter", l[i].letter);
        view_text(&row, "title", l[i].title);
        view_int(&row, "pace", l[i].pace);
        view_int(&row, "seats", l[i].seats);
        view_int(&row, "slot", l[i].slot);
        view_text(&row, "covers", l[i].item.n   ? l[i].item
                                  : l[i].unit.n ? l[i].unit : STR("综合"));
    }
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "counter", c[i].code);
        view_text(&row, "label", c[i].label);
        view_bool(&row, "low", c[i].low != 0);
        view_text(&row, "clerk", c[i].clerk ? c[i].clerk_name : STR(""));
        struct value *boxes = view_list(&row, "boxes");
        for (size_t k = 0; k < lines; k++) {
            struct view box = view_row(&row, boxes);
            view_text(&box, "id", arena_printf(v->arena, "b%zu-%zu", i, k));
            view_text(&box, "value", l[k].code);
            view_text(&box, "word", l[k].title);
            view_bool(&box, "on", serves(s, pairs, c[i].code, l[k].code));
        }
    }
    return e;
}

static str presence(const struct tx *tx, day on, const struct shift_list *s)
{
    int now = inst_minute(tx->now);
    if (on.n != tx_today(tx).n || now < s->from_min)
        return STR("");
    if (now >= s->to_min)
        return STR("已下班");
    return s->clerk == s->account ? STR("在岗") : STR("没有到岗");
}

static enum err show_shifts(struct tx *tx, struct view *v, str hall, day on)
{
    struct shift_list *s;
    size_t n;
    struct value *list = view_list(v, "shifts");
    enum err e = shift_list(tx, hall, on, &s, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "id", window_id(v->arena, s[i].id));
        view_text(&row, "where", s[i].label);
        view_text(&row, "name", s[i].name);
        view_text(&row, "from", windows_minute_text(v->arena, s[i].from_min));
        view_text(&row, "to", windows_minute_text(v->arena, s[i].to_min));
        view_text(&row, "now", presence(tx, on, &s[i]));
    }
    return e;
}

static enum err show_shift_form(struct request *rq, struct tx *tx, str hall)
{
    struct clerk_list *k;
    struct counter_list *c;
    size_t n, counters;
    struct value *list = view_list(rq_view(rq), "fields");
    enum err e = clerk_list(tx, tx->who->unit, &k, &n);
    if (e == OK)
        e = counter_list(tx, hall, &c, &counters);
    if (e != OK)
        return e;
    struct page_choice *people = ARENA_NEW_N(tx->arena, struct page_choice,
                                             n + 1);
    struct page_choice *seats = ARENA_NEW_N(tx->arena, struct page_choice,
                                            counters + 1);
    for (size_t i = 0; i < n; i++)
        people[i] = (struct page_choice){
            .value = arena_printf(tx->arena, "%lld", (long long)k[i].account),
            .label = k[i].name };
    for (size_t i = 0; i < counters; i++)
        seats[i] = (struct page_choice){ .value = c[i].code,
                                         .label = c[i].label };
    rq_ask(rq, list, (struct page_field){
        .name = "account", .type = "select", .label = STR("谁"),
        .choices = people, .choice_count = n });
    rq_ask(rq, list, (struct page_field){
        .name = "counter", .type = "select", .label = STR("哪个窗口"),
        .choices = seats, .choice_count = counters });
    rq_ask(rq, list, (struct page_field){
        .name = "from", .type = "text", .label = STR("从几点"),
        .hint = STR("例如 09:00") });
    rq_ask(rq, list, (struct page_field){
        .name = "to", .type = "text", .label = STR("到几点"),
        .hint = STR("例如 12:00") });
    return OK;
}

enum err window_plan_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_of_unit of;
    struct hall_one h;
    char text[DAY_TEXT];
    day on = rq_day(rq, "day");
    rq_menu(rq, "desk.windows");
    if (day_is_none(on))
        on = tx_today(tx);
    view_text(v, "day", arena_str(v->arena, day_text(on, text)));
    enum err e = hall_of_unit(tx, tx->who->unit, &of);
    if (e == ERR_NOTFOUND) {
        view_text(v, "hall", str_none);
        view_list(v, "counters");
        view_list(v, "lines");
        view_list(v, "shifts");
        view_list(v, "fields");
        return OK;
    }
    if (e == OK)
        e = hall_one(tx, of.code, &h);
    if (e != OK)
        return e;
    struct view o = view_object(v, "hall");
    view_text(&o, "code", h.code);
    view_text(&o, "name", h.name);
    view_text(&o, "hours", window_hours(v->arena, h.opens, h.closes,
                                        h.noon_from, h.noon_to));
    view_bool(&o, "terminal", str_eq(rq_cookie(rq, KIOSK_COOKIE),
                                     h.kiosk_key));
    e = show_counters(tx, v, h.code);
    if (e == OK)
        e = show_shifts(tx, v, h.code, on);
    return e == OK ? show_shift_form(rq, tx, h.code) : e;
}

/* ---- changing ---- */

/* 09:30 as minutes; -1 for anything else. */
static int minute_of(str s)
{
    int64_t h, m;
    str rest = s, hour = str_cut(&rest, ':');
    if (str_is_none(rest) || !str_int(hour, &h) || !str_int(rest, &m) ||
        h < 0 || h > 24 || m < 0 || m > 59)
        return -1;
    return (int)(h * 60 + m);
}

enum err window_hall_post(struct request *rq, struct tx *tx)
{
    struct hall_of_unit of;
    struct hall_last last;
    int opens = minute_of(rq_text(rq, "opens"));
    int closes = minute_of(rq_text(rq, "closes"));
    enum err e = hall_of_unit(tx, tx->who->unit, &of);
    if (e == OK)
        return rq_fail(rq, ERR_CONFLICT, "本单位已经有大厅。");
    if (e != ERR_NOTFOUND)
        return e;
    if (opens < 0 || closes <= opens)
        return rq_fail_field(rq, ERR_RANGE, "opens",
                             STR("开门时间要早于关门时间，写成 09:00"));
    e = hall_last(tx, &last);
    if (e != OK)
        return e;
    int64_t n = last.position == INT_NONE ? 1 : last.position + 1;
    str code = arena_printf(tx->arena, "H%lld", (long long)n);
    e = hall_add(tx, code, rq_text(rq, "name"), rq_text(rq, "address"),
                 tx->who->unit, opens, closes, 12 * 60, 12 * 60,
                 seal_secret(tx->arena, KEY), n);
    if (e == OK)
        e = line_add(tx, arena_printf(tx->arena, "%.*s-A", STR_ARG(code)),
                     code, STR("A"), STR("综合服务"), STR(""), STR(""), 10, 0,
                     30);
    return done(rq, tx, e, code, "大厅已建立，先有一个综合服务业务。");
}

enum err window_counter_add_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    struct counter_list *c;
    struct line_list *l;
    size_t n, lines;
    enum err e = own_hall(rq, tx, &h);
    if (e == OK)
        e = counter_list(tx, h.code, &c, &n);
    if (e == OK)
        e = line_list(tx, h.code, &l, &lines);
    if (e != OK)
        return e;
    if (n >= 99)
        return rq_fail(rq, ERR_RANGE, "一个大厅最多九十九个窗口。");
    str code = arena_printf(tx->arena, "%.*s-%02zu", STR_ARG(h.code), n + 1);
    e = counter_add(tx, code, h.code, rq_text(rq, "label"),
                    rq_flag(rq, "low"));
    for (size_t i = 0; e == OK && i < lines; i++)
        e = serves_add(tx, code, l[i].code);
    return done(rq, tx, e, code, "窗口已增加，先办全部业务，可以在下面调整。");
}

enum err window_serves_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    struct counter_one c;
    const struct value *given = rq_value(rq, "line");
    enum err e = own_hall(rq, tx, &h);
    if (e == OK)
        e = counter_one(tx, rq_text(rq, "counter"), &c);
    if (e == ERR_NOTFOUND || (e == OK && !str_eq(c.hall, h.code)))
        return rq_fail(rq, ERR_RANGE, "没有这个窗口，请从列表里选择。");
    if (e == OK && c.clerk != 0)
        return rq_fail(rq, ERR_CONFLICT,
                       "这个窗口正开着，关窗以后再改它办的业务。");
    if (e == OK)
        e = serves_clear(tx, c.code, NULL);
    bool one = given && given->kind == VALUE_TEXT;
    const struct value *m = !given ? NULL : one ? given : given->first;
    for (; e == OK && m; m = one ? NULL : m->next) {
        struct line_one l;
        e = line_one(tx, m->text, &l);
        if (e == ERR_NOTFOUND || (e == OK && !str_eq(l.hall, h.code)))
            return rq_fail(rq, ERR_RANGE, "没有这个业务，请从列表里选择。");
        if (e == OK)
            e = serves_add(tx, c.code, l.code);
    }
    return done(rq, tx, e, c.code, "窗口办的业务已保存。");
}

enum err window_line_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    struct line_list *l;
    struct unit_name u;
    str unit = rq_text(rq, "unit"), code = rq_text(rq, "code");
    int64_t seats = rq_int(rq, "seats", 0), slot = rq_int(rq, "slot", 30);
    int64_t pace = rq_int(rq, "pace", 10);
    size_t n;
    enum err e = own_hall(rq, tx, &h);
    if (e == OK && code.n) {
        e = line_set(tx, code, h.code, seats, slot, pace);
        if (e == ERR_CONFLICT)
            return rq_fail(rq, ERR_RANGE, "没有这个业务，请从列表里选择。");
        return done(rq, tx, e, code, "业务的预约名额已保存。");
    }
    if (e == OK)
        e = line_list(tx, h.code, &l, &n);
    if (e != OK)
        return e;
    if (rq_text(rq, "title").n == 0)
        return rq_fail_field(rq, ERR_INPUT, "title", STR("请填写业务名称"));
    if (n >= 26)
        return rq_fail(rq, ERR_RANGE, "一个大厅最多二十六个业务。");
    e = unit.n ? unit_name(tx, unit, &u) : OK;
    if (e == ERR_NOTFOUND)
        return rq_fail_field(rq, ERR_RANGE, "unit",
                             STR("没有这个部门代码，例如 D025"));
    char letter = (char)('A' + n);
    code = arena_printf(tx->arena, "%.*s-%c", STR_ARG(h.code), letter);
    if (e == OK)
        e = line_add(tx, code, h.code, arena_printf(tx->arena, "%c", letter),
                     rq_text(rq, "title"), unit, STR(""), pace, seats, slot);
    return done(rq, tx, e, code, "业务已增加，请在下面选哪些窗口办它。");
}

/* ---- shifts ---- */

static str clerk_name(const struct clerk_list *k, size_t n, int64_t account)
{
    for (size_t i = 0; i < n; i++)
        if (k[i].account == account)
            return k[i].name;
    return STR("");
}

enum err window_shift_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    struct counter_one c;
    struct clerk_list *k;
    struct shift_clash clash;
    size_t n;
    int from = minute_of(rq_text(rq, "from")), to = minute_of(rq_text(rq,
                                                                      "to"));
    int64_t account = rq_int(rq, "account", 0);
    day on = rq_day(rq, "day");
    if (day_is_none(on) || on.n < tx_today(tx).n)
        return rq_fail_field(rq, ERR_RANGE, "day",
                             STR("只能排今天和以后的班"));
    if (from < 0 || to <= from)
        return rq_fail_field(rq, ERR_RANGE, "from",
                             STR("开始要早于结束，写成 09:00"));
    enum err e = own_hall(rq, tx, &h);
    if (e == OK)
        e = counter_one(tx, rq_text(rq, "counter"), &c);
    if (e == ERR_NOTFOUND || (e == OK && !str_eq(c.hall, h.code)))
        return rq_fail_field(rq, ERR_RANGE, "counter", STR("请选择窗口"));
    if (e == OK)
        e = clerk_list(tx, tx->who->unit, &k, &n);
    if (e != OK)
        return e;
    str name = clerk_name(k, n, account);
    if (name.n == 0)
        return rq_fail_field(rq, ERR_RANGE, "account",
                             STR("请选择本单位的窗口人员"));
    e = shift_clash(tx, on, c.code, account, from, to, &clash);
    if (e == OK && clash.n > 0)
        return rq_fail_field(rq, ERR_CONFLICT, "from",
                             STR("这个窗口或者这个人在这段时间已经有班"));
    if (e == OK)
        e = shift_add(tx, store_id(tx->store), c.code, account, name, on, from,
                      to);
    return done(rq, tx, e, c.code, "班次已安排。");
}

enum err window_shift_drop_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    enum err e = own_hall(rq, tx, &h);
    if (e == OK)
        e = shift_drop(tx, rq_int(rq, "id", 0), h.code);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这个班次已经取消。");
    return done(rq, tx, e, h.code, "班次已取消。");
}

/* ---- terminals ---- */

/* Only a registered terminal gives numbers without a telephone: who sits at
 * home cannot fill the hall with them. */
enum err window_kiosk_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    enum err e = own_hall(rq, tx, &h);
    if (e != OK)
        return e;
    rq_set_cookie(rq, KIOSK_COOKIE, h.kiosk_key, KIOSK_SECONDS);
    rq_set_cookie(rq, HTTP_TERMINAL, h.code, KIOSK_SECONDS);
    rq_set_cookie(rq, AUTH_COOKIE, STR(""), 0); /* the terminal is nobody's */
    e = audit_note(tx, STR("hall.kiosk"), h.code, STR("登记自助终端"));
    if (e != OK)
        return e;
    return rq_see_other(rq, "/kiosk/%.*s", STR_ARG(h.code));
}
