/*
 * embed -- files become bytes of the program.
 *
 *   embed OUT.c < list of paths relative to the current folder
 *
 * The bytes are not written as C: the assembler's .incbin takes them as they
 * are, so megabytes cost milliseconds.  The table carries a digest of each
 * file, so that browsers can keep what they have until it changes.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 4096, PATH = 512 };

static char paths[FILES][PATH];
static uint64_t hashes[FILES];
static size_t sizes[FILES];

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static size_t read_list(void)
{
    size_t n = 0;
    while (n < FILES && fgets(paths[n], PATH, stdin)) {
        paths[n][strcspn(paths[n], "\n")] = 0;
        n += paths[n][0] != 0;
    }
    qsort(paths, n, PATH, compare);
    return n;
}

static bool digest(size_t i)
{
    struct buf b = { 0 };
    size_t n;
    FILE *f = fopen(paths[i], "rb");
    if (f == NULL) {
        fprintf(stderr, "embed: cannot read %s\n", paths[i]);
        return false;
    }
    while ((n = fread(buf_room(&b, 1 << 16), 1, 1 << 16, f)) > 0)
        b.n += n;
    fclose(f);
    hashes[i] = str_hash(buf_str(&b));
    sizes[i] = b.n;
    buf_free(&b);
    return true;
}

static void write_all(FILE *out, const char *folder, size_t n)
{
    fprintf(out, "/* Made by tools/embed.c. */\n"
                 "#include \"kernel/page/asset.h\"\n\n"
                 "__asm__(\".pushsection .rodata\\n\"\n");
    for (size_t i = 0; i < n; i++)
        fprintf(out, "    \".balign 16\\n\"\n    \"embed_%zu: .incbin \\\"%s/%s"
                     "\\\"\\n.byte 0\\n\"\n", i, folder, paths[i]);
    fprintf(out, "    \".popsection\\n\");\n\n");
    for (size_t i = 0; i < n; i++)
        fprintf(out, "extern const char embed_%zu[]"
                     " __attribute__((visibility(\"hidden\")));\n", i);
    fprintf(out, "\nconst size_t asset_count = %zu;\n"
                 "const struct asset asset_table[] = {\n", n);
    for (size_t i = 0; i < n; i++)
        fprintf(out, "    { \"%s\", embed_%zu, %zu, \"%08x\" },\n", paths[i],
                i, sizes[i], (unsigned)(hashes[i] ^ hashes[i] >> 32));
    fprintf(out, "};\n");
}

int main(int argc, char **argv)
{
    char folder[PATH];
    if (argc != 2 || realpath(".", folder) == NULL)
        return 2;
    size_t n = read_list();
    for (size_t i = 0; i < n; i++)
        if (!digest(i))
            return 1;
    FILE *out = fopen(argv[1], "w");
    if (out == NULL)
        return 1;
    write_all(out, folder, n);
    return fclose(out) == 0 ? 0 : 1;
}
