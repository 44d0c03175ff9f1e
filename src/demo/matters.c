/*
 * Who holds which duty, and a few dozen matters on their way: begun and moved
 * by the commands people use, at the moments they would have, so that no list
 * of the office is empty on the first day.
 */
#include "demo/demo.h"

#include "design/design.h"
#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/page/page.h"
#include "matters/matters.h"

#include <stdio.h>

/* ---- duties ---- */

/* Whose work is to decide; everything else is the officers'. */
static const char *const leading[] = {
    "审核岗", "审批岗", "牵头审批岗", "窗口审批岗", "信息审核岗",
    "公开审核岗", "签发人", "分管领导", "办公室主任", "核稿岗",
    "交易审核岗", NULL,
};

static const char *const working[] = {
    "承办岗", "窗口受理岗", "综合受理岗", "窗口发证岗", "部门审查岗",
    "承办单位收件岗", "话务岗", "派单岗", "回访岗", "收发岗", "拟稿岗",
    "文印岗", "档案岗", "传阅人", "会签人", "公开受理岗", "公开承办岗",
    "第三方", "数据管理岗", "数据提供岗", "申请部门", "项目受理岗",
    "申报单位", "评审专家", "信息员", "交易服务岗",
    "开标主持岗", "招标人", "代理机构", "评标专家", "事项管理岗", NULL,
};

/* Of those who register companies, associations, institutions. */
static const char *const registering[] = { "法人库管理岗", NULL };
/* Never who writes: another officer's, or the leader's where there is one
 * (政府信息公开条例 第十七条). */
static const char *const guarding[] = { "保密审查岗", NULL };

/* Of the bureau that keeps the catalogue of the city. */
static const char *const keeping[] = { "事项审核岗", NULL };

static enum err give(struct tx *tx, str unit, const char *const *duties,
                     int64_t account)
{
    enum err e = OK;
    for (int i = 0; duties[i] && e == OK; i++) {
        struct auth_duty d = { .unit = unit, .duty = str_of(duties[i]),
                               .account = account,
                               .from = day_of(2024, 1, 2), .to = day_none };
        e = auth_add_duty(tx, &d, NULL);
    }
    return e;
}

enum err demo_duties(struct city *c, struct tx *tx)
{
    static const char *const handling[] = { "承办岗", "窗口受理岗",
                                            "窗口发证岗", NULL };
    enum err e = OK;
    for (int i = 0; i < c->units && e == OK; i++) {
        const struct demo_unit *u = &c->unit[i];
        if (u->officers == 0)
            continue;
        e = give(tx, u->code, working, u->officer[0]);
        for (int k = 1; k < u->officers && e == OK; k++)
            e = give(tx, u->code, handling, u->officer[k]);
        if (e == OK)
            e = give(tx, u->code, leading, u->leader);
        bool registers = str_is(u->code, "D025") ||
                         str_is(u->code, "D007") || str_is(u->code, "D042");
        if (e == OK && registers)
            e = give(tx, u->code, registering, u->officer[0]);
        if (e == OK)
            e = give(tx, u->code, guarding,
                     u->officers > 1 ? u->officer[1] : u->leader);
        if (e == OK && str_is(u->code, "D029"))
            e = give(tx, u->code, keeping, u->officer[0]);
        if (e == OK && str_is(u->code, "D029"))
            e = give(tx, u->code, keeping, u->leader);
    }
    return e;
}

/* ---- matters ---- */

struct plan {
    const char *key, *title, *content, *unit;
    int back;            /* working days ago it was begun */
    int steps;           /* tasks done since */
    bool urgent;
    const char *data;    /* JSON, or NULL */
};

