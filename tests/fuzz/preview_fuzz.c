/* What a drawing process may answer, and what a photograph may say of how it
 * was held: both are somebody else's bytes. */
#include "kernel/files/preview.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct preview_frame f;
    str jpeg, rest = { (const char *)data, size };
    size_t before = rest.n;
    while (preview_take(&rest, &f, &jpeg)) {
        assert(rest.n < before && jpeg.n == (size_t)f.size);
        assert(f.page <= PREVIEW_PAGES && f.width <= PREVIEW_SIDE);
        before = rest.n;
    }
    int turn = preview_turn((str){ (const char *)data, size });
    assert(turn >= 1 && turn <= 8);
    return 0;
}
