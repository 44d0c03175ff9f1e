/*
 * matters -- 事项流转: what an office passes from desk to desk by a process
 * that was drawn and deployed: work orders, documents in and out, requests.
 *
 * Everything here stands on kernel/process; the hall's cases of services are
 * another module's.  main.c, demo and tests see this header.
 */
#ifndef MATTERS_MATTERS_H
#define MATTERS_MATTERS_H

#include "kernel/process/process.h"

/* ---- rules.c: what a step asks, read from the drawing alone ---- */

enum matter_kind {
    MATTER_CHOICE,       /* one of options, as text */
    MATTER_TRUTH,        /* options "true" and "false", as a boolean */
    MATTER_NUMBER,       /* a whole number */
    MATTER_TEXT,
    MATTER_UNIT,         /* an organisation's code */
    MATTER_PEOPLE,       /* a list of officers, a line each */
};

enum { MATTER_OPTIONS = 12, MATTER_QUESTIONS = 12 };

struct matter_option {
    str value, label;
};

/* What completing a task must say, so that the gateways behind it can choose:
 * name is the variable.  Texts live in the arena given. */
struct matter_question {
    str name, label;
    enum matter_kind kind;
    struct matter_option option[MATTER_OPTIONS];
    int options;         /* the default way is the last */
    bool later;          /* needed on some ways only: may be left empty */
};

/*
 * The questions of a task: what the gateways reached before the next task
 * compare, which organisation or people the next tasks are for, and what each
 * of several signers hands in.  What a script or a rule on the way works out
 * is not asked.  Returns how many, at most MATTER_QUESTIONS.
 */
int matter_questions(const struct bpmn *g, int node, struct arena *a,
                     struct matter_question *out);

/* Words for the variables the delivered processes use; else the name. */
str matter_label(str name);

/* Days a matter has when nobody says, in working days. */
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

/* What the process room tells of matters: one that another calls is a matter
 * too. */
extern const struct process_owner matters_cases;

extern const struct module matters_module;

#endif
