/*
 * What is open today: filed and moved through the same commands people use,
 * with the clock of the transaction set to the moment it happened.  So every
 * event, notice, clock and audit entry of an open case is the real one.
 *
 * Most are on time, some due soon, a few late; and one restaurant is staged so
 * that every kind of standstill can be seen in one picture.
 */
#include "demo/demo.h"

#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"
#include "services/case.h"
#include "services/work/gap.h"
#include "services/apply/partners.h"

#include <stdio.h>

enum { PER_COMMAND = 40 };

/* ---- somebody applies ---- */

struct application {
    const char *offer;
    inst at;
    struct who who;
    int64_t applicant;   /* account, 0: made up */
    str name, code, town, shop, credit, channel;
    const char *answers; /* JSON of the theme's other answers, or NULL */
    bool files;          /* its papers are files, not paper at a window */
    bool later;          /* what may come after acceptance has not come */
};

static void add_text(struct value *answers, struct arena *a, const char *name,
                     str text)
{
    if (value_get(answers, str_of(name)) == NULL)
        value_add(answers, str_of(name), value_text(a, text));
}

static enum err bring_papers(struct tx *tx, const struct application *x,
                             struct filing *f)
{
    struct decided d;
    str sentence;
    enum err e = OK;
    if (offer_decide(f->offer, tx->arena, f->answers, &d, &sentence) != OK)
        return OK; /* filing says why */
    f->papers = ARENA_NEW_N(tx->arena, struct filed_paper, d.paper_count + 1);
    for (size_t i = 0; e == OK && i < d.paper_count; i++) {
        if (!str_is(d.papers[i]->source, "upload") ||
            (x->later && d.papers[i]->need == NEED_LATER))
            continue;
        struct filed_paper *p = &f->papers[f->paper_count++];
        *p = (struct filed_paper){
            .code = d.papers[i]->code, .title = d.papers[i]->name,
            .source = STR("paper"), .name = STR("窗口收取的纸质材料"),
            .sha256 = str_none, .type = STR(""),
        };
        if (x->files)
            e = demo_paper(tx, d.papers[i], x->name, x->shop,
                           STR("云溪市西津街道中津路 112 号一层 3 铺"), p);
    }
    return e;
}

static enum err apply(struct tx *tx, const struct application *x,
                      struct filed *out)
{
    struct filing f = {
        .applicant = x->applicant, .proxy_name = str_none,
        .channel = x->channel,
    };
    struct value *answers = value_new(tx->arena, VALUE_OBJECT);
    str sentence = STR("");
    tx->now = x->at;
    tx->who = &x->who;
    enum err e = offer_find(tx, str_of(x->offer), &f.offer);
    if (e == OK && x->answers)
        e = value_read_json(tx->arena, str_of(x->answers), &answers, &sentence);
    if (e != OK)
        return e;
    add_text(answers, tx->arena, "applicant_name", x->name);
    add_text(answers, tx->arena, "applicant_code", x->code);
    add_text(answers, tx->arena, "mobile", STR("13800002716"));
    add_text(answers, tx->arena, "town", x->town);
    add_text(answers, tx->arena, "address", STR("中津路 112 号"));
    if (x->shop.n) {
        add_text(answers, tx->arena, "shop_name", x->shop);
        add_text(answers, tx->arena, "credit_code", x->credit);
    }
    f.answers = answers;
    e = bring_papers(tx, x, &f);
    if (e == OK)
        e = filing_prepare(tx, &f, &sentence);
    if (e == OK)
        e = case_file(tx, &f, out);
    if (e != OK)
        fprintf(stderr, "%s: %.*s\n", x->offer, STR_ARG(sentence));
    return e;
}

/* ---- somebody at the desk acts ---- */

