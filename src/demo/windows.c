/*
 * The service hall of the demonstration city on the day it is loaded: counters
 * open, numbers done, being served, waiting; appointments taken; one clerk's
 * shift without its clerk.  Everything goes through the module's own door.
 */
#include "demo/demo.h"

#include "kernel/auth/auth.h"
#include "windows/queue.h"

#include <stdio.h>

enum { CLERKS = 5, COUNTERS = 8, MINUTE = 60000 };

struct clerk {
    const char *login, *name;
    int64_t account;
};

static struct clerk clerks[CLERKS] = {
    { "window.chen", "陈小燕", 0 }, { "window.wu", "吴桂芳", 0 },
    { "window.sun", "孙立", 0 },    { "window.jin", "金晓梅", 0 },
    { "window.pan", "潘志刚", 0 },
};

/* The first of them is seated with the city; the others sit beside her. */
static enum err seat_clerks(struct city *c, struct tx *tx)
{
    struct clerk_list *k;
    size_t n;
    enum err e = OK;
    for (int i = 1; e == OK && i < CLERKS; i++) {
        struct auth_account a = {
            .login = str_of(clerks[i].login), .name = str_of(clerks[i].name),
            .kind = STR("staff"), .password = str_of(c->password_hash),
        };
        int64_t post;
        e = auth_add_account(tx, &a, &clerks[i].account);
        struct auth_post p = {
            .account = clerks[i].account, .unit = STR("D036"),
            .role = STR("window"), .title = STR("综合窗口工作人员"),
            .phone = str_none, .from = day_of(2020, 1, 2), .main = true,
        };
        if (e == OK)
            e = auth_add_post(tx, &p, &post);
    }
    if (e == OK)
        e = clerk_list(tx, STR("D036"), &k, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_is(k[i].name, clerks[0].name))
            clerks[0].account = k[i].account;
    return e;
}

/* ---- the hall ---- */

static const struct {
    const char *code, *letter, *title, *unit;
    int pace, seats, slot;
} lines[] = {
    { "H1-A", "A", "综合服务", "", 9, 4, 30 },
    { "H1-B", "B", "公安户政", "D006", 11, 3, 30 },
    { "H1-C", "C", "社保医保", "D027", 8, 4, 30 },
    { "H1-D", "D", "市场准入", "D025", 14, 3, 30 },
    { "H1-E", "E", "税务和不动产", "D067", 16, 2, 30 },
};
enum { LINES = sizeof lines / sizeof *lines };

static str counter_code(struct tx *tx, int i)
{
    return arena_printf(tx->arena, "H1-%02d", i + 1);
}

static enum err build_hall(struct city *c, struct tx *tx)
{
    const struct demo_unit *town = demo_unit_of(c, STR("T01"));
    enum err e = hall_add(tx, STR("H1"), STR("云溪市政务服务中心"),
                          STR("宁阳路 18 号"), STR("D036"), 540, 1020, 720,
                          810, STR("DEMOTERMINAL0001"), 1);
    for (int i = 0; e == OK && i < LINES; i++)
        e = line_add(tx, str_of(lines[i].code), STR("H1"),
                     str_of(lines[i].letter), str_of(lines[i].title),
                     str_of(lines[i].unit), STR(""), lines[i].pace,
                     lines[i].seats, lines[i].slot);
    for (int i = 0; e == OK && i < COUNTERS; i++) {
        str code = counter_code(tx, i);
        bool all = i < 3; /* 综合窗口 */
        e = counter_add(tx, code, STR("H1"),
                        arena_printf(tx->arena, "%d 号窗口", i + 1), i == 0);
        for (int k = 0; e == OK && k < LINES; k++)
            if (all || k == 1 + (i - 3) % 4)
                e = serves_add(tx, code, str_of(lines[k].code));
    }
    if (e == OK)
        e = hall_add(tx, STR("H2"), arena_printf(tx->arena, "%.*s便民服务中心",
                                  STR_ARG(town->short_name)),
                     STR("办公楼一楼大厅"), STR("T01"), 510, 1020, 720, 840,
                     STR("DEMOTERMINAL0002"), 2);
    if (e == OK)
        e = line_add(tx, STR("H2-A"), STR("H2"), STR("A"), STR("综合服务"),
                     STR(""), STR(""), 10, 3, 30);
    if (e == OK)
        e = counter_add(tx, STR("H2-01"), STR("H2"), STR("1 号窗口"), 1);
    return e == OK ? serves_add(tx, STR("H2-01"), STR("H2-A")) : e;
}

/* ---- shifts ---- */

