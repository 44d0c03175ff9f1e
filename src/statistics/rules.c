/* Periods, shares and averages; no store, no clock. */
#include "statistics/statistics.h"

static day first_of(int year, int month)
{
    while (month < 1) {
        month += 12;
        year--;
    }
    return day_of(year, month, 1);
}

enum err statistics_period(struct arena *a, str code, day today,
                           struct statistics_period *out)
{
    int y, m, d;
    day_split(today, &y, &m, &d);
    struct statistics_period p = { .until = today };
    if (code.n == 0 || str_is(code, "month")) {
        p.from = first_of(y, m);
    } else if (str_is(code, "last")) {
        p.from = first_of(y, m - 1);
        p.until.n = first_of(y, m).n - 1;
    } else if (str_is(code, "quarter")) {
        p.from = first_of(y, m - (m - 1) % 3);
    } else if (str_is(code, "year")) {
        p.from = first_of(y, 1);
    } else if (str_is(code, "last-year")) {
        p.from = first_of(y - 1, 1);
        p.until.n = first_of(y, 1).n - 1;
    } else if (str_is(code, "all")) {
        p.from = first_of(y - 5, 1);
    } else {
        return ERR_INPUT;
    }
    int y1, m1, d1, y2, m2, d2;
    day_split(p.from, &y1, &m1, &d1);
    day_split(p.until, &y2, &m2, &d2);
    bool years = m1 == 1 && (p.until.n == today.n || m2 == 12);
    p.first = years ? y1 : y1 * 100 + m1;
    p.last = years ? y2 : y2 * 100 + m2;
    p.label = y1 != y2 || m1 != m2
                  ? arena_printf(a, "%d 年 %d 月至 %d 年 %d 月 %d 日", y1, m1,
                                 y2, m2, d2)
                  : arena_printf(a, "%d 年 %d 月 1 日至 %d 日", y1, m1, d2);
    *out = p;
    return OK;
}

int64_t statistics_average(int64_t closed, int64_t worked)
{
    return closed > 0 ? (worked * 10 + closed / 2) / closed : -1;
}
