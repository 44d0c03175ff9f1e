/* One organisation under supervision: its people, then the cases that are late
 * or nearly so. */
#include "supervision/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "supervision/past.h"
#include "supervision/queries.gen.h"
#include "supervision/show.h"

enum { PAGE = 50 };

/* ---- by person ---- */

struct person {
    str name;
    int64_t open, late, closed, closed_late;
};

struct people {
    struct person *one;
    size_t n;
};

static struct person *person_of(struct people *p, str name)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->one[i].name, name))
            return &p->one[i];
    p->one[p->n].name = name;
    return &p->one[p->n++];
}

static void add_closed(struct people *p, str name, int64_t closed,
                       int64_t late)
{
    struct person *one = person_of(p, name);
    one->closed += closed;
    one->closed_late += late;
}

/* What is open now, what is kept of the days that are over, and the days that
 * are not over yet. */
static enum err read_people(struct tx *tx, str unit, const struct period *p,
                            struct people *out)
{
    struct officers_open *o;
    struct past_person *k;
    struct officers_closed *c;
    size_t n, past, m;
    enum err e = officers_open(tx, unit, watch_late_before(tx).n, &o, &n);
    if (e == OK)
        e = past_people(tx, p, unit, &k, &past);
    if (e == OK)
        e = officers_closed(tx, unit, day_begin(past_still_from(tx, p)),
                            day_begin((day){ p->to.n + 1 }), &c, &m);
    if (e != OK)
        return e;
    out->one = ARENA_NEW_N(tx->arena, struct person, n + past + m + 1);
    for (size_t i = 0; i < n; i++) {
        struct person *one = person_of(out, o[i].officer_name);
        one->open = o[i].cases;
        one->late = o[i].late;
    }
    for (size_t i = 0; i < past; i++)
        add_closed(out, k[i].name, k[i].closed, k[i].late);
    for (size_t i = 0; i < m; i++)
        add_closed(out, c[i].officer_name, c[i].cases, c[i].late);
    return OK;
}

static enum err show_people(struct tx *tx, struct view *v, str unit,
                            const struct period *p)
{
    struct people people = { 0 };
    enum err e = read_people(tx, unit, p, &people);
    struct value *list = view_list(v, "officers");
    for (size_t i = 0; e == OK && i < people.n; i++) {
        const struct person *one = &people.one[i];
        struct view row = view_row(v, list);
        view_text(&row, "name", one->name);
        view_count(&row, "open", one->open);
        view_count(&row, "closed", one->closed);
        view_count(&row, "late", one->late + one->closed_late);
        watch_rate(&row, one->closed, one->closed_late);
    }
    return e;
}

/* ---- by case ---- */

static void show_row(struct tx *tx, struct view *v, struct value *list,
                     const struct open_of_unit *c)
{
    struct clock_face face = CLOCK_FACE(*c);
    const struct card_kind *card = c->red      ? card_kind_of(STR("red"))
                                   : c->yellow ? card_kind_of(STR("yellow"))
                                               : NULL;
    struct view row = view_row(v, list);
    view_text(&row, "number", c->number);
    view_text(&row, "title", c->title);
    view_text(&row, "officer_name", c->officer_name);
    view_day_short(&row, "due", day_is_none(c->clock_start) ? c->accept_by
                                                            : c->clock_due);
    page_state(&row, "state", c->state, false);
    clock_face_view(&row, "clock", tx->calendar, tx_today(tx), &face);
    view_text(&row, "look", card ? str_of(card->look) : STR(""));
    view_text(&row, "kind", card ? str_of(card->name) : STR(""));
}

