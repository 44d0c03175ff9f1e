/*
 * Regular expressions of XPath and XQuery (matches, replace, split), by
 * translation to PCRE2: what means something else there is rewritten (\i \c,
 * subtraction of classes, blocks, flag x), what XPath does not have is refused.
 * Memory is the arena's and matching is bounded, so a hostile pattern costs
 * little and leaks nothing.
 */
#include "kernel/rules/impl.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

enum { LEAST_TRIES = 5000, TRIES_PER_BYTE = 50, GAVE_UP_STEPS = 100000,
       DEPTH_LIMIT = 2000, HEAP_KB = 8192, PATTERN_BYTES = 10000,
       CLASS_DEPTH = 10 };

struct regex {
    struct ev *e;
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *bounds;
    uint32_t groups;
};

static void *from_arena(size_t n, void *arena)
{
    return arena_alloc(arena, n);
}

static void to_arena(void *p, void *arena)
{
    (void)p, (void)arena;
}

/* ---- translation ---- */

struct translator {
    str s;
    size_t at;
    char *out;
    size_t n;
    bool bad;
    int groups, open;
    bool closed[100]; /* groups that may be referred back to */
    int stack[100];
};

static void put(struct translator *t, const char *text)
{
    size_t n = strlen(text);
    memcpy(t->out + t->n, text, n);
    t->n += n;
}

static void put_bytes(struct translator *t, size_t n)
{
    memcpy(t->out + t->n, t->s.p + t->at, n);
    t->n += n;
    t->at += n;
}

static char look(const struct translator *t, size_t ahead)
{
    return t->at + ahead < t->s.n ? t->s.p[t->at + ahead] : 0;
}

/* Characters of XML names, as the inside of a class. */
#define NAME_START                                                        \
    "\\p{L}_:\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}"
#define NAME_PART NAME_START "\\p{Nd}\\-.\\x{B7}\\p{M}"

struct block {
    const char *name, *span;
};

/* \p{IsBasicLatin}: the blocks rules are likely to speak of. */
static const struct block blocks[] = {
    { "BasicLatin", "\\x{0}-\\x{7F}" },
    { "Latin-1Supplement", "\\x{80}-\\x{FF}" },
    { "LatinExtended-A", "\\x{100}-\\x{17F}" },
    { "LatinExtended-B", "\\x{180}-\\x{24F}" },
    { "IPAExtensions", "\\x{250}-\\x{2AF}" },
    { "SpacingModifierLetters", "\\x{2B0}-\\x{2FF}" },
    { "CombiningDiacriticalMarks", "\\x{300}-\\x{36F}" },
    { "Greek", "\\x{370}-\\x{3FF}" },
    { "GreekandCoptic", "\\x{370}-\\x{3FF}" },
    { "Cyrillic", "\\x{400}-\\x{4FF}" },
    { "Armenian", "\\x{530}-\\x{58F}" },
    { "Hebrew", "\\x{590}-\\x{5FF}" },
    { "Arabic", "\\x{600}-\\x{6FF}" },
    { "Devanagari", "\\x{900}-\\x{97F}" },
    { "Thai", "\\x{E00}-\\x{E7F}" },
    { "Tibetan", "\\x{F00}-\\x{FFF}" },
    { "HangulJamo", "\\x{1100}-\\x{11FF}" },
    { "Mongolian", "\\x{1800}-\\x{18AF}" },
    { "GeneralPunctuation", "\\x{2000}-\\x{206F}" },
    { "CurrencySymbols", "\\x{20A0}-\\x{20CF}" },
    { "LetterlikeSymbols", "\\x{2100}-\\x{214F}" },
    { "NumberForms", "\\x{2150}-\\x{218F}" },
    { "Arrows", "\\x{2190}-\\x{21FF}" },
    { "MathematicalOperators", "\\x{2200}-\\x{22FF}" },
    { "BoxDrawing", "\\x{2500}-\\x{257F}" },
    { "GeometricShapes", "\\x{25A0}-\\x{25FF}" },
    { "CJKSymbolsandPunctuation", "\\x{3000}-\\x{303F}" },
    { "Hiragana", "\\x{3040}-\\x{309F}" },
    { "Katakana", "\\x{30A0}-\\x{30FF}" },
    { "Bopomofo", "\\x{3100}-\\x{312F}" },
    { "CJKUnifiedIdeographsExtensionA", "\\x{3400}-\\x{4DBF}" },
    { "CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}" },
    { "YiSyllables", "\\x{A000}-\\x{A48F}" },
    { "HangulSyllables", "\\x{AC00}-\\x{D7A3}" },
    { "PrivateUse", "\\x{E000}-\\x{F8FF}" },
    { "CJKCompatibilityIdeographs", "\\x{F900}-\\x{FAFF}" },
    { "HalfwidthandFullwidthForms", "\\x{FF00}-\\x{FFEF}" },
};

