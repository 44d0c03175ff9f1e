/*
 * A law's text into articles.
 *
 * Texts come from many hands: with or without Markdown headings, with
 * ideographic or plain spaces.  An article begins where a line begins with
 * 第…条 and a space or the end of the line; what a law cites inside a
 * sentence does not.
 */
#include "kernel/laws/inside.h"

/* 三十五 as 35 at *at of s, or plain digits; -1 when there is neither. */
static int64_t numeral(str s, size_t *at)
{
    static const char *const digits = "零一二三四五六七八九";
    int64_t n = 0, d = -1, any = 0;
    while (*at < s.n) {
        size_t next = *at;
        int32_t c = utf8_next(s, &next);
        str one = str_slice(s, *at, next);
        ptrdiff_t found = one.n == 3 ? str_find(str_of(digits), one) : -1;
        if (c >= '0' && c <= '9')
            d = (d < 0 ? 0 : d) * 10 + (c - '0');
        else if (found >= 0)
            d = found / 3;
        else if (str_is(one, "十"))
            n += (d < 0 ? 1 : d) * 10, d = -1;
        else if (str_is(one, "百"))
            n += (d < 0 ? 1 : d) * 100, d = -1;
        else if (str_is(one, "千"))
            n += (d < 0 ? 1 : d) * 1000, d = -1;
        else
            break;
        any = 1;
        *at = next;
        if (n > 100000 || d > 100000)
            return -1;
    }
    return any ? n + (d > 0 ? d : 0) : -1;
}

static bool skip(str s, size_t *at, const char *word)
{
    if (!str_starts(str_slice(s, *at, s.n), str_of(word)))
        return false;
    *at += strlen(word);
    return true;
}

/* The number of an article at the beginning of s; *at is behind it. */
static str article_at(struct arena *a, str s, size_t *at, bool whole)
{
    *at = 0;
    bool before = skip(s, at, "第");
    int64_t n = numeral(s, at), sub = -1;
    bool after = skip(s, at, "条");
    if (n < 1 || (whole && (!before || !after)))
        return STR("");
    if (skip(s, at, "之") || skip(s, at, "-"))
        sub = numeral(s, at);
    if (sub > 0)
        return arena_printf(a, "%lld-%lld", (long long)n, (long long)sub);
    return arena_printf(a, "%lld", (long long)n);
}

str laws_article(struct arena *a, str text)
{
    size_t at;
    text = str_trim(text);
    str number = article_at(a, text, &at, false);
    /* 第三十五条第二款 is in article 35 all the same */
    bool rest = at < text.n && !str_starts(str_slice(text, at, text.n),
                                           STR("第"));
    return rest ? STR("") : number;
}

static bool ends_title(str line, size_t at)
{
    str rest = str_slice(line, at, line.n);
    return rest.n == 0 || rest.p[0] == ' ' || str_starts(rest, STR("　"));
}

static bool is_heading(str line)
{
    size_t at = 0;
    if (!skip(line, &at, "第") || numeral(line, &at) < 1)
        return false;
    return skip(line, &at, "章") || skip(line, &at, "编");
}

static str without_marks(str line)
{
    while (line.n && line.p[0] == '#')
        line = str_slice(line, 1, line.n);
    return str_trim(line);
}

static size_t count_lines(str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

/* A copy, because the lines of an article are joined without the blank ones
 * and without the carriage returns of other systems. */
static void add_line(struct arena *a, struct law_article *to, str line)
{
    to->text = to->text.n ? arena_printf(a, "%.*s\n%.*s", STR_ARG(to->text),
                                         STR_ARG(line))
                          : line;
}

void law_read(struct arena *a, str text, struct law_text *out)
{
    str chapter = STR("");
    out->article = ARENA_NEW_N(a, struct law_article, count_lines(text));
    out->n = 0;
    while (!str_is_none(text)) {
        str line = str_cut(&text, '\n');
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        line = without_marks(str_trim(line));
        size_t at;
        str number = article_at(a, line, &at, true);
        if (line.n == 0)
            continue;
        if (number.n && ends_title(line, at)) {
            out->article[out->n++] = (struct law_article){
                .number = number, .title = str_slice(line, 0, at),
                .chapter = chapter,
                .text = str_trim(str_slice(line, at, line.n)) };
        } else if (is_heading(line)) {
            chapter = line;
        } else if (out->n) {
            add_line(a, &out->article[out->n - 1], line);
        }
    }
}
