/*
 * 容缺受理 in the model of random lives: two papers of the chained theme may
 * come after acceptance, one asked for by three departments.  The item of the
 * sign lets silence count as taken back.
 */
#ifndef DEMO_TESTS_GAP_MODEL_H
#define DEMO_TESTS_GAP_MODEL_H

#include "demo/tests/asks.h"
#include "services/work/gap.h"

enum { GAP_CODES = 2 };
static const char *const gap_codes[GAP_CODES] = { "safety", "premises" };
/* Which of them each department asks for: bits. */
static const unsigned gaps_asked[] = { 3, 2, 0, 2 };

/* state of a paper: 'o'pen, 'h'anded in, 'w'rong, 'g'ood, 0 not waited for. */
struct model_gaps {
    char state[GAP_CODES];
    int n, days;          /* n: waited for at all; days: as told */
    bool again, lapses;
    day due;
};

static inline void gaps_in_theme(void)
{
    spoil("UPDATE services_theme SET body = replace(replace(body, "
          "'\"name\": \"食品安全管理制度\",', "
          "'\"name\": \"食品安全管理制度\", \"need\": 3,'), "
          "'\"name\": \"场所使用证明\",', "
          "'\"name\": \"场所使用证明\", \"need\": 3,') "
          "WHERE code = $1", STR("chain"));
    CHECK(number_of("SELECT count(*) FROM services_theme WHERE code = $1 AND "
                    "body LIKE '%\"need\": 3%\"need\": 3%'",
                    STR("chain")) == 1);
    spoil("UPDATE services_item SET gap_rule = 'gap.withdrawn', gap_days = 2 "
          "WHERE code = $1", STR("DEMO-13-004"));
}

static inline int gaps_lacking(unsigned asked, const bool *there)
{
    int n = 0;
    for (int i = 0; i < GAP_CODES; i++)
        n += (asked >> i & 1) && !there[i];
    return n;
}

static inline int gaps_in(const struct model_gaps *g, char state)
{
    int n = 0;
    for (int i = 0; i < GAP_CODES && g->n; i++)
        n += g->state[i] == state;
    return n;
}

static inline int gaps_left(const struct model_gaps *g)
{
    return gaps_in(g, 'o') + gaps_in(g, 'h') + gaps_in(g, 'w');
}

/* At the acceptance, whoever it came from. */
static inline void gaps_open(struct model_gaps *g, int part, const bool *there,
                             day today, day promised)
{
    const struct calendar *cal = clock_calendar_builtin();
    *g = (struct model_gaps){ .n = gaps_lacking(gaps_asked[part], there) };
    if (g->n == 0)
        return;
    for (int i = 0; i < GAP_CODES; i++)
        if ((gaps_asked[part] >> i & 1) && !there[i])
            g->state[i] = 'o';
    int room = calendar_working_between(cal, today, promised) - 1;
    int days = part == 3 ? 2 : 10;
    g->days = room < days ? room : days;
    if (g->days < 1)
        g->days = 1;
    g->due = calendar_add_working(cal, today, g->days);
}

static inline int gaps_at(str code)
{
    for (int i = 0; i < GAP_CODES; i++)
        if (str_is(code, gap_codes[i]))
            return i;
    return -1;
}

static inline void gaps_set(struct model_gaps *g, str code, char state)
{
    g->state[gaps_at(code)] = state;
}

/* The day a fresh period would end on; none when no later one is left. */
static inline day gaps_next(const struct model_gaps *g, day today, day promised)
{
    const struct calendar *cal = clock_calendar_builtin();
    int days = g->days;
    if (!day_is_none(promised)) {
        int room = calendar_working_between(cal, today, promised) - 1;
        days = room < days ? room : days;
    }
    if (days < 1)
        return day_none;
    day due = calendar_add_working(cal, today, days);
    return due.n > g->due.n ? due : day_none;
}

static inline void gaps_anew(struct model_gaps *g, day today, day promised)
{
    day due = g->again ? day_none : gaps_next(g, today, promised);
    if (day_is_none(due))
        return;
    g->again = true;
    g->due = due;
}

static inline enum err gaps_hand_in_verdict(const struct model_gaps *g,
                                            const struct act *a, day today)
{
    int i = gaps_at(a->list);
    if (gaps_left(g) == 0)
        return ERR_CONFLICT;
    if (g->due.n < today.n || i < 0 || g->state[i] == 0)
        return ERR_RANGE;
    return g->state[i] == 'o' || g->state[i] == 'w' ? OK : ERR_CONFLICT;
}

static inline enum err gaps_verify_verdict(const struct model_gaps *g,
                                           const struct act *a)
{
    int i = gaps_at(a->paper);
    if (a->disagree && utf8_count(a->reason) < 4)
        return ERR_RANGE;
    return gaps_left(g) && g->state[i] == 'h' ? OK : ERR_CONFLICT;
}

static inline enum err gaps_again_verdict(const struct model_gaps *g, day today,
                                          day promised)
{
    if (gaps_left(g) == gaps_in(g, 'h') || g->again)
        return ERR_RANGE;
    if (g->lapses && g->due.n < today.n)
        return ERR_RANGE;
    return day_is_none(gaps_next(g, today, promised)) ? ERR_RANGE : OK;
}

#endif
