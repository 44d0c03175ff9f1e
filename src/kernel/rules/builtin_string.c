/* String functions (DMN 1.5, 10.3.4.3). Positions and lengths count code
 * points. */
#include "kernel/rules/impl.h"

#include <glib.h>
#include <string.h>

static bool truncated(fval v, int64_t *out)
{
    struct decimal whole;
    return decimal_round(v->number, 0, DECIMAL_DOWN, &whole) &&
           decimal_int64(whole, out);
}

static fval substring(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    str s = args[0]->s;
    int64_t start, length, size = (int64_t)utf8_count(s);
    if (!truncated(args[1], &start) || start == 0 || start > size ||
        start < -size)
        return null_because(e, "起始位置不在字符串之内。");
    if (start < 0)
        start += size + 1;
    length = size - start + 1;
    if (args[2] && (!truncated(args[2], &length) || length < 1))
        return null_because(e, "长度应是正整数。");
    str skipped = utf8_head(s, (size_t)(start - 1));
    str rest = str_slice(s, skipped.n, s.n);
    return fv_string(e, utf8_head(rest, (size_t)length));
}

static fval length(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return fv_int(e, (int64_t)utf8_count(args[0]->s));
}

typedef gchar *converter(const gchar *s, gssize n);

static fval converted(struct ev *e, str s, converter *f)
{
    gchar *text = f(s.p, (gssize)s.n);
    str copy = arena_str(e->arena, str_of(text));
    g_free(text);
    return fv_string(e, copy);
}

static fval upper(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return converted(e, args[0]->s, g_utf8_strup);
}

static fval lower(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    return converted(e, args[0]->s, g_utf8_strdown);
}

static fval before(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    ptrdiff_t at = str_find(args[0]->s, args[1]->s);
    return fv_string(e, str_slice(args[0]->s, 0, at < 0 ? 0 : (size_t)at));
}

static fval after(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    str s = args[0]->s;
    ptrdiff_t at = str_find(s, args[1]->s);
    return fv_string(
        e, at < 0 ? STR("") : str_slice(s, (size_t)at + args[1]->s.n, s.n));
}

static fval contains(struct ev *e, fval *args, uint32_t n)
{
    (void)e, (void)n;
    return fv_bool(str_find(args[0]->s, args[1]->s) >= 0);
}

static fval starts(struct ev *e, fval *args, uint32_t n)
{
    (void)e, (void)n;
    return fv_bool(str_starts(args[0]->s, args[1]->s));
}

static fval ends(struct ev *e, fval *args, uint32_t n)
{
    (void)e, (void)n;
    return fv_bool(str_ends(args[0]->s, args[1]->s));
}

/* ---- text that grows in the arena ---- */

struct text {
    struct ev *e;
    char *p;
    size_t n, cap;
};

static void put(struct text *t, str s)
{
    if (t->n > FEEL_MAX_STRING)
        return;
    if (t->n + s.n > t->cap) {
        size_t cap = t->cap * 2 > t->n + s.n ? t->cap * 2 : t->n + s.n + 64;
        char *p = arena_alloc(t->e->arena, cap);
        if (t->n)
            memcpy(p, t->p, t->n);
        t->p = p;
        t->cap = cap;
    }
    if (s.n)
        memcpy(t->p + t->n, s.p, s.n);
    t->n += s.n;
}

static fval text_done(struct text *t)
{
    return fv_string(t->e, (str){ t->p, t->n });
}

static fval join(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct text t = { .e = e };
    str delimiter = args[1] && !is_null(args[1]) ? args[1]->s : STR("");
    bool first = true;
    for (uint32_t i = 0; i < args[0]->n; i++) {
        fval item = args[0]->items[i];
        if (is_null(item))
            continue;
        if (item->kind != K_STRING)
            return null_because(e, "列表中有不是字符串的项。");
        if (!first)
            put(&t, delimiter);
        put(&t, item->s);
        first = false;
    }
    return text_done(&t);
}

/* ---- regular expressions ---- */

static str flags_of(fval v)
{
    return v && !is_null(v) ? v->s : STR("");
}

/* Compiling and matching cost what hundreds of nodes do. */
enum { PATTERN_STEPS = 300 };

static struct regex *pattern(struct ev *e, fval v, fval flags)
{
    if (!spend(e, PATTERN_STEPS))
        return NULL;
    return regex_new(e, v->s, flags_of(flags));
}

