/*
 * What a statement really does, by SQLite's own word.
 *
 * Every migration runs on a database in memory and every statement is prepared
 * there.  SQLite's authorizer reports each table and column a statement
 * touches, and the view it came through: that is how another room's table and
 * a personal column are found even inside an expression or behind a view.
 */
#include "sqlgen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PERSONAL = 500 };

/* "table.column" of every column marked personal. */
static str personal[PERSONAL];
static int personal_count;

/* What the authorizer looks for and found, for the statement at hand. */
static struct {
    bool on;
    const struct room *room;
    const struct query *q;
    char foreign[130], leaked[130];
} guard;

static bool of_room(const char *table, str room)
{
    return strncmp(table, room.p, room.n) == 0 && table[room.n] == '_';
}

static bool is_pub(const char *name)
{
    return name && strncmp(name, "pub_", 4) == 0;
}

static bool is_personal(const char *table, const char *column)
{
    char both[130];
    snprintf(both, sizeof both, "%.60s.%.60s", table, column ? column : "");
    for (int i = 0; i < personal_count; i++)
        if (str_is(personal[i], both))
            return true;
    return false;
}

static int watch(void *unused, int action, const char *a, const char *b,
                 const char *database, const char *via)
{
    (void)unused, (void)database;
    bool reads = action == SQLITE_READ;
    if (!guard.on || (!reads && action != SQLITE_INSERT &&
                      action != SQLITE_UPDATE && action != SQLITE_DELETE))
        return SQLITE_OK;
    if (reads && guard.q->is_public && is_personal(a, b)) {
        snprintf(guard.leaked, sizeof guard.leaked, "%.60s.%.60s", a, b);
        return SQLITE_DENY;
    }
    if (of_room(a, guard.room->name))
        return SQLITE_OK;
    if (reads && (is_pub(a) || is_pub(via) || strcmp(a, "json_each") == 0 ||
                  strcmp(a, "sqlite_master") == 0))
        return SQLITE_OK;
    if (guard.foreign[0] == 0)
        snprintf(guard.foreign, sizeof guard.foreign, "%.120s", a);
    return SQLITE_DENY;
}

sqlite3 *check_open(void)
{
    sqlite3 *db;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
        sqlite3_set_authorizer(db, watch, NULL) != SQLITE_OK) {
        fputs("sqlgen: no SQLite in memory\n", stderr);
        exit(2);
    }
    /* Its first use reads the schema, which no statement of ours may. */
    sqlite3_exec(db, "SELECT value FROM json_each('[]')", NULL, NULL, NULL);
    return db;
}

void check_close(sqlite3 *db)
{
    sqlite3_close(db);
}

/* ---- personal columns ---- */

static bool column_exists(sqlite3 *db, str table, str column)
{
    return sqlite3_table_column_metadata(
               db, NULL, arena_cstr(&memory, table),
               arena_cstr(&memory, column), NULL, NULL, NULL, NULL, NULL) ==
           SQLITE_OK;
}

static str comment_of(str line)
{
    ptrdiff_t at = str_find(line, STR("--"));
    return at < 0 ? STR("")
                  : str_trim(str_slice(line, (size_t)at + 2, line.n));
}

/* The table a line opens: CREATE TABLE x or ALTER TABLE x. */
static void follow_table(str line, str *table, str *added)
{
    struct word w, before = { .kind = WORD_OTHER, .text = STR("") };
    *added = STR("");
    for (size_t at = 0; next_word(line, &at, &w); before = w) {
        if (word_is(&before, "TABLE"))
            *table = w.text;
        if (word_is(&before, "COLUMN"))
            *added = w.text;
    }
}

/* "  phone TEXT NOT NULL, -- personal: to be called back" */
static void find_personal(sqlite3 *db, const char *file, str text)
{
    str table = STR(""), added, rest = text;
    for (int line = 1; !str_is_none(rest); line++) {
        str l = str_cut(&rest, '\n');
        follow_table(l, &table, &added);
        str note = comment_of(l);
        if (!str_starts(note, STR("personal")))
            continue;
        struct word w = { .text = added };
        size_t at = 0;
        if (added.n == 0 && !next_word(l, &at, &w))
            continue; /* prose that begins with the word */
        if (!column_exists(db, table, w.text))
            refuse(file, line, "'-- personal' stands beside no column of "
                   "%.*s", STR_ARG(table));
        else if (personal_count < PERSONAL)
            personal[personal_count++] =
                arena_printf(&memory, "%.*s.%.*s", STR_ARG(table),
                             STR_ARG(w.text));
    }
}

