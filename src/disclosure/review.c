/*
 * The review before publishing runs as the process 信息发布审核
 * (data/process/publish.bpmn, key "publish"): 编辑校对, 保密审查, 负责人审核,
 * 发布到网站.  The process says whose desk each step is on; what the steps do
 * to the entry is said in keep.c.
 */
#include "disclosure/keep.h"

#include "kernel/auth/auth.h"
#include "kernel/process/process.h"

#define KEY "publish"

enum { PROMISED = 3 }; /* working days; zt:clock of the process */

enum err review_holds(struct tx *tx, str unit, const char *duty, bool *out)
{
    struct auth_holder *h;
    size_t n;
    *out = false;
    enum err e = auth_holders(tx, unit, str_of(duty), &h, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        *out |= h[i].account == tx->who->account;
    return e;
}

/* The open task, if it stands there.  ERR_CONFLICT when it does not. */
static enum err task_at(struct tx *tx, str run, const char *node, int64_t *id,
                        struct process_task_brief *t)
{
    struct process_view v;
    enum err e = process_find(tx, run, id);
    if (e == OK)
        e = process_open(tx, *id, &v);
    if (e != OK)
        return e == ERR_NOTFOUND ? ERR_CONFLICT : e;
    bool there = process_first_task(&v, tx->arena, t) &&
                 str_is(t->node, node);
    process_close(&v);
    return there ? OK : ERR_CONFLICT;
}

static enum err complete(struct tx *tx, int64_t id, int64_t task,
                         const struct value *data)
{
    struct process_answer answer;
    struct process_do d = {
        .id = id, .noted = true,
        .law = STR("政府信息公开条例 第十七条"),
        .command = { .verb = FLOW_COMPLETE, .task = task, .data = data,
                     .person = process_person(tx->arena,
                                              tx->who->account) },
    };
    return process_do(tx, &d, &answer);
}

enum err review_do(struct tx *tx, str run, const char *node,
                   const struct value *data, str *sentence)
{
    struct process_task_brief t;
    int64_t id;
    bool may = false;
    enum err e = task_at(tx, run, node, &id, &t);
    if (e == ERR_CONFLICT) {
        *sentence = STR("这件刚刚有变化，请刷新后再办。");
        return e;
    }
    if (e == OK)
        e = process_may(tx, tx->who->account, id, t.task, &may);
    if (e == OK && !may) {
        *sentence = arena_printf(tx->arena, "这一步由本单位的%.*s办理，您没有担"
                                 "任这个岗位。", STR_ARG(t.duty));
        return ERR_DENIED;
    }
    return e == OK ? complete(tx, id, t.task, data) : e;
}

static enum err start(struct tx *tx, const struct entry_one *e,
                      const struct entry_text_one *t, str *run, str *sentence)
{
    struct process_answer answer;
    *run = arena_printf(tx->arena, "%.*s-%lld", STR_ARG(e->code),
                        (long long)t->version);
    struct process_start s = {
        .key = STR(KEY), .number = *run, .module = STR("disclosure"),
        .title = t->title, .unit = e->unit, .noted = true, .once = str_none,
        .due = calendar_add_working(tx->calendar, tx_today(tx), PROMISED),
    };
    enum err err = process_start(tx, &s, &answer);
    if (err == ERR_NOTFOUND)
        *sentence = STR("流程“信息发布审核”没有部署，请联系系统管理员。");
    return err == ERR_NOTFOUND ? ERR_CONFLICT : err;
}

enum err review_begin(struct tx *tx, const struct entry_one *e,
                      const struct entry_text_one *t, str *run, str *sentence)
{
    enum err err = OK;
    *run = t->run;
    if (t->run.n == 0)
        err = start(tx, e, t, run, sentence);
    return err == OK ? review_do(tx, *run, "edit", NULL, sentence) : err;
}

enum err review_published(struct tx *tx, str run)
{
    struct process_task_brief t;
    int64_t id;
    enum err e = task_at(tx, run, "publishing", &id, &t);
    return e == OK ? complete(tx, id, t.task, NULL) : e;
}

enum err review_cancel(struct tx *tx, str run)
{
    struct process_answer answer;
    int64_t id;
    enum err e = process_find(tx, run, &id);
    struct process_do d = { .noted = true, .command = {
        .verb = FLOW_CANCEL, .reason = STR("撰稿单位不再公开") } };
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    d.id = id;
    e = process_do(tx, &d, &answer);
    return e == ERR_CONFLICT ? OK : e; /* over already */
}

/* A review somebody else ended (an incident, an administrator): what was
 * written goes back to who wrote it, and a new review may begin. */
static enum err ended(struct tx *tx, const struct process_view *v)
{
    struct entry_text_run of;
    struct entry_one e;
    if (str_is(v->state, "done"))
        return OK;
    enum err err = entry_text_run(tx, v->number, &of);
    if (err == ERR_NOTFOUND)
        return OK;
    bool waits = err == OK && (str_is(of.state, "secrecy") ||
                               str_is(of.state, "check") ||
                               str_is(of.state, "returned"));
    if (!waits)
        return err;
    err = entry_text_state(tx, of.entry, of.version, STR("returned"),
                           STR(""));
    if (err == OK)
        err = entry_one(tx, of.code, &e);
    if (err == OK)
        err = entry_work(tx, e.id, e.revision, STR("returned"), e.open,
                         e.title);
    return err == OK ? entry_act(tx, e.id, "ended", STR("审核流程终止，退回撰"
                                 "稿"), "", false) : err;
}

const struct process_owner disclosure_reviews = { .module = "disclosure",
                                                  .ended = ended };
