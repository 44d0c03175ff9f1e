/*
 * Files in and out: a file is read and judged on a worker, shown row by row,
 * and only then written, as one command; the catalogue goes out as CSV, XLSX
 * or JSON, for a partner in the partner's own words.
 */
#include "catalogue/pages.h"

#include "catalogue/import.h"
#include "catalogue/partner.h"
#include "catalogue/show.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/book/book.h"
#include "kernel/page/page.h"

enum { SHEET_ROWS = 5000 };

/* ---- the page of importing ---- */

static enum err show_mine(struct tx *tx, struct view *v)
{
    struct import_mine *m;
    size_t n;
    enum err e = import_mine(tx, tx->who->account, &m, &n);
    struct value *list = view_list(v, "imports");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        bool done = str_is(m[i].state, "done");
        view_text(&row, "number", m[i].number);
        view_text(&row, "name", m[i].name);
        view_inst(&row, "made", m[i].made);
        view_int(&row, "rows", m[i].lines);
        view_text(&row, "state", done ? STR("已导入")
                  : m[i].bad ? STR("有不能导入的行，没有导入")
                  : m[i].fresh + m[i].renewed == 0
                      ? STR("没有变化，不用导入")
                             : STR("等待确认"));
    }
    return e;
}

enum err catalogue_import_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct show_may may;
    enum err e = show_may(rq, tx, tx->who->unit, &may);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.catalogue");
    view_bool(v, "can", may.clerk || may.keeper);
    view_bool(v, "keeper", may.keeper);
    show_ask(rq, view_list(v, "fields"), "file", "file", "文件",
             "CSV（UTF-8）、XLSX 或者 JSON，最大 8 MB、5000 行。", false,
             STR(""));
    return show_mine(tx, v);
}

/* On a worker: reading takes longer than a command of the writer may. */
enum err catalogue_import_before(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    struct show_may may;
    str problem;
    struct delivery *r = ARENA_NEW(tx->arena, struct delivery);
    if (!rq_upload(rq, "file", &u))
        return rq_fail_field(rq, ERR_INPUT, "file", STR("请选择要导入的文件"));
    enum err e = show_may(rq, tx, tx->who->unit, &may);
    if (e != OK)
        return e;
    if (!may.clerk && !may.keeper)
        return rq_fail(rq, ERR_DENIED, "只有事项管理岗和事项审核岗可以导入，岗"
                                       "位由系统管理员安排。");
    e = import_read(tx, u->path, may.keeper ? STR("") : tx->who->unit, r,
                    &problem);
    if (e == ERR_INPUT || e == ERR_RANGE)
        return rq_fail_field(rq, e, "file", problem);
    if (e != OK)
        return e;
    delivery_settle(tx->arena, r);
    rq_keep(rq, r);
    return OK;
}

enum err catalogue_import_post(struct request *rq, struct tx *tx)
{
    const struct delivery *r = rq_kept(rq);
    const struct upload *u;
    int64_t id = store_id(tx->store);
    str number = arena_printf(tx->arena, "D%llx", (unsigned long long)id);
    str name = rq_upload(rq, "file", &u) ? u->name : STR("");
    enum err e = import_add(
        tx, id, number, tx->who->account, tx->who->unit, name, tx->now,
        r->rows, r->bad, r->fresh, r->changed, r->same,
        (str){ r->report.p, r->report.n },
        (str){ r->body.p ? r->body.p : "", r->body.n });
    if (e == OK)
        e = audit_note(tx, STR("catalogue.read"), number,
                       arena_printf(tx->arena, "%.*s，%d 行，%d 行不能导入",
                                    STR_ARG(name), r->rows, r->bad));
    return e == OK ? rq_see_other(rq, "/catalogue/import/%.*s",
                                  STR_ARG(number)) : e;
}

/* ---- the report, and writing ---- */

static enum err load(struct request *rq, struct tx *tx, struct import_one *i)
{
    enum err e = import_one(tx, rq_path(rq, "number"), i);
    if (e == ERR_NOTFOUND || (e == OK && i->account != tx->who->account))
        return rq_fail(rq, ERR_NOTFOUND,
                       "没有这次导入，没有确认的文件一个星期后删去。");
    return e;
}

enum err catalogue_report_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct import_one i;
    int64_t after = rq_int(rq, "after", 0);
    enum err e = load(rq, tx, &i);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.catalogue");
    str number = rq_path(rq, "number");
    view_text(v, "number", number);
    view_text(v, "name", i.name);
    view_inst(v, "made", i.made);
    view_count(v, "rows", i.lines);
    view_count(v, "wrong", i.bad);
    view_count(v, "fresh", i.fresh);
    view_count(v, "changed", i.renewed);
    view_count(v, "same", i.same);
    bool done = str_is(i.state, "done");
    view_bool(v, "done", done);
    view_bool(v, "refused", i.bad > 0);
    view_bool(v, "unchanged", !done && i.bad == 0 && i.fresh + i.renewed == 0);
    view_bool(v, "can", !done && i.bad == 0 && i.fresh + i.renewed > 0);
    delivery_show(v, i.report, after, "新事项");
    str same = arena_printf(v->arena, "/catalogue/import/%.*s",
                            STR_ARG(number));
    page_pager_next(v, "pager", after ? same : STR(""),
                    after + DELIVERY_PAGE < i.lines
                        ? arena_printf(v->arena, "%.*s?after=%lld",
                                       STR_ARG(same),
                                       (long long)after + DELIVERY_PAGE)
                        : STR(""), i.lines, DELIVERY_PAGE);
    return OK;
}

