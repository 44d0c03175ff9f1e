/*
 * Who may act, and what an act leaves: events, audit, signals, numbered
 * notices; nothing of it publishes a person.
 */
#include "demo/tests/asks.h"

#include "kernel/audit/audit.h"
#include "kernel/store/topics.h"
#include "services/queries.gen.h"

#include <pthread.h>

/* ---- who ---- */

static void another_desk_is_refused_by_name(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    struct act a = { .verb = VERB_ACCEPT, .number = food };
    CHECK(act_as(officer("D070", 0), &a) == ERR_DENIED);
    CHECK(str_find(a.sentence, STR("市场监督管理局")) >= 0);
    CHECK(act(leader("D070"), food, VERB_EXTEND) == ERR_DENIED);
    CHECK_STR(row_of(food).state, "received");
}

static void who_only_looks_on_does_not_act(void)
{
    static const struct { const char *unit, *role; } others[] = {
        { "D001", "supervisor" }, { "D001", "mayor" }, { "D029",
        "audit_admin" }, { "D025", "window" }, { "D025", "editor" },
        { "D025", "agent" }, { "D025", "system_admin" }, { "D025", "resident" },
        { "", "anyone" },
    };
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (int v = 0; v < VERBS; v++)
            if ((v != VERB_PROLONG ||
                 !str_is(str_of(others[i].role), "mayor")) &&
                (v != VERB_HANDIN || /* over any counter */
                 !str_is(str_of(others[i].role), "window")))
                CHECK(act(somebody(others[i].unit, others[i].role), food,
                          (enum verb)v) == ERR_DENIED);
    CHECK_STR(row_of(food).state, "received");
}

static void applicant_and_desk_do_not_act_for_each_other(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    for (int v = 0; v < VERBS; v++)
        if (verb_rule((enum verb)v)->by != BY_APPLICANT)
            CHECK(act(zhou(), food, (enum verb)v) == ERR_DENIED);
    CHECK(act(officer("D025", 0), food, VERB_SUPPLY) == ERR_DENIED);
    CHECK(act(officer("D025", 0), n, VERB_WITHDRAW) == ERR_DENIED);
    CHECK(act(leader("D025"), n, VERB_WITHDRAW) == ERR_DENIED);
    /* Whoever filed it may not decide it, whatever post they hold. */
    struct who filer = officer("D025", 0);
    filer.account = town.c->zhou;
    CHECK(act(filer, food, VERB_ACCEPT) == ERR_DENIED);
}

static void nobody_acts_on_the_thread_itself(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant();
    CHECK(act(officer("D025", 0), n, VERB_ACCEPT) == ERR_RANGE);
    CHECK(act(leader("D025"), n, VERB_GRANT) == ERR_RANGE);
    CHECK(act(officer("D025", 0), STR("YX20260101999999"), VERB_ACCEPT) ==
          ERR_NOTFOUND);
}

/* Two commands queued at once, each in memory of its own. */
struct rival {
    struct command command;
    struct arena arena;
    struct who who;
    struct act act;
};

static enum err run_rival(struct command *c, struct tx *tx)
{
    struct rival *r = (struct rival *)c;
    return case_act(tx, &r->act);
}

static void *start_rival(void *context)
{
    struct rival *r = context;
    r->command.run = run_rival;
    r->command.tx = (struct tx){ .arena = &r->arena, .who = &r->who,
                                 .now = town.t.now, .client = STR(""),
                                 .request_id = STR("") };
    r->command.result = store_execute(town.t.store, &r->command);
    return NULL;
}

static void of_two_officers_at_one_moment_exactly_one_wins(void)
{
    clock_at("2026-11-02", 10);
    for (int round = 0; round < 10; round++) {
        str food = part_of(restaurant(), 1);
        struct rival r[2] = { { .who = officer("D025", 0) },
                              { .who = officer("D025", 1) } };
        pthread_t thread[2];
        for (int i = 0; i < 2; i++) {
            r[i].act = (struct act){ .verb = VERB_ACCEPT, .number = food };
            pthread_create(&thread[i], NULL, start_rival, &r[i]);
        }
        for (int i = 0; i < 2; i++)
            pthread_join(thread[i], NULL);
        enum err a = r[0].command.result, b = r[1].command.result;
        CHECK((a == OK && b == ERR_CONFLICT) || (a == ERR_CONFLICT && b == OK));
        CHECK(events_of(food) == 1 && clocks_running(food) == 2);
        CHECK(r[a == OK].act.sentence.n > 0);
        arena_free(&r[0].arena);
        arena_free(&r[1].arena);
    }
}

