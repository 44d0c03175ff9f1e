/*
 * Unified social credit codes, GB 32100: registration authority, kind, six
 * digits of area, nine of organisation code (GB 11714, with a check digit of
 * its own), one check character.
 *
 * The area is not looked up: development zones and national registers use
 * codes that stand in no public list.
 */
#include "kernel/ident/ident.h"

#include <string.h>

/* Without I, O, S, V, Z, which are misread. */
static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* Authorities: 1 编制 2 外交 3 司法 4 文化 5 民政 6 旅游 7 宗教 8 工会
 * 9 市场监管 A 军委改革编制 N 农业农村 Y 其他. */
static const char authorities[] = "123456789ANY";

static int value_of(char c)
{
    const char *at = c != 0 ? strchr(alphabet, c) : NULL;
    return at != NULL ? (int)(at - alphabet) : -1;
}

char ident_credit_digit(const char *body)
{
    int sum = 0, weight = 1;
    for (int i = 0; i < 17; i++) {
        int v = value_of(body[i]);
        if (v < 0)
            return 0;
        sum += v * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[(31 - sum % 31) % 31];
}

/* GB 11714 values letters plainly: A 10 … Z 35. */
char ident_org_digit(const char *body)
{
    static const int weights[8] = { 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (int i = 0; i < 8; i++) {
        char c = body[i];
        bool digit = c >= '0' && c <= '9';
        if (!digit && !(c >= 'A' && c <= 'Z'))
            return 0;
        sum += (digit ? c - '0' : c - 'A' + 10) * weights[i];
    }
    return "0X987654321"[sum % 11];
}

static bool digits_only(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] < '0' || p[i] > '9')
            return false;
    return true;
}

static const char *wrong_shape(const char *p)
{
    for (int i = 0; i < 18; i++)
        if (value_of(p[i]) < 0)
            return "统一社会信用代码只含数字和大写字母，且不含 I、O、S、V、Z。";
    if (strchr(authorities, p[0]) == NULL)
        return "统一社会信用代码第 1 位不是已知的登记管理部门。";
    if (p[1] < '1' || p[1] > '9')
        return "统一社会信用代码第 2 位不是已知的机构类别。";
    if (!digits_only(p + 2, 6))
        return "统一社会信用代码第 3 至 8 位应为行政区划数字。";
    return NULL;
}

/* Pilot cities of 福建 issued such codes before the standard was in force. */
static bool of_the_pilot(const char *p)
{
    return p[0] == '9' && p[2] == '3' && p[3] == '5' && p[8] == 'M' &&
           p[9] == '0';
}

static enum ident_verdict bad(str *why, const char *sentence)
{
    *why = str_of(sentence);
    return IDENT_BAD;
}

static void fill(struct ident_credit *out, const char *p)
{
    *out = (struct ident_credit){ .dept = p[0], .kind = p[1] };
    memcpy(out->code, p, 18);
    memcpy(out->area, p + 2, 6);
    memcpy(out->org, p + 8, 9);
}

enum ident_verdict ident_credit_check(str code, bool inner,
                                      struct ident_credit *out, str *why)
{
    if (code.n == 0)
        return bad(why, "请填写统一社会信用代码。");
    if (!utf8_valid(code) || utf8_count(code) != 18)
        return bad(why, "统一社会信用代码应为 18 位，请核对是否多填或者少填。");
    if (code.n != 18)
        return bad(why, "统一社会信用代码应为半角数字和字母。");
    char p[IDENT_TEXT] = { 0 };
    for (int i = 0; i < 18; i++)
        p[i] = code.p[i] >= 'a' && code.p[i] <= 'z'
                   ? (char)(code.p[i] - 'a' + 'A')
                   : code.p[i];
    const char *wrong = wrong_shape(p);
    if (wrong != NULL)
        return bad(why, wrong);
    if (p[17] != ident_credit_digit(p)) {
        if (!of_the_pilot(p))
            return bad(why, "统一社会信用代码校验不符，请逐位核对。");
        fill(out, p);
        *why = STR("统一社会信用代码校验不符，可能是试点时期所发，"
                   "须由工作人员核对证照。");
        return IDENT_DOUBTFUL;
    }
    if (inner && p[16] != ident_org_digit(p + 8))
        return bad(why, "统一社会信用代码中的组织机构代码校验不符，"
                        "请逐位核对。");
    fill(out, p);
    return IDENT_GOOD;
}

void ident_credit_make(char dept, char kind, str area, int64_t n,
                       char out[IDENT_TEXT])
{
    out[0] = dept;
    out[1] = kind;
    memcpy(out + 2, area.p, 6);
    memcpy(out + 8, "DEMA", 4);
    for (int i = 15; i >= 12; i--, n /= 31)
        out[i] = alphabet[n % 31];
    out[16] = ident_org_digit(out + 8);
    out[17] = ident_credit_digit(out);
    out[18] = 0;
}
