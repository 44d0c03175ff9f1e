/* Are the papers still there, byte for byte?  For zhengtong check. */
#include "kernel/files/inside.h"

#include <sys/stat.h>

enum { PAGE = 500 }; /* the LIMIT of files_blob_page and files_picture_page */

/* NULL when the paper is what it was. */
static const char *wrong(struct arena *a, str sha256, int64_t size)
{
    struct stat st;
    const char *path = files_path(a, sha256);
    if (path == NULL || stat(path, &st) != 0)
        return "磁盘上没有";
    if (st.st_size != size)
        return "长度不符";
    str digest = files_digest(a, path);
    if (str_is_none(digest))
        return "读不出来";
    return str_eq(digest, sha256) ? NULL : "内容与摘要不符";
}

static enum err verify_pictures(struct tx *tx, files_bad *bad, void *context)
{
    str after = STR("");
    size_t n = PAGE;
    enum err e = OK;
    while (e == OK && n == PAGE) {
        struct files_picture_page *p;
        e = files_picture_page(tx, after, &p, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            const char *why = wrong(tx->arena, p[i].picture, p[i].size);
            if (why)
                bad(context, p[i].picture, why);
            after = p[i].picture;
        }
    }
    return e;
}

enum err files_verify(struct tx *tx, files_bad *bad, void *context,
                      int64_t *papers)
{
    str after = STR("");
    size_t n = PAGE;
    enum err e = OK;
    *papers = 0;
    while (e == OK && n == PAGE) {
        struct files_blob_page *b;
        e = files_blob_page(tx, after, &b, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            const char *why = wrong(tx->arena, b[i].sha256, b[i].size);
            if (why)
                bad(context, b[i].sha256, why);
            after = b[i].sha256;
        }
        if (e == OK)
            *papers += (int64_t)n;
    }
    return e == OK ? verify_pictures(tx, bad, context) : e;
}
