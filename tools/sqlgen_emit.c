/*
 * The C that a room includes: a struct and a function for each query, as in
 * HOUSE, with types that keep a day from being taken for a sum of money.
 */
#include "sqlgen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct shape {
    char letter;
    const char *type;   /* as a parameter: immune to a parameter's own name */
    const char *member; /* in a struct */
    const char *param;  /* what makes a store_param of it */
} shapes[] = {
    { 't', "struct str ", "str", "store_text" },
    { 'i', "int64_t ", "int64_t", "store_int" },
    { 'd', "struct day ", "day", "store_day" },
    { 's', "struct inst ", "inst", "store_inst" },
    { 'f', "struct fen ", "fen", "store_fen" },
    { 'b', "bool ", "bool", "store_bool" },
    { 'x', "struct str ", "str", "store_text" },
};

static const struct shape *shape_of(const struct column *c)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (shapes[i].letter == c->letter)
            return &shapes[i];
    abort();
}

static void make_folders(const char *path)
{
    char part[4096];
    for (size_t i = 1; path[i] && i < sizeof part; i++)
        if (path[i] == '/') {
            memcpy(part, path, i);
            part[i] = 0;
            mkdir(part, 0777);
        }
}

/* Writes only what changed: make and ninja look at the time of a file. */
static void write_file(const char *path, struct buf *b)
{
    str old = read_file(path);
    if (str_is_none(old) || !str_eq(old, buf_str(b))) {
        make_folders(path);
        FILE *f = fopen(path, "wb");
        if (f == NULL || fwrite(b->p, 1, b->n, f) != b->n || fclose(f) != 0) {
            perror(path);
            exit(2);
        }
    }
    buf_free(b);
}

/* A C string literal, a line of the text on a line of its own. */
static void literal(struct buf *b, str s)
{
    buf_put(b, STR("\""));
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\n')
            buf_put(b, i + 1 < s.n ? STR("\\n\"\n    \"") : STR("\\n"));
        else if (c == '"' || c == '\\')
            buf_printf(b, "\\%c", c);
        else if (c == '?') /* never a trigraph */
            buf_put(b, STR("\\?"));
        else
            buf_byte(b, c);
    }
    buf_put(b, STR("\""));
}

/* ---- the header ---- */

static void prototype(struct buf *b, const struct query *q)
{
    buf_printf(b, "enum err %.*s(struct tx *tx", STR_ARG(q->name));
    for (int i = 0; i < q->ins; i++)
        buf_printf(b, ", %s%.*s", shape_of(&q->in[i])->type,
                   STR_ARG(q->in[i].name));
    if (q->kind == KIND_ONE)
        buf_printf(b, ", struct %.*s *row", STR_ARG(q->name));
    if (q->kind == KIND_MANY)
        buf_printf(b, ", struct %.*s **rows, size_t *row_count",
                   STR_ARG(q->name));
    if (q->kind == KIND_RUN)
        buf_put(b, STR(", int64_t *changed"));
    buf_put(b, STR(")"));
}

static void view_prototype(struct buf *b, const struct query *q)
{
    buf_printf(b, "void %.*s_view(struct view *view, const struct %.*s *row)",
               STR_ARG(q->name), STR_ARG(q->name));
}

static void declare(struct buf *b, const struct query *q)
{
    buf_byte(b, '\n');
    if (q->prose.n)
        buf_printf(b, "/*\n%.*s */\n", STR_ARG(q->prose));
    if (q->outs) {
        buf_printf(b, "struct %.*s {\n", STR_ARG(q->name));
        for (int i = 0; i < q->outs; i++)
            buf_printf(b, "    %s %.*s;%s\n", shape_of(&q->out[i])->member,
                       STR_ARG(q->out[i].name),
                       q->out[i].may_be_null ? " /* or none */" : "");
        buf_put(b, STR("};\n"));
    }
    prototype(b, q);
    buf_put(b, STR(" MUST_USE;\n"));
    if (q->outs) {
        view_prototype(b, q);
        buf_put(b, STR(";\n"));
    }
}

