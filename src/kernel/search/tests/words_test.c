/* The word list is whole, and a query is taken apart as a reader would. */
#include "kernel/page/page.h"
#include "kernel/search/rank.h"
#include "kernel/search/terms.h"
#include "kernel/search/words.h"
#include "kernel/test/test.h"

#include <string.h>

static struct arena memory;

static bool nothing_known(const void *context, int32_t left, int32_t right)
{
    (void)context, (void)left, (void)right;
    return false;
}

/* "-怎么 =身份证 ?丢" : filler, said (what the list calls it), left over. */
static str taken_apart(const char *query)
{
    struct words_piece piece[WORDS_PIECES];
    struct buf b = { 0 }, out = { 0 };
    terms_fold(str_of(query), &b);
    size_t n = words_split(words_builtin(), &memory,
                           b.n ? buf_str(&b) : STR(""),
                           nothing_known, NULL, piece);
    for (size_t i = 0; i < n; i++) {
        str text = piece[i].entry ? piece[i].entry->say : piece[i].text;
        buf_printf(&out, "%s%c%.*s", i ? " " : "", "?-="[piece[i].kind],
                   STR_ARG(text));
    }
    str s = arena_str(&memory, out.n ? buf_str(&out) : STR(""));
    buf_free(&b);
    buf_free(&out);
    return s;
}

static void the_list_inside_the_program_is_whole(void)
{
    int line;
    CHECK(words_read(&memory, page_asset("data/words.tsv"), &line) != NULL);
    CHECK(words_count(words_builtin()) > 900);
}

static void a_line_of_another_form_is_refused_and_named(void)
{
    static const char *const bad[] = {
        "# head\n=\t娃娃\n", "# head\n=\t娃娃\t\n",
        "# head\n?\t娃娃\t出生\n", "# head\n娃娃\n",
        "# head\n=\t娃娃\t出生  宝宝\n", "# head\n!\t变更\t\n",
        "# head\n=\t，\t出生\n",
        "# head\n=\t一二三四五六七八九十一二三四五六七\t长\n",
    };
    int line;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(words_read(&memory, str_of(bad[i]), &line) == NULL);
        CHECK(line == 2);
    }
    str twice = STR("=\t娃\t出生\n=\t娃\t儿童\n");
    CHECK(words_read(&memory, twice, &line) == NULL);
    CHECK(line == 2);
}

static void the_longest_words_are_taken(void)
{
    CHECK_STR(taken_apart("娃娃上户口"), "=娃娃 =上户口");
    CHECK_STR(taken_apart("驾照丢了怎么办？"), "=驾照 =丢了 -怎么办");
    CHECK_STR(taken_apart("我要开酒楼"), "-我要 -开 =酒楼");
    CHECK_STR(taken_apart("ＫＴＶ 开业"), "=ktv -开 ?业");
    CHECK_STR(taken_apart("ktvs"), "?ktvs");
}

static void one_wrong_character_is_put_right(void)
{
    CHECK_STR(taken_apart("退修"), "=退休");           /* of one sound */
    CHECK_STR(taken_apart("公积进"), "=公积金");
    CHECK_STR(taken_apart("办社报卡"), "=办社保卡");
    CHECK_STR(taken_apart("最低活保障"), "=最低生活保障"); /* missing */
    CHECK_STR(taken_apart("教师资资格证"), "=教师资格证"); /* one too many */
    CHECK_STR(taken_apart("公金积"), "=公积金");       /* two turned */
    CHECK_STR(taken_apart("退婚"), "?退婚"); /* of two, only by sound */
}

/* The catalogue is one name; what stands in it side by side is known. */
static bool in_name(const void *context, int32_t left, int32_t right)
{
    const char *name = context;
    char pair[8];
    size_t n = utf8_put(pair, left);
    n += utf8_put(pair + n, right);
    return str_find(str_of(name), (str){ pair, n }) >= 0;
}

static str left_over_of(const char *query, const char *name)
{
    struct words_piece piece[WORDS_PIECES];
    size_t n = words_split(words_builtin(), &memory, str_of(query), in_name,
                           name, piece);
    return n == 1 && piece[0].entry == NULL ? piece[0].text : STR("");
}

static void a_character_is_put_right_by_the_catalogue(void)
{
    CHECK_STR(left_over_of("鹿茸骄易", "鹿茸交易"), "鹿茸交易");
    CHECK_STR(left_over_of("鹿茸大易", "鹿茸交易"), ""); /* another sound */
}

