/*
 * Reading pictures: for their sharpness only grey and small, for drawing in
 * colours.
 *
 * libjpeg gives up by a function that must not return, so this is the second
 * place of the program with a longjmp (the first is the arena's): from
 * libjpeg's own frames back into read_jpeg, which frees everything it holds.
 * cairo, which draws our papers, reads PNG.
 */
#include "kernel/files/look.h"
#include "kernel/files/preview.h"

#include <cairo.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

enum { SIDE = 1024, PNG_PIXELS = 30000000 };

struct failing {
    struct jpeg_error_mgr base;
    jmp_buf out;
};

static void give_up(j_common_ptr c)
{
    struct failing *f = (struct failing *)(void *)c->err;
    longjmp(f->out, 1);
}

static void say_nothing(j_common_ptr c, int level)
{
    (void)c, (void)level;
}

/* ---- how a camera was held ---- */

/* Two bytes, four bytes, in the order the file says it uses. */
static uint32_t number(const unsigned char *p, int n, bool little)
{
    uint32_t v = 0;
    for (int i = 0; i < n; i++)
        v = v << 8 | p[little ? n - 1 - i : i];
    return v;
}

int preview_turn(str exif)
{
    enum { ENTRY = 12, ORIENTATION = 0x0112, SHORT = 3 };
    const unsigned char *p = (const unsigned char *)exif.p;
    if (exif.n < 14 || (p[0] != 'I' && p[0] != 'M') || p[1] != p[0])
        return 1;
    bool little = p[0] == 'I';
    size_t at = number(p + 4, 4, little);
    if (at > exif.n - 2)
        return 1;
    size_t entries = number(p + at, 2, little);
    at += 2;
    for (size_t i = 0; i < entries && at + ENTRY <= exif.n; i++, at += ENTRY) {
        if (number(p + at, 2, little) != ORIENTATION ||
            number(p + at + 2, 2, little) != SHORT)
            continue;
        int turn = (int)number(p + at + 8, 2, little);
        return turn >= 1 && turn <= 8 ? turn : 1;
    }
    return 1;
}

static int turn_of(const struct jpeg_decompress_struct *c)
{
    for (jpeg_saved_marker_ptr m = c->marker_list; m; m = m->next)
        if (m->marker == JPEG_APP0 + 1 && m->data_length > 6 &&
            memcmp(m->data, "Exif\0", 6) == 0)
            return preview_turn((str){ (const char *)m->data + 6,
                                       m->data_length - 6 });
    return 1;
}

/* ---- JPEG ---- */

struct pixels {
    unsigned char *p; /* from malloc; NULL when it cannot be read */
    int width, height, turn;
};

static void begin_jpeg(struct jpeg_decompress_struct *c, str bytes, int side,
                       J_COLOR_SPACE space)
{
    unsigned most = (unsigned)side;
    jpeg_create_decompress(c);
    jpeg_mem_src(c, (const unsigned char *)bytes.p, bytes.n);
    jpeg_save_markers(c, JPEG_APP0 + 1, 0xffff);
    jpeg_read_header(c, TRUE);
    c->out_color_space = space;
    c->scale_denom = 1;
    while (c->scale_denom < 8 && (c->image_width / c->scale_denom > most ||
                                  c->image_height / c->scale_denom > most))
        c->scale_denom *= 2;
    jpeg_start_decompress(c);
}

/* Halved until no side is longer than this, three times at most. */
static void read_jpeg(str bytes, int side, J_COLOR_SPACE space,
                      struct pixels *out)
{
    struct jpeg_decompress_struct c = { 0 };
    struct failing f;
    c.err = jpeg_std_error(&f.base);
    f.base.error_exit = give_up;
    f.base.emit_message = say_nothing;
    *out = (struct pixels){ .turn = 1 };
    if (setjmp(f.out) == 0) {
        begin_jpeg(&c, bytes, side, space);
        size_t row_bytes = (size_t)c.output_width *
                           (size_t)c.output_components;
        out->width = (int)c.output_width;
        out->height = (int)c.output_height;
        out->turn = turn_of(&c);
        if ((uint64_t)c.output_width * c.output_height <= PREVIEW_PNG)
            out->p = malloc(row_bytes * c.output_height);
        while (out->p && c.output_scanline < c.output_height) {
            JSAMPROW row = out->p + row_bytes * c.output_scanline;
            jpeg_read_scanlines(&c, &row, 1);
        }
    } else {
        free(out->p);
        out->p = NULL;
    }
    jpeg_destroy_decompress(&c);
}

