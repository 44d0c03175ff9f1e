/* Publishing on one's own: by when, by whom, what may not stand in it. */
#include "disclosure/disclosure.h"
#include "kernel/ident/ident.h"
#include "kernel/test/test.h"

static struct arena arena;

static day on(const char *text)
{
    day d = day_none;
    CHECK(day_parse(str_of(text), &d));
    return d;
}

#define CHECK_DAY(got, want) \
    do { \
        char text_[DAY_TEXT]; \
        CHECK_STR(day_text((got), text_), want); \
    } while (0)

/* 政府信息公开条例 第二十六条: twenty working days. */
static void twenty_working_days_from_the_day_it_was_formed(void)
{
    const struct calendar *c = clock_calendar_builtin();
    CHECK_DAY(disclosure_publish_by(c, on("2026-03-04")), "2026-04-01");
    /* 春节 and its make-up days lie between. */
    CHECK_DAY(disclosure_publish_by(c, on("2026-02-02")), "2026-03-06");
    CHECK(disclosure_days_late(c, on("2026-03-04"), on("2026-04-01")) == 0);
    CHECK(disclosure_days_late(c, on("2026-03-04"), on("2026-04-02")) == 1);
    CHECK(disclosure_days_late(c, on("2026-03-04"), on("2026-04-03")) == 2);
    /* 清明, a Saturday and its Monday off are no days late. */
    CHECK(disclosure_days_late(c, on("2026-03-04"), on("2026-04-07")) == 3);
    CHECK(disclosure_days_late(c, on("2026-03-04"), on("2026-03-04")) == 0);
}

static void an_index_number_says_who_when_and_which(void)
{
    CHECK_STR(disclosure_index_no(&arena, STR("11341881000000001X"),
                                  on("2026-11-20"), 42),
              "11341881000000001X/202611-00042");
    CHECK_STR(disclosure_index_no(&arena, STR("D025"), on("2027-01-04"),
                                  123456), "D025/202701-123456");
}

/* 政府信息公开条例 第十七条 */
static void who_writes_neither_looks_over_nor_releases(void)
{
    CHECK_STR(disclosure_review_refused(STR("check"), 1, 2, 3), "");
    CHECK_STR(disclosure_review_refused(STR("secrecy"), 1, 1, 2), "");
    CHECK(disclosure_review_refused(STR("check"), 1, 2, 1).n > 0);
    CHECK(disclosure_review_refused(STR("check"), 1, 2, 2).n > 0);
    str s = disclosure_review_refused(STR("secrecy"), 7, 7, 7);
    CHECK(str_find(s, STR("第十七条")) > 0);
    CHECK(str_find(s, STR("保密审查")) >= 0);
}

static int people(const char *text, struct disclosure_personal *out)
{
    return disclosure_personal(&arena, str_of(text), on("2026-11-20"), out);
}

static void numbers_of_people_are_found_however_they_are_written(void)
{
    struct disclosure_personal p[DISCLOSURE_PERSONAL];
    char id[IDENT_TEXT];
    ident_citizen_make(STR("341881"), 5, id);
    CHECK(people("请联系 13800002716。", p) == 1);
    CHECK_STR(p[0].shown, "138****2716");
    CHECK(people("138-0000-2716，139 0000 2716", p) == 2);
    str text = arena_printf(&arena, "户主%s，%.6s %.8s %.4s。", id, id, id + 6,
                            id + 14);
    CHECK(people(text.p, p) == 2);
    CHECK_STR(str_of(p[0].kind), "公民身份号码");
    CHECK(str_find(p[1].shown, STR("*")) > 0);
    CHECK(str_find(p[1].shown, str_slice(str_of(id), 6, 14)) < 0);
}

static void other_numbers_are_not_taken_for_people_s(void)
{
    struct disclosure_personal p[DISCLOSURE_PERSONAL];
    CHECK(people("电话 0563-000 0007，时间 9:00-12:00，13:30-17:00", p) == 0);
    CHECK(people("合计 13800002716123 元，编号 20261120138000027161", p) == 0);
    CHECK(people("2026-11-20 发布，第 12345 号，138 件", p) == 0);
    CHECK(people("341881190001010000", p) == 0); /* the last digit is wrong */
    CHECK(people("", p) == 0);
    /* Two numbers side by side are still two. */
    CHECK(people("2026 13800002716", p) == 1);
    CHECK(people("1380000271", p) == 0);
    CHECK(people("12800002716", p) == 0);
}

static void all_are_counted_though_few_are_shown(void)
{
    struct disclosure_personal p[DISCLOSURE_PERSONAL];
    str text = STR("");
    for (int i = 0; i < 20; i++)
        text = arena_printf(&arena, "%.*s13800002716；", STR_ARG(text));
    CHECK(people(text.p, p) == 20);
}

