/* No bytes typed into a search box are an error, whatever they look like to
 * the query languages of the databases. */
#include "kernel/search/search.h"
#include "kernel/store/testing.h"

#include <stdlib.h>

static enum err put(struct tx *tx, void *unused)
{
    (void)unused;
    enum err e = search_put(tx, 1, STR("case"), STR("D022"),
                            STR("城乡居民养老保险 ABC-2026 号"), STR("周文远"));
    return e;
}

static enum err find(struct tx *tx, void *query)
{
    int64_t *ids;
    size_t n;
    return search_find(tx, query, &ids, &n);
}

static struct test_store t;

static void clean(void)
{
    test_store_close(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (t.store == NULL) {
        if (!test_store_open(&t, TEST_LITE) ||
            test_store_run(&t, put, NULL) != OK)
            abort();
        atexit(clean);
    }
    struct search_query q = {
        .kind = STR("case"), .words = { (const char *)data, size },
        .unit = size % 3 ? STR("") : STR("D022"), .closed = size % 2,
        .limit = 5,
    };
    if (test_store_look(&t, find, &q) != OK)
        abort();
    arena_reset(&t.arena);
    return 0;
}
