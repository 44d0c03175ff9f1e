/*
 * The demonstration's tiles: a grid of degrees.  The made-up city has no map,
 * and drawing one would pretend; a grid lets a point be picked, moved and found
 * again, and every tile says what it is not.
 */
#include "kernel/map/map.h"

#include <math.h>

enum { SIDE = 256, ZOOM = 18, LABEL = 40 };

static const double pi = 3.14159265358979323846;

/* One of 1, 2, 5 times a power of ten degrees: two lines or more a tile. */
static double step_of(double span)
{
    static const double lead[] = { 5, 2, 1 };
    for (double ten = 10; ten > 1e-5; ten /= 10)
        for (size_t i = 0; i < sizeof lead / sizeof *lead; i++)
            if (lead[i] * ten <= span / 2)
                return lead[i] * ten;
    return 1e-5;
}

static int places_of(double step)
{
    int n = 0;
    for (double s = step; s < 0.999 && n < 5; s *= 10)
        n++;
    return n;
}

/* Web Mercator: the part of the world above a latitude, 0 to 1. */
static double down(double lat)
{
    double r = lat * pi / 180;
    return (1 - log(tan(r) + 1 / cos(r)) / pi) / 2;
}

static double latitude(double part)
{
    return atan(sinh(pi * (1 - 2 * part))) * 180 / pi;
}

/* Lines and letters apart: they are painted by different groups. */
struct grid {
    struct buf lines, words;
};

static void meridians(struct grid *g, double west, double span, double step)
{
    int places = places_of(step);
    for (double k = ceil(west / step); k * step < west + span; k++) {
        double at = (k * step - west) / span * SIDE;
        buf_printf(&g->lines, "M%.1f 0V%d", at, SIDE);
        if (at < SIDE - LABEL) /* the next tile would cut it */
            buf_printf(&g->words, "<text x=\"%.1f\" y=\"14\">%.*f°</text>",
                       at + 3, places, k * step);
    }
}

static void parallels(struct grid *g, double south, double north, double top,
                      double tiles, double step)
{
    int places = places_of(step);
    for (double k = ceil(south / step); k * step < north; k++) {
        double at = (down(k * step) * tiles - top) * SIDE;
        buf_printf(&g->lines, "M0 %.1fH%d", at, SIDE);
        buf_printf(&g->words, "<text x=\"3\" y=\"%.1f\">%.*f°</text>", at - 3,
                   places, k * step);
    }
}

bool map_sketch(int64_t z, int64_t x, int64_t y, struct buf *out)
{
    if (z < 0 || z > ZOOM || x < 0 || y < 0 || x >= (int64_t)1 << z ||
        y >= (int64_t)1 << z)
        return false;
    double tiles = (double)((int64_t)1 << z), span = 360 / tiles;
    double north = latitude((double)y / tiles);
    double south = latitude((double)(y + 1) / tiles);
    double west = (double)x * span - 180, step = step_of(span);
    struct grid g = { 0 };
    meridians(&g, west, span, step);
    parallels(&g, south, north, (double)y, tiles, step);
    buf_put(out, STR("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"256\" "
                     "height=\"256\" font-family=\"sans-serif\" font-size=\"11"
                     "\" fill=\"#46525f\"><path fill=\"#f2f4f1\" d=\"M0 0h256v"
                     "256H0z\"/><path stroke=\"#b9c4b6\" d=\""));
    buf_put(out, buf_str(&g.lines));
    buf_put(out, STR("\"/>"));
    buf_put(out, buf_str(&g.words));
    buf_put(out, STR("<text x=\"128\" y=\"132\" text-anchor=\"middle\" "
                     "font-size=\"13\">示意图，非真实地图</text></svg>"));
    buf_free(&g.lines);
    buf_free(&g.words);
    return true;
}

static enum err sketch_show(struct request *rq, struct tx *tx)
{
    struct buf out = { 0 };
    int64_t z, x, y;
    bool there = http_demo() && str_int(rq_path(rq, "z"), &z) &&
                 str_int(rq_path(rq, "x"), &x) &&
                 str_int(rq_path(rq, "y"), &y) && map_sketch(z, x, y, &out);
    if (!there)
        return rq_fail(rq, ERR_NOTFOUND, "这里没有地图的示意图，请直接填写坐"
                                         "标。");
    str svg = arena_str(rq_view(rq)->arena, buf_str(&out));
    buf_free(&out);
    (void)tx;
    return rq_send(rq, STR("image/svg+xml"), svg, str_none);
}

static const struct route routes[] = {
    { "GET", "/map/sketch/{z}/{x}/{y}", sketch_show, "anyone", NULL, NULL, NULL,
      "演示用的地图示意图", ROUTE_RAW, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = { { 0 } };

const struct module map_module = { .name = "map", .routes = routes,
                                   .permissions = permissions };
