/*
 * The six themes as people meet them: which departments and which papers follow
 * from which answers, and that no theme asks or promises what the law forbids.
 */
#include "demo/tests/town.h"

#include "services/queries.gen.h"

#include <stdio.h>
#include <unistd.h>

static const char *const codes[] = { "canyin", "jianchang", "tuixiu",
                                     "xinshenger", "youeryuan", "zhaijidi" };
enum { THEMES = 6 };
static const struct offer *offers[THEMES];

static const struct offer *theme(const char *code)
{
    for (int i = 0; i < THEMES; i++)
        if (strcmp(codes[i], code) == 0)
            return offers[i];
    abort();
}

/* ---- loading ---- */

static enum err find_all(struct tx *tx, void *unused)
{
    (void)unused;
    for (int i = 0; i < THEMES; i++) {
        enum err e = offer_find(tx, str_of(codes[i]), &offers[i]);
        if (e != OK)
            return e;
    }
    return OK;
}

static void all_six_load_without_a_line_in_the_log(void)
{
    FILE *log = tmpfile();
    fflush(stderr);
    int kept = dup(2);
    dup2(fileno(log), 2);
    enum err e = test_store_look(&town.t, find_all, NULL);
    fflush(stderr);
    dup2(kept, 2);
    close(kept);
    CHECK(e == OK);
    CHECK(lseek(fileno(log), 0, SEEK_END) == 0);
    fclose(log);
}

/* ---- situations ---- */

