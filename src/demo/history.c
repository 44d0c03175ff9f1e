/*
 * Five years of finished cases.
 *
 * Arrivals fall on working days of the real calendar in opening hours, a little
 * more each year; which item is asked for follows Zipf's law; how long it took
 * is some share of what was promised, and a few in a thousand were late.  Rows
 * are written in the order of filing, thousands to a command, so that the
 * loader is as fast as the store's bulk writing.
 */
#include "demo/demo.h"

#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"
#include "kernel/search/search.h"
#include "kernel/store/topics.h"
#include "services/queries.gen.h"
#include "supervision/queries.gen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    YEARS = 5,
    DAYS = YEARS * 366 + 2,
    BATCH = 4000,
    PEOPLE = 4096, /* invented names, used again and again */
    DONE_BEFORE_MS = 2 * 3600 * 1000, /* the youngest finished case is older */
};

/* Figures of one day and organisation, added up here and written once. */
struct day_tally {
    int filed, closed, late, refused, worked, rated, good, bad;
};

struct history {
    struct city *city;
    day first, last;         /* of the five years */
    int64_t *filed;          /* instants, sorted */
    int64_t next;            /* first not yet written */
    int *rank;               /* item by popularity */
    struct day_tally *tally; /* [day][unit], unit c->units is the city */
    int serial_day, serial;
    str person[PEOPLE], company[PEOPLE], person_open[PEOPLE];
};

/* ---- when ---- */

/* A moment of a working day between 8:30 and 17:30, less at noon. */
static inst moment(struct dice *d, day on)
{
    int64_t minute = dice_below(d, 450);
    /* 8:30-12:00 and 13:30-17:30 */
    minute += minute < 210 ? 8 * 60 + 30 : 10 * 60;
    return (inst){ day_begin(on).ms + minute * 60000 + dice_below(d, 60000) };
}

