/*
 * Reading a queries.sql file, line by line.
 *
 *   -- case_public :one public          opens a query
 *   -- What anyone may see of a case.   prose, copied into the header
 *   -- in  number text, day day?        parameters, in the C function's order
 *   -- out number text, due day?        columns, in the statement's order
 *   -- scan ok: 72 rows                 why walking the whole table is right
 *   -- plan each time                   PostgreSQL looks at the values first
 *   SELECT ... FROM each(:ids) ... ;    the members of a JSON list, by `value`
 *   -- pg                               what follows is for PostgreSQL only
 *   SELECT ... ;
 */
#include "sqlgen.h"

#include <ctype.h>
#include <string.h>

struct reader {
    struct room *room;
    const char *file;
    int line;
    struct query *q;
    struct buf prose, sql, pg;
    bool in_pg;
};

static bool is_name(str s)
{
    if (s.n == 0 || s.n > 60 || !islower((unsigned char)s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!islower((unsigned char)s.p[i]) && s.p[i] != '_' &&
            !isdigit((unsigned char)s.p[i]))
            return false;
    return true;
}

/* Words that cannot be a C name, and the names the functions use themselves. */
static bool is_taken(str s)
{
    static const char *const words[] = {
        "auto", "bool", "break", "case", "char", "const", "continue",
        "default", "do", "double", "else", "enum", "extern", "float", "for",
        "goto", "if", "inline", "int", "long", "register", "restrict",
        "return", "short", "signed", "sizeof", "static", "struct", "switch",
        "typedef", "union", "unsigned", "void", "volatile", "while", "true",
        "false", "tx", "row", "rows", "row_count", "changed", "bound",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(s, words[i]))
            return true;
    return false;
}

static char letter_of(str type)
{
    static const struct { const char *name; char letter; } types[] = {
        { "text", 't' }, { "int", 'i' },  { "day", 'd' },   { "inst", 's' },
        { "fen", 'f' },  { "bool", 'b' }, { "bytes", 'x' },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(type, types[i].name))
            return types[i].letter;
    return 0;
}

static str word_of(str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    str word = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n, rest->n);
    return word;
}

static void read_column(struct reader *r, str item, const char *what,
                        struct column *list, int *count)
{
    str name = word_of(&item), type = word_of(&item);
    struct column c = { .name = name };
    if (type.n && type.p[type.n - 1] == '?') {
        c.may_be_null = true;
        type.n--;
    }
    if (!is_name(name) || type.n == 0 || str_trim(item).n) {
        refuse(r->file, r->line,
               "a line that begins with '-- %s ' declares \"name type, name "
               "type\"; this is not that", what);
        return;
    }
    c.letter = letter_of(type);
    if (c.letter == 0)
        refuse(r->file, r->line, "unknown type %.*s of %.*s: text int day "
               "inst fen bool bytes", STR_ARG(type), STR_ARG(name));
    else if (c.letter == 'b' && c.may_be_null)
        refuse(r->file, r->line, "%.*s: a bool has no third value; take int?",
               STR_ARG(name));
    if (is_taken(name))
        refuse(r->file, r->line, "%.*s cannot be a name in C; say it "
               "otherwise (AS ...)", STR_ARG(name));
    for (int i = 0; i < *count; i++)
        if (str_eq(list[i].name, name))
            refuse(r->file, r->line, "%.*s is declared twice", STR_ARG(name));
    if (*count == COLUMNS)
        refuse(r->file, r->line, "more than %d columns", COLUMNS);
    else
        list[(*count)++] = c;
}

static void read_columns(struct reader *r, str items, const char *what,
                         struct column *list, int *count)
{
    while (!str_is_none(items)) {
        str item = str_trim(str_cut(&items, ','));
        if (item.n)
            read_column(r, item, what, list, count);
    }
}

/* The text of a statement without its last semicolon. */
static str statement(struct buf *b)
{
    str s = str_trim(b->n ? buf_str(b) : STR(""));
    if (s.n && s.p[s.n - 1] == ';')
        s = str_trim(str_slice(s, 0, s.n - 1));
    s = arena_str(&memory, s);
    buf_clear(b);
    return s;
}

static void finish(struct reader *r)
{
    struct query *q = r->q;
    if (q == NULL)
        return;
    q->prose = arena_str(&memory, r->prose.n ? buf_str(&r->prose) : STR(""));
    buf_clear(&r->prose);
    q->sql = statement(&r->sql);
    str pg = statement(&r->pg);
    q->sql_pg = r->in_pg ? pg : str_none;
    if (q->sql.n == 0 || (r->in_pg && pg.n == 0))
        refuse(q->file, q->line, "%.*s has no statement", STR_ARG(q->name));
    r->q = NULL;
}

/* "name :one public"; false if the comment opens no query. */
static bool open_query(struct reader *r, str comment)
{
    static const char *const kinds[] = { ":one", ":many", ":change", ":run" };
    str rest = comment, name = word_of(&rest), kind = word_of(&rest);
    str access = word_of(&rest);
    if (kind.n == 0 || kind.p[0] != ':')
        return false;
    finish(r);
    struct query *q = ARENA_NEW(&memory, struct query);
    *q = (struct query){ .file = r->file, .line = r->line, .name = name };
    size_t k = 0;
    while (k < 4 && !str_is(kind, kinds[k]))
        k++;
    q->kind = (enum kind)k;
    q->is_public = str_is(access, "public");
    q->scan_ok = str_none;
    if (!is_name(name) || is_taken(name))
        refuse(r->file, r->line, "%.*s is no name for a query",
               STR_ARG(name));
    if (k == 4)
        refuse(r->file, r->line, "%.*s: a query is :one, :many, :change or "
               ":run", STR_ARG(kind));
    if ((access.n && !q->is_public) || str_trim(rest).n)
        refuse(r->file, r->line, "only the word public may follow the kind");
    if (r->room->count < QUERIES)
        r->room->queries[r->room->count++] = q;
    r->q = q;
    r->in_pg = false;
    return true;
}

static void comment_line(struct reader *r, str text)
{
    struct query *q = r->q;
    if (open_query(r, text) || q == NULL)
        return;
    if (str_starts(text, STR("in ")))
        read_columns(r, str_slice(text, 3, text.n), "in", q->in, &q->ins);
    else if (str_starts(text, STR("out ")))
        read_columns(r, str_slice(text, 4, text.n), "out", q->out, &q->outs);
    else if (str_starts(text, STR("scan ok:")))
        q->scan_ok = str_trim(str_slice(text, 8, text.n));
    else if (str_is(text, "plan each time"))
        q->fresh = true;
    else if (str_is(text, "pg"))
        r->in_pg = true;
    else if (r->sql.n == 0)
        buf_printf(&r->prose, " * %.*s\n", STR_ARG(text));
}

void read_queries(struct room *room, const char *file)
{
    struct reader r = { .room = room, .file = file };
    str rest = read_file(file);
    while (!str_is_none(rest)) {
        str line = str_cut(&rest, '\n');
        r.line++;
        str text = str_trim(line);
        if (str_starts(text, STR("--"))) {
            comment_line(&r, str_trim(str_slice(text, 2, text.n)));
        } else if (text.n && r.q == NULL) {
            refuse(file, r.line, "a statement without a header line "
                   "\"-- name :kind\" above it");
            break;
        } else if (text.n) {
            struct buf *b = r.in_pg ? &r.pg : &r.sql;
            buf_put(b, line);
            buf_byte(b, '\n');
        }
    }
    finish(&r);
    buf_free(&r.prose);
    buf_free(&r.sql);
    buf_free(&r.pg);
}
