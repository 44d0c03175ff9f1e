/*
 * map -- a small map in a page: where its pictures come from, and what a page
 * needs to show a point on it or let one be picked.
 *
 * The operator names an address of tiles in web Mercator (conf map_tiles).
 * Where there is none, or the library was not built in (make vendor), no page
 * offers a map and nothing is fetched from anywhere; a demonstration draws a
 * sketch of its own, a grid of degrees that says it is no map.
 *
 * Points are CGCS2000, the national geodetic system: what 天地图 shows, and
 * what a device says by satellite (WGS-84) to within its own error.  A point
 * somebody read from a commercial map (GCJ-02) lies hundreds of metres beside:
 * it is kept as it was given, never converted and never drawn.
 */
#ifndef KERNEL_MAP_H
#define KERNEL_MAP_H

#include "kernel/http/http.h"

struct map_options {
    str tiles;     /* https://…/{z}/{x}/{y}, or /… of this site; "" for none */
    str labels;    /* a layer above it of the same origin, or "" */
    str key_file;  /* of mode 600; what it holds stands for {key}, or "" */
    str credit;    /* 天地图 · 审图号…, shown on every map */
    bool demo;     /* sketches when there are no tiles */
};

/* Before any thread starts.  ERR_INPUT with *problem for the operator: an
 * address that is none, a key nobody gave, no word of whose map it is. */
enum err map_configure(const struct map_options *o, struct arena *a,
                       str *problem) MUST_USE;

/* Does a page have a map to offer? */
bool map_offered(void);

/* Where its pictures come from when not from this site, for the policy of the
 * pages: "https://t0.tianditu.gov.cn"; "" when they are ours. */
str map_origin(void);

struct map_point {
    str name;      /* of the question it is picked for; "": to be looked at */
    str label;     /* 建房位置 */
    str lat, lon;  /* degrees; "" while there is none */
    str square;    /* what to open on, "south,west,north,east", or "" */
};

/* The member of a row that is a shape `map`, null where there is none. */
void map_show(struct view *row, const char *member, const struct map_point *p);

/* A tile of the sketch as SVG; false when there is none of that number. */
bool map_sketch(int64_t z, int64_t x, int64_t y, struct buf *out);

/* GET /map/sketch/{z}/{x}/{y}, in a demonstration only. */
extern const struct module map_module;

#endif