/* ---- migrations ---- */

/* Tables carry their room's name, or nobody could tell whose they are. */
static void check_names(sqlite3 *db, const struct migration *m)
{
    sqlite3_stmt *s;
    static const char sql[] =
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND "
        "name NOT LIKE ?1 || '\\_%' ESCAPE '\\' AND "
        "name NOT LIKE 'pub\\_' || ?1 || '\\_%' ESCAPE '\\' AND "
        "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND NOT EXISTS "
        "(SELECT 1 FROM temp.known WHERE known.name = sqlite_master.name)";
    sqlite3_exec(db, "CREATE TEMP TABLE IF NOT EXISTS known "
                     "(name TEXT PRIMARY KEY)", NULL, NULL, NULL);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        return;
    sqlite3_bind_text(s, 1, m->room->name.p, (int)m->room->name.n,
                      SQLITE_STATIC);
    while (sqlite3_step(s) == SQLITE_ROW)
        refuse(m->file, 1, "%s must be called %.*s_... (or pub_%.*s_... for "
               "a view others may read)", sqlite3_column_text(s, 0),
               STR_ARG(m->room->name), STR_ARG(m->room->name));
    sqlite3_finalize(s);
    sqlite3_exec(db, "INSERT OR IGNORE INTO temp.known SELECT name FROM "
                     "sqlite_master", NULL, NULL, NULL);
}

void check_migration(sqlite3 *db, const struct migration *m)
{
    if (str_is_none(m->lite) || str_is_none(m->pg)) {
        refuse(str_is_none(m->lite) ? m->file_pg : m->file, 1,
               "its other half, NNNN_name.%s.sql, is missing",
               str_is_none(m->lite) ? "lite" : "pg");
        return;
    }
    char *problem = NULL;
    if (sqlite3_exec(db, m->lite.p, NULL, NULL, &problem) != SQLITE_OK) {
        refuse(m->file, 1, "%s", problem);
        sqlite3_free(problem);
        return;
    }
    find_personal(db, m->file, m->lite);
    check_names(db, m);
}

/* ---- statements ---- */

static void check_parameters(const struct query *q)
{
    for (int i = 0; i < q->ins; i++)
        if (!q->in[i].used)
            refuse(q->file, q->line, "%.*s: parameter %.*s is declared but "
                   "not used", STR_ARG(q->name), STR_ARG(q->in[i].name));
}

/* A text declared as a number, or a number as a text. */
static void check_type(const struct query *q, sqlite3_stmt *s, int i)
{
    const char *decl = sqlite3_column_decltype(s, i);
    const struct column *c = &q->out[i];
    if (decl == NULL)
        return;
    bool text = strcasecmp(decl, "TEXT") == 0;
    bool blob = strcasecmp(decl, "BLOB") == 0;
    if (text != (c->letter == 't') || blob != (c->letter == 'x'))
        refuse(q->file, q->line, "%.*s: column %.*s is %s in its table, which "
               "'-- out' calls something else", STR_ARG(q->name),
               STR_ARG(c->name), decl);
}

static void check_columns(const struct query *q, sqlite3_stmt *s)
{
    int n = sqlite3_column_count(s);
    if (n != q->outs) {
        refuse(q->file, q->line, "%.*s: the statement has %d columns, '-- "
               "out' declares %d", STR_ARG(q->name), n, q->outs);
        return;
    }
    for (int i = 0; i < n; i++) {
        const char *name = sqlite3_column_name(s, i);
        if (!str_is(q->out[i].name, name))
            refuse(q->file, q->line, "%.*s: column %d is called %s, '-- out' "
                   "calls it %.*s", STR_ARG(q->name), i + 1, name,
                   STR_ARG(q->out[i].name));
        check_type(q, s, i);
    }
}

static void check_kind(const struct query *q, sqlite3_stmt *s)
{
    bool reads = q->kind == KIND_ONE || q->kind == KIND_MANY;
    if (reads != (sqlite3_stmt_readonly(s) != 0))
        refuse(q->file, q->line, reads ? "%.*s: :one and :many only read"
                                       : "%.*s: :change and :run must write",
               STR_ARG(q->name));
    if (reads && q->outs == 0)
        refuse(q->file, q->line, "%.*s: '-- out' is missing",
               STR_ARG(q->name));
    if (q->kind == KIND_MANY && !has_limit(q->lite))
        refuse(q->file, q->line, "%.*s: a :many query must carry LIMIT",
               STR_ARG(q->name));
}

