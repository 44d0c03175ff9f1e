/*
 * Pictures of papers, also of those nobody should have made: this program is
 * the drawing process too, called again as the server calls itself.
 */
#include "kernel/book/book.h"
#include "kernel/files/look.h"
#include "kernel/files/preview.h"
#include "kernel/files/tests/zipped.h"
#include "kernel/pdf/pdf.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <cairo.h>
#include <cairo-pdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h>

static char dir[] = "/tmp/zt-preview-XXXXXX";
static struct arena memory;

static const char *written(str bytes)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/paper", dir);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes.p, 1, bytes.n, f) != bytes.n || fclose(f) != 0)
        abort();
    return path;
}

/* ---- papers made here ---- */

static cairo_status_t put(void *context, const unsigned char *bytes,
                          unsigned int n)
{
    buf_put(context, (str){ (const char *)bytes, n });
    return CAIRO_STATUS_SUCCESS;
}

static void write_pages(struct buf *out, int pages, double w, double h)
{
    cairo_surface_t *s = cairo_pdf_surface_create_for_stream(put, out, w, h);
    cairo_t *cr = cairo_create(s);
    for (int i = 0; i < pages; i++) {
        cairo_rectangle(cr, w / 4, h / 4, w / 2, h / 8 * (1 + i % 4));
        cairo_fill(cr);
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_destroy(s);
}

static void write_png(struct buf *out, int w, int h)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w, h);
    cairo_surface_write_to_png_stream(s, put, out);
    cairo_surface_destroy(s);
}

/* A JPEG with its left third black; turn: EXIF's orientation, 0: none. */
static void write_jpeg(struct buf *out, unsigned w, unsigned h, int turn)
{
    struct jpeg_compress_struct c = { 0 };
    struct jpeg_error_mgr failing;
    unsigned char *bytes = NULL, *row = malloc(w);
    unsigned long n = 0;
    unsigned char exif[] = "Exif\0\0II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0"
                           "?\0\0\0";
    exif[24] = (unsigned char)turn;
    c.err = jpeg_std_error(&failing);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &n);
    c.image_width = w;
    c.image_height = h;
    c.input_components = 1;
    c.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&c);
    jpeg_start_compress(&c, TRUE);
    if (turn)
        jpeg_write_marker(&c, JPEG_APP0 + 1, exif, sizeof exif - 1);
    memset(row, 255, w);
    memset(row, 0, w / 3);
    while (c.next_scanline < h)
        jpeg_write_scanlines(&c, &row, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    buf_put(out, (str){ (char *)bytes, n });
    free(bytes);
    free(row);
}

static str ofd_page(int number, bool broken)
{
    return broken ? STR("<Page><TextObject><TextCode>余")
                  : arena_printf(&memory, "<Page><Content><Layer><TextObject "
                                 "Boundary='10 10 90 9' Size='8'><TextCode "
                                 "Y='8'>合同 %d</TextCode></TextObject></Layer>"
                                 "</Content></Page>", number);
}

/* An OFD of so many pages, the last one broken when said; bytes of z. */
static str write_ofd(struct zipped *z, int pages, bool broken)
{
    struct buf doc = { 0 };
    zipped_add(z, "OFD.xml", STR("<OFD><DocBody><DocRoot>Doc.xml</DocRoot>"
                                 "</DocBody></OFD>"));
    buf_put(&doc, STR("<Document><Pages>"));
    for (int i = 1; i <= pages; i++) {
        const char *name = arena_printf(&memory, "P%d.xml", i).p;
        buf_printf(&doc, "<Page ID='%d' BaseLoc='%s'/>", i, name);
        zipped_add(z, name, ofd_page(i, broken && i == pages));
    }
    buf_put(&doc, STR("</Pages></Document>"));
    zipped_add(z, "Doc.xml", buf_str(&doc));
    buf_free(&doc);
    return zipped_done(z);
}

/* ---- drawing ---- */

static struct drawn {
    enum preview_end end;
    int frames;
    bool words; /* before the pictures */
    struct preview_frame small, first, last;
    struct buf answer;
    str first_jpeg;
} d;

/* Draws as the server does, waiting for the end. */
static void draw(str bytes, const char *type)
{
    struct preview_child c = { 0 };
    struct preview_frame f;
    str rest, jpeg;
    buf_clear(&d.answer);
    d.frames = 0;
    d.words = false;
    CHECK(preview_start("/proc/self/exe", written(bytes), str_of(type), &c) ==
          OK);
    while (!preview_ended(&c, 200, &d.end, &d.answer))
        continue;
    rest = buf_str(&d.answer);
    while (preview_take(&rest, &f, &jpeg)) {
        if (f.page == PREVIEW_WORDS && !d.words && d.frames == 0) {
            d.words = true;
            continue;
        }
        CHECK(f.page == d.frames++);
        d.last = f;
        if (f.page == 0)
            d.small = f;
        if (f.page == 1) {
            d.first = f;
            d.first_jpeg = jpeg;
        }
    }
}

