/* The words of an office paper: what all formats share, and what the server
 * takes of it. */
#include "kernel/files/office.h"

#include <string.h>

/* ---- writing ---- */

bool office_room(struct office *w)
{
    if (w->text >= OFFICE_TEXT || w->blocks->count >= OFFICE_BLOCKS)
        w->more = true;
    return !w->more;
}

/* As much as there is room for, whole characters only. */
static str fitting(struct office *w, str text)
{
    size_t left = OFFICE_TEXT - (w->text > OFFICE_TEXT ? OFFICE_TEXT : w->text);
    if (text.n > left) {
        w->more = true;
        while (left && ((unsigned char)text.p[left] & 0xc0) == 0x80)
            left--;
        text = str_slice(text, 0, left);
    }
    w->text += text.n;
    return arena_str(w->a, text);
}

void office_put(struct office *w, const char *kind, str text)
{
    text = str_trim(text);
    if (text.n == 0 || !office_room(w))
        return;
    struct value *b = value_new(w->a, VALUE_OBJECT);
    value_add(b, str_of(kind), value_text(w->a, fitting(w, text)));
    value_push(w->blocks, b);
}

void office_table(struct office *w)
{
    struct value *b = value_new(w->a, VALUE_OBJECT);
    w->rows = value_new(w->a, VALUE_LIST);
    w->row = NULL;
    if (!office_room(w))
        return;
    value_add(b, STR("rows"), w->rows);
    value_push(w->blocks, b);
}

void office_row(struct office *w)
{
    w->row = NULL;
    if (w->rows == NULL || !office_room(w))
        return;
    if (w->rows->count == OFFICE_ROWS) {
        w->more = true;
        return;
    }
    w->row = value_new(w->a, VALUE_LIST);
    value_push(w->rows, w->row);
    w->text++;
}

/* An empty cell keeps its place, so it costs a byte like any other. */
void office_cell(struct office *w, str text)
{
    if (w->row == NULL || !office_room(w))
        return;
    if (w->row->count == OFFICE_CELLS) {
        w->more = true;
        return;
    }
    text = str_trim(text);
    value_push(w->row, value_text(w->a, fitting(w, text.n ? text : STR(""))));
    w->text++;
}

/* ---- reading ---- */

static enum preview_end read_pack(str bytes, bool ofd, struct office *w)
{
    struct pack *p = pack_open(bytes);
    if (p == NULL)
        return PREVIEW_DAMAGED;
    enum preview_end e = ofd ? office_ofd(p, w) : office_docx(p, w);
    pack_close(p);
    return e;
}

enum preview_end office_read(str bytes, str type, struct arena *a,
                             struct value **out)
{
    struct office w = { .a = a, .blocks = value_new(a, VALUE_LIST) };
    bool ofd = str_is(type, "application/ofd");
    enum preview_end e = str_ends(type, STR(".sheet"))
                             ? office_xlsx(bytes, &w)
                             : read_pack(bytes, ofd, &w);
    if (e == PREVIEW_DAMAGED && w.blocks->count) {
        w.more = true; /* some of a paper is better than none */
        e = PREVIEW_OK;
    }
    *out = value_new(a, VALUE_OBJECT);
    value_add(*out, STR("more"), value_bool(a, w.more));
    value_add(*out, STR("blocks"), w.blocks);
    return e;
}

/* ---- what the server takes ---- */

static bool is_rows(const struct value *rows)
{
    if (rows->kind != VALUE_LIST || rows->count > OFFICE_ROWS)
        return false;
    for (const struct value *r = rows->first; r; r = r->next) {
        if (r->kind != VALUE_LIST || r->count > OFFICE_CELLS)
            return false;
        for (const struct value *c = r->first; c; c = c->next)
            if (c->kind != VALUE_TEXT)
                return false;
    }
    return true;
}

static bool is_block(const struct value *b)
{
    if (b->kind != VALUE_OBJECT || b->count != 1)
        return false;
    if (str_is(b->first->key, "rows"))
        return is_rows(b->first);
    return b->first->kind == VALUE_TEXT && (str_is(b->first->key, "head") ||
                                            str_is(b->first->key, "text"));
}

enum err office_take(struct arena *a, str json, struct value **out)
{
    str problem;
    if (json.n > OFFICE_JSON || value_read_json(a, json, out, &problem) != OK ||
        (*out)->kind != VALUE_OBJECT || (*out)->count != 2)
        return ERR_INPUT;
    const struct value *more = value_get(*out, STR("more"));
    const struct value *blocks = value_get(*out, STR("blocks"));
    if (more == NULL || more->kind != VALUE_BOOL || blocks == NULL ||
        blocks->kind != VALUE_LIST || blocks->count > OFFICE_BLOCKS)
        return ERR_INPUT;
    for (const struct value *b = blocks->first; b; b = b->next)
        if (!is_block(b))
            return ERR_INPUT;
    return OK;
}
