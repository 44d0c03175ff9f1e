/*
 * A person's name as systems must be able to take it
 * (民委发〔2016〕33号《关于在政府管理和社会公共服务信息系统中统一姓名采集
 * 应用规范的通知》): the dot inside a name is · (U+00B7, GB 18030 A1A4) and no
 * other, there is room for fifty characters, and every ideograph of GB 18030
 * is taken -- the rare ones of the supplementary planes too.
 *
 * Input methods offer half a dozen dots, and forms are filled in with a blank
 * between two characters to make them as wide as three; both are put right
 * without asking.  A name in letters (of a passport) keeps its blanks, one at
 * a time, and stands in capitals.
 */
#include "kernel/form/one.h"

enum { MIDDLE = 0xb7 };

static bool ideograph(int32_t c)
{
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
           (c >= 0x20000 && c <= 0x323af) || /* extensions B to H */
           (c >= 0xf900 && c <= 0xfaff) ||   /* compatibility, GB 18030 */
           c == 0x3007;                      /* 〇 */
}

/* A letter of a passport, folded to its capital; 0: none. */
static int32_t letter(int32_t c)
{
    if (c >= 0xff21 && c <= 0xff5a) /* full width */
        c -= 0xfee0;
    if (c >= 'a' && c <= 'z')
        c -= 'a' - 'A';
    return (c >= 'A' && c <= 'Z') || c == '-' || c == '\'' ? c : 0;
}

/* Every dot an input method may offer for the one of a name. */
static bool dot(int32_t c)
{
    static const int32_t dots[] = { MIDDLE, 0x2022, 0x2027, 0x2219, 0x22c5,
                                    0x30fb, 0xff65, 0xff0e, '.', 0x2e31 };
    for (size_t i = 0; i < sizeof dots / sizeof *dots; i++)
        if (c == dots[i])
            return true;
    return false;
}

static str stranger(struct arena *a, const char *label, int32_t c)
{
    char one[4];
    str text = { one, utf8_put(one, c) };
    return arena_printf(a, "%s里有“%.*s”，姓名只能用汉字（可以有间隔号“·”）或"
                        "者护照上的字母，请改正", label, STR_ARG(text));
}

str form_name(struct arena *a, const char *label, str *text)
{
    char *p = arena_alloc(a, text->n + 8);
    size_t n = 0, at = 0, wide = 0, thin = 0;
    int32_t last = MIDDLE; /* nothing may begin with what joins */
    for (int32_t c; (c = utf8_next(*text, &at)) >= 0;) {
        int32_t put = ideograph(c) ? c : dot(c) ? MIDDLE : letter(c);
        bool blank = c == ' ' || c == 0x3000 || c == '\t';
        if (blank && (last == ' ' || last == MIDDLE || thin == 0))
            continue;
        if (blank)
            put = ' ';
        if (put == 0)
            return stranger(a, label, c);
        if (put == MIDDLE && last == MIDDLE)
            return arena_printf(a, "%s的间隔号“·”应在两个字之间，请改正",
                                label);
        if (put != ' ' && put != MIDDLE)
            *(ideograph(put) ? &wide : &thin) += 1;
        n += utf8_put(p + n, put);
        last = put;
    }
    if (last == MIDDLE && n)
        return arena_printf(a, "%s的间隔号“·”应在两个字之间，请改正", label);
    if (wide && thin)
        return arena_printf(a, "%s应全部用汉字或者全部用护照上的字母，请改正",
                            label);
    while (n && p[n - 1] == ' ')
        n--;
    *text = (str){ p, n };
    return STR("");
}
