/*
 * What stands between operators: literals, names, lists, contexts, ranges,
 * calls, paths and filters, and the expressions that begin with a keyword.
 */
#include "kernel/rules/parse.h"

#include <string.h>

static struct node *constant(struct parser *p, fval v)
{
    struct node *n = node_new(p, N_CONST, p->tok.from);
    n->value = v;
    next_token(p);
    return p->failed ? NULL : n;
}

/* A literal that stands for nothing (NULL) is null, and its text is kept for
 * the remark. */
static struct node *written(struct parser *p, fval v)
{
    str text = p->tok.text;
    struct node *n = constant(p, v ? v : &fv_null);
    if (n && v == NULL)
        n->name = text;
    return n;
}

/* A scope with one more name; the caller puts the old one back. */
static struct scope *inner(struct parser *p)
{
    struct scope *s = ARENA_NEW(p->a, struct scope);
    s->up = p->scope;
    p->scope = s;
    return s;
}

/* ---- ( [ { ---- */

/* Behind "..": the end of a range and what closes it. */
static struct node *range_rest(struct parser *p, struct node *low, bool low_in,
                               size_t at)
{
    bool outer = p->range_end;
    next_token(p);
    p->range_end = true;
    struct node *high = additive(p);
    p->range_end = outer;
    if (high == NULL)
        return NULL;
    struct node *n = node_new(p, N_RANGE, at);
    n->flag = low_in;
    n->flag2 = sign_is(p, ']');
    if (!n->flag2 && !sign_is(p, ')') && !sign_is(p, '['))
        return fail(p, "区间没有结束，此处应为 ]、) 或 [。");
    next_token(p);
    node_add(p, n, low);
    node_add(p, n, high);
    return p->failed ? NULL : n;
}

static struct node *in_parentheses(struct parser *p)
{
    size_t at = p->tok.from;
    bool outer = p->range_end;
    p->range_end = false;
    next_token(p);
    struct node *n = element(p);
    p->range_end = outer;
    if (n && sign_is(p, TOK_DOTS))
        return range_rest(p, n, false, at);
    return n && expect(p, ')') ? n : NULL;
}

static struct node *in_brackets(struct parser *p)
{
    size_t at = p->tok.from;
    bool outer = p->range_end;
    p->range_end = false;
    struct node *list = node_new(p, N_LIST, at);
    next_token(p);
    while (!p->failed && !sign_is(p, ']')) {
        struct node *n = element(p);
        if (n == NULL)
            return NULL;
        if (list->n == 0 && sign_is(p, TOK_DOTS)) {
            p->range_end = outer;
            return range_rest(p, n, true, at);
        }
        node_add(p, list, n);
        if (!sign_is(p, ','))
            break;
        next_token(p);
        if (sign_is(p, ']'))
            return fail(p, "列表的逗号后面缺少一项。");
    }
    p->range_end = outer;
    return expect(p, ']') ? list : NULL;
}

/* "]1..2[" */
static struct node *open_range(struct parser *p)
{
    size_t at = p->tok.from;
    next_token(p);
    struct node *low = additive(p);
    if (low == NULL)
        return NULL;
    if (!sign_is(p, TOK_DOTS))
        return fail(p, "此处应为“..”。");
    return range_rest(p, low, false, at);
}

static struct node *context(struct parser *p)
{
    const struct scope *outer = p->scope;
    bool range_end = p->range_end;
    p->range_end = false;
    struct scope *s = inner(p);
    struct node *n = node_new(p, N_CONTEXT, p->tok.from);
    next_token(p);
    while (!p->failed && !sign_is(p, '}')) {
        str key;
        if (!key_taken(p, &key))
            return fail(p, "上下文的条目应为名称、冒号、表达式。");
        struct node *value = expression(p);
        if (value == NULL)
            return NULL;
        names_add(p->a, &s->names, key);
        names_add_once(p->a, p->in->members, key);
        node_add(p, n, value);
        if (!sign_is(p, ','))
            break;
        next_token(p);
        if (sign_is(p, '}'))
            return fail(p, "上下文的逗号后面缺少一项。");
    }
    n->names = s->names.p;
    n->n_names = s->names.n;
    p->scope = outer;
    p->range_end = range_end;
    return expect(p, '}') ? n : NULL;
}

/* ---- if for some every function ---- */