static str guard_name(const struct room *room)
{
    char *p = arena_cstr(&memory, room->path);
    for (char *c = p; *c; c++)
        *c = (char)(*c == '/' ? '_' : *c >= 'a' && *c <= 'z' ? *c - 32 : *c);
    return str_of(p);
}

static void emit_header(const char *out, const struct room *room)
{
    struct buf b = { 0 };
    str guard = guard_name(room);
    buf_printf(&b, "/* Made by sqlgen from src/%.*s/queries.sql. */\n"
                   "#ifndef %.*s_QUERIES_GEN_H\n#define %.*s_QUERIES_GEN_H\n\n"
                   "#include \"kernel/store/store.h\"\n",
               STR_ARG(room->path), STR_ARG(guard), STR_ARG(guard));
    for (int i = 0; i < room->count; i++)
        declare(&b, room->queries[i]);
    buf_put(&b, STR("\n#endif\n"));
    write_file(arena_printf(&memory, "%s/%.*s/queries.gen.h", out,
                            STR_ARG(room->path)).p, &b);
}

/* ---- the functions ---- */

static void letters(struct buf *b, const struct column *list, int n)
{
    buf_put(b, STR("\""));
    for (int i = 0; i < n; i++)
        buf_byte(b, list[i].letter);
    buf_put(b, STR("\""));
}

static void query_table(struct buf *b, const struct query *q, int slot,
                        str room)
{
    static const char *const kinds[] = { "STORE_ONE", "STORE_MANY",
                                         "STORE_CHANGE", "STORE_RUN" };
    str name = q->name;
    if (q->outs) {
        buf_printf(b, "static const uint16_t %.*s_at[] = {\n", STR_ARG(name));
        for (int i = 0; i < q->outs; i++)
            buf_printf(b, "    offsetof(struct %.*s, %.*s),\n", STR_ARG(name),
                       STR_ARG(q->out[i].name));
        buf_put(b, STR("};\n"));
    }
    buf_printf(b, "static const struct store_query %.*s_query = {\n"
                  "    .name = \"%.*s.%.*s\",\n    .kind = %s,\n    .lite = ",
               STR_ARG(name), STR_ARG(room), STR_ARG(name), kinds[q->kind]);
    literal(b, q->lite);
    buf_put(b, STR(",\n    .pg = "));
    literal(b, q->pg);
    buf_put(b, STR(",\n    .in = "));
    letters(b, q->in, q->ins);
    buf_put(b, STR(",\n    .out = "));
    letters(b, q->out, q->outs);
    if (q->outs)
        buf_printf(b, ",\n    .offset = %.*s_at,\n    .row = sizeof(struct "
                      "%.*s)", STR_ARG(name), STR_ARG(name));
    if (q->fresh)
        buf_put(b, STR(",\n    .fresh = true"));
    buf_printf(b, ",\n    .slot = &slots[%d],\n};\n\n", slot);
}

static void bind_parameter(struct buf *b, const struct column *c)
{
    str name = c->name;
    if (c->letter == 'i' && c->may_be_null)
        buf_printf(b, "        { .i = %.*s, .null = %.*s == INT_NONE },\n",
                   STR_ARG(name), STR_ARG(name));
    else
        buf_printf(b, "        %s(%.*s),\n", shape_of(c)->param,
                   STR_ARG(name));
}

static void function(struct buf *b, const struct query *q)
{
    static const char *const calls[] = { "one", "many", "change", "run" };
    static const char *const tails[] = { ", row", ", (void **)rows, row_count",
                                         "", ", changed" };
    prototype(b, q);
    buf_put(b, STR("\n{\n"));
    if (q->ins) {
        buf_put(b, STR("    const struct store_param bound[] = {\n"));
        for (int i = 0; i < q->ins; i++)
            bind_parameter(b, &q->in[i]);
        buf_put(b, STR("    };\n"));
    }
    buf_printf(b, "    return store_%s(tx, &%.*s_query, %s%s);\n}\n\n",
               calls[q->kind], STR_ARG(q->name), q->ins ? "bound" : "NULL",
               tails[q->kind]);
}

