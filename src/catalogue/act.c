/*
 * What moves an item: a confirm page for each verb, and the verb.
 */
#include "catalogue/pages.h"

#include "catalogue/show.h"
#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"
#include "kernel/page/page.h"

enum side { CLERK, KEEPER };

struct verb {
    const char *code, *label, *told;
    enum side who;
    const char *look;
    const char *reason; /* label of the reason it wants, or NULL */
    bool must;          /* the reason may not be left empty */
    const char *done;
};

static const struct verb verbs[] = {
    { "begin", "起草新版本", "从现行的一版抄一份草稿来改；改好、送审、审核通过"
      "以前，办事人看到的还是现行的。", CLERK, "", NULL, false,
      "已起草，可以逐项修改。" },
    { "send", "送审", "送给事项目录的管理部门审核。送审以后不能再改，需要改时由"
      "审核人退回。", CLERK, "", NULL, false, "已送审。" },
    { "drop", "放弃草稿", "草稿删去，现行的不变；从来没有生效过的事项随草稿一起"
      "删去。", CLERK, "btn-bad", NULL, false, "已放弃草稿。" },
    { "approve", "审核通过", "到生效日，办事指南、搜索和申请都用这一版；在办的"
      "件仍按收件时的版本办。", KEEPER, "", "审核意见", false, "已审核通过。" },
    { "return", "退回修改", "退给部门修改，意见部门看得到。", KEEPER, "btn-bad",
      "退回的意见", true, "已退回。" },
    { "pause", "暂停办理", "办事指南写明暂停和原因，不再接受申请；在办的件继续"
      "办。", KEEPER, "btn-bad", "暂停的原因", true, "已暂停办理。" },
    { "resume", "恢复办理", "重新接受申请。", KEEPER, "", NULL, false,
      "已恢复办理。" },
    { "withdraw", "取消事项", "事项不再列出，不再接受申请；在办的件继续办，旧链"
      "接说明已经取消。", KEEPER, "btn-bad", "取消的依据和原因", true,
      "已取消。" },
};

static const struct verb *verb_of(str code)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_is(code, verbs[i].code))
            return &verbs[i];
    return NULL;
}

static bool is(const struct verb *b, const char *code)
{
    return str_is(str_of(b->code), code);
}

/* Why it cannot be done now, NULL when it can. */
static const char *against(const struct verb *b, const struct kept *k,
                           const struct show_may *may, const struct tx *tx)
{
    str step = k->item.step, state = k->item.state;
    if (b->who == CLERK && !may->clerk)
        return "只有这个部门的事项管理岗可以做，岗位由系统管理员安排。";
    if (b->who == KEEPER && !may->keeper)
        return "只有事项目录管理部门的事项审核岗可以做。";
    if (is(b, "begin") && (step.n || k->item.live == 0))
        return "已经有一版在修改或者审核，先办完那一版。";
    if ((is(b, "send") || is(b, "drop")) && !str_is(step, "draft"))
        return "没有草稿，可能已经送审，请刷新后再看。";
    if (is(b, "approve") && !str_is(step, "sent"))
        return "没有等待审核的版本，可能刚刚有人审核过。";
    if (is(b, "approve") && k->version.sender == tx->who->account)
        return "送审的人不能审核自己送审的版本，请另一位审核人审核。";
    if (is(b, "return") && (step.n == 0 || str_is(step, "draft")))
        return "没有可以退回的版本。";
    if (is(b, "pause") && (!str_is(state, "live") || k->item.live == 0))
        return "这个事项现在没有在办理。";
    if (is(b, "resume") && (str_is(state, "live") || k->item.live == 0))
        return "这个事项没有暂停，也没有取消。";
    if (is(b, "withdraw") && (str_is(state, "withdrawn") ||
                              k->item.live == 0))
        return "这个事项没有生效过，或者已经取消。";
    if (is(b, "send") && k->item.must > 0)
        return "还有必须改的，改正以后才能送审。";
    return NULL;
}

static enum err load(struct request *rq, struct tx *tx, struct kept *k,
                     struct show_may *may, const struct verb **b)
{
    *b = verb_of(rq_path(rq, "verb"));
    if (*b == NULL)
        return rq_fail(rq, ERR_NOTFOUND,
                       "没有这个动作，请从事项页面上的按钮进入。");
    enum err e = show_load(rq, tx, 0, k);
    return e == OK ? show_may(rq, tx, k->item.unit, may) : e;
}

