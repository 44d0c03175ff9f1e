/*
 * An entry from the first word to the day it is taken back, on both databases:
 * who may do what, what the public can read and find in between.
 */
#include "demo/tests/town.h"

#include "disclosure/keep.h"
#include "kernel/process/process.h"
#include "kernel/search/search.h"

enum verb_here { WRITE, REWRITE, SUBMIT, SECRECY, CHECK_IT, CORRECT, TAKE_BACK,
                 END, DROP, CANCEL };

/* One thing that is done, and what came of it. */
struct doing {
    enum verb_here verb;
    str code, body, said, text, sentence;
    day formed;
};

static struct entry_words words_of(const struct doing *d)
{
    return (struct entry_words){
        .title = STR("关于城北市场搬迁的公告"), .doc_no = STR(""),
        .category = STR("C2303"), .topic = STR("10"), .item = STR(""),
        .about = STR(""), .summary = STR("城北市场搬到竹海路。"),
        .body = d->body, .why = d->text, .formed = d->formed,
    };
}

static enum err cancelled(struct tx *tx, const struct entry_one *e)
{
    struct entry_text_one t;
    struct process_answer answer;
    int64_t id;
    enum err err = entry_text_one(tx, e->id, e->open, &t);
    if (err == OK)
        err = process_find(tx, t.run, &id);
    struct process_do d = { .id = id, .command = { .verb = FLOW_CANCEL,
                                                   .reason = STR("清理") } };
    return err == OK ? process_do(tx, &d, &answer) : err;
}

static enum err doing(struct tx *tx, void *context)
{
    struct doing *d = context;
    struct entry_one e;
    struct entry_words w = words_of(d);
    tx->notes++;
    if (d->verb == WRITE)
        return entry_write_new(tx, &w, &d->code, &d->sentence);
    enum err err = entry_one(tx, d->code, &e);
    if (err != OK)
        return err;
    switch (d->verb) {
    case REWRITE: return entry_rewrite(tx, &e, &w, &d->sentence);
    case SUBMIT:
        return entry_submit(tx, &e, d->said, d->text, &d->sentence);
    case SECRECY:
        return entry_secrecy(tx, &e, d->said, d->text, &d->sentence);
    case CHECK_IT:
        return entry_check(tx, &e, str_is(d->said, "release"), d->text,
                           &d->sentence);
    case CORRECT: return entry_correct(tx, &e, d->text, &d->sentence);
    case TAKE_BACK: return entry_take_back(tx, &e, d->text, &d->sentence);
    case END:
        return entry_end_effect(tx, &e, d->said, d->formed, d->text,
                                &d->sentence);
    case DROP: return entry_drop(tx, &e, &d->sentence);
    default: return cancelled(tx, &e);
    }
}

static enum err do_as(struct who who, struct doing *d)
{
    d->sentence = STR("");
    town.t.who = who;
    return test_store_run(&town.t, doing, d);
}

static enum err simply(struct who who, enum verb_here verb, str code,
                       const char *said, const char *text)
{
    struct doing d = { .verb = verb, .code = code, .said = str_of(said),
                       .text = str_of(text), .body = STR(""),
                       .formed = on("2026-06-01") };
    return do_as(who, &d);
}

#define BODY "九月一日起，城北市场搬到竹海路南侧，原址改建停车场，摊位保留。"

static str written(const char *body, const char *formed)
{
    struct doing d = { .verb = WRITE, .body = str_of(body), .text = STR(""),
                       .formed = on(formed) };
    CHECK(do_as(officer("D014", 0), &d) == OK);
    return arena_str(&town.t.arena, d.code);
}

static str word(const char *column, str code)
{
    struct asking a = texts_of(
        arena_printf(&town.t.arena, "SELECT %s FROM disclosure_entry WHERE "
                     "code = $1", column).p, code);
    return a.n ? a.texts[0] : STR("none");
}

/* Written, looked over and released, all by who may. */
static void release(str code)
{
    CHECK(simply(officer("D014", 0), SUBMIT, code, "", "") == OK);
    CHECK(simply(officer("D014", 1), SECRECY, code, "open", "") == OK);
    CHECK(simply(leader("D014"), CHECK_IT, code, "release", "") == OK);
}

struct looked_for {
    const char *words;
    size_t n;
};

static enum err find(struct tx *tx, void *context)
{
    struct looked_for *f = context;
    struct search_query q = { .kind = STR("open"), .words = str_of(f->words),
                              .unit = STR(""), .limit = 10 };
    int64_t *ids;
    return search_find(tx, &q, &ids, &f->n);
}

static size_t found(const char *words)
{
    struct looked_for f = { .words = words };
    CHECK(test_store_look(&town.t, find, &f) == OK);
    return f.n;
}

/* ---- 政府信息公开条例 第十七条: never who wrote it ---- */

