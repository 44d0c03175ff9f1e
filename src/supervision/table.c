/*
 * Every organisation on one line.  The figures come from what is kept of the
 * days that are over and from six queries, each grouped by organisation, and
 * meet here: a join of six groupings would be one statement nobody can read.
 */
#include "supervision/table.h"

#include "kernel/page/page.h"
#include "supervision/pages.h"
#include "supervision/past.h"
#include "supervision/queries.gen.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20 };

struct line {
    str code, name;
    int position;
    int64_t filed, closed, late;        /* of the period */
    int64_t open, open_late, open_soon; /* now */
    int64_t yellow, red, rated, good;
    int64_t week[PAST_WEEKS];
};

struct table {
    struct line *line;
    size_t n;
    str last;          /* rows come in order: the line found before */
    struct line *found;
};

static struct line *line_of(struct table *t, str code)
{
    if (t->found && str_eq(t->last, code))
        return t->found;
    t->last = code;
    t->found = NULL;
    for (size_t i = 0; i < t->n && t->found == NULL; i++)
        if (str_eq(t->line[i].code, code))
            t->found = &t->line[i];
    return t->found;
}

/* For every row of a query, with `line` its organisation's. */
#define EACH_ROW(t, query, ...)                                          \
    struct query *r;                                                     \
    size_t n;                                                            \
    enum err e = query(tx, __VA_ARGS__, &r, &n);                         \
    struct line *line;                                                   \
    if (e != OK)                                                         \
        return e;                                                        \
    for (size_t i = 0; i < n; i++)                                       \
        if ((line = line_of(t, r[i].unit)) != NULL)

static enum err add_units(struct tx *tx, str unit, struct table *t)
{
    struct watched_units *u;
    enum err e = watched_units(tx, unit, &u, &t->n);
    if (e != OK)
        return e;
    t->line = ARENA_NEW_N(tx->arena, struct line, t->n + 1);
    for (size_t i = 0; i < t->n; i++)
        t->line[i] = (struct line){ .code = u[i].code, .name = u[i].name,
                                    .position = (int)i };
    return OK;
}

static void add_past_line(void *table, const struct past_line *p)
{
    struct line *line = line_of(table, p->unit);
    if (line == NULL)
        return;
    line->filed = p->filed;
    line->closed = p->closed;
    line->late = p->late;
    line->rated = p->rated;
    line->good = p->good;
    memcpy(line->week, p->week, sizeof line->week);
}

/* What is kept, and then the days that are not over yet. */
static enum err add_past(struct tx *tx, const struct period *p,
                         struct table *t)
{
    enum err e = past_read(tx, p, add_past_line, t);
    t->found = NULL; /* what was found last may not outlive what is kept */
    return e;
}

static enum err add_figures(struct tx *tx, str unit, const struct period *p,
                            struct table *t)
{
    EACH_ROW(t, figures_by_unit, unit, past_still_from(tx, p), p->to) {
        line->filed += r[i].filed;
        line->closed += r[i].closed;
        line->late += r[i].late;
    }
    return OK;
}

static enum err add_open(struct tx *tx, str unit, struct table *t)
{
    EACH_ROW(t, open_by_unit, unit, watch_late_before(tx).n,
             watch_soon_until(tx).n) {
        line->open = r[i].cases;
        line->open_late = r[i].late;
        line->open_soon = r[i].soon;
    }
    return OK;
}

static enum err add_cards(struct tx *tx, const struct period *p, bool red,
                          struct table *t)
{
    EACH_ROW(t, card_counts, day_begin(p->from),
             day_begin((day){ p->to.n + 1 }), red ? STR("red") : STR("yellow"))
        *(red ? &line->red : &line->yellow) = r[i].cards;
    return OK;
}

static enum err add_scores(struct tx *tx, const struct period *p,
                           struct table *t)
{
    EACH_ROW(t, score_by_unit, past_still_from(tx, p), p->to) {
        line->rated += r[i].rated;
        line->good += r[i].good;
    }
    return OK;
}

/* The last days of the eight weeks that end today. */
static enum err add_weeks(struct tx *tx, str unit, struct table *t)
{
    day to = tx_today(tx);
    EACH_ROW(t, figures_by_day_unit, unit, past_until(to), to)
        line->week[(r[i].day.n - past_weeks_from(to).n) / 7] += r[i].closed;
    return OK;
}

