/* How many items each organisation has is counted with the classes, once a
 * version of the catalogue; it is what the items themselves say. */
#include "demo/tests/place.h"
#include "kernel/store/topics.h"
#include "services/guide/classes.h"

struct counts {
    int64_t listed, of_unit, counted;
    bool in_order;
};

static enum err count(struct tx *tx, void *context)
{
    struct counts *s = context;
    const struct classed *c;
    struct catalogue_items *item;
    size_t n;
    *s = (struct counts){ .in_order = true };
    enum err e = classed_read(tx, &c);
    if (e == OK)
        e = catalogue_items(tx, &item, &n);
    if (e != OK)
        return e;
    for (size_t i = 0; i < c->units; i++) {
        s->listed += c->unit[i].items;
        if (str_is(c->unit[i].code, "D014"))
            s->of_unit = c->unit[i].items;
        if (i && c->unit[i - 1].position > c->unit[i].position)
            s->in_order = false;
    }
    for (size_t i = 0; i < n; i++)
        s->counted += str_is(item[i].unit, "D014");
    CHECK(s->listed == (int64_t)n);
    return OK;
}

static enum err state(struct tx *tx, void *context)
{
    tx->notes++;
    store_touch(tx, TOPIC_CATALOGUE);
    return item_set_state(tx, STR("DEMO-13-004"), str_of(context),
                          STR("系统升级"));
}

static struct counts counts(void)
{
    struct counts s;
    CHECK(test_store_look(&place.t, count, &s) == OK);
    CHECK(s.in_order && s.of_unit == s.counted);
    return s;
}

static void organisations_count_their_items(void)
{
    struct counts before = counts();
    CHECK(before.of_unit > 0 && before.listed > before.of_unit);
    CHECK(test_store_run(&place.t, state, "withdrawn") == OK);
    struct counts after = counts();
    CHECK(after.of_unit == before.of_unit - 1);
    CHECK(after.listed == before.listed - 1);
    CHECK(test_store_run(&place.t, state, "paused") == OK);
    CHECK(counts().of_unit == before.of_unit);
}

static void on(enum test_database which)
{
    if (!place_open(which, true))
        return;
    RUN(organisations_count_their_items);
    place_close();
}

int main(void)
{
    on(TEST_LITE);
    on(TEST_PG);
    return test_result();
}
