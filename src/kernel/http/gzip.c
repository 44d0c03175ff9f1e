/* gzip (RFC 1952) through zlib, for bytes that are sent many times. */
#include "kernel/http/inside.h"

#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, GZIP_LEVEL = 6, GZIP_MEMORY = 8 };

bool gzip_pack(str bytes, struct buf *out)
{
    z_stream z = { 0 };
    if (bytes.n > (size_t)64 << 20 ||
        deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t room = deflateBound(&z, bytes.n);
    z.next_in = (Bytef *)bytes.p;
    z.avail_in = (uInt)bytes.n;
    z.next_out = (Bytef *)buf_room(out, room);
    z.avail_out = (uInt)room;
    int r = deflate(&z, Z_FINISH);
    out->n += room - z.avail_out;
    deflateEnd(&z);
    return r == Z_STREAM_END && out->n < bytes.n;
}
