/* Citizens' numbers and credit codes. */
#include "kernel/ident/ident.h"
#include "kernel/page/page.h"
#include "kernel/test/test.h"

#include <string.h>

static day today(void)
{
    return day_of(2026, 11, 22);
}

static struct ident_citizen citizen;
static struct ident_credit credit;
static str why;

static enum ident_verdict person(const char *number)
{
    why = str_none;
    return ident_citizen_check(divisions_builtin(), str_of(number), today(),
                               &citizen, &why);
}

static enum ident_verdict company(const char *code)
{
    why = str_none;
    return ident_credit_check(str_of(code), true, &credit, &why);
}

/* 17 digits with the right check character. */
static const char *with_digit(const char *body)
{
    static char number[IDENT_TEXT];
    memcpy(number, body, 17);
    number[17] = ident_citizen_digit(body);
    return number;
}

static void a_good_number_says_area_birth_and_sex(void)
{
    CHECK(person("34188119020304016x") == IDENT_GOOD);
    CHECK_STR(str_of(citizen.number), "34188119020304016X");
    CHECK_STR(str_of(citizen.area), "341881");
    CHECK_STR(citizen.area_name, "宁国市");
    CHECK(citizen.birth.n == day_of(1902, 3, 4).n);
    CHECK(!citizen.male);
    CHECK(person("341881190102030018") == IDENT_GOOD && citizen.male);
}

static void old_codes_and_residence_permits_are_good(void)
{
    CHECK(person("342524190304150031") == IDENT_GOOD);
    CHECK(person(with_digit("34250219050607001")) == IDENT_GOOD);
    CHECK(person(with_digit("81000019050607001")) == IDENT_GOOD);
    CHECK(person(with_digit("82000019050607001")) == IDENT_GOOD);
    CHECK(person(with_digit("83000019050607001")) == IDENT_GOOD);
    CHECK(person(with_digit("34188220210607001")) == IDENT_GOOD);
}

static void a_county_gone_before_the_birth_is_doubtful(void)
{
    CHECK(person(with_digit("34252419990607001")) == IDENT_GOOD);
    CHECK(person(with_digit("34252420050607001")) == IDENT_DOUBTFUL);
    CHECK(why.n > 0);
    CHECK_STR(str_of(citizen.area), "342524");
}

