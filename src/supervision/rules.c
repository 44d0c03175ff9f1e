/*
 * Cards, ratings and figures as arithmetic: no store, no request.
 *
 * What a card says follows from the clock's own days, and nobody can word it
 * otherwise; how soon a bad rating must be answered is a number of data with
 * the article it comes from.
 */
#include "supervision/supervision.h"

/* ---- cards ---- */

static const struct card_kind kinds[] = {
    { "warning", "warned", "预警", "", 'W' },
    { "yellow", "yellow", "黄牌", "yellowcard", 'Y' },
    { "red", "red", "红牌", "redcard", 'R' },
};

const struct card_kind *card_kind_told(str level)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(level, kinds[i].level))
            return &kinds[i];
    return NULL;
}

const struct card_kind *card_kind_of(str code)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(code, kinds[i].code))
            return &kinds[i];
    return NULL;
}

str card_state_word(str kind, str state)
{
    static const struct { const char *code, *word; } words[] = {
        { "issued", "待说明" }, { "explained", "已说明" },
        { "upheld", "已维持" }, { "lifted", "已撤销" },
        { "settled", "已解除" },
    };
    if (str_is(kind, "warning") && str_is(state, "issued"))
        return STR("提醒中");
    if (str_is(kind, "yellow") && str_is(state, "settled"))
        return STR("已转红牌");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(state, words[i].code))
            return str_of(words[i].word);
    return state;
}

str card_clock_word(str clock)
{
    static const struct { const char *code, *word; } words[] = {
        { "promised", "承诺时限" }, { "statutory", "法定时限" },
        { "accept", "受理时限" }, { "step", "本步时限" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(clock, words[i].code))
            return str_of(words[i].word);
    return STR("时限");
}

str card_reason(struct arena *a, const struct calendar *cal, str kind,
                str clock, day due, day issued)
{
    str word = card_clock_word(clock);
    if (str_is(kind, "warning")) {
        int left = calendar_working_between(cal, issued, due);
        return left > 0 ? arena_printf(a, "%.*s还剩 %d 个工作日", STR_ARG(word),
                                       left)
                        : arena_printf(a, "%.*s今日到期", STR_ARG(word));
    }
    return arena_printf(a, "超过%.*s %d 个工作日", STR_ARG(word),
                        calendar_working_between(cal, due, issued));
}

str card_basis(struct arena *a, str rule)
{
    const struct clock_rule *r = clock_rule(rule);
    if (r == NULL)
        return STR("");
    return arena_printf(a, "《%.*s》%.*s", STR_ARG(r->law),
                        STR_ARG(r->article));
}

/* ---- ratings ---- */

const struct rating_level *rating_level(int64_t value)
{
    static const struct rating_level levels[RATING_LEVELS] = {
        { "非常满意", "laugh" }, { "满意", "smile" }, { "基本满意", "meh" },
        { "不满意", "frown" },   { "非常不满意", "angry" },
    };
    return value >= 1 && value <= RATING_LEVELS ? &levels[value - 1] : NULL;
}

bool rating_bad_level(int64_t value)
{
    return value >= RATING_BAD_FROM;
}

const struct rating_reason rating_reasons[] = {
    { "speed", "办理快慢" },
    { "manner", "服务态度" },
    { "once", "一次说清要什么材料" },
    { "visits", "跑动次数" },
    { "papers", "材料多少" },
    { "online", "网上办理方便不方便" },
    { 0 },
};

bool rating_state(str state)
{
    return str_is(state, "granted") || str_is(state, "denied") ||
           str_is(state, "refused") || str_is(state, "closed");
}

struct rating_clocks rating_clocks(const struct calendar *cal, day given)
{
    return (struct rating_clocks){
        .verify_by = calendar_add_working(cal, given,
                                          clock_rule(STR("rating.contact"))->n),
        .mend_by = calendar_add_working(cal, given,
                                        clock_rule(STR("rating.fix"))->n),
    };
}

/* ---- figures ---- */

static day first_of_month(int year, int month)
{
    return month < 1 ? day_of(year - 1, 12, 1) : day_of(year, month, 1);
}

struct period period_of(enum supervision_period which, day today)
{
    struct period p = { .to = today };
    int y, m, d;
    day_split(today, &y, &m, &d);
    if (which == PERIOD_YEAR) {
        p.from = day_of(y, 1, 1);
        p.before_from = day_of(y - 1, 1, 1);
        p.before_to = (day){ p.before_from.n + (p.to.n - p.from.n) };
        return p;
    }
    p.from = first_of_month(y, m);
    if (which == PERIOD_LAST) {
        p.to = (day){ p.from.n - 1 };
        day_split(p.to, &y, &m, &d);
        p.from = first_of_month(y, m);
    }
    p.before_from = first_of_month(y, m - 1);
    p.before_to = (day){ p.before_from.n + (p.to.n - p.from.n) };
    if (p.before_to.n >= p.from.n) /* the month before was shorter */
        p.before_to = (day){ p.from.n - 1 };
    return p;
}

str period_text(struct arena *a, const struct period *p)
{
    int y, m, d, to_y, to_m, to_d;
    day_split(p->from, &y, &m, &d);
    day_split(p->to, &to_y, &to_m, &to_d);
    if (m == to_m && d == to_d)
        return arena_printf(a, "%d 年 %d 月 %d 日", y, m, d);
    if (m == to_m)
        return arena_printf(a, "%d 年 %d 月 %d 日至 %d 日", y, m, d, to_d);
    return arena_printf(a, "%d 年 %d 月 %d 日至 %d 月 %d 日", y, m, d, to_m,
                        to_d);
}
