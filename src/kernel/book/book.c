/*
 * Reading and writing the files departments send.
 *
 * Libraries considered for reading: libxlsxio (not in Debian 12), LibreOffice
 * (a thousand times the size).  What a cell says is a few elements of the
 * sheet's XML, so minizip and libxml2's reader, which are here anyway, do.
 */
#include "kernel/book/book.h"
#include "kernel/book/pack.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

struct book {
    struct book_row row;
    struct arena arena;  /* of the texts */
    str bytes;           /* of the file */
    struct csv csv;
    bool zip;
    struct pack *pack;   /* of a zip */
    struct sheet {
        str name, path;
        bool hidden;
    } *sheets;           /* of book_of */
    size_t sheet_n, sheet_at;
    char *sheet;         /* unfolded XML, libxml2 reads from it */
    xmlTextReaderPtr reader;
    str *shared;         /* shared strings */
    size_t shared_n;
    int rows;
};

/* ---- files ---- */

enum err book_bytes(const char *path, struct arena *a, str *out, str *problem)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum err e = fd >= 0 && fstat(fd, &st) == 0 ? OK : ERR_STORE;
    if (e == OK && st.st_size > BOOK_BYTES) {
        *problem = STR("文件超过 8 MB，请分成几个文件导入");
        e = ERR_RANGE;
    } else if (e != OK) {
        *problem = STR("文件没有收到，请再传一次");
    }
    size_t n = e == OK ? (size_t)st.st_size : 0, done = 0;
    char *p = arena_alloc(a, n + 1);
    while (e == OK && done < n) {
        ssize_t got = read(fd, p + done, n - done);
        if (got <= 0)
            e = ERR_STORE;
        else
            done += (size_t)got;
    }
    if (fd >= 0)
        close(fd);
    *out = (str){ p, n };
    return e;
}

/* ---- the zip ---- */

static enum err broken(str *problem, const char *why)
{
    *problem = str_of(why);
    return ERR_INPUT;
}

/* A member unfolded; the caller frees.  NULL when absent or too large. */
static char *member(struct pack *z, const char *name, size_t *n)
{
    char *p;
    return pack_member(z, name, BOOK_UNFOLDED, &p, n) == OK ? p : NULL;
}

/* The text below the element of that name the reader stands on, without what
 * stands in rPh (how a word is pronounced).  -1: broken, 0: the end. */
static int text_below(struct book *b, xmlTextReaderPtr r, const char *end,
                      str *out)
{
    struct buf t = { 0 };
    int more = 1, quiet = 0;
    bool empty = xmlTextReaderIsEmptyElement(r);
    while (!empty && (more = pack_read(r)) == 1 && !pack_at_end(r, end)) {
        str said;
        if (pack_at(r, "rPh") && !xmlTextReaderIsEmptyElement(r))
            quiet++;
        else if (pack_at_end(r, "rPh"))
            quiet--;
        if (pack_text(r, &said) && !quiet && t.n < BOOK_CELL)
            buf_put(&t, said);
    }
    *out = arena_str(&b->arena, t.n ? buf_str(&t) : STR(""));
    buf_free(&t);
    return more;
}

static enum err read_shared(struct book *b, const char *xml, size_t n,
                            str *problem)
{
    xmlTextReaderPtr r = pack_xml(xml, n);
    size_t cap = 0, bytes = 0;
    int more = 1;
    while (r && more == 1 && (more = pack_read(r)) == 1) {
        if (!pack_at(r, "si"))
            continue;
        if (b->shared_n == cap) {
            cap = cap ? cap * 2 : 256;
            str *grown = ARENA_NEW_N(&b->arena, str, cap);
            for (size_t i = 0; i < b->shared_n; i++)
                grown[i] = b->shared[i];
            b->shared = grown;
        }
        more = text_below(b, r, "si", &b->shared[b->shared_n]);
        bytes += b->shared[b->shared_n++].n;
        if (bytes > BOOK_BYTES)
            break;
    }
    xmlFreeTextReader(r);
    if (bytes > BOOK_BYTES) {
        *problem = STR("表格里的文字超过 8 MB，请分成几个文件导入");
        return ERR_RANGE;
    }
    return more < 0 ? broken(problem, "表格文件损坏，请另存一次再导入") : OK;
}

