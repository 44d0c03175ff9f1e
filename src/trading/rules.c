/*
 * Twenty rules of 招标投标法, 政府采购法 and the regulations under them that
 * can be read off the dates and figures of a tender.
 *
 * Each rule is a function of its own, in the order of the table, and says
 * nothing about what it does not know.  "Within n days" ends on a working day
 * (民法典 第二百零三条); "at least n days before" is never moved.
 */
#include "trading/trading.h"

const struct trading_rule trading_rules[TRADING_RULES] = {
    { "T01", "招标投标法 第二十四条",
      "自招标文件开始发出至投标截止不足二十日。" },
    { "T02", "招标投标法实施条例 第十六条；政府采购法实施条例 第三十一条",
      "招标文件的发售期不足五日（政府采购不足五个工作日）。" },
    { "T03", "招标投标法 第二十三条；招标投标法实施条例 第二十一条",
      "澄清或者修改距投标截止不足十五日，应当顺延截止时间。" },
    { "T04", "招标投标法实施条例 第二十六条；政府采购法实施条例 第三十三条",
      "投标保证金超过估算价（预算）的百分之二。" },
    { "T05", "招标投标法 第三十四条", "开标时间不是投标截止的同一时间。" },
    { "T06", "招标投标法 第二十八条；招标投标法实施条例 第四十四条",
      "投标人少于三个，不得开标。" },
    { "T07", "招标投标法 第三十七条", "评标委员会少于五人。" },
    { "T08", "招标投标法 第三十七条", "评标委员会人数不是单数。" },
    { "T09", "招标投标法 第三十七条",
      "评标委员会中技术、经济专家少于三分之二。" },
    { "T10", "招标投标法实施条例 第五十四条",
      "收到评标报告超过三日才公示中标候选人。" },
    { "T11", "招标投标法实施条例 第五十四条", "中标候选人公示不足三日。" },
    { "T12", "招标投标法实施条例 第五十三条", "中标候选人超过三个。" },
    { "T13", "招标投标法实施条例 第五十四条",
      "公示期未满即发出中标通知书。" },
    { "T14", "招标投标法 第四十六条；政府采购法 第四十六条",
      "发出中标通知书超过三十日才订立合同。" },
    { "T15", "招标投标法实施条例 第五十七条；政府采购法实施条例 第三十三条",
      "签订合同后五日（政府采购五个工作日）内未退还投标保证金。" },
    { "T16", "招标投标法实施条例 第五十八条",
      "履约保证金超过中标合同金额的百分之十。" },
    { "T17", "招标投标法实施条例 第五十五条",
      "国有资金项目没有法定理由而未确定排名第一的候选人中标。" },
    { "T18", "招标投标法 第二十八条；招标投标法实施条例 第三十六条",
      "接收了截止时间以后送达的投标文件。" },
    { "T19", "招标投标法 第三十四条、第三十六条",
      "开标前已经解密投标文件。" },
    { "T20", "招标投标法实施条例 第二十七条", "规定了最低投标限价。" },
};

enum {
    BID_PERIOD = 20,    /* days, 招标投标法 第二十四条 */
    SALE = 5,           /* days, 招标投标法实施条例 第十六条; working days,
                           政府采购法实施条例 第三十一条 */
    CLARIFY = 15,       /* days, 招标投标法 第二十三条 */
    COMMITTEE = 5,      /* members, 招标投标法 第三十七条 */
    PUBLISH = 3,        /* days, 招标投标法实施条例 第五十四条 */
    CANDIDATES = 3,     /* 招标投标法实施条例 第五十三条 */
    CONTRACT = 30,      /* days, 招标投标法 第四十六条 */
    REFUND = 5,         /* days, 招标投标法实施条例 第五十七条; working days,
                           政府采购法实施条例 第三十三条 */
    DAY_END = 24 * 3600,
};

typedef bool broken(const struct calendar *c, const struct trading_tender *t);

static bool known(day a, day b)
{
    return !day_is_none(a) && !day_is_none(b);
}

/* Is `done` after the n-th day from `start`, moved to a working day? */
static bool later_than(const struct calendar *c, day start, int n, day done)
{
    struct clock_count k = { .start = start, .n = n, .roll = true,
                             .unit = CLOCK_NATURAL_DAYS };
    struct clock_due due;
    return known(start, done) && clock_due(c, &k, &due) == OK &&
           done.n > due.due.n;
}

/* Is share more than percent % of whole? */
static bool exceeds(fen share, fen whole, int percent)
{
    return !fen_is_none(share) && !fen_is_none(whole) &&
           (__int128)share.n * 100 > (__int128)whole.n * percent;
}

/* Seconds of one moment after another; an unknown time is the day's end. */
static int64_t seconds_after(struct trading_moment a, struct trading_moment b)
{
    int64_t at = a.second < 0 ? DAY_END : a.second;
    int64_t from = b.second < 0 ? DAY_END : b.second;
    return ((int64_t)a.day.n - b.day.n) * DAY_END + at - from;
}

static bool bid_period(const struct calendar *c, const struct trading_tender *t)
{
    (void)c;
    return known(t->issue_from, t->deadline.day) &&
           t->deadline.day.n - t->issue_from.n < BID_PERIOD;
}

/* The first and the last day of the sale both count: that is practice; read
 * strictly (民法典 第二百零一条) it would be one day more. */
static bool sale(const struct calendar *c, const struct trading_tender *t)
{
    if (!known(t->issue_from, t->issue_to))
        return false;
    day before = { t->issue_from.n - 1 };
    int days = t->procurement
                   ? calendar_working_between(c, before, t->issue_to)
                   : t->issue_to.n - before.n;
    return days < SALE;
}

