/*
 * From a granted case to a signed licence and what becomes of it, on a store of
 * its own: told twice issues once, a row somebody changed is seen, keys that
 * come late sign what waited.
 */
#include "kernel/auth/auth.h"
#include "kernel/pdf/pdf.h"
#include "kernel/seal/seal.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"
#include "licences/library.h"

#include <stdio.h>
#include <stdlib.h>

static struct test_store t;
static char dir[] = "/tmp/zt-licences-XXXXXX";
static const char *const CASE = "YX20261120000001";

static enum err prepare(struct tx *tx, void *context)
{
    struct auth_unit u = { .code = STR("D022"),
                           .name = STR("市场监督管理局"),
                           .short_name = STR("市场监管局"),
                           .kind = STR("department"), .position = 1 };
    (void)context;
    tx->notes++;
    return auth_add_unit(tx, &u);
}

static bool prepare_item(void)
{
    return test_store_sql(&t,
        "INSERT INTO services_item (id, code, version, unit, name, type,"
        " object, statutory_n, statutory_unit, promised_n, online, visits,"
        " fee, result, curated, position) VALUES (1, 'DEMO-24-004', 1, 'D022',"
        " '食品经营许可', '行政许可', '个人,法人', 20, 'wd', 5, 1, 0, '不收费',"
        " '食品经营许可证', 1, 1)");
}

static bool prepare_case(const char *state)
{
    char sql[1500];
    snprintf(sql, sizeof sql,
             "INSERT INTO services_case (id, number, kind, item, title, unit,"
             " officer_name, applicant, applicant_name, applicant_code,"
             " applicant_open, proxy, channel, answers, papers, state, open,"
             " supplements, filed, received, deemed, statutory_n,"
             " statutory_unit, clock_n, clock_extra, clock_held, sort_due,"
             " late, closed, closed_day, result_no, ticket, revision)"
             " VALUES (9, '%s', 'single', 'DEMO-24-004', '食品经营许可',"
             " 'D022', '王芳', 0, '周文远', '341881190001010010', '周*远', 0,"
             " 'web', '{\"shop_name\":\"清溪人家\"}', '', '%s', 0, 0,"
             " 1795000000000, 20776, 0, 20, 'wd', 5, 0, 0, 99999, 0,"
             " 1795000000000, 20776, '云市监准〔2026〕12号', 'X', 1)",
             CASE, state);
    return test_store_sql(&t, sql);
}

struct seen {
    struct licence_one l;
    enum seal_verdict seal;
    int64_t licences;
    size_t events;
};

static enum err look(struct tx *tx, void *context)
{
    struct seen *s = context;
    struct licence_of_case of;
    struct licence_known known;
    struct licence_events *events;
    enum err e = licence_known(tx, str_of(CASE), &known);
    if (e != OK)
        return e;
    *s = (struct seen){ .licences = known.licences };
    if (known.licences == 0)
        return OK;
    e = licence_of_case(tx, str_of(CASE), &of);
    if (e == OK)
        e = licence_one(tx, of.identifier, &s->l);
    if (e == OK)
        e = licence_events(tx, s->l.id, &events, &s->events);
    s->seal = licence_check(tx->arena, &s->l);
    return e;
}

static struct seen seen(void)
{
    struct seen s = { .licences = -1 };
    CHECK(test_store_look(&t, look, &s) == OK);
    return s;
}

static enum err hear(struct tx *tx, void *context)
{
    (void)context;
    tx->notes++;
    return licence_granted(tx, str_of(CASE), NULL);
}

/* As the runner does it: drawn and signed on a snapshot, then one command that
 * writes; nothing when there is nothing to draw. */
static enum err draw_first(struct tx *tx, void *context)
{
    static struct arena kept;
    const void *out = NULL;
    struct tx own = *tx;
    own.arena = &kept;
    enum err e = licence_job_draw(&own, &out);
    *(const void **)context = out;
    return e;
}

static enum err put_sealed(struct tx *tx, void *context)
{
    bool more;
    tx->notes++;
    tx->kept = context;
    return licence_job_seal(tx, &more);
}

