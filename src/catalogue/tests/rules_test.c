/*
 * Each rule finds what it is for and nothing in a guide that is right: one
 * change of the right guide a rule, and no rule without its change.
 */
#include "catalogue/catalogue.h"
#include "kernel/ident/ident.h"
#include "kernel/laws/laws.h"
#include "kernel/test/test.h"

static struct arena a;
static day today;

static const char right[] =
    "{\"name\":\"食品经营许可\",\"type\":\"行政许可\",\"kind\":\"承诺件\","
    "\"object\":\"个人、法人\",\"body\":\"法定机关\","
    "\"basis\":[{\"law\":\"食品安全法\",\"version\":\"2021-04-29\","
    "\"article\":\"35\"}],\"conditions\":\"有与经营相适应的场所。\","
    "\"statutory_n\":20,\"statutory_unit\":\"工作日\",\"promised_n\":5,"
    "\"steps\":[{\"name\":\"收件\",\"days\":0},{\"name\":\"受理\",\"days\":1}"
    ",{\"name\":\"审查\",\"days\":3},{\"name\":\"决定\",\"days\":1},{\"name\""
    ":\"送达\",\"days\":0}],\"forms\":\"窗口、网上\",\"depth\":\"网上受理\","
    "\"visits\":1,\"visit_reason\":\"现场核查\",\"fee\":true,\"fees\":[{"
    "\"name\":\"工本费\",\"standard\":\"每证 10 元\",\"basis\":\"皖价费〔201"
    "5〕1号\"}],\"papers\":[{\"name\":\"申请书\",\"need\":\"必要\",\"obtain\""
    ":\"在线填写\",\"source\":\"申请人自备\"},{\"name\":\"营业执照\","
    "\"need\":\"必要\",\"obtain\":\"平台调取\",\"source\":\"政府部门核发\","
    "\"source_from\":\"市场监管局\",\"format\":\"纸质\",\"copies\":1}],"
    "\"result_type\":\"证照\",\"result\":\"食品经营许可证\","
    "\"result_sample\":\"写明经营项目\",\"phone\":\"0563-4012345\","
    "\"supervise\":\"12345\",\"counters\":[{\"name\":\"综合窗口\","
    "\"address\":\"宁阳路 18 号\",\"hours\":\"工作日 9:00-17:00\"}],"
    "\"faq\":[{\"question\":\"多久？\",\"answer\":\"五天。\"}]}";

static struct value *guide(void)
{
    struct value *v = NULL;
    str problem;
    CHECK(value_read_json(&a, str_of(right), &v, &problem) == OK);
    return v;
}

static int law(str name, str article, str *version)
{
    *version = STR("2021-04-29");
    if (!str_is(name, "食品安全法"))
        return LAWS_NO_LAW;
    return str_is(article, "35") ? LAWS_FOUND : LAWS_NO_ARTICLE;
}

static struct guide_findings checked(const struct value *g,
                                     struct guide_about about)
{
    struct guide_findings f;
    about.today = today;
    guide_check(&a, g, &about, &f);
    return f;
}

static bool finds(const struct guide_findings *f, const char *rule)
{
    for (int i = 0; i < f->n; i++)
        if (str_is(str_of(f->list[i].rule->code), rule))
            return true;
    return false;
}

static void a_guide_that_is_right_has_no_findings(void)
{
    struct guide_findings f = checked(guide(),
                                      (struct guide_about){ .law = law });
    for (int i = 0; i < f.n; i++)
        fprintf(stderr, "%s: %.*s\n", f.list[i].rule->code,
                STR_ARG(f.list[i].text));
    CHECK(f.n == 0 && f.must == 0);
}

