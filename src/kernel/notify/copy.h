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

handler notify_wish_show, notify_wish_post;

#endif
