/* The shared index: made once, made again when the catalogue changes, and kept
 * as long as somebody reads it. */
#include "kernel/search/kept.h"
#include "kernel/store/testing.h"
#include "kernel/store/topics.h"
#include "kernel/test/test.h"

#include <pthread.h>

static int reads;
static size_t size = 1;
static bool broken;

static enum err read_catalogue(struct tx *tx, struct rank_doc **docs,
                               size_t *n)
{
    if (broken)
        return ERR_STORE;
    reads++;
    *n = size;
    *docs = ARENA_NEW_N(tx->arena, struct rank_doc, size);
    for (size_t i = 0; i < size; i++)
        (*docs)[i] = (struct rank_doc){
            .id = (int64_t)i + 1, .code = STR("A"), .unit = STR(""),
            .name = arena_printf(tx->arena, "出生登记%zu", i),
            .unit_name = STR(""), .about = STR(""),
            .position = (int64_t)i + 1,
        };
    return OK;
}

static enum err count(struct tx *tx, void *context)
{
    const struct rank *r;
    enum err e = rank_take(tx, &r);
    if (e != OK)
        return e;
    *(size_t *)context = rank_count(r);
    rank_give(r);
    return OK;
}

static enum err change(struct tx *tx, void *context)
{
    (void)context;
    store_touch(tx, TOPIC_CATALOGUE);
    return OK;
}

/* Takes the index, changes the catalogue meanwhile, and still reads. */
static enum err hold(struct tx *tx, void *context)
{
    const struct rank **r = context;
    return rank_take(tx, r);
}

static enum err ask(struct tx *tx, void *context)
{
    struct rank_query q = { .words = STR("娃娃上户口"), .unit = STR(""),
                            .limit = 3 };
    struct rank_found *found;
    str understood;
    enum err e = rank_ask(tx, &q, &found, context, &understood);
    if (e == OK)
        CHECK_STR(understood, "出生登记");
    return e;
}

static void it_is_read_once_for_each_catalogue(struct test_store *t)
{
    size_t n = 0;
    reads = 0;
    size = 3;
    CHECK(test_store_look(t, count, &n) == OK && n == 3);
    CHECK(test_store_look(t, count, &n) == OK && n == 3);
    CHECK(reads == 1);
    size = 5;
    CHECK(test_store_run(t, change, NULL) == OK);
    CHECK(test_store_look(t, count, &n) == OK && n == 5);
    CHECK(reads == 2);
}

static void what_is_read_stays(struct test_store *t)
{
    const struct rank *old;
    size_t n;
    CHECK(test_store_look(t, hold, &old) == OK);
    size = 7;
    CHECK(test_store_run(t, change, NULL) == OK);
    CHECK(test_store_look(t, count, &n) == OK && n == 7);
    CHECK(rank_count(old) == 5);
    rank_give(old);
}

static void a_store_that_fails_is_asked_again(struct test_store *t)
{
    size_t n = 0;
    broken = true;
    CHECK(test_store_run(t, change, NULL) == OK);
    CHECK(test_store_look(t, count, &n) == ERR_STORE);
    broken = false;
    CHECK(test_store_look(t, count, &n) == OK && n == size);
}

static void what_is_meant_is_found(struct test_store *t)
{
    size_t n = 0;
    CHECK(test_store_look(t, ask, &n) == OK && n == 3);
}

static struct test_store *shared;

static void *read_often(void *bad)
{
    for (int i = 0; i < 200; i++) {
        struct arena a = { 0 };
        struct tx tx = { .arena = &a, .now = shared->now };
        const struct rank *r;
        if (store_begin(shared->store, &tx) == OK &&
            rank_take(&tx, &r) == OK) {
            *(int *)bad += rank_count(r) != size;
            rank_give(r);
        } else {
            ++*(int *)bad;
        }
        store_end(&tx);
        arena_free(&a);
    }
    return NULL;
}

static void threads_read_while_it_is_made_again(struct test_store *t)
{
    pthread_t thread[4];
    int bad[4] = { 0 };
    shared = t;
    for (int i = 0; i < 4; i++)
        CHECK(pthread_create(&thread[i], NULL, read_often, &bad[i]) == 0);
    for (int i = 0; i < 20; i++)
        CHECK(test_store_run(t, change, NULL) == OK);
    for (int i = 0; i < 4; i++) {
        CHECK(pthread_join(thread[i], NULL) == 0);
        CHECK(bad[i] == 0);
    }
}

static struct test_store *now;
#define ON(test) static void test##_(void) { test(now); }
ON(it_is_read_once_for_each_catalogue)
ON(what_is_read_stays)
ON(a_store_that_fails_is_asked_again)
ON(what_is_meant_is_found)
ON(threads_read_while_it_is_made_again)

static void on(enum test_database which)
{
    struct test_store t;
    if (!test_store_open(&t, which))
        return;
    now = &t;
    RUN(it_is_read_once_for_each_catalogue_);
    RUN(what_is_read_stays_);
    RUN(a_store_that_fails_is_asked_again_);
    RUN(what_is_meant_is_found_);
    RUN(threads_read_while_it_is_made_again_);
    test_store_close(&t);
}

int main(void)
{
    rank_configure(read_catalogue);
    on(TEST_LITE);
    on(TEST_PG);
    return test_result();
}
