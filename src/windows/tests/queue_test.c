/*
 * The hall on a store of its own, on either database: numbers called in order
 * and used once, a counter that closes with people waiting, appointments whose
 * last place is one person's however many ask at once.
 */
#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/notify/notify.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"
#include "windows/queue.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static struct test_store t;
static enum test_database which;
enum { MINUTE = 60000, PEOPLE = 12 };
static int64_t person[PEOPLE], clerk[2];

static inst at(int hour, int minute)
{
    return windows_at((day){ 20780 }, hour * 60 + minute); /* a Monday */
}

/* ---- the hall ---- */

static enum err add_person(struct tx *tx, int i, const char *kind,
                           int64_t *id)
{
    struct auth_account a = {
        .login = arena_printf(tx->arena, "%s%d", kind, i),
        .name = arena_printf(tx->arena, "周%d", i), .kind = str_of(kind),
        .mobile = arena_printf(tx->arena, "1380000%04d", i),
        .citizen_id = str_none, .password = STR("x"),
    };
    return auth_add_account(tx, &a, id);
}

static enum err build(struct tx *tx, void *context)
{
    struct auth_unit u = { .code = STR("D036"), .name = STR("政务服务中心"),
                           .short_name = STR("政务服务中心"),
                           .kind = STR("department"), .position = 1 };
    (void)context;
    tx->notes++;
    enum err e = auth_add_unit(tx, &u);
    for (int i = 0; e == OK && i < PEOPLE; i++)
        e = add_person(tx, i, "resident", &person[i]);
    for (int i = 0; e == OK && i < 2; i++)
        e = add_person(tx, i, "staff", &clerk[i]);
    if (e == OK)
        e = hall_add(tx, STR("H1"), STR("大厅"), STR("宁阳路"), STR("D036"),
                     540, 1020, 720, 810, STR("KEY"), 1);
    if (e == OK)
        e = line_add(tx, STR("H1-A"), STR("H1"), STR("A"), STR("综合"),
                     STR(""), STR(""), 10, 2, 30);
    if (e == OK)
        e = line_add(tx, STR("H1-B"), STR("H1"), STR("B"), STR("户政"),
                     STR("D006"), STR(""), 10, 0, 30);
    if (e == OK)
        e = counter_add(tx, STR("H1-01"), STR("H1"), STR("1 号窗口"), 0);
    if (e == OK)
        e = counter_add(tx, STR("H1-02"), STR("H1"), STR("2 号窗口"), 0);
    if (e == OK)
        e = serves_add(tx, STR("H1-01"), STR("H1-A"));
    if (e == OK)
        e = serves_add(tx, STR("H1-01"), STR("H1-B"));
    return e == OK ? serves_add(tx, STR("H1-02"), STR("H1-A")) : e;
}

static void be(int64_t account, const char *role)
{
    t.who.account = account;
    t.who.role = str_of(role);
    t.who.unit = str_is(t.who.role, "window") ? STR("D036") : STR("");
}

/* ---- numbers ---- */

struct taking {
    const char *line, *care;
    str label, code;
};

static enum err take(struct tx *tx, void *context)
{
    struct taking *k = context;
    struct queue_taking q = {
        .hall = STR("H1"), .line = str_of(k->line), .channel = STR("kiosk"),
        .care = str_of(k->care), .mobile = str_none, .name = str_none,
        .item = STR(""), .booking = str_none, .place = inst_none,
        .first_at = inst_none,
    };
    enum err e = queue_take(tx, &q);
    k->label = q.label;
    k->code = q.code;
    return e;
}

static str took(const char *line, const char *care)
{
    struct taking k = { line, care, STR(""), STR("") };
    t.now.ms += 1000;
    CHECK(test_store_run(&t, take, &k) == OK);
    return k.label;
}

static struct queue_act act;

static enum err press_it(struct tx *tx, void *context)
{
    (void)context;
    return queue_do(tx, &act);
}

