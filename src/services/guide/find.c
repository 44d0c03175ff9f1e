/*
 * What the catalogue is found by: the documents of the ranking (kernel/search),
 * read once for each change of the catalogue.
 */
#include "services/services.h"

#include "services/queries.gen.h"

#include <stdlib.h>

/* The result and the materials; *m walks the list beside the items. */
static str about_of(struct tx *tx, const struct catalogue_items *i,
                    const struct catalogue_materials *m, size_t n, size_t *at)
{
    struct buf b = { 0 };
    if (!str_is_none(i->result))
        buf_put(&b, i->result);
    while (*at < n && str_cmp(m[*at].item, i->code) < 0)
        ++*at;
    for (; *at < n && str_eq(m[*at].item, i->code); ++*at) {
        buf_byte(&b, ' ');
        buf_put(&b, m[*at].name);
    }
    str about = arena_str(tx->arena, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return about;
}

static enum err add_items(struct tx *tx, struct rank_doc *docs,
                          const struct catalogue_items *i, size_t n)
{
    struct catalogue_materials *m;
    size_t count, at = 0;
    enum err e = catalogue_materials(tx, &m, &count);
    for (size_t k = 0; e == OK && k < n; k++)
        docs[k] = (struct rank_doc){
            .id = i[k].id, .code = i[k].code, .name = i[k].name,
            .unit = i[k].unit, .unit_name = i[k].unit_name,
            .about = about_of(tx, &i[k], m, count, &at),
            .position = i[k].position, .online = i[k].online != 0,
        };
    return e;
}

static int by_code(const void *key, const void *item)
{
    const struct catalogue_items *i = item;
    return str_cmp(*(const str *)key, i->code);
}

/* Not while an item it is made of is paused or withdrawn (offer.c: halted). */
static bool offered(struct tx *tx, const struct catalogue_themes *t,
                    const struct catalogue_items *items, size_t n)
{
    struct value *body;
    str problem;
    if (value_read_json(tx->arena, t->body, &body, &problem) != OK)
        return false;
    const struct value *parts = value_get(body, STR("parts"));
    for (const struct value *p = parts ? parts->first : NULL; p; p = p->next) {
        str code = value_get_text(p, STR("item"));
        const struct catalogue_items *i =
            bsearch(&code, items, n, sizeof *items, by_code);
        if (i == NULL || !i->live)
            return false;
    }
    return true;
}

enum err services_catalogue(struct tx *tx, struct rank_doc **docs, size_t *n)
{
    struct catalogue_items *items;
    struct catalogue_themes *t;
    size_t count, themes;
    enum err e = catalogue_items(tx, &items, &count);
    if (e == OK)
        e = catalogue_themes(tx, &t, &themes);
    if (e != OK)
        return e;
    *docs = ARENA_NEW_N(tx->arena, struct rank_doc, count + themes + 1);
    *n = count;
    e = add_items(tx, *docs, items, count);
    for (size_t k = 0; k < themes; k++) {
        if (!offered(tx, &t[k], items, count))
            continue;
        (*docs)[(*n)++] = (struct rank_doc){
            .id = t[k].id, .code = t[k].code, .name = t[k].title,
            .unit = STR(""), .unit_name = STR(""), .about = t[k].summary,
            .position = t[k].position, .theme = true, .online = true,
        };
    }
    return e;
}