static struct node *conditional(struct parser *p)
{
    struct node *n = node_new(p, N_IF, p->tok.from), *kid;
    static const char *const words[] = { "if", "then", "else" };
    for (int i = 0; i < 3; i++) {
        if (!expect_word(p, words[i]) || (kid = expression(p)) == NULL)
            return NULL;
        node_add(p, n, kid);
    }
    return n;
}

/* name "in" expression [".." expression] */
static bool iterator(struct parser *p, struct node *n, struct names *names)
{
    str name;
    if (!new_name(p, "in", &name) || !expect_word(p, "in"))
        return false;
    struct node *from = element(p), *to = NULL;
    if (from && sign_is(p, TOK_DOTS)) {
        next_token(p);
        to = expression(p);
        if (to == NULL)
            return false;
    }
    if (from == NULL)
        return false;
    node_add(p, n, from);
    node_add(p, n, to);
    names_add(p->a, names, name);
    struct scope *s = inner(p);
    names_add(p->a, &s->names, name);
    return true;
}

static struct node *iteration(struct parser *p, enum op op, const char *word)
{
    const struct scope *outer = p->scope;
    struct node *n = node_new(p, op, p->tok.from);
    struct names names = { 0 };
    do {
        next_token(p);
        if (!iterator(p, n, &names))
            return NULL;
    } while (sign_is(p, ','));
    if (op == N_FOR) {
        struct scope *s = inner(p);
        names_add(p->a, &s->names, STR("partial"));
    }
    struct node *body = expect_word(p, word) ? expression(p) : NULL;
    p->scope = outer;
    if (body == NULL)
        return NULL;
    node_add(p, n, body);
    n->names = names.p;
    n->n_names = names.n;
    return n;
}

static bool parameters(struct parser *p, struct names *names,
                       const struct type **types)
{
    while (!p->failed && !sign_is(p, ')')) {
        str name;
        if (names->n == 64) {
            fail(p, "参数过多。");
            return false;
        }
        if (!new_name(p, NULL, &name))
            return false;
        types[names->n] = NULL;
        if (sign_is(p, ':')) {
            next_token(p);
            types[names->n] = type_read_text(p);
            if (p->failed)
                return false;
        }
        names_add(p->a, names, name);
        if (!sign_is(p, ','))
            break;
        next_token(p);
    }
    return expect(p, ')');
}

static struct node *function(struct parser *p)
{
    const struct scope *outer = p->scope;
    struct node *n = node_new(p, N_FUNCTION, p->tok.from);
    const struct type **types = ARENA_NEW_N(p->a, const struct type *, 64);
    next_token(p);
    if (!expect(p, '('))
        return NULL;
    struct scope *s = inner(p);
    if (!parameters(p, &s->names, types))
        return NULL;
    n->names = s->names.p;
    n->n_names = s->names.n;
    n->types = types;
    bool external = word_is(p, "external");
    if (external)
        next_token(p);
    struct node *body = expression(p);
    p->scope = outer;
    if (body == NULL)
        return NULL;
    n->sub = external;
    node_add(p, n, body);
    return n;
}

/* ---- names ---- */

static struct node *name(struct parser *p)
{
    struct node *n = node_new(p, N_NAME, p->tok.from);
    if (word_is(p, "?"))
        p->asked = true;
    bool known;
    n->name = variable_name(p, &known);
    n->value = builtin_value(p->a, n->name);
    if (!known && p->in->unknown && !str_is(n->name, "?"))
        names_add_once(p->a, p->in->unknown, n->name);
    return p->failed ? NULL : n;
}

static struct node *at_literal(struct parser *p)
{
    next_token(p);
    if (!p->failed && p->tok.kind != TOK_STRING)
        return fail(p, "“@”后面应为字符串。");
    if (p->failed)
        return NULL;
    return written(p, temporal_parse(&p->ev, p->tok.text));
}

static struct node *number(struct parser *p)
{
    struct decimal d;
    return written(p, decimal_parse(p->tok.text, &d) ? fv_number(&p->ev, d)
                                                     : NULL);
}

