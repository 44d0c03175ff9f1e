/*
 * The supervisor's first screen: how the period stands, what is still to be
 * dealt with, who is late where.  A leader sees the same of one organisation.
 *
 * Every figure comes from tallies kept with each filing and closing, or from
 * the open cases by their own index; the number of queries is the same in a
 * village and in a city.
 */
#include "supervision/pages.h"

#include "kernel/page/page.h"
#include "supervision/queries.gen.h"
#include "supervision/table.h"

static str clock_text(struct arena *a, inst now)
{
    int m = inst_minute(now);
    return arena_printf(a, "%02d:%02d", m / 60, m % 60);
}

/* ---- figures over the page ---- */

static enum err cards_between(struct tx *tx, str unit, day from, day to,
                              const char *level, int64_t *out)
{
    struct card_total t;
    enum err e = card_total(tx, unit, day_begin(from),
                            day_begin((day){ to.n + 1 }), str_of(level), &t);
    if (e == OK)
        *out = t.cards;
    return e;
}

/* 比上月同期少 5 张 */
static str compared(struct arena *a, int64_t now, int64_t before)
{
    if (now == before)
        return STR("与上期相同");
    return arena_printf(a, "比上期%s %lld 张", now > before ? "多" : "少",
                        (long long)(now > before ? now - before
                                                 : before - now));
}

static enum err card_kpis(struct tx *tx, struct view *v, struct value *list,
                          str unit, const struct period *p)
{
    static const struct { const char *level, *label, *tone; } two[] = {
        { "red", "红牌", "t-bad" }, { "yellow", "黄牌", "t-warn" },
    };
    struct arena *a = v->arena;
    for (int i = 0; i < 2; i++) {
        int64_t now = 0, before = 0;
        enum err e = cards_between(tx, unit, p->from, p->to, two[i].level,
                                   &now);
        if (e == OK)
            e = cards_between(tx, unit, p->before_from, p->before_to,
                              two[i].level, &before);
        if (e != OK)
            return e;
        page_kpi(v, list, two[i].label, value_grouped(a, now),
                 compared(a, now, before), two[i].tone,
                 arena_printf(a, "/supervision/cards?kind=%s", two[i].level));
    }
    struct card_warned warned;
    enum err e = card_warned(tx, unit, &warned);
    if (e == OK)
        page_kpi(v, list, "预警中", value_grouped(a, warned.cards),
                 arena_printf(a, "剩 %d 个工作日以内",
                              clock_levels_default.warn_before_wd), "",
                 STR("/supervision/cards?kind=warning&state=issued"));
    return e;
}

static enum err work_kpis(struct tx *tx, struct view *v, struct value *list,
                          str unit, const struct period *p)
{
    struct arena *a = v->arena;
    struct figures_period f;
    struct score_period s;
    struct rating_bad_count bad;
    enum err e = figures_period(tx, unit, p->from, p->to, &f);
    if (e == OK)
        e = score_period(tx, unit, p->from, p->to, &s);
    if (e == OK)
        e = rating_bad_count(tx, unit, &bad);
    if (e != OK)
        return e;
    page_kpi(v, list, "按时办结率",
             page_percent(a, page_on_time(f.closed, f.late)),
             arena_printf(a, "办结 %.*s，超期 %.*s",
                          STR_ARG(value_grouped(a, f.closed)),
                          STR_ARG(value_grouped(a, f.late))), "t-ok",
             STR("#uh"));
    page_kpi(v, list, "满意率",
             page_percent(a, page_on_time(s.rated, s.rated - s.good)),
             arena_printf(a, "评价 %.*s，待整改差评 %.*s",
                          STR_ARG(value_grouped(a, s.rated)),
                          STR_ARG(value_grouped(a, bad.ratings))),
             "t-brand", STR("/supervision/ratings"));
    return OK;
}

/* ---- filed and closed ---- */

struct column {
    str label;
    int64_t filed, closed;
};

static str day_label(struct arena *a, day d)
{
    char text[DAY_TEXT];
    return arena_str(a, str_slice(day_text(d, text), 5, 10));
}

