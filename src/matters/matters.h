/*
 * matters -- 事项流转: what an office passes from desk to desk by a process
 * that was drawn and deployed: work orders, documents in and out, requests.
 *
 * Everything here stands on kernel/process; the hall's cases of services are
 * another module's.  main.c, demo and tests see this header.
 */
#ifndef MATTERS_MATTERS_H
#define MATTERS_MATTERS_H

#include "kernel/flow/ask.h"
#include "kernel/process/process.h"

/* ---- rules.c: the words of what a step asks ---- */

/* The questions of a task (kernel/flow/ask.h), each with its words. */
int matter_questions(const struct bpmn *g, int node, struct arena *a,
                     struct bpmn_question *out);

/* Words for the variables the delivered processes use; else the name. */
str matter_label(str name);

/* Days a matter has when neither its process nor anybody says. */
enum { MATTER_DAYS = 5, MATTER_DAYS_MAX = 60 };

/* ---- for handlers and the demonstration ---- */

struct matter_start {
    str key, title, content;
    str unit;            /* whose matter it is */
    int64_t applicant;   /* account, or 0 */
    int days;            /* working days; 0: MATTER_DAYS */
    bool urgent;
    const struct value *data;
    str once;
};
struct matter_started {
    str number;
    int64_t id, task;
    str problem;         /* when it is not OK */
};
/* Begins a matter, numbered, in tx.  Errors as process_start. */
enum err matter_start(struct tx *tx, const struct matter_start *m,
                      struct matter_started *out) MUST_USE;

/*
 * The clocks of a matter follow what its case has done: over, at a step whose
 * time does not count, back from it, at another organisation.  Whoever gives
 * the case a command calls it afterwards, in the same transaction.
 */
enum err matter_follow(struct tx *tx, int64_t id) MUST_USE;

/* What the process room tells of matters: one that another calls is a matter
 * too. */
extern const struct process_owner matters_cases;

extern const struct module matters_module;

#endif
