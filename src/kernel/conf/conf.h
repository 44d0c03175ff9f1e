/*
 * conf -- what an operator may set: few keys, each with a unit, a default and a
 * reason, all in one table.
 *
 * The table is also the file: `zhengtong conf` prints conf/platform.conf from
 * it, so the two cannot disagree.  A key the table does not have, a value out
 * of its bounds, a line that is none: the program does not start, and says
 * where.  Values are read once, before any thread starts, and live as long as
 * the process; what the law fixes is data or code, never a key.
 */
#ifndef KERNEL_CONF_H
#define KERNEL_CONF_H

#include "base/base.h"

/*
 * Reads a file of "key = value" lines; # begins a comment.  ERR_INPUT with
 * *problem naming file and line, in the arena; ERR_NOTFOUND when there is no
 * such file.  Values keep pointing into the arena.
 */
enum err conf_load(const char *path, struct arena *a, str *problem) MUST_USE;

/* The same from text; name is what *problem calls it. */
enum err conf_read(str text, const char *name, struct arena *a, str *problem)
    MUST_USE;

/* What was set, else the default.  Asking for a key that is not in the table
 * is a defect of the program and aborts it. */
int64_t conf_int(const char *key);
str conf_text(const char *key);
/* Who signs a paper: the organisation, the city before it where its name does
 * not begin so. */
str conf_organ(struct arena *a, str unit);

/* The whole table as a file with comments and defaults. */
void conf_write(struct buf *out);

/* `zhengtong conf`: prints it. */
int conf_command(int argc, char **argv);

#endif
