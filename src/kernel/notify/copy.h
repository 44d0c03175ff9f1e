/*
 * Copies of letters outside: what they say, when they may be sent, to whom.
 *
 * A copy names the matter by its public number and says where to look; it never
 * holds a name, a number of a person, an address, or what the letter says
 * (个人信息保护法 第六条、第五十一条): a text message lies on a lock screen.
 *
 * The first half are pure functions of their arguments.
 */
#ifndef KERNEL_NOTIFY_COPY_H
#define KERNEL_NOTIFY_COPY_H

#include "kernel/call/call.h"
#include "kernel/notify/notify.h"
#include "kernel/notify/queries.gen.h"

enum { NOTIFY_QUIET_FROM = 22 * 60, NOTIFY_QUIET_TO = 8 * 60 }; /* minutes */

/* May it be sent now?  Else the instant it may be: eight in the morning. */
inst notify_not_before(inst now, bool quiet);

/*
 * The number as it may stand in the open: letters, digits, hyphens, and a digit
 * pattern that is nobody's identity number or telephone.  "" otherwise: the
 * copy then names no matter.
 */
str notify_open_ref(str ref);

/* One line: 【云溪市政务服务】办件 YX… 有新的进展，请登录 … 查看信箱。 */
str notify_line(struct arena *a, str city, str about, str ref, str site);

/* A whole mail (RFC 5322, UTF-8, base64); id makes its Message-ID. */
str notify_mail(struct arena *a, str from, str to, str subject, str text,
                str id, inst now);

/* One address, no spaces, no control characters, at most 120 bytes. */
bool notify_address_ok(str address);
/* z***@example.cn */
str notify_mask_address(struct arena *a, str address);

/* ---- what a letter is followed by ---- */

/* Rows and calls for the ways its owner wants and the site has. */
enum err notify_copy(struct tx *tx, int64_t message,
                     const struct notify_letter *l) MUST_USE;

/* A secret of the file a setting names, read each time; "" without one. */
str notify_secret(struct arena *a, const char *key);

/* The request that hands the gateway a text message (docs/messages.md); it
 * knows a repeated id again. */
void notify_sms(struct arena *a, str id, str mobile, str text,
                struct call_request *out);

/* ---- proving a mobile ---- */

enum {
    PROOF_DIGITS = 6,
    PROOF_MINUTES = 10,       /* a code holds */
    PROOF_TRIES = 5,          /* of one code */
    PROOF_GAP = 60,           /* seconds between two codes */
    PROOF_HOUR = 5,           /* codes an hour for an account, or a number */
    PROOF_HOUR_CLIENT = 20,   /* from one network address */
};

/* The six digits for a nonce and a number; "" without a key. */
str notify_proof_code(struct arena *a, str key, str nonce, str mobile);
/* Are these the digits?  Takes the same time whatever is wrong. */
bool notify_proof_same(str wanted, str given);
/* What the text message says. */
str notify_proof_line(struct arena *a, str city, str code);

/* How often codes were asked for in the last hour. */
struct proof_rate {
    int64_t by_account, by_mobile, by_client;
    inst latest; /* of account or number, or none */
};
/* Seconds to wait for the next code, 0: none; pure. */
int64_t notify_proof_wait(const struct proof_rate *r, inst now);

handler mobile_show, mobile_before, mobile_post, mobile_code_before,
        mobile_code_post;
handler notify_wish_show, notify_wish_post;

#endif
