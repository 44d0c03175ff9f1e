#include "statistics/sheet.h"

#include "kernel/book/book.h"
#include "kernel/page/page.h"
#include "statistics/statistics.h"

#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

static const char *const columns[] = { "代码",     "",     "收件",
                                       "办结",     "超期办结",
                                       "按时办结率（%）",
                                       "平均用时（工作日）" };
enum { COLUMNS = sizeof columns / sizeof *columns };

/* A cell a spreadsheet would run as a formula is text. */
static void put_text(struct buf *out, str text)
{
    bool formula = text.n && (text.p[0] == '=' || text.p[0] == '+' ||
                              text.p[0] == '-' || text.p[0] == '@');
    struct buf safe = { 0 };
    if (formula)
        buf_byte(&safe, '\'');
    buf_put(&safe, text);
    csv_put(out, buf_str(&safe));
    buf_free(&safe);
}

static void put_share(struct buf *out, int64_t n, int unit)
{
    if (n >= 0)
        buf_printf(out, unit == 100 ? "%lld.%02lld" : "%lld.%lld",
                   (long long)n / unit, (long long)n % unit);
}

void sheet_csv(const struct sheet *s, struct buf *out)
{
    buf_put(out, STR("\xef\xbb\xbf"));
    for (int c = 0; c < COLUMNS; c++) {
        buf_put(out, c == 1 ? s->head : str_of(columns[c]));
        buf_put(out, c + 1 < COLUMNS ? STR(",") : STR("\r\n"));
    }
    for (size_t i = 0; i < s->n; i++) {
        const struct sheet_row *r = &s->rows[i];
        put_text(out, r->key);
        buf_byte(out, ',');
        put_text(out, r->name);
        buf_printf(out, ",%lld,%lld,%lld,", (long long)r->filed,
                   (long long)r->closed, (long long)r->late);
        put_share(out, page_on_time(r->closed, r->late), 100);
        buf_byte(out, ',');
        put_share(out, statistics_average(r->closed, r->worked), 10);
        buf_put(out, STR("\r\n"));
    }
}

static void write_row(lxw_worksheet *w, lxw_row_t at, struct arena *a,
                      const struct sheet_row *r)
{
    int64_t rate = page_on_time(r->closed, r->late);
    int64_t average = statistics_average(r->closed, r->worked);
    worksheet_write_string(w, at, 0, arena_cstr(a, r->key), NULL);
    worksheet_write_string(w, at, 1, arena_cstr(a, r->name), NULL);
    worksheet_write_number(w, at, 2, (double)r->filed, NULL);
    worksheet_write_number(w, at, 3, (double)r->closed, NULL);
    worksheet_write_number(w, at, 4, (double)r->late, NULL);
    if (rate >= 0)
        worksheet_write_number(w, at, 5, (double)rate / 100, NULL);
    if (average >= 0)
        worksheet_write_number(w, at, 6, (double)average / 10, NULL);
}

static bool write_book(const struct sheet *s, const char *path,
                       struct arena *a)
{
    lxw_workbook *book = workbook_new(path);
    if (book == NULL)
        return false;
    lxw_worksheet *w = workbook_add_worksheet(book, "办件统计");
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    worksheet_write_string(w, 0, 0, arena_cstr(a, s->title), bold);
    for (lxw_col_t c = 0; c < COLUMNS; c++)
        worksheet_write_string(w, 1, c, c == 1 ? arena_cstr(a, s->head)
                                               : columns[c], bold);
    worksheet_set_column(w, 1, 1, 36, NULL);
    worksheet_set_column(w, 2, 6, 14, NULL);
    worksheet_freeze_panes(w, 2, 0);
    for (size_t i = 0; i < s->n; i++)
        write_row(w, (lxw_row_t)(i + 2), a, &s->rows[i]);
    return workbook_close(book) == LXW_NO_ERROR;
}

enum err sheet_xlsx(const struct sheet *s, struct arena *a, str *bytes)
{
    char path[] = "/tmp/zhengtong-sheet-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        return ERR_STORE;
    close(fd);
    str problem;
    /* The library writes files only; this one is gone before anybody sees. */
    enum err e = write_book(s, path, a) ? book_bytes(path, a, bytes, &problem)
                                        : ERR_STORE;
    unlink(path);
    return e;
}