static enum err press(int who, const char *verb, const char *more)
{
    be(clerk[who], "window");
    t.now.ms += 1000;
    act = (struct queue_act){ .verb = queue_verb(str_of(verb)),
                              .counter = str_of(more), .line = str_of(more),
                              .ticket = act.ticket, .sentence = STR("") };
    return test_store_run(&t, press_it, NULL);
}

static void numbers_are_called_in_order_and_once(void)
{
    t.now = at(9, 0);
    CHECK_STR(took("H1-A", ""), "A001");
    CHECK_STR(took("H1-B", ""), "B001");
    CHECK_STR(took("H1-A", "elder"), "A002");
    CHECK(press(0, "next", "") == ERR_CONFLICT); /* no counter is open */
    CHECK(press(0, "open", "H1-01") == OK);
    CHECK(press(1, "open", "H1-01") == ERR_CONFLICT);
    CHECK(press(0, "next", "") == OK);
    CHECK_STR(act.now.label, "A002"); /* the old first */
    CHECK(press(0, "next", "") == ERR_CONFLICT);
    CHECK(press(0, "finish", "") == ERR_CONFLICT); /* not begun */
    CHECK(press(0, "recall", "") == ERR_CONFLICT); /* too soon */
    t.now.ms += MINUTE;
    CHECK(press(0, "recall", "") == OK);
    CHECK(press(0, "begin", "") == OK);
    CHECK(press(0, "finish", "") == OK);
    CHECK(press(0, "finish", "") == ERR_CONFLICT); /* a number used twice */
    CHECK(str_find(act.sentence, STR("不能再用")) > 0);
}

static void who_misses_comes_back_and_is_gone_after_three(void)
{
    CHECK(press(0, "next", "") == OK);
    CHECK_STR(act.now.label, "A001");
    act.ticket = act.now.id;
    for (int i = 0; i < 2; i++) {
        int64_t id = act.ticket;
        CHECK(press(0, "miss", "") == OK);
        act.ticket = id;
        CHECK(press(0, "back", "") == OK);
        act.ticket = id;
        CHECK(press(0, "next", "") == OK);
        if (act.now.id != id) { /* somebody else stood before him */
            CHECK(press(0, "begin", "") == OK);
            CHECK(press(0, "finish", "") == OK);
            CHECK(press(0, "next", "") == OK);
        }
        CHECK(act.now.id == id);
        act.ticket = id;
    }
    int64_t id = act.ticket;
    CHECK(press(0, "miss", "") == OK);
    CHECK(str_find(act.sentence, STR("作废")) > 0);
    act.ticket = id;
    CHECK(press(0, "back", "") == ERR_CONFLICT);
}

static void a_transferred_number_keeps_its_place(void)
{
    CHECK(press(0, "next", "") == ERR_CONFLICT); /* all are done */
    CHECK_STR(took("H1-B", ""), "B002");
    CHECK(press(0, "next", "") == OK);
    took("H1-A", "");
    CHECK(press(0, "transfer", "H1-B") == ERR_RANGE);
    CHECK(press(0, "transfer", "H1-A") == OK);
    CHECK(press(1, "open", "H1-02") == OK);
    CHECK(press(1, "next", "") == OK);
    CHECK_STR(act.now.label, "B002");
    CHECK(press(1, "begin", "") == OK);
    CHECK(press(1, "finish", "") == OK);
}

static void a_counter_leaves_nobody_standing(void)
{
    took("H1-B", "");
    CHECK(press(0, "close", "") == ERR_CONFLICT);
    CHECK(str_find(act.sentence, STR("还有 1 人在等")) == 0);
    CHECK(press(0, "close", "H1-B") == ERR_RANGE);
    CHECK(press(0, "close", "H1-A") == OK);
    CHECK(press(0, "next", "") == ERR_CONFLICT);
    CHECK(press(1, "next", "") == OK);
    CHECK(press(1, "close", "") == ERR_CONFLICT); /* one is called */
    CHECK(press(1, "begin", "") == OK);
    CHECK(press(1, "finish", "") == OK);
}