static void a_page_gets_a_small_and_a_large_picture(void)
{
    struct buf pdf = { 0 };
    write_pages(&pdf, 3, 595, 842);
    draw(buf_str(&pdf), "application/pdf");
    CHECK(d.end == PREVIEW_OK);
    CHECK(d.frames == 4);
    CHECK(d.small.height == PREVIEW_THUMB);
    CHECK(d.first.height == PREVIEW_SIDE);
    CHECK(d.first.width == 989);
    /* What came is a JPEG that can be read, and it shows something. */
    CHECK(measure_picture(d.first_jpeg, STR("image/jpeg")) > 0);
    buf_free(&pdf);
}

/* For who looks for what must not be public: the words, and no pictures. */
static void the_words_of_a_paper_are_told(void)
{
    struct buf pdf = { 0 };
    cairo_surface_t *s = cairo_pdf_surface_create_for_stream(put, &pdf, 595,
                                                             842);
    cairo_t *cr = cairo_create(s);
    cairo_set_font_size(cr, 20);
    cairo_move_to(cr, 50, 100);
    cairo_show_text(cr, "tel 13805630123");
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
    draw(buf_str(&pdf), PREVIEW_PDF_TEXT);
    CHECK(d.end == PREVIEW_OK && d.frames == 0);
    CHECK(str_find(buf_str(&d.answer), STR("13805630123")) >= 0);
    draw(STR("%PDF-1.4 nothing\n"), PREVIEW_PDF_TEXT);
    CHECK(d.end == PREVIEW_DAMAGED);
    buf_free(&pdf);
}

static void a_long_paper_is_drawn_up_to_the_bound(void)
{
    struct buf pdf = { 0 };
    write_pages(&pdf, PREVIEW_PAGES + 3, 595, 842);
    draw(buf_str(&pdf), "application/pdf");
    CHECK(d.end == PREVIEW_OK);
    CHECK(d.frames == PREVIEW_PAGES + 1);
    buf_free(&pdf);
}

static void a_strange_page_size_stays_in_bounds(void)
{
    struct buf pdf = { 0 };
    write_pages(&pdf, 1, 14000, 2);
    draw(buf_str(&pdf), "application/pdf");
    CHECK(d.first.width == PREVIEW_SIDE);
    CHECK(d.first.height == 1);
    buf_free(&pdf);
}

static void an_ofd_says_its_words_and_shows_its_pages(void)
{
    struct zipped z = { 0 };
    draw(write_ofd(&z, 2, false), "application/ofd");
    CHECK(d.end == PREVIEW_OK && d.words && d.frames == 3);
    CHECK(d.small.height == PREVIEW_THUMB && d.first.height == PREVIEW_SIDE);
    CHECK(measure_picture(d.first_jpeg, STR("image/jpeg")) > 0);
    CHECK((d.last.missing & ~PREVIEW_OTHER_FONT) == 0);
    buf_free(&z.all);
    z = (struct zipped){ 0 };
    draw(write_ofd(&z, PREVIEW_PAGES + 1, false), "application/ofd");
    CHECK(d.end == PREVIEW_OK && d.frames == PREVIEW_PAGES + 1);
    CHECK(d.first.missing & d.last.missing & PREVIEW_GOES_ON);
    buf_free(&z.all);
}

static void a_broken_page_leaves_the_words_and_the_pages_before(void)
{
    struct zipped z = { 0 };
    draw(write_ofd(&z, 2, true), "application/ofd");
    CHECK(d.end == PREVIEW_DAMAGED && d.words && d.frames == 2);
    buf_free(&z.all);
    z = (struct zipped){ 0 };
    draw(write_ofd(&z, 1, true), "application/ofd");
    CHECK(d.end == PREVIEW_DAMAGED && d.words && d.frames == 0);
    buf_free(&z.all);
}

static void a_photograph_is_made_smaller_and_stands_upright(void)
{
    struct buf jpeg = { 0 };
    write_jpeg(&jpeg, 3000, 1500, 0);
    draw(buf_str(&jpeg), "image/jpeg");
    CHECK(d.end == PREVIEW_OK);
    CHECK(d.frames == 2);
    CHECK(d.first.width == PREVIEW_SIDE);
    CHECK(d.small.width == PREVIEW_THUMB);
    buf_clear(&jpeg);
    write_jpeg(&jpeg, 3000, 1500, 6); /* the camera was held upright */
    draw(buf_str(&jpeg), "image/jpeg");
    CHECK(d.first.height == PREVIEW_SIDE);
    CHECK(d.first.width == PREVIEW_SIDE / 2);
    buf_free(&jpeg);
}

