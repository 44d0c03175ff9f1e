/*
 * What the design forbids in templates, found in their text: inline style and
 * script (the CSP forbids both), half-width punctuation next to Chinese, the
 * words no citizen should read, pictures without words, POST forms that
 * anybody could forge.
 */
#include "pagestyle.h"

#include <stdio.h>
#include <string.h>

static const struct word {
    const char *text, *why;
} forbidden[] = {
    { " style=", "no inline style: use a class" },
    { "<style", "no inline style: use web/zw.css" },
    { "javascript:", "no script in an address" },
    { "{{{", "values are escaped, always" },
    { "{{&", "values are escaped, always" },
    { "点击这里", "say what the link leads to" },
    { "更多>>", "say 更多 and of what" },
    { "更多&gt;&gt;", "say 更多 and of what" },
    { "操作失败", "say what happened and what to do" },
    { "系统错误", "say what happened and what to do" },
    { "非法", "say what is wrong with it" },
};

struct text {
    const char *path;
    str s;
    int bad;
};

static unsigned line_of(const struct text *t, size_t at)
{
    unsigned line = 1;
    for (size_t i = 0; i < at; i++)
        line += t->s.p[i] == '\n';
    return line;
}

static void complain(struct text *t, size_t at, const char *what,
                     const char *why)
{
    fprintf(stderr, "%s:%u: %s: %s\n", t->path, line_of(t, at), what, why);
    t->bad++;
}

static ptrdiff_t find_from(str s, size_t from, const char *needle)
{
    ptrdiff_t at = str_find(str_slice(s, from, s.n), str_of(needle));
    return at < 0 ? -1 : at + (ptrdiff_t)from;
}

static void forbidden_words(struct text *t)
{
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        ptrdiff_t at = -1;
        while ((at = find_from(t->s, (size_t)(at + 1), forbidden[i].text)) >=
               0)
            complain(t, (size_t)at, forbidden[i].text, forbidden[i].why);
    }
}

/* CJK signs, characters and full-width forms. */
static bool chinese(int32_t c)
{
    return (c >= 0x3000 && c <= 0x303f) || (c >= 0x4e00 && c <= 0x9fff) ||
           (c >= 0xff00 && c <= 0xffef);
}

static void punctuation(struct text *t)
{
    size_t at = 0, was = 0;
    int32_t c, before = 0;
    while (was = at, (c = utf8_next(t->s, &at)) >= 0) {
        static const char half[] = ",:;?!()";
        bool mark = c > 0 && c < 128 && strchr(half, c) != NULL;
        bool mark_before =
            before > 0 && before < 128 && strchr(half, before) != NULL;
        if ((mark && chinese(before)) || (mark_before && chinese(c)))
            complain(t, was, mark ? &t->s.p[was] : "before this",
                     "half-width punctuation next to Chinese");
        before = c;
    }
}

/* The tag that starts at `at`, up to its >. */
static str tag_at(const struct text *t, size_t at)
{
    ptrdiff_t end = find_from(t->s, at, ">");
    return str_slice(t->s, at, end < 0 ? t->s.n : (size_t)end + 1);
}

static void pictures(struct text *t)
{
    ptrdiff_t at = -1;
    while ((at = find_from(t->s, (size_t)(at + 1), "<img")) >= 0)
        if (str_find(tag_at(t, (size_t)at), STR(" alt=")) < 0)
            complain(t, (size_t)at, "<img>", "has no alt");
}

static void scripts(struct text *t)
{
    ptrdiff_t at = -1;
    while ((at = find_from(t->s, (size_t)(at + 1), "<script")) >= 0)
        if (str_find(tag_at(t, (size_t)at), STR(" src=")) < 0)
            complain(t, (size_t)at, "<script>", "no inline script");
}

/* ` onclick="` inside a tag. */
static void handlers(struct text *t)
{
    ptrdiff_t at = -1;
    while ((at = find_from(t->s, (size_t)(at + 1), " on")) >= 0) {
        size_t i = (size_t)at + 3;
        while (i < t->s.n && t->s.p[i] >= 'a' && t->s.p[i] <= 'z')
            i++;
        if (i > (size_t)at + 3 && i < t->s.n && t->s.p[i] == '=')
            complain(t, (size_t)at, "on…=", "no inline script");
    }
}

static void forms(struct text *t)
{
    ptrdiff_t at = -1;
    while ((at = find_from(t->s, (size_t)(at + 1), "<form")) >= 0) {
        ptrdiff_t end = find_from(t->s, (size_t)at, "</form>");
        str form = str_slice(t->s, (size_t)at,
                             end < 0 ? t->s.n : (size_t)end);
        if (str_find(tag_at(t, (size_t)at), STR("method=\"post\"")) >= 0 &&
            str_find(form, STR("{{>csrf}}")) < 0)
            complain(t, (size_t)at, "<form>", "POST without {{>csrf}}");
    }
}

int pagestyle_check(const char *path, str text)
{
    struct text t = { path, text, 0 };
    if (!utf8_valid(text)) {
        complain(&t, 0, "the file", "is not UTF-8");
        return t.bad;
    }
    forbidden_words(&t);
    punctuation(&t);
    pictures(&t);
    scripts(&t);
    handlers(&t);
    forms(&t);
    return t.bad;
}
