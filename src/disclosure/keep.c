/* An entry from the first word to the day it is taken back. */
#include "disclosure/keep.h"

#include "base/utf8.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/job/job.h"
#include "kernel/process/process.h"
#include "kernel/search/search.h"
#include "kernel/store/topics.h"

#define ART17 "政府信息公开条例 第十七条"
#define ART15 "政府信息公开条例 第十五条"
#define ART26 "政府信息公开条例 第二十六条"

enum { REASON = 4 }; /* characters, at least, of any reason */

/* ---- saying why not ---- */

static enum err refuse(str *sentence, enum err e, const char *why)
{
    *sentence = str_of(why);
    return e;
}

static enum err refuse_str(str *sentence, enum err e, str why)
{
    *sentence = why;
    return e;
}

#define CHANGED "这条信息刚刚有变化，请刷新后再办。"

static enum err own(struct tx *tx, const struct entry_one *e, str *sentence)
{
    return str_eq(tx->who->unit, e->unit)
               ? OK
               : refuse(sentence, ERR_DENIED, "只能办理本单位公开的信息。");
}

static enum err changed(enum err e, str *sentence)
{
    return e == ERR_CONFLICT ? refuse(sentence, e, CHANGED) : e;
}

/* ---- history ---- */

enum err entry_act(struct tx *tx, int64_t entry, const char *verb, str text,
                   const char *law, bool open)
{
    return act_add(tx, store_id(tx->store), entry, tx->now, str_of(verb), text,
                   tx->who->account ? tx->who->name : STR("系统"), str_of(law),
                   open);
}

static enum err note(struct tx *tx, const struct entry_one *e,
                     const char *verb, str text, const char *law, bool open)
{
    enum err err = entry_act(tx, e->id, verb, text, law, open);
    return err == OK ? audit_note(tx, arena_printf(tx->arena, "disclosure.%s",
                                                   verb), e->code, text)
                     : err;
}

/* ---- numbers ---- */

static enum err next_serial(struct tx *tx, str kind, int64_t period,
                            int64_t *out)
{
    struct serial_now now;
    enum err e = serial_begin(tx, kind, period, NULL);
    if (e == OK)
        e = serial_next(tx, kind, period);
    if (e == OK)
        e = serial_now(tx, kind, period, &now);
    if (e == OK)
        *out = now.last;
    return e;
}

static enum err new_code(struct tx *tx, str *code)
{
    int year, month, mday;
    int64_t n;
    day_split(tx_today(tx), &year, &month, &mday);
    enum err e = next_serial(tx, STR("code"), year, &n);
    if (e == OK)
        *code = arena_printf(tx->arena, "GK%d-%04lld", year, (long long)n);
    return e;
}

static enum err new_index_no(struct tx *tx, const struct entry_one *e, str *out)
{
    int year, month, mday;
    int64_t n;
    day today = tx_today(tx);
    day_split(today, &year, &month, &mday);
    enum err err = next_serial(tx, e->unit, year * 100 + month, &n);
    if (err == OK)
        *out = disclosure_index_no(tx->arena, str_is_none(e->credit_code)
                                                  ? e->unit : e->credit_code,
                                   today, n);
    return err;
}

/* ---- writing ---- */

static enum err words_ok(struct tx *tx, const struct entry_words *w,
                         str *sentence)
{
    const struct disclosure_category *c = disclosure_category(w->category);
    struct item_named item;
    struct entry_one about;
    enum err e = OK;
    if (c == NULL || c->parent.n == 0)
        return refuse(sentence, ERR_RANGE, "请选择公开目录里的一个栏目。");
    if (disclosure_topic(w->topic) == NULL)
        return refuse(sentence, ERR_RANGE, "请选择主题。");
    if (w->formed.n > tx_today(tx).n)
        return refuse(sentence, ERR_RANGE, "成文日期不能在今天以后。");
    if (w->item.n)
        e = item_named(tx, w->item, &item);
    if (e == ERR_NOTFOUND)
        return refuse(sentence, ERR_RANGE, "没有这个事项编码，请核对。");
    if (e == OK && w->about.n) {
        e = entry_one(tx, w->about, &about);
        if (e == ERR_NOTFOUND || (e == OK && about.place == 0))
            return refuse(sentence, ERR_RANGE,
                          "没有公开过要解读的这份文件，请核对编号。");
    }
    return e;
}

static str class_of(str category)
{
    return disclosure_category(category)->parent;
}

static str name_of(str category)
{
    return disclosure_category(category)->name;
}

