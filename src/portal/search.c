/*
 * Search over everything there is today: themes, items, cases.
 *
 * A number finds its case; words find what has all of them.  When nothing has,
 * the words are taken apart, two characters at a time, and what any piece finds
 * is offered: somebody who writes 开面管 wants to open a restaurant.
 * Applicants cannot be searched for: their names are not in what everybody may
 * search.
 */
#include "portal/pages.h"

#include "kernel/page/page.h"
#include "kernel/search/search.h"
#include "portal/queries.gen.h"
#include "portal/show.h"

enum { THEMES = 12, ITEMS = 30, CASES = 20, NEAR = 5, PIECES = 8 };

static enum err find(struct tx *tx, const char *kind, str words, int64_t before,
                     int limit, int64_t **ids, size_t *n)
{
    struct search_query q = { .kind = str_of(kind), .words = words,
                              .before = before, .limit = limit };
    return search_find(tx, &q, ids, n);
}

static enum err show_themes(struct tx *tx, struct view *v, str words,
                            int64_t *found)
{
    int64_t *ids;
    size_t n;
    struct search_themes *t = NULL;
    struct value *list = view_list(v, "themes");
    enum err e = find(tx, "theme", words, 0, THEMES, &ids, &n);
    if (e == OK)
        e = search_themes(tx, search_list(tx->arena, ids, n), &t, &n);
    for (size_t i = 0; e == OK && i < n; i++, ++*found)
        portal_theme(v, list, t[i].code, t[i].title, t[i].summary, t[i].icon);
    return e;
}

static enum err show_items(struct tx *tx, struct view *v, str words,
                           int64_t *found)
{
    int64_t *ids;
    size_t n;
    struct search_items *item = NULL;
    struct value *list = view_list(v, "items");
    enum err e = find(tx, "item", words, 0, ITEMS, &ids, &n);
    if (e == OK)
        e = search_items(tx, search_list(tx->arena, ids, n), &item, &n);
    for (size_t i = 0; e == OK && i < n; i++, ++*found) {
        struct view row = view_row(v, list);
        view_text(&row, "code", item[i].code);
        view_text(&row, "name", item[i].name);
        view_text(&row, "unit_name", item[i].unit_name);
        view_text(&row, "promised",
                  arena_printf(v->arena, "%lld 个工作日",
                               (long long)item[i].promised_n));
        view_bool(&row, "online", item[i].online != 0);
    }
    return e;
}

/* A case by its number, whole or with its part. */
static enum err case_by_number(struct tx *tx, struct view *v,
                               struct value *list, str number, int64_t *found)
{
    struct home_case_id id;
    enum err e = home_case_id(tx, number, &id);
    if (e == OK)
        return portal_cases(tx, v, list, &id.id, 1, found);
    return e == ERR_NOTFOUND ? OK : e;
}

/* *next: the id to go on before, 0 when these are all. */
static enum err show_cases(struct tx *tx, struct view *v, str words,
                           int64_t before, int64_t *found, int64_t *next)
{
    int64_t *ids;
    size_t n;
    struct value *list = view_list(v, "cases");
    *next = 0;
    if (str_starts(words, STR("YX")) && str_find_byte(words, ' ') < 0)
        return case_by_number(tx, v, list, words, found);
    enum err e = find(tx, "case", words, before, CASES + 1, &ids, &n);
    if (e == OK && n > CASES)
        *next = ids[CASES - 1];
    if (e == OK)
        e = portal_cases(tx, v, list, ids, n < CASES ? n : CASES, found);
    return e;
}

/* ---- when nothing was found ---- */

struct near {
    struct tx *tx;
    struct view *v;
    struct value *list;
    int64_t seen[NEAR];
    int count, asked;
};

static void offer(struct near *r, int64_t id, str label, str href)
{
    for (int i = 0; i < r->count; i++)
        if (r->seen[i] == id)
            return;
    r->seen[r->count++] = id;
    struct view row = view_row(r->v, r->list);
    view_text(&row, "label", label);
    view_text(&row, "href", href);
}

