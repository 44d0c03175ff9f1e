/* What several pages of this room show alike. */
#ifndef FEES_SHOW_H
#define FEES_SHOW_H

#include "fees/book.h"

/* The notice named in the path; a sentence when there is none. */
enum err fee_load(struct request *rq, struct tx *tx, struct fee_one *n)
    MUST_USE;

/* Member `name`: its state as a tag, with what went back. */
void fee_tag(struct view *v, const char *name, str state, fen paid,
             fen refunded);

/* Members facts, payments, refunds, receipts, events. */
enum err fee_body(struct tx *tx, struct view *v, const struct fee_one *n)
    MUST_USE;

/* Members qr, pay_url, can_pay, offline: how it is paid, or plainly why not
 * now. */
enum err fee_way(struct request *rq, struct tx *tx, struct view *v,
                 const struct fee_one *n) MUST_USE;

/* May the platform be asked whether this was paid?  Asks it, once more. */
bool fee_may_ask(const struct fee_one *n);
enum err fee_ask_again(struct request *rq, struct tx *tx,
                       const struct fee_one *n) MUST_USE;

/* Opens refunds of so much over the payments of a notice, the latest first. */
enum err fee_wish_back(struct request *rq, struct tx *tx,
                       const struct fee_one *n) MUST_USE;

#endif