static bool has_anything(const struct line *l)
{
    return l->filed || l->closed || l->open || l->yellow || l->red || l->rated;
}

/* Who has most cards comes first, then who is latest, then the usual order. */
static int worse(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    if (x->yellow != y->yellow)
        return x->yellow < y->yellow ? 1 : -1;
    if (x->red != y->red)
        return x->red < y->red ? 1 : -1;
    if (x->open_late != y->open_late)
        return x->open_late < y->open_late ? 1 : -1;
    return x->position - y->position;
}

static enum err read_table(struct tx *tx, str unit, const struct period *p,
                           struct table *t)
{
    enum err e = add_units(tx, unit, t);
    if (e == OK)
        e = add_past(tx, p, t);
    if (e == OK)
        e = add_figures(tx, unit, p, t);
    if (e == OK)
        e = add_open(tx, unit, t);
    if (e == OK)
        e = add_cards(tx, p, false, t);
    if (e == OK)
        e = add_cards(tx, p, true, t);
    if (e == OK)
        e = add_scores(tx, p, t);
    if (e == OK)
        e = add_weeks(tx, unit, t);
    if (e != OK)
        return e;
    size_t kept = 0;
    for (size_t i = 0; i < t->n; i++)
        if (has_anything(&t->line[i]))
            t->line[kept++] = t->line[i];
    t->n = kept;
    qsort(t->line, t->n, sizeof *t->line, worse);
    return OK;
}

static void show_line(struct view *v, struct value *list,
                      const struct line *l)
{
    struct view row = view_row(v, list);
    view_text(&row, "code", l->code);
    view_text(&row, "name", l->name);
    view_int(&row, "yellow", l->yellow);
    view_int(&row, "red", l->red);
    view_count(&row, "open", l->open);
    watch_rate(&row, l->closed, l->late);
    view_value(&row, "spark", page_chart_spark(v->arena, l->week, PAST_WEEKS));
}

enum err figures_table_show(struct request *rq, struct tx *tx, struct view *v,
                    str unit, const struct period *p)
{
    struct table t = { 0 };
    enum err e = read_table(tx, unit, p, &t);
    if (e != OK)
        return e;
    size_t most = rq_flag(rq, "all") ? t.n : SHOWN;
    struct value *list = view_list(v, "units");
    for (size_t i = 0; i < t.n && i < most; i++)
        show_line(v, list, &t.line[i]);
    str query = watch_period_query(rq);
    view_text(v, "units_more",
              t.n <= most ? STR("")
                          : arena_printf(v->arena, "/supervision?%.*s%sall=1",
                                         STR_ARG(query), query.n ? "&" : ""));
    return OK;
}

/* ---- as a file ---- */

static void csv_line(struct buf *out, struct arena *a, const struct line *l)
{
    csv_put(out, l->code);
    buf_byte(out, ',');
    csv_put(out, l->name);
    buf_printf(out, ",%lld,%lld,%lld,", (long long)l->filed,
               (long long)l->closed, (long long)l->late);
    if (l->closed)
        buf_put(out, page_percent(a, page_on_time(l->closed, l->late)));
    buf_printf(out, ",%lld,%lld,%lld,%lld,%lld,%lld,%lld\r\n",
               (long long)l->open, (long long)l->open_late,
               (long long)l->open_soon, (long long)l->yellow,
               (long long)l->red, (long long)l->rated, (long long)l->good);
}

enum err dashboard_csv(struct request *rq, struct tx *tx)
{
    struct table t = { 0 };
    struct period p = watch_period(rq, tx);
    enum err e = read_table(tx, watch_scope(tx->who), &p, &t);
    if (e != OK)
        return e;
    struct buf out = { 0 };
    buf_put(&out, STR("\xef\xbb\xbf" "单位代码,单位,收件,办结,超期办结,"
                      "按时办结率,在办,在办超期,在办将到期,黄牌,红牌,评价,"
                      "好评\r\n"));
    for (size_t i = 0; i < t.n; i++)
        csv_line(&out, tx->arena, &t.line[i]);
    str bytes = arena_str(tx->arena, buf_str(&out));
    buf_free(&out);
    char from[DAY_TEXT], to[DAY_TEXT];
    return rq_send(rq, STR("text/csv; charset=utf-8"), bytes,
                   arena_printf(tx->arena, "电子监察 %.*s 至 %.*s.csv",
                                STR_ARG(day_text(p.from, from)),
                                STR_ARG(day_text(p.to, to))));
}
