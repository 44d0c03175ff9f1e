/*
 * How an entry is written, looked over, released, corrected and ended: one way
 * in for pages, tests and the demonstration.
 *
 * All of them leave their audit note and a line in the entry's history, and on
 * any error but a failing store a sentence for the person in *sentence.  They
 * act in tx->who's name: whose entry it is, which duty he holds and that he did
 * not write it himself is asked here.
 */
#ifndef DISCLOSURE_KEEP_H
#define DISCLOSURE_KEEP_H

#include "disclosure/disclosure.h"
#include "disclosure/queries.gen.h"

/* What an officer types. */
struct entry_words {
    str title, doc_no, category, topic, item, about, summary, body;
    str why;              /* of a correction */
    day formed;           /* 形成或者变更之日 */
};

/* ERR_RANGE for a category, theme, item or entry that is none. */
enum err entry_write_new(struct tx *tx, const struct entry_words *w, str *code,
                         str *sentence) MUST_USE;
/* ERR_CONFLICT when it is not being written now. */
enum err entry_rewrite(struct tx *tx, const struct entry_one *e,
                       const struct entry_words *w, str *sentence) MUST_USE;
/* A new version of what was released: a correction (why). */
enum err entry_correct(struct tx *tx, const struct entry_one *e, str why,
                       str *sentence) MUST_USE;
/* The version under way is given up. */
enum err entry_drop(struct tx *tx, const struct entry_one *e, str *sentence)
    MUST_USE;

/* To be looked over.  ERR_RANGE while numbers of people stand in it without a
 * ground of 政府信息公开条例 第十五条 and a reason. */
enum err entry_submit(struct tx *tx, const struct entry_one *e, str ground,
                      str ground_why, str *sentence) MUST_USE;
/* 保密审查: open, secret, or unsure, which asks the authority and waits
 * (政府信息公开条例 第十七条). */
enum err entry_secrecy(struct tx *tx, const struct entry_one *e, str said,
                       str note, str *sentence) MUST_USE;
/* 审核: released, or back to who wrote it. */
enum err entry_check(struct tx *tx, const struct entry_one *e, bool release,
                     str note, str *sentence) MUST_USE;

/* 撤下: nobody reads it any more, the page says since when and why. */
enum err entry_take_back(struct tx *tx, const struct entry_one *e, str why,
                         str *sentence) MUST_USE;
/* effect: void or lapsed, from that day on. */
enum err entry_end_effect(struct tx *tx, const struct entry_one *e, str effect,
                          day from, str why, str *sentence) MUST_USE;

/* Numbers of people in the words of a version. */
int entry_personal(struct tx *tx, const struct entry_text_one *t,
                   struct disclosure_personal out[DISCLOSURE_PERSONAL]);

/* A line of its history; open: for everybody. */
enum err entry_act(struct tx *tx, int64_t entry, const char *verb, str text,
                   const char *law, bool open) MUST_USE;

/* ---- the review as a process ---- */

/* Begins it and hands in what was written, or hands it in once more. */
enum err review_begin(struct tx *tx, const struct entry_one *e,
                      const struct entry_text_one *t, str *run, str *sentence)
    MUST_USE;
/* Does its open task "secrecy" or "check", if it is this person's. */
enum err review_do(struct tx *tx, str run, const char *node,
                   const struct value *data, str *sentence) MUST_USE;
/* The platform itself is the site: what is released is there. */
enum err review_published(struct tx *tx, str run) MUST_USE;
enum err review_cancel(struct tx *tx, str run) MUST_USE;
/* Does this person hold that duty of the organisation? */
enum err review_holds(struct tx *tx, str unit, const char *duty, bool *out)
    MUST_USE;

#define DUTY_WRITE "信息员"
#define DUTY_SECRECY "保密审查岗"
#define DUTY_CHECK "信息审核岗"

#endif