static enum err act_as(struct city *c, struct tx *tx, inst at, bool leader,
                       struct act *act)
{
    struct case_load kase;
    enum err e = case_load(tx, act->number, &kase);
    if (e != OK)
        return e;
    const struct demo_unit *u = demo_unit_of(c, kase.unit);
    bool known = kase.officer != INT_NONE;
    struct who who = {
        .account = leader ? u->leader : known ? kase.officer : u->officer[0],
        .name = leader ? u->leader_name
                       : known ? kase.officer_name : u->officer_name[0],
        .unit = u->code, .role = leader ? STR("leader") : STR("officer"),
        .via = STR("web"),
    };
    tx->now = at;
    tx->who = &who;
    e = case_act(tx, act);
    if (e != OK)
        fprintf(stderr, "%.*s %s: %.*s\n", STR_ARG(act->number),
                verb_rule(act->verb)->code, STR_ARG(act->sentence));
    return e;
}

static enum err simple(struct city *c, struct tx *tx, str number, inst at,
                       enum verb verb)
{
    struct act act = { .verb = verb, .number = number };
    return act_as(c, tx, at, verb == VERB_GRANT, &act);
}

/* Through the steps of the department to the desk of who decides. */
static enum err to_leader(struct city *c, struct tx *tx, str number, inst at)
{
    struct case_load kase;
    enum err e = case_load(tx, number, &kase);
    for (int i = 0; e == OK && i < 8 && !str_is(kase.state, "deciding"); i++) {
        at.ms += 20 * 60000;
        struct act act = { .verb = VERB_PROPOSE, .number = number };
        e = act_as(c, tx, at, i > 0, &act); /* 审核岗 is the leaders' */
        if (e == OK)
            e = case_load(tx, number, &kase);
    }
    return e;
}

/* k working days before today, at this minute of the day; never after now. */
static inst back(const struct city *c, const struct calendar *cal, int k,
                 int minute)
{
    day today = inst_day(c->now);
    if (!calendar_working(cal, today))
        today = calendar_add_working(cal, today, -1);
    day on = k ? calendar_add_working(cal, today, -k) : today;
    inst at = { day_begin(on).ms + (int64_t)minute * 60000 };
    return at.ms < c->now.ms ? at : (inst){ c->now.ms - 60000 };
}

/* ---- the staged restaurant ---- */

static enum err part(struct tx *tx, str thread, int n, str *out)
{
    *out = arena_printf(tx->arena, "%.*s-%d", STR_ARG(thread), n);
    return OK;
}

/* His wife runs it with him, and signed so in her own account. */
static enum err together(struct city *c, struct tx *tx,
                         const struct filed *filed)
{
    int64_t id = store_id(tx->store);
    enum err e = fellow_add(tx, id, filed->id, STR("joint"), STR("李秀云"),
                             STR("13800003905"), STR("8KQW2MZX"), STR(""),
                             day_none, tx->now);
    if (e == OK)
        e = fellow_sign(tx, id, c->li, STR(
            "{\"name\":\"李秀云\",\"agree\":true,\"drawing\":\"M40 50L90 46"
            "M65 30L62 110M120 40L118 112M100 60L140 56M170 36L168 110M150 70"
            "L196 66\"}"), STR(""), tx->now);
    return e == OK ? fellow_filed(tx, filed->id, filed->number, NULL) : e;
}

/* She asks him to apply with her: a draft that waits for his signature. */
static enum err invited(struct city *c, struct tx *tx)
{
    char id[IDENT_TEXT];
    ident_citizen_make(STR("341881"), 2, id);
    struct who who = { .account = c->li, .name = STR("李秀云"),
                       .unit = STR(""), .role = STR("resident"),
                       .via = STR("web") };
    struct draft d;
    const struct offer *o;
    struct value *answers = value_new(tx->arena, VALUE_OBJECT);
    tx->now = back(c, tx->calendar, 1, 16 * 60 + 20);
    tx->who = &who;
    add_text(answers, tx->arena, "applicant_name", who.name);
    add_text(answers, tx->arena, "applicant_code", str_of(id));
    add_text(answers, tx->arena, "mobile", STR("13800003905"));
    add_text(answers, tx->arena, "town", STR("T01"));
    add_text(answers, tx->arena, "matter",
             STR("占用中津路 112 号门前二十平方米，用于门头修缮。"));
    enum err e = offer_find(tx, STR("DEMO-13-002"), &o);
    if (e == OK)
        e = draft_new(tx, o, answers, &d);
    if (e == OK)
        e = fellow_add(tx, store_id(tx->store), d.id, STR("joint"),
                       STR("周文远"), STR("13800002716"), STR("5TNB7RQW"),
                       STR(""), day_none, tx->now);
    return e == OK ? partners_ask(tx, &d, who.name, &(struct partners_asked){
        true, STR("周文远"), STR("13800002716") }) : e;
}