static bool seal_job(void)
{
    const void *sealed = NULL;
    if (test_store_look(&t, draw_first, &sealed) != OK)
        return false;
    return sealed == NULL ||
           test_store_run(&t, put_sealed, (void *)(uintptr_t)sealed) == OK;
}

static enum err expire_job(struct tx *tx, void *context)
{
    bool more;
    (void)context;
    tx->notes++;
    return licence_job_expire(tx, &more);
}

static const char *verb, *ground, *holder, *reason;
static str sentence;

static enum err act(struct tx *tx, void *context)
{
    struct seen s;
    (void)context;
    enum err e = look(tx, &s);
    struct licence_act a = {
        .verb = licence_verb(str_of(verb)), .ground = str_of(ground),
        .reason = str_of(reason), .holder = str_of(holder),
        .valid_to = day_none, .sentence = STR(""),
    };
    if (e == OK)
        e = licence_do(tx, &s.l, &a);
    sentence = a.sentence;
    return e;
}

static enum err doing(const char *what, const char *why, const char *name)
{
    verb = what;
    ground = why;
    holder = name;
    reason = "行政决定书已经送达。";
    return test_store_run(&t, act, NULL);
}

static void only_a_granted_case_gives_one(void)
{
    CHECK(test_store_run(&t, prepare, NULL) == OK);
    CHECK(prepare_item() && prepare_case("accepted"));
    CHECK(test_store_run(&t, hear, NULL) == OK);
    CHECK(seen().licences == 0);
    CHECK(test_store_sql(&t, "UPDATE services_case SET state = 'granted'"));
}

static void without_keys_it_waits_and_nothing_is_lost(void)
{
    CHECK(test_store_run(&t, hear, NULL) == OK);
    CHECK(seal_job());
    struct seen s = seen();
    CHECK(s.licences == 1);
    CHECK_STR(s.l.state, "making");
    CHECK_STR(s.l.holder_open, "周*远");
    int pair;
    CHECK(seal_new(STR("D022"), &pair) == OK);
    const void *twice = NULL;
    CHECK(test_store_look(&t, draw_first, &twice) == OK && twice);
    CHECK_STR(seen().l.state, "making"); /* drawn is not yet issued */
    CHECK(seal_job());
    /* Two runners drew the same: the later one changes nothing. */
    CHECK(test_store_run(&t, put_sealed, (void *)(uintptr_t)twice) == OK);
    s = seen();
    CHECK_STR(s.l.state, "valid");
    CHECK(s.seal == SEAL_GOOD && s.l.pair == 1);
    CHECK(s.l.sha256.n == SEAL_HEX && s.l.sm3.n == SEAL_HEX);
    CHECK(licence_identifier_ok(s.l.identifier));
    CHECK(str_find(s.l.facts, STR("清溪人家")) > 0);
}

static void told_twice_it_is_issued_once(void)
{
    struct seen before = seen();
    CHECK(test_store_run(&t, hear, NULL) == OK);
    CHECK(test_store_run(&t, hear, NULL) == OK);
    struct seen s = seen();
    CHECK(s.licences == 1 && s.events == before.events);
}

static enum err draw(struct tx *tx, void *context)
{
    struct seen s;
    str pdf;
    enum err e = look(tx, &s);
    if (e == OK)
        e = licence_draw(tx->arena, &s.l, &pdf);
    *(bool *)context = e == OK &&
                       str_eq(seal_sha256(tx->arena, pdf), s.l.sha256);
    return e;
}

static void the_sheet_drawn_again_is_the_one_that_was_signed(void)
{
    bool same = false;
    CHECK(test_store_look(&t, draw, &same) == OK && same);
}

/* Somebody with the database's password changes a row: the keys are not
 * there. */
