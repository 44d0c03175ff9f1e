/* What must stand in a notice, article by article. */
#include "kernel/test/test.h"
#include "services/work/notice.h"

static struct arena memory;

static const struct notice_place yunxi = {
    .city = STR("云溪市"), .government = STR("云溪市人民政府"),
    .court = STR("云溪市人民法院"),
    .progress = STR("http://127.0.0.1:8080/cases/YX20261122000017"),
    .appeal = STR("http://127.0.0.1:8080/appeal"), .demo = true,
};

static struct value *facts(const char *json)
{
    struct value *v = NULL;
    str problem = STR("");
    CHECK(value_read_json(&memory, str_of(json), &v, &problem) == OK);
    return v;
}

#define COMMON \
    "\"number\":\"YX20261122000017\",\"title\":\"食品经营许可\"," \
    "\"unit\":\"市场监督管理局\",\"applicant\":\"周文远\"," \
    "\"officer\":\"陈静\",\"phone\":\"0563-4022222\"," \
    "\"received\":\"2026-11-20\",\"today\":\"2026-11-22\""

static struct pdf_notice paper(const char *kind, const char *json)
{
    struct pdf_notice n = { 0 };
    CHECK(notice_paper(&memory, str_of(kind), STR("云市监受〔2026〕17号"),
                       (inst){ 1795363200000 - 8 * 3600000 }, facts(json),
                       &yunxi, &n) == OK);
    return n;
}

/* Is the text anywhere in the paper? */
static bool says(const struct pdf_notice *n, const char *words)
{
    str w = str_of(words);
    for (size_t i = 0; i < n->block_count; i++) {
        const struct pdf_block *b = &n->blocks[i];
        if (b->text.n && str_find(b->text, w) >= 0)
            return true;
        for (size_t k = 0; k < b->count; k++)
            if ((b->points && str_find(b->points[k], w) >= 0) ||
                (b->facts && (str_find(b->facts[k].value, w) >= 0 ||
                              str_find(b->facts[k].name, w) >= 0)))
                return true;
    }
    return false;
}

static void a_receipt_tells_when_silence_is_acceptance(void)
{
    struct pdf_notice n = paper("receipt", "{" COMMON ",\"accept_by\":"
        "\"2026-11-27\",\"papers\":[\"营业执照\",\"平面图\"],"
        "\"proxy\":\"李四\"}");
    CHECK(says(&n, "2026 年 11 月 27 日"));
    CHECK(says(&n, "自收到申请材料之日起即为受理"));
    CHECK(says(&n, "平面图") && says(&n, "李四"));
    CHECK_STR(n.organ, "云溪市市场监督管理局");
    CHECK_STR(n.to, "周文远");
    CHECK(n.date.n == day_of(2026, 11, 22).n);
}

/* Whom to ask stands on every paper an applicant takes home. */
static void every_paper_says_who_and_where_to_ask(void)
{
    static const char *const kinds[] = { "receipt", "acceptance", "refusal",
        "supplement", "special", "extension", "grant", "denial", "reopening" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct pdf_notice n = paper(kinds[i], "{" COMMON "}");
        CHECK(says(&n, "陈静，联系电话 0563-4022222"));
        CHECK(n.seal && n.date.n); /* 第三十二条第二款 */
    }
    struct pdf_notice n = paper("receipt", "{\"number\":\"1\",\"title\":\"甲\""
        ",\"unit\":\"局\",\"applicant\":\"某公司\",\"agent\":\"汪长根\","
        "\"taken_by\":\"陈小燕，1 号窗口\",\"phone\":\"12345\"}");
    CHECK(says(&n, "经办人") && says(&n, "汪长根"));
    CHECK(says(&n, "收件人") && says(&n, "陈小燕，1 号窗口"));
    CHECK(says(&n, "联系电话") && says(&n, "12345"));
    CHECK(!says(&n, "代为申请人"));
    /* Facts kept before there was a number give the paper they gave then. */
    n = paper("grant", "{\"number\":\"1\",\"title\":\"甲\",\"unit\":\"局\","
              "\"applicant\":\"某\",\"officer\":\"陈静\"}");
    CHECK(says(&n, "陈静") && !says(&n, "联系电话"));
}

static void many_papers_stand_in_one_paragraph(void)
{
    struct pdf_notice n = paper("receipt", "{" COMMON ",\"papers\":[\"甲\","
        "\"乙\",\"丙\",\"丁\",\"戊\",\"己\"]}");
    CHECK(says(&n, "共 6 份：甲；乙；丙；丁；戊；己。"));
    for (size_t i = 0; i < n.block_count; i++)
        CHECK(n.blocks[i].kind != PDF_POINTS);
}

