/*
 * gap -- 容缺受理: a case is accepted though papers are missing that the item
 * lets come later (容缺后补), with a clock of its own for the applicant.
 *
 * That clock is matter "gaps" of the clock room and has no organisation: what
 * the applicant is late with is no card for an officer.  It ends before the
 * promise of the case does, so that there is always a day left to decide on.
 * No statute of the state names its length: it is the item's own promise, and
 * what silence means is said by the rule the item names (docs/decisions/0020).
 */
#ifndef SERVICES_GAP_H
#define SERVICES_GAP_H

#include "services/work/act.h"

/* ---- pure: gap_rules.c ---- */

enum {
    SERVICES_GAP_DAYS = 10, /* working days where the item names none: ours */
    SERVICES_GAP_MOST = 60, /* working days, the most an item may name: ours */
};

/* Matter and kind of the clock. */
#define GAP_MATTER "gaps"
#define GAP_KIND "supply"
#define GAP_DECIDE "gap.decide"     /* silence: the organ decides */
#define GAP_WITHDRAWN "gap.withdrawn" /* silence: counts as taken back */

/*
 * Working days from today on: what the item names (0: the default, never more
 * than the most), but one less than are left until the case's own promised day
 * (day_none: that does not bind).  0 when there is no day left to give.
 */
int gap_days(const struct calendar *cal, day today, int item_days,
             day promised);

/* Does silence end the case by this rule, with nobody deciding? */
bool gap_lapses(const struct clock_rule *r);
/* 办事指南公布的期限, or the local rule as it names itself; never 法定. */
str gap_basis(struct arena *a, const struct clock_rule *r);

/* The undertakings an officer can record, for a choice field. */
#define GAP_PLEDGES "已收申请人签名的书面承诺,申请人提交申请时已经书面承诺"
bool gap_pledged(str pledge);

/* What is missing of one paper.  need as a form says it, 1 to 3; there: a paper
 * of that code lies in the case and can be used. */
enum gap_of { GAP_NONE, GAP_LATER, GAP_MAIN };
enum gap_of gap_of_paper(const struct form_paper *p, bool there);

/* ---- with the store: gap.c ---- */

struct gap_missing {
    str code, name;
};
/* What a case lacks at acceptance. */
struct gap_found {
    struct gap_missing *later; /* may come later, by the version filed under */
    size_t count;
    str main;                  /* the first main paper that is missing, "" */
    int item_days;             /* the item's own, 0: it names none */
    const struct clock_rule *rule;
};
enum err gap_find(struct tx *tx, const struct case_load *c,
                  struct gap_found *out) MUST_USE;
/* The same with what is loaded already: the thread, and at least the papers
 * this case asks for (NULL: none are). */
enum err gap_find_among(struct tx *tx, const struct case_load *c,
                        const struct case_load *thread,
                        const struct paper_list *papers, size_t n,
                        struct gap_found *out) MUST_USE;
/* Why this officer cannot simply accept, or accept with gaps; "" when he can.
 * late: the five days are over, so that it is accepted anyhow. */
str gap_refuses_accept(struct arena *a, const struct gap_found *g, bool late);
str gap_refuses_admit(struct arena *a, const struct gap_found *g);
/* 菜单、平面图. */
str gap_names(struct arena *a, const struct gap_found *g);

/* Sets x->gaps, once. */
enum err gap_look(struct acting *x) MUST_USE;
/* Inside an acceptance: rows, clock, columns; the facts its notice carries.
 * Nothing when nothing is missing. */
enum err gap_open(struct acting *x, day promised, struct view *facts) MUST_USE;

/* 菜单请在 2026-12-03 前补交: what an acceptance with gaps has told. */
str gap_told(struct acting *x);
/* The facts of the paper that says it was not kept. */
enum err gap_facts(struct acting *x, struct view *facts) MUST_USE;

/* Why it cannot be granted yet, "" when it can. */
str gap_waits(struct arena *a, const struct case_load *c);
/* The case has ended: what was still to come is not waited for any more. */
enum err gap_end(struct tx *tx, const struct case_load *c) MUST_USE;

/* The verbs: act_verb calls them. */
enum err gap_hand_in(struct acting *x) MUST_USE; /* act->list: codes */
enum err gap_verify(struct acting *x) MUST_USE;  /* act->paper, disagree */
enum err gap_again(struct acting *x) MUST_USE;

/* May the days be given anew?  A sentence why not, or "". */
enum err gap_refuses_again(struct tx *tx, const struct case_load *c, str *why)
    MUST_USE;

/* Has silence ended it: its day has passed, and its rule says so? */
enum err gap_has_lapsed(struct tx *tx, const struct case_load *c, bool *out)
    MUST_USE;
/* The job that looks for those. */
enum err gap_sweep(struct tx *tx, bool *more) MUST_USE;
/* Hears clock.level and clock.moved of its clocks. */
enum err gap_level(struct tx *tx, str ref, const struct value *payload)
    MUST_USE;
enum err gap_moved(struct tx *tx, str ref) MUST_USE;

/* ---- shown: gap_show.c ---- */

/* Member `gaps` of the desk's page; null without any. */
enum err gap_show_desk(struct view *v, struct tx *tx, const struct case_load *c)
    MUST_USE;
/* Member `gaps` of the page everybody follows the matter on: of all its
 * departments, or of one part; null when nothing is to come. */
enum err gap_show_open(struct view *v, struct tx *tx, int64_t thread,
                       str number, bool part) MUST_USE;
/* The papers the desk can say something of now, as choices of a field. */
enum err gap_choices(struct tx *tx, const struct case_load *c,
                     struct form_question *f) MUST_USE;
/* Conditions of the confirm pages, behind those of `law`; the first that is
 * not met goes to *refused.  late as gap_refuses_accept has it. */
enum err gap_show_law(struct view *v, struct tx *tx, enum verb verb,
                      const struct case_load *c, bool late, str *refused)
    MUST_USE;
/* Before an acceptance with gaps: its terms behind `effect`, and the facts of
 * its notice. */
enum err gap_show_effect(struct view *v, struct tx *tx,
                         const struct case_load *c, day promised,
                         struct view *facts) MUST_USE;
/* 容缺 2 份，12-03 前补交: for a row of the desk; "" without gaps. */
str gap_flag(struct arena *a, int64_t gaps, int64_t handed, day due, day today);

#endif
