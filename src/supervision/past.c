#include "supervision/past.h"

#include "supervision/queries.gen.h"

#include <pthread.h>

enum { PERIODS = 3, UNITS = 400 };

/* The people of one organisation. */
struct staff {
    str unit;
    struct past_person *one;
    size_t n;
    struct staff *next;
};

/* One a period; the least recently made goes when a fourth is asked for. */
static struct past {
    uint64_t store; /* its serial; 0: nothing is kept here */
    day today, from;
    struct arena arena;
    struct past_line *line;
    size_t n;
    struct staff *staff; /* of the organisations that were asked for */
} kept[PERIODS];
static size_t next_kept;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

day past_until(day today)
{
    return (day){ today.n - 1 };
}

day past_still_from(struct tx *tx, const struct period *p)
{
    day until = past_until(tx_today(tx));
    return p->from.n > until.n ? p->from : until;
}

/* The last day of a period that is over; before its first: none is. */
static day over(struct tx *tx, const struct period *p)
{
    day last = { past_until(tx_today(tx)).n - 1 };
    return p->to.n < last.n ? p->to : last;
}

day past_weeks_from(day today)
{
    return (day){ today.n - 7 * PAST_WEEKS + 1 };
}

/* Rows come in groups: the line of the last one, else a look for it. */
static struct past_line *line_of(struct past *k, str unit)
{
    for (size_t i = k->n; i-- > 0;)
        if (str_eq(k->line[i].unit, unit))
            return &k->line[i];
    if (k->n == UNITS)
        return NULL;
    k->line[k->n] = (struct past_line){ .unit = arena_str(&k->arena, unit) };
    return &k->line[k->n++];
}

static enum err add_figures(struct tx *tx, day from, day to, struct past *k)
{
    struct figures_by_unit *f;
    struct score_by_unit *s;
    size_t n;
    struct past_line *l;
    enum err e = figures_by_unit(tx, STR(""), from, to, &f, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if ((l = line_of(k, f[i].unit)) != NULL) {
            l->filed = f[i].filed;
            l->closed = f[i].closed;
            l->late = f[i].late;
        }
    if (e == OK)
        e = score_by_unit(tx, from, to, &s, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if ((l = line_of(k, s[i].unit)) != NULL) {
            l->rated = s[i].rated;
            l->good = s[i].good;
        }
    return e;
}

static enum err add_weeks(struct tx *tx, day from, day to, struct past *k)
{
    struct figures_by_week *w;
    size_t n;
    struct past_line *l;
    enum err e = figures_by_week(tx, STR(""), from, to, &w, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (w[i].week >= 0 && w[i].week < PAST_WEEKS &&
            (l = line_of(k, w[i].unit)) != NULL)
            l->week[w[i].week] = w[i].closed;
    return e;
}

static enum err count(struct tx *tx, const struct period *p, struct past *k)
{
    day today = tx_today(tx), to = over(tx, p);
    arena_reset(&k->arena);
    k->line = ARENA_NEW_N(&k->arena, struct past_line, UNITS);
    k->n = 0;
    k->staff = NULL;
    k->store = 0;
    enum err e = p->from.n <= to.n ? add_figures(tx, p->from, to, k) : OK;
    if (e == OK)
        e = add_weeks(tx, past_weeks_from(today),
                      (day){ past_until(today).n - 1 }, k);
    if (e != OK)
        return e;
    k->store = store_serial(tx->store);
    k->today = today;
    k->from = p->from;
    return OK;
}

static struct past *find(struct tx *tx, const struct period *p)
{
    for (size_t i = 0; i < PERIODS; i++)
        if (kept[i].store == store_serial(tx->store) &&
            kept[i].today.n == tx_today(tx).n && kept[i].from.n == p->from.n)
            return &kept[i];
    return NULL;
}

/* What is kept of a period; the lock is held. */
static enum err kept_of(struct tx *tx, const struct period *p,
                        struct past **out)
{
    *out = find(tx, p);
    if (*out)
        return OK;
    *out = &kept[next_kept++ % PERIODS];
    return count(tx, p, *out);
}

enum err past_read(struct tx *tx, const struct period *p,
                   void (*each)(void *context, const struct past_line *l),
                   void *context)
{
    struct past *k;
    pthread_mutex_lock(&lock);
    enum err e = kept_of(tx, p, &k);
    for (size_t i = 0; e == OK && i < k->n; i++)
        each(context, &k->line[i]);
    pthread_mutex_unlock(&lock);
    return e;
}

/* ---- by person ---- */

static enum err add_staff(struct tx *tx, const struct period *p, str unit,
                          struct past *k)
{
    struct officers_closed *c;
    size_t n;
    enum err e = officers_closed(tx, unit, day_begin(p->from),
                                 day_begin((day){ over(tx, p).n + 1 }), &c,
                                 &n);
    if (e != OK)
        return e;
    struct staff *s = ARENA_NEW(&k->arena, struct staff);
    *s = (struct staff){ .unit = arena_str(&k->arena, unit), .n = n,
                         .next = k->staff,
                         .one = ARENA_NEW_N(&k->arena, struct past_person,
                                            n + 1) };
    for (size_t i = 0; i < n; i++)
        s->one[i] = (struct past_person){
            arena_str(&k->arena, c[i].officer_name), c[i].cases, c[i].late };
    k->staff = s;
    return OK;
}

static enum err staff_of(struct tx *tx, const struct period *p, str unit,
                         struct staff **out)
{
    struct past *k;
    enum err e = kept_of(tx, p, &k);
    if (e != OK)
        return e;
    for (*out = k->staff; *out; *out = (*out)->next)
        if (str_eq((*out)->unit, unit))
            return OK;
    e = add_staff(tx, p, unit, k);
    *out = k->staff;
    return e;
}

enum err past_people(struct tx *tx, const struct period *p, str unit,
                     struct past_person **out, size_t *n)
{
    struct staff *s;
    pthread_mutex_lock(&lock);
    enum err e = staff_of(tx, p, unit, &s);
    if (e == OK) {
        *n = s->n;
        *out = ARENA_NEW_N(tx->arena, struct past_person, s->n + 1);
        for (size_t i = 0; i < s->n; i++)
            (*out)[i] = (struct past_person){
                arena_str(tx->arena, s->one[i].name), s->one[i].closed,
                s->one[i].late };
    }
    pthread_mutex_unlock(&lock);
    return e;
}
