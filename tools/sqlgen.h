/*
 * sqlgen -- turns the rooms' queries.sql into typed C, or refuses them.
 *
 * Five files: sqlgen.c walks the rooms, sqlgen_read.c reads a query file,
 * sqlgen_text.c knows as much of SQL's words as rewriting needs,
 * sqlgen_check.c asks SQLite what a statement really does, sqlgen_emit.c
 * writes the C.  The program is run by the build only; it keeps everything in
 * one arena until it ends.
 */
#ifndef SQLGEN_H
#define SQLGEN_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#include <sqlite3.h>

enum { COLUMNS = 64, QUERIES = 2000, ROOMS = 64, MIGRATIONS = 500 };

/* A declared parameter or out column. */
struct column {
    str name;
    char letter;    /* t i d s f b x, as in store.h */
    bool may_be_null;
    bool used;      /* a parameter: seen in the statement */
};

enum kind { KIND_ONE, KIND_MANY, KIND_CHANGE, KIND_RUN };

struct query {
    const char *file;
    int line;
    str name;
    enum kind kind;
    bool is_public; /* reads no personal column */
    bool fresh;     /* planned for each call's values */
    str scan_ok;    /* the reason why a full scan is right; or none */
    str prose;
    struct column in[COLUMNS], out[COLUMNS];
    int ins, outs;
    str sql;        /* as written */
    str sql_pg;     /* the override, as written; or none */
    str lite, pg;   /* with ?1 and $1 for parameters */
};

struct room {
    str name;       /* "auth" */
    str path;       /* "kernel/auth", below src */
    struct query **queries;
    int count;
};

struct migration {
    const struct room *room;
    const char *file;     /* of the SQLite text, for messages */
    const char *file_pg;
    int number;
    str name;             /* "0001_accounts" */
    str lite, pg;         /* texts as they will run; none: this dialect lacks
                             a file of that number */
};

extern struct arena memory;

/* Prints "file:line: sentence" and remembers that nothing may be written. */
void refuse(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool refused(void);

/* The whole of a file; none if it cannot be read. */
str read_file(const char *path);

/* ---- sqlgen_read.c ---- */

/* Appends the queries of one file to the room. */
void read_queries(struct room *room, const char *file);

/* ---- sqlgen_text.c ---- */

/* One word of SQL: an identifier, :parameter, a quoted text or name, a number,
 * or a single other character.  Comments and space are stepped over. */
enum word_kind { WORD_NAME, WORD_PARAM, WORD_QUOTED, WORD_NUMBER, WORD_OTHER };
struct word {
    enum word_kind kind;
    str text;
    size_t at;      /* byte offset in the statement */
};
bool next_word(str sql, size_t *at, struct word *out);
bool word_is(const struct word *w, const char *upper);

/* The statement without comments, `mark` and the declared position in place of
 * each :name.  False, after refusing, for an undeclared name. */
bool number_parameters(struct query *q, str sql, char mark, str *out);

bool selects_star(str sql);
bool has_limit(str sql);
bool has_word(str sql, const char *upper);
/* The first word that PostgreSQL or SQLite alone knows; none if portable. */
str unportable_word(str sql);

/* A migration's text for PostgreSQL: BIGINT, BYTEA, byte order for texts. */
str ddl_for_pg(str ddl);

/* ---- sqlgen_check.c ---- */

sqlite3 *check_open(void);
void check_migration(sqlite3 *db, const struct migration *m);
/* Fills q->lite and q->pg; refuses what must not build. */
void check_query(sqlite3 *db, const struct room *room, struct query *q);
void check_close(sqlite3 *db);

/* ---- sqlgen_emit.c ---- */

void emit_room(const char *out_dir, const struct room *room);
void emit_rooms(const char *out_dir, const struct room *rooms, int count,
                const struct migration *migrations, int migration_count);

#endif
