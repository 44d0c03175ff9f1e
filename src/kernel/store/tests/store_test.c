/* The store's promises, each on SQLite and, when there is one, PostgreSQL. */
#include "kernel/store/kept.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* ---- a small room of our own, written as sqlgen would ---- */

struct thing {
    int64_t id;
    str name;
    day due;
    bool open;
};

static int slot[8];
static const uint16_t thing_at[] = {
    offsetof(struct thing, id), offsetof(struct thing, name),
    offsetof(struct thing, due), offsetof(struct thing, open)
};

static const struct store_query create = {
    .name = "test.create", .kind = STORE_RUN, .in = "", .out = "",
    .lite = "CREATE TABLE IF NOT EXISTS test_thing (id INTEGER PRIMARY KEY, "
            "name TEXT NOT NULL UNIQUE, due INTEGER, open INTEGER NOT NULL)",
    .pg = "CREATE TABLE IF NOT EXISTS test_thing (id BIGINT PRIMARY KEY, "
          "name TEXT NOT NULL UNIQUE, due BIGINT, open BIGINT NOT NULL)",
    .slot = &slot[0],
};
static const struct store_query insert = {
    .name = "test.insert", .kind = STORE_CHANGE, .in = "itdb", .out = "",
    .lite = "INSERT INTO test_thing (id, name, due, open) "
            "VALUES (?1, ?2, ?3, ?4)",
    .pg = "INSERT INTO test_thing (id, name, due, open) "
          "VALUES ($1, $2, $3, $4)",
    .slot = &slot[1],
};
static const struct store_query find = {
    .name = "test.find", .kind = STORE_ONE, .in = "t", .out = "itdb",
    .lite = "SELECT id, name, due, open FROM test_thing WHERE name = ?1",
    .pg = "SELECT id, name, due, open FROM test_thing WHERE name = $1",
    .offset = thing_at, .row = sizeof(struct thing), .slot = &slot[2],
};
static const struct store_query list = {
    .name = "test.list", .kind = STORE_MANY, .in = "", .out = "itdb",
    .lite = "SELECT id, name, due, open FROM test_thing ORDER BY id",
    .pg = "SELECT id, name, due, open FROM test_thing ORDER BY id",
    .offset = thing_at, .row = sizeof(struct thing), .slot = &slot[3],
};
static const struct store_query shut = {
    .name = "test.shut", .kind = STORE_CHANGE, .in = "t", .out = "",
    .lite = "UPDATE test_thing SET open = 0 WHERE name = ?1 AND open = 1",
    .pg = "UPDATE test_thing SET open = 0 WHERE name = $1 AND open = 1",
    .slot = &slot[4],
};
static const uint16_t number_at[] = { 0 };
static const struct store_query fail = { /* only PostgreSQL minds */
    .name = "test.fail", .kind = STORE_ONE, .in = "i", .out = "i",
    .lite = "SELECT 1 / ?1", .pg = "SELECT 1 / $1",
    .offset = number_at, .row = sizeof(int64_t), .slot = &slot[5],
};
static const struct store_query *const queries[] = { &create, &insert, &find,
                                                     &list, &shut, &fail };

static enum err make_table(struct tx *tx, void *unused)
{
    (void)unused;
    return store_run(tx, &create, NULL, NULL);
}

static enum err add(struct tx *tx, void *name)
{
    struct store_param in[] = { store_int(store_id(tx->store)),
                                store_text(str_of(name)), store_day(day_none),
                                store_bool(true) };
    return store_change(tx, &insert, in);
}

static enum err all(struct tx *tx, struct thing **rows, size_t *n)
{
    return store_many(tx, &list, NULL, (void **)rows, n);
}

static enum err count(struct tx *tx, void *to)
{
    struct thing *rows;
    return all(tx, &rows, to);
}

static size_t things(struct test_store *t)
{
    size_t n = 999;
    CHECK(test_store_look(t, count, &n) == OK);
    return n;
}

static enum test_database database;

static bool fresh(struct test_store *t)
{
    if (!test_store_open(t, database))
        return false;
    CHECK(test_store_run(t, make_table, NULL) == OK);
    return true;
}

/* ---- tests ---- */

static enum err read_back(struct tx *tx, void *unused)
{
    (void)unused;
    struct thing x;
    struct store_param in[] = { store_text(STR("养老")) };
    enum err e = store_one(tx, &find, in, &x);
    CHECK(e == OK);
    if (e == OK) {
        CHECK_STR(x.name, "养老");
        CHECK(day_is_none(x.due) && x.open && x.id > 0);
    }
    in[0] = store_text(STR("没有"));
    CHECK(store_one(tx, &find, in, &x) == ERR_NOTFOUND);
    CHECK(tx->queries == 2);
    return OK;
}

