/*
 * supervision -- cards and ratings: who is late, who says so, what follows.
 *
 * Nobody reports to the supervisor.  A clock that passes its day tells the
 * whole house, and the card is written by the machine; a bad rating has two
 * days of its own to be kept.  Other modules see only our pub_ views.
 *
 * Everything here is a pure function of its arguments.
 */
#ifndef SUPERVISION_H
#define SUPERVISION_H

#include "base/base.h"
#include "kernel/clock/clock.h"
#include "kernel/http/http.h"

/* ---- cards ---- */

struct card_kind {
    const char *code;  /* as stored: "warning", "yellow", "red" */
    const char *level; /* as signal clock.level says it: "warned" … */
    const char *name;  /* 预警, 黄牌, 红牌 */
    const char *look;  /* class of its mark: "redcard"; "" for a warning */
    char letter;       /* begins its number: R2026-0018 */
};

/* NULL for a word that is no level. */
const struct card_kind *card_kind_told(str level);
const struct card_kind *card_kind_of(str code);

/* 待说明, 已说明, 已维持, 已撤销; of a warning 提醒中, 已解除. */
str card_state_word(str kind, str state);

/* 承诺时限, 法定时限, 受理时限. */
str card_clock_word(str clock);

/* 超过承诺时限 2 个工作日, as it was on the day the card was issued; of a
 * warning how much was left. */
str card_reason(struct arena *a, const struct calendar *cal, str kind,
                str clock, day due, day issued);

/* 《行政许可法》第四十二条第一款 of a rule in data/clock-rules.json; "" when
 * there is none of that id. */
str card_basis(struct arena *a, str rule);

/* ---- ratings ---- */

enum {
    RATING_LEVELS = 5,   /* 国办发〔2019〕51号 */
    RATING_BAD_FROM = 4, /* 不满意 and 非常不满意 are 差评 */
};

struct rating_level {
    const char *label, *icon;
};
/* value: 1 非常满意 to 5 非常不满意. */
const struct rating_level *rating_level(int64_t value);
bool rating_bad_level(int64_t value);

/* Why somebody rated so: a closed list, ended by { 0 }. */
struct rating_reason {
    const char *code, *label;
};
extern const struct rating_reason rating_reasons[];
#define RATING_REASONS "speed,manner,once,visits,papers,online"

/* Only what was ended by the office can be rated: refused, granted, denied,
 * closed; not what the applicant took back. */
bool rating_state(str state);

/*
 * A bad rating is verified with the person within one working day
 * (安阳市政务服务条例 第五十二条) and mended within five
 * (德州市好差评工作方案); both are numbers of data/clock-rules.json, rules
 * rating.contact and rating.fix.
 */
struct rating_clocks {
    day verify_by, mend_by;
};
struct rating_clocks rating_clocks(const struct calendar *cal, day given);

/* ---- figures ---- */

enum supervision_period { PERIOD_MONTH, PERIOD_LAST, PERIOD_YEAR };

/* Days of a period up to today, and as many of the one before to compare. */
struct period {
    day from, to, before_from, before_to;
};
struct period period_of(enum supervision_period which, day today);
/* 2026 年 11 月 1 日至 20 日 */
str period_text(struct arena *a, const struct period *p);

extern const struct module supervision_module;

#endif