static const struct situation {
    const char *theme, *answers, *parts, *papers;
} situations[] = {
    /* 我要开餐饮店: flames, or 300 square metres with guests, bring the fire
     * brigade; what is cooked to take away does not. */
    { "canyin", FOUR, "food fire drain sign",
      "form idcard licence plan premises safety fire_system drain_plan "
      "sign_view" },
    { "canyin", "\"area\":299,\"seats\":\"dine\",\"fire\":\"no\","
      "\"drain\":\"no\",\"sign\":\"no\"", "food",
      "form idcard licence plan premises safety" },
    { "canyin", "\"area\":300,\"seats\":\"dine\",\"fire\":\"no\","
      "\"drain\":\"no\",\"sign\":\"no\"", "food fire",
      "form idcard licence plan premises safety fire_system" },
    { "canyin", "\"area\":20000,\"seats\":\"takeaway\",\"fire\":\"yes\","
      "\"drain\":\"no\",\"sign\":\"no\"", "food",
      "form idcard licence plan premises safety" },
    { "canyin", "\"area\":1,\"seats\":\"dine\",\"fire\":\"yes\","
      "\"drain\":\"no\",\"sign\":\"no\"", "food fire",
      "form idcard licence plan premises safety fire_system" },
    { "canyin", "\"area\":80,\"seats\":\"takeaway\",\"fire\":\"no\","
      "\"drain\":\"yes\",\"sign\":\"no\"", "food drain",
      "form idcard licence plan premises safety drain_plan" },
    { "canyin", "\"area\":80,\"seats\":\"takeaway\",\"fire\":\"no\","
      "\"drain\":\"no\",\"sign\":\"yes\"", "food sign",
      "form idcard licence plan premises safety sign_view" },

    { "jianchang", "\"kind\":\"new\",\"floor\":12000,\"land\":\"no\","
      "\"pollution\":\"yes\",\"special\":\"yes\"",
      "record land plan eia fire build",
      "form licence land_contract design contract safety eia fire_design" },
    { "jianchang", "\"kind\":\"new\",\"floor\":1,\"land\":\"yes\","
      "\"pollution\":\"no\",\"special\":\"no\"", "record plan build",
      "form licence land_contract design contract safety" },
    { "jianchang", "\"kind\":\"expand\",\"floor\":500,\"land\":\"yes\","
      "\"pollution\":\"yes\",\"special\":\"no\"", "record plan eia build",
      "form licence land_contract design contract safety eia" },
    { "jianchang", "\"kind\":\"expand\",\"floor\":2000000,\"land\":\"yes\","
      "\"pollution\":\"no\",\"special\":\"yes\"", "record plan fire build",
      "form licence land_contract design contract safety fire_design" },
    { "jianchang", "\"kind\":\"new\",\"floor\":300,\"land\":\"no\","
      "\"pollution\":\"no\",\"special\":\"no\"", "record land plan build",
      "form licence land_contract design contract safety" },

    /* 退休: the card for the old from sixty on (老年人权益保障法 第二条). */
    { "tuixiu", "\"fund\":\"yes\",\"medical\":\"yes\",\"age\":60,"
      "\"early\":\"no\"", "pension fund medical senior",
      "form idcard insurance fund_record archive" },
    { "tuixiu", "\"fund\":\"yes\",\"medical\":\"yes\",\"age\":59,"
      "\"early\":\"no\"", "pension fund medical",
      "form idcard insurance fund_record archive" },
    { "tuixiu", "\"fund\":\"no\",\"medical\":\"no\",\"age\":55,"
      "\"early\":\"yes\"", "pension",
      "form idcard insurance archive early_proof" },
    { "tuixiu", "\"fund\":\"no\",\"medical\":\"yes\",\"age\":45,"
      "\"early\":\"yes\"", "pension medical",
      "form idcard insurance archive early_proof" },
    { "tuixiu", "\"fund\":\"no\",\"medical\":\"no\",\"age\":100,"
      "\"early\":\"no\"", "pension senior",
      "form idcard insurance archive" },

    { "xinshenger", "\"married\":\"yes\",\"insure\":\"yes\",\"card\":\"yes\","
      "\"birth_reg\":\"no\"", "household insure card birth",
      "form birth idcard marriage household photo" },
    { "xinshenger", "\"married\":\"no\",\"insure\":\"yes\",\"card\":\"no\","
      "\"birth_reg\":\"yes\"", "household insure",
      "form birth idcard household statement" },
    { "xinshenger", "\"married\":\"yes\",\"insure\":\"no\",\"card\":\"no\","
      "\"birth_reg\":\"yes\"", "household",
      "form birth idcard marriage household" },
    { "xinshenger", "\"married\":\"no\",\"insure\":\"no\",\"card\":\"yes\","
      "\"birth_reg\":\"no\"", "household card birth",
      "form birth idcard household photo statement" },
    { "xinshenger", "\"married\":\"yes\",\"insure\":\"no\",\"card\":\"yes\","
      "\"birth_reg\":\"yes\"", "household card",
      "form birth idcard marriage household photo" },

    { "youeryuan", "\"nature\":\"nonprofit\",\"children\":90,"
      "\"canteen\":\"yes\",\"area\":1200", "school org fire health food",
      "form idcard report assets charter premises plan staff fire_system "
      "kitchen_plan" },
    { "youeryuan", "\"nature\":\"profit\",\"children\":90,"
      "\"canteen\":\"yes\",\"area\":1200", "school fire health food",
      "form idcard report assets charter premises plan staff fire_system "
      "kitchen_plan" },
    { "youeryuan", "\"nature\":\"nonprofit\",\"children\":10,"
      "\"canteen\":\"no\",\"area\":100", "school org fire health",
      "form idcard report assets charter premises plan staff fire_system" },
    { "youeryuan", "\"nature\":\"profit\",\"children\":1000,"
      "\"canteen\":\"no\",\"area\":50000", "school fire health",
      "form idcard report assets charter premises plan staff fire_system" },
    { "youeryuan", "\"nature\":\"profit\",\"children\":10,"
      "\"canteen\":\"yes\",\"area\":299", "school fire health food",
      "form idcard report assets charter premises plan staff fire_system "
      "kitchen_plan" },

    { "zhaijidi", "\"kind\":\"new\",\"farmland\":\"yes\",\"storeys\":2,"
      "\"land_area\":120", "approve use plan",
      "form idcard household promise village_opinion drawing "
      "farmland_form" },
    { "zhaijidi", "\"kind\":\"new\",\"farmland\":\"no\",\"storeys\":3,"
      "\"land_area\":20", "approve use plan",
      "form idcard household promise village_opinion drawing" },
    { "zhaijidi", "\"kind\":\"rebuild\",\"farmland\":\"no\",\"storeys\":1,"
      "\"land_area\":160", "approve plan",
      "form idcard household promise village_opinion drawing" },
    { "zhaijidi", "\"kind\":\"rebuild\",\"farmland\":\"yes\",\"storeys\":6,"
      "\"land_area\":1000", "approve plan",
      "form idcard household promise village_opinion drawing "
      "farmland_form" },
    { "zhaijidi", "\"kind\":\"new\",\"farmland\":\"yes\",\"storeys\":6,"
      "\"land_area\":1000", "approve use plan",
      "form idcard household promise village_opinion drawing "
      "farmland_form" },
};
enum { SITUATIONS = sizeof situations / sizeof *situations };

static struct value *read_answers(const char *members)
{
    struct value *v = NULL;
    str problem = STR("");
    str json = arena_printf(&town.t.arena, "{%s}", members);
    CHECK(value_read_json(&town.t.arena, json, &v, &problem) == OK);
    return v;
}

static struct decided decide(const struct offer *o, const char *members)
{
    struct decided d = { .part_count = 0 };
    str sentence = STR("");
    CHECK(offer_decide(o, &town.t.arena, read_answers(members), &d,
                       &sentence) == OK);
    return d;
}

static int words_in(const char *text)
{
    int n = 0;
    str rest = str_of(text);
    while (!str_is_none(rest))
        n += str_cut(&rest, ' ').n > 0;
    return n;
}

