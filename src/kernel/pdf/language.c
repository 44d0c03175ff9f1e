/*
 * Telling a reader's software that the paper is Chinese and tagged.
 *
 * cairo 1.16 writes the tags but cannot write /Lang, /MarkInfo or the wish that
 * the window show the title.  PDF has a way to change a finished file: a newer
 * version of an object and a table of where it is, appended (ISO 32000-1,
 * 7.5.6).  So the catalogue is written once more at the end.  A file that does
 * not end the way cairo 1.16 ends it is left as it is.
 */
#include "kernel/pdf/paper.h"

#include <string.h>

/* The last place of a word, or NULL. */
static const char *find_last(str s, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = s.n >= n ? s.n - n + 1 : 0; i-- > 0;)
        if (memcmp(s.p + i, word, n) == 0)
            return s.p + i;
    return NULL;
}

/* The number that stands after the last `word`. */
static bool number_after(str file, const char *word, int64_t *out)
{
    const char *at = find_last(file, word);
    if (!at)
        return false;
    at += strlen(word);
    while (at < file.p + file.n && (*at == ' ' || *at == '\n'))
        at++;
    const char *end = at;
    while (end < file.p + file.n && *end >= '0' && *end <= '9')
        end++;
    return str_int((str){ at, (size_t)(end - at) }, out);
}

/* What stands between << and >> of the catalogue, which holds no dictionary. */
static bool catalogue(str file, str *inside)
{
    static const char start[] = "<< /Type /Catalog";
    const char *at = find_last(file, start);
    if (!at)
        return false;
    at += 2;
    str rest = { at, (size_t)(file.p + file.n - at) };
    ptrdiff_t end = str_find(rest, STR(">>\nendobj"));
    if (end < 0)
        return false;
    *inside = str_slice(rest, 0, (size_t)end);
    return true;
}

void paper_add_language(struct buf *pdf)
{
    int64_t size, root, info, previous;
    str inside, file = buf_str(pdf);
    if (!number_after(file, "/Size", &size) ||
        !number_after(file, "/Root", &root) ||
        !number_after(file, "/Info", &info) ||
        !number_after(file, "startxref", &previous) ||
        !catalogue(file, &inside))
        return;
    struct buf more = { 0 };
    buf_printf(&more, "%lld 0 obj\n<<%.*s   /Lang (zh-CN)\n"
               "   /MarkInfo << /Marked true >>\n"
               "   /ViewerPreferences << /DisplayDocTitle true >>\n"
               ">>\nendobj\n", (long long)root, STR_ARG(inside));
    size_t table = file.n + more.n;
    buf_printf(&more, "xref\n%lld 1\n%010zu 00000 n \n", (long long)root,
               file.n);
    buf_printf(&more, "trailer\n<< /Size %lld\n   /Root %lld 0 R\n"
               "   /Info %lld 0 R\n   /Prev %lld\n>>\n"
               "startxref\n%zu\n%%%%EOF\n",
               (long long)size, (long long)root, (long long)info,
               (long long)previous, table);
    buf_put(pdf, buf_str(&more));
    buf_free(&more);
}
