/*
 * The writer's log in whole pieces.
 *
 * SQLite hands the system each page of a commit in two writes, 24 bytes and the
 * page, which straddle the pages of the file: a command of fifteen pages costs
 * thirty calls and was half of what a commit costs without its sync.  Over the
 * log of the writer's connection stands a file of ours that gathers what is
 * written one after the other and gives it to the system at once: before every
 * sync, before anything is read, cut or measured, and when PIECE is full.
 *
 * Nobody else may see a frame before it is in the file.  With synchronous=FULL
 * SQLite syncs a commit's frames before it tells other connections of them, so
 * they are; what a large transaction spills earlier only its own connection
 * reads, through this file.  (https://www.sqlite.org/walformat.html, 2.1;
 * https://www.sqlite.org/vfs.html, "shims".)
 */
#include "kernel/store/lite.h"

#include <stdlib.h>
#include <string.h>

/* Bytes gathered at most: SQLite's unix file takes a count of 17 bits. */
enum { PIECE = 120 << 10 };

struct log_file {
    sqlite3_file base;  /* first: SQLite knows only this */
    sqlite3_file *file; /* the system's, in the bytes behind this struct */
    char *piece;        /* what is gathered, n bytes for the place `at` */
    int n;
    sqlite3_int64 at;
};

static struct log_file *log_of(sqlite3_file *f)
{
    return (struct log_file *)f;
}

/* What could not be written is let go: SQLite, told of it, gives the whole
 * transaction up and writes the next one over it. */
static int put_down(struct log_file *l)
{
    int n = l->n;
    l->n = 0;
    return n == 0 ? SQLITE_OK
                  : l->file->pMethods->xWrite(l->file, l->piece, n, l->at);
}

static int log_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    struct log_file *l = log_of(f);
    if (l->n && (at != l->at + l->n || n > PIECE - l->n)) {
        int rc = put_down(l);
        if (rc != SQLITE_OK)
            return rc;
    }
    if (n > PIECE)
        return l->file->pMethods->xWrite(l->file, p, n, at);
    if (l->n == 0)
        l->at = at;
    memcpy(l->piece + l->n, p, (size_t)n);
    l->n += n;
    return SQLITE_OK;
}

static int log_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    struct log_file *l = log_of(f);
    int rc = put_down(l);
    return rc == SQLITE_OK ? l->file->pMethods->xRead(l->file, p, n, at) : rc;
}

static int log_sync(sqlite3_file *f, int flags)
{
    struct log_file *l = log_of(f);
    int rc = put_down(l);
    return rc == SQLITE_OK ? l->file->pMethods->xSync(l->file, flags) : rc;
}

static int log_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    struct log_file *l = log_of(f);
    int rc = put_down(l);
    return rc == SQLITE_OK ? l->file->pMethods->xTruncate(l->file, size) : rc;
}

static int log_size(sqlite3_file *f, sqlite3_int64 *size)
{
    struct log_file *l = log_of(f);
    int rc = put_down(l);
    return rc == SQLITE_OK ? l->file->pMethods->xFileSize(l->file, size) : rc;
}

static int log_close(sqlite3_file *f)
{
    struct log_file *l = log_of(f);
    int rc = put_down(l), closed = l->file->pMethods->xClose(l->file);
    free(l->piece);
    return rc == SQLITE_OK ? closed : rc;
}

static int log_lock(sqlite3_file *f, int level)
{
    struct log_file *l = log_of(f);
    return l->file->pMethods->xLock(l->file, level);
}

static int log_unlock(sqlite3_file *f, int level)
{
    struct log_file *l = log_of(f);
    return l->file->pMethods->xUnlock(l->file, level);
}

static int log_reserved(sqlite3_file *f, int *out)
{
    struct log_file *l = log_of(f);
    return l->file->pMethods->xCheckReservedLock(l->file, out);
}

static int log_control(sqlite3_file *f, int which, void *p)
{
    struct log_file *l = log_of(f);
    return l->file->pMethods->xFileControl(l->file, which, p);
}

static int log_sector(sqlite3_file *f)
{
    struct log_file *l = log_of(f);
    return l->file->pMethods->xSectorSize(l->file);
}

static int log_device(sqlite3_file *f)
{
    struct log_file *l = log_of(f);
    return l->file->pMethods->xDeviceCharacteristics(l->file);
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_reserved,
    .xFileControl = log_control,
    .xSectorSize = log_sector,
    .xDeviceCharacteristics = log_device,
};

/* ---- the files of a connection: only its log is ours ---- */

static sqlite3_vfs vfs, *beneath;

static int open_file(sqlite3_vfs *v, const char *name, sqlite3_file *f,
                     int flags, int *out)
{
    (void)v;
    if (!(flags & SQLITE_OPEN_WAL))
        return beneath->xOpen(beneath, name, f, flags, out);
    struct log_file *l = log_of(f);
    *l = (struct log_file){ .file = (sqlite3_file *)(l + 1) };
    int rc = beneath->xOpen(beneath, name, l->file, flags, out);
    if (rc != SQLITE_OK)
        return rc;
    l->piece = malloc(PIECE);
    if (l->piece == NULL)
        abort();
    l->base.pMethods = &methods;
    return SQLITE_OK;
}

const char *lite_log_files(void)
{
    static const char name[] = "whole-pieces";
    if (beneath == NULL) {
        beneath = sqlite3_vfs_find(NULL);
        vfs = *beneath;
        vfs.zName = name;
        vfs.szOsFile = (int)sizeof(struct log_file) + beneath->szOsFile;
        vfs.xOpen = open_file;
        if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
            abort();
    }
    return name;
}