static enum err open_zip(struct book *b, str *problem)
{
    size_t n;
    b->zip = true;
    b->pack = pack_open(b->bytes);
    if (b->pack == NULL)
        return broken(problem, "表格文件打不开，请另存为 .xlsx 再导入");
    char *strings = member(b->pack, "xl/sharedStrings.xml", &n);
    enum err e = strings ? read_shared(b, strings, n, problem) : OK;
    free(strings);
    return e;
}

static void close_sheet(struct book *b)
{
    if (b->reader)
        xmlFreeTextReader(b->reader);
    free(b->sheet);
    b->reader = NULL;
    b->sheet = NULL;
}

static enum err open_sheet(struct book *b, const char *path, str *problem)
{
    size_t n;
    close_sheet(b);
    b->sheet = member(b->pack, path, &n);
    if (b->sheet == NULL)
        return broken(problem, "这不是 XLSX 表格，或者表格太大、已经损坏");
    b->reader = pack_xml(b->sheet, n);
    b->row.line = b->rows = 0;
    return OK;
}

/* ---- the sheets of a workbook ---- */

/* worksheets/sheet2.xml, or /xl/worksheets/sheet2.xml, as a member's name. */
static str member_name(struct book *b, str target)
{
    return str_starts(target, STR("/"))
               ? str_slice(target, 1, target.n)
               : arena_join(&b->arena, STR("xl/"), target);
}

/* Until now path is the sheet's number among the workbook's relations. */
static void resolve_sheets(struct book *b)
{
    size_t n;
    char *xml = member(b->pack, "xl/_rels/workbook.xml.rels", &n);
    xmlTextReaderPtr r = xml ? pack_xml(xml, n) : NULL;
    while (r && pack_read(r) == 1) {
        if (!pack_at(r, "Relationship"))
            continue;
        str id = pack_attribute(r, &b->arena, "Id");
        str target = pack_attribute(r, &b->arena, "Target");
        for (size_t i = 0; i < b->sheet_n; i++)
            if (target.n && id.n && str_eq(b->sheets[i].path, id))
                b->sheets[i].path = member_name(b, target);
    }
    xmlFreeTextReader(r);
    free(xml);
}

static enum err list_sheets(struct book *b, str *problem)
{
    size_t n;
    char *xml = member(b->pack, "xl/workbook.xml", &n);
    xmlTextReaderPtr r = xml ? pack_xml(xml, n) : NULL;
    b->sheets = ARENA_NEW_N(&b->arena, struct sheet, BOOK_SHEETS);
    while (r && b->sheet_n < BOOK_SHEETS && pack_read(r) == 1)
        if (pack_at(r, "sheet")) {
            struct sheet *s = &b->sheets[b->sheet_n++];
            str state = pack_attribute(r, &b->arena, "state");
            s->name = pack_attribute(r, &b->arena, "name");
            s->path = pack_attribute(r, &b->arena, "r:id");
            s->hidden = state.n && !str_is(state, "visible");
        }
    xmlFreeTextReader(r);
    free(xml);
    resolve_sheets(b);
    return b->sheet_n ? OK : broken(problem, "这不是 XLSX 表格，或者已经损坏");
}

/* ---- rows of a sheet ---- */

/* B7 is column 1; -1 for what is none. */
static int column_of(const char *ref)
{
    int c = 0, i = 0;
    for (; ref && ref[i] >= 'A' && ref[i] <= 'Z'; i++) {
        c = c * 26 + (ref[i] - 'A' + 1);
        if (c > 20000)
            return -1;
    }
    return i ? c - 1 : -1;
}

