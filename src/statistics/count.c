/*
 * Counting a day from the record.
 *
 * Whatever happens to a case only says which days must be counted again; the
 * job counts them, one at a time, so that no figure is ever the sum of news
 * that may come twice or not at all.  It counts on a snapshot, beside the
 * writer; the command only keeps what is not as it was.  A day of which news
 * came meanwhile stays due.
 */
#include "statistics/count.h"

#include "kernel/clock/clock.h"
#include "kernel/store/topics.h"
#include "statistics/queries.gen.h"

#include <string.h>

enum { SLOTS = 8192, MOST = SLOTS / 2 };

struct figure {
    const char *dim;
    str key;
    int64_t filed, closed, late, worked;
    const struct stat_day_rows *was; /* when the day was last counted, NULL */
};

struct counting {
    struct tx *tx;     /* its arena keeps the figures */
    struct tx page;    /* the same snapshot; its arena only a page of rows */
    day day;
    int64_t heard;     /* the last news of the day when it was counted */
    struct figure *slots;
    int used;
};

static struct figure *figure_of(struct counting *c, const char *dim, str key)
{
    uint64_t at = (str_hash(key) ^ (uint64_t)dim[0] * 0x9e3779b97f4a7c15u);
    for (;; at++) {
        struct figure *f = &c->slots[at % SLOTS];
        if (f->dim && (f->dim != dim || !str_eq(f->key, key)))
            continue;
        if (f->dim == NULL) {
            if (c->used == MOST)
                return f; /* counted nowhere; never reached by real cities */
            c->used++;
            f->dim = dim;
            f->key = arena_str(c->tx->arena, key);
        }
        return f;
    }
}

static const char *const dims[] = { "all", "town", "channel", "unit", "item" };

static void add(struct counting *c, str kind, const str keys[5],
                const struct figure *more)
{
    bool part = str_is(kind, "part"), joint = str_is(kind, "joint");
    for (int i = 0; i < 5; i++) {
        bool once = i < 3;
        if (str_is_none(keys[i]) || (once ? part : joint))
            continue;
        struct figure *f = figure_of(c, dims[i], keys[i]);
        f->filed += more->filed;
        f->closed += more->closed;
        f->late += more->late;
        f->worked += more->worked;
    }
}

static enum err count_filed(struct counting *c)
{
    static const struct figure one = { .filed = 1 };
    struct stat_filed *r;
    size_t n = 1;
    int64_t after = 0;
    enum err e = OK;
    while (e == OK && n > 0) {
        e = stat_filed(&c->page, c->day, after, &r, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            const str keys[5] = { STR(""), r[i].town, r[i].channel, r[i].unit,
                                  r[i].item };
            add(c, r[i].kind, keys, &one);
            after = r[i].id;
        }
        arena_reset(c->page.arena);
    }
    return e;
}

static int64_t took(const struct counting *c, day accepted, int64_t held)
{
    if (day_is_none(accepted))
        return 0;
    int64_t n = calendar_working_between(c->tx->calendar, accepted, c->day) -
                held;
    return n > 0 ? n : 0;
}

static enum err count_closed(struct counting *c)
{
    struct stat_closed *r;
    size_t n = 1;
    int64_t after = 0;
    enum err e = OK;
    while (e == OK && n > 0) {
        e = stat_closed(&c->page, c->day, after, &r, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            const str keys[5] = { STR(""), r[i].town, r[i].channel, r[i].unit,
                                  r[i].item };
            struct figure one = { .closed = 1, .late = r[i].late,
                                  .worked = took(c, r[i].accepted,
                                                 r[i].held) };
            add(c, r[i].kind, keys, &one);
            after = r[i].id;
        }
        arena_reset(c->page.arena);
    }
    return e;
}

