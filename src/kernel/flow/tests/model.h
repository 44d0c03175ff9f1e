/*
 * A reference for the verbs: a process is a tree of blocks, a case a tree of
 * instances, going back a matter of cutting branches.  It knows no tokens, no
 * flows, no joins -- so when it and the engine agree on every open task after
 * every command, they are right for different reasons.
 */
#ifndef FLOW_TEST_MODEL_H
#define FLOW_TEST_MODEL_H

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum block_kind { B_TASK, B_SEQ, B_AND, B_XOR, B_OR, B_EVENTS, B_MULTI, B_SUB,
                  B_CALL, B_LOOP };

enum { KIDS = 4, BLOCKS = 64 };

struct block {
    int id;
    enum block_kind kind;
    struct block *kid[KIDS];
    int kids;
    int chosen;             /* branch of a choice, bits of an inclusive one */
    int instances, enough;  /* of a multi-instance; enough 0: all */
    bool sequential;
    char rule;              /* of a task's signers: a, n, r, w */
    int threshold;          /* per cent, or weight */
};

struct signer {
    int id, anchor;         /* anchor: index of another signer's id, or 0 */
    int mode;               /* 0 beside, 1 before, 2 after */
    bool done, opened, against;
    int weight;
    int64_t task;           /* the engine's, once completed */
};

enum inst_state { I_TODO, I_ACTIVE, I_DONE };

struct live {
    const struct block *b;
    struct live *up;
    struct live **kid;      /* children of the block, or iterations */
    int kids, cap;
    enum inst_state state;
    struct live *guest;     /* a straight return runs here in my place */
    bool is_guest;
    int index;              /* of an instance of a multi-instance */
    int started, finished, removed, total; /* of a multi-instance */
    uint64_t born;
    struct signer signer[16];
    int signers, next_signer;
    char rule;
    int threshold;
    int64_t done_task;      /* whose completion ended it */
    bool *vars;             /* loop variables: of the root and of a call */
};

struct model {
    struct arena *arena;
    struct block *root;
    struct live *top;
    uint64_t clock;
};

static struct live *inst_new(struct model *m, const struct block *b,
                             struct live *up)
{
    struct live *i = ARENA_NEW(m->arena, struct live);
    i->b = b;
    i->up = up;
    return i;
}

static void inst_push(struct model *m, struct live *i, struct live *kid)
{
    if (i->kids == i->cap) {
        int wider = i->cap ? i->cap * 2 : 4;
        struct live **p = ARENA_NEW_N(m->arena, struct live *, wider);
        for (int k = 0; k < i->kids; k++)
            p[k] = i->kid[k];
        i->kid = p;
        i->cap = wider;
    }
    i->kid[i->kids++] = kid;
}

static bool *vars_of(const struct live *i)
{
    while (i->vars == NULL)
        i = i->up;
    return i->vars;
}

static void inst_begin(struct model *m, struct live *i);
static void inst_done(struct model *m, struct live *i);

static void begin_kid(struct model *m, struct live *i, const struct block *b)
{
    struct live *kid = inst_new(m, b, i);
    inst_push(m, i, kid);
    inst_begin(m, kid);
}

static void multi_start(struct model *m, struct live *i)
{
    struct live *kid = inst_new(m, i->b->kid[0], i);
    kid->index = i->started++;
    inst_push(m, i, kid);
    inst_begin(m, kid);
}

static bool chosen(const struct block *b, int k)
{
    return b->kind == B_AND || (b->kind == B_XOR && b->chosen == k) ||
           (b->kind == B_OR && (b->chosen >> k & 1));
}

static void begin_call(struct model *m, struct live *i)
{
    const bool *outer = i->up ? vars_of(i->up) : NULL;
    i->vars = ARENA_NEW_N(m->arena, bool, BLOCKS);
    for (int k = 0; outer && k < BLOCKS; k++)
        i->vars[k] = outer[k];
}

/* One signer, and the rule as the process says it. */
static void signers_begin(struct live *i)
{
    i->signer[0] = (struct signer){ .id = ++i->next_signer, .weight = 1 };
    i->signers = 1;
    i->rule = i->b->rule;
    i->threshold = i->b->threshold;
}

static void inst_begin(struct model *m, struct live *i)
{
    const struct block *b = i->b;
    i->state = I_ACTIVE;
    i->born = ++m->clock;
    switch (b->kind) {
    case B_TASK:
        signers_begin(i);
        break;
    case B_EVENTS: break;
    case B_AND:
    case B_XOR:
    case B_OR: {
        /* All branches exist before the first may finish the block. */
        struct live *new[KIDS];
        int n = 0;
        for (int k = 0; k < b->kids; k++)
            if (chosen(b, k)) {
                new[n] = inst_new(m, b->kid[k], i);
                inst_push(m, i, new[n++]);
            }
        for (int k = 0; k < n; k++)
            inst_begin(m, new[k]);
        break;
    }
    case B_MULTI:
        i->total = b->instances;
        for (int k = 0; k < (b->sequential ? 1 : b->instances); k++)
            multi_start(m, i);
        break;
    case B_CALL:
        begin_call(m, i);
        begin_kid(m, i, b->kid[0]);
        break;
    default: begin_kid(m, i, b->kid[0]);
    }
}

