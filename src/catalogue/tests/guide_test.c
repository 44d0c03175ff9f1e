/* A guide as a tree and as text: what goes in comes out, what does not fit is
 * told by the name of its field. */
#include "catalogue/catalogue.h"
#include "kernel/test/test.h"

#define DIGEST                                                               \
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct arena a;

static str text_of(const struct value *v)
{
    struct buf b = { 0 };
    value_write_json(v, &b);
    str s = arena_str(&a, buf_str(&b));
    buf_free(&b);
    return s;
}

static struct value *parsed(const char *json)
{
    struct value *v = NULL;
    str problem;
    CHECK(value_read_json(&a, str_of(json), &v, &problem) == OK);
    return v;
}

static enum err set(struct value *g, const char *code, const char *text,
                    str *problem)
{
    *problem = STR("");
    return guide_set(&a, g, guide_field_of(str_of(code)), str_of(text),
                     problem);
}

static str said(const struct value *g, const char *code)
{
    return guide_text(&a, g, guide_field_of(str_of(code)));
}

static void every_field_has_a_name_of_its_own(void)
{
    size_t n;
    const struct guide_field *const *f = guide_fields(&n);
    CHECK(n > 30 && n <= GUIDE_FIELDS);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            CHECK(!str_is(str_of(f[i]->code), f[k]->code));
            CHECK(!str_is(str_of(f[i]->label), f[k]->label));
        }
        CHECK((f[i]->kind == GUIDE_LIST) == (f[i]->of != NULL));
        CHECK(guide_field_of(str_of(f[i]->code)) == f[i]);
    }
    CHECK(guide_field_of(STR("nothing")) == NULL);
    CHECK(guide_part_of(STR("papers")) != NULL);
    CHECK(guide_part_of(STR("nothing")) == NULL);
}

static void every_kind_goes_in_and_comes_out(void)
{
    static const struct { const char *code, *text, *want; } rows[] = {
        { "name", " 食品经营许可 ", "食品经营许可" },
        { "conditions", "一；\n二。", "一；\n二。" },
        { "promised_n", "5", "5" }, { "type", "行政许可", "行政许可" },
        { "forms", "窗口、网上", "窗口、网上" }, { "fee", "否", "否" },
        { "fee", "1", "是" },
        { "basis", "食品安全法｜2021年4月29日｜35\n行政许可法",
          "食品安全法｜2021-04-29｜35\n行政许可法" },
        { "papers", "申请书｜必要｜在线填写\n\n照片", "申请书｜必要｜在线填写\n"
          "照片" },
        { "result_file", DIGEST " 许可证 样本.pdf",
          DIGEST " 许可证 样本.pdf" },
        { "papers", "照片｜｜｜｜｜｜｜｜｜｜｜｜｜｜" DIGEST " 样表.pdf",
          "照片｜｜｜｜｜｜｜｜｜｜｜｜｜｜" DIGEST " 样表.pdf" },
    };
    struct value *g = value_new(&a, VALUE_OBJECT);
    str problem;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK(set(g, rows[i].code, rows[i].text, &problem) == OK);
        CHECK_STR(said(g, rows[i].code), rows[i].want);
    }
    CHECK(guide_flag(g, "fee"));
    CHECK(guide_int(g, "promised_n") == 5);
    CHECK_STR(guide_get(guide_first(g, "basis"), "article"), "35");
    CHECK(set(g, "name", "", &problem) == OK);
    CHECK(!guide_says(g, "name"));
    CHECK(set(g, "basis", "", &problem) == OK);
    CHECK(guide_first(g, "basis") == NULL);
}

