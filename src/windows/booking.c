/*
 * Appointments.  A slot has seats; the lowest free one is given, and the index
 * over (line, day, minute, seat) makes the last seat one person's whatever two
 * servers believe.
 */
#include "windows/queue.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"
#include "kernel/store/topics.h"

/* ---- which seat ---- */

static enum err free_seat(struct tx *tx, const struct line_one *line, day on,
                          int minute, int *seat)
{
    struct booking_seats *taken;
    size_t n;
    enum err e = booking_seats(tx, line->code, on, minute, &taken, &n);
    int free = 1;
    for (size_t i = 0; e == OK && i < n && taken[i].seat == free; i++)
        free++;
    if (e == OK && free > line->seats)
        return ERR_CONFLICT;
    *seat = free;
    return e;
}

enum err queue_paused(struct tx *tx, int64_t account, day *out)
{
    const struct windows_policy *p = windows_policy();
    struct booking_missed *m;
    day missed[50], since = { tx_today(tx).n - p->noshow_days -
                              p->noshow_pause_days };
    size_t n;
    enum err e = booking_missed(tx, account, since, &m, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        missed[i] = m[i].day;
    if (e == OK)
        *out = windows_paused_until(missed, n, tx_today(tx), p);
    return e;
}

static enum err why(struct queue_booking *b, enum err e, str sentence)
{
    b->sentence = sentence;
    return e;
}

/* The slot itself: does it exist, is it to come, may it be had? */
static enum err check_slot(struct tx *tx, struct queue_booking *b,
                           struct line_one *line, struct hall_one *hall,
                           int *seat)
{
    enum err e = line_one(tx, b->line, line);
    if (e == OK)
        e = hall_one(tx, line->hall, hall);
    if (e == ERR_NOTFOUND || (e == OK && line->seats == 0))
        return why(b, ERR_RANGE, STR("这个业务不接受预约，请直接取号。"));
    if (e != OK)
        return e;
    struct windows_hours h = { (int)hall->opens, (int)hall->closes,
                               (int)hall->noon_from, (int)hall->noon_to };
    if (windows_at(b->day, b->minute).ms <= tx->now.ms)
        return why(b, ERR_RANGE, STR("这个时段已经过去，请选择后面的时段。"));
    if (!windows_day_ok(tx->calendar, tx_today(tx), b->day,
                        windows_policy()->book_days))
        return why(b, ERR_RANGE,
                   STR("这一天不能预约，请选择最近十个工作日里的一天。"));
    if (!windows_is_slot(&h, (int)line->slot, b->minute))
        return why(b, ERR_RANGE, STR("没有这个时段，请从列表里选择。"));
    e = free_seat(tx, line, b->day, b->minute, seat);
    return e == ERR_CONFLICT
               ? why(b, e, STR("这个时段刚刚约满，请另选一个时段。")) : e;
}

static enum err check_person(struct tx *tx, struct queue_booking *b)
{
    struct booking_live live;
    day until;
    char text[DAY_TEXT];
    enum err e = queue_paused(tx, tx->who->account, &until);
    if (e == OK && !day_is_none(until))
        return why(b, ERR_RANGE,
                   arena_printf(tx->arena,
                                "您在九十天内三次预约没有到场，%.*s 前不能再"
                                "预约，可以到大厅直接取号。",
                                STR_ARG(day_text(until, text))));
    if (e == OK)
        e = booking_live(tx, tx->who->account, tx_today(tx), &live);
    if (e == OK && live.n >= windows_policy()->book_live)
        return why(b, ERR_RANGE,
                   STR("您已经有三个预约，办完或者取消一个以后再约。"));
    return e;
}

static enum err check_twice(struct tx *tx, struct queue_booking *b)
{
    struct booking_same same;
    enum err e = booking_same(tx, tx->who->account, b->day, b->minute, &same);
    if (e == OK && same.n > 0)
        return why(b, ERR_CONFLICT, STR("您在这个时段已经有一个预约。"));
    return e;
}

/* ---- booking, changing, cancelling ---- */

static str when(struct arena *a, day d, int64_t minute)
{
    char text[DAY_TEXT];
    return arena_printf(a, "%.*s %.*s", STR_ARG(day_text(d, text)),
                        STR_ARG(windows_minute_text(a, minute)));
}

static enum err write_to(struct tx *tx, int64_t account, str number,
                         const char *title, str body)
{
    struct notify_letter l = {
        .account = account, .about = STR("booking"), .ref = number,
        .title = str_of(title), .body = body,
        .link = arena_printf(tx->arena, "/bookings/%.*s", STR_ARG(number)),
    };
    return notify_send(tx, &l);
}

static enum err number_of(struct tx *tx, str *out)
{
    struct queue_series_last last;
    char text[DAY_TEXT];
    str day = day_text(tx_today(tx), text);
    enum err e = queue_series_step(tx, STR("YY"), tx_today(tx));
    if (e == OK)
        e = queue_series_last(tx, STR("YY"), tx_today(tx), &last);
    if (e == OK)
        *out = arena_printf(tx->arena, "YY%.4s%.2s%.2s%05lld", day.p,
                            day.p + 5, day.p + 8, (long long)last.last);
    return e;
}

enum err queue_book(struct tx *tx, struct queue_booking *b)
{
    struct line_one line;
    struct hall_one hall;
    struct auth_person me;
    int seat;
    enum err e = check_person(tx, b);
    if (e == OK)
        e = check_twice(tx, b);
    if (e == OK)
        e = check_slot(tx, b, &line, &hall, &seat);
    if (e == OK)
        e = auth_person(tx, tx->who->account, &me);
    if (e == OK)
        e = number_of(tx, &b->number);
    if (e == OK)
        e = booking_add(tx, store_id(tx->store), b->number, hall.code,
                        line.code, line.title, b->day, b->minute, seat,
                        tx->who->account, me.name,
                        str_is_none(me.mobile) ? STR("") : me.mobile, b->item,
                        tx->now);
    if (e == OK)
        e = audit_note(tx, STR("booking.add"), b->number, line.title);
    return e;
}

enum err queue_book_move(struct tx *tx, const struct booking_one *old,
                         struct queue_booking *b)
{
    struct line_one line;
    struct hall_one hall;
    int seat;
    if (!windows_changeable(old->day, (int)old->minute, tx->now,
                            windows_policy()))
        return why(b, ERR_RANGE,
                   STR("离预约的时间不到两小时，不能再改，可以直接到大厅。"));
    b->line = old->line;
    enum err e = check_twice(tx, b);
    if (e == OK)
        e = check_slot(tx, b, &line, &hall, &seat);
    if (e == OK)
        e = booking_move(tx, old->id, old->revision, b->day, b->minute, seat);
    if (e == ERR_CONFLICT && b->sentence.n == 0)
        return why(b, e, STR("这个预约已经取消或者用过，不能再改。"));
    return e == OK ? audit_note(tx, STR("booking.move"), old->number,
                                when(tx->arena, b->day, b->minute)) : e;
}

enum err queue_book_cancel(struct tx *tx, const struct booking_one *b,
                           str *sentence)
{
    if (!windows_changeable(b->day, (int)b->minute, tx->now,
                            windows_policy())) {
        *sentence = STR("离预约的时间不到两小时，不能取消。不来会记一次没有"
                        "到场。");
        return ERR_RANGE;
    }
    enum err e = booking_end(tx, b->id, b->revision, STR("cancelled"),
                             str_none);
    if (e == ERR_CONFLICT)
        *sentence = STR("这个预约已经取消或者用过。");
    return e == OK ? audit_note(tx, STR("booking.cancel"), b->number, b->title)
                   : e;
}

/* ---- checking in ---- */

static const char *refusal(enum windows_arrival a)
{
    return a == WINDOWS_EARLY ? "还没有到签到时间，预约时间前三十分钟内可以"
                                "签到。"
           : a == WINDOWS_GONE ? "这个预约是以前的，已经过期，请重新取号。"
                               : "";
}

enum err queue_arrive(struct tx *tx, const struct booking_one *b, str *code,
                      str *sentence)
{
    enum windows_arrival how = windows_arrival(b->day, (int)b->minute, tx->now,
                                               windows_policy());
    if (!str_is(b->state, "booked")) {
        *sentence = STR("这个预约已经签到、取消或者过期，不能再用。");
        return ERR_CONFLICT;
    }
    if (how == WINDOWS_EARLY || how == WINDOWS_GONE) {
        *sentence = str_of(refusal(how));
        return ERR_RANGE;
    }
    inst slot = windows_at(b->day, (int)b->minute);
    bool kept = how == WINDOWS_ON_TIME;
    struct queue_taking t = {
        .hall = b->hall, .line = b->line, .channel = STR("booking"),
        .care = STR(""), .account = b->account, .mobile = b->mobile,
        .name = b->name, .item = b->item, .booking = b->number,
        .place = kept ? slot : inst_none, .first_at = kept ? slot : inst_none,
    };
    enum err e = queue_take(tx, &t);
    if (e == OK)
        e = booking_end(tx, b->id, b->revision, STR("arrived"), t.code);
    if (e == ERR_CONFLICT)
        *sentence = STR("这个预约已经签到。");
    if (e == OK)
        *code = t.code;
    return e;
}

/* ---- jobs ---- */

/* Booked, and not there ten minutes after the time: not come.  The seat stays
 * taken, the person is told what follows. */
enum err window_job_bookings(struct tx *tx, bool *more)
{
    struct booking_over *b;
    size_t n;
    int limit = inst_minute(tx->now) - windows_policy()->arrive_late;
    enum err e = booking_over(tx, tx_today(tx), limit, &b, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = booking_end(tx, b[i].id, b[i].revision, STR("missed"), str_none);
        if (e == OK)
            e = audit_note(tx, STR("booking.miss"), b[i].number, b[i].title);
        if (e == OK)
            e = write_to(tx, b[i].account, b[i].number, "预约没有到场",
                         arena_printf(tx->arena,
                                      "您 %.*s 的预约“%.*s”没有到场。九十天内"
                                      "三次没有到场，三十天内不能再预约。",
                                      STR_ARG(when(tx->arena, b[i].day,
                                                   b[i].minute)),
                                      STR_ARG(b[i].title)));
    }
    *more = e == OK && n == 100;
    return e;
}

/* On the working day before, from noon on. */
enum err window_job_remind(struct tx *tx, bool *more)
{
    enum { NOON = 12 * 60 };
    struct booking_remind *b;
    size_t n = 0;
    day next = calendar_add_working(tx->calendar, tx_today(tx), 1);
    *more = false;
    if (inst_minute(tx->now) < NOON)
        return OK;
    enum err e = booking_remind(tx, next, &b, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = booking_reminded(tx, b[i].id);
        if (e == OK)
            e = write_to(tx, b[i].account, b[i].number, "预约提醒",
                         arena_printf(tx->arena,
                                      "您预约了 %.*s 到%.*s（%.*s）办理“%.*s”。"
                                      "请提前三十分钟内签到，带好身份证件。",
                                      STR_ARG(when(tx->arena, b[i].day,
                                                   b[i].minute)),
                                      STR_ARG(b[i].hall_name),
                                      STR_ARG(b[i].address),
                                      STR_ARG(b[i].title)));
        if (e == OK)
            e = audit_note(tx, STR("booking.remind"), b[i].number,
                           b[i].title);
    }
    *more = e == OK && n == 100;
    return e;
}
