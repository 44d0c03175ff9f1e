/*
 * Organisations and the people at their desks.
 *
 * Names and codes of departments, townships and villages come from data/demo;
 * everybody sitting there is invented.  All demonstration accounts share one
 * password, printed when the city is loaded.
 */
#include "demo/demo.h"

#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"
#include "kernel/page/page.h"

#include <ctype.h>

#define HALL_ADDRESS "云溪市宁阳路 18 号政务服务中心"
#define HALL_HOURS "工作日 9:00-12:00，13:30-17:00"

/* ---- organisations ---- */

/* 市场监督管理局 -> 市场监管局 where there is a usual short name. */
static str short_name(str name)
{
    static const struct { const char *name, *shorter; } usual[] = {
        { "发展和改革委员会", "发改委" },
        { "教育体育局", "教体局" },
        { "经济和信息化局", "经信局" },
        { "人力资源和社会保障局", "人社局" },
        { "自然资源和规划局", "自然资源局" },
        { "生态环境分局", "生态环境局" },
        { "住房和城乡建设局", "住建局" },
        { "城市管理局", "城管局" },
        { "交通运输局", "交通局" },
        { "文化和旅游局", "文旅局" },
        { "卫生健康委员会", "卫健委" },
        { "市场监督管理局", "市场监管局" },
        { "医疗保障局", "医保局" },
        { "退役军人事务局", "退役军人局" },
        { "数据资源管理局（政务服务管理局）", "数据资源局" },
        { "消防救援大队", "消防大队" },
    };
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (str_is(name, usual[i].name))
            return str_of(usual[i].shorter);
    return name;
}

static enum err add_unit(struct city *c, struct tx *tx, struct auth_unit *u)
{
    if (c->units == DEMO_UNITS)
        return ERR_RANGE;
    u->position = c->units + 1;
    u->short_name = short_name(u->name);
    u->hours = STR(HALL_HOURS);
    char credit[IDENT_TEXT];
    ident_credit_make('1', '1', STR("341881"), 500 + c->units, credit);
    u->credit_code = arena_str(c->arena, str_of(credit));
    if (str_is_none(u->phone))
        u->phone = arena_printf(c->arena, "0563-000 %04d", c->units + 1);
    enum err e = auth_add_unit(tx, u);
    if (e == OK)
        c->unit[c->units++] = (struct demo_unit){
            .code = u->code, .name = u->name, .short_name = u->short_name,
            .hall = u->hall,
        };
    return e;
}

static str column(struct city *c, const struct csv *row, int i)
{
    return arena_str(c->arena, row->field[i]);
}

