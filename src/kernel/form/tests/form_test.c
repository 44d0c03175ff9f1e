/* Declared inputs: what is taken, what is refused, and in which words. */
#include "kernel/form/form.h"
#include "kernel/ident/ident.h"
#include "kernel/test/test.h"

#include <string.h>

static struct arena a;

/* The normalised text of one input, or its complaint behind "! ". */
static str tried(struct field f, const char *input)
{
    str out, sentence = str_none;
    enum err e = form_check_one(&a, &f, str_of(input), &out, &sentence);
    return e == OK ? out : arena_join(&a, STR("! "), sentence);
}

static void a_line_has_no_control_characters_and_a_length(void)
{
    struct field f = { .name = "n", .type = FIELD_TEXT, .min = 2, .max = 4,
                       .label = "姓名" };
    CHECK_STR(tried(f, " 周文远　"), "周文远");
    CHECK_STR(tried(f, ""), "! 请填写姓名");
    CHECK_STR(tried(f, "周"), "! 姓名至少 2 个字，您输入了 1 个字");
    CHECK_STR(tried(f, "周周周周周"), "! 姓名最多 4 个字，您输入了 5 个字");
    CHECK_STR(tried(f, "周\n文"), "! 姓名只能写一行，请删除换行");
    CHECK_STR(tried(f, "周\x01文"),
              "! 姓名里有无法显示的字符，请重新填写");
    CHECK_STR(tried(f, "２０2"), "202");
}

static void a_text_without_a_maximum_still_has_one(void)
{
    struct field f = { .name = "n", .type = FIELD_TEXT, .label = "说明" };
    char long_text[FORM_TEXT + 2];
    memset(long_text, 'x', FORM_TEXT + 1);
    long_text[FORM_TEXT + 1] = 0;
    CHECK_STR(tried(f, long_text), "! 说明最多 200 个字，您输入了 201 个字");
    CHECK_STR(tried(f, ""), "");
}

static void several_lines_keep_their_ends_as_one_character(void)
{
    struct field f = { .name = "n", .type = FIELD_LINES, .label = "意见" };
    CHECK_STR(tried(f, "同意。\r\n请办理\r结束"), "同意。\n请办理\n结束");
}

static void numbers_are_understood_as_people_write_them(void)
{
    struct field f = { .name = "n", .type = FIELD_INT, .min = 1, .max = 5000,
                       .label = "面积" };
    CHECK_STR(tried(f, "１，２００"), "1200");
    CHECK_STR(tried(f, "1,200"), "1200");
    CHECK_STR(tried(f, "12a"), "! 面积应为整数，例如 1");
    CHECK_STR(tried(f, "6000"), "! 面积应在 1 到 5000 之间，您输入了 6000");
    CHECK_STR(tried(f, "99999999999999999999"), "! 面积应为整数，例如 1");
    CHECK_STR(tried(f, ""), "");
    f.must = true;
    CHECK_STR(tried(f, ""), "! 请填写面积");
}

static void days_are_real_days_in_one_form(void)
{
    struct field f = { .name = "d", .type = FIELD_DAY, .min = 1,
                       .label = "出生日期" };
    CHECK_STR(tried(f, "2026-11-20"), "2026-11-20");
    CHECK_STR(tried(f, "2026/1/2"), "2026-01-02");
    CHECK_STR(tried(f, "２０２６年１月２日"), "2026-01-02");
    CHECK_STR(tried(f, "2026-02-30"),
              "! 出生日期应写成 2026-11-20 这样的日期");
    CHECK_STR(tried(f, "2026-1-2-3"),
              "! 出生日期应写成 2026-11-20 这样的日期");
    CHECK_STR(tried(f, ""), "! 请选择出生日期");
}

static void codes_are_judged_after_blanks_and_width(void)
{
    struct field id = { .name = "i", .type = FIELD_ID, .min = 1,
                        .label = "身份证号码" };
    struct field mobile = { .name = "m", .type = FIELD_MOBILE,
                            .label = "手机号码" };
    CHECK_STR(tried(id, "11010519491231002x"), "11010519491231002X");
    CHECK_STR(tried(id, "110105 19491231 002Ｘ"), "11010519491231002X");
    CHECK_STR(tried(id, "1101051949123100"),
              "! 身份证号码应为 18 位，您输入了 16 位");
    CHECK(str_starts(tried(id, "110105194912310021"), STR("! ")));
    CHECK_STR(tried(mobile, "+86 138-0000-0000"), "13800000000");
    CHECK_STR(tried(mobile, "1380000000"),
              "! 手机号码应为 11 位数字，以 1 开头");
}