static void what_does_not_fit_is_told_and_changes_nothing(void)
{
    static const struct { const char *code, *text, *told; } rows[] = {
        { "promised_n", "五天", "承诺时限应是" },
        { "promised_n", "-1", "承诺时限应是" },
        { "promised_n", "99999999999999999999", "承诺时限应是" },
        { "type", "许可", "事项类型没有“许可”" },
        { "forms", "窗口、传真", "办理形式没有“传真”" },
        { "fee", "maybe", "收费应填" }, { "name", "一\n二", "事项名称应是一" },
        { "base_code", "1234567890123", "基本编码太长" },
        { "basis", "食品安全法｜昨天", "设定依据里的版本日期应是日期" },
        { "basis", "一｜｜｜｜｜六", "设定依据一行里的格子太多" },
        { "steps", "受理｜很快", "办理流程里的工作日应是" },
        { "result_file", "样本.pdf", "结果样本文件应是文件的" },
        { "result_file", DIGEST, "结果样本文件应是文件的" },
        { "result_file", DIGEST " ../样本.pdf", "结果样本文件应是文件的" },
        { "papers", "照片｜｜｜｜｜｜｜｜｜｜｜｜｜｜样表.pdf",
          "申请材料里的样表文件应是文件的" },
    };
    struct value *g = parsed("{\"promised_n\":5}");
    str problem;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK(set(g, rows[i].code, rows[i].text, &problem) == ERR_INPUT);
        if (!str_starts(problem, str_of(rows[i].told)))
            fprintf(stderr, "%.*s\n", STR_ARG(problem));
        CHECK(str_starts(problem, str_of(rows[i].told)));
    }
    CHECK_STR(text_of(g), "{\"promised_n\":5}");
}

static void a_list_is_bounded(void)
{
    struct value *g = value_new(&a, VALUE_OBJECT);
    struct buf b = { 0 };
    str problem;
    for (int i = 0; i <= GUIDE_ROWS; i++)
        buf_put(&b, STR("材料\n"));
    CHECK(guide_set(&a, g, guide_field_of(STR("papers")), buf_str(&b),
                    &problem) == ERR_INPUT);
    buf_free(&b);
}

static void a_tree_somebody_sent_is_put_in_order(void)
{
    struct value *out;
    str problem;
    CHECK(guide_take(&a, parsed("{\"fee\":false,\"basis\":[{\"article\":35,"
                                "\"law\":\"食品安全法\"}],\"name\":\"甲\"}"),
                     &out, &problem) == OK);
    CHECK_STR(text_of(out), "{\"name\":\"甲\",\"basis\":[{\"law\":\"食品安全"
                            "法\",\"article\":\"35\"}],\"fee\":false}");
    static const char *const bad[] = {
        "[]", "{\"nothing\":1}", "{\"name\":{}}", "{\"name\":[1]}",
        "{\"basis\":[1]}", "{\"basis\":[{\"nothing\":1}]}",
        "{\"promised_n\":1.5}", "{\"type\":\"什么\"}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        problem = STR("");
        CHECK(guide_take(&a, parsed(bad[i]), &out, &problem) == ERR_INPUT);
        CHECK(problem.n > 0);
    }
    CHECK(guide_take(&a, NULL, &out, &problem) == ERR_INPUT);
}

static void a_member_is_replaced_where_it_stands(void)
{
    struct value *g = parsed("{\"a\":1,\"b\":2,\"c\":3}");
    guide_put(g, "b", value_int(&a, 9));
    CHECK_STR(text_of(g), "{\"a\":1,\"b\":9,\"c\":3}");
    guide_put(g, "c", NULL);
    guide_put(g, "d", value_int(&a, 4));
    CHECK_STR(text_of(g), "{\"a\":1,\"b\":9,\"d\":4}");
    guide_put(g, "a", NULL);
    guide_put(g, "nothing", NULL);
    CHECK_STR(text_of(g), "{\"b\":9,\"d\":4}");
    CHECK(g->count == 2);
}

int main(void)
{
    RUN(every_field_has_a_name_of_its_own);
    RUN(every_kind_goes_in_and_comes_out);
    RUN(what_does_not_fit_is_told_and_changes_nothing);
    RUN(a_list_is_bounded);
    RUN(a_tree_somebody_sent_is_put_in_order);
    RUN(a_member_is_replaced_where_it_stands);
    arena_free(&a);
    return test_result();
}