static void what_is_written_is_read(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    CHECK(test_store_run(&t, add, "养老") == OK);
    CHECK(test_store_look(&t, read_back, NULL) == OK);
    test_store_close(&t);
}

static enum err add_then_refuse(struct tx *tx, void *name)
{
    enum err e = add(tx, name);
    CHECK(e == OK);
    store_touch(tx, 3);
    *(int *)store_memory(tx) += 1;
    return ERR_RANGE;
}

static enum err look_at_memory(struct tx *tx, void *to)
{
    *(int *)to = *(int *)store_memory(tx);
    return OK;
}

static void a_refused_command_leaves_no_trace(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    int memory = 99;
    CHECK(test_store_run(&t, add_then_refuse, "甲") == ERR_RANGE);
    CHECK(things(&t) == 0);
    CHECK(store_version(t.store, 3) == 0);
    CHECK(test_store_run(&t, look_at_memory, &memory) == OK);
    CHECK(memory == 0);
    test_store_close(&t);
}

static enum err shut_it(struct tx *tx, void *name)
{
    struct store_param in[] = { store_text(str_of(name)) };
    return store_change(tx, &shut, in);
}

static void who_comes_second_gets_a_conflict(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    CHECK(test_store_run(&t, add, "甲") == OK);
    CHECK(test_store_run(&t, shut_it, "甲") == OK);
    CHECK(test_store_run(&t, shut_it, "甲") == ERR_CONFLICT);
    CHECK(test_store_run(&t, add, "甲") == ERR_CONFLICT);
    CHECK(things(&t) == 1);
    test_store_close(&t);
}

static enum err add_twice_and_claim_success(struct tx *tx, void *name)
{
    CHECK(add(tx, "乙") == OK);
    CHECK(add(tx, name) == OK);
    CHECK(add(tx, name) == ERR_CONFLICT);
    CHECK(add(tx, "丙") == ERR_CONFLICT); /* lost from here on */
    return OK;
}

static void a_command_the_database_refused_cannot_succeed(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    CHECK(test_store_run(&t, add_twice_and_claim_success, "甲") ==
          ERR_CONFLICT);
    CHECK(things(&t) == 0);
    CHECK(test_store_run(&t, add, "甲") == OK);
    test_store_close(&t);
}

static enum err eat_memory(struct tx *tx, void *unused)
{
    (void)unused;
    CHECK(add(tx, "甲") == OK);
    struct thing *rows;
    size_t n;
    for (;;)
        if (all(tx, &rows, &n) != OK)
            return ERR_STORE;
}

static void the_ceiling_of_memory_only_undoes_the_command(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    t.arena.ceiling = t.arena.used + (1 << 20);
    CHECK(test_store_run(&t, eat_memory, NULL) == ERR_BUSY);
    t.arena.ceiling = 0;
    CHECK(things(&t) == 0);
    CHECK(test_store_run(&t, add, "乙") == OK);
    test_store_close(&t);
}

static enum err write_on_a_snapshot(struct tx *tx, void *unused)
{
    (void)unused;
    return add(tx, "甲");
}

static void a_reader_cannot_write(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    CHECK(test_store_look(&t, write_on_a_snapshot, NULL) == ERR_STORE);
    CHECK(things(&t) == 0);
    test_store_close(&t);
}

static enum err write_beside_a_reader(struct tx *tx, void *p)
{
    size_t before = 99, after = 99;
    enum err e = count(tx, &before);
    CHECK(e == OK && test_store_run(p, add, "乙") == OK);
    e = count(tx, &after);
    CHECK(before == 1 && after == 1);
    return e;
}

static void a_snapshot_does_not_move(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    CHECK(test_store_run(&t, add, "甲") == OK);
    CHECK(test_store_look(&t, write_beside_a_reader, &t) == OK);
    CHECK(things(&t) == 2);
    test_store_close(&t);
}

/* ---- many at once ---- */

enum { MANY = 300 };

struct numbered {
    struct command c;
    struct arena arena;
    int number, order;
    char name[24];
};
static int told;

static enum err run_numbered(struct command *c, struct tx *tx)
{
    struct numbered *n = (struct numbered *)c;
    enum err e = add(tx, n->name);
    store_touch(tx, 5);
    return e == OK && n->number % 3 == 0 ? ERR_RANGE : e;
}

static void done_numbered(struct command *c, enum err e)
{
    struct numbered *n = (struct numbered *)c;
    CHECK(e == c->result);
    n->order = ++told;
}

