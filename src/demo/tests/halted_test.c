/* A theme one item of which is paused: everybody with a draft of it is told
 * once, keeps the draft however long it takes, and is told when it is back. */
#include "demo/tests/place.h"
#include "kernel/notify/queries.gen.h"
#include "kernel/store/topics.h"
#include "services/apply/draft.h"
#include "services/guide/halted.h"

static char number[32];

static enum err begin(struct tx *tx, void *context)
{
    const struct offer *o;
    struct draft d;
    struct who who = *tx->who;
    (void)context;
    tx->notes++;
    who.account = place.city.zhou;
    tx->who = &who;
    enum err e = offer_find(tx, STR("canyin"), &o);
    if (e == OK)
        e = draft_new(tx, o, value_new(tx->arena, VALUE_OBJECT), &d);
    if (e == OK)
        snprintf(number, sizeof number, "%.*s", STR_ARG(d.number));
    return e;
}

static enum err state(struct tx *tx, void *context)
{
    tx->notes++;
    store_touch(tx, TOPIC_CATALOGUE);
    return item_set_state(tx, STR("DEMO-13-004"), str_of(context),
                          STR("系统升级"));
}

static enum err look(struct tx *tx, void *context)
{
    bool more;
    (void)context;
    tx->notes++;
    return halted_job(tx, &more);
}

struct counted {
    int64_t halted, back;
};

static enum err count(struct tx *tx, void *context)
{
    struct counted *c = context;
    struct notify_messages_page *l;
    size_t n;
    enum err e = notify_messages_page(tx, place.city.zhou, 0, &l, &n);
    *c = (struct counted){ 0 };
    for (size_t i = 0; e == OK && i < n; i++) {
        c->halted += str_is(l[i].title, "“我要开餐饮店”暂停受理");
        c->back += str_is(l[i].title, "“我要开餐饮店”恢复受理");
    }
    return e;
}

static struct counted letters(void)
{
    struct counted c;
    CHECK(test_store_run(&place.t, look, NULL) == OK);
    CHECK(test_store_look(&place.t, count, &c) == OK);
    return c;
}

static enum err kept(struct tx *tx, void *context)
{
    struct draft_one d;
    (void)context;
    return draft_one(tx, str_of(number), place.city.zhou, &d);
}

static enum err expired(struct tx *tx, void *context)
{
    struct draft_expired *d;
    size_t *n = context;
    return draft_expired(tx, (day){ tx_today(tx).n + 60 }, &d, n);
}

static void who_has_a_draft_is_told_once_a_turn(void)
{
    size_t n;
    CHECK(test_store_run(&place.t, begin, NULL) == OK);
    CHECK(letters().halted == 0);
    CHECK(test_store_run(&place.t, state, "paused") == OK);
    CHECK(letters().halted == 1);
    CHECK(letters().halted == 1);
    CHECK(test_store_run(&place.t, state, "withdrawn") == OK);
    CHECK(letters().halted == 1); /* another reason, the same turn */
    CHECK(test_store_look(&place.t, expired, &n) == OK);
    size_t while_halted = n;
    CHECK(test_store_run(&place.t, state, "live") == OK);
    CHECK(letters().back == 1);
    CHECK(letters().back == 1);
    CHECK(test_store_look(&place.t, expired, &n) == OK);
    CHECK(n == while_halted + 1); /* it ages again */
    CHECK(test_store_look(&place.t, kept, NULL) == OK);
    CHECK(test_store_run(&place.t, state, "paused") == OK);
    CHECK(letters().halted == 2);
}

static void on(enum test_database which)
{
    if (!place_open(which, true))
        return;
    RUN(who_has_a_draft_is_told_once_a_turn);
    place_close();
}

int main(void)
{
    on(TEST_LITE);
    on(TEST_PG);
    return test_result();
}
