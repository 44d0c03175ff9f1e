/*
 * 自助终端: a screen beside the door that anybody touches.
 *
 * What a person typed or was shown here lives in short cookies only, so that
 * the end page -- reached by a button, or by itself after a minute -- takes
 * everything away, the button "back" included.  Who applies signs in and has
 * the whole site, in the shell of a terminal, for one short sitting
 * (docs/decisions/0024).  Numbers are given to registered terminals
 * alone; what one may look up, anybody may anywhere.
 */
#include "windows/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/search/kept.h"
#include "kernel/search/search.h"
#include "windows/show.h"

#define TICKET_COOKIE "zt_kiosk_ticket"
#define LOOK_COOKIE "zt_kiosk_look"

enum { FORGET = 90, TAKES_A_MINUTE = 30, LOOKS_A_MINUTE = 20 };

static bool registered(struct request *rq, const struct hall_one *h)
{
    return str_eq(rq_cookie(rq, KIOSK_COOKIE), h->kiosk_key);
}

/* ---- choosing the hall, the first page ---- */

enum err kiosk_list_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_list *h;
    size_t n;
    enum err e = hall_list(tx, &h, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", h[i].code);
        view_text(&row, "name", h[i].name);
    }
    return e;
}

enum err kiosk_home_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    enum err e = window_terminal(rq, tx, &h);
    if (e != OK)
        return e;
    view_bool(v, "registered", registered(rq, &h));
    view_bool(v, "signed_in", tx->who->account != 0);
    view_text(v, "hours", window_hours(v->arena, h.opens, h.closes,
                                       h.noon_from, h.noon_to));
    return OK;
}

/* ---- applying: the whole site, for one sitting ---- */

/* A terminal that was registered before it could do this learns it here. */
enum err kiosk_apply_show(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    enum err e = window_hall(rq, tx, &h);
    if (e != OK)
        return e;
    if (!registered(rq, &h))
        return rq_fail(rq, ERR_RANGE,
                       "这台设备没有登记为自助终端，不能在这里登录申请。请用"
                       "手机或者电脑申请，或者到窗口办理。");
    rq_set_cookie(rq, HTTP_TERMINAL, h.code, KIOSK_SECONDS);
    str item = rq_text(rq, "item");
    return item.n ? rq_see_other(rq, "/apply/%.*s", STR_ARG(item))
                  : rq_see_other(rq, "/");
}

/* ---- a number ---- */

enum err kiosk_take_show(struct request *rq, struct tx *tx)
{
    static const char *const codes[] = { "", "elder", "disabled", "soldier",
                                         "pregnant" };
    struct view *v = rq_view(rq);
    struct hall_one h;
    str sentence = STR(""), chosen = rq_text(rq, "care");
    enum err e = window_terminal(rq, tx, &h);
    if (e != OK)
        return e;
    view_bool(v, "open", queue_may_take(tx, &h, &sentence) == OK);
    view_text(v, "remark", registered(rq, &h)
                               ? sentence
                               : STR("这台设备没有登记为自助终端，不能取号，请"
                                     "到咨询台。"));
    view_bool(v, "registered", registered(rq, &h));
    view_text(v, "care", chosen);
    struct value *list = view_list(v, "cares");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        str code = str_of(codes[i]);
        struct view row = view_row(v, list);
        view_text(&row, "value", code);
        view_text(&row, "label", i ? windows_care_word(code) : STR("不需要"));
        view_bool(&row, "chosen", str_eq(code, chosen));
    }
    return window_show_lines(tx, v, h.code);
}

enum err kiosk_take_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    str sentence = STR("");
    struct queue_taking t = {
        .channel = STR("kiosk"), .line = rq_text(rq, "line"),
        .care = rq_text(rq, "care"), .mobile = str_none, .name = str_none,
        .item = STR(""), .booking = str_none, .place = inst_none,
        .first_at = inst_none,
    };
    enum err e = rq_limit(rq, 'k', TAKES_A_MINUTE);
    if (e == OK)
        e = window_hall(rq, tx, &h);
    if (e != OK)
        return e;
    if (!registered(rq, &h))
        return rq_fail(rq, ERR_RANGE,
                       "这台设备没有登记为自助终端，不能取号。请工作人员在“大厅"
                       "安排”里登记，或者用手机取号。");
    e = window_said(rq, queue_may_take(tx, &h, &sentence), sentence);
    t.hall = h.code;
    if (e == OK)
        e = window_take(rq, tx, &t);
    if (e != OK)
        return e;
    rq_set_cookie(rq, TICKET_COOKIE, t.code, FORGET);
    return rq_see_other(rq, "/kiosk/%.*s/ticket", STR_ARG(h.code));
}

