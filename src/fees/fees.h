/*
 * fees -- what a person pays to the state for what they asked for.
 *
 * A fee is a rule of data/fees with its basis.  The case's life issues the
 * payment notice (缴款书); what needs the money waits for it in the open; a
 * payment platform takes it into the treasury's account and tells us; every day
 * its file is held against our books.  Money is integer fen throughout.
 *
 * Everything here is a pure function of its arguments.
 */
#ifndef FEES_H
#define FEES_H

#include "base/base.h"
#include "kernel/call/call.h"
#include "kernel/clock/clock.h"
#include "kernel/http/http.h"

enum {
    FEE_NUMBER = 20,           /* digits of a payment number */
    FEE_MOST = 1000000000,     /* fen of one notice: ten million yuan */
    FEE_HEX = 64,              /* letters of a signature */
};

/* ---- amounts ---- */

/* Price in yuan times quantity, both exact decimals as text, to the fen, half
 * up.  ERR_RANGE for what is no number, negative or beyond FEE_MOST. */
enum err fee_amount(str price, str quantity, fen *out) MUST_USE;

/* 壹佰贰拾元整; 零元整 for nothing. */
str fee_capital(struct arena *a, fen sum);

/* 120.00 */
str fee_text(struct arena *a, fen sum);

/* ---- numbers ---- */

/*
 * 缴款码: region (6 digits), year (4), running number (9), check digit (GB/T
 * 17710, MOD 11,10).  Twenty digits as the finance ministry's payment codes
 * have; the division into parts is from memory (docs/payments.md).
 */
str fee_number(struct arena *a, str region, int year, int64_t serial);
bool fee_number_ok(str number);

/* 票据代码 of a 非税收入一般缴款书（电子）: province, class, kind (03, 01) and
 * year, two digits each. */
str fee_receipt_code(struct arena *a, str region, day made);

/* Letters of a 校验码: random, for it is what keeps a receipt from being found
 * by its running number alone (receipts of before have six digits). */
enum { FEE_CHECK = 6 };

/* ---- days ---- */

/* Last day to pay: natural days after the day of issue, which does not count;
 * an end on a holiday moves to the next working day (民法典 第二百零一条、
 * 第二百零三条).  day_none where the calendar cannot say. */
day fee_due(const struct calendar *cal, day issued, int days);

/* ---- accounts ---- */

/*
 * May money be paid here?  Only into the treasury (国家金库) or the fiscal
 * account the finance bureau holds; never into another organisation's
 * (行政许可法 第五十九条).  kind: treasury, fiscal.
 */
bool fee_account_ok(str kind, str holder);

/* ---- states ---- */

/* assessing waiting part paid exempt expired replaced cancelled: as a person
 * reads it. */
str fee_state_word(str state);
/* Does a case wait no longer? */
bool fee_state_settled(str state);
/* May somebody pay it now? */
bool fee_state_open(str state);

/* ---- what a payment is worth ---- */

enum fee_verdict {
    FEE_COUNTED,  /* the notice is paid with it */
    FEE_PART,     /* less than what is left: the rest is still owed */
    FEE_SURPLUS,  /* paid, and what is too much goes back */
    FEE_DOUBLE,   /* paid already: all of it goes back */
    FEE_CLOSED,   /* nothing is owed under this number: all of it goes back */
};

struct fee_taken {
    enum fee_verdict verdict;
    fen counts;   /* towards the notice */
    fen back;     /* to be refunded */
    bool late;    /* came after the due day; it counts all the same while the
                     case waits, so that nobody pays twice */
};

/* state: of the notice before; total and paid: owed and counted so far. */
struct fee_taken fee_take(str state, fen total, fen paid, fen amount, day due,
                          day on);

const char *fee_verdict_code(enum fee_verdict v);
str fee_verdict_word(str code);

/* What may still be given back of a payment. */
fen fee_left(fen amount, fen refunds);

/* ---- the platform's day against ours ---- */

struct fee_line {
    str platform_no, notice;
    bool refund;
    int64_t amount;  /* fen */
    day on;
};

enum fee_gap {
    FEE_MISSING_HERE,   /* the platform has it, we do not */
    FEE_MISSING_THERE,  /* we have it, the platform does not */
    FEE_SUM,            /* another sum */
    FEE_TWICE,          /* the same number twice in the file */
    FEE_DAY,            /* another day */
    FEE_NOTICE,         /* another notice */
};

struct fee_difference {
    enum fee_gap gap;
    str platform_no, notice;
    int64_t ours, theirs; /* fen; INT_NONE where there is none */
};

/* Every difference, in the order of the platform's numbers; in the arena.
 * The arrays are sorted in place. */
void fee_compare(struct arena *a, struct fee_line *ours, size_t our_count,
                 struct fee_line *theirs, size_t their_count,
                 struct fee_difference **out, size_t *n);

const char *fee_gap_code(enum fee_gap g);
str fee_gap_word(str code);
/* What the finance clerk is advised to do. */
str fee_gap_advice(str code);

/*
 * The platform's file of a day: a CSV of platform_no, notice, kind (pay,
 * refund), amount in fen, day, with a head line and a last line
 * "total,ROWS,SUM".  ERR_INPUT with a sentence where it does not fit: a file
 * that is not whole is not compared.
 */
enum err fee_day_file(struct arena *a, str text, struct fee_line **out,
                      size_t *n, int64_t *sum, str *problem) MUST_USE;

/* ---- signatures ---- */

enum fee_digest { FEE_SM3, FEE_SHA256 };

/*
 * HMAC (GM/T 0004 SM3, or SHA-256) over what, "\n", text: lower-case hex after
 * the name of the digest, "sm3=…".  what binds the signature to its place:
 * "POST /orders", "answer NONCE", "callback".
 */
str fee_sign(struct arena *a, enum fee_digest digest, str key, str what,
             str text);
/* By the digest the signature names, in constant time. */
bool fee_signed(struct arena *a, str key, str what, str text, str signature);

extern const struct module fees_module;

/* What goes out: order, query, refund, day file. */
extern const struct call_kind fees_order_call, fees_query_call,
    fees_refund_call, fees_day_call;

/* zhengtong payments-test --listen ADDRESS:PORT --key FILE */
int payments_test_command(int argc, char **argv);

#endif
