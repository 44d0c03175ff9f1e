/*
 * Citizens' numbers, GB 11643: six digits of area, eight of birth, three of
 * sequence (odd: male), one check character.
 *
 * Only what the standard says is checked, in the order a person would correct
 * it: length, characters, area, date, check character.
 */
#include "kernel/ident/divisions.h"

#include <string.h>

/* Nobody who lived to be given 18 digits (from 1999) was born before. */
enum { OLDEST_BIRTH_YEAR = 1875 };

/* Offices went on using a code for newborns for some time after the county was
 * gone; how long is not written down anywhere. */
enum { MONTHS_AFTER_THE_END = 36 };

static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6,
                                 3, 7, 9,  10, 5, 8, 4, 2 };

char ident_citizen_digit(const char *body)
{
    int sum = 0;
    for (int i = 0; i < 17; i++) {
        if (body[i] < '0' || body[i] > '9')
            return 0;
        sum += (body[i] - '0') * weights[i];
    }
    return "10X98765432"[sum % 11];
}

static bool digits_only(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] < '0' || p[i] > '9')
            return false;
    return true;
}

static int value_of(const char *p, int n)
{
    int v = 0;
    while (n-- > 0)
        v = v * 10 + (*p++ - '0');
    return v;
}

static const char *wrong_shape(str s)
{
    if (s.n == 0)
        return "请填写公民身份号码。";
    if (s.n == 15 && digits_only(s.p, 15))
        return "15 位的第一代身份证号码已经停用，请填写 18 位号码。";
    if (utf8_valid(s) ? utf8_count(s) != 18 : true)
        return "公民身份号码应为 18 位，请核对是否多填或者少填。";
    if (s.n != 18 || !digits_only(s.p, 17))
        return "公民身份号码前 17 位应为数字（半角）。";
    char c = s.p[17];
    if (!(c >= '0' && c <= '9') && c != 'X' && c != 'x')
        return "公民身份号码末位应为数字或者 X。";
    return NULL;
}

static const char *wrong_birth(const char *p, day today, day *birth)
{
    char iso[11] = { p[0], p[1], p[2], p[3], '-', p[4],
                     p[5], '-',  p[6], p[7], 0 };
    if (!day_parse((str){ iso, 10 }, birth))
        return "公民身份号码中的出生日期不存在，请核对第 7 至 14 位。";
    if (birth->n > today.n)
        return "公民身份号码中的出生日期在今天之后，请核对第 7 至 14 位。";
    if (value_of(p, 4) < OLDEST_BIRTH_YEAR)
        return "公民身份号码中的出生年份过早，请核对第 7 至 10 位。";
    return NULL;
}

static int month_number(int yyyymm)
{
    return yyyymm / 100 * 12 + yyyymm % 100;
}

static bool gone_before(const struct division *area, const char *birth)
{
    return !area->in_use &&
           value_of(birth, 4) * 12 + value_of(birth + 4, 2) >
               month_number(area->last) + MONTHS_AFTER_THE_END;
}

static enum ident_verdict bad(str *why, const char *sentence)
{
    *why = str_of(sentence);
    return IDENT_BAD;
}

enum ident_verdict ident_citizen_check(const struct divisions *d, str number,
                                       day today, struct ident_citizen *out,
                                       str *why)
{
    const char *wrong = wrong_shape(number);
    if (wrong != NULL)
        return bad(why, wrong);

    const char *p = number.p;
    struct division area;
    struct ident_citizen c = { 0 };
    if (!divisions_find(d, value_of(p, 6), &area))
        return bad(why, "公民身份号码前 6 位不是曾经使用过的行政区划代码。");
    wrong = wrong_birth(p + 6, today, &c.birth);
    if (wrong != NULL)
        return bad(why, wrong);
    memcpy(c.number, p, 18);
    if (c.number[17] == 'x')
        c.number[17] = 'X';
    if (c.number[17] != ident_citizen_digit(p))
        return bad(why, "公民身份号码校验不符，请逐位核对。");

    memcpy(c.area, p, 6);
    c.area_name = area.name;
    c.male = (p[16] - '0') % 2 == 1;
    *out = c;
    if (!gone_before(&area, p + 6))
        return IDENT_GOOD;
    *why = STR("公民身份号码中的行政区划在出生前已经撤销，"
               "须由工作人员核对证件。");
    return IDENT_DOUBTFUL;
}

void ident_citizen_make(str area, int64_t n, char out[IDENT_TEXT])
{
    /* A step coprime to the number of days spreads neighbours apart. */
    enum { DAYS = 3652, STEP = 1597 };
    day birth = { day_of(1900, 1, 1).n + (int32_t)(n % DAYS * STEP % DAYS) };
    int sequence = (int)(n / DAYS % 1000);
    char iso[DAY_TEXT];
    day_text(birth, iso);
    memcpy(out, area.p, 6);
    memcpy(out + 6, iso, 4);
    memcpy(out + 10, iso + 5, 2);
    memcpy(out + 12, iso + 8, 2);
    out[14] = (char)('0' + sequence / 100);
    out[15] = (char)('0' + sequence / 10 % 10);
    out[16] = (char)('0' + sequence % 10);
    out[17] = ident_citizen_digit(out);
    out[18] = 0;
}
