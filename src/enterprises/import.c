/*
 * A file of registrations, row by row.
 *
 * Every row is judged before anything is written, and one that cannot be taken
 * keeps the whole file out, as with the catalogue of items: half a delivery of
 * a register is worse than one that is asked for again.  A row is the whole
 * registration, so an empty cell means there is none.
 *
 * Memory of a row is given back with it.
 */
#include "enterprises/import.h"

#include "kernel/book/book.h"
#include "kernel/ident/ident.h"

enum { SEEN = 16384, BODY_MOST = 24 << 20 };

struct reading {
    struct tx *tx;
    struct arena *keep;     /* the request's */
    struct arena row;       /* of one row */
    str unit;
    struct enterprise_read *out;
    struct buf good;        /* report of rows that can be taken */
    str seen[SEEN];         /* codes of this file */
    int line;
};

static struct enterprise blank(void)
{
    str none = STR("");
    return (struct enterprise){
        none, none, none, none, none, none, none, none, none,
        day_none, fen_none, none, none, day_none, day_none,
    };
}

/* ---- the report ---- */

static void report(struct reading *r, const struct enterprise *e,
                   const char *outcome, str text)
{
    bool bad = strcmp(outcome, "bad") == 0;
    struct buf *b = bad ? &r->out->report : &r->good;
    struct view v = { &r->row, value_new(&r->row, VALUE_OBJECT) };
    view_int(&v, "line", r->line);
    view_text(&v, "code", e->code);
    view_text(&v, "name", e->name);
    view_text(&v, "outcome", str_of(outcome));
    view_text(&v, "text", text);
    buf_byte(b, b->n ? ',' : ' ');
    value_write_json(v.object, b);
}

static void put_day(struct view *v, const char *name, day d)
{
    char text[DAY_TEXT];
    view_text(v, name, day_is_none(d) ? STR("")
                                      : arena_str(v->arena,
                                                  day_text(d, text)));
}

/* As enterprise_set reads it again. */
static void put_body(struct reading *r, const struct enterprise *e)
{
    struct view v = { &r->row, value_new(&r->row, VALUE_OBJECT) };
    view_text(&v, "code", e->code);
    view_text(&v, "name", e->name);
    view_text(&v, "kind", e->kind);
    view_text(&v, "representative", e->representative);
    view_text(&v, "rep_id", e->rep_id);
    view_text(&v, "rep_mobile", e->rep_mobile);
    view_text(&v, "division", e->division);
    view_text(&v, "address", e->address);
    put_day(&v, "founded", e->founded);
    view_text(&v, "capital",
              fen_is_none(e->capital)
                  ? STR("") : arena_printf(&r->row, "%lld.%02d",
                                           (long long)(e->capital.n / 100),
                                           (int)(e->capital.n % 100)));
    view_text(&v, "scope", e->scope);
    view_text(&v, "unit", e->unit);
    view_text(&v, "state", e->state);
    put_day(&v, "state_day", e->state_day);
    put_day(&v, "from", e->from);
    value_write_json(v.object, &r->out->body);
    buf_byte(&r->out->body, '\n');
}

/* ---- judging ---- */

static bool first_seen(struct reading *r, str code)
{
    uint64_t at = str_hash(code);
    for (int i = 0; i < SEEN; i++) {
        str *slot = &r->seen[(at + (uint64_t)i) % SEEN];
        if (slot->n == 0) {
            *slot = arena_str(r->keep, code);
            return true;
        }
        if (str_eq(*slot, code))
            return false;
    }
    return false;
}

/* why: what the cells said already, or "". */
static enum err judge(struct reading *r, struct enterprise *e, str why)
{
    enum enterprise_outcome outcome = ENTERPRISE_WRONG;
    enum err err = OK;
    if (why.n == 0 && e->code.n && !first_seen(r, e->code))
        why = STR("同一个文件里有两行是这个代码");
    if (why.n == 0)
        err = enterprise_put(r->tx, e, r->unit, STR(""), false, &outcome,
                             &why);
    if (err != OK)
        return err;
    r->out->rows++;
    switch (outcome) {
    case ENTERPRISE_NEW:
        r->out->fresh++;
        report(r, e, "new", ident_standing(e->state));
        break;
    case ENTERPRISE_CHANGED:
        r->out->changed++;
        report(r, e, "changed", STR("和法人库不同，写成新的一版"));
        break;
    case ENTERPRISE_SAME:
        r->out->same++;
        report(r, e, "same", STR("和法人库一样，不动"));
        return OK;
    default:
        r->out->bad++;
        report(r, e, "bad", why);
        return OK;
    }
    put_body(r, e);
    return OK;
}

