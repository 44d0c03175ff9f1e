/*
 * The two jobs of clocks: levels that rise by themselves, and due days that a
 * new calendar moves.  Both work in batches, each batch a command of its own,
 * so that a city's clocks never hold up the writer.
 */
#include "kernel/clock/stored.h"

#include "kernel/clock/queries.gen.h"

enum { BATCH = 500 }; /* the LIMIT of the two queries */

/* ---- levels ---- */

static const char *const level_names[] = { "fine", "warned", "yellow", "red" };

static struct value *payload(struct tx *tx, const struct clock_rows_to_check *r,
                             enum clock_level level, int overdue)
{
    struct view v = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&v, "matter", r->matter);
    view_text(&v, "unit", r->unit);
    view_text(&v, "holder", r->holder);
    view_text(&v, "kind", r->kind);
    view_text(&v, "rule", r->rule);
    view_text(&v, "level", str_of(level_names[level]));
    view_day(&v, "due", r->due);
    view_int(&v, "over", overdue);
    return v.object;
}

/* Tells every level from above the old one up to the new one. */
static enum err tell(struct tx *tx, const struct clock_outside *outside,
                     const struct clock_rows_to_check *r,
                     const struct clock_lateness *late)
{
    enum err e = OK;
    for (int l = (int)r->level + 1; e == OK && l <= (int)late->level; l++)
        e = outside->signal(tx, "clock.level", r->ref,
                            payload(tx, r, (enum clock_level)l,
                                    late->overdue));
    return e;
}

static enum err check(struct tx *tx, const struct clock_outside *outside,
                      const struct clock_rows_to_check *r)
{
    struct clock_levels levels = { (int)r->warn_before, (int)r->red_after };
    struct clock_lateness late = { .level = (enum clock_level)r->level,
                                   .next = day_none };
    bool done = !day_is_none(r->stopped);
    if (!day_is_none(r->due))
        clock_lateness(tx->calendar, &levels, r->due,
                       done ? r->stopped : tx_today(tx), done, &late);
    enum err e = clock_row_level(
        tx, r->id, r->version, r->level, late.level,
        day_is_none(late.next) ? inst_none : day_begin(late.next));
    return e == OK ? tell(tx, outside, r, &late) : e;
}

enum err clock_levels_run(struct tx *tx, const struct clock_outside *outside,
                          bool *more)
{
    struct clock_rows_to_check *rows;
    size_t n;
    enum err e = clock_rows_to_check(tx, tx->now, &rows, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = check(tx, outside, &rows[i]);
    *more = e == OK && n == BATCH;
    return e;
}

/* ---- a new calendar ---- */

static str shown(day d, char text[DAY_TEXT])
{
    return day_is_none(d) ? STR("暂停中") : day_text(d, text);
}

static enum err moved(struct tx *tx, const struct clock_outside *outside,
                      const struct clock_rows_outdated *r, day due)
{
    char from[DAY_TEXT], to[DAY_TEXT];
    str old = shown(r->due, from), new = shown(due, to);
    str detail = arena_printf(tx->arena,
                              "%.*s 时限的应办结日由 %.*s 改为 %.*s（日历 %d）",
                              STR_ARG(r->kind), STR_ARG(old), STR_ARG(new),
                              calendar_version(tx->calendar));
    struct view v = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&v, "matter", r->matter);
    view_text(&v, "kind", r->kind);
    view_day(&v, "due", due);
    enum err e = outside->note(tx, STR("clock.recount"), r->ref, detail);
    return e == OK ? outside->signal(tx, "clock.moved", r->ref, v.object) : e;
}

static enum err recount(struct tx *tx, const struct clock_outside *outside,
                        const struct clock_rows_outdated *r)
{
    struct clock_levels levels = { (int)r->warn_before, (int)r->red_after };
    struct clock_count k = {
        .start = r->start, .unit = (enum clock_unit)r->unit_of,
        .n = (int)r->allowed, .extra = (int)r->extra,
        .roll = r->unit_of != CLOCK_WORKING_DAYS,
    };
    struct clock_settled now;
    enum err e = r->spans > 0 ? clock_spans_read(tx, r->id, &k) : OK;
    if (e == OK)
        e = clock_settle(tx, &k, &levels, day_none, (enum clock_level)r->level,
                         &now);
    if (e == OK)
        e = clock_row_set(tx, r->id, r->version, r->extra, now.due,
                          now.provisional, r->paused, r->spans, day_none, 0,
                          now.level, now.check_at,
                          calendar_version(tx->calendar));
    return e == OK && now.due.n != r->due.n ? moved(tx, outside, r, now.due)
                                            : e;
}

enum err clock_recount_run(struct tx *tx, const struct clock_outside *outside,
                           bool *more)
{
    struct clock_rows_outdated *rows;
    size_t n;
    enum err e = clock_rows_outdated(tx, calendar_version(tx->calendar), &rows,
                                     &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = recount(tx, outside, &rows[i]);
    *more = e == OK && n == BATCH;
    return e;
}