/* ---- what is left on record ---- */

static void every_act_leaves_event_audit_and_signal(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1);
    static const enum verb way[] = { VERB_ACCEPT, VERB_REVIEW, VERB_PROPOSE };
    for (int i = 0; i < 3; i++) {
        CHECK(act(officer("D025", 0), food, way[i]) == OK);
        CHECK(events_of(food) == i + 1 && audits_of(food) == i + 1);
        CHECK(signals_of(food) == i + 1);
    }
    CHECK(act(officer("D025", 0), food, VERB_GRANT) == ERR_DENIED);
    CHECK(events_of(food) == 3 && audits_of(food) == 3); /* nothing half done */
    CHECK(act(leader("D025"), food, VERB_GRANT) == OK);
    struct asking a = texts_of("SELECT action FROM audit_entry WHERE object = "
                               "$1 ORDER BY seq", food);
    CHECK(a.n == 4);
    if (a.n == 4) {
        CHECK_STR(a.texts[0], "case.accept");
        CHECK_STR(a.texts[3], "case.grant");
    }
    CHECK(number_of("SELECT count(*) FROM job_outbox WHERE ref = $1 AND event "
                    "= 'case.grant'", food) == 1);
}

static void what_an_officer_types_publishes_nobody(void)
{
    clock_at("2026-11-02", 10);
    str n = restaurant(), food = part_of(n, 1), fire = part_of(n, 2);
    str all = arena_printf(&town.t.arena, "周文远（%s，%s）的健康证明过期",
                           ZHOU_ID, ZHOU_MOBILE);
    struct act ask = { .verb = VERB_SUPPLEMENT, .number = fire,
                       .supply_by = day_none, .list = all };
    CHECK(act_as(officer("D070", 0), &ask) == OK);
    CHECK_STR(value_get_text(notice_of(fire), STR("list")),
              arena_cstr(&town.t.arena, all)); /* the applicant reads it all */
    CHECK(act(officer("D025", 0), food, VERB_ACCEPT) == OK);
    struct act say = { .verb = VERB_OPINION, .number = food, .reason = all };
    CHECK(act_as(officer("D025", 0), &say) == OK);
    CHECK(act(officer("D025", 0), food, VERB_PROPOSE) == OK);
    struct act deny = { .verb = VERB_DENY, .number = food, .reason = all };
    CHECK(act_as(leader("D025"), &deny) == OK);
    str shown = row_of(food).reason;
    CHECK(str_find(shown, STR("周*远")) >= 0);
    CHECK(str_find(shown, STR("周文远")) < 0);
    CHECK(str_find(row_of(fire).reason, STR("周文远")) < 0);
}

static void a_neighbour_who_files_is_not_named_in_public(void)
{
    clock_at("2026-11-02", 10);
    struct filing_job j = { .offer = "canyin",
                            .answers = restaurant_of(FOUR),
                            .f = { .applicant = town.c->li,
                                   .proxy = town.c->li,
                                   .proxy_name = STR("李秀云"),
                                   .channel = STR("web") } };
    town.t.who = li();
    CHECK(test_store_run(&town.t, do_file, &j) == OK);
    str n = j.filed.number;
    CHECK_STR(row_of(n).proxy_name, "李秀云");
    CHECK_STR(row_of(n).applicant_name, "周文远");
    CHECK(act(li(), n, VERB_WITHDRAW) == OK);
    CHECK(number_of("SELECT count(*) FROM services_event WHERE actor LIKE "
                    "'%' || $1 || '%' OR text LIKE '%' || $1 || '%'",
                    STR("李秀云")) == 0);
}