static void a_row_changed_behind_our_back_is_seen(void)
{
    static const char *const changes[][2] = {
        { "holder_name = '王五'", "holder_name = '周文远'" },
        { "valid_to = valid_to + 900", "valid_to = valid_to - 900" },
    };
    char sql[200];
    for (int i = 0; i < 2; i++) {
        snprintf(sql, sizeof sql, "UPDATE licences_licence SET %s",
                 changes[i][0]);
        CHECK(test_store_sql(&t, sql));
        CHECK(seen().seal == SEAL_BAD);
        snprintf(sql, sizeof sql, "UPDATE licences_licence SET %s",
                 changes[i][1]);
        CHECK(test_store_sql(&t, sql));
        CHECK(seen().seal == SEAL_GOOD);
    }
}

/* test_store's own person is an officer of D022; a leader decides. */
static void an_officer_suspends_and_a_leader_revokes(void)
{
    CHECK(doing("suspend", "", "") == OK);
    CHECK_STR(seen().l.state, "suspended");
    CHECK(doing("suspend", "", "") == ERR_CONFLICT);
    CHECK(doing("resume", "", "") == OK);
    CHECK(doing("revoke", "超越法定职权作出准予决定", "") == ERR_DENIED);
    CHECK(str_find(sentence, STR("负责人")) >= 0);
    t.who.role = STR("leader");
    CHECK(doing("revoke", "没有理由", "") == ERR_RANGE);
    t.who.unit = STR("D070");
    CHECK(doing("revoke", "超越法定职权作出准予决定", "") == ERR_DENIED);
    t.who.unit = STR("D022");
    CHECK_STR(seen().l.state, "valid");
}

static void a_change_makes_a_new_version(void)
{
    struct seen old = seen();
    CHECK(doing("change", "", "") == ERR_RANGE);
    CHECK(doing("change", "", "周文遠") == OK);
    CHECK_STR(seen().l.state, "making");
    CHECK(seal_job());
    struct seen s = seen();
    CHECK(s.licences == 2 && s.l.version == 2);
    CHECK_STR(s.l.state, "valid");
    CHECK_STR(s.l.holder_name, "周文遠");
    CHECK(s.seal == SEAL_GOOD);
    CHECK(str_eq(s.l.number, old.l.number));
    CHECK(!str_eq(s.l.secret, old.l.secret));
    CHECK(!str_eq(s.l.sha256, old.l.sha256));
}

static void time_passes_and_it_expires(void)
{
    struct seen s = seen();
    t.now = (inst){ day_begin(s.l.valid_to).ms + 3600000 };
    CHECK(test_store_run(&t, expire_job, NULL) == OK);
    CHECK_STR(seen().l.state, "valid");
    t.now.ms += 24 * 3600000;
    CHECK(test_store_run(&t, expire_job, NULL) == OK);
    CHECK_STR(seen().l.state, "expired");
    CHECK(doing("suspend", "", "") == ERR_CONFLICT);
    CHECK(doing("revoke", "超越法定职权作出准予决定", "") == ERR_CONFLICT);
    CHECK(doing("cancel", "有效期届满未延续", "") == OK);
    CHECK_STR(seen().l.state, "cancelled");
    CHECK(seen().seal == SEAL_GOOD);
}

static void all_on(enum test_database which)
{
    str problem;
    char path[60];
    if (!test_store_open(&t, which))
        return;
    store_set_calendar(t.store, clock_calendar_builtin());
    snprintf(path, sizeof path, "%s/%d", dir, (int)which);
    CHECK(seal_open(path, &problem) == OK);
    http_announce(STR("http://127.0.0.1:8080"), true);
    t.who.unit = STR("D022");
    t.who.role = STR("officer");
    RUN(only_a_granted_case_gives_one);
    RUN(without_keys_it_waits_and_nothing_is_lost);
    RUN(told_twice_it_is_issued_once);
    RUN(the_sheet_drawn_again_is_the_one_that_was_signed);
    RUN(a_row_changed_behind_our_back_is_seen);
    RUN(an_officer_suspends_and_a_leader_revokes);
    RUN(a_change_makes_a_new_version);
    RUN(time_passes_and_it_expires);
    test_store_close(&t);
}

int main(void)
{
    CHECK(mkdtemp(dir) != NULL);
    all_on(TEST_LITE);
    all_on(TEST_PG);
    pdf_close();
    return test_result();
}
