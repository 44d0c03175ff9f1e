/*
 * Stored clocks: what a verb does to them.
 *
 * Every verb reads the running clocks of the matter, changes the count, and
 * lets clock_settle() work out the rest: due day, lateness, level, and when to
 * look again.  A level never rises here.  It may fall (an extension, a resumed
 * pause), but a rise is left to the job, so that each is told exactly once
 * whoever caused it: the row then asks to be looked at now.
 */
#include "kernel/clock/stored.h"

#include "kernel/clock/queries.gen.h"

/* Of a table written by clock_start: in range, so the casts are safe. */
static struct clock_count count_of(day start, int64_t unit_of, int64_t allowed,
                                   int64_t extra)
{
    return (struct clock_count){
        .start = start, .unit = (enum clock_unit)unit_of, .n = (int)allowed,
        .extra = (int)extra, .roll = unit_of != CLOCK_WORKING_DAYS,
    };
}

enum err clock_spans_read(struct tx *tx, int64_t clock, struct clock_count *k)
{
    struct clock_span_list *rows;
    size_t n;
    enum err e = clock_span_list(tx, clock, &rows, &n);
    if (e != OK)
        return e;
    struct clock_span *spans = ARENA_NEW_N(tx->arena, struct clock_span, n + 1);
    for (size_t i = 0; i < n; i++)
        spans[i] = (struct clock_span){ rows[i].from_day, rows[i].to_day,
                                        rows[i].reason };
    k->spans = spans;
    k->span_count = n;
    return OK;
}

enum err clock_settle(const struct tx *tx, const struct clock_count *k,
                      const struct clock_levels *l, day stopped,
                      enum clock_level was, struct clock_settled *out)
{
    struct clock_due due;
    enum err e = clock_due(tx->calendar, k, &due);
    if (e != OK)
        return e;
    bool done = !day_is_none(stopped);
    *out = (struct clock_settled){ .due = due.due, .check_at = inst_none,
                                   .provisional = due.provisional };
    if (day_is_none(due.due)) {
        out->level = done ? CLOCK_FINE : was;
        return OK;
    }
    struct clock_lateness late;
    clock_lateness(tx->calendar, l, due.due, done ? stopped : tx_today(tx),
                   done, &late);
    out->over = done ? late.overdue : 0;
    out->earned = late.level;
    out->next = day_is_none(late.next) ? inst_none : day_begin(late.next);
    out->level = late.level < was ? late.level : was;
    out->check_at = late.level > was ? tx->now : out->next;
    return OK;
}

static struct clock_levels levels_of(int64_t warn_before, int64_t red_after)
{
    return (struct clock_levels){ (int)warn_before, (int)red_after };
}

/* ---- starting ---- */

static enum err add(struct tx *tx, const struct clock_spec *s,
                    const struct clock_history *h, bool loaded, day *due)
{
    struct clock_levels levels =
        s->levels.red_after_wd > 0 ? s->levels : clock_levels_default;
    struct clock_count k = count_of(s->start, s->unit_of, s->n, h->extra);
    struct clock_settled now;
    k.spans = h->spans;
    k.span_count = h->span_count;
    if (clock_rule(s->rule) == NULL)
        return ERR_RANGE;
    enum err e =
        clock_settle(tx, &k, &levels, h->stopped, CLOCK_FINE, &now);
    if (e != OK)
        return e;
    bool paused = k.span_count > 0 && day_is_none(h->stopped) &&
                  day_is_none(k.spans[k.span_count - 1].to);
    int64_t id = store_id(tx->store);
    e = clock_row_add(tx, id, s->matter, s->ref, s->unit, s->holder, s->kind,
                      s->rule, s->start, s->unit_of, s->n, h->extra,
                      s->extend_max, now.due, now.provisional, paused,
                      (int64_t)k.span_count, h->stopped, now.over,
                      loaded ? now.earned : now.level, levels.warn_before_wd,
                      levels.red_after_wd, loaded ? now.next : now.check_at,
                      calendar_version(tx->calendar));
    for (size_t i = 0; e == OK && i < k.span_count; i++)
        e = clock_span_add(tx, store_id(tx->store), id, k.spans[i].from,
                           k.spans[i].to, k.spans[i].reason, 0, STR(""),
                           tx->who->name);
    *due = now.due;
    return e;
}

enum err clock_start_until(struct tx *tx, const struct clock_spec *spec,
                           day *due)
{
    struct clock_history none = { .stopped = day_none };
    return add(tx, spec, &none, false, due);
}

enum err clock_start(struct tx *tx, const struct clock_spec *spec)
{
    day due;
    return clock_start_until(tx, spec, &due);
}

enum err clock_load(struct tx *tx, const struct clock_spec *spec,
                    const struct clock_history *history)
{
    day due;
    return add(tx, spec, history, true, &due);
}

/* ---- verbs ---- */

typedef struct clock_rows_running running;

static enum err running_of(struct tx *tx, str matter, str ref, running **rows,
                           size_t *n)
{
    enum err e = clock_rows_running(tx, matter, ref, rows, n);
    return e == OK && *n == 0 ? ERR_NOTFOUND : e;
}

/* Writes a clock back after its count, its pauses or its end changed. */
static enum err rewrite(struct tx *tx, const running *r, int64_t extra,
                        bool paused, int64_t spans, day stopped)
{
    struct clock_count k = count_of(r->start, r->unit_of, r->allowed, extra);
    struct clock_levels levels = levels_of(r->warn_before, r->red_after);
    struct clock_settled now;
    enum err e = spans > 0 ? clock_spans_read(tx, r->id, &k) : OK;
    if (e != OK)
        return e;
    e = clock_settle(tx, &k, &levels, stopped, (enum clock_level)r->level,
                     &now);
    if (e != OK)
        return e;
    return clock_row_set(tx, r->id, r->version, extra, now.due,
                         now.provisional, paused, spans, stopped, now.over,
                         now.level, now.check_at,
                         calendar_version(tx->calendar));
}