static void a_credit_code_needs_its_check_character(void)
{
    struct field f = { .name = "c", .type = FIELD_CREDIT,
                       .label = "统一社会信用代码" };
    char code[IDENT_TEXT];
    ident_credit_make('9', '1', STR("341881"), 7, code);
    CHECK_STR(tried(f, code), code);
    code[17] = code[17] == '1' ? '2' : '1';
    CHECK(str_starts(tried(f, code), STR("! ")));
    code[17] = 0;
    CHECK_STR(tried(f, code),
              "! 统一社会信用代码应为 18 位，您输入了 17 位");
}

static void a_choice_is_one_of_those_offered(void)
{
    struct field f = { .name = "k", .type = FIELD_CHOICE, .min = 1,
                       .label = "类型", .choices = "company,sole" };
    CHECK_STR(tried(f, "sole"), "sole");
    CHECK_STR(tried(f, "sole,company"), "! 请从列出的选项中选择类型");
    CHECK_STR(tried(f, ""), "! 请选择类型");
}

static void what_is_picked_is_asked_to_be_picked(void)
{
    struct field f = { .name = "town", .type = FIELD_PICK, .min = 1, .max = 10,
                       .label = "乡镇（街道）" };
    struct field who = { .name = "who", .type = FIELD_PICK_INT, .min = 1,
                         .max = 99, .label = "经办人", .must = true };
    CHECK_STR(tried(f, ""), "! 请选择乡镇（街道）");
    CHECK_STR(tried(f, " T01 "), "T01");
    CHECK_STR(tried(f, "T01\nT02"), "! 乡镇（街道）只能写一行，请删除换行");
    CHECK_STR(tried(who, ""), "! 请选择经办人");
    CHECK_STR(tried(who, "７"), "7");
    CHECK_STR(tried(who, "100"), "! 经办人应在 1 到 99 之间，您输入了 100");
    who.must = false;
    CHECK_STR(tried(who, ""), "");
}

static void a_password_is_taken_as_typed(void)
{
    struct field f = { .name = "p", .type = FIELD_SECRET, .min = 3,
                       .label = "密码" };
    CHECK_STR(tried(f, " ab "), " ab ");
    CHECK_STR(tried(f, "ab"), "! 密码至少 3 位，请重新填写");
}

/* ---- whole forms ---- */

static const struct field form[] = {
    { .name = "name", .type = FIELD_TEXT, .min = 1, .max = 20,
      .label = "姓名" },
    { .name = "seats", .type = FIELD_INT, .min = 1, .max = 100,
      .label = "座位数" },
    { .name = "from", .type = FIELD_DAY, .label = "日期" },
    { .name = "agree", .type = FIELD_FLAG, .label = "承诺" },
    { .name = "kinds", .type = FIELD_CHOICE, .max = 2, .label = "业态",
      .choices = "hot,cold,bake" },
    { .name = "extra", .type = FIELD_ANY, .label = "其他" },
    { 0 },
};

static struct value *checked(const char *body, enum err want,
                             struct form_report *r)
{
    struct value *in = NULL, *out = NULL;
    CHECK(form_read_urlencoded(&a, str_of(body), &in) == OK);
    CHECK(form_check(&a, form, in, &out, r) == want);
    return out;
}

static void a_form_becomes_a_typed_tree(void)
{
    struct form_report r;
    struct value *v = checked("name=%E5%91%A8&seats=12&from=2026-11-20&agree="
                              "on&kinds=hot&kinds=cold&extra=x&other=y",
                              OK, &r);
    CHECK_STR(value_get_text(v, STR("name")), "周");
    CHECK(value_get_int(v, STR("seats"), 0) == 12);
    CHECK(value_get(v, STR("from"))->kind == VALUE_DAY);
    CHECK(value_get(v, STR("agree"))->i == 1);
    CHECK(value_get(v, STR("kinds"))->count == 2);
    CHECK(value_get(v, STR("other")) == NULL);
}

