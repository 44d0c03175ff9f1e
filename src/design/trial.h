/*
 * trial -- a process tried with made-up answers: run in memory by the engine
 * that runs real cases, nothing stored, everything bounded.
 */
#ifndef DESIGN_TRIAL_H
#define DESIGN_TRIAL_H

#include "kernel/flow/engine.h"

enum {
    TRIAL_ROWS = 300,     /* steps told; the rest is counted */
    TRIAL_COMMANDS = 300, /* tasks completed, waits, messages */
    TRIAL_MS = 2000,      /* after which no further command begins */
};

struct trial_plan {
    const struct value *start; /* answers the process begins with: an object */
    str process;          /* id; "": the first that can run */
    /* One step a line:
     *   ELEMENT [ANSWERS]   completes the open task of that element
     *   等待 P5D            time passes
     *   消息 NAME           a message or a signal comes
     * ANSWERS is a JSON object or NAME = VALUE, separated by semicolons. */
    str steps;
    bool by_itself;       /* tasks complete themselves between and after */
    inst now;
    flow_decide *decide;
    void *context;
};

struct trial_row {
    int node;             /* or -1 */
    const char *what;     /* 进入, 离开, 计算结果 … */
    str text;             /* result or trouble, or "" */
};

struct trial {
    struct trial_row row[TRIAL_ROWS];
    int rows, omitted;
    const char *state;    /* completed, waiting, error, incident */
    str problem;          /* a line of the plan that could not be done, or "" */
    const int *open;      /* nodes of tasks still open */
    int opens;
    const struct value *variables; /* at the end: an object, or NULL */
    struct bpmn_marks marks;
    struct arena memory;  /* of the run; trial_free */
};

/* Runs the plan; g must have no element the engine does not know. */
void trial_run(const struct bpmn *g, const struct trial_plan *plan,
               struct trial *out);
void trial_free(struct trial *t);

#endif
