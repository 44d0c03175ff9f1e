/* Law texts: what is an article, what is found, what is not linked. */
#include "kernel/laws/inside.h"
#include "kernel/test/test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena a;

static void numbers_of_articles_are_read_in_every_spelling(void)
{
    CHECK_STR(laws_article(&a, STR("35")), "35");
    CHECK_STR(laws_article(&a, STR("三十五")), "35");
    CHECK_STR(laws_article(&a, STR("第三十五条")), "35");
    CHECK_STR(laws_article(&a, STR("第十条第二款")), "10");
    CHECK_STR(laws_article(&a, STR("第一百二十条之一")), "120-1");
    CHECK_STR(laws_article(&a, STR("一百零三")), "103");
    CHECK_STR(laws_article(&a, STR("")), "");
    CHECK_STR(laws_article(&a, STR("总则")), "");
    CHECK_STR(laws_article(&a, STR("35abc")), "");
    CHECK_STR(laws_article(&a, STR("99999999999999999999")), "");
}

static void an_article_begins_a_line_and_nowhere_else(void)
{
    struct law_text l;
    law_read(&a, STR("# 云溪市门牌条例\r\n\r\n## 第一章 总 则\r\n\r\n"
                     "第一条 为了门牌清楚，制定本条例。\r\n\n"
                     "第二条　依照第一条办理。\n"
                     "第三条规定的除外。\n（一）临时的；\n## 第二章 附则\n"
                     "第三条 自公布之日起施行。\n"), &l);
    CHECK(l.n == 3);
    CHECK_STR(l.article[0].title, "第一条");
    CHECK_STR(l.article[0].chapter, "第一章 总 则");
    CHECK_STR(l.article[0].text, "为了门牌清楚，制定本条例。");
    CHECK_STR(l.article[1].text,
              "依照第一条办理。\n第三条规定的除外。\n（一）临时的；");
    CHECK_STR(l.article[2].number, "3");
    CHECK_STR(l.article[2].chapter, "第二章 附则");
    law_read(&a, STR("没有分条的通知。"), &l);
    CHECK(l.n == 0);
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    CHECK(f && fputs(text, f) >= 0);
    if (f)
        fclose(f);
}

static void what_is_not_there_is_no_link(void)
{
    char dir[] = "/tmp/zt-laws-XXXXXX";
    str problem, version;
    CHECK(laws_open("", &a, &problem) == OK);
    CHECK(laws_find(STR("门牌条例"), STR("1"), NULL) == LAWS_NO_TEXTS);
    CHECK_STR(laws_href(&a, STR("门牌条例"), STR("1")), "");
    CHECK(laws_open("/no/such/folder", &a, &problem) == ERR_NOTFOUND);
    CHECK(str_find(problem, STR("law_dir")) >= 0);
    CHECK(mkdtemp(dir) != NULL);
    const char *text = arena_printf(&a, "%s/门牌条例.md", dir).p;
    put(text, "第一条 甲。\n第二条 乙。\n");
    CHECK(laws_open(dir, &a, &problem) == OK);
    CHECK(laws_find(STR("《中华人民共和国门牌条例》"), STR("二"), &version) ==
          LAWS_FOUND);
    CHECK(str_is_none(version));
    CHECK(laws_find(STR("门牌条例"), STR("3"), NULL) == LAWS_NO_ARTICLE);
    CHECK(laws_find(STR("街道条例"), STR("1"), NULL) == LAWS_NO_LAW);
    CHECK(laws_find(STR("../门牌条例"), STR("1"), NULL) == LAWS_NO_LAW);
    CHECK(str_ends(laws_href(&a, STR("门牌条例"), STR("2")), STR("/2")));
    CHECK(!str_ends(laws_href(&a, STR("门牌条例"), STR("9")), STR("/9")));
    /* A law amended is read anew, with the version its index tells. */
    uint64_t before = laws_version();
    CHECK(!laws_look_again());
    put(text, "第一条 甲。\n第二条 乙。\n第三条 丙。\n");
    put(arena_printf(&a, "%s/index.json", dir).p,
        "[{\"name\":\"门牌条例\",\"version\":\"2026-01-01\"}]");
    CHECK(laws_look_again());
    CHECK(laws_version() != before);
    CHECK(laws_find(STR("门牌条例"), STR("3"), &version) == LAWS_FOUND);
    CHECK_STR(version, "2026-01-01");
    unlink(text);
    unlink(arena_printf(&a, "%s/index.json", dir).p);
    rmdir(dir);
    CHECK(laws_open("", &a, &problem) == OK);
}

int main(void)
{
    RUN(numbers_of_articles_are_read_in_every_spelling);
    RUN(an_article_begins_a_line_and_nowhere_else);
    RUN(what_is_not_there_is_no_link);
    arena_free(&a);
    return test_result();
}
