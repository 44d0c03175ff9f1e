/* zhengtong check finds what is not so: each break on its own line. */
#include "demo/tests/place.h"
#include "kernel/job/job.h"
#include "kernel/page/page.h"
#include "supervision/queries.gen.h"

#include <fcntl.h>

/* The command's exit; what it printed in *out. */
static int check(str *out)
{
    char path[100];
    char *argv[] = { "check", "--data", place.t.dir, NULL };
    snprintf(path, sizeof path, "%s/said", place.t.dir);
    fflush(stdout);
    int saved = dup(1), to = open(path, O_CREAT | O_TRUNC | O_RDWR, 0600);
    dup2(to, 1);
    int code = check_command(3, argv);
    fflush(stdout);
    dup2(saved, 1);
    close(saved);
    struct buf b = { 0 };
    lseek(to, 0, SEEK_SET);
    for (ssize_t n; (n = read(to, buf_room(&b, 4096), 4096)) > 0;)
        b.n += (size_t)n;
    close(to);
    *out = arena_str(&place.t.arena, buf_str(&b));
    buf_free(&b);
    return code;
}

static void a_fresh_city_is_whole(void)
{
    str said;
    CHECK(check(&said) == 0);
    CHECK(str_find(said, STR("0 处不符")) > 0);
}

static enum err tally(struct tx *tx, void *by)
{
    tx->notes++;
    return case_tally(tx, STR("D025"), (struct tally){ .filed = *(int *)by });
}

static void a_figure_that_is_no_recount_is_named(void)
{
    str said;
    int more = 1, less = -1;
    CHECK(test_store_run(&place.t, tally, &more) == OK);
    CHECK(check(&said) == 1);
    CHECK(str_find(said, STR("D025 的统计与重新清点相差：收件 1")) > 0);
    CHECK(str_find(said, STR("\n检查")) > 0);
    CHECK(test_store_run(&place.t, tally, &less) == OK);
    CHECK(check(&said) == 0);
}

/* Told as long as it is so. */
static void figures_kept_by_their_rooms_are_recounted(void)
{
    static const struct { const char *spoil, *repair, *words; } kept[] = {
        { "UPDATE process_count SET running = running + 1",
          "UPDATE process_count SET running = running - 1",
          "的在办统计与重新清点相差 1 件" },
        { "INSERT INTO fees_count (unit, name, span, notices, total, paid, "
          "refunded, exempt, expired) VALUES ('D022', '检验费', 1, 0, 0, 1, 0, "
          "0, 0)", "DELETE FROM fees_count WHERE span = 1",
          "D022 检验费的收费统计与重新清点相差：0 份，应缴 0 分，已缴 1 分" },
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        str said;
        CHECK(test_store_sql(&place.t, kept[i].spoil));
        CHECK(check(&said) == 1);
        CHECK(str_find(said, str_of(kept[i].words)) >= 0);
        CHECK(test_store_sql(&place.t, kept[i].repair));
        CHECK(check(&said) == 0);
    }
}

static void a_slip_that_was_not_counted_is_named(void)
{
    str said;
    CHECK(test_store_sql(&place.t, "INSERT INTO windows_intake_sum (hall, "
                         "day, unit, n, done) VALUES ('H1', 1, 'D022', 1, 0)"));
    CHECK(check(&said) == 1);
    CHECK(str_find(said, STR("的收件统计与重新清点相差：收件 1，移交 0")) > 0);
    CHECK(test_store_sql(&place.t, "DELETE FROM windows_intake_sum "
                         "WHERE day = 1"));
    CHECK(check(&said) == 0);
}

static enum err skip_a_number(struct tx *tx, void *context)
{
    int64_t unused;
    (void)context;
    tx->notes++;
    enum err e = series_next(tx, STR("case"), place.city.now.ms / 86400000 - 9,
                             &unused);
    return e == OK ? series_next(tx, STR("市监:acceptance"), 2020, &unused)
                   : e;
}

static void a_number_that_was_skipped_is_named(void)
{
    str said;
    CHECK(test_store_run(&place.t, skip_a_number, NULL) == OK);
    CHECK(check(&said) == 1);
    CHECK(str_find(said, STR("的编号排到")) > 0);
    CHECK(str_find(said, STR("文书 市监:acceptance 编到")) >= 0);
}

static enum err first_accepted(struct tx *tx, str *number)
{
    struct case_board_state *c;
    size_t n;
    enum err e = case_board_state(tx, STR("accepted"), INT32_MIN, 0, &c, &n);
    if (e == OK && n == 0)
        e = ERR_NOTFOUND;
    if (e == OK)
        *number = c->number;
    return e;
}

static enum err lose_a_clock(struct tx *tx, void *context)
{
    tx->notes++;
    enum err e = first_accepted(tx, context);
    return e == OK ? clock_stop(tx, STR("case"), *(str *)context) : e;
}

static void an_open_case_without_clocks_is_named(void)
{
    str said, number = STR("");
    CHECK(test_store_run(&place.t, lose_a_clock, &number) == OK);
    CHECK(check(&said) == 1);
    str line = arena_printf(&place.t.arena, "办件 %.*s 已受理，有 0 个承诺时限",
                            STR_ARG(number));
    CHECK(str_find(said, line) >= 0);
}

