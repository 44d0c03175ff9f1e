/*
 * The parser: operators by precedence (DMN 10.3.1.2, rules 1 to 5).  What
 * stands between operators is in feel_primary.c, tests in feel_tests.c.
 */
#include "kernel/rules/parse.h"

#include <string.h>

struct node *node_new(struct parser *p, enum op op, size_t at)
{
    struct node *n = ARENA_NEW(p->a, struct node);
    n->op = (uint8_t)op;
    n->at = (uint32_t)at;
    return n;
}

/* Room doubles, so it is full exactly at the powers of two from 4 on. */
void node_add(struct parser *p, struct node *n, struct node *kid)
{
    bool full = n->n == 0 || (n->n >= 4 && (n->n & (n->n - 1)) == 0);
    if (full) {
        struct node **kids =
            ARENA_NEW_N(p->a, struct node *, n->n ? n->n * 2 : 4);
        if (n->n)
            memcpy(kids, n->kid, n->n * sizeof *kids);
        n->kid = kids;
    }
    n->kid[n->n++] = kid;
}

static struct node *pair(struct parser *p, enum op op, size_t at,
                         struct node *a, struct node *b)
{
    struct node *n = node_new(p, op, at);
    node_add(p, n, a);
    node_add(p, n, b);
    return n;
}

bool deeper(struct parser *p)
{
    if (++p->depth <= FEEL_MAX_PARSE)
        return true;
    fail(p, "表达式嵌套过深。");
    return false;
}

/* ---- arithmetic ---- */

static struct node *instance(struct parser *p)
{
    struct node *left = primary(p);
    while (left && word_is(p, "instance")) {
        struct node *n = node_new(p, N_INSTANCE, p->tok.from);
        next_token(p);
        if (!expect_word(p, "of"))
            return NULL;
        n->type = type_read_text(p);
        if (n->type == NULL)
            return NULL;
        node_add(p, n, left);
        left = n;
    }
    return p->failed ? NULL : left;
}

static struct node *unary(struct parser *p)
{
    if (!sign_is(p, '-'))
        return instance(p);
    struct node *n = node_new(p, N_NEGATE, p->tok.from);
    if (!deeper(p))
        return NULL;
    next_token(p);
    struct node *operand = unary(p);
    p->depth--;
    if (operand == NULL)
        return NULL;
    node_add(p, n, operand);
    return n;
}

/* Every operator of arithmetic takes its left neighbour first, ** as well. */
static struct node *power(struct parser *p)
{
    struct node *left = unary(p);
    while (left && sign_is(p, TOK_POWER)) {
        size_t at = p->tok.from;
        next_token(p);
        struct node *right = unary(p);
        left = right ? pair(p, N_POW, at, left, right) : NULL;
    }
    return left;
}

static struct node *product(struct parser *p)
{
    struct node *left = power(p);
    while (left && (sign_is(p, '*') || sign_is(p, '/'))) {
        enum op op = sign_is(p, '*') ? N_MUL : N_DIV;
        size_t at = p->tok.from;
        next_token(p);
        struct node *right = power(p);
        left = right ? pair(p, op, at, left, right) : NULL;
    }
    return left;
}

struct node *additive(struct parser *p)
{
    struct node *left = product(p);
    while (left && (sign_is(p, '+') || sign_is(p, '-'))) {
        enum op op = sign_is(p, '+') ? N_ADD : N_SUB;
        size_t at = p->tok.from;
        next_token(p);
        struct node *right = product(p);
        left = right ? pair(p, op, at, left, right) : NULL;
    }
    return left;
}

/* ---- comparison and logic ---- */

bool comparison_sign(const struct parser *p, enum compare *c)
{
    if (p->failed)
        return false;
    switch (p->tok.kind) {
    case '=':
        *c = C_EQ;
        return true;
    case TOK_NE:
        *c = C_NE;
        return true;
    case '<':
        *c = C_LT;
        return true;
    case TOK_LE:
        *c = C_LE;
        return true;
    case '>':
        *c = C_GT;
        return true;
    case TOK_GE:
        *c = C_GE;
        return true;
    default:
        return false;
    }
}