static int compare_ms(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Working days of the period; more of today's kind towards the end. */
static enum err arrivals(struct history *h, const struct calendar *cal,
                         int64_t n)
{
    struct city *c = h->city;
    day *days = ARENA_NEW_N(c->arena, day, DAYS);
    int count = 0;
    for (day d = h->first; d.n <= h->last.n; d.n++)
        if (calendar_working(cal, d))
            days[count++] = d;
    if (count == 0)
        return ERR_RANGE;
    h->filed = ARENA_NEW_N(c->arena, int64_t, n + 1);
    for (int64_t i = 0; i < n;) {
        double u = (double)dice_below(&c->dice, 1 << 30) / (1 << 30);
        day on = days[(int)(pow(u, 0.85) * count)];
        inst at = moment(&c->dice, on);
        if (at.ms < c->now.ms - DONE_BEFORE_MS)
            h->filed[i++] = at.ms;
    }
    qsort(h->filed, (size_t)n, sizeof *h->filed, compare_ms);
    return OK;
}

/* ---- what and who ---- */

/* The curated items are the well-known ones: they lead the ranking. */
static void rank_items(struct history *h)
{
    struct city *c = h->city;
    h->rank = ARENA_NEW_N(c->arena, int, c->items);
    for (int i = 0; i < c->items; i++)
        h->rank[i] = i;
    for (int i = c->items - 1; i > 0; i--) {
        int from = i < 156 ? 0 : 156;
        int k = from + (int)dice_below(&c->dice, i - from + 1);
        int swap = h->rank[i];
        h->rank[i] = h->rank[k];
        h->rank[k] = swap;
    }
}

static const struct demo_item *item_by_zipf(struct history *h)
{
    struct city *c = h->city;
    double u = (double)dice_below(&c->dice, 1 << 30) / (1 << 30);
    int r = (int)(pow((double)c->items, u)) - 1;
    return &c->item[h->rank[r < c->items ? r : c->items - 1]];
}

static void invent_people(struct history *h)
{
    for (int i = 0; i < PEOPLE; i++) {
        h->person[i] = demo_person(h->city);
        h->company[i] = demo_company(h->city);
        h->person_open[i] = auth_mask_name(h->city->arena, h->person[i]);
    }
    h->city->company = ARENA_NEW_N(h->city->arena, str, DEMO_FIRMS);
    h->city->person = ARENA_NEW_N(h->city->arena, str, DEMO_FIRMS);
    for (int i = 0; i < DEMO_FIRMS; i++) {
        h->city->company[i] = h->company[i];
        h->city->person[i] = h->person[i];
    }
}

/* ---- one case ---- */

struct past {
    const struct demo_item *item;
    inst filed, closed;
    day received, accepted, due, statutory, closed_day;
    str state, reason, number, result_no;
    bool late;
    int took, officer, who;
};

static struct day_tally *tally_of(struct history *h, day d, int unit)
{
    return &h->tally[(d.n - h->first.n) * (h->city->units + 1) + unit];
}

static void decide_end(struct history *h, struct past *p)
{
    struct dice *d = &h->city->dice;
    p->state = STR("granted");
    p->reason = str_none;
    if (dice_chance(d, 12)) {
        p->state = STR("refused");
        p->reason = STR("申请事项依法不属于本机关职权范围，请向上一级"
                        "机关申请。");
    } else if (dice_chance(d, 10)) {
        p->state = STR("denied");
        p->reason = STR("提交的材料不能证明符合法定条件、标准。");
    } else if (dice_chance(d, 3)) {
        p->state = STR("withdrawn");
    }
}

/* How long it took, in working days, and when that was. */
static void spend_time(struct history *h, const struct calendar *cal,
                       struct past *p)
{
    struct city *c = h->city;
    int promised = (int)p->item->promised_n;
    p->received = inst_day(p->filed);
    p->accepted = dice_chance(&c->dice, 800)
                      ? p->received
                      : calendar_add_working(cal, p->received, 1);
    p->took = (int)(dice_below(&c->dice, promised * 90 + 10) / 100);
    p->late = dice_chance(&c->dice, 4);
    if (p->late)
        p->took = promised + 1 + (int)dice_below(&c->dice, 3);
    p->closed_day = p->took ? calendar_add_working(cal, p->accepted, p->took)
                            : p->accepted;
    p->closed = moment(&c->dice, p->closed_day);
    /* Nothing ends before it begins or after now. */
    int64_t soonest = p->filed.ms + 600000;
    if (p->closed.ms < soonest)
        p->closed.ms = soonest;
    if (p->closed.ms > c->now.ms)
        p->closed.ms = soonest + dice_below(&c->dice, c->now.ms - soonest);
    p->closed_day = inst_day(p->closed);
    if (p->accepted.n > p->closed_day.n)
        p->accepted = p->received;
    p->due = calendar_add_working(cal, p->accepted, promised);
    p->statutory =
        p->item->natural
            ? (day){ p->accepted.n + (int)p->item->statutory_n }
            : calendar_add_working(cal, p->accepted, (int)p->item->statutory_n);
    p->late = p->closed_day.n > p->due.n;
}

static void count(struct history *h, const struct past *p)
{
    int unit = (int)(p->item->unit - h->city->unit);
    int places[] = { unit, h->city->units };
    for (int i = 0; i < 2; i++) {
        tally_of(h, p->received, places[i])->filed++;
        struct day_tally *t = tally_of(h, p->closed_day, places[i]);
        t->closed++;
        t->late += p->late;
        t->refused += str_is(p->state, "refused");
        t->worked += p->took;
    }
}

static void number(struct history *h, struct past *p)
{
    if (h->serial_day != p->received.n)
        h->serial = 0;
    h->serial_day = p->received.n;
    int y, m, d;
    day_split(p->received, &y, &m, &d);
    h->serial++;
    p->number = arena_printf(h->city->arena, "YX%04d%02d%02d%06d", y, m, d,
                             h->serial);
}

static str channel(struct city *c, const struct demo_item *item)
{
    int64_t roll = dice_below(&c->dice, 100);
    if (item->online && roll < 60)
        return STR("web");
    return roll < 70 ? STR("agent") : roll < 74 ? STR("kiosk") : STR("window");
}

static enum err write_events(struct tx *tx, int64_t id, const struct past *p,
                             str officer)
{
    static const struct { const char *state, *verb, *text; } ends[] = {
        { "granted", "grant", "准予，出具决定书" },
        { "denied", "deny", "不予批准，说明理由并告知救济途径" },
        { "refused", "refuse", "不予受理，说明理由并告知救济途径" },
        { "withdrawn", "withdraw", "申请人撤回申请" },
    };
    str unit = p->item->unit_code;
    enum err e = event_add(tx, store_id(tx->store), id, p->filed, STR("file"),
                           STR("申请人提交"), STR("申请人"), STR(""), str_none,
                           1);
    if (e == OK && !str_is(p->state, "refused"))
        e = event_add(tx, store_id(tx->store), id,
                      (inst){ p->filed.ms + 300000 }, STR("accept"),
                      STR("受理，出具受理通知书"), officer, unit,
                      STR("行政许可法 第三十二条第一款第（五）项"), 1);
    for (size_t i = 0; e == OK && i < sizeof ends / sizeof *ends; i++)
        if (str_is(p->state, ends[i].state))
            e = event_add(tx, store_id(tx->store), id, p->closed,
                          str_of(ends[i].verb), str_of(ends[i].text), officer,
                          unit, STR("行政许可法 第三十八条"), 1);
    return e;
}

/* Some people rate; the silent stay unrated. */
static enum err write_rating(struct history *h, struct tx *tx,
                             const struct past *p)
{
    struct dice *d = &h->city->dice;
    if (!dice_chance(d, 180))
        return OK;
    int64_t roll = dice_below(d, 1000);
    int level = roll < 800 ? 1 : roll < 952 ? 2 : roll < 983 ? 3
                : roll < 996 ? 4 : 5;
    bool bad = level > 3;
    inst at = { p->closed.ms + 1000 };
    int unit = (int)(p->item->unit - h->city->unit);
    int places[] = { unit, h->city->units };
    for (int i = 0; i < 2; i++) {
        struct day_tally *t = tally_of(h, p->closed_day, places[i]);
        t->rated++;
        t->good += !bad;
        t->bad += bad;
    }
    return rating_add(tx, store_id(tx->store), p->number, p->item->unit_code,
                      p->item->code, dice_chance(d, 600) ? STR("web")
                                                         : STR("window"),
                      level, STR(""), str_none, at, p->closed_day, day_none,
                      day_none);
}

static enum err write_case(struct history *h, struct tx *tx,
                           const struct past *p)
{
    struct city *c = h->city;
    const struct demo_unit *u = p->item->unit;
    bool company = str_is(p->item->object, "法人");
    char code[IDENT_TEXT];
    if (company)
        ident_credit_make('9', '1', STR("341881"), p->who, code);
    else
        ident_citizen_make(STR("341881"), p->who + 10, code);
    int o = p->officer;
    str officer = u->officers ? u->officer_name[o] : u->short_name;
    str name = company ? h->company[p->who] : h->person[p->who];
    str shown = company ? name : h->person_open[p->who];
    char mobile[16];
    snprintf(mobile, sizeof mobile, "1380000%04d", (unsigned)p->who % 10000u);
    int64_t id = store_id(tx->store);
    enum err e = case_add_closed(
        tx, id, p->number, p->item->code, p->item->name, u->code,
        u->officers ? u->officer[o] : INT_NONE, officer, name, str_of(code),
        str_of(mobile), shown, channel(c, p->item),
        c->town[dice_below(&c->dice, c->towns)]->code, p->state, p->filed,
        p->received, str_is(p->state, "refused") ? day_none : p->accepted,
        p->item->statutory_n, p->item->natural ? STR("nd") : STR("wd"),
        p->statutory, p->item->promised_n, p->due, p->due.n, p->late,
        p->closed, p->closed_day, p->result_no, p->reason, STR("-"));
    if (e == OK)
        e = write_events(tx, id, p, officer);
    if (e == OK)
        e = search_put(tx, id, STR("case"), u->code,
                       arena_printf(tx->arena, "%.*s %.*s",
                                    STR_ARG(p->item->name), STR_ARG(u->name)),
                       arena_printf(tx->arena, "%.*s %.*s", STR_ARG(name),
                                    STR_ARG(p->number)));
    return e == OK ? write_rating(h, tx, p) : e;
}

static enum err one_case(struct history *h, struct tx *tx, int64_t filed)
{
    struct city *c = h->city;
    struct past p = { .filed = { filed }, .item = item_by_zipf(h) };
    p.officer = p.item->unit->officers
                    ? (int)dice_below(&c->dice, p.item->unit->officers)
                    : 0;
    p.who = (int)dice_below(&c->dice, PEOPLE);
    decide_end(h, &p);
    spend_time(h, tx->calendar, &p);
    number(h, &p);
    count(h, &p);
    p.result_no = str_is(p.state, "granted")
                      ? arena_printf(tx->arena, "云准%.*s",
                                     STR_ARG(str_slice(p.number, 2, 99)))
                      : str_none;
    return write_case(h, tx, &p);
}

/* ---- commands ---- */

/* The history a batch belongs to; demo_run passes only the city. */
static struct history *running;

/* One of the closed cases is made by hand, see today.c. */
static int64_t history_cases(const struct city *c)
{
    return c->cases - c->open - 1;
}

static enum err batch(struct city *c, struct tx *tx)
{
    struct history *h = running;
    int64_t all = history_cases(c), end = h->next + BATCH;
    if (end > all)
        end = all;
    while (h->next < end) {
        enum err e = one_case(h, tx, h->filed[h->next++]);
        if (e != OK)
            return e;
    }
    return OK;
}

/* Where today's numbers go on for those who file after us. */
static enum err write_series(struct city *c, struct tx *tx)
{
    (void)c;
    struct history *h = running;
    int day_of_last = 0, serial = 0;
    int64_t n = h->next;
    for (int64_t i = 0; i < n; i++) {
        int d = inst_day((inst){ h->filed[i] }).n;
        serial = d == day_of_last ? serial + 1 : 1;
        day_of_last = d;
        bool last = i + 1 == n || inst_day((inst){ h->filed[i + 1] }).n != d;
        enum err e = last ? series_set(tx, STR("case"), d, serial, NULL) : OK;
        if (e != OK)
            return e;
    }
    return OK;
}

static enum err write_tallies(struct city *c, struct tx *tx)
{
    struct history *h = running;
    for (day d = h->first; d.n <= h->last.n; d.n++)
        for (int u = 0; u <= c->units; u++) {
            const struct day_tally *t = tally_of(h, d, u);
            str unit = u == c->units ? STR("") : c->unit[u].code;
            enum err e = OK;
            if (t->filed || t->closed)
                e = tally_add(tx, d, unit, t->filed, t->closed, t->late,
                              t->refused, t->worked, NULL);
            if (e == OK && t->rated)
                e = score_add(tx, d, unit, t->rated, t->good, t->bad, NULL);
            if (e != OK)
                return e;
        }
    store_touch(tx, TOPIC_BOARD);
    return OK;
}

enum err demo_history(struct city *c)
{
    struct history *h = ARENA_NEW(c->arena, struct history);
    const struct calendar *cal = clock_calendar_builtin();
    h->city = c;
    h->last = inst_day(c->now);
    h->first = (day){ h->last.n - YEARS * 365 - 1 };
    h->tally = ARENA_NEW_N(c->arena, struct day_tally,
                           (size_t)(h->last.n - h->first.n + 1) *
                               (size_t)(c->units + 1));
    rank_items(h);
    invent_people(h);
    int64_t all = history_cases(c);
    enum err e = arrivals(h, cal, all);
    running = h;
    while (e == OK && h->next < all) {
        e = demo_run(c, batch);
        if (!c->quiet && (h->next % 40000 == 0 || h->next == all))
            fprintf(stderr, "\r  历史办件 %lld / %lld 件", (long long)h->next,
                    (long long)all);
    }
    if (!c->quiet)
        fputc('\n', stderr);
    if (e == OK)
        e = demo_run(c, write_series);
    if (e == OK)
        e = demo_run(c, write_tallies);
    running = NULL;
    return e;
}