static void what_ended_is_ended_from_its_day_on(void)
{
    day d = on("2026-07-01");
    CHECK_STR(disclosure_effect_word(STR("valid"), day_none, d), "有效");
    CHECK_STR(disclosure_effect_word(STR("void"), d, on("2026-06-30")),
              "有效");
    CHECK_STR(disclosure_effect_word(STR("void"), d, d), "已废止");
    CHECK_STR(disclosure_effect_word(STR("lapsed"), d, on("2026-07-02")),
              "已失效");
    CHECK_STR(disclosure_effect_refused(STR("valid"), STR("void"), d,
                                        on("2020-01-01")), "");
    CHECK(disclosure_effect_refused(STR("valid"), STR("valid"), d, d).n > 0);
    CHECK(disclosure_effect_refused(STR("void"), STR("lapsed"), d, d).n > 0);
    CHECK(disclosure_effect_refused(STR("valid"), STR("void"),
                                    on("2026-06-30"), d).n > 0);
    CHECK(disclosure_effect_refused(STR("valid"), STR("void"), day_none,
                                    d).n > 0);
}

static void a_draft_is_told_what_it_lacks(void)
{
    const char *r[DISCLOSURE_REMARKS];
    struct disclosure_draft_look good = {
        .category = STR("C0301"), .doc_no = STR(""), .summary = STR("概述"),
        .body = STR("一二三四五六七八九十一二三四五六七八九十一二三四五六七八"
                    "九十一二三四五六七八九十一二三四五六七八九十一二三四五六"
                    "七八九十"),
        .formed = on("2026-11-02"), .today = on("2026-11-20"),
    };
    const struct calendar *c = clock_calendar_builtin();
    CHECK(disclosure_remarks(c, &good, r) == 0);
    struct disclosure_draft_look bad = good;
    bad.category = STR("C0202");
    bad.summary = STR("");
    bad.body = STR("很短");
    bad.formed = on("2026-09-01");
    CHECK(disclosure_remarks(c, &bad, r) == 4);
    CHECK(str_find(str_of(r[0]), STR("第二十六条")) > 0);
    bad.files = 1;
    CHECK(disclosure_remarks(c, &bad, r) == 3);
}

/* 政府信息公开条例 第二十条、第二十一条 */
static void the_catalogue_has_every_item_of_the_law(void)
{
    static const char *const items[] = { "一", "二", "三", "四", "五", "六",
        "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五" };
    int n, classes = 0;
    const struct disclosure_category *c = disclosure_categories(&n);
    for (size_t k = 0; k < sizeof items / sizeof *items; k++) {
        bool there = false;
        str want = arena_printf(&arena, "第二十条第(%s)项", items[k]);
        for (int i = 0; i < n; i++)
            there |= str_find(c[i].article, want) > 0;
        CHECK(there);
    }
    for (int i = 0; i < n; i++) {
        classes += c[i].parent.n == 0;
        CHECK(c[i].parent.n == 0 || disclosure_category(c[i].parent));
        CHECK(c[i].parent.n || c[i].who.n);
    }
    CHECK(classes == 30 && n == 128);
    CHECK(disclosure_category(STR("C9999")) == NULL);
    int topics;
    CHECK(disclosure_topics(&topics)->name.n > 0);
    CHECK(topics == 21); /* of 22, without the State Council's own */
}

static void a_class_is_some_organisations_duty(void)
{
    const struct disclosure_category *fines = disclosure_category(STR("C07"));
    const struct disclosure_category *self = disclosure_category(STR("C01"));
    CHECK(disclosure_concerns(fines, STR("department"), false));
    CHECK(!disclosure_concerns(fines, STR("township"), false));
    CHECK(!disclosure_concerns(fines, STR("department"), true));
    CHECK(disclosure_concerns(self, STR("institution"), false));
    CHECK(!disclosure_concerns(self, STR("village"), false));
}

int main(void)
{
    RUN(twenty_working_days_from_the_day_it_was_formed);
    RUN(an_index_number_says_who_when_and_which);
    RUN(who_writes_neither_looks_over_nor_releases);
    RUN(numbers_of_people_are_found_however_they_are_written);
    RUN(other_numbers_are_not_taken_for_people_s);
    RUN(all_are_counted_though_few_are_shown);
    RUN(what_ended_is_ended_from_its_day_on);
    RUN(a_draft_is_told_what_it_lacks);
    RUN(the_catalogue_has_every_item_of_the_law);
    RUN(a_class_is_some_organisations_duty);
    arena_free(&arena);
    return test_result();
}
