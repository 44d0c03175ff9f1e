/*
 * The home page: what do you want to do today, and how the offices stand.
 *
 * The same for everybody, so it is made once for each change of the board and
 * served from memory in between; its list is sent again to whoever leaves the
 * page open.
 */
#include "portal/pages.h"

#include "portal/queries.gen.h"
#include "portal/show.h"

enum { ROWS = 8, HOT = 5 };

/* The eight matters something happened to last.  One matter often has several
 * events in a row, so more are read than shown. */
static enum err show_rows(struct tx *tx, struct view *v)
{
    struct value *list = view_list(v, "rows");
    struct home_threads *t;
    int64_t seen[ROWS], shown = 0;
    size_t n, count = 0;
    enum err e = home_threads(tx, &t, &n);
    if (e != OK)
        return e;
    for (size_t i = 0; i < n && count < ROWS; i++) {
        bool again = false;
        for (size_t k = 0; k < count; k++)
            again |= seen[k] == t[i].thread;
        if (!again)
            seen[count++] = t[i].thread;
    }
    return portal_cases(tx, v, list, seen, count, &shown);
}

static void link_to(struct view *v, struct value *list, str label, str href)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", label);
    view_text(&row, "href", href);
}

static void tile(struct view *v, struct value *list, const char *label,
                 str remark, const char *icon, const char *href)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(label));
    view_text(&row, "remark", remark);
    view_text(&row, "icon", str_of(icon));
    view_text(&row, "href", str_of(href));
}

/* Themes first; a city that has fewer shows the head of its catalogue. */
static enum err show_hot(struct tx *tx, struct view *v,
                         const struct home_themes *t, size_t n)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "hot");
    for (size_t i = 0; i < n && i < HOT; i++)
        link_to(v, list, t[i].title,
                arena_printf(a, "/services/themes/%.*s", STR_ARG(t[i].code)));
    if (n >= HOT)
        return OK;
    struct home_first_items *items;
    size_t m;
    enum err e = home_first_items(tx, &items, &m);
    for (size_t i = 0; e == OK && i < m && n + i < HOT; i++)
        link_to(v, list, items[i].name,
                arena_printf(a, "/services/items/%.*s",
                             STR_ARG(items[i].code)));
    return e;
}

/* 309,500 of 310,527 is 99.67%; only all of them are 100. */
static str rate_of(struct arena *a, int64_t filed, int64_t closed)
{
    if (filed == 0)
        return STR("—");
    int64_t rate = (closed * 10000 + filed / 2) / filed;
    if (rate > 9999 && closed < filed)
        rate = 9999;
    return arena_printf(a, "%lld.%02lld%%", (long long)(rate / 100),
                        (long long)(rate % 100));
}

static enum err show_figures(struct tx *tx, struct view *v, size_t themes)
{
    struct arena *a = v->arena;
    struct home_today today;
    struct home_total all;
    struct home_items items;
    enum err e = home_today(tx, tx_today(tx), &today);
    if (e == OK)
        e = home_total(tx, &all);
    if (e == OK)
        e = home_items(tx, &items);
    if (e != OK)
        return e;
    struct value *tiles = view_list(v, "tiles");
    tile(v, tiles, "一件事", arena_printf(a, "%zu 个主题", themes),
         "list-checks", "/services/themes");
    tile(v, tiles, "全部事项",
         arena_join(a, value_grouped(a, items.items), STR(" 项")),
         "folder-open", "/services/items");
    tile(v, tiles, "网上可办",
         arena_join(a, value_grouped(a, items.online), STR(" 项")), "globe",
         "/services/items?online=1");
    tile(v, tiles, "查办件进度", STR("编号即查"), "timer", "/board");
    view_count(v, "filed_today", today.filed);
    view_count(v, "closed_today", today.closed);
    view_count(v, "filed", all.filed);
    view_count(v, "closed", all.closed);
    view_text(v, "rate", rate_of(a, all.filed, all.closed));
    view_count(v, "items", items.items);
    view_count(v, "online", items.online);
    return OK;
}

enum err home_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct home_themes *t;
    size_t n;
    int minute = inst_minute(tx->now);
    enum err e = home_themes(tx, &t, &n);
    if (e == OK)
        e = show_hot(tx, v, t, n);
    if (e == OK)
        e = show_figures(tx, v, n);
    if (e != OK)
        return e;
    rq_menu(rq, "home");
    view_text(v, "updated", arena_printf(v->arena, "%02d:%02d", minute / 60,
                                         minute % 60));
    struct value *themes = view_list(v, "themes");
    for (size_t i = 0; i < n && i < 6; i++)
        portal_theme(v, themes, t[i].code, t[i].title, t[i].summary,
                     t[i].icon);
    view_count(v, "theme_count", (int64_t)n);
    e = show_rows(tx, v);
    view_text(v, "live", STR("/home/rows"));
    return e;
}

enum err home_rows_show(struct request *rq, struct tx *tx)
{
    return show_rows(tx, rq_view(rq));
}
