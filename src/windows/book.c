/* 预约: what is free, booking, changing, cancelling. */
#include "windows/pages.h"

#include "windows/show.h"

enum { SLOTS = 60 };

static str words_of(str state)
{
    return str_is(state, "booked")      ? STR("已预约")
           : str_is(state, "arrived")   ? STR("已签到")
           : str_is(state, "cancelled") ? STR("已取消") : STR("没有到场");
}

static str day_words(struct arena *a, day d)
{
    static const char *const week[] = { "周一", "周二", "周三", "周四",
                                        "周五", "周六", "周日" };
    int y, m, n;
    day_split(d, &y, &m, &n);
    return arena_printf(a, "%d 月 %d 日 %s", m, n, week[day_weekday(d) % 7]);
}

static str day_iso(struct arena *a, day d)
{
    char text[DAY_TEXT];
    return arena_str(a, day_text(d, text));
}

enum err window_bookings_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct booking_mine *b;
    size_t n;
    day until;
    rq_menu(rq, "my.bookings");
    enum err e = booking_mine(tx, tx->who->account, &b, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", b[i].number);
        view_text(&row, "hall_name", b[i].hall_name);
        view_text(&row, "title", b[i].title);
        view_text(&row, "on", day_words(v->arena, b[i].day));
        view_text(&row, "at", windows_minute_text(v->arena, b[i].minute));
        view_text(&row, "words", words_of(b[i].state));
        view_text(&row, "ticket", str_is_none(b[i].ticket) ? STR("")
                                                           : b[i].ticket);
    }
    if (e == OK)
        e = queue_paused(tx, tx->who->account, &until);
    if (e == OK)
        view_text(v, "paused", day_is_none(until) ? STR("")
                                                  : day_iso(v->arena, until));
    return e;
}

/* ---- what is free ---- */

static void show_days(struct view *v, const struct tx *tx, day chosen)
{
    struct value *list = view_list(v, "days");
    day d = tx_today(tx);
    for (int n = 0; n < 30; n++, d.n++) {
        if (!windows_day_ok(tx->calendar, tx_today(tx), d,
                            windows_policy()->book_days))
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "value", day_iso(v->arena, d));
        view_text(&row, "label", day_words(v->arena, d));
        view_bool(&row, "chosen", d.n == chosen.n);
    }
}

static int64_t taken_at(const struct booking_taken *t, size_t n, int minute)
{
    for (size_t i = 0; i < n; i++)
        if (t[i].minute == minute)
            return t[i].taken;
    return 0;
}

static enum err show_slots(struct tx *tx, struct view *v,
                           const struct line_one *line,
                           const struct hall_one *hall, day on)
{
    struct windows_hours h = { (int)hall->opens, (int)hall->closes,
                               (int)hall->noon_from, (int)hall->noon_to };
    struct booking_taken *t;
    int slot[SLOTS], count = windows_slots(&h, (int)line->slot, slot, SLOTS);
    size_t n;
    struct value *list = view_list(v, "slots");
    enum err e = booking_taken(tx, line->code, on, &t, &n);
    for (int i = 0; e == OK && i < count; i++) {
        int64_t left = line->seats - taken_at(t, n, slot[i]);
        bool past = windows_at(on, slot[i]).ms <= tx->now.ms;
        struct view row = view_row(v, list);
        view_int(&row, "minute", slot[i]);
        view_text(&row, "at", windows_minute_text(v->arena, slot[i]));
        view_int(&row, "seats_left", left > 0 ? left : 0);
        view_bool(&row, "free", left > 0 && !past);
        view_text(&row, "why", past ? STR("已过") : STR("约满"));
    }
    return e;
}

/* Today, or the next working day when none is left of today. */
static day first_day(const struct tx *tx, const struct hall_one *h)
{
    day today = tx_today(tx);
    bool over = inst_minute(tx->now) >= h->closes;
    return calendar_working(tx->calendar, today) && !over
               ? today : calendar_add_working(tx->calendar, today, 1);
}