static str cell_value(struct book *b, const char *type, str raw)
{
    int64_t n;
    if (type && strcmp(type, "s") == 0)
        return str_int(raw, &n) && n >= 0 && (size_t)n < b->shared_n
                   ? b->shared[n] : STR("");
    if (type && strcmp(type, "b") == 0)
        return str_is(raw, "1") ? STR("是") : STR("否");
    return raw;
}

static int read_cell(struct book *b, int *next)
{
    xmlTextReaderPtr r = b->reader;
    xmlChar *ref = xmlTextReaderGetAttribute(r, BAD_CAST "r");
    xmlChar *type = xmlTextReaderGetAttribute(r, BAD_CAST "t");
    int column = ref ? column_of((const char *)ref) : *next, more = 1;
    bool empty = xmlTextReaderIsEmptyElement(r);
    str text = STR("");
    while (!empty && more == 1 && (more = pack_read(r)) == 1 &&
           !pack_at_end(r, "c")) {
        if (pack_at(r, "v"))
            more = text_below(b, r, "v", &text);
        else if (pack_at(r, "is"))
            more = text_below(b, r, "is", &text);
    }
    if (column >= 0 && column < BOOK_COLUMNS)
        b->row.cell[column] = cell_value(b, (const char *)type, text);
    *next = column + 1;
    xmlFree(ref);
    xmlFree(type);
    return more;
}

static enum err next_of_sheet(struct book *b, str *problem)
{
    xmlTextReaderPtr r = b->reader;
    int more = r ? 1 : -1, next = 0;
    for (int c = 0; c < BOOK_COLUMNS; c++)
        b->row.cell[c] = STR("");
    while (more == 1 && (more = pack_read(r)) == 1 &&
           !pack_at(r, "row"))
        ;
    if (more == 1) {
        xmlChar *at = xmlTextReaderGetAttribute(r, BAD_CAST "r");
        int64_t line;
        b->row.line = at && str_int(str_of((const char *)at), &line) &&
                      line > 0 && line < 2000000 ? (int)line
                                                 : b->row.line + 1;
        xmlFree(at);
        bool empty = xmlTextReaderIsEmptyElement(r);
        while (!empty && more == 1 && (more = pack_read(r)) == 1 &&
               !pack_at_end(r, "row"))
            if (pack_at(r, "c"))
                more = read_cell(b, &next);
    }
    if (more < 0)
        return broken(problem, "表格文件损坏，请另存一次再导入");
    return more == 0 ? ERR_NOTFOUND : OK;
}

/* ---- CSV ---- */

/* What book_csv_row put before a cell that would run as a formula goes. */
static str unguarded(str cell)
{
    return cell.n > 1 && cell.p[0] == '\'' && strchr("=+-@", cell.p[1])
               ? str_slice(cell, 1, cell.n) : cell;
}

static enum err next_of_text(struct book *b, str *problem)
{
    enum err e = csv_row(&b->csv);
    if (e == ERR_INPUT)
        *problem = arena_printf(&b->arena, "第 %d 行：引号没有配对，或者超过 "
                                "64 列", b->csv.row);
    if (e != OK)
        return e;
    for (int c = 0; c < BOOK_COLUMNS; c++)
        b->row.cell[c] = c < b->csv.count
                             ? unguarded(str_trim(b->csv.field[c])) : STR("");
    b->row.line = b->csv.row;
    return OK;
}

/* ---- both ---- */

enum err book_open(const char *path, struct arena *a, struct book **out,
                   str *problem)
{
    struct book *b = calloc(1, sizeof *b);
    if (b == NULL)
        return ERR_BUSY;
    enum err e = book_bytes(path, &b->arena, &b->bytes, problem);
    if (e == OK && str_starts(b->bytes, STR("PK\x03\x04"))) {
        e = open_zip(b, problem);
        if (e == OK)
            e = open_sheet(b, "xl/worksheets/sheet1.xml", problem);
    } else if (e == OK && (!utf8_valid(b->bytes) ||
                           str_find_byte(b->bytes, 0) >= 0)) {
        e = broken(problem, "文件不是 UTF-8 的 CSV，也不是 XLSX；请另存为 "
                            "“CSV UTF-8”或者 .xlsx 再导入");
    } else if (e == OK) {
        csv_open(&b->csv, &b->arena, b->bytes);
    }
    if (e != OK) {
        *problem = arena_str(a, *problem);
        book_close(b);
        return e;
    }
    *out = b;
    return OK;
}

