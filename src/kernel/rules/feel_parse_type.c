/*
 * Types in expressions: number, date and time, list<string>,
 * context<name: string>, function<number>->string, range<date>, and the names
 * of item definitions, which may hold spaces and dots.
 */
#include "kernel/rules/parse.h"

enum { MEMBERS = 64 };

static struct type *type_new(struct parser *p, enum type_kind kind)
{
    struct type *t = ARENA_NEW(p->a, struct type);
    t->kind = (uint8_t)kind;
    t->name = str_none;
    return t;
}

/* "<" type ">" */
static const struct type *of_element(struct parser *p, enum type_kind kind)
{
    struct type *t = type_new(p, kind);
    next_token(p);
    if (!expect(p, '<'))
        return NULL;
    t->element = type_read_text(p);
    return t->element && expect(p, '>') ? t : NULL;
}

static const struct type *context_type(struct parser *p)
{
    struct type *t = type_new(p, T_CONTEXT);
    struct member *members = ARENA_NEW_N(p->a, struct member, MEMBERS);
    next_token(p);
    if (!expect(p, '<'))
        return NULL;
    while (!p->failed && !sign_is(p, '>') && t->n < MEMBERS) {
        struct member *m = &members[t->n++];
        if (!key_taken(p, &m->name))
            return fail(p, "此处应为名称、冒号、类型。");
        m->type = type_read_text(p);
        if (m->type == NULL)
            return NULL;
        if (!sign_is(p, ','))
            break;
        next_token(p);
    }
    t->members = members;
    return expect(p, '>') ? t : NULL;
}

static const struct type *function_type(struct parser *p)
{
    struct type *t = type_new(p, T_FUNCTION);
    struct member *members = ARENA_NEW_N(p->a, struct member, MEMBERS);
    next_token(p);
    if (!expect(p, '<'))
        return NULL;
    while (!p->failed && !sign_is(p, '>') && t->n < MEMBERS) {
        members[t->n].type = type_read_text(p);
        if (members[t->n++].type == NULL)
            return NULL;
        if (!sign_is(p, ','))
            break;
        next_token(p);
    }
    t->members = members;
    if (!expect(p, '>') || !expect(p, '-') || !expect(p, '>'))
        return NULL;
    t->element = type_read_text(p);
    return t->element ? t : NULL;
}

static void longer(struct parser *p, str name, size_t *end, str *best)
{
    size_t e = spelled_at(p->s, p->tok.from, name);
    if (e > *end) {
        *end = e;
        *best = name;
    }
}

static const struct type *named(struct parser *p)
{
    static const char *const spaced[] = {
        "date and time", "days and time duration", "day and time duration",
        "years and months duration", "year and month duration",
    };
    size_t end = 0;
    str best = str_none;
    for (size_t i = 0; i < sizeof spaced / sizeof *spaced; i++)
        longer(p, str_of(spaced[i]), &end, &best);
    for (uint32_t i = 0; p->in->type_names && i < p->in->type_names->n; i++)
        longer(p, p->in->type_names->p[i], &end, &best);
    if (end < p->tok.to) {
        end = p->tok.to;
        best = p->tok.text;
    }
    const struct type *t =
        p->in->find_type ? p->in->find_type(p->in->where, best) : NULL;
    if (t == NULL)
        t = type_builtin(best);
    if (t == NULL)
        end = run_of_words(p);
    token_at(p, end);
    /* "list" and the like need parameters to be types. */
    bool bare = t && t->kind >= T_LIST && !str_is_none(t->name) &&
                t == type_builtin(t->name);
    return t == NULL || bare ? &type_unknown : t;
}

static bool opens(const struct parser *p)
{
    size_t next = skip_space(p->s, p->tok.to);
    return next < p->s.n && p->s.p[next] == '<';
}

const struct type *type_read_text(struct parser *p)
{
    if (p->failed || p->tok.kind != TOK_WORD)
        return fail(p, "此处应为类型。");
    if (!deeper(p))
        return NULL;
    const struct type *t;
    if (word_is(p, "list") && opens(p))
        t = of_element(p, T_LIST);
    else if (word_is(p, "range") && opens(p))
        t = of_element(p, T_RANGE);
    else if (word_is(p, "context") && opens(p))
        t = context_type(p);
    else if (word_is(p, "function") && opens(p))
        t = function_type(p);
    else
        t = named(p);
    p->depth--;
    return p->failed ? NULL : t;
}

const struct type *feel_parse_type(const struct parse_input *in)
{
    struct parser p = { .in = in, .a = in->arena, .s = in->text,
                        .ev = ev_make(in->arena, in->now, NULL) };
    if (!utf8_valid(in->text))
        return NULL;
    token_at(&p, 0);
    const struct type *t = type_read_text(&p);
    return p.failed || p.tok.kind != TOK_END || t == &type_unknown ? NULL : t;
}
