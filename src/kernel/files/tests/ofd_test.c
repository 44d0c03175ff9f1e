/* Pages of an OFD: known shapes, letters, pictures and seals are where the
 * file puts them, what nobody should have made ends, what is left out is told.
 */
#include "kernel/files/ofd/inside.h"
#include "kernel/files/tests/zipped.h"
#include "kernel/test/test.h"

#include <fontconfig/fontconfig.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

enum { MM = 3, SIDE = 100 * MM }; /* pixels a millimetre, of the whole page */

static struct arena a;

/* ---- papers made here ---- */

static struct zipped paper;

static void part(const char *name, str bytes)
{
    zipped_add(&paper, name, bytes);
}

/* A paper of one page of 100 x 100 mm: resources, what is on it, and what its
 * document and its DocBody say besides. */
static void begin_with(const char *resources, const char *content,
                       const char *document, const char *body)
{
    paper = (struct zipped){ 0 };
    part("OFD.xml", arena_printf(&a, "<OFD><DocBody><DocRoot>D/Doc.xml"
                                 "</DocRoot>%s</DocBody></OFD>", body));
    part("D/Doc.xml", arena_printf(&a,
         "<Document><CommonData><PageArea><PhysicalBox>0 0 100 100"
         "</PhysicalBox></PageArea><PublicRes>Res.xml</PublicRes>"
         "<TemplatePage ID='7' BaseLoc='T/T.xml'/></CommonData><Pages><Page "
         "ID='1' BaseLoc='./x/../P.xml'/></Pages>%s</Document>", document));
    part("D/Res.xml", arena_printf(&a, "<Res BaseLoc='R'>%s</Res>",
                                   resources));
    part("D/P.xml", str_of(content));
}

static void begin(const char *resources, const char *content)
{
    begin_with(resources, content, "", "");
}

#define ANNOTATIONS "<Annotations>A.xml</Annotations>"
#define SIGNATURES "<Signatures>/D/Signs.xml</Signatures>"

static cairo_surface_t *sheet;
static unsigned missing;

static void draw_into(str bytes)
{
    struct ofd *o;
    bool more;
    missing = 0;
    cairo_surface_destroy(sheet);
    sheet = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    CHECK(ofd_open(bytes, &o) == PREVIEW_OK);
    if (o == NULL)
        return;
    cairo_t *cr = cairo_create(sheet);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_scale(cr, MM, MM);
    CHECK(ofd_pages(o, &more) == 1 && !more);
    CHECK(ofd_draw(o, 0, cr, &missing) == PREVIEW_OK);
    CHECK(cairo_status(cr) == CAIRO_STATUS_SUCCESS);
    cairo_destroy(cr);
    ofd_close(o);
    cairo_surface_flush(sheet);
}

static void finish(void)
{
    draw_into(zipped_done(&paper));
    buf_free(&paper.all);
}

/* A page of one layer of these objects. */
static void draw(const char *resources, const char *objects)
{
    begin(resources, arena_printf(&a, "<Page><Content><Layer>%s</Layer>"
                                  "</Content></Page>", objects).p);
    finish();
}

/* 0xRRGGBB in the middle of the square millimetre at x y. */
static unsigned at(int x, int y)
{
    const unsigned char *p = cairo_image_surface_get_data(sheet) +
                             (y * MM + 1) *
                                 cairo_image_surface_get_stride(sheet) +
                             (x * MM + 1) * 4;
    return (unsigned)p[2] << 16 | (unsigned)p[1] << 8 | p[0];
}

static bool is_near(unsigned colour, unsigned want)
{
    for (int i = 0; i < 24; i += 8)
        if (abs((int)(colour >> i & 255) - (int)(want >> i & 255)) > 8)
            return false;
    return true;
}

/* How much of a box is not white, of a hundred. */
static int ink(int x, int y, int w, int h)
{
    int dark = 0;
    for (int i = y * MM; i < (y + h) * MM; i++) {
        const unsigned char *p = cairo_image_surface_get_data(sheet) +
                                 i * cairo_image_surface_get_stride(sheet);
        for (int k = x * MM; k < (x + w) * MM; k++)
            dark += p[4 * k] < 128;
    }
    return dark * 100 / (w * h * MM * MM);
}

enum { WHITE = 0xffffff, BLACK = 0, RED = 0xff0000, BLUE = 0x0000ff };

#define FILL(box, colour, data)                                              \
    "<PathObject Boundary='" box "' Fill='true' Stroke='false'><FillColor "  \
    "Value='" colour "'/><AbbreviatedData>" data "</AbbreviatedData>"        \
    "</PathObject>"
#define SQUARE "M 0 0 L 20 0 L 20 20 L 0 20 C"

/* ---- numbers ---- */

