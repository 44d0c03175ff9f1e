/* What strangers see of a person. */
#include "kernel/auth/auth.h"
#include "kernel/test/test.h"

static struct arena memory;

#define MASKED(name, want) CHECK_STR(auth_mask_name(&memory, STR(name)), want)

static void a_chinese_name_keeps_surname_and_last_character(void)
{
    MASKED("周文远", "周*远");
    MASKED("李四", "李*");
    MASKED("欧阳娜娜", "欧阳*娜");
    MASKED("欧阳修", "欧阳*");
    MASKED("诸葛孔明", "诸葛*明");
    MASKED("欧阳", "欧*"); /* surname 欧, given name 阳 */
    MASKED("张王小明", "张**明");
    MASKED(" 李　四 ", "李*"); /* widened with a space */
    MASKED("𠮷田一", "𠮷*一");
}

static void a_name_of_one_character_is_hidden_whole(void)
{
    MASKED("李", "*");
    MASKED("X", "*");
    MASKED("", "");
}

static void a_name_of_several_parts_keeps_first_letters(void)
{
    MASKED("阿卜杜拉·买买提", "阿***·买**");
    MASKED("买买提•艾力", "买**•艾*");
    MASKED("John Smith", "J*** S****");
    MASKED("Jean-Luc", "J***-L**");
    MASKED("田中ひろし", "田****");
}

static void a_masked_name_never_holds_the_given_name(void)
{
    static const char *const names[] = { "王小明", "司马相如", "José Núñez",
                                         "迪丽热巴·迪力木拉提" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        str m = auth_mask_name(&memory, str_of(names[i]));
        CHECK(utf8_valid(m));
        CHECK(!str_is(m, names[i]));
        CHECK(utf8_count(m) == utf8_count(str_of(names[i])));
        CHECK(str_find_byte(m, '*') >= 0);
    }
}

static void numbers_keep_their_ends(void)
{
    CHECK_STR(auth_mask_id(&memory, STR("341881199001010019")),
              "3418**********0019");
    CHECK_STR(auth_mask_id(&memory, STR("E12345678")), "E******78");
    CHECK_STR(auth_mask_id(&memory, STR("123")), "***");
    CHECK_STR(auth_mask_mobile(&memory, STR("13812340000")), "138****0000");
    CHECK_STR(auth_mask_mobile(&memory, STR("4022222")), "*****22");
    CHECK_STR(auth_mask_mobile(&memory, STR("")), "");
}

static void a_company_is_shown_in_full_unless_it_is_one_person(void)
{
    str company = STR("云溪市宏远食品有限公司");
    CHECK_STR(auth_mask_party(&memory, company, STR("company")),
              "云溪市宏远食品有限公司");
    CHECK_STR(auth_mask_party(&memory, STR("云溪市老周面馆"), STR("sole")),
              "云溪***面馆");
    CHECK_STR(auth_mask_party(&memory, STR("老周面馆"), STR("sole")),
              "老**馆");
    CHECK_STR(auth_mask_party(&memory, STR("周记"), STR("sole")), "周*");
    CHECK_STR(auth_mask_party(&memory, STR("周文远"), STR("person")),
              "周*远");
}

int main(void)
{
    RUN(a_chinese_name_keeps_surname_and_last_character);
    RUN(a_name_of_one_character_is_hidden_whole);
    RUN(a_name_of_several_parts_keeps_first_letters);
    RUN(a_masked_name_never_holds_the_given_name);
    RUN(numbers_keep_their_ends);
    RUN(a_company_is_shown_in_full_unless_it_is_one_person);
    arena_free(&memory);
    return test_result();
}
