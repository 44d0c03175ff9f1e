/*
 * Files in: read and judged on a worker, shown row by row, and only then
 * written, as one command.  A register that sends by program comes the same way
 * (docs/enterprises.md).
 */
#include "enterprises/pages.h"

#include "enterprises/import.h"
#include "kernel/audit/audit.h"
#include "kernel/book/book.h"
#include "kernel/page/page.h"

enum { KEPT_DAYS = 7 };

static enum err need_keeper(struct request *rq, struct tx *tx)
{
    bool keeper;
    enum err e = enterprise_keeper(tx, tx->who->unit, &keeper);
    if (e == OK && !keeper)
        return rq_fail(rq, ERR_DENIED, "只有登记机关的法人库管理岗可以导入，岗"
                                       "位由系统管理员安排。");
    return e;
}

/* ---- the page of importing ---- */

enum err enterprise_import_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct enterprise_files *m;
    size_t n;
    bool keeper;
    enum err e = enterprise_keeper(tx, tx->who->unit, &keeper);
    if (e == OK)
        e = enterprise_files(tx, tx->who->account, &m, &n);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.enterprises");
    view_bool(v, "can", keeper);
    rq_ask(rq, view_list(v, "fields"), (struct page_field){
        .name = "file", .type = "file", .label = STR("文件"),
        .hint = STR("CSV（UTF-8）、XLSX 或者 JSON，最大 8 MB、5000 行。"),
        .value = STR("") });
    struct value *list = view_list(v, "imports");
    for (size_t i = 0; i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", m[i].number);
        view_text(&row, "name", m[i].name);
        view_inst(&row, "made", m[i].made);
        view_int(&row, "rows", m[i].lines);
        view_text(&row, "state", str_is(m[i].state, "done") ? STR("已导入")
                  : m[i].bad ? STR("有不能导入的行，没有导入")
                             : STR("等待确认"));
    }
    return OK;
}

/* On a worker: reading takes longer than a command of the writer may. */
enum err enterprise_import_before(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    str problem;
    struct delivery *r = ARENA_NEW(tx->arena, struct delivery);
    if (!rq_upload(rq, "file", &u))
        return rq_fail_field(rq, ERR_INPUT, "file", STR("请选择要导入的文件"));
    enum err e = need_keeper(rq, tx);
    if (e != OK)
        return e;
    e = enterprise_read(tx, u->path, tx->who->unit, r, &problem);
    if (e == ERR_INPUT || e == ERR_RANGE)
        return rq_fail_field(rq, e, "file", problem);
    if (e != OK)
        return e;
    delivery_settle(tx->arena, r);
    rq_keep(rq, r);
    return OK;
}

enum err enterprise_import_post(struct request *rq, struct tx *tx)
{
    const struct delivery *r = rq_kept(rq);
    const struct upload *u;
    int64_t id = store_id(tx->store);
    str number = arena_printf(tx->arena, "E%llx", (unsigned long long)id);
    str name = rq_upload(rq, "file", &u) ? u->name : STR("");
    enum err e = enterprise_file_add(
        tx, id, number, tx->who->account, tx->who->unit, name, tx->now,
        r->rows, r->bad, r->fresh, r->changed, r->same,
        (str){ r->report.p, r->report.n },
        (str){ r->body.p ? r->body.p : "", r->body.n });
    if (e == OK)
        e = audit_note(tx, STR("enterprise.read"), number,
                       arena_printf(tx->arena, "%.*s，%d 行，%d 行不能导入",
                                    STR_ARG(name), r->rows, r->bad));
    view_text(rq_view(rq), "number", number);
    return e == OK ? rq_see_other(rq, "/enterprises/import/%.*s",
                                  STR_ARG(number)) : e;
}

/* ---- the report, and writing ---- */

static enum err load(struct request *rq, struct tx *tx,
                     struct enterprise_file *f)
{
    enum err e = enterprise_file(tx, rq_path(rq, "number"), f);
    if (e == ERR_NOTFOUND || (e == OK && f->account != tx->who->account))
        return rq_fail(rq, ERR_NOTFOUND,
                       "没有这次导入，没有确认的文件一个星期后删去。");
    return e;
}

