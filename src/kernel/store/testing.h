/*
 * testing -- a fresh, empty store for one test, on either database.
 *
 *   struct test_store t;
 *   if (!test_store_open(&t, TEST_LITE))
 *       return;
 *   CHECK(test_store_run(&t, my_work, &context) == OK);
 *   test_store_close(&t);
 *
 * TEST_PG works in a schema of its own in the database that ZT_TEST_PG names
 * (tests/with_postgres.sh starts one) and is skipped, saying so once, without.
 */
#ifndef KERNEL_STORE_TESTING_H
#define KERNEL_STORE_TESTING_H

#include "kernel/store/store.h"

enum test_database { TEST_LITE, TEST_PG };

struct test_store {
    struct store *store;
    struct arena arena; /* no ceiling; freed by test_store_close */
    char dir[64];       /* SQLite: the folder; may be opened again after
                           store_close */
    char url[512];      /* PostgreSQL */
    struct who who;     /* account 7, 王芳, unit D022, officer, window */
    inst now;           /* of commands and snapshots; 2026-11-20 10:24 */
};

/* False when skipped; a store that cannot be opened ends the program. */
bool test_store_open(struct test_store *t, enum test_database which);
void test_store_close(struct test_store *t);
/* After the test closed t->store itself (and set NULL): the same data again. */
void test_store_reopen(struct test_store *t);

/* Statements given to the database past the store, as somebody with its
 * password would; false when it refuses. */
bool test_store_sql(struct test_store *t, const char *sql);

/* Runs work as a command and waits; memory from t->arena. */
typedef enum err test_work(struct tx *tx, void *context);
enum err test_store_run(struct test_store *t, test_work *work, void *context)
    MUST_USE;
/* Runs work on a read snapshot. */
enum err test_store_look(struct test_store *t, test_work *work, void *context)
    MUST_USE;

#endif