enum err entry_write_new(struct tx *tx, const struct entry_words *w, str *code,
                         str *sentence)
{
    int64_t id = store_id(tx->store);
    struct entry_one one;
    enum err e = words_ok(tx, w, sentence);
    if (e == OK)
        e = new_code(tx, code);
    if (e != OK)
        return e;
    str class = class_of(w->category);
    e = entry_add(tx, id, *code, tx->who->unit, w->title, w->doc_no, class,
                  name_of(class), w->category, name_of(w->category), w->topic,
                  disclosure_topic(w->topic)->name, w->formed);
    if (e == OK)
        e = entry_text_add(tx, store_id(tx->store), id, 1, w->title, w->doc_no,
                           w->category, w->topic, w->formed, w->item, w->about,
                           w->summary, w->body, STR(""), tx->who->account,
                           tx->who->name, tx->now);
    if (e == OK)
        e = entry_one(tx, *code, &one);
    return e == OK ? note(tx, &one, "write", STR("撰稿"), "", false) : e;
}

enum err entry_rewrite(struct tx *tx, const struct entry_one *e,
                       const struct entry_words *w, str *sentence)
{
    enum err err = own(tx, e, sentence);
    if (err == OK && !str_is(e->work, "draft") && !str_is(e->work, "returned"))
        return refuse(sentence, ERR_CONFLICT,
                      "正在审核或者已经公开，现在不能修改。");
    if (err == OK)
        err = words_ok(tx, w, sentence);
    if (err == OK && e->live && utf8_count(w->why) < REASON)
        return refuse(sentence, ERR_RANGE,
                      "请写明更正的原因，至少四个字，会向社会公开。");
    if (err == OK)
        err = entry_text_write(tx, e->id, e->open, w->title, w->doc_no,
                               w->category, w->topic, w->formed, w->item,
                               w->about, w->summary, w->body, w->why,
                               tx->who->account);
    if (err == OK)
        err = entry_work(tx, e->id, e->revision, e->work, e->open, w->title);
    err = changed(err, sentence);
    return err == OK ? note(tx, e, "edit", STR("修改"), "", false) : err;
}

/* The files of the version released last go along. */
static enum err copy_files(struct tx *tx, const struct entry_one *e,
                           int64_t version)
{
    struct files_of *f;
    size_t n;
    enum err err = files_of(tx, e->id, e->live, &f, &n);
    for (size_t i = 0; err == OK && i < n; i++)
        err = file_add(tx, store_id(tx->store), e->id, version, f[i].name,
                       f[i].sha256, f[i].type, f[i].size);
    return err;
}

enum err entry_correct(struct tx *tx, const struct entry_one *e, str why,
                       str *sentence)
{
    struct entry_texts *v;
    struct entry_text_one t;
    size_t n = 0;
    enum err err = own(tx, e, sentence);
    if (err == OK && (e->live == 0 || e->open))
        return refuse(sentence, ERR_CONFLICT,
                      "没有公开过，或者已经在修改，不能另起更正。");
    if (err == OK && utf8_count(str_trim(why)) < REASON)
        return refuse(sentence, ERR_RANGE,
                      "请写明更正的原因，至少四个字，会向社会公开。");
    if (err == OK)
        err = entry_texts(tx, e->id, &v, &n);
    if (err == OK)
        err = entry_text_one(tx, e->id, e->live, &t);
    if (err != OK)
        return err;
    int64_t next = n ? v[0].version + 1 : 1;
    err = entry_text_add(tx, store_id(tx->store), e->id, next, t.title,
                         t.doc_no, t.category, t.topic, t.formed, t.item,
                         t.about, t.summary, t.body, why, tx->who->account,
                         tx->who->name, tx->now);
    if (err == OK)
        err = copy_files(tx, e, next);
    if (err == OK)
        err = entry_work(tx, e->id, e->revision, STR("draft"), next, e->title);
    err = changed(err, sentence);
    return err == OK ? note(tx, e, "correct",
                            arena_join(tx->arena, STR("着手更正："), why),
                            "", false) : err;
}

static enum err clock_over(struct tx *tx, str run)
{
    enum err e = clock_stop(tx, STR("disclosure"), run);
    return e == ERR_NOTFOUND ? OK : e;
}

