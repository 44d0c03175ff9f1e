/*
 * A zip in memory, without compression: papers for tests and fuzzers, made as
 * fast as they are read.
 */
#ifndef KERNEL_FILES_TESTS_ZIPPED_H
#define KERNEL_FILES_TESTS_ZIPPED_H

#include "base/base.h"

#include <zlib.h>

struct zipped {
    struct buf all, directory;
    unsigned members;
};

static void zipped_number(struct buf *b, size_t v, int bytes)
{
    for (; bytes > 0; bytes--, v >>= 8)
        buf_byte(b, (char)(v & 0xff));
}

/* What a member's own header and the directory say alike. */
static void zipped_about(struct buf *b, const char *name, str bytes)
{
    zipped_number(b, 20, 2); /* version; then flags, method, time, day */
    zipped_number(b, 0, 8);
    zipped_number(b, crc32(0, (const Bytef *)bytes.p, (uInt)bytes.n), 4);
    zipped_number(b, bytes.n, 4);
    zipped_number(b, bytes.n, 4);
    zipped_number(b, strlen(name), 2);
    zipped_number(b, 0, 2);
}

static void zipped_add(struct zipped *z, const char *name, str bytes)
{
    size_t at = z->all.n;
    buf_put(&z->all, STR("PK\3\4"));
    zipped_about(&z->all, name, bytes);
    buf_put(&z->all, str_of(name));
    buf_put(&z->all, bytes);
    buf_put(&z->directory, STR("PK\1\2"));
    zipped_number(&z->directory, 20, 2);
    zipped_about(&z->directory, name, bytes);
    zipped_number(&z->directory, 0, 10);
    zipped_number(&z->directory, at, 4);
    buf_put(&z->directory, str_of(name));
    z->members++;
}

/* The whole; the bytes are z->all's, to be freed by the caller. */
static str zipped_done(struct zipped *z)
{
    size_t at = z->all.n;
    buf_put(&z->all, buf_str(&z->directory));
    buf_put(&z->all, STR("PK\5\6"));
    zipped_number(&z->all, 0, 4);
    zipped_number(&z->all, z->members, 2);
    zipped_number(&z->all, z->members, 2);
    zipped_number(&z->all, z->directory.n, 4);
    zipped_number(&z->all, at, 4);
    zipped_number(&z->all, 0, 2);
    buf_free(&z->directory);
    return buf_str(&z->all);
}

#endif
