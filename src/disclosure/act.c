/* What is done to an entry, one button each; keep.c says what it means. */
#include "disclosure/pages.h"

static enum err answered(struct request *rq, const struct entry_one *e,
                         enum err err, str sentence, const char *done)
{
    if (err != OK)
        return sentence.n ? rq_fail_str(rq, err, sentence) : err;
    view_text(rq_view(rq), "code", e->code);
    rq_flash(rq, "ok", str_of(done));
    return rq_see_other(rq, "/disclosure/desk/%.*s", STR_ARG(e->code));
}

enum err disclosure_submit_post(struct request *rq, struct tx *tx)
{
    struct entry_one e;
    str sentence = STR("");
    enum err err = disclosure_load(rq, tx, &e);
    if (err == OK)
        err = entry_submit(tx, &e, rq_text(rq, "ground"),
                           rq_text(rq, "ground_why"), &sentence);
    return answered(rq, &e, err, sentence, "已提交，等待保密审查。");
}

enum err disclosure_secrecy_post(struct request *rq, struct tx *tx)
{
    struct entry_one e;
    str sentence = STR("");
    enum err err = disclosure_load(rq, tx, &e);
    if (err == OK)
        err = entry_secrecy(tx, &e, rq_text(rq, "said"), rq_text(rq, "note"),
                            &sentence);
    return answered(rq, &e, err, sentence, "已记录保密审查的结论。");
}

enum err disclosure_check_post(struct request *rq, struct tx *tx)
{
    struct entry_one e;
    str sentence = STR("");
    bool release = str_is(rq_text(rq, "decision"), "release");
    enum err err = disclosure_load(rq, tx, &e);
    if (err == OK)
        err = entry_check(tx, &e, release, rq_text(rq, "opinion"), &sentence);
    return answered(rq, &e, err, sentence,
                    release ? "已公开发布。" : "已退回修改。");
}

enum err disclosure_correct_post(struct request *rq, struct tx *tx)
{
    struct entry_one e;
    str sentence = STR("");
    enum err err = disclosure_load(rq, tx, &e);
    if (err == OK)
        err = entry_correct(tx, &e, rq_text(rq, "why"), &sentence);
    return answered(rq, &e, err, sentence,
                    "已另起一稿，修改后提交审核。公开的内容现在不变。");
}

enum err disclosure_withdraw_post(struct request *rq, struct tx *tx)
{
    struct entry_one e;
    str sentence = STR("");
    enum err err = disclosure_load(rq, tx, &e);
    if (err == OK)
        err = entry_take_back(tx, &e, rq_text(rq, "cause"), &sentence);
    return answered(rq, &e, err, sentence, "已撤下，正文和附件不再公开。");
}

enum err disclosure_effect_post(struct request *rq, struct tx *tx)
{
    struct entry_one e;
    str sentence = STR("");
    enum err err = disclosure_load(rq, tx, &e);
    if (err == OK)
        err = entry_end_effect(tx, &e, rq_text(rq, "effect"),
                               rq_day(rq, "from"), rq_text(rq, "basis"),
                               &sentence);
    return answered(rq, &e, err, sentence, "已登记。");
}

enum err disclosure_drop_post(struct request *rq, struct tx *tx)
{
    struct entry_one e;
    str sentence = STR("");
    enum err err = disclosure_load(rq, tx, &e);
    if (err == OK)
        err = entry_drop(tx, &e, &sentence);
    if (err != OK || e.live)
        return answered(rq, &e, err, sentence, "已放弃这一稿。");
    rq_flash(rq, "ok", STR("已放弃这一稿。"));
    return rq_see_other(rq, "/disclosure/desk");
}