static enum err show_cases(struct request *rq, struct tx *tx, struct view *v,
                           str unit, int soon, int64_t total)
{
    struct open_of_unit *c;
    size_t n;
    enum err e = open_of_unit(tx, unit, soon, rq_int(rq, "after", INT32_MIN),
                              rq_int(rq, "id", 0), &c, &n);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < PAGE; i++)
        show_row(tx, v, list, &c[i]);
    str query = watch_period_query(rq);
    str same = arena_printf(v->arena, "/supervision/units/%.*s?%.*s",
                            STR_ARG(unit), STR_ARG(query));
    str next = STR("");
    if (n > PAGE)
        next = arena_printf(v->arena, "%.*s%safter=%lld&id=%lld",
                            STR_ARG(same), query.n ? "&" : "",
                            (long long)c[PAGE - 1].sort_due,
                            (long long)c[PAGE - 1].id);
    page_pager_next(v, "pager", rq_has(rq, "after") ? same : STR(""), next,
                    total, PAGE);
    return OK;
}

/* ---- figures ---- */

struct now {
    int64_t open, late, soon;
};

static enum err read_now(struct tx *tx, str unit, int soon, struct now *out)
{
    struct open_by_unit *o;
    size_t n;
    enum err e = open_by_unit(tx, unit, watch_late_before(tx).n, soon, &o,
                               &n);
    *out = (struct now){ 0 };
    if (e == OK && n)
        *out = (struct now){ o->cases, o->late, o->soon };
    return e;
}

static enum err show_kpis(struct tx *tx, struct view *v, str unit,
                          const struct period *p, const struct now *now)
{
    struct arena *a = v->arena;
    struct figures_period f;
    struct score_period s;
    enum err e = figures_period(tx, unit, p->from, p->to, &f);
    if (e == OK)
        e = score_period(tx, unit, p->from, p->to, &s);
    if (e != OK)
        return e;
    str cards = arena_printf(a, "/supervision/cards?unit=%.*s", STR_ARG(unit));
    struct value *list = view_list(v, "kpis");
    page_kpi(v, list, "已超期", value_grouped(a, now->late), STR("排在最前面"),
             "t-bad", STR("#lh"));
    page_kpi(v, list, "即将到期", value_grouped(a, now->soon),
             arena_printf(a, "剩 %d 个工作日以内",
                          clock_levels_default.warn_before_wd), "t-warn",
             STR("#lh"));
    page_kpi(v, list, "在办", value_grouped(a, now->open),
             arena_printf(a, "本期收件 %.*s",
                          STR_ARG(value_grouped(a, f.filed))), "",
             arena_printf(a, "/board?unit=%.*s", STR_ARG(unit)));
    page_kpi(v, list, "按时办结率",
             page_percent(a, page_on_time(f.closed, f.late)),
             arena_printf(a, "办结 %.*s，超期 %.*s",
                          STR_ARG(value_grouped(a, f.closed)),
                          STR_ARG(value_grouped(a, f.late))), "t-ok", cards);
    page_kpi(v, list, "满意率",
             page_percent(a, page_on_time(s.rated, s.rated - s.good)),
             arena_printf(a, "评价 %.*s，差评 %.*s",
                          STR_ARG(value_grouped(a, s.rated)),
                          STR_ARG(value_grouped(a, s.bad))), "t-brand",
             STR("/supervision/ratings"));
    return watch_matters_kpi(tx, v, list, unit);
}

enum err watched_unit_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct watched_unit u;
    struct now now;
    struct period p = watch_period(rq, tx);
    enum err e = watched_unit(tx, rq_path(rq, "code"), &u);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个单位代码，请从电子监察首页选择部门。");
    if (e != OK)
        return e;
    if (!auth_in_scope(tx->who, u.code))
        return rq_fail(rq, ERR_DENIED, "您只能查看本单位的监察情况。");
    rq_menu(rq, "desk.supervision");
    int soon = watch_soon_until(tx).n;
    e = read_now(tx, u.code, soon, &now);
    if (e != OK)
        return e;
    view_text(v, "code", u.code);
    view_text(v, "name", u.name);
    view_text(v, "period", period_text(v->arena, &p));
    e = show_kpis(tx, v, u.code, &p, &now);
    if (e == OK)
        e = show_people(tx, v, u.code, &p);
    return e == OK ? show_cases(rq, tx, v, u.code, soon, now.late + now.soon)
                   : e;
}
