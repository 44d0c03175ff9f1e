/* SQLite's connection, shared by lite.c and lite_keeper.c. */
#ifndef KERNEL_STORE_LITE_H
#define KERNEL_STORE_LITE_H

#include "kernel/store/inside.h"

#include <sqlite3.h>

enum { LITE_TIMEOUT_MS = 5000 }; /* how long a statement waits for a lock */

/* Statements the group needs itself. */
enum lite_own {
    LITE_BEGIN, LITE_BEGIN_WRITE, LITE_COMMIT, LITE_ROLLBACK,
    LITE_SAVE, LITE_RELEASE, LITE_UNDO, LITE_OWN,
};

struct lite {
    struct store_conn base;
    sqlite3 *db;
    sqlite3_stmt **statement; /* by slot */
    int statements;
    sqlite3_stmt *own[LITE_OWN];
    bool alone;               /* the command at hand gets no savepoint */
    bool saved;               /* its savepoint is open */
    int64_t changes;          /* rows changed before it began */
};

/* A connection with our settings; NULL with *problem set when it fails. */
sqlite3 *lite_open(struct store *s, bool writer, struct arena *a,
                   str *problem);

/* The VFS that writes a connection's log in whole pieces; call once, before the
 * first connection.  Only for a connection with synchronous=FULL. */
const char *lite_log_files(void);

#endif