/* Slots of a line on a day: to book, or to move an appointment to. */
static enum err slots(struct request *rq, struct tx *tx, str line_code,
                      day on)
{
    struct view *v = rq_view(rq);
    struct line_one line;
    struct hall_one hall;
    enum err e = line_one(tx, line_code, &line);
    if (e == OK)
        e = hall_one(tx, line.hall, &hall);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个业务，请从大厅页面选择。");
    if (e != OK)
        return e;
    if (day_is_none(on) || !windows_day_ok(tx->calendar, tx_today(tx), on,
                                           windows_policy()->book_days))
        on = first_day(tx, &hall);
    view_text(v, "line", line.code);
    view_text(v, "title", line.title);
    view_text(v, "hall", hall.code);
    view_text(v, "hall_name", hall.name);
    view_text(v, "on", day_words(v->arena, on));
    view_text(v, "day", day_iso(v->arena, on));
    show_days(v, tx, on);
    return show_slots(tx, v, &line, &hall, on);
}

enum err window_slots_show(struct request *rq, struct tx *tx)
{
    rq_menu(rq, "my.bookings");
    view_text(rq_view(rq), "item", rq_text(rq, "item"));
    return slots(rq, tx, rq_text(rq, "line"), rq_day(rq, "day"));
}

enum err window_book_post(struct request *rq, struct tx *tx)
{
    struct queue_booking b = {
        .line = rq_text(rq, "line"), .day = rq_day(rq, "day"),
        .minute = (int)rq_int(rq, "minute", 0), .item = rq_text(rq, "item"),
        .sentence = STR(""),
    };
    if (day_is_none(b.day))
        return rq_fail_field(rq, ERR_INPUT, "day", STR("请选择哪一天"));
    enum err e = window_said(rq, queue_book(tx, &b), b.sentence);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", b.number);
    rq_flash(rq, "ok", STR("已预约，到时请提前三十分钟内签到。"));
    return rq_see_other(rq, "/bookings/%.*s", STR_ARG(b.number));
}

/* ---- one appointment ---- */

static enum err own(struct request *rq, struct tx *tx, struct booking_one *b)
{
    enum err e = booking_one(tx, rq_path(rq, "number"), b);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个预约，请核对编号。");
    if (e == OK && b->account != tx->who->account)
        return rq_fail(rq, ERR_DENIED, "这个预约不在您的名下。");
    return e;
}

enum err window_booking_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct booking_one b;
    rq_menu(rq, "my.bookings");
    enum err e = own(rq, tx, &b);
    if (e != OK)
        return e;
    bool booked = str_is(b.state, "booked");
    view_text(v, "number", b.number);
    view_text(v, "address", b.address);
    view_text(v, "booked_on", day_words(v->arena, b.day));
    view_text(v, "booked_at", windows_minute_text(v->arena, b.minute));
    view_text(v, "words", words_of(b.state));
    view_text(v, "ticket", str_is_none(b.ticket) ? STR("") : b.ticket);
    view_bool(v, "can", booked && windows_changeable(b.day, (int)b.minute,
                                                     tx->now,
                                                     windows_policy()));
    view_bool(v, "booked", booked);
    day on = rq_day(rq, "day");
    return slots(rq, tx, b.line, day_is_none(on) ? b.day : on);
}

enum err window_booking_move_post(struct request *rq, struct tx *tx)
{
    struct booking_one old;
    struct queue_booking b = {
        .day = rq_day(rq, "day"), .minute = (int)rq_int(rq, "minute", 0),
        .sentence = STR(""),
    };
    enum err e = own(rq, tx, &old);
    if (e != OK)
        return e;
    if (day_is_none(b.day))
        return rq_fail_field(rq, ERR_INPUT, "day", STR("请选择哪一天"));
    e = window_said(rq, queue_book_move(tx, &old, &b), b.sentence);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("预约时间已改。"));
    return rq_see_other(rq, "/bookings/%.*s", STR_ARG(old.number));
}

enum err window_booking_cancel_post(struct request *rq, struct tx *tx)
{
    struct booking_one b;
    str sentence = STR("");
    enum err e = own(rq, tx, &b);
    if (e == OK)
        e = window_said(rq, queue_book_cancel(tx, &b, &sentence), sentence);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("预约已取消。"));
    return rq_see_other(rq, "/bookings/%.*s", STR_ARG(b.number));
}
