/*
 * Cutting a template into tokens.
 *
 * The delicate part of Mustache is white space: a tag that is the only thing
 * on its line takes the whole line with it, so that templates can be laid out
 * like the documents they make.  For inheritance the specification stretches
 * "the only thing" to a pair: {{<parent}} … {{/parent}} is alone when nothing
 * stands before its first and behind its last tag.
 */
#include "kernel/page/parse.h"

#include <string.h>

struct parser {
    struct arena *a;
    str source;
    size_t at;          /* first byte not yet taken */
    uint32_t line;      /* of `at` */
    str open, close;    /* delimiters */
    uint32_t stack[PARSE_DEPTH]; /* tokens waiting for their close */
    int depth;
    struct tokens *out;
    str *problem;
};

struct tag {
    char sigil;         /* # ^ / > < $ & { = ! or 0 for a plain name */
    size_t from, to;    /* of the whole tag in the source */
    str name;
    uint32_t line;
};

static enum err complain(struct parser *p, uint32_t line, const char *what,
                         str name)
{
    *p->problem = arena_printf(p->a, "%.*s:%u: %s%s%.*s",
                               STR_ARG(p->out->name), line, what,
                               name.n ? ": " : "", STR_ARG(name));
    return ERR_INPUT;
}

static struct token *add(struct parser *p, enum token_kind kind)
{
    struct tokens *t = p->out;
    if (t->n == t->cap) {
        uint32_t cap = t->cap ? t->cap * 2 : 64;
        struct token *at = ARENA_NEW_N(p->a, struct token, cap);
        if (t->n)
            memcpy(at, t->at, t->n * sizeof *at);
        t->at = at;
        t->cap = cap;
    }
    struct token *k = &t->at[t->n++];
    *k = (struct token){ .kind = (uint8_t)kind, .line = p->line,
                         .close = t->n - 1 };
    return k;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool line_begins(const struct parser *p, size_t at)
{
    return at == 0 || p->source.p[at - 1] == '\n';
}

/* Where the white space before `at` begins, if it reaches the line's start;
 * else SIZE_MAX. */
static size_t blank_before(const struct parser *p, size_t at, size_t floor)
{
    while (at > floor && blank(p->source.p[at - 1]))
        at--;
    return line_begins(p, at) ? at : SIZE_MAX;
}

/* The start of the next line, if only white space is between; else SIZE_MAX. */
static size_t blank_after(const struct parser *p, size_t at)
{
    str s = p->source;
    while (at < s.n && blank(s.p[at]))
        at++;
    if (at < s.n && s.p[at] == '\r')
        at++;
    if (at == s.n)
        return at;
    return s.p[at] == '\n' ? at + 1 : SIZE_MAX;
}

/* Literal text up to `to`, one token a line. */
static void take_text(struct parser *p, size_t to)
{
    while (p->at < to) {
        const char *from = p->source.p + p->at;
        const char *nl = memchr(from, '\n', to - p->at);
        size_t n = nl ? (size_t)(nl - from) + 1 : to - p->at;
        struct token *k = add(p, TOKEN_TEXT);
        k->starts_line = line_begins(p, p->at);
        k->text = (str){ from, n };
        p->at += n;
        p->line += nl != NULL;
    }
}

/* Passes over source that leaves no token: tags, and lines they take away. */
static void skip_to(struct parser *p, size_t to)
{
    for (; p->at < to; p->at++)
        p->line += p->source.p[p->at] == '\n';
}

static ptrdiff_t find_from(str s, size_t from, str needle)
{
    ptrdiff_t at = str_find(str_slice(s, from, s.n), needle);
    return at < 0 ? -1 : at + (ptrdiff_t)from;
}

/* {{=<% %>=}} */
static enum err set_delimiters(struct parser *p, const struct tag *t)
{
    str rest = str_trim(t->name);
    size_t n = 0;
    while (n < rest.n && !blank(rest.p[n]))
        n++;
    str open = str_slice(rest, 0, n);
    str close = str_trim(str_slice(rest, n, rest.n));
    for (size_t i = 0; i < close.n; i++)
        if (blank(close.p[i]) || close.p[i] == '=')
            close.n = 0;
    if (open.n == 0 || close.n == 0 || str_find_byte(open, '=') >= 0)
        return complain(p, t->line, "a pair of delimiters is wanted", rest);
    p->open = open;
    p->close = close;
    return OK;
}

/* Reads the tag whose opening delimiter is at `from`. */
static enum err read_tag(struct parser *p, size_t from, struct tag *t)
{
    size_t at = from + p->open.n;
    str s = p->source, end = p->close;
    *t = (struct tag){ .from = from, .line = p->line };
    for (size_t i = p->at; i < from; i++)
        t->line += s.p[i] == '\n';
    while (at < s.n && (blank(s.p[at]) || s.p[at] == '\n' || s.p[at] == '\r'))
        at++;
    if (at < s.n && s.p[at] != 0 && strchr("#^/><$&{=!", s.p[at]))
        t->sigil = s.p[at++];
    if (t->sigil == '{')
        end = arena_join(p->a, STR("}"), p->close);
    if (t->sigil == '=')
        end = arena_join(p->a, STR("="), p->close);
    ptrdiff_t to = find_from(s, at, end);
    if (to < 0)
        return complain(p, t->line, "a tag is not closed", str_none);
    t->name = str_slice(s, at, (size_t)to);
    t->to = (size_t)to + end.n;
    return OK;
}

static bool name_is_sound(str name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] <= ' ')
            return false;
    return name.n > 0;
}