static const struct plan plans[] = {
    { "workorder", "解放路 18 号门前路灯不亮",
      "来电人反映路灯三天不亮。", "D001", 8, 3, true, NULL },
    { "workorder", "青山小区地下室积水",
      "物业不处理，请协调。", "D001", 4, 4, false, NULL },
    { "workorder", "学校门口占道经营",
      "每天下午放学时段。", "D001", 3, 2, false, NULL },
    { "workorder", "咨询老年优待证办理",
      "询问需要带什么材料。", "D001", 1, 0, false, NULL },
    { "workorder", "夜间施工噪声",
      "连续三晚超过二十二点。", "D001", 6, 5, false, NULL },
    { "workorder", "公交站牌破损",
      "竹海路口北侧。", "D001", 2, 1, false, NULL },
    { "docin", "关于做好今冬明春森林防火工作的通知",
      "省林业局来文。", "D001", 5, 3, false, NULL },
    { "docin", "关于开展安全生产大检查的通知",
      "省安委会来文。", "D001", 2, 1, true, NULL },
    { "docin", "关于报送年度统计资料的函",
      "市统计局来函。", "D025", 7, 2, false, NULL },
    { "docin", "关于征求营商环境条例意见的函",
      "司法局来函。", "D013", 1, 0, false, NULL },
    { "docout", "关于加强餐饮油烟治理的通知",
      "拟联合城管局发文。", "D025", 4, 2, false, NULL },
    { "docout", "关于公布便民服务网点的公告",
      "", "D036", 2, 1, false, NULL },
    { "docout", "关于调整停车收费的请示",
      "", "D014", 6, 4, false, NULL },
    { "disclosure", "申请公开解放路征收补偿方案",
      "邮寄申请。", "D013", 5, 1, false, NULL },
    { "disclosure", "申请公开餐饮检查结果",
      "当面提交。", "D025", 3, 2, false, NULL },
    { "disclosure", "申请公开公交线路调整论证材料",
      "网上申请。", "D001", 9, 3, false, NULL },
    { "projectreview", "智慧路灯改造项目立项",
      "预算 86 万元。", "D014", 7, 2, false, NULL },
    { "projectreview", "档案数字化二期立项",
      "预算 42 万元。", "D036", 3, 1, false, NULL },
    { "creditpush", "餐饮单位抽查结果报送",
      "十月份抽查 36 户。", "D025", 2, 1, false, NULL },
    { "publish", "全市停水通知",
      "自来水公司提供。", "D001", 1, 3, true, NULL },
    { "publish", "第三季度市场监管执法情况",
      "", "D025", 3, 1, false, NULL },
    { "publish", "消防安全提示",
      "", "D070", 2, 2, false, NULL },
    { "tender", "竹海路大修工程施工招标",
      "概算 1200 万元。", "D013", 9, 2, false, NULL },
    { "tender", "政务中心物业服务招标",
      "概算 90 万元。", "D036", 4, 0, false, NULL },
    { "jointreview", "清溪人家开餐饮店",
      "一次申请，并联审查。", "D036", 4, 2, false, "{\"kind\":\"餐饮\"}" },
    { "jointreview", "云溪竹木新建厂房",
      "一次申请，并联审查。", "D036", 6, 3, false, "{\"kind\":\"建厂\"}" },
    { "promised", "特种设备使用登记",
      "", "D025", 5, 3, false, NULL },
    { "promised", "临时占用城市道路",
      "", "D014", 2, 1, false, NULL },
    { "instant", "食品经营许可变更法定代表人",
      "", "D025", 1, 1, false, NULL },
    { "instant", "户外广告备案",
      "", "D014", 2, 2, false, NULL },
};
enum { PLANS = sizeof plans / sizeof *plans };
static int next_plan;

const struct who *demo_officer(struct city *c, struct tx *tx, str unit,
                                int64_t account, str name)
{
    const struct demo_unit *u = demo_unit_of(c, unit);
    bool leader = u && u->leader == account;
    struct who *who = ARENA_NEW(tx->arena, struct who);
    *who = (struct who){ .account = account, .name = name, .unit = unit,
                         .role = leader ? STR("leader") : STR("officer"),
                         .via = STR("web") };
    return who;
}