/* \p{...} and \P{...}: general categories pass, blocks become spans. */
static void property(struct translator *t, bool in_class)
{
    bool negated = look(t, 1) == 'P';
    size_t end = t->at + 3;
    while (end < t->s.n && t->s.p[end] != '}')
        end++;
    if (look(t, 2) != '{' || end >= t->s.n) {
        t->bad = true;
        return;
    }
    str name = str_slice(t->s, t->at + 3, end);
    if (!str_starts(name, STR("Is"))) {
        t->bad |= name.n == 0 || name.n > 2 || name.p[0] == '^' ||
                  strchr("LMNPZSC", name.p[0]) == NULL;
        put_bytes(t, end + 1 - t->at);
        return;
    }
    name = str_slice(name, 2, name.n);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        if (!str_is(name, blocks[i].name))
            continue;
        /* a negated block inside a class has no span of its own */
        t->bad |= in_class && negated;
        if (!in_class)
            put(t, negated ? "[^" : "[");
        put(t, blocks[i].span);
        if (!in_class)
            put(t, "]");
        t->at = end + 1;
        return;
    }
    t->bad = true;
}

static void name_class(struct translator *t, bool in_class, char c)
{
    bool negated = c == 'I' || c == 'C';
    const char *inside = c == 'i' || c == 'I' ? NAME_START : NAME_PART;
    t->bad |= in_class && negated;
    if (!in_class)
        put(t, negated ? "[^" : "[");
    put(t, inside);
    if (!in_class)
        put(t, "]");
    t->at += 2;
}

/* \w of XML Schema: all but punctuation, separators and "other". */
static void word_class(struct translator *t, bool in_class, char c)
{
    if (!in_class)
        put(t, "[");
    put(t, c == 'w' ? "\\p{L}\\p{M}\\p{N}\\p{S}" : "\\p{P}\\p{Z}\\p{C}");
    if (!in_class)
        put(t, "]");
    t->at += 2;
}

static void back_reference(struct translator *t)
{
    int group = look(t, 1) - '0';
    char next = look(t, 2), text[16];
    t->at += 2;
    if (next >= '0' && next <= '9' && group * 10 + (next - '0') <= t->groups) {
        group = group * 10 + (next - '0');
        t->at++;
    }
    t->bad |= group == 0 || group > t->groups || group > 99 ||
              !t->closed[group];
    snprintf(text, sizeof text, "\\g{%d}", group);
    put(t, text);
}

static void escape(struct translator *t, bool in_class)
{
    char c = look(t, 1);
    if (c == 'p' || c == 'P') {
        property(t, in_class);
    } else if (c && strchr("iIcC", c)) {
        name_class(t, in_class, c);
    } else if (c == 'w' || c == 'W') {
        word_class(t, in_class, c);
    } else if (c == 'd' || c == 'D') {
        put(t, c == 'd' ? "\\p{Nd}" : "\\P{Nd}");
        t->at += 2;
    } else if (c == 's' || c == 'S') {
        if (in_class && c == 'S') {
            put(t, "\\x{0}-\\x{8}\\x{B}\\x{C}\\x{E}-\\x{1F}"
                   "\\x{21}-\\x{10FFFF}");
        } else if (in_class) {
            put(t, " \\t\\n\\r");
        } else {
            put(t, c == 's' ? "[ \\t\\n\\r]" : "[^ \\t\\n\\r]");
        }
        t->at += 2;
    } else if (c >= '1' && c <= '9' && !in_class) {
        back_reference(t);
    } else if (c && strchr("nrt\\|.-^?*+{}()[]$", c)) {
        put_bytes(t, 2);
    } else {
        t->bad = true;
    }
}

