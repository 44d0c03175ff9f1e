/*
 * Requests for data of the last two years, walked by the commands people use:
 * some still on their way, most of them opened; of those
 * some run, some end soon, some have run out, one was taken back.
 */
#include "demo/demo.h"

#include "grants/grants.h"
#include "matters/matters.h"

#include <stdio.h>

enum { HOUR = 3600000, DAY = 86400000, ALL = 4 };

struct plan {
    const char *unit, *provider; /* who asks, who keeps it */
    const char *title, *resource, *fields, *purpose;
    int back;            /* working days ago it was begun */
    int last;            /* its last day, in days from today */
    int steps;           /* done since: three and it is opened */
    int taken_back;      /* days ago it was withdrawn, or 0 */
    const char *reason;
};

static const struct plan plans[] = {
    { "D036", "D025", "申请共享个体工商户登记数据", "个体工商户登记信息",
      "统一社会信用代码、名称、经营者、经营范围、登记状态",
      "一件事免交营业执照：受理餐饮店开办申请时核对主体，不再要求提交复印件。",
      300, -40, ALL, 0, NULL },
    { "D036", "D025", "续期共享个体工商户登记数据", "个体工商户登记信息",
      "统一社会信用代码、名称、经营者、经营范围、登记状态",
      "一件事免交营业执照：受理餐饮店开办申请时核对主体，不再要求提交复印件。",
      35, 320, ALL, 0, NULL },
    { "D013", "D011", "申请共享不动产登记数据", "不动产权属登记信息",
      "不动产单元号、坐落、权利类型、登记时间",
      "房屋租赁备案核对房屋权属，不再要求提交不动产权证书。",
      120, 15, ALL, 0, NULL },
    { "D010", "D006", "申请共享居民户籍数据", "居民户籍信息",
      "公民身份号码、姓名、户籍地址",
      "核对城乡居民养老保险参保人的户籍，只查询本人已经申请的。",
      90, 200, ALL, 0, NULL },
    { "D014", "D025", "申请共享食品经营许可数据", "食品经营许可信息",
      "许可证编号、经营者名称、经营场所、有效期",
      "油烟扰民投诉核对经营场所。", 150, 60, ALL, 18,
      "检查发现把数据导出用于商户评比，超出授权的用途。" },
    { "D027", "D007", "申请共享低保对象数据", "最低生活保障对象信息",
      "公民身份号码、保障类别、起止日期",
      "医疗救助资助参保，不再要求提交低保证。", 60, 10, ALL, 0, NULL },
    { "D009", "D025", "申请共享企业年报数据", "企业年度报告公示信息",
      "统一社会信用代码、年报状态", "惠企资金兑付前核对经营状态。",
      280, -5, ALL, 0, NULL },
    { "D036", "D070", "申请共享消防验收结果", "建设工程消防验收结果信息",
      "工程名称、验收结论、意见书编号", "一件事并联审查核对消防验收结论。",
      6, 365, 2, 0, NULL },
    { "D013", "D011", "申请共享建设用地规划数据", "建设用地规划许可信息",
      "许可证编号、用地位置、面积", "施工许可审查核对用地手续。",
      2, 365, 0, 0, NULL },
    { "D015", "D006", "申请共享机动车登记数据", "机动车登记信息",
      "号牌号码、车辆类型、检验有效期", "道路运输证年审核对车辆状态。",
      3, 365, 1, 0, NULL },
};
enum { PLANS = sizeof plans / sizeof *plans };

static int at;              /* the plan that is carried out */
static str opened;          /* number of its matter; in the city's arena */

static void say(struct arena *a, struct value *data, const char *name,
                const char *text)
{
    value_add(data, str_of(name), value_text(a, str_of(text)));
}

static struct value *wanted(struct city *c, struct arena *a,
                            const struct plan *p)
{
    char text[DAY_TEXT];
    struct value *data = value_new(a, VALUE_OBJECT);
    day last = { inst_day(c->now).n + p->last };
    say(a, data, "resource", p->resource);
    say(a, data, "fields", p->fields);
    say(a, data, "purpose", p->purpose);
    say(a, data, "provider", p->provider);
    value_add(data, STR("until"),
              value_text(a, arena_str(a, day_text(last, text))));
    return data;
}

