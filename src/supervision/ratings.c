/*
 * Bad ratings until they are mended: who must be called by when, what was done,
 * and the person told.  What somebody wrote is shown one rating at a time, and
 * each look at it is noted (个人信息保护法 第五十一条).
 */
#include "supervision/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"
#include "kernel/page/page.h"
#include "supervision/queries.gen.h"
#include "supervision/show.h"

enum { PAGE = 50 };

static str channel_word(str channel)
{
    static const struct { const char *code, *word; } words[] = {
        { "web", "网上" }, { "qr", "扫码" }, { "window", "窗口" },
        { "phone", "电话" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(channel, words[i].code))
            return str_of(words[i].word);
    return channel;
}

/* 待核实, 待整改 with what is left; or that it is too late. */
static str step_text(struct tx *tx, day verify_by, day mend_by, inst verified)
{
    bool verify = inst_is_none(verified);
    day by = verify ? verify_by : mend_by;
    const char *what = verify ? "核实" : "整改";
    int left = calendar_working_between(tx->calendar, tx_today(tx), by);
    if (left < 0)
        return arena_printf(tx->arena, "%s超期 %d 个工作日", what, -left);
    if (left == 0)
        return arena_printf(tx->arena, "今日前%s", what);
    return arena_printf(tx->arena, "%s还剩 %d 个工作日", what, left);
}

static bool is_late(struct tx *tx, day verify_by, day mend_by, inst verified)
{
    day by = inst_is_none(verified) ? verify_by : mend_by;
    return by.n < tx_today(tx).n;
}

/* ---- the list ---- */

static void show_row(struct tx *tx, struct view *v, struct value *list,
                     const struct rating_bad *r)
{
    struct view row = view_row(v, list);
    view_text(&row, "number", r->ref);
    view_text(&row, "channel", r->channel);
    view_text(&row, "title", r->title);
    view_text(&row, "unit_name", r->unit_name);
    view_text(&row, "channel_name", channel_word(r->channel));
    view_text(&row, "level", str_of(rating_level(r->level)->label));
    view_inst(&row, "at", r->at);
    view_day(&row, "verify_by", r->verify_by);
    view_day(&row, "mend_by", r->mend_by);
    view_bool(&row, "verified", !inst_is_none(r->verified));
    view_text(&row, "step", step_text(tx, r->verify_by, r->mend_by,
                                      r->verified));
    view_bool(&row, "late", is_late(tx, r->verify_by, r->mend_by,
                                    r->verified));
}

enum err ratings_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    str unit = watch_scope(tx->who);
    struct rating_bad *r;
    struct rating_bad_count all;
    size_t n;
    rq_menu(rq, "desk.ratings");
    enum err e = rating_bad_count(tx, unit, &all);
    if (e == OK)
        e = rating_bad(tx, unit, (day){ (int32_t)rq_int(rq, "after", -1) },
                       rq_int(rq, "id", 0), &r, &n);
    if (e != OK)
        return e;
    view_count(v, "total", all.ratings);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < PAGE; i++)
        show_row(tx, v, list, &r[i]);
    str next = STR("");
    if (n > PAGE)
        next = arena_printf(v->arena, "/supervision/ratings?after=%d&id=%lld",
                            (int)r[PAGE - 1].mend_by.n,
                            (long long)r[PAGE - 1].id);
    page_pager_next(v, "pager",
                    rq_has(rq, "after") ? STR("/supervision/ratings")
                                        : STR(""),
                    next, all.ratings, PAGE);
    return OK;
}

/* ---- one rating ---- */

static enum err load(struct request *rq, struct tx *tx, struct rating_one *r)
{
    enum err e = rating_one(tx, rq_path(rq, "number"), rq_path(rq, "channel"),
                            r);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这条评价，请从差评整改列表打开。");
    if (e == OK && !auth_in_scope(tx->who, r->unit))
        return rq_fail(rq, ERR_DENIED, "您只能查看本单位收到的评价。");
    return e;
}