static enum err may_pause(const running *r, str reason)
{
    const struct clock_rule *rule = clock_rule(r->rule);
    if (r->paused)
        return ERR_CONFLICT;
    return rule != NULL && clock_rule_stops(rule, reason) ? OK : ERR_RANGE;
}

enum err clock_pause(struct tx *tx, str matter, str ref, str reason,
                     int planned, str document)
{
    running *rows;
    size_t n;
    enum err e = running_of(tx, matter, ref, &rows, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = may_pause(&rows[i], reason);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = clock_span_add(tx, store_id(tx->store), rows[i].id, tx_today(tx),
                           day_none, reason, planned,
                           str_is_none(document) ? STR("") : document,
                           tx->who->name);
        if (e == OK)
            e = rewrite(tx, &rows[i], rows[i].extra, true, rows[i].spans + 1,
                        day_none);
    }
    return e;
}

enum err clock_resume(struct tx *tx, str matter, str ref)
{
    running *rows;
    size_t n;
    bool any = false;
    enum err e = running_of(tx, matter, ref, &rows, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        if (!rows[i].paused)
            continue;
        any = true;
        e = clock_span_end(tx, rows[i].id, tx_today(tx));
        if (e == OK)
            e = rewrite(tx, &rows[i], rows[i].extra, false, rows[i].spans,
                        day_none);
    }
    return e == OK && !any ? ERR_CONFLICT : e;
}

/* Has its due day passed?  Then an extension would hide the lateness. */
static bool is_late(const struct tx *tx, const running *r)
{
    return !day_is_none(r->due) && r->due.n < tx_today(tx).n;
}

/* An extension is told in working days (行政许可法 第八十二条).  A clock of
 * natural days gets as many as bring its end at least as far, so that a promise
 * extended with it still ends no later than the law's. */
static enum err extra_of(struct tx *tx, const running *r, int working,
                         int64_t *extra)
{
    *extra = working;
    if (r->unit_of != CLOCK_NATURAL_DAYS || day_is_none(r->due))
        return OK;
    day until = calendar_add_working(tx->calendar, r->due, working);
    struct clock_due due = { .due = r->due };
    enum err e = OK;
    for (*extra = until.n - r->due.n; e == OK; ++*extra) {
        struct clock_count k = count_of(r->start, r->unit_of, r->allowed,
                                        *extra);
        e = r->spans > 0 ? clock_spans_read(tx, r->id, &k) : OK;
        if (e == OK)
            e = clock_due(tx->calendar, &k, &due);
        if (due.due.n >= until.n)
            break;
    }
    return e;
}

enum err clock_extend(struct tx *tx, str matter, str ref, int working,
                      str reason)
{
    running *rows;
    size_t n;
    bool any = false;
    if (working < 1 || str_is_none(reason) || reason.n == 0)
        return ERR_RANGE;
    enum err e = running_of(tx, matter, ref, &rows, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        running *r = &rows[i];
        if (r->extend_max == 0 || is_late(tx, r))
            continue;
        if (r->extra > 0)
            return ERR_CONFLICT;
        if (working > r->extend_max)
            return ERR_RANGE;
        any = true;
        int64_t extra;
        e = extra_of(tx, r, working, &extra);
        if (e == OK)
            e = rewrite(tx, r, extra, r->paused, r->spans, day_none);
    }
    return e == OK && !any ? ERR_RANGE : e;
}

enum err clock_stop_told(struct tx *tx, str matter, str ref, bool *told)
{
    running *rows;
    size_t n;
    *told = false;
    enum err e = running_of(tx, matter, ref, &rows, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        *told |= rows[i].level > CLOCK_FINE;
        if (rows[i].paused)
            e = clock_span_end(tx, rows[i].id, tx_today(tx));
        if (e == OK)
            e = rewrite(tx, &rows[i], rows[i].extra, false, rows[i].spans,
                        tx_today(tx));
    }
    return e;
}

enum err clock_stop(struct tx *tx, str matter, str ref)
{
    bool told;
    return clock_stop_told(tx, matter, ref, &told);
}

enum err clock_hold(struct tx *tx, str matter, str ref, str unit, str holder)
{
    int64_t changed;
    enum err e = clock_row_hold(tx, matter, ref, unit, holder, &changed);
    return e == OK && changed == 0 ? ERR_NOTFOUND : e;
}

/* ---- looking ---- */

enum err clock_find(struct tx *tx, str matter, str ref, str kind,
                    struct clock_found *out)
{
    struct clock_row_newest r;
    enum err e = clock_row_newest(tx, matter, ref, kind, &r);
    if (e != OK)
        return e;
    struct clock_found f = {
        .count = count_of(r.start, r.unit_of, r.allowed, r.extra),
        .levels = levels_of(r.warn_before, r.red_after),
        .unit = r.unit, .holder = r.holder, .rule = r.rule,
        .due = r.due, .stopped = r.stopped, .paused = r.paused,
        .level = (enum clock_level)r.level,
    };
    e = r.spans > 0 ? clock_spans_read(tx, r.id, &f.count) : OK;
    if (e == OK)
        *out = f;
    return e;
}

void clock_found_view(struct tx *tx, struct view *v, const char *name,
                      const struct clock_found *f)
{
    struct clock_state s;
    clock_state_levels(tx->calendar, &f->count, &f->levels, tx_today(tx),
                       f->stopped, f->paused, &s);
    clock_view(v, name, &s);
}
