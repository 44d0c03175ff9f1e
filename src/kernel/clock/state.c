/* The 时限条: how much of a clock is used, left, paused and over. */
#include "kernel/clock/count.h"
#include "kernel/page/page.h"

#include <string.h>

/* A bar of more cells than this says nothing more. */
enum { CELLS_MAX = 30, CELLS_OVER_MAX = 4 };

struct tally {
    int used, paused;
};

/* Months and years are shown as the days they come to. */
static bool shown_in_days(const struct clock_count *k)
{
    return k->unit == CLOCK_MONTHS || k->unit == CLOCK_YEARS;
}

static bool is_unit(const struct calendar *c, const struct clock_count *k,
                    day d)
{
    return k->unit != CLOCK_WORKING_DAYS || calendar_working(c, d);
}

/* Units of (from, to]: counted, and lost to pauses. */
static struct tally tally(const struct calendar *c, const struct clock_count *k,
                          day from, day to)
{
    struct tally t = { 0 };
    if (k->span_count == 0) { /* the common case, without a walk */
        if (to.n > from.n)
            t.used = k->unit == CLOCK_WORKING_DAYS
                         ? calendar_working_between(c, from, to)
                         : to.n - from.n;
        return t;
    }
    for (day d = { from.n + 1 }; d.n <= to.n; d.n++) {
        if (!is_unit(c, k, d))
            continue;
        if (clock_pause_over(k, d) != NULL)
            t.paused++;
        else
            t.used++;
    }
    return t;
}

static day earlier(day a, day b)
{
    return day_is_none(b) || a.n < b.n ? a : b;
}

void clock_state_levels(const struct calendar *c, const struct clock_count *k,
                        const struct clock_levels *l, day today, day stopped,
                        bool paused_now, struct clock_state *out)
{
    struct clock_due due = { .due = day_none };
    *out = (struct clock_state){ .start = k->start, .due = day_none,
                                 .unit = k->unit, .stopped = stopped };
    if (clock_due(c, k, &due) != OK)
        return;
    day at = day_is_none(stopped) ? today : stopped;
    bool done = !day_is_none(stopped);
    struct tally t = tally(c, k, k->start, earlier(at, due.due));
    out->due = due.due;
    out->provisional = due.provisional;
    out->total = k->n + k->extra;
    out->used = t.used;
    out->paused = t.paused;
    out->held = paused_now && !done;
    out->running = !done && !paused_now;
    if (shown_in_days(k) && !day_is_none(due.due))
        out->total = due.due.n - k->start.n;
    if (out->used > out->total)
        out->used = out->total; /* moved off a rest day: nothing more is used */
    out->left = out->total - out->used;
    if (day_is_none(due.due))
        return;
    struct clock_lateness late;
    clock_lateness(c, l, due.due, at, done, &late);
    out->level = late.level;
    out->over = late.overdue;
    out->past = at.n > due.due.n;
    if (k->unit != CLOCK_WORKING_DAYS)
        out->left = at.n < due.due.n ? tally(c, k, at, due.due).used : 0;
}

void clock_state(const struct calendar *c, const struct clock_count *k,
                 day today, day stopped, bool paused_now,
                 struct clock_state *out)
{
    clock_state_levels(c, k, &clock_levels_default, today, stopped, paused_now,
                       out);
}

/* ---- the view ---- */

static const char *tone_of(const struct clock_state *s)
{
    if (s->over > 0)
        return "bad";
    if (s->held)
        return "hold";
    return s->level == CLOCK_WARNED ? "warn" : "ok";
}

static const char *icon_of(const struct clock_state *s)
{
    if (s->over > 0)
        return "triangle-alert";
    if (!day_is_none(s->stopped))
        return "check";
    if (s->held)
        return "pause";
    return s->level == CLOCK_WARNED ? "clock" : "circle-check";
}

/* Lateness is in working days under every clock. */
static str text_of(struct arena *a, const struct clock_state *s, bool brief)
{
    const char *late = brief ? "日" : "个工作日";
    const char *unit = s->unit == CLOCK_WORKING_DAYS ? late
                       : brief                       ? "日"
                                                     : "天";
    bool done = !day_is_none(s->stopped);
    if (s->over > 0)
        return arena_printf(a, "超期 %d %s%s", s->over, late,
                            done ? "办结" : "");
    if (done)
        return s->left > 0 ? arena_printf(a, "提前 %d %s办结", s->left, unit)
                           : STR("按时办结");
    if (s->held)
        return STR("时限暂停");
    if (s->past)
        return STR("已到期");
    if (s->left == 0)
        return STR("今日到期");
    if (day_is_none(s->start)) /* nobody has accepted any part yet */
        return arena_printf(a, "受理后 %d %s", s->left, unit);
    return arena_printf(a, "剩 %d %s", s->left, unit);
}

/* A list shows hundreds of cells: they are written as the page has them, which
 * costs a quarter of a list's page less than a section for each.  kind: d used,
 * p paused, o overdue, none left. */
static char *put_cells(char *p, char kind, int n)
{
    for (int i = 0; i < n; i++) {
        p = mempcpy(p, "<i class=\"", 10);
        if (kind)
            *p++ = kind;
        p = mempcpy(p, "\"></i>", 6);
    }
    return p;
}

/* Long clocks are drawn to scale. */
static int scaled(int n, int total)
{
    return total > CELLS_MAX ? (int)((int64_t)n * CELLS_MAX / total) : n;
}

static void draw(struct view *v, const struct clock_state *s)
{
    enum { CELL = 17 }; /* bytes of a cell */
    int all = s->total + (s->held ? s->paused : 0);
    int used = scaled(s->used, all);
    int paused = s->held ? scaled(s->paused, all) : 0;
    int left = scaled(all, all) - used - paused;
    int over = s->over < CELLS_OVER_MAX ? s->over : CELLS_OVER_MAX;
    char *markup = arena_alloc(v->arena, CELL * (CELLS_MAX * 3 +
                                                 CELLS_OVER_MAX));
    char *p = put_cells(markup, 'd', used);
    p = put_cells(p, 'p', paused);
    p = put_cells(p, 0, left);
    p = put_cells(p, 'o', over);
    view_value(v, "cells", page_html(v->arena,
                                     (str){ markup, (size_t)(p - markup) }));
}

void clock_view(struct view *v, const char *name, const struct clock_state *s)
{
    struct view o = view_object(v, name);
    view_text(&o, "tone", str_of(tone_of(s)));
    view_text(&o, "icon", str_of(icon_of(s)));
    view_text(&o, "text", text_of(v->arena, s, false));
    view_text(&o, "short", text_of(v->arena, s, true));
    view_int(&o, "level", s->level);
    view_day(&o, "start", s->start);
    view_day(&o, "due", s->due);
    view_bool(&o, "accepting", s->accepting);
    view_day_short(&o, "from", s->start);
    view_day_short(&o, "to", s->due);
    view_int(&o, "total", s->total);
    view_int(&o, "used", s->used);
    view_int(&o, "left", s->left);
    view_int(&o, "paused", s->paused);
    view_int(&o, "over", s->over);
    view_bool(&o, "held", s->held);
    view_bool(&o, "done", !day_is_none(s->stopped));
    view_bool(&o, "provisional", s->provisional);
    view_bool(&o, "working", s->unit == CLOCK_WORKING_DAYS);
    draw(&o, s);
}
