/* What people may do with a matter; a row a verb. */
#ifndef MATTERS_VERBS_H
#define MATTERS_VERBS_H

#include "matters/inside.h"

enum verb_field {
    ASK_QUESTIONS = 1,  /* what the gateways behind the step need */
    ASK_REASON = 2,     /* must be given */
    ASK_REMARK = 4,     /* may be given */
    ASK_PERSON = 8,
    ASK_WHERE = 16,     /* beside, before, after */
    ASK_STEP = 32,      /* an earlier step, redo or straight */
    ASK_MESSAGE = 64,   /* which of the messages it waits for */
    ASK_STOP = 128,     /* why the time does not count, how long, on which
                           paper */
    ASK_DAYS = 256,     /* working days more */
};

/* Whose it is. */
enum verb_scope {
    OF_TASK,            /* whoever has the task on his desk */
    OF_SIGNER,          /* ... or his leader */
    OF_OWN_PAST,        /* who completed the task it takes back */
    OF_MATTER,          /* who began it, and the leader of its organisation */
    OF_LEADER,          /* the leader of its organisation alone */
};

struct matter_verb {
    const char *code, *label;
    enum flow_verb verb;
    enum verb_scope scope;
    int asks;
    const char *explain; /* what happens, before pressing */
    const char *basis;   /* article, or whose rule it is */
    const char *done;    /* said afterwards */
    bool grave;          /* cannot be taken back */
};

extern const struct matter_verb matter_verbs[]; /* ended by { 0 } */
const struct matter_verb *matter_verb_of(str code);

/*
 * May the person at the page do it now?  task is the one it is about, or 0;
 * *why is a sentence when not.  Asks the engine by trying, for verbs that need
 * nothing filled in.
 */
bool matter_may(struct tx *tx, const struct matter *m,
                const struct matter_verb *verb, int64_t task, str *why);

#endif