static void an_acceptance_cites_its_item_and_both_limits(void)
{
    struct pdf_notice n = paper("acceptance", "{" COMMON ",\"accepted\":"
        "\"2026-11-22\",\"due\":\"2026-12-04\",\"promised\":9,"
        "\"statutory\":20,\"deemed\":false}");
    CHECK_STR(n.title, "行政许可申请受理通知书");
    CHECK(says(&n, "第三十二条第一款第（五）项"));
    CHECK(says(&n, "9 个工作日") && says(&n, "20 个工作日"));
    CHECK(says(&n, "2026 年 12 月 4 日") && says(&n, "第四十五条"));
}

static void a_deemed_acceptance_says_why(void)
{
    struct pdf_notice n = paper("acceptance", "{" COMMON ",\"deemed\":true}");
    CHECK(says(&n, "未在五个工作日内告知补正"));
    CHECK(says(&n, "第三十二条第一款第（四）项"));
}

#define GAPS                                                              \
    COMMON ",\"accepted\":\"2026-11-23\",\"due\":\"2026-12-07\","           \
    "\"promised\":10,\"statutory\":20,\"gap_papers\":[\"菜单\",\"效果图\"],"  \
    "\"gap_days\":5,\"gap_due\":\"2026-11-30\",\"gap_basis\":"             \
    "\"本事项办事指南公布的期限，不是法定期限\",\"gap_expiry\":"            \
    "\"逾期未补齐的，由受理部门根据已有材料依法作出决定\""

static void an_acceptance_with_gaps_tells_papers_day_and_what_follows(void)
{
    struct pdf_notice n = paper("gaps", "{" GAPS ",\"pledge\":"
                                "\"已收申请人签名的书面承诺\"}");
    CHECK_STR(n.title, "行政许可申请容缺受理通知书");
    CHECK(says(&n, "菜单") && says(&n, "效果图"));
    CHECK(says(&n, "2026 年 11 月 30 日") && says(&n, "5 个工作日"));
    CHECK(says(&n, "2026 年 12 月 7 日") && says(&n, "10 个工作日"));
    CHECK(says(&n, "不是法定期限") && says(&n, "书面承诺"));
    CHECK(says(&n, "不因等候补交而停止"));
    CHECK(says(&n, "依法作出决定"));
}

static void what_lapsed_names_the_papers_the_rule_and_the_remedies(void)
{
    struct pdf_notice n = paper("lapse", "{" GAPS "}");
    CHECK_STR(n.title, "行政许可申请视为撤回告知书");
    CHECK(says(&n, "菜单") && says(&n, "2026 年 11 月 30 日"));
    CHECK(says(&n, "可以重新申请"));
    CHECK(says(&n, "六十日内向云溪市人民政府申请行政复议"));
}

static void a_refusal_names_the_organ_to_turn_to(void)
{
    struct pdf_notice n = paper("refusal", "{" COMMON ",\"ground\":"
        "\"依法不属于本机关职权范围\",\"reason\":\"由消防救援机构办理\","
        "\"other_organ\":\"云溪市消防救援大队\"}");
    CHECK(says(&n, "第三十二条第一款第（二）项"));
    CHECK(says(&n, "请向云溪市消防救援大队申请"));
    CHECK(says(&n, "六十日内向云溪市人民政府申请行政复议"));
    n = paper("refusal", "{" COMMON ",\"ground\":"
        "\"依法不需要取得行政许可\",\"reason\":\"属于备案事项\"}");
    CHECK(says(&n, "第三十二条第一款第（一）项"));
    CHECK(!says(&n, "请向"));
}

static void a_supplement_lists_everything_once(void)
{
    struct pdf_notice n = paper("supplement", "{" COMMON ",\"list\":"
        "\"健康证明\\n\\n 平面图加盖公章 \",\"supply_by\":\"2026-12-04\"}");
    CHECK(says(&n, "一次告知") && says(&n, "不再要求补正其他内容"));
    CHECK(says(&n, "健康证明") && says(&n, "2026 年 12 月 4 日"));
    const struct pdf_block *list = &n.blocks[1];
    CHECK(list->kind == PDF_POINTS && list->count == 2);
    CHECK_STR(list->points[1], "平面图加盖公章");
}

static void time_that_does_not_count_is_told_with_its_length(void)
{
    struct pdf_notice n = paper("special", "{" COMMON ",\"ground\":"
        "\"专家评审\",\"days\":12}");
    CHECK(says(&n, "第四十五条") && says(&n, "12 个工作日"));
    CHECK(says(&n, "依法需要进行专家评审"));
}