/* [a-z-[aeiou]] becomes (?![aeiou])[a-z]. */
static void class(struct translator *t, int depth)
{
    size_t from = t->n;
    bool first = true;
    if (depth == 0) {
        t->bad = true;
        return;
    }
    put_bytes(t, 1);
    if (look(t, 0) == '^')
        put_bytes(t, 1);
    while (!t->bad && t->at < t->s.n && (look(t, 0) != ']' || first)) {
        char c = look(t, 0);
        if (c == ']') {
            t->bad = true; /* an empty class */
        } else if (c == '-' && look(t, 1) == '[') {
            char *kept = t->out + from;
            size_t n = t->n - from;
            char aside[PATTERN_BYTES];
            if (n >= sizeof aside) {
                t->bad = true;
                return;
            }
            memcpy(aside, kept, n);
            t->n = from;
            put(t, "(?!");
            t->at++;
            class(t, depth - 1);
            put(t, ")");
            memcpy(t->out + t->n, aside, n);
            t->n += n;
            t->bad |= look(t, 0) != ']';
            break;
        } else if (c == '\\') {
            escape(t, true);
        } else if (c == '[') {
            t->bad = true;
        } else {
            put_bytes(t, 1);
        }
        first = false;
    }
    if (look(t, 0) != ']')
        t->bad = true;
    else
        put_bytes(t, 1);
}

static void open_group(struct translator *t)
{
    if (t->open >= 99 || t->groups >= 99) {
        t->bad = true;
        return;
    }
    if (look(t, 1) == '?') {
        t->bad |= look(t, 2) != ':';
        t->stack[t->open++] = 0;
        if (!t->bad)
            put_bytes(t, 3);
        return;
    }
    t->stack[t->open++] = ++t->groups;
    put_bytes(t, 1);
}

static void close_group(struct translator *t)
{
    if (t->open == 0) {
        t->bad = true;
        return;
    }
    t->closed[t->stack[--t->open]] = true;
    put_bytes(t, 1);
}

/* {n}, {n,}, {n,m}; "?" behind any of them; never "++". */
static void quantifier(struct translator *t)
{
    if (look(t, 0) == '{') {
        size_t end = t->at + 1;
        bool digits = end < t->s.n && t->s.p[end] >= '0' && t->s.p[end] <= '9';
        while (end < t->s.n && strchr("0123456789,", t->s.p[end]))
            end++;
        if (!digits || end >= t->s.n || t->s.p[end] != '}') {
            t->bad = true;
            return;
        }
        put_bytes(t, end + 1 - t->at);
    } else {
        put_bytes(t, 1);
    }
    if (look(t, 0) == '?')
        put_bytes(t, 1);
    char c = look(t, 0);
    t->bad |= c == '*' || c == '+' || c == '?' || c == '{';
}

static void translate(struct translator *t)
{
    while (t->at < t->s.n && !t->bad) {
        char c = look(t, 0);
        if (c == '\\')
            escape(t, false);
        else if (c == '[')
            class(t, CLASS_DEPTH);
        else if (c == '(')
            open_group(t);
        else if (c == ')')
            close_group(t);
        else if (c == '*' || c == '+' || c == '?' || c == '{')
            quantifier(t);
        else if (c == ']' || c == '}')
            t->bad = true;
        else
            put_bytes(t, 1);
    }
    t->bad |= t->open != 0;
}