/* Finds beside each figure what it was. */
static enum err read_before(struct counting *c)
{
    struct stat_day_rows *r;
    size_t n;
    enum err e = stat_day_rows(c->tx, c->day, &r, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        for (int k = 0; k < 5; k++)
            if (str_is(r[i].dim, dims[k]))
                figure_of(c, dims[k], r[i].key)->was = &r[i];
    return e;
}

/* The month and the year follow by what the day changed. */
static enum err write_spans(struct counting *c, const struct figure *f,
                            int month)
{
    static const struct stat_day_rows none;
    const struct stat_day_rows *was = f->was ? f->was : &none;
    const int spans[2] = { month, month / 100 };
    enum err e = OK;
    for (int i = 0; e == OK && i < 2; i++)
        e = stat_span_add(c->tx, str_of(f->dim), spans[i], f->key,
                          f->filed - was->filed, f->closed - was->closed,
                          f->late - was->late, f->worked - was->worked, NULL);
    return e;
}

static enum err write_one(struct counting *c, const struct figure *f,
                          int month)
{
    const struct stat_day_rows *was = f->was;
    str dim = str_of(f->dim);
    if (was && was->filed == f->filed && was->closed == f->closed &&
        was->late == f->late && was->worked == f->worked)
        return OK;
    enum err e = f->filed == 0 && f->closed == 0
                     ? stat_day_drop(c->tx, dim, c->day, f->key)
                     : stat_day_put(c->tx, dim, c->day, f->key, month,
                                    f->filed, f->closed, f->late, f->worked,
                                    NULL);
    return e == OK ? write_spans(c, f, month) : e;
}

/* Only what is not as it was is written: of a day counted again that is little,
 * and others wait for the writer. */
static enum err write_figures(struct counting *c)
{
    int y, m, d;
    day_split(c->day, &y, &m, &d);
    enum err e = read_before(c);
    for (int i = 0; e == OK && i < SLOTS; i++)
        if (c->slots[i].dim)
            e = write_one(c, &c->slots[i], y * 100 + m);
    return e;
}

static enum err count_day(struct counting *c)
{
    struct arena rows = arena_make(0);
    c->page = *c->tx;
    c->page.arena = &rows;
    enum err e = count_filed(c);
    if (e == OK)
        e = count_closed(c);
    arena_free(&rows);
    c->page.arena = NULL;
    return e;
}

enum err statistics_count(struct tx *tx, const void **kept)
{
    struct stat_due_next next;
    enum err e = stat_due_next(tx, &next);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    struct counting *c = ARENA_NEW(tx->arena, struct counting);
    *c = (struct counting){ .tx = tx, .day = next.day, .heard = next.heard,
                            .slots = ARENA_NEW_N(tx->arena, struct figure,
                                                 SLOTS) };
    e = count_day(c);
    *kept = e == OK ? c : NULL;
    return e;
}

enum err statistics_keep(struct tx *tx, bool *more)
{
    struct counting c = *(const struct counting *)tx->kept;
    struct stat_due_one now;
    c.tx = tx;
    enum err e = stat_due_one(tx, c.day, &now);
    *more = true;
    if (e == ERR_NOTFOUND)
        return OK; /* another server was faster */
    if (e == OK)
        e = write_figures(&c);
    if (e == OK && now.heard == c.heard)
        e = stat_due_drop(tx, c.day);
    else
        *more = false; /* again, but not at once */
    if (e == OK)
        store_touch(tx, TOPIC_BOARD);
    return e;
}

/* A city that has cases and no figures of its first day has none at all: it was
 * loaded, or its figures are new. */
enum err statistics_begin(struct tx *tx, bool *more)
{
    struct stat_first first;
    struct stat_known known = { .days = 1 };
    *more = false;
    enum err e = stat_first(tx, &first);
    if (e == OK && !day_is_none(first.day))
        e = stat_known(tx, first.day, &known);
    if (e != OK || known.days > 0)
        return e;
    for (day d = first.day; e == OK && d.n <= tx_today(tx).n; d.n++)
        e = stat_due_add(tx, d, store_id(tx->store), NULL);
    return e;
}

enum err statistics_heard(struct tx *tx, str ref, const struct value *payload)
{
    (void)payload;
    struct stat_case c;
    enum err e = stat_case(tx, ref, &c);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e == OK)
        e = stat_due_add(tx, c.received, store_id(tx->store), NULL);
    if (e == OK && !day_is_none(c.closed_day))
        e = stat_due_add(tx, c.closed_day, store_id(tx->store), NULL);
    return e;
}