static void numbers_are_bounded(void)
{
    const char *s = " 1.5,-2 1e9";
    double d, x, y;
    struct ofd_box b;
    cairo_matrix_t m;
    CHECK(ofd_number(&s, &d) && d == 1.5 && ofd_number(&s, &d) && d == -2);
    CHECK(!ofd_number(&s, &d));
    CHECK(ofd_box("1 2 3 4", &b) && b.y == 2 && b.h == 4);
    CHECK(!ofd_box("1 2 3", &b) && !ofd_box("1 2 -3 4", &b));
    CHECK(!ofd_box("1 2 nan 4", &b) && !ofd_box("1 2 inf 4", &b));
    CHECK(!ofd_box(NULL, &b) && !ofd_point("1", &x, &y));
    CHECK(ofd_matrix("1 0 0 2 3 4", &m) && m.yy == 2 && m.x0 == 3);
    CHECK(!ofd_matrix("1 2 2 4 0 0", &m)); /* flat */
    CHECK(!ofd_matrix("1 0 0 1 0", &m));
}

static void distances_come_in_runs_and_the_last_one_stays(void)
{
    static const double wants[] = { 5, 4.5, 4.5, 4.5, 2, 2, 2 };
    struct ofd_delta d = { .rest = "5 g 3 4.5 2" }, none = { .rest = "" };
    struct ofd_delta broken = { .rest = "g 3" };
    double v;
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
        CHECK(ofd_delta(&d, &v) && v == wants[i]);
    CHECK(!ofd_delta(&none, &v) && v == 0);
    CHECK(!ofd_delta(&broken, &v));
}

static void locations_stay_within_the_paper(void)
{
    CHECK_STR(ofd_place(&a, STR("Doc_0/Pages/"), STR("../Res/f.ttf")),
              "Doc_0/Res/f.ttf");
    CHECK_STR(ofd_place(&a, STR("Doc_0/"), STR(" /Doc_1//x.xml")),
              "Doc_1/x.xml");
    CHECK_STR(ofd_place(&a, STR("D/"), STR("../../../etc/passwd")),
              "etc/passwd");
    CHECK_STR(ofd_place(&a, STR("D/"), STR("./Res/")), "D/Res/");
}

/* ---- shapes ---- */

static void a_shape_is_where_its_boundary_and_matrix_put_it(void)
{
    draw("", FILL("10 10 20 20", "255 0 0", SQUARE)
         "<PathObject Boundary='50 50 40 40' CTM='2 0 0 1 0 10' Fill='true' "
         "Stroke='false'><FillColor Value='0 0 255'/><AbbreviatedData>" SQUARE
         "</AbbreviatedData></PathObject>");
    CHECK(at(12, 12) == RED && at(28, 28) == RED);
    CHECK(at(8, 20) == WHITE && at(32, 20) == WHITE);
    CHECK(at(52, 62) == BLUE && at(88, 78) == BLUE);
    CHECK(at(52, 58) == WHITE && at(70, 82) == WHITE);
    CHECK(missing == 0);
}

static void a_boundary_cuts_what_is_larger(void)
{
    draw("", FILL("10 10 10 10", "0 0 0", SQUARE));
    CHECK(at(15, 15) == BLACK && at(25, 15) == WHITE && at(15, 25) == WHITE);
    draw("", "<PathObject Boundary='10 50 40 0' LineWidth='2'>"
         "<AbbreviatedData>M 0 0 L 40 0</AbbreviatedData></PathObject>");
    CHECK(at(30, 50) == BLACK); /* a line has no height */
}

static void every_kind_of_line_is_drawn(void)
{
    draw("", FILL("0 0 40 40", "0 0 0", "M 0 20 A 20 20 0 1 1 40 20 A 20 20 0 "
                  "0 1 0 20 C")
         FILL("50 0 40 40", "0 0 0", "S 0 40 Q 20 -40 40 40 C")
         FILL("0 50 40 40", "0 0 0", "M 0 40 B 0 -10 40 -10 40 40 C")
         FILL("50 50 40 40", "0 0 0", "M 0 20 A 20 10 90 0 0 20 40 L 40 0 C"));
    CHECK(at(20, 20) == BLACK && at(20, 2) == BLACK && at(38, 20) == BLACK);
    CHECK(at(2, 2) == WHITE && at(37, 37) == WHITE);
    CHECK(at(70, 10) == BLACK && at(52, 10) == WHITE);
    CHECK(at(20, 60) == BLACK && at(2, 60) == WHITE);
    CHECK(at(70, 75) == BLACK);
    CHECK(missing == 0);
}

static void a_rule_says_what_is_inside(void)
{
    const char *twice = "<AbbreviatedData>M 0 0 L 30 0 L 30 30 L 0 30 C M 10 "
                        "10 L 20 10 L 20 20 L 10 20 C</AbbreviatedData>"
                        "</PathObject>";
    draw("", arena_printf(&a, "<PathObject Boundary='0 0 30 30' Fill='true'>"
         "<FillColor Value='0 0 0'/>%s<PathObject Boundary='50 0 30 30' Fill="
         "'true' Rule='Even-Odd'><FillColor Value='0 0 0'/>%s", twice,
         twice).p);
    CHECK(at(15, 15) == BLACK && at(65, 15) == WHITE && at(55, 15) == BLACK);
}

