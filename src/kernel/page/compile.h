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

struct op {
    uint8_t kind;
    uint8_t parts;          /* of a dotted name; 0: the implicit iterator */
    uint32_t end;           /* index behind a section's last operation */
    const str *path;        /* the parts */
    str text;
    const struct unit *unit;
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

#endif
