/*
 * All templates of the site under their names.
 *
 *   layout, desk, bare, error   web/NAME.html
 *   clock, tag, …               web/components/NAME/NAME.html
 *   services/case               src/services/pages/case.html
 *   auth/login                  src/kernel/auth/pages/login.html
 *
 * They are compiled once and then only read, so threads share them freely.
 * In --dev a page is compiled anew for each request from what is on the disk.
 */
#include "kernel/page/asset.h"
#include "kernel/page/compile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct page {
    str name;
    struct template *template;
};

struct pages {
    bool dev;
    struct page *page; /* sorted by name */
    size_t n, cap;
    struct arena *arena;
    str *problem;
    enum err result;
};

/* "src/kernel/auth/pages/login.html" -> "auth/login"; none if it is no
 * template. */
static str name_of(struct arena *a, str path)
{
    static const str pages_folder = { "/pages/", 7 };
    if (!str_ends(path, STR(".html")))
        return str_none;
    str stem = str_slice(path, 0, path.n - 5);
    ptrdiff_t at = str_find(stem, pages_folder);
    if (str_starts(stem, STR("src/")) && at > 0) {
        str room = str_slice(stem, 4, (size_t)at);
        if (str_starts(room, STR("kernel/")))
            room = str_slice(room, 7, room.n);
        str page = str_slice(stem, (size_t)at + pages_folder.n, stem.n);
        return arena_printf(a, "%.*s/%.*s", STR_ARG(room), STR_ARG(page));
    }
    if (!str_starts(stem, STR("web/")))
        return str_none;
    while ((at = str_find_byte(stem, '/')) >= 0)
        stem = str_slice(stem, (size_t)at + 1, stem.n);
    return arena_str(a, stem);
}

/* The text of a template: partials and pages alike. */
static str text_of(void *context, str name)
{
    static const char *const place[] = {
        "web/%.*s.html", "web/components/%.*s/%.*s.html"
    };
    static const char *const room_place[] = {
        "src/%.*s/pages/%.*s.html", "src/kernel/%.*s/pages/%.*s.html"
    };
    char path[256];
    (void)context;
    if (name.n > 80)
        return str_none;
    ptrdiff_t slash = str_find_byte(name, '/');
    str room = slash < 0 ? name : str_slice(name, 0, (size_t)slash);
    str page = slash < 0 ? name : str_slice(name, (size_t)slash + 1, name.n);
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, slash < 0 ? place[i] : room_place[i],
                 STR_ARG(room), STR_ARG(page));
        str text = page_asset(path);
        if (!str_is_none(text))
            return text;
    }
    return str_none;
}

static enum err compile_page(struct arena *a, str name, str text,
                             struct template **out, str *problem)
{
    return page_compile_named(a, name, text, text_of, NULL, PAGE_SITE, out,
                              problem);
}

static void load_one(void *context, str path, str text)
{
    struct pages *p = context;
    str name = name_of(p->arena, path);
    if (p->result != OK || str_is_none(name))
        return;
    if (p->n == p->cap) {
        p->cap = p->cap ? p->cap * 2 : 64;
        struct page *page = ARENA_NEW_N(p->arena, struct page, p->cap);
        if (p->n)
            memcpy(page, p->page, p->n * sizeof *page);
        p->page = page;
    }
    struct page *page = &p->page[p->n++];
    page->name = name;
    p->result = compile_page(p->arena, name, text, &page->template,
                             p->problem);
}

static int compare_name(const void *a, const void *b)
{
    return str_cmp(((const struct page *)a)->name,
                   ((const struct page *)b)->name);
}

enum err pages_load(const char *dir, struct arena *a, struct pages **out,
                    str *problem)
{
    struct pages *p = ARENA_NEW(a, struct pages);
    p->arena = a;
    p->problem = problem;
    p->dev = dir != NULL;
    asset_from(dir);
    page_assets("web/", load_one, p);
    page_assets("src/", load_one, p);
    p->problem = NULL;
    if (p->result != OK)
        return p->result;
    if (p->n)
        qsort(p->page, p->n, sizeof *p->page, compare_name);
    *out = p;
    return OK;
}

/* Everything belongs to the arena that was given. */
void pages_free(struct pages *p)
{
    if (p && p->dev)
        asset_from(NULL);
}

/* A page as it is on the disk now; a mistake in it is shown in its place. */
static enum err render_dev(str name, const struct value *shell,
                           const struct value *root, struct buf *out)
{
    struct arena a = { 0 };
    struct template *t;
    str problem = str_none;
    str text = text_of(NULL, name);
    enum err e = str_is_none(text) ? ERR_NOTFOUND : OK;
    if (e == OK && compile_page(&a, name, text, &t, &problem) == OK)
        page_run_in(t, shell, root, out);
    else if (e == OK)
        buf_put(out, problem);
    arena_free(&a);
    return e;
}

enum err page_render_in(struct pages *p, str name, const struct value *shell,
                        const struct value *root, struct buf *out)
{
    if (p->dev)
        return render_dev(name, shell, root, out);
    struct page key = { .name = name };
    const struct page *page = p->n ? bsearch(&key, p->page, p->n,
                                             sizeof key, compare_name) : NULL;
    if (page == NULL)
        return ERR_NOTFOUND;
    page_run_in(page->template, shell, root, out);
    return OK;
}

enum err page_render(struct pages *p, str name, const struct value *root,
                     struct buf *out)
{
    return page_render_in(p, name, NULL, root, out);
}

struct value *page_html(struct arena *a, str markup)
{
    struct value *v = value_new(a, VALUE_HTML);
    v->text = markup;
    return v;
}
