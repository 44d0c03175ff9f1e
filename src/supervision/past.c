#include "supervision/past.h"

#include "supervision/queries.gen.h"

#include <pthread.h>

enum { PERIODS = 3, UNITS = 400 };

/* One a period; the least recently made goes when a fourth is asked for. */
static struct past {
    uint64_t store; /* its serial; 0: nothing is kept here */
    day today, from;
    struct arena arena;
    struct past_line *line;
    size_t n;
} kept[PERIODS];
static size_t next_kept;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

day past_until(day today)
{
    return (day){ today.n - 1 };
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
    day today = tx_today(tx), over = { past_until(today).n - 1 };
    day to = { p->to.n < over.n ? p->to.n : over.n };
    arena_reset(&k->arena);
    k->line = ARENA_NEW_N(&k->arena, struct past_line, UNITS);
    k->n = 0;
    k->store = 0;
    enum err e = p->from.n <= to.n ? add_figures(tx, p->from, to, k) : OK;
    if (e == OK)
        e = add_weeks(tx, past_weeks_from(today), over, k);
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

enum err past_read(struct tx *tx, const struct period *p,
                   void (*each)(void *context, const struct past_line *l),
                   void *context)
{
    enum err e = OK;
    pthread_mutex_lock(&lock);
    struct past *k = find(tx, p);
    if (k == NULL) {
        k = &kept[next_kept++ % PERIODS];
        e = count(tx, p, k);
    }
    for (size_t i = 0; e == OK && i < k->n; i++)
        each(context, &k->line[i]);
    pthread_mutex_unlock(&lock);
    return e;
}
