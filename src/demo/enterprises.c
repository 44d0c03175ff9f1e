/*
 * The base of legal persons: the companies that filed cases these five years
 * under their own codes, the shop of the staged restaurant, some associations
 * and institutions.  Some have moved, closed, lost their licence.
 */
#include "demo/demo.h"

#include "enterprises/keep.h"
#include "kernel/ident/ident.h"

enum { ASSOCIATIONS = 12, INSTITUTIONS = 12 };

static str made(struct tx *tx, char dept, char kind, int64_t n)
{
    char code[IDENT_TEXT];
    ident_credit_make(dept, kind, STR("341881"), n, code);
    return arena_str(tx->arena, str_of(code));
}

static str citizen(struct tx *tx, int64_t n)
{
    char id[IDENT_TEXT];
    ident_citizen_make(STR("341881"), n, id);
    return arena_str(tx->arena, str_of(id));
}

static enum err put(struct tx *tx, struct enterprise *e)
{
    enum enterprise_outcome outcome;
    str why;
    enum err err = enterprise_put(tx, e, STR(""), STR("演示数据"), true,
                                  &outcome, &why);
    return err == OK && outcome == ENTERPRISE_WRONG ? ERR_RANGE : err;
}

/* In force for most; the rest as registers have them. */
static void fate(struct enterprise *e, int i, day today)
{
    static const struct { int every, at; const char *state; } fates[] = {
        { 23, 5, "revoked" }, { 29, 8, "cancelled" }, { 31, 9, "dormant" },
        { 97, 11, "annulled" }, { 89, 13, "moved" },
    };
    for (size_t k = 0; k < sizeof fates / sizeof *fates; k++)
        if (i % fates[k].every == fates[k].at) {
            e->state = str_of(fates[k].state);
            e->state_day = (day){ today.n - 40 - i };
            e->from = (day){ e->state_day.n + 2 };
        }
}

static enum err company(struct city *c, struct tx *tx, int i)
{
    static const char *const streets[] = { "中津路", "宁阳路", "津河东路",
                                           "凤形路", "外环南路" };
    static const char *const scopes[] = {
        "食品生产；食品销售（依法须经批准的项目，经相关部门批准后方可开展经营活"
        "动）", "建筑材料销售；建筑工程机械与设备租赁",
        "软件开发；信息技术咨询服务", "普通货物仓储服务；道路货物运输",
        "农产品的生产、销售、加工、运输、贮藏",
    };
    day today = inst_day(c->now);
    const struct demo_unit *town = c->town[i % c->towns];
    bool his = i == 0; /* 周文远's own */
    struct enterprise e = {
        .code = made(tx, '9', '1', i), .name = c->company[i],
        .kind = STR("company"),
        .representative = his ? STR("周文远") : c->person[i],
        .rep_id = citizen(tx, his ? 1 : i + 10),
        .rep_mobile = his ? STR("13800002716")
                          : arena_printf(tx->arena, "1380000%04d", i),
        .division = STR("341881"),
        .address = arena_printf(tx->arena, "云溪市%.*s%s %d 号",
                                STR_ARG(town->name), streets[i % 5],
                                i * 7 % 300 + 1),
        .scope = str_of(scopes[i % 5]),
        .founded = (day){ today.n - 900 - i * 9 },
        .capital = { (int64_t)(i % 12 + 1) * 50000000 },
        .unit = STR("D025"), .state = STR("active"), .state_day = day_none,
        .from = (day){ today.n - 260 + i % 200 },
    };
    if (i % 10 == 3) { /* was somewhere else before */
        struct enterprise was = e;
        was.address = arena_printf(tx->arena, "云溪市%.*s%s %d 号",
                                   STR_ARG(town->name), streets[(i + 2) % 5],
                                   i % 90 + 3);
        was.from = (day){ e.founded.n + 30 };
        enum err err = put(tx, &was);
        if (err != OK)
            return err;
    }
    if (!his)
        fate(&e, i, today);
    return put(tx, &e);
}

