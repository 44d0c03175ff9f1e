/*
 * The definition of a form: read, checked, changed, written, compared; and
 * posts and forms attached to tasks with nothing else touched.
 */
#include "design/form.h"

#include "kernel/page/page.h"
#include "kernel/test/test.h"

#include <string.h>

static struct arena arena;

/* A theme that is right, with one question list to play with. */
#define HEAD                                                                \
    "{\"title\":\"试\",\"summary\":\"简介\",\"icon\":\"file-text\","        \
    "\"audience\":\"个人\",\"lead\":\"D025\",\"promised\":10,\"groups\":["
#define WHO                                                                 \
    ",{\"code\":\"who\",\"title\":\"申请人\",\"fields\":["                  \
    "{\"name\":\"applicant_name\",\"type\":\"text\",\"label\":\"姓名\"},"   \
    "{\"name\":\"mobile\",\"type\":\"mobile\",\"label\":\"手机\"}]}"
#define TAIL                                                                \
    "],\"papers\":[{\"code\":\"p\",\"name\":\"材料\",\"source\":\"upload\"}]," \
    "\"parts\":[{\"code\":\"one\",\"title\":\"办\",\"item\":\"X\","         \
    "\"promised\":5,\"papers\":[\"p\"],"                                    \
    "\"fields\":[\"applicant_name\",\"mobile\"]}]}"
#define GROUP(fields)                                                       \
    "{\"code\":\"situation\",\"title\":\"情形\",\"fields\":[" fields "]}"
#define INT(name, when)                                                     \
    "{\"name\":\"" name "\",\"type\":\"int\",\"label\":\"" name "\"" when "}"
#define WHEN(x) ",\"when\":\"" x "\""
#define THEME(fields) HEAD GROUP(fields) WHO TAIL

static enum err check(const char *text, struct design_report *r)
{
    str problem = str_none;
    enum err e = design_check(&design_form, &arena, str_of(text), r, &problem);
    CHECK(e == OK || problem.n > 0);
    return e;
}

/* Is there a complaint about the element that says so? */
static bool says(const struct design_report *r, const char *element,
                 const char *words, bool fatal)
{
    for (const struct design_complaint *c = r->first; c; c = c->next)
        if (str_is(c->element, element) && c->fatal == fatal &&
            str_find(c->text, str_of(words)) >= 0)
            return true;
    return false;
}

static void a_form_that_is_right_has_nothing_to_say(void)
{
    struct design_report r;
    CHECK(check(THEME(INT("a", "")), &r) == OK);
    CHECK(r.fatal == 0 && r.count == 1);
    CHECK(says(&r, "part-one", "由事项所属的部门办理", false));
    CHECK_STR(r.title, "试");
}

