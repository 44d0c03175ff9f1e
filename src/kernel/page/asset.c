/*
 * Embedded files.
 *
 * In --dev a file is read from the disk each time it is asked for and kept
 * until the program ends: a developer's session ends before memory does, and
 * callers keep the simple promise that an asset lives for ever.
 */
#include "kernel/page/asset.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One reading of a file in --dev. */
struct reading {
    struct buf bytes;
    char hash[9];
    struct reading *next;
};

/* Set when the pages are loaded; jobs may look for an asset before that. */
static const char *_Atomic dev_dir;
static struct reading *readings;
static pthread_mutex_t readings_lock = PTHREAD_MUTEX_INITIALIZER;

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

static struct reading *keep(struct reading *r)
{
    pthread_mutex_lock(&readings_lock);
    r->next = readings;
    readings = r;
    pthread_mutex_unlock(&readings_lock);
    return r;
}

static const struct reading *read_file(const char *path)
{
    char full[1024];
    size_t n;
    if (snprintf(full, sizeof full, "%s/%s", dev_dir, path) >=
        (int)sizeof full)
        return NULL;
    FILE *f = fopen(full, "rb");
    if (f == NULL)
        return NULL;
    struct reading *r = calloc(1, sizeof *r);
    if (r == NULL)
        abort();
    while ((n = fread(buf_room(&r->bytes, 65536), 1, 65536, f)) > 0)
        r->bytes.n += n;
    fclose(f);
    uint64_t h = str_hash(buf_str(&r->bytes));
    snprintf(r->hash, sizeof r->hash, "%08x", (unsigned)(h ^ h >> 32));
    return keep(r);
}

str page_asset(const char *path)
{
    if (dev_dir) {
        const struct reading *r = read_file(path);
        return r ? buf_str(&r->bytes) : str_none;
    }
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

/* The media type of what may be fetched by name; none if it may not. */
static str public_type(str name)
{
    if (str_find_byte(name, '/') >= 0)
        return str_none;
    for (size_t i = 0; i < sizeof media / sizeof *media; i++)
        if (str_ends(name, str_of(media[i].ending)))
            return str_of(media[i].type);
    return str_none;
}

static str public_bytes(const char *folder, str name, str *hash)
{
    char path[128];
    if (snprintf(path, sizeof path, "%s/%.*s", folder, STR_ARG(name)) >=
        (int)sizeof path)
        return str_none;
    if (dev_dir) {
        const struct reading *r = read_file(path);
        *hash = r ? str_of(r->hash) : str_none;
        return r ? buf_str(&r->bytes) : str_none;
    }
    const struct asset *a = find(path);
    if (a == NULL)
        return str_none;
    *hash = str_of(a->hash);
    return (str){ a->bytes, a->n };
}

/* Ours first, then what other people made (make vendor). */
str page_public_asset(str name, str *type, str *hash)
{
    *type = public_type(name);
    if (str_is_none(*type))
        return str_none;
    str bytes = public_bytes("web", name, hash);
    return str_is_none(bytes) ? public_bytes("web/vendor", name, hash) : bytes;
}

str page_asset_hash(str name)
{
    str type, hash;
    return str_is_none(page_public_asset(name, &type, &hash)) ? str_none
                                                              : hash;
}