static fval matches(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    size_t start, end;
    struct regex *r = pattern(e, args[1], args[2]);
    if (r == NULL)
        return null_because(e, "正则表达式有误。");
    return fv_bool(regex_match(r, args[0]->s, 0, &start, &end));
}

/* A wrong replacement is an error whether or not anything matches. */
static bool replacement_valid(str with)
{
    for (size_t i = 0; i < with.n; i++) {
        char c = with.p[i], next = i + 1 < with.n ? with.p[i + 1] : 0;
        if (c == '$' && (next < '0' || next > '9'))
            return false;
        if (c == '\\' && next != '$' && next != '\\')
            return false;
        i += c == '\\';
    }
    return true;
}

/* "$1" in a replacement: the longest group number there is; \$ and \\. */
static void replacement_put(struct text *t, struct regex *r, str subject,
                            str with, bool literal)
{
    for (size_t i = 0; i < with.n; i++) {
        char c = with.p[i], next = i + 1 < with.n ? with.p[i + 1] : 0;
        if (literal || (c != '$' && c != '\\')) {
            put(t, str_slice(with, i, i + 1));
        } else if (c == '\\') {
            put(t, str_slice(with, i + 1, i + 2));
            i++;
        } else {
            uint32_t group = (uint32_t)(next - '0');
            i++;
            while (i + 1 < with.n && with.p[i + 1] >= '0' &&
                   with.p[i + 1] <= '9' &&
                   group * 10 + (uint32_t)(with.p[i + 1] - '0') <=
                       regex_groups(r))
                group = group * 10 + (uint32_t)(with.p[++i] - '0');
            put(t, regex_group(r, subject, group));
        }
    }
}

static fval replace(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    str s = args[0]->s;
    size_t at = 0, start, end;
    struct regex *r = pattern(e, args[1], args[3]);
    if (r == NULL || regex_match(r, STR(""), 0, &start, &end))
        return null_because(e, "正则表达式有误，或可以匹配空文本。");
    bool literal = str_find_byte(flags_of(args[3]), 'q') >= 0;
    if (!literal && !replacement_valid(args[2]->s))
        return null_because(e, "替换文本中的 $ 或 \\ 有误。");
    struct text t = { .e = e };
    while (regex_match(r, s, at, &start, &end)) {
        put(&t, str_slice(s, at, start));
        replacement_put(&t, r, s, args[2]->s, literal);
        at = end;
        if (start == end || !spend(e, 1))
            break;
    }
    put(&t, str_slice(s, at, s.n));
    return text_done(&t);
}

static fval split(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    str s = args[0]->s;
    size_t at = 0, start, end;
    struct regex *r = pattern(e, args[1], NULL);
    if (r == NULL || regex_match(r, STR(""), 0, &start, &end))
        return null_because(e, "分隔符有误，或可以匹配空文本。");
    struct items l = { 0 };
    while (regex_match(r, s, at, &start, &end) && end > start) {
        items_add(e, &l, fv_string(e, str_slice(s, at, start)));
        at = end;
    }
    items_add(e, &l, fv_string(e, str_slice(s, at, s.n)));
    return items_done(e, &l);
}

#define TEXT_AND(name) { { "string", 's' }, { name, 's' } }

const struct builtin builtins_string[] = {
    { "substring", substring, 2, 3, FIXED,
      { { "string", 's' }, { "start position", 'n' }, { "length", 'n' } } },
    { "string length", length, 1, 1, FIXED, { { "string", 's' } } },
    { "upper case", upper, 1, 1, FIXED, { { "string", 's' } } },
    { "lower case", lower, 1, 1, FIXED, { { "string", 's' } } },
    { "substring before", before, 2, 2, FIXED, TEXT_AND("match") },
    { "substring after", after, 2, 2, FIXED, TEXT_AND("match") },
    { "contains", contains, 2, 2, FIXED, TEXT_AND("match") },
    { "starts with", starts, 2, 2, FIXED, TEXT_AND("match") },
    { "ends with", ends, 2, 2, FIXED, TEXT_AND("match") },
    { "split", split, 2, 2, FIXED, TEXT_AND("delimiter") },
    { "string join", join, 1, 2, FIXED,
      { { "list", 'l' }, { "delimiter", 'S' } } },
    { "matches", matches, 2, 3, FIXED,
      { { "input", 's' }, { "pattern", 's' }, { "flags", 'S' } } },
    { "replace", replace, 3, 4, FIXED,
      { { "input", 's' }, { "pattern", 's' }, { "replacement", 's' },
        { "flags", 'S' } } },
    { 0 },
};
