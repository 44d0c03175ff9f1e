/* When something counts as received, and when as accepted. */
#include "kernel/clock/clock.h"

enum { TELL_ONCE = 5 }; /* working days, 行政许可法 第三十二条第一款第(四)项 */

day clock_received(const struct calendar *c, enum clock_receipt policy,
                   day filed, int second, int close)
{
    if (policy == CLOCK_SAME_DAY)
        return filed; /* 电子签名法 第十一条 */
    if (calendar_working(c, filed) && second <= close)
        return filed;
    return calendar_add_working(c, filed, 1);
}

static bool before(day a, day b)
{
    return !day_is_none(a) && a.n < b.n;
}

static enum clock_acceptance_state state_of(day limit, day notified,
                                            day supplied, day today)
{
    bool told = !day_is_none(notified);
    bool over = day_is_none(today) || today.n > limit.n;
    if (told && notified.n > limit.n)
        return CLOCK_DEEMED_LATE;
    if (!told)
        return over ? CLOCK_DEEMED_SILENT : CLOCK_NOT_YET;
    return day_is_none(supplied) ? CLOCK_WAITS_SUPPLEMENT
                                 : CLOCK_ACCEPTED_SUPPLIED;
}

enum err clock_acceptance(const struct calendar *c, day received, day notified,
                          day supplied, day today, struct clock_acceptance *out)
{
    if (day_is_none(received) || before(notified, received) ||
        before(supplied, day_is_none(notified) ? received : notified))
        return ERR_RANGE;
    day limit = calendar_add_working(c, received, TELL_ONCE);
    enum clock_acceptance_state state =
        state_of(limit, notified, supplied, today);
    bool deemed = state == CLOCK_DEEMED_SILENT || state == CLOCK_DEEMED_LATE;
    *out = (struct clock_acceptance){
        .state = state,
        .notice_limit = limit,
        .accepted = deemed                             ? received
                    : state == CLOCK_ACCEPTED_SUPPLIED ? supplied
                                                       : day_none,
    };
    return OK;
}