enum err entry_drop(struct tx *tx, const struct entry_one *e, str *sentence)
{
    struct entry_text_one t;
    enum err err = own(tx, e, sentence);
    if (err == OK && e->open == 0)
        return refuse(sentence, ERR_CONFLICT, "没有正在修改的版本。");
    if (err == OK)
        err = entry_text_one(tx, e->id, e->open, &t);
    if (err == OK)
        err = entry_text_state(tx, e->id, e->open, STR("dropped"), t.run);
    if (err == OK && t.run.n)
        err = review_cancel(tx, t.run);
    if (err == OK && t.run.n)
        err = clock_over(tx, t.run);
    if (err == OK)
        err = entry_dropped(tx, e->id, e->revision,
                            e->live ? e->state : STR("dropped"));
    err = changed(err, sentence);
    return err == OK ? note(tx, e, "drop", STR("放弃这一稿"), "", false) : err;
}

/* ---- asking for release ---- */

int entry_personal(struct tx *tx, const struct entry_text_one *t,
                   struct disclosure_personal out[DISCLOSURE_PERSONAL])
{
    str whole = arena_printf(tx->arena, "%.*s\n%.*s\n%.*s", STR_ARG(t->title),
                             STR_ARG(t->summary), STR_ARG(t->body));
    return disclosure_personal(tx->arena, whole, tx_today(tx), out);
}

static bool is_ground(str code)
{
    for (const struct disclosure_ground *g = disclosure_grounds; g->code; g++)
        if (str_is(code, g->code))
            return true;
    return false;
}

/* Numbers of people need a ground and a reason. */
static enum err personal_ok(struct tx *tx, const struct entry_text_one *t,
                            str ground, str why, str *sentence)
{
    struct disclosure_personal p[DISCLOSURE_PERSONAL];
    int n = entry_personal(tx, t, p);
    bool justified = is_ground(ground) && utf8_count(str_trim(why)) >= REASON;
    if (n == 0 || justified)
        return OK;
    return refuse_str(
        sentence, ERR_RANGE,
        arena_printf(tx->arena, "正文里有 %d 处个人信息，例如%s %.*s。请遮盖后"
                     "再提交；确需公开的，选择理由并写明（" ART15 "）。", n,
                     p[0].kind, STR_ARG(p[0].shown)));
}

/* Watched like every other clock, until it is released. */
static enum err start_clock(struct tx *tx, const struct entry_one *e,
                            const struct entry_text_one *t, str run)
{
    struct clock_found found;
    const struct clock_rule *rule = clock_rule(STR("info.proactive"));
    enum err err = clock_find(tx, STR("disclosure"), run, STR("statutory"),
                              &found);
    if (err != ERR_NOTFOUND || rule == NULL)
        return rule ? err : ERR_STORE;
    struct clock_spec spec = {
        .matter = STR("disclosure"), .ref = run, .unit = e->unit,
        .holder = t->author_name, .kind = STR("statutory"), .rule = rule->id,
        .start = t->formed, .unit_of = rule->unit, .n = rule->n,
    };
    return clock_start(tx, &spec);
}

enum err entry_submit(struct tx *tx, const struct entry_one *e, str ground,
                      str ground_why, str *sentence)
{
    struct entry_text_one t;
    str run = STR("");
    enum err err = own(tx, e, sentence);
    if (err == OK && !str_is(e->work, "draft") && !str_is(e->work, "returned"))
        return refuse(sentence, ERR_CONFLICT, "现在没有可以提交的稿件。");
    if (err == OK)
        err = entry_text_one(tx, e->id, e->open, &t);
    if (err == OK)
        err = personal_ok(tx, &t, ground, ground_why, sentence);
    if (err == OK)
        err = entry_text_ground(tx, e->id, e->open, ground, ground_why);
    if (err == OK)
        err = review_begin(tx, e, &t, &run, sentence);
    if (err == OK)
        err = entry_text_state(tx, e->id, e->open, STR("secrecy"), run);
    if (err == OK)
        err = start_clock(tx, e, &t, run);
    if (err == OK)
        err = entry_work(tx, e->id, e->revision, STR("secrecy"), e->open,
                         t.title);
    if (err == ERR_CONFLICT && sentence->n == 0)
        err = changed(err, sentence);
    return err == OK ? note(tx, e, "submit", STR("提交审核"), ART17, false)
                     : err;
}

/* ---- looking over ---- */

/* The version somebody else wrote, at that step. */
static enum err reviewed(struct tx *tx, const struct entry_one *e,
                         const char *step, struct entry_text_one *t,
                         str *sentence)
{
    enum err err = own(tx, e, sentence);
    if (err == OK && !str_is(e->work, step))
        return refuse(sentence, ERR_CONFLICT, CHANGED);
    if (err == OK)
        err = entry_text_one(tx, e->id, e->open, t);
    if (err != OK)
        return err;
    str why = disclosure_review_refused(str_of(step), t->author, t->editor,
                                        tx->who->account);
    return why.n ? refuse_str(sentence, ERR_DENIED, why) : OK;
}

