/* Questions made of several controls: put together from what came, checked,
 * said again. */
#include "kernel/form/place.h"
#include "kernel/form/sheet.h"

#include "kernel/test/test.h"

#define ID "34188119040517000X"

static struct arena arena;
static struct form_sheet sheet;

static const char text[] =
    "{\"groups\":[{\"code\":\"g\",\"title\":\"组\",\"fields\":["
    "{\"name\":\"kind\",\"type\":\"choice\",\"label\":\"种类\",\"choices\":["
    "{\"value\":\"a\",\"label\":\"甲\"},{\"value\":\"b\",\"label\":\"乙\"}]},"
    "{\"name\":\"people\",\"type\":\"rows\",\"label\":\"股东\",\"unit\":\"人\","
    "\"min\":1,\"max\":3,\"fields\":["
    "{\"name\":\"who\",\"type\":\"name\",\"label\":\"姓名\"},"
    "{\"name\":\"code\",\"type\":\"id\",\"label\":\"号码\",\"optional\":true},"
    "{\"name\":\"role\",\"type\":\"choice\",\"label\":\"身份\",\"choices\":["
    "{\"value\":\"x\",\"label\":\"发起人\"},{\"value\":\"y\",\"label\":"
    "\"其他\"}]},"
    "{\"name\":\"why\",\"type\":\"text\",\"label\":\"说明\",\"when\":"
    "\"role = \\\"y\\\" and kind = \\\"a\\\"\"}]},"
    "{\"name\":\"sides\",\"type\":\"table\",\"label\":\"四至\",\"optional\":"
    "true,\"choices\":[{\"value\":\"e\",\"label\":\"东\"},{\"value\":\"w\","
    "\"label\":\"西\"}],\"fields\":[{\"name\":\"by\",\"type\":\"text\","
    "\"label\":\"相邻\"}]},"
    "{\"name\":\"home\",\"type\":\"division\",\"label\":\"住址\",\"own\":true,"
    "\"optional\":true},"
    "{\"name\":\"from\",\"type\":\"division\",\"label\":\"原籍\",\"optional\":"
    "true},"
    "{\"name\":\"site\",\"type\":\"point\",\"label\":\"位置\",\"optional\":"
    "true,\"square\":\"30.26,118.60,30.79,119.41\"},"
    "{\"name\":\"sign\",\"type\":\"signature\",\"label\":\"签名\","
    "\"optional\":true}]}]}";

static struct value *json(const char *s)
{
    struct value *v = NULL;
    str problem;
    CHECK(value_read_json(&arena, str_of(s), &v, &problem) == OK);
    return v;
}

static struct value *came(const char *body)
{
    struct value *v = NULL;
    CHECK(form_read_urlencoded(&arena, str_of(body), &v) == OK);
    return form_take(&sheet, &arena, v);
}

static enum err check(const struct value *answers, struct value **out,
                      struct form_report *report)
{
    *report = (struct form_report){ .count = 0 };
    return form_sheet_check(&sheet, sheet.group_count, &arena, answers, out,
                            report);
}

static const struct form_question *question(const char *name)
{
    for (size_t i = 0; i < sheet.groups[0].field_count; i++)
        if (str_is(sheet.groups[0].fields[i].name, name))
            return &sheet.groups[0].fields[i];
    return NULL;
}

#define SIDES "&sides.n=2&sides.e.by=a&sides.w.by=b"
#define ROW "&people.n=1&people.0.who=%E5%91%A8%E7%94%B2&people.0.role=x"

static str complaint(const char *body, enum err want)
{
    struct form_report r;
    struct value *out;
    CHECK(check(came(arena_cstr(&arena, arena_printf(
              &arena, "kind=a%s", body))), &out, &r) == want);
    return r.count ? arena_printf(&arena, "%s %.*s", r.problem[0].field,
                                  STR_ARG(r.problem[0].sentence)) : STR("");
}

