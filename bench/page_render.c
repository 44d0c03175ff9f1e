/*
 * How long does one list page take from value tree to HTML?
 *
 * Unit: microseconds a page of 20 rows, about 20 KB.  Why it matters: the
 * public board is rendered for every visitor whose page is not cached; at
 * 40 us one core renders 25,000 a second.  Worry above 40.
 */
#include "kernel/page/page.h"
#include "kernel/page/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROWS = 20, ROUNDS = 5, PAGES = 4000 };

static struct arena arena;

static str read_all(const char *path)
{
    struct buf b = { 0 };
    size_t n;
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        exit(2);
    while ((n = fread(buf_room(&b, 65536), 1, 65536, f)) > 0)
        b.n += n;
    fclose(f);
    return arena_str(&arena, buf_str(&b));
}

static struct value *read_json(const char *path)
{
    struct value *v;
    str problem;
    if (value_read_json(&arena, read_all(path), &v, &problem) != OK)
        exit(2);
    return v;
}

/* The example's rows again and again, until there are twenty. */
static void fill_rows(struct value *root)
{
    struct value *rows = (struct value *)(uintptr_t)value_get(root,
                                                              STR("rows"));
    for (const struct value *v = rows->first; rows->count < ROWS; v = v->next) {
        struct value *row = value_new(&arena, VALUE_OBJECT);
        row->first = v->first;
        row->last = v->last;
        row->count = v->count;
        value_push(rows, row);
    }
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double round_of(struct pages *p, const struct value *site,
                       const struct value *root, struct buf *out)
{
    double begin = seconds();
    for (int i = 0; i < PAGES; i++) {
        buf_clear(out);
        if (page_render_in(p, STR("services/board"), site, root, out) != OK)
            exit(2);
    }
    return (seconds() - begin) * 1e6 / PAGES;
}

int main(void)
{
    struct pages *p;
    struct buf out = { 0 };
    str problem;
    double best = 1e9;
    if (pages_load(NULL, &arena, &p, &problem) != OK)
        return 2;
    struct value *root = read_json("src/services/pages/examples/board.json");
    struct value *site = read_json("web/examples/site.json");
    view_adopt(STR("services/board"), root);
    fill_rows(root);
    for (int i = 0; i < ROUNDS; i++) {
        double us = round_of(p, site, root, &out);
        best = us < best ? us : best;
    }
    printf("page_render\t%.1f\tus/page\t%zu bytes\n", best, out.n);
    buf_free(&out);
    arena_free(&arena);
    return 0;
}
