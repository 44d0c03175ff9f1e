/* A matter found by its number and by what people wrote. */
#include "matters/inside.h"

#include "kernel/search/search.h"

#define KIND STR("matter")

/* Of a common word the newest so many; the page says so. */
enum { FOUND = 500 };

enum err matter_words(struct tx *tx, int64_t id, str number, str kind,
                      str title, str content)
{
    str text = arena_printf(tx->arena, "%.*s %.*s %.*s %.*s", STR_ARG(number),
                            STR_ARG(kind), STR_ARG(title), STR_ARG(content));
    return search_put(tx, id, KIND, STR(""), STR(""), text);
}

enum err matter_found(struct tx *tx, str words, str *ids)
{
    struct search_query q = { .kind = KIND, .words = words, .unit = STR(""),
                              .closed = true, .limit = FOUND };
    int64_t *found;
    size_t n;
    enum err e = search_find(tx, &q, &found, &n);
    if (e == OK)
        *ids = search_list(tx->arena, found, n);
    return e;
}

enum err matter_words_job(struct tx *tx, bool *more)
{
    struct matter_wordless *m;
    size_t n;
    enum err e = matter_wordless(tx, &m, &n);
    for (size_t i = 0; i < n && e == OK; i++) {
        e = matter_words(tx, m[i].id, m[i].number, m[i].kind, m[i].title,
                         m[i].content);
        if (e == OK)
            e = matter_worded(tx, m[i].id);
    }
    *more = n == 200;
    return e;
}
