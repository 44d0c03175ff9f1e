/* Letters: written with what happened, counted, read. */
#include "kernel/notify/notify.h"
#include "kernel/notify/queries.gen.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

static const struct notify_letter letter = {
    .account = 7, .about = STR("case"), .ref = STR("YX1"),
    .title = STR("您的申请已受理"), .body = STR("第一行\n第二行"),
    .link = STR("/cases/YX1"),
};

static enum err send(struct tx *tx, void *l)
{
    return notify_send(tx, l);
}

static enum err unread(struct tx *tx, void *account_then_count)
{
    int64_t *x = account_then_count;
    return notify_unread(tx, x[0], &x[1]);
}

static enum err read_all(struct tx *tx, void *upto)
{
    return notify_messages_read(tx, 7, *(inst *)upto, tx->now, NULL);
}

static int64_t count(struct test_store *t, int64_t account)
{
    int64_t x[2] = { account, -1 };
    CHECK(test_store_look(t, unread, x) == OK);
    return x[1];
}

static void a_letter_is_unread_until_it_is_read(enum test_database which)
{
    struct test_store t;
    if (!test_store_open(&t, which))
        return;
    CHECK(test_store_run(&t, send, (void *)&letter) == OK);
    CHECK(count(&t, 7) == 1 && count(&t, 8) == 0);
    inst shown = t.now;
    t.now.ms += 1000;
    CHECK(test_store_run(&t, send, (void *)&letter) == OK);
    CHECK(test_store_run(&t, read_all, &shown) == OK);
    CHECK(count(&t, 7) == 1); /* what came after the page was made */
    test_store_close(&t);
}

static void counting_stops_at_a_hundred(enum test_database which)
{
    struct test_store t;
    if (!test_store_open(&t, which))
        return;
    for (int i = 0; i < 105; i++)
        CHECK(test_store_run(&t, send, (void *)&letter) == OK);
    CHECK(count(&t, 7) == 100);
    test_store_close(&t);
}

static void a_letter_has_a_title_and_stays_on_this_site(
    enum test_database which)
{
    struct test_store t;
    struct notify_letter bad = letter;
    if (!test_store_open(&t, which))
        return;
    bad.title = STR("");
    CHECK(test_store_run(&t, send, &bad) == ERR_RANGE);
    bad = letter;
    bad.link = STR("https://evil.example");
    CHECK(test_store_run(&t, send, &bad) == ERR_RANGE);
    bad.link = STR("//evil.example");
    CHECK(test_store_run(&t, send, &bad) == ERR_RANGE);
    bad.link = str_none;
    CHECK(test_store_run(&t, send, &bad) == OK);
    CHECK(count(&t, 7) == 1);
    test_store_close(&t);
}

int main(void)
{
    static void (*const tests[])(enum test_database) = {
        a_letter_is_unread_until_it_is_read,
        counting_stops_at_a_hundred,
        a_letter_has_a_title_and_stays_on_this_site,
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        for (int which = TEST_LITE; which <= TEST_PG; which++) {
            test_bad = 0;
            tests[i]((enum test_database)which);
            test_bad ? test_failed++ : test_passed++;
        }
    return test_result();
}