static void exif_says_how_it_was_held_or_nothing(void)
{
    static const char little[] = "II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0";
    static const char big[] = "MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1\0\3\0\0";
    CHECK(preview_turn((str){ little, sizeof little - 1 }) == 6);
    CHECK(preview_turn((str){ big, sizeof big - 1 }) == 3);
    for (size_t n = 0; n < 20; n++) /* cut anywhere: as if it said nothing */
        CHECK(preview_turn((str){ little, n }) == 1);
    CHECK(preview_turn(STR("II*\0\xff\xff\xff\xff\1\0\x12\1\3\0\1\0")) == 1);
    CHECK(preview_turn(STR("II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0\11\0\0"
                           "\0")) == 1);
}

static void what_cannot_be_read_ends_with_a_word(void)
{
    struct buf pdf = { 0 };
    write_pages(&pdf, 1, 595, 842);
    draw(str_slice(buf_str(&pdf), 0, 200), "application/pdf");
    CHECK(d.end == PREVIEW_DAMAGED && d.frames == 0);
    draw(STR("%PDF-1.4 nothing"), "application/pdf");
    CHECK(d.end == PREVIEW_DAMAGED);
    draw(STR("\xff\xd8\xff\xe0"), "image/jpeg");
    CHECK(d.end == PREVIEW_DAMAGED);
    draw(STR("\x89PNG\r\n\x1a\n0123456789012345678901234567"), "image/png");
    CHECK(d.end != PREVIEW_OK && d.frames == 0);
    draw(buf_str(&pdf), "image/jpeg");
    CHECK(d.end == PREVIEW_DAMAGED);
    draw(buf_str(&pdf), "application/ofd");
    CHECK(d.end == PREVIEW_DAMAGED);
    buf_free(&pdf);
}

/* A small file that says it is a large picture. */
static void a_bomb_is_not_unpacked(void)
{
    struct buf png = { 0 };
    write_png(&png, 200, 100);
    memcpy(png.p + 16, "\0\0\x4e\x20\0\0\x10\0", 8); /* 20000 x 4096 */
    draw(buf_str(&png), "image/png");
    CHECK(d.end == PREVIEW_HEAVY && d.frames == 0);
    buf_free(&png);
}

/* Forms within forms, drawn ten thousand million times: ended by its bound. */
static void a_paper_without_end_is_ended(void)
{
    struct buf pdf = { 0 };
    const char *ten = "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do "
                      "/X Do";
    buf_printf(&pdf, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
               "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
               "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents"
               " 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
               "4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n",
               strlen(ten), ten);
    for (int i = 5; i < 16; i++)
        buf_printf(&pdf, "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 600 850"
                   "]/Resources<</XObject<</X %d 0 R>>>>/Length %zu>>stream\n"
                   "%s\nendstream endobj\n", i, i + 1, strlen(ten), ten);
    buf_printf(&pdf, "16 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 600 850]"
               "/Length 16>>stream\n0 0 500 500 re f\nendstream endobj\n"
               "trailer<</Size 17/Root 1 0 R>>\n%%%%EOF");
    int64_t began = tick_ms();
    draw(buf_str(&pdf), "application/pdf");
    CHECK(d.end == PREVIEW_HEAVY && d.frames == 0);
    CHECK(tick_ms() - began < (PREVIEW_WALL + 5) * 1000);
    buf_free(&pdf);
}