/* A field set to a text ("" takes it away), and the rule that must find it. */
static const struct change {
    const char *rule, *field, *text;
} changes[] = {
    { "name.none", "name", "" },
    { "type.none", "type", "" },
    { "object.none", "object", "" },
    { "kind.none", "kind", "" },
    { "code.form", "base_code", "12345" },
    { "code.form", "task_code", "中文编码" },
    { "body.entrusted", "body", "受委托组织" },
    { "basis.none", "basis", "" },
    { "basis.none", "basis", "｜2021-04-29｜35" },
    { "basis.article", "basis", "食品安全法｜2021-04-29" },
    { "basis.expired", "basis", "食品安全法｜2021-04-29｜35｜｜2026-11-19" },
    { "basis.version", "basis", "食品安全法｜2018-12-29｜35" },
    { "basis.missing", "basis", "食品安全法｜2021-04-29｜999" },
    { "condition.none", "conditions", "" },
    { "condition.vague", "conditions", "法律规定的其他条件。" },
    { "limit.statutory", "statutory_n", "" },
    { "limit.statutory", "statutory_n", "0" },
    { "limit.statutory", "statutory_unit", "" },
    { "limit.promised", "promised_n", "" },
    { "limit.longer", "promised_n", "21" },
    { "limit.licence", "statutory_n", "30" },
    { "limit.instant", "kind", "即办件" },
    { "limit.kind", "promised_n", "0" },
    { "gap.longer", "gap_days", "60" },
    { "steps.none", "steps", "" },
    { "steps.sum", "steps", "一｜3\n二｜1\n三｜1\n四｜1\n五｜0" },
    { "steps.few", "steps", "受理｜1\n决定｜1" },
    { "form.none", "forms", "" },
    { "online.depth", "depth", "不能网办" },
    { "online.depth", "forms", "窗口" },
    { "online.full", "depth", "全程网办" },
    { "visit.none", "visits", "" },
    { "visit.reason", "visit_reason", "" },
    { "fee.unsaid", "fee", "" },
    { "fee.none", "fees", "" },
    { "fee.none", "fees", "工本费｜｜皖价费〔2015〕1号" },
    { "fee.basis", "fees", "工本费｜10 元" },
    { "fee.free", "fee", "否" },
    { "paper.none", "papers", "" },
    { "paper.name", "papers", "｜必要｜在线填写｜申请人自备" },
    { "paper.twice", "papers", "照片｜必要｜申请人上传｜申请人自备\n照片｜必要"
      "｜申请人上传｜申请人自备" },
    { "paper.vague", "papers", "其他材料｜必要｜申请人上传｜申请人自备" },
    { "paper.need", "papers", "照片｜｜申请人上传｜申请人自备" },
    { "paper.source", "papers", "照片｜必要｜申请人上传" },
    { "paper.from", "papers", "营业执照｜必要｜平台调取｜政府部门核发" },
    { "paper.held", "papers", "营业执照｜必要｜申请人上传｜政府部门核发｜市场"
      "监管局" },
    { "paper.copies", "papers", "照片｜必要｜申请人上传｜申请人自备｜｜原件｜"
      "纸质" },
    { "paper.sample", "papers", "照片｜必要｜申请人上传｜申请人自备" },
    { "paper.blank", "papers", "申请表｜必要｜申请人上传｜申请人自备｜｜｜｜｜"
      "｜｜｜照着填｜姓名、住址｜是" },
    { "file.person", "papers", "照片｜必要｜申请人上传｜申请人自备｜｜｜｜｜｜"
      "｜｜联系电话 13805630123" },
    { "file.person", "result_sample", "持证人 341881199001010019" },
    { "result.none", "result", "" },
    { "result.none", "result_type", "" },
    { "result.kind", "result_type", "批文" },
    { "result.kind", "result", "某某批复" },
    { "result.sample", "result_sample", "" },
    { "phone.none", "phone", "" },
    { "phone.form", "phone", "4012345" },
    { "phone.form", "phone", "办公室" },
    { "supervise.none", "supervise", "" },
    { "supervise.form", "supervise", "0563" },
    { "supervise.same", "supervise", "0563-4012345" },
    { "counter.none", "counters", "" },
    { "counter.hours", "counters", "综合窗口｜宁阳路 18 号" },
    { "faq.none", "faq", "" },
};

