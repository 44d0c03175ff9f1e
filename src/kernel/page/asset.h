/* The embedded files; the table is written by tools/embed.c. */
#ifndef KERNEL_PAGE_ASSET_H
#define KERNEL_PAGE_ASSET_H

#include "kernel/page/page.h"

struct asset {
    const char *path;
    const char *bytes;
    size_t n;
    const char *hash; /* 8 hex digits over the bytes */
};

extern const struct asset asset_table[]; /* sorted by path */
extern const size_t asset_count;

/* From now on files are read below dir (--dev); NULL: embedded again. */
void asset_from(const char *dir);

#endif