/* The name after "SCAN " is a subquery that is computed first, not a table. */
static bool materialised(str list, const char *name)
{
    str mark = arena_printf(&memory, "|%s|", name);
    return str_find(list, mark) >= 0;
}

/* One line of EXPLAIN QUERY PLAN; true if it walks a whole table. */
static bool walks(const char *detail, struct buf *computed, char table[80])
{
    if (sscanf(detail, "MATERIALIZE %79s", table) == 1 ||
        sscanf(detail, "CO-ROUTINE %79s", table) == 1) {
        buf_printf(computed, "|%s|", table);
        return false;
    }
    if (sscanf(detail, "SCAN %79s", table) != 1 || table[0] == '(' ||
        strcmp(table, "CONSTANT") == 0 || strstr(detail, "INDEX"))
        return false;
    return !materialised(computed->n ? buf_str(computed) : STR(""), table);
}

/* Walking in key order and stopping at LIMIT is no full scan: no condition
 * that could pass over rows, nothing to be sorted first. */
static bool stops_early(const struct query *q, bool sorts)
{
    return !sorts && has_limit(q->lite) && !has_word(q->lite, "WHERE") &&
           !has_word(q->lite, "JOIN") && !has_word(q->lite, "GROUP");
}

static void check_plan(sqlite3 *db, const struct query *q)
{
    sqlite3_stmt *s;
    str sql = arena_join(&memory, STR("EXPLAIN QUERY PLAN "), q->lite);
    struct buf computed = { 0 };
    char table[80], walked[80] = "";
    bool sorts = false;
    if (q->kind == KIND_CHANGE || q->kind == KIND_RUN || q->scan_ok.n ||
        sqlite3_prepare_v2(db, sql.p, -1, &s, NULL) != SQLITE_OK)
        return;
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(s, 3);
        sorts |= strstr(detail, "TEMP B-TREE") != NULL;
        if (walks(detail, &computed, table))
            memcpy(walked, table, sizeof walked);
    }
    if (walked[0] && !stops_early(q, sorts))
        refuse(q->file, q->line, "%.*s walks the whole of %s; give it an "
               "index, or say why that is right: -- scan ok: reason",
               STR_ARG(q->name), walked);
    sqlite3_finalize(s);
    buf_free(&computed);
}

static void prepare(sqlite3 *db, const struct room *room, struct query *q)
{
    sqlite3_stmt *s = NULL;
    const char *tail = "";
    memset(&guard, 0, sizeof guard);
    /* After an ALTER TABLE a virtual table reads the schema when it is first
     * used: that is SQLite's doing, not the statement's. */
    (void)sqlite3_prepare_v2(db, q->lite.p, -1, &s, &tail);
    sqlite3_finalize(s);
    s = NULL;
    guard.on = true;
    guard.room = room;
    guard.q = q;
    int rc = sqlite3_prepare_v2(db, q->lite.p, -1, &s, &tail);
    guard.on = false;

    if (guard.leaked[0])
        refuse(q->file, q->line, "%.*s is public but reads the personal "
               "column %s", STR_ARG(q->name), guard.leaked);
    else if (guard.foreign[0])
        refuse(q->file, q->line, "%.*s touches %s, a table of another room; "
               "its pub_ views may be read", STR_ARG(q->name), guard.foreign);
    else if (rc != SQLITE_OK || s == NULL)
        refuse(q->file, q->line, "%.*s: %s", STR_ARG(q->name),
               sqlite3_errmsg(db));
    else if (str_trim(str_of(tail)).n)
        refuse(q->file, q->line, "%.*s: more than one statement",
               STR_ARG(q->name));
    else {
        check_kind(q, s);
        check_columns(q, s);
        check_plan(db, q);
    }
    sqlite3_finalize(s);
}

void check_query(sqlite3 *db, const struct room *room, struct query *q)
{
    str sql_pg = str_is_none(q->sql_pg) ? q->sql : q->sql_pg;
    if (!number_parameters(q, q->sql, '?', &q->lite) ||
        !number_parameters(q, sql_pg, '$', &q->pg))
        return;
    check_parameters(q);
    if (selects_star(q->lite)) {
        refuse(q->file, q->line, "%.*s: SELECT * is refused; name the columns",
               STR_ARG(q->name));
        return;
    }
    str odd = unportable_word(q->sql);
    if (!str_is_none(odd) && str_is_none(q->sql_pg)) {
        refuse(q->file, q->line, "%.*s: %.*s is not understood by both "
               "databases; write it otherwise or add a '-- pg' text",
               STR_ARG(q->name), STR_ARG(odd));
        return;
    }
    prepare(db, room, q);
}