enum err kiosk_ticket_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    struct ticket_by_code by;
    struct ticket_one t;
    char at[INST_TEXT];
    str code = rq_cookie(rq, TICKET_COOKIE);
    enum err e = window_terminal(rq, tx, &h);
    if (e == OK)
        e = ticket_by_code(tx, code, &by);
    if (e == OK)
        e = ticket_one(tx, by.id, &t);
    if (e == ERR_NOTFOUND && value_get(v->object, STR("hall"))) {
        view_text(v, "ticket", str_none);
        return OK;
    }
    if (e != OK)
        return e;
    rq_set_cookie(rq, TICKET_COOKIE, code, FORGET); /* so nobody keeps it */
    struct view o = view_object(v, "ticket");
    view_text(&o, "address", h.address);
    view_text(&o, "printed", arena_str(v->arena,
                                       inst_minutes_text(tx->now, at)));
    view_value(&o, "qr", page_qr(v->arena,
                                 arena_printf(v->arena, "%.*s/tickets/%.*s",
                                              STR_ARG(rq_site(rq)),
                                              STR_ARG(t.code)),
                                 STR("用手机看前面还有几人")));
    return window_show_ticket(tx, &o, &t);
}

/* ---- an appointment becomes a number ---- */

enum err kiosk_arrive_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    struct value *list;
    enum err e = window_terminal(rq, tx, &h);
    if (e != OK)
        return e;
    list = view_list(v, "fields");
    rq_ask(rq, list, (struct page_field){
        .name = "number", .type = "login", .label = STR("预约编号"),
        .hint = STR("以 YY 开头，在“我的预约”和提醒里。") });
    rq_ask(rq, list, (struct page_field){
        .name = "tail", .type = "code", .label = STR("手机号码后四位") });
    return OK;
}

/* Four digits of a telephone, besides the number of the appointment. */
static bool is_theirs(const struct booking_one *b, str tail)
{
    enum { TAIL = 4 };
    return tail.n == TAIL && b->mobile.n >= TAIL &&
           str_eq(str_slice(b->mobile, b->mobile.n - TAIL, b->mobile.n),
                  tail);
}

enum err kiosk_arrive_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    struct booking_one b;
    str code, sentence = STR("");
    enum err e = rq_limit(rq, 'k', LOOKS_A_MINUTE);
    if (e == OK)
        e = window_hall(rq, tx, &h);
    if (e != OK)
        return e;
    e = booking_one(tx, rq_text(rq, "number"), &b);
    if (e == ERR_NOTFOUND ||
        (e == OK && (!is_theirs(&b, rq_text(rq, "tail")) ||
                     !str_eq(b.hall, h.code))))
        return rq_fail_field(rq, ERR_RANGE, "number",
                             STR("编号和手机号码对不上，或者不是这个大厅的"
                                 "预约。请核对，或者到咨询台。"));
    if (e == OK)
        e = window_said(rq, queue_arrive(tx, &b, &code, &sentence), sentence);
    if (e != OK)
        return e;
    rq_set_cookie(rq, TICKET_COOKIE, code, FORGET);
    return rq_see_other(rq, "/kiosk/%.*s/ticket", STR_ARG(h.code));
}

/* ---- progress ---- */

static bool code_fits(struct tx *tx, str number, str code)
{
    enum { CODE = 12 };
    struct kiosk_ticket k;
    return code.n >= CODE && kiosk_ticket(tx, number, &k) == OK &&
           str_eq(k.ticket, code);
}

