/* Whose tiles, and what a page is told of them. */
#include "kernel/map/map.h"

#include "kernel/page/asset.h"
#include "kernel/page/page.h"

#include <stdio.h>
#include <sys/stat.h>

static const char sketch[] = "/map/sketch/{z}/{x}/{y}";
static const char sketch_credit[] = "示意图，非真实地图";

static struct {
    str tiles, labels, credit, origin;
} set;

/* ---- settings ---- */

static str origin_of(str address)
{
    enum { HOST = 200 };
    static const char *const ours[] = { "http://127.0.0.1:",
                                        "http://localhost:" };
    str host = str_none;
    if (str_starts(address, STR("https://")))
        host = str_slice(address, 8, address.n);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (str_starts(address, str_of(ours[i])))
            host = str_slice(address, 7, address.n);
    if (str_is_none(host))
        return host;
    str name = str_cut(&host, '/');
    if (name.n == 0 || name.n > HOST || str_is_none(host))
        return str_none;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                    c == '.' || c == '-' || c == ':';
        if (!fits) /* nothing that could say more in a header */
            return str_none;
    }
    return (str){ address.p, (size_t)(name.p + name.n - address.p) };
}

/* Every place-holder once where it must stand, and none we do not know. */
static bool is_template(str s, bool key)
{
    static const char *const must[] = { "{z}", "{x}", "{y}" };
    for (size_t i = 0; i < sizeof must / sizeof *must; i++)
        if (str_find(s, str_of(must[i])) < 0)
            return false;
    size_t open = 0, wanted = str_find(s, STR("{key}")) >= 0 ? 4 : 3;
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '<')
            return false;
        open += s.p[i] == '{';
    }
    return open == wanted && (wanted == 3 || key);
}

static enum err read_key(str path, struct arena *a, str *key, str *problem)
{
    enum { MOST = 256 };
    struct stat st;
    char bytes[MOST];
    *key = STR("");
    if (path.n == 0)
        return OK;
    FILE *f = fopen(arena_cstr(a, path), "re");
    if (f == NULL || fstat(fileno(f), &st) != 0 || st.st_mode & 077) {
        if (f)
            fclose(f);
        *problem = STR("map_key_file: no such file, or others may read it "
                       "(chmod 600)");
        return ERR_INPUT;
    }
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    *key = str_trim(arena_str(a, (str){ bytes, n }));
    for (size_t i = 0; i < key->n; i++)
        if (key->p[i] == '{' || key->p[i] == '}') {
            *problem = STR("map_key_file does not hold a key");
            return ERR_INPUT;
        }
    return OK;
}

static str with_key(struct arena *a, str address, str key)
{
    ptrdiff_t at = str_find(address, STR("{key}"));
    if (at < 0)
        return arena_str(a, address);
    str rest = str_slice(address, (size_t)at + 5, address.n);
    return arena_printf(a, "%.*s%.*s%.*s", (int)at, address.p, STR_ARG(key),
                        STR_ARG(rest));
}

static enum err take_layer(str address, str key, struct arena *a, str *out,
                           str *problem)
{
    bool own = str_starts(address, STR("/")) &&
               !str_starts(address, STR("//"));
    str origin = own ? STR("") : origin_of(address);
    if (str_is_none(origin) || !is_template(address, key.n > 0)) {
        *problem = STR("map_tiles and map_labels are https addresses, or paths "
                       "of this site, with {z} {x} {y}, and {key} if there is "
                       "a map_key_file");
        return ERR_INPUT;
    }
    if (set.tiles.n && !str_eq(origin, set.origin)) {
        *problem = STR("map_labels has to come from where map_tiles does");
        return ERR_INPUT;
    }
    set.origin = arena_str(a, origin);
    *out = with_key(a, address, key);
    return OK;
}

enum err map_configure(const struct map_options *o, struct arena *a,
                       str *problem)
{
    str key;
    set.tiles = set.labels = set.credit = set.origin = STR("");
    if (o->tiles.n == 0) {
        set.tiles = o->demo ? str_of(sketch) : STR("");
        set.credit = str_of(sketch_credit);
        return OK;
    }
    if (o->credit.n == 0) {
        *problem = STR("map_credit is missing: a map names its maker and its "
                       "审图号");
        return ERR_INPUT;
    }
    set.credit = arena_str(a, o->credit);
    enum err e = read_key(o->key_file, a, &key, problem);
    str tiles = STR("");
    if (e == OK)
        e = take_layer(o->tiles, key, a, &tiles, problem);
    set.tiles = tiles;
    if (e == OK && o->labels.n)
        e = take_layer(o->labels, key, a, &set.labels, problem);
    if (e == OK && !map_offered())
        fputs("map: map_tiles is set, but the library is not built in (make "
              "vendor); no page shows a map\n", stderr);
    return e;
}

static str library(const char *name)
{
    return page_asset_hash(str_of(name));
}

bool map_offered(void)
{
    return set.tiles.n && !str_is_none(library("leaflet.js")) &&
           !str_is_none(library("leaflet.css"));
}

str map_origin(void)
{
    return set.origin.n ? set.origin : STR("");
}

/* ---- in a page ---- */

static void show_asset(struct view *v, const char *member, const char *name)
{
    view_text(v, member, arena_printf(v->arena, "/assets/%s?v=%.*s", name,
                                      STR_ARG(library(name))));
}

void map_show(struct view *row, const char *member, const struct map_point *p)
{
    if (!map_offered()) {
        view_text(row, member, str_none);
        return;
    }
    struct view v = view_object(row, member);
    view_text(&v, "name", p->name);
    view_text(&v, "label", p->label);
    view_text(&v, "lat", p->lat);
    view_text(&v, "lon", p->lon);
    view_text(&v, "square", p->square);
    view_text(&v, "tiles", set.tiles);
    view_text(&v, "labels", set.labels);
    view_text(&v, "credit", set.credit);
    show_asset(&v, "style", "leaflet.css");
    show_asset(&v, "script", "leaflet.js");
}