enum err catalogue_act_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct show_may may;
    const struct verb *b;
    struct kept k;
    char iso[DAY_TEXT];
    enum err e = load(rq, tx, &k, &may, &b);
    if (e != OK)
        return e;
    const char *why = against(b, &k, &may, tx);
    rq_menu(rq, "desk.catalogue");
    show_item_head(v, &k);
    view_text(v, "verb", str_of(b->code));
    view_text(v, "label", str_of(b->label));
    view_text(v, "told", str_of(b->told));
    view_text(v, "look", str_of(b->look));
    view_text(v, "against", str_of(why ? why : ""));
    view_bool(v, "can", why == NULL);
    struct value *list = view_list(v, "fields");
    if (is(b, "approve"))
        show_ask(rq, list, "effective", "day", "生效日",
                 "今天或者以前的日期：立即生效。", false,
                 arena_str(v->arena, day_text(tx_today(tx), iso)));
    if (b->reason)
        show_ask(rq, list, "reason", "lines", b->reason, "", !b->must,
                 STR(""));
    return show_findings(tx, v, k.item.code, k.version.version);
}

/* The one who sent it reads what became of it. */
static enum err write_sender(struct tx *tx, const struct kept *k, str title,
                             str body)
{
    struct notify_letter letter = {
        .account = k->version.sender, .about = STR("catalogue"),
        .ref = k->item.code, .title = title, .body = body,
        .link = arena_printf(tx->arena, "/catalogue/items/%.*s",
                             STR_ARG(k->item.code)),
    };
    return k->version.sender ? notify_send(tx, &letter) : OK;
}

static enum err approve(struct request *rq, struct tx *tx, struct kept *k)
{
    day from = rq_day(rq, "effective");
    if (day_is_none(from))
        return rq_fail_field(rq, ERR_INPUT, "effective",
                             STR("请选择生效日"));
    if (from.n > tx_today(tx).n + 366)
        return rq_fail_field(rq, ERR_RANGE, "effective",
                             STR("生效日最晚在一年以内，请改正"));
    enum err e = keep_approve(tx, k, from, rq_text(rq, "reason"));
    return e == OK ? write_sender(
        tx, k, arena_printf(tx->arena, "事项审核通过：%.*s",
                            STR_ARG(k->item.name)),
        rq_text(rq, "reason")) : e;
}

static enum err perform(struct request *rq, struct tx *tx,
                        const struct verb *b, struct kept *k)
{
    str reason = rq_text(rq, "reason");
    if (is(b, "begin"))
        return keep_begin(tx, k);
    if (is(b, "send"))
        return keep_send(tx, k);
    if (is(b, "drop"))
        return keep_drop(tx, k);
    if (is(b, "approve"))
        return approve(rq, tx, k);
    if (is(b, "return")) {
        enum err e = keep_return(tx, k, reason);
        return e == OK ? write_sender(
            tx, k, arena_printf(tx->arena, "事项退回修改：%.*s",
                                STR_ARG(k->item.name)), reason) : e;
    }
    return keep_state(tx, k, is(b, "pause")    ? "paused"
                             : is(b, "resume") ? "live" : "withdrawn",
                      reason);
}

enum err catalogue_act_post(struct request *rq, struct tx *tx)
{
    struct show_may may;
    const struct verb *b;
    struct kept k;
    enum err e = load(rq, tx, &k, &may, &b);
    if (e != OK)
        return e;
    const char *why = against(b, &k, &may, tx);
    bool who = b->who == CLERK ? may.clerk : may.keeper;
    if (why)
        return rq_fail(rq, who ? ERR_CONFLICT : ERR_DENIED, why);
    if (rq_int(rq, "revision", k.item.revision) != k.item.revision)
        return rq_fail(rq, ERR_CONFLICT, "这个事项刚刚有人动过，请看过现在的样"
                                         "子再办。");
    if (b->must && rq_text(rq, "reason").n == 0)
        return rq_fail_field(rq, ERR_INPUT, "reason",
                             arena_printf(tx->arena, "请填写%s", b->reason));
    e = perform(rq, tx, b, &k);
    if (e == ERR_RANGE && is(b, "send"))
        return rq_fail(rq, e, "还有必须改的，改正以后才能送审。");
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这个事项刚刚有人动过，请刷新后再看。");
    if (e != OK)
        return e;
    rq_flash(rq, "ok", str_of(b->done));
    if (is(b, "drop") && k.item.live == 0)
        return rq_see_other(rq, "/catalogue");
    return rq_see_other(rq, "/catalogue/items/%.*s", STR_ARG(k.item.code));
}
