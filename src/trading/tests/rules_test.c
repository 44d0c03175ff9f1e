/* Twenty rules of a tender, each at its boundary. */
#include "kernel/test/test.h"
#include "trading/trading.h"

static struct trading_tender t;

static void reset(void)
{
    t = trading_tender_unknown();
}

static day march(int mday)
{
    return day_of(2026, 3, mday);
}

/* The code found, "" for none, "many" for several. */
static str found(void)
{
    uint32_t bits = trading_check(clock_calendar_builtin(), &t);
    for (int i = 0; i < TRADING_RULES; i++)
        if (bits == 1u << i)
            return str_of(trading_rules[i].code);
    return bits == 0 ? STR("") : STR("many");
}

static void nothing_known_nothing_said(void)
{
    reset();
    CHECK_STR(found(), "");
}

static void the_bid_period_is_twenty_days(void)
{
    reset();
    t.issue_from = march(2);
    t.deadline.day = march(22);
    CHECK_STR(found(), "");
    t.deadline.day = march(21);
    CHECK_STR(found(), "T01");
}

static void the_sale_lasts_five_days(void)
{
    reset();
    t.issue_from = march(2);
    t.issue_to = march(6);
    CHECK_STR(found(), "");
    t.issue_to = march(5);
    CHECK_STR(found(), "T02");
    t.procurement = true;
    t.issue_from = day_of(2026, 2, 26); /* 26, 27, Saturday 28, 2, 3 */
    t.issue_to = march(3);
    CHECK_STR(found(), "");
    t.issue_to = march(2);
    CHECK_STR(found(), "T02");
}

static void a_clarification_leaves_fifteen_days(void)
{
    reset();
    day days[] = { march(4), march(9) };
    t.deadline.day = march(24);
    t.clarified = days;
    t.clarified_count = 2;
    CHECK_STR(found(), "");
    days[0] = march(10);
    CHECK_STR(found(), "T03");
}

static void deposits_and_bonds_have_ceilings(void)
{
    reset();
    t.estimate = (fen){ 500000000 };
    t.deposit = (fen){ 10000000 };
    CHECK_STR(found(), "");
    t.deposit.n++;
    CHECK_STR(found(), "T04");
    reset();
    t.contract_amount = (fen){ 1000 };
    t.performance_bond = (fen){ 100 };
    CHECK_STR(found(), "");
    t.performance_bond.n++;
    CHECK_STR(found(), "T16");
}

static void bids_open_at_the_deadline(void)
{
    reset();
    t.deadline = (struct trading_moment){ march(24), 9 * 3600 };
    t.opening = (struct trading_moment){ march(24), -1 };
    CHECK_STR(found(), "");
    t.opening.second = 9 * 3600;
    CHECK_STR(found(), "");
    t.opening.second++;
    CHECK_STR(found(), "T05");
    t.opening = (struct trading_moment){ march(25), -1 };
    CHECK_STR(found(), "T05");
}

static void fewer_than_three_are_not_opened(void)
{
    reset();
    t.bidders = 2;
    CHECK_STR(found(), "");
    t.opened = true;
    CHECK_STR(found(), "T06");
    t.bidders = 3;
    CHECK_STR(found(), "");
}

static void a_committee_is_five_odd_and_two_thirds_experts(void)
{
    reset();
    t.members = 3;
    t.experts = 2;
    CHECK_STR(found(), "T07");
    t.members = 6;
    t.experts = 4;
    CHECK_STR(found(), "T08");
    t.members = 9;
    t.experts = 6;
    CHECK_STR(found(), "");
    t.experts = 5;
    CHECK_STR(found(), "T09");
}

static void publicity_starts_and_lasts(void)
{
    reset();
    t.report = march(25);           /* the third day is Saturday 28 */
    t.publicity_from = march(30);
    CHECK_STR(found(), "");
    t.publicity_from = march(31);
    CHECK_STR(found(), "T10");
    reset();
    t.publicity_from = march(26);   /* the third day is Sunday 29 */
    t.publicity_to = march(30);
    CHECK_STR(found(), "");
    t.publicity_to = march(29);
    CHECK_STR(found(), "T11");
}

