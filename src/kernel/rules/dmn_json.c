/*
 * JSON for the command line, read straight into values: a number keeps all the
 * digits it was written with, which a reader that goes through doubles or
 * 64-bit integers cannot do.
 */
#include "kernel/rules/model.h"

#include <string.h>

enum { DEPTH = 64 };

struct json {
    struct ev *e;
    str s;
    size_t at;
    bool bad;
};

static fval read_value(struct json *j, int depth);

static char look(struct json *j)
{
    while (j->at < j->s.n && strchr(" \t\r\n", j->s.p[j->at]) &&
           j->s.p[j->at])
        j->at++;
    return j->at < j->s.n ? j->s.p[j->at] : 0;
}

static fval bad(struct json *j)
{
    j->bad = true;
    return &fv_null;
}

static bool took(struct json *j, char c)
{
    if (look(j) != c)
        return false;
    j->at++;
    return true;
}

static int32_t four(struct json *j)
{
    int32_t c = 0;
    for (int i = 0; i < 4; i++) {
        char h = j->at < j->s.n ? j->s.p[j->at++] : 0;
        int v = h >= '0' && h <= '9'   ? h - '0'
                : h >= 'a' && h <= 'f' ? h - 'a' + 10
                : h >= 'A' && h <= 'F' ? h - 'A' + 10
                                       : -1;
        if (v < 0)
            return -1;
        c = c << 4 | v;
    }
    return c;
}

static size_t escape(struct json *j, char *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = j->at < j->s.n ? j->s.p[j->at++] : 0;
    const char *known = c ? strchr(from, c) : NULL;
    if (known) {
        *out = to[known - from];
        return 1;
    }
    int32_t code = c == 'u' ? four(j) : -1;
    if (code >= 0xD800 && code < 0xDC00 && j->at + 1 < j->s.n &&
        j->s.p[j->at] == '\\' && j->s.p[j->at + 1] == 'u') {
        j->at += 2;
        int32_t low = four(j);
        code = low >= 0xDC00 && low < 0xE000
                   ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                   : -1;
    }
    if (code < 0 || (code >= 0xD800 && code < 0xE000)) {
        j->bad = true;
        return 0;
    }
    return utf8_put(out, code);
}

static str text(struct json *j)
{
    char *out = arena_alloc(j->e->arena, j->s.n - j->at + 4);
    size_t n = 0;
    j->at++;
    while (j->at < j->s.n && j->s.p[j->at] != '"' && !j->bad) {
        char c = j->s.p[j->at++];
        if (c == '\\')
            n += escape(j, out + n);
        else if ((unsigned char)c < 0x20)
            j->bad = true;
        else
            out[n++] = c;
    }
    if (j->at++ >= j->s.n)
        j->bad = true;
    return (str){ out, n };
}

static fval number(struct json *j)
{
    struct decimal d;
    size_t from = j->at;
    while (j->at < j->s.n && strchr("+-.eE0123456789", j->s.p[j->at]) &&
           j->s.p[j->at])
        j->at++;
    str s = str_slice(j->s, from, j->at);
    size_t first = s.n && s.p[0] == '-';
    bool leading = s.n > first + 1 && s.p[first] == '0' &&
                   s.p[first + 1] >= '0' && s.p[first + 1] <= '9';
    if (s.n == first || s.p[first] < '0' || s.p[first] > '9' || leading ||
        !decimal_parse(s, &d))
        return bad(j);
    return fv_number(j->e, d);
}

static fval word(struct json *j, const char *w, fval v)
{
    if (!str_starts(str_slice(j->s, j->at, j->s.n), str_of(w)))
        return bad(j);
    j->at += strlen(w);
    return v;
}

static fval list(struct json *j, int depth)
{
    struct items l = { 0 };
    j->at++;
    if (took(j, ']'))
        return items_done(j->e, &l);
    do
        items_add(j->e, &l, read_value(j, depth));
    while (!j->bad && took(j, ','));
    return took(j, ']') ? items_done(j->e, &l) : bad(j);
}

static fval object(struct json *j, int depth)
{
    struct items values = { 0 };
    struct names keys = { 0 };
    j->at++;
    if (!took(j, '}')) {
        do {
            if (look(j) != '"')
                return bad(j);
            str key = text(j);
            if (j->bad || names_have(&keys, key) || !took(j, ':'))
                return bad(j);
            names_add(j->e->arena, &keys, key);
            items_add(j->e, &values, read_value(j, depth));
        } while (!j->bad && took(j, ','));
        if (!took(j, '}'))
            return bad(j);
    }
    struct entry *entries = ARENA_NEW_N(j->e->arena, struct entry, keys.n);
    for (uint32_t i = 0; i < keys.n; i++)
        entries[i] = (struct entry){ keys.p[i], values.p[i] };
    return fv_context(j->e, entries, keys.n);
}

static fval read_value(struct json *j, int depth)
{
    if (j->bad || depth-- == 0)
        return bad(j);
    switch (look(j)) {
    case '{':
        return object(j, depth);
    case '[':
        return list(j, depth);
    case '"':
        return fv_string(j->e, text(j));
    case 't':
        return word(j, "true", &fv_true);
    case 'f':
        return word(j, "false", &fv_false);
    case 'n':
        return word(j, "null", &fv_null);
    default:
        return number(j);
    }
}

fval json_read(struct ev *e, str s, size_t *at)
{
    struct json j = { .e = e, .s = s };
    *at = 0;
    if (!utf8_valid(s))
        return NULL;
    fval v = read_value(&j, DEPTH);
    bool whole = !j.bad && look(&j) == 0 && j.at == s.n;
    *at = j.at < s.n ? j.at : s.n;
    return whole ? v : NULL;
}
