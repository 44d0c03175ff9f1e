/* What several pages of supervision show alike. */
#ifndef SUPERVISION_SHOW_H
#define SUPERVISION_SHOW_H

#include "supervision/supervision.h"

/* Whose figures somebody sees: "" all, or the code of their organisation. */
str watch_scope(const struct who *who);

/* A due day before this one is late: the last working day up to today, because
 * lateness is counted in working days (kernel/clock).  And up to the other one
 * it is nearly so. */
day watch_late_before(const struct tx *tx);
day watch_soon_until(const struct tx *tx);

/* Members rate and rate_text: what was closed in time; nothing drawn when
 * nothing was closed. */
void watch_rate(struct view *v, int64_t closed, int64_t late);

/* The period asked for, its days, and the choices as member periods. */
struct period watch_period(struct request *rq, struct tx *tx);
void watch_periods(struct request *rq, struct view *v);
/* "period=last", or "" for this month. */
str watch_period_query(struct request *rq);

/* Letters about a card or a rating, inside the transaction that issued it. */
struct watch_letter {
    str unit, holder;     /* who is responsible; holder may be "" */
    bool leaders;         /* of the unit, too */
    bool supervisors;
    str about, ref, title, body, link;
};
enum err watch_tell(struct tx *tx, const struct watch_letter *l) MUST_USE;

#endif
