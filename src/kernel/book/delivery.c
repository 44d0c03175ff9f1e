/* Files delivered row by row: reading, the report, writing all or none. */
#include "kernel/book/delivery.h"

#include <string.h>

enum { BODY_MOST = 24 << 20 };

/* ---- the report ---- */

bool delivery_first(struct delivery_reading *r, str code)
{
    uint64_t at = str_hash(code);
    for (int i = 0; i < DELIVERY_SEEN; i++) {
        str *slot = &r->seen[(at + (uint64_t)i) % DELIVERY_SEEN];
        if (slot->n == 0) {
            *slot = arena_str(r->keep, code);
            return true;
        }
        if (str_eq(*slot, code))
            return false;
    }
    return false;
}

static void count(struct delivery *d, const char *outcome)
{
    int *of = strcmp(outcome, "bad") == 0       ? &d->bad
              : strcmp(outcome, "new") == 0     ? &d->fresh
              : strcmp(outcome, "changed") == 0 ? &d->changed : &d->same;
    d->rows++;
    ++*of;
}

void delivery_report(struct delivery_reading *r, str code, str name,
                     const char *outcome, str text)
{
    bool bad = strcmp(outcome, "bad") == 0;
    struct buf *b = bad ? &r->out->report : &r->good;
    struct view v = { &r->row, value_new(&r->row, VALUE_OBJECT) };
    view_int(&v, "line", r->line);
    view_text(&v, "code", code);
    view_text(&v, "name", name);
    view_text(&v, "outcome", str_of(outcome));
    view_text(&v, "text", text);
    buf_byte(b, b->n ? ',' : ' ');
    value_write_json(v.object, b);
    count(r->out, outcome);
}

void delivery_keep(struct delivery_reading *r, const struct value *v)
{
    value_write_json(v, &r->out->body);
    buf_byte(&r->out->body, '\n');
}

static enum err row_done(struct delivery_reading *r, enum err e, str *problem)
{
    arena_reset(&r->row);
    if (e == OK && (r->out->rows > BOOK_ROWS || r->out->body.n > BODY_MOST)) {
        *problem = r->kind->too_many;
        return ERR_RANGE;
    }
    return e;
}

/* ---- tables ---- */

static bool blank_row(const struct book_row *row)
{
    for (int i = 0; i < BOOK_COLUMNS; i++)
        if (str_trim(row->cell[i]).n)
            return false;
    return true;
}

static enum err table_row(struct delivery_reading *r,
                          const struct book_row *row, str *problem)
{
    if (blank_row(row))
        return OK;
    r->line = row->line;
    return row_done(r, r->kind->row(r, row), problem);
}

static enum err read_table(struct delivery_reading *r, const char *path,
                           str *problem)
{
    const struct book_row *row;
    struct book *b = NULL;
    enum err e = book_open(path, r->keep, &b, problem);
    if (e == OK && (e = book_next(b, &row, problem)) == ERR_NOTFOUND) {
        *problem = STR("文件是空的");
        e = ERR_INPUT;
    }
    if (e == OK)
        e = r->kind->head(r, row, problem);
    while (e == OK && (e = book_next(b, &row, problem)) == OK)
        e = table_row(r, row, problem);
    if (e == ERR_INPUT || e == ERR_RANGE)
        *problem = arena_str(r->keep, *problem);
    book_close(b);
    return e == ERR_NOTFOUND ? OK : e;
}

/* ---- JSON ---- */

static enum err read_tree(struct delivery_reading *r, str json, str *problem)
{
    struct arena a = { 0 };
    struct value *root;
    const struct value *list = NULL;
    enum err e = value_read_json(&a, json, &root, problem);
    if (e == OK)
        list = root->kind == VALUE_LIST
                   ? root : value_get(root, str_of(r->kind->list));
    if (e == OK && (list == NULL || list->kind != VALUE_LIST)) {
        *problem = r->kind->no_list;
        e = ERR_INPUT;
    }
    for (const struct value *v = e == OK ? list->first : NULL; e == OK && v;
         v = v->next) {
        r->line++;
        e = row_done(r, r->kind->tree(r, v), problem);
    }
    *problem = arena_str(r->keep, *problem);
    arena_free(&a);
    return e;
}

/* ---- both ---- */

static bool is_tree(str bytes)
{
    str head = str_trim(bytes);
    while (head.n && (head.p[0] == '\n' || head.p[0] == '\r'))
        head = str_trim(str_slice(head, 1, head.n));
    return head.n && (head.p[0] == '[' || head.p[0] == '{');
}

