/*
 * The figures as a page, as CSV and as XLSX: the same rows in all three.
 */
#include "statistics/pages.h"

#include "kernel/page/page.h"
#include "statistics/queries.gen.h"
#include "statistics/sheet.h"
#include "statistics/statistics.h"

enum { SHOWN = 60, ALL = 3000, BARS = 12 };

struct asked {
    struct statistics_period period;
    str code, by;       /* as in the address */
};

/* Rows of one dimension, most closed first. */
struct table {
    struct sheet_row *rows;
    size_t n;
};

static const struct { const char *code, *label, *head; } dims[] = {
    { "unit", "按部门", "部门" },
    { "item", "按事项", "事项" },
    { "town", "按乡镇街道", "乡镇街道" },
    { "channel", "按办理渠道", "办理渠道" },
};

static const struct { const char *code, *label; } periods[] = {
    { "month", "本月" },     { "last", "上月" },     { "quarter", "本季度" },
    { "year", "本年" },      { "last-year", "去年" }, { "all", "五年来" },
};

static enum err ask(struct request *rq, struct tx *tx, struct asked *out)
{
    str code = rq_text(rq, "period"), by = rq_text(rq, "by");
    out->code = code.n ? code : STR("month");
    out->by = by.n ? by : STR("unit");
    return statistics_period(tx->arena, out->code, tx_today(tx), &out->period);
}

static str head_of(const struct asked *q)
{
    for (size_t i = 0; i < sizeof dims / sizeof *dims; i++)
        if (str_is(q->by, dims[i].code))
            return str_of(dims[i].head);
    return STR("");
}

#define TAKE(r, of_name) ((struct sheet_row){ (r).key, (of_name), (r).filed, \
                                              (r).closed, (r).late,          \
                                              (r).worked })

static enum err read_units(struct tx *tx, const struct asked *q, int most,
                           struct table *t)
{
    struct stat_units *r;
    enum err e = stat_units(tx, q->by, q->period.first, q->period.last, most,
                            &r, &t->n);
    if (e != OK)
        return e;
    t->rows = ARENA_NEW_N(tx->arena, struct sheet_row, t->n + 1);
    for (size_t i = 0; i < t->n; i++)
        t->rows[i] = TAKE(r[i], r[i].name);
    return OK;
}

/* The same rows of three queries, each for what its index is in order of. */
#define READ_ITEMS(query, ...)                                           \
    struct query *r;                                                     \
    enum err e = query(tx, __VA_ARGS__, most, &r, &t->n);                \
    if (e != OK)                                                         \
        return e;                                                        \
    t->rows = ARENA_NEW_N(tx->arena, struct sheet_row, t->n + 1);        \
    for (size_t i = 0; i < t->n; i++)                                    \
        t->rows[i] = TAKE(r[i], r[i].name);                              \
    return OK

static enum err read_items_span(struct tx *tx, int span, int most,
                                struct table *t)
{
    READ_ITEMS(stat_items_span, span);
}

static enum err read_items_years(struct tx *tx, int first, int last, int most,
                                 struct table *t)
{
    READ_ITEMS(stat_items_years, first, last);
}

static enum err read_items_months(struct tx *tx, int first, int last, int most,
                                  struct table *t)
{
    READ_ITEMS(stat_items, first, last);
}

static enum err read_items(struct tx *tx, const struct asked *q, int most,
                           struct table *t)
{
    enum { MONTHS_FROM = 10000 }; /* 2026 is a year, 202611 a month */
    int first = q->period.first, last = q->period.last;
    return first == last         ? read_items_span(tx, first, most, t)
           : first < MONTHS_FROM ? read_items_years(tx, first, last, most, t)
                                 : read_items_months(tx, first, last, most, t);
}

static enum err read_channels(struct tx *tx, const struct asked *q,
                              struct table *t)
{
    struct stat_channels *r;
    enum err e = stat_channels(tx, q->period.first, q->period.last, &r, &t->n);
    if (e != OK)
        return e;
    t->rows = ARENA_NEW_N(tx->arena, struct sheet_row, t->n + 1);
    for (size_t i = 0; i < t->n; i++)
        t->rows[i] = TAKE(r[i], page_channel_word(r[i].key));
    return OK;
}

static enum err read_table(struct tx *tx, const struct asked *q, int most,
                           struct table *t)
{
    if (str_is(q->by, "item"))
        return read_items(tx, q, most, t);
    if (str_is(q->by, "channel"))
        return read_channels(tx, q, t);
    return read_units(tx, q, most, t);
}

/* ---- the page ---- */

static str percent(struct arena *a, int64_t rate)
{
    return rate < 0 ? STR("—") : arena_printf(a, "%lld.%02lld%%",
                                              (long long)rate / 100,
                                              (long long)rate % 100);
}

static str days_text(struct arena *a, int64_t tenths)
{
    return tenths < 0 ? STR("—") : arena_printf(a, "%lld.%lld",
                                                (long long)tenths / 10,
                                                (long long)tenths % 10);
}

static enum err show_kpis(struct tx *tx, struct view *v, const struct asked *q)
{
    struct stat_sum s;
    struct value *list = view_list(v, "kpis");
    enum err e = stat_sum(tx, q->period.first, q->period.last, &s);
    if (e != OK)
        return e;
    struct arena *a = v->arena;
    str board = STR("/board"), once = STR("每件只计一次");
    page_kpi(v, list, "收件", value_grouped(a, s.filed), once, "", board);
    page_kpi(v, list, "办结", value_grouped(a, s.closed), once, "", board);
    page_kpi(v, list, "按时办结率",
             percent(a, page_on_time(s.closed, s.late)),
             arena_printf(a, "超期办结 %lld 件", (long long)s.late),
             s.late ? "t-warn" : "t-ok", board);
    str average = days_text(a, statistics_average(s.closed, s.worked));
    page_kpi(v, list, "平均用时",
             arena_printf(a, "%.*s 个工作日", STR_ARG(average)),
             STR("从受理到办结，特别程序不计"), "", board);
    return OK;
}

