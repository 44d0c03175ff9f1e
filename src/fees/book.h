/* The books' own way in: issue, reckon, take, give back, compare.  Listeners,
 * jobs, pages, the platform's calls and the loader of the demonstration city
 * all go through here; every function leaves its event and its audit note. */
#ifndef FEES_BOOK_H
#define FEES_BOOK_H

#include "fees/fees.h"
#include "fees/queries.gen.h"

/* ---- set up, once at boot ---- */

struct fee_options {
    str url;        /* of the payment platform, "" while there is none */
    str key_file;   /* the key shared with it */
    str region;     /* six digits, of our numbers */
    enum fee_digest digest;
};
void fee_configure(const struct fee_options *o);
const struct fee_options *fee_set(void);
/* The key, read anew each time; none when it cannot be. */
str fee_key(struct arena *a);

/* ---- schedule.c ---- */

/* data/fees into the tables; what is new is in force since that day.  ERR_INPUT
 * (said in the log) when the data is broken or an account is not the
 * treasury's. */
enum err fee_schedule_load(struct tx *tx, day since) MUST_USE;

struct fee_reckoned {
    bool known;     /* false: facts are missing, somebody must say them */
    str price, quantity, relief;
    fen total;
};
/* What a rule makes of facts (an object of texts).  ERR_RANGE when the sum is
 * none; ERR_STORE when the table is broken. */
enum err fee_reckon(struct arena *a, const struct fee_rule_one *rule,
                    const struct value *facts, inst now,
                    struct fee_reckoned *out) MUST_USE;

/* ---- notice.c ---- */

/* Issues the notice of a case whose item has a fee held so, once; nothing
 * without one.  hold: accept, decide. */
enum err fee_issue(struct tx *tx, str case_no, const char *hold) MUST_USE;
/* With what an officer said.  *sentence when not OK. */
enum err fee_assess(struct tx *tx, const struct fee_one *n,
                    const struct value *facts, str *sentence) MUST_USE;
/* A new one with a new last day in the place of one that ran out unpaid. */
enum err fee_reissue(struct tx *tx, const struct fee_one *n, str *number,
                     str *sentence) MUST_USE;
/* Not to be asked for: the case goes on without. */
enum err fee_cancel(struct tx *tx, const struct fee_one *n, str reason,
                    str *sentence) MUST_USE;
enum err fee_note(struct tx *tx, str notice, str text, str actor, str basis)
    MUST_USE;
/* To the payer and whoever filed for them. */
enum err fee_letter(struct tx *tx, const struct fee_one *n, str title,
                    str body) MUST_USE;
enum err fee_serial(struct tx *tx, str of, int64_t *out) MUST_USE;

/* ---- figures.c ---- */

/* After a notice was made or changed: the figures follow from what it was
 * (NULL: it was not there). */
enum err fee_follow(struct tx *tx, int64_t id, const struct fee_one *was)
    MUST_USE;
/* By organisation and fee, of the notices made since then. */
enum err fee_figures_since(struct tx *tx, inst from, struct fee_figures **out,
                           size_t *n) MUST_USE;

/* ---- pay.c ---- */

struct fee_money {
    str platform_no, notice, channel;
    fen amount;
    inst paid_at;
    const char *source; /* callback, query, day */
};
/* Books a payment once, however often it is told.  ERR_CONFLICT when the same
 * number was told before with another sum or for another notice; ERR_RANGE for
 * a sum that is none. */
enum err fee_book(struct tx *tx, const struct fee_money *m) MUST_USE;

struct fee_wish {
    str notice, platform_no, reason;
    fen amount;
    const char *kind;
    str sentence;     /* out */
    str number;       /* out */
};
/* Opens a refund; ERR_RANGE when more would go back than came. */
enum err fee_ask_back(struct tx *tx, struct fee_wish *w) MUST_USE;
/* Approves or refuses it, by another person than who asked. */
enum err fee_decide_back(struct tx *tx, const struct fee_refund_one *r,
                         bool approve, str answer, str *sentence) MUST_USE;
/* The platform has paid it back. */
enum err fee_gone_back(struct tx *tx, const struct fee_refund_one *r,
                       str refund_no, inst at) MUST_USE;

/* ---- reconcile.c ---- */

/* Compares a day with the platform's file; may be told again. */
enum err fee_reconcile(struct tx *tx, day d, str file) MUST_USE;

/* ---- listeners and jobs ---- */
enum err fee_accepted(struct tx *tx, str ref, const struct value *payload);
enum err fee_granted(struct tx *tx, str ref, const struct value *payload);
enum err fee_case_over(struct tx *tx, str ref, const struct value *payload);
enum err fee_job_schedule(struct tx *tx, bool *more);
enum err fee_job_overdue(struct tx *tx, bool *more);
enum err fee_job_ask(struct tx *tx, bool *more);
enum err fee_job_day(struct tx *tx, bool *more);

#endif
