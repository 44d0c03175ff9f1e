/* Names: where one ends, and which one it is. */
#include "kernel/rules/parse.h"

#include <string.h>

void names_add(struct arena *a, struct names *l, str name)
{
    if (l->n == l->cap) {
        uint32_t cap = l->cap ? l->cap * 2 : 8;
        str *p = ARENA_NEW_N(a, str, cap);
        if (l->n)
            memcpy(p, l->p, l->n * sizeof *p);
        l->p = p;
        l->cap = cap;
    }
    l->p[l->n++] = name;
}

void names_add_once(struct arena *a, struct names *l, str name)
{
    if (!names_have(l, name))
        names_add(a, l, name);
}

bool names_have(const struct names *l, str name)
{
    for (uint32_t i = 0; i < l->n; i++)
        if (str_eq(l->p[i], name))
            return true;
    return false;
}

/* A name begins like a word and holds nothing that could not be in one. */
bool feel_is_name(str s)
{
    size_t at = 0;
    int32_t c = utf8_next(s, &at);
    if (c < 0 || !name_start_char(c))
        return false;
    while ((c = utf8_next(s, &at)) >= 0)
        if (!name_part_char(c) && c != ' ' && c != 0x2019 &&
            (c > 127 || strchr("./-'+*", c) == NULL))
            return false;
    return true;
}

/* Runs of space become one; none at the ends. */
str spaced_name(struct arena *a, str raw)
{
    char *out = arena_alloc(a, raw.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < raw.n;) {
        size_t next = skip_space(raw, at);
        if (next > at) {
            if (n && next < raw.n)
                out[n++] = ' ';
            at = next;
            continue;
        }
        out[n++] = raw.p[at++];
    }
    return (str){ out, n };
}

static bool sign_in_name(str name, size_t i)
{
    return i < name.n && strchr("./-'+*", name.p[i]) != NULL;
}

/* A name is a sequence of tokens: space between words is one or more, beside
 * a sign none or more, so "a - b" spells the name "a-b". */
size_t spelled_at(str s, size_t at, str name)
{
    for (size_t i = 0; i < name.n;) {
        if (name.p[i] == ' ') {
            size_t next = skip_space(s, at);
            bool loose = sign_in_name(name, i + 1) ||
                         (i && sign_in_name(name, i - 1));
            if (next == at && !loose)
                return 0;
            at = next;
            i++;
            continue;
        }
        if (sign_in_name(name, i) || (i && sign_in_name(name, i - 1)))
            at = skip_space(s, at);
        if (at >= s.n || s.p[at++] != name.p[i++])
            return 0;
    }
    if (name.n == 0)
        return 0;
    /* "ab" is not spelled by "abc" */
    size_t last = name.n - 1, next = at;
    while (last && (name.p[last] & 0xC0) == 0x80)
        last--;
    size_t from = last;
    int32_t end = utf8_next(name, &from), c = utf8_next(s, &next);
    return c >= 0 && c != '?' && name_part_char(end) && name_part_char(c) ? 0
                                                                          : at;
}

struct best {
    size_t end;
    str name;
};

static void consider(struct parser *p, struct best *b, str name)
{
    if (name.n == 0 || name.p[0] != p->s.p[p->tok.from])
        return;
    size_t end = spelled_at(p->s, p->tok.from, name);
    if (end > b->end)
        *b = (struct best){ end, name };
}

static void consider_all(struct parser *p, struct best *b,
                         const struct names *l)
{
    for (uint32_t i = 0; l && i < l->n; i++)
        consider(p, b, l->p[i]);
}

/* Words that cannot be anything but one name: nothing in FEEL lets two words
 * follow each other unless one is a keyword. */
size_t run_of_words(struct parser *p)
{
    size_t end = p->tok.to;
    struct mark m = marked(p);
    for (;;) {
        next_token(p);
        bool word = p->tok.kind == TOK_WORD && !keyword(p->tok.text) &&
                    !str_is(p->tok.text, "?");
        bool number = p->tok.kind == TOK_NUMBER;
        if (p->failed || !(word || number))
            break;
        end = p->tok.to;
    }
    back_to(p, m);
    return end;
}

static str taken(struct parser *p, size_t end)
{
    str raw = str_slice(p->s, p->tok.from, end);
    token_at(p, end);
    return spaced_name(p->a, raw);
}

static struct best in_scope(struct parser *p)
{
    struct best b = { 0, str_none };
    for (const struct scope *s = p->scope; s; s = s->up) {
        consider_all(p, &b, &s->names);
        if (s->members)
            consider_all(p, &b, p->in->members);
    }
    return b;
}

bool name_goes_on(struct parser *p)
{
    return in_scope(p).end > p->tok.to;
}

bool name_stands(struct parser *p)
{
    return in_scope(p).end == p->tok.to;
}

str variable_name(struct parser *p, bool *known)
{
    struct best b = in_scope(p);
    for (uint32_t t = 0; t < BUILTIN_TABLES; t++)
        for (uint32_t i = 0; !str_is_none(builtin_name(t, i)); i++)
            consider(p, &b, builtin_name(t, i));
    size_t run = run_of_words(p);
    *known = b.end >= run;
    if (*known) {
        token_at(p, b.end);
        return b.name;
    }
    return taken(p, run);
}

str member_name(struct parser *p)
{
    static const char *const properties[] = {
        "time offset", "start included", "end included", NULL,
    };
    struct best b = { 0, str_none };
    consider_all(p, &b, p->in->members);
    for (int i = 0; properties[i]; i++)
        consider(p, &b, str_of(properties[i]));
    size_t run = run_of_words(p);
    if (b.end < run)
        return taken(p, run);
    token_at(p, b.end);
    return b.name;
}

static bool name_sign(const struct parser *p)
{
    return p->tok.kind == '.' || p->tok.kind == '/' || p->tok.kind == '-' ||
           p->tok.kind == '+' || p->tok.kind == '*' || p->tok.kind == '\'' ||
           p->tok.kind == TOK_POWER;
}

/* Moves over what a new name may consist of; where it ended. */
static size_t over_name(struct parser *p, const char *until_word)
{
    size_t end = p->tok.from;
    while (!p->failed &&
           (p->tok.kind == TOK_WORD || p->tok.kind == TOK_NUMBER ||
            name_sign(p))) {
        if (until_word && word_is(p, until_word))
            break;
        end = p->tok.to;
        next_token(p);
    }
    return end;
}

bool key_taken(struct parser *p, str *key)
{
    struct mark m = marked(p);
    size_t from = p->tok.from;
    if (p->tok.kind == TOK_STRING) {
        str text = p->tok.text;
        next_token(p);
        if (sign_is(p, ':')) {
            next_token(p);
            *key = text;
            return true;
        }
        back_to(p, m);
        return false;
    }
    if (p->tok.kind != TOK_WORD)
        return false;
    size_t end = over_name(p, NULL);
    if (!sign_is(p, ':')) {
        back_to(p, m);
        return false;
    }
    *key = spaced_name(p->a, str_slice(p->s, from, end));
    next_token(p);
    return true;
}

bool new_name(struct parser *p, const char *until_word, str *name)
{
    size_t from = p->tok.from;
    if (p->tok.kind != TOK_WORD) {
        fail(p, "此处应为名称，却是“%.*s”。", STR_ARG(p->tok.text));
        return false;
    }
    size_t end = over_name(p, until_word);
    *name = spaced_name(p->a, str_slice(p->s, from, end));
    return !p->failed && name->n > 0;
}
