/*
 * Why a due day is that day: every day from the start to it, with the reason
 * it counted or did not.  An applicant reads this beside the due day, so the
 * words are those of the notice of holidays and of the statute.
 */
#include "kernel/clock/count.h"

static const str weekdays[] = {
    { "周一", 6 }, { "周二", 6 }, { "周三", 6 }, { "周四", 6 },
    { "周五", 6 }, { "周六", 6 }, { "周日", 6 },
};

static str why_rest(const struct calendar *c, day d)
{
    str name = calendar_name(c, d);
    return str_is_none(name) ? weekdays[day_weekday(d)] : name;
}

static str why_working(const struct calendar *c, day d)
{
    if (day_weekday(d) >= 5)
        return STR("调休上班");
    return calendar_announced(c, d) ? STR("工作日")
                                    : STR("工作日（该年放假安排尚未公布）");
}

/* A day after the start that lies within the count. */
static str why(const struct calendar *c, const struct clock_count *k, day d)
{
    const struct clock_span *s = clock_pause_over(k, d);
    if (s != NULL)
        return s->reason.n > 0 ? s->reason : STR("时限暂停");
    if (k->unit != CLOCK_WORKING_DAYS)
        return STR("自然日");
    return calendar_working(c, d) ? why_working(c, d) : why_rest(c, d);
}

/* A day after the counting ended, on the way off a rest day. */
static str why_moved(struct arena *a, const struct calendar *c,
                     const struct clock_count *k, day d, bool last)
{
    const struct clock_span *s = clock_pause_over(k, d);
    if (s != NULL)
        return s->reason;
    if (last)
        return STR("期满日为休息日，顺延至此");
    return arena_join(a, why_rest(c, d), STR("，顺延"));
}

/* The last day the list shows: due, or the first day of the open pause. */
static day last_shown(const struct clock_count *k, const struct clock_due *due)
{
    if (!day_is_none(due->due))
        return due->due;
    day d = k->start;
    const struct clock_span *s;
    do {
        d.n++;
        s = clock_pause_over(k, d);
    } while (s == NULL || !day_is_none(s->to));
    return d;
}

/* The day the counting itself ended; the due day unless it was moved. */
static day counted_to(const struct calendar *c, const struct clock_count *k,
                      const struct clock_due *due)
{
    struct clock_count raw = *k;
    struct clock_due d = *due;
    raw.roll = false;
    if (clock_due(c, &raw, &d) != OK || day_is_none(d.due))
        return due->due;
    return d.due;
}

enum err clock_explain(const struct calendar *c, const struct clock_count *k,
                       struct arena *a, struct clock_day **out, size_t *n)
{
    struct clock_due due;
    enum err e = clock_due(c, k, &due);
    if (e != OK)
        return e;
    day last = last_shown(k, &due), counted = counted_to(c, k, &due);

    size_t days = (size_t)(last.n - k->start.n) + 1;
    struct clock_day *list = ARENA_NEW_N(a, struct clock_day, days);
    list[0] = (struct clock_day){ .date = k->start,
                                  .why = STR("起算当日不计") };
    int number = 0;
    for (size_t i = 1; i < days; i++) {
        day d = { k->start.n + (int)i };
        bool moved = !day_is_none(counted) && d.n > counted.n;
        list[i].date = d;
        list[i].counts = !moved && clock_counts(c, k, d);
        list[i].number = list[i].counts ? ++number : 0;
        list[i].why = moved ? why_moved(a, c, k, d, d.n == last.n)
                            : why(c, k, d);
    }
    *out = list;
    *n = days;
    return OK;
}

enum { SHOWN_DAYS = 400 };

enum err clock_explain_in(struct view *v, const char *name,
                          const struct calendar *c,
                          const struct clock_count *k)
{
    struct value *list = view_list(v, name);
    struct clock_day *days;
    size_t n = 0;
    enum err e = clock_explain(c, k, v->arena, &days, &n);
    for (size_t i = 0; e == OK && i < n && i < SHOWN_DAYS; i++) {
        const struct clock_day *d = &days[i];
        struct view row = view_row(v, list);
        view_day(&row, "date", d->date);
        view_text(&row, "number",
                  d->counts ? arena_printf(v->arena, "第 %d 日", d->number)
                            : STR(""));
        view_text(&row, "why", str_is_none(d->why) ? STR("") : d->why);
        view_bool(&row, "counts", d->counts);
    }
    return e;
}