static enum err restaurant(struct city *c, struct tx *tx)
{
    const struct calendar *cal = tx->calendar;
    char id[IDENT_TEXT], credit[IDENT_TEXT];
    ident_citizen_make(STR("341881"), 1, id);
    ident_credit_make('9', '2', STR("341881"), 7, credit);
    struct application x = {
        .offer = "canyin", .at = back(c, cal, 6, 9 * 60 + 12),
        .who = { .account = c->zhou, .name = STR("周文远"), .unit = STR(""),
                 .role = STR("resident"), .via = STR("web") },
        .applicant = c->zhou, .name = STR("周文远"), .code = str_of(id),
        .town = STR("T01"), .shop = STR("清溪人家小馆"),
        .credit = str_of(credit), .channel = STR("web"), .files = c->files,
        .answers = "{\"area\":86,\"seats\":\"dine\",\"fire\":\"yes\","
                   "\"drain\":\"yes\",\"sign\":\"yes\",\"kitchen\":28,"
                   "\"handlers\":[{\"handler\":\"王秀英\",\"post\":\"cook\","
                   "\"health_until\":\"2027-05-31\"},{\"handler\":"
                   "\"买买提·吐尔逊\",\"post\":\"serve\","
                   "\"health_until\":\"2027-08-20\"}],"
                   "\"staff\":6,\"foods\":\"热食类食品制售；冷食类食品制售"
                   "（不含裱花蛋糕）\",\"grease\":\"yes\","
                   "\"sign_size\":\"长 6 米、高 1.2 米\","
                   "\"address\":\"中津路 112 号一层 3 铺\"}",
    };
    struct filed filed;
    enum err e = apply(tx, &x, &filed);
    str food, fire, drain, sign;
    if (e == OK)
        e = together(c, tx, &filed);
    if (e != OK || part(tx, filed.number, 1, &food) != OK ||
        part(tx, filed.number, 2, &fire) != OK ||
        part(tx, filed.number, 3, &drain) != OK ||
        part(tx, filed.number, 4, &sign) != OK)
        return e;

    e = simple(c, tx, food, back(c, cal, 4, 10 * 60), VERB_ACCEPT);
    if (e == OK)
        e = simple(c, tx, food, back(c, cal, 3, 15 * 60), VERB_REVIEW);
    struct act ask = {
        .verb = VERB_SUPPLEMENT, .number = fire, .supply_by = day_none,
        .list = STR("平面布局图未标明安全出口宽度，请补充标注。\n"
                    "灭火和应急疏散预案缺少疏散路线图。"),
    };
    if (e == OK)
        e = act_as(c, tx, back(c, cal, 2, 9 * 60 + 40), false, &ask);
    if (e == OK)
        e = simple(c, tx, drain, back(c, cal, 5, 14 * 60), VERB_ACCEPT);
    struct act expert = {
        .verb = VERB_SPECIAL, .number = drain, .ground = STR("专家评审"),
        .days = 5, .reason = STR("隔油池和接驳方案需组织专家现场核查评审"),
    };
    if (e == OK)
        e = act_as(c, tx, back(c, cal, 3, 9 * 60), false, &expert);
    if (e == OK)
        e = simple(c, tx, sign, back(c, cal, 5, 11 * 60), VERB_ACCEPT);
    /* Promised three days, five ago: the card is the machine's. */
    return e == OK ? invited(c, tx) : e;
}

