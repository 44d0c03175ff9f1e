/* A form that is data, as the applicant meets it: what is asked, what is
 * right, what follows. */
#include "kernel/form/sheet.h"

#include "kernel/test/test.h"

static struct arena arena;

static const char text[] =
    "{\"groups\":[{\"code\":\"g\",\"title\":\"组\",\"fields\":["
    "{\"name\":\"kind\",\"type\":\"choice\",\"label\":\"种类\",\"choices\":["
    "{\"value\":\"a\",\"label\":\"甲\"},{\"value\":\"b\",\"label\":\"乙\"}]},"
    "{\"name\":\"size\",\"type\":\"int\",\"label\":\"面积\",\"min\":1,"
    "\"max\":100,\"when\":\"kind = \\\"a\\\"\"},"
    "{\"name\":\"deep\",\"type\":\"text\",\"label\":\"说明\",\"max\":5,"
    "\"when\":\"size > 50\"},"
    "{\"name\":\"sum\",\"type\":\"money\",\"label\":\"金额\",\"min\":0,"
    "\"max\":1000,\"optional\":true},"
    "{\"name\":\"born\",\"type\":\"day\",\"label\":\"日期\",\"optional\":true}"
    "]}],\"papers\":[{\"code\":\"p\",\"name\":\"图\",\"source\":\"upload\","
    "\"when\":\"size > 50\"},"
    "{\"code\":\"q\",\"name\":\"表\",\"source\":\"form\"}]}";

static struct form_sheet sheet;

static struct value *json(const char *s)
{
    struct value *v = NULL;
    str problem;
    CHECK(value_read_json(&arena, str_of(s), &v, &problem) == OK);
    return v;
}

static enum err check(const char *answers, struct value **out,
                      struct form_report *report)
{
    *report = (struct form_report){ .count = 0 };
    return form_sheet_check(&sheet, sheet.group_count, &arena, json(answers),
                            out, report);
}

static void a_definition_is_read_whole_or_named(void)
{
    const char *broken = NULL;
    CHECK(form_sheet_read(&arena, json(text), &sheet, &broken) == OK);
    CHECK(sheet.group_count == 1 && sheet.groups[0].field_count == 5);
    CHECK(sheet.paper_count == 2);
    struct form_sheet none;
    static const struct { const char *text, *broken; } bad[] = {
        { "{\"groups\":[{\"code\":\"g\"}]}", "title" },
        { "{\"groups\":[{\"code\":\"g\",\"title\":\"t\",\"fields\":[{}]}]}",
          "name" },
        { "{\"groups\":[{\"code\":\"g\",\"title\":\"t\",\"fields\":[{\"name\":"
          "\"a\",\"label\":\"a\",\"type\":\"wish\"}]}]}", "type" },
        { "{\"groups\":[{\"code\":\"g\",\"title\":\"t\",\"when\":\"(\"}]}",
          "when" },
        { "{\"papers\":[{\"code\":1}]}", "code" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(form_sheet_read(&arena, json(bad[i].text), &none, &broken) ==
              ERR_INPUT);
        CHECK(strcmp(broken, bad[i].broken) == 0);
    }
}

/* On one page: what was typed decides what else is asked, as a number. */
static void a_condition_may_rest_on_the_same_page(void)
{
    struct form_report r;
    struct value *out;
    CHECK(check("{\"kind\":\"b\"}", &out, &r) == OK);
    CHECK(value_get(out, STR("size")) == NULL);
    CHECK(check("{\"kind\":\"a\",\"size\":\"60\"}", &out, &r) == ERR_INPUT);
    CHECK(r.count == 1 && strcmp(r.problem[0].field, "deep") == 0);
    CHECK(check("{\"kind\":\"a\",\"size\":\"60\",\"deep\":\"好\"}", &out,
                &r) == OK);
    CHECK(value_get_int(out, STR("size"), 0) == 60);
}

static void what_is_not_optional_must_be_answered(void)
{
    struct form_report r;
    struct value *out;
    CHECK(check("{}", &out, &r) == ERR_INPUT && r.count == 1);
    CHECK(check("{\"kind\":\"\"}", &out, &r) == ERR_INPUT);
    CHECK(check("{\"kind\":\"a\"}", &out, &r) == ERR_INPUT);
    CHECK(check("{\"kind\":\"c\"}", &out, &r) == ERR_INPUT);
}

static void money_is_a_number_with_two_places(void)
{
    struct form_report r;
    struct value *out;
    static const struct { const char *typed; enum err e; } cases[] = {
        { "12.50", OK }, { "1,000", OK }, { "0", OK }, { "", OK },
        { "1000.01", ERR_RANGE }, { "-1", ERR_RANGE }, { "1.234", ERR_INPUT },
        { ".", ERR_INPUT }, { "1.", ERR_INPUT }, { "x", ERR_INPUT },
        { "1.2.3", ERR_INPUT }, { "9999999999999999999", ERR_INPUT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str s = arena_printf(&arena, "{\"kind\":\"b\",\"sum\":\"%s\"}",
                             cases[i].typed);
        CHECK(check(arena_cstr(&arena, s), &out, &r) == cases[i].e);
    }
    CHECK(check("{\"kind\":\"b\",\"sum\":\"12.50\"}", &out, &r) == OK);
    CHECK(value_get(out, STR("sum"))->kind == VALUE_DECIMAL);
}

static void a_paper_goes_by_its_condition_then_by_the_table(void)
{
    const struct form_paper *p = &sheet.papers[0], *q = &sheet.papers[1];
    const struct value *small = json("{\"size\":10}");
    const struct value *large = json("{\"size\":60}");
    const struct value *codes = json("[\"p\"]")->first;
    CHECK(!form_applies(p->when, p->code, true, NULL, &arena, small));
    CHECK(form_applies(p->when, p->code, true, NULL, &arena, large));
    CHECK(!form_applies(p->when, p->code, false, codes, &arena, small));
    CHECK(form_applies(q->when, q->code, true, NULL, &arena, small));
    CHECK(!form_applies(q->when, q->code, false, codes, &arena, small));
}

static void an_answer_is_shown_as_it_was_offered(void)
{
    const struct form_question *q = &sheet.groups[0].fields[0];
    CHECK_STR(form_answer_text(q, &arena, value_text(&arena, STR("a"))),
              "甲");
}

int main(void)
{
    RUN(a_definition_is_read_whole_or_named);
    RUN(a_condition_may_rest_on_the_same_page);
    RUN(what_is_not_optional_must_be_answered);
    RUN(money_is_a_number_with_two_places);
    RUN(a_paper_goes_by_its_condition_then_by_the_table);
    RUN(an_answer_is_shown_as_it_was_offered);
    arena_free(&arena);
    return test_result();
}
