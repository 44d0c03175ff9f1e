/*
 * Reading a picture only as far as its sharpness needs: grey, and small.
 *
 * libjpeg gives up by a function that must not return, so this is the second
 * place of the program with a longjmp (the first is the arena's): from
 * libjpeg's own frames back into read_jpeg, which frees everything it holds.
 * cairo, which draws our papers, reads PNG.
 */
#include "kernel/files/look.h"

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

static int64_t read_jpeg(str bytes)
{
    struct jpeg_decompress_struct c = { 0 };
    struct failing f;
    unsigned char *volatile grey = NULL;
    volatile int64_t sharp = INT_NONE;
    c.err = jpeg_std_error(&f.base);
    f.base.error_exit = give_up;
    f.base.emit_message = say_nothing;
    if (setjmp(f.out) == 0) {
        jpeg_create_decompress(&c);
        jpeg_mem_src(&c, (const unsigned char *)bytes.p, bytes.n);
        jpeg_read_header(&c, TRUE);
        c.out_color_space = JCS_GRAYSCALE;
        c.scale_denom = 1;
        while (c.scale_denom < 8 &&
               (c.image_width / c.scale_denom > SIDE ||
                c.image_height / c.scale_denom > SIDE))
            c.scale_denom *= 2;
        jpeg_start_decompress(&c);
        size_t width = c.output_width;
        grey = malloc(width * c.output_height);
        while (grey && c.output_scanline < c.output_height) {
            JSAMPROW row = grey + width * c.output_scanline;
            jpeg_read_scanlines(&c, &row, 1);
        }
        if (grey)
            sharp = measure_sharpness(grey, (int)width, (int)c.output_height,
                                      (int)width);
    }
    jpeg_destroy_decompress(&c);
    free(grey);
    return sharp;
}

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

static uint32_t u32be(const char *at)
{
    const unsigned char *p = (const unsigned char *)at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
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

static int64_t read_png(str bytes)
{
    if (bytes.n < 33 ||
        (uint64_t)u32be(bytes.p + 16) * u32be(bytes.p + 20) > PNG_PIXELS)
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
        return read_jpeg(bytes);
    return str_is(type, "image/png") ? read_png(bytes) : INT_NONE;
}
