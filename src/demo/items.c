/*
 * The catalogue of the demonstration city as its departments keep it: every
 * item taken over as it is, some put in order and approved, a few in every
 * step one can be in, through the same functions as everywhere.
 */
#include "demo/demo.h"

#include "catalogue/keep.h"
#include "catalogue/partner.h"
#include "kernel/auth/auth.h"

#include <stdio.h>

enum { IN_ORDER = 40, WITH_SAMPLES = 10 };

static enum err take_over(struct city *c, struct tx *tx)
{
    str last = STR("");
    enum err e;
    (void)c;
    do
        e = keep_adopt(tx, last, &last);
    while (e == OK && last.n);
    return e;
}

static void say(struct arena *a, struct value *g, const char *code,
                const char *text)
{
    str problem;
    enum err e = guide_set(a, g, guide_field_of(str_of(code)), str_of(text),
                           &problem);
    if (e != OK)
        fprintf(stderr, "  %s: %.*s\n", code, STR_ARG(problem));
}

/* Five steps; the review has all the days of the promise. */
static void say_steps(struct arena *a, struct value *g)
{
    static const char *const steps[][2] = {
        { "收件", "窗口受理岗｜核对材料是否齐全" },
        { "受理", "窗口受理岗｜出具受理通知书" },
        { "审查", "承办岗｜审查材料，需要时现场核查" },
        { "决定", "审批岗｜作出准予或者不予的决定" },
        { "送达", "窗口发证岗｜电子送达，或者窗口领取、邮寄" },
    };
    int64_t promised = guide_int(g, "promised_n");
    str all = STR("");
    for (int i = 0; i < 5; i++)
        all = arena_printf(a, "%.*s%s%s｜%lld｜%s", STR_ARG(all),
                           i ? "\n" : "", steps[i][0],
                           i == 2 && promised > 0 ? (long long)promised : 0,
                           steps[i][1]);
    say(a, g, "steps", all.p);
}

/* What a clerk adds to a guide that was taken over. */
static void put_in_order(struct arena *a, struct value *g)
{
    say_steps(a, g);
    say(a, g, "region", "341881");
    if (guide_int(g, "visits") > 0)
        say(a, g, "visit_reason", "核对原件、领取证件");
    if (!guide_has(guide_get(g, "forms"), "网上"))
        say(a, g, "forms", "窗口、邮寄");
    if (guide_first(g, "papers") == NULL)
        say(a, g, "papers", "申请表｜必要｜在线填写｜申请人自备");
    for (struct value *p = (struct value *)guide_first(g, "papers"); p;
         p = p->next)
        if (str_is(guide_get(p, "source"), "政府部门核发"))
            guide_put(p, "source_from", value_text(a, STR("发证机关")));
    if (!guide_says(g, "result"))
        say(a, g, "result_type", "无");
    else
        say(a, g, "result_sample", "写明持有人、编号、有效期和颁发机关\n加盖电"
                                   "子印章，有核验二维码");
    say(a, g, "phone", "12345"); /* numbers nobody has are no use here */
    say(a, g, "supervise", "12388");
    say(a, g, "area", "本地");
    say(a, g, "faq", "可以委托别人办吗？｜可以，提交授权委托书和双方身份证明。"
        "\n办理进度在哪里看？｜在首页输入办件编号，或者登录后看“我的办件”。");
}

/* As somebody who holds the duty. */
struct acting_as {
    struct who who;
    const struct who *before;
};

static void act_as(struct tx *tx, struct acting_as *as, str unit,
                   int64_t account, str name, const char *role)
{
    as->who = (struct who){ .account = account, .name = name, .unit = unit,
                            .role = str_of(role), .via = STR("web") };
    as->before = tx->who;
    tx->who = &as->who;
}

static enum err write_on(struct city *c, struct tx *tx, str code,
                         const char *note, bool send, bool samples)
{
    struct kept k;
    struct acting_as as;
    enum err e = keep_load(tx, code, 0, &k);
    const struct demo_unit *u = e == OK ? demo_unit_of(c, k.item.unit) : NULL;
    if (u == NULL || u->officers == 0)
        return e;
    act_as(tx, &as, u->code, u->officer[0], u->officer_name[0], "officer");
    e = keep_begin(tx, &k);
    put_in_order(tx->arena, k.guide);
    if (e == OK && samples)
        e = demo_samples(c, tx, k.guide, k.item.unit);
    if (e == OK)
        e = keep_write(tx, &k, str_of(note));
    if (e == OK && send)
        e = keep_send(tx, &k);
    tx->who = as.before;
    return e == ERR_RANGE ? OK : e; /* something is left to be put right */
}

static enum err judge(struct city *c, struct tx *tx, str code, int in_days)
{
    const struct demo_unit *d = demo_unit_of(c, STR("D029"));
    struct acting_as as;
    struct kept k;
    enum err e = keep_load(tx, code, 0, &k);
    if (e != OK || d == NULL || !str_is(k.item.step, "sent"))
        return e;
    act_as(tx, &as, d->code, d->leader, d->leader_name, "leader");
    e = keep_approve(tx, &k, (day){ tx_today(tx).n + in_days },
                     STR("要素完整，同意。"));
    tx->who = as.before;
    return e;
}

static enum err halt(struct city *c, struct tx *tx, str code,
                     const char *state, const char *why)
{
    const struct demo_unit *d = demo_unit_of(c, STR("D029"));
    struct acting_as as;
    struct kept k;
    enum err e = keep_load(tx, code, 0, &k);
    if (e != OK || d == NULL)
        return e;
    act_as(tx, &as, d->code, d->leader, d->leader_name, "leader");
    e = keep_state(tx, &k, state, str_of(why));
    tx->who = as.before;
    return e;
}

/* The n-th curated item, and what becomes of it. */
static enum err become(struct city *c, struct tx *tx, str code, int n)
{
    enum err e = write_on(c, tx, code, "按办事指南核查要求补齐要素",
                          n % 8 != 7, n < WITH_SAMPLES);
    if (e == OK && n % 8 < 5)
        e = judge(c, tx, code, 0);
    else if (e == OK && n % 8 == 5)
        e = judge(c, tx, code, 10);
    return e;
}

enum err demo_items(struct city *c, struct tx *tx)
{
    int n = 0;
    enum err e = take_over(c, tx);
    for (int i = 0; e == OK && i < c->items && n < IN_ORDER; i++)
        if (str_starts(c->item[i].code, STR("DEMO-")) && i % 3 == 0)
            e = become(c, tx, c->item[i].code, n++);
    for (int i = 0, k = 0; e == OK && i < c->items && k < 4; i++)
        if (str_starts(c->item[i].code, STR("YX-")) && i % 40 == 7) {
            e = halt(c, tx, c->item[i].code, k < 2 ? "paused" : "withdrawn",
                     k < 2 ? "系统升级，预计下月恢复"
                           : "依据已经修改，不再实施");
            k++;
        }
    if (e == OK)
        e = partner_new(tx, STR("national"), STR("国家政务服务平台"));
    return e == OK ? partner_new(tx, STR("province"), STR("省政务服务平台"))
                   : e;
}
