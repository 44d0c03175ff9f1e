#include "enterprises/enterprises.h"
#include "kernel/ident/ident.h"
#include "kernel/test/test.h"

static struct arena a;

static struct enterprise filled(void)
{
    static char code[IDENT_TEXT];
    str none = STR("");
    ident_credit_make('9', '1', STR("341881"), 12, code);
    return (struct enterprise){
        .code = str_of(code), .name = STR("云溪竹海食品有限公司"),
        .kind = STR("company"), .representative = STR("周文远"),
        .rep_id = none, .rep_mobile = none, .division = STR("341881"),
        .address = STR("中津路 1 号"), .scope = none,
        .founded = day_of(2018, 3, 2), .capital = fen_none,
        .unit = STR("D025"), .state = STR("active"), .state_day = day_none,
        .from = day_of(2026, 3, 2),
    };
}

static bool set(struct enterprise *e, const char *head, const char *cell)
{
    str problem = STR("");
    bool ok = enterprise_set(&a, e, enterprise_field(str_of(head)),
                             str_of(cell), &problem);
    CHECK(ok || problem.n > 0);
    return ok;
}

static void a_column_is_known_by_code_and_by_its_names(void)
{
    CHECK(enterprise_field(STR("统一社会信用代码")) == 0);
    CHECK(enterprise_field(STR("企业名称")) == 1);
    CHECK(enterprise_field(STR("name")) == 1);
    CHECK(enterprise_field(STR("鞋码")) == -1);
    CHECK(enterprise_field(STR("")) == -1);
}

static void a_code_needs_its_check_digit(void)
{
    struct enterprise e = filled();
    char wrong[IDENT_TEXT];
    memcpy(wrong, e.code.p, IDENT_TEXT);
    CHECK(set(&e, "code", wrong));
    wrong[17] = wrong[17] == '1' ? '2' : '1';
    CHECK(!set(&e, "code", wrong));
}

static void capital_is_whole_fen(void)
{
    struct enterprise e = filled();
    CHECK(set(&e, "注册资本", "500000"));
    CHECK(e.capital.n == 50000000);
    CHECK(set(&e, "注册资本", "1,234.56"));
    CHECK(e.capital.n == 123456);
    CHECK(set(&e, "注册资本", "50.5万元"));
    CHECK(e.capital.n == 50500000);
    CHECK(set(&e, "注册资本", "100万元人民币"));
    CHECK(e.capital.n == 100000000);
    CHECK(!set(&e, "注册资本", "0.001"));
    CHECK(!set(&e, "注册资本", "-5"));
    CHECK(!set(&e, "注册资本", "五十万"));
    CHECK(!set(&e, "注册资本", "99999999999999999999"));
    CHECK(!set(&e, "注册资本", "万元"));
    CHECK(!set(&e, "注册资本", "1.2.3"));
}

static void words_of_registers_become_ours(void)
{
    struct enterprise e = filled();
    CHECK(set(&e, "登记状态", "在营"));
    CHECK_STR(e.state, "active");
    CHECK(set(&e, "登记状态", "吊销，未注销"));
    CHECK_STR(e.state, "revoked");
    CHECK(set(&e, "机构类型", "有限责任公司"));
    CHECK_STR(e.kind, "company");
    CHECK(!set(&e, "登记状态", "不知道"));
    CHECK(!set(&e, "区划代码", "34188"));
    CHECK(!set(&e, "成立日期", "2018-02-30"));
    CHECK(set(&e, "法定代表人证件号码", "E12345678"));
    CHECK(!set(&e, "法定代表人证件号码", "341881190001010000"));
}

static void a_registration_is_whole_and_of_a_day(void)
{
    day today = day_of(2026, 11, 23);
    struct enterprise e = filled();
    CHECK_STR(enterprise_wrong(&a, &e, today), "");
    e.address = STR("");
    CHECK(enterprise_wrong(&a, &e, today).n > 0);
    e = filled();
    e.from = day_of(2026, 11, 24);
    CHECK(enterprise_wrong(&a, &e, today).n > 0);
    e = filled();
    e.founded = day_of(2026, 3, 3);
    CHECK(enterprise_wrong(&a, &e, today).n > 0);
    e = filled();
    e.state = STR("revoked");
    CHECK(enterprise_wrong(&a, &e, today).n > 0);
    e.state_day = day_of(2026, 2, 1);
    CHECK_STR(enterprise_wrong(&a, &e, today), "");
    e.state_day = day_of(2026, 3, 3);
    CHECK(enterprise_wrong(&a, &e, today).n > 0);
}

static void one_that_ended_is_said_so(void)
{
    bool bad;
    str s = ident_standing_said(&a, STR("竹海食品"), STR("cancelled"),
                                day_of(2025, 6, 1), &bad);
    CHECK(bad);
    CHECK(str_find(s, STR("2025-06-01")) > 0);
    CHECK(str_find(s, STR("注销")) > 0);
    s = ident_standing_said(&a, STR("竹海食品"), STR("revoked"), day_none,
                            &bad);
    CHECK(bad);
    CHECK(str_find(s, STR("吊销")) > 0);
    ident_standing_said(&a, STR("竹海食品"), STR("dormant"), day_none, &bad);
    CHECK(!bad);
}

static void the_register_is_known_by_the_code(void)
{
    CHECK_STR(enterprise_source(STR("91341881DEMA")), "市场监管登记");
    CHECK_STR(enterprise_source(STR("52341881DEMA")), "民政登记");
    CHECK_STR(enterprise_source(STR("12341881DEMA")), "机构编制登记");
}

static void an_authority_names_matters_and_an_end(void)
{
    day today = day_of(2026, 11, 23), next = day_of(2027, 11, 23);
    day before = { today.n - 1 }, beyond = { next.n + 1 };
    str what = STR("办理食品经营许可");
    const char *at;
    CHECK_STR(enterprise_proxy_wrong(what, today, next, today, &at), "");
    CHECK(enterprise_proxy_wrong(STR("办"), today, next, today, &at).n > 0);
    CHECK(strcmp(at, "matters") == 0);
    CHECK(enterprise_proxy_wrong(what, today, day_none, today, &at).n > 0);
    CHECK(strcmp(at, "to") == 0);
    CHECK(enterprise_proxy_wrong(what, before, next, today, &at).n > 0);
    CHECK(strcmp(at, "from") == 0);
    CHECK(enterprise_proxy_wrong(what, next, today, today, &at).n > 0);
    CHECK(enterprise_proxy_wrong(what, today, beyond, today, &at).n > 0);
    CHECK(strcmp(at, "to") == 0);
}

int main(void)
{
    RUN(a_column_is_known_by_code_and_by_its_names);
    RUN(a_code_needs_its_check_digit);
    RUN(capital_is_whole_fen);
    RUN(words_of_registers_become_ours);
    RUN(a_registration_is_whole_and_of_a_day);
    RUN(one_that_ended_is_said_so);
    RUN(the_register_is_known_by_the_code);
    RUN(an_authority_names_matters_and_an_end);
    arena_free(&a);
    return test_result();
}
