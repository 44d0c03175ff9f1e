/*
 * A file of registrations, row by row.  A row is the whole registration, so an
 * empty cell means there is none.
 */
#include "enterprises/import.h"

#include "kernel/ident/ident.h"

struct columns {
    str unit;                /* whose registrations they must be */
    int field[BOOK_COLUMNS];
};

static struct enterprise blank(void)
{
    str none = STR("");
    return (struct enterprise){
        none, none, none, none, none, none, none, none, none,
        day_none, fen_none, none, none, day_none, day_none,
    };
}

/* ---- judging ---- */

static void put_day(struct view *v, const char *name, day d)
{
    char text[DAY_TEXT];
    view_text(v, name, day_is_none(d) ? STR("")
                                      : arena_str(v->arena,
                                                  day_text(d, text)));
}

/* As enterprise_set reads it again. */
static void put_body(struct delivery_reading *r, const struct enterprise *e)
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
    delivery_keep(r, v.object);
}

/* why: what the cells said already, or "". */
static enum err judge(struct delivery_reading *r, struct enterprise *e,
                      str why)
{
    const struct columns *c = r->own;
    enum enterprise_outcome outcome = ENTERPRISE_WRONG;
    enum err err = OK;
    if (why.n == 0 && e->code.n && !delivery_first(r, e->code))
        why = STR("同一个文件里有两行是这个代码");
    if (why.n == 0)
        err = enterprise_put(r->tx, e, c->unit, STR(""), false, &outcome,
                             &why);
    if (err != OK)
        return err;
    if (outcome == ENTERPRISE_NEW)
        delivery_report(r, e->code, e->name, "new", ident_standing(e->state));
    else if (outcome == ENTERPRISE_CHANGED)
        delivery_report(r, e->code, e->name, "changed",
                        STR("和法人库不同，写成新的一版"));
    else if (outcome == ENTERPRISE_SAME)
        delivery_report(r, e->code, e->name, "same",
                        STR("和法人库一样，不动"));
    else
        delivery_report(r, e->code, e->name, "bad", why);
    if (outcome == ENTERPRISE_NEW || outcome == ENTERPRISE_CHANGED)
        put_body(r, e);
    return OK;
}

/* ---- tables ---- */

static enum err read_head(struct delivery_reading *r,
                          const struct book_row *row, str *problem)
{
    int *field = ((struct columns *)r->own)->field;
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

static enum err table_row(struct delivery_reading *r,
                          const struct book_row *row)
{
    const int *field = ((struct columns *)r->own)->field;
    struct enterprise e = blank();
    str why = STR(""), wrong;
    for (int i = 0; i < BOOK_COLUMNS; i++)
        if (field[i] >= 0 && !enterprise_set(&r->row, &e, field[i],
                                             row->cell[i], &wrong) &&
            why.n == 0)
            why = wrong;
    return judge(r, &e, why);
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

static enum err tree_row(struct delivery_reading *r, const struct value *v)
{
    struct enterprise one = blank();
    str why = set_members(&r->row, &one, v);
    return judge(r, &one, why);
}

enum err enterprise_read(struct tx *tx, const char *path, str unit,
                         struct delivery *out, str *problem)
{
    const struct delivery_kind kind = {
        .list = "entities",
        .no_list = STR("JSON 应是登记的列表，或者有成员 entities 的对象"),
        .empty = STR("文件里没有登记"),
        .too_many = STR("一个文件最多 5000 行，请分成几个文件导入"),
        .head = read_head, .row = table_row, .tree = tree_row,
    };
    struct columns *c = ARENA_NEW(tx->arena, struct columns);
    c->unit = unit;
    return delivery_read(tx, path, &kind, c, out, problem);
}

/* ---- writing ---- */

struct written {
    str unit, ref;
};

static enum err write_row(struct tx *tx, struct value *v, void *own, str *code)
{
    const struct written *w = own;
    struct enterprise one = blank();
    str problem;
    enum enterprise_outcome outcome;
    if (set_members(tx->arena, &one, v).n)
        return ERR_STORE;
    *code = one.code;
    enum err e = enterprise_put(tx, &one, w->unit, w->ref, true, &outcome,
                                &problem);
    return e == OK && outcome == ENTERPRISE_WRONG ? ERR_CONFLICT : e;
}

enum err enterprise_write(struct tx *tx, str body, str unit, str ref,
                          str *code)
{
    struct written w = { unit, ref };
    return delivery_write(tx, body, write_row, &w, code);
}
