/*
 * What the files of the parser share.
 *
 * FEEL names may hold spaces and signs ("profit - loss"), so where a name ends
 * depends on which names there are.  The lexer therefore knows only words; the
 * parser, at a place where a name may stand, takes the longest name in scope
 * that the text spells there.
 */
#ifndef KERNEL_RULES_PARSE_H
#define KERNEL_RULES_PARSE_H

#include "kernel/rules/impl.h"

enum token_kind {
    TOK_END,
    TOK_NUMBER,
    TOK_STRING,
    TOK_WORD,
    TOK_DOTS,   /* .. */
    TOK_DEEP,   /* ... before a name */
    TOK_POWER,  /* ** */
    TOK_LE,
    TOK_GE,
    TOK_NE,
    TOK_BAD,
    TOK_SIGN = 32, /* from here on: the character itself */
};

struct token {
    int kind;
    size_t from, to; /* bytes of the text */
    str text;        /* of a string: what it says; else the bytes */
};

struct parser {
    const struct parse_input *in;
    struct arena *a;
    str s;
    struct token tok;
    const struct scope *scope;
    struct ev ev; /* only to make constants */
    int depth;
    bool failed;
    bool asked;     /* a ? was seen */
    bool range_end; /* a "[" may close a range here */
    struct parse_problem problem;
    size_t again;   /* bytes gone back over, to bound what is tried twice */
};

/* A place to come back to. */
struct mark {
    struct token tok;
    struct parse_problem problem;
    const struct scope *scope;
    int depth;
    uint32_t unknown;
    bool failed, asked, range_end;
};

/* ---- feel_lex.c ---- */
void next_token(struct parser *p);
void token_at(struct parser *p, size_t at);
size_t skip_space(str s, size_t at);
bool name_start_char(int32_t c);
bool name_part_char(int32_t c);
bool sign_is(const struct parser *p, char c);
bool word_is(const struct parser *p, const char *word);
bool keyword(str word);
/* Fails the parse; the first problem stays. Returns NULL for convenience. */
void *fail(struct parser *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool expect(struct parser *p, char sign);
bool expect_word(struct parser *p, const char *word);
struct mark marked(const struct parser *p);
void back_to(struct parser *p, struct mark m);

/* ---- feel_name.c ---- */
/* At a word: the name standing here; the parser moves behind it.  *known says
 * whether it is in scope (or a builtin). */
str variable_name(struct parser *p, bool *known);
/* At a keyword: whether a name in scope begins with it and goes on. */
bool name_goes_on(struct parser *p);
/* Whether it is itself a name in scope. */
bool name_stands(struct parser *p);
str member_name(struct parser *p);
/* Where the run of plain words that begins here ends. */
size_t run_of_words(struct parser *p);
/* If a key and ":" stand here, takes both. */
bool key_taken(struct parser *p, str *key);
/* A new name up to the word or sign that must follow, which stays. */
bool new_name(struct parser *p, const char *until_word, str *name);
/* Longest of names spelled at `at`; 0: none. */
size_t spelled_at(str s, size_t at, str name);

/* ---- feel_parse.c ---- */
struct node *node_new(struct parser *p, enum op op, size_t at);
void node_add(struct parser *p, struct node *n, struct node *kid);
struct node *expression(struct parser *p);
struct node *additive(struct parser *p);
struct node *element(struct parser *p); /* or a range such as <5 */
bool comparison_sign(const struct parser *p, enum compare *c);
bool deeper(struct parser *p);

/* ---- feel_primary.c ---- */
struct node *primary(struct parser *p);

/* ---- feel_tests.c ---- */
struct node *in_right(struct parser *p);
struct node *unary_tests(struct parser *p);

/* ---- feel_parse_type.c ---- */
const struct type *type_read_text(struct parser *p);

#endif
