/*
 * sqlgen SRC OUT -- see sqlgen.h.
 *
 * All rooms are read in one run, because a statement may lean on the pub_ views
 * of any other room and only one database that has seen every migration can
 * tell whether it fits.  Files whose content would not change are left alone,
 * so that a change in one room compiles one room.
 */
#include "sqlgen.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena memory;
static bool any_refused;

static struct room rooms[ROOMS];
static int room_count;
static struct migration migrations[MIGRATIONS];
static int migration_count;

void refuse(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    any_refused = true;
}

bool refused(void)
{
    return any_refused;
}

str read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return str_none;
    struct buf b = { 0 };
    size_t n;
    while ((n = fread(buf_room(&b, 1 << 14), 1, 1 << 14, f)) > 0)
        b.n += n;
    fclose(f);
    str s = arena_str(&memory, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return s;
}

static const char *joined(const char *dir, const char *name)
{
    return arena_printf(&memory, "%s/%s", dir, name).p;
}

static int visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

/* Names in a folder, sorted, in the arena; 0 when there is no such folder. */
static int names_in(const char *dir, const char **out, int max)
{
    struct dirent **list;
    int n = scandir(dir, &list, visible, alphasort), kept = 0;
    for (int i = 0; i < n; i++) {
        if (kept < max)
            out[kept++] = arena_cstr(&memory, str_of(list[i]->d_name));
        free(list[i]);
    }
    if (n >= 0)
        free(list);
    return kept;
}

/* "0001_accounts.pg.sql" -> 1, "0001_accounts", "pg"; false: none of ours. */
static bool migration_name(str file, int *number, str *name, str *dialect)
{
    if (!str_ends(file, STR(".sql")))
        return false;
    str stem = str_slice(file, 0, file.n - 4);
    *dialect = STR("");
    if (str_ends(stem, STR(".pg")))
        *dialect = STR("pg");
    if (str_ends(stem, STR(".lite")))
        *dialect = STR("lite");
    if (dialect->n)
        stem.n -= dialect->n + 1;
    int64_t n;
    if (stem.n < 6 || stem.p[4] != '_' || !str_int(str_slice(stem, 0, 4), &n))
        return false;
    *number = (int)n;
    *name = stem;
    return true;
}

static struct migration *migration_of(const struct room *room, int number)
{
    for (int i = 0; i < migration_count; i++)
        if (migrations[i].room == room && migrations[i].number == number)
            return &migrations[i];
    return NULL;
}

static void add_migration(const struct room *room, const char *dir,
                          const char *file)
{
    int number;
    str name, dialect;
    const char *path = joined(dir, file);
    if (!migration_name(str_of(file), &number, &name, &dialect)) {
        refuse(path, 1, "a migration is called NNNN_name.sql, "
                        "NNNN_name.lite.sql or NNNN_name.pg.sql");
        return;
    }
    struct migration *m = migration_of(room, number);
    if (m && (dialect.n == 0 || !str_eq(m->name, name) ||
              (str_is(dialect, "pg") ? m->pg.p : m->lite.p) != NULL)) {
        refuse(path, 1, "there are two migrations with the number %04d",
               number);
        return;
    }
    if (m == NULL && migration_count < MIGRATIONS) {
        m = &migrations[migration_count++];
        *m = (struct migration){ .room = room, .number = number,
                                 .name = name };
    }
    str text = read_file(path);
    if (!str_is(dialect, "pg"))
        m->file = path, m->lite = text;
    if (!str_is(dialect, "lite")) {
        m->file_pg = path;
        m->pg = dialect.n ? text : ddl_for_pg(text);
    }
}

static void add_room(const char *src, const char *path, const char *name)
{
    const char *dir = joined(src, path);
    const char *queries = joined(dir, "queries.sql");
    const char *schema = joined(dir, "schema");
    const char *files[MIGRATIONS];
    int n = names_in(schema, files, MIGRATIONS);
    bool has_queries = !str_is_none(read_file(queries));
    if ((n == 0 && !has_queries) || room_count == ROOMS)
        return;

    struct room *room = &rooms[room_count++];
    room->path = str_of(path);
    room->name = str_of(name);
    room->queries = ARENA_NEW_N(&memory, struct query *, QUERIES);
    for (int i = 0; i < n; i++)
        add_migration(room, schema, files[i]);
    if (has_queries)
        read_queries(room, queries);
}

/* Kernel rooms first: the modules' views may stand on theirs. */
static void find_rooms(const char *src)
{
    const char *names[ROOMS];
    int n = names_in(joined(src, "kernel"), names, ROOMS);
    for (int i = 0; i < n; i++)
        add_room(src, joined("kernel", names[i]), names[i]);
    n = names_in(src, names, ROOMS);
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], "kernel") != 0)
            add_room(src, names[i], names[i]);
}

/* Names are C functions, so they are unique in the whole program. */
static void refuse_twins(void)
{
    for (int r = 0; r < room_count; r++)
        for (int i = 0; i < rooms[r].count; i++)
            for (int s = 0; s <= r; s++)
                for (int j = 0; j < (s == r ? i : rooms[s].count); j++) {
                    const struct query *a = rooms[r].queries[i];
                    const struct query *b = rooms[s].queries[j];
                    if (str_eq(a->name, b->name))
                        refuse(a->file, a->line,
                               "the name %.*s is taken by %s:%d",
                               STR_ARG(a->name), b->file, b->line);
                }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("use: sqlgen SRC OUT\n", stderr);
        return 2;
    }
    find_rooms(argv[1]);
    refuse_twins();

    sqlite3 *db = check_open();
    for (int i = 0; i < migration_count; i++)
        check_migration(db, &migrations[i]);
    for (int r = 0; r < room_count && !refused(); r++)
        for (int i = 0; i < rooms[r].count; i++)
            check_query(db, &rooms[r], rooms[r].queries[i]);
    check_close(db);

    if (!refused()) {
        for (int r = 0; r < room_count; r++)
            if (rooms[r].count)
                emit_room(argv[2], &rooms[r]);
        emit_rooms(argv[2], rooms, room_count, migrations, migration_count);
    }
    arena_free(&memory);
    return refused() ? 1 : 0;
}
