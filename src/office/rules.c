/* The rules of official documents: document numbers. */
#include "office/office.h"

enum { FIRST_YEAR = 1949, LAST_YEAR = 2099, PREFIX_MAX = 30, DIGITS_MAX = 6 };

static bool han(int32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF);
}

/* Takes the Chinese characters that s begins with. */
static str take_han(str *s)
{
    size_t at = 0, end = 0;
    while (at < s->n && han(utf8_next(*s, &at)))
        end = at;
    str taken = str_slice(*s, 0, end);
    *s = str_slice(*s, end, s->n);
    return taken;
}

static str take_digits(str *s)
{
    size_t n = 0;
    while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
        n++;
    str taken = str_slice(*s, 0, n);
    *s = str_slice(*s, n, s->n);
    return taken;
}

static bool take(str *s, str what)
{
    if (!str_starts(*s, what))
        return false;
    *s = str_slice(*s, what.n, s->n);
    return true;
}

static const char *read_serial(str *s, int *out)
{
    str digits = take_digits(s);
    int64_t n;
    if (digits.n == 0)
        return "发文顺序号应为阿拉伯数字，不加“第”字。";
    if (digits.p[0] == '0')
        return "发文顺序号不编虚位，1 不编为 01。";
    if (digits.n > DIGITS_MAX || !str_int(digits, &n))
        return "发文顺序号过长。";
    if (!take(s, STR("号")))
        return "发文顺序号后应加“号”字。";
    if (s->n > 0)
        return "“号”字之后不应再有内容。";
    *out = (int)n;
    return NULL;
}

static const char *read_year(str *s, int *out)
{
    int64_t year;
    if (!take(s, STR("〔")))
        return "年份应用六角括号〔〕括入，例如〔2026〕。";
    str digits = take_digits(s);
    if (digits.n != 4 || !str_int(digits, &year))
        return "年份应标全称四位数字。";
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return "年份不在合理范围内。";
    if (!take(s, STR("〕")))
        return "年份应用六角括号〔〕括入，例如〔2026〕。";
    *out = (int)year;
    return NULL;
}

/* 国务院令第795号 */
static bool is_order(str s, str *prefix, str *rest)
{
    ptrdiff_t at = str_find(s, STR("令第"));
    if (at < 0)
        return false;
    size_t end = (size_t)at + STR("令").n;
    *prefix = str_slice(s, 0, end);
    *rest = str_slice(s, end + STR("第").n, s.n);
    str characters = *prefix;
    take_han(&characters);
    return characters.n == 0;
}

static const char *read_number(str s, struct office_number *out)
{
    if (!utf8_valid(s) || s.n == 0)
        return "请填写发文字号。";
    *out = (struct office_number){ 0 };
    str rest;
    out->order = is_order(s, &out->prefix, &rest);
    if (out->order)
        return read_serial(&rest, &out->serial);

    out->prefix = take_han(&s);
    if (out->prefix.n == 0)
        return "发文字号应以机关代字开头。";
    if (utf8_count(out->prefix) > PREFIX_MAX)
        return "机关代字过长。";
    const char *wrong = read_year(&s, &out->year);
    return wrong != NULL ? wrong : read_serial(&s, &out->serial);
}

enum err office_number_read(str s, struct office_number *out, str *why)
{
    struct office_number number;
    const char *wrong = read_number(s, &number);
    if (wrong != NULL) {
        *why = str_of(wrong);
        return ERR_INPUT;
    }
    *out = number;
    return OK;
}