/* Half-width brackets become full-width: names are for people to read. */
static str shown_name(struct city *c, str name)
{
    struct buf out = { 0 };
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '(')
            buf_put(&out, STR("（"));
        else if (name.p[i] == ')')
            buf_put(&out, STR("）"));
        else
            buf_byte(&out, name.p[i]);
    }
    str text = arena_str(c->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static enum err departments(struct city *c, struct tx *tx)
{
    struct csv row;
    enum err e;
    csv_open(&row, c->arena, page_asset("data/demo/departments.csv"));
    e = csv_row(&row); /* the head */
    while (e == OK && (e = csv_row(&row)) == OK) {
        bool hall = str_is(row.field[4], "Y");
        struct auth_unit u = {
            .code = column(c, &row, 0),
            .name = shown_name(c, row.field[1]),
            .doc_prefix = column(c, &row, 2), .field = column(c, &row, 5),
            .kind = STR("department"), .hall = hall,
            .address = hall ? STR(HALL_ADDRESS) : str_none,
        };
        e = add_unit(c, tx, &u);
    }
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err townships(struct city *c, struct tx *tx)
{
    struct csv row;
    enum err e;
    csv_open(&row, c->arena, page_asset("data/demo/townships.csv"));
    e = csv_row(&row);
    while (e == OK && (e = csv_row(&row)) == OK) {
        str name = column(c, &row, 2);
        struct auth_unit u = {
            .code = column(c, &row, 0), .name = name, .kind = STR("township"),
            .doc_prefix = utf8_head(name, 2),
            .address = arena_printf(c->arena, "%.*s便民服务中心",
                                    STR_ARG(name)),
        };
        e = add_unit(c, tx, &u);
        if (e == OK)
            c->town[c->towns++] = &c->unit[c->units - 1];
    }
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err institutions(struct city *c, struct tx *tx)
{
    struct csv row;
    enum err e;
    csv_open(&row, c->arena, page_asset("data/demo/institutions.csv"));
    e = csv_row(&row);
    while (e == OK && (e = csv_row(&row)) == OK) {
        struct auth_unit u = {
            .code = column(c, &row, 0), .name = shown_name(c, row.field[1]),
            .kind = STR("institution"), .hall = str_is(row.field[3], "Y"),
            .doc_prefix = utf8_head(column(c, &row, 1), 2),
        };
        e = add_unit(c, tx, &u);
    }
    return e == ERR_NOTFOUND ? OK : e;
}

/* The township whose division code (nine digits) begins this village's. */
static str town_of(str division)
{
    struct csv row;
    struct arena a = { 0 };
    str found = str_none;
    csv_open(&row, &a, page_asset("data/demo/townships.csv"));
    while (csv_row(&row) == OK)
        if (str_starts(division, row.field[1]))
            found = row.field[0];
    arena_free(&a);
    return found;
}

static enum err villages(struct city *c, struct tx *tx)
{
    str rest = page_asset("data/villages.tsv");
    while (!str_is_none(rest)) {
        str line = str_cut(&rest, '\n');
        str code = str_cut(&line, '\t');
        str kind = str_cut(&line, '\t');
        str name = str_cut(&line, '\t');
        str town = town_of(code);
        if (!str_is(kind, "village") || str_is_none(town))
            continue;
        struct auth_unit u = {
            .code = arena_printf(c->arena, "%.*sV%.*s", STR_ARG(town),
                                 STR_ARG(str_slice(code, 9, 12))),
            .name = name, .kind = STR("village"), .parent = town,
        };
        enum err e = add_unit(c, tx, &u);
        if (e != OK)
            return e;
    }
    return OK;
}

/* ---- people ---- */

struct seat {
    const char *login;
    str name, unit, role, title;
};

static enum err seat_staff(struct city *c, struct tx *tx, const struct seat *s,
                           int64_t *id)
{
    struct auth_account account = {
        .login = str_of(s->login), .name = s->name, .kind = STR("staff"),
        .password = str_of(c->password_hash),
    };
    enum err e = auth_add_account(tx, &account, id);
    if (e != OK)
        return e;
    const struct demo_unit *u = demo_unit_of(c, s->unit);
    struct auth_unit unit;
    int64_t post;
    e = auth_unit(tx, s->unit, &unit);
    if (e != OK || u == NULL)
        return e != OK ? e : ERR_NOTFOUND;
    struct auth_post p = {
        .account = *id, .unit = s->unit, .role = s->role, .title = s->title,
        .phone = unit.phone, .from = day_of(2020, 1, 2), .main = true,
    };
    return auth_add_post(tx, &p, &post);
}

static const char *login_of(struct city *c, const char *role, str code, int i)
{
    str lower = arena_str(c->arena, code);
    for (size_t k = 0; k < lower.n; k++)
        ((char *)lower.p)[k] = (char)tolower((unsigned char)lower.p[k]);
    str login = i == 0 ? arena_printf(c->arena, "%s.%.*s", role, STR_ARG(lower))
                       : arena_printf(c->arena, "%s%d.%.*s", role, i + 1,
                                      STR_ARG(lower));
    return login.p;
}

/* Officers and a leader at every organisation but villages. */
static enum err seat_unit(struct city *c, struct tx *tx, struct demo_unit *u)
{
    enum err e = OK;
    int officers = u->hall ? DEMO_OFFICERS : 1;
    for (int i = 0; e == OK && i < officers; i++) {
        struct seat s = { login_of(c, "officer", u->code, i), demo_person(c),
                          u->code, STR("officer"), STR("承办人") };
        e = seat_staff(c, tx, &s, &u->officer[i]);
        u->officer_name[i] = s.name;
        u->officers = i + 1;
    }
    if (e != OK)
        return e;
    struct seat s = { login_of(c, "leader", u->code, 0), demo_person(c),
                      u->code, STR("leader"), STR("分管负责人") };
    u->leader_name = s.name;
    return seat_staff(c, tx, &s, &u->leader);
}

static enum err seat_city(struct city *c, struct tx *tx)
{
    const struct seat seats[] = {
        { "window.chen", STR("陈小燕"), STR("D036"), STR("window"),
          STR("综合窗口工作人员") },
        { "finance.qian", STR("钱敏"), STR("D009"), STR("finance"),
          STR("非税收入管理员") },
        { "finance.sun", STR("孙立群"), STR("D009"), STR("finance"),
          STR("国库集中支付主管") },
        { "supervisor.he", STR("何志明"), STR("D001"), STR("supervisor"),
          STR("效能办主任") },
        { "mayor.yun", STR("云海涛"), STR("D001"), STR("mayor"), STR("市长") },
        { "editor.lin", STR("林思佳"), STR("D001"), STR("editor"),
          STR("信息员") },
        { "sysadmin", STR("沈立新"), STR("D029"), STR("system_admin"),
          STR("系统管理员") },
        { "secadmin", STR("姚建平"), STR("D029"), STR("security_admin"),
          STR("安全管理员") },
        { "auditadmin", STR("谭文静"), STR("D029"), STR("audit_admin"),
          STR("审计管理员") },
    };
    enum err e = OK;
    int64_t id;
    for (size_t i = 0; e == OK && i < sizeof seats / sizeof *seats; i++)
        e = seat_staff(c, tx, &seats[i], &id);
    return e;
}

static enum err seat_agents(struct city *c, struct tx *tx)
{
    enum err e = OK;
    for (int i = 0; e == OK && i < c->units; i++) {
        struct demo_unit *u = &c->unit[i];
        if (u->code.n < 5) /* D022, T01, I01: not a village */
            continue;
        struct seat s = { login_of(c, "agent", u->code, 0), demo_person(c),
                          u->code, STR("agent"), STR("代办员") };
        int64_t id;
        e = seat_staff(c, tx, &s, &id);
    }
    return e;
}

static enum err residents(struct city *c, struct tx *tx)
{
    const struct {
        const char *login, *name, *mobile;
        int64_t *id;
    } people[] = {
        { "resident.zhou", "周文远", "13800002716", &c->zhou },
        { "resident.li", "李秀云", "13800003905", &c->li },
    };
    enum err e = OK;
    for (size_t i = 0; e == OK && i < 2; i++) {
        char *number = arena_alloc(c->arena, IDENT_TEXT);
        ident_citizen_make(STR("341881"), (int64_t)i + 1, number);
        struct auth_account a = {
            .login = str_of(people[i].login), .name = str_of(people[i].name),
            .kind = STR("resident"), .mobile = str_of(people[i].mobile),
            .citizen_id = str_of(number),
            .password = str_of(c->password_hash),
        };
        e = auth_add_account(tx, &a, people[i].id);
        if (e == OK)
            e = auth_prove_mobile(tx, *people[i].id, a.mobile);
    }
    return e;
}

const struct demo_unit *demo_unit_of(const struct city *c, str code)
{
    for (int i = 0; i < c->units; i++)
        if (str_eq(c->unit[i].code, code))
            return &c->unit[i];
    return NULL;
}

enum err demo_city(struct city *c, struct tx *tx)
{
    enum err e = departments(c, tx);
    if (e == OK)
        e = townships(c, tx);
    if (e == OK)
        e = institutions(c, tx);
    int desks = c->units;
    if (e == OK)
        e = villages(c, tx);
    for (int i = 0; e == OK && i < desks; i++)
        e = seat_unit(c, tx, &c->unit[i]);
    if (e == OK)
        e = seat_city(c, tx);
    if (e == OK)
        e = seat_agents(c, tx);
    return e == OK ? residents(c, tx) : e;
}
