/*
 * A file of items, row by row.
 *
 * In a table a column that is missing leaves what an item says, an empty cell
 * takes it away; in JSON a guide is whole.  What a row lacks as a guide does
 * not keep it out: it becomes a draft with findings, which cannot be sent for
 * review before it is put right.
 */
#include "catalogue/import.h"

#include "catalogue/named.h"
#include "kernel/laws/laws.h"

/* What a column is: a field, or one of these. */
enum { COLUMN_PASS, COLUMN_CODE, COLUMN_UNIT, COLUMN_FIELD };

struct columns {
    str unit;               /* whose items they must be, "" for all */
    int kind[BOOK_COLUMNS];
    const struct guide_field *field[BOOK_COLUMNS];
};

/* One row on its way: as it came, as it will be. */
struct taking {
    str code, unit;
    struct kept now;        /* of a known item */
    bool known;
    struct value *guide;
    str why;                /* it cannot be taken */
};

static void report(struct delivery_reading *r, const struct taking *t,
                   const char *outcome, str text)
{
    delivery_report(r, t->code, t->guide ? guide_get(t->guide, "name")
                                         : STR(""), outcome, text);
}

static str own_unit(const struct delivery_reading *r)
{
    return ((const struct columns *)r->own)->unit;
}

/* ---- judging ---- */

static enum err find_unit(struct delivery_reading *r, struct taking *t)
{
    struct unit_named u;
    if (t->unit.n == 0 && t->known)
        t->unit = t->now.item.unit;
    if (t->unit.n == 0)
        t->unit = own_unit(r);
    enum err e = t->unit.n ? unit_named(r->tx, t->unit, &u) : ERR_NOTFOUND;
    if (e == ERR_NOTFOUND) {
        t->why = t->unit.n ? arena_printf(&r->row, "没有部门“%.*s”",
                                          STR_ARG(t->unit))
                           : STR("没有写部门");
        return OK;
    }
    if (e == OK)
        t->unit = u.code;
    return e;
}

static void judge_place(struct delivery_reading *r, struct taking *t)
{
    if (t->why.n)
        return;
    str own = own_unit(r);
    if (own.n && !str_eq(t->unit, own))
        t->why = STR("不是本部门的事项，请由该部门导入");
    else if (t->known && !str_eq(t->now.item.unit, t->unit))
        t->why = arena_printf(&r->row, "这个编码是%.*s的事项",
                              STR_ARG(t->now.item.unit_name));
}

/* Code, organisation and what is there now; *t->why when that keeps it out. */
static enum err place(struct delivery_reading *r, struct taking *t)
{
    if (!keep_code_ok(t->code)) {
        t->why = t->code.n ? STR("事项编码应是字母、数字和连字符，3 到 40 位")
                           : STR("没有事项编码");
        return OK;
    }
    if (!delivery_first(r, t->code)) {
        t->why = STR("同一个文件里有两行是这个编码");
        return OK;
    }
    enum err e = keep_load(r->tx, t->code, 0, &t->now);
    t->known = e == OK;
    if (e == OK || e == ERR_NOTFOUND)
        e = find_unit(r, t);
    if (e == OK)
        judge_place(r, t);
    return e;
}

static int law_of(str law, str article, str *version)
{
    return (int)laws_find(law, article, version);
}

static void put_body(struct delivery_reading *r, const struct taking *t)
{
    struct view v = { &r->row, value_new(&r->row, VALUE_OBJECT) };
    view_text(&v, "code", t->code);
    view_text(&v, "unit", t->unit);
    view_int(&v, "revision", t->known ? t->now.item.revision : 0);
    view_value(&v, "guide", t->guide);
    delivery_keep(r, v.object);
}

static str first_must(const struct guide_findings *f)
{
    for (int i = 0; i < f->n; i++)
        if (f->list[i].rule->grade == GRADE_MUST)
            return f->list[i].text;
    return STR("");
}