static int month_of(day d)
{
    int year, month, day;
    day_split(d, &year, &month, &day);
    return year * 100 + month;
}

static enum err show_months(struct tx *tx, struct view *v,
                            const struct asked *q)
{
    struct stat_months *m;
    size_t n;
    struct arena *a = v->arena;
    enum err e = stat_months(tx, month_of(q->period.from),
                             month_of(q->period.until), &m, &n);
    struct value *list = view_list(v, "months");
    size_t drawn = n > BARS ? BARS : n;
    struct chart_point *points = ARENA_NEW_N(a, struct chart_point, drawn + 1);
    for (size_t i = 0; e == OK && i < n; i++) {
        str label = arena_printf(a, "%lld-%02lld", (long long)m[i].month / 100,
                                 (long long)m[i].month % 100);
        struct view row = view_row(v, list);
        view_text(&row, "label", label);
        view_count(&row, "filed", m[i].filed);
        view_count(&row, "closed", m[i].closed);
        view_text(&row, "rate",
                  percent(a, page_on_time(m[i].closed, m[i].late)));
        if (i + drawn >= n)
            points[i + drawn - n] = (struct chart_point){
                str_slice(label, 2, label.n), m[i].filed, m[i].closed };
    }
    if (e != OK)
        return e;
    view_value(v, "chart",
               n < 1 ? page_html(a, STR(""))
                     : page_chart_bars(a, STR("按月的收件和办结"), STR("收件"),
                                       STR("办结"), points, drawn));
    return OK;
}

static void show_row(struct view *v, struct value *list,
                     const struct sheet_row *r)
{
    struct arena *a = v->arena;
    int64_t rate = page_on_time(r->closed, r->late);
    struct view row = view_row(v, list);
    view_text(&row, "key", r->key);
    view_text(&row, "name", r->name);
    view_count(&row, "filed", r->filed);
    view_count(&row, "closed", r->closed);
    view_count(&row, "late", r->late);
    view_text(&row, "rate", rate < 0 ? STR("") : percent(a, rate));
    view_value(&row, "bar", rate < 0 ? page_html(a, STR("—"))
                                     : page_chart_share(a, rate, 9000, 10000));
    view_text(&row, "average",
              days_text(a, statistics_average(r->closed, r->worked)));
}

static void show_filters(struct view *v, const struct asked *q)
{
    struct value *list = view_list(v, "periods");
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        page_option(v, list, str_of(periods[i].code),
                    str_of(periods[i].label), q->code);
    list = view_list(v, "dims");
    for (size_t i = 0; i < sizeof dims / sizeof *dims; i++)
        page_option(v, list, str_of(dims[i].code), str_of(dims[i].label),
                    q->by);
    str same = arena_printf(v->arena, "?period=%.*s&by=%.*s",
                            STR_ARG(q->code), STR_ARG(q->by));
    view_text(v, "csv", arena_join(v->arena, STR("/statistics.csv"), same));
    view_text(v, "xlsx", arena_join(v->arena, STR("/statistics.xlsx"), same));
}

enum err statistics_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct asked q;
    struct table t = { .n = 0 };
    struct stat_due_left due;
    enum err e = ask(rq, tx, &q);
    if (e == OK)
        e = stat_due_left(tx, &due);
    if (e == OK)
        e = show_kpis(tx, v, &q);
    if (e == OK)
        e = show_months(tx, v, &q);
    if (e == OK)
        e = read_table(tx, &q, SHOWN + 1, &t);
    if (e != OK)
        return e;
    rq_menu(rq, "statistics");
    view_text(v, "period", q.period.label);
    view_text(v, "head", head_of(&q));
    view_text(v, "waiting",
              due.days > 1 ? arena_printf(v->arena, "%lld", (long long)due.days)
                           : STR(""));
    show_filters(v, &q);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < t.n && i < SHOWN; i++)
        show_row(v, list, &t.rows[i]);
    view_bool(v, "more", t.n > SHOWN);
    return OK;
}

/* ---- as files ---- */

static enum err whole(struct request *rq, struct tx *tx, struct asked *q,
                      struct sheet *s)
{
    struct table t = { .n = 0 };
    enum err e = ask(rq, tx, q);
    if (e == OK)
        e = read_table(tx, q, ALL, &t);
    *s = (struct sheet){ .title = arena_printf(tx->arena, "办件统计 %.*s",
                                               STR_ARG(q->period.label)),
                         .head = head_of(q), .rows = t.rows, .n = t.n };
    return e;
}

enum err statistics_csv(struct request *rq, struct tx *tx)
{
    struct asked q;
    struct sheet s;
    struct buf out = { 0 };
    enum err e = whole(rq, tx, &q, &s);
    if (e != OK)
        return e;
    sheet_csv(&s, &out);
    e = rq_send(rq, STR("text/csv; charset=utf-8"),
                arena_str(tx->arena, buf_str(&out)), STR("办件统计.csv"));
    buf_free(&out);
    return e;
}

enum err statistics_xlsx(struct request *rq, struct tx *tx)
{
    struct asked q;
    struct sheet s;
    str bytes;
    enum err e = whole(rq, tx, &q, &s);
    if (e == OK)
        e = sheet_xlsx(&s, tx->arena, &bytes);
    return e == OK ? rq_send(rq, STR("application/vnd.openxmlformats-"
                                     "officedocument.spreadsheetml.sheet"),
                             bytes, STR("办件统计.xlsx")) : e;
}