enum err book_of(str xlsx, struct book **out, str *problem)
{
    struct book *b = calloc(1, sizeof *b);
    if (b == NULL)
        return ERR_BUSY;
    b->bytes = xlsx;
    enum err e = open_zip(b, problem);
    if (e == OK)
        e = list_sheets(b, problem);
    if (e == OK)
        *out = b;
    else
        book_close(b);
    return e;
}

enum err book_sheet(struct book *b, str *name, bool *hidden, str *problem)
{
    if (b->sheet_at == b->sheet_n)
        return ERR_NOTFOUND;
    const struct sheet *s = &b->sheets[b->sheet_at++];
    *name = s->name.n ? s->name : STR("");
    *hidden = s->hidden;
    return open_sheet(b, s->path.n ? arena_cstr(&b->arena, s->path) : "",
                      problem);
}

enum err book_next(struct book *b, const struct book_row **out, str *problem)
{
    enum err e = b->zip ? next_of_sheet(b, problem) : next_of_text(b, problem);
    if (e == OK && ++b->rows > BOOK_ROWS) {
        *problem = STR("一个文件最多 5000 行，请分成几个文件导入");
        return ERR_RANGE;
    }
    *out = &b->row;
    return e;
}

void book_close(struct book *b)
{
    if (b == NULL)
        return;
    close_sheet(b);
    pack_close(b->pack);
    arena_free(&b->arena);
    free(b);
}

/* ---- writing ---- */

enum { LONGEST = 32767 }; /* characters of a cell, ECMA-376 */

void book_csv_row(struct buf *out, const str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        str c = cells[i];
        /* A cell a spreadsheet would run as a formula is text. */
        bool formula = c.n && strchr("=+-@", c.p[0]);
        struct buf safe = { 0 };
        if (formula)
            buf_byte(&safe, '\'');
        buf_put(&safe, c);
        csv_put(out, safe.n ? buf_str(&safe) : STR(""));
        buf_put(out, i + 1 < n ? STR(",") : STR("\r\n"));
        buf_free(&safe);
    }
}

static bool write_book(const char *path, const char *sheet, const str *cells,
                       size_t columns, size_t rows)
{
    lxw_workbook *book = workbook_new(path);
    struct arena a = { 0 };
    if (book == NULL)
        return false;
    lxw_worksheet *w = workbook_add_worksheet(book, sheet);
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    worksheet_freeze_panes(w, 1, 0);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++)
            if (cells[r * columns + c].n)
                worksheet_write_string(w, (lxw_row_t)r, (lxw_col_t)c,
                                       arena_cstr(&a, cells[r * columns + c]),
                                       r ? NULL : bold);
    bool ok = workbook_close(book) == LXW_NO_ERROR;
    arena_free(&a);
    return ok;
}

enum err book_xlsx(struct arena *a, const char *sheet, const str *cells,
                   size_t columns, size_t rows, str *bytes)
{
    char path[] = "/tmp/zhengtong-book-XXXXXX";
    str problem;
    for (size_t i = 0; i < columns * rows; i++)
        if (cells[i].n > LONGEST && utf8_count(cells[i]) > LONGEST)
            return ERR_RANGE;
    int fd = mkstemp(path);
    if (fd < 0)
        return ERR_STORE;
    close(fd);
    enum err e = write_book(path, sheet, cells, columns, rows)
                     ? book_bytes(path, a, bytes, &problem) : ERR_STORE;
    unlink(path);
    return e;
}