static void what_cannot_be_read_says_why(void)
{
    struct design_report r;
    static const char *const bad[] = {
        "", "{", "[]", "1", "\"a\"", "\xff\xfe{}", "{\"a\":1,\"a\":2}",
        "{\"a\":\"\\ud800\"}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(check(bad[i], &r) == ERR_INPUT);
    enum { DEEP = 5000 };
    char *deep = arena_alloc(&arena, 2 * DEEP + 1);
    memset(deep, '[', DEEP);
    memset(deep + DEEP, ']', DEEP);
    deep[2 * DEEP] = 0;
    CHECK(check(deep, &r) == ERR_INPUT);
    char *big = arena_alloc(&arena, DESIGN_BYTES + 2);
    memset(big, ' ', DESIGN_BYTES + 1);
    big[DESIGN_BYTES + 1] = 0;
    CHECK(check(big, &r) == ERR_INPUT);
}

/* Two megabytes of questions: told, not walked for minutes. */
static void far_too_much_is_told_in_a_moment(void)
{
    struct buf b = { 0 };
    struct design_report r;
    buf_put(&b, STR(HEAD "{\"code\":\"situation\",\"title\":\"多\","
                    "\"fields\":["));
    for (int i = 0; b.n < DESIGN_BYTES - 400; i++)
        buf_printf(&b, "%s{\"name\":\"q%d\",\"type\":\"int\",\"label\":\"问\","
                   "\"when\":\"q%d = 1\"}", i ? "," : "", i, i + 1);
    buf_put(&b, STR("]}" TAIL));
    buf_byte(&b, 0);
    CHECK(check(b.p, &r) == OK);
    CHECK(says(&r, "head", "谁也填不完", true));
    buf_free(&b);
}

static void one_code_is_one_question(void)
{
    struct design_report r;
    CHECK(check(THEME(INT("a", "") "," INT("a", "")), &r) == OK);
    CHECK(says(&r, "field-a", "已经被问题“a”用了", true));
    CHECK(check(THEME(INT("A", "")), &r) == OK);
    CHECK(says(&r, "field-A", "小写字母开头", true));
    CHECK(check(THEME(INT("csrf", "")), &r) == OK);
    CHECK(says(&r, "field-csrf", "已经有别的用处", true));
}

static void a_condition_rests_on_what_was_asked_before(void)
{
    struct design_report r;
    CHECK(check(THEME(INT("a", "") "," INT("b", WHEN("a > 1"))), &r) == OK);
    CHECK(r.fatal == 0);
    CHECK(check(THEME(INT("b", WHEN("gone = 1"))), &r) == OK);
    CHECK(says(&r, "field-b", "“gone”没有这个问题", true));
    CHECK(check(THEME(INT("b", WHEN("c = 1")) "," INT("c", "")), &r) == OK);
    CHECK(says(&r, "field-b", "排在后面的问题“c”", true));
    CHECK(check(THEME(INT("b", WHEN("b = 1"))), &r) == OK);
    CHECK(says(&r, "field-b", "这个问题自己", true));
    CHECK(check(THEME(INT("b", WHEN("a >"))), &r) == OK);
    CHECK(says(&r, "field-b", "读不懂", true));
    /* A group's condition may not rest on its own questions. */
    CHECK(check(HEAD "{\"code\":\"g\",\"title\":\"组\",\"when\":\"a = 1\","
                "\"fields\":[" INT("a", "") "]}" WHO TAIL, &r) == OK);
    CHECK(says(&r, "group-g", "排在后面的问题“a”", true));
}

static void a_ring_of_conditions_is_told_as_one(void)
{
    struct design_report r;
    CHECK(check(THEME(INT("a", WHEN("c = 1")) "," INT("b", WHEN("a = 1")) ","
                      INT("c", WHEN("b = 1"))), &r) == OK);
    CHECK(says(&r, "field-a", "“a”→“c”→“b”→“a”", true));
}

static void bounds_choices_and_sources_must_make_sense(void)
{
    struct design_report r;
    CHECK(check(THEME("{\"name\":\"a\",\"type\":\"int\",\"label\":\"a\","
                      "\"min\":9,\"max\":1}"), &r) == OK);
    CHECK(says(&r, "field-a", "怎样填都不对", true));
    CHECK(check(THEME("{\"name\":\"a\",\"type\":\"choice\",\"label\":\"a\","
                      "\"choices\":[{\"value\":\"x\",\"label\":\"一\"},"
                      "{\"value\":\"x\",\"label\":\"二\"}]}"), &r) == OK);
    CHECK(says(&r, "field-a", "两个选项的值都是", true));
    CHECK(check(THEME("{\"name\":\"a\",\"type\":\"wish\",\"label\":\"a\"}"),
                &r) == OK);
    CHECK(says(&r, "field-a", "没有“wish”这种类型", true));
    CHECK(check(THEME("{\"name\":\"a\",\"type\":\"id\",\"label\":\"a\"}"),
                &r) == OK);
    CHECK(says(&r, "field-a", "不登录就能回答", true));
    CHECK(check(THEME("{\"name\":\"a\",\"type\":\"int\",\"label\":7}"),
                &r) == OK);
    CHECK(says(&r, "field-a", "应是文字", true));
}

static void every_form_that_is_delivered_is_right(void)
{
    static const char *const themes[] = { "canyin", "jianchang", "tuixiu",
                                          "xinshenger", "youeryuan",
                                          "zhaijidi" };
    struct design_report r;
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        str text = page_asset(arena_printf(
            &arena, "data/themes/%s/theme.json", themes[i]).p);
        CHECK(check(arena_cstr(&arena, text), &r) == OK && r.fatal == 0);
    }
    CHECK(check(arena_cstr(&arena, page_asset("data/forms/new.json")), &r) ==
              OK && r.fatal == 0);
}

/* ---- the tree ---- */

static struct value *tree_of(const char *text)
{
    struct value *v = NULL;
    str problem;
    CHECK(value_read_json(&arena, str_of(text), &v, &problem) == OK);
    return v;
}

static str order(const struct value *list)
{
    struct buf b = { 0 };
    for (const struct value *v = list->first; v; v = v->next)
        buf_put(&b, value_get_text(v, STR("name")));
    str s = arena_str(&arena, buf_str(&b));
    buf_free(&b);
    return s;
}

