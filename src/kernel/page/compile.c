/*
 * From tokens to operations.
 *
 * Inheritance, partials and indentation are all static in Mustache, so none of
 * it is left for rendering: a page with its layout becomes one flat list in
 * which neighbouring literals are already joined.  Only partials stay calls,
 * because they may be recursive.
 *
 * In the site's own templates (PAGE_SITE) the white space at the start of
 * lines is dropped: it is for whoever reads the template, and a citizen on a
 * village line would pay for it.
 */
#include "kernel/page/compile.h"
#include "kernel/page/parse.h"

#include <string.h>

enum { EXPAND_DEPTH = 40 };

/* A block's replacement: a range of tokens of the template that gave it. */
struct body {
    str name;
    const struct tokens *tokens;
    uint32_t from, to;
    size_t dedent;          /* white space its lines begin with */
    struct body *next;
};

/* Replacements in force; the outermost template wins. */
struct bodies {
    const struct bodies *outer;
    struct body *first;
};

/* A template's tokens, cut once. */
struct source {
    struct tokens tokens;
    struct source *next;
};

struct compiler {
    struct arena *a;
    page_partial *find;
    void *context;
    unsigned flags;
    str *problem;
    struct source *sources;
    struct unit *units;
    struct unit *unit;      /* being written */
    struct buf text;        /* literal not yet an operation */
    uint32_t ops;           /* written in all units */
};

/* How a range of tokens is to be written. */
struct manner {
    str indent;             /* put before each line */
    size_t dedent;          /* taken from each line first */
    bool replaces;          /* a block's body: its first token begins a line */
    bool in_line;           /* … which already has its indentation */
    const struct bodies *bodies;
    int depth;
};

/* A mistake at token k of t. */
static enum err complain(struct compiler *c, const struct tokens *t,
                         const struct token *k, const char *what, str name)
{
    *c->problem = arena_printf(c->a, "%.*s:%u: %s: %.*s", STR_ARG(t->name),
                               k ? k->line : 1, what, STR_ARG(name));
    return ERR_INPUT;
}

static struct op *emit(struct compiler *c, enum op_kind kind)
{
    struct unit *u = c->unit;
    if (u->n == u->cap) {
        uint32_t cap = u->cap ? u->cap * 2 : 64;
        struct op *ops = ARENA_NEW_N(c->a, struct op, cap);
        if (u->n)
            memcpy(ops, u->ops, u->n * sizeof *ops);
        u->ops = ops;
        u->cap = cap;
    }
    c->ops++;
    struct op *op = &u->ops[u->n++];
    op->kind = (uint8_t)kind;
    return op;
}

/* The literal gathered so far becomes an operation. */
static void flush(struct compiler *c)
{
    if (c->text.n == 0)
        return;
    emit(c, OP_TEXT)->text = arena_str(c->a, buf_str(&c->text));
    buf_clear(&c->text);
}

static size_t blanks(str s)
{
    size_t n = 0;
    while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
        n++;
    return n;
}

/* "/assets/zw.css" in a literal gets the digest of what it names, so that
 * browsers may keep it for ever. */
static enum err write_assets(struct compiler *c, const struct tokens *t,
                             const struct token *k, str s)
{
    static const str mark = { "/assets/", 8 };
    ptrdiff_t at;
    while ((at = str_find(s, mark)) >= 0) {
        size_t from = (size_t)at + mark.n, to = from;
        while (to < s.n && s.p[to] != '"' && s.p[to] != '#' && s.p[to] != '?')
            to++;
        str name = str_slice(s, from, to);
        str hash = page_asset_hash(name);
        if (str_is_none(hash))
            return complain(c, t, k, "no such asset in web/", name);
        buf_put(&c->text, str_slice(s, 0, to));
        buf_printf(&c->text, "?v=%.*s", STR_ARG(hash));
        s = str_slice(s, to, s.n);
    }
    buf_put(&c->text, s);
    return OK;
}

/* Would a bare newline here only make an empty line? */
static bool newline_is_idle(const struct buf *b, bool begins)
{
    return b->n == 0 ? begins : b->p[b->n - 1] == '\n';
}

static enum err write_text(struct compiler *c, const struct tokens *t,
                           const struct token *k, const struct manner *m,
                           bool begins, bool indented)
{
    str s = k->text;
    bool site = c->flags & PAGE_SITE;
    if (begins) {
        size_t drop = blanks(s);
        if (!site && drop > m->dedent)
            drop = m->dedent;
        s = str_slice(s, drop, s.n);
    }
    if (site && str_is(s, "\n") && newline_is_idle(&c->text, begins))
        return OK;
    if (begins && indented && s.n && !str_is(s, "\n"))
        buf_put(&c->text, m->indent);
    if (site)
        return write_assets(c, t, k, s);
    buf_put(&c->text, s);
    return OK;
}

