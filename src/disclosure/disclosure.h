/*
 * disclosure -- what the government must tell, on its own and when asked.
 *
 * This header holds the pure rules of 政府信息公开条例: the clock of a request,
 * what excessive requests cost, how complete a catalogue is.
 */
#ifndef DISCLOSURE_H
#define DISCLOSURE_H

#include "kernel/clock/clock.h"
#include "kernel/vectors/vectors.h"

/* ---- the clock of a request ---- */

struct disclosure_request {
    /* When it was handed over or signed for at the post; for internet and
     * fax also when both sides confirmed it, or none
     * (政府信息公开条例 第三十一条). */
    day received, confirmed;
    day fix_notice;    /* one notice to correct the application; or none */
    day fix_received;  /* the corrected application came; or none */
    /* When third parties and other organs were asked
     * (政府信息公开条例 第三十三条第三款). */
    const struct clock_span *asked;
    size_t asked_count;
    int extension;     /* 0 to 20 working days */
};

struct disclosure_reply {
    day clock_start;   /* none while a correction is awaited */
    day notice_limit;  /* last day to ask for a correction */
    bool notice_late;  /* asked for later: a fault, the clock restarts still */
    struct clock_due due;
};

/*
 * 20 working days, once prolonged by up to 20
 * (政府信息公开条例 第三十三条第二款); asking third parties and other organs
 * stops the clock (政府信息公开条例 第三十三条第三款); a corrected application
 * starts it anew (政府信息公开条例 第三十条).
 *
 * ERR_RANGE for an extension beyond 20 and for days out of order.
 */
enum err disclosure_reply(const struct calendar *c,
                          const struct disclosure_request *r,
                          struct disclosure_reply *out) MUST_USE;

/* ---- fees for clearly excessive requests: 国办函〔2020〕109号 ---- */

/* By the case: up to 10 a month free, 11 to 30 each 100 yuan, then every ten
 * cases 100 yuan more each.  ERR_RANGE below 0 and above a million. */
enum err disclosure_fee_by_case(int64_t cases_in_month, fen *out) MUST_USE;

/* By the page: up to 30 free, 31 to 100 each 10 yuan, 101 to 200 each 20, from
 * 201 on each 40.  ERR_RANGE as above.  Never both kinds for one request. */
enum err disclosure_fee_by_page(int64_t pages, fen *out) MUST_USE;

/* ---- completeness ---- */

struct disclosure_catalogue {
    int64_t required, published, weight; /* counts in the period; 0 or more */
};

/*
 * 100 * sum(weight * min(1, published / required)) / sum(weight), in
 * hundredths, half up; catalogues that require nothing are left out, and with
 * none left nothing is missing: 10000.  Exact: a score decides about people.
 * ERR_RANGE for negative numbers, and for sums no city reaches.
 */
enum err disclosure_score(const struct disclosure_catalogue *c, size_t n,
                          int *hundredths) MUST_USE;

extern const struct vector_type disclosure_vectors[];

#endif