/* Flag x: space is dropped, even behind a backslash, but not in a class. */
static str unspaced(struct arena *a, str s)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    bool escaped = false;
    int depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (depth == 0 && strchr(" \t\n\r", c) && c)
            continue;
        if (!escaped)
            depth += (c == '[') - (c == ']' && depth);
        escaped = c == '\\' && !escaped;
        out[n++] = c;
    }
    return (str){ out, n };
}

/* ---- compiling and matching ---- */

static bool options_of(str flags, uint32_t *options, bool *spaced)
{
    *options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY |
               PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C;
    *spaced = false;
    for (size_t i = 0; i < flags.n; i++) {
        switch (flags.p[i]) {
        case 's':
            *options |= PCRE2_DOTALL;
            break;
        case 'm':
            *options |= PCRE2_MULTILINE;
            break;
        case 'i':
            *options |= PCRE2_CASELESS;
            break;
        case 'x':
            *spaced = true;
            break;
        case 'q':
            *options |= PCRE2_LITERAL;
            break;
        default:
            return false;
        }
    }
    if (*options & PCRE2_LITERAL)
        *options &= PCRE2_LITERAL | PCRE2_UTF | PCRE2_NO_UTF_CHECK |
                    PCRE2_CASELESS;
    return true;
}

/* The translation never grows a byte of the pattern beyond this. */
enum { GROWTH = 96 };

struct regex *regex_new(struct ev *e, str pattern, str flags)
{
    uint32_t options;
    bool spaced;
    if (pattern.n > PATTERN_BYTES || !options_of(flags, &options, &spaced))
        return NULL;
    if (spaced && !(options & PCRE2_LITERAL))
        pattern = unspaced(e->arena, pattern);
    struct translator t = { .s = pattern };
    t.out = arena_alloc(e->arena, pattern.n * GROWTH + GROWTH);
    if (options & PCRE2_LITERAL) {
        put_bytes(&t, pattern.n);
    } else {
        translate(&t);
        if (t.bad)
            return NULL;
    }
    struct regex *r = ARENA_NEW(e->arena, struct regex);
    pcre2_general_context *memory =
        pcre2_general_context_create(from_arena, to_arena, e->arena);
    pcre2_compile_context *how = pcre2_compile_context_create(memory);
    int problem;
    size_t at;
    r->code = pcre2_compile((PCRE2_SPTR)t.out, t.n, options, &problem, &at,
                            how);
    if (r->code == NULL)
        return NULL;
    r->e = e;
    r->data = pcre2_match_data_create_from_pattern(r->code, memory);
    r->bounds = pcre2_match_context_create(memory);
    pcre2_set_depth_limit(r->bounds, DEPTH_LIMIT);
    pcre2_set_heap_limit(r->bounds, HEAP_KB);
    pcre2_pattern_info(r->code, PCRE2_INFO_CAPTURECOUNT, &r->groups);
    return r;
}

bool regex_match(struct regex *r, str text, size_t from, size_t *start,
                 size_t *end)
{
    /* An honest pattern tries a few ways a byte; a hostile one, all of them. */
    pcre2_set_match_limit(r->bounds, (uint32_t)(LEAST_TRIES +
                                                text.n * TRIES_PER_BYTE));
    int n = pcre2_match(r->code, (PCRE2_SPTR)text.p, text.n, from,
                        PCRE2_NO_UTF_CHECK, r->data, r->bounds);
    if (n < PCRE2_ERROR_NOMATCH)
        spend(r->e, GAVE_UP_STEPS);
    if (n <= 0)
        return false;
    size_t *spans = pcre2_get_ovector_pointer(r->data);
    *start = spans[0];
    *end = spans[1];
    return true;
}

str regex_group(struct regex *r, str text, uint32_t i)
{
    size_t *spans = pcre2_get_ovector_pointer(r->data);
    if (i > r->groups || spans[2 * i] == PCRE2_UNSET)
        return STR("");
    return str_slice(text, spans[2 * i], spans[2 * i + 1]);
}

uint32_t regex_groups(const struct regex *r)
{
    return r->groups;
}