enum err catalogue_report_post(struct request *rq, struct tx *tx)
{
    struct import_one i;
    struct import_body b;
    struct show_may may;
    str code = STR(""), number = rq_path(rq, "number");
    enum err e = load(rq, tx, &i);
    if (e == OK)
        e = show_may(rq, tx, tx->who->unit, &may);
    if (e != OK)
        return e;
    if (!may.keeper && !(may.clerk && str_eq(i.unit, tx->who->unit)))
        return rq_fail(rq, ERR_DENIED, "只有事项管理岗和事项审核岗可以导入。");
    if (i.bad > 0)
        return rq_fail(rq, ERR_CONFLICT, "文件里有不能导入的行，一行也没有写入"
                                         "。请改好文件再传一次。");
    if (str_is(i.state, "done"))
        return rq_fail(rq, ERR_CONFLICT, "这个文件已经导入过了。");
    e = import_body(tx, number, &b);
    if (e == OK)
        e = import_done(tx, number);
    if (e == OK)
        e = import_write(tx, b.body, arena_printf(tx->arena, "导入 %.*s",
                                                  STR_ARG(i.name)), &code);
    if (e == ERR_CONFLICT || e == ERR_RANGE)
        return rq_fail_str(rq, ERR_CONFLICT, arena_printf(
            tx->arena, "事项 %.*s 在核对以后被改过，一行也没有写入。请再传一次"
            "文件。", STR_ARG(code)));
    if (e == OK)
        e = audit_note(tx, STR("catalogue.import"), number,
                       arena_printf(tx->arena, "%.*s：新事项 %lld 个，新版本 "
                                    "%lld 个", STR_ARG(i.name),
                                    (long long)i.fresh,
                                    (long long)i.renewed));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "已导入：新事项 %lld 个，新版本 "
                                    "%lld 个，都是草稿，改正后送审。",
                                    (long long)i.fresh,
                                    (long long)i.renewed));
    return rq_see_other(rq, "/catalogue?view=draft");
}

/* ---- out ---- */

struct writing {
    struct arena *a;    /* of the rows; ends with them */
    struct arena *keep; /* of what is sent */
    const struct mapping *map; /* NULL: in our own words */
    str *cells;
    size_t columns, rows;
    struct buf json;
};

static void head_row(struct writing *w, bool names)
{
    size_t n;
    const struct guide_field *const *f = guide_fields(&n);
    str *c = w->cells;
    c[0] = mapping_field(w->map, "code", "事项编码");
    c[1] = mapping_field(w->map, "unit", "部门");
    c[2] = mapping_field(w->map, "unit_name", "部门名称");
    c[3] = mapping_field(w->map, "version", "版本");
    c[4] = mapping_field(w->map, "state", "状态");
    c[5] = mapping_field(w->map, "effective", "生效日");
    for (size_t i = 0; i < n; i++)
        c[6 + i] = mapping_field(w->map, f[i]->code, f[i]->label);
    w->rows = names ? 1 : 0;
}

static const char *state_word(str state)
{
    return str_is(state, "paused")      ? "暂停"
           : str_is(state, "withdrawn") ? "取消"
           : str_is(state, "new")       ? "草稿" : "在用";
}

static void table_row(struct writing *w, const struct item_export *x,
                      const struct value *guide)
{
    size_t n;
    char iso[DAY_TEXT];
    const struct guide_field *const *f = guide_fields(&n);
    str *c = &w->cells[w->rows++ * w->columns];
    c[0] = x->code;
    c[1] = x->unit;
    c[2] = x->unit_name;
    c[3] = arena_printf(w->a, "%lld", (long long)x->version);
    c[4] = mapping_word(w->map, w->a, "state", str_of(state_word(x->state)));
    c[5] = day_is_none(x->effective)
               ? STR("") : arena_str(w->a, day_text(x->effective, iso));
    for (size_t i = 0; i < n; i++)
        c[6 + i] = mapping_text(w->map, w->a, guide, f[i]);
}

static void json_row(struct writing *w, const struct item_export *x,
                     const struct value *guide)
{
    struct arena row = { 0 };
    struct view v = { &row, value_new(&row, VALUE_OBJECT) };
    char iso[DAY_TEXT];
    view_text(&v, mapping_key(w->map, &row, "code"), x->code);
    view_text(&v, mapping_key(w->map, &row, "unit"), x->unit);
    view_text(&v, mapping_key(w->map, &row, "unit_name"), x->unit_name);
    view_int(&v, mapping_key(w->map, &row, "version"), x->version);
    view_text(&v, mapping_key(w->map, &row, "state"),
              mapping_word(w->map, &row, "state",
                           str_of(state_word(x->state))));
    view_text(&v, mapping_key(w->map, &row, "effective"),
              day_is_none(x->effective) ? str_none
                                        : day_text(x->effective, iso));
    view_value(&v, "guide", mapping_tree(w->map, &row, guide));
    buf_put(&w->json, w->rows++ ? STR(",\n") : STR(""));
    value_write_json(v.object, &w->json);
    arena_free(&row);
}

