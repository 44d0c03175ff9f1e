/*
 * Style sheets, scripts, icons: bytes of the program itself, sent from the
 * page cache with their gzip.  An address with ?v=… names one version for ever
 * and may be kept a year; without it the copy is asked about again.
 */
#include "kernel/http/inside.h"
#include "kernel/page/page.h"

#include <string.h>

static const struct {
    const char *ending, *type;
} types[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".mjs", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".jpg", "image/jpeg" },
    { ".ico", "image/x-icon" },
    { ".json", "application/json; charset=utf-8" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".webmanifest", "application/manifest+json" },
};

static str type_of(str name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(name, str_of(types[i].ending)))
            return str_of(types[i].type);
    return STR("application/octet-stream");
}

/* Names are plain: letters, digits, . _ - and / but no component of dots. */
static bool plain_name(str name)
{
    if (name.n == 0 || name.n > 200 || str_find(name, STR("..")) >= 0 ||
        str_find(name, STR("//")) >= 0 || name.p[0] == '/')
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                    c == '-' || c == '/';
        if (!fine)
            return false;
    }
    return true;
}

enum err asset_admit(struct request *rq, str name)
{
    bool reads = strcmp(rq->method, "GET") == 0 ||
                 strcmp(rq->method, "HEAD") == 0;
    rq->path = rq->uri;
    rq->path = str_cut(&rq->path, '?');
    if (!reads)
        return refuse(rq, 405, "method", "这个地址只能读取。");
    if (!plain_name(name))
        return refuse(rq, 404, "notfound", "没有找到这个文件。");
    bool named = str_find(rq->uri, STR("?v=")) >= 0;
    bool dev = rq->http->options->dev;
    str key = arena_join(&rq->arena, named ? STR("v ") : STR("a "), name);
    rq->cached = dev ? NULL
                     : cache_find(rq->http->cache, key, rq->http->store,
                                  inst_day(rq->now));
    if (rq->cached)
        return OK;
    str path = arena_join(&rq->arena, STR("web/"), name);
    str bytes = page_asset(path.p);
    if (str_is_none(bytes))
        return refuse(rq, 404, "notfound", "没有找到这个文件。");
    struct buf copy = { 0 };
    buf_put(&copy, bytes);
    rq->cached = cache_put(rq->http->cache, key, -1, 0, inst_day(rq->now),
                           &copy, type_of(name),
                           dev     ? "no-store"
                           : named ? "public, max-age=31536000, immutable"
                                   : "public, max-age=600");
    return OK;
}