static void a_group_keeps_its_order_and_each_its_own_fate(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    static struct numbered many[MANY];
    memset(many, 0, sizeof many);
    told = 0;
    for (int i = 0; i < MANY; i++) {
        many[i].number = i;
        snprintf(many[i].name, sizeof many[i].name, "事%d", i);
        many[i].c = (struct command){
            .run = run_numbered, .done = done_numbered,
            .tx = { .arena = &many[i].arena, .now = t.now } };
        CHECK(store_submit(t.store, &many[i].c) == OK);
    }
    CHECK(test_store_run(&t, add, "尾") == OK); /* behind all of them */
    for (int i = 0; i < MANY; i++) {
        CHECK(many[i].order == i + 1);
        CHECK(many[i].c.result == (i % 3 == 0 ? ERR_RANGE : OK));
        arena_free(&many[i].arena);
    }
    CHECK(things(&t) == MANY - MANY / 3 + 1);
    CHECK(store_version(t.store, 5) > 0);
    test_store_close(&t);
}

/* Every tenth reads what cannot be read before it writes; PostgreSQL then ends
 * the whole transaction, the others' part of it too. */
static enum err run_some_fail(struct command *c, struct tx *tx)
{
    struct numbered *n = (struct numbered *)c;
    int64_t quotient;
    struct store_param in[] = { store_int(n->number % 10 ? 1 : 0) };
    enum err e = store_one(tx, &fail, in, &quotient);
    return e == OK ? add(tx, n->name) : e;
}

static void one_that_breaks_the_group_breaks_nobody_else(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    static struct numbered many[MANY];
    memset(many, 0, sizeof many);
    for (int i = 0; i < MANY; i++) {
        many[i].number = i;
        snprintf(many[i].name, sizeof many[i].name, "事%d", i);
        many[i].c = (struct command){
            .run = run_some_fail, .done = done_numbered,
            .tx = { .arena = &many[i].arena, .now = t.now } };
        CHECK(store_submit(t.store, &many[i].c) == OK);
    }
    CHECK(test_store_run(&t, add, "尾") == OK);
    bool pg = database == TEST_PG;
    for (int i = 0; i < MANY; i++) {
        CHECK(many[i].c.result == (pg && i % 10 == 0 ? ERR_STORE : OK));
        arena_free(&many[i].arena);
    }
    CHECK(things(&t) == (pg ? MANY - MANY / 10 : MANY) + 1);
    test_store_close(&t);
}

static void ids_grow_even_after_a_restart(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    int64_t last = 0, id = 0;
    for (int i = 0; i < 200000; i++, last = id)
        if ((id = store_id(t.store)) <= last)
            break;
    CHECK(id == last && id > 0);
    CHECK(test_store_run(&t, add, "甲") == OK);
    id = store_id(t.store);
    store_close(t.store);
    t.store = NULL;
    test_store_reopen(&t);
    CHECK(store_id(t.store) > id);
    test_store_close(&t);
}

static enum err touch(struct tx *tx, void *unused)
{
    (void)unused;
    store_touch(tx, 7);
    return add(tx, "甲");
}

static void who_awaits_a_topic_wakes_when_it_is_durable(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    int64_t begin = tick_ms();
    CHECK(store_await(t.store, 7, 0, 30) == 0);
    CHECK(tick_ms() - begin >= 29);
    CHECK(test_store_run(&t, touch, NULL) == OK);
    CHECK(store_await(t.store, 7, 0, 60000) == 1);
    test_store_close(&t);
}

static void every_statement_fits_the_database(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    str problem = STR("");
    enum err e = store_check(t.store, &t.arena, &problem);
    CHECK(e == OK);
    CHECK_STR(problem, "");
    test_store_close(&t);
}

static enum err read_number(struct tx *tx, const void **out)
{
    size_t n;
    enum err e = count(tx, &n);
    *out = e == OK ? ARENA_NEW(tx->arena, size_t) : NULL;
    if (e == OK)
        *(size_t *)*out = n;
    return e;
}

static struct store_kept number = { .lock = PTHREAD_MUTEX_INITIALIZER,
                                    .topic = 6, .read = read_number };

static enum err kept_number(struct tx *tx, void *to)
{
    const void *kept;
    enum err e = store_keep(tx, &number, &kept);
    *(size_t *)to = e == OK ? *(const size_t *)kept : 99;
    return e;
}

static enum err add_and_touch(struct tx *tx, void *name)
{
    store_touch(tx, number.topic);
    return add(tx, name);
}

/* The topic moves after the snapshot was taken and before it is kept. */
static enum err keep_late(struct tx *tx, void *context)
{
    struct test_store *t = context;
    size_t n;
    CHECK(count(tx, &n) == OK && n == 1); /* now the snapshot is fixed */
    CHECK(test_store_run(t, add_and_touch, "乙") == OK);
    CHECK(kept_number(tx, &n) == OK && n == 1);
    return OK;
}