/* A day each; a rest day only if something came on it. */
static size_t by_day(struct tx *tx, const struct period *p,
                     const struct figures_by_day *f, size_t n,
                     struct column *out)
{
    size_t k = 0, i = 0;
    for (day d = p->from; d.n <= p->to.n; d.n++) {
        bool any = i < n && f[i].day.n == d.n;
        if (any || calendar_working(tx->calendar, d))
            out[k++] = (struct column){ day_label(tx->arena, d),
                                        any ? f[i].filed : 0,
                                        any ? f[i].closed : 0 };
        i += any;
    }
    return k;
}

/* A year of days would be no picture: a month each. */
static size_t by_month(struct tx *tx, const struct period *p,
                       const struct figures_by_day *f, size_t n,
                       struct column *out)
{
    int y, m, d, last;
    day_split(p->to, &y, &last, &d);
    for (int i = 1; i <= last; i++)
        out[i - 1] = (struct column){
            .label = arena_printf(tx->arena, "%d 月", i) };
    for (size_t i = 0; i < n; i++) {
        day_split(f[i].day, &y, &m, &d);
        out[m - 1].filed += f[i].filed;
        out[m - 1].closed += f[i].closed;
    }
    return (size_t)last;
}

static void draw(struct view *v, const struct column *c, size_t n,
                 const char *each)
{
    struct arena *a = v->arena;
    struct chart_point *points = ARENA_NEW_N(a, struct chart_point, n + 1);
    int64_t filed = 0, closed = 0;
    for (size_t i = 0; i < n; i++) {
        points[i] = (struct chart_point){ c[i].label, c[i].filed, c[i].closed };
        filed += c[i].filed;
        closed += c[i].closed;
    }
    str finding = arena_printf(a, "%zu 个%s共收件 %lld 件、办结 %lld 件", n,
                               each, (long long)filed, (long long)closed);
    view_value(v, "chart", page_chart_bars(a, finding, STR("收件"),
                                           STR("办结"), points, n));
    struct value *list = view_list(v, "days");
    for (size_t i = 0; i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "label", c[i].label);
        view_count(&row, "filed", c[i].filed);
        view_count(&row, "closed", c[i].closed);
    }
}

enum { MONTH_DAYS = 40 }; /* longer periods are drawn by month */

static enum err show_work(struct tx *tx, struct view *v, str unit,
                          const struct period *p)
{
    struct figures_by_day *f;
    struct column column[MONTH_DAYS + 1];
    size_t n;
    bool months = p->to.n - p->from.n >= MONTH_DAYS;
    enum err e = figures_by_day(tx, unit, p->from, p->to, &f, &n);
    if (e != OK)
        return e;
    n = months ? by_month(tx, p, f, n, column) : by_day(tx, p, f, n, column);
    draw(v, column, n, months ? "月" : "工作日");
    return OK;
}

/* ---- cards to be dealt with ---- */

static str over_text(struct tx *tx, const struct card_waiting *c)
{
    int64_t over = !day_is_none(c->stopped) && c->over != INT_NONE
                       ? c->over
                       : calendar_working_between(tx->calendar, c->due,
                                                  tx_today(tx));
    return arena_printf(tx->arena, "%lld 日", (long long)over);
}

static enum err show_cards(struct tx *tx, struct view *v, str unit)
{
    struct card_waiting *c;
    struct card_waiting_count all;
    size_t n;
    enum err e = card_waiting(tx, unit, &c, &n);
    if (e == OK)
        e = card_waiting_count(tx, unit, STR(""), &all);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "cards");
    for (size_t i = 0; i < n; i++) {
        const struct card_kind *k = card_kind_of(c[i].level);
        struct view row = view_row(v, list);
        view_text(&row, "look", str_of(k->look));
        view_text(&row, "kind", str_of(k->name));
        view_text(&row, "code", c[i].number);
        view_text(&row, "number", c[i].ref);
        view_text(&row, "title", c[i].title);
        view_text(&row, "holder",
                  arena_printf(v->arena, "%.*s %.*s", STR_ARG(c[i].unit_name),
                               STR_ARG(c[i].holder)));
        view_text(&row, "over", over_text(tx, &c[i]));
    }
    view_text(v, "cards_open",
              arena_printf(v->arena, "%lld 张待处理", (long long)all.cards));
    return OK;
}

/* ---- where the late ones stand ---- */

enum { STEPS = 5, HEAT_ROWS = 8, HEAT_WARN = 2, HEAT_BAD = 4 };

