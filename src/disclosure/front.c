/*
 * 政府信息公开: the first page, the guide with whom to ask, and the figures of
 * a year.
 */
#include "disclosure/pages.h"

#include "kernel/page/page.h"

enum { NEWEST = 8 };

/* ---- the first page ---- */

static int64_t sum_class(const struct entry_sums *s, size_t n, str class)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        if (class.n == 0 || str_eq(s[i].class, class))
            sum += s[i].entries;
    return sum;
}

/* Every class stands there, those nobody has filled yet too. */
static void show_classes(struct view *v, const struct entry_sums *s, size_t n)
{
    int count;
    const struct disclosure_category *c = disclosure_categories(&count);
    struct value *list = view_list(v, "classes");
    for (int i = 0; i < count; i++) {
        if (c[i].parent.n)
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "code", c[i].code);
        view_text(&row, "name", c[i].name);
        view_text(&row, "article", c[i].article);
        view_count(&row, "count", sum_class(s, n, c[i].code));
    }
}

static enum err show_units(struct tx *tx, struct view *v,
                           const struct entry_sums *s, size_t n)
{
    struct open_units *u;
    size_t units;
    enum err e = open_units(tx, &u, &units);
    struct value *list = view_list(v, "units");
    for (size_t i = 0; e == OK && i < units; i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < n; k++)
            if (str_eq(s[k].unit, u[i].code))
                sum += s[k].entries;
        struct view row = view_row(v, list);
        view_text(&row, "code", u[i].code);
        view_text(&row, "name", u[i].short_name);
        view_count(&row, "count", sum);
    }
    return e;
}

/* The last few years, whatever was published in them. */
static void show_years(struct view *v, const struct entry_sums *s, size_t n)
{
    struct value *list = view_list(v, "years");
    for (int64_t last = INT64_MAX; true;) {
        int64_t year = 0, sum = 0;
        for (size_t i = 0; i < n; i++)
            if (s[i].year < last && s[i].year > year)
                year = s[i].year;
        if (year == 0)
            return;
        for (size_t i = 0; i < n; i++)
            sum += s[i].year == year ? s[i].entries : 0;
        struct view row = view_row(v, list);
        view_int(&row, "year", year);
        view_count(&row, "count", sum);
        last = year;
    }
}

static void show_one(struct view *v, struct value *list, str code, str title,
                     str unit_name, day published)
{
    struct view row = view_row(v, list);
    view_text(&row, "code", code);
    view_text(&row, "title", title);
    view_text(&row, "unit_name", unit_name);
    view_day(&row, "published", published);
}

static enum err show_newest(struct tx *tx, struct view *v)
{
    struct open_page *p;
    size_t n;
    struct value *list = view_list(v, "rows");
    enum err e = open_page(tx, STR("live"), STR(""), STR(""), 0, STR(""),
                           INT64_MAX, &p, &n);
    for (size_t i = 0; e == OK && i < n && i < NEWEST; i++)
        show_one(v, list, p[i].code, p[i].title, p[i].unit_name,
                 p[i].published);
    return e;
}

enum err disclosure_front_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct entry_sums *s;
    size_t n;
    enum err e = entry_sums(tx, &s, &n);
    if (e != OK)
        return e;
    rq_menu(rq, "disclosure");
    view_count(v, "total", sum_class(s, n, STR("")));
    show_classes(v, s, n);
    show_years(v, s, n);
    e = show_units(tx, v, s, n);
    return e == OK ? show_newest(tx, v) : e;
}

/* ---- the guide ---- */

static enum err show_reports(struct tx *tx, struct view *v, const char *name,
                             const char *category)
{
    struct open_guides *g;
    size_t n;
    struct value *list = view_list(v, name);
    enum err e = open_guides(tx, str_of(category), INT64_MAX, &g, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        show_one(v, list, g[i].code, g[i].title, g[i].unit_name,
                 g[i].published);
    return e;
}

enum err disclosure_guide_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct guide_units *u;
    size_t n;
    enum err e = guide_units(tx, &u, &n);
    struct value *list = view_list(v, "units");
    rq_menu(rq, "disclosure");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", u[i].code);
        view_text(&row, "name", u[i].name);
        view_text(&row, "address", disclosure_text(u[i].address));
        view_text(&row, "hours", disclosure_text(u[i].hours));
        view_text(&row, "phone", disclosure_text(u[i].phone));
    }
    return e == OK ? show_reports(tx, v, "guides", "C2801") : e;
}

