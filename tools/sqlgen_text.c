/*
 * As much of SQL's words as rewriting needs: where texts, names and comments
 * begin and end, so that a colon inside one is not taken for a parameter.
 */
#include "sqlgen.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool name_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Past space and comments. */
static size_t skip_blank(str s, size_t at)
{
    for (;;) {
        while (at < s.n && isspace((unsigned char)s.p[at]))
            at++;
        if (at + 1 < s.n && s.p[at] == '-' && s.p[at + 1] == '-') {
            while (at < s.n && s.p[at] != '\n')
                at++;
        } else if (at + 1 < s.n && s.p[at] == '/' && s.p[at + 1] == '*') {
            ptrdiff_t end = str_find(str_slice(s, at, s.n), STR("*/"));
            at = end < 0 ? s.n : at + (size_t)end + 2;
        } else {
            return at;
        }
    }
}

/* Past the closing quote; a doubled quote is part of the text. */
static size_t skip_quoted(str s, size_t at)
{
    char quote = s.p[at++];
    while (at < s.n) {
        if (s.p[at++] != quote)
            continue;
        if (at < s.n && s.p[at] == quote)
            at++;
        else
            break;
    }
    return at;
}

bool next_word(str s, size_t *at, struct word *out)
{
    size_t from = skip_blank(s, *at), to = from + 1;
    if (from >= s.n)
        return false;
    char c = s.p[from];
    out->kind = WORD_OTHER;
    if (c == '\'' || c == '"') {
        out->kind = WORD_QUOTED;
        to = skip_quoted(s, from);
    } else if (c == ':' && to < s.n && s.p[to] == ':') {
        to++; /* a cast */
    } else if (c == ':' && to < s.n && name_byte(s.p[to])) {
        out->kind = WORD_PARAM;
        while (to < s.n && name_byte(s.p[to]))
            to++;
    } else if (name_byte(c)) {
        out->kind = isdigit((unsigned char)c) ? WORD_NUMBER : WORD_NAME;
        while (to < s.n && name_byte(s.p[to]))
            to++;
    }
    out->text = str_slice(s, from, to);
    out->at = from;
    *at = to;
    return true;
}

bool word_is(const struct word *w, const char *upper)
{
    return w->kind == WORD_NAME && w->text.n == strlen(upper) &&
           strncasecmp(w->text.p, upper, w->text.n) == 0;
}

static int position_of(struct query *q, str name)
{
    for (int i = 0; i < q->ins; i++)
        if (str_eq(q->in[i].name, name)) {
            q->in[i].used = true;
            return i + 1;
        }
    return 0;
}

/* FROM each(:ids): the members of a JSON list as rows with a column `value`,
 * which the two databases spell differently.  *at is behind the word each. */
static void put_each(struct buf *b, char mark, str param)
{
    if (mark == '?')
        buf_printf(b, "json_each(%.*s)", STR_ARG(param));
    else
        buf_printf(b, "json_array_elements_text(CAST(%.*s AS json))"
                      " AS each(value)", STR_ARG(param));
}

/* The parameter of each(:name) when that is what stands at w; else none. */
static str each_of(str sql, const struct word *w, size_t *at)
{
    struct word open, param, close;
    size_t ahead = *at;
    if (!word_is(w, "EACH") || !next_word(sql, &ahead, &open) ||
        !str_is(open.text, "(") || !next_word(sql, &ahead, &param) ||
        param.kind != WORD_PARAM || !next_word(sql, &ahead, &close) ||
        !str_is(close.text, ")"))
        return str_none;
    *at = ahead;
    return param.text;
}