static void things_move_one_place_and_no_further(void)
{
    struct value *tree = tree_of(THEME(INT("a", "") "," INT("b", "") ","
                                       INT("c", ""))), *list;
    struct value *b = form_find(tree, FORM_FIELD, STR("b"), &list);
    form_move(list, b, true);
    CHECK_STR(order(list), "bac");
    form_move(list, b, true);
    CHECK_STR(order(list), "bac");
    form_move(list, b, false);
    form_move(list, b, false);
    form_move(list, b, false);
    CHECK_STR(order(list), "acb");
    form_remove(list, b);
    CHECK_STR(order(list), "ac");
    CHECK(list->count == 2);
    value_push(list, b); /* the end is still the end */
    CHECK_STR(order(list), "acb");
    CHECK(form_find(tree, FORM_FIELD, STR("mobile"), NULL) != NULL);
    CHECK(form_find(tree, FORM_FIELD, STR("none"), NULL) == NULL);
}

static void what_is_written_says_the_same(void)
{
    str problem;
    struct value *again;
    struct value *tree = tree_of(THEME(INT("a", WHEN("b = \\\"x\\\""))));
    CHECK(value_read_json(&arena, form_text(&arena, tree), &again, &problem) ==
          OK);
    struct buf one = { 0 }, two = { 0 };
    value_write_json(tree, &one);
    value_write_json(again, &two);
    CHECK(str_eq(buf_str(&one), buf_str(&two)));
    buf_free(&one);
    buf_free(&two);
}

/* ---- differences ---- */

static int differ(const char *before, const char *after,
                  struct differences *d)
{
    CHECK(form_differences(&arena, str_of(before), str_of(after), d) == OK);
    return d->count;
}

static void a_moved_question_is_one_difference(void)
{
    struct differences d;
    CHECK(differ(THEME(INT("a", "") "," INT("b", "") "," INT("c", "")),
                 THEME(INT("b", "") "," INT("c", "") "," INT("a", "")),
                 &d) == 1);
    CHECK_STR(d.list[0].member, "顺序");
    CHECK_STR(d.list[0].id, "field-a");
    CHECK(differ(THEME(INT("a", "")), THEME(INT("a", "")), &d) == 0);
    CHECK(differ(THEME(INT("a", "")), THEME(INT("a", WHEN("x = 1")) ","
                                            INT("b", "")), &d) == 2);
    CHECK_STR(d.list[0].member, "条件");
    CHECK(d.list[1].kind == DIFFERENCE_ADDED);
    CHECK(form_differences(&arena, STR("{"), STR("{}"), &d) == ERR_INPUT);
}

/* ---- posts on tasks ---- */

static str canonical(str xml)
{
    struct buf b = { 0 };
    CHECK(bpmn_canonical(xml, &b) == OK);
    str s = arena_str(&arena, buf_str(&b));
    buf_free(&b);
    return s;
}

static str exported(struct bpmn *g)
{
    struct buf b = { 0 };
    bpmn_export(g, &b);
    str s = arena_str(&arena, buf_str(&b));
    buf_free(&b);
    return s;
}

/* Set and set back: byte for byte what it was; in between only that. */
static void an_attribute_is_set_and_nothing_else(void)
{
    str xml = page_asset("data/process/jointreview.bpmn"), problem;
    struct bpmn *g;
    CHECK(bpmn_read(&arena, xml, &g, &problem) == OK);
    str before = canonical(exported(g));
    CHECK(str_eq(before, canonical(xml)));
    CHECK(bpmn_set(g, STR("review"), "post", STR("甲<岗>")) == OK);
    str set = canonical(exported(g));
    ptrdiff_t at = str_find(set, STR("甲&lt;岗>"));
    CHECK(at > 0 && set.n > before.n - 20);
    CHECK(bpmn_set(g, STR("review"), "post", STR("部门审查岗")) == OK);
    CHECK(str_eq(before, canonical(exported(g))));
    CHECK(bpmn_set(g, STR("review"), "clock", STR("")) == OK);
    CHECK(str_find(canonical(exported(g)), STR("zt:clock=\"joint\" zt:form="
                                               "\"review\"")) < 0);
    CHECK(bpmn_set(g, STR("nobody"), "post", STR("x")) == ERR_NOTFOUND);
    bpmn_free(g);
}

int main(void)
{
    RUN(a_form_that_is_right_has_nothing_to_say);
    RUN(what_cannot_be_read_says_why);
    RUN(far_too_much_is_told_in_a_moment);
    RUN(one_code_is_one_question);
    RUN(a_condition_rests_on_what_was_asked_before);
    RUN(a_ring_of_conditions_is_told_as_one);
    RUN(bounds_choices_and_sources_must_make_sense);
    RUN(every_form_that_is_delivered_is_right);
    RUN(things_move_one_place_and_no_further);
    RUN(what_is_written_says_the_same);
    RUN(a_moved_question_is_one_difference);
    RUN(an_attribute_is_set_and_nothing_else);
    arena_free(&arena);
    return test_result();
}
