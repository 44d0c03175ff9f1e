/*
 * held -- papers that are there already: the applicant's licences, and papers
 * of their earlier cases.  Whatever can be had this way is offered before a
 * file is asked for (国务院令第716号 第七条、第十条).
 */
#ifndef SERVICES_HELD_H
#define SERVICES_HELD_H

#include "services/case.h"

/* ---- pure: held_rules.c ---- */

/*
 * Does the name of a paper ask for the licence of this name?  The name itself,
 * after words of whose it is, before words of which copy: 申请人有效的食品经营
 * 许可证（副本复印件）.  Not 食品经营许可证遗失声明, and not 营业执照 for
 * 食品经营许可证.
 */
bool held_names(str paper, str licence);

/* What a licence is worth in a case. */
enum held_worth {
    HELD_GOOD,
    HELD_EXPIRED,   /* 行政许可法 第七十条第（一）项 */
    HELD_CHANGED,   /* a newer version is in force: that one counts */
    HELD_SUSPENDED, /* 行政处罚法 第九条第（三）项: 暂扣许可证件 */
    HELD_REVOKED,   /* 行政许可法 第六十九条; or cancelled, 第七十条 */
    HELD_NOT_YET,   /* not signed yet, or valid from a later day */
};
/* state: as the library says it; to: last day of validity, none: 长期. */
enum held_worth held_worth(str state, day from, day to, day today);
/* 有效, 已过有效期 … */
const char *held_word(enum held_worth w);

/*
 * May a decision rest on it?  Never on what was suspended or revoked; on what
 * merely ran out or was replaced since filing only with the reason written
 * down, for it was in force when the application was received.
 */
bool held_decides(enum held_worth w, str reason);

/* The first of these papers that a text speaks of, without what stands in
 * brackets; none when it speaks of none. */
str held_asked(str text, const str *names, size_t n);

/* ---- with the store: held.c ---- */

/* One thing in the place of a paper. */
struct held {
    str source;     /* "licence" or "case" */
    str ref;        /* identifier, or number of the earlier case */
    str name;       /* of the licence with its number, or of the file */
    str remark;     /* 市场监督管理局颁发，有效期至 2031-11-10 */
    str field, value; /* what chooses it in a form */
    str sha256, type; /* of a file; none for a licence */
    int64_t size;
};

/* What this account has for a paper; licences first.  account 0: nothing. */
enum err held_for(struct tx *tx, int64_t account, const struct form_paper *p,
                  struct held **out, size_t *n) MUST_USE;

/* What these have, as member `held` of a paper's row; take is the address a
 * choice is sent to. */
void held_show(struct view *row, const struct held *h, size_t n, str take);

/*
 * The one of held_for that was chosen: licence an identifier, or paper the id
 * of an earlier paper as text; the other "".  ERR_NOTFOUND when it is not
 * theirs, does not fit the paper or is not in force any more.
 */
enum err held_chosen(struct tx *tx, int64_t account, const struct form_paper *p,
                     str licence, str paper, struct held *out) MUST_USE;

/* Whose papers a draft may take: the applicant's own account, by the same
 * rule as whose the case will be; 0 when that is somebody else. */
enum err held_account(struct tx *tx, const struct value *answers,
                      int64_t *account) MUST_USE;

/* ERR_RANGE with *sentence unless every licence of an application is its
 * applicant's and in force today. */
enum err held_check_filing(struct tx *tx, const struct filing *f,
                           str *sentence) MUST_USE;

/* What is wrong with a licence among the papers, "" when nothing: for the
 * desk.  *word: 有效, 已暂扣 … */
enum err held_doubt(struct tx *tx, const struct paper_list *p, str *word,
                    str *doubt) MUST_USE;

/* Before a decision that grants: ERR_RANGE with *sentence when a licence this
 * desk's papers rest on cannot carry it. */
enum err held_check_grant(struct tx *tx, const struct case_load *c, str reason,
                          str *sentence) MUST_USE;

/*
 * Before a supplement: the paper the text asks for though the exchange or the
 * library has it; none when it asks for nothing of the kind.
 */
enum err held_overasked(struct tx *tx, const struct case_load *c, str text,
                        str *paper) MUST_USE;

#endif
