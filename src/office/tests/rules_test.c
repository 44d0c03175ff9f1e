/* Document numbers. */
#include "kernel/test/test.h"
#include "office/office.h"

static struct office_number number;
static str why;

static bool good(const char *s)
{
    why = str_none;
    return office_number_read(str_of(s), &number, &why) == OK;
}

static void a_number_says_organ_year_and_serial(void)
{
    CHECK(good("宁政函〔2026〕118号"));
    CHECK_STR(number.prefix, "宁政函");
    CHECK(number.year == 2026 && number.serial == 118 && !number.order);
    CHECK(good("国办发明电〔2021〕11号"));
}

static void an_order_has_no_year(void)
{
    CHECK(good("国务院令第795号"));
    CHECK_STR(number.prefix, "国务院令");
    CHECK(number.order && number.serial == 795 && number.year == 0);
    CHECK(!good("国务院令第0795号"));
    CHECK(!good("令第号"));
}

static void each_fault_has_its_sentence(void)
{
    static const struct { const char *s, *says; } bad[] = {
        { "", "请填写" },
        { "〔2026〕5号", "机关代字" },
        { "ABC〔2026〕5号", "机关代字" },
        { "宁政[2026]5号", "六角括号" },
        { "宁政（2026）5号", "六角括号" },
        { "宁政〔2026]5号", "六角括号" },
        { "宁政〔26〕5号", "四位" },
        { "宁政〔20266〕5号", "四位" },
        { "宁政〔1026〕5号", "合理范围" },
        { "宁政〔2026〕第5号", "不加“第”字" },
        { "宁政〔2026〕05号", "虚位" },
        { "宁政〔2026〕0号", "虚位" },
        { "宁政〔2026〕5", "加“号”字" },
        { "宁政〔2026〕5 号", "加“号”字" },
        { "宁政〔2026〕5号文", "不应再有内容" },
        { "宁政〔2026〕５号", "阿拉伯数字" },
        { "宁政〔2026〕12345678号", "过长" },
        { "宁政〔2026〕五号", "阿拉伯数字" },
        { "宁政 〔2026〕5号", "六角括号" },
        { "\xe5\xae", "请填写" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!good(bad[i].s));
        CHECK(str_find(why, str_of(bad[i].says)) >= 0);
    }
}

int main(void)
{
    RUN(a_number_says_organ_year_and_serial);
    RUN(an_order_has_no_year);
    RUN(each_fault_has_its_sentence);
    return test_result();
}
