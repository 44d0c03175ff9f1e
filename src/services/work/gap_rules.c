/*
 * 容缺受理 as arithmetic: how many days, what silence means, what may be
 * missing at all.
 *
 * 行政许可法 knows no acceptance with gaps.  What the state's law fixes is the
 * other side: the decision is due from acceptance on (第四十二条) and only the
 * eight procedures of 第四十五条 stop that.  So the applicant's days must end
 * before the organ's do, whatever the item names; else the organ would be late
 * with what the applicant has not brought.
 */
#include "services/work/gap.h"

int gap_days(const struct calendar *cal, day today, int item_days,
             day promised)
{
    int n = item_days > 0 ? item_days : SERVICES_GAP_DAYS;
    if (n > SERVICES_GAP_MOST)
        n = SERVICES_GAP_MOST;
    if (day_is_none(promised))
        return n;
    int room = calendar_working_between(cal, today, promised) - 1;
    return room < 1 ? 0 : room < n ? room : n;
}

bool gap_lapses(const struct clock_rule *r)
{
    return r && str_is(r->consequence, "deemed_withdrawn");
}

str gap_basis(struct arena *a, const struct clock_rule *r)
{
    if (r == NULL || r->article.n == 0)
        return STR("本事项办事指南公布的期限，不是法定期限");
    return arena_printf(a, "本事项办事指南公布的期限，依照地方立法《%.*s》%.*s",
                        STR_ARG(r->law), STR_ARG(r->article));
}

bool gap_pledged(str pledge)
{
    str rest = STR(GAP_PLEDGES);
    while (!str_is_none(rest))
        if (str_eq(str_cut(&rest, ','), pledge))
            return true;
    return false;
}

enum gap_of gap_of_paper(const struct form_paper *p, bool there)
{
    if (there || !str_is(p->source, "upload"))
        return GAP_NONE;
    return p->need == NEED_LATER  ? GAP_LATER
           : p->need == NEED_MAIN ? GAP_MAIN : GAP_NONE;
}

str gap_names(struct arena *a, const struct gap_found *g)
{
    str all = STR("");
    for (size_t i = 0; i < g->count; i++)
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), i ? "、" : "",
                           STR_ARG(g->later[i].name));
    return all;
}

static str main_missing(struct arena *a, const struct gap_found *g)
{
    return arena_printf(a, "缺少主要材料“%.*s”，不属于可以容缺的材料，只能要求"
                        "补正，或者依法不予受理。", STR_ARG(g->main));
}

str gap_refuses_accept(struct arena *a, const struct gap_found *g, bool late)
{
    if (late)
        return STR("");
    if (g->main.n)
        return main_missing(a, g);
    if (g->count == 0)
        return STR("");
    return arena_printf(a, "还缺“%.*s”，本事项允许容缺后补：请用“容缺受理”，写"
                        "明补交的期限；申请人没有承诺补交的，要求补正。",
                        STR_ARG(gap_names(a, g)));
}

str gap_refuses_admit(struct arena *a, const struct gap_found *g)
{
    if (g->main.n)
        return main_missing(a, g);
    return g->count ? STR("") : STR("没有缺少可以容缺后补的材料，请直接受理。");
}

str gap_waits(struct arena *a, const struct case_load *c)
{
    if (c->gaps == 0)
        return STR("");
    if (c->gap_handed == c->gaps)
        return arena_printf(a, "容缺的 %lld 份材料已经交来，核对以后才能准予。",
                            (long long)c->gaps);
    return arena_printf(a, "还有 %lld 份容缺的材料没有补齐，补齐并核对以后才能"
                        "准予。", (long long)c->gaps);
}
