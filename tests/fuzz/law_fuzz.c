/* Any text as a law, and any words as the number of an article. */
#include "kernel/laws/inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct law_text l = { .n = 0 };
    str text = arena_str(&a, (str){ (const char *)data, size });
    if (utf8_valid(text)) {
        law_read(&a, text, &l);
        for (size_t i = 0; i < l.n; i++)
            if (law_article_of(&l, l.article[i].number) == NULL)
                __builtin_trap();
        laws_article(&a, text);
    }
    arena_free(&a);
    return 0;
}