static void show_reasons(struct view *v, str codes)
{
    struct value *list = view_list(v, "reasons");
    while (!str_is_none(codes) && codes.n) {
        str code = str_cut(&codes, ' ');
        for (const struct rating_reason *r = rating_reasons; r->code; r++)
            if (str_is(code, r->code))
                value_push(list, value_text(v->arena, str_of(r->label)));
    }
}

enum err rating_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct rating_one r;
    enum err e = load(rq, tx, &r);
    if (e == OK)
        e = audit_look(tx, STR("rating.look"), r.ref);
    if (e != OK)
        return e;
    bool bad = !day_is_none(r.mend_by), mended = !inst_is_none(r.mended);
    rq_menu(rq, "desk.ratings");
    view_text(v, "number", r.ref);
    view_text(v, "channel", r.channel);
    view_text(v, "title", r.title);
    view_text(v, "unit_name", r.unit_name);
    view_text(v, "channel_name", channel_word(r.channel));
    view_text(v, "level", str_of(rating_level(r.level)->label));
    view_inst(v, "at", r.at);
    show_reasons(v, r.reasons);
    view_text(v, "remark", str_is_none(r.remark) ? STR("") : r.remark);
    view_day(v, "verify_by", r.verify_by);
    view_day(v, "mend_by", r.mend_by);
    view_inst(v, "verified", r.verified);
    view_inst(v, "mended", r.mended);
    view_text(v, "answer", str_is_none(r.answer) ? STR("") : r.answer);
    view_bool(v, "may_verify", bad && !mended && inst_is_none(r.verified));
    struct value *fields = view_list(v, "fields");
    struct page_field f = {
        .name = "answer", .type = "lines", .label = STR("整改结果"),
        .hint = STR("写明做了什么，网上申请的办事人会收到这段话。"),
        .value = rq_text(rq, "answer"),
    };
    str problem;
    if (rq_problem(rq, "answer", &problem))
        f.error = problem;
    if (bad && !mended && !inst_is_none(r.verified))
        page_field(v, fields, &f);
    return OK;
}

/* ---- called, mended ---- */

enum err rating_verify_post(struct request *rq, struct tx *tx)
{
    struct rating_one r;
    enum err e = load(rq, tx, &r);
    if (e != OK)
        return e;
    if (day_is_none(r.mend_by))
        return rq_fail(rq, ERR_RANGE, "这条评价不是差评，不需要核实。");
    e = rating_verify(tx, r.id, tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这条差评已经核实过，请刷新后查看。");
    if (e == OK)
        e = audit_note(tx, STR("rating.verify"), r.ref, r.channel);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已记录核实，请在期限内整改。"));
    return rq_see_other(rq, "/supervision/ratings/%.*s/%.*s", STR_ARG(r.ref),
                        STR_ARG(r.channel));
}

static enum err tell_person(struct tx *tx, const struct rating_one *r,
                            str answer)
{
    struct notify_letter l = {
        .account = r->applicant, .about = STR("case"), .ref = r->ref,
        .title = arena_printf(tx->arena, "您的评价已整改：%.*s",
                              STR_ARG(r->title)),
        .body = answer,
        .link = arena_printf(tx->arena, "/cases/%.*s", STR_ARG(r->ref)),
    };
    return r->applicant ? notify_send(tx, &l) : OK;
}

enum err rating_mend_post(struct request *rq, struct tx *tx)
{
    struct rating_one r;
    str answer = rq_text(rq, "answer");
    enum err e = load(rq, tx, &r);
    if (e != OK)
        return e;
    if (day_is_none(r.mend_by))
        return rq_fail(rq, ERR_RANGE, "这条评价不是差评，不需要整改。");
    if (inst_is_none(r.verified))
        return rq_fail(rq, ERR_CONFLICT, "请先与评价人核实，再填写整改结果。");
    e = rating_mend(tx, r.id, tx->now, answer);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这条差评已经整改完毕，请刷新后查看。");
    if (e == OK)
        e = audit_note(tx, STR("rating.mend"), r.ref, r.channel);
    if (e == OK)
        e = tell_person(tx, &r, answer);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已记录整改结果。"));
    return rq_see_other(rq, "/supervision/ratings/%.*s/%.*s", STR_ARG(r.ref),
                        STR_ARG(r.channel));
}
