/* Text as people type it: the functions every input passes through keep
 * inside their bounds and keep their promises. */
#include "base/base.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void steps_over_every_character(str s)
{
    size_t at = 0, n = 0;
    char again[4];
    for (int32_t c; (c = utf8_next(s, &at)) >= 0; n++) {
        size_t length = utf8_put(again, c);
        assert(length <= at);
        assert(str_eq((str){ again, length },
                      str_slice(s, at - length, at)));
    }
    assert(at == s.n && n == utf8_count(s));
    assert(utf8_head(s, n / 2).n <= s.n);
    assert(utf8_valid(utf8_head(s, n / 2)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str s = { (const char *)data, size };
    if (utf8_valid(s)) {
        steps_over_every_character(s);
        assert(utf8_valid(str_trim(s)));
    }
    day d;
    char text[DAY_TEXT];
    if (day_parse(s, &d))
        assert(str_eq(day_text(d, text), s));
    int64_t n;
    if (str_int(s, &n))
        assert(s.n >= 1 && s.n <= 64 * 1024);
    size_t pieces = 0, bytes = 0;
    for (str rest = s; !str_is_none(rest); pieces++)
        bytes += str_cut(&rest, ',').n;
    assert(size == 0 || bytes + pieces - 1 == size);
    return 0;
}