static enum err read_rows(struct tx *tx, struct writing *w, str unit,
                          bool drafts, bool json)
{
    str after = STR("");
    struct item_export *x;
    size_t n = 300;
    enum err e = OK;
    while (e == OK && n == 300 && w->rows < SHEET_ROWS) {
        e = item_export(tx, unit, drafts, after, &x, &n);
        for (size_t i = 0; e == OK && i < n && w->rows < SHEET_ROWS; i++) {
            struct value *guide;
            str problem;
            e = value_read_json(w->a, x[i].body, &guide, &problem);
            if (e == OK && json)
                json_row(w, &x[i], guide);
            else if (e == OK)
                table_row(w, &x[i], guide);
        }
        after = e == OK && n ? x[n - 1].code : after;
    }
    return e;
}

/* What is sent outlives the rows. */
static enum err send_bytes(struct request *rq, struct writing *w,
                           const char *type, str bytes, str name)
{
    enum { MOST = 12 << 20 };
    if (bytes.n > MOST)
        return rq_fail(rq, ERR_RANGE, "文件超过 12 MB，请按部门导出。");
    return rq_send(rq, str_of(type), arena_str(w->keep, bytes), name);
}

static enum err send(struct request *rq, struct writing *w, str form,
                     const char *name)
{
    static const char sheet[] = "application/vnd.openxmlformats-officedocument"
                                ".spreadsheetml.sheet";
    struct buf out = { 0 };
    str bytes, file = arena_printf(w->keep, "%s.%.*s", name, STR_ARG(form));
    if (str_is(form, "xlsx")) {
        enum err e = book_xlsx(w->a, "事项", w->cells, w->columns, w->rows,
                               &bytes);
        if (e == ERR_RANGE)
            return rq_fail(rq, e, "有一格的文字太长，XLSX 放不下，请导出 CSV 或"
                                  "者 JSON。");
        return e == OK ? send_bytes(rq, w, sheet, bytes, file) : e;
    }
    buf_put(&out, STR("\xef\xbb\xbf"));
    for (size_t r = 0; r < w->rows; r++)
        book_csv_row(&out, &w->cells[r * w->columns], w->columns);
    enum err e = send_bytes(rq, w, "text/csv; charset=utf-8", buf_str(&out),
                            file);
    buf_free(&out);
    return e;
}

static void begin(struct writing *w, size_t rows)
{
    size_t n;
    guide_fields(&n);
    w->columns = n + 6;
    w->cells = ARENA_NEW_N(w->a, str, w->columns * rows);
    for (size_t i = 0; i < w->columns * rows; i++)
        w->cells[i] = STR("");
}

static enum err send_json(struct request *rq, struct writing *w)
{
    struct buf out = { 0 };
    buf_put(&out, STR("{\"items\":[\n"));
    buf_put(&out, w->json.n ? buf_str(&w->json) : STR(""));
    buf_put(&out, STR("\n]}\n"));
    enum err e = send_bytes(rq, w, "application/json; charset=utf-8",
                            buf_str(&out), STR("items.json"));
    buf_free(&out);
    return e;
}

/* Trees and cells of a whole catalogue: memory of their own, not the page's. */
enum err catalogue_export(struct request *rq, struct tx *tx)
{
    struct arena mine = { 0 }, *keep = tx->arena;
    struct writing w = { .a = &mine, .keep = keep };
    struct mapping *map = NULL;
    str form = rq_text(rq, "form"), partner = rq_text(rq, "partner");
    str unit = rq_text(rq, "unit");
    enum err e = partner.n ? mapping_load(tx, partner, &map) : OK;
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个交换伙伴，请从交换对照里选择。");
    if (e != OK)
        return e;
    bool json = str_is(form, "json");
    w.map = map;
    if (!json) {
        begin(&w, SHEET_ROWS);
        head_row(&w, true);
    }
    tx->arena = &mine;
    e = read_rows(tx, &w, str_is(unit, "all") ? STR("") : unit,
                  rq_flag(rq, "drafts"), json);
    if (e == OK)
        e = json ? send_json(rq, &w) : send(rq, &w, form, "items");
    tx->arena = keep;
    buf_free(&w.json);
    arena_free(&mine);
    return e;
}

/* The blank table: the head, and nothing below it. */
enum err catalogue_empty(struct request *rq, struct tx *tx)
{
    struct writing w = { .a = tx->arena, .keep = tx->arena };
    begin(&w, 1);
    head_row(&w, true);
    return send(rq, &w, rq_text(rq, "form"), "blank");
}