static void broken_data_is_drawn_as_far_as_it_goes(void)
{
    draw("", FILL("10 10 20 20", "0 0 0", SQUARE " M 5 x"));
    CHECK(at(20, 20) == BLACK && missing == PREVIEW_LOST_PART);
    draw("", "<PathObject Boundary='0 0 9 9'/>");
    CHECK(missing == PREVIEW_LOST_PART);
}

/* ---- colours and styles ---- */

static void colours_are_of_their_space(void)
{
    draw("<ColorSpaces><ColorSpace ID='5' Type='GRAY'/><ColorSpace ID='6' "
         "Type='CMYK'/><ColorSpace ID='8' Type='RGB' BitsPerComponent='4'>"
         "<Palette><CV>0 0 0</CV><CV>15 0 0</CV></Palette></ColorSpace>"
         "</ColorSpaces>",
         FILL("0 0 20 20", "128' ColorSpace='5", SQUARE)
         FILL("30 0 20 20", "0 255 255 0' ColorSpace='6", SQUARE)
         FILL("60 0 20 20", "#00 #80 #FF", SQUARE)
         FILL("0 30 20 20", "0 0 0' Alpha='128", SQUARE)
         "<PathObject Boundary='30 30 20 20' Fill='true' Stroke='false'>"
         "<FillColor ColorSpace='8' Index='1'/><AbbreviatedData>" SQUARE
         "</AbbreviatedData></PathObject>");
    CHECK(is_near(at(10, 10), 0x808080));
    CHECK(is_near(at(40, 10), RED));
    CHECK(is_near(at(70, 10), 0x0080ff));
    CHECK(is_near(at(10, 40), 0x7f7f7f));
    CHECK(is_near(at(40, 40), RED));
}

static void parameters_are_inherited(void)
{
    draw("<DrawParams><DrawParam ID='5' LineWidth='6'><StrokeColor Value='0 0 "
         "255'/></DrawParam><DrawParam ID='6' Relative='5'><FillColor "
         "Value='255 0 0'/></DrawParam><DrawParam ID='9' Relative='9'/>"
         "</DrawParams>",
         "<PathObject Boundary='10 10 30 30' DrawParam='6' Fill='true'>"
         "<AbbreviatedData>M 5 5 L 25 5 L 25 25 L 5 25 C</AbbreviatedData>"
         "</PathObject><PathObject Boundary='60 10 20 20' LineWidth='3' "
         "DrawParam='9'>"
         "<AbbreviatedData>" SQUARE "</AbbreviatedData></PathObject>");
    CHECK(at(25, 25) == RED && at(15, 25) == BLUE && at(13, 25) == BLUE);
    CHECK(at(60, 20) == BLACK);
}

static void a_layer_lends_its_parameters(void)
{
    begin("<DrawParams><DrawParam ID='5' LineWidth='6'/></DrawParams>",
          "<Page><Content><Layer DrawParam='5'><PathObject Boundary='0 10 50 "
          "1'><AbbreviatedData>M 0 0 L 50 0</AbbreviatedData></PathObject>"
          "</Layer></Content></Page>");
    finish();
    CHECK(at(20, 8) == BLACK && at(20, 12) == BLACK && at(20, 15) == WHITE);
}

static void dashes_leave_gaps(void)
{
    draw("", "<PathObject Boundary='0 10 80 2' LineWidth='2' DashPattern='10 "
         "10'><AbbreviatedData>M 0 1 L 80 1</AbbreviatedData></PathObject>"
         "<PathObject Boundary='0 20 80 2' LineWidth='2' DashPattern='0 0'>"
         "<AbbreviatedData>M 0 1 L 80 1</AbbreviatedData></PathObject>");
    CHECK(at(5, 10) == BLACK && at(15, 10) == WHITE && at(25, 10) == BLACK);
    CHECK(at(15, 20) == BLACK);
}

static void shadings_run_from_one_colour_to_the_other(void)
{
    const char *ends = "<Segment Position='0'><Color Value='255 0 0'/>"
                       "</Segment><Segment Position='1'><Color Value='0 0 255'"
                       "/></Segment>";
    draw("", arena_printf(&a, "<PathObject Boundary='10 10 20 20' Fill='true' "
         "Stroke='false'><FillColor><AxialShd StartPoint='0 0' EndPoint='20 0'>"
         "%s</AxialShd></FillColor><AbbreviatedData>" SQUARE
         "</AbbreviatedData></PathObject><PathObject Boundary='50 10 20 20' "
         "Fill='true' Stroke='false'><FillColor><RadialShd StartPoint='10 10' "
         "EndPoint='10 10' EndRadius='10'>%s</RadialShd></FillColor>"
         "<AbbreviatedData>" SQUARE "</AbbreviatedData></PathObject>", ends,
         ends).p);
    CHECK((at(10, 20) >> 16) > 200 && (at(29, 20) & 255) > 200);
    CHECK((at(60, 20) >> 16) > 200 && (at(68, 20) & 255) > 150);
    CHECK(missing == 0);
    draw("", "<PathObject Boundary='10 10 20 20' Fill='true' Stroke='false'>"
         "<FillColor><Pattern Width='1' Height='1'/></FillColor>"
         "<AbbreviatedData>" SQUARE "</AbbreviatedData></PathObject>");
    CHECK(at(20, 20) == WHITE && missing == PREVIEW_LOST_EFFECT);
}

