/* Words of office papers: what is in them is found, what nobody should have
 * made is refused or cut, and nothing of it is believed twice. */
#include "kernel/book/book.h"
#include "kernel/files/office.h"
#include "kernel/test/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#define DOCX "application/vnd.openxmlformats-officedocument." \
             "wordprocessingml.document"
#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define OFD "application/ofd"

static struct arena a;
static char path[] = "/tmp/zt-office-XXXXXX";

/* ---- papers made here ---- */

static zipFile zip;

static void begin(void)
{
    zip = zipOpen64(path, APPEND_STATUS_CREATE);
    CHECK(zip != NULL);
}

static void add_bytes(const char *name, const char *bytes, size_t n)
{
    zip_fileinfo info = { 0 };
    CHECK(zipOpenNewFileInZip64(zip, name, &info, NULL, 0, NULL, 0, NULL,
                                Z_DEFLATED, 6, 0) == ZIP_OK);
    CHECK(zipWriteInFileInZip(zip, bytes, (unsigned)n) == ZIP_OK);
    zipCloseFileInZip(zip);
}

static void add(const char *name, const char *text)
{
    add_bytes(name, text, strlen(text));
}

static str done(void)
{
    str bytes, problem;
    zipClose(zip, NULL);
    CHECK(book_bytes(path, &a, &bytes, &problem) == OK);
    return bytes;
}

static str docx(const char *body)
{
    begin();
    add("word/document.xml",
        arena_printf(&a, "<w:document xmlns:w=\"w\" xmlns:mc=\"m\"><w:body>%s"
                     "</w:body></w:document>", body).p);
    return done();
}

static str ofd(const char *content)
{
    begin();
    add("OFD.xml", "<o:OFD xmlns:o=\"o\"><o:DocBody><o:DocRoot>D/Doc.xml"
                   "</o:DocRoot></o:DocBody></o:OFD>");
    add("D/Doc.xml", "<o:Document xmlns:o=\"o\"><o:TemplatePage ID=\"7\" "
                     "BaseLoc=\"/D/T.xml\"/><o:Pages><o:Page ID=\"1\" "
                     "BaseLoc=\"P.xml\"/></o:Pages></o:Document>");
    add("D/T.xml", "<o:Page xmlns:o=\"o\"><o:TextObject Boundary=\"20 20 9 9\">"
                   "<o:TextCode>名称</o:TextCode></o:TextObject></o:Page>");
    add("D/P.xml", content);
    return done();
}

/* ---- what they say ---- */

static str json_of(str bytes, const char *type, enum preview_end want)
{
    struct buf out = { 0 };
    struct value *tree, *again;
    CHECK(office_read(bytes, str_of(type), &a, &tree) == want);
    value_write_json(tree, &out);
    str json = arena_str(&a, buf_str(&out));
    buf_free(&out);
    CHECK(office_take(&a, json, &again) == OK);
    return json;
}

static void a_document_says_its_paragraphs_and_tables(void)
{
    str paper = docx(
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>甲</w:t>"
        "<w:tab/><w:t>乙</w:t><w:br/><w:t>&lt;丙&gt;</w:t></w:r></w:p><w:p/>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p></w:tc><w:tc/>"
        "</w:tr><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>里</w:t></w:r>"
        "</w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
        "<w:p><mc:Fallback><w:t>又一次</w:t></mc:Fallback><w:t>末</w:t></w:p>");
    CHECK_STR(json_of(paper, DOCX, PREVIEW_OK),
              "{\"more\":false,\"blocks\":[{\"text\":\"甲 乙\\n<丙>\"},"
              "{\"rows\":[[\"一\",\"\"],[\"里\"]]},{\"text\":\"末\"}]}");
}

static void a_workbook_says_its_sheets(void)
{
    const str cells[] = { STR("编码"), STR("名称"), STR(""), STR("甲") };
    str paper;
    CHECK(book_xlsx(&a, "事项", cells, 2, 2, &paper) == OK);
    CHECK_STR(json_of(paper, XLSX, PREVIEW_OK),
              "{\"more\":false,\"blocks\":[{\"head\":\"事项\"},{\"rows\":"
              "[[\"编码\",\"名称\"],[\"\",\"甲\"]]}]}");
}

static void a_page_is_read_from_top_to_bottom(void)
{
    str paper = ofd(
        "<o:Page xmlns:o=\"o\"><o:Template TemplateID=\"7\"/>"
        "<o:TextObject Boundary=\"60 20.4 9 9\"><o:TextCode>某店</o:TextCode>"
        "</o:TextObject><o:TextObject Boundary=\"20 5 9 9\"><o:TextCode>营业"
        "</o:TextCode><o:TextCode>执照</o:TextCode></o:TextObject>"
        "<o:TextObject Boundary=\"nan inf\"><o:TextCode/></o:TextObject>"
        "</o:Page>");
    CHECK_STR(json_of(paper, OFD, PREVIEW_OK),
              "{\"more\":false,\"blocks\":[{\"head\":\"第 1 页\"},{\"text\":"
              "\"营业执照\"},{\"text\":\"名称 某店\"}]}");
}

/* ---- what nobody should have made ---- */

