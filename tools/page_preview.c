/*
 * page_preview -- every page with its example as a file, to be looked at.
 *
 *   page_preview OUTDIR [elder|dark|contrast]
 *
 * From the project's folder.  Serve OUTDIR with any static server; the assets
 * are beside the pages.
 */
#include "kernel/page/page.h"
#include "kernel/page/view.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct arena arena;
static struct pages *pages;
static struct value *site;
static const char *out_dir;

static str read_all(const char *path)
{
    struct buf b = { 0 };
    size_t n;
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return str_none;
    while ((n = fread(buf_room(&b, 65536), 1, 65536, f)) > 0)
        b.n += n;
    fclose(f);
    str s = arena_str(&arena, buf_str(&b));
    buf_free(&b);
    return s;
}

static struct value *read_json(const char *path)
{
    struct value *v;
    str problem = str_none;
    if (value_read_json(&arena, read_all(path), &v, &problem) == OK)
        return v;
    fprintf(stderr, "%s: %.*s\n", path, STR_ARG(problem));
    exit(1);
}

static void write_file(str name, str bytes)
{
    str path = arena_printf(&arena, "%s/%.*s", out_dir, STR_ARG(name));
    FILE *f = fopen(path.p, "wb");
    if (f == NULL || fwrite(bytes.p, 1, bytes.n, f) != bytes.n ||
        fclose(f) != 0) {
        fprintf(stderr, "cannot write %s\n", path.p);
        exit(1);
    }
}

static void write_page(str page, str file, struct value *root)
{
    struct buf out = { 0 };
    view_adopt(page, root);
    if (page_render_in(pages, page, site, root, &out) != OK)
        exit(1);
    write_file(file, buf_str(&out));
    printf("%.*s %zu\n", STR_ARG(file), out.n);
    buf_free(&out);
}

static void write_pages(const char *pattern)
{
    glob_t g;
    if (glob(pattern, 0, NULL, &g) != 0)
        return;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        str s = str_of(g.gl_pathv[i]), room = str_none;
        while (str_find_byte(s, '/') >= 0) {
            str part = str_cut(&s, '/');
            if (!str_is(part, "pages") && !str_is(part, "examples"))
                room = part;
        }
        str example = str_slice(s, 0, s.n - 5), name = str_cut(&s, '.');
        write_page(arena_printf(&arena, "%.*s/%.*s", STR_ARG(room),
                                STR_ARG(name)),
                   arena_printf(&arena, "%.*s-%.*s.html", STR_ARG(room),
                                STR_ARG(example)),
                   read_json(g.gl_pathv[i]));
    }
    globfree(&g);
}

/* The gallery's view is the components' examples put together. */
static void write_gallery(void)
{
    glob_t g;
    struct value *root = value_new(&arena, VALUE_OBJECT);
    if (glob("web/components/*/*.json", 0, NULL, &g) != 0)
        return;
    for (size_t i = 0; i < g.gl_pathc; i++) {
        str name = str_of(strrchr(g.gl_pathv[i], '/') + 1);
        value_add(root, arena_str(&arena, str_cut(&name, '.')),
                  read_json(g.gl_pathv[i]));
    }
    globfree(&g);
    value_add(root, STR("fields"), read_json("web/examples/fields.json"));
    write_page(STR("gallery"), STR("gallery.html"), root);
    write_page(STR("error"), STR("error.html"),
               read_json("web/examples/error.json"));
}

static void write_asset(void *context, str path, str bytes)
{
    str type, hash, name = str_slice(path, 4, path.n);
    (void)context;
    if (!str_is_none(page_public_asset(name, &type, &hash)))
        write_file(arena_printf(&arena, "assets/%.*s", STR_ARG(name)), bytes);
}

static void set_mode(const char *mode)
{
    struct value *s = (struct value *)(uintptr_t)value_get(site, STR("site"));
    for (struct value *v = s->first; v; v = v->next) {
        if (str_is(v->key, "elder"))
            v->i = strcmp(mode, "elder") == 0;
        if (str_is(v->key, "dark"))
            v->i = strcmp(mode, "dark") == 0;
        if (str_is(v->key, "theme") && strcmp(mode, "elder") != 0)
            v->text = str_of(mode);
    }
}

int main(int argc, char **argv)
{
    str problem = str_none;
    if (argc < 2)
        return 2;
    out_dir = argv[1];
    if (pages_load(NULL, &arena, &pages, &problem) != OK) {
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
        return 1;
    }
    mkdir(out_dir, 0777);
    mkdir(arena_printf(&arena, "%s/assets", out_dir).p, 0777);
    site = read_json("web/examples/site.json");
    if (argc > 2)
        set_mode(argv[2]);
    page_assets("web/", write_asset, NULL);
    write_pages("src/*/pages/examples/*.json");
    write_pages("src/kernel/*/pages/examples/*.json");
    write_gallery();
    pages_free(pages);
    arena_free(&arena);
    return 0;
}
