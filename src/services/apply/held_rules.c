/*
 * Which paper a licence stands in for, and what a licence is worth: words and
 * days, no store.
 *
 * Names are compared, not codes, because the items of ten years ask for papers
 * by name; what a name may carry before and after is listed here, and all else
 * is another paper.
 */
#include "services/apply/held.h"

/* 食品经营许可证（副本） -> 食品经营许可证 */
static str without_brackets(str s)
{
    static const char *const open[] = { "（", "(" };
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        ptrdiff_t at = str_find(s, str_of(open[i]));
        if (at >= 0)
            s.n = (size_t)at;
    }
    return str_trim(s);
}

static bool cut_front(str *s, const char *word)
{
    str w = str_of(word);
    if (s->n <= w.n || !str_starts(*s, w))
        return false;
    *s = str_slice(*s, w.n, s->n);
    return true;
}

static bool cut_back(str *s, const char *word)
{
    str w = str_of(word);
    if (s->n <= w.n || !str_ends(*s, w))
        return false;
    s->n -= w.n;
    return true;
}

bool held_names(str paper, str licence)
{
    static const char *const front[] = {
        "申请人", "申请单位", "申请企业", "经营者", "单位", "企业", "公司",
        "本人", "有效的", "有效期内的", "有效", "合法有效", "合法", "现有的",
        "原有的", "原", "的", "《",
    };
    static const char *const back[] = {
        "正副本", "及其副本", "正本", "副本", "复印件", "原件", "扫描件",
        "电子证照", "》", "及",
    };
    str s = without_brackets(paper);
    bool cut = true;
    while (cut && !str_eq(s, licence)) {
        cut = false;
        for (size_t i = 0; !cut && i < sizeof front / sizeof *front; i++)
            cut = cut_front(&s, front[i]);
        for (size_t i = 0; !cut && i < sizeof back / sizeof *back; i++)
            cut = cut_back(&s, back[i]);
    }
    return licence.n > 0 && str_eq(s, licence);
}

enum held_worth held_worth(str state, day from, day to, day today)
{
    if (str_is(state, "suspended"))
        return HELD_SUSPENDED;
    if (str_is(state, "revoked") || str_is(state, "cancelled"))
        return HELD_REVOKED;
    if (str_is(state, "changed"))
        return HELD_CHANGED;
    if (str_is(state, "expired") ||
        (!day_is_none(to) && to.n < today.n)) /* the last day still counts */
        return HELD_EXPIRED;
    if (!str_is(state, "valid") || from.n > today.n)
        return HELD_NOT_YET;
    return HELD_GOOD;
}

const char *held_word(enum held_worth w)
{
    static const char *const words[] = {
        [HELD_GOOD] = "有效", [HELD_EXPIRED] = "已过有效期",
        [HELD_CHANGED] = "已变更为新的版本", [HELD_SUSPENDED] = "已暂扣",
        [HELD_REVOKED] = "已撤销或者注销", [HELD_NOT_YET] = "还没有生效",
    };
    return words[w];
}

bool held_decides(enum held_worth w, str reason)
{
    if (w == HELD_EXPIRED || w == HELD_CHANGED)
        return utf8_count(str_trim(reason)) >= 4;
    return w == HELD_GOOD;
}

str held_asked(str text, const str *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        str name = without_brackets(names[i]);
        if (name.n && str_find(text, name) >= 0)
            return name;
    }
    return str_none;
}