static void set_path(struct compiler *c, struct op *op,
                     const struct tokens *t, const struct token *k)
{
    size_t n = 1;
    str name = k->text;
    struct place *place = ARENA_NEW(c->a, struct place);
    *place = (struct place){ t->name, name, k->line };
    op->place = place;
    if (str_is(name, "."))
        return;
    for (size_t i = 0; i < name.n; i++)
        n += name.p[i] == '.';
    if (n > UINT8_MAX)
        n = UINT8_MAX;
    str *path = ARENA_NEW_N(c->a, str, n);
    for (size_t i = 0; i < n; i++)
        path[i] = str_cut(&name, '.');
    op->path = path;
    op->parts = (uint8_t)n;
}

/* ---- finding templates ---- */

static enum err find_source(struct compiler *c, const struct tokens *t,
                            const struct token *k, const struct tokens **out)
{
    str name = k->text;
    for (struct source *s = c->sources; s; s = s->next)
        if (str_eq(s->tokens.name, name)) {
            *out = &s->tokens;
            return OK;
        }
    str text = c->find ? c->find(c->context, name) : str_none;
    if (str_is_none(text) && (c->flags & PAGE_SITE))
        return complain(c, t, k, "no such template", name);
    struct source *s = ARENA_NEW(c->a, struct source);
    s->next = c->sources;
    c->sources = s;
    *out = &s->tokens;
    return template_parse(c->a, name, text, &s->tokens, c->problem);
}

static enum err expand(struct compiler *c, const struct tokens *t,
                       uint32_t from, uint32_t to, const struct manner *m);

/* Writes a template of its own, for calls; one for each indentation. */
static enum err unit_of(struct compiler *c, const struct tokens *t,
                        const struct token *k, str indent,
                        const struct unit **out)
{
    const struct tokens *partial;
    str name = k->text;
    for (struct unit *u = c->units; u; u = u->next)
        if (str_eq(u->name, name) && str_eq(u->indent, indent)) {
            *out = u;
            return OK;
        }
    enum err e = find_source(c, t, k, &partial);
    if (e != OK)
        return e;
    struct unit *u = ARENA_NEW(c->a, struct unit);
    u->name = name;
    u->indent = indent;
    u->next = c->units;
    c->units = u;
    if (indent.n > 256)
        return complain(c, t, k, "indented too far", name);

    struct unit *resume = c->unit;
    struct buf text = c->text;
    c->unit = u;
    c->text = (struct buf){ 0 };
    e = expand(c, partial, 0, partial->n,
               &(struct manner){ .indent = indent });
    flush(c);
    buf_free(&c->text);
    c->unit = resume;
    c->text = text;
    *out = u;
    return e;
}

/* ---- inheritance ---- */

static const struct body *replacement(const struct bodies *b, str name)
{
    if (b == NULL)
        return NULL;
    const struct body *found = replacement(b->outer, name);
    for (struct body *k = b->first; found == NULL && k; k = k->next)
        if (str_eq(k->name, name))
            found = k;
    return found;
}

/* The white space a block's lines have in common, judged by the first. */
static size_t own_indent(const struct tokens *t, uint32_t opener)
{
    const struct token *k = &t->at[opener + 1];
    if (!t->at[opener].alone || opener + 1 >= t->at[opener].close)
        return 0;
    if (k->kind == TOKEN_TEXT && k->starts_line)
        return blanks(k->text);
    return k->indent.n;
}

/* The blocks between a parent's tags. */
static void gather(struct compiler *c, const struct tokens *t, uint32_t parent,
                   struct bodies *out)
{
    struct body **last = &out->first;
    for (uint32_t i = parent + 1; i < t->at[parent].close; i++) {
        const struct token *k = &t->at[i];
        if (k->kind == TOKEN_BLOCK) {
            struct body *b = ARENA_NEW(c->a, struct body);
            *b = (struct body){ k->text, t, i + 1, k->close,
                                own_indent(t, i), NULL };
            *last = b;
            last = &b->next;
        }
        i = k->close > i ? k->close : i;
    }
}

static enum err expand_parent(struct compiler *c, const struct tokens *t,
                              uint32_t at, const struct manner *m)
{
    const struct token *k = &t->at[at];
    const struct tokens *parent;
    enum err e = find_source(c, t, k, &parent);
    if (e != OK)
        return e;
    struct bodies bodies = { .outer = m->bodies };
    gather(c, t, at, &bodies);
    str indent = m->indent;
    if (k->alone && !(c->flags & PAGE_SITE))
        indent = arena_join(c->a, indent, k->indent);
    struct manner inner = { .indent = indent, .bodies = &bodies,
                            .depth = m->depth + 1 };
    return expand(c, parent, 0, parent->n, &inner);
}

static str spaces(struct compiler *c, size_t n)
{
    char *p = arena_alloc(c->a, n + 1);
    memset(p, ' ', n);
    return (str){ p, n };
}

