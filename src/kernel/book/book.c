/*
 * Reading and writing the files departments send.
 *
 * Libraries considered for reading: libxlsxio (not in Debian 12), LibreOffice
 * (a thousand times the size).  What a cell says is a few elements of the
 * sheet's XML, so minizip and libxml2's reader, which are here anyway, do.
 */
#include "kernel/book/book.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <libxml/xmlreader.h>
#include <unzip.h>
#include <xlsxwriter.h>

struct book {
    struct book_row row;
    struct arena arena;  /* of the texts */
    str bytes;           /* of a CSV */
    struct csv csv;
    bool zip;
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
static char *member(unzFile z, const char *name, size_t *n)
{
    unz_file_info64 info;
    char *p = NULL;
    *n = 0;
    if (unzLocateFile(z, name, 2) != UNZ_OK ||
        unzGetCurrentFileInfo64(z, &info, NULL, 0, NULL, 0, NULL, 0) !=
            UNZ_OK ||
        info.uncompressed_size > BOOK_UNFOLDED ||
        unzOpenCurrentFile(z) != UNZ_OK)
        return NULL;
    size_t size = (size_t)info.uncompressed_size;
    p = malloc(size + 1);
    while (p && *n < size) {
        int got = unzReadCurrentFile(z, p + *n, (unsigned)(size - *n));
        if (got <= 0)
            break; /* says more than it has, or a bad checksum */
        *n += (size_t)got;
    }
    bool whole = p && *n == size && unzCloseCurrentFile(z) == UNZ_OK;
    if (!whole) {
        free(p);
        return NULL;
    }
    return p;
}

static xmlTextReaderPtr reader_of(const char *xml, size_t n)
{
    return xmlReaderForMemory(xml, (int)n, NULL, NULL,
                              XML_PARSE_NONET | XML_PARSE_NOERROR |
                                  XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
}

static bool at_element(xmlTextReaderPtr r, const char *name)
{
    const xmlChar *n = xmlTextReaderConstLocalName(r);
    return xmlTextReaderNodeType(r) == XML_READER_TYPE_ELEMENT && n &&
           strcmp((const char *)n, name) == 0;
}

static bool at_end(xmlTextReaderPtr r, const char *name)
{
    const xmlChar *n = xmlTextReaderConstLocalName(r);
    return xmlTextReaderNodeType(r) == XML_READER_TYPE_END_ELEMENT && n &&
           strcmp((const char *)n, name) == 0;
}

/* The text below the element of that name the reader stands on, without what
 * stands in rPh (how a word is pronounced).  -1: broken, 0: the end. */
static int text_below(struct book *b, xmlTextReaderPtr r, const char *end,
                      str *out)
{
    struct buf t = { 0 };
    int more = 1, quiet = 0;
    bool empty = xmlTextReaderIsEmptyElement(r);
    while (!empty && (more = xmlTextReaderRead(r)) == 1 && !at_end(r, end)) {
        int type = xmlTextReaderNodeType(r);
        if (at_element(r, "rPh") && !xmlTextReaderIsEmptyElement(r))
            quiet++;
        else if (at_end(r, "rPh"))
            quiet--;
        if ((type == XML_READER_TYPE_TEXT ||
             type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
             type == XML_READER_TYPE_WHITESPACE) && !quiet && t.n < BOOK_CELL)
            buf_put(&t, str_of((const char *)xmlTextReaderConstValue(r)));
    }
    *out = arena_str(&b->arena, t.n ? buf_str(&t) : STR(""));
    buf_free(&t);
    return more;
}

static enum err read_shared(struct book *b, const char *xml, size_t n,
                            str *problem)
{
    xmlTextReaderPtr r = reader_of(xml, n);
    size_t cap = 0, bytes = 0;
    int more = 1;
    while (r && more == 1 && (more = xmlTextReaderRead(r)) == 1) {
        if (!at_element(r, "si"))
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

static enum err open_zip(struct book *b, const char *path, str *problem)
{
    size_t n, sheet_n;
    unzFile z = unzOpen64(path);
    if (z == NULL)
        return broken(problem, "表格文件打不开，请另存为 .xlsx 再导入");
    char *strings = member(z, "xl/sharedStrings.xml", &n);
    enum err e = strings ? read_shared(b, strings, n, problem) : OK;
    free(strings);
    b->sheet = e == OK ? member(z, "xl/worksheets/sheet1.xml", &sheet_n)
                       : NULL;
    unzClose(z);
    if (e == OK && b->sheet == NULL)
        return broken(problem, "这不是 XLSX 表格，或者表格太大、已经损坏");
    if (e == OK)
        b->reader = reader_of(b->sheet, sheet_n);
    b->zip = true;
    return e;
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
    while (!empty && more == 1 && (more = xmlTextReaderRead(r)) == 1 &&
           !at_end(r, "c")) {
        if (at_element(r, "v"))
            more = text_below(b, r, "v", &text);
        else if (at_element(r, "is"))
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
    while (more == 1 && (more = xmlTextReaderRead(r)) == 1 &&
           !at_element(r, "row"))
        ;
    if (more == 1) {
        xmlChar *at = xmlTextReaderGetAttribute(r, BAD_CAST "r");
        int64_t line;
        b->row.line = at && str_int(str_of((const char *)at), &line) &&
                      line > 0 && line < 2000000 ? (int)line
                                                 : b->row.line + 1;
        xmlFree(at);
        bool empty = xmlTextReaderIsEmptyElement(r);
        while (!empty && more == 1 && (more = xmlTextReaderRead(r)) == 1 &&
               !at_end(r, "row"))
            if (at_element(r, "c"))
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
                                "64 列", b->csv.line);
    if (e != OK)
        return e;
    for (int c = 0; c < BOOK_COLUMNS; c++)
        b->row.cell[c] = c < b->csv.count
                             ? unguarded(str_trim(b->csv.field[c])) : STR("");
    b->row.line = b->csv.line;
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
        e = open_zip(b, path, problem);
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
    if (b->reader)
        xmlFreeTextReader(b->reader);
    free(b->sheet);
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
