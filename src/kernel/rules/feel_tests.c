/* Tests of a table's cells and of "in": <5, [1..3], not("甲"), "-". */
#include "kernel/rules/parse.h"

#include <string.h>

static struct node *one_test(struct parser *p)
{
    enum compare c;
    size_t at = p->tok.from;
    struct node *n;
    if (comparison_sign(p, &c)) {
        n = node_new(p, N_TEST, at);
        n->sub = (uint8_t)c;
        next_token(p);
        struct node *operand = additive(p);
        if (operand == NULL)
            return NULL;
        node_add(p, n, operand);
        return n;
    }
    bool asked = p->asked;
    p->asked = false;
    n = node_new(p, N_TEST_EXPR, at);
    struct node *e = expression(p);
    n->sub = p->asked;
    p->asked |= asked;
    if (e == NULL)
        return NULL;
    node_add(p, n, e);
    return n;
}

static struct node *tests(struct parser *p)
{
    struct node *n = node_new(p, N_TESTS, p->tok.from);
    do {
        if (n->n)
            next_token(p);
        struct node *t = one_test(p);
        if (t == NULL)
            return NULL;
        node_add(p, n, t);
    } while (sign_is(p, ','));
    return n;
}

/* Whether the value that ended before the token goes on with it. */
static bool goes_on(const struct parser *p)
{
    return p->tok.kind == TOK_POWER || p->tok.kind == TOK_DEEP ||
           word_is(p, "instance") ||
           (p->tok.kind > TOK_SIGN && strchr("+-*/.[(", p->tok.kind));
}

/* "(" tests ")"; NULL and back at the parenthesis if it is something else. */
static struct node *tests_in_parentheses(struct parser *p)
{
    struct mark m = marked(p);
    next_token(p);
    p->range_end = false;
    struct node *n = tests(p);
    if (n && sign_is(p, ')')) {
        next_token(p);
        p->range_end = m.range_end;
        if (n->n > 1 || n->kid[0]->op == N_TEST || n->kid[0]->sub ||
            !goes_on(p))
            return n;
    }
    back_to(p, m);
    return NULL;
}

/* What is neither a comparison nor in parentheses: one value as a test. */
static struct node *one_value(struct parser *p)
{
    bool asked = p->asked;
    p->asked = false;
    struct node *n = node_new(p, N_TESTS, p->tok.from);
    struct node *t = node_new(p, N_TEST_EXPR, p->tok.from);
    struct node *e = additive(p);
    t->sub = p->asked;
    p->asked |= asked;
    if (e == NULL)
        return NULL;
    node_add(p, t, e);
    node_add(p, n, t);
    return n;
}

struct node *in_right(struct parser *p)
{
    enum compare c;
    if (comparison_sign(p, &c)) {
        struct node *n = node_new(p, N_TESTS, p->tok.from);
        struct node *t = one_test(p);
        if (t)
            node_add(p, n, t);
        return t ? n : NULL;
    }
    if (sign_is(p, '(')) {
        struct node *n = tests_in_parentheses(p);
        if (n)
            return n;
    }
    return one_value(p);
}

/* not(tests) as a whole cell; NULL and back if it is not that. */
static struct node *negated_tests(struct parser *p)
{
    struct mark m = marked(p);
    next_token(p);
    if (sign_is(p, '(')) {
        next_token(p);
        struct node *n = tests(p);
        if (n && sign_is(p, ')')) {
            next_token(p);
            if (!p->failed && p->tok.kind == TOK_END) {
                n->sub = 1;
                return n;
            }
        }
    }
    back_to(p, m);
    return NULL;
}

static struct node *any(struct parser *p)
{
    struct node *n = node_new(p, N_TESTS, 0);
    node_add(p, n, node_new(p, N_TEST_ANY, 0));
    return n;
}

struct node *unary_tests(struct parser *p)
{
    if (!p->failed && p->tok.kind == TOK_END)
        return any(p);
    if (sign_is(p, '-')) {
        struct mark m = marked(p);
        next_token(p);
        if (!p->failed && p->tok.kind == TOK_END)
            return any(p);
        back_to(p, m);
    }
    if (word_is(p, "not")) {
        struct node *n = negated_tests(p);
        if (n)
            return n;
    }
    return tests(p);
}
