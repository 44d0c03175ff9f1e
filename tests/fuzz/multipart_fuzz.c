/* multipart bodies: the same events however the bytes are cut.  The first byte
 * of the input is the size of the pieces of the second reading. */
#include "kernel/form/multipart.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum err part(void *context, str name, str file)
{
    struct buf *b = context;
    assert(utf8_valid(name) && name.n > 0);
    assert(str_is_none(file) || utf8_valid(file));
    buf_byte(b, 'P');
    buf_put(b, name);
    buf_byte(b, str_is_none(file) ? '-' : '+');
    buf_put(b, file);
    buf_byte(b, '\n');
    return OK;
}

static enum err bytes(void *context, str s)
{
    assert(s.n > 0);
    buf_put(context, s);
    return OK;
}

static enum err end(void *context)
{
    buf_put(context, STR("\nE"));
    return OK;
}

static enum err read_all(str body, size_t step, struct buf *out)
{
    struct multipart m;
    struct multipart_events tell = { part, bytes, end, out };
    enum err e = multipart_start(&m, STR("multipart/form-data; boundary=b"),
                                 &tell);
    for (size_t at = 0; e == OK && at < body.n; at += step)
        e = multipart_feed(&m, str_slice(body, at, at + step));
    return e == OK ? multipart_finish(&m) : e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    str body = { (const char *)data + 1, size - 1 };
    struct buf whole = { 0 }, pieces = { 0 };
    enum err e = read_all(body, body.n, &whole);
    enum err f = read_all(body, (size_t)data[0] % 64 + 1, &pieces);
    assert(e == f);
    assert(str_eq(buf_str(&whole), buf_str(&pieces)));
    buf_free(&whole);
    buf_free(&pieces);
    struct multipart m;
    struct multipart_events tell = { part, bytes, end, &whole };
    if (multipart_start(&m, body, &tell) == OK)
        assert(m.mark_n > 4);
    buf_free(&whole);
    return 0;
}