static bool inside_parent(const struct parser *p)
{
    return p->depth > 0 &&
           p->out->at[p->stack[p->depth - 1]].kind == TOKEN_PARENT;
}

/* Text, then the tag; when the tag is alone its line goes with it. */
static bool step_over(struct parser *p, const struct tag *t, bool may_be_alone,
                      str *indent)
{
    size_t before = blank_before(p, t->from, p->at);
    size_t after = blank_after(p, t->to);
    if (before != SIZE_MAX)
        *indent = str_slice(p->source, before, t->from);
    bool alone = may_be_alone && before != SIZE_MAX && after != SIZE_MAX;
    take_text(p, alone ? before : t->from);
    skip_to(p, alone ? after : t->to);
    return alone;
}

/* A block that replaces one of the parent's: what surrounds it is dropped
 * anyway, so its first line is empty whenever nothing follows the tag. */
static bool open_replacement(struct parser *p, const struct tag *t)
{
    size_t after = blank_after(p, t->to);
    skip_to(p, after != SIZE_MAX ? after : t->to);
    return after != SIZE_MAX;
}

static enum err open_tag(struct parser *p, const struct tag *t,
                         enum token_kind kind)
{
    str indent = str_none;
    bool alone, starts = line_begins(p, t->from);
    if (p->depth == PARSE_DEPTH)
        return complain(p, t->line, "nested too deep", t->name);
    if (kind == TOKEN_BLOCK && inside_parent(p))
        alone = open_replacement(p, t);
    else
        alone = step_over(p, t, kind != TOKEN_PARENT, &indent);
    struct token *k = add(p, kind);
    *k = (struct token){ .kind = (uint8_t)kind, .line = t->line,
                         .text = t->name, .alone = alone, .indent = indent,
                         .starts_line = starts && !alone };
    p->stack[p->depth++] = p->out->n - 1;
    return OK;
}

/* The white space that stood before a parent's tag, if it is a token. */
static void drop_text_before(struct parser *p, uint32_t opener)
{
    struct token *k = &p->out->at[opener];
    if (k->indent.n && opener > 0)
        p->out->at[opener - 1].text.n = 0;
}

