/* Paths: what reaches a handler is short, valid UTF-8, without control
 * characters, slashes, or a way up. */
#include "kernel/http/inside.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum err none(struct request *rq, struct tx *tx)
{
    (void)rq, (void)tx;
    return OK;
}

#define ROW(p) { .method = "GET", .path = p, .handle = none, .may = "anyone" }
static const struct route routes[] = {
    ROW("/"), ROW("/a"), ROW("/a/{x}"), ROW("/a/{x}/b/{y}"), ROW("/{z}"),
    { 0 },
};
static const struct module module = { .name = "m", .routes = routes };
static const struct module *const modules[] = { &module, NULL };

static void check_value(str s)
{
    assert(s.n > 0 && s.n <= HTTP_PARAM_BYTES && utf8_valid(s));
    assert(!str_is(s, ".") && !str_is(s, ".."));
    for (size_t i = 0; i < s.n; i++)
        assert((unsigned char)s.p[i] >= ' ' && s.p[i] != '/' &&
               s.p[i] != '\\' && s.p[i] != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena boot;
    static struct routes *r;
    str problem, value[HTTP_PARAMS];
    if (r == NULL && routes_compile(modules, &boot, &r, &problem) != OK)
        return 1;
    struct arena a = { 0 };
    const struct spot *spot;
    str path = { (const char *)data, size };
    if (routes_find(r, &a, path, &spot, value) == OK)
        for (int i = 0; i < spot->params; i++)
            check_value(value[i]);
    arena_free(&a);
    return 0;
}