static enum err read_bytes(struct delivery_reading *r, const char *path,
                           str *problem)
{
    struct arena file = { 0 };
    str bytes;
    enum err e = book_bytes(path, &file, &bytes, problem);
    if (e == OK && str_starts(bytes, STR("\xef\xbb\xbf")))
        bytes = str_slice(bytes, 3, bytes.n);
    r->tx->arena = &r->row; /* what queries yield goes with the row */
    if (e == OK)
        e = is_tree(bytes) ? read_tree(r, bytes, problem)
                           : read_table(r, path, problem);
    r->tx->arena = r->keep;
    arena_free(&file);
    return e;
}

enum err delivery_read(struct tx *tx, const char *path,
                       const struct delivery_kind *kind, void *own,
                       struct delivery *out, str *problem)
{
    struct delivery_reading *r = ARENA_NEW(tx->arena, struct delivery_reading);
    *out = (struct delivery){ 0 };
    *r = (struct delivery_reading){ .kind = kind, .own = own, .tx = tx,
                                    .keep = tx->arena, .out = out };
    *problem = STR("");
    enum err e = read_bytes(r, path, problem);
    if (e == OK && out->rows == 0) {
        *problem = kind->empty;
        e = ERR_INPUT;
    }
    if (r->good.n) {
        buf_byte(&out->report, out->report.n ? ',' : ' ');
        buf_put(&out->report, str_slice(buf_str(&r->good), 1, r->good.n));
    }
    buf_free(&r->good);
    arena_free(&r->row);
    if (e != OK)
        delivery_free(out);
    return e;
}

void delivery_free(struct delivery *d)
{
    buf_free(&d->report);
    buf_free(&d->body);
}

void delivery_settle(struct arena *a, struct delivery *d)
{
    str report = arena_printf(a, "[%.*s]", STR_ARG(buf_str(&d->report)));
    str body = arena_str(a, d->body.n ? buf_str(&d->body) : STR(""));
    delivery_free(d);
    d->report = (struct buf){ .p = (char *)report.p, .n = report.n };
    d->body = (struct buf){ .p = (char *)body.p, .n = body.n };
}

/* ---- writing ---- */

static enum err write_line(struct tx *tx, str line,
                           enum err (*write)(struct tx *tx, struct value *v,
                                             void *own, str *code),
                           void *own, str *code)
{
    struct value *v;
    str problem;
    enum err e = value_read_json(tx->arena, line, &v, &problem);
    return e == OK ? write(tx, v, own, code) : ERR_STORE;
}

enum err delivery_write(struct tx *tx, str body,
                        enum err (*write)(struct tx *tx, struct value *v,
                                          void *own, str *code),
                        void *own, str *code)
{
    struct arena mine = { 0 }, *keep = tx->arena;
    enum err e = OK;
    *code = STR("");
    while (e == OK && !str_is_none(body)) {
        str line = str_cut(&body, '\n'), one = STR("");
        if (line.n == 0)
            continue;
        tx->arena = &mine;
        e = write_line(tx, line, write, own, &one);
        tx->arena = keep;
        if (e != OK)
            *code = arena_str(keep, one);
        arena_reset(&mine);
    }
    arena_free(&mine);
    return e;
}

/* ---- on a page ---- */

static void show_row(struct view *row, const struct value *r,
                     const char *fresh)
{
    const struct { const char *code, *word; } words[] = {
        { "bad", "不能导入" }, { "new", fresh }, { "changed", "新版本" },
        { "same", "没有变化" },
    };
    str outcome = value_word(r, STR("outcome"));
    view_int(row, "line", value_get_int(r, STR("line"), 0));
    view_text(row, "code", value_word(r, STR("code")));
    view_text(row, "name", value_word(r, STR("name")));
    view_bool(row, "bad", str_is(outcome, "bad"));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(outcome, words[i].code))
            view_text(row, "outcome", str_of(words[i].word));
    view_text(row, "text", value_word(r, STR("text")));
}

void delivery_show(struct view *v, str report, int64_t after,
                   const char *fresh)
{
    struct value *all, *list = view_list(v, "report");
    str problem;
    int64_t at = 0;
    if (value_read_json(v->arena, report, &all, &problem) != OK)
        return;
    for (const struct value *r = all->first; r; r = r->next, at++) {
        if (at < after || at >= after + DELIVERY_PAGE)
            continue;
        struct view row = view_row(v, list);
        show_row(&row, r, fresh);
    }
}