static void a_clip_leaves_what_all_of_it_leaves(void)
{
    draw("", "<PathObject Boundary='10 10 20 20' Fill='true'><Clips><Clip>"
         "<Area><Path Boundary='0 0 10 20'><AbbreviatedData>M 0 0 L 10 0 L 10 "
         "20 L 0 20 C</AbbreviatedData></Path></Area></Clip><Clip><Area><Path "
         "Boundary='0 0 20 10'><AbbreviatedData>M 0 0 L 20 0 L 20 10 L 0 10 C"
         "</AbbreviatedData></Path></Area></Clip></Clips><FillColor Value='0 0 "
         "0'/><AbbreviatedData>" SQUARE "</AbbreviatedData></PathObject>");
    CHECK(at(15, 15) == BLACK && at(25, 15) == WHITE && at(15, 25) == WHITE);
    draw("", "<PathObject Boundary='10 10 20 20' Fill='true'><Clips><Clip>"
         "<Area><Text/></Area></Clip></Clips><FillColor Value='0 0 0'/>"
         "<AbbreviatedData>" SQUARE "</AbbreviatedData></PathObject>");
    CHECK(at(20, 20) == BLACK && missing == PREVIEW_LOST_EFFECT);
}

static void an_object_may_be_hidden_or_seen_through(void)
{
    draw("", "<PathObject Boundary='0 0 20 20' Visible='false' Fill='true'>"
         "<FillColor Value='0 0 0'/><AbbreviatedData>" SQUARE
         "</AbbreviatedData></PathObject><PathObject Boundary='50 0 20 20' "
         "Alpha='128' Stroke='false' Fill='true'><FillColor Value='0 0 0'/>"
         "<AbbreviatedData>" SQUARE "</AbbreviatedData></PathObject>");
    CHECK(at(10, 10) == WHITE && is_near(at(60, 10), 0x7f7f7f));
}

/* ---- letters ---- */

#define TEXT(more, code)                                                     \
    "<TextObject Boundary='0 0 100 100' Size='10' " more "><TextCode " code  \
    "</TextCode></TextObject>"

static void letters_are_where_the_file_puts_them(void)
{
    draw("", TEXT("", "X='10' Y='20' DeltaX='g 2 30'>田田田")
         TEXT("", "X='10' Y='50' DeltaY='20'>田田"));
    for (int i = 0; i < 3; i++)
        CHECK(ink(10 + 30 * i, 11, 10, 10) > 12);
    CHECK(ink(22, 11, 16, 10) == 0 && ink(52, 11, 16, 10) == 0);
    CHECK(ink(10, 41, 10, 10) > 12 && ink(10, 61, 10, 10) > 12);
    CHECK(ink(10, 52, 10, 7) == 0);
    CHECK((missing & ~(unsigned)PREVIEW_OTHER_FONT) == 0);
}

static void letters_without_distances_follow_each_other(void)
{
    draw("", TEXT("", "X='0' Y='20'>田田田") TEXT("ReadDirection='90'",
         "X='80' Y='20'>田田田"));
    for (int i = 0; i < 3; i++) {
        CHECK(ink(10 * i, 11, 10, 10) > 12);
        CHECK(ink(80, 11 + 10 * i, 10, 10) > 12);
    }
}

static void letters_are_wide_and_turned_as_said(void)
{
    draw("", TEXT("HScale='2'", "X='0' Y='20'>一")
         TEXT("CharDirection='90'", "X='50' Y='20'>一"));
    CHECK(ink(1, 10, 18, 10) > 3 && ink(12, 10, 6, 10) > 3);
    CHECK(ink(50, 21, 10, 8) > 3); /* stands upright, below its place */
    CHECK(ink(51, 10, 9, 8) == 0);
}

/* A font of this machine, whichever, as a file of the paper. */
static str some_font(unsigned *glyph_of_a)
{
    FcResult result;
    FcPattern *p = FcPatternCreate();
    FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)"WenQuanYi Micro Hei");
    FcConfigSubstitute(NULL, p, FcMatchPattern);
    FcDefaultSubstitute(p);
    FcPattern *match = FcFontMatch(NULL, p, &result);
    FcChar8 *file = NULL;
    struct buf b = { 0 };
    CHECK(match && FcPatternGetString(match, FC_FILE, 0, &file) ==
                       FcResultMatch);
    FILE *f = file ? fopen((const char *)file, "rb") : NULL;
    for (size_t got = 1; f && got; b.n += got)
        got = fread(buf_room(&b, 1 << 20), 1, 1 << 20, f);
    if (f)
        fclose(f);
    str bytes = arena_str(&a, buf_str(&b));
    buf_free(&b);
    FT_Library library;
    FT_Face face;
    CHECK(FT_Init_FreeType(&library) == 0);
    CHECK(FT_New_Memory_Face(library, (const FT_Byte *)bytes.p,
                             (FT_Long)bytes.n, 0, &face) == 0);
    *glyph_of_a = FT_Get_Char_Index(face, 'A');
    FT_Done_FreeType(library);
    FcPatternDestroy(match);
    FcPatternDestroy(p);
    return bytes;
}