static enum err row_done(struct reading *r, enum err e, str *problem)
{
    arena_reset(&r->row);
    if (e == OK && (r->out->rows > BOOK_ROWS || r->out->body.n > BODY_MOST)) {
        *problem = STR("一个文件最多 5000 行，请分成几个文件导入");
        return ERR_RANGE;
    }
    return e;
}

/* ---- tables ---- */

static enum err read_head(struct reading *r, const struct book_row *row,
                          int *field, str *problem)
{
    bool code = false;
    for (int i = 0; i < BOOK_COLUMNS; i++) {
        str head = str_trim(row->cell[i]);
        field[i] = head.n ? enterprise_field(head) : -1;
        if (head.n && field[i] < 0) {
            *problem = arena_printf(r->keep, "不认识第一行里的“%.*s”，列名请照"
                                    "空白表", STR_ARG(utf8_head(head, 40)));
            return ERR_INPUT;
        }
        for (int k = 0; k < i; k++)
            if (field[i] >= 0 && field[k] == field[i]) {
                *problem = arena_printf(r->keep, "第一行里“%.*s”出现了两次",
                                        STR_ARG(head));
                return ERR_INPUT;
            }
        code = code || field[i] == 0;
    }
    if (!code)
        *problem = STR("第一行没有“统一社会信用代码”这一列");
    return code ? OK : ERR_INPUT;
}

static bool blank_row(const struct book_row *row)
{
    for (int i = 0; i < BOOK_COLUMNS; i++)
        if (str_trim(row->cell[i]).n)
            return false;
    return true;
}

static enum err table_row(struct reading *r, const struct book_row *row,
                          const int *field, str *problem)
{
    struct enterprise e = blank();
    str why = STR(""), wrong;
    r->line = row->line;
    for (int i = 0; i < BOOK_COLUMNS; i++)
        if (field[i] >= 0 && !enterprise_set(&r->row, &e, field[i],
                                             row->cell[i], &wrong) &&
            why.n == 0)
            why = wrong;
    return row_done(r, judge(r, &e, why), problem);
}

static enum err read_table(struct reading *r, const char *path, str *problem)
{
    const struct book_row *row;
    struct book *b = NULL;
    int *field = ARENA_NEW_N(r->keep, int, BOOK_COLUMNS);
    enum err e = book_open(path, r->keep, &b, problem);
    if (e == OK && (e = book_next(b, &row, problem)) == ERR_NOTFOUND) {
        *problem = STR("文件是空的");
        e = ERR_INPUT;
    }
    if (e == OK)
        e = read_head(r, row, field, problem);
    while (e == OK && (e = book_next(b, &row, problem)) == OK)
        if (!blank_row(row))
            e = table_row(r, row, field, problem);
    if (e == ERR_INPUT || e == ERR_RANGE)
        *problem = arena_str(r->keep, *problem);
    book_close(b);
    return e == ERR_NOTFOUND ? OK : e;
}

/* ---- JSON ---- */

/* A number is taken as the text it is. */
static str text_of(struct arena *a, const struct value *v)
{
    if (v->kind == VALUE_TEXT)
        return v->text;
    if (v->kind == VALUE_INT)
        return arena_printf(a, "%lld", (long long)v->i);
    return v->kind == VALUE_NULL ? STR("") : str_none;
}

static str set_members(struct arena *a, struct enterprise *e,
                       const struct value *v)
{
    str wrong;
    if (v->kind != VALUE_OBJECT)
        return STR("不是一个对象");
    for (const struct value *m = v->first; m; m = m->next) {
        int field = enterprise_field(m->key);
        str text = text_of(a, m);
        if (field < 0 || str_is_none(text))
            return arena_printf(a, field < 0 ? "没有成员“%.*s”"
                                             : "成员“%.*s”应是文字",
                                STR_ARG(utf8_head(m->key, 40)));
        if (!enterprise_set(a, e, field, text, &wrong))
            return wrong;
    }
    return STR("");
}

