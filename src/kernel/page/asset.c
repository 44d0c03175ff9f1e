/*
 * Embedded files.
 *
 * In --dev a file is read from the disk each time it is asked for and never
 * freed: a developer's session ends before memory does, and callers keep the
 * simple promise that an asset lives for ever.
 */
#include "kernel/page/asset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *dev_dir;

void asset_from(const char *dir)
{
    dev_dir = dir;
}

static int compare_path(const void *key, const void *entry)
{
    return strcmp(key, ((const struct asset *)entry)->path);
}

static const struct asset *find(const char *path)
{
    return bsearch(path, asset_table, asset_count, sizeof *asset_table,
                   compare_path);
}

static str read_file(const char *path)
{
    char full[1024];
    struct buf b = { 0 };
    size_t n;
    if (snprintf(full, sizeof full, "%s/%s", dev_dir, path) >=
        (int)sizeof full)
        return str_none;
    FILE *f = fopen(full, "rb");
    if (f == NULL)
        return str_none;
    while ((n = fread(buf_room(&b, 65536), 1, 65536, f)) > 0)
        b.n += n;
    fclose(f);
    str s = buf_str(&b);
    return s;
}

str page_asset(const char *path)
{
    if (dev_dir)
        return read_file(path);
    const struct asset *a = find(path);
    return a ? (str){ a->bytes, a->n } : str_none;
}

void page_assets(const char *prefix, page_asset_each *each, void *context)
{
    for (size_t i = 0; i < asset_count; i++) {
        const struct asset *a = &asset_table[i];
        if (strncmp(a->path, prefix, strlen(prefix)) == 0)
            each(context, str_of(a->path), page_asset(a->path));
    }
}

/* ---- what browsers may fetch ---- */

static const struct media {
    const char *ending, *type;
} media[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".ico", "image/x-icon" },
};

static const struct asset *public_asset(str name, str *type)
{
    char path[128];
    for (size_t i = 0; i < sizeof media / sizeof *media; i++) {
        if (!str_ends(name, str_of(media[i].ending)))
            continue;
        if (snprintf(path, sizeof path, "web/%.*s", STR_ARG(name)) >=
            (int)sizeof path)
            return NULL;
        *type = str_of(media[i].type);
        return find(path);
    }
    return NULL;
}

str page_public_asset(str name, str *type, str *hash)
{
    const struct asset *a = public_asset(name, type);
    if (a == NULL)
        return str_none;
    *hash = str_of(a->hash);
    return page_asset(a->path);
}

str page_asset_hash(str name)
{
    str type;
    const struct asset *a = public_asset(name, &type);
    return a ? str_of(a->hash) : str_none;
}