/* One that has ended well, so that its applicant can rate it and holds what it
 * gave. */
static enum err ended_well(struct city *c, struct tx *tx, const char *offer,
                           const char *answers)
{
    const struct calendar *cal = tx->calendar;
    char id[IDENT_TEXT];
    ident_citizen_make(STR("341881"), 1, id);
    struct application x = {
        .offer = offer, .at = back(c, cal, 9, 10 * 60 + 5),
        .who = { .account = c->zhou, .name = STR("周文远"), .unit = STR(""),
                 .role = STR("resident"), .via = STR("web") },
        .applicant = c->zhou, .name = STR("周文远"), .code = str_of(id),
        .town = STR("T01"), .shop = STR(""), .channel = STR("web"),
        .answers = answers,
    };
    struct filed filed;
    enum err e = apply(tx, &x, &filed);
    if (e == OK)
        e = simple(c, tx, filed.number, back(c, cal, 9, 14 * 60), VERB_ACCEPT);
    if (e == OK)
        e = to_leader(c, tx, filed.number, back(c, cal, 9, 15 * 60));
    if (e == OK)
        e = simple(c, tx, filed.number, back(c, cal, 8, 10 * 60), VERB_GRANT);
    return e;
}

static enum err finished(struct city *c, struct tx *tx)
{
    enum err e = ended_well(c, tx, "DEMO-25-002",
                            "{\"matter\":\"到省城医院住院，申请异地就医备案。"
                            "\"}");
    return e == OK ? ended_well(c, tx, "DEMO-24-004",
                                "{\"matter\":\"开办小餐饮店，申请食品经营许"
                                "可。\"}") : e;
}

/* ---- 容缺受理 ---- */

enum gap_stage { GAP_FRESH, GAP_WAITS, GAP_HANDED, GAP_WRONG, GAP_FILLED };

/* age: working days since it was filed and accepted. */
static const struct gap_plan {
    const char *offer, *name, *channel, *matter;
    bool zhou, company;
    int age;
    enum gap_stage stage;
} gap_plans[] = {
    { "DEMO-12-007", "周文远", "web", "一家三口，申请公共租赁住房。", true,
      false, 2, GAP_WAITS },
    { "DEMO-05-012", "云溪水岸宾馆有限公司", "window",
      "开办宾馆，客房二十六间。", false, true, 4, GAP_WAITS },
    { "DEMO-05-012", "云溪古街客栈有限公司", "window",
      "开办客栈，客房十二间。", false, true, 1, GAP_FRESH },
    { "DEMO-19-001", "云溪欢歌娱乐有限公司", "web",
      "开办歌舞娱乐场所一处。", false, true, 2, GAP_WAITS },
    { "DEMO-06-003", "方建国", "window", "收养登记，被收养人由福利院抚养。",
      false, false, 3, GAP_HANDED },
    { "DEMO-12-007", "许素芬", "agent", "申请公共租赁住房。", false, false, 4,
      GAP_WRONG },
    { "DEMO-07-001", "罗水生", "window", "劳动报酬纠纷，申请法律援助。", false,
      false, 2, GAP_FILLED },
};

/* Over the counter, whoever sits there. */
static enum err bring_late(struct tx *tx, str number, inst at)
{
    struct who who = { .name = STR("陈小燕"), .unit = STR("D036"),
                       .role = STR("window"), .via = STR("web") };
    struct case_load kase;
    struct gap_list *g;
    size_t n;
    enum err e = demo_clerk(tx, who.name.p, &who.account);
    if (e == OK)
        e = case_load(tx, number, &kase);
    if (e == OK)
        e = gap_list(tx, kase.id, &g, &n);
    tx->now = at;
    tx->who = &who;
    for (size_t i = 0; e == OK && i < n; i++) {
        struct act act = { .verb = VERB_HANDIN, .number = number,
                           .list = g[i].code };
        e = paper_add(tx, store_id(tx->store), kase.id, g[i].code,
                      STR("已收原件"), g[i].name, STR("paper"), str_none, 0,
                      STR(""), tx->now, str_none);
        if (e == OK)
            e = case_act(tx, &act);
    }
    return e;
}