/* Does the row say what is in force, or what is being worked on, already? */
static enum err says_the_same(struct delivery_reading *r,
                              const struct taking *t, bool *same)
{
    struct version_one live;
    enum err e = OK;
    str text = t->known && t->why.n == 0 ? value_json(&r->row, t->guide)
                                         : STR("");
    *same = text.n && str_eq(t->now.version.body, text);
    if (text.n == 0 || *same || t->now.item.live == 0 ||
        t->now.item.live == t->now.version.version)
        return OK;
    e = version_one(r->tx, t->code, t->now.item.live, &live);
    *same = e == OK && str_eq(live.body, text);
    return e;
}

static str outcome_of(struct arena *a, const struct guide_findings *f)
{
    return f->must ? arena_printf(a, "存为草稿；必须改 %d 处，第一处：%.*s",
                                  f->must, STR_ARG(first_must(f)))
           : f->n  ? arena_printf(a, "存为草稿；应当改 %d 处", f->n)
                   : STR("存为草稿，没有发现问题");
}

/* The row is placed and its guide read: what will come of it? */
static void judge(struct delivery_reading *r, struct taking *t, bool same)
{
    struct guide_findings *f = ARENA_NEW(&r->row, struct guide_findings);
    struct guide_about about = { .today = tx_today(r->tx), .law = law_of,
                                 .paper = named_state, .context = r->tx };
    if (t->why.n == 0 && !guide_says(t->guide, "name"))
        t->why = STR("没有事项名称");
    if (t->why.n == 0 && !same && t->known && t->now.item.step.n)
        t->why = STR("这个事项有一版正在修改或者审核，先办完那一版");
    if (t->why.n == 0 && !same && t->known &&
        str_is(t->now.item.state, "withdrawn"))
        t->why = STR("这个事项已经取消，先恢复办理");
    if (t->why.n) {
        report(r, t, "bad", t->why);
        return;
    }
    if (same) {
        report(r, t, "same", STR("和现行的一样，不动"));
        return;
    }
    guide_check(&r->row, t->guide, &about, f);
    str missing = named_missing(r->tx, &r->row, t->guide);
    report(r, t, t->known ? "changed" : "new", arena_printf(
        &r->row, "%.*s%s%.*s", STR_ARG(outcome_of(&r->row, f)),
        missing.n ? "；文件不在这里，要另外上传：" : "", STR_ARG(missing)));
    put_body(r, t);
}

static enum err row_done(struct delivery_reading *r, struct taking *t,
                         enum err e)
{
    bool same = false;
    if (e == OK)
        e = says_the_same(r, t, &same);
    if (e == OK)
        judge(r, t, same);
    return e;
}

/* ---- tables ---- */

static bool one_of(str head, const char *const *words)
{
    while (*words && !str_is(head, *words))
        words++;
    return *words != NULL;
}

static const struct guide_field *field_named(str head)
{
    size_t n;
    const struct guide_field *const *f = guide_fields(&n);
    for (size_t i = 0; i < n; i++)
        if (str_is(head, f[i]->label) || str_is(head, f[i]->code))
            return f[i];
    return NULL;
}

static enum err read_head(struct delivery_reading *r,
                          const struct book_row *row, str *problem)
{
    struct columns *c = r->own;
    static const char *const codes[] = { "事项编码", "code", NULL };
    static const char *const units[] = { "部门", "部门代码", "unit", NULL };
    static const char *const passed[] = { "", "部门名称", "版本", "状态",
                                          "生效日", NULL };
    bool code = false;
    for (int i = 0; i < BOOK_COLUMNS; i++) {
        str head = str_trim(row->cell[i]);
        c->field[i] = field_named(head);
        c->kind[i] = one_of(head, passed)  ? COLUMN_PASS
                     : one_of(head, codes) ? COLUMN_CODE
                     : one_of(head, units) ? COLUMN_UNIT : COLUMN_FIELD;
        code = code || c->kind[i] == COLUMN_CODE;
        for (int k = 0; k < i; k++)
            if (c->kind[i] != COLUMN_PASS && c->kind[k] == c->kind[i] &&
                c->field[k] == c->field[i]) {
                *problem = arena_printf(r->keep, "第一行里“%.*s”出现了两次",
                                        STR_ARG(head));
                return ERR_INPUT;
            }
        if (c->kind[i] == COLUMN_FIELD && c->field[i] == NULL) {
            *problem = arena_printf(r->keep, "不认识第一行里的“%.*s”，列名请照"
                                    "空白表", STR_ARG(utf8_head(head, 40)));
            return ERR_INPUT;
        }
    }
    if (!code)
        *problem = STR("第一行没有“事项编码”这一列");
    return code ? OK : ERR_INPUT;
}