static void three_candidates_and_the_first_wins(void)
{
    reset();
    t.candidates = 4;
    CHECK_STR(found(), "T12");
    reset();
    t.winner_rank = 2;
    CHECK_STR(found(), "T17");
    t.rank_explained = true;
    CHECK_STR(found(), "");
    t.rank_explained = false;
    t.state_funded = false;
    CHECK_STR(found(), "");
}

static void award_contract_and_refund_are_in_time(void)
{
    reset();
    t.publicity_to = march(30);
    t.award = march(30);
    CHECK_STR(found(), "T13");
    t.award = day_of(2026, 4, 1);   /* day 30 is 1 May */
    t.contract = day_of(2026, 5, 6);
    CHECK_STR(found(), "");
    t.contract = day_of(2026, 5, 7);
    CHECK_STR(found(), "T14");
    reset();
    t.contract = day_of(2026, 4, 24);
    t.refund = day_of(2026, 4, 29);
    CHECK_STR(found(), "");
    t.refund = day_of(2026, 4, 30);
    CHECK_STR(found(), "T15");
    t.procurement = true;           /* the fifth working day is 6 May */
    t.refund = day_of(2026, 5, 6);
    CHECK_STR(found(), "");
    t.refund = day_of(2026, 5, 7);
    CHECK_STR(found(), "T15");
}

static void bids_are_in_time_and_secret_until_the_opening(void)
{
    reset();
    struct trading_bid bid = { .received = { march(24), 34200 },
                               .decrypted = { day_none, -1 },
                               .accepted = true };
    t.deadline = (struct trading_moment){ march(24), 34200 };
    t.opening = (struct trading_moment){ march(24), -1 };
    t.bids = &bid;
    t.bid_count = 1;
    CHECK_STR(found(), "");
    bid.received.second++;
    CHECK_STR(found(), "T18");
    bid.accepted = false;
    CHECK_STR(found(), "");
    bid.decrypted = (struct trading_moment){ march(24), 34199 };
    CHECK_STR(found(), "T19");
    bid.decrypted.second++;
    CHECK_STR(found(), "");
    t.decrypted = (struct trading_moment){ march(23), -1 };
    CHECK_STR(found(), "T19");
}

static void a_minimum_price_may_not_be_set(void)
{
    reset();
    t.floor_price = (fen){ 0 };
    CHECK_STR(found(), "");
    t.floor_price = (fen){ 1 };
    CHECK_STR(found(), "T20");
}

static void every_rule_says_its_law_and_its_sentence(void)
{
    for (int i = 0; i < TRADING_RULES; i++) {
        const struct trading_rule *r = &trading_rules[i];
        char code[8];
        snprintf(code, sizeof code, "T%02d", i + 1);
        CHECK_STR(str_of(r->code), code);
        CHECK(str_find(str_of(r->law), STR("条")) > 0);
        CHECK(str_ends(str_of(r->what), STR("。")));
    }
}

int main(void)
{
    RUN(nothing_known_nothing_said);
    RUN(the_bid_period_is_twenty_days);
    RUN(the_sale_lasts_five_days);
    RUN(a_clarification_leaves_fifteen_days);
    RUN(deposits_and_bonds_have_ceilings);
    RUN(bids_open_at_the_deadline);
    RUN(fewer_than_three_are_not_opened);
    RUN(a_committee_is_five_odd_and_two_thirds_experts);
    RUN(publicity_starts_and_lasts);
    RUN(three_candidates_and_the_first_wins);
    RUN(award_contract_and_refund_are_in_time);
    RUN(bids_are_in_time_and_secret_until_the_opening);
    RUN(a_minimum_price_may_not_be_set);
    RUN(every_rule_says_its_law_and_its_sentence);
    return test_result();
}