static const char *const steps[STEPS] = { "received", "accepted", "reviewing",
                                          "special", "deciding" };

struct heat {
    str row[HEAT_ROWS];
    int64_t value[HEAT_ROWS * STEPS], step[STEPS], all;
    size_t rows;
};

static int step_of(str state)
{
    for (int s = 0; s < STEPS; s++)
        if (str_is(state, steps[s]))
            return s;
    return -1;
}

/* Rows come by organisation; the first eight are drawn, all are counted. */
static void fill_heat(const struct late_steps *l, size_t n, struct heat *h)
{
    str unit = STR("");
    size_t row = 0, seen = 0;
    for (size_t i = 0; i < n; i++) {
        int s = step_of(l[i].state);
        if (s < 0)
            continue;
        if (seen == 0 || !str_eq(unit, l[i].unit)) {
            unit = l[i].unit;
            row = seen++;
            if (row < HEAT_ROWS)
                h->row[row] = l[i].unit_name;
        }
        if (row < HEAT_ROWS)
            h->value[row * STEPS + (size_t)s] += l[i].cases;
        h->step[s] += l[i].cases;
        h->all += l[i].cases;
    }
    h->rows = seen < HEAT_ROWS ? seen : HEAT_ROWS;
}

static str finding_of(struct arena *a, const struct heat *h)
{
    int worst = 0;
    for (int s = 1; s < STEPS; s++)
        worst = h->step[s] > h->step[worst] ? s : worst;
    if (h->all == 0)
        return STR("");
    str word = page_state_word(str_of(steps[worst]), false);
    return arena_printf(a, "“%.*s”环节占全部超期在办件的 %lld%%"
                           "（%lld 件中 %lld 件）", STR_ARG(word),
                        (long long)(h->step[worst] * 100 / h->all),
                        (long long)h->all, (long long)h->step[worst]);
}

static enum err show_heat(struct tx *tx, struct view *v, str unit)
{
    struct late_steps *l;
    size_t n;
    struct heat *h = ARENA_NEW(tx->arena, struct heat);
    enum err e = late_steps(tx, unit, watch_late_before(tx).n, &l, &n);
    if (e != OK)
        return e;
    str columns[STEPS];
    for (int s = 0; s < STEPS; s++)
        columns[s] = page_state_word(str_of(steps[s]), false);
    fill_heat(l, n, h);
    view_value(v, "heat",
               h->rows == 0
                   ? page_html(v->arena, STR("<p class=\"muted\">现在没有超期的"
                                             "在办件。</p>"))
                   : page_chart_heat(v->arena, STR("超期在办件，按部门和环节"),
                                     columns, STEPS, h->row, h->rows, h->value,
                                     HEAT_WARN, HEAT_BAD));
    view_text(v, "finding", finding_of(v->arena, h));
    return OK;
}

/* ---- the page ---- */

static enum err scope_name(struct tx *tx, str unit, str *out)
{
    struct watched_unit u;
    *out = STR("全市");
    if (unit.n == 0)
        return OK;
    enum err e = watched_unit(tx, unit, &u);
    if (e == OK)
        *out = u.name;
    return e;
}

enum err dashboard_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct arena *a = v->arena;
    struct period p = watch_period(rq, tx);
    str unit = watch_scope(tx->who), scope;
    enum err e = scope_name(tx, unit, &scope);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.supervision");
    view_text(v, "scope", scope);
    view_text(v, "period", period_text(a, &p));
    view_text(v, "updated", clock_text(a, tx->now));
    watch_periods(rq, v);
    struct value *kpis = view_list(v, "kpis");
    e = card_kpis(tx, v, kpis, unit, &p);
    if (e == OK)
        e = work_kpis(tx, v, kpis, unit, &p);
    if (e == OK)
        e = show_work(tx, v, unit, &p);
    if (e == OK)
        e = show_cards(tx, v, unit);
    if (e == OK)
        e = figures_table_show(rq, tx, v, unit, &p);
    if (e == OK)
        e = show_heat(tx, v, unit);
    str query = watch_period_query(rq);
    view_text(v, "csv", arena_printf(a, "/supervision.csv%s%.*s",
                                     query.n ? "?" : "", STR_ARG(query)));
    return e;
}
