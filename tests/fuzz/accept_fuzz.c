/* Header values: readers that take anything, and the way back that must never
 * leave the site. */
#include "kernel/http/inside.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str s = { (const char *)data, size };
    (void)accept_json(s);
    (void)accept_gzip(s);
    (void)etag_matches(s, STR("W/\"a\""));
    (void)origin_is_host(s, STR("a"));
    str cookie = cookie_of(s, STR("a"));
    assert(str_is_none(cookie) || cookie.n <= size);
    str path = local_path(s);
    assert(path.n > 0 && path.p[0] == '/');
    assert(path.n < 2 || (path.p[1] != '/' && path.p[1] != '\\'));
    for (size_t i = 0; i < path.n; i++)
        assert((unsigned char)path.p[i] > ' ' &&
               (unsigned char)path.p[i] < 0x7f);
    return 0;
}
