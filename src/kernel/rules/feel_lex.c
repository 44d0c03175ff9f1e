/* Words, numbers, strings and signs of FEEL, and the parser's bookkeeping. */
#include "kernel/rules/parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* How often over the text is gone over again before the parser gives up. */
enum { AGAIN = 16, AGAIN_LEAST = 4096 };

struct span {
    int32_t from, to;
};

static bool within(int32_t c, const struct span *spans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= spans[i].from && c <= spans[i].to)
            return true;
    return false;
}

/* DMN 10.3.1.2, rules 28 to 30. */
bool name_start_char(int32_t c)
{
    static const struct span spans[] = {
        { '?', '?' },         { 'A', 'Z' },         { '_', '_' },
        { 'a', 'z' },         { 0xC0, 0xD6 },       { 0xD8, 0xF6 },
        { 0xF8, 0x2FF },      { 0x370, 0x37D },     { 0x37F, 0x1FFF },
        { 0x200C, 0x200D },   { 0x2070, 0x218F },   { 0x2C00, 0x2FEF },
        { 0x3001, 0xD7FF },   { 0xF900, 0xFDCF },   { 0xFDF0, 0xFFFD },
        { 0x10000, 0xEFFFF },
    };
    return c != 0xFEFF && c != 0x1680 && c != 0x180E &&
           within(c, spans, sizeof spans / sizeof *spans);
}

bool name_part_char(int32_t c)
{
    static const struct span spans[] = {
        { '0', '9' }, { 0xB7, 0xB7 }, { 0x300, 0x36F }, { 0x203F, 0x2040 },
    };
    return name_start_char(c) ||
           within(c, spans, sizeof spans / sizeof *spans);
}

/* Rule 61. */
static bool space_char(int32_t c)
{
    static const struct span spans[] = {
        { 0x09, 0x0D },     { 0x20, 0x20 },     { 0x85, 0x85 },
        { 0xA0, 0xA0 },     { 0x1680, 0x1680 }, { 0x180E, 0x180E },
        { 0x2000, 0x200B }, { 0x2028, 0x2029 }, { 0x202F, 0x202F },
        { 0x205F, 0x205F }, { 0x3000, 0x3000 }, { 0xFEFF, 0xFEFF },
    };
    return within(c, spans, sizeof spans / sizeof *spans);
}

static size_t comment_end(str s, size_t at)
{
    if (s.p[at + 1] == '/') {
        while (at < s.n && s.p[at] != '\n')
            at++;
        return at;
    }
    ptrdiff_t end = str_find(str_slice(s, at + 2, s.n), STR("*/"));
    return end < 0 ? s.n : at + 2 + (size_t)end + 2;
}

size_t skip_space(str s, size_t at)
{
    while (at < s.n) {
        size_t next = at;
        if (s.p[at] == '/' && at + 1 < s.n &&
            (s.p[at + 1] == '/' || s.p[at + 1] == '*')) {
            at = comment_end(s, at);
            continue;
        }
        if (!space_char(utf8_next(s, &next)))
            break;
        at = next;
    }
    return at;
}

/* ---- strings ---- */

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* n hexadecimal digits at `at`, or -1. */
static int32_t code_at(str s, size_t at, int n)
{
    int32_t c = 0;
    for (int i = 0; i < n; i++) {
        int h = at + (size_t)i < s.n ? hex(s.p[at + (size_t)i]) : -1;
        if (h < 0)
            return -1;
        c = c << 4 | h;
    }
    return c;
}

