/* What the files of this room share about divisions; not for other rooms. */
#ifndef KERNEL_IDENT_DIVISIONS_H
#define KERNEL_IDENT_DIVISIONS_H

#include "kernel/ident/ident.h"

struct division {
    str name;
    int first, last; /* months, yyyymm; last only when not in_use */
    bool in_use;
};

bool divisions_find(const struct divisions *d, int code, struct division *out);

#endif