static void close_parent(struct parser *p, const struct tag *t,
                         uint32_t opener)
{
    size_t after = blank_after(p, t->to);
    bool alone = !str_is_none(p->out->at[opener].indent) && after != SIZE_MAX;
    p->at = t->from; /* text inside a parent is not shown */
    p->line = t->line;
    skip_to(p, alone ? after : t->to);
    if (!alone)
        return;
    drop_text_before(p, opener);
    p->out->at[opener].alone = true;
}

/* White space before the closing tag of a replacement is not its content. */
static void close_replacement(struct parser *p, const struct tag *t)
{
    size_t before = blank_before(p, t->from, p->at);
    take_text(p, before != SIZE_MAX ? before : t->from);
    skip_to(p, t->to);
}

static enum err close_tag(struct parser *p, const struct tag *t)
{
    str indent;
    if (p->depth == 0)
        return complain(p, t->line, "nothing to close", t->name);
    uint32_t opener = p->stack[--p->depth];
    struct token *o = &p->out->at[opener];
    if (!str_eq(o->text, t->name))
        return complain(p, t->line, "closes what is not open", t->name);
    bool alone = false, starts = line_begins(p, t->from);
    if (o->kind == TOKEN_PARENT)
        close_parent(p, t, opener);
    else if (o->kind == TOKEN_BLOCK && inside_parent(p))
        close_replacement(p, t);
    else
        alone = step_over(p, t, true, &indent);
    struct token *k = add(p, TOKEN_CLOSE);
    k->line = t->line;
    k->text = t->name;
    k->alone = alone;
    k->starts_line = starts && !alone;
    p->out->at[opener].close = p->out->n - 1;
    return OK;
}

/* A tag that neither opens nor closes. */
static void single_tag(struct parser *p, const struct tag *t,
                       enum token_kind kind)
{
    str indent = str_none;
    bool starts = line_begins(p, t->from);
    bool alone = step_over(p, t, kind == TOKEN_PARTIAL, &indent);
    struct token *k = add(p, kind);
    k->line = t->line;
    k->text = t->name;
    k->alone = alone;
    k->indent = alone ? indent : str_none;
    k->starts_line = starts && !alone;
}

static enum err take_tag(struct parser *p, struct tag *t)
{
    str ignored;
    if (t->sigil == '!') {
        step_over(p, t, true, &ignored);
        return OK;
    }
    if (t->sigil == '=') {
        step_over(p, t, true, &ignored);
        return set_delimiters(p, t);
    }
    t->name = str_trim(t->name);
    if (!name_is_sound(t->name))
        return complain(p, t->line, "not a name", t->name);
    switch (t->sigil) {
    case '#': return open_tag(p, t, TOKEN_SECTION);
    case '^': return open_tag(p, t, TOKEN_INVERTED);
    case '$': return open_tag(p, t, TOKEN_BLOCK);
    case '<': return open_tag(p, t, TOKEN_PARENT);
    case '/': return close_tag(p, t);
    case '>': single_tag(p, t, TOKEN_PARTIAL); return OK;
    case '&':
    case '{': single_tag(p, t, TOKEN_RAW); return OK;
    default:  single_tag(p, t, TOKEN_NAME); return OK;
    }
}

enum err template_parse(struct arena *a, str name, str source,
                        struct tokens *out, str *problem)
{
    struct tag t;
    struct parser p = { .a = a, .source = source, .line = 1, .out = out,
                        .open = STR("{{"), .close = STR("}}"),
                        .problem = problem };
    *out = (struct tokens){ .name = name };
    if (source.n > PARSE_SOURCE)
        return complain(&p, 1, "the template is too large", str_none);
    while (p.at < source.n) {
        ptrdiff_t from = find_from(source, p.at, p.open);
        if (from < 0)
            break;
        enum err e = read_tag(&p, (size_t)from, &t);
        if (e == OK)
            e = take_tag(&p, &t);
        if (e != OK)
            return e;
    }
    take_text(&p, source.n);
    if (p.depth > 0) {
        const struct token *k = &out->at[p.stack[p.depth - 1]];
        return complain(&p, k->line, "is never closed", k->text);
    }
    return OK;
}