static void it_is_released_by_two_others(void)
{
    clock_at("2026-09-01", 9);
    str code = written(BODY, "2026-08-28");
    CHECK_STR(word("work", code), "draft");
    CHECK(simply(officer("D014", 0), SUBMIT, code, "", "") == OK);
    /* who wrote it, who has no duty, another organisation */
    CHECK(simply(officer("D014", 0), SECRECY, code, "open", "") == ERR_DENIED);
    CHECK(simply(officer("D014", 2), SECRECY, code, "open", "") == ERR_DENIED);
    CHECK(simply(officer("D013", 1), SECRECY, code, "open", "") == ERR_DENIED);
    CHECK(simply(leader("D014"), CHECK_IT, code, "release", "") ==
          ERR_CONFLICT); /* not its turn */
    CHECK(simply(officer("D014", 1), SECRECY, code, "secret", "") ==
          ERR_RANGE); /* no reason */
    CHECK(simply(officer("D014", 1), SECRECY, code, "open", "") == OK);
    CHECK(simply(officer("D014", 1), CHECK_IT, code, "release", "") ==
          ERR_DENIED);
    CHECK(found("竹海路南侧") == 0);
    CHECK(simply(leader("D014"), CHECK_IT, code, "release", "") == OK);
    CHECK_STR(word("state", code), "live");
    CHECK_STR(word("work", code), "");
    CHECK(str_ends(word("index_no", code), STR("/202609-00001")));
    CHECK(found("竹海路南侧") == 1);
    CHECK(simply(leader("D014"), CHECK_IT, code, "release", "") ==
          ERR_CONFLICT);
}

static void the_process_says_so_too(void)
{
    CHECK(number_of("SELECT count(*) FROM process_case WHERE module = $1 AND "
                    "state = 'done'", STR("disclosure")) == 1);
}

/* ---- 第二十六条 ---- */

static void what_is_late_is_counted(void)
{
    clock_at("2026-11-02", 9);
    str late = written(BODY, "2026-09-01");
    release(late);
    CHECK(number_of("SELECT late FROM disclosure_entry WHERE code = $1",
                    late) > 15);
    CHECK(number_of("SELECT count(*) FROM pub_clock_record WHERE matter = "
                    "'disclosure' AND over = 1 AND ref = $1",
                    arena_join(&town.t.arena, late, STR("-1"))) <= 1);
    str swift = written(BODY, "2026-10-30");
    release(swift);
    CHECK(number_of("SELECT late FROM disclosure_entry WHERE code = $1",
                    swift) == 0);
}

/* ---- 第十五条 ---- */

static void people_s_numbers_are_refused_until_masked_or_justified(void)
{
    str code = written("摊主可以打 13800002716 报名。", "2026-10-30");
    struct doing d = { .verb = SUBMIT, .code = code, .said = STR(""),
                       .text = STR("") };
    CHECK(do_as(officer("D014", 0), &d) == ERR_RANGE);
    CHECK(str_find(d.sentence, STR("138****2716")) > 0);
    CHECK(str_find(d.sentence, STR("13800002716")) < 0);
    CHECK(simply(officer("D014", 0), SUBMIT, code, "office", "") ==
          ERR_RANGE);
    struct doing masked = { .verb = REWRITE, .code = code, .text = STR(""),
                            .body = STR("摊主可以打 138****2716 报名。"),
                            .formed = on("2026-10-30") };
    CHECK(do_as(officer("D014", 0), &masked) == OK);
    release(code);
    str open = written("值班手机 13800002716。", "2026-10-30");
    CHECK(simply(officer("D014", 0), SUBMIT, open, "office",
                 "单位公布的值班手机") == OK);
    CHECK(simply(officer("D014", 1), SECRECY, open, "open", "") == OK);
    CHECK(simply(leader("D014"), CHECK_IT, open, "release", "") == OK);
}

/* ---- back, refused, ended ---- */

static void it_comes_back_and_goes_again(void)
{
    str code = written(BODY, "2026-10-30");
    CHECK(simply(officer("D014", 0), SUBMIT, code, "", "") == OK);
    CHECK(simply(officer("D014", 1), SECRECY, code, "unsure",
                 "涉及重点部位") == OK);
    CHECK_STR(word("work", code), "secrecy"); /* waits for the authority */
    CHECK(simply(officer("D014", 1), SECRECY, code, "open", "") == OK);
    CHECK(simply(leader("D014"), CHECK_IT, code, "return", "") == ERR_RANGE);
    CHECK(simply(leader("D014"), CHECK_IT, code, "return",
                 "请补充平面图") == OK);
    CHECK_STR(word("work", code), "returned");
    release(code);
    CHECK_STR(word("state", code), "live");
}