static void an_answer_is_distrusted(void)
{
    static const struct preview_frame wrong[] = {
        { -1, 10, 10, 4, 0 }, { 0, PREVIEW_THUMB + 1, 10, 4, 0 },
        { 0, 0, 10, 4, 0 }, { 1, 10, PREVIEW_SIDE + 1, 4, 0 },
        { PREVIEW_PAGES + 1, 10, 10, 4, 0 }, { 1, 10, 10, 3, 0 },
        { 1, 10, 10, 5, 0 }, { 1, 10, 10, -4, 0 },
        { 1, 10, 10, 4, PREVIEW_MISSING_ALL + 1 }, { 1, 10, 10, 4, -1 },
    };
    char bytes[sizeof *wrong + 4];
    struct preview_frame f;
    str jpeg, all = { bytes, sizeof bytes };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        memcpy(bytes, &wrong[i], sizeof *wrong);
        memcpy(bytes + sizeof *wrong, "\xff\xd8\xff\xe0", 4);
        str rest = all;
        CHECK(!preview_take(&rest, &f, &jpeg) && rest.n == all.n);
    }
    memcpy(bytes, &(struct preview_frame){ 1, 10, 10, 4, 0 }, sizeof f);
    str rest = all;
    CHECK(preview_take(&rest, &f, &jpeg) && rest.n == 0 && jpeg.n == 4);
    memcpy(bytes + sizeof f, "<svg", 4); /* no picture */
    rest = all;
    CHECK(!preview_take(&rest, &f, &jpeg));
    memcpy(bytes, &(struct preview_frame){ PREVIEW_WORDS, 0, 0, 4, 0 },
           sizeof f);
    rest = all;
    CHECK(!preview_take(&rest, &f, &jpeg)); /* no words either */
    memcpy(bytes + sizeof f, "{\"a\"", 4);
    rest = all;
    CHECK(preview_take(&rest, &f, &jpeg) && f.page == PREVIEW_WORDS);
}

/* ---- from a paper's coming to its pictures ---- */

/* A directory with one name in it is enough to be taken for an OFD. */
#define ZIP_WITH_OFD                                                          \
    "PK\3\4----PK\1\2........................\7\0\0\0\0\0"              \
    "............OFD.xmlPK\5\6\0\0\0\0\1\0\1\0\65\0\0\0\10\0\0\0\0\0"

static struct test_store t;

static enum err keep(struct tx *tx, void *context)
{
    struct upload u = { .name = STR("a.pdf"), .sha256 = *(str *)context };
    tx->notes++;
    return files_mention(tx, &u, "services", STR("X1"));
}

static enum err look_first(struct tx *tx, void *context)
{
    static struct arena kept;
    const void *out = NULL;
    struct tx own = *tx;
    own.arena = &kept;
    enum err e = files_preview_before(&own, &out);
    *(const void **)context = out;
    return e;
}

static enum err write_drawn(struct tx *tx, void *context)
{
    bool more;
    tx->notes++;
    tx->kept = context;
    return files_preview_run(tx, &more);
}

/* Rounds of the job until so many papers are done. */
static bool draw_all(int papers)
{
    for (int n = 0; n < 400 && papers > 0; n++) {
        const void *drawn = NULL;
        if (test_store_look(&t, look_first, &drawn) != OK)
            return false;
        if (drawn == NULL)
            continue;
        if (test_store_run(&t, write_drawn, (void *)(uintptr_t)drawn) != OK)
            return false;
        papers--;
    }
    return papers == 0;
}

static void kept(str bytes)
{
    str problem, sha256;
    CHECK(files_shelve_bytes(&memory, bytes, &sha256, &problem) == OK);
    CHECK(test_store_run(&t, keep, &sha256) == OK);
}

static enum err count_pictures(struct tx *tx, void *context)
{
    struct files_picture_page *p;
    size_t n;
    enum err e = files_picture_page(tx, STR(""), &p, &n);
    *(int64_t *)context = (int64_t)n;
    for (size_t i = 0; e == OK && i < n; i++)
        if (access(files_path(tx->arena, p[i].picture), R_OK) != 0)
            e = ERR_NOTFOUND;
    return e;
}

static int bad_papers;

static void count_bad(void *context, str sha256, const char *why)
{
    (void)context, (void)sha256, (void)why;
    bad_papers++;
}

static enum err verify(struct tx *tx, void *context)
{
    return files_verify(tx, count_bad, NULL, context);
}

static enum err is_done(struct tx *tx, void *context)
{
    struct files_blob_undrawn *b;
    size_t n;
    (void)context;
    enum err e = files_blob_undrawn(tx, true, &b, &n);
    return e == OK && n ? ERR_CONFLICT : e;
}

static void pictures_are_kept_beside_the_paper(void)
{
    struct buf pdf = { 0 };
    int64_t pictures = 0, papers = 0;
    write_pages(&pdf, 2, 595, 842);
    kept(buf_str(&pdf));
    kept(STR("%PDF-1.4 nothing"));
    kept(STR(ZIP_WITH_OFD)); /* which says nothing */
    CHECK(draw_all(3));
    CHECK(test_store_look(&t, is_done, NULL) == OK);
    CHECK(test_store_look(&t, count_pictures, &pictures) == OK);
    CHECK(pictures == 3); /* a small one and two pages */
    CHECK(test_store_look(&t, verify, &papers) == OK);
    CHECK(papers == 3 && bad_papers == 0);
    buf_free(&pdf);
}

