/* Compiled templates: a flat list of operations, everything static resolved. */
#ifndef KERNEL_PAGE_COMPILE_H
#define KERNEL_PAGE_COMPILE_H

#include "kernel/page/page.h"

enum op_kind {
    OP_TEXT,     /* text as it is */
    OP_NAME,     /* the value, escaped */
    OP_RAW,      /* the value as it is */
    OP_SECTION,  /* operations up to `end`, for each or if true */
    OP_INVERTED, /* operations up to `end` if not true */
    OP_CALL,     /* another unit: a partial */
};

/* Where a name was written: for the build's complaints. */
struct place {
    str file, name;         /* the template's name, the name as written */
    uint32_t line;
};

struct op {
    uint8_t kind;
    uint8_t parts;          /* of a dotted name; 0: the implicit iterator */
    uint32_t end;           /* index behind a section's last operation */
    union {
        str text;           /* OP_TEXT */
        const struct unit *unit; /* OP_CALL */
        struct {
            const str *path; /* the parts of the name */
            const struct place *place;
        };
    };
};

/* One template, or one template as seen through an indentation. */
struct unit {
    str name, indent;
    struct op *ops;
    uint32_t n, cap;
    struct unit *next;
};

struct template {
    const struct unit *main;
};

enum { COMPILE_OPS = 200000 };

/* page_compile_flags with the name the text is known by in complaints. */
enum err page_compile_named(struct arena *a, str name, str source,
                            page_partial *partial, void *context,
                            unsigned flags, struct template **out,
                            str *problem) MUST_USE;

#endif
