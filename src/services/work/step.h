/*
 * step -- where a case stands inside the department that decides it.
 *
 * The law's states and clocks are the case's (rules.c, the clock room); who
 * does what next is a process (kernel/process) under the case's own number.
 * A step is a user task of it; its zt:form says what of the law it serves:
 * accept, supplement, decide; every other one is work between.  A case without
 * a process (filed before there was one, or none is in force) has id 0.
 */
#ifndef SERVICES_STEP_H
#define SERVICES_STEP_H

#include "kernel/page/page.h"
#include "kernel/process/process.h"

struct step {
    int64_t id;              /* of the running process; 0: there is none */
    struct process_view v;   /* when id is not 0; given back by step_close */
};

/* The process of a case, if one runs.  step_close in any case. */
enum err step_open(struct tx *tx, str number, struct step *out) MUST_USE;
void step_close(struct step *s);

enum step_place {
    STEP_OVER,               /* nothing is left to do */
    STEP_ACCEPT, STEP_SUPPLY,
    STEP_WORK,               /* between acceptance and decision */
    STEP_DECIDE,
    STEP_WAIT,               /* for something outside: a service, a message */
};
enum step_place step_place(const struct flow_case *c);

/*
 * The task a verb is about: the first open one of the node's own, not of a
 * signer asked for; of that form, or NULL for any.  NULL: there is none.
 */
const struct flow_task *step_main(const struct flow_case *c, const char *form);
/* Was this task asked for by 加签? */
bool step_is_signer(const struct flow_case *c, const struct flow_task *t);
/* An open task of a signer who is that person, or of any when none is named. */
const struct flow_task *step_signer(const struct flow_case *c, str person);
/* The last step this person has done and nobody has gone on with; 0: none. */
int64_t step_mine(const struct flow_case *c, str person);
/* 科室负责人审核: of a task; the text is the graph's. */
str step_name(const struct flow_case *c, const struct flow_task *t);

/* What the case would be after a command, on a copy; errors as flow_do. */
enum err step_would(struct tx *tx, const struct step *s, struct flow_command c,
                    struct flow_case **out) MUST_USE;
/* 送下一步 on a copy.  False when it is the decision that comes next. */
bool step_next(struct tx *tx, const struct step *s, str *name);

/* 同意，送科室负责人审核: what 送下一步 is called now. */
str step_label(struct tx *tx, const struct step *s);
/* Would 收回 be possible for that person now? */
bool step_may_recall(struct tx *tx, const struct step *s, str person);
/* The open task this person is the first to look at; NULL when he sent it. */
const struct flow_task *step_unseen(const struct flow_case *c, str person);

/*
 * Why this person may not work at a task, or "": where the organisation has
 * given the step's duty to somebody, it is theirs, their stand-ins' and the
 * leader's; where to nobody, every officer's.  One query.
 */
enum err step_refuses(struct tx *tx, const struct step *s,
                      const struct flow_task *t, str unit, str *sentence)
    MUST_USE;

/* Elements one may return to, newest first: what the law has closed (受理) is
 * not among them. */
int step_back(const struct step *s, int *nodes, int cap);

/* Adds the drawing as `drawing` and the list beneath as `steps`; none when the
 * case never had a process.  One query, two where its version was moved. */
enum err step_show(struct tx *tx, struct view *v, struct step *s) MUST_USE;

#endif