bool number_parameters(struct query *q, str sql, char mark, str *out)
{
    struct buf b = { 0 };
    struct word w;
    bool good = true;
    size_t end = 0; /* of the previous word */
    for (size_t at = 0; next_word(sql, &at, &w); end = at) {
        str each = each_of(sql, &w, &at);
        if (w.at > end)
            buf_byte(&b, ' ');
        if (w.kind != WORD_PARAM && str_is_none(each)) {
            buf_put(&b, w.text);
            continue;
        }
        if (!str_is_none(each))
            w.text = each;
        str name = str_slice(w.text, 1, w.text.n);
        int position = position_of(q, name);
        if (position == 0) {
            refuse(q->file, q->line, "%.*s: parameter :%.*s is not declared "
                   "by '-- in'", STR_ARG(q->name), STR_ARG(name));
            good = false;
        }
        char text[16];
        snprintf(text, sizeof text, "%c%d", mark, position);
        if (str_is_none(each))
            buf_put(&b, str_of(text));
        else
            put_each(&b, mark, str_of(text));
    }
    *out = arena_str(&memory, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return good;
}

bool selects_star(str sql)
{
    struct word w, before = { .kind = WORD_OTHER, .text = STR("") };
    for (size_t at = 0; next_word(sql, &at, &w); before = w)
        if (str_is(w.text, "*") &&
            (word_is(&before, "SELECT") || word_is(&before, "DISTINCT") ||
             word_is(&before, "ALL") || str_is(before.text, ".") ||
             str_is(before.text, ",")))
            return true;
    return false;
}

bool has_limit(str sql)
{
    struct word w;
    int depth = 0;
    for (size_t at = 0; next_word(sql, &at, &w);) {
        if (str_is(w.text, "("))
            depth++;
        else if (str_is(w.text, ")"))
            depth--;
        else if (depth == 0 && word_is(&w, "LIMIT"))
            return true;
    }
    return false;
}

bool has_word(str sql, const char *upper)
{
    struct word w;
    for (size_t at = 0; next_word(sql, &at, &w);)
        if (word_is(&w, upper))
            return true;
    return false;
}

static bool one_of(const struct word *w, const char *const *words)
{
    for (; *words; words++)
        if (word_is(w, *words))
            return true;
    return false;
}

str unportable_word(str sql)
{
    static const char *const calls[] = {
        "IFNULL", "STRFTIME", "JULIANDAY", "JSON_EXTRACT", "JSON_EACH", "IIF",
        "INSTR", "PRINTF", "GROUP_CONCAT", "STRING_AGG", "NOW", "DATETIME",
        "UNIXEPOCH", "TOTAL", "LAST_INSERT_ROWID", "CHANGES", "RANDOM", NULL
    };
    static const char *const words[] = {
        "GLOB", "MATCH", "ROWID", "ILIKE", "CURRENT_TIMESTAMP", NULL
    };
    struct word w, after, before = { .kind = WORD_OTHER, .text = STR("") };
    for (size_t at = 0; next_word(sql, &at, &w); before = w) {
        size_t ahead = at;
        bool call = next_word(sql, &ahead, &after) && str_is(after.text, "(");
        if (word_is(&before, "INSERT") && word_is(&w, "OR"))
            return STR("INSERT OR");
        if ((call && one_of(&w, calls)) || one_of(&w, words))
            return w.text;
    }
    return str_none;
}

/* Which column type this word of a CREATE TABLE becomes; none: as it is. */
static str type_for_pg(const struct word *w)
{
    if (word_is(w, "INTEGER"))
        return STR("BIGINT");
    if (word_is(w, "BLOB"))
        return STR("BYTEA");
    if (word_is(w, "REAL"))
        return STR("DOUBLE PRECISION");
    /* Byte order, so that ORDER BY and LIKE 'x%' are what SQLite does. */
    if (word_is(w, "TEXT"))
        return STR("TEXT COLLATE \"C\"");
    return str_none;
}

str ddl_for_pg(str ddl)
{
    struct buf b = { 0 };
    struct word w, before = { .kind = WORD_OTHER, .text = STR("") };
    size_t copied = 0;
    bool table = false; /* inside CREATE TABLE or ALTER TABLE */
    for (size_t at = 0; next_word(ddl, &at, &w); before = w) {
        if (word_is(&before, "CREATE") || word_is(&before, "ALTER"))
            table = word_is(&w, "TABLE");
        str to = str_none;
        if (table && (word_is(&w, "WITHOUT") || word_is(&before, "WITHOUT")))
            to = STR(""); /* WITHOUT ROWID */
        else if (table && w.kind == WORD_NAME && before.kind == WORD_NAME &&
                 !word_is(&before, "AS"))
            to = type_for_pg(&w);
        if (str_is_none(to))
            continue;
        buf_put(&b, str_slice(ddl, copied, w.at));
        buf_put(&b, to);
        copied = at;
    }
    buf_put(&b, str_slice(ddl, copied, ddl.n));
    str out = arena_str(&memory, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return out;
}