static struct value *answer(struct city *c, struct arena *a,
                            const struct bpmn_question *q)
{
    static const char *const units[] = { "D014", "D025", "D013", "D070" };
    if (q->known.n)
        return value_text(a, q->known);
    switch (q->kind) {
    case BPMN_ASK_CHOICE: /* the default way is the last */
        return value_text(a, q->option[q->options - 1].value);
    case BPMN_ASK_TRUTH: return value_bool(a, dice_chance(&c->dice, 500));
    case BPMN_ASK_NUMBER: return value_int(a, 60 + dice_below(&c->dice, 40));
    case BPMN_ASK_UNIT:
        return value_text(a, str_of(units[dice_below(&c->dice, 4)]));
    case BPMN_ASK_PEOPLE: {
        struct value *list = value_new(a, VALUE_LIST);
        int64_t first = dice_below(&c->dice, 4);
        for (int i = 0; i < 3; i++)
            value_push(list, value_text(a, str_of(units[(first + i) % 4])));
        return list;
    }
    default: return value_text(a, STR("同意"));
    }
}

static enum err complete(struct city *c, struct tx *tx, int64_t id,
                         const struct process_task_brief *t,
                         const struct bpmn_question *q, int n)
{
    struct auth_holder *holder;
    size_t holders;
    enum err e = auth_holders(tx, t->unit, t->duty, &holder, &holders);
    if (e != OK || holders == 0)
        return e;
    tx->who = demo_officer(c, tx, t->unit, holder[0].account, holder[0].name);
    struct value *data = value_new(tx->arena, VALUE_OBJECT);
    for (int i = 0; i < n; i++)
        value_add(data, q[i].name, answer(c, tx->arena, &q[i]));
    struct process_answer out;
    struct process_do d = {
        .id = id,
        .command = { .verb = FLOW_COMPLETE, .task = t->task, .data = data,
                     .person = process_person(tx->arena,
                                               tx->who->account) },
    };
    e = process_do(tx, &d, &out);
    if (e != OK)
        fprintf(stderr, "%lld: %.*s\n", (long long)id, STR_ARG(out.problem));
    return e;
}

/* What was written down when the matter began stays; who keeps the data asked
 * for is no matter of chance. */
static void know(struct arena *a, const struct flow_case *flow,
                 struct bpmn_question *q, int n)
{
    for (int i = 0; i < n; i++) {
        const struct value *v = flow_variable(flow, q[i].name);
        bool kept = q[i].kind == BPMN_ASK_LINE || q[i].kind == BPMN_ASK_TEXT ||
                    q[i].kind == BPMN_ASK_DAY ||
                    str_is(q[i].name, "provider");
        if (kept && v && v->kind == VALUE_TEXT)
            q[i].known = arena_str(a, v->text);
    }
}

enum err demo_step(struct city *c, struct tx *tx, int64_t id, bool *more)
{
    struct process_view v;
    struct process_task_brief t;
    struct bpmn_question q[BPMN_QUESTIONS];
    int n = 0;
    enum err e = process_open(tx, id, &v);
    if (e != OK)
        return e;
    *more = process_first_task(&v, tx->arena, &t);
    if (*more) {
        const struct bpmn *g = process_bpmn(v.graph);
        n = matter_questions(g, bpmn_node_of(g, t.node), tx->arena, q);
        know(tx->arena, v.flow, q, n);
    }
    process_close(&v);
    e = *more ? complete(c, tx, id, &t, q, n) : OK;
    return e == OK && *more ? matter_follow(tx, id) : e;
}