static void view_function(struct buf *b, const struct query *q)
{
    static const char *const type[128] = {
        ['t'] = "text", ['i'] = "int", ['d'] = "day", ['s'] = "inst",
        ['f'] = "fen", ['b'] = "bool",
    };
    view_prototype(b, q);
    buf_put(b, STR("\n{\n    (void)view, (void)row;\n"));
    for (int i = 0; i < q->outs; i++) {
        const struct column *c = &q->out[i];
        str n = c->name;
        if (c->letter == 'i' && c->may_be_null)
            buf_printf(b, "    if (row->%.*s == INT_NONE)\n"
                          "        view_text(view, \"%.*s\", str_none);\n"
                          "    else\n    ", STR_ARG(n), STR_ARG(n));
        if (c->letter != 'x') /* bytes are no fact for a page */
            buf_printf(b, "    view_%s(view, \"%.*s\", row->%.*s);\n",
                       type[(int)c->letter], STR_ARG(n), STR_ARG(n));
    }
    buf_put(b, STR("}\n\n"));
}

static str list_name(const struct room *room)
{
    char *p = arena_cstr(&memory, room->path);
    for (char *c = p; *c; c++)
        if (*c == '/')
            *c = '_';
    return arena_printf(&memory, "%s_queries", p);
}

static void emit_code(const char *out, const struct room *room)
{
    struct buf b = { 0 };
    str list = list_name(room);
    buf_printf(&b, "/* Made by sqlgen from src/%.*s/queries.sql. */\n"
                   "#include \"%.*s/queries.gen.h\"\n\n"
                   "#include \"kernel/store/rooms.h\"\n\n"
                   "#include <stddef.h>\n\nstatic int slots[%d];\n\n",
               STR_ARG(room->path), STR_ARG(room->path), room->count);
    for (int i = 0; i < room->count; i++)
        query_table(&b, room->queries[i], i, room->name);
    for (int i = 0; i < room->count; i++) {
        function(&b, room->queries[i]);
        if (room->queries[i]->outs)
            view_function(&b, room->queries[i]);
    }
    buf_printf(&b, "extern const struct store_room %.*s;\n"
                   "static const struct store_query *const all[] = {\n",
               STR_ARG(list));
    for (int i = 0; i < room->count; i++)
        buf_printf(&b, "    &%.*s_query,\n", STR_ARG(room->queries[i]->name));
    buf_printf(&b, "};\nconst struct store_room %.*s = { all, %d };\n",
               STR_ARG(list), room->count);
    write_file(arena_printf(&memory, "%s/%.*s/queries.gen.c", out,
                            STR_ARG(room->path)).p, &b);
}

void emit_room(const char *out, const struct room *room)
{
    emit_header(out, room);
    emit_code(out, room);
}

/* ---- the list of all rooms, and their migrations ---- */

static void emit_migration(struct buf *b, const struct migration *m)
{
    buf_printf(b, "    { \"%.*s\", %d, \"%.*s\",\n    ", STR_ARG(m->room->name),
               m->number, STR_ARG(m->name));
    literal(b, m->lite);
    buf_put(b, STR(",\n    "));
    literal(b, m->pg);
    buf_put(b, STR(" },\n"));
}

void emit_rooms(const char *out, const struct room *rooms, int count,
                const struct migration *migrations, int migration_count)
{
    struct buf b = { 0 };
    buf_put(&b, STR("/* Made by sqlgen: all rooms that keep something. */\n"
                    "#include \"kernel/store/rooms.h\"\n\n"));
    for (int i = 0; i < count; i++)
        if (rooms[i].count)
            buf_printf(&b, "extern const struct store_room %.*s;\n",
                       STR_ARG(list_name(&rooms[i])));
    buf_put(&b, STR("\nconst struct store_room *const store_rooms[] = {\n"));
    for (int i = 0; i < count; i++)
        if (rooms[i].count)
            buf_printf(&b, "    &%.*s,\n", STR_ARG(list_name(&rooms[i])));
    buf_put(&b, STR("    NULL,\n};\n\n"
                    "const struct store_migration store_migrations[] = {\n"));
    for (int i = 0; i < migration_count; i++)
        emit_migration(&b, &migrations[i]);
    buf_put(&b, STR("    { NULL, 0, NULL, NULL, NULL },\n};\n"));
    write_file(arena_printf(&memory, "%s/kernel/store/rooms.gen.c", out).p,
               &b);
}