static void draw_with_font(str font, const char *object)
{
    begin("<Fonts><Font ID='3' FontName='F'><FontFile>f.ttf</FontFile></Font>"
          "</Fonts>", arena_printf(&a, "<Page><Content><Layer>%s</Layer>"
                                   "</Content></Page>", object).p);
    part("D/R/f.ttf", font);
    finish();
}

static str pixels(void)
{
    return arena_str(&a, (str){
        (const char *)cairo_image_surface_get_data(sheet),
        (size_t)cairo_image_surface_get_stride(sheet) * SIDE });
}

static void glyphs_are_those_of_the_font_that_came_along(void)
{
    unsigned glyph;
    str font = some_font(&glyph);
    draw_with_font(font, TEXT("Font='3'", "X='10' Y='20'>A"));
    CHECK(missing == 0 && ink(10, 10, 10, 11) > 5);
    str plain = pixels();
    draw_with_font(font, arena_printf(&a, "<TextObject Boundary='0 0 100 100' "
                   "Size='10' Font='3'><CGTransform CodePosition='0' CodeCount="
                   "'1' GlyphCount='1'><Glyphs>%u</Glyphs></CGTransform>"
                   "<TextCode X='10' Y='20'>i</TextCode></TextObject>",
                   glyph).p);
    CHECK(missing == 0 && str_eq(plain, pixels()));
    draw_with_font(STR("no font"), TEXT("Font='3'", "X='10' Y='20'>A"));
    CHECK((missing & PREVIEW_OTHER_FONT) && ink(10, 10, 10, 11) > 5);
}

/* ---- pictures ---- */

static cairo_status_t put(void *context, const unsigned char *bytes,
                          unsigned int n)
{
    buf_put(context, (str){ (const char *)bytes, n });
    return CAIRO_STATUS_SUCCESS;
}

/* Left half red, right half blue. */
static str a_png(void)
{
    struct buf b = { 0 };
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 8, 8);
    cairo_t *cr = cairo_create(s);
    cairo_set_source_rgb(cr, 1, 0, 0);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 1);
    cairo_rectangle(cr, 4, 0, 4, 8);
    cairo_fill(cr);
    cairo_destroy(cr);
    cairo_surface_write_to_png_stream(s, put, &b);
    cairo_surface_destroy(s);
    str png = arena_str(&a, buf_str(&b));
    buf_free(&b);
    return png;
}

/* All red. */
static str a_jpeg(void)
{
    struct jpeg_compress_struct c = { 0 };
    struct jpeg_error_mgr failing;
    unsigned char *bytes = NULL, row[3 * 16];
    unsigned long n = 0;
    for (size_t i = 0; i < sizeof row; i++)
        row[i] = i % 3 ? 0 : 255;
    c.err = jpeg_std_error(&failing);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &n);
    c.image_width = c.image_height = 16;
    c.input_components = 3;
    c.in_color_space = JCS_RGB;
    jpeg_set_defaults(&c);
    jpeg_start_compress(&c, TRUE);
    while (c.next_scanline < 16)
        jpeg_write_scanlines(&c, &(JSAMPROW){ row }, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    str jpeg = arena_str(&a, (str){ (char *)bytes, n });
    free(bytes);
    return jpeg;
}

static void draw_picture(str bytes)
{
    begin("<MultiMedias><MultiMedia ID='4' Type='Image'><MediaFile>i.png"
          "</MediaFile></MultiMedia></MultiMedias>",
          "<Page><Content><Layer><ImageObject Boundary='10 10 40 20' CTM='40 0 "
          "0 20 0 0' ResourceID='4'/><ImageObject Boundary='60 10 20 20' "
          "ResourceID='4'/></Layer></Content></Page>");
    part("D/R/i.png", bytes);
    finish();
}

static void a_picture_fills_its_unit_square(void)
{
    draw_picture(a_png());
    CHECK(at(15, 20) == RED && at(45, 20) == BLUE && at(52, 20) == WHITE);
    CHECK(at(62, 20) == RED && at(78, 20) == BLUE && at(30, 8) == WHITE);
    CHECK(missing == 0);
    draw_picture(a_jpeg());
    CHECK(is_near(at(30, 20), RED) && missing == 0);
}