static void who_and_where_are_marked(void)
{
    int line;
    struct words_piece piece[WORDS_PIECES];
    const struct words *w = words_read(
        &memory, STR("+\t公司\t企业\n=\t环评\t环境影响报告\n"), &line);
    CHECK(w != NULL);
    CHECK(words_split(w, &memory, STR("公司环评"), nothing_known, NULL,
                      piece) == 2);
    CHECK(piece[0].entry->aside && !piece[1].entry->aside);
}

static void a_circumstance_nobody_told_of_stands_behind(void)
{
    struct rank_doc doc[2] = {
        { .id = 1, .code = STR("A"), .name = STR("临时鹿茸交易"),
          .position = 1 },
        { .id = 2, .code = STR("B"), .name = STR("鹿茸交易管理许可"),
          .position = 1 },
    };
    for (int i = 0; i < 2; i++)
        doc[i].unit = doc[i].unit_name = doc[i].about = STR("");
    struct rank *r = rank_build(doc, 2);
    struct rank_query q = { .words = STR("鹿茸"), .unit = STR(""), .limit = 5 };
    struct rank_hit hit[5];
    str understood;
    CHECK(rank_find(r, &memory, &q, hit, &understood) == 2);
    CHECK(hit[0].doc->id == 2);
    q.words = STR("临时鹿茸");
    CHECK(rank_find(r, &memory, &q, hit, &understood) >= 1);
    CHECK(hit[0].doc->id == 1);
    rank_free(r);
}

static void what_the_catalogue_knows_is_not_put_right(void)
{
    struct rank_doc doc = { .id = 1, .code = STR("A"), .name = STR("退修登记"),
                            .unit = STR(""), .unit_name = STR(""),
                            .about = STR(""), .position = 1 };
    struct rank *r = rank_build(&doc, 1);
    struct rank_query q = { .words = STR("退修"), .unit = STR(""), .limit = 5 };
    struct rank_hit hit[5];
    str understood;
    CHECK(rank_find(r, &memory, &q, hit, &understood) == 1);
    CHECK_STR(understood, "");
    rank_free(r);
}

/* ---- odd input ---- */

static size_t found(const struct rank *r, str words)
{
    struct rank_query q = { .words = words, .unit = STR(""), .limit = 50 };
    struct rank_hit hit[50];
    str understood;
    return rank_find(r, &memory, &q, hit, &understood);
}

static void no_input_is_an_error(void)
{
    struct rank_doc doc = { .id = 1, .code = STR("A"), .name = STR("出生登记"),
                            .unit = STR(""), .unit_name = STR(""),
                            .about = STR(""), .position = 1 };
    struct rank *r = rank_build(&doc, 1), *none = rank_build(&doc, 0);
    static char much[30001];
    static const char *const odd[] = {
        "", " ", "怎么办", "我要办", "？？？", "👶🍼", "' OR 1=1 --",
        "\" * ) (", "%_\\", "\xff\xfe", "asdfghjkl", "{{words}}", "<b>", "0",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        CHECK(found(r, str_of(odd[i])) == 0);
    for (size_t i = 0; i + 3 <= 30000; i += 3)
        memcpy(much + i, "生", 3);
    CHECK(found(r, (str){ much, 30000 }) <= 1);
    memset(much, 'a', 30000);
    CHECK(found(r, (str){ much, 30000 }) == 0);
    for (size_t i = 0; i + 2 <= 30000; i += 2)
        memcpy(much + i, "a,", 2);
    CHECK(found(r, (str){ much, 30000 }) == 0);
    CHECK(found(r, STR("👶出生登记🎉")) == 1);
    CHECK(found(none, STR("出生登记")) == 0);
    rank_free(r);
    rank_free(none);
    rank_free(NULL);
}

int main(void)
{
    RUN(the_list_inside_the_program_is_whole);
    RUN(a_line_of_another_form_is_refused_and_named);
    RUN(the_longest_words_are_taken);
    RUN(one_wrong_character_is_put_right);
    RUN(a_character_is_put_right_by_the_catalogue);
    RUN(who_and_where_are_marked);
    RUN(a_circumstance_nobody_told_of_stands_behind);
    RUN(what_the_catalogue_knows_is_not_put_right);
    RUN(no_input_is_an_error);
    arena_free(&memory);
    return test_result();
}
