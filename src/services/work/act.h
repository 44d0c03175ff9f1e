/* Inside of act.c and act_verbs.c: one verb being carried out. */
#ifndef SERVICES_ACT_H
#define SERVICES_ACT_H

#include "services/case.h"
#include "services/show.h"
#include "services/work/step.h"

/* Why a closed case is done again. */
struct again {
    str old;            /* number of the closed case */
    str cause;          /* 根据云政复决〔2026〕3号行政复议决定 */
    str law;            /* its article */
};

struct gap_found;

struct acting {
    struct tx *tx;
    struct act *act;
    struct verb_rule rule;   /* as it is for this matter */
    struct case_load c;
    enum case_state state;
    struct desk desk;   /* the organisation whose case it is */
    day accepted;       /* set by the verb that accepts; else none */
    str notice;         /* number of the paper just issued */
    struct show_basis cites; /* what its notice and its record rest on */
    struct step step;        /* where its process stands */
    const struct again *again; /* NULL: done for the first time */
    const struct gap_found *gaps; /* what is missing; NULL: not looked yet */
};

/* The facts every notice carries. */
struct view act_facts(struct acting *x);
/* act->reason trimmed; none, with the sentence that `what` is to be written,
 * where it is no words. */
str act_reason(struct acting *x, const char *what);

/* Does the verb's own part: rows, clocks, notice; sets act->done. */
enum err act_verb(struct acting *x) MUST_USE;

/* The verb, its event, audit and signal, and what the joint case makes of it;
 * who may and in which state has been asked. */
enum err act_run(struct acting *x) MUST_USE;

/* Accepts a new run of a closed case, by the system. */
enum err act_again(struct tx *tx, str number, const struct again *again)
    MUST_USE;

/* Sets the sentence the person reads, returns e. */
enum err act_fail(struct acting *x, enum err e, str sentence);

/* ERR_CONFLICT of a change becomes the sentence that somebody was quicker. */
enum err act_changed(struct acting *x, enum err e) MUST_USE;

/* Issues an official paper: number and row; facts is what the PDF says. */
enum err act_notice(struct acting *x, const char *kind, struct value *facts)
    MUST_USE;

/* What an officer typed, with the applicant's name, number and mobile masked:
 * for everything others read (个人信息保护法 第二十五条). */
str act_masked(const struct acting *x, str typed);

/* All clocks of a case are over, if any still ran. */
enum err act_clocks_over(struct tx *tx, str number) MUST_USE;

/* Stops and restarts the clocks of a case and the columns that repeat them. */
enum err act_pause(struct tx *tx, const struct case_load *c, str state,
                   str reason, int planned, str document) MUST_USE;
enum err act_resume(struct tx *tx, const struct case_load *c, str state)
    MUST_USE;

/* A part that ends with the whole: withdrawn, or 终止 because the process of
 * the whole does not wait for it any more; text is what everybody reads. */
enum err act_end_part(struct tx *tx, str number, bool withdrawn, str text)
    MUST_USE;

/* To another state, with what was said to a colleague as an inner note. */
enum err act_move(struct acting *x, const char *state, str text) MUST_USE;

/* ---- act_step.c: what a verb does to the process of the case ---- */

/* May this person, at this step?  The sentence is set when not OK. */
enum err act_step_allows(struct acting *x) MUST_USE;
/* The process follows what the law's verbs have done to the case. */
enum err act_step_follows(struct acting *x) MUST_USE;
/* The verbs that are of the process itself. */
enum err act_propose(struct acting *x) MUST_USE;
enum err act_return(struct acting *x) MUST_USE;
enum err act_cosign(struct acting *x) MUST_USE;
enum err act_unsign(struct acting *x) MUST_USE;
enum err act_sign(struct acting *x) MUST_USE;
enum err act_delegate(struct acting *x) MUST_USE;
enum err act_recall(struct acting *x) MUST_USE;
enum err act_hand_over(struct acting *x, int64_t account) MUST_USE;

#endif