static bool has_word(const char *text, str word)
{
    str rest = str_of(text);
    while (!str_is_none(rest))
        if (str_eq(str_cut(&rest, ' '), word))
            return true;
    return false;
}

static void the_answers_decide_the_departments_and_the_papers(void)
{
    for (int i = 0; i < SITUATIONS; i++) {
        const struct situation *s = &situations[i];
        struct decided d = decide(theme(s->theme), s->answers);
        int bad = test_bad;
        CHECK((int)d.part_count == words_in(s->parts));
        CHECK((int)d.paper_count == words_in(s->papers));
        for (size_t k = 0; k < d.part_count; k++)
            CHECK(has_word(s->parts, d.parts[k]->code));
        for (size_t k = 0; k < d.paper_count; k++)
            CHECK(has_word(s->papers, d.papers[k]->code));
        if (bad != test_bad)
            fprintf(stderr, "  %s {%s}\n", s->theme, s->answers);
    }
}

static void every_theme_is_tried_in_five_situations(void)
{
    for (int i = 0; i < THEMES; i++) {
        int n = 0;
        for (int k = 0; k < SITUATIONS; k++)
            n += strcmp(situations[k].theme, codes[i]) == 0;
        CHECK(n >= 5);
    }
}

static void every_situation_is_one_the_form_accepts(void)
{
    for (int i = 0; i < SITUATIONS; i++) {
        struct form_report report = { .count = 0 };
        struct value *out;
        const struct offer *o = theme(situations[i].theme);
        CHECK(offer_check(o, 0, &town.t.arena,
                          read_answers(situations[i].answers), &out,
                          &report) == OK);
        CHECK(out->count == o->sheet.groups[0].field_count);
    }
}

static bool wants(const struct offer_part *p, str paper)
{
    for (size_t i = 0; i < p->paper_count; i++)
        if (str_eq(p->papers[i], paper))
            return true;
    return false;
}

static void a_paper_for_several_departments_is_handed_in_once(void)
{
    for (int i = 0; i < SITUATIONS; i++) {
        struct decided d = decide(theme(situations[i].theme),
                                  situations[i].answers);
        int shared = 0;
        for (size_t k = 0; k < d.paper_count; k++) {
            int users = 0;
            for (size_t p = 0; p < d.part_count; p++)
                users += wants(d.parts[p], d.papers[k]->code);
            CHECK(users > 0); /* nobody brings what nobody reads */
            shared += users > 1;
            for (size_t m = k + 1; m < d.paper_count; m++)
                CHECK(!str_eq(d.papers[k]->code, d.papers[m]->code));
        }
        CHECK(d.part_count < 2 || shared > 0);
    }
}

/* ---- what a theme is made of ---- */

struct item_asked {
    str code;
    struct item_guide item;
};

static enum err ask_item(struct tx *tx, void *context)
{
    struct item_asked *a = context;
    return item_guide(tx, a->code, &a->item);
}

static void every_part_is_an_item_of_the_catalogue(void)
{
    for (int i = 0; i < THEMES; i++)
        for (size_t p = 0; p < offers[i]->part_count; p++) {
            const struct offer_part *part = &offers[i]->parts[p];
            struct item_asked a = { .code = part->item };
            CHECK(test_store_look(&town.t, ask_item, &a) == OK);
            CHECK(demo_unit_of(town.c, part->unit) != NULL ||
                  str_is(part->unit_from, "town"));
            CHECK(part->unit_from.n || str_eq(part->unit, a.item.unit));
        }
}

static void every_name_a_part_uses_is_asked_for(void)
{
    for (int i = 0; i < THEMES; i++)
        for (size_t p = 0; p < offers[i]->part_count; p++) {
            const struct offer_part *part = &offers[i]->parts[p];
            CHECK(part->paper_count > 0 && part->field_count > 0);
            for (size_t k = 0; k < part->paper_count; k++)
                CHECK(offer_paper(offers[i], part->papers[k]) != NULL);
            for (size_t k = 0; k < part->field_count; k++)
                CHECK(offer_field(offers[i], part->fields[k]) != NULL);
        }
}

static void no_part_promises_more_than_the_law(void)
{
    const struct calendar *cal = clock_calendar_builtin();
    for (int i = 0; i < THEMES; i++)
        for (size_t p = 0; p < offers[i]->part_count; p++) {
            const struct offer_part *part = &offers[i]->parts[p];
            struct services_limits l;
            CHECK(part->promised >= 1);
            for (day d = on("2026-01-01"); d.n < on("2026-12-01").n; d.n++) {
                CHECK(services_limits(cal, d, part->promised, part->statutory,
                                      part->natural, &l) == OK);
                CHECK(l.promised.n <= l.statutory.n);
            }
        }
}