static void a_page_may_have_resources_of_its_own(void)
{
    begin("<MultiMedias><MultiMedia ID='4'><MediaFile>no.png</MediaFile>"
          "</MultiMedia></MultiMedias>",
          "<Page><PageRes>Own/Res.xml</PageRes><Content><Layer><ImageObject "
          "Boundary='10 10 20 20' ResourceID='4'/></Layer></Content></Page>");
    part("D/Own/Res.xml", STR("<Res><MultiMedias><MultiMedia ID='4'><MediaFile>"
                              "i.png</MediaFile></MultiMedia></MultiMedias>"
                              "</Res>"));
    part("D/Own/i.png", a_png());
    finish();
    CHECK(at(12, 20) == RED && at(28, 20) == BLUE && missing == 0);
}

static void a_picture_that_cannot_be_drawn_is_told(void)
{
    str png = a_png();
    draw_picture(STR("GIF89a nothing"));
    CHECK(missing == PREVIEW_LOST_PICTURE && at(20, 20) == WHITE);
    draw_picture(str_slice(png, 0, 50));
    CHECK(missing == PREVIEW_LOST_PICTURE);
    draw_picture(STR("\xff\xd8\xff\xe0 nothing"));
    CHECK(missing == PREVIEW_LOST_PICTURE);
    char *huge = arena_cstr(&a, png);
    memcpy(huge + 16, "\0\0\x4e\x20\0\0\x4e\x20", 8); /* 20000 x 20000 */
    draw_picture((str){ huge, png.n });
    CHECK(missing == PREVIEW_LOST_PICTURE);
}

/* ---- a page and what is on it ---- */

static void layers_and_templates_lie_in_their_order(void)
{
    begin("", "<Page><Template TemplateID='7' ZOrder='Background'/><Content>"
          "<Layer Type='Foreground'>" FILL("10 0 10 20", "0 0 255", SQUARE)
          "</Layer><Layer>" FILL("5 0 20 20", "255 0 0", SQUARE)
          "</Layer></Content></Page>");
    part("D/T/T.xml", STR("<Page><Content><Layer>"
                          FILL("0 0 20 20", "0 0 0", SQUARE)
                          "</Layer></Content></Page>"));
    finish();
    CHECK(at(2, 10) == BLACK && at(7, 10) == RED && at(12, 10) == BLUE);
    CHECK(at(22, 10) == RED && missing == 0);
}

static void a_template_may_lie_in_front(void)
{
    begin("", "<Page><Template TemplateID='7' ZOrder='Foreground'/><Content>"
          "<Layer>" FILL("0 0 20 20", "255 0 0", SQUARE) "</Layer></Content>"
          "</Page>");
    part("D/T/T.xml", STR("<Page><Content><Layer>"
                          FILL("0 0 10 20", "0 0 0", SQUARE)
                          "</Layer></Content></Page>"));
    finish();
    CHECK(at(5, 10) == BLACK && at(15, 10) == RED);
    draw("", FILL("0 0 20 20", "255 0 0", SQUARE)
         "</Layer></Content><Template TemplateID='8'/><Content><Layer>");
    CHECK(missing == PREVIEW_LOST_PART); /* there is no such template */
}

static void composite_objects_are_their_parts(void)
{
    draw("<CompositeGraphicUnits><CompositeGraphicUnit ID='9'><Content>"
         FILL("0 0 10 10", "255 0 0", SQUARE)
         "</Content></CompositeGraphicUnit></CompositeGraphicUnits>",
         "<PageBlock><CompositeObject Boundary='10 10 20 20' CTM='2 0 0 2 0 0' "
         "ResourceID='9'/></PageBlock>");
    CHECK(at(12, 12) == RED && at(28, 28) == RED && at(32, 12) == WHITE);
    CHECK(missing == 0);
}

static void annotations_are_drawn_in_their_place(void)
{
    begin_with("", "<Page/>", ANNOTATIONS, "");
    part("D/A.xml", STR("<Annotations><Page PageID='1'><FileLoc>A/1.xml"
                        "</FileLoc></Page><Page PageID='2'><FileLoc>no.xml"
                        "</FileLoc></Page></Annotations>"));
    part("D/A/1.xml",
         STR("<PageAnnot><Annot><Appearance Boundary='30 30 20 20'>"
             FILL("0 0 20 20", "255 0 0", SQUARE) "</Appearance></Annot>"
             "<Annot Visible='false'><Appearance Boundary='60 30 20 20'>"
             FILL("0 0 20 20", "255 0 0", SQUARE) "</Appearance></Annot>"
             "</PageAnnot>"));
    finish();
    CHECK(at(32, 32) == RED && at(62, 32) == WHITE && missing == 0);
}

/* ---- seals ---- */

static void der(struct buf *b, int tag, str content)
{
    buf_byte(b, (char)tag);
    buf_byte(b, '\x83');
    for (int i = 16; i >= 0; i -= 8)
        buf_byte(b, (char)(content.n >> i & 255));
    buf_put(b, content);
}