/* 清溪人家小馆, whose address the form writes otherwise; a shop of 李秀云 that
 * lost its licence. */
static enum err shops(struct city *c, struct tx *tx)
{
    day today = inst_day(c->now);
    struct enterprise e = {
        .code = made(tx, '9', '2', 7), .name = STR("清溪人家小馆"),
        .kind = STR("sole"), .representative = STR("周文远"),
        .rep_id = citizen(tx, 1), .rep_mobile = STR("13800002716"),
        .division = STR("341881001"),
        .address = STR("云溪市西津街道中津路 110 号一层"),
        .scope = STR("餐饮服务"), .founded = (day){ today.n - 300 },
        .capital = fen_none, .unit = STR("D025"), .state = STR("active"),
        .state_day = day_none, .from = (day){ today.n - 300 },
    };
    enum err err = put(tx, &e);
    e.code = made(tx, '9', '2', 8);
    e.name = STR("云溪市秀云裁缝店");
    e.representative = STR("李秀云");
    e.rep_id = citizen(tx, 2);
    e.rep_mobile = STR("13800003905");
    e.address = STR("云溪市西津街道宁阳路 36 号");
    e.scope = STR("服装修补服务");
    e.founded = (day){ today.n - 2000 };
    e.state = STR("revoked");
    e.state_day = (day){ today.n - 120 };
    e.from = (day){ today.n - 118 };
    return err == OK ? put(tx, &e) : err;
}

static enum err others(struct city *c, struct tx *tx)
{
    static const char *const bodies[] = { "茶叶协会", "志愿者协会",
                                          "社会工作服务中心", "养老服务中心" };
    static const char *const houses[] = { "实验小学", "卫生院", "文化站",
                                          "农业技术推广站" };
    day today = inst_day(c->now);
    enum err err = OK;
    for (int i = 0; err == OK && i < ASSOCIATIONS + INSTITUTIONS; i++) {
        bool body = i < ASSOCIATIONS;
        const struct demo_unit *town = c->town[i % c->towns];
        struct enterprise e = {
            .code = body ? made(tx, '5', '1', i) : made(tx, '1', '2', i),
            .name = arena_printf(tx->arena, "云溪市%.*s%s",
                                 STR_ARG(town->name),
                                 body ? bodies[i % 4] : houses[i % 4]),
            .kind = body ? STR("society") : STR("institution"),
            .representative = c->person[200 + i],
            .rep_id = STR(""), .rep_mobile = STR(""),
            .division = STR("341881"),
            .address = arena_printf(tx->arena, "云溪市%.*s人民路 %d 号",
                                    STR_ARG(town->name), i + 1),
            .scope = body ? STR("行业交流、公益服务") : STR("公益服务"),
            .founded = (day){ today.n - 3000 + i * 20 },
            .capital = { 3000000 }, .unit = body ? STR("D007") : STR("D042"),
            .state = STR("active"), .state_day = day_none,
            .from = (day){ today.n - 200 + i },
        };
        err = put(tx, &e);
    }
    return err;
}

/* The company of 周文远 lets 李秀云 act for it. */
static enum err authority(struct city *c, struct tx *tx)
{
    day today = inst_day(c->now);
    return enterprise_proxy_add(
        tx, store_id(tx->store), STR("W0001"), made(tx, '9', '1', 0),
        STR("李秀云"), STR("13800003905"),
        STR("办理占道经营、户外招牌的申请、补正和领取"),
        (day){ today.n - 20 }, (day){ today.n + 160 }, c->zhou, tx->now);
}

enum err demo_enterprises(struct city *c, struct tx *tx)
{
    enum err e = shops(c, tx);
    for (int i = 0; e == OK && i < DEMO_FIRMS; i++)
        e = company(c, tx, i);
    if (e == OK)
        e = others(c, tx);
    return e == OK ? authority(c, tx) : e;
}