static void the_joint_promise_holds_every_part_and_the_joint_limit(void)
{
    for (int i = 0; i < THEMES; i++) {
        CHECK(offers[i]->joint && offers[i]->promised >= 1);
        CHECK(offers[i]->promised <= SERVICES_LIMIT_JOINT);
        CHECK(demo_unit_of(town.c, offers[i]->lead) != NULL);
        for (size_t p = 0; p < offers[i]->part_count; p++)
            CHECK(offers[i]->parts[p].promised <= offers[i]->promised);
    }
}

static void what_government_holds_is_not_asked_for(void)
{
    static const char *const held[] = { "身份证", "营业执照", "出生医学证明",
                                        "结婚证" };
    for (int i = 0; i < THEMES; i++)
        for (size_t k = 0; k < offers[i]->sheet.paper_count; k++) {
            const struct form_paper *p = &offers[i]->sheet.papers[k];
            for (size_t h = 0; h < sizeof held / sizeof *held; h++)
                CHECK(str_find(p->name, str_of(held[h])) < 0 ||
                      !str_is(p->source, "upload"));
            CHECK(!str_is(p->source, "exchange") || p->from.n > 0);
            CHECK(!str_is(p->source, "upload") || p->sample_count > 0);
        }
}

/* ---- groups that are asked only then ---- */

static bool asks_group(const char *code, const char *group, const char *members)
{
    const struct offer *o = theme(code);
    for (size_t g = 0; g < o->sheet.group_count; g++)
        if (str_is(o->sheet.groups[g].code, group))
            return form_asks(o->sheet.groups[g].when, &town.t.arena,
                              read_answers(members));
    CHECK(!"such a group");
    return false;
}

static bool asks_field(const char *code, const char *field, const char *members)
{
    return form_asks(offer_field(theme(code), str_of(field))->when,
                      &town.t.arena, read_answers(members));
}

static void a_group_is_asked_only_when_it_matters(void)
{
#define DS(drain, sign) "\"drain\":\"" drain "\",\"sign\":\"" sign "\""
    CHECK(asks_group("canyin", "outside", DS("yes", "no")));
    CHECK(asks_group("canyin", "outside", DS("no", "yes")));
    CHECK(!asks_group("canyin", "outside", DS("no", "no")));
    CHECK(asks_field("canyin", "grease", DS("yes", "no")));
    CHECK(!asks_field("canyin", "grease", DS("no", "yes")));
    CHECK(asks_field("canyin", "sign_size", DS("no", "yes")));
    CHECK(!asks_field("canyin", "sign_size", DS("yes", "no")));
    CHECK(asks_group("jianchang", "env", "\"pollution\":\"yes\""));
    CHECK(!asks_group("jianchang", "env", "\"pollution\":\"no\""));
    CHECK(asks_group("tuixiu", "early_case", "\"early\":\"yes\""));
    CHECK(!asks_group("tuixiu", "early_case", "\"early\":\"no\""));
    CHECK(asks_group("youeryuan", "kitchen", "\"canteen\":\"yes\""));
    CHECK(!asks_group("youeryuan", "kitchen", "\"canteen\":\"no\""));
    CHECK(!asks_group("canyin", "outside", "\"area\":1"));
}

static void what_is_not_asked_is_not_kept(void)
{
    struct form_report report = { .count = 0 };
    struct value *out;
    const struct offer *o = theme("canyin");
    struct value *all = read_answers(
        ONLY_FOOD ",\"grease\":\"yes\",\"sign_size\":\"长 6 米\","
        "\"shop_name\":\"清溪人家\",\"stranger\":\"x\"");
    enum err e = offer_check(o, o->sheet.group_count, &town.t.arena, all, &out,
                             &report);
    CHECK(e == ERR_INPUT && report.count > 0); /* the other groups are open */
    CHECK(value_get(out, STR("grease")) == NULL);
    CHECK(value_get(out, STR("sign_size")) == NULL);
    CHECK(value_get(out, STR("stranger")) == NULL);
    CHECK_STR(value_get_text(out, STR("shop_name")), "清溪人家");
}

int main(void)
{
    if (!town_open(TEST_LITE))
        return 1;
    RUN(all_six_load_without_a_line_in_the_log);
    RUN(the_answers_decide_the_departments_and_the_papers);
    RUN(every_theme_is_tried_in_five_situations);
    RUN(every_situation_is_one_the_form_accepts);
    RUN(a_paper_for_several_departments_is_handed_in_once);
    RUN(every_part_is_an_item_of_the_catalogue);
    RUN(every_name_a_part_uses_is_asked_for);
    RUN(no_part_promises_more_than_the_law);
    RUN(the_joint_promise_holds_every_part_and_the_joint_limit);
    RUN(what_government_holds_is_not_asked_for);
    RUN(a_group_is_asked_only_when_it_matters);
    RUN(what_is_not_asked_is_not_kept);
    town_close();
    return test_result();
}
