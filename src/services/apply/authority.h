/*
 * authority -- 纸质授权委托书: a proxy without an electronic authority hands in
 * the paper the principal signed (民法典 第一百六十五条).
 *
 * Filing goes ahead; nothing is decided in the principal's favour or name
 * before an officer has looked at the paper (第一百七十一条: what is done
 * without authority has no effect for the principal unless ratified).
 */
#ifndef SERVICES_AUTHORITY_H
#define SERVICES_AUTHORITY_H

#include "services/case.h"
#include "services/apply/draft.h"

enum { AUTHORITY_DAYS = 366 }; /* a paper authority is for a year at most */

/* The code its file has among the papers: authority-12. */
str authority_paper(struct arena *a, int64_t id);
/* Is this code one?  Every desk of the matter may see it. */
bool authority_is_paper(str code);
/* The row behind such a code; 0 for another. */
int64_t authority_of_paper(str code);

/* 待核对, 已核对, 不予认可, 本人有异议, 已撤销. */
const char *authority_word(str state);

/* Is the paper one that lets a draft be filed today?  refused and what was
 * objected to is not; *why a sentence when it is not. */
bool authority_serves(str state, day from, day until, day today,
                      const char **why);

/* Why a verb of the matter must wait, "" when it need not: acceptance and
 * grant until it was looked at, a supplement until there is another paper. */
str authority_holds(enum verb verb, str state);

/* The same for all authorities of a thread.  mine: the agent is who acts. */
enum err authority_waits(struct tx *tx, str thread, enum verb verb, bool mine,
                         str *why) MUST_USE;

/* With the filing: rows follow to the case, the principal is told, who has an
 * account of that name and proven mobile. */
enum err authority_filed(struct tx *tx, const struct filing *f, str number)
    MUST_USE;

/* Member `text` of a partner's row on the case's pages, and `check`: null, or
 * what an officer needs to judge it. */
enum err authority_show(struct view *row, struct tx *tx, int64_t id,
                        str number, bool desk, bool *there) MUST_USE;

/* Member `authorities` of 我的办件: what is filed in this person's name. */
struct auth_person;
enum err authority_mine_show(struct view *v, struct tx *tx,
                             const struct auth_person *me) MUST_USE;

#endif
