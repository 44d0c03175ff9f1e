/* What a scanner read, or somebody typed as an identifier: taken apart without
 * a stumble, and what is taken is a clean text that makes the same address. */
#include "licences/licences.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena memory;
    str s = { (const char *)data, size }, number, secret, again[2];
    arena_reset(&memory);
    if (licence_scanned(&memory, s, &number, &secret)) {
        assert(number.n > 0 && utf8_valid(number));
        assert(secret.n > 0 && utf8_valid(secret));
        str address = licence_address(&memory, STR(""), number, secret);
        assert(address.n > 600 ||
               (licence_scanned(&memory, address, &again[0], &again[1]) &&
                str_eq(again[0], number) && str_eq(again[1], secret)));
    }
    if (licence_identifier_ok(s))
        assert(utf8_valid(s) && str_starts(s, STR("1.2.156.3005.2.")));
    return 0;
}