static struct node *between(struct parser *p, struct node *left)
{
    struct node *n = node_new(p, N_BETWEEN, p->tok.from);
    next_token(p);
    struct node *low = additive(p);
    if (low == NULL || !expect_word(p, "and"))
        return NULL;
    struct node *high = additive(p);
    if (high == NULL)
        return NULL;
    node_add(p, n, left);
    node_add(p, n, low);
    node_add(p, n, high);
    return n;
}

static struct node *compared(struct parser *p)
{
    struct node *left = additive(p);
    enum compare c;
    while (left) {
        size_t at = p->tok.from;
        if (comparison_sign(p, &c)) {
            next_token(p);
            struct node *right = additive(p);
            left = right ? pair(p, N_COMPARE, at, left, right) : NULL;
            if (left)
                left->sub = (uint8_t)c;
        } else if (word_is(p, "between")) {
            left = between(p, left);
        } else if (word_is(p, "in")) {
            next_token(p);
            struct node *right = in_right(p);
            left = right ? pair(p, N_IN, at, left, right) : NULL;
        } else {
            break;
        }
    }
    return left;
}

static struct node *conjunction(struct parser *p)
{
    struct node *left = compared(p);
    while (left && word_is(p, "and")) {
        size_t at = p->tok.from;
        next_token(p);
        struct node *right = compared(p);
        left = right ? pair(p, N_AND, at, left, right) : NULL;
    }
    return left;
}

struct node *expression(struct parser *p)
{
    if (!deeper(p))
        return NULL;
    struct node *left = conjunction(p);
    while (left && word_is(p, "or")) {
        size_t at = p->tok.from;
        next_token(p);
        struct node *right = conjunction(p);
        left = right ? pair(p, N_OR, at, left, right) : NULL;
    }
    p->depth--;
    return p->failed ? NULL : left;
}

/* "<5" where an expression may stand is the range of what is below 5, "!=5"
 * that of all the others. */
struct node *element(struct parser *p)
{
    enum compare c;
    if (!comparison_sign(p, &c))
        return expression(p);
    struct node *n = node_new(p, N_RANGE, p->tok.from);
    next_token(p);
    struct node *end = additive(p);
    if (end == NULL)
        return NULL;
    bool low = c == C_GT || c == C_GE || c == C_EQ || c == C_NE;
    bool high = c == C_LT || c == C_LE || c == C_EQ || c == C_NE;
    n->sub = (uint8_t)c;
    node_add(p, n, low ? end : NULL);
    node_add(p, n, high ? end : NULL);
    n->flag = c == C_GE || c == C_EQ;
    n->flag2 = c == C_LE || c == C_EQ;
    return n;
}

/* What a loop goes over (rule 51): a list, or from one end to the other. */
static struct node *iterated(struct parser *p)
{
    struct node *from = expression(p);
    if (from == NULL || !sign_is(p, TOK_DOTS))
        return from;
    size_t at = p->tok.from;
    next_token(p);
    struct node *to = expression(p);
    struct node *n = to ? pair(p, N_RANGE, at, from, to) : NULL;
    if (n)
        n->flag = n->flag2 = true;
    return n;
}

struct node *feel_parse(const struct parse_input *in, enum feel_form form,
                        struct parse_problem *problem)
{
    struct parser p = { .in = in, .a = in->arena, .s = in->text,
                        .scope = in->scope,
                        .ev = ev_make(in->arena, in->now, NULL) };
    struct node *n = NULL;
    if (in->text.n > FEEL_MAX_TEXT || !utf8_valid(in->text)) {
        fail(&p, "表达式过长或不是有效的 UTF-8 文本。");
    } else {
        token_at(&p, 0);
        n = form == FEEL_UNARY_TESTS ? unary_tests(&p)
            : in->span               ? iterated(&p)
                                     : expression(&p);
        if (!p.failed && p.tok.kind != TOK_END)
            fail(&p, "表达式在“%.*s”处无法继续。", STR_ARG(p.tok.text));
    }
    *problem = p.problem;
    return p.failed ? NULL : n;
}
