/*
 * 公开阅览: what the government has published, at the terminal
 * (政府信息公开条例 第二十五条): by class or by words, then a page at a time
 * that needs no scrolling, and printed as a whole.
 */
#include "windows/pages.h"

#include "kernel/page/page.h"
#include "kernel/search/search.h"
#include "windows/show.h"

/* Rows of a list, and characters of large type, that fit a screen, upright or
 * lying. */
enum { OPEN_PAGE = 9, OPEN_ROOM = 380 };

/* ---- the list ---- */

struct shelf {
    struct tx *tx;
    struct view *v;
    struct value *list;
    int64_t next;          /* where the next page begins, or 0 */
};

static void add(struct shelf *s, str code, str title, str unit, day published)
{
    char text[DAY_TEXT];
    struct view row = view_row(s->v, s->list);
    view_text(&row, "code", code);
    view_text(&row, "title", title);
    view_text(&row, "about",
              arena_printf(s->v->arena, "%.*s，%.*s", STR_ARG(unit),
                           STR_ARG(day_text(published, text))));
}

static enum err shelf_class(struct shelf *s, str class, int64_t before)
{
    struct kiosk_open_page *p;
    size_t n;
    enum err e = kiosk_open_page(s->tx, class, before, &p, &n);
    for (size_t i = 0; e == OK && i < n && i < OPEN_PAGE; i++)
        add(s, p[i].code, p[i].title, p[i].unit_name, p[i].published);
    s->next = e == OK && n > OPEN_PAGE ? p[OPEN_PAGE - 1].place : 0;
    return e;
}

static enum err shelf_words(struct shelf *s, str words, int64_t before)
{
    struct search_query q = { .kind = STR("open"), .words = words,
                              .unit = STR(""), .before = before,
                              .limit = OPEN_PAGE + 1 };
    struct kiosk_open_found *f;
    int64_t *ids;
    size_t n;
    enum err e = search_find(s->tx, &q, &ids, &n);
    if (e == OK)
        e = kiosk_open_found(s->tx, search_list(s->tx->arena, ids, n), &f, &n);
    for (size_t i = 0; e == OK && i < n && i < OPEN_PAGE; i++)
        add(s, f[i].code, f[i].title, f[i].unit_name, f[i].published);
    s->next = e == OK && n > OPEN_PAGE ? f[OPEN_PAGE - 1].place : 0;
    return e;
}

static enum err show_classes(struct tx *tx, struct view *v, bool listed,
                             str class, str *name)
{
    struct kiosk_open_classes *c;
    size_t n;
    struct value *list = view_list(v, "classes");
    enum err e = kiosk_open_classes(tx, &c, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        if (str_eq(c[i].class, class))
            *name = c[i].class_name;
        if (!listed)
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "code", c[i].class);
        view_text(&row, "name", c[i].class_name);
        view_count(&row, "count", c[i].entries);
    }
    return e;
}

static str next_address(struct view *v, str hall, str class, str words,
                        int64_t next)
{
    if (next == 0)
        return STR("");
    return words.n
               ? arena_printf(v->arena, "/kiosk/%.*s/open?words=%.*s&before="
                              "%lld", STR_ARG(hall),
                              STR_ARG(page_query_text(v->arena, words)),
                              (long long)next)
               : arena_printf(v->arena, "/kiosk/%.*s/open?class=%.*s&before="
                              "%lld", STR_ARG(hall), STR_ARG(class),
                              (long long)next);
}

enum err kiosk_open_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    struct shelf s = { .tx = tx, .v = v };
    str class = rq_text(rq, "class"), words = rq_text(rq, "words");
    str name = STR("");
    bool front = class.n == 0 && words.n == 0;
    enum err e = window_terminal(rq, tx, &h);
    if (e == OK)
        e = show_classes(tx, v, front, class, &name);
    if (e == OK && class.n && name.n == 0)
        return rq_fail(rq, ERR_NOTFOUND,
                       "没有这个类别，请从列表里选择。");
    s.list = view_list(v, "rows");
    if (e == OK && words.n)
        e = shelf_words(&s, words, rq_int(rq, "before", 0));
    else if (e == OK && class.n)
        e = shelf_class(&s, class, rq_int(rq, "before", INT64_MAX));
    view_text(v, "words", words);
    view_text(v, "class_name", name);
    view_text(v, "next", next_address(v, h.code, class, words, s.next));
    return e;
}

/* ---- reading ---- */

static void show_facts(struct view *v, const struct kiosk_open_one *o)
{
    char formed[DAY_TEXT], published[DAY_TEXT];
    struct value *list = view_list(v, "facts");
    page_fact(v, list, "公开单位", o->unit_name);
    if (o->doc_no.n)
        page_fact(v, list, "文号", o->doc_no);
    page_fact(v, list, "索引号", o->index_no);
    page_fact(v, list, "成文日期",
              arena_str(v->arena, day_text(o->formed, formed)));
    page_fact(v, list, "发布日期",
              arena_str(v->arena, day_text(o->published, published)));
}

/* What has ended says so before anything else. */
static str warning(struct tx *tx, struct view *v,
                   const struct kiosk_open_one *o)
{
    char text[DAY_TEXT];
    if (str_is(o->state, "withdrawn"))
        return arena_printf(v->arena, "这条信息已经在 %.*s 撤下：%.*s",
                            STR_ARG(day_text(o->withdrawn, text)),
                            STR_ARG(o->withdrawn_why));
    if (str_is(o->effect, "valid") || o->effect_day.n > tx_today(tx).n)
        return STR("");
    return arena_printf(v->arena, "自 %.*s 起已经%s，下面是原来的内容",
                        STR_ARG(day_text(o->effect_day, text)),
                        str_is(o->effect, "void") ? "废止" : "失效");
}

static str page_address(struct view *v, str hall, str code, int page)
{
    return arena_printf(v->arena, "/kiosk/%.*s/open/%.*s?page=%d",
                        STR_ARG(hall), STR_ARG(code), page);
}

enum err kiosk_entry_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct hall_one h;
    struct kiosk_open_one o;
    str code = rq_path(rq, "entry");
    int page = (int)rq_int(rq, "page", 1);
    enum err e = window_terminal(rq, tx, &h);
    if (e == OK)
        e = kiosk_open_one(tx, code, &o);
    if (e == ERR_NOTFOUND && value_get(v->object, STR("hall")))
        return rq_fail(rq, e, "没有公开这条信息，请从列表里选择。");
    if (e != OK)
        return e;
    view_text(v, "title", o.title);
    view_text(v, "class", o.class);
    view_text(v, "class_name", o.class_name);
    view_text(v, "warning", warning(tx, v, &o));
    show_facts(v, &o);
    int pages = page_prose(v, "blocks", o.body, OPEN_ROOM, page);
    page_prose(v, "whole", o.body, 0, 1);
    view_int(v, "page", page);
    view_int(v, "pages", pages);
    view_text(v, "back", page > 1 ? page_address(v, h.code, code, page - 1)
                                  : STR(""));
    view_text(v, "onward", page < pages
                               ? page_address(v, h.code, code, page + 1)
                               : STR(""));
    return page <= pages ? OK
                         : rq_fail(rq, ERR_NOTFOUND,
                                   "没有这一页，请从第一页读起。");
}