static enum err gap_moves(struct city *c, struct tx *tx, str number,
                          const struct gap_plan *p)
{
    const struct calendar *cal = tx->calendar;
    int next = p->age - 1;
    struct act admit = { .verb = VERB_ADMIT, .number = number,
                         .pledge = STR("已收申请人签名的书面承诺") };
    struct act verify = { .verb = VERB_VERIFY, .number = number,
                          .paper = STR("all"),
                          .disagree = p->stage == GAP_WRONG,
                          .reason = STR("收入证明没有单位盖章，请盖章后再"
                                        "交。") };
    enum err e = act_as(c, tx, back(c, cal, p->age, 15 * 60), false, &admit);
    if (e == OK)
        e = simple(c, tx, number, back(c, cal, next, 9 * 60), VERB_REVIEW);
    if (e == OK && p->stage >= GAP_HANDED)
        e = bring_late(tx, number, back(c, cal, next, 10 * 60));
    if (e == OK && p->stage >= GAP_WRONG)
        e = act_as(c, tx, back(c, cal, next, 16 * 60), false, &verify);
    return e;
}

enum { GAP_PLANS = sizeof gap_plans / sizeof *gap_plans };

static enum err with_gaps(struct city *c, struct tx *tx)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < GAP_PLANS; i++) {
        const struct gap_plan *p = &gap_plans[i];
        char code[IDENT_TEXT];
        if (p->company)
            ident_credit_make('9', '1', STR("341881"), 9100 + (int)i, code);
        else
            ident_citizen_make(STR("341881"), p->zhou ? 1 : 700 + (int)i, code);
        struct application x = {
            .offer = p->offer,
            .at = back(c, tx->calendar, p->age, 9 * 60 + 40 + (int)i),
            .who = { .account = p->zhou ? c->zhou : 0,
                     .name = p->zhou ? STR("周文远") : STR(""),
                     .unit = STR(""),
                     .role = p->zhou ? STR("resident") : STR("anyone"),
                     .via = STR("web") },
            .applicant = p->zhou ? c->zhou : 0, .name = str_of(p->name),
            .code = str_of(code), .town = STR("T01"), .shop = STR(""),
            .channel = str_of(p->channel), .later = true,
            .answers = arena_printf(tx->arena, "{\"matter\":\"%s\"}",
                                    p->matter).p,
        };
        struct filed filed;
        e = apply(tx, &x, &filed);
        if (e == OK && p->stage > GAP_FRESH)
            e = gap_moves(c, tx, filed.number, p);
    }
    return e;
}

/* ---- the other open ones ---- */

enum pace { PACE_FINE, PACE_SOON, PACE_LATE };

struct open_plan {
    enum pace pace;
    int age;      /* working days since filing */
};

/* An item that can be in the wished state of its clock. */
static const struct demo_item *item_for(struct city *c, enum pace pace)
{
    for (;;) {
        const struct demo_item *it =
            &c->item[dice_below(&c->dice, dice_chance(&c->dice, 700)
                                              ? 156 : c->items)];
        bool long_enough = it->promised_n >= (pace == PACE_FINE ? 4 : 2);
        if (long_enough && it->unit->hall && it->unit->officers)
            return it;
    }
}

/* Through the desk as far as chance has it; late and soon ones are accepted,
 * for only an accepted case has a promised day. */
