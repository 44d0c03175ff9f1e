/* Office papers: whole zips of each kind, a document's XML, and what a process
 * that read one may answer. */
#include "kernel/files/office.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(unsigned how, str bytes, struct arena *a)
{
    static const char *const types[] = {
        "application/ofd", "x.wordprocessingml.document",
        "x.spreadsheetml.sheet",
    };
    struct office w = { .a = a, .blocks = value_new(a, VALUE_LIST) };
    struct value *tree, *again;
    if (how == 3) {
        (void)office_docx_xml(bytes.p, bytes.n, &w);
        assert(w.blocks->count <= OFFICE_BLOCKS);
        return;
    }
    if (how == 4) {
        if (office_take(a, bytes, &tree) == OK)
            assert(value_get(tree, STR("blocks"))->count <= OFFICE_BLOCKS);
        return;
    }
    if (office_read(bytes, str_of(types[how % 3]), a, &tree) == PREVIEW_OK) {
        struct buf json = { 0 };
        value_write_json(tree, &json);
        assert(json.n <= OFFICE_JSON);
        assert(office_take(a, buf_str(&json), &again) == OK);
        buf_free(&json);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    if (size < 2)
        return 0;
    read_all(data[0] % 5, (str){ (const char *)data + 1, size - 1 }, &a);
    arena_free(&a);
    return 0;
}