/* The number of a joint case in that state; on which page of the state's list
 * it stands follows from the day the city was loaded. */
static enum err joint_in(struct tx *tx, const char *state, str *number)
{
    struct case_board_state *c = NULL;
    int64_t after = INT32_MIN, after_id = 0;
    size_t n;
    do {
        enum err e = case_board_state(tx, str_of(state), after, after_id, &c,
                                      &n);
        if (e != OK)
            return e;
        for (size_t i = 0; i < n; i++)
            if (str_is(c[i].kind, "joint")) {
                *number = c[i].number;
                return OK;
            }
        after = n ? c[n - 1].sort_due : 0;
        after_id = n ? c[n - 1].id : 0;
    } while (n);
    return ERR_NOTFOUND;
}

static enum err close_a_joint(struct tx *tx, void *context)
{
    struct case_load joint = { 0 };
    tx->notes++;
    enum err e = joint_in(tx, "received", context);
    if (e == ERR_NOTFOUND)
        e = joint_in(tx, "accepted", context);
    if (e == OK)
        e = case_load(tx, *(str *)context, &joint);
    return e != OK ? e
                   : case_set_closed(tx, joint.id, joint.revision,
                                     STR("closed"), tx->now, tx_today(tx), 0,
                                     str_none, str_none);
}

static void a_joint_case_closed_before_its_parts_is_named(void)
{
    str said, number = STR("");
    CHECK(test_store_run(&place.t, close_a_joint, &number) == OK);
    CHECK(check(&said) == 1);
    str line = arena_printf(&place.t.arena, "并联办件 %.*s 已经办结，分件还有",
                            STR_ARG(number));
    CHECK(str_find(said, line) >= 0);
}

static void a_part_its_whole_does_not_wait_for_is_named(void)
{
    str said;
    CHECK(test_store_sql(&place.t,
                         "UPDATE process_case SET parent = NULL WHERE id = "
                         "(SELECT max(id) FROM process_case WHERE parent IS "
                         "NOT NULL AND ended IS NULL)"));
    CHECK(check(&said) == 1);
    CHECK(str_find(said, STR("等待的下级事项与状态不一致")) >= 0);
    CHECK(str_find(said, STR("个分件没有办结，它的流程在等")) >= 0);
}

static enum err speak_of_a_paper(struct tx *tx, void *context)
{
    (void)context;
    tx->notes++;
    return paper_add(tx, store_id(tx->store), 1, STR("plan"), STR("a.pdf"),
                     STR("平面图"), STR("upload"), STR("00ff"), 3,
                     STR("application/pdf"), tx->now, str_none);
}

static void a_paper_that_is_not_kept_is_named(void)
{
    str said;
    CHECK(test_store_run(&place.t, speak_of_a_paper, NULL) == OK);
    CHECK(check(&said) == 1);
    CHECK(str_find(said, STR("材料 00ff 没有保存")) > 0);
}

/* The server was stopped before it heard of the last matters. */
static void figures_nobody_has_told_yet_are_no_difference(void)
{
    char sql[300], text[DAY_TEXT];
    str said;
    day before = { inst_day(place.city.now).n - 3 };
    CHECK(job_drain(place.t.store, modules, place.city.now) == OK);
    CHECK(test_store_sql(&place.t, "DELETE FROM statistics_due"));
    snprintf(sql, sizeof sql,
             "INSERT INTO statistics_day VALUES ('all', %d, '', 0, 999, 0, 0, "
             "0) ON CONFLICT (dim, day, key) DO UPDATE SET filed = 999",
             before.n);
    CHECK(test_store_sql(&place.t, sql));
    snprintf(sql, sizeof sql,
             "INSERT INTO job_outbox VALUES (1, 'case.filed', 'X', NULL, '', 0,"
             " %lld, %lld)", before.n * 86400000LL, before.n * 86400000LL);
    CHECK(test_store_sql(&place.t, sql));
    str line = arena_printf(&place.t.arena, "%s 的办件统计和办件记录不符",
                            day_text(before, text).p);
    check(&said);
    CHECK(str_find(said, line) < 0);
    CHECK(test_store_sql(&place.t, "DELETE FROM job_outbox WHERE id = 1"));
    check(&said);
    CHECK(str_find(said, line) >= 0);
}

int main(void)
{
    if (!place_open(TEST_LITE, true))
        return 2;
    RUN(a_fresh_city_is_whole);
    RUN(a_figure_that_is_no_recount_is_named);
    RUN(figures_kept_by_their_rooms_are_recounted);
    RUN(a_slip_that_was_not_counted_is_named);
    RUN(a_number_that_was_skipped_is_named);
    RUN(an_open_case_without_clocks_is_named);
    RUN(a_joint_case_closed_before_its_parts_is_named);
    RUN(a_part_its_whole_does_not_wait_for_is_named);
    RUN(a_paper_that_is_not_kept_is_named);
    RUN(figures_nobody_has_told_yet_are_no_difference);
    place_close();
    return test_result();
}