/* A kid of i is done: what does that mean for i? */
static void kid_done(struct model *m, struct live *i, struct live *kid)
{
    const struct block *b = i->b;
    switch (b->kind) {
    case B_SEQ:
        if (i->kids < b->kids)
            begin_kid(m, i, b->kid[i->kids]);
        else
            inst_done(m, i);
        break;
    case B_LOOP:
        if (vars_of(i)[b->id])
            begin_kid(m, i, b->kid[0]);
        else
            inst_done(m, i);
        break;
    case B_AND:
    case B_XOR:
    case B_OR:
        for (int k = 0; k < i->kids; k++)
            if (i->kid[k]->state != I_DONE)
                return;
        inst_done(m, i);
        break;
    case B_MULTI:
        i->finished++;
        if ((b->enough && i->finished >= b->enough) ||
            i->finished + i->removed >= i->total) {
            for (int k = 0; k < i->kids; k++)
                if (i->kid[k]->state != I_DONE)
                    i->kid[k]->state = I_TODO;
            inst_done(m, i);
        } else if (b->sequential) {
            multi_start(m, i);
        }
        break;
    default: inst_done(m, i);
    }
    (void)kid;
}

static void inst_done(struct model *m, struct live *i)
{
    i->state = I_DONE;
    if (i->is_guest) {
        /* Home again: a new task for the one who sent it. */
        struct live *home = i->up;
        home->guest = NULL;
        home->next_signer = 0;
        signers_begin(home);
    } else if (i->up) {
        kid_done(m, i->up, i);
    }
}

/* ---- signers ---- */

static bool signer_held(const struct live *i, const struct signer *s)
{
    for (int k = 0; k < i->signers; k++) {
        const struct signer *o = &i->signer[k];
        if (!o->done && ((o->mode == 1 && o->anchor == s->id) ||
                         (s->mode == 2 && o->id == s->anchor)))
            return true;
    }
    return false;
}

static void signer_remove(struct live *i, int id)
{
    for (int k = 0; k < i->signers; k++)
        if (i->signer[k].id == id && !i->signer[k].done) {
            for (int n = k + 1; n < i->signers; n++)
                i->signer[n - 1] = i->signer[n];
            i->signers--;
            for (int n = 0; n < i->signers; n++)
                if (i->signer[n].anchor == id && !i->signer[n].done) {
                    signer_remove(i, i->signer[n].id);
                    n = -1;
                }
            return;
        }
}

/* What those asked by the node itself have said: 1 enough, -1 never, 0 open.
 * Nobody has failed before somebody has spoken. */
static int signers_verdict(const struct live *i)
{
    int all = 0, yes = 0, no = 0, heavy = 0, heaviest = 0;
    for (int k = 0; k < i->signers; k++) {
        const struct signer *s = &i->signer[k];
        if (s->mode != 0)
            continue;
        all++;
        yes += s->done && !s->against;
        no += s->done && s->against;
        heavy += s->done && !s->against ? s->weight : 0;
        heaviest += s->done && s->against ? 0 : s->weight;
    }
    if (yes + no == 0)
        return 0;
    switch (i->rule) {
    case 'n': return yes ? 1 : -1;
    case 'r':
        return yes * 100 >= i->threshold * all          ? 1
               : (all - no) * 100 < i->threshold * all ? -1
                                                        : 0;
    case 'w':
        return heavy >= i->threshold ? 1 : heaviest < i->threshold ? -1 : 0;
    default: return yes + no < all ? 0 : no ? -1 : 1;
    }
}

/* Once it is decided, whoever has not spoken need not. */
static void signers_check(struct model *m, struct live *i, int64_t task)
{
    if (signers_verdict(i) == 0)
        return;
    for (int k = 0; k < i->signers; k++)
        if (i->signer[k].mode == 0 && !i->signer[k].done) {
            signer_remove(i, i->signer[k].id);
            k = -1;
        }
    for (int k = 0; k < i->signers; k++)
        if (!i->signer[k].done)
            return;
    i->done_task = task;
    inst_done(m, i);
}

static void multi_drop(struct model *m, struct live *kid)
{
    struct live *i = kid->up;
    kid->state = I_TODO;
    kid->index = -1;
    i->removed++;
    if (i->finished + i->removed >= i->total ||
        (i->b->enough && i->finished >= i->b->enough)) {
        for (int k = 0; k < i->kids; k++)
            if (i->kid[k]->state != I_DONE)
                i->kid[k]->state = I_TODO;
        inst_done(m, i);
    } else if (i->b->sequential) {
        multi_start(m, i);
    }
}

/* ---- going back ---- */

static bool scope_edge(const struct live *i)
{
    return i->b->kind == B_SUB || i->b->kind == B_CALL ||
           i->b->kind == B_MULTI;
}