static enum err show_case(struct tx *tx, struct view *v, str number)
{
    struct kiosk_case c;
    enum err e = kiosk_case(tx, number, &c);
    if (e != OK) {
        view_text(v, "found", str_none);
        return e == ERR_NOTFOUND ? OK : e;
    }
    struct view o = view_object(v, "found");
    view_text(&o, "number", c.number);
    view_text(&o, "title", c.title);
    page_state(&o, "state", c.state, str_is(c.kind, "joint"));
    view_text(&o, "unit_name", c.unit_name);
    view_text(&o, "officer_name", c.officer_name);
    view_text(&o, "applicant", c.applicant_open);
    view_day(&o, "received", c.received);
    view_day(&o, "due", c.clock_due);
    view_day(&o, "closed_on", c.closed_day);
    return OK;
}

enum err kiosk_progress_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    enum err e = window_terminal(rq, tx, &h);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "fields");
    rq_ask(rq, list, (struct page_field){
        .name = "number", .type = "login", .label = STR("办件编号"),
        .hint = STR("收件回执上方，以 YX 开头。") });
    rq_ask(rq, list, (struct page_field){
        .name = "code", .type = "login", .label = STR("查询码"),
        .hint = STR("收件回执上的十二位字母和数字。") });
    str rest = rq_cookie(rq, LOOK_COOKIE);
    str number = str_is_none(rest) ? STR("") : str_cut(&rest, '.');
    bool fits = !str_is_none(rest) && code_fits(tx, number, rest);
    if (fits) /* an answer that sets a cookie is kept by nobody */
        rq_set_cookie(rq, LOOK_COOKIE, rq_cookie(rq, LOOK_COOKIE), FORGET);
    return show_case(tx, v, fits ? number : STR(""));
}

enum err kiosk_progress_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    str number = rq_text(rq, "number"), code = rq_text(rq, "code");
    enum err e = rq_limit(rq, 'k', LOOKS_A_MINUTE);
    if (e == OK)
        e = window_hall(rq, tx, &h);
    if (e != OK)
        return e;
    if (!code_fits(tx, number, code))
        return rq_fail_field(rq, ERR_RANGE, "code",
                             STR("编号和查询码对不上，请按收件回执重新填写。"));
    rq_set_cookie(rq, LOOK_COOKIE,
                  arena_printf(tx->arena, "%.*s.%.*s", STR_ARG(number),
                               STR_ARG(code)), FORGET);
    return rq_see_other(rq, "/kiosk/%.*s/progress", STR_ARG(h.code));
}

/* ---- reading ---- */

enum { READ_PAGE = 12 }; /* what fits a screen, upright or lying */

static void read_row(struct view *v, struct value *list, str code, str name,
                     str type)
{
    struct view row = view_row(v, list);
    view_text(&row, "code", code);
    view_text(&row, "title", name);
    view_text(&row, "type", type);
}