static void all_complaints_come_at_once(void)
{
    struct form_report r;
    checked("seats=1000&from=x&kinds=hot&kinds=cold&kinds=bake", ERR_INPUT,
            &r);
    CHECK(r.count == 4);
    CHECK(strcmp(r.problem[0].field, "name") == 0);
    CHECK_STR(r.problem[3].sentence, "业态最多选 2 项");
}

static void out_of_bounds_alone_is_not_malformed(void)
{
    struct form_report r;
    checked("name=x&seats=1000", ERR_RANGE, &r);
    CHECK(r.count == 1);
}

static void a_field_typed_twice_is_refused(void)
{
    struct form_report r;
    checked("name=a&name=b", ERR_INPUT, &r);
    CHECK_STR(r.problem[0].sentence, "姓名只能填写一次");
}

static void json_values_are_taken_as_their_text(void)
{
    struct value *in = NULL, *out = NULL;
    struct form_report r;
    str problem;
    CHECK(value_read_json(&a, STR("{\"name\":\"周\",\"seats\":12,\"agree\":"
                                  "true,\"extra\":{\"a\":[1]}}"),
                          &in, &problem) == OK);
    CHECK(form_check(&a, form, in, &out, &r) == OK);
    CHECK(value_get_int(out, STR("seats"), 0) == 12);
    CHECK(value_get(out, STR("extra"))->kind == VALUE_OBJECT);
}

/* ---- urlencoded ---- */

static enum err read(const char *body, struct value **out)
{
    return form_read_urlencoded(&a, str_of(body), out);
}

static void a_percent_sign_alone_is_itself(void)
{
    struct value *v;
    CHECK(read("q=100%&b=%zz&c=a+b%2B", &v) == OK);
    CHECK_STR(value_get_text(v, STR("q")), "100%");
    CHECK_STR(value_get_text(v, STR("b")), "%zz");
    CHECK_STR(value_get_text(v, STR("c")), "a b+");
}

static void decoding_happens_once(void)
{
    struct value *v;
    CHECK(read("q=%2541", &v) == OK);
    CHECK_STR(value_get_text(v, STR("q")), "%41");
}

static void what_is_not_utf8_or_holds_nul_is_refused(void)
{
    struct value *v;
    CHECK(read("q=%ff", &v) == ERR_INPUT);
    CHECK(read("q=%C0%AF", &v) == ERR_INPUT);
    CHECK(read("q=%00", &v) == ERR_INPUT);
    CHECK(read("q=%ED%A0%80", &v) == ERR_INPUT);
}

static void there_are_at_most_512_pairs(void)
{
    struct buf b = { 0 };
    struct value *v;
    for (int i = 0; i < FORM_PAIRS; i++)
        buf_printf(&b, "f%d=x&", i);
    CHECK(form_read_urlencoded(&a, buf_str(&b), &v) == OK);
    CHECK(v->count == FORM_PAIRS);
    buf_put(&b, STR("one=more"));
    CHECK(form_read_urlencoded(&a, buf_str(&b), &v) == ERR_INPUT);
    buf_free(&b);
}

int main(void)
{
    RUN(a_line_has_no_control_characters_and_a_length);
    RUN(a_text_without_a_maximum_still_has_one);
    RUN(several_lines_keep_their_ends_as_one_character);
    RUN(numbers_are_understood_as_people_write_them);
    RUN(days_are_real_days_in_one_form);
    RUN(codes_are_judged_after_blanks_and_width);
    RUN(a_credit_code_needs_its_check_character);
    RUN(a_choice_is_one_of_those_offered);
    RUN(what_is_picked_is_asked_to_be_picked);
    RUN(a_password_is_taken_as_typed);
    RUN(a_form_becomes_a_typed_tree);
    RUN(all_complaints_come_at_once);
    RUN(out_of_bounds_alone_is_not_malformed);
    RUN(a_field_typed_twice_is_refused);
    RUN(json_values_are_taken_as_their_text);
    RUN(a_percent_sign_alone_is_itself);
    RUN(decoding_happens_once);
    RUN(what_is_not_utf8_or_holds_nul_is_refused);
    RUN(there_are_at_most_512_pairs);
    arena_free(&a);
    return test_result();
}