static enum err near_themes(struct near *r, str piece)
{
    int64_t *ids;
    size_t n;
    struct search_themes *t = NULL;
    enum err e = find(r->tx, "theme", piece, 0, NEAR, &ids, &n);
    if (e == OK)
        e = search_themes(r->tx, search_list(r->tx->arena, ids, n), &t, &n);
    for (size_t i = 0; e == OK && i < n && r->count < NEAR; i++)
        offer(r, t[i].id, t[i].title,
              arena_printf(r->v->arena, "/services/themes/%.*s",
                           STR_ARG(t[i].code)));
    return e;
}

static enum err near_items(struct near *r, str piece)
{
    int64_t *ids;
    size_t n;
    struct search_items *item = NULL;
    enum err e = find(r->tx, "item", piece, 0, NEAR, &ids, &n);
    if (e == OK)
        e = search_items(r->tx, search_list(r->tx->arena, ids, n), &item, &n);
    for (size_t i = 0; e == OK && i < n && r->count < NEAR; i++)
        offer(r, item[i].id, item[i].name,
              arena_printf(r->v->arena, "/services/items/%.*s",
                           STR_ARG(item[i].code)));
    return e;
}

/* Every `size` neighbouring characters of the words, left to right. */
static enum err near_pieces(struct near *r, str words, size_t size,
                            enum err (*look)(struct near *r, str piece))
{
    size_t at = 0;
    enum err e = OK;
    while (e == OK && r->count < NEAR && r->asked < PIECES) {
        str piece = utf8_head(str_slice(words, at, words.n), size);
        if (utf8_count(piece) < size)
            break;
        r->asked++;
        e = look(r, piece);
        utf8_next(words, &at);
    }
    r->asked = 0;
    return e;
}

static enum err show_near(struct tx *tx, struct view *v, str words)
{
    struct near r = { .tx = tx, .v = v, .list = view_list(v, "near") };
    enum err e = near_pieces(&r, words, 2, near_themes);
    if (e == OK)
        e = near_pieces(&r, words, 2, near_items);
    if (e == OK && r.count == 0)
        e = near_pieces(&r, words, 1, near_themes);
    return e;
}

/* ---- the page ---- */

/* An address may not have a space or an ideograph in a link's query. */
static str encoded(struct arena *a, str words)
{
    static const char hex[] = "0123456789ABCDEF";
    char *p = arena_alloc(a, words.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < words.n; i++) {
        unsigned char c = (unsigned char)words.p[i];
        p[n++] = '%';
        p[n++] = hex[c >> 4];
        p[n++] = hex[c & 15];
    }
    return (str){ p, n };
}

static void show_pager(struct request *rq, struct view *v, str words,
                       int64_t found, int64_t next)
{
    bool first = !rq_has(rq, "before");
    if (first && next == 0) {
        view_text(v, "pager", str_none);
        return;
    }
    str same = arena_printf(v->arena, "/search?words=%.*s",
                            STR_ARG(encoded(v->arena, words)));
    page_pager_next(v, "pager", first ? STR("") : same,
                    next ? arena_printf(v->arena, "%.*s&before=%lld",
                                        STR_ARG(same), (long long)next)
                         : STR(""),
                    found, CASES);
}

enum err search_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    str words = rq_text(rq, "words");
    int64_t found = 0, next = 0;
    view_text(v, "words", words);
    enum err e = show_themes(tx, v, words, &found);
    if (e == OK)
        e = show_items(tx, v, words, &found);
    if (e == OK)
        e = show_cases(tx, v, words, rq_int(rq, "before", 0), &found, &next);
    view_count(v, "total", found);
    view_bool(v, "more", next != 0 || rq_has(rq, "before"));
    if (e == OK && found == 0 && words.n)
        e = show_near(tx, v, words);
    else
        view_list(v, "near");
    show_pager(rq, v, words, found, next);
    return e;
}
