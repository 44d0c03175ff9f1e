/* Whatever stands in a file of vectors: each case passes or fails with a line,
 * none stops the program. */
#include "disclosure/disclosure.h"
#include "kernel/vectors/vectors.h"
#include "office/office.h"
#include "trading/trading.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct vector_type *const types[] = {
        clock_vectors, ident_vectors, disclosure_vectors, trading_vectors,
        office_vectors,
    };
    struct buf report = { 0 };
    struct vectors_result result = { 0 };
    vectors_check(types, sizeof types / sizeof *types, STR("fuzz.json"),
                  (str){ (const char *)data, size }, day_of(2026, 11, 22),
                  &report, &result);
    assert((result.failed > 0) == (report.n > 0));
    buf_free(&report);
    return 0;
}
