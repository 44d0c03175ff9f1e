/*
 * Templates as tokens: the first half of compiling, shared with the tool that
 * checks templates against their views at build time.
 */
#ifndef KERNEL_PAGE_PARSE_H
#define KERNEL_PAGE_PARSE_H

#include "base/base.h"

enum token_kind {
    TOKEN_TEXT,     /* at most one line, its newline included */
    TOKEN_NAME,     /* {{name}} */
    TOKEN_RAW,      /* {{{name}}} and {{&name}} */
    TOKEN_SECTION,  /* {{#name}} */
    TOKEN_INVERTED, /* {{^name}} */
    TOKEN_BLOCK,    /* {{$name}} */
    TOKEN_PARENT,   /* {{<name}} */
    TOKEN_PARTIAL,  /* {{>name}} */
    TOKEN_CLOSE,    /* {{/name}} */
};

struct token {
    uint8_t kind;
    bool starts_line; /* nothing stands before it on its line */
    bool alone;       /* its line held nothing else and was taken away */
    uint32_t line;    /* from 1 */
    uint32_t close;   /* of what opens: index of its TOKEN_CLOSE */
    str text;         /* the literal, or the name */
    str indent;       /* white space before a partial, parent or block */
};

struct tokens {
    str name; /* of the template, as complaints call it */
    struct token *at;
    uint32_t n, cap;
};

enum {
    PARSE_DEPTH = 64,       /* sections within sections */
    PARSE_SOURCE = 1 << 20, /* bytes of one template */
};

/* Views into source, which must outlive them.  ERR_INPUT with *problem a
 * sentence beginning with "NAME:LINE: ". */
enum err template_parse(struct arena *a, str name, str source,
                        struct tokens *out, str *problem) MUST_USE;

#endif
