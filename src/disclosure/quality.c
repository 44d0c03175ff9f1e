/*
 * How an organisation keeps its part of the catalogue: what is overdue, what
 * came late, what a class still lacks, and the score that follows.
 */
#include "disclosure/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

enum { CLASSES = 100, LIMIT_DAYS = 20 };

/* The organisation that is looked at: one's own, or for those who look at all
 * of them the one asked for. */
static str unit_of(struct request *rq, struct tx *tx)
{
    str asked = rq_text(rq, "unit");
    return auth_sees_all(tx->who->role) && asked.n ? asked : tx->who->unit;
}

static int64_t count_of(const struct unit_classes *c, size_t n, str class)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(c[i].class, class))
            return c[i].entries;
    return 0;
}

/* D001 publishes for the government itself. */
static bool is_office(str unit)
{
    return str_is(unit, "D001");
}

static enum err show_score(struct tx *tx, struct view *v, str unit, str kind,
                           int year)
{
    struct unit_classes *have;
    struct disclosure_catalogue scored[CLASSES];
    size_t n, rows = 0;
    int count, score = 0;
    const struct disclosure_category *c = disclosure_categories(&count);
    struct value *list = view_list(v, "classes");
    enum err e = unit_classes(tx, unit, year, &have, &n);
    for (int i = 0; e == OK && i < count && rows < CLASSES; i++) {
        if (c[i].parent.n || !disclosure_concerns(&c[i], kind,
                                                  is_office(unit)))
            continue;
        int64_t published = count_of(have, n, c[i].code);
        scored[rows++] = (struct disclosure_catalogue){
            .required = c[i].least, .published = published,
            .weight = c[i].weight };
        struct view row = view_row(v, list);
        view_text(&row, "name", c[i].name);
        view_text(&row, "article", c[i].article);
        view_int(&row, "required", c[i].least);
        view_int(&row, "published", published);
        view_int(&row, "weight", c[i].weight);
        view_bool(&row, "short", published < c[i].least);
    }
    if (e == OK)
        e = disclosure_score(scored, rows, &score);
    view_text(v, "score", arena_printf(v->arena, "%d.%02d", score / 100,
                                       score % 100));
    return e;
}

static enum err show_overdue(struct tx *tx, struct view *v, str unit)
{
    struct overdue *o;
    size_t n;
    /* Formed before it: more than 20 working days have passed today. */
    day before = calendar_add_working(tx->calendar, tx_today(tx),
                                      -LIMIT_DAYS);
    struct value *list = view_list(v, "overdue");
    enum err e = overdue(tx, unit, before, &o, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        int late = disclosure_days_late(tx->calendar, o[i].formed,
                                        tx_today(tx));
        if (late == 0)
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "code", o[i].code);
        view_text(&row, "title", o[i].title);
        view_day(&row, "formed", o[i].formed);
        view_int(&row, "late", late);
        page_tag(&row, "state", disclosure_tag(o[i].work, STR("new"),
                                               STR("valid"), day_none,
                                               tx_today(tx)));
    }
    return e;
}

static enum err show_late(struct tx *tx, struct view *v, str unit, int year)
{
    struct released_late *r;
    size_t n;
    struct value *list = view_list(v, "late");
    enum err e = released_late(tx, unit, year, &r, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", r[i].code);
        view_text(&row, "title", r[i].title);
        view_day(&row, "formed", r[i].formed);
        view_day(&row, "published", r[i].published);
        view_int(&row, "days", r[i].late);
    }
    return e;
}

static enum err show_units(struct tx *tx, struct view *v, str unit)
{
    struct guide_units *u;
    size_t n = 0;
    struct value *list = view_list(v, "units");
    enum err e = auth_sees_all(tx->who->role) ? guide_units(tx, &u, &n) : OK;
    for (size_t i = 0; e == OK && i < n; i++)
        page_option(v, list, u[i].code, u[i].name, unit);
    return e;
}

enum err disclosure_quality_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    str unit = unit_of(rq, tx);
    struct unit_short name;
    int year, month, mday;
    day_split(tx_today(tx), &year, &month, &mday);
    enum err e = unit_short(tx, unit, &name);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个单位，请从列表里选择。");
    if (e != OK)
        return e;
    rq_menu(rq, "desk.disclosure");
    view_text(v, "unit_name", name.name);
    view_int(v, "year", year);
    view_bool(v, "all", auth_sees_all(tx->who->role));
    e = show_units(tx, v, unit);
    if (e == OK)
        e = show_score(tx, v, unit, name.kind, year);
    if (e == OK)
        e = show_overdue(tx, v, unit);
    return e == OK ? show_late(tx, v, unit, year) : e;
}