/* ---- the figures of a year ---- */

static void figure(struct view *v, struct value *list, const char *label,
                   int64_t n, const char *unit)
{
    page_fact(v, list, label,
              arena_printf(v->arena, "%.*s %s",
                           STR_ARG(value_grouped(v->arena, n)), unit));
}

static enum err show_published(struct tx *tx, struct view *v, str unit,
                               int year, int64_t *sum, int64_t *late)
{
    struct year_classes *c;
    size_t n;
    struct value *list = view_list(v, "classes");
    enum err e = year_classes(tx, unit, year, &c, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", c[i].class);
        view_text(&row, "name", c[i].class_name);
        view_count(&row, "count", c[i].entries);
        view_count(&row, "late", c[i].late);
        *sum += c[i].entries;
        *late += c[i].late;
    }
    return e;
}

static enum err show_figures(struct tx *tx, struct view *v, str unit, int year)
{
    struct year_norms norms;
    struct year_handled handled;
    struct year_asked asked;
    int64_t sum = 0, late = 0;
    str first = arena_printf(tx->arena, "SX%04d", year);
    str beyond = arena_printf(tx->arena, "SX%04d", year + 1);
    day from = day_of(year, 1, 1), until = day_of(year, 12, 31);
    enum err e = show_published(tx, v, unit, year, &sum, &late);
    if (e == OK)
        e = year_norms(tx, unit, from, until, &norms);
    if (e == OK)
        e = year_handled(tx, unit, from, until, &handled);
    if (e == OK)
        e = year_asked(tx, unit, first, beyond, &asked);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "facts");
    figure(v, list, "主动公开政府信息", sum, "条");
    figure(v, list, "其中超过二十个工作日公开", late, "条");
    figure(v, list, "行政规范性文件：本年制发", norms.made, "件");
    figure(v, list, "行政规范性文件：本年废止、失效", norms.ended, "件");
    figure(v, list, "行政规范性文件：现行有效", norms.valid, "件");
    figure(v, list, "政务服务办结", handled.closed, "件");
    figure(v, list, "收到政府信息公开申请", asked.requests, "件");
    figure(v, list, "其中已经办结", asked.answered, "件");
    return OK;
}

static void show_year_options(struct view *v, int this_year, int chosen)
{
    struct value *list = view_list(v, "years");
    for (int year = this_year; year > this_year - 5; year--) {
        str text = arena_printf(v->arena, "%d", year);
        page_option(v, list, text, text,
                    arena_printf(v->arena, "%d", chosen));
    }
}

static enum err show_unit_options(struct tx *tx, struct view *v, str unit)
{
    struct open_units *u;
    size_t n;
    struct value *list = view_list(v, "units");
    enum err e = open_units(tx, &u, &n);
    page_option(v, list, STR(""), STR("全市"), unit);
    for (size_t i = 0; e == OK && i < n; i++)
        page_option(v, list, u[i].code, u[i].name, unit);
    return e;
}

enum err disclosure_report_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct unit_short name = { .name = STR("全市") };
    str unit = rq_text(rq, "unit");
    int this_year, month, mday;
    day_split(tx_today(tx), &this_year, &month, &mday);
    int year = (int)rq_int(rq, "year", this_year);
    enum err e = unit.n ? unit_short(tx, unit, &name) : OK;
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个单位，请从列表里选择。");
    if (e != OK)
        return e;
    rq_menu(rq, "disclosure");
    view_int(v, "year", year);
    view_text(v, "unit_name", name.name);
    view_bool(v, "running", year == this_year);
    show_year_options(v, this_year, year);
    e = show_unit_options(tx, v, unit);
    if (e == OK)
        e = show_figures(tx, v, unit, year);
    return e == OK ? show_reports(tx, v, "reports", "C2803") : e;
}
