/* Models in files: the command line's way in. */
#include "kernel/rules/model.h"

#include <dirent.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

str file_bytes(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return str_none;
    struct buf b = { 0 };
    size_t n;
    do {
        n = fread(buf_room(&b, 1 << 16), 1, 1 << 16, f);
        b.n += n;
    } while (n && b.n <= DMN_MAX_BYTES);
    bool bad = ferror(f);
    fclose(f);
    str s = bad ? str_none : arena_str(a, (str){ b.p ? b.p : "", b.n });
    buf_free(&b);
    return s;
}

static int is_model(const struct dirent *d)
{
    return str_ends(str_of(d->d_name), STR(".dmn"));
}

size_t file_sources(struct arena *a, const char *path,
                    struct dmn_source *sources)
{
    str bytes = file_bytes(a, path);
    if (str_is_none(bytes))
        return 0;
    size_t n = 0;
    sources[n++] = (struct dmn_source){ str_of(path), bytes };
    if (str_find(bytes, STR("import")) < 0)
        return n;
    const char *folder = dirname(arena_cstr(a, str_of(path)));
    const char *own = basename(arena_cstr(a, str_of(path)));
    struct dirent **entries;
    int count = scandir(folder, &entries, is_model, alphasort);
    for (int i = 0; i < count; i++) {
        if (strcmp(entries[i]->d_name, own) != 0 && n < DMN_MAX_SOURCES) {
            str other = arena_printf(a, "%s/%s", folder, entries[i]->d_name);
            bytes = file_bytes(a, other.p);
            if (!str_is_none(bytes))
                sources[n++] = (struct dmn_source){ other, bytes };
        }
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return n;
}

void notes_print(const struct feel_notes *notes, bool fatal_only)
{
    for (const struct feel_note *n = notes->first; n; n = n->next) {
        if (fatal_only && !n->fatal)
            continue;
        if (n->element.n)
            fprintf(stderr, "%.*s: ", STR_ARG(n->element));
        fprintf(stderr, "%.*s\n", STR_ARG(n->text));
    }
}