/* The latest finished instance of a block inside i, without entering scopes. */
static struct live *find_done(struct live *i, const struct block *b)
{
    if (i->b == b)
        return i->state == I_DONE ? i : NULL;
    if (scope_edge(i) || i->state == I_TODO)
        return NULL;
    for (int k = i->kids - 1; k >= 0; k--) {
        struct live *found = find_done(i->kid[k], b);
        if (found)
            return found;
    }
    return NULL;
}

/* What was before `from` and is an instance of b: out through the scopes. */
static struct live *find_target(struct live *from, const struct block *b)
{
    for (struct live *at = from; at->up; at = at->up) {
        struct live *p = at->up;
        if (at->is_guest)
            continue;
        bool ordered = p->b->kind == B_SEQ || p->b->kind == B_LOOP;
        int here = -1;
        for (int k = 0; k < p->kids; k++)
            if (p->kid[k] == at)
                here = k;
        for (int k = here - 1; ordered && k >= 0; k--) {
            struct live *found = find_done(p->kid[k], b);
            if (found)
                return found;
        }
        if (scope_edge(p) && p->b == b && !p->is_guest)
            return p;
        /* From within one instance its own sub-process is nearer. */
        if (p->b->kind == B_SUB && p->up && p->up->b == b && !p->is_guest)
            return p;
    }
    return NULL;
}

/* ---- what came before, at the level of the process itself ---- */

struct steps {
    struct live *step[256];
    int n;
};

static bool is_step(const struct block *b)
{
    return b->kind == B_TASK ||
           (b->kind == B_MULTI && b->kid[0]->kind == B_TASK);
}

static void steps_in(struct live *i, struct steps *out)
{
    if (is_step(i->b) && i->state == I_DONE && out->n < 256)
        out->step[out->n++] = i;
    for (int k = 0; !scope_edge(i) && i->state != I_TODO && k < i->kids; k++)
        steps_in(i->kid[k], out);
}

/* The user tasks of the process that were done before `from`, or that it is
 * an instance of. */
static void steps_before(struct live *from, struct steps *out)
{
    for (struct live *at = from; at->up; at = at->up) {
        struct live *p = at->up;
        if (at->is_guest)
            continue;
        if (scope_edge(p)) {
            out->n = 0;
            if (is_step(p->b) && !p->is_guest)
                out->step[out->n++] = p;
            continue;
        }
        bool ordered = p->b->kind == B_SEQ || p->b->kind == B_LOOP;
        for (int k = 0; ordered && k < p->kids && p->kid[k] != at; k++)
            steps_in(p->kid[k], out);
    }
}

static bool lies_in(const struct live *i, const struct live *whole)
{
    while (i && i != whole)
        i = i->up;
    return i != NULL;
}

static bool step_precedes(const struct live *a, const struct live *b)
{
    for (const struct live *at = b; at->up; at = at->up) {
        const struct live *p = at->up;
        bool ordered = p->b->kind == B_SEQ || p->b->kind == B_LOOP;
        for (int k = 0; ordered && k < p->kids && p->kid[k] != at; k++)
            if (lies_in(a, p->kid[k]))
                return true;
    }
    return false;
}

static bool nothing_precedes(const struct steps *all, const struct live *x)
{
    for (int i = 0; i < all->n; i++)
        if (step_precedes(all->step[i], x))
            return false;
    return true;
}

/* Everything after x in its scope is undone, x itself begins again. */
static void redo_inst(struct model *m, struct live *x)
{
    for (struct live *at = x; at->up; at = at->up) {
        struct live *p = at->up;
        if (scope_edge(p))
            break;
        p->state = I_ACTIVE;
        if (p->b->kind != B_SEQ && p->b->kind != B_LOOP)
            continue;
        for (int k = 0; k < p->kids; k++)
            if (p->kid[k] == at)
                p->kids = k + 1;
    }
    const struct block *b = x->b;
    struct live fresh = { .b = b, .up = x->up, .index = x->index };
    *x = fresh;
    inst_begin(m, x);
}

/* ---- undoing one's own step ---- */

static bool untouched(const struct live *i)
{
    if (i->state == I_TODO)
        return true;
    if (i->guest || i->done_task)
        return false;
    for (int k = 0; k < i->signers; k++)
        if (i->signer[k].done || i->signer[k].opened)
            return false;
    for (int k = 0; k < i->kids; k++)
        if (!untouched(i->kid[k]))
            return false;
    return true;
}

/* Whether nothing after x in its scope was touched; and the scope lives. */
static bool can_withdraw(const struct live *x)
{
    const struct live *at = x;
    for (; at->up; at = at->up) {
        const struct live *p = at->up;
        if (at->is_guest || at->state == I_TODO)
            return false;
        if (scope_edge(p))
            return p->state == I_ACTIVE;
        bool after = false;
        for (int k = 0; k < p->kids; k++) {
            if (after && (p->b->kind == B_SEQ || p->b->kind == B_LOOP) &&
                !untouched(p->kid[k]))
                return false;
            after |= p->kid[k] == at;
        }
    }
    return at->state == I_ACTIVE;
}

#endif