/* A seal as GB/T 38540 nests it: some head, then the picture. */
static str a_seal(const char *type, str picture)
{
    struct buf one = { 0 }, two = { 0 }, three = { 0 };
    der(&one, 0x16, str_of(type));
    der(&one, 0x04, picture);
    der(&one, 0x02, STR("\x2a"));
    der(&one, 0x02, STR("\x2a"));
    der(&two, 0x30, STR("\x16\x02" "ES\x02\x01\x04"));
    der(&two, 0x30, buf_str(&one));
    der(&three, 0x30, buf_str(&two));
    str s = arena_str(&a, buf_str(&three));
    buf_free(&one);
    buf_free(&two);
    buf_free(&three);
    return s;
}

static void draw_seal(str seal)
{
    begin_with("", "<Page/>", "", SIGNATURES);
    part("D/Signs.xml", STR("<Signatures><Signature ID='1' BaseLoc='S/S.xml'/>"
                            "</Signatures>"));
    part("D/S/S.xml", STR("<Signature><SignedInfo><StampAnnot PageRef='1' "
                          "Boundary='40 40 20 20'/><StampAnnot PageRef='2' "
                          "Boundary='0 0 20 20'/><Seal><BaseLoc>Seal.esl"
                          "</BaseLoc></Seal></SignedInfo><SignedValue>V.dat"
                          "</SignedValue></Signature>"));
    part("D/S/Seal.esl", seal);
    finish();
}

static void the_picture_of_a_seal_is_shown_as_unverified(void)
{
    draw_seal(a_seal("png", a_png()));
    CHECK(at(42, 50) == RED && at(58, 50) == BLUE && at(10, 10) == WHITE);
    CHECK(missing == PREVIEW_SEAL_SHOWN);
}

static void a_seal_may_be_an_ofd_but_not_again(void)
{
    begin("", "<Page><Content><Layer>" FILL("0 0 100 100", "255 0 0",
          "M 0 0 L 100 0 L 100 100 L 0 100 C") "</Layer></Content></Page>");
    str inner = arena_str(&a, zipped_done(&paper));
    buf_free(&paper.all);
    draw_seal(a_seal("ofd", inner));
    CHECK(at(50, 50) == RED && at(38, 50) == WHITE);
    CHECK(missing == PREVIEW_SEAL_SHOWN);
}

static void a_seal_without_a_picture_is_told(void)
{
    str whole = a_seal("png", a_png());
    CHECK(ofd_seal_picture(whole).n == a_png().n);
    for (size_t n = 0; n < whole.n; n += 3)
        CHECK(ofd_seal_picture(str_slice(whole, 0, n)).n == 0);
    draw_seal(a_seal("gif", STR("GIF89a")));
    CHECK(missing == PREVIEW_LOST_SEAL);
    draw_seal(STR("\x30\x80\0\0"));
    CHECK(missing == PREVIEW_LOST_SEAL);
}

static void what_is_named_and_not_there_is_told(void)
{
    begin_with("", "<Page/>", ANNOTATIONS, SIGNATURES);
    finish();
    CHECK(missing == (PREVIEW_LOST_PART | PREVIEW_LOST_SEAL));
    draw("", "<PathObject Boundary='0 0 9 9' DrawParam='5'><AbbreviatedData/>"
         "</PathObject>");
    CHECK(missing & PREVIEW_LOST_EFFECT);
    draw("", "<ImageObject Boundary='0 0 9 9' ResourceID='5'/>");
    CHECK(missing == PREVIEW_LOST_PICTURE);
}

/* ---- what nobody should have made ---- */

static void recursion_ends(void)
{
    struct buf deep = { 0 };
    draw("<CompositeGraphicUnits><CompositeGraphicUnit ID='9'><Content>"
         "<CompositeObject Boundary='0 0 9 9' ResourceID='9'/>"
         "<CompositeObject Boundary='0 0 9 9' ResourceID='9'/>"
         "<CompositeObject Boundary='0 0 9 9' ResourceID='9'/></Content>"
         "</CompositeGraphicUnit>"
         "</CompositeGraphicUnits>",
         "<CompositeObject Boundary='0 0 9 9' ResourceID='9'/>");
    CHECK(missing & PREVIEW_LOST_PART);
    for (int i = 0; i < 100; i++)
        buf_put(&deep, STR("<PageBlock>"));
    for (int i = 0; i < 100; i++)
        buf_put(&deep, STR("</PageBlock>"));
    draw("", arena_cstr(&a, buf_str(&deep)));
    CHECK(missing == PREVIEW_LOST_PART);
    buf_free(&deep);
}

static void strange_numbers_leave_the_page_whole(void)
{
    draw("", "<PathObject Boundary='0 0 9 9' CTM='0 0 0 0 0 0'>"
         "<AbbreviatedData>M 0 0 L 9 9</AbbreviatedData></PathObject>"
         "<PathObject Boundary='-999999 -999999 999999 999999' CTM='999999 "
         "999998 -999998 999999 999999 -999999' LineWidth='999999'>"
         "<AbbreviatedData>M -999999 -999999 B 999999 -999999 -999999 999999 "
         "999999 999999 A 999999 1 45 1 0 -999999 1</AbbreviatedData>"
         "</PathObject><TextObject Boundary='0 0 9 9' Size='10000' CTM='999 0 "
         "0 999 0 0'><TextCode X='-999999' Y='999999'>田</TextCode>"
         "</TextObject>"
         "<TextObject Boundary='0 0 1 1' Size='-1'/><Nothing/>"
         FILL("50 50 20 20", "255 0 0", SQUARE));
    CHECK(at(60, 60) == RED);
    CHECK(missing & PREVIEW_LOST_PART);
}