static void the_definition_is_read(void)
{
    const char *broken = NULL;
    CHECK(form_sheet_read(&arena, json(text), &sheet, &broken) == OK);
    CHECK(question("people")->field_count == 4);
    struct form_sheet none;
    static const struct { const char *field, *broken; } bad[] = {
        { "\"rows\"", "fields" }, { "\"table\",\"fields\":[]", "fields" },
        { "\"rows\",\"fields\":[{\"name\":\"b\",\"label\":\"b\",\"type\":"
          "\"rows\"}]", "fields" },
        { "\"point\",\"square\":\"1,2,3\"", "square" },
        { "\"point\",\"square\":\"1,2,x,4\"", "square" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        str s = arena_printf(&arena, "{\"groups\":[{\"code\":\"g\",\"title\":"
                             "\"t\",\"fields\":[{\"name\":\"a\",\"label\":"
                             "\"a\",\"type\":%s}]}]}", bad[i].field);
        CHECK(form_sheet_read(&arena, json(arena_cstr(&arena, s)), &none,
                              &broken) == ERR_INPUT);
        CHECK(strcmp(broken, bad[i].broken) == 0);
    }
}

static void rows_are_kept_in_order_and_blank_ones_are_none(void)
{
    struct form_report r;
    struct value *out;
    CHECK(check(came("kind=b&people.n=3&people.0.who=%E5%91%A8%E7%94%B2"
                     "&people.0.role=y&people.1.who=&people.1.role="
                     "&people.2.who=%E5%90%B4%E4%B9%99&people.2.role=x" SIDES),
                &out, &r) == OK);
    const struct value *list = value_get(out, STR("people"));
    CHECK(list->count == 2);
    CHECK_STR(value_get_text(list->first, STR("who")), "周甲");
    CHECK_STR(value_get_text(list->first->next, STR("who")), "吴乙");
    CHECK_STR(form_answer_text(question("people"), &arena, list),
              "第 1 人：姓名 周甲，身份 其他；第 2 人：姓名 吴乙，身份 发起人");
    struct form_said *said;
    CHECK(form_said(question("people"), &arena, list, &said) == 2);
    CHECK_STR(said[1].label, "股东 第 2 人");
}

/* A condition of a column sees its own row first, then the answers beside. */
static void a_row_has_conditions_of_its_own(void)
{
    CHECK_STR(complaint("&people.n=1&people.0.who=%E5%91%A8%E7%94%B2"
                        "&people.0.role=y" SIDES, ERR_INPUT),
              "people.0.why 股东第 1 人：请填写说明");
    CHECK_STR(complaint(ROW SIDES, OK), "");
}

static void rows_are_bounded(void)
{
    CHECK_STR(complaint("&people.n=0" SIDES, ERR_INPUT),
              "people 请填写股东，至少 1 人");
    CHECK_STR(complaint("&people.n=4" SIDES, ERR_RANGE),
              "people 股东最多 3 人，您填了 4 人");
    CHECK_STR(complaint("&people.n=1&people.0.who=x9&people.0.role=x" SIDES,
                        ERR_INPUT),
              "people.0.who 股东第 1 人：姓名里有“9”，姓名只能用汉字（可以有间"
              "隔号“·”）或者护照上的字母，请改正");
    struct value *many = came("people.n=99999");
    CHECK(value_get(many, STR("people"))->count == FORM_ROWS_MOST);
}

static void buttons_add_and_remove_rows(void)
{
    struct value *v = came("kind=a&people.n=2&people.0.who=A&people.1.who=B");
    CHECK(form_press(&sheet, &arena, STR("people.add"), v) ==
          question("people"));
    CHECK(value_get(v, STR("people"))->count == 3);
    CHECK(form_press(&sheet, &arena, STR("people.add"), v) != NULL);
    CHECK(value_get(v, STR("people"))->count == 3); /* max */
    (void)form_press(&sheet, &arena, STR("people.remove.0"), v);
    const struct value *list = value_get(v, STR("people"));
    CHECK(list->count == 2);
    CHECK_STR(value_get_text(list->first, STR("who")), "B");
    (void)form_press(&sheet, &arena, STR("people.remove.9"), v);
    (void)form_press(&sheet, &arena, STR("people.remove.x"), v);
    CHECK(value_get(v, STR("people"))->count == 2);
    CHECK(form_press(&sheet, &arena, STR("kind.add"), v) == NULL);
    CHECK(form_press(&sheet, &arena, STR(""), v) == NULL);
    struct value *none = value_new(&arena, VALUE_OBJECT);
    (void)form_press(&sheet, &arena, STR("people.add"), none);
    CHECK(value_get(none, STR("people"))->count == 1);
}

static void a_table_has_its_given_rows(void)
{
    CHECK_STR(complaint(ROW "&sides.n=2&sides.e.by=a", ERR_INPUT),
              "sides.w.by 四至西：请填写相邻");
    struct form_report r;
    struct value *out;
    CHECK(check(came("kind=a" ROW "&sides.n=9&sides.w.by=b&sides.e.by=a"),
                &out, &r) == OK);
    CHECK_STR(form_answer_text(question("sides"), &arena,
                               value_get(out, STR("sides"))),
              "东：相邻 a；西：相邻 b");
}

static void an_address_goes_down_to_the_village(void)
{
    const struct place *own = place_own();
    const struct place *found[4];
    CHECK(own != NULL && own->level == 3);
    size_t n = place_find(STR("西津 城北"), own->code, found, 4);
    CHECK(n == 1 && found[0]->level == 5);
    CHECK(place_find(STR("没有这个地方"), STR(""), found, 4) == 0);
    CHECK(place_find(STR("朝阳区"), own->code, found, 4) == 0);
    CHECK(place_find(STR("朝阳区"), STR(""), found, 4) >= 2);
    CHECK_STR(place_words(STR("110101")), "北京市东城区");
    CHECK(place_of(STR("999999")) == NULL && place_of(STR("")) == NULL);

    CHECK_STR(complaint(ROW SIDES "&home.4=341881001&home.detail=1", ERR_INPUT),
              "home 住址只选到西津街道，请继续选择下一级，直到村（社区）");
    CHECK_STR(complaint(ROW SIDES "&home.pick=110101&home.detail=12",
                        ERR_RANGE), "home 住址应在云溪市");
    CHECK_STR(complaint(ROW SIDES "&home.4=341881001&home.5=341881001003"
                        "&home.detail=", ERR_INPUT),
              "home.detail 请填写住址的门牌、组");
    CHECK_STR(complaint(ROW SIDES "&from.1=&from.detail=12", ERR_INPUT),
              "from 请选择原籍所在的省、市、县");
    /* another province, its city still that of the old one */
    CHECK_STR(complaint(ROW SIDES "&from.1=11&from.2=3418&from.3=341881"
                        "&from.detail=12", ERR_INPUT),
              "from 原籍只选到北京市，请继续选择下一级，直到村（社区）");
    struct form_report r;
    struct value *out;
    CHECK(check(came("kind=a" ROW SIDES "&home.4=341881001"
                     "&home.5=341881001003&home.detail=12+号&from.1=11"
                     "&from.2=1101&from.3=110101&from.detail=12+号"), &out,
                &r) == OK);
    CHECK_STR(form_answer_text(question("home"), &arena,
                               value_get(out, STR("home"))),
              "安徽省宣城市云溪市西津街道城北社区居委会12 号");
    CHECK_STR(form_answer_text(question("from"), &arena,
                               value_get(out, STR("from"))),
              "北京市东城区12 号");
}

static void a_point_lies_in_its_square(void)
{
    CHECK_STR(complaint(ROW SIDES "&site.lat=30.5&site.lon=118.9"
                        "&site.system=CGCS2000", OK), "");
    CHECK_STR(complaint(ROW SIDES "&site.lat=30.5,+118.9&site.lon="
                        "&site.system=GCJ-02", OK), "");
    CHECK_STR(complaint(ROW SIDES "&site.lat=30.5&site.lon=118.9", ERR_INPUT),
              "site.system 请选择坐标是哪个坐标系的");
    CHECK_STR(complaint(ROW SIDES "&site.lat=118.9&site.lon=30.5"
                        "&site.system=CGCS2000", ERR_RANGE),
              "site.lat 位置应在北纬 30.26 到 30.79、东经 118.60 到 119.41 之"
              "间，您好像把经度和纬度填反了，请对调");
    CHECK(complaint(ROW SIDES "&site.lat=31.5&site.lon=118.9"
                    "&site.system=CGCS2000", ERR_RANGE).n);
    CHECK(complaint(ROW SIDES "&site.lat=x&site.lon=118.9"
                    "&site.system=CGCS2000", ERR_INPUT).n);
}

/* Numbers of another system lie elsewhere on the same map. */
static void only_a_national_point_is_drawn(void)
{
    struct form_report r;
    struct value *out;
    struct form_said *said;
    CHECK(check(came("kind=a" ROW SIDES "&site.lat=30.5&site.lon=118.9"
                     "&site.system=CGCS2000"), &out, &r) == OK);
    CHECK(form_said(question("site"), &arena, value_get(out, STR("site")),
                    &said) == 1);
    CHECK_STR(said[0].text, "北纬 30.5°，东经 118.9°（CGCS2000）");
    CHECK_STR(said[0].lat, "30.5");
    CHECK_STR(said[0].lon, "118.9");
    CHECK(check(came("kind=a" ROW SIDES "&site.lat=30.5&site.lon=118.9"
                     "&site.system=GCJ-02"), &out, &r) == OK);
    CHECK(form_said(question("site"), &arena, value_get(out, STR("site")),
                    &said) == 1);
    CHECK_STR(said[0].text, "北纬 30.5°，东经 118.9°（GCJ-02）");
    CHECK(said[0].lat.n == 0 && said[0].lon.n == 0);
}

static void a_signature_is_a_name_and_a_declaration(void)
{
    CHECK_STR(complaint(ROW SIDES "&sign.name=%E5%91%A8%E7%94%B2", ERR_INPUT),
              "sign.agree 请勾选声明：这是本人的签名");
    CHECK_STR(complaint(ROW SIDES "&sign.name=%E5%91%A8%E7%94%B2&sign.agree=1",
                        OK), "");
    static const char *const bad[] = { "L1 2", "M1 2<", "M1000 2", "M1.5 2" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(complaint(arena_cstr(&arena, arena_printf(
                  &arena, "%s&sign.name=AB&sign.agree=1&sign.drawing=%s",
                  ROW SIDES, bad[i])), ERR_RANGE).n);
    struct form_report r;
    struct value *out;
    struct form_said *said;
    CHECK(check(came("kind=a" ROW SIDES "&sign.name=AB&sign.agree=1"
                     "&sign.drawing=M1+2L3+4"), &out, &r) == OK);
    CHECK(form_said(question("sign"), &arena, value_get(out, STR("sign")),
                    &said) == 1);
    CHECK_STR(said[0].text, "AB（手写签名）");
    CHECK_STR(said[0].drawing, "M1 2L3 4");
    struct value *long_one = json("{\"name\":\"AB\",\"agree\":true}");
    char *path = arena_alloc(&arena, FORM_DRAWING + 2);
    memset(path, '1', FORM_DRAWING + 1);
    path[0] = 'M';
    value_add(long_one, STR("drawing"),
              value_text(&arena, (str){ path, FORM_DRAWING + 1 }));
    struct value *all = came("kind=a" ROW SIDES);
    value_add(all, STR("sign"), long_one);
    CHECK(check(all, &out, &r) == ERR_RANGE);
}

/* 民委发〔2016〕33号: one dot, fifty characters, every ideograph. */
static void a_name_is_taken_as_people_are_called(void)
{
    static const struct { const char *typed, *kept; } right[] = {
        { "周文远", "周文远" }, { " 周　甲 ", "周甲" },
        { "买买提．吐尔逊", "买买提·吐尔逊" },
        { "阿布都外力•买买提", "阿布都外力·买买提" },
        { "阿·布·都", "阿·布·都" }, { "𬱖甲", "𬱖甲" }, { "㛃甲", "㛃甲" },
        { "john  smith", "JOHN SMITH" }, { "O'NEIL", "O'NEIL" },
    };
    static const char *const wrong[] = {
        "周1", "周?", "·周甲", "周甲·", "周··甲", "周甲SMITH", "周", "(周甲)",
    };
    struct field f = { .name = "n", .type = FIELD_NAME, .min = 2, .max = 50,
                       .label = "姓名" };
    str out, sentence;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        CHECK(form_check_one(&arena, &f, str_of(right[i].typed), &out,
                             &sentence) == OK);
        CHECK_STR(out, right[i].kept);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(form_check_one(&arena, &f, str_of(wrong[i]), &out,
                             &sentence) != OK);
}

/* Every page that asks: sets begin and end, errors stand at their control. */
static str error_at(const void *context, str name)
{
    return str_is(name, context) ? STR("不对") : STR("");
}

static void a_page_asks_in_sets(void)
{
    struct view v = { &arena, value_new(&arena, VALUE_OBJECT) };
    struct value *list = view_list(&v, "fields");
    struct form_page p = {
        .answers = came("people.n=2&people.0.who=A&people.1.role=x&home.find="
                        "%E5%9F%8E%E5%8C%97&home.detail="),
        .error = error_at, .context = "people.1.who", .origin = STR(""),
        .wrong = STR(""),
    };
    for (size_t i = 0; i < sheet.groups[0].field_count; i++)
        form_show_question(&v, list, &sheet.groups[0].fields[i], &p);
    int depth = 0, errors = 0, picks = 0, adds = 0;
    for (const struct value *f = list->first; f; f = f->next) {
        const struct value *frame = value_get(f, STR("frame"));
        depth += value_truth(value_get(frame, STR("opens")));
        depth -= value_truth(value_get(frame, STR("closes")));
        CHECK(depth >= 0);
        errors += value_get_text(f, STR("error")).n > 0;
        picks += str_is(value_get_text(f, STR("name")), "home.pick");
        adds += str_is(value_get_text(f, STR("value")), "people.add");
    }
    CHECK(depth == 0 && errors == 1 && picks == 1 && adds == 1);
    list = view_list(&v, "empty");
    p.answers = NULL; /* nothing answered yet: the first level is asked */
    form_show_question(&v, list, question("home"), &p);
    CHECK_STR(value_get_text(list->first->next, STR("name")), "home.4");
}

int main(void)
{
    RUN(the_definition_is_read);
    RUN(rows_are_kept_in_order_and_blank_ones_are_none);
    RUN(a_row_has_conditions_of_its_own);
    RUN(rows_are_bounded);
    RUN(buttons_add_and_remove_rows);
    RUN(a_table_has_its_given_rows);
    RUN(an_address_goes_down_to_the_village);
    RUN(a_point_lies_in_its_square);
    RUN(only_a_national_point_is_drawn);
    RUN(a_signature_is_a_name_and_a_declaration);
    RUN(a_name_is_taken_as_people_are_called);
    RUN(a_page_asks_in_sets);
    arena_free(&arena);
    return test_result();
}
