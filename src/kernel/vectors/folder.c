/* `zhengtong vectors DIR`: every file of a folder, and the sum. */
#include "kernel/vectors/vectors.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX_BYTES = 64 << 20 };

static int is_json(const struct dirent *e)
{
    str name = str_of(e->d_name);
    return name.n > 5 && name.p[0] != '.' && str_ends(name, STR(".json"));
}

/* False when the file cannot be read or is no file of reasonable size. */
static bool read_file(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return false;
    size_t got;
    while (out->n < FILE_MAX_BYTES &&
           (got = fread(buf_room(out, 65536), 1, 65536, f)) > 0)
        out->n += got;
    bool whole = !ferror(f) && out->n < FILE_MAX_BYTES;
    fclose(f);
    return whole;
}

static void run_file(const struct vector_type *const *types, size_t count,
                     const char *dir, const char *name,
                     struct vectors_result *result)
{
    char path[4096];
    struct buf json = { 0 }, report = { 0 };
    snprintf(path, sizeof path, "%s/%s", dir, name);
    if (read_file(path, &json)) {
        vectors_check(types, count, str_of(name), buf_str(&json),
                      inst_day(inst_now()), &report, result);
    } else {
        buf_printf(&report, "%s: cannot be read\n", name);
        result->failed++;
    }
    printf("%.*s", STR_ARG(buf_str(&report)));
    buf_free(&json);
    buf_free(&report);
}

int vectors_run(const struct vector_type *const *types, size_t type_count,
                const char *dir)
{
    struct dirent **names = NULL;
    int n = scandir(dir, &names, is_json, alphasort);
    if (n < 0) {
        fprintf(stderr, "zhengtong vectors: %s: cannot be read\n", dir);
        return 2;
    }
    struct vectors_result result = { 0 };
    for (int i = 0; i < n; i++) {
        run_file(types, type_count, dir, names[i]->d_name, &result);
        free(names[i]);
    }
    free(names);
    printf("%d passed, %d failed\n", result.passed, result.failed);
    if (result.passed + result.failed == 0) {
        fprintf(stderr, "zhengtong vectors: no vectors in %s\n", dir);
        return 2;
    }
    return result.failed > 0;
}