static void an_extension_names_who_approved_it(void)
{
    struct pdf_notice n = paper("extension", "{" COMMON ",\"days\":10,"
        "\"reason\":\"材料复杂\"}");
    CHECK(says(&n, "第四十二条第一款") && says(&n, "本机关负责人"));
    n = paper("extension", "{" COMMON ",\"days\":15,\"joint\":true,"
        "\"reason\":\"材料复杂\"}");
    CHECK(says(&n, "第四十二条第二款") && says(&n, "本级人民政府负责人"));
    CHECK(says(&n, "延长 15 个工作日"));
}

static void a_denial_gives_reasons_and_both_remedies(void)
{
    struct pdf_notice n = paper("denial", "{" COMMON ",\"reason\":"
        "\"场所与污染源的距离不足 25 米\"}");
    CHECK_STR(n.title, "不予行政许可决定书");
    CHECK(says(&n, "第三十八条第二款"));
    CHECK(says(&n, "距离不足 25 米"));
    CHECK(says(&n, "六十日内向云溪市人民政府申请行政复议"));
    CHECK(says(&n, "六个月内直接向云溪市人民法院提起行政诉讼"));
    CHECK(says(&n, "http://127.0.0.1:8080/appeal"));
}

static void a_grant_is_public_and_delivered_in_ten_days(void)
{
    struct pdf_notice n = paper("grant", "{" COMMON ",\"result_no\":"
        "\"JY23418810012345\",\"valid_from\":\"2026-11-22\","
        "\"valid_to\":\"2031-11-21\"}");
    CHECK(says(&n, "准予行政许可") && says(&n, "JY23418810012345"));
    CHECK(says(&n, "2026 年 11 月 22 日 至 2031 年 11 月 21 日"));
    CHECK(says(&n, "第四十条") && says(&n, "第四十四条"));
    CHECK(!says(&n, "行政诉讼"));
}

static void what_is_no_licence_does_not_cite_the_licence_law(void)
{
    static const char *const all[] = { "receipt", "acceptance", "refusal",
                                       "supplement", "special", "extension",
                                       "grant", "denial", "delivery",
                                       "gaps", "lapse" };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct pdf_notice n = paper(all[i], "{" COMMON ",\"licence\":false,"
            "\"ground\":\"鉴定\",\"basis\":\"《社会保险法》第十六条\"}");
        CHECK(!says(&n, "行政许可法"));
        CHECK(str_find(n.title, STR("许可")) < 0);
    }
}

static void every_kind_can_be_drawn(void)
{
    static const char *const all[] = { "receipt", "acceptance", "refusal",
                                       "supplement", "special", "extension",
                                       "grant", "denial", "delivery",
                                       "gaps", "lapse" };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct pdf_notice n = paper(all[i], "{" COMMON "}");
        struct buf b = { 0 };
        CHECK(pdf_notice(&n, &b) == OK);
        CHECK(str_starts(buf_str(&b), STR("%PDF-")));
        buf_free(&b);
    }
}

static void facts_that_lack_the_case_are_refused(void)
{
    struct pdf_notice n;
    CHECK(notice_paper(&memory, STR("grant"), str_none, (inst){ 0 },
                       facts("{\"title\":\"x\"}"), &yunxi, &n) == ERR_INPUT);
    CHECK(notice_paper(&memory, STR("nothing"), str_none, (inst){ 0 },
                       facts("{" COMMON "}"), &yunxi, &n) == ERR_INPUT);
    CHECK(notice_paper(&memory, STR("grant"), str_none, (inst){ 0 },
                       facts("[1]"), &yunxi, &n) == ERR_INPUT);
    CHECK(str_is_none(notice_title(STR("nothing"), true)));
}

int main(void)
{
    RUN(a_receipt_tells_when_silence_is_acceptance);
    RUN(every_paper_says_who_and_where_to_ask);
    RUN(many_papers_stand_in_one_paragraph);
    RUN(an_acceptance_cites_its_item_and_both_limits);
    RUN(a_deemed_acceptance_says_why);
    RUN(an_acceptance_with_gaps_tells_papers_day_and_what_follows);
    RUN(what_lapsed_names_the_papers_the_rule_and_the_remedies);
    RUN(a_refusal_names_the_organ_to_turn_to);
    RUN(a_supplement_lists_everything_once);
    RUN(time_that_does_not_count_is_told_with_its_length);
    RUN(an_extension_names_who_approved_it);
    RUN(a_denial_gives_reasons_and_both_remedies);
    RUN(a_grant_is_public_and_delivered_in_ten_days);
    RUN(what_is_no_licence_does_not_cite_the_licence_law);
    RUN(every_kind_can_be_drawn);
    RUN(facts_that_lack_the_case_are_refused);
    arena_free(&memory);
    pdf_close();
    return test_result();
}
