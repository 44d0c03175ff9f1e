/* The chain: whole after everything, broken by anything. */
#include "kernel/audit/audit.h"
#include "kernel/search/search.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <stdlib.h>
#include <string.h>

static enum test_database database;

static enum err note(struct tx *tx, void *object)
{
    return audit_note(tx, STR("case.accept"), str_of(object), STR("同意"));
}

static enum err note_and_refuse(struct tx *tx, void *object)
{
    enum err e = note(tx, object);
    return e == OK ? ERR_CONFLICT : e;
}

static enum err look(struct tx *tx, void *object)
{
    return audit_look(tx, STR("case.unmask"), str_of(object));
}

static enum err verify(struct tx *tx, void *to)
{
    return audit_verify(tx, to);
}

static struct audit_verdict verdict(struct test_store *t)
{
    struct audit_verdict v = { .entries = -1 };
    CHECK(test_store_look(t, verify, &v) == OK);
    return v;
}

static void an_untouched_chain_is_whole(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    for (int i = 0; i < 50; i++)
        CHECK(test_store_run(&t, note, "YX1") == OK);
    struct audit_verdict v = verdict(&t);
    CHECK(v.entries == 50 && v.broken == 0 && v.head.n == 64);
    test_store_close(&t);
}

static void a_refused_command_leaves_no_gap(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    CHECK(test_store_run(&t, note, "YX1") == OK);
    CHECK(test_store_run(&t, note_and_refuse, "YX2") == ERR_CONFLICT);
    CHECK(test_store_run(&t, note, "YX3") == OK);
    struct audit_verdict v = verdict(&t);
    CHECK(v.entries == 2 && v.broken == 0);
    test_store_close(&t);
}

static void the_chain_goes_on_after_a_restart(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    CHECK(test_store_run(&t, note, "YX1") == OK);
    store_close(t.store);
    t.store = NULL;
    test_store_reopen(&t);
    CHECK(test_store_run(&t, note, "YX2") == OK);
    struct audit_verdict v = verdict(&t);
    CHECK(v.entries == 2 && v.broken == 0);
    test_store_close(&t);
}

static void a_look_is_an_entry_of_its_own(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    CHECK(test_store_look(&t, look, "YX1") == OK);
    CHECK(test_store_run(&t, note, "YX1") == OK); /* behind the look */
    CHECK(verdict(&t).entries == 2);
    test_store_close(&t);
}

/* ---- tampering, with the database's own tools ---- */

static void disarm(struct test_store *t)
{
    CHECK(test_store_sql(t, database == TEST_PG
                                ? "ALTER TABLE audit_entry DISABLE TRIGGER ALL"
                                : "DROP TRIGGER audit_entry_kept;"
                                  "DROP TRIGGER audit_entry_stays"));
}

static void the_database_refuses_to_change_an_entry(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    CHECK(test_store_run(&t, note, "YX1") == OK);
    CHECK(!test_store_sql(&t, "UPDATE audit_entry SET actor = 'x'"));
    CHECK(!test_store_sql(&t, "DELETE FROM audit_entry"));
    CHECK(verdict(&t).entries == 1);
    test_store_close(&t);
}

static enum err put_document_and_note(struct tx *tx, void *object)
{
    enum err e = search_put(tx, 1, STR("item"), STR(""), STR("养老"), STR(""));
    return e == OK ? note(tx, object) : e;
}

static enum err find_document(struct tx *tx, void *found)
{
    struct search_query q = { .kind = STR("item"), .words = STR("养老"),
                              .limit = 1 };
    int64_t *ids;
    return search_find(tx, &q, &ids, found);
}

static void what_cannot_be_noted_is_not_done(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    CHECK(test_store_run(&t, note, "YX1") == OK);
    CHECK(test_store_sql(&t, database == TEST_PG
                       ? "ALTER TABLE audit_entry ADD CHECK (seq < 2)"
                       : "CREATE TRIGGER stop BEFORE INSERT ON audit_entry "
                         "BEGIN SELECT RAISE(ABORT, 'full'); END"));
    size_t found = 9;
    CHECK(test_store_run(&t, put_document_and_note, "YX2") == ERR_STORE);
    CHECK(test_store_look(&t, find_document, &found) == OK && found == 0);
    CHECK(verdict(&t).entries == 1 && verdict(&t).broken == 0);
    test_store_close(&t);
}

static const char *const harms[] = {
    "UPDATE audit_entry SET at = at + 1 WHERE seq = 5",
    "UPDATE audit_entry SET account = 8 WHERE seq = 5",
    "UPDATE audit_entry SET actor = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET unit = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET role = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET via = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET client = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET action = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET object = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET detail = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET request = 'x' WHERE seq = 5",
    "UPDATE audit_entry SET digest = (SELECT e.digest FROM audit_entry e "
    "WHERE e.seq = 4) WHERE seq = 5",
    /* one byte moved from one column to the next */
    "UPDATE audit_entry SET unit = 'D02', role = '2officer' WHERE seq = 5",
    "DELETE FROM audit_entry WHERE seq = 5",
    "DELETE FROM audit_entry WHERE seq = 5;"
    "UPDATE audit_entry SET seq = seq - 1 WHERE seq > 5",
};

static void every_harm_is_found_where_it_was_done(void)
{
    for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
        struct test_store t;
        if (!test_store_open(&t, database))
            return;
        for (int k = 0; k < 8; k++)
            CHECK(test_store_run(&t, note, "YX1") == OK);
        disarm(&t);
        CHECK(test_store_sql(&t, harms[i]));
        struct audit_verdict v = verdict(&t);
        if (v.broken != 5 || v.entries != 4)
            fprintf(stderr, "not found: %s\n", harms[i]);
        CHECK(v.broken == 5 && v.entries == 4);
        test_store_close(&t);
    }
}

static void the_command_tells_and_exits_accordingly(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    for (int k = 0; k < 8; k++)
        CHECK(test_store_run(&t, note, "YX1") == OK);
    char *argv[] = { "audit", "verify",
                     database == TEST_PG ? "--database" : "--data",
                     database == TEST_PG ? t.url : t.dir, NULL };
    CHECK(audit_command(4, argv) == 0); /* while the store is open */
    disarm(&t);
    CHECK(test_store_sql(&t, harms[0]));
    CHECK(audit_command(4, argv) == 1);
    CHECK(audit_command(1, argv) == 2);
    test_store_close(&t);
}

static void all_of_them(void)
{
    RUN(an_untouched_chain_is_whole);
    RUN(a_refused_command_leaves_no_gap);
    RUN(the_chain_goes_on_after_a_restart);
    RUN(a_look_is_an_entry_of_its_own);
    RUN(the_database_refuses_to_change_an_entry);
    RUN(what_cannot_be_noted_is_not_done);
    RUN(every_harm_is_found_where_it_was_done);
    RUN(the_command_tells_and_exits_accordingly);
}

int main(void)
{
    all_of_them();
    database = TEST_PG;
    if (getenv("ZT_TEST_PG"))
        all_of_them();
    else
        puts("skipped on PostgreSQL: ZT_TEST_PG not set");
    return test_result();
}