static void every_rule_finds_its_own(void)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct value *g = guide();
        str problem = STR("");
        if (guide_set(&a, g, guide_field_of(str_of(changes[i].field)),
                      str_of(changes[i].text), &problem) != OK)
            fprintf(stderr, "%s: %.*s\n", changes[i].rule, STR_ARG(problem));
        struct guide_findings f = checked(g,
                                          (struct guide_about){ .law = law });
        if (!finds(&f, changes[i].rule))
            fprintf(stderr, "%s not found for %s=%s\n", changes[i].rule,
                    changes[i].field, changes[i].text);
        CHECK(finds(&f, changes[i].rule));
    }
}

static void what_stands_outside_the_guide_is_found_too(void)
{
    struct guide_findings f = checked(
        guide(), (struct guide_about){ .twin = true, .code_taken = true });
    CHECK(f.n == 2 && f.must == 1);
    CHECK(finds(&f, "code.twin") && finds(&f, "code.taken"));
    /* Without law texts nothing is said about articles. */
    struct value *g = guide();
    str problem;
    CHECK(guide_set(&a, g, guide_field_of(STR("basis")),
                    STR("食品安全法｜1999-01-01｜999"), &problem) == OK);
    f = checked(g, (struct guide_about){ .law = NULL });
    CHECK(f.n == 0);
}

static void nobody_comes_to_a_window_that_is_not_there(void)
{
    struct value *g = guide();
    str problem;
    CHECK(guide_set(&a, g, guide_field_of(STR("visits")), STR("0"),
                    &problem) == OK);
    CHECK(guide_set(&a, g, guide_field_of(STR("forms")), STR("窗口"),
                    &problem) == OK);
    CHECK(guide_set(&a, g, guide_field_of(STR("depth")), STR("不能网办"),
                    &problem) == OK);
    struct guide_findings f = checked(g, (struct guide_about){ .law = law });
    CHECK(finds(&f, "visit.post"));
    CHECK(guide_set(&a, g, guide_field_of(STR("post")), STR("是"),
                    &problem) == OK);
    f = checked(g, (struct guide_about){ .law = law });
    CHECK(!finds(&f, "visit.post"));
}

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd"

static enum guide_paper known(void *context, str sha256)
{
    (void)context;
    char last = sha256.p[sha256.n - 1];
    return last == '0'   ? GUIDE_PAPER_FINE
           : last == '1' ? GUIDE_PAPER_ABSENT
           : last == '2' ? GUIDE_PAPER_INFECTED : GUIDE_PAPER_PERSONAL;
}