/* What the outbox would do: nobody reads it while a city is loaded. */
static enum err work(struct tx *tx, int64_t id)
{
    static const struct who platform = {
        .name = { "系统", 6 }, .unit = { "", 0 }, .role = { "system", 6 },
        .via = { "system", 6 },
    };
    struct process_view v;
    struct process_answer done;
    struct value *data = NULL;
    int64_t task = 0;
    enum err e = process_open(tx, id, &v);
    if (e != OK)
        return e;
    for (int i = 0; i < v.flow->task_count && task == 0; i++)
        if (v.flow->tasks[i].work && !v.flow->tasks[i].dead)
            task = v.flow->tasks[i].id;
    if (task)
        e = grant_work(tx, &v, task, &data);
    process_close(&v);
    struct process_do d = { .id = id, .command = { .verb = FLOW_COMPLETE,
                                                   .task = task,
                                                   .data = data } };
    tx->who = &platform;
    return task && e == OK ? process_do(tx, &d, &done) : e;
}

static enum err one_request(struct city *c, struct tx *tx)
{
    const struct plan *p = &plans[at];
    const struct demo_unit *u = demo_unit_of(c, str_of(p->unit));
    struct matter_started started;
    bool more = true;
    day first = calendar_add_working(tx->calendar, inst_day(c->now), -p->back);
    tx->now.ms = c->now.ms - (int64_t)(inst_day(c->now).n - first.n) * DAY;
    tx->who = demo_officer(c, tx, u->code, u->officer[0], u->officer_name[0]);
    struct matter_start s = { .key = STR("datarequest"), .unit = u->code,
                              .title = str_of(p->title),
                              .content = str_of(p->purpose),
                              .data = wanted(c, tx->arena, p) };
    enum err e = matter_start(tx, &s, &started);
    for (int i = 0; i < p->steps && more && e == OK; i++) {
        if (tx->now.ms + HOUR < c->now.ms)
            tx->now.ms += HOUR;
        e = demo_step(c, tx, started.id, &more);
        if (e == OK)
            e = work(tx, started.id);
        if (e == OK)
            e = matter_follow(tx, started.id);
    }
    opened = e == OK ? arena_str(c->arena, started.number) : str_none;
    return e;
}

static enum err take_back(struct city *c, struct tx *tx)
{
    const struct plan *p = &plans[at];
    const struct demo_unit *u = demo_unit_of(c, str_of(p->provider));
    str problem = STR("");
    tx->now.ms = c->now.ms - (int64_t)p->taken_back * DAY;
    tx->who = demo_officer(c, tx, u->code, u->leader, u->leader_name);
    enum err e = grant_withdraw(tx, grant_number(tx->arena, opened),
                                str_of(p->reason), &problem);
    if (e != OK)
        fprintf(stderr, "%.*s: %.*s\n", STR_ARG(opened), STR_ARG(problem));
    return e;
}

/* The job as it came by on the day after the last. */
static enum err run_out(struct city *c, struct tx *tx)
{
    bool more;
    tx->now.ms = c->now.ms + (int64_t)(plans[at].last + 1) * DAY;
    return grant_job(tx, &more);
}

static enum err told_by_now(struct city *c, struct tx *tx)
{
    bool more;
    (void)c;
    return grant_job(tx, &more);
}

enum err demo_grants(struct city *c)
{
    enum err e = OK;
    for (at = 0; at < PLANS && e == OK; at++) {
        e = demo_run(c, one_request);
        if (e == OK && plans[at].taken_back)
            e = demo_run(c, take_back);
    }
    /* Afterwards: a renewal was asked for while the first was in force. */
    for (at = 0; at < PLANS && e == OK; at++)
        if (plans[at].steps == ALL && plans[at].last < 0)
            e = demo_run(c, run_out);
    return e == OK ? demo_run(c, told_by_now) : e;
}
