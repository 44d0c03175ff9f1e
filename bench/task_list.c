/*
 * How long does 我的任务 take when 1,000,000 tasks are open?
 *
 * 300 organisations with 20 duties each; a tenth of all tasks lies on one desk
 * of the clerk, who holds 20 duties of his organisation; 12 processes.  Looked
 * at: the first page with no filter, of one process, of what is late, of what
 * is his own, a page from the middle of the long desk, and what was found by
 * words (500 cases).  Unit: milliseconds, the 99th of 100 looks, on SQLite.
 * Worry above 10.
 */
#include "kernel/auth/auth.h"
#include "kernel/process/inside.h"
#include "kernel/store/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TASKS = 1000000, LOOKS = 100, DAY = 20779 }; /* 2026-11-22 */

/* Cases without a state: nobody opens them here. */
static const char *const fill[] = {
    "INSERT INTO process_def (id, kind, key, version, title, xml, digest, "
    "deployed) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 12) SELECT i, 'process', 'p' || i, 1, 't', 'x', 'd' || i, 0 "
    "FROM n",
    "INSERT INTO process_case (id, number, def, module, title, unit, "
    "applicant, began, due, state, revision, body) WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i, "
    "'SX' || i, i % 12 + 1, 'matters', '一件事', 'D' || (i % 300), 0, 0, "
    "20700 + i % 150, 'running', 1, '' FROM n",
    "INSERT INTO process_task (id, case_id, task, node, name, unit, duty, "
    "assignee, state, opened, due, made, module, key) WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i, i, "
    "1, 't', '承办', CASE WHEN i % 10 = 0 THEN 'D022' ELSE 'D' || (i % 300) "
    "END, CASE WHEN i % 10 = 0 THEN '岗位1' ELSE '岗位' || (i / 300 % 20) END, "
    "CASE WHEN i % 1000 = 1 THEN 99 END, 'open', 0, 20700 + i % 150, i, "
    "'matters', 'p' || (i % 12 + 1) FROM n",
    NULL
};

static enum err seat(struct tx *tx, void *clerk)
{
    struct auth_unit u = { .code = STR("D022"), .name = STR("市场监管局"),
                           .kind = STR("department"), .position = 1 };
    struct auth_account a = { .login = STR("clerk"), .name = STR("王芳"),
                              .kind = STR("staff"), .password = STR("$x") };
    enum err e = auth_add_unit(tx, &u);
    if (e == OK)
        e = auth_add_account(tx, &a, clerk);
    for (int i = 0; i < 20 && e == OK; i++) {
        struct auth_duty d = { .unit = STR("D022"),
                               .duty = arena_printf(tx->arena, "岗位%d", i),
                               .account = *(int64_t *)clerk,
                               .from = day_of(2026, 1, 1), .to = day_none };
        e = auth_add_duty(tx, &d, NULL);
    }
    return e;
}

struct look {
    const char *name;
    struct process_wanted wanted;
    int64_t clerk;
    size_t rows;
};

static enum err look_work(struct tx *tx, void *context)
{
    struct look *l = context;
    struct process_row *r;
    return process_list(tx, l->clerk, &l->wanted, &r, &l->rows);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(struct test_store *t, struct look *l)
{
    double took[LOOKS];
    for (int i = 0; i < LOOKS; i++) {
        double from = now_ms();
        if (test_store_look(t, look_work, l) != OK || l->rows == 0)
            exit(1);
        took[i] = now_ms() - from;
        arena_reset(&t->arena);
    }
    qsort(took, LOOKS, sizeof *took, by_size);
    printf("%s\t%.2f\tms p99\tworry above 10\n", l->name, took[LOOKS - 2]);
}

/* 500 ids as the index of words gives them. */
static str found(struct buf *b)
{
    for (int i = 0; i < 500; i++)
        buf_printf(b, "%s%d", i ? "," : "[", TASKS - i * 1990);
    buf_byte(b, ']');
    return buf_str(b);
}

int main(void)
{
    struct test_store t;
    struct buf ids = { 0 };
    int64_t clerk = 0;
    if (!test_store_open(&t, TEST_LITE) ||
        test_store_run(&t, seat, &clerk) != OK)
        return 1;
    for (int i = 0; fill[i]; i++)
        if (!test_store_sql(&t, fill[i]))
            return 1;
    const struct process_wanted all = {
        .module = STR("matters"), .key = STR(""), .from = day_none,
        .until = day_none, .cases = str_none,
    };
    struct look looks[] = {
        { "tasks_all", all, clerk, 0 }, { "tasks_of_a_process", all, clerk, 0 },
        { "tasks_late", all, clerk, 0 }, { "tasks_posts", all, clerk, 0 },
        { "tasks_from_the_middle", all, clerk, 0 },
        { "tasks_by_words", all, clerk, 0 },
    };
    looks[1].wanted.key = STR("p7");
    looks[2].wanted.until = (day){ DAY - 1 };
    looks[3].wanted.which = PROCESS_POSTS;
    looks[4].wanted.after = (day){ DAY };
    looks[4].wanted.id = TASKS / 2;
    looks[5].wanted.cases = found(&ids);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        measure(&t, &looks[i]);
    buf_free(&ids);
    test_store_close(&t);
    return 0;
}