static enum err evening(struct tx *tx, void *context)
{
    return window_job_evening(tx, context);
}

static void the_next_morning_starts_empty(void)
{
    bool more;
    took("H1-A", "");
    t.now = windows_at((day){ 20781 }, 480);
    CHECK(test_store_run(&t, evening, &more) == OK);
    CHECK(press(1, "next", "") == ERR_CONFLICT); /* closed overnight */
    CHECK(press(1, "open", "H1-02") == OK);
    CHECK(press(1, "next", "") == ERR_CONFLICT); /* nobody of yesterday */
    CHECK_STR(took("H1-A", ""), "A001");
}

/* ---- appointments ---- */

static struct queue_booking booked;
static day on;

static enum err book_it(struct tx *tx, void *context)
{
    (void)context;
    return queue_book(tx, &booked);
}

static enum err book(int who, day d, int minute)
{
    be(person[who], "resident");
    booked = (struct queue_booking){ .line = STR("H1-A"), .day = d,
                                     .minute = minute, .item = STR(""),
                                     .sentence = STR("") };
    return test_store_run(&t, book_it, NULL);
}

static void a_slot_must_be_to_come_and_exist(void)
{
    day today = { 20781 };
    t.now = windows_at(today, 600);
    CHECK(book(0, today, 570) == ERR_RANGE);
    CHECK(str_find(booked.sentence, STR("已经过去")) > 0);
    CHECK(book(0, (day){ today.n - 1 }, 900) == ERR_RANGE);
    CHECK(book(0, today, 631) == ERR_RANGE);
    CHECK(book(0, today, 720) == ERR_RANGE); /* noon */
    CHECK(book(0, (day){ 20784 + 1 }, 600) == ERR_RANGE); /* a Saturday */
    CHECK(book(0, (day){ today.n + 60 }, 600) == ERR_RANGE);
    CHECK(book(0, today, 660) == OK);
    CHECK(book(0, today, 660) == ERR_CONFLICT);
}

struct asking {
    struct command command;
    struct who who;
    struct arena arena;
    struct queue_booking b;
    enum err e;
};
static atomic_int answered;

static enum err ask(struct command *c, struct tx *tx)
{
    struct asking *a = (struct asking *)c;
    return queue_book(tx, &a->b);
}

static void told(struct command *c, enum err e)
{
    ((struct asking *)c)->e = e;
    answered++;
}

/* All at once, in one queue: two seats, twelve people. */
static void the_last_place_is_one_persons(void)
{
    static struct asking asking[PEOPLE];
    int got = 0, full = 0;
    answered = 0;
    on = (day){ 20782 };
    for (int i = 0; i < PEOPLE; i++) {
        struct asking *a = &asking[i];
        a->who = (struct who){ .account = person[i], .name = STR("周"),
                               .unit = STR(""), .role = STR("resident"),
                               .via = STR("web") };
        a->b = (struct queue_booking){ .line = STR("H1-A"), .day = on,
                                       .minute = 600, .item = STR(""),
                                       .sentence = STR("") };
        a->command = (struct command){
            .run = ask, .done = told,
            .tx = { .arena = &a->arena, .who = &a->who, .now = t.now },
        };
        CHECK(store_submit(t.store, &a->command) == OK);
    }
    while (answered < PEOPLE)
        usleep(1000);
    for (int i = 0; i < PEOPLE; i++) {
        got += asking[i].e == OK;
        full += asking[i].e == ERR_CONFLICT;
        arena_free(&asking[i].arena);
    }
    CHECK(got == 2 && full == PEOPLE - 2);
    /* Past the program, the index refuses the same seat once more. */
    CHECK(!test_store_sql(&t,
        "INSERT INTO windows_booking (id, number, hall, line, title, day,"
        " minute, seat, account, name, mobile, item, made, state, reminded,"
        " revision) VALUES (1, 'YY1', 'H1', 'H1-A', '综合', 20782, 600, 2, 1,"
        " '', '', '', 0, 'booked', 0, 1)"));
}

static struct booking_one one;
static str sentence, code;