/* What a command sees while it runs may still be undone. */
static enum err keep_and_refuse(struct tx *tx, void *unused)
{
    (void)unused;
    size_t n;
    CHECK(add_and_touch(tx, "丙") == OK);
    CHECK(kept_number(tx, &n) == OK);
    return ERR_RANGE;
}

static void what_is_kept_is_never_older_than_its_topic(void)
{
    struct test_store t;
    if (!fresh(&t))
        return;
    size_t n;
    /* Nothing of the store that may have been at this address before. */
    CHECK(test_store_look(&t, kept_number, &n) == OK && n == 0);
    CHECK(test_store_run(&t, add_and_touch, "甲") == OK);
    CHECK(test_store_look(&t, keep_late, &t) == OK);
    CHECK(test_store_look(&t, kept_number, &n) == OK && n == 2);
    CHECK(test_store_run(&t, keep_and_refuse, NULL) == ERR_RANGE);
    CHECK(test_store_look(&t, kept_number, &n) == OK && n == 2);
    CHECK(test_store_run(&t, add_and_touch, "丁") == OK);
    CHECK(test_store_look(&t, kept_number, &n) == OK && n == 3);
    arena_free(&number.arena);
    test_store_close(&t);
}

/* ---- a command larger than what SQLite keeps in memory (32 MiB) ---- */

enum { LARGE = 10000, LONG = 2500 };

/* The i-th name: its number, then padding; text and index are 50 MB in all. */
static str long_name(char *to, int i)
{
    memset(to, 'a' + i % 26, LONG);
    snprintf(to, LONG, "%d", i);
    to[strlen(to)] = ' ';
    return (str){ to, LONG };
}

static enum err found(struct tx *tx, int i)
{
    char name[LONG];
    struct thing x;
    struct store_param in[] = { store_text(long_name(name, i)) };
    return store_one(tx, &find, in, &x);
}

/* What was spilled before the commit is read again by who wrote it. */
static enum err write_many(struct tx *tx, void *result)
{
    char name[LONG];
    enum err e = OK;
    for (int i = 0; i < LARGE && e == OK; i++) {
        struct store_param in[] = { store_int(store_id(tx->store)),
                                    store_text(long_name(name, i)),
                                    store_day(day_none), store_bool(true) };
        e = store_change(tx, &insert, in);
        if (e == OK && i % 100 == 99)
            e = found(tx, i / 2);
    }
    return e == OK ? *(enum err *)result : e;
}

static enum err look_at_many(struct tx *tx, void *unused)
{
    (void)unused;
    for (int i = 0; i < LARGE; i += 7)
        if (found(tx, i) != OK)
            return ERR_NOTFOUND;
    return found(tx, LARGE) == ERR_NOTFOUND ? OK : ERR_CONFLICT;
}

static void a_command_larger_than_memory_is_whole_or_nothing(void)
{
    struct test_store t;
    enum err keep = OK, refuse = ERR_RANGE;
    if (!fresh(&t))
        return;
    CHECK(test_store_run(&t, write_many, &refuse) == ERR_RANGE);
    CHECK(things(&t) == 0);
    CHECK(test_store_run(&t, write_many, &keep) == OK);
    CHECK(test_store_look(&t, look_at_many, NULL) == OK);
    CHECK(test_store_run(&t, add, "短") == OK);
    store_close(t.store);
    t.store = NULL;
    test_store_reopen(&t);
    CHECK(test_store_look(&t, look_at_many, NULL) == OK);
    CHECK(things(&t) == LARGE + 1);
    test_store_close(&t);
}

static void all_of_them(void)
{
    RUN(a_command_larger_than_memory_is_whole_or_nothing);
    RUN(what_is_written_is_read);
    RUN(a_refused_command_leaves_no_trace);
    RUN(who_comes_second_gets_a_conflict);
    RUN(a_command_the_database_refused_cannot_succeed);
    RUN(the_ceiling_of_memory_only_undoes_the_command);
    RUN(a_reader_cannot_write);
    RUN(a_snapshot_does_not_move);
    RUN(a_group_keeps_its_order_and_each_its_own_fate);
    RUN(one_that_breaks_the_group_breaks_nobody_else);
    RUN(ids_grow_even_after_a_restart);
    RUN(who_awaits_a_topic_wakes_when_it_is_durable);
    RUN(what_is_kept_is_never_older_than_its_topic);
    RUN(every_statement_fits_the_database);
}

int main(void)
{
    store_register(queries, sizeof queries / sizeof *queries);
    all_of_them();
    if (getenv("ZT_TEST_PG")) {
        database = TEST_PG;
        all_of_them();
    } else {
        puts("skipped on PostgreSQL: ZT_TEST_PG not set");
    }
    return test_result();
}