static enum err said_ok(str said, str text, str *sentence)
{
    if (!str_is(said, "open") && !str_is(said, "secret") &&
        !str_is(said, "unsure"))
        return refuse(sentence, ERR_RANGE, "请选择保密审查的结论。");
    if (!str_is(said, "open") && utf8_count(str_trim(text)) < REASON)
        return refuse(sentence, ERR_RANGE, "请写明理由，至少四个字。");
    return OK;
}

static enum err after_secrecy(struct tx *tx, const struct entry_one *e,
                              const struct entry_text_one *t, bool secret,
                              str *sentence)
{
    struct value *data = value_new(tx->arena, VALUE_OBJECT);
    str next = secret ? STR("blocked") : STR("check");
    value_add(data, STR("secret"), value_bool(tx->arena, secret));
    enum err err = entry_text_state(tx, e->id, e->open, next, t->run);
    if (err == OK)
        err = review_do(tx, t->run, "secrecy", data, sentence);
    if (err == OK && secret)
        err = clock_over(tx, t->run);
    return err == OK ? changed(entry_work(tx, e->id, e->revision, next,
                                          e->open, t->title), sentence) : err;
}

enum err entry_secrecy(struct tx *tx, const struct entry_one *e, str said,
                       str text, str *sentence)
{
    struct entry_text_one t;
    bool unsure = str_is(said, "unsure"), holds = false;
    enum err err = reviewed(tx, e, "secrecy", &t, sentence);
    if (err == OK)
        err = said_ok(said, text, sentence);
    if (err == OK)
        err = review_holds(tx, e->unit, DUTY_SECRECY, &holds);
    if (err == OK && !holds)
        return refuse(sentence, ERR_DENIED,
                      "这一步由本单位的" DUTY_SECRECY "办理，您没有担任这个岗"
                      "位。");
    if (err == OK)
        err = entry_text_secrecy(tx, e->id, e->open, tx->who->name, said, text,
                                 tx->now);
    if (err == OK && !unsure)
        err = after_secrecy(tx, e, &t, str_is(said, "secret"), sentence);
    str told = unsure ? STR("保密审查：不能确定，报保密行政管理部门确定")
               : str_is(said, "secret") ? STR("保密审查：不得公开")
                                        : STR("保密审查：可以公开");
    return err == OK ? note(tx, e, "secrecy", told, ART17, false) : err;
}

/* ---- release ---- */

static enum err make_findable(struct tx *tx, const struct entry_one *e,
                              const struct entry_text_one *t, int64_t place,
                              str index_no)
{
    str words = arena_printf(
        tx->arena, "%.*s %.*s %.*s %.*s %.*s %.*s %.*s", STR_ARG(t->title),
        STR_ARG(t->doc_no), STR_ARG(index_no), STR_ARG(e->unit_name),
        STR_ARG(name_of(t->category)), STR_ARG(t->summary), STR_ARG(t->body));
    return search_put(tx, place, STR("open"), STR(""), words, STR(""));
}

static enum err put_out(struct tx *tx, const struct entry_one *e,
                        const struct entry_text_one *t)
{
    int year, month, mday;
    day today = tx_today(tx);
    bool first = e->place == 0;
    int64_t place = first ? store_id(tx->store) : e->place;
    str index_no = e->index_no, class = class_of(t->category);
    enum err err = first ? new_index_no(tx, e, &index_no) : OK;
    day published = first ? today : e->published;
    int late = disclosure_days_late(tx->calendar, t->formed, today);
    day_split(published, &year, &month, &mday);
    if (err == OK)
        err = entry_text_past(tx, e->id, NULL);
    if (err == OK)
        err = entry_text_released(tx, e->id, e->open, tx->now);
    if (err == OK)
        err = entry_release(tx, e->id, e->revision, e->open, index_no, place,
                            published, today, year, late, t->title, t->doc_no,
                            class, name_of(class), t->category,
                            name_of(t->category), t->topic,
                            disclosure_topic(t->topic)->name, t->formed,
                            t->item, t->about, t->summary, t->body);
    if (err == OK)
        err = make_findable(tx, e, t, place, index_no);
    store_touch(tx, TOPIC_DISCLOSURE);
    return err;
}