static enum err read_tree(struct reading *r, str json, str *problem)
{
    struct arena a = { 0 };
    struct value *root;
    const struct value *list = NULL;
    enum err e = value_read_json(&a, json, &root, problem);
    if (e == OK)
        list = root->kind == VALUE_LIST ? root
                                        : value_get(root, STR("entities"));
    if (e == OK && (list == NULL || list->kind != VALUE_LIST)) {
        *problem = STR("JSON 应是登记的列表，或者有成员 entities 的对象");
        e = ERR_INPUT;
    }
    for (const struct value *v = e == OK ? list->first : NULL; e == OK && v;
         v = v->next) {
        struct enterprise one = blank();
        r->line++;
        str why = set_members(&r->row, &one, v);
        e = row_done(r, judge(r, &one, why), problem);
    }
    *problem = arena_str(r->keep, *problem);
    arena_free(&a);
    return e;
}

/* ---- both ---- */

static enum err read_bytes(struct reading *r, const char *path, str *problem)
{
    struct arena file = { 0 };
    str bytes;
    enum err e = book_bytes(path, &file, &bytes, problem);
    if (e == OK && str_starts(bytes, STR("\xef\xbb\xbf")))
        bytes = str_slice(bytes, 3, bytes.n);
    str head = e == OK ? str_trim(bytes) : STR("");
    while (head.n && (head.p[0] == '\n' || head.p[0] == '\r'))
        head = str_trim(str_slice(head, 1, head.n));
    bool tree = head.n && (head.p[0] == '[' || head.p[0] == '{');
    r->tx->arena = &r->row; /* what queries yield goes with the row */
    if (e == OK)
        e = tree ? read_tree(r, bytes, problem) : read_table(r, path, problem);
    r->tx->arena = r->keep;
    arena_free(&file);
    return e;
}

enum err enterprise_read(struct tx *tx, const char *path, str unit,
                         struct enterprise_read *out, str *problem)
{
    struct reading *r = ARENA_NEW(tx->arena, struct reading);
    *out = (struct enterprise_read){ 0 };
    *r = (struct reading){ .tx = tx, .keep = tx->arena, .unit = unit,
                           .out = out };
    *problem = STR("");
    enum err e = read_bytes(r, path, problem);
    if (e == OK && out->rows == 0) {
        *problem = STR("文件里没有登记");
        e = ERR_INPUT;
    }
    if (r->good.n) {
        buf_byte(&out->report, out->report.n ? ',' : ' ');
        buf_put(&out->report, str_slice(buf_str(&r->good), 1, r->good.n));
    }
    buf_free(&r->good);
    arena_free(&r->row);
    if (e != OK)
        enterprise_read_free(out);
    return e;
}

void enterprise_read_free(struct enterprise_read *r)
{
    buf_free(&r->report);
    buf_free(&r->body);
}

/* ---- writing ---- */

static enum err write_row(struct tx *tx, str line, str unit, str ref,
                          struct enterprise *one)
{
    struct value *v;
    str problem;
    enum enterprise_outcome outcome;
    *one = blank();
    enum err e = value_read_json(tx->arena, line, &v, &problem);
    if (e != OK || set_members(tx->arena, one, v).n)
        return ERR_STORE;
    e = enterprise_put(tx, one, unit, ref, true, &outcome, &problem);
    return e == OK && outcome == ENTERPRISE_WRONG ? ERR_CONFLICT : e;
}

enum err enterprise_write(struct tx *tx, str body, str unit, str ref,
                          str *code)
{
    struct arena mine = { 0 }, *keep = tx->arena;
    struct enterprise one;
    enum err e = OK;
    *code = STR("");
    while (e == OK && !str_is_none(body)) {
        str line = str_cut(&body, '\n');
        if (line.n == 0)
            continue;
        tx->arena = &mine;
        e = write_row(tx, line, unit, ref, &one);
        tx->arena = keep;
        if (e != OK)
            *code = arena_str(keep, one.code);
        arena_reset(&mine);
    }
    arena_free(&mine);
    return e;
}