static enum err says(struct tx *tx, void *context)
{
    struct files_words w;
    enum err e = files_words(tx, *(str *)context, &w);
    CHECK(e != OK || (!w.cut && w.blocks->count == 2));
    return e;
}

static enum err says_broken(struct tx *tx, void *context)
{
    struct files_words w;
    struct files_blob_undrawn *b;
    size_t n;
    enum err e = files_words(tx, *(str *)context, &w);
    CHECK(e != OK || w.blocks->count > 0);
    return e == OK ? files_blob_undrawn(tx, true, &b, &n) : e;
}

/* An OFD's words are kept beside its pictures, and without any. */
static void an_ofd_keeps_both(void)
{
    struct zipped whole = { 0 }, broken = { 0 };
    int64_t before = 0, pictures = 0;
    str sha256, problem;
    CHECK(test_store_look(&t, count_pictures, &before) == OK);
    kept(write_ofd(&whole, 2, false));
    CHECK(draw_all(1));
    str bytes = write_ofd(&broken, 1, true);
    kept(bytes);
    CHECK(draw_all(1));
    CHECK(test_store_look(&t, count_pictures, &pictures) == OK);
    CHECK(pictures == before + 5); /* words, small, two pages; words */
    CHECK(files_shelve_bytes(&memory, bytes, &sha256, &problem) == OK);
    CHECK(test_store_look(&t, says_broken, &sha256) == OK);
    buf_free(&whole.all);
    buf_free(&broken.all);
}

static void what_is_missing_is_said_in_words(void)
{
    CHECK_STR(files_preview_missing(&memory, 0), "");
    CHECK_STR(files_preview_missing(&memory, PREVIEW_LOST_PICTURE |
                                                 PREVIEW_SEAL_SHOWN),
              "有图片的格式不能画出；印章只是图样，没有核验签名。"
              "请以原件为准。");
    for (int bit = 1; bit < PREVIEW_MISSING_ALL; bit *= 2)
        CHECK(files_preview_missing(&memory, bit).n > 0);
}

/* An office paper goes the same way, and its words are its page -1. */
static void words_are_kept_beside_the_paper(void)
{
    const str cells[] = { STR("编码"), STR("甲") };
    str xlsx, sha256, problem;
    int64_t pictures = 0;
    CHECK(book_xlsx(&memory, "事项", cells, 2, 1, &xlsx) == OK);
    CHECK(files_shelve_bytes(&memory, xlsx, &sha256, &problem) == OK);
    CHECK(test_store_look(&t, says, &sha256) == ERR_NOTFOUND);
    CHECK(test_store_run(&t, keep, &sha256) == OK);
    CHECK(draw_all(1));
    CHECK(test_store_look(&t, is_done, NULL) == OK);
    CHECK(test_store_look(&t, says, &sha256) == OK);
    CHECK(test_store_look(&t, count_pictures, &pictures) == OK);
    CHECK(pictures == 4); /* swept and checked as the others are */
}

static void all_on(enum test_database which)
{
    char path[100];
    str problem;
    if (!test_store_open(&t, which))
        return;
    snprintf(path, sizeof path, "%s/files%d", dir, (int)which);
    CHECK(files_open(path, &problem) == OK);
    RUN(pictures_are_kept_beside_the_paper);
    RUN(words_are_kept_beside_the_paper);
    RUN(an_ofd_keeps_both);
    test_store_close(&t);
}

int main(int argc, char **argv)
{
    if (argc > 1) /* as the server calls itself */
        return files_preview_command(argc - 1, argv + 1);
    if (mkdtemp(dir) == NULL)
        return 1;
    files_previews("/proc/self/exe");
    RUN(a_page_gets_a_small_and_a_large_picture);
    RUN(the_words_of_a_paper_are_told);
    RUN(a_long_paper_is_drawn_up_to_the_bound);
    RUN(a_strange_page_size_stays_in_bounds);
    RUN(an_ofd_says_its_words_and_shows_its_pages);
    RUN(a_broken_page_leaves_the_words_and_the_pages_before);
    RUN(a_photograph_is_made_smaller_and_stands_upright);
    RUN(exif_says_how_it_was_held_or_nothing);
    RUN(what_cannot_be_read_ends_with_a_word);
    RUN(a_bomb_is_not_unpacked);
    RUN(a_paper_without_end_is_ended);
    RUN(an_answer_is_distrusted);
    RUN(what_is_missing_is_said_in_words);
    all_on(TEST_LITE);
    all_on(TEST_PG);
    buf_free(&d.answer);
    arena_free(&memory);
    pdf_close(); /* the fonts a test has written with */
    return test_result();
}
