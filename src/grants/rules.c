/*
 * A grant as arithmetic of days: no store, no request.  Both days are
 * included; a grant until the 30th may be used on the 30th and not on the 31st.
 */
#include "grants/grants.h"

str grant_refused(day from, day until)
{
    if (day_is_none(until))
        return STR("没有写明授权的截止日。");
    if (until.n < from.n)
        return STR("授权的截止日已经过去，请提供部门重新确定。");
    if (until.n - from.n + 1 > GRANT_MOST)
        return STR("一次授权最长三年，请写三年以内的截止日，到期前再申请。");
    return STR("");
}

str grant_state_on(str state, day to, day today)
{
    return str_is(state, "valid") && to.n < today.n ? STR("expired") : state;
}

str grant_state_word(str state)
{
    return str_is(state, "valid")     ? STR("有效")
           : str_is(state, "expired") ? STR("已到期")
                                      : STR("已收回");
}

day grant_warn_on(const struct calendar *cal, day from, day to)
{
    day on = calendar_add_working(cal, to, -GRANT_WARN);
    return on.n < from.n ? from : on;
}

int grant_days_left(day to, day today)
{
    return to.n < today.n ? 0 : to.n - today.n + 1;
}

str grant_number(struct arena *a, str matter)
{
    str rest = str_starts(matter, STR("SX")) ? str_slice(matter, 2, matter.n)
                                             : matter;
    return arena_join(a, STR("SQ"), rest);
}

str grant_withdraw_refused(const struct grant_withdrawal *w)
{
    if (!str_eq(w->unit, w->giver))
        return STR("只有作出授权的部门可以收回。");
    if (!w->leads && !w->provides)
        return STR("由本单位负责人或者数据提供岗收回。");
    if (str_is(w->state, "expired"))
        return STR("这项授权已经到期，不用再收回。");
    if (str_is(w->state, "withdrawn"))
        return STR("这项授权已经收回。");
    if (!str_is_none(w->reason) && utf8_count(w->reason) < GRANT_REASON)
        return STR("请写明收回的理由，至少四个字，使用部门会看到。");
    return STR("");
}