static struct node *from_word(struct parser *p)
{
    if (keyword(p->tok.text) && name_goes_on(p))
        return name(p);
    static const struct {
        const char *word;
        const struct fv *value;
    } literals[] = { { "true", &fv_true }, { "false", &fv_false },
                     { "null", &fv_null } };
    for (int i = 0; i < 3; i++)
        if (word_is(p, literals[i].word))
            return constant(p, literals[i].value);
    if (word_is(p, "if"))
        return conditional(p);
    if (word_is(p, "for"))
        return iteration(p, N_FOR, "return");
    if (word_is(p, "some"))
        return iteration(p, N_SOME, "satisfies");
    if (word_is(p, "every"))
        return iteration(p, N_EVERY, "satisfies");
    if (word_is(p, "function")) {
        size_t next = skip_space(p->s, p->tok.to);
        if (next < p->s.n && p->s.p[next] == '(')
            return function(p);
    }
    /* What continues an expression cannot begin one: there it may be a name. */
    if (keyword(p->tok.text) && !name_stands(p))
        return fail(p, "此处不能使用“%.*s”。", STR_ARG(p->tok.text));
    return name(p);
}

static struct node *atom(struct parser *p)
{
    if (p->failed)
        return NULL;
    switch (p->tok.kind) {
    case TOK_NUMBER:
        return number(p);
    case TOK_STRING:
        return constant(p, fv_string(&p->ev, p->tok.text));
    case TOK_WORD:
        return from_word(p);
    case '@':
        return at_literal(p);
    case '(':
        return in_parentheses(p);
    case '[':
        return in_brackets(p);
    case ']':
        return open_range(p);
    case '{':
        return context(p);
    case TOK_END:
        return fail(p, "表达式不完整。");
    default:
        return fail(p, "此处不应出现“%.*s”。", STR_ARG(p->tok.text));
    }
}

/* ---- what may follow ---- */

static struct node *call(struct parser *p, struct node *callee)
{
    struct node *n = node_new(p, N_CALL, p->tok.from), *argument;
    struct names names = { 0 };
    bool range_end = p->range_end;
    p->range_end = false;
    node_add(p, n, callee);
    next_token(p);
    while (!p->failed && !sign_is(p, ')')) {
        str key;
        if (p->tok.kind == TOK_WORD && key_taken(p, &key))
            names_add(p->a, &names, key);
        if ((argument = element(p)) == NULL)
            return NULL;
        node_add(p, n, argument);
        if (!sign_is(p, ','))
            break;
        next_token(p);
        if (sign_is(p, ')'))
            return fail(p, "逗号后面缺少参数。");
    }
    if (names.n && names.n != n->n - 1)
        return fail(p, "参数要么都写名称，要么都不写。");
    n->names = names.p;
    n->n_names = names.n;
    p->range_end = range_end;
    return expect(p, ')') ? n : NULL;
}

static struct node *path(struct parser *p, struct node *of)
{
    struct node *n = node_new(p, sign_is(p, '.') ? N_PATH : N_DEEP,
                              p->tok.from);
    next_token(p);
    if (p->failed || p->tok.kind != TOK_WORD)
        return fail(p, "“.”后面应为名称。");
    n->name = member_name(p);
    node_add(p, n, of);
    return p->failed ? NULL : n;
}

static struct node *filter(struct parser *p, struct node *of)
{
    const struct scope *outer = p->scope;
    bool range_end = p->range_end;
    struct node *n = node_new(p, N_FILTER, p->tok.from);
    struct scope *s = inner(p);
    s->members = true;
    names_add(p->a, &s->names, STR("item"));
    p->range_end = false;
    next_token(p);
    struct node *condition = expression(p);
    p->scope = outer;
    p->range_end = range_end;
    if (condition == NULL || !expect(p, ']'))
        return NULL;
    node_add(p, n, of);
    node_add(p, n, condition);
    return n;
}

/* At a range's end "[" closes the range unless a filter can be read here. */
static struct node *filter_or_end(struct parser *p, struct node *of, bool *end)
{
    if (!p->range_end)
        return filter(p, of);
    struct mark m = marked(p);
    struct node *n = filter(p, of);
    if (n)
        return n;
    back_to(p, m);
    *end = true;
    return of;
}

struct node *primary(struct parser *p)
{
    if (!deeper(p))
        return NULL;
    struct node *n = atom(p);
    bool end = false;
    while (n && !p->failed && !end) {
        if (sign_is(p, '.') || sign_is(p, TOK_DEEP))
            n = path(p, n);
        else if (sign_is(p, '('))
            n = call(p, n);
        else if (sign_is(p, '['))
            n = filter_or_end(p, n, &end);
        else
            break;
    }
    p->depth--;
    return p->failed ? NULL : n;
}