static bool clarify(const struct calendar *c, const struct trading_tender *t)
{
    day latest;
    if (day_is_none(t->deadline.day) ||
        clock_before(c, t->deadline.day, CLOCK_NATURAL_DAYS, CLARIFY,
                     &latest) != OK)
        return false;
    for (size_t i = 0; i < t->clarified_count; i++)
        if (t->clarified[i].n > latest.n)
            return true;
    return false;
}

static bool deposit(const struct calendar *c, const struct trading_tender *t)
{
    (void)c;
    return exceeds(t->deposit, t->estimate, 2);
}

static bool opening(const struct calendar *c, const struct trading_tender *t)
{
    (void)c;
    if (!known(t->deadline.day, t->opening.day))
        return false;
    if (t->deadline.day.n != t->opening.day.n)
        return true;
    return t->deadline.second >= 0 && t->opening.second >= 0 &&
           t->deadline.second != t->opening.second;
}

static bool few_bidders(const struct calendar *c,
                        const struct trading_tender *t)
{
    (void)c;
    return t->opened && t->bidders >= 0 && t->bidders < 3;
}

static bool small_committee(const struct calendar *c,
                            const struct trading_tender *t)
{
    (void)c;
    return t->members >= 0 && t->members < COMMITTEE;
}

static bool even_committee(const struct calendar *c,
                           const struct trading_tender *t)
{
    (void)c;
    return t->members >= 0 && t->members % 2 == 0;
}

static bool few_experts(const struct calendar *c,
                        const struct trading_tender *t)
{
    (void)c;
    return t->members >= 0 && t->experts >= 0 &&
           (int64_t)t->experts * 3 < (int64_t)t->members * 2;
}

static bool published_late(const struct calendar *c,
                           const struct trading_tender *t)
{
    return later_than(c, t->report, PUBLISH, t->publicity_from);
}

static bool published_short(const struct calendar *c,
                            const struct trading_tender *t)
{
    struct clock_count k = { .start = t->publicity_from, .n = PUBLISH,
                             .roll = true, .unit = CLOCK_NATURAL_DAYS };
    struct clock_due due;
    return known(t->publicity_from, t->publicity_to) &&
           clock_due(c, &k, &due) == OK && t->publicity_to.n < due.due.n;
}

static bool many_candidates(const struct calendar *c,
                            const struct trading_tender *t)
{
    (void)c;
    return t->candidates > CANDIDATES;
}

static bool award_early(const struct calendar *c,
                        const struct trading_tender *t)
{
    (void)c;
    return known(t->publicity_to, t->award) &&
           t->award.n <= t->publicity_to.n;
}

static bool contract_late(const struct calendar *c,
                          const struct trading_tender *t)
{
    return later_than(c, t->award, CONTRACT, t->contract);
}

static bool refund_late(const struct calendar *c,
                        const struct trading_tender *t)
{
    if (!known(t->contract, t->refund))
        return false;
    if (t->procurement)
        return t->refund.n > calendar_add_working(c, t->contract, REFUND).n;
    return later_than(c, t->contract, REFUND, t->refund);
}

static bool bond(const struct calendar *c, const struct trading_tender *t)
{
    (void)c;
    return exceeds(t->performance_bond, t->contract_amount, 10);
}

static bool not_first(const struct calendar *c, const struct trading_tender *t)
{
    (void)c;
    return t->state_funded && t->winner_rank > 1 && !t->rank_explained;
}

static bool late_bid(const struct calendar *c, const struct trading_tender *t)
{
    (void)c;
    if (day_is_none(t->deadline.day))
        return false;
    for (size_t i = 0; i < t->bid_count; i++)
        if (t->bids[i].accepted &&
            seconds_after(t->bids[i].received, t->deadline) > 0)
            return true;
    return false;
}

static bool before_opening(const struct trading_tender *t,
                           struct trading_moment decrypted)
{
    struct trading_moment open = t->opening;
    if (open.second < 0)
        open.second = t->deadline.second;
    return known(decrypted.day, open.day) && seconds_after(decrypted, open) < 0;
}

static bool decrypted_early(const struct calendar *c,
                            const struct trading_tender *t)
{
    (void)c;
    for (size_t i = 0; i < t->bid_count; i++)
        if (before_opening(t, t->bids[i].decrypted))
            return true;
    return before_opening(t, t->decrypted);
}

static bool floor_price(const struct calendar *c,
                        const struct trading_tender *t)
{
    (void)c;
    return !fen_is_none(t->floor_price) && t->floor_price.n > 0;
}

static broken *const checks[TRADING_RULES] = {
    bid_period,      sale,           clarify,         deposit,
    opening,         few_bidders,    small_committee, even_committee,
    few_experts,     published_late, published_short, many_candidates,
    award_early,     contract_late,  refund_late,     bond,
    not_first,       late_bid,       decrypted_early, floor_price,
};

uint32_t trading_check(const struct calendar *c, const struct trading_tender *t)
{
    uint32_t found = 0;
    for (int i = 0; i < TRADING_RULES; i++)
        if (checks[i](c, t))
            found |= 1u << i;
    return found;
}

struct trading_tender trading_tender_unknown(void)
{
    struct trading_moment never = { day_none, -1 };
    return (struct trading_tender){
        .state_funded = true,
        .issue_from = day_none, .issue_to = day_none,
        .deadline = never, .opening = never, .decrypted = never,
        .estimate = fen_none, .deposit = fen_none, .floor_price = fen_none,
        .bidders = -1, .members = -1, .experts = -1,
        .candidates = -1, .winner_rank = -1,
        .report = day_none, .publicity_from = day_none,
        .publicity_to = day_none, .award = day_none, .contract = day_none,
        .refund = day_none,
        .contract_amount = fen_none, .performance_bond = fen_none,
    };
}
