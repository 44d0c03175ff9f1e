/*
 * Style sheets, scripts, icons: bytes of the program itself, sent from the
 * page cache with their gzip.  An address with the digest as ?v=… names one
 * version for ever and may be kept a year; without it the copy is asked about
 * again soon.
 */
#include "kernel/http/inside.h"
#include "kernel/page/page.h"

#include <string.h>

enum err asset_admit(struct request *rq, str name)
{
    bool reads = strcmp(rq->method, "GET") == 0 ||
                 strcmp(rq->method, "HEAD") == 0;
    rq->path = rq->uri;
    rq->path = str_cut(&rq->path, '?');
    if (!reads)
        return refuse(rq, 405, "method", "这个地址只能读取。");
    str type, hash, bytes = page_public_asset(name, &type, &hash);
    if (str_is_none(bytes))
        return refuse(rq, 404, "notfound", "没有找到这个文件。");
    str query = rq->uri;
    (void)str_cut(&query, '?');
    bool named = str_starts(query, STR("v=")) &&
                 str_eq(str_slice(query, 2, query.n), hash);
    bool dev = rq->http->options->dev;
    str key = arena_join(&rq->arena, named ? STR("v ") : STR("a "), name);
    rq->cached = dev ? NULL
                     : cache_find(rq->http->cache, key, rq->http->store,
                                  inst_day(rq->now));
    if (rq->cached)
        return OK;
    struct buf copy = { 0 };
    buf_put(&copy, bytes);
    rq->cached = cache_put(rq->http->cache, key, -1, 0, inst_day(rq->now),
                           &copy, type,
                           dev     ? "no-store"
                           : named ? "public, max-age=31536000, immutable"
                                   : "public, max-age=600");
    return OK;
}