static enum err move_on(struct city *c, struct tx *tx, str number, int age,
                        enum pace pace)
{
    const struct calendar *cal = tx->calendar;
    struct dice *d = &c->dice;
    if (pace == PACE_FINE && age <= 3 && dice_chance(d, 700))
        return OK; /* 待受理 */
    struct act ask = {
        .verb = VERB_SUPPLEMENT, .number = number, .supply_by = day_none,
        .list = STR("申请表缺少签名页，请补充后上传。"),
    };
    if (pace == PACE_FINE && dice_chance(d, 50))
        return act_as(c, tx, back(c, cal, age > 1 ? age - 1 : 0, 10 * 60 + 30),
                      false, &ask);
    enum err e = simple(c, tx, number, back(c, cal, age, 16 * 60), VERB_ACCEPT);
    if (e != OK || dice_chance(d, 300))
        return e;
    int next = age > 1 ? age - 1 : 0;
    e = simple(c, tx, number, back(c, cal, next, 9 * 60 + 20), VERB_REVIEW);
    struct act expert = {
        .verb = VERB_SPECIAL, .number = number, .days = 10,
        .ground = dice_chance(d, 500) ? STR("检验") : STR("专家评审"),
        .reason = STR("需要委托有资质的机构作出结论"),
    };
    if (e == OK && pace == PACE_FINE && dice_chance(d, 40))
        return act_as(c, tx, back(c, cal, next, 15 * 60), false, &expert);
    if (e == OK && dice_chance(d, 220))
        e = dice_chance(d, 300)
                ? simple(c, tx, number, back(c, cal, next, 16 * 60),
                         VERB_PROPOSE)
                : to_leader(c, tx, number, back(c, cal, next, 15 * 60));
    return e;
}

static enum err open_one(struct city *c, struct tx *tx, enum pace pace)
{
    struct dice *d = &c->dice;
    const struct demo_item *it = item_for(c, pace);
    int n = (int)it->promised_n;
    int age = pace == PACE_LATE  ? n + 1 + (int)dice_below(d, 5)
              : pace == PACE_SOON ? n - (int)dice_below(d, 2)
                                  : (int)dice_below(d, n - 2);
    char code[IDENT_TEXT];
    bool company = str_is(it->object, "法人");
    if (company)
        ident_credit_make('9', '1', STR("341881"), dice_below(d, 9000), code);
    else
        ident_citizen_make(STR("341881"), dice_below(d, 900000) + 10, code);
    struct application x = {
        .offer = it->code.p,
        .at = back(c, tx->calendar, age, 9 * 60 + (int)dice_below(d, 160)),
        .who = { .account = 0, .name = STR(""), .unit = STR(""),
                 .role = STR("anyone"), .via = STR("web") },
        .name = company ? demo_company(c) : demo_person(c),
        .code = str_of(code),
        .town = c->town[dice_below(d, c->towns)]->code,
        .channel = it->online ? STR("web") : STR("window"),
        .answers = "{\"matter\":\"按照申请材料办理。\"}",
    };
    struct filed filed;
    enum err e = apply(tx, &x, &filed);
    return e == OK ? move_on(c, tx, filed.number, age, pace) : e;
}