static void damage_keeps_what_came_before_it(void)
{
    struct buf b = { 0 };
    for (int i = 0; i < 100; i++)
        buf_put(&b, STR("<w:p><w:t>甲</w:t></w:p>"));
    buf_put(&b, STR("<w:p><w:broken"));
    buf_byte(&b, 0);
    str part = docx(b.p);
    buf_free(&b);
    CHECK(str_starts(json_of(part, DOCX, PREVIEW_OK),
                     STR("{\"more\":true,\"blocks\":[{\"text\":\"甲\"}")));
    CHECK(json_of(docx("<w:p"), DOCX, PREVIEW_DAMAGED).n);
    CHECK(json_of(STR("PK\3\4 nothing"), DOCX, PREVIEW_DAMAGED).n);
    CHECK(json_of(STR("PK\3\4 nothing"), XLSX, PREVIEW_DAMAGED).n);
    CHECK(json_of(part, OFD, PREVIEW_DAMAGED).n); /* not what it says it is */
    CHECK(json_of(part, XLSX, PREVIEW_DAMAGED).n);
    CHECK(json_of(ofd("<o:Page"), OFD, PREVIEW_OK).n); /* an empty page */
    begin();
    add("OFD.xml", "<OFD><DocRoot>OFD.xml</DocRoot></OFD>"); /* itself */
    CHECK(json_of(done(), OFD, PREVIEW_DAMAGED).n);
    begin();
    add("OFD.xml", "<OFD><DocRoot>../../etc/passwd</DocRoot></OFD>");
    CHECK(json_of(done(), OFD, PREVIEW_DAMAGED).n);
}

static void a_document_cut_anywhere_ends_in_peace(void)
{
    str whole = docx("<w:p><w:t>甲</w:t></w:p>");
    for (size_t n = 0; n < whole.n; n++) {
        struct value *tree;
        enum preview_end e = office_read(str_slice(whole, 0, n), STR(DOCX), &a,
                                        &tree);
        CHECK(e != PREVIEW_OK || n > whole.n / 2);
    }
}

static void a_zip_bomb_is_not_unfolded(void)
{
    size_t n = OFFICE_MEMBER + 10;
    char *big = malloc(n);
    CHECK(big != NULL);
    memset(big, 'a', n);
    begin();
    add_bytes("word/document.xml", big, n);
    str paper = done();
    CHECK(paper.n < 100000);
    CHECK(json_of(paper, DOCX, PREVIEW_HEAVY).n);
    free(big);
}

static void an_xml_bomb_is_refused(void)
{
    static const char bomb[] =
        "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
        "<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w><p><t>&b;&x;</t></p>"
        "</w>";
    begin();
    add("word/document.xml", bomb);
    CHECK(json_of(done(), DOCX, PREVIEW_DAMAGED).n);
    str paper = ofd(bomb);
    CHECK(str_find(json_of(paper, OFD, PREVIEW_OK), STR("root")) < 0);
}

static void a_long_paper_is_cut_and_says_so(void)
{
    struct buf b = { 0 };
    for (int i = 0; i < OFFICE_BLOCKS + 100; i++)
        buf_put(&b, STR("<w:p><w:t>一</w:t></w:p>"));
    buf_byte(&b, 0);
    str json = json_of(docx(b.p), DOCX, PREVIEW_OK);
    CHECK(str_starts(json, STR("{\"more\":true")));
    buf_clear(&b);
    buf_put(&b, STR("<w:tbl>"));
    for (int i = 0; i < OFFICE_ROWS + 9; i++) {
        buf_put(&b, STR("<w:tr>"));
        for (int k = 0; k < OFFICE_CELLS + 9; k++)
            buf_put(&b, STR("<w:tc/>"));
        buf_put(&b, STR("</w:tr>"));
    }
    buf_put(&b, STR("</w:tbl>"));
    buf_byte(&b, 0);
    json = json_of(docx(b.p), DOCX, PREVIEW_OK);
    CHECK(str_starts(json, STR("{\"more\":true")));
    buf_clear(&b);
    buf_put(&b, STR("<w:p><w:t>"));
    for (int i = 0; i < OFFICE_TEXT; i++)
        buf_put(&b, STR("\xe4\xba\x91"));
    buf_put(&b, STR("</w:t></w:p>"));
    buf_byte(&b, 0);
    json = json_of(docx(b.p), DOCX, PREVIEW_OK);
    CHECK(json.n < OFFICE_TEXT + 100 && utf8_valid(json));
    buf_free(&b);
}

static void only_our_own_tree_is_taken(void)
{
    static const char *const bad[] = {
        "", "[]", "{}", "{\"more\":1,\"blocks\":[]}", "{\"more\":true}",
        "{\"more\":true,\"blocks\":{}}", "{\"more\":true,\"blocks\":[1]}",
        "{\"more\":true,\"blocks\":[{\"html\":\"<b>\"}]}",
        "{\"more\":true,\"blocks\":[{\"text\":1}]}",
        "{\"more\":true,\"blocks\":[{\"text\":\"\",\"head\":\"\"}]}",
        "{\"more\":true,\"blocks\":[{\"rows\":[1]}]}",
        "{\"more\":true,\"blocks\":[{\"rows\":[[1]]}]}",
        "{\"more\":true,\"blocks\":[],\"x\":1}",
    };
    struct value *tree;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(office_take(&a, str_of(bad[i]), &tree) == ERR_INPUT);
    CHECK(office_take(&a, STR("{\"more\":true,\"blocks\":[{\"rows\":[[\"\"]]}"
                             "]}"), &tree) == OK);
}

int main(void)
{
    int fd = mkstemp(path);
    if (fd < 0)
        return 1;
    close(fd);
    RUN(a_document_says_its_paragraphs_and_tables);
    RUN(a_workbook_says_its_sheets);
    RUN(a_page_is_read_from_top_to_bottom);
    RUN(damage_keeps_what_came_before_it);
    RUN(a_document_cut_anywhere_ends_in_peace);
    RUN(a_zip_bomb_is_not_unfolded);
    RUN(an_xml_bomb_is_refused);
    RUN(a_long_paper_is_cut_and_says_so);
    RUN(only_our_own_tree_is_taken);
    unlink(path);
    arena_free(&a);
    return test_result();
}
