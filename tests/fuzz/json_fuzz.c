/* Whatever bytes come as JSON: read or refused with a sentence; and what was
 * read, written out, is read again as the same text. */
#include "base/base.h"

#include <assert.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_and_write(struct arena *a, str text)
{
    struct value *v = NULL, *again = NULL;
    str problem = str_none;
    if (value_read_json(a, text, &v, &problem) != OK) {
        assert(!str_is_none(problem) && utf8_valid(problem));
        return;
    }
    struct buf first = { 0 }, second = { 0 };
    value_write_json(v, &first);
    assert(utf8_valid(buf_str(&first)));
    assert(value_read_json(a, buf_str(&first), &again, &problem) == OK);
    value_write_json(again, &second);
    assert(str_eq(buf_str(&first), buf_str(&second)));
    free(buf_take(&first, &(size_t){ 0 }));
    free(buf_take(&second, &(size_t){ 0 }));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make(64 << 20);
    jmp_buf full;
    a.overflow = &full;
    if (!setjmp(full))
        read_and_write(&a, (str){ (const char *)data, size });
    arena_free(&a);
    return 0;
}