static int64_t sharpness_of_jpeg(str bytes)
{
    struct pixels x;
    read_jpeg(bytes, SIDE, JCS_GRAYSCALE, &x);
    int64_t sharp = x.p ? measure_sharpness(x.p, x.width, x.height, x.width)
                        : INT_NONE;
    free(x.p);
    return sharp;
}

struct _cairo_surface *picture_of_jpeg(str bytes, int side, int *turn)
{
    static cairo_user_data_key_t own;
    struct pixels x;
    read_jpeg(bytes, side, JCS_EXT_BGRX, &x);
    *turn = x.turn;
    if (x.p == NULL)
        return NULL;
    cairo_surface_t *s = cairo_image_surface_create_for_data(
        x.p, CAIRO_FORMAT_RGB24, x.width, x.height, 4 * x.width);
    if (cairo_surface_set_user_data(s, &own, x.p, free) !=
        CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(s);
        free(x.p);
        return NULL;
    }
    return s;
}

/* ---- PNG ---- */

struct reading {
    str left;
};

static cairo_status_t read_more(void *context, unsigned char *out,
                                unsigned int n)
{
    struct reading *r = context;
    if (r->left.n < n)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, r->left.p, n);
    r->left = str_slice(r->left, n, r->left.n);
    return CAIRO_STATUS_SUCCESS;
}

uint64_t picture_png_pixels(str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    return bytes.n < 33 ? 0 : (uint64_t)number(p + 16, 4, false) *
                                  number(p + 20, 4, false);
}

/* Every step-th pixel, grey, so that a large picture is looked at small. */
static int64_t of_surface(cairo_surface_t *s)
{
    int w = cairo_image_surface_get_width(s);
    int h = cairo_image_surface_get_height(s);
    int stride = cairo_image_surface_get_stride(s);
    int step = (w > h ? w : h) / SIDE + 1;
    cairo_format_t format = cairo_image_surface_get_format(s);
    const unsigned char *p = cairo_image_surface_get_data(s);
    bool known = format == CAIRO_FORMAT_ARGB32 || format == CAIRO_FORMAT_RGB24;
    unsigned char *grey = p && known
                              ? malloc((size_t)(w / step + 1) *
                                       (size_t)(h / step + 1)) : NULL;
    if (grey == NULL)
        return INT_NONE;
    int gw = w / step, gh = h / step;
    for (int y = 0; y < gh; y++)
        for (int x = 0; x < gw; x++) {
            const unsigned char *q = p + (size_t)(y * step) * (size_t)stride +
                                     (size_t)(x * step) * 4;
            grey[y * gw + x] = (unsigned char)((q[0] + 2 * q[1] + q[2]) / 4);
        }
    int64_t sharp = measure_sharpness(grey, gw, gh, gw);
    free(grey);
    return sharp;
}

struct _cairo_surface *picture_of_png(str bytes)
{
    struct reading r = { bytes };
    return cairo_image_surface_create_from_png_stream(read_more, &r);
}

static int64_t sharpness_of_png(str bytes)
{
    if (picture_png_pixels(bytes) > PNG_PIXELS)
        return INT_NONE;
    cairo_surface_t *s = picture_of_png(bytes);
    int64_t sharp = cairo_surface_status(s) == CAIRO_STATUS_SUCCESS
                        ? of_surface(s) : INT_NONE;
    cairo_surface_destroy(s);
    return sharp;
}

int64_t measure_picture(str bytes, str type)
{
    if (str_is(type, "image/jpeg"))
        return sharpness_of_jpeg(bytes);
    return str_is(type, "image/png") ? sharpness_of_png(bytes) : INT_NONE;
}
