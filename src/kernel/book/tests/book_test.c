/* Tables as files: what is written is read, what is broken is said to be. */
#include "kernel/book/book.h"
#include "kernel/test/test.h"

#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

static struct arena a;
static char path[] = "/tmp/zt-book-XXXXXX";

static void put(str bytes)
{
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n);
    if (f)
        fclose(f);
}

static enum err first(struct book_row *row, str *problem)
{
    struct book *b = NULL;
    const struct book_row *r;
    *problem = STR("");
    enum err e = book_open(path, &a, &b, problem);
    if (e == OK)
        e = book_next(b, &r, problem);
    if (e == OK) {
        *row = *r;
        for (int i = 0; i < BOOK_COLUMNS; i++)
            row->cell[i] = arena_str(&a, r->cell[i]);
    }
    if (problem->n)
        *problem = arena_str(&a, *problem);
    book_close(b);
    return e;
}

static void what_is_written_as_xlsx_is_read(void)
{
    const str cells[] = { STR("编码"), STR("名称"), STR("A-1"),
                          STR("甲 & <乙>\n第二行"), STR(""), STR("丙") };
    const struct book_row *r;
    struct book *b;
    str bytes, problem;
    CHECK(book_xlsx(&a, "事项", cells, 2, 3, &bytes) == OK);
    put(bytes);
    CHECK(book_open(path, &a, &b, &problem) == OK);
    CHECK(book_next(b, &r, &problem) == OK && r->line == 1);
    CHECK_STR(r->cell[1], "名称");
    CHECK(book_next(b, &r, &problem) == OK && r->line == 2);
    CHECK_STR(r->cell[0], "A-1");
    CHECK_STR(r->cell[1], "甲 & <乙>\n第二行");
    CHECK_STR(r->cell[2], "");
    CHECK(book_next(b, &r, &problem) == OK && r->line == 3);
    CHECK_STR(r->cell[0], "");
    CHECK_STR(r->cell[1], "丙");
    CHECK(book_next(b, &r, &problem) == ERR_NOTFOUND);
    book_close(b);
}

static void csv_keeps_what_would_run_as_a_formula_as_text(void)
{
    const str cells[] = { STR("=1+1"), STR("甲\"乙\n丙"), STR("-5") };
    struct book_row r;
    struct buf out = { 0 };
    str problem;
    book_csv_row(&out, cells, 3);
    CHECK(str_starts(buf_str(&out), STR("'=1+1")) ||
          str_starts(buf_str(&out), STR("\"'=1+1")));
    put(buf_str(&out));
    CHECK(first(&r, &problem) == OK);
    CHECK_STR(r.cell[0], "=1+1");
    CHECK_STR(r.cell[1], "甲\"乙\n丙");
    CHECK_STR(r.cell[2], "-5");
    buf_free(&out);
}

static void zip_with(const char *name, const char *xml, size_t n)
{
    zipFile z = zipOpen64(path, APPEND_STATUS_CREATE);
    zip_fileinfo info = { 0 };
    CHECK(z && zipOpenNewFileInZip64(z, name, &info, NULL, 0, NULL, 0, NULL,
                                     Z_DEFLATED, 9, 1) == ZIP_OK);
    CHECK(zipWriteInFileInZip(z, xml, (unsigned)n) == ZIP_OK);
    zipCloseFileInZip(z);
    zipClose(z, NULL);
}

#define SHEET "xl/worksheets/sheet1.xml"

static void cells_of_every_kind_are_read(void)
{
    static const char xml[] =
        "<worksheet><sheetData><row><c r=\"A1\" t=\"inlineStr\"><is><r><t>甲"
        "</t></r><r><t>乙</t></r><rPh><t>jia</t></rPh></is></c><c r=\"C1\">"
        "<f>1+1</f><v>2</v></c><c t=\"b\"><v>1</v></c><c r=\"ZZZ1\"><v>9</v>"
        "</c></row></sheetData></worksheet>";
    struct book_row r;
    str problem;
    zip_with(SHEET, xml, sizeof xml - 1);
    CHECK(first(&r, &problem) == OK);
    CHECK_STR(r.cell[0], "甲乙");
    CHECK_STR(r.cell[1], "");
    CHECK_STR(r.cell[2], "2");
    CHECK_STR(r.cell[3], "是");
}

static void what_is_broken_is_said_to_be(void)
{
    struct book_row r;
    str problem;
    put(STR("PK\x03\x04 no zip at all"));
    CHECK(first(&r, &problem) == ERR_INPUT && problem.n);
    zip_with("word/document.xml", "<w/>", 4);
    CHECK(first(&r, &problem) == ERR_INPUT && problem.n);
    zip_with(SHEET, "<worksheet><row><c><v>1</v></row>", 33);
    CHECK(first(&r, &problem) == ERR_INPUT && problem.n);
    put(STR("\xd6\xd0\xce\xc4,GBK\n"));
    CHECK(first(&r, &problem) == ERR_INPUT);
    CHECK(str_find(problem, STR("UTF-8")) >= 0);
    put(STR("a,\"b\nc"));
    CHECK(first(&r, &problem) == ERR_INPUT && problem.n);
}

static void a_zip_that_unfolds_without_end_is_refused(void)
{
    size_t n = BOOK_UNFOLDED + 10;
    char *big = calloc(1, n);
    struct book_row r;
    str problem;
    CHECK(big != NULL);
    zip_with(SHEET, big, n);
    CHECK(first(&r, &problem) == ERR_INPUT);
    free(big);
    /* Entities that multiply: no sheet brings a document type. */
    static const char xml[] =
        "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        "<worksheet><row><c t=\"str\"><v>&b;&b;</v></c></row></worksheet>";
    zip_with(SHEET, xml, sizeof xml - 1);
    CHECK(first(&r, &problem) == ERR_INPUT);
}

/* As libxlsxwriter writes it: one sheet, by its name. */
static void every_sheet_of_a_workbook_is_found(void)
{
    const str cells[] = { STR("编码"), STR("名称") };
    const struct book_row *r;
    struct book *b;
    bool hidden = true;
    str bytes, problem, name;
    CHECK(book_xlsx(&a, "事项", cells, 2, 1, &bytes) == OK);
    CHECK(book_of(bytes, &b, &problem) == OK);
    CHECK(book_sheet(b, &name, &hidden, &problem) == OK && !hidden);
    CHECK_STR(name, "事项");
    CHECK(book_next(b, &r, &problem) == OK);
    CHECK_STR(r->cell[1], "名称");
    CHECK(book_next(b, &r, &problem) == ERR_NOTFOUND);
    CHECK(book_sheet(b, &name, &hidden, &problem) == ERR_NOTFOUND);
    book_close(b);
    for (size_t n = 0; n < bytes.n; n += 97) { /* cut anywhere: no sheet */
        enum err e = book_of(str_slice(bytes, 0, n), &b, &problem);
        CHECK(e != OK && problem.n);
    }
}

int main(void)
{
    int fd = mkstemp(path);
    if (fd < 0)
        return 2;
    close(fd);
    RUN(what_is_written_as_xlsx_is_read);
    RUN(csv_keeps_what_would_run_as_a_formula_as_text);
    RUN(cells_of_every_kind_are_read);
    RUN(what_is_broken_is_said_to_be);
    RUN(a_zip_that_unfolds_without_end_is_refused);
    RUN(every_sheet_of_a_workbook_is_found);
    unlink(path);
    arena_free(&a);
    return test_result();
}
