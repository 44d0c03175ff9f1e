/*
 * Where a part is inside its department, in the model of random lives: the
 * steps of data/process/promised.bpmn, who has signed, who may take back what.
 */
#ifndef DEMO_TESTS_INSIDE_MODEL_H
#define DEMO_TESTS_INSIDE_MODEL_H

#include "base/base.h"

enum { REVIEW, CHECK_STEP, DECIDE, INSIDE, SIGNERS = 12 };
static const char *const step_ids[] = { "review", "check", "decide" };

struct model_signer {
    int64_t who;
    char way;             /* 'b'efore, beside: 's', 'a'fter */
    bool done;
};

/* Where a part is inside its department. */
struct model_inside {
    int step, home;       /* home: a straight return comes back there; -1 */
    int64_t done_by[INSIDE], at_home, assignee;
    bool main_done, opened;
    struct model_signer signer[SIGNERS];
    int signers;
};

static inline struct model_signer *open_signer(struct model_inside *in,
                                               int64_t who)
{
    for (int i = 0; i < in->signers; i++)
        if (!in->signer[i].done && (who == 0 || in->signer[i].who == who))
            return &in->signer[i];
    return NULL;
}

/* Somebody who signs before the step's own person has not done so. */
static inline bool main_held(const struct model_inside *in)
{
    for (int i = 0; i < in->signers; i++)
        if (!in->signer[i].done && in->signer[i].way == 'b')
            return true;
    return false;
}

/* What one of them has done and could be taken back: -1 the step itself, else
 * the signer's place; -2 none of the step that is open. */
static inline int taken_back(const struct model_inside *in, int64_t who)
{
    if (in->main_done && in->assignee == who)
        return -1;
    for (int i = 0; i < in->signers; i++)
        if (in->signer[i].done && in->signer[i].who == who)
            return i;
    return -2;
}

static inline int last_done(const struct model_inside *in, int64_t who)
{
    for (int k = in->step - 1; k >= 0; k--)
        if (in->done_by[k] == who)
            return k;
    return -1;
}

static inline enum err recall_verdict(const struct model_inside *in,
                                      int64_t who)
{
    int own = taken_back(in, who);
    if (own == -1) {
        for (int i = 0; i < in->signers; i++)
            if (in->signer[i].way == 'a' && in->signer[i].done)
                return ERR_CONFLICT;
        return OK;
    }
    if (own >= 0)
        return in->signer[own].way == 'b' && (in->opened || in->main_done)
                   ? ERR_CONFLICT : OK;
    int k = last_done(in, who);
    if (k < 0)
        return ERR_DENIED;
    bool touched = in->opened || in->main_done || k < in->step - 1;
    for (int i = 0; i < in->signers; i++)
        touched |= in->signer[i].done;
    return touched ? ERR_CONFLICT : OK;
}

static inline void arrive(struct model_inside *in, int step, int64_t assignee)
{
    in->step = step;
    in->assignee = assignee;
    in->main_done = in->opened = false;
    in->signers = 0;
}

static inline void go_back(struct model_inside *in, int to, bool straight)
{
    if (straight) {
        in->home = in->step;
        in->at_home = in->assignee;
    } else {
        for (int k = to + 1; k < INSIDE; k++)
            in->done_by[k] = 0;
    }
    int64_t who = in->done_by[to];
    if (!straight)
        in->done_by[to] = 0;
    arrive(in, to, who);
}

static inline void drop_signer(struct model_inside *in, int64_t who)
{
    struct model_signer *s = open_signer(in, who);
    for (; s + 1 < in->signer + in->signers; s++)
        *s = s[1];
    in->signers--;
}

#endif