static enum err plan(struct city *c, struct tx *tx)
{
    enum err e = OK;
    day first = inst_day(c->now);
    for (int d = 0; e == OK && d < 7; d++) {
        day on = { first.n + d };
        if (d > 0 && !calendar_working(tx->calendar, on))
            continue;
        for (int i = 0; e == OK && i < CLERKS; i++)
            e = shift_add(tx, store_id(tx->store), counter_code(tx, i),
                          clerks[i].account, str_of(clerks[i].name), on, 540,
                          1020);
    }
    return e;
}

/* ---- the day ---- */

static enum err press(struct tx *tx, const struct clerk *k, const char *verb,
                      str counter)
{
    struct who who = { .account = k->account, .name = str_of(k->name),
                       .unit = STR("D036"), .role = STR("window"),
                       .via = STR("window") };
    struct queue_act act = { .verb = queue_verb(str_of(verb)),
                             .counter = counter, .line = STR(""),
                             .sentence = STR("") };
    const struct who *before = tx->who;
    tx->who = &who;
    enum err e = queue_do(tx, &act);
    tx->who = before;
    if (e != OK && e != ERR_CONFLICT)
        fprintf(stderr, "%s: %.*s\n", verb, STR_ARG(act.sentence));
    return e;
}

static enum err take(struct city *c, struct tx *tx)
{
    static const char *const cares[] = { "elder", "disabled", "soldier" };
    int64_t roll = dice_below(&c->dice, 100);
    struct queue_taking t = {
        .hall = STR("H1"),
        .line = str_of(lines[dice_below(&c->dice, LINES)].code),
        .channel = roll < 60 ? STR("kiosk") : STR("phone"),
        .care = roll % 8 == 0 ? str_of(cares[roll % 3]) : STR(""),
        .mobile = str_none, .name = str_none, .item = STR(""),
        .booking = str_none, .place = inst_none, .first_at = inst_none,
    };
    return queue_take(tx, &t);
}

/* Two hours up to now, or up to noon's end of the same day: every five minutes
 * somebody comes, and whoever sits there calls, serves, is done. */
static enum err live(struct city *c, struct tx *tx)
{
    enum { STEPS = 24, OPEN = 4 };
    int64_t from = c->now.ms - (int64_t)STEPS * 5 * MINUTE;
    enum err e = OK;
    if (inst_day((inst){ from }).n != inst_day(c->now).n)
        from = day_begin(inst_day(c->now)).ms;
    int64_t step = (c->now.ms - from) / (STEPS + 1);
    tx->now.ms = from;
    for (int i = 0; e == OK && i < OPEN; i++)
        e = press(tx, &clerks[i], "open", counter_code(tx, i));
    for (int i = 0; e == OK && i < STEPS; i++) {
        tx->now.ms = from + step * i;
        for (int k = 0; e == OK && k < 2 + i % 3 / 2; k++)
            e = take(c, tx);
        for (int k = 0; e == OK && k < OPEN; k++) {
            if ((i + k) % 2 == 0 && i > 0) {
                e = press(tx, &clerks[k], "finish", STR(""));
                if (e == OK || e == ERR_CONFLICT)
                    e = press(tx, &clerks[k], "next", STR(""));
                bool comes = !dice_chance(&c->dice, 80);
                if (e == OK)
                    e = press(tx, &clerks[k], comes ? "begin" : "miss",
                              STR(""));
            }
            if (e == ERR_CONFLICT) /* nobody waits for this counter */
                e = OK;
        }
    }
    tx->now = c->now;
    return e;
}

/* Next working day's appointments; two of them the resident's we know. */
static enum err book(struct city *c, struct tx *tx)
{
    const struct who *before = tx->who;
    day on = calendar_add_working(tx->calendar, inst_day(c->now), 1);
    enum err e = OK;
    for (int i = 0; e == OK && i < 4; i++) {
        struct who who = { .account = i % 2 ? c->li : c->zhou,
                           .name = i % 2 ? STR("李秀云") : STR("周文远"),
                           .unit = STR(""), .role = STR("resident"),
                           .via = STR("web") };
        struct queue_booking b = { .line = str_of(lines[i].code), .day = on,
                                   .minute = 540 + 30 * i, .item = STR(""),
                                   .sentence = STR("") };
        tx->who = &who;
        e = queue_book(tx, &b);
        if (e != OK)
            fprintf(stderr, "booking: %.*s\n", STR_ARG(b.sentence));
    }
    tx->who = before;
    return e;
}

enum err demo_windows(struct city *c, struct tx *tx)
{
    enum err e = seat_clerks(c, tx);
    if (e == OK)
        e = build_hall(c, tx);
    if (e == OK)
        e = plan(c, tx);
    if (e == OK)
        e = live(c, tx);
    return e == OK ? book(c, tx) : e;
}
