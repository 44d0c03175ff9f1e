/*
 * trading -- public resource trading: tenders and government procurement.
 *
 * This header holds the pure rules: the twenty things about a tender that a
 * program can check by itself.
 */
#ifndef TRADING_H
#define TRADING_H

#include "kernel/clock/clock.h"
#include "kernel/vectors/vectors.h"

/* A day with the second of the day; -1 when only the day is known. */
struct trading_moment {
    day day;
    int second;
};

struct trading_bid {
    struct trading_moment received;
    struct trading_moment decrypted; /* day none: not */
    bool accepted;
};

/*
 * What is known of a tender so far.  A day that is none, an amount that is none
 * and a number below zero are not known, and nothing is said about them.
 */
struct trading_tender {
    bool procurement;          /* under 政府采购法 */
    bool state_funded;         /* 国有资金占控股或者主导地位 */
    day issue_from, issue_to;  /* documents are issued or sold */
    const day *clarified;      /* clarifications and changes of them */
    size_t clarified_count;
    struct trading_moment deadline, opening;
    struct trading_moment decrypted; /* of all bids at once; or none */
    fen estimate, deposit;
    fen floor_price;           /* none: no minimum price was set */
    int bidders;
    bool opened;
    int members, experts;      /* of the committee */
    int candidates;
    int winner_rank;
    bool rank_explained;       /* a reason of 条例第五十五条 is on record */
    day report, publicity_from, publicity_to, award, contract, refund;
    fen contract_amount, performance_bond;
    const struct trading_bid *bids;
    size_t bid_count;
};

/* A tender of which nothing is known. */
struct trading_tender trading_tender_unknown(void);

enum { TRADING_RULES = 20 };

struct trading_rule {
    const char *code;    /* "T01" */
    const char *law;     /* 招标投标法 第二十四条 */
    const char *what;    /* what is wrong, a Chinese sentence */
};
extern const struct trading_rule trading_rules[TRADING_RULES];

/* Bit i is set when trading_rules[i] is broken. */
uint32_t trading_check(const struct calendar *c,
                       const struct trading_tender *t);

extern const struct vector_type trading_vectors[];

#endif