enum err enterprise_report_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct enterprise_file f;
    int64_t after = rq_int(rq, "after", 0);
    enum err e = load(rq, tx, &f);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.enterprises");
    str number = rq_path(rq, "number");
    view_text(v, "number", number);
    view_text(v, "name", f.name);
    view_inst(v, "made", f.made);
    view_count(v, "rows", f.lines);
    view_count(v, "wrong", f.bad);
    view_count(v, "fresh", f.fresh);
    view_count(v, "changed", f.renewed);
    view_count(v, "same", f.same);
    bool done = str_is(f.state, "done");
    view_bool(v, "done", done);
    view_bool(v, "refused", f.bad > 0);
    view_bool(v, "can", !done && f.bad == 0 && f.fresh + f.renewed > 0);
    delivery_show(v, f.report, after, "新登记");
    str same = arena_printf(v->arena, "/enterprises/import/%.*s",
                            STR_ARG(number));
    page_pager_next(v, "pager", after ? same : STR(""),
                    after + DELIVERY_PAGE < f.lines
                        ? arena_printf(v->arena, "%.*s?after=%lld",
                                       STR_ARG(same),
                                       (long long)after + DELIVERY_PAGE)
                        : STR(""), f.lines, DELIVERY_PAGE);
    return OK;
}

static enum err write_all(struct request *rq, struct tx *tx, str number)
{
    struct enterprise_file_body b;
    str code = STR("");
    enum err e = enterprise_file_body(tx, number, &b);
    if (e == OK)
        e = enterprise_file_done(tx, number);
    if (e == OK)
        e = enterprise_write(tx, b.body, tx->who->unit, number, &code);
    if (e == ERR_CONFLICT || e == ERR_RANGE)
        return rq_fail_str(rq, ERR_CONFLICT, arena_printf(
            tx->arena, "%.*s 在核对以后有了更新的登记，一行也没有写入。请再传一"
            "次文件。", STR_ARG(code)));
    return e;
}

enum err enterprise_report_post(struct request *rq, struct tx *tx)
{
    struct enterprise_file f;
    str number = rq_path(rq, "number");
    enum err e = need_keeper(rq, tx);
    if (e == OK)
        e = load(rq, tx, &f);
    if (e != OK)
        return e;
    if (!str_eq(f.unit, tx->who->unit))
        return rq_fail(rq, ERR_DENIED, "这个文件是为另一个登记机关核对的。");
    if (f.bad > 0)
        return rq_fail(rq, ERR_CONFLICT, "文件里有不能导入的行，一行也没有写入"
                                         "。请改好文件再传一次。");
    if (str_is(f.state, "done"))
        return rq_fail(rq, ERR_CONFLICT, "这个文件已经导入过了。");
    e = write_all(rq, tx, number);
    str told = arena_printf(tx->arena, "新登记 %lld 个，新版本 %lld 个",
                            (long long)f.fresh, (long long)f.renewed);
    if (e == OK)
        e = audit_note(tx, STR("enterprise.import"), number,
                       arena_printf(tx->arena, "%.*s：%.*s", STR_ARG(f.name),
                                    STR_ARG(told)));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "已导入：%.*s。",
                                    STR_ARG(told)));
    return rq_see_other(rq, "/enterprises/import/%.*s", STR_ARG(number));
}

enum err enterprise_job_sweep(struct tx *tx, bool *more)
{
    (void)more;
    inst before = { tx->now.ms - (int64_t)KEPT_DAYS * 86400000 };
    return enterprise_file_sweep(tx, before, NULL);
}

/* The blank table: the head, and nothing below it. */
enum err enterprise_blank(struct request *rq, struct tx *tx)
{
    static const char sheet[] = "application/vnd.openxmlformats-officedocument"
                                ".spreadsheetml.sheet";
    str head[ENTERPRISE_FIELDS], bytes;
    struct buf out = { 0 };
    for (int i = 0; i < ENTERPRISE_FIELDS; i++)
        head[i] = str_of(enterprise_fields[i].label);
    if (str_is(rq_text(rq, "form"), "xlsx")) {
        enum err e = book_xlsx(tx->arena, "登记信息", head, ENTERPRISE_FIELDS,
                               1, &bytes);
        return e == OK ? rq_send(rq, str_of(sheet), bytes,
                                 STR("enterprises.xlsx")) : e;
    }
    buf_put(&out, STR("\xef\xbb\xbf"));
    book_csv_row(&out, head, ENTERPRISE_FIELDS);
    bytes = arena_str(tx->arena, buf_str(&out));
    buf_free(&out);
    return rq_send(rq, STR("text/csv; charset=utf-8"), bytes,
                   STR("enterprises.csv"));
}
