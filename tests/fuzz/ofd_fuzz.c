/* Pages of an OFD: whole zips; a page and what it names, put into a zip here so
 * that the fuzzer need not learn to make one; numbers, paths and seals. */
#include "kernel/files/ofd/inside.h"
#include "kernel/files/tests/zipped.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* What fontconfig keeps of the machine's fonts from its first use on. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig.so";
}

enum { SIDE = 120 };

static cairo_t *sheet(void)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE,
                                                    SIDE);
    cairo_t *cr = cairo_create(s);
    cairo_surface_destroy(s);
    return cr;
}

static void draw_all(str paper)
{
    struct ofd *o;
    bool more;
    double w, h;
    if (ofd_open(paper, &o) != PREVIEW_OK)
        return;
    size_t pages = ofd_pages(o, &more);
    assert(pages >= 1 && pages <= PREVIEW_PAGES);
    for (size_t i = 0; i < pages; i++) {
        cairo_t *cr = sheet();
        unsigned missing = 0;
        ofd_size(o, i, &w, &h);
        assert(w >= 1 && h >= 1 && w <= 1e5 && h <= 1e5);
        cairo_scale(cr, SIDE / w, SIDE / h);
        (void)ofd_draw(o, i, cr, &missing);
        assert((missing & ~(unsigned)PREVIEW_MISSING_ALL) == 0);
        cairo_destroy(cr);
    }
    ofd_close(o);
}

/* Page, resources, annotations, signature, picture, seal: one after the other,
 * a zero between them. */
static void draw_parts(str parts)
{
    static const char *const names[] = {
        "D/P.xml", "D/R.xml", "D/A.xml", "D/S.xml", "D/i.png", "D/seal",
    };
    struct zipped z = { 0 };
    zipped_add(&z, "OFD.xml", STR(
        "<OFD><DocBody><DocRoot>D/D.xml</DocRoot><Signatures>D/L.xml"
        "</Signatures></DocBody></OFD>"));
    zipped_add(&z, "D/D.xml", STR(
        "<Document><CommonData><PublicRes>R.xml</PublicRes><TemplatePage ID='2'"
        " BaseLoc='P.xml'/></CommonData><Pages><Page ID='1' BaseLoc='P.xml'/>"
        "</Pages><Annotations>N.xml</Annotations></Document>"));
    zipped_add(&z, "D/N.xml", STR(
        "<Annotations><Page PageID='1'><FileLoc>A.xml</FileLoc></Page>"
        "</Annotations>"));
    zipped_add(&z, "D/L.xml", STR(
        "<Signatures><Signature ID='1' BaseLoc='S.xml'/></Signatures>"));
    for (size_t i = 0; i < 6 && !str_is_none(parts); i++)
        zipped_add(&z, names[i], i == 5 ? parts : str_cut(&parts, 0));
    draw_all(zipped_done(&z));
    buf_free(&z.all);
}

static void read_numbers(str text)
{
    struct arena a = { 0 };
    const char *s = arena_cstr(&a, text);
    struct ofd_delta d = { .rest = s };
    struct ofd_box b;
    cairo_matrix_t m;
    double v;
    for (int i = 0; i < 100 && ofd_delta(&d, &v); i++)
        assert(v >= -OFD_FAR && v <= OFD_FAR);
    if (ofd_box(s, &b))
        assert(b.w >= 0 && b.h >= 0 && b.w <= OFD_FAR);
    if (ofd_matrix(s, &m))
        assert(cairo_matrix_invert(&m) == CAIRO_STATUS_SUCCESS);
    str place = ofd_place(&a, STR("D/"), text);
    assert(!str_starts(place, STR("../")) && !str_starts(place, STR("/")));
    assert(str_find(place, STR("/../")) < 0);
    cairo_t *cr = sheet();
    (void)ofd_path(cr, s);
    cairo_fill(cr);
    assert(cairo_status(cr) == CAIRO_STATUS_SUCCESS);
    cairo_destroy(cr);
    str seal = ofd_seal_picture(text);
    assert(seal.n == 0 || (seal.p > text.p && seal.n < text.n));
    arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    str rest = { (const char *)data + 1, size - 1 };
    switch (data[0] % 3) {
    case 0:
        draw_all(rest);
        break;
    case 1:
        draw_parts(rest);
        break;
    default:
        read_numbers(rest);
    }
    return 0;
}
