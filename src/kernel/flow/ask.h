/*
 * ask -- what a step asks of whoever does it.
 *
 * Completing a task must say what the gateways behind it compare, which
 * organisation or people the next tasks are for, and what zt:asks of the step
 * names.  Starting a process asks what zt:asks of its start names.
 */
#ifndef FLOW_ASK_H
#define FLOW_ASK_H

#include "kernel/flow/bpmn.h"

enum bpmn_ask {
    BPMN_ASK_CHOICE,     /* one of options, as text */
    BPMN_ASK_TRUTH,      /* options "true" and "false", as a boolean */
    BPMN_ASK_NUMBER,     /* a whole number */
    BPMN_ASK_TEXT,       /* several lines */
    BPMN_ASK_LINE,       /* one line */
    BPMN_ASK_DAY,        /* a day from today on, as ISO text */
    BPMN_ASK_UNIT,       /* an organisation's code */
    BPMN_ASK_PEOPLE,     /* a list of officers, a line each */
};

enum { BPMN_OPTIONS = 12, BPMN_QUESTIONS = 12 };

struct bpmn_option {
    str value, label;
};

/* name is the variable.  Texts live in the arena given; label is "" where the
 * drawing has no words for it. */
struct bpmn_question {
    str name, label;
    enum bpmn_ask kind;
    struct bpmn_option option[BPMN_OPTIONS];
    int options;         /* the default way is the last */
    bool later;          /* needed on some ways only: may be left empty */
    str known;           /* what the case knows already, to begin with; "" */
};

/*
 * The questions of a task: what the gateways reached before the next task
 * compare, which organisation or people the next tasks are for, what each of
 * several signers hands in, and zt:asks.  What a script or a rule on the way
 * works out is not asked.  Of a start only zt:asks.  Returns how many, at most
 * BPMN_QUESTIONS.
 */
int bpmn_questions(const struct bpmn *g, int node, struct arena *a,
                   struct bpmn_question *out);

/*
 * Takes the next of zt:asks off the list: "name", "name:kind" or
 * "name:kind:words" (also with ：), parted as bpmn_name_next has it; kind is
 * line (or none), lines, number, truth, day, unit, or options parted by |.
 * False at the end; *problem says what is wrong with it, else it is none.
 */
bool bpmn_asks_next(str *list, struct bpmn_question *out, str *problem);

#endif