static enum err expand_block(struct compiler *c, const struct tokens *t,
                             uint32_t at, const struct manner *m)
{
    const struct token *k = &t->at[at];
    const struct body *b = replacement(m->bodies, k->text);
    struct manner inner = *m;
    inner.depth++;
    if (b == NULL) {
        inner.replaces = false;
        return expand(c, t, at + 1, k->close, &inner);
    }
    size_t own = own_indent(t, at);
    if (own == 0)
        own = str_is_none(k->indent) ? 0 : k->indent.n;
    own = own > m->dedent ? own - m->dedent : 0;
    if (own > 0 && !(c->flags & PAGE_SITE))
        inner.indent = arena_join(c->a, m->indent, spaces(c, own));
    inner.dedent = b->dedent;
    inner.replaces = true;
    inner.in_line = !k->alone;
    return expand(c, b->tokens, b->from, b->to, &inner);
}

/* ---- one range of tokens ---- */

static enum err expand_section(struct compiler *c, const struct tokens *t,
                               uint32_t at, const struct manner *m)
{
    const struct token *k = &t->at[at];
    bool inverted = k->kind == TOKEN_INVERTED;
    flush(c);
    uint32_t op = c->unit->n;
    set_path(c, emit(c, inverted ? OP_INVERTED : OP_SECTION), t, k);
    struct manner inner = *m;
    inner.replaces = false;
    inner.depth++;
    enum err e = expand(c, t, at + 1, k->close, &inner);
    flush(c);
    c->unit->ops[op].end = c->unit->n;
    return e;
}

static enum err expand_partial(struct compiler *c, const struct tokens *t,
                               const struct token *k, const struct manner *m)
{
    const struct unit *unit;
    str indent = STR("");
    if (k->alone && !(c->flags & PAGE_SITE))
        indent = arena_join(c->a, m->indent, k->indent);
    flush(c);
    enum err e = unit_of(c, t, k, indent, &unit);
    if (e == OK)
        emit(c, OP_CALL)->unit = unit;
    return e;
}

static enum err expand_one(struct compiler *c, const struct tokens *t,
                           uint32_t at, const struct manner *m)
{
    const struct token *k = &t->at[at];
    switch ((enum token_kind)k->kind) {
    case TOKEN_RAW:
        if (!(c->flags & PAGE_RAW))
            return complain(c, t, k, "unescaped values are refused", k->text);
        flush(c);
        set_path(c, emit(c, OP_RAW), t, k);
        return OK;
    case TOKEN_NAME:
        flush(c);
        set_path(c, emit(c, OP_NAME), t, k);
        return OK;
    case TOKEN_SECTION:
    case TOKEN_INVERTED:
        return expand_section(c, t, at, m);
    case TOKEN_BLOCK:
        return expand_block(c, t, at, m);
    case TOKEN_PARENT:
        return expand_parent(c, t, at, m);
    case TOKEN_PARTIAL:
        return expand_partial(c, t, k, m);
    case TOKEN_TEXT:
    case TOKEN_CLOSE:
        return OK;
    }
    return OK;
}

static enum err expand(struct compiler *c, const struct tokens *t,
                       uint32_t from, uint32_t to, const struct manner *m)
{
    if (m->depth > EXPAND_DEPTH || c->ops > COMPILE_OPS)
        return complain(c, t, NULL, "templates include one another without end",
                        t->name);
    for (uint32_t i = from; i < to; i++) {
        const struct token *k = &t->at[i];
        bool first = i == from && m->replaces;
        bool begins = k->starts_line || first;
        bool indented = begins && !(first && m->in_line);
        enum err e = OK;
        if (k->kind == TOKEN_TEXT)
            e = write_text(c, t, k, m, begins, indented);
        else if (k->kind != TOKEN_CLOSE && indented)
            buf_put(&c->text, m->indent);
        if (e == OK)
            e = expand_one(c, t, i, m);
        if (e != OK)
            return e;
        i = k->close > i ? k->close : i;
    }
    return OK;
}

enum err page_compile_named(struct arena *a, str name, str source,
                            page_partial *partial, void *context,
                            unsigned flags, struct template **out,
                            str *problem)
{
    struct compiler c = { .a = a, .find = partial, .context = context,
                          .flags = flags, .problem = problem };
    struct unit *u = ARENA_NEW(a, struct unit);
    struct tokens tokens;
    enum err e = template_parse(a, name, source, &tokens, problem);
    if (e != OK)
        return e;
    c.unit = u;
    u->name = str_none;
    e = expand(&c, &tokens, 0, tokens.n,
               &(struct manner){ .indent = STR("") });
    flush(&c);
    buf_free(&c.text);
    if (e != OK)
        return e;
    *out = ARENA_NEW(a, struct template);
    (*out)->main = u;
    return OK;
}

enum err page_compile_flags(struct arena *a, str source, page_partial *partial,
                            void *context, unsigned flags,
                            struct template **out, str *problem)
{
    return page_compile_named(a, STR("template"), source, partial, context,
                              flags, out, problem);
}

enum err page_compile(struct arena *a, str source, page_partial *partial,
                      void *context, struct template **out, str *problem)
{
    return page_compile_flags(a, source, partial, context, 0, out, problem);
}
