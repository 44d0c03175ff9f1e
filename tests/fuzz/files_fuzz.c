/* Bytes people hand in as papers: pictures' headers and zips' directories. */
#include "kernel/files/inside.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str problem = STR("");
    str kind = files_kind((str){ (const char *)data, size }, &problem);
    /* Either a kind, or a sentence why not. */
    assert(str_is_none(kind) ? problem.n > 0 : kind.n > 0);
    return 0;
}