/* What somebody typed, best first. */
static enum err read_words(struct tx *tx, struct view *v, struct value *list,
                           str words)
{
    struct rank_query q = { .words = words, .unit = STR(""),
                            .no_themes = true, .limit = READ_PAGE };
    struct rank_found *found;
    struct kiosk_found *rows = NULL;
    size_t n, m = 0;
    str understood;
    enum err e = rank_ask(tx, &q, &found, &n, &understood);
    if (e != OK)
        return e;
    int64_t *ids = ARENA_NEW_N(tx->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        ids[i] = found[i].id;
    e = kiosk_found(tx, search_list(tx->arena, ids, n), &rows, &m);
    for (size_t i = 0; e == OK && i < n; i++)
        for (size_t k = 0; k < m; k++)
            if (rows[k].id == ids[i])
                read_row(v, list, rows[k].code, rows[k].name, rows[k].type);
    return e;
}

/* One page of a department; *next is where the next one begins, or 0. */
static enum err read_unit(struct tx *tx, struct view *v, struct value *list,
                          str unit, int64_t after, int64_t *next)
{
    struct kiosk_items *it;
    size_t n;
    enum err e = kiosk_items(tx, unit, after, &it, &n);
    for (size_t i = 0; e == OK && i < n && i < READ_PAGE; i++)
        read_row(v, list, it[i].code, it[i].name, it[i].type);
    *next = e == OK && n > READ_PAGE ? it[READ_PAGE - 1].position : 0;
    return e;
}

static enum err read_units(struct tx *tx, struct view *v, struct value *list)
{
    struct kiosk_units *u;
    size_t n;
    enum err e = kiosk_units(tx, &u, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", u[i].code);
        view_text(&row, "name", u[i].name);
    }
    return e;
}

enum err kiosk_read_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    struct unit_name name = { .name = STR("") };
    str unit = rq_text(rq, "unit"), words = rq_text(rq, "words");
    int64_t next = 0;
    enum err e = window_terminal(rq, tx, &h);
    if (e == OK && unit.n) {
        e = unit_name(tx, unit, &name);
        if (e == ERR_NOTFOUND)
            return rq_fail(rq, e, "没有这个部门，请从列表里选择。");
    }
    view_text(v, "words", words);
    view_text(v, "unit_name", name.name);
    struct value *units = view_list(v, "units");
    struct value *rows = view_list(v, "items");
    if (e == OK)
        e = words.n  ? read_words(tx, v, rows, words)
            : unit.n ? read_unit(tx, v, rows, unit, rq_int(rq, "after", 0),
                                 &next)
                     : read_units(tx, v, units);
    view_text(v, "next",
              next ? arena_printf(v->arena,
                                  "/kiosk/%.*s/read?unit=%.*s&after=%lld",
                                  STR_ARG(h.code), STR_ARG(unit),
                                  (long long)next) : STR(""));
    return e;
}

static str none_is_empty(str s)
{
    return str_is_none(s) ? STR("") : s;
}

enum err kiosk_guide_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    struct kiosk_item it;
    struct kiosk_materials *m;
    size_t n;
    enum err e = window_terminal(rq, tx, &h);
    if (e != OK)
        return e;
    e = kiosk_item(tx, rq_path(rq, "item"), &it);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个事项，请从列表里选择。");
    if (e == OK)
        e = kiosk_materials(tx, it.code, &m, &n);
    if (e != OK)
        return e;
    view_text(v, "title", it.name);
    view_text(v, "type", it.type);
    view_text(v, "object", it.object);
    view_text(v, "unit_name", it.unit_name);
    view_int(v, "promised", it.promised_n);
    view_text(v, "apply", registered(rq, &h) && it.online
                              ? arena_printf(v->arena,
                                             "/kiosk/%.*s/apply?item=%.*s",
                                             STR_ARG(h.code),
                                             STR_ARG(it.code)) : STR(""));
    view_text(v, "phone", none_is_empty(it.phone));
    view_text(v, "address", none_is_empty(it.address));
    view_text(v, "hours", none_is_empty(it.hours));
    struct value *list = view_list(v, "papers");
    for (size_t i = 0; i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "name", m[i].name);
        view_bool(&row, "free", str_is(m[i].source, "exchange"));
        view_text(&row, "note", none_is_empty(m[i].note));
    }
    struct kiosk_samples *samples;
    e = kiosk_samples(tx, it.code, &samples, &n);
    if (e == OK)
        view_text(v, "samples", n ? arena_printf(
            v->arena, "/kiosk/%.*s/read/%.*s/samples", STR_ARG(h.code),
            STR_ARG(it.code)) : STR(""));
    return e;
}

/* ---- the end ---- */

/* The button, and a script's when nobody touched anything: here the session
 * ends too, not its cookie alone. */
enum err kiosk_end_post(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    enum err e = window_hall(rq, tx, &h);
    if (e == OK)
        e = auth_sign_out(rq, tx);
    if (e != OK)
        return e;
    return rq_see_other(rq, "/kiosk/%.*s/end", STR_ARG(h.code));
}

enum err kiosk_end_show(struct request *rq, struct tx *tx)
{
    struct hall_one h;
    enum err e = window_terminal(rq, tx, &h);
    if (e != OK)
        return e;
    rq_set_cookie(rq, TICKET_COOKIE, STR(""), 0);
    rq_set_cookie(rq, LOOK_COOKIE, STR(""), 0);
    if (tx->who->account) /* without scripts; the session ends by itself */
        rq_set_cookie(rq, AUTH_COOKIE, STR(""), 0);
    return OK;
}
