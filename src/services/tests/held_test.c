/*
 * Which licence stands in for which paper, and what a licence is worth on which
 * day: words and days, held against 国务院令第716号 and 行政许可法 alone.
 */
#include "kernel/test/test.h"
#include "services/apply/held.h"

static bool names(const char *paper, const char *licence)
{
    return held_names(str_of(paper), str_of(licence));
}

static void a_paper_names_its_licence(void)
{
    CHECK(names("食品经营许可证", "食品经营许可证"));
    CHECK(names("食品经营许可证副本", "食品经营许可证"));
    CHECK(names("食品经营许可证（副本复印件）", "食品经营许可证"));
    CHECK(names("食品经营许可证(餐饮外摆的提供，非必须)", "食品经营许可证"));
    CHECK(names("申请人有效的食品经营许可证复印件", "食品经营许可证"));
    CHECK(names("《食品经营许可证》正副本", "食品经营许可证"));
    CHECK(names("企业营业执照", "营业执照"));
}

static void another_paper_is_another_paper(void)
{
    CHECK(!names("食品经营许可证遗失声明", "食品经营许可证"));
    CHECK(!names("营业执照", "食品经营许可证"));
    CHECK(!names("道路运输经营许可证", "道路运输许可证"));
    CHECK(!names("注销营业执照的证明", "营业执照"));
    CHECK(!names("", "营业执照"));
    CHECK(!names("营业执照", ""));
}

static enum held_worth worth(const char *state, int from, int to, int today)
{
    return held_worth(str_of(state), (day){ from },
                      to ? (day){ to } : day_none, (day){ today });
}

static void a_licence_is_worth_what_its_state_and_the_day_say(void)
{
    CHECK(worth("valid", 100, 200, 150) == HELD_GOOD);
    CHECK(worth("valid", 100, 0, 90000) == HELD_GOOD);
    CHECK(worth("valid", 100, 200, 200) == HELD_GOOD); /* the last day */
    CHECK(worth("valid", 100, 200, 201) == HELD_EXPIRED);
    CHECK(worth("expired", 100, 200, 150) == HELD_EXPIRED);
    CHECK(worth("valid", 160, 200, 150) == HELD_NOT_YET);
    CHECK(worth("making", 100, 200, 150) == HELD_NOT_YET);
    CHECK(worth("suspended", 100, 200, 150) == HELD_SUSPENDED);
    CHECK(worth("revoked", 100, 0, 150) == HELD_REVOKED);
    CHECK(worth("cancelled", 100, 0, 150) == HELD_REVOKED);
    CHECK(worth("changed", 100, 200, 150) == HELD_CHANGED);
    CHECK(worth("suspended", 100, 200, 300) == HELD_SUSPENDED);
}

static void a_decision_rests_only_on_what_holds(void)
{
    CHECK(held_decides(HELD_GOOD, STR("")));
    CHECK(!held_decides(HELD_EXPIRED, STR("")));
    CHECK(!held_decides(HELD_EXPIRED, STR("   ")));
    CHECK(held_decides(HELD_EXPIRED, STR("收件时有效，已另行延续。")));
    CHECK(held_decides(HELD_CHANGED, STR("只变更名称。")));
    CHECK(!held_decides(HELD_SUSPENDED, STR("情况特殊，予以准予。")));
    CHECK(!held_decides(HELD_REVOKED, STR("情况特殊，予以准予。")));
    CHECK(!held_decides(HELD_NOT_YET, STR("情况特殊，予以准予。")));
}

static void what_is_asked_for_is_found_by_its_name(void)
{
    const str papers[] = { STR("营业执照"), STR("结婚证(非必须)") };
    CHECK_STR(held_asked(STR("请补交营业执照复印件。"), papers, 2),
              "营业执照");
    CHECK_STR(held_asked(STR("一、结婚证；"), papers, 2), "结婚证");
    CHECK(str_is_none(held_asked(STR("平面图没有标注尺寸。"), papers, 2)));
    CHECK(str_is_none(held_asked(STR(""), papers, 2)));
}

int main(void)
{
    RUN(a_paper_names_its_licence);
    RUN(another_paper_is_another_paper);
    RUN(a_licence_is_worth_what_its_state_and_the_day_say);
    RUN(a_decision_rests_only_on_what_holds);
    RUN(what_is_asked_for_is_found_by_its_name);
    return test_result();
}