/* \uXXXX (pairs of surrogates together) and \UXXXXXX; bytes taken, or 0. */
static size_t unicode_escape(str s, size_t at, char *out, size_t *n)
{
    bool wide = s.p[at + 1] == 'U';
    size_t taken = wide ? 8 : 6;
    int32_t c = code_at(s, at + 2, wide ? 6 : 4);
    if (!wide && c >= 0xD800 && c < 0xDC00 && at + 7 < s.n &&
        s.p[at + 6] == '\\' && s.p[at + 7] == 'u') {
        int32_t low = code_at(s, at + 8, 4);
        if (low >= 0xDC00 && low < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            taken = 12;
        }
    }
    if (c < 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return 0;
    *n += utf8_put(out + *n, c);
    return taken;
}

/* An escape FEEL does not know stays as written: "\d" for patterns. */
static size_t escape(str s, size_t at, char *out, size_t *n)
{
    static const char from[] = "'\"\\nrt", to[] = "'\"\\\n\r\t";
    char c = at + 1 < s.n ? s.p[at + 1] : 0;
    const char *known = c ? strchr(from, c) : NULL;
    if (known) {
        out[(*n)++] = to[known - from];
        return 2;
    }
    if (c == 'u' || c == 'U') {
        size_t taken = unicode_escape(s, at, out, n);
        if (taken)
            return taken;
    }
    out[(*n)++] = '\\';
    return 1;
}

static void string_token(struct parser *p, size_t at)
{
    str s = p->s;
    size_t end = at + 1;
    while (end < s.n && s.p[end] != '"')
        end += s.p[end] == '\\' ? 2 : 1;
    if (end >= s.n) {
        p->tok = (struct token){ TOK_BAD, at, s.n, STR("") };
        fail(p, "字符串没有结束，缺少右引号。");
        return;
    }
    char *out = arena_alloc(p->a, end - at + 1);
    size_t n = 0;
    for (size_t i = at + 1; i < end;) {
        if (s.p[i] == '\\')
            i += escape(s, i, out, &n);
        else
            out[n++] = s.p[i++];
    }
    p->tok = (struct token){ TOK_STRING, at, end + 1, { out, n } };
}

/* ---- the rest ---- */

static bool digit(str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* digits[.digits][e[sign]digits]; "1..2" is 1 and then "..". */
static size_t number_end(str s, size_t at)
{
    while (digit(s, at))
        at++;
    if (at < s.n && s.p[at] == '.' && digit(s, at + 1)) {
        at++;
        while (digit(s, at))
            at++;
    }
    if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
        size_t e = at + 1;
        if (e < s.n && (s.p[e] == '+' || s.p[e] == '-'))
            e++;
        if (digit(s, e)) {
            while (digit(s, e))
                e++;
            at = e;
        }
    }
    return at;
}

static size_t word_end(str s, size_t at)
{
    if (s.p[at] == '?')
        return at + 1;
    for (;;) {
        size_t next = at;
        int32_t c = utf8_next(s, &next);
        if (c < 0 || !name_part_char(c) || c == '?')
            return at;
        at = next;
    }
}

static int two_signs(str s, size_t at)
{
    static const struct {
        char text[3];
        int kind;
    } signs[] = { { "..", TOK_DOTS }, { "**", TOK_POWER }, { "<=", TOK_LE },
                  { ">=", TOK_GE },   { "!=", TOK_NE } };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (at + 1 < s.n && memcmp(s.p + at, signs[i].text, 2) == 0)
            return signs[i].kind;
    return 0;
}

/* "..." and a name; elsewhere three dots are a range's two and a number's. */
static bool deep_path(str s, size_t at)
{
    if (!str_starts(str_slice(s, at, s.n), STR("...")))
        return false;
    size_t next = skip_space(s, at + 3);
    return name_start_char(utf8_next(s, &next));
}

void token_at(struct parser *p, size_t at)
{
    str s = p->s;
    at = skip_space(s, at);
    size_t next = at;
    int32_t c = utf8_next(s, &next);
    int two = two_signs(s, at), kind = TOK_BAD;
    if (c < 0) {
        kind = TOK_END, next = at;
    } else if (c == '"') {
        string_token(p, at);
        return;
    } else if (digit(s, at) || (c == '.' && digit(s, at + 1))) {
        kind = TOK_NUMBER, next = number_end(s, at);
    } else if (two == TOK_DOTS && deep_path(s, at)) {
        kind = TOK_DEEP, next = at + 3;
    } else if (two) {
        kind = two, next = at + 2;
    } else if (c == 0x2019) { /* the apostrophe of rule 30 */
        kind = '\'';
    } else if (name_start_char(c)) {
        kind = TOK_WORD, next = word_end(s, at);
    } else if (c < 127 && strchr("()[]{}<>=+-*/.,:@'", c)) {
        kind = c;
    }
    p->tok = (struct token){ kind, at, next, str_slice(s, at, next) };
    if (kind == TOK_BAD)
        fail(p, "不认识的字符“%.*s”。", STR_ARG(p->tok.text));
}

void next_token(struct parser *p)
{
    if (!p->failed)
        token_at(p, p->tok.to);
}

bool sign_is(const struct parser *p, char c)
{
    return !p->failed && p->tok.kind == c;
}

bool word_is(const struct parser *p, const char *word)
{
    return !p->failed && p->tok.kind == TOK_WORD && str_is(p->tok.text, word);
}

bool keyword(str word)
{
    static const char *const words[] = {
        "and", "or", "in", "between", "instance", "then", "else", "return",
        "satisfies", "if", "for", "some", "every", "true", "false", "null",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i]))
            return true;
    return false;
}

void *fail(struct parser *p, const char *format, ...)
{
    if (p->failed)
        return NULL;
    char text[300];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t used = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n
                                                      : sizeof text - 1;
    while (used && !utf8_valid((str){ text, used }))
        used--;
    p->failed = true;
    p->problem.text = arena_printf(p->a, "%.*s%s", (int)used, text,
                                   punctuation_hint(p->tok.text));
    p->problem.at = (uint32_t)p->tok.from;
    return NULL;
}

bool expect(struct parser *p, char sign)
{
    if (sign_is(p, sign)) {
        next_token(p);
        return !p->failed;
    }
    fail(p, "此处应为“%c”，却是“%.*s”。", sign, STR_ARG(p->tok.text));
    return false;
}

bool expect_word(struct parser *p, const char *word)
{
    if (word_is(p, word)) {
        next_token(p);
        return !p->failed;
    }
    fail(p, "此处应为“%s”，却是“%.*s”。", word, STR_ARG(p->tok.text));
    return false;
}

struct mark marked(const struct parser *p)
{
    return (struct mark){ p->tok, p->problem, p->scope, p->depth,
                          p->in->unknown ? p->in->unknown->n : 0, p->failed,
                          p->asked, p->range_end };
}

/* What may be read in two ways, nested in itself, would be read 2^n times. */
void back_to(struct parser *p, struct mark m)
{
    if (p->tok.to > m.tok.to)
        p->again += p->tok.to - m.tok.to;
    p->tok = m.tok;
    p->problem = m.problem;
    p->scope = m.scope;
    p->depth = m.depth;
    p->failed = m.failed;
    p->asked = m.asked;
    p->range_end = m.range_end;
    if (p->in->unknown)
        p->in->unknown->n = m.unknown;
    if (p->again / AGAIN > p->s.n + AGAIN_LEAST)
        fail(p, "表达式嵌套过深。");
}