static void too_much_work_is_left_out_and_told(void)
{
    struct buf many = { 0 };
    buf_put(&many, STR(FILL("50 50 20 20", "255 0 0", SQUARE)));
    for (int i = 0; i < OFD_WORK / 20; i++)
        buf_put(&many, STR("<PageBlock/>"));
    buf_put(&many, STR(FILL("0 0 20 20", "255 0 0", SQUARE)));
    draw("", arena_cstr(&a, buf_str(&many)));
    CHECK(at(60, 60) == RED && at(10, 10) == WHITE);
    CHECK(missing == PREVIEW_LOST_PART);
    buf_free(&many);
}

static enum preview_end opening(void)
{
    struct ofd *o;
    enum preview_end e = ofd_open(zipped_done(&paper), &o);
    ofd_close(o);
    buf_free(&paper.all);
    return e;
}

static void what_is_no_paper_is_damaged(void)
{
    struct ofd *o;
    CHECK(ofd_open(STR("PK\3\4 nothing"), &o) == PREVIEW_DAMAGED && !o);
    paper = (struct zipped){ 0 };
    part("OFD.xml", STR("<OFD><DocBody><DocRoot>OFD.xml</DocRoot></DocBody>"
                        "</OFD>"));
    CHECK(opening() == PREVIEW_DAMAGED);
    paper = (struct zipped){ 0 };
    part("OFD.xml", STR("<!DOCTYPE OFD [<!ENTITY a 'b'>]><OFD/>"));
    CHECK(opening() == PREVIEW_DAMAGED);
    begin("", "<Page");
    CHECK(ofd_open(zipped_done(&paper), &o) == PREVIEW_OK);
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 9, 9);
    cairo_t *cr = cairo_create(s);
    CHECK(ofd_draw(o, 0, cr, &missing) == PREVIEW_DAMAGED);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
    ofd_close(o);
    buf_free(&paper.all);
}

static void a_paper_cut_anywhere_ends_in_peace(void)
{
    begin("", "<Page><Content><Layer>" FILL("0 0 9 9", "0 0 0", SQUARE)
          "</Layer></Content></Page>");
    str whole = zipped_done(&paper);
    for (size_t n = 0; n < whole.n; n += 7) {
        struct ofd *o;
        /* Of the last three bytes each is nought in this one. */
        CHECK(ofd_open(str_slice(whole, 0, n), &o) != PREVIEW_OK ||
              n + 3 >= whole.n);
        ofd_close(o);
    }
    buf_free(&paper.all);
}

int main(void)
{
    RUN(numbers_are_bounded);
    RUN(distances_come_in_runs_and_the_last_one_stays);
    RUN(locations_stay_within_the_paper);
    RUN(a_shape_is_where_its_boundary_and_matrix_put_it);
    RUN(a_boundary_cuts_what_is_larger);
    RUN(every_kind_of_line_is_drawn);
    RUN(a_rule_says_what_is_inside);
    RUN(broken_data_is_drawn_as_far_as_it_goes);
    RUN(colours_are_of_their_space);
    RUN(parameters_are_inherited);
    RUN(a_layer_lends_its_parameters);
    RUN(dashes_leave_gaps);
    RUN(shadings_run_from_one_colour_to_the_other);
    RUN(a_clip_leaves_what_all_of_it_leaves);
    RUN(an_object_may_be_hidden_or_seen_through);
    RUN(letters_are_where_the_file_puts_them);
    RUN(letters_without_distances_follow_each_other);
    RUN(letters_are_wide_and_turned_as_said);
    RUN(glyphs_are_those_of_the_font_that_came_along);
    RUN(a_picture_fills_its_unit_square);
    RUN(a_page_may_have_resources_of_its_own);
    RUN(a_picture_that_cannot_be_drawn_is_told);
    RUN(layers_and_templates_lie_in_their_order);
    RUN(a_template_may_lie_in_front);
    RUN(composite_objects_are_their_parts);
    RUN(annotations_are_drawn_in_their_place);
    RUN(the_picture_of_a_seal_is_shown_as_unverified);
    RUN(a_seal_may_be_an_ofd_but_not_again);
    RUN(a_seal_without_a_picture_is_told);
    RUN(what_is_named_and_not_there_is_told);
    RUN(recursion_ends);
    RUN(strange_numbers_leave_the_page_whole);
    RUN(too_much_work_is_left_out_and_told);
    RUN(what_is_no_paper_is_damaged);
    RUN(a_paper_cut_anywhere_ends_in_peace);
    cairo_surface_destroy(sheet);
    arena_free(&a);
    FcFini();
    return test_result();
}