/* Each matter begins on its day; every step is some hours later. */
static enum err one_matter(struct city *c, struct tx *tx)
{
    const struct plan *p = &plans[next_plan++];
    const struct demo_unit *u = demo_unit_of(c, str_of(p->unit));
    struct matter_started started;
    struct value *data = NULL;
    str problem;
    day first = calendar_add_working(tx->calendar, inst_day(c->now), -p->back);
    tx->now.ms = c->now.ms -
                 (int64_t)(inst_day(c->now).n - first.n) * 86400000;
    tx->who = demo_officer(c, tx, u->code, u->officer[0], u->officer_name[0]);
    struct matter_start s = { .key = str_of(p->key),
                              .title = str_of(p->title),
                              .content = str_of(p->content), .unit = u->code,
                              .urgent = p->urgent };
    enum err e = p->data ? value_read_json(tx->arena, str_of(p->data), &data,
                                           &problem)
                         : OK;
    s.data = data;
    if (e == OK)
        e = matter_start(tx, &s, &started);
    bool more = true;
    for (int i = 0; i < p->steps && more && e == OK; i++) {
        if (tx->now.ms + 3 * 3600000LL < c->now.ms)
            tx->now.ms += 3 * 3600000LL;
        e = demo_step(c, tx, started.id, &more);
    }
    return e;
}

/* The second version of 工单转办: visits are made by telephone. */
static enum err second_version(struct city *c, struct tx *tx)
{
    str xml = page_asset("data/process/workorder.bpmn"), was = STR("\"回访\"");
    ptrdiff_t at = str_find(xml, was);
    int64_t version;
    bool same;
    tx->now.ms = c->now.ms - 15 * 86400000LL;
    if (at < 0)
        return ERR_NOTFOUND;
    struct design_draft d = {
        .key = STR("workorder"), .title = STR("工单转办"),
        .note = STR("回访改为电话回访"), .author = STR("沈立新"),
        .xml = arena_printf(tx->arena, "%.*s\"电话回访\"%.*s", (int)at, xml.p,
                            (int)(xml.n - (size_t)at - was.n),
                            xml.p + at + was.n),
    };
    enum err e = design_keep(tx, &design_process, &d, &version, &same);
    return e == OK ? design_deploy_version(tx, &design_process, d.key, version)
                   : e;
}

/* Drawn by the city itself, with a step that wants a system outside; none is
 * connected, so the case waits under 异常 for the administrator. */
static enum err outside_process(struct city *c, struct tx *tx)
{
    static const char xml[] =
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
        "xmlns:zt=\"urn:zhengtong:bpmn\" targetNamespace=\"urn:yunxi\">"
        "<process id=\"creditpush\" name=\"信用信息报送\" "
        "isExecutable=\"true\" zt:clock=\"working-days:7\">"
        "<startEvent id=\"begun\" name=\"提交名单\"/>"
        "<userTask id=\"look\" name=\"核对名单\" zt:post=\"承办岗\"/>"
        "<serviceTask id=\"push\" name=\"报送省信用信息平台\"/>"
        "<endEvent id=\"sent\" name=\"已报送\"/>"
        "<sequenceFlow id=\"f1\" sourceRef=\"begun\" targetRef=\"look\"/>"
        "<sequenceFlow id=\"f2\" sourceRef=\"look\" targetRef=\"push\"/>"
        "<sequenceFlow id=\"f3\" sourceRef=\"push\" targetRef=\"sent\"/>"
        "</process></definitions>";
    struct design_draft d = {
        .key = STR("creditpush"), .title = STR("信用信息报送"),
        .note = STR("试用"), .author = STR("沈立新"), .xml = str_of(xml),
    };
    int64_t version;
    bool same;
    tx->now.ms = c->now.ms - 15 * 86400000LL;
    enum err e = design_keep(tx, &design_process, &d, &version, &same);
    return e == OK ? design_deploy_version(tx, &design_process, d.key, version)
                   : e;
}

enum err demo_matters(struct city *c)
{
    enum err e = demo_run(c, outside_process);
    for (next_plan = 0; next_plan < PLANS && e == OK;) {
        if (next_plan == 3)
            e = demo_run(c, second_version);
        if (e == OK)
            e = demo_run(c, one_matter);
    }
    return e;
}