static void an_agent_who_files_is_named_by_duty(void)
{
    clock_at("2026-11-02", 10);
    struct who agent = somebody("T01V001", "agent");
    agent.via = STR("agent");
    struct filing_job j = { .offer = "canyin",
                            .answers = restaurant_of(FOUR),
                            .f = { .proxy = agent.account,
                                   .proxy_name = agent.name,
                                   .channel = STR("agent") } };
    town.t.who = agent;
    CHECK(test_store_run(&town.t, do_file, &j) == OK);
    struct asking a = texts_of(
        "SELECT e.actor FROM services_event e JOIN services_case c ON c.id = "
        "e.case_id WHERE c.number = $1 AND e.verb = 'file'", j.filed.number);
    CHECK(a.n == 1 && str_is(a.texts[0], "路人"));
    CHECK(ask_for(part_of(j.filed.number, 2), "D070", "补充预案一份") == OK);
    CHECK(act(agent, part_of(j.filed.number, 2), VERB_SUPPLY) == OK);
    CHECK(act(agent, j.filed.number, VERB_WITHDRAW) == OK);
}

/* ---- notices ---- */

/* 云市监受〔2026〕12号 -> the series and the serial. */
static str series_of(str number, int64_t *serial)
{
    str rest = number;
    ptrdiff_t at = str_find(number, STR("〕"));
    CHECK(at > 0 && str_ends(number, STR("号")));
    rest = str_slice(number, (size_t)at + 3, number.n - 3);
    CHECK(str_int(rest, serial));
    return str_slice(number, 0, (size_t)at);
}

static void notices_are_numbered_without_a_gap(void)
{
    clock_at("2027-01-05", 10); /* the new year begins anew */
    str n = restaurant();
    CHECK(act(officer("D025", 0), part_of(n, 1), VERB_ACCEPT) == OK);
    struct asking first = texts_of(
        "SELECT n.number FROM services_notice n JOIN services_case c ON c.id "
        "= n.case_id WHERE c.number = $1", part_of(n, 1));
    CHECK(first.n == 1);
    CHECK_STR(first.texts[0], "云市监受〔2027〕1号");
    struct asking a = texts_of("SELECT number FROM services_notice ORDER BY "
                               "issued, id", STR(""));
    CHECK(a.n > 8);
    for (size_t i = 0; i < a.n; i++) {
        int64_t serial, other;
        str series = series_of(a.texts[i], &serial);
        int64_t same = 0, below = 0;
        for (size_t k = 0; k < a.n; k++)
            if (str_eq(series_of(a.texts[k], &other), series)) {
                same++;
                below += other <= serial;
            }
        CHECK(serial >= 1 && serial <= same && below == serial);
    }
}

static str birth(void)
{
    return file("xinshenger", arena_printf(&town.t.arena,
        "{\"married\":\"yes\",\"insure\":\"yes\",\"card\":\"no\","
        "\"birth_reg\":\"yes\",\"baby_name\":\"周小宝\",\"sex\":\"male\","
        "\"born\":\"2026-10-20\",\"certificate\":\"P340000001\","
        "\"applicant_name\":\"周文远\",\"applicant_code\":\"%s\","
        "\"mobile\":\"" ZHOU_MOBILE "\",\"relation\":\"father\","
        "\"town\":\"T01\",\"home\":{\"code\":\"341881001003\","
        "\"detail\":\"中津路 112 号\"}}", ZHOU_ID).p);
}

static void a_notice_that_is_no_licence_does_not_say_so(void)
{
    clock_at("2026-11-02", 10);
    str n = birth();
    CHECK(act(officer("D006", 0), part_of(n, 1), VERB_ACCEPT) == OK);
    const struct value *facts = notice_of(part_of(n, 1));
    CHECK(value_get(facts, STR("licence")) != NULL &&
          !value_truth(value_get(facts, STR("licence"))));
    CHECK(value_get_text(facts, STR("basis")).n > 0);
    n = restaurant();
    CHECK(act(officer("D025", 0), part_of(n, 1), VERB_ACCEPT) == OK);
    CHECK(value_truth(value_get(notice_of(part_of(n, 1)), STR("licence"))));
}

/* The item says another article from now on; the old text is kept. */
static enum err amend(struct tx *tx, void *context)
{
    str code = *(str *)context;
    struct item_guide i;
    enum err e = item_guide(tx, code, &i);
    if (e == OK)
        e = item_keep_past(tx, store_id(tx->store), code);
    if (e == OK)
        e = item_take(tx, code, i.version, i.unit, i.name, i.type, i.object,
                      STR("户口登记条例"), i.law_version, STR("77"),
                      i.statutory_n, i.statutory_unit, i.statutory_basis,
                      i.promised_n, i.online, i.visits, i.fee, i.result,
                      i.conditions, i.process, STR("{}"), 2, STR(""),
                      STR(""));
    store_touch(tx, TOPIC_CATALOGUE);
    return e;
}

