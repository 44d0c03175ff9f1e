/*
 * grants -- 数据授权: who may use which data of another organisation, for what,
 * from which day until which day.
 *
 * A grant is opened by a matter of 数据申请 when its process comes to the
 * service task zt:work="data-grant".  It runs out by itself, may be withdrawn
 * by the organisation that gave it, and is only ever extended by a new matter.
 *
 * The rules are pure functions of their arguments.
 */
#ifndef GRANTS_H
#define GRANTS_H

#include "base/base.h"
#include "kernel/clock/clock.h"
#include "kernel/process/process.h"

/* 国家机关应当在其履行法定职责的范围内依照条件和程序使用数据; personal data no
 * further than the duty needs; what for, how and how much is agreed and
 * watched. */
#define GRANT_BASIS "数据安全法 第三十八条；个人信息保护法 第三十四条；" \
                    "网络数据安全管理条例 第十二条"

enum {
    GRANT_MOST = 1096, /* days a grant may last: three years.  No law says how
                          long; 个人信息保护法 第三十四条 says no longer than
                          the duty needs, and three years is when it is asked
                          again */
    GRANT_WARN = 20,   /* working days before its end both sides are told: as
                          long as a new matter of 数据申请 may take */
    GRANT_REASON = 4,  /* letters of a reason at least */
};

/* "" or the sentence why a grant may not last from one day until another, both
 * included. */
str grant_refused(day from, day until);

/* valid, expired or withdrawn on a day: one past its last day has expired
 * whether or not the job has come by. */
str grant_state_on(str state, day to, day today);
/* 有效, 已到期, 已收回 */
str grant_state_word(str state);

/* The day both sides are told that it ends: GRANT_WARN working days before, and
 * not before it begins. */
day grant_warn_on(const struct calendar *cal, day from, day to);

/* Days left, the last one included; 0 when it is over. */
int grant_days_left(day to, day today);

/* SQ20261122000001 of SX20261122000001; in the arena. */
str grant_number(struct arena *a, str matter);

/*
 * "" or the sentence why this person may not withdraw it: only the
 * organisation that gave it, there only its leader or who holds 数据提供岗, and
 * only while it is valid, with a reason.  reason: none when it is not asked
 * yet.
 */
struct grant_withdrawal {
    str state;            /* as grant_state_on says */
    str giver, unit;      /* who gave it; where the person sits */
    bool leads, provides; /* is its leader; holds 数据提供岗 */
    str reason;
};
str grant_withdraw_refused(const struct grant_withdrawal *w);

/* ---- for the boot and the demonstration ---- */

/*
 * The worker of zt:work="data-grant": opens the grant of the case, once.  *out
 * is {granted: true, grant: NUMBER} or {granted: false, refused: SENTENCE} when
 * the last day has passed meanwhile.  ERR_RANGE when the case does not say
 * what is granted, or nobody of the organisation has agreed.
 */
enum err grant_work(struct tx *tx, const struct process_view *v, int64_t task,
                    struct value **out) MUST_USE;
extern const struct process_worker grants_workers[]; /* ended by { 0 } */

/* Tells of what ends soon, ends what is over: at most a hundred of each, *more
 * when there are others. */
enum err grant_job(struct tx *tx, bool *more) MUST_USE;

/* Withdraws, as the page does.  *problem is a sentence when it is refused. */
enum err grant_withdraw(struct tx *tx, str number, str reason, str *problem)
    MUST_USE;

extern const struct module grants_module;

#endif