/* The result's sample, and both files of a paper, each in every state. */
static void a_file_is_judged_by_what_is_known_of_it(void)
{
    static const struct { const char *file, *rule; } rows[] = {
        { DIGEST "e0 样表.pdf", NULL },
        { DIGEST "e1 样表.pdf", "file.absent" },
        { DIGEST "e2 样表.pdf", "file.infected" },
        { DIGEST "e3 样表.pdf", "file.person" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value *g = guide();
        str problem, paper = arena_printf(
            &a, "申请表｜必要｜申请人上传｜申请人自备｜｜｜｜｜｜｜｜｜｜是｜%s"
            "｜%s",
            rows[i].file, rows[i].file);
        CHECK(guide_set(&a, g, guide_field_of(STR("papers")), paper,
                        &problem) == OK);
        CHECK(guide_set(&a, g, guide_field_of(STR("result_file")),
                        str_of(rows[i].file), &problem) == OK);
        CHECK(guide_set(&a, g, guide_field_of(STR("result_sample")), STR(""),
                        &problem) == OK);
        struct guide_findings f = checked(
            g, (struct guide_about){ .law = law, .paper = known });
        CHECK(f.n == (rows[i].rule ? 3 : 0));
        CHECK(rows[i].rule == NULL || finds(&f, rows[i].rule));
    }
}

static void a_number_of_a_person_is_told_from_other_numbers(void)
{
    static const struct { const char *text, *what; } rows[] = {
        { "公民身份号码：341881199001010019。", "公民身份号码" },
        { "34188119900101001X", NULL }, /* its check digit is wrong */
        { "341881199001010011", NULL },
        { "3418811990××××0019", NULL },
        { "电话13805630123", "手机号码" },
        { "电话 138 0563 0123", "手机号码" },
        { "公民身份号码 341881 19900101 0019", "公民身份号码" },
        { "12805630123", NULL },
        { "编号 YX13805630123", NULL },
        { "1380563012345", NULL },
        { "0563-4012345", NULL },
        { "", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str what = STR("");
        bool is = ident_personal(str_of(rows[i].text), today, &what);
        if (is != (rows[i].what != NULL))
            fprintf(stderr, "%s\n", rows[i].text);
        CHECK(is == (rows[i].what != NULL));
        CHECK(!is || str_is(what, rows[i].what));
    }
}

static void no_rule_is_without_its_test(void)
{
    static const char *const elsewhere[] = { "code.twin", "code.taken",
                                             "visit.post", "file.absent",
                                             "file.infected" };
    for (const struct guide_rule *r = guide_rules; r->code; r++) {
        bool tried = false;
        for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
            tried = tried || str_is(str_of(r->code), changes[i].rule);
        for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
            tried = tried || str_is(str_of(r->code), elsewhere[i]);
        if (!tried)
            fprintf(stderr, "no test of %s\n", r->code);
        CHECK(tried);
        CHECK(guide_rule_of(str_of(r->code)) == r);
        CHECK(guide_field_of(str_of(r->field)) != NULL);
        CHECK(r->law[0] && r->label[0]);
    }
    CHECK(guide_rule_of(STR("nothing")) == NULL);
}

/* A basis that runs out tomorrow is good today and not the day after. */
static void a_basis_expires_with_its_last_day(void)
{
    struct value *g = guide();
    struct guide_findings f;
    str problem;
    CHECK(guide_set(&a, g, guide_field_of(STR("basis")),
                    STR("食品安全法｜2021-04-29｜35｜｜2026-11-20"),
                    &problem) == OK);
    f = checked(g, (struct guide_about){ .law = law });
    CHECK(!finds(&f, "basis.expired"));
    today.n++;
    f = checked(g, (struct guide_about){ .law = law });
    CHECK(finds(&f, "basis.expired"));
    today.n--;
}

static void numbers_that_can_be_dialled(void)
{
    static const struct { const char *phone; bool ok, area; } rows[] = {
        { "12345", true, true }, { "0563-4012345", true, true },
        { "010-65123456", true, true }, { "0563-4012345-801", true, true },
        { "400-123-4567", true, true }, { "13800000000", true, true },
        { "4012345", true, false }, { "40123456-12", true, false },
        { "0563-000 0001", false, true }, { "0563", false, true },
        { "", false, true }, { "--", false, true },
        { "0563-4012345-", false, true }, { "05634012345", false, true },
        { "0563-1012345", false, true }, { "电话", false, true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool area, ok = guide_phone_ok(str_of(rows[i].phone), &area);
        if (ok != rows[i].ok || (ok && area != rows[i].area))
            fprintf(stderr, "%s\n", rows[i].phone);
        CHECK(ok == rows[i].ok && (!ok || area == rows[i].area));
    }
}

static void an_empty_guide_is_told_once_a_field(void)
{
    struct guide_findings f = checked(value_new(&a, VALUE_OBJECT),
                                      (struct guide_about){ .law = law });
    CHECK(f.must >= 10 && f.n < GUIDE_FINDINGS);
    for (int i = 0; i < f.n; i++)
        for (int k = 0; k < i; k++)
            CHECK(f.list[i].rule != f.list[k].rule);
}

int main(void)
{
    today = day_of(2026, 11, 20);
    RUN(a_guide_that_is_right_has_no_findings);
    RUN(every_rule_finds_its_own);
    RUN(what_stands_outside_the_guide_is_found_too);
    RUN(nobody_comes_to_a_window_that_is_not_there);
    RUN(a_file_is_judged_by_what_is_known_of_it);
    RUN(a_number_of_a_person_is_told_from_other_numbers);
    RUN(no_rule_is_without_its_test);
    RUN(a_basis_expires_with_its_last_day);
    RUN(numbers_that_can_be_dialled);
    RUN(an_empty_guide_is_told_once_a_field);
    arena_free(&a);
    return test_result();
}