static void a_notice_cites_the_article_its_case_was_filed_under(void)
{
    clock_at("2026-11-02", 10);
    str before = birth(), old = part_of(before, 1);
    struct asking item = texts_of(
        "SELECT item FROM services_case WHERE number = $1", old);
    CHECK(item.n == 1 && test_store_run(&town.t, amend, &item.texts[0]) == OK);
    str after = birth(), fresh = part_of(after, 1);
    CHECK(act(officer("D006", 0), old, VERB_ACCEPT) == OK);
    CHECK(act(officer("D006", 0), fresh, VERB_ACCEPT) == OK);
    str cited = value_get_text(notice_of(old), STR("basis"));
    CHECK(cited.n > 0 && str_find(cited, STR("第七十七条")) < 0);
    CHECK_STR(value_get_text(notice_of(fresh), STR("basis")),
              "《户口登记条例》第七十七条");
    CHECK(decide(old, "D006", true) == OK);
    CHECK(str_eq(value_get_text(notice_of(old), STR("basis")), cited));
}

/* ---- drafts ---- */

static void a_draft_nobody_touches_is_swept_after_thirty_days(void)
{
    clock_at("2026-11-02", 10);
    CHECK(test_store_sql(&town.t,
        "INSERT INTO services_draft VALUES (501, 'C-old', 5, 'canyin', 1, "
        "'x', '{}', 'shop', 1, 1, 20758, 1)"));
    CHECK(test_store_sql(&town.t,
        "INSERT INTO services_draft_paper (id, draft, code, name, sha256, "
        "size, type, added) VALUES (502, 501, 'plan', 'x.png', '00ff', 3, "
        "'image/png', 1)"));
    CHECK(test_store_sql(&town.t, "INSERT INTO files_blob (sha256, size, type,"
                                  " created) VALUES ('00ff', 3, 'image/png', "
                                  "1)"));
    CHECK(test_store_sql(&town.t, "INSERT INTO files_ref (sha256, room, ref) "
                                  "VALUES ('00ff', 'services', 'C-old')"));
    clock_day((day){ 20758 });
    CHECK(run_job("services.drafts") == OK);
    CHECK(number_of("SELECT count(*) FROM services_draft WHERE number = $1",
                    STR("C-old")) == 1);
    clock_day((day){ 20759 });
    CHECK(run_job("services.drafts") == OK);
    CHECK(number_of("SELECT count(*) FROM services_draft WHERE number = $1",
                    STR("C-old")) == 0);
    CHECK(number_of("SELECT count(*) FROM services_draft_paper WHERE sha256 = "
                    "$1", STR("00ff")) == 0);
    CHECK(number_of("SELECT count(*) FROM files_ref WHERE ref = $1",
                    STR("C-old")) == 0); /* its papers can go, too */
}

static enum err verify(struct tx *tx, void *out)
{
    return audit_verify(tx, out);
}

static void the_audit_chain_is_whole(void)
{
    struct audit_verdict v;
    CHECK(test_store_look(&town.t, verify, &v) == OK);
    CHECK(v.broken == 0 && v.entries > 40);
}

static void (*const tests[])(void) = {
    another_desk_is_refused_by_name,
    who_only_looks_on_does_not_act,
    applicant_and_desk_do_not_act_for_each_other,
    nobody_acts_on_the_thread_itself,
    of_two_officers_at_one_moment_exactly_one_wins,
    every_act_leaves_event_audit_and_signal,
    what_an_officer_types_publishes_nobody,
    a_neighbour_who_files_is_not_named_in_public,
    an_agent_who_files_is_named_by_duty,
    notices_are_numbered_without_a_gap,
    a_notice_that_is_no_licence_does_not_say_so,
    a_notice_cites_the_article_its_case_was_filed_under,
    a_draft_nobody_touches_is_swept_after_thirty_days,
    nothing_personal_is_in_open_events_nor_in_the_audit,
    the_audit_chain_is_whole,
};

int main(void)
{
    run_all(tests, sizeof tests / sizeof *tests);
    return test_result();
}