static void each_fault_has_its_sentence(void)
{
    static const struct { const char *number, *says; } bad[] = {
        { "", "请填写" },
        { "341881010203001", "15 位" },
        { "34188119010203001", "应为 18 位" },
        { "3418811901020300180", "应为 18 位" },
        { "34188119010203A012", "前 17 位" },
        { "３４１８８１１９０１０２０３００１８", "半角" },
        { "34188119010203001Y", "末位" },
        { "341899190102030011", "区划" },
        { "341881190502290011", "出生日期不存在" },
        { "341881190004310016", "出生日期不存在" },
        { "341881209901010010", "今天之后" },
        { "341881190102030019", "校验不符" },
        { "\xff\xfe", "应为 18 位" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(person(bad[i].number) == IDENT_BAD);
        CHECK(str_find(why, str_of(bad[i].says)) >= 0);
    }
    CHECK(person(with_digit("34188118010203001")) == IDENT_BAD);
}

static void leap_days_are_those_of_the_calendar(void)
{
    CHECK(person(with_digit("34188120000229001")) == IDENT_GOOD);
    CHECK(person(with_digit("34188119040229001")) == IDENT_GOOD);
    CHECK(person(with_digit("34188119000229001")) == IDENT_BAD);
}

static void born_today_is_not_the_future(void)
{
    CHECK(person(with_digit("34188120261122001")) == IDENT_GOOD);
    CHECK(person(with_digit("34188120261123001")) == IDENT_BAD);
}

static void every_single_wrong_digit_is_noticed(void)
{
    char number[IDENT_TEXT] = "341881190102030018";
    for (int i = 0; i < 17; i++) {
        char right = number[i];
        for (char c = '0'; c <= '9'; c++) {
            number[i] = c;
            CHECK((person(number) == IDENT_GOOD) == (c == right));
        }
        number[i] = right;
    }
}

static void a_good_code_says_what_it_holds(void)
{
    CHECK(company("91341881dema00013y") == IDENT_GOOD);
    CHECK_STR(str_of(credit.code), "91341881DEMA00013Y");
    CHECK_STR(str_of(credit.org), "DEMA00013");
    CHECK_STR(str_of(credit.area), "341881");
    CHECK(credit.dept == '9' && credit.kind == '1');
    CHECK(company("91341881DEMC000310") == IDENT_GOOD);
}

static void each_fault_of_a_code_has_its_sentence(void)
{
    static const struct { const char *code, *says; } bad[] = {
        { "", "请填写" },
        { "91341881DEMA00013Y0", "应为 18 位" },
        { "９１341881DEMA00013Y", "半角" },
        { "91341881OEMA00013Y", "不含 I、O、S、V、Z" },
        { "B1341881DEMA00013Y", "登记管理部门" },
        { "9A341881DEMA00013Y", "机构类别" },
        { "91E41881DEMA00013Y", "行政区划" },
        { "91341881DEMA000130", "校验不符" },
        { "91341881DEMA00010M", "组织机构代码" },
        { "915555555555555555", "校验不符" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(company(bad[i].code) == IDENT_BAD);
        CHECK(str_find(why, str_of(bad[i].says)) >= 0);
    }
    CHECK(ident_credit_check(STR("91341881DEMA00010M"), false, &credit, &why) ==
          IDENT_GOOD);
}

static void codes_of_the_pilot_need_an_officer(void)
{
    CHECK(company("91350211M0000XUF46") == IDENT_DOUBTFUL);
    CHECK(company("91350100M0001TGQXM") == IDENT_DOUBTFUL);
    CHECK(company("91350203M0001FUE2P") == IDENT_DOUBTFUL);
    CHECK(company("91340211M0000XUF46") == IDENT_BAD);
}

static void invented_people_are_good_and_different(void)
{
    static char seen[20000][IDENT_TEXT];
    for (int i = 0; i < 20000; i++) {
        ident_citizen_make(STR("341881"), i, seen[i]);
        CHECK(person(seen[i]) == IDENT_GOOD);
        CHECK(citizen.birth.n < day_of(1910, 1, 1).n);
    }
    for (int i = 0; i < 20000; i += 97)
        for (int j = i + 1; j < 20000; j++)
            CHECK(strcmp(seen[i], seen[j]) != 0);
}

static void invented_companies_are_good_and_different(void)
{
    static char seen[3000][IDENT_TEXT];
    for (int i = 0; i < 3000; i++) {
        ident_credit_make('9', '1', STR("341881"), i, seen[i]);
        CHECK(company(seen[i]) == IDENT_GOOD);
        CHECK(strncmp(credit.org, "DEMA", 4) == 0);
        CHECK(i == 0 || strcmp(seen[i], seen[i - 1]) != 0);
    }
}

static void divisions_have_names(void)
{
    CHECK_STR(divisions_name(divisions_builtin(), STR("342524")), "宁国县");
    CHECK_STR(divisions_name(divisions_builtin(), STR("341881")), "宁国市");
    CHECK(str_is_none(divisions_name(divisions_builtin(), STR("999999"))));
    CHECK(str_is_none(divisions_name(divisions_builtin(), STR("x"))));
}

static void a_broken_list_of_divisions_names_its_line(void)
{
    struct arena a = { 0 };
    struct divisions *d;
    static const char *const bad[] = {
        "110000\t北京市\t198012\n11\tx\t198012\t\n",
        "110000\t北京市\t198012\n110000\t\t198012\t\n",
        "110000\t北京市\t198012\n110001\tx\t\t\n",
        "110001\t北京市\t198012\n110000\tx\t198012\t\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        str problem = str_none;
        CHECK(divisions_read(&a, str_of(bad[i]), &d, &problem) == ERR_INPUT);
        CHECK(str_find(problem, STR("第 2 行")) > 0);
    }
    arena_free(&a);
}

int main(void)
{
    RUN(a_good_number_says_area_birth_and_sex);
    RUN(old_codes_and_residence_permits_are_good);
    RUN(a_county_gone_before_the_birth_is_doubtful);
    RUN(each_fault_has_its_sentence);
    RUN(leap_days_are_those_of_the_calendar);
    RUN(born_today_is_not_the_future);
    RUN(every_single_wrong_digit_is_noticed);
    RUN(a_good_code_says_what_it_holds);
    RUN(each_fault_of_a_code_has_its_sentence);
    RUN(codes_of_the_pilot_need_an_officer);
    RUN(invented_people_are_good_and_different);
    RUN(invented_companies_are_good_and_different);
    RUN(divisions_have_names);
    RUN(a_broken_list_of_divisions_names_its_line);
    return test_result();
}
