#include "supervision/show.h"

#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"
#include "kernel/page/page.h"
#include "supervision/queries.gen.h"

str watch_scope(const struct who *who)
{
    return auth_sees_all(who->role) ? STR("") : who->unit;
}

day watch_late_before(const struct tx *tx)
{
    day today = tx_today(tx);
    return calendar_working(tx->calendar, today)
               ? today : calendar_add_working(tx->calendar, today, -1);
}

day watch_soon_until(const struct tx *tx)
{
    return calendar_add_working(tx->calendar, tx_today(tx),
                                clock_levels_default.warn_before_wd);
}

void watch_rate(struct view *v, int64_t closed, int64_t late)
{
    int64_t rate = page_on_time(closed, late);
    view_value(v, "rate", rate < 0 ? page_html(v->arena, STR("—"))
                                   : page_chart_share(v->arena, rate, 9000,
                                                      10000));
    view_text(v, "rate_text",
              rate < 0 ? STR("") : page_percent(v->arena, rate));
}

str watch_href(struct arena *a, str matter, str ref)
{
    str number = str_cut(&ref, '/'); /* of a step: NUMBER/TASK */
    bool passed_on = str_is(matter, "matter") || str_is(matter, "matters.step");
    return arena_printf(a, "/%s/%.*s", passed_on ? "matters" : "cases",
                        STR_ARG(number));
}

/* ---- the period ---- */

static const struct { const char *code, *label; } periods[] = {
    [PERIOD_MONTH] = { "", "本月" },
    [PERIOD_LAST] = { "last", "上月" },
    [PERIOD_YEAR] = { "year", "本年" },
};

static enum supervision_period asked(struct request *rq)
{
    str text = rq_text(rq, "period");
    return str_is(text, "last")   ? PERIOD_LAST
           : str_is(text, "year") ? PERIOD_YEAR
                                  : PERIOD_MONTH;
}

struct period watch_period(struct request *rq, struct tx *tx)
{
    return period_of(asked(rq), tx_today(tx));
}

void watch_periods(struct request *rq, struct view *v)
{
    struct value *list = view_list(v, "periods");
    str chosen = str_of(periods[asked(rq)].code);
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        page_option(v, list, str_of(periods[i].code),
                    str_of(periods[i].label), chosen);
}

str watch_period_query(struct request *rq)
{
    enum supervision_period p = asked(rq);
    return p == PERIOD_LAST ? STR("period=last")
           : p == PERIOD_YEAR ? STR("period=year") : STR("");
}

/* ---- letters ---- */

static enum err tell_one(struct tx *tx, const struct watch_letter *l,
                         int64_t account)
{
    struct notify_letter letter = {
        .account = account, .about = l->about, .ref = l->ref,
        .title = l->title, .body = l->body, .link = l->link,
    };
    return notify_send(tx, &letter);
}

static enum err tell_holder(struct tx *tx, const struct watch_letter *l,
                            int64_t *account)
{
    struct staff_named *s;
    size_t n;
    *account = 0;
    if (l->holder.n == 0)
        return OK;
    enum err e = staff_named(tx, l->unit, l->holder, &s, &n);
    if (e != OK || n != 1)
        return e;
    *account = s->account;
    return tell_one(tx, l, s->account);
}

enum err watch_tell(struct tx *tx, const struct watch_letter *l)
{
    int64_t holder;
    enum err e = tell_holder(tx, l, &holder);
    struct staff_as *leader;
    struct supervisors *s;
    size_t n = 0;
    if (e == OK && l->leaders)
        e = staff_as(tx, l->unit, STR("leader"), &leader, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (leader[i].account != holder)
            e = tell_one(tx, l, leader[i].account);
    n = 0;
    if (e == OK && l->supervisors)
        e = supervisors(tx, &s, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (s[i].account != holder)
            e = tell_one(tx, l, s[i].account);
    return e;
}