static enum err release(struct tx *tx, const struct entry_one *e,
                        const struct entry_text_one *t, str *sentence)
{
    str told = e->live == 0
                   ? STR("公开发布")
                   : arena_join(tx->arena, STR("更正后重新发布："), t->why);
    struct disclosure_personal p[DISCLOSURE_PERSONAL];
    if (entry_personal(tx, t, p) && !is_ground(t->ground))
        return refuse(sentence, ERR_RANGE,
                      "正文里有个人信息，也没有写明公开的理由，不能发布（" ART15
                      "）。");
    enum err err = changed(put_out(tx, e, t), sentence);
    if (err == OK)
        err = review_published(tx, t->run);
    if (err == OK)
        err = clock_over(tx, t->run);
    if (err == OK)
        err = flow_signal(tx, "disclosure.published", e->code, NULL);
    return err == OK ? note(tx, e, "release", told, ART26, true) : err;
}

enum err entry_check(struct tx *tx, const struct entry_one *e, bool passes,
                     str text, str *sentence)
{
    struct entry_text_one t;
    struct value *data = value_new(tx->arena, VALUE_OBJECT);
    enum err err = reviewed(tx, e, "check", &t, sentence);
    if (err == OK && !passes && utf8_count(str_trim(text)) < REASON)
        return refuse(sentence, ERR_RANGE,
                      "请写明退回修改的意见，至少四个字。");
    value_add(data, STR("decision"),
              value_text(tx->arena, passes ? STR("publish") : STR("return")));
    if (err == OK)
        err = review_do(tx, t.run, "check", data, sentence);
    if (err == OK)
        err = entry_text_check(tx, e->id, e->open, tx->who->name, text,
                               tx->now);
    if (err != OK || passes)
        return err == OK ? release(tx, e, &t, sentence) : err;
    err = entry_text_state(tx, e->id, e->open, STR("returned"), t.run);
    if (err == OK)
        err = entry_work(tx, e->id, e->revision, STR("returned"), e->open,
                         t.title);
    err = changed(err, sentence);
    return err == OK ? note(tx, e, "return",
                            arena_join(tx->arena, STR("退回修改："), text),
                            ART17, false) : err;
}

/* ---- afterwards ---- */

static enum err leads(struct tx *tx, const struct entry_one *e, str why,
                      str *sentence)
{
    bool holds = false;
    enum err err = own(tx, e, sentence);
    if (err == OK && !str_is(e->state, "live"))
        return refuse(sentence, ERR_CONFLICT, "这条信息现在没有公开。");
    if (err == OK && utf8_count(str_trim(why)) < REASON)
        return refuse(sentence, ERR_RANGE,
                      "请写明理由，至少四个字，会向社会公开。");
    if (err == OK)
        err = review_holds(tx, e->unit, DUTY_CHECK, &holds);
    return err == OK && !holds
               ? refuse(sentence, ERR_DENIED,
                        "由本单位的" DUTY_CHECK "决定，您没有担任这个岗位。")
               : err;
}

enum err entry_take_back(struct tx *tx, const struct entry_one *e, str why,
                         str *sentence)
{
    enum err err = leads(tx, e, why, sentence);
    if (err == OK)
        err = changed(entry_withdraw(tx, e->id, e->revision, tx_today(tx),
                                     why), sentence);
    if (err == OK)
        err = search_remove(tx, e->place);
    store_touch(tx, TOPIC_DISCLOSURE);
    return err == OK ? note(tx, e, "withdraw",
                            arena_join(tx->arena, STR("撤下："), why),
                            "政府信息公开条例 第六条、第十四条、第十五条", true)
                     : err;
}

enum err entry_end_effect(struct tx *tx, const struct entry_one *e, str effect,
                          day from, str why, str *sentence)
{
    enum err err = leads(tx, e, why, sentence);
    if (err != OK)
        return err;
    str bad = disclosure_effect_refused(e->effect, effect, from, e->formed);
    if (bad.n)
        return refuse_str(sentence, ERR_RANGE, bad);
    char text[DAY_TEXT];
    str day_words = day_text(from, text);
    err = changed(entry_effect(tx, e->id, e->revision, effect, from, why),
                  sentence);
    store_touch(tx, TOPIC_DISCLOSURE);
    return err == OK ? note(tx, e, "effect",
                            arena_printf(tx->arena, "自 %.*s 起%s：%.*s",
                                         STR_ARG(day_words),
                                         str_is(effect, "void") ? "废止"
                                                                : "失效",
                                         STR_ARG(why)),
                            "政府信息公开条例 第十二条第一款", true) : err;
}
