/*
 * The 时限条 of a row in a list.
 *
 * A list shows twenty clocks at once, and asking for each with its pauses would
 * cost forty queries.  So a matter repeats a few facts of its clock in columns
 * of its own, and the bar is worked out from them: the five days to accept or
 * to ask, then the promise.
 */
#include "kernel/clock/clock.h"

/* Days left from which a bar turns yellow: 即将到期 is the last day but one. */
enum { SOON = 1 };

static int at_least_0(int n)
{
    return n > 0 ? n : 0;
}

static int used_of(int counted, int total)
{
    counted = at_least_0(counted);
    return counted > total ? total : counted;
}

/* Received and not yet answered (行政许可法 第三十二条第一款第(四)项). */
static void accept_state(const struct calendar *c, day today,
                         const struct clock_face *f, struct clock_state *s)
{
    s->accepting = true;
    s->start = f->received;
    s->due = f->accept_by;
    s->total = clock_rule(STR("permit.supplement_notice"))->n;
    s->held = day_is_none(f->accept_by); /* 补正: the applicant's turn */
    if (s->held) {
        s->paused = s->left = s->total;
        return;
    }
    s->used = used_of(calendar_working_between(c, f->received, today),
                      s->total);
    s->left = s->total - s->used;
    s->over = at_least_0(calendar_working_between(c, f->accept_by, today));
}

static void promise_state(const struct calendar *c, day today,
                          const struct clock_face *f, struct clock_state *s)
{
    bool open = day_is_none(f->closed);
    day at = open ? today : f->closed;
    int held = (int)f->held;
    s->start = f->start;
    s->due = f->due;
    s->total = (int)(f->n + f->extra);
    s->held = open && !day_is_none(f->held_at);
    if (s->held)
        held += at_least_0(calendar_working_between(c, f->held_at, at));
    s->paused = held;
    s->used = used_of(calendar_working_between(c, f->start, at) - held,
                      s->total);
    s->left = s->total - s->used;
    if (!day_is_none(f->due))
        s->over = at_least_0(calendar_working_between(c, f->due, at));
    s->past = !day_is_none(f->due) && at.n > f->due.n;
}

static enum clock_level level_of(const struct clock_state *s)
{
    if (s->over >= clock_levels_default.red_after_wd)
        return CLOCK_RED;
    if (s->over > 0)
        return CLOCK_YELLOW;
    bool soon = day_is_none(s->stopped) && !s->held && s->left <= SOON &&
                !day_is_none(s->due);
    return soon ? CLOCK_WARNED : CLOCK_FINE;
}

void clock_face_state(const struct calendar *c, day today,
                      const struct clock_face *f, struct clock_state *out)
{
    bool open = day_is_none(f->closed);
    *out = (struct clock_state){ .unit = CLOCK_WORKING_DAYS,
                                 .stopped = f->closed, .start = day_none,
                                 .due = day_none };
    if (!day_is_none(f->start))
        promise_state(c, today, f, out);
    else if (open && !f->joint)
        accept_state(c, today, f, out);
    else
        out->total = out->left = (int)f->n;
    out->running = open && !out->held;
    out->provisional = !day_is_none(out->due) &&
                       !calendar_announced(c, out->due);
    out->level = level_of(out);
}

void clock_face_view(struct view *v, const char *name,
                     const struct calendar *c, day today,
                     const struct clock_face *f)
{
    struct clock_state s;
    clock_face_state(c, today, f, &s);
    clock_view(v, name, &s);
}
