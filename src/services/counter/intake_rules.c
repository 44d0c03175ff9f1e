/* What a reader types, whose number it is, what a counter serves: words and
 * numbers, no store. */
#include "services/counter/intake.h"

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == ',' || c == '|' || c == ';';
}

void intake_split(struct arena *a, str typed, str *code, str *name)
{
    str s = str_trim(typed);
    size_t n = 0;
    while (n < s.n && !blank(s.p[n]) && (unsigned char)s.p[n] < 0x80)
        n++;
    char *upper = arena_alloc(a, n + 1);
    for (size_t i = 0; i < n; i++)
        upper[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32)
                                                  : s.p[i];
    *code = (str){ upper, n };
    while (n < s.n && blank(s.p[n]))
        n++;
    while (s.n > n && blank(s.p[s.n - 1]))
        s.n--;
    *name = n < s.n ? str_slice(s, n, s.n) : str_none;
}

/* Seventeen digits first: nobody's credit code is meant by that, but for those
 * of 登记管理部门 5 and 9, which begin no division of a citizen's. */
static bool like_citizen(str code)
{
    for (size_t i = 0; i < code.n && i < 17; i++)
        if (code.p[i] < '0' || code.p[i] > '9')
            return false;
    return code.n > 0 && code.p[0] != '9';
}

enum intake_kind intake_kind_of(struct arena *a, str code, str *why)
{
    const struct field citizen = { "code", FIELD_ID, 1, 0, "公民身份号码",
                                   NULL, false };
    const struct field credit = { "code", FIELD_CREDIT, 1, 0,
                                  "统一社会信用代码", NULL, false };
    str out, as_citizen = STR(""), as_credit = STR("");
    if (form_check_one(a, &citizen, code, &out, &as_citizen) == OK)
        return INTAKE_PERSON;
    if (form_check_one(a, &credit, code, &out, &as_credit) == OK)
        return INTAKE_COMPANY;
    *why = like_citizen(code) ? as_citizen : as_credit;
    return INTAKE_NOBODY;
}

bool intake_serves(str unit, str item, str of_unit, str code)
{
    if (item.n)
        return str_eq(item, code);
    return unit.n == 0 || str_eq(unit, of_unit);
}

str intake_took(struct arena *a, inst from, inst to)
{
    long long s = (to.ms - from.ms) / 1000;
    if (s < 0)
        s = 0;
    return s < 60 ? arena_printf(a, "%lld 秒", s)
                  : arena_printf(a, "%lld 分 %lld 秒", s / 60, s % 60);
}

str intake_paper_word(str choice)
{
    static const struct { const char *code, *word; } words[] = {
        { "original", "已收原件" }, { "copy", "已收复印件" },
        { "later", "容缺，以后补交" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(choice, words[i].code))
            return str_of(words[i].word);
    return str_none;
}