static void what_is_secret_never_comes_out(void)
{
    str code = written("靶场位置图说明", "2026-10-30");
    CHECK(simply(officer("D014", 0), SUBMIT, code, "", "") == OK);
    CHECK(simply(officer("D014", 1), SECRECY, code, "secret",
                 "涉及国家秘密") == OK);
    CHECK_STR(word("work", code), "blocked");
    CHECK(simply(leader("D014"), CHECK_IT, code, "release", "") ==
          ERR_CONFLICT);
    CHECK(found("靶场位置图") == 0);
    CHECK(simply(officer("D014", 0), DROP, code, "", "") == OK);
    CHECK_STR(word("state", code), "dropped");
}

static void a_review_an_administrator_ends_goes_back(void)
{
    str code = written(BODY, "2026-10-30");
    CHECK(simply(officer("D014", 0), SUBMIT, code, "", "") == OK);
    CHECK(simply(somebody("D029", "system_admin"), CANCEL, code, "", "") ==
          OK);
    CHECK_STR(word("work", code), "returned");
}

/* ---- afterwards ---- */

static void a_correction_replaces_and_the_versions_stay(void)
{
    str code = written(BODY, "2026-10-30");
    release(code);
    str index = word("index_no", code);
    CHECK(simply(officer("D014", 0), CORRECT, code, "", "错") == ERR_RANGE);
    CHECK(simply(officer("D014", 0), CORRECT, code, "", "搬迁日期有误") == OK);
    CHECK(simply(officer("D014", 0), CORRECT, code, "", "再更正一次") ==
          ERR_CONFLICT);
    struct doing d = { .verb = REWRITE, .code = code,
                       .body = STR("十月一日起，城北市场搬到青弋江路。"),
                       .text = STR("搬迁日期有误"),
                       .formed = on("2026-11-02") };
    CHECK(do_as(officer("D014", 0), &d) == OK);
    CHECK(found("青弋江路") == 0); /* the old one until it is released */
    release(code);
    CHECK(found("青弋江路") == 1);
    CHECK_STR(word("index_no", code), index.p);
    CHECK(number_of("SELECT count(*) FROM disclosure_version v JOIN "
                    "disclosure_entry e ON e.id = v.entry WHERE e.code = $1 "
                    "AND v.state IN ('past', 'live')", code) == 2);
}

static void what_is_taken_back_cannot_be_read_or_found(void)
{
    str code = written("独一无二的撤下样本文字。", "2026-10-30");
    release(code);
    CHECK(found("独一无二") == 1);
    CHECK(simply(officer("D014", 0), TAKE_BACK, code, "", "内容有误") ==
          ERR_DENIED);
    CHECK(simply(leader("D013"), TAKE_BACK, code, "", "内容有误") ==
          ERR_DENIED);
    CHECK(simply(leader("D014"), TAKE_BACK, code, "", "错") == ERR_RANGE);
    CHECK(simply(leader("D014"), TAKE_BACK, code, "", "内容有误") == OK);
    CHECK(found("独一无二") == 0);
    CHECK(number_of("SELECT count(*) FROM pub_disclosure_entry WHERE "
                    "code = $1 AND body = '' AND state = 'withdrawn'",
                    code) == 1);
    CHECK(simply(leader("D014"), TAKE_BACK, code, "", "内容有误") ==
          ERR_CONFLICT);
}

static void what_ends_stays_to_be_read(void)
{
    str code = written(BODY, "2026-05-20");
    release(code);
    CHECK(simply(leader("D014"), END, code, "void", "新的办法施行") == OK);
    CHECK_STR(word("effect", code), "void");
    CHECK_STR(word("state", code), "live");
    CHECK(simply(leader("D014"), END, code, "lapsed", "新的办法施行") ==
          ERR_RANGE);
}

static void what_is_no_category_is_refused(void)
{
    struct doing d = { .verb = WRITE, .body = STR(BODY), .text = STR(""),
                       .formed = on("2030-01-01") };
    CHECK(do_as(officer("D014", 0), &d) == ERR_RANGE); /* not formed yet */
    CHECK(d.sentence.n > 0);
}

static void all_of_it(void)
{
    RUN(it_is_released_by_two_others);
    RUN(the_process_says_so_too);
    RUN(what_is_late_is_counted);
    RUN(people_s_numbers_are_refused_until_masked_or_justified);
    RUN(it_comes_back_and_goes_again);
    RUN(what_is_secret_never_comes_out);
    RUN(a_review_an_administrator_ends_goes_back);
    RUN(a_correction_replaces_and_the_versions_stay);
    RUN(what_is_taken_back_cannot_be_read_or_found);
    RUN(what_ends_stays_to_be_read);
    RUN(what_is_no_category_is_refused);
}

int main(void)
{
    static const enum test_database both[] = { TEST_LITE, TEST_PG };
    for (int i = 0; i < 2; i++) {
        if (!town_open(both[i]))
            continue;
        CHECK(demo_run(town.c, demo_designs) == OK);
        CHECK(demo_run(town.c, demo_duties) == OK);
        all_of_it();
        town_close();
    }
    return test_result();
}
