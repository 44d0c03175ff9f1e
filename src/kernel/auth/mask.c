/*
 * What strangers see of a person.
 *
 * Enough for somebody who knows the matter to recognise it, too little for
 * somebody who does not to find the person (个人信息保护法 第六条, 第二十五条).
 * No national standard fixes the form; this is the one banks and courts use.
 */
#include "kernel/auth/auth.h"

#include <string.h>

/* Surnames of two characters that are borne today (百家姓 and the census). */
static const char compound[] =
    " 欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊"
    " 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文"
    " 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正"
    " 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘"
    " 东门 西门 南荣 第五 歐陽 東方 萬俟 聞人 諸葛 尉遲 赫連 鍾離 長孫 鮮于"
    " 軒轅 ";

static bool is_han(int32_t c)
{
    return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff) || c == 0x3007;
}

/* What stands between the parts of a name. */
static bool is_separator(int32_t c)
{
    return c == 0xb7 || c == 0x2022 || c == 0x2027 || c == 0x30fb ||
           c == 0xff0e || c == '.' || c == '-' || c == ' ' || c == 0x3000;
}

static bool all_han(str s)
{
    for (size_t at = 0; at < s.n;)
        if (!is_han(utf8_next(s, &at)))
            return false;
    return true;
}

static bool is_compound(str two)
{
    char word[16];
    if (two.n + 2 >= sizeof word)
        return false;
    word[0] = ' ';
    memcpy(word + 1, two.p, two.n);
    word[two.n + 1] = ' ';
    return str_find(str_of(compound), (str){ word, two.n + 2 }) >= 0;
}

/* The first `head` code points of s, stars, its last `tail` ones. */
static str keep_ends(struct arena *a, str s, size_t head, size_t tail)
{
    size_t n = utf8_count(s);
    if (n == 0)
        return STR("");
    size_t stars = n > head + tail ? n - head - tail : 0;
    str front = utf8_head(s, head);
    str body = utf8_head(s, n - tail);
    str back = str_slice(s, body.n, s.n);
    char *p = arena_alloc(a, front.n + stars + back.n + 1);
    memcpy(p, front.p, front.n);
    memset(p + front.n, '*', stars);
    memcpy(p + front.n + stars, back.p, back.n);
    return (str){ p, front.n + stars + back.n };
}

static str mask_chinese(struct arena *a, str name)
{
    size_t n = utf8_count(name);
    if (n == 1)
        return STR("*");
    size_t surname = n > 2 && is_compound(utf8_head(name, 2)) ? 2 : 1;
    return keep_ends(a, name, surname, n - surname > 1 ? 1 : 0);
}

/* The first letter of each part stays; a separator stays where it was. */
static str mask_parts(struct arena *a, str name)
{
    char *p = arena_alloc(a, name.n + 1);
    size_t n = 0, at = 0;
    bool first = true;
    while (at < name.n) {
        size_t before = at;
        int32_t c = utf8_next(name, &at);
        bool stays = first || is_separator(c);
        first = is_separator(c);
        if (stays) {
            memcpy(p + n, name.p + before, at - before);
            n += at - before;
        } else {
            p[n++] = '*';
        }
    }
    return (str){ p, n };
}

/* 李 四: people put a space into a short name to make it as wide as a long
 * one; it is no part of the name. */
static str without_spaces(struct arena *a, str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0, at = 0;
    while (at < s.n) {
        size_t before = at;
        int32_t c = utf8_next(s, &at);
        if (c == ' ' || c == 0x3000)
            continue;
        memcpy(p + n, s.p + before, at - before);
        n += at - before;
    }
    return (str){ p, n };
}

str auth_mask_name(struct arena *a, str name)
{
    name = str_trim(name);
    if (name.n == 0)
        return name;
    str close = without_spaces(a, name);
    if (all_han(close))
        return mask_chinese(a, close);
    if (utf8_count(name) == 1)
        return STR("*");
    return mask_parts(a, name);
}

str auth_mask_id(struct arena *a, str id)
{
    size_t n = utf8_count(id);
    if (n >= 15) /* citizen ids of both generations, credit codes */
        return keep_ends(a, id, 4, 4);
    if (n >= 6)  /* passports and permits: letter and two digits */
        return keep_ends(a, id, 1, 2);
    return keep_ends(a, id, 0, 0);
}

str auth_mask_mobile(struct arena *a, str mobile)
{
    size_t n = utf8_count(mobile);
    if (n >= 10) /* a mobile, or area code and number */
        return keep_ends(a, mobile, 3, 4);
    return keep_ends(a, mobile, 0, n >= 7 ? 2 : 0);
}

str auth_mask_party(struct arena *a, str name, str kind)
{
    if (str_is(kind, "person"))
        return auth_mask_name(a, name);
    if (!str_is(kind, "sole"))
        return name;
    size_t n = utf8_count(name);
    if (n > 5)
        return keep_ends(a, name, 2, 2);
    return n > 2 ? keep_ends(a, name, 1, 1) : auth_mask_name(a, name);
}