/* Joint ones besides the restaurant: a newborn and a homestead a day. */
static enum err joint_one(struct city *c, struct tx *tx)
{
    static const struct { const char *offer, *answers; bool shop; } kinds[] = {
        { "xinshenger",
          "{\"married\":\"yes\",\"insure\":\"yes\",\"card\":\"yes\","
          "\"birth_reg\":\"no\",\"baby_name\":\"安安\",\"sex\":\"female\","
          "\"born\":\"2026-09-01\",\"certificate\":\"Y340012345\","
          "\"relation\":\"mother\",\"home\":{\"code\":\"341881001003\","
          "\"words\":\"安徽省宣城市云溪市西津街道城北社区居委会\","
          "\"detail\":\"中津路 112 号\"}}", false },
        { "zhaijidi",
          "{\"kind\":\"new\",\"farmland\":\"no\",\"storeys\":3,"
          "\"land_area\":120,\"members\":4,\"village\":\"山门村\","
          "\"old_house\":\"无\",\"household\":[{\"member\":\"汪长根\","
          "\"member_code\":\"341881190308011074\",\"kin\":\"self\"},"
          "{\"member\":\"吴桂香\",\"member_code\":\"341881190308011074\","
          "\"kin\":\"spouse\"}],\"sides\":[{\"row\":\"east\","
          "\"neighbour\":\"村道\",\"distance\":3},{\"row\":\"south\","
          "\"neighbour\":\"汪长富宅\",\"distance\":4.5},{\"row\":\"west\","
          "\"neighbour\":\"山坡\",\"distance\":8},{\"row\":\"north\","
          "\"neighbour\":\"菜地\",\"distance\":2}],\"site\":{\"lat\":"
          "\"30.512306\",\"lon\":\"118.905771\",\"system\":"
          "\"CGCS2000\"},\"head_sign\":{\"name\":\"汪长根\",\"agree\":"
          "true,\"drawing\":\"M40 60L70 40L60 110M55 75L90 70M120 40L118 110"
          "M100 55L140 52M100 80L138 78M170 40L168 112M150 60L195 58\"}}",
          false },
        { "canyin",
          "{\"area\":45,\"seats\":\"takeaway\",\"fire\":\"no\","
          "\"drain\":\"yes\",\"sign\":\"no\",\"kitchen\":20,\"staff\":3,"
          "\"handlers\":[{\"handler\":\"王秀英\",\"post\":\"cook\","
          "\"health_until\":\"2027-05-31\"},{\"handler\":"
          "\"买买提·吐尔逊\",\"post\":\"serve\","
          "\"health_until\":\"2027-08-20\"}],"
          "\"foods\":\"热食类食品制售\",\"grease\":\"yes\"}", true },
        { "tuixiu",
          "{\"fund\":\"yes\",\"medical\":\"yes\",\"age\":60,\"early\":\"no\","
          "\"employer\":\"云溪纺织厂\",\"retire_day\":\"2026-10-31\","
          "\"bank\":\"6217000012345678901\"}", false },
    };
    size_t k = (size_t)dice_below(&c->dice, 4);
    char id[IDENT_TEXT], credit[IDENT_TEXT];
    ident_citizen_make(STR("341881"), dice_below(&c->dice, 900000) + 10, id);
    ident_credit_make('9', '2', STR("341881"), dice_below(&c->dice, 9000),
                      credit);
    struct application x = {
        .offer = kinds[k].offer,
        .at = back(c, tx->calendar, (int)dice_below(&c->dice, 3),
                   9 * 60 + (int)dice_below(&c->dice, 160)),
        .who = { .account = 0, .name = STR(""), .unit = STR(""),
                 .role = STR("anyone"), .via = STR("web") },
        .name = demo_person(c), .code = str_of(id),
        .town = c->town[dice_below(&c->dice, c->towns)]->code,
        .shop = kinds[k].shop ? STR("巷口小吃店") : STR(""),
        .credit = str_of(credit), .channel = STR("web"),
        .answers = kinds[k].answers,
    };
    struct filed filed;
    return apply(tx, &x, &filed);
}

/* ---- commands ---- */

static int64_t opened; /* so far, in this load */

static enum err some(struct city *c, struct tx *tx)
{
    enum err e = OK;
    for (int i = 0; e == OK && i < PER_COMMAND && opened < c->open; i++) {
        int64_t k = opened++;
        if (k % 17 == 3)
            e = joint_one(c, tx);
        else if (k % 127 == 5)
            e = open_one(c, tx, PACE_LATE);
        else if (k % 29 == 7)
            e = open_one(c, tx, PACE_SOON);
        else
            e = open_one(c, tx, PACE_FINE);
    }
    return e;
}

enum err demo_today(struct city *c)
{
    enum err e = demo_run(c, restaurant);
    if (e == OK)
        e = demo_run(c, finished);
    if (e == OK)
        e = demo_run(c, with_gaps);
    for (opened = 2 + GAP_PLANS; e == OK && opened < c->open;)
        e = demo_run(c, some);
    return e;
}