static enum err load(struct tx *tx, void *context)
{
    return booking_one(tx, *(str *)context, &one);
}

static enum err cancel_it(struct tx *tx, void *context)
{
    (void)context;
    return queue_book_cancel(tx, &one, &sentence);
}

static enum err arrive_it(struct tx *tx, void *context)
{
    (void)context;
    return queue_arrive(tx, &one, &code, &sentence);
}

static void it_can_be_cancelled_until_two_hours_before(void)
{
    t.now = windows_at((day){ 20781 }, 600);
    CHECK(book(5, (day){ 20783 }, 600) == OK);
    str number = arena_str(&t.arena, booked.number);
    t.now = windows_at((day){ 20783 }, 481);
    CHECK(test_store_look(&t, load, &number) == OK);
    CHECK(test_store_run(&t, cancel_it, NULL) == ERR_RANGE);
    t.now = windows_at((day){ 20783 }, 480);
    CHECK(test_store_run(&t, cancel_it, NULL) == OK);
    CHECK(test_store_run(&t, cancel_it, NULL) == ERR_CONFLICT);
}

static void checking_in_gives_a_number_with_the_right_place(void)
{
    t.now = windows_at((day){ 20781 }, 600);
    CHECK(book(6, (day){ 20783 }, 630) == OK);
    str number = arena_str(&t.arena, booked.number);
    CHECK(test_store_look(&t, load, &number) == OK);
    CHECK(test_store_run(&t, arrive_it, NULL) == ERR_RANGE); /* too early */
    t.now = windows_at((day){ 20783 }, 615);
    took("H1-A", "");
    CHECK(test_store_run(&t, arrive_it, NULL) == OK);
    CHECK(test_store_run(&t, arrive_it, NULL) == ERR_CONFLICT);
    took("H1-A", "");
    bool more;
    CHECK(test_store_run(&t, evening, &more) == OK);
    CHECK(press(0, "open", "H1-01") == OK);
    t.now = windows_at((day){ 20783 }, 631);
    CHECK(press(0, "next", "") == OK); /* his time has come */
    CHECK_STR(act.now.booking, number.p);
}

static enum err over(struct tx *tx, void *context)
{
    return window_job_bookings(tx, context);
}

static void not_coming_three_times_pauses(void)
{
    bool more;
    for (int i = 0; i < 3; i++) {
        t.now = windows_at((day){ 20783 }, 640);
        CHECK(book(7, (day){ 20784 }, 600 + 30 * i) == OK);
    }
    CHECK(book(7, (day){ 20784 }, 840) == ERR_RANGE); /* three at a time */
    t.now = windows_at((day){ 20784 }, 1000);
    be(0, "system");
    CHECK(test_store_run(&t, over, &more) == OK);
    CHECK(book(7, (day){ 20787 }, 600) == ERR_RANGE);
    CHECK(str_find(booked.sentence, STR("三次预约没有到场")) > 0);
    t.now = windows_at((day){ 20784 + 31 }, 600);
    CHECK(book(7, (day){ 20784 + 33 }, 600) == OK);
}

static void on_a_database(void)
{
    if (!test_store_open(&t, which))
        return;
    store_set_calendar(t.store, clock_calendar_builtin());
    CHECK(test_store_run(&t, build, NULL) == OK);
    RUN(numbers_are_called_in_order_and_once);
    RUN(who_misses_comes_back_and_is_gone_after_three);
    RUN(a_transferred_number_keeps_its_place);
    RUN(a_counter_leaves_nobody_standing);
    RUN(the_next_morning_starts_empty);
    RUN(a_slot_must_be_to_come_and_exist);
    RUN(the_last_place_is_one_persons);
    RUN(it_can_be_cancelled_until_two_hours_before);
    RUN(checking_in_gives_a_number_with_the_right_place);
    RUN(not_coming_three_times_pauses);
    test_store_close(&t);
}

int main(void)
{
    which = TEST_LITE;
    on_a_database();
    which = TEST_PG;
    on_a_database();
    return test_result();
}