static void fill(struct delivery_reading *r, struct taking *t,
                 const struct book_row *row, const struct columns *c)
{
    str problem;
    t->guide = t->known && t->now.guide ? t->now.guide
                                        : value_new(&r->row, VALUE_OBJECT);
    for (int i = 0; i < BOOK_COLUMNS; i++)
        if (c->kind[i] == COLUMN_FIELD &&
            guide_set(&r->row, t->guide, c->field[i], row->cell[i],
                      &problem) != OK && t->why.n == 0)
            t->why = problem;
}

/* A guide in the order of the table, so that the same says the same. */
static void put_in_order(struct delivery_reading *r, struct taking *t)
{
    struct value *in_order;
    str problem;
    if (t->why.n == 0 && guide_take(&r->row, t->guide, &in_order,
                                    &problem) == OK)
        t->guide = in_order;
}

static enum err table_row(struct delivery_reading *r,
                          const struct book_row *row)
{
    const struct columns *c = r->own;
    struct taking t = { .code = STR(""), .unit = STR(""), .why = STR("") };
    for (int i = 0; i < BOOK_COLUMNS; i++) {
        if (c->kind[i] == COLUMN_CODE)
            t.code = str_trim(row->cell[i]);
        if (c->kind[i] == COLUMN_UNIT)
            t.unit = str_trim(row->cell[i]);
    }
    enum err e = place(r, &t);
    if (e == OK) {
        fill(r, &t, row, c);
        put_in_order(r, &t);
    }
    return row_done(r, &t, e);
}

/* ---- JSON ---- */

static enum err tree_row(struct delivery_reading *r, const struct value *v)
{
    struct taking t = { .code = STR(""), .unit = STR(""), .why = STR("") };
    str wrong;
    t.code = guide_get(v, "code");
    t.unit = guide_get(v, "unit");
    enum err e = place(r, &t);
    if (e == OK && guide_take(&r->row, value_get(v, STR("guide")), &t.guide,
                              &wrong) != OK && t.why.n == 0)
        t.why = wrong;
    return row_done(r, &t, e);
}

enum err import_read(struct tx *tx, const char *path, str unit,
                     struct delivery *out, str *problem)
{
    const struct delivery_kind kind = {
        .list = "items",
        .no_list = STR("JSON 应是事项的列表，或者有成员 items 的对象"),
        .empty = STR("文件里没有事项"),
        .too_many = STR("一个文件最多 5000 行、24 MB，请分成几个文件导入"),
        .head = read_head, .row = table_row, .tree = tree_row,
    };
    struct columns *c = ARENA_NEW(tx->arena, struct columns);
    c->unit = unit;
    return delivery_read(tx, path, &kind, c, out, problem);
}

/* ---- writing ---- */

static enum err write_row(struct tx *tx, struct value *v, void *note,
                          str *code)
{
    *code = guide_get(v, "code");
    return keep_put(tx, *code, guide_get(v, "unit"),
                    value_get_int(v, STR("revision"), 0),
                    value_get(v, STR("guide")), *(const str *)note);
}

enum err import_write(struct tx *tx, str body, str note, str *code)
{
    return delivery_write(tx, body, write_row, &note, code);
}
