/*
 * Search over everything there is today: themes, items, cases.
 *
 * A number finds its case; themes and items are found by what is meant, cases
 * and, with exact=1, the others by all of the words as typed.  When nothing is
 * found, the words are taken apart, two characters at a time, and what any
 * piece finds is offered.
 * Applicants cannot be searched for: their names are not in what everybody may
 * search.
 */
#include "portal/pages.h"

#include "kernel/page/page.h"
#include "kernel/search/kept.h"
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

/* ---- themes and items ---- */

/* What was found, by what is meant or by the words as typed, best first. */
struct answer {
    struct rank_found *found;
    size_t n;
    str understood;
};

static enum err find_exactly(struct tx *tx, const char *kind, str words,
                             int limit, struct answer *out)
{
    int64_t *ids;
    size_t n;
    enum err e = find(tx, kind, words, 0, limit, &ids, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        out->found[out->n++] = (struct rank_found){
            .id = ids[i], .theme = *kind == 't', .why = STR(""),
        };
    return e;
}

static enum err answer(struct tx *tx, str words, bool exact,
                       struct answer *out)
{
    struct rank_query q = { .words = words, .unit = STR(""), .limit = ITEMS };
    *out = (struct answer){ .understood = STR("") };
    if (!exact)
        return rank_ask(tx, &q, &out->found, &out->n, &out->understood);
    out->found = ARENA_NEW_N(tx->arena, struct rank_found, THEMES + ITEMS);
    enum err e = find_exactly(tx, "theme", words, THEMES, out);
    return e == OK ? find_exactly(tx, "item", words, ITEMS, out) : e;
}

/* The ids of one kind, for the statement that reads them. */
static str ids_of(struct tx *tx, const struct answer *a, bool theme)
{
    int64_t *ids = ARENA_NEW_N(tx->arena, int64_t, a->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++)
        if (a->found[i].theme == theme)
            ids[n++] = a->found[i].id;
    return search_list(tx->arena, ids, n);
}

static enum err show_themes(struct tx *tx, struct view *v,
                            const struct answer *a, int64_t *found)
{
    struct search_themes *t = NULL;
    size_t n = 0;
    struct value *list = view_list(v, "themes");
    enum err e = search_themes(tx, ids_of(tx, a, true), &t, &n);
    for (size_t i = 0; e == OK && i < a->n; i++)
        for (size_t k = 0; k < n && a->found[i].theme; k++)
            if (t[k].id == a->found[i].id) {
                portal_theme(v, list, t[k].code, t[k].title, t[k].summary,
                             t[k].icon);
                ++*found;
            }
    return e;
}

static void show_item(struct view *v, struct value *list,
                      const struct search_items *item, str why)
{
    struct view row = view_row(v, list);
    view_text(&row, "code", item->code);
    view_text(&row, "name", item->name);
    view_text(&row, "unit_name", item->unit_name);
    view_text(&row, "promised",
              arena_printf(v->arena, "%lld 个工作日",
                           (long long)item->promised_n));
    view_bool(&row, "online", item->online != 0);
    view_text(&row, "why", why);
}

static enum err show_items(struct tx *tx, struct view *v,
                           const struct answer *a, int64_t *found)
{
    struct search_items *item = NULL;
    size_t n = 0;
    struct value *list = view_list(v, "items");
    enum err e = search_items(tx, ids_of(tx, a, false), &item, &n);
    for (size_t i = 0; e == OK && i < a->n; i++)
        for (size_t k = 0; k < n && !a->found[i].theme; k++)
            if (item[k].id == a->found[i].id) {
                show_item(v, list, &item[k], a->found[i].why);
                ++*found;
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

/* This search again, exactly or not. */
static str address_of(struct view *v, str words, bool exact)
{
    return arena_printf(v->arena, "/search?words=%.*s%s",
                        STR_ARG(page_query_text(v->arena, words)),
                        exact ? "&exact=1" : "");
}

static void show_pager(struct request *rq, struct view *v, str words,
                       int64_t found, int64_t next)
{
    bool first = !rq_has(rq, "before");
    if (first && next == 0) {
        view_text(v, "pager", str_none);
        return;
    }
    str same = address_of(v, words, rq_flag(rq, "exact"));
    page_pager_part(v, "pager", first ? STR("") : same,
                    next ? arena_printf(v->arena, "%.*s&before=%lld",
                                        STR_ARG(same), (long long)next)
                         : STR(""),
                    found, CASES);
}

/* What the words were taken for, and the way to what was typed. */
static void show_understood(struct view *v, str words, bool exact,
                            const struct answer *a)
{
    view_text(v, "understood", a->understood);
    view_text(v, "exact", a->understood.n ? address_of(v, words, true)
                                          : STR(""));
    view_text(v, "loose", exact ? address_of(v, words, false) : STR(""));
}

enum err search_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    str words = rq_text(rq, "words");
    bool exact = rq_flag(rq, "exact");
    int64_t found = 0, next = 0;
    struct answer a;
    view_text(v, "words", words);
    enum err e = answer(tx, words, exact, &a);
    if (e != OK)
        return e;
    show_understood(v, words, exact, &a);
    e = show_themes(tx, v, &a, &found);
    if (e == OK)
        e = show_items(tx, v, &a, &found);
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
